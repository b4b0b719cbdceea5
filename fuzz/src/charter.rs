//! A charter that somebody has written: a line for each point, with its value behind a sign of equality.

use std::time::Duration;

use ingle::session::Charter;

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| write(&String::from_utf8_lossy(bytes)))
}

fn write(text: &str) {
    let mut charter = Charter::default();
    for (point, written) in text.lines().filter_map(|line| line.split_once('=')) {
        match charter.with(point.trim(), written.trim()) {
            Ok(next) => charter = next,
            Err(error) => assert!(!format!("{error:?}").is_empty()),
        }
    }
}
