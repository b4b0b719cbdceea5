//! Turns in whole groups: the floor, rounds and breaks, over lines that break and with facilitators that vanish.

use std::time::Duration;

use ingle::ids::{SeatId, Time};
use ingle::session::{Event, NotNow, Order, RoundKind, Trouble, Turn, TurnEvent};
use ingle::sim::{Script, Step, World};

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

/// A group of this many members, all in by 5 s.
fn group(members: usize, mut steps: Vec<(Time, Step)>, end_ms: u64) -> World {
    steps.extend((0..members).map(|member| (at(member as u64 * 300), Step::Start(member))));
    steps.sort_by_key(|(time, _)| *time);
    World::play(&Script { members, steps, end: at(end_ms) }, 7).expect("all agree")
}

fn talk(member: usize, from_ms: u64, ms: u64) -> (Time, Step) {
    (at(from_ms), Step::Talk(member, Duration::from_millis(ms)))
}

fn seat(world: &World, member: usize) -> SeatId {
    world.seat(member).expect("in")
}

fn turned(world: &World, member: usize) -> Vec<TurnEvent> {
    let turned = |told: &(Time, Event)| if let Event::Turn(turned) = told.1 { Some(turned) } else { None };
    world.told_of_turns(member).iter().filter_map(turned).collect()
}

fn troubles(world: &World, member: usize) -> Vec<&Trouble> {
    let trouble = |told: &'_ (Time, Event)| matches!(told.1, Event::Trouble(_));
    let told = world.told_of_turns(member).iter().filter(|told| trouble(told));
    told.filter_map(|(_, told)| if let Event::Trouble(trouble) = told { Some(trouble) } else { None }).collect()
}

#[test]
fn a_mute_of_all_ends_on_time_though_the_facilitator_crashed() {
    let muted = vec![
        (at(10_000), Step::MuteAll(0, true)),
        (at(11_000), Step::Crash(0)),
        talk(1, 20_000, 3000),
        // The vanished member's seat is given up by then, and the next in line can be heard all the time.
        talk(1, 120_000, 3000),
        talk(2, 121_000, 3000),
    ];
    let world = group(4, muted.clone(), 150_000);
    assert_eq!(world.state(2).expect("in").circle.facilitator(), Some(seat(&world, 1)));
    let heard = world.heard(3);
    assert!((45..=52).contains(&heard), "{heard} packets: only the new facilitator is let through");
    let mut steps = muted;
    steps.push(talk(2, 191_000, 3000));
    let world = group(4, steps, 200_000);
    assert!(world.heard(3) > heard + 45, "{} and {heard} packets", world.heard(3));
    for member in 1..4 {
        let over = world.turned_at(member, TurnEvent::MuteAll { on: false }).expect("told");
        assert!((at(190_000)..at(190_500)).contains(&over), "member {member} was told at {over:?}");
        assert!(!world.room(member).expect("in").am_floor_muted());
    }
}

#[test]
fn a_mute_of_all_goes_on_when_most_say_yes_and_only_then() {
    for (yes, goes_on) in [(1, false), (2, true)] {
        let mut steps = vec![(at(10_000), Step::MuteAll(0, true)), (at(150_000), Step::MuteAll(0, true))];
        steps.extend((1..=yes).map(|member| (at(155_000), Step::Turn(member, Turn::Yes))));
        let world = group(5, steps, 340_000);
        for member in 0..5 {
            let told = turned(&world, member);
            assert_eq!(
                told.iter().filter(|turned| **turned == TurnEvent::MuteAll { on: true }).count(),
                1 + usize::from(goes_on)
            );
            assert_eq!(told.contains(&TurnEvent::MuteAllRefused), !goes_on, "member {member}: {told:?}");
            let over = world.turned_at(member, TurnEvent::MuteAll { on: false }).expect("told");
            let ends = at(if goes_on { 335_000 } else { 190_000 });
            assert!((ends..ends + Duration::from_secs(1)).contains(&over), "member {member} was told at {over:?}");
        }
    }
}

