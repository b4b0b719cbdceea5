//! What a member takes along: how long it was, with whom, and what was decided.

use super::{Motion, Room};
use crate::ids::SeatId;
use crate::wire::limits;

/// What a member takes along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// How long I was in the circle, in milliseconds.
    pub stayed_ms: u64,
    /// Who else was there meanwhile, in the order in which I met them; at most [`limits::MET`].
    pub met: Vec<String>,
    /// What was decided: the texts and what followed.
    pub decided: Vec<(String, Motion)>,
}

impl Room {
    /// Somebody is in the circle with me.
    pub fn meet(&mut self, seat: SeatId) {
        let Some(name) = self.state.name(seat).filter(|_| self.me != Some(seat)) else { return };
        if self.met.len() < limits::MET && !self.met.iter().any(|met| met == name) {
            self.met.push(name.to_owned());
        }
    }

    /// What I take along if I go at this moment of the group's time.
    pub fn receipt_at(&self, group_ms: u64) -> Receipt {
        let past = self.state.decisions.past.iter().filter(|decided| decided.how.is_yes());
        Receipt {
            stayed_ms: group_ms.saturating_sub(self.came_ms),
            met: self.met.clone(),
            decided: past.map(|decided| (decided.text.clone(), decided.motion)).collect(),
        }
    }
}
