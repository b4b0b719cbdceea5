//! A flight of a knock, as the relay's decoys and the members read it.
use std::time::Duration;

use ingle::wire::knock::{self, Away, ToDoor, ToJoiner};

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode(bytes))
}

fn decode(bytes: &[u8]) {
    for again in [
        knock::read::<ToDoor>(bytes).map(|flight| knock::write(&flight)),
        knock::read::<ToJoiner>(bytes).map(|flight| knock::write(&flight)),
        knock::read::<Away>(bytes).map(|flight| knock::write(&flight)),
    ] {
        // A length may be written in more bytes than it needs.
        assert!(again.is_none_or(|again| again.len() <= bytes.len()));
    }
}
