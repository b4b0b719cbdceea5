//! A control stream, as a member reads it.
use std::time::Duration;

use ingle::wire::ToMember;

use super::control_stream::decode;
use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode::<ToMember>(bytes))
}
