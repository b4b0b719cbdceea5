//! What the thread "sound" is told and what it says.

use crate::audio::device::backend::{Notice, StreamId};
use crate::audio::error::Side;

/// What the thread is told.
pub(super) enum Command {
    /// As the backend's call.
    Open(StreamId, Side, Option<String>),
    /// As the backend's call.
    Close(StreamId),
    /// Let a stream rest (`true`) or go on.
    Rest(StreamId, bool),
    /// Tell the devices again.
    List,
    /// The end.
    Stop,
}

/// What the thread says.
pub(crate) enum Said {
    /// There is no server, and there never was one. It goes on looking for one now and then.
    Absent,
    /// Anything else.
    Notice(Notice),
}
