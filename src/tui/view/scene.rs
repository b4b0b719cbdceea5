//! What a panel is drawn from.

use crate::ids::Time;
use crate::session::Room;
use crate::tui::model::Model;

/// What a panel is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) model: &'a Model,
    pub(super) room: &'a Room,
    pub(super) now: Time,
    pub(super) size: (u16, u16),
}
