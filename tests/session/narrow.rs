//! Narrow lines: as much is sent as fits, in as few bits as it needs, and nobody else hears worse for it.

use std::time::Duration;

use ingle::adapt::Redundancy;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Step, World};

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn narrow(kbps: f64) -> Quality {
    Quality { rate: Some((kbps, 60)), delay: Duration::from_millis(60), ..Quality::GOOD }
}

/// `members` of whom the last is on a line like this; they are all in 10 s later.
fn group(members: usize, last: Quality, seed: u64) -> World {
    let mut world = World::new(members, seed);
    for member in 0..members {
        world.take_step(Step::Start(member));
        if member + 1 == members {
            world.take_step(Step::Line(member, last));
        }
        world.pass(Duration::from_millis(500));
    }
    world.pass(secs(10));
    world
}

/// The share of a talker's speech that a listener gets, from now on for this long.
fn shares(world: &mut World, listener: usize, talkers: &[usize], span: Duration) -> Vec<f64> {
    let count = |world: &World| -> Vec<(u64, usize)> {
        let plays = |talker| world.plays(listener).iter().filter(|play| play.talker == talker).count();
        talkers.iter().map(|talker| (world.spoken(*talker), plays(*talker))).collect()
    };
    let before = count(world);
    world.pass(span);
    let shares = count(world).into_iter().zip(before);
    shares.map(|((said, heard), before)| (heard - before.1) as f64 / (said - before.0) as f64).collect()
}

#[test]
fn two_of_three_voices_are_clear_on_a_narrow_line() {
    for seed in 0..4 {
        let mut world = group(5, narrow(24.0), seed);
        world.narrow(24.0);
        for member in [1, 2, 3] {
            world.take_step(Step::Talk(member, secs(60)));
            world.pass(Duration::from_millis(70 + 200 * seed));
        }
        world.pass(secs(6));
        world.queued(4, Way::Down);
        let shares = shares(&mut world, 4, &[1, 2, 3], secs(40));
        let queue = world.queued(4, Way::Down);
        println!("seed {seed}: heard {shares:.2?}, everything waits for {} ms at most", queue.as_millis());
        assert_eq!(shares.iter().filter(|share| **share >= 0.98).count(), 2, "{shares:?}");
        assert!(queue <= Duration::from_millis(300), "{queue:?}");
        // Chat comes through in both directions while they talk.
        let lines = world.witness().lines();
        world.take_step(Step::Chat(4));
        world.take_step(Step::Chat(1));
        world.pass(secs(2));
        assert_eq!(world.witness().lines(), lines + 2);
        let state = |member| world.room(member).map(|room| room.state.index);
        assert_eq!(state(4), state(0), "the narrow line has all of it too");
        world.settle().expect("all agree");
    }
}

#[test]
fn a_listener_on_a_narrow_line_lowers_nobody_elses_sound() {
    let session = |line| {
        let mut world = group(4, line, 3);
        world.take_step(Step::Talk(1, secs(120)));
        world.pass(secs(3));
        let before = world.carried(2, Way::Down);
        world.queued(3, Way::Down);
        let (well, badly) = (world.plays(2).len(), world.plays(3).len());
        let said = world.spoken(1);
        world.pass(secs(100));
        let (after, said) = (world.carried(2, Way::Down), (world.spoken(1) - said) as usize);
        let well = (world.plays(2).len() - well, after.datagrams - before.datagrams, after.bytes - before.bytes);
        let plan = world.plan(1).expect("a member").kbps(Redundancy::NONE);
        let badly = (world.plays(3).len() - badly) as f64 / said as f64;
        let queue = world.queued(3, Way::Down);
        world.settle().expect("all agree");
        (plan, said, well, badly, queue)
    };
    let (plan, said, well, ..) = session(Quality::GOOD);
    let (with_plan, with_said, with_well, badly, queue) = session(narrow(16.0));
    println!("on 16 kbps {:.1} % is heard, and waits for {} ms at most", badly * 100.0, queue.as_millis());
    assert_eq!((plan, said, well), (with_plan, with_said, with_well), "to the byte");
    // Once in that time it was tried whether the line carries the full layer by now.
    assert!(badly >= 0.98 && queue <= Duration::from_millis(400), "{badly} {queue:?}");
}

/// What member 1 sends while it talks for 20 s, in kilobits a second at the IP level.
fn rate(world: &mut World) -> f64 {
    let before = world.carried(1, Way::Up);
    world.take_step(Step::Talk(1, secs(20)));
    world.pass(secs(22));
    let after = world.carried(1, Way::Up);
    let bytes = after.ip_bytes() - before.ip_bytes();
    bytes as f64 * 8.0 / 20_000.0
}

