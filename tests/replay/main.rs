//! Every seed of every fuzz target, and every input that a fuzzer has once found something with, is read again.

#[allow(dead_code, unreachable_pub, reason = "what only the fuzzer calls, in a library of its own")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;
use std::time::Duration;

/// A target's name, and what it does with an input.
type Target = (&'static str, fn(&[u8]) -> Duration);

const TARGETS: [Target; 15] = [
    ("charter", targets::charter::read),
    ("code", targets::code::read),
    ("config", targets::config::read),
    ("down_datagram", targets::down_datagram::read),
    ("founding", targets::founding::read),
    ("knock", targets::knock::read),
    ("member", targets::member::read),
    ("names", targets::names::read),
    ("open", targets::open::read),
    ("opus", targets::opus::read),
    ("record", targets::record::read),
    ("relay", targets::relay::read),
    ("to_member", targets::to_member::read),
    ("to_relay", targets::to_relay::read),
    ("up_datagram", targets::up_datagram::read),
];

#[test]
fn every_seed_is_read_again_without_a_fault() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut known: Vec<String> = std::fs::read_dir(fuzz.join("fuzz_targets"))
        .expect("the targets")
        .map(|file| file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    known.sort();
    assert_eq!(known, TARGETS.map(|(name, _)| name), "each target is replayed here");
    for (name, read) in TARGETS {
        let seeds = std::fs::read_dir(fuzz.join("seeds").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut replayed = 0;
        for seed in seeds {
            read(&std::fs::read(seed.expect("a file").path()).expect("read"));
            replayed += 1;
        }
        assert!(replayed > 0, "{name} has no seed");
    }
}

/// Inputs that grow out of the seeds by a fixed rule: what a fuzzer finds in its first moments is found here too.
#[test]
fn seeds_that_were_cut_or_changed_do_no_harm() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (name, read) in TARGETS {
        for seed in std::fs::read_dir(fuzz.join(name)).expect("seeds") {
            let seed = std::fs::read(seed.expect("a file").path()).expect("read");
            for part in 1..4 {
                read(&seed[..seed.len() * part / 4]);
            }
            for (at, bit) in (0..seed.len()).zip((0..8).cycle()).step_by(1 + seed.len() / 24) {
                let mut changed = seed.clone();
                changed[at] ^= 1 << bit;
                read(&changed);
            }
            read(&[&seed[..], &seed].concat());
        }
    }
}
