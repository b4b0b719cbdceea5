//! Hours of churn in real programs: people talk, come, go and crash at twelve times the pace of an evening, lines lose and break, a
//! relay is killed again and again. It fails if anything grows, or if two members know different things of their group.
//!
//! `SOAK_S` says for how many seconds (six hours unless told), `SEED` gives other chances, and `INGLE_PROGRAMS` names the folder of
//! the programs.

#![cfg(target_os = "linux")]

mod churn;
mod growth;
#[path = "../cli/harness/mod.rs"]
mod harness;
#[path = "../process/mod.rs"]
mod process;
mod watch;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use churn::Churn;
use growth::Growth;
use harness::{Relay, sound};
use watch::{Watch, Watched};

/// Six hours.
const SPAN: u64 = 6 * 3600;
/// From then on nothing may grow.
const WARM: Duration = Duration::from_secs(600);
/// How often the relay of one of the groups is killed.
const RESTART: Duration = Duration::from_secs(110);
/// How often it's looked what the programs hold.
const LOOK: Duration = Duration::from_secs(5);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
#[ignore = "takes six hours, or SOAK_S seconds; make soak"]
fn hours_of_churn_leave_no_growth_and_no_divergence() {
    let (span, seed) = (Duration::from_secs(number("SOAK_S", SPAN)), number("SEED", 1));
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "ana-01", Duration::ZERO));
    let metrics = process::free_port();
    // One relay is watched for growth, so it stays the same; the other one is killed.
    let steady = Relay::with(&["--listen", "127.0.0.1:0", "--metrics", &metrics.to_string()]);
    let mut killed = Relay::start();
    let mut groups = [&steady, &killed].map(|relay| Churn::open(&relay.at, &voice, seed));
    groups[1].reseed(seed + 1);
    let mut watched = vec![Watched { name: "relay".into(), process: steady.id(), metrics: Some(metrics) }];
    for (group, at) in groups.iter().zip(["", " at the relay that crashes"]) {
        let named =
            group.steady().map(|(name, process)| Watched { name: format!("{name}{at}"), process, metrics: None });
        watched.extend(named);
    }
    let watch = Mutex::new(Watch::of(watched));
    let end = Instant::now() + span;
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for group in &mut groups {
            scope.spawn(|| {
                let what = std::panic::AssertUnwindSafe(|| group.go_on_until(end));
                if let Err(panic) = std::panic::catch_unwind(what) {
                    let text = panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic".into());
                    wrong.lock().expect("whole").push(text.lines().next().unwrap_or_default().to_owned());
                }
            });
        }
        scope.spawn(|| {
            while Instant::now() < end {
                watch.lock().expect("whole").look();
                std::thread::sleep(LOOK);
            }
        });
        let mut restarts = 0;
        while Instant::now() + RESTART < end && wrong.lock().expect("whole").is_empty() {
            std::thread::sleep(RESTART);
            killed.crash();
            std::thread::sleep(Duration::from_secs(restarts % 8));
            killed.start_again();
            restarts += 1;
        }
        println!("the second relay was killed {restarts} times");
    });
    let mut wrong = wrong.into_inner().expect("whole");
    for group in groups {
        println!("{}", group.end(&mut wrong));
    }
    let warm = WARM.min(span / 2);
    println!(
        "\n{:<34} {:>9} {:>9} {:>12} {:>13} {:>9} {:>9}",
        "program", "MiB first", "MiB last", "MiB an hour", "descriptors", "threads", "tasks"
    );
    for (name, course) in watch.into_inner().expect("whole").courses() {
        match Growth::of(&course, warm) {
            Some(growth) => {
                println!("{name:<34} {growth}");
                wrong.extend(growth.faults().map(|fault| format!("{name}: {fault}")));
            }
            None => println!("{name:<34} too short to say"),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// States of a group that somebody told of, by their places in the log.
#[derive(Default)]
pub(crate) struct States {
    known: BTreeMap<u64, String>,
    pub(crate) compared: u64,
}

impl States {
    /// Places that are remembered.
    const KEPT: usize = 10_000;

    /// Somebody's state at a place.
    ///
    /// # Errors
    /// Somebody else's was another.
    pub(crate) fn take(&mut self, index: u64, hash: &str) -> Result<(), String> {
        self.compared += 1;
        let known = self.known.entry(index).or_insert_with(|| hash.to_owned());
        let same = known == hash;
        if self.known.len() > Self::KEPT {
            self.known.pop_first();
        }
        if same { Ok(()) } else { Err(format!("two members know different things of their group at {index}")) }
    }
}
