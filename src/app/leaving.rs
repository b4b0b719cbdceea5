//! Leaving: what has to be done before, and what a person is asked.

use std::time::{Duration, Instant};

use super::session::App;
use crate::session::{Intent, Phase};

/// How long the question stands what it means to leave.
const ASKED: Duration = Duration::from_secs(60);

impl App {
    /// Leaves. A facilitator ends the group first where it can't go on without this program, or else hands the role on.
    pub(super) fn leave(&mut self) {
        self.face.hurry();
        let now = self.clock.now();
        let room = self.member.room();
        match room.phase {
            Phase::Over(_) => self.over = true,
            // Once; who wants to leave again does, whatever became of it.
            Phase::In if room.am_facilitator() && std::mem::take(&mut self.ends_group) => {
                self.leave_soon();
                self.member.handle_intent(Intent::CloseNow, now);
            }
            Phase::In if std::mem::take(&mut self.hands_over) && room.successor(None).is_some() => {
                let next = room.successor(None);
                self.leave_soon();
                next.into_iter().for_each(|next| self.member.handle_intent(Intent::HandOver(next), now));
            }
            _ => self.member.handle_intent(Intent::Leave, now),
        }
    }

    /// Whether a person who types that they want to leave is asked first what that means, where the
    /// face does not ask: once, as the facilitator of others.
    pub(super) fn asks_before_leaving(&mut self) -> bool {
        let room = self.member.room();
        let matters = room.phase == Phase::In && room.am_facilitator() && room.state.circle.seats.len() > 1;
        let asked = self.asked_to_leave.is_some_and(|until| Instant::now() < until);
        let asks = self.face.is_plain() && !self.face.asks() && matters && !asked;
        if asks {
            self.asked_to_leave = Some(Instant::now() + ASKED);
        }
        asks
    }
}
