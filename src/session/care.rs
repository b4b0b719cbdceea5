//! Looking after each other: who vanished, who asked for help, who is here without a word.
//!
//! What all may know stands in the group's state: that somebody's line was lost for good, and that it was seen to. What only
//! a few may know (whom to call then, who asked for help, a private word) is in nobody's state, but in the room of who was
//! told, for as long as it lasts.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Event, State, clean};
use crate::ids::{SeatId, Time};
use crate::wire::limits;

/// A few words that leave memory when they are dropped, and that nothing prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Cleaned, and at most [`limits::PRIVATE_CHARS`] characters.
    pub fn new(raw: &str) -> Self {
        let whole = Zeroizing::new(clean::chat(raw));
        let end = whole.char_indices().nth(limits::PRIVATE_CHARS).map_or(whole.len(), |(end, _)| end);
        Self(Zeroizing::new(whole[..end].trim_end().to_owned()))
    }

    /// The words, to show.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Somebody vanished: the line was lost for good, without a goodbye. Stays until somebody who leads has seen to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The order of arrival of who vanished.
    pub arrival: u64,
    /// The name they had.
    pub name: String,
    /// When, in milliseconds of the group's time.
    pub at_ms: u64,
    /// Whether somebody of this name has come in since.
    pub back: bool,
}

/// What I was told about others in confidence. By arrival, so that it is never taken for the next one's on a seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confided {
    /// What is to be done if they vanish.
    pub follow_ups: BTreeMap<u64, Secret>,
    /// What they left at the door.
    pub notes: BTreeMap<u64, Secret>,
    /// Who asked for help, since when, and who hasn't been seen to.
    pub help: BTreeMap<u64, Time>,
}

impl Confided {
    /// Lets go of what is about nobody who is here or is looked for.
    pub fn keep(&mut self, state: &State) {
        let about = |arrival: &u64| state.seat_arrived(*arrival).is_some() || state.alarm(*arrival).is_some();
        self.follow_ups.retain(|arrival, _| about(arrival));
        self.notes.retain(|arrival, _| about(arrival));
        self.help.retain(|arrival, _| state.seat_arrived(*arrival).is_some());
    }
}

impl State {
    /// Who vanished and was not seen to yet, longest first.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// The alarm about who arrived so.
    pub fn alarm(&self, arrival: u64) -> Option<&Alarm> {
        self.alarms.iter().find(|alarm| alarm.arrival == arrival)
    }

    /// The seat of who arrived so, while they have it.
    pub fn seat_arrived(&self, arrival: u64) -> Option<SeatId> {
        self.seats.iter().find(|(_, member)| member.arrival == arrival).map(|(seat, _)| *seat)
    }

    /// The alarm about somebody of this name.
    pub fn alarm_named(&self, name: &str) -> Option<&Alarm> {
        self.alarms.iter().find(|alarm| clean::same_name(&alarm.name, name))
    }

    /// How often the words of the code were drawn anew.
    pub fn code_age(&self) -> u32 {
        self.code_age
    }

    /// Somebody's line was lost for good.
    pub(super) fn vanished(&mut self, arrival: u64, name: &str, events: &mut Vec<Event>) {
        if self.alarms.len() >= limits::ALARMS {
            self.alarms.remove(0);
        }
        self.alarms.push(Alarm { arrival, name: name.to_owned(), at_ms: self.at_ms, back: false });
        events.push(Event::Alarm { arrival, name: name.to_owned() });
    }

    /// Somebody came in; perhaps who vanished.
    pub(super) fn came_back(&mut self, name: &str) {
        for alarm in self.alarms.iter_mut().filter(|alarm| clean::same_name(&alarm.name, name)) {
            alarm.back = true;
        }
    }

    /// Somebody who leads has seen to an alarm.
    pub(super) fn see_to(&mut self, by: SeatId, arrival: u64, events: &mut Vec<Event>) {
        let at = self.alarms.iter().position(|alarm| alarm.arrival == arrival);
        if let Some(at) = at.filter(|_| self.is_lead(by) || self.facilitator() == Some(by)) {
            let alarm = self.alarms.remove(at);
            let by = self.name(by).unwrap_or_default().to_owned();
            events.push(Event::SeenTo { by, name: alarm.name });
        }
    }

    /// Whether what a snapshot says of alarms could have come about by [`State::apply`].
    pub(super) fn care_is_sound(&self) -> bool {
        let fits = |alarm: &Alarm| {
            alarm.name == clean::name(&alarm.name)
                && alarm.arrival < self.arrivals
                && self.seat_arrived(alarm.arrival).is_none()
        };
        let mut arrivals: Vec<_> = self.alarms.iter().map(|alarm| alarm.arrival).collect();
        arrivals.sort_unstable();
        arrivals.dedup();
        self.alarms.len() <= limits::ALARMS && arrivals.len() == self.alarms.len() && self.alarms.iter().all(fits)
    }
}

#[cfg(test)]
mod tests;