#[test]
fn only_the_stick_holder_is_heard_and_can_pass_it_on() {
    let steps = vec![
        (at(5000), Step::Stick(0, Some(1))),
        talk(1, 6000, 3000),
        talk(2, 6000, 3000),
        (at(10_000), Step::Stick(1, Some(2))),
        talk(1, 11_000, 3000),
        talk(2, 11_000, 3000),
        // Only its holder can pass it.
        (at(15_000), Step::Stick(3, Some(3))),
        (at(16_000), Step::Stick(2, None)),
        talk(3, 17_000, 3000),
    ];
    let world = group(4, steps, 25_000);
    let heard = world.heard(0);
    assert!((135..=156).contains(&heard), "{heard} packets of three times 50");
    assert_eq!(troubles(&world, 3), [&Trouble::NotNow(NotNow::NotHolder)]);
    assert_eq!(world.state(0).expect("in").turns.floor.holder, None);
}

#[test]
fn the_stick_falls_when_its_holder_is_gone() {
    let steps = vec![(at(5000), Step::Stick(0, Some(2))), (at(6000), Step::Crash(2)), talk(1, 110_000, 3000)];
    let world = group(4, steps, 120_000);
    assert!(world.turned_at(1, TurnEvent::Stick(None)).is_some());
    assert!(world.heard(3) > 45);
}

#[test]
fn a_muted_talker_is_told_once_within_a_second() {
    let steps = vec![talk(1, 5000, 9000), (at(6000), Step::Mute(0, 1, true))];
    let world = group(3, steps, 30_000);
    let told: Vec<_> = world.told_of_turns(1).iter().filter(|(_, told)| *told == Event::TalksMuted).collect();
    assert_eq!(told.len(), 1);
    assert!((at(6000)..=at(7000)).contains(&told[0].0), "told at {:?}", told[0].0);
    let mic = world.room(1).expect("in").mic;
    assert!(!mic.open && mic.listens, "it is closed to the others");
    assert!(world.told_of_turns(2).iter().all(|(_, told)| *told != Event::TalksMuted));
}

#[test]
fn a_round_passes_absent_members_and_offers_the_turn_again() {
    let steps = vec![
        (at(5000), Step::Turn(0, Turn::Round(RoundKind::CheckIn, Some(10)))),
        (at(6000), Step::Turn(0, Turn::Done)),
        (at(6500), Step::Blackout(2, Duration::from_secs(40))),
        (at(6500), Step::Blackout(0, Duration::from_secs(60))),
        (at(9000), Step::Turn(1, Turn::Later)),
        // Members 3 and 1 have their turns while 2 is away.
        (at(30_000), Step::Turn(3, Turn::Done)),
        (at(31_000), Step::Turn(1, Turn::Done)),
        (at(60_000), Step::Turn(2, Turn::Pass)),
    ];
    let world = group(4, steps, 80_000);
    let two = seat(&world, 2);
    let told = turned(&world, 3);
    let place =
        |wanted| told.iter().position(|turned| *turned == wanted).unwrap_or_else(|| panic!("{wanted:?}: {told:?}"));
    let skipped = place(TurnEvent::RoundSkipped { seat: two, away: true });
    let empty = place(TurnEvent::RoundTurn(None));
    let back = place(TurnEvent::RoundReturned(two));
    assert!(skipped < empty && empty < back && back < place(TurnEvent::RoundOver), "{told:?}");
    assert_eq!(told.iter().filter(|turned| matches!(turned, TurnEvent::RoundSkipped { .. })).count(), 1, "{told:?}");
    // The facilitator was away for all of it, and sees the same.
    assert_eq!(world.state(0).expect("in").turns.round, None);
    // The soft sign for a turn of more than ten seconds, and nothing was cut off.
    assert!(told.contains(&TurnEvent::RoundTime(seat(&world, 3))), "{told:?}");
}

