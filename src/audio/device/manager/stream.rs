//! A stream, from being asked for to its end.

use super::context::{Context, Effect, RETRY};
use crate::audio::device::backend::StreamId;
use crate::ids::Time;

/// See the module. `R` is what is known of one that runs.
pub(super) enum Stream<R> {
    /// There is none, and none is asked for before this.
    None { retry: Time },
    /// It was asked for then.
    Opening { id: StreamId, since: Time },
    /// It runs.
    Running { id: StreamId, it: R },
}

impl<R> Stream<R> {
    pub(super) fn has(&self, stream: StreamId) -> bool {
        match self {
            Self::None { .. } => false,
            Self::Opening { id, .. } | Self::Running { id, .. } => *id == stream,
        }
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None { .. })
    }

    /// It isn't wanted any more. `off` tells the thread that uses it.
    pub(super) fn close(&mut self, off: Effect, cx: &mut Context) {
        match self {
            Self::None { .. } => {}
            Self::Opening { id, .. } => cx.give(Effect::Close(*id)),
            Self::Running { id, .. } => {
                cx.give(off);
                cx.give(Effect::Close(*id));
            }
        }
        *self = Self::None { retry: cx.now };
    }

    /// It has ended, or could not be opened. `off` tells the thread that uses it.
    pub(super) fn end(&mut self, off: Effect, cx: &mut Context) {
        if let Self::Running { .. } = self {
            cx.give(off);
        }
        *self = Self::None { retry: cx.now + RETRY };
    }
}
