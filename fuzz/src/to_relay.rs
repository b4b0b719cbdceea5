//! A control stream, as the relay reads it.
use std::time::Duration;

use ingle::wire::ToRelay;

use super::control_stream::decode;
use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode::<ToRelay>(bytes))
}
