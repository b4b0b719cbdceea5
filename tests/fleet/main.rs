//! Fleets of relays: whole ones in virtual time, and three real relays with a real etcd.

mod balance;
mod faults;
#[cfg(target_os = "linux")]
#[path = "../process/mod.rs"]
mod process;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod real;
mod registry;
mod world;

use std::env;

/// The seed of this run: given by `INGLE_SEED`, or else always the same. It's printed with what a test finds.
fn seed() -> u64 {
    let seed = env::var("INGLE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20);
    println!("INGLE_SEED={seed}");
    seed
}
