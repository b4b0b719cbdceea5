//! The catalogue of faults: real programs behind seeded lines, one fault at a time, and a table of what came of each. A case fails
//! if somebody is heard again too late, if two members know different things of the group, or if a program ends badly.
//!
//! `CASES=loss,relay` takes the cases whose names contain one of these words, `SEED=n` has other chances, `JOBS=n` lets that many
//! go on at once.

mod ear;
mod lines;
mod places;
mod programs;
mod scene;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

use scene::Outcome;

/// A case: its name, and what happens in it, with chances from a seed.
type Case = (&'static str, fn(u64) -> Outcome);

const CASES: [Case; 24] = [
    ("six lines black for 10 s, four times", lines::six_blackouts),
    ("line black for 30 s", lines::blackout),
    ("loss 5 %", |seed| lines::bad("delay 40ms 10ms loss 5%", 0.9, seed)),
    ("loss 10 %", |seed| lines::bad("delay 40ms 10ms loss 10%", 0.9, seed)),
    ("loss 20 %", |seed| lines::bad("delay 40ms 10ms loss 20%", 0.85, seed)),
    ("loss 40 %", |seed| lines::bad("delay 40ms 10ms loss 40%", 0.8, seed)),
    ("loss 60 %", |seed| lines::bad("delay 40ms 10ms loss 60%", 0.4, seed)),
    ("bursts of 5, 10 % lost", |seed| lines::bad("delay 40ms loss gemodel 2.2% 20%", 0.7, seed)),
    ("bursts of 20, 20 % lost", |seed| lines::bad("delay 40ms loss gemodel 1.25% 5%", 0.5, seed)),
    ("reordered by up to 300 ms", |seed| lines::bad("delay 160ms 150ms", 0.8, seed)),
    ("every packet twice", |seed| lines::bad("delay 40ms duplicate 100%", 0.9, seed)),
    ("nothing comes down for 12 s", lines::one_way),
    ("address translator forgets, three times", lines::rebound),
    ("firewall forgets", lines::stranded),
    ("computer gets another address, three times", places::moved),
    ("relay crashes, back at once, three times", programs::relay_back_at_once),
    ("relay crashes, back after 10 s", programs::relay_back_later),
    ("relay stopped for 10 s", programs::relay_stopped),
    ("member stopped for 10 s", programs::member_stopped),
    ("member crashes and comes again", programs::member_crashes),
    ("relay's disk fills up, then it crashes", places::relays_disk_full),
    ("member's disk is full", places::members_disk_full),
    ("sound server dies, back after 3 s", places::sound_server_dies),
    ("microphone is unplugged", places::microphone_unplugged),
];

/// The number that a variable of the environment holds.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What a panic said, on one line.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("it panicked").lines().next().unwrap_or_default().chars().take(160).collect()
}

#[test]
#[ignore = "takes some minutes, and networks and disks of its own; make faults"]
fn the_catalogue_of_faults() {
    let wanted = std::env::var("CASES").unwrap_or_default();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.split(',').any(|part| name.contains(part.trim()));
    let seed = number("SEED", 1);
    let cases = (CASES.iter().zip(1..)).filter(|((name, _), _)| is_wanted(name));
    let waiting: Mutex<VecDeque<_>> = Mutex::new(cases.map(|(case, at)| (at, case, seed * 100 + at)).collect());
    let rows = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..number("JOBS", 3) {
            scope.spawn(|| {
                while let Some((at, (name, case), seed)) = { waiting.lock().expect("whole").pop_front() } {
                    let outcome = catch_unwind(AssertUnwindSafe(|| case(seed)))
                        .unwrap_or_else(|panic| Outcome::failed(said(&*panic)));
                    println!("{name}: {}", outcome.verdict());
                    rows.lock().expect("whole").push((at, *name, seed, outcome));
                }
            });
        }
    });
    let mut rows = rows.into_inner().expect("whole");
    rows.sort_by_key(|(at, ..)| *at);
    println!("\n{:<44} {:>5}  {:<58} {:>7} {:<9} verdict", "fault", "seed", "heard again", "states", "exits");
    for (_, name, seed, outcome) in &rows {
        println!(
            "{name:<44} {seed:>5}  {:<58} {:>7} {:<9} {}",
            outcome.heard_again(),
            outcome.states,
            outcome.exits,
            outcome.verdict()
        );
    }
    let failed: Vec<_> = rows.iter().filter(|(.., outcome)| !outcome.is_good()).map(|(_, name, ..)| *name).collect();
    println!("{} cases, {} failed; SEED={seed} plays them again", rows.len(), failed.len());
    assert!(failed.is_empty(), "{failed:?}");
}

/// Waits, where waiting is what the case is about.
fn pass(time: Duration) {
    std::thread::sleep(time);
}