#[test]
fn the_least_heard_come_first_and_all_see_the_same_order() {
    let steps = vec![
        talk(1, 5000, 70_000),
        (at(80_000), Step::Turn(0, Turn::Order(Order::Least))),
        (at(81_000), Step::Hand(1, true)),
        (at(82_000), Step::Hand(2, true)),
    ];
    let world = group(4, steps, 90_000);
    let order = [seat(&world, 2), seat(&world, 1)];
    for member in 0..4 {
        assert_eq!(world.state(member).expect("in").turns.queue.in_order(), order, "member {member}");
    }
    // Each knows the own share.
    assert_eq!(
        (0..4).map(|member| world.room(member).expect("in").my_share()).collect::<Vec<_>>(),
        [Some(0), Some(100), Some(0), Some(0)]
    );
}

#[test]
fn only_the_facilitator_learns_of_20_minutes_of_silence() {
    let steps = vec![talk(1, 600_000, 2000), (at(900_000), Step::Chat(2)), (at(1_000_000), Step::Hand(0, true))];
    let world = group(4, steps, 1_300_000);
    let nudges: Vec<_> = world.told_of_turns(0).iter().filter(|(_, told)| matches!(told, Event::Nudge(_))).collect();
    assert_eq!(nudges.len(), 1);
    assert_eq!(nudges[0].1, Event::Nudge(seat(&world, 3)));
    assert!((at(1_200_000)..at(1_225_000)).contains(&nudges[0].0), "{:?}", nudges[0].0);
    for member in 1..4 {
        assert!(world.told_of_turns(member).iter().all(|(_, told)| !matches!(told, Event::Nudge(_))));
    }
}

#[test]
fn a_break_closes_microphones_and_ends_on_time() {
    let steps = vec![
        talk(1, 5000, 1000),
        (at(7000), Step::Turn(0, Turn::Break(1))),
        (at(20_000), Step::Turn(2, Turn::Back)),
        (at(40_000), Step::Turn(2, Turn::Back)),
        // A member who opens the microphone is back.
        talk(1, 50_000, 1000),
        (at(90_000), Step::Turn(0, Turn::Bell(Some(1)))),
    ];
    let world = group(3, steps, 160_000);
    let began = world.turned_at(0, TurnEvent::BreakBegan).expect("told");
    let closed = world.told_of_turns(1).iter().find(|(time, told)| *time >= began && *told == Event::Mic);
    assert!(closed.is_some());
    for member in 0..3 {
        let told = world.turned_at(member, TurnEvent::BreakTime).expect("told");
        assert!((at(67_000)..at(67_500)).contains(&told), "{told:?}");
        assert!(world.turned_at(member, TurnEvent::Back(seat(&world, 1))).is_some());
        assert!(world.turned_at(member, TurnEvent::Bell).is_some_and(|time| time >= at(150_000)));
    }
    assert_eq!(world.state(0).expect("in").turns.pause.map(|rest| rest.back.iter().count()), Some(2));
    assert_eq!(troubles(&world, 2), [&Trouble::NotNow(NotNow::BackAlready)]);
}

#[test]
fn a_forbidden_wish_changes_nothing_and_gets_one_sentence() {
    let wrongs = [
        Turn::AskMuteAll,
        Turn::Yes,
        Turn::Order(Order::Least),
        Turn::Next(SeatId(0)),
        Turn::Round(RoundKind::Free, None),
        Turn::EndRound,
        Turn::Done,
        Turn::Pass,
        Turn::Later,
        Turn::Skip(SeatId(0)),
        Turn::Point("Money".to_owned(), 5),
        Turn::NextPoint,
        Turn::ClearAgenda,
        Turn::Break(5),
        Turn::EndBreak,
        Turn::Back,
        Turn::Bell(Some(5)),
        Turn::Ask { up: false },
    ];
    let count = wrongs.len();
    let steps = (1..).zip(wrongs).map(|(place, turn)| (at(5000 + place * 100), Step::Turn(1, turn))).collect();
    let world = group(3, steps, 15_000);
    let before = group(3, vec![], 15_000);
    assert_eq!(world.state(2), before.state(2));
    assert_eq!(troubles(&world, 1).len(), count);
    println!("{:?}", troubles(&before, 0));
    for member in [0, 2] {
        assert_eq!(troubles(&world, member), troubles(&before, member));
    }
}
