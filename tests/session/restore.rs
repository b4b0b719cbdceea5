//! A group whose relay is started again goes on where it was.

use std::time::Duration;

use ingle::ids::SeatId;
use ingle::session::{Decide, Event, Intent, Motion, Phase, RoundKind, Turn, Whom};
use ingle::sim::network::Quality;
use ingle::sim::{Step, World};

const SECOND: Duration = Duration::from_secs(1);

fn group(count: usize, seed: u64) -> World {
    let mut world = World::new(count + 1, seed);
    world.take_step(Step::Start(0));
    world.pass(2 * SECOND);
    (1..count).for_each(|member| world.take_step(Step::Start(member)));
    world.pass(15 * SECOND);
    assert!((0..count).all(|member| world.state(member).is_some()), "all are in");
    world.told_since();
    world
}

fn seats(world: &World) -> Vec<Option<SeatId>> {
    (0..).map_while(|member| world.room(member).map(|room| room.me)).collect()
}

#[test]
fn a_circle_of_twelve_outlives_its_relay() {
    for (seed, down) in [0, 5, 60].into_iter().enumerate() {
        let mut world = group(12, 800 + seed as u64);
        world.want(3, Intent::Hand { up: true });
        world.want(0, Intent::Turn(Turn::Round(RoundKind::CheckIn, None)));
        world.want(5, Intent::Decide(Decide::Propose("Tea at four".into(), Motion::Text)));
        world.want(0, Intent::Mute { whom: Whom::One(world.seat(7).expect("in")), muted: true });
        world.pass(2 * SECOND);
        let (before, state) = (seats(&world), world.state(1).expect("in").clone());
        let proposals = |state: &ingle::session::State| state.decisions.open.len();
        assert_eq!((state.turns.queue.hands.len(), proposals(&state)), (1, 1));
        world.take_step(Step::Talk(2, 150 * SECOND));
        world.pass(SECOND);
        world.take_step(Step::RestartRelay(down as u32 * SECOND));
        world.pass(down as u32 * SECOND + 5 * SECOND);
        for member in 0..12 {
            let now = world.state(member).unwrap_or_else(|| panic!("{down} s: member {member} is not back"));
            assert_eq!(now.turns, state.turns, "{down} s");
            assert_eq!((proposals(now), &now.circle.seats), (1, &state.circle.seats), "{down} s");
        }
        assert_eq!(seats(&world), before, "{down} s");
        world.pass((12 + down as u32) * SECOND);
        // What was said meanwhile as well, in packets of 60 ms: of a short hole nothing is fetched, and some are on their way.
        let said = (2 * down + 18) * 1000 / 60;
        assert!(world.heard(4) + 25 >= said, "{down} s: {} of {said} packets", world.heard(4));
        let told = world.told_since();
        assert_eq!(told.iter().filter(|(_, event)| *event == Event::Restored).count(), 12, "{down} s");
        world.take_step(Step::Chat(9));
        world.pass(SECOND);
        assert!(world.witness().line("line 9.1").is_some(), "{down} s");
        world.settle().unwrap_or_else(|fault| panic!("{down} s: {fault}"));
    }
}

#[test]
fn a_newcomer_gets_in_by_the_old_code() {
    let mut world = group(4, 810);
    world.take_step(Step::RestartRelay(SECOND));
    world.pass(12 * SECOND);
    world.take_step(Step::Crash(3));
    world.pass(SECOND);
    world.take_step(Step::RestartRelay(SECOND));
    world.pass(SECOND);
    world.take_step(Step::Start(3));
    world.pass(15 * SECOND);
    assert!(world.state(3).is_some(), "{:?}", world.room(3).map(|room| room.phase.clone()));
    world.settle().expect("all agree");
}

#[test]
fn nothing_acknowledged_is_lost_at_whatever_moment_it_stops() {
    for after_ms in (0..600).step_by(20) {
        let mut world = group(5, 820);
        for member in 0..5 {
            world.take_step(Step::Line(
                member,
                Quality { delay: Duration::from_millis(20 + 40 * member as u64), ..Quality::GOOD },
            ));
        }
        world.pass(SECOND);
        (0..5).for_each(|member| world.take_step(Step::Chat(member)));
        world.pass(Duration::from_millis(after_ms));
        world.take_step(Step::RestartRelay(Duration::ZERO));
        world.pass(20 * SECOND);
        for member in 0..5 {
            assert!(world.state(member).is_some(), "after {after_ms} ms: member {member}");
            assert!(
                world.witness().line(&format!("line {member}.1")).is_some(),
                "after {after_ms} ms: {member}'s line"
            );
        }
        world.settle().unwrap_or_else(|fault| panic!("after {after_ms} ms: {fault}"));
    }
}

#[test]
fn one_member_alone_restores_nothing() {
    let mut world = group(5, 830);
    for member in 1..5 {
        world.take_step(Step::Blackout(member, 40 * SECOND));
    }
    world.take_step(Step::RestartRelay(Duration::ZERO));
    world.pass(20 * SECOND);
    assert!(matches!(world.room(0).map(|room| &room.phase), Some(Phase::Returning(_))));
    let waits = |event: &Event| matches!(event, Event::Restoring { back: 1, of: 5 });
    assert!(world.told_since().iter().any(|(member, event)| *member == 0 && waits(event)));
    world.pass(30 * SECOND);
    assert!((0..5).all(|member| world.state(member).is_some()), "with the others it goes on");
    world.settle().expect("all agree");
}

#[test]
fn a_host_who_is_alone_keeps_the_code() {
    let mut world = World::new(2, 840);
    world.take_step(Step::Start(0));
    world.pass(3 * SECOND);
    world.take_step(Step::RestartRelay(SECOND));
    world.pass(5 * SECOND);
    world.take_step(Step::Start(1));
    world.pass(10 * SECOND);
    assert!(world.state(0).is_some() && world.state(1).is_some());
    world.settle().expect("both agree");
}

#[test]
fn restarts_at_every_step_of_a_script_lose_nobody() {
    let steps = |world: &mut World, step: usize| match step {
        0 => world.want(0, Intent::Turn(Turn::Round(RoundKind::CheckIn, None))),
        1 => world.want(1, Intent::Hand { up: true }),
        2 => world.want(2, Intent::Decide(Decide::Propose("Meet on Friday".into(), Motion::Text))),
        3 => world.take_step(Step::Remove(0, 4)),
        4 => world.take_step(Step::Chat(3)),
        5 => world.want(0, Intent::Stick(world.seat(2))),
        6 => world.take_step(Step::Start(5)),
        _ => world.take_step(Step::Lock(0, true)),
    };
    for stop in 0..8 {
        for delay_ms in [0, 30, 70, 150, 400] {
            let mut world = group(5, 850);
            for step in 0..8 {
                steps(&mut world, step);
                if step == stop {
                    world.pass(Duration::from_millis(delay_ms));
                    world.take_step(Step::RestartRelay(Duration::from_millis(300)));
                    world.pass(8 * SECOND);
                }
                world.pass(SECOND);
            }
            world.pass(5 * SECOND);
            let case = format!("step {stop} after {delay_ms} ms");
            assert!((0..4).all(|member| world.state(member).is_some()), "{case}");
            world.settle().unwrap_or_else(|fault| panic!("{case}: {fault}"));
        }
    }
}
