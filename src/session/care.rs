//! Looking after each other: members who vanished, and whether somebody has seen to it.
//!
//! What all may know stands in the group's state: that a member's line was lost for good, and that it was seen to. What only
//! a few may know (whom to call then, who asked for help, a private word) is in nobody's state, but in the room of each who
//! was told ([`super::Confided`]), for as long as it lasts.

mod event;

use serde::{Deserialize, Serialize};

pub use self::event::CareEvent;
use super::{Circle, Event, clean};
use crate::ids::SeatId;
use crate::wire::limits;

/// A member vanished: the line was lost for good, without a goodbye. Stays until somebody who leads has seen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The member's order of arrival.
    pub arrival: u64,
    /// The name they had.
    pub name: String,
    /// When, in milliseconds of the group's time.
    pub at_ms: u64,
    /// Whether somebody of this name has come in since.
    pub back: bool,
}

/// Vanished members not yet handled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// At most [`limits::ALARMS`], the longest ago first.
    pub(super) alarms: Vec<Alarm>,
}

impl Care {
    /// Vanished members not yet handled, the longest ago first.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// The alarm about the member with this order of arrival.
    pub fn alarm(&self, arrival: u64) -> Option<&Alarm> {
        self.alarms.iter().find(|alarm| alarm.arrival == arrival)
    }

    /// A member's line was lost for good.
    pub(super) fn vanished(&mut self, arrival: u64, name: &str, at_ms: u64, events: &mut Vec<Event>) {
        if self.alarms.len() >= limits::ALARMS {
            self.alarms.remove(0);
        }
        self.alarms.push(Alarm { arrival, name: name.to_owned(), at_ms, back: false });
        events.push(Event::Care(CareEvent::Alarm { arrival, name: name.to_owned() }));
    }

    /// Somebody came in; perhaps a member who vanished.
    pub(super) fn came_back(&mut self, name: &str) {
        for alarm in self.alarms.iter_mut().filter(|alarm| clean::same_name(&alarm.name, name)) {
            alarm.back = true;
        }
    }

    /// Somebody says that an alarm was seen to. Counts only from those who lead.
    pub(super) fn see_to(&mut self, by: SeatId, arrival: u64, circle: &Circle, events: &mut Vec<Event>) {
        let at = self.alarms.iter().position(|alarm| alarm.arrival == arrival);
        if let Some(at) = at.filter(|_| circle.roles.is_lead(by) || circle.facilitator() == Some(by)) {
            let by = circle.name(by).unwrap_or_default().to_owned();
            events.push(Event::Care(CareEvent::SeenTo { by, name: self.alarms.remove(at).name }));
        }
    }

    /// Whether what a snapshot says of alarms could have come about.
    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        let fits = |alarm: &Alarm| {
            alarm.name == clean::name(&alarm.name)
                && alarm.arrival < circle.arrivals
                && circle.seat_arrived(alarm.arrival).is_none()
        };
        let mut arrivals: Vec<_> = self.alarms.iter().map(|alarm| alarm.arrival).collect();
        arrivals.sort_unstable();
        arrivals.dedup();
        self.alarms.len() <= limits::ALARMS && arrivals.len() == self.alarms.len() && self.alarms.iter().all(fits)
    }
}

#[cfg(test)]
mod tests;
