//! How my second way stands.

use serde::Serialize;

use super::rounded::rounded;
use crate::session::Room;
use crate::text;

/// The state in a word and in a sentence, and what the second way has carried.
#[derive(Serialize)]
pub(super) struct SecondWayLine<'a> {
    via: &'a str,
    state: &'static str,
    first_silent: bool,
    loss_up: f64,
    rtt_ms: f64,
    data_bytes: u64,
    message: String,
}

/// The line, where a second way is wanted.
pub(super) fn line(room: &Room) -> Option<SecondWayLine<'_>> {
    let second = room.second_way.as_ref()?;
    Some(SecondWayLine {
        via: &second.via,
        state: text::second_way_word(second.state),
        first_silent: second.first_silent,
        loss_up: rounded(second.loss_up, 3),
        rtt_ms: rounded(second.rtt_ms, 1),
        data_bytes: second.data_bytes,
        message: text::second_way(room)?,
    })
}
