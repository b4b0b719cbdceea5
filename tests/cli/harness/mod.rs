//! Groups of real processes on loopback: a relay, members over `--json`, lines that can be cut, terminals, voices.
//!
//! Nothing sleeps for a while and hopes: everything waits for an event, with a deadline that only a hang reaches.
#![allow(dead_code, unused_imports, reason = "two test programs share this, and each uses its own part")]

#[path = "../../../benches/lines/emulator.rs"]
mod emulator;
mod group;
mod person;
#[path = "../../../benches/lines/profiles.rs"]
mod profiles;
mod proxy;
#[cfg(target_os = "linux")]
mod pty;
mod run;
#[path = "../../../benches/lines/schedule.rs"]
mod schedule;
pub(crate) mod sound;
#[cfg(target_os = "linux")]
mod sound_server;

use std::process::Command;
use std::time::Duration;

pub(crate) use self::group::{Group, Relay};
pub(crate) use self::person::Person;
pub(crate) use self::proxy::Proxy;
#[cfg(target_os = "linux")]
pub(crate) use self::pty::Terminal;
pub(crate) use self::run::{Ended, Running, ingle, program};
#[cfg(target_os = "linux")]
pub(crate) use self::sound_server::SoundServer;
pub(crate) use crate::process::signal;

/// Longer than anything here takes, so that a hang fails instead of hanging.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// No sound on either side.
pub(crate) const SILENT: [&str; 4] = ["--mic", "null", "--speaker", "null"];

/// A microphone that can be opened and closed, though nothing comes from it here.
pub(crate) const DEAF: [&str; 4] = ["--mic", "default", "--speaker", "null"];

/// The state letter of a process: `T` is stopped.
#[cfg(target_os = "linux")]
pub(crate) fn state(process: u32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

/// Asks again and again until it's so.
pub(crate) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !so() {
        assert!(start.elapsed() < PATIENCE, "never so: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
