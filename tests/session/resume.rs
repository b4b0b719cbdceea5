//! Lines that are cut, and how long it takes to be back.

use std::time::Duration;

use ingle::ids::{Epoch, SeatId, Time};
use ingle::session::{Phase, Presence};
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Script, Step, World};

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

/// Three members; 1 raises its hand, then 2, and 1's line has this fault 10 s in. How long 1 saw its line cut, each time.
fn breaks(line: Quality, fault: Step, seed: u64) -> (World, Vec<(Duration, Duration)>) {
    let fault_at = at(10_000);
    let mut steps: Vec<_> = (0..3).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
    steps.extend([(at(4000), Step::Hand(1, true)), (at(4500), Step::Hand(2, true)), (at(5000), Step::Line(1, line))]);
    steps.extend([(fault_at, fault), (at(12_000), Step::Chat(1)), (at(13_000), Step::Chat(2))]);
    let world = World::play(&Script { members: 3, steps, end: at(120_000) }, seed).expect("all agree");
    let breaks = world.breaks(1).iter().map(|(cut, back)| (cut.since(fault_at), back.expect("back").since(fault_at)));
    let breaks = breaks.collect();
    (world, breaks)
}

/// Seat and place in the queue are as they were, and nobody else's line was cut.
fn nothing_lost(world: &World) {
    let state = world.state(0).expect("in");
    assert_eq!(state.turns.queue.hands, [SeatId(1), SeatId(2)]);
    assert!((0..3).all(|member| world.state(member).is_some_and(|state| state.circle.seats.len() == 3)));
    // Nobody came in anew: the keys are those of after the last join.
    assert!((0..3).all(|member| world.epoch(member) == Some(Epoch(2))));
    assert!(world.breaks(0).is_empty() && world.breaks(2).is_empty());
}

#[test]
fn a_dead_connection_is_replaced_a_round_trip_after_5_s() {
    for delay in [20, 300].map(Duration::from_millis) {
        let (world, breaks) = breaks(Quality { delay, ..Quality::GOOD }, Step::Rebind(1), 1);
        let [(cut, back)] = breaks[..] else { panic!("{breaks:?}") };
        println!("one way {delay:?}: cut after {cut:?}, back after {back:?}");
        assert!(
            cut >= Duration::from_secs(2) && cut <= Duration::from_millis(6100),
            "what comes is counted once a second: {cut:?}"
        );
        assert!(back <= cut + delay * 4 + Duration::from_millis(10), "two round trips after it was seen: {back:?}");
        nothing_lost(&world);
    }
}

#[test]
fn a_line_dead_in_one_direction_is_away_for_all_in_6_s() {
    for (seed, way) in [Way::Up, Way::Down].into_iter().cycle().enumerate().take(20) {
        let steps = (0..3).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
        let mut world = World::play(&Script { members: 3, steps, end: at(3000) }, seed as u64).expect("all agree");
        world.pass(Duration::from_millis(20_000 + 130 * seed as u64));
        let seat = world.room(1).and_then(|room| room.me).expect("in");
        let away =
            |world: &World, who: usize| world.room(who).is_some_and(|room| room.presence(seat) == Presence::Away);
        assert!(!away(&world, 0) && !away(&world, 2));
        world.take_step(Step::OneWay(1, way, Duration::from_secs(25)));
        let mut after = Duration::ZERO;
        while !(away(&world, 0) && away(&world, 2)) {
            world.pass(Duration::from_millis(50));
            after += Duration::from_millis(50);
            assert!(after < Duration::from_secs(6), "{way:?}");
        }
        world.pass(Duration::from_secs(15));
        assert!(away(&world, 0) && away(&world, 2), "and stays so");
        world.pass(Duration::from_secs(15));
        assert!(!away(&world, 0) && !away(&world, 2), "and comes back");
        assert!(world.room(1).is_some_and(|room| room.phase == Phase::In && room.me == Some(seat)));
    }
}

#[test]
fn a_line_back_before_its_replacement_goes_on_unchanged() {
    for dark in [6, 7, 9].map(Duration::from_secs) {
        let (world, breaks) = breaks(Quality::GOOD, Step::Blackout(1, dark), 2);
        let [(cut, back)] = breaks[..] else { panic!("{breaks:?}") };
        println!("dark for {dark:?}: cut after {cut:?}, back after {back:?}");
        assert!(back >= dark && back <= dark + Duration::from_millis(1500), "{back:?}");
        nothing_lost(&world);
    }
}

#[test]
fn ninety_seconds_without_a_line_cost_nothing_but_time() {
    for seed in 0..4 {
        let dark = Duration::from_secs(90);
        let (world, breaks) = breaks(Quality::GOOD, Step::Blackout(1, dark), seed);
        let (_, back) = *breaks.last().expect("cut");
        println!("dark for {dark:?}: back after {back:?}");
        assert!(back >= dark && back <= dark + Duration::from_secs(2), "{back:?}");
        nothing_lost(&world);
    }
}

#[test]
fn short_holes_and_lost_signs_of_life_are_no_cut() {
    let (world, seen) = breaks(Quality::GOOD, Step::Blackout(1, Duration::from_millis(1500)), 3);
    assert_eq!(seen, []);
    nothing_lost(&world);
    // A silent member sends one small packet in 2.5 s; with a fifth lost each way, bad luck sometimes looks like a cut.
    let lossy = Quality { loss: 0.2, delay: Duration::from_millis(80), ..Quality::GOOD };
    let cut: usize = (0..10).map(|seed| breaks(lossy, Step::Chat(1), seed).1.len()).sum();
    println!("twenty minutes at 20 % loss: cut {cut} times");
    assert!(cut <= 4, "{cut}");
}
