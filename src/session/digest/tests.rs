use super::*;
use crate::ids::SeatId;
use crate::session::fixture::nine;
use crate::session::{CareEvent, Departure, Gesture};
use crate::wire::{Gone, Presence};

const BO: SeatId = SeatId(2);

fn at(ms: u64) -> Time {
    Time(1_000_000_000 + ms * 1000)
}

fn line(presence: Presence) -> Event {
    Event::Presence { seat: BO, name: "Bo".into(), presence }
}

/// What was told: an event, or how it stood and how often it had happened.
type Shown = Result<Event, (bool, u32)>;

/// What is told of events with their times, until a time; with the second of each.
fn told(events: impl IntoIterator<Item = (u64, Event)>, until_ms: u64) -> Vec<(u64, Shown)> {
    let (room, mut digest, mut all) = (nine(0), Digest::default(), Vec::new());
    let mut events = events.into_iter().peekable();
    let mut now_ms = 0;
    loop {
        let due = digest.poll_timeout();
        let next = events.peek().map_or(Time::NEVER, |(ms, _)| at(*ms));
        if due.min(next) > at(until_ms) {
            return all;
        }
        if next <= due {
            let (ms, event) = events.next().expect("peeked");
            assert!(ms >= now_ms);
            now_ms = ms;
            if digest.handle(&event, &room, at(ms)) {
                all.push((ms / 1000, Ok(event)));
            }
        } else {
            now_ms = (due.0 - at(0).0) / 1000;
            for again in digest.handle_timeout(due) {
                all.push((
                    now_ms / 1000,
                    match again {
                        Again::Times(about, times) => Err((about.on, times)),
                        Again::Last(event) => Ok(*event),
                    },
                ));
            }
            assert!(digest.poll_timeout() > due, "time goes on");
        }
    }
}

#[test]
fn a_line_cut_again_and_again_is_summed_up_each_minute() {
    let cuts = (0..20).flat_map(|n| [(n * 7500, line(Presence::Away)), (n * 7500 + 6000, line(Presence::Here))]);
    let all = told(cuts, 400_000);
    let seconds: Vec<_> = all.iter().map(|(second, _)| *second).collect();
    // Where it's cut as that is told, it's told too that it is back.
    assert_eq!(seconds, [0, 6, 60, 66, 120, 126, 180], "{all:?}");
    let sums: Vec<_> = all.iter().filter_map(|(_, told)| told.as_ref().err()).collect();
    assert_eq!(sums, [&(true, 9), &(true, 8), &(false, 3)], "20 in all, the first among them: {all:?}");
}

#[test]
fn joins_and_signs_are_told_at_most_once_a_minute() {
    let gone = Event::Departed { seat: BO, name: "Bo".into(), why: Departure::Gone(Gone::Left) };
    let came = Event::Arrived { seat: BO, name: "Bo".into() };
    let joins = (0..20).flat_map(|n| [(n * 2000, came.clone()), (n * 2000 + 1000, gone.clone())]);
    let all = told(joins, 200_000);
    assert_eq!(all, [(0, Ok(came)), (1, Ok(gone)), (60, Err((false, 20)))]);
    let sign = Event::Care(CareEvent::Gesture { seat: BO, gesture: Gesture::Here });
    let all = told((0..60).map(|n| (n * 1000, sign.clone())), 300_000);
    assert_eq!(all, [(0, Ok(sign)), (60, Err((true, 60)))]);
}

#[test]
fn what_stands_at_the_end_is_told() {
    let (away, here) = (line(Presence::Away), line(Presence::Here));
    // Cut at the end of the minute, and back soon after that was told.
    let events = [(0, away.clone()), (5000, here.clone()), (50_000, away.clone()), (61_000, here.clone())];
    let all = told(events, 300_000);
    assert_eq!(all, [(0, Ok(away.clone())), (5, Ok(here.clone())), (60, Err((true, 2))), (65, Ok(here.clone()))]);
    // With nothing in between it's told as it happens.
    let events = [(0, away.clone()), (70_000, here.clone()), (140_000, away.clone()), (145_000, here.clone())];
    assert_eq!(told(events.clone(), 300_000), events.map(|(ms, event)| (ms / 1000, Ok(event))));
    // Another member, and another kind, is another matter.
    let cyn = Event::Presence { seat: SeatId(3), name: "Cyn".into(), presence: Presence::Away };
    let help = Event::Care(CareEvent::Help("Bo".into()));
    let events = [(0, away), (1, cyn), (2, help), (3, line(Presence::Poor)), (4, here)];
    assert_eq!(told(events, 50_000).len(), 5);
}

#[test]
fn what_is_about_me_and_what_was_written_is_never_held_back() {
    let mine = Event::Muted { seat: SeatId(0), muted: true };
    let chat = Event::Chat { seat: BO, from: "Bo".into(), text: "hello".into() };
    for event in [mine, chat] {
        assert_eq!(told((0..30).map(|n| (n * 100, event.clone())), 100_000).len(), 30);
    }
}

#[test]
fn many_names_are_bounded() {
    let (room, mut digest) = (nine(0), Digest::default());
    for n in 0..2 * MOST {
        assert!(digest.handle(&Event::Care(CareEvent::Help(format!("name {n}"))), &room, at(0)));
    }
    assert_eq!(digest.0.len(), MOST);
    digest.handle(&Event::Care(CareEvent::Help("one more".into())), &room, at(60_000));
    assert_eq!(digest.0.len(), 1);
}
