//! Groups that decide, over lines that break.

use std::time::Duration;

use ingle::ids::Time;
use ingle::sim::network::Quality;
use ingle::sim::{Script, Step, World};

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

/// So many members who do nothing but decide, for two minutes, while lines lose, are cut, and programs crash.
fn parliament(members: usize, seed: u64) -> Script {
    let mut number = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |below: u64| {
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        number % below
    };
    let mut steps: Vec<_> = (0..members).map(|member| (at(member as u64 * 300), Step::Start(member))).collect();
    let bad = Quality {
        loss: 0.1,
        burst: 0.0,
        delay: Duration::from_millis(90),
        jitter: Duration::from_millis(60),
        doubled: 0.02,
        rate: None,
    };
    steps.extend((0..members).map(|member| (at(8000), Step::Line(member, bad))));
    for tick in 0..600 {
        let who = draw(members as u64) as usize;
        let step = match draw(60) {
            0 => Step::Blackout(who, Duration::from_secs(draw(20))),
            1 if who > 0 => Step::Crash(who),
            2 | 3 => Step::Start(who),
            _ => Step::Decide(who, draw(u64::MAX)),
        };
        steps.push((at(9000 + tick * 200), step));
    }
    steps.sort_by_key(|(time, _)| *time);
    Script { members, steps, end: at(135_000) }
}

#[test]
fn whatever_is_decided_all_who_are_in_have_the_same_minutes() {
    let seeds: u64 = std::env::var("INGLE_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let (mut past, mut yes) = (0, 0);
    for seed in 0..seeds.min(200) {
        let members = 3 + seed as usize % 6;
        let world =
            World::play(&parliament(members, seed), seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let states: Vec<_> = (0..members).filter_map(|member| world.state(member)).collect();
        for state in &states {
            assert_eq!(state.decisions, states[0].decisions, "seed {seed}");
        }
        if let Some(state) = states.first() {
            past += state.decisions.past.len();
            yes += state.decisions.past.iter().filter(|decided| decided.how.is_yes()).count();
        }
    }
    println!("{seeds} groups have decided {past} proposals, {yes} of them with yes");
    assert!(past as u64 > seeds && yes as u64 > seeds / 2, "the groups decide too little");
}
