//! Two ways at once: what one loses the other brings, and when one dies nobody notices.

use std::time::Duration;

use ingle::adapt::PlanChoice;
use ingle::ids::Time;
use ingle::member::Heard;
use ingle::session::{Intent, SecondWayState};
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Step, World};

const LOSES: Quality = Quality { loss: 0.2, ..Quality::GOOD };
const SECOND: Duration = Duration::from_secs(1);

/// Members 0 and 1 on these lines, the member with two ways besides on that one.
fn world(lines: [Quality; 2], both: usize, beside: Quality, seed: u64) -> World {
    let mut world = World::new(2, seed);
    for (member, line) in lines.into_iter().enumerate() {
        world.choose(member, PlanChoice::Auto);
        world.take_step(Step::Line(member, line));
        world.take_step(Step::Start(member));
        world.pass(2 * SECOND);
    }
    world.pass(10 * SECOND);
    world.add_second_way(both, beside);
    world.pass(15 * SECOND);
    assert_eq!(world.second_way(both), Some((SecondWayState::Carries, false)), "seed {seed}");
    world.take_step(Step::Record(0));
    world
}

/// How long each packet took beyond the fastest, in milliseconds.
fn lags(heard: &[(Time, Heard)]) -> Vec<i64> {
    let lag = |(at, heard): &(Time, Heard)| (at.0 as i64 / 1000 - i64::from(heard.tick) * 20).rem_euclid(5120);
    let all: Vec<i64> = heard.iter().map(lag).collect();
    let first = all.first().copied().expect("something came");
    // Ticks come again after 5.12 s, and no lag is half as long.
    let near: Vec<i64> = all.iter().map(|lag| (lag - first + 2560).rem_euclid(5120)).collect();
    let least = near.iter().min().copied().expect("something came");
    near.iter().map(|lag| lag - least).collect()
}

/// Member 1 talks to 0 for two minutes: the share that doesn't come before it could have been sent again, the share that never
/// comes, and kilobits a second that the member with two ways has sent over each, or was sent.
fn lost(lines: [Quality; 2], both: usize, beside: Quality, seed: u64) -> (f64, f64, [f64; 2]) {
    let mut world = world(lines, both, beside, seed);
    let way = if both == 0 { Way::Down } else { Way::Up };
    let sent = |world: &World| {
        [world.carried(both, way), world.carried_second(both, way)].map(|carried| carried.ip_bytes() as f64)
    };
    let (before, talk) = (sent(&world), 120 * SECOND);
    world.take_step(Step::Talk(1, talk));
    world.pass(talk);
    let after = sent(&world);
    let kbps = [0, 1].map(|way| (after[way] - before[way]) * 8.0 / 1000.0 / talk.as_secs_f64());
    world.pass(2 * SECOND);
    let heard = world.recorded(0);
    let number = |at: Option<&(Time, Heard)>| at.map(|(_, heard)| heard.number).expect("something came");
    let said = f64::from(number(heard.last()).since(number(heard.first()))) + 1.0;
    // A round trip takes 40 ms.
    let soon = lags(heard).into_iter().filter(|lag| *lag < 40).count() as f64;
    (1.0 - soon / said, 1.0 - heard.len() as f64 / said, kbps)
}

#[test]
fn two_ways_that_lose_a_fifth_lose_a_twenty_fifth() {
    for (name, lines, both) in [("up", [Quality::GOOD, LOSES], 1), ("down", [LOSES, Quality::GOOD], 0)] {
        let all: Vec<_> = (0..4).map(|seed| lost(lines, both, LOSES, seed)).collect();
        let mean = |of: fn(&(f64, f64, [f64; 2])) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        let (first, never) = (mean(|all| all.0), mean(|all| all.1));
        let kbps = [mean(|all| all.2[0]), mean(|all| all.2[1])];
        println!("{name}: {:.1} % lost before repair, {:.2} % after, {kbps:.1?} kbps", first * 100.0, never * 100.0);
        assert!(first < 0.05 && never < 0.01, "{name}: {first} {never}");
        assert!(kbps.iter().all(|kbps| *kbps < 27.0), "{name}: {kbps:?}");
    }
}

#[test]
fn a_second_way_that_is_later_is_no_queue() {
    let later = Quality { loss: 0.2, delay: Duration::from_millis(150), ..Quality::GOOD };
    for seed in 0..3 {
        let mut world = world([Quality::GOOD, LOSES], 1, later, seed);
        let before = world.plan(1);
        world.take_step(Step::Talk(1, 60 * SECOND));
        world.pass(62 * SECOND);
        assert_eq!(world.plan(1), before, "the voice is coded as well as before");
    }
}

/// The longest time in which nothing came to member 0, while 1 talks for 20 s and `dies` happens in the middle.
fn gap(world: &mut World, dies: impl FnOnce(&mut World)) -> Duration {
    world.take_step(Step::Talk(1, 20 * SECOND));
    world.pass(8 * SECOND);
    dies(world);
    world.pass(13 * SECOND);
    let heard = world.recorded(0);
    heard.windows(2).map(|pair| pair[1].0.since(pair[0].0)).max().expect("something came")
}

#[test]
fn when_one_way_dies_the_other_carries_everything() {
    for both in [0, 1] {
        for first in [true, false] {
            for seed in 0..4 {
                let mut world = world([Quality::GOOD; 2], both, Quality::GOOD, seed);
                let longest = gap(&mut world, |world| match first {
                    true => world.take_step(Step::Blackout(both, 600 * SECOND)),
                    false => world.cut_second_way(both, 600 * SECOND),
                });
                assert!(longest <= Duration::from_millis(300), "{both} {first} {seed}: {longest:?}");
                assert!(world.breaks(both).is_empty(), "nobody was told of a cut line");
                // The log goes on too, over what is left.
                world.want(both, Intent::Hand { up: true });
                world.pass(3 * SECOND);
                let hands = |world: &World, member| world.state(member).map(|state| state.turns.queue.in_order().len());
                assert_eq!([hands(&world, 0), hands(&world, 1)], [Some(1); 2], "{both} {first} {seed}");
                let (state, _) = world.second_way(both).expect("wanted");
                assert_ne!(state, SecondWayState::Carries, "{both} {first} {seed}: it says so");
                world.settle().expect("all agree");
            }
        }
    }
}

#[test]
fn a_second_way_comes_back_with_its_line() {
    let mut world = world([Quality::GOOD; 2], 1, Quality::GOOD, 3);
    world.cut_second_way(1, 30 * SECOND);
    world.pass(8 * SECOND);
    assert_eq!(world.second_way(1), Some((SecondWayState::Silent, false)));
    world.pass(45 * SECOND);
    assert_eq!(world.second_way(1), Some((SecondWayState::Carries, false)));
    // The usual line goes and comes back: what was the second is the first now.
    world.take_step(Step::Blackout(1, 30 * SECOND));
    world.pass(60 * SECOND);
    assert_eq!(world.second_way(1), Some((SecondWayState::Carries, false)));
    world.settle().expect("all agree");
}

#[test]
fn a_second_way_outlives_a_restart_of_the_relay() {
    let mut world = world([Quality::GOOD; 2], 1, Quality::GOOD, 5);
    world.take_step(Step::RestartRelay(2 * SECOND));
    world.pass(30 * SECOND);
    assert_eq!(world.second_way(1), Some((SecondWayState::Carries, false)));
    let longest = gap(&mut world, |world| world.take_step(Step::Blackout(1, 600 * SECOND)));
    assert!(longest <= Duration::from_millis(300), "{longest:?}");
}