#[test]
fn a_line_for_one_voice_in_a_group_of_two_gets_no_thin_layer() {
    // A listener hears one other; a second would need more than this line has, and the thin layer would be of use.
    for (members, layers) in [(2, false), (3, true)] {
        let mut world = group(members, narrow(24.0), 5);
        rate(&mut world);
        let sent = rate(&mut world);
        assert_eq!(sent > 25.0, layers, "{members} members: {sent:.1} kbps");
    }
}

#[test]
fn the_thin_layer_is_sent_only_while_somebody_needs_it() {
    let mut world = group(4, Quality::GOOD, 5);
    let alone = rate(&mut world);
    world.take_step(Step::Line(3, narrow(16.0)));
    rate(&mut world);
    let both = rate(&mut world);
    world.take_step(Step::Leave(3));
    world.pass(secs(70));
    let after = rate(&mut world);
    println!("{alone:.1} kbps, with the thin layer {both:.1}, and without it again {after:.1}");
    assert!(both > alone + 8.0 && both < alone + 10.0, "{both}");
    assert!((after - alone).abs() < 0.2, "{after}");
}

#[test]
fn a_line_that_narrows_has_no_long_queue_after_two_seconds() {
    // The talker's own line, and a listener's.
    for (member, way) in [(1, Way::Up), (2, Way::Down)] {
        for seed in 0..4 {
            let mut world = group(3, Quality::GOOD, seed);
            world.take_step(Step::Line(member, narrow(64.0)));
            world.take_step(Step::Talk(1, secs(60)));
            world.pass(Duration::from_millis(10_000 + 130 * seed));
            world.take_step(Step::Line(member, narrow(16.0)));
            world.queued(member, way);
            world.pass(secs(2));
            let at_first = world.queued(member, way);
            let then: Vec<u128> = (0..10)
                .map(|_| {
                    world.pass(secs(1));
                    world.queued(member, way).as_millis()
                })
                .collect();
            println!("{way:?}, seed {seed}: {} ms, and two seconds later {then:?}", at_first.as_millis());
            assert!(then.iter().all(|queue| *queue < 200), "{then:?}");
        }
    }
}

#[test]
fn a_line_that_is_only_uneven_is_taken_for_no_narrow_one() {
    // A mobile line of 48 kbps on which packets overtake each other: a voice and its copies fit.
    let (delay, jitter) = (Duration::from_millis(120), Duration::from_millis(160));
    let uneven = Quality { loss: 0.03, delay, jitter, rate: Some((48.0, 20)), ..Quality::GOOD };
    let lowered: Vec<u64> = (0..48)
        .filter(|seed| {
            let mut world = group(2, uneven, *seed);
            let bitrate = |world: &World| world.plan(1).map(|plan| plan.bitrate);
            let before = bitrate(&world);
            world.take_step(Step::Talk(1, secs(40)));
            (0..40).any(|_| {
                world.pass(secs(1));
                bitrate(&world) < before
            })
        })
        .collect();
    println!("of 48 talkers were coded lower: {lowered:?}");
    assert!(lowered.len() <= 2, "seeds {lowered:?}");
}

#[test]
fn two_and_a_half_hours_of_twelve_cost_a_listener_little_data() {
    use ingle::adapt::PlanChoice;

    for (choice, most) in [(PlanChoice::Thin, 15.0), (PlanChoice::Auto, 24.0)] {
        let mut world = World::new(12, 1);
        (0..12).for_each(|member| world.choose(member, choice));
        for member in 0..12 {
            world.take_step(Step::Start(member));
            world.pass(Duration::from_millis(300));
        }
        world.pass(secs(5));
        // Turns of 20 s one after the other, 80 % of the time; for 8 % of the time somebody else talks too.
        let minutes = 150;
        for minute in 0..minutes {
            for turn in 0..2 {
                let talker = 1 + (minute * 2 + turn) as usize % 10;
                world.take_step(Step::Talk(talker, secs(24)));
                world.pass(secs(10));
                world.take_step(Step::Talk(talker % 10 + 1, Duration::from_millis(2400)));
                world.pass(secs(20));
            }
        }
        let bytes = |way| {
            let (voice, control) = (world.carried(11, way), world.streamed(11, way));
            voice.ip_bytes() + control.bytes
        };
        let (up, down) = (bytes(Way::Up) as f64 / 1e6, bytes(Way::Down) as f64 / 1e6);
        println!("{choice:?}: {down:.1} MB down and {up:.1} MB up in {minutes} minutes");
        assert!(down + up <= most, "{down} and {up}");
        world.settle().expect("all agree");
    }
}
