//! Going as the facilitator, once another has the role.

use std::time::Duration;

use super::context::Context;
use super::gestures;
use super::log::Log;
use crate::ids::{SeatId, Time};
use crate::session::{Event, Role, Trouble};

/// How long it may take until the other has the role.
const TAKES: Duration = Duration::from_secs(5);

/// The member who is to have the role before I go, and until when that may take.
#[derive(Default)]
pub(super) struct Handover(Option<(SeatId, Time)>);

impl Handover {
    /// This member is to have my role. Whether I can go at once: the role isn't mine to hand on.
    ///
    /// # Errors
    /// [`Trouble`] if nobody has the seat, or too much is on its way.
    pub(super) fn begin(&mut self, seat: SeatId, log: &mut Log, cx: &mut Context) -> Result<bool, Trouble> {
        let circle = &cx.room.state.circle;
        if !cx.room.me.is_some_and(|me| me != seat && circle.can_name_role(me, seat, Role::Facilitator)) {
            return Ok(true);
        }
        gestures::name_role(seat, Role::Facilitator, log, cx)?;
        self.0 = Some((seat, cx.now + TAKES));
        Ok(false)
    }

    /// When it has taken too long.
    pub(super) fn due(&self) -> Time {
        self.0.map_or(Time::NEVER, |(_, until)| until)
    }

    /// Whether the other has the role, and all that I had to tell them is in the log, so that I can go. If it has taken too long,
    /// I am told so and stay.
    pub(super) fn is_done(&mut self, log: &Log, cx: &mut Context) -> bool {
        let Some((seat, until)) = self.0 else { return false };
        if cx.room.state.circle.facilitator() == Some(seat) && log.is_idle() {
            return true;
        }
        if cx.now >= until {
            self.0 = None;
            let name = cx.name(seat);
            cx.tell(Event::Trouble(Trouble::NotHandedOver(name)));
        }
        false
    }
}
