//! Losses of a line are repaired on that line, and on no other.

use std::time::Duration;

use ingle::adapt::{PROBES, PlanChoice, Redundancy};
use ingle::ids::Time;
use ingle::member::Heard;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Script, Step, World};

/// What one seed shows by chance is evened out over some.
const SEEDS: u64 = 4;
const TALK: Duration = Duration::from_secs(120);
/// Packets that are said: one each 60 ms, and the last.
const SAID: f64 = 2001.0;

/// Member 1 talks, 2 listens on a line of its own, and 0 on a good one.
struct Shown {
    /// Share of the speech that members 2 and 0 had within 400 ms.
    heard: f64,
    heard_well: f64,
    /// Kilobits a second that 1 sent, 2 and 0 were sent, at the IP level.
    kbps: [f64; 3],
    /// Payload of what 0 was sent.
    well: u64,
}

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

fn session(talker: Quality, listener: Quality, talk: Duration, seed: u64) -> World {
    let mut steps: Vec<_> = (0..3).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
    steps.extend([(at(4000), Step::Line(1, talker)), (at(4000), Step::Line(2, listener))]);
    steps.push((at(5000), Step::Talk(1, talk)));
    World::play(&Script { members: 3, steps, end: at(6000) + talk }, seed).expect("all agree")
}

fn shown(talker: Quality, listener: Quality) -> Shown {
    let mut shown = Shown { heard: 0.0, heard_well: 0.0, kbps: [0.0; 3], well: 0 };
    // The traffic before and after the talk.
    let without = session(talker, listener, Duration::ZERO, 0);
    for seed in 0..SEEDS {
        let with = session(talker, listener, TALK, seed);
        let mean = |world: &World, member| world.heard_in_time(member) as f64 / SAID / SEEDS as f64;
        shown.heard += mean(&with, 2);
        shown.heard_well += mean(&with, 0);
        for (kbps, (member, way)) in shown.kbps.iter_mut().zip([(1, Way::Up), (2, Way::Down), (0, Way::Down)]) {
            let carried = |world: &World| world.carried(member, way).ip_bytes();
            let bytes = carried(&with).saturating_sub(carried(&without)) as f64;
            *kbps += bytes * 8.0 / 1000.0 / TALK.as_secs_f64() / SEEDS as f64;
        }
        shown.well += with.carried(0, Way::Down).bytes;
    }
    shown
}

fn lossy(loss: f64, burst: f64) -> Quality {
    Quality { loss, burst, ..Quality::GOOD }
}

/// Shows what is heard with this line at the talker, at the listener, and at both.
fn table(loss: f64, burst: f64) -> [Shown; 3] {
    let (bad, good) = (lossy(loss, burst), Quality::GOOD);
    let lines = [(bad, good), (good, bad), (bad, bad)].map(|(talker, listener)| shown(talker, listener));
    for (name, line) in ["talker", "listener", "both"].iter().zip(&lines) {
        println!(
            "{:>3.0} % in gaps of {:.1}, {name:<8} heard {:.1} %, kbps: talker {:.1}, listener {:.1}, another {:.1}",
            loss * 100.0,
            burst.max(1.0 / (1.0 - loss)),
            line.heard * 100.0,
            line.kbps[0],
            line.kbps[1],
            line.kbps[2],
        );
    }
    lines
}

#[test]
fn a_good_line_is_sent_nothing_twice() {
    let world = session(Quality::GOOD, Quality::GOOD, TALK, 1);
    let (up, down) = (world.carried(1, Way::Up), world.carried(2, Way::Down));
    assert_eq!(world.heard_in_time(2), SAID as u64);
    let probes = u64::from(PROBES);
    assert_eq!(down.datagrams, SAID as u64 + probes, "voice, and nothing else but what shows the line at first");
    assert_eq!(down.bytes, SAID as u64 * (90 + 15) + probes * 104);
    // Four minutes of which two are talk: every two and a half seconds a sign of life of seven bytes; and after the end twice, in
    // three bytes, how far the talker has come.
    let heads = 2;
    let pulses = up.datagrams - SAID as u64 - probes - heads;
    assert!((40..60).contains(&pulses), "{pulses}");
    assert_eq!(up.bytes, SAID as u64 * (90 + 14) + pulses * 7 + heads * 3 + probes * 104);
}

#[test]
fn at_five_percent_nearly_everything_is_heard() {
    assert!(table(0.05, 0.0).iter().all(|line| line.heard >= 0.99));
}

#[test]
fn at_twenty_percent_each_way_nine_of_ten_are_heard() {
    assert!(table(0.2, 0.0).iter().all(|line| line.heard >= 0.90));
}

#[test]
fn at_forty_percent_most_is_heard() {
    let [talker, listener, both] = table(0.4, 0.0);
    // A listener has no acknowledgements here to be known by: who loses three pulses in a row counts as away for a moment, and
    // is sent nothing.
    assert!(talker.heard >= 0.90 && listener.heard >= 0.75 && both.heard >= 0.62);
}

#[test]
fn bursts_of_three_are_bridged() {
    let [talker, listener, both] = table(0.1, 3.0);
    // Bursts of three on average have no greatest length, so some outlast any distance.
    assert!(talker.heard >= 0.94 && listener.heard >= 0.94 && both.heard >= 0.88);
}

#[test]
fn a_listeners_bad_line_costs_nobody_else_a_byte() {
    let (good, bad) = (shown(Quality::GOOD, Quality::GOOD), shown(Quality::GOOD, lossy(0.2, 0.0)));
    assert_eq!(good.well, bad.well);
    assert_eq!((good.kbps[0], good.kbps[2]), (bad.kbps[0], bad.kbps[2]));
    assert_eq!(bad.heard_well, 1.0);
    assert!(bad.kbps[1] > good.kbps[1]);
}

