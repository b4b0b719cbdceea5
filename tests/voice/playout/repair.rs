//! Packets that come twice, late, in another order, or long after.

use ingle::audio::Incoming;
use ingle::audio::playout::pace::Speed;
use ingle::ids::Time;

use crate::line::{Chance, Fake, Listener, PACKET, SEAT, packet};

const MS: u64 = 1000;

/// A spurt of `count` packets over a line. `way(number)` gives the delays of a packet in microseconds: none if it is lost,
/// several if it is repeated.
fn spurt(count: u64, mut way: impl FnMut(u64) -> Vec<u64>) -> Vec<(u64, Incoming)> {
    let mut frames: Vec<_> = (0..count)
        .flat_map(|number| {
            let said = (number.max(1) + 1) * 60 * MS;
            let frame = packet(number, number, true, number == 0, number == count - 1);
            way(number).into_iter().map(move |way| (said + way, frame.clone()))
        })
        .collect();
    frames.sort_by_key(|(at, _)| *at);
    frames
}

fn hear(listener: &mut Listener<Fake>, frames: Vec<(u64, Incoming)>, mut look: impl FnMut(&Listener<Fake>)) {
    for (at, frame) in frames {
        listener.listen(Time(at), &mut look);
        listener.playout.push(frame, Time(at));
    }
}

#[test]
fn each_packet_is_heard_once_however_it_comes() {
    let mut listener = Listener::new();
    let frames = spurt(100, |number| match number % 5 {
        0 => vec![10 * MS, 11 * MS, 130 * MS],
        // Lost, and repeated with the next one; the repeat is repeated after the hole would have begun.
        1 => vec![70 * MS, 150 * MS],
        // Overtaken by the next two.
        _ => vec![10 * MS + (number % 3) * 30 * MS],
    });
    hear(&mut listener, frames, |_| ());
    listener.listen(Time(10_000 * MS), |_| ());
    let tally = listener.playout.tally(SEAT).expect("it was heard");
    assert_eq!((tally.decoded, tally.concealed, tally.late), (100 * PACKET as u64, 0, 0));
    assert!(listener.playout.is_idle());
}

#[test]
fn a_retransmission_is_waited_for_once_it_is_known_to_come() {
    let mut chance = Chance(4);
    let mut listener = Listener::new();
    // A tenth is lost and comes again 160 ms later.
    let frames = spurt(1000, |_| vec![10 * MS + if chance.next(10) == 0 { 160 * MS } else { 0 }]);
    let mut halfway = 0;
    hear(&mut listener, frames, |listener| {
        let concealed = listener.playout.tally(SEAT).map_or(0, |tally| tally.concealed);
        if listener.now < Time(20_000 * MS) {
            halfway = concealed;
        }
        assert!(listener.playout.delay().as_millis() <= 200);
    });
    let tally = listener.playout.tally(SEAT).expect("it was heard");
    assert!(halfway < 5 * PACKET as u64, "it learns within a few packets: {halfway}");
    assert_eq!((tally.concealed, tally.stale), (halfway, 0), "and then misses none");
}

#[test]
fn the_delay_comes_back_to_its_target_after_a_bad_time() {
    let mut chance = Chance(4);
    let mut listener = Listener::new();
    let frames = spurt(900, |number| vec![if number < 150 { chance.next(300) * MS } else { 10 * MS }]);
    let mut most = 0;
    hear(&mut listener, frames, |listener| {
        most = most.max(listener.playout.delay().as_millis());
        if listener.now > Time(45_000 * MS) {
            assert_eq!(listener.playout.delay().as_millis(), 20);
            // Less than 30 ms too late is left alone, and packets are fetched 20 ms at a time.
            let behind = listener.playout.behind(SEAT, listener.next()).unwrap_or(0);
            assert!((-10_000..=50_000).contains(&behind), "{behind} µs at {:?}", listener.now);
        }
    });
    assert!((280..=330).contains(&most), "{most} ms in the bad time");
    let tally = listener.playout.tally(SEAT).expect("it was heard");
    // Some packets were missed while the line got bad.
    assert!(tally.concealed <= 10 * PACKET as u64 && tally.accelerated > 48 * 200, "{tally:?}");
}

#[test]
fn missed_speech_is_caught_up_with_whole_and_faster() {
    let mut listener = Listener::new();
    let mut frames = spurt(140, |number| vec![if number < 20 { 10 * MS } else { 0 }]);
    // From 1.2 s on nothing comes; at 3.6 s all of it does, and then the rest as it is said.
    let back = 3_600 * MS;
    frames.iter_mut().skip(20).for_each(|(at, _)| *at = (*at).max(back));
    let mut furthest = 0;
    let mut caught_up = None;
    let (before, after): (Vec<_>, Vec<_>) = frames.into_iter().partition(|(at, _)| *at < back);
    hear(&mut listener, before, |_| ());
    listener.playout.set_speed(SEAT, Speed::CatchUp);
    hear(&mut listener, after, |listener| {
        let behind = listener.playout.behind(SEAT, listener.next()).unwrap_or(0);
        furthest = furthest.max(behind);
        if furthest > 2_000_000 && behind < 20_000 {
            caught_up.get_or_insert(listener.now);
        }
    });
    listener.listen(Time(20_000 * MS), |_| ());
    let tally = listener.playout.tally(SEAT).expect("it was heard");
    assert_eq!((tally.decoded, tally.stale), (140 * PACKET as u64, 0), "every word");
    assert!(furthest > 2_000_000, "{furthest}");
    // 2.3 s at a gain of 0.3 s a second, less a little.
    let took = caught_up.map(|at| at.millis() - back / MS);
    assert!(took.is_none_or(|ms| ms > 5_000), "{took:?}");
    assert!(tally.accelerated > 48 * 1_000, "{tally:?}");
}
