//! A microphone closes with the seat, and what is said of line, seat and time is true.

use std::time::Duration;

use ingle::session::{Event, Intent, Phase, Trouble};
use ingle::sim::{Step, World};

/// Three in a group, of whom member 1 has the microphone open.
fn group(seed: u64) -> World {
    let mut world = World::new(3, seed);
    world.take_step(Step::Start(0));
    world.pass(Duration::from_secs(2));
    (1..3).for_each(|member| world.take_step(Step::Start(member)));
    world.pass(Duration::from_secs(10));
    world.want(1, Intent::Mic { open: true });
    world.pass(Duration::from_secs(1));
    world.told_since();
    world
}

fn is_open(world: &World) -> bool {
    world.room(1).expect("runs").mic.open
}

/// What member 1 was told of troubles and of the microphone, with the time.
fn told(world: &mut World) -> Vec<Event> {
    let of_interest = |event: &Event| matches!(event, Event::Trouble(_) | Event::Mic | Event::Joined);
    world
        .told_since()
        .into_iter()
        .filter(|(member, event)| *member == 1 && of_interest(event))
        .map(|told| told.1)
        .collect()
}

#[test]
fn a_microphone_closes_with_the_seat_and_stays_closed() {
    let mut world = group(500);
    world.take_step(Step::Blackout(1, Duration::from_secs(140)));
    world.pass(Duration::from_secs(80));
    assert!(is_open(&world), "what is said now is heard later");
    assert_eq!(told(&mut world), [Event::Trouble(Trouble::LineLost)]);
    world.pass(Duration::from_secs(20));
    assert!(!is_open(&world) && world.room(1).expect("runs").seat_lapsed);
    assert_eq!(told(&mut world), [Event::Trouble(Trouble::SeatLapsed), Event::Mic]);
    // Its owner may open it, and it closes again when the seat is lost for certain.
    world.want(1, Intent::Mic { open: true });
    world.pass(Duration::from_secs(60));
    let all = told(&mut world);
    assert!(!is_open(&world), "{all:?}");
    let lost = Event::Trouble(Trouble::SeatLost { mic_open: false });
    assert_eq!(all, [Event::Mic, Event::Mic, lost, Event::Joined]);
    assert_eq!(world.room(1).expect("runs").phase, Phase::In);
    let heard = world.heard(2);
    world.pass(Duration::from_secs(30));
    assert!(!is_open(&world) && world.heard(2) == heard, "nobody opens it but its owner");
}

#[test]
fn after_a_long_sleep_no_seat_is_promised() {
    for asleep in [100, 185, 3000].map(Duration::from_secs) {
        let mut world = group(501);
        world.take_step(Step::Freeze(1, asleep));
        world.pass(asleep + Duration::from_secs(30));
        let all = told(&mut world);
        assert!(!all.contains(&Event::Trouble(Trouble::LineLost)), "asleep for {asleep:?}: {all:?}");
        assert!(!is_open(&world), "asleep for {asleep:?}: {all:?}");
    }
}

#[test]
fn a_line_back_in_time_keeps_the_microphone_open() {
    let mut world = group(502);
    world.take_step(Step::Blackout(1, Duration::from_secs(85)));
    world.pass(Duration::from_secs(150));
    assert!(is_open(&world) && !world.room(1).expect("runs").seat_lapsed);
    assert_eq!(told(&mut world), [Event::Trouble(Trouble::LineLost)]);
}

#[test]
fn a_receipt_counts_the_time_when_nothing_happened() {
    let mut world = group(503);
    let came = world.room(1).expect("runs").came_ms;
    world.pass(Duration::from_secs(50));
    world.want(1, Intent::Leave);
    world.pass(Duration::from_secs(1));
    let stayed = world.told_since().into_iter().find_map(|(member, event)| match event {
        Event::Receipt(receipt) if member == 1 => Some(receipt.stayed_ms),
        _ => None,
    });
    let stayed = stayed.expect("a receipt");
    assert!((58_000..70_000).contains(&stayed), "{stayed} ms, since {came} ms");
}

#[test]
fn a_seat_that_is_lost_early_leaves_no_clock_behind() {
    let mut world = group(504);
    // The relay forgets everything while the line is cut, so the seat is gone before its time.
    world.take_step(Step::Blackout(1, Duration::from_secs(30)));
    world.take_step(Step::ReplaceRelay);
    world.pass(Duration::from_secs(200));
    assert!(!is_open(&world));
}