/// Member 1 talks to 0 for a minute, both by this plan and on such a line: the share of what is said that comes within `soon` of the
/// soonest, and kilobits a second that are sent.
fn soon(plan: PlanChoice, line: Quality, soon: Duration, seed: u64) -> (f64, f64) {
    let talk = Duration::from_secs(60);
    let mut world = World::new(2, seed);
    for member in 0..2 {
        world.choose(member, plan);
        world.take_step(Step::Line(member, line));
        world.take_step(Step::Start(member));
        world.pass(Duration::from_secs(2));
    }
    world.pass(Duration::from_secs(15));
    world.take_step(Step::Record(0));
    let before = world.carried(1, Way::Up);
    world.take_step(Step::Talk(1, talk));
    world.pass(talk);
    let bytes = world.carried(1, Way::Up).ip_bytes() - before.ip_bytes();
    world.pass(Duration::from_secs(2));
    let lag = |(at, heard): &(Time, Heard)| (at.0 as i64 / 1000 - i64::from(heard.tick) * 20).rem_euclid(5120);
    let lags: Vec<i64> = world.recorded(0).iter().map(lag).collect();
    // Ticks come again after 5.12 s, and no lag is half as long.
    let first = lags.first().copied().expect("something came");
    let near: Vec<i64> = lags.iter().map(|lag| (lag - first + 2560).rem_euclid(5120)).collect();
    let least = near.iter().min().copied().expect("something came");
    let came = near.iter().filter(|lag| (*lag - least) as u128 <= soon.as_millis()).count();
    let heard = world.recorded(0);
    let number = |at: Option<&(Time, Heard)>| at.map(|(_, heard)| heard.number).expect("something came");
    let said = f64::from(number(heard.last()).since(number(heard.first()))) + 1.0;
    (came as f64 / said, bytes as f64 * 8.0 / 1000.0 / talk.as_secs_f64())
}

#[test]
fn where_data_is_no_matter_words_come_without_being_asked_for() {
    let ms = Duration::from_millis;
    // Each packet takes 30 to 50 ms on each of two lines, so on an even one all would come within 40 ms.
    let loses = Quality { loss: 0.05, delay: ms(30), jitter: ms(20), ..Quality::GOOD };
    for seed in 0..SEEDS {
        let (came, kbps) = soon(PlanChoice::Full, loses, ms(60), seed);
        println!("5 % lost on each line: {:.2} % within 60 ms, {kbps:.1} kbps", came * 100.0);
        assert!(came >= 0.985 && kbps <= 116.0, "{came} {kbps}");
        let (came, _) = soon(PlanChoice::Full, loses, ms(80), seed);
        assert!(came >= 0.995, "{came}");
        // It costs what it costs only where something is lost.
        let (came, kbps) = soon(PlanChoice::Full, Quality { loss: 0.0, ..loses }, ms(41), seed);
        assert!(came > 0.999 && kbps <= 52.0, "{came} {kbps}");
    }
}

#[test]
fn copies_give_way_before_the_voice_where_there_is_no_room() {
    let line = Quality { loss: 0.05, delay: Duration::from_millis(40), rate: Some((64.0, 50)), ..Quality::GOOD };
    // What comes in time depends a lot on what is lost when, so one course alone says little.
    let all: Vec<(f64, f64)> =
        (0..8).map(|seed| soon(PlanChoice::Full, line, Duration::from_millis(250), seed)).collect();
    println!("{all:?}");
    let mean = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let (came, kbps) = (mean(|one| one.0), mean(|one| one.1));
    println!("5 % lost on a line of 64 kbps: {:.1} % within 250 ms, {kbps:.1} kbps", came * 100.0);
    assert!(came >= 0.75 && (24.0..64.0).contains(&kbps), "{came} {kbps}");
}

#[test]
fn the_end_of_what_is_said_is_heard_too() {
    // Many short spurts on two lines that lose a fifth; each ends with a packet that is marked.
    let mut steps: Vec<_> = (0..3).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
    steps.extend((1..3).map(|member| (at(4000), Step::Line(member, lossy(0.2, 0.0)))));
    steps.push((at(5000), Step::Talk(1, Duration::from_secs(20))));
    steps.extend((0..100).map(|n| (at(27_000 + 2000 * n), Step::Talk(1, Duration::from_millis(600)))));
    let world = World::play(&Script { members: 3, steps, end: at(230_000) }, 4).expect("all agree");
    let share = world.ends_heard(2) as f64 / 101.0;
    println!("{:.1} % of the ends were heard", share * 100.0);
    assert!(share >= 0.90, "{share}");
}

#[test]
fn a_line_too_narrow_for_a_voice_is_known_before_speech() {
    let plan = |kbps| {
        let narrow = Quality { rate: Some((kbps, 10)), delay: Duration::from_millis(100), ..Quality::GOOD };
        let steps = vec![(at(0), Step::Start(0)), (at(400), Step::Line(1, narrow)), (at(500), Step::Start(1))];
        let world = World::play(&Script { members: 2, steps, end: at(9000) }, 1).expect("all agree");
        world.plan(1).expect("a member").kbps(Redundancy::NONE)
    };
    let (narrow, wide) = (plan(16.0), plan(64.0));
    println!("{narrow:.1} kbps on a line of 16, and {wide:.1} on one of 64");
    assert!((11.0..15.0).contains(&narrow) && wide > 20.0, "{narrow} and {wide}");
}
