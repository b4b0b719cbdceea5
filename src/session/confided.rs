//! What I was told about others in confidence.

use std::collections::BTreeMap;

use super::{Care, Circle, Secret};
use crate::ids::Time;

/// What I was told about others in confidence. By order of arrival, so that it is never taken for the next holder's of a
/// seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confided {
    /// What is to be done if they vanish.
    pub follow_ups: BTreeMap<u64, Secret>,
    /// What they left at the door.
    pub notes: BTreeMap<u64, Secret>,
    /// Those who asked for help and haven't been seen to, and since when.
    pub help: BTreeMap<u64, Time>,
}

impl Confided {
    /// Lets go of what is about nobody who is here or is looked for.
    pub fn keep(&mut self, circle: &Circle, care: &Care) {
        let about = |arrival: &u64| circle.seat_arrived(*arrival).is_some() || care.alarm(*arrival).is_some();
        self.follow_ups.retain(|arrival, _| about(arrival));
        self.notes.retain(|arrival, _| about(arrival));
        self.help.retain(|arrival, _| circle.seat_arrived(*arrival).is_some());
    }
}
