//! Groups that decide, over lines that break.

use std::time::Duration;

use ingle::sim::{Script, Step, World};

use crate::fault_script::{fault_script, seeds};

/// A group of this many members that does nothing but decide.
fn parliament(members: usize, seed: u64) -> Script {
    fault_script(members, seed, 0.1, Duration::from_millis(200), 60, |_, who, draw| {
        Step::Decide(who, draw.below(u64::MAX))
    })
}

#[test]
fn whatever_is_decided_all_who_are_in_have_the_same_minutes() {
    let seeds = seeds(40);
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
