//! Nobody is behind on a perfect line, whatever the floor does.

use std::time::Duration;

use ingle::ids::Time;
use ingle::session::{Event, Intent};
use ingle::sim::{Step, World};

/// Five with open microphones, who all talk; a stick is taken and put down again and again. What was told of being behind.
fn behind(seed: u64, seconds: u64, rounds: usize) -> Vec<(usize, Event, Time)> {
    let mut world = World::new(5, seed);
    world.take_step(Step::Start(0));
    world.pass(Duration::from_secs(2));
    (1..5).for_each(|member| world.take_step(Step::Start(member)));
    world.pass(Duration::from_secs(10));
    world.told_since();
    let mut told = Vec::new();
    for _ in 0..rounds {
        for stick in [Some(1), None] {
            for member in 0..5 {
                world.want(member, Intent::Mic { open: true });
                world.take_step(Step::Talk(member, Duration::from_secs(seconds * 3)));
            }
            world.pass(Duration::from_millis(3137));
            world.take_step(Step::Stick(0, stick));
            world.pass(Duration::from_secs(seconds));
            let now = world.now();
            let of_lag =
                |(member, event): (usize, Event)| matches!(event, Event::Behind { .. }).then_some((member, event, now));
            told.extend(world.told_since().into_iter().filter_map(of_lag));
        }
    }
    told
}

#[test]
fn a_stick_taken_and_put_down_puts_nobody_behind() {
    for seed in 0..6 {
        for seconds in [2, 9] {
            let told = behind(seed, seconds, 3);
            assert!(told.is_empty(), "seed {seed}, {seconds} s: {told:?}");
        }
    }
}
