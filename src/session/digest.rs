//! Lines about others, told at most once a minute for each member and kind. The first is told at once; what follows within a
//! minute is summed up when the minute is over.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{About, Event, Kind, Room};
use crate::ids::Time;

/// How often a kind of line about a member is told.
const EVERY: Duration = Duration::from_secs(60);
/// Members and kinds that are kept apart. More than that within a minute are told as they come.
const MOST: usize = 1024;

/// A line that sums up.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// It happened this often, the line that was told at first among them; and how it stands now.
    Times(About, u32),
    /// How it stands now, told by the last event.
    Last(Box<Event>),
}

/// What was told of one member and kind.
#[derive(Debug)]
struct Told {
    /// When its beginning and its end were last told.
    began: Option<Time>,
    ended: Option<Time>,
    /// How often it has begun in this minute.
    times: u32,
    /// Whether it has begun, and that is yet to be told.
    waits: bool,
    /// How it stood when something was last told.
    stood: bool,
    /// How it stands, and by which event.
    last: (bool, Event),
}

impl Told {
    fn of_late(at: Option<Time>, now: Time) -> bool {
        at.is_some_and(|at| now.since(at) < EVERY)
    }

    /// When there is something to sum up.
    fn due(&self) -> Time {
        let since = match (self.waits, self.last.0 == self.stood) {
            (true, _) => self.began,
            (false, true) => None,
            (false, false) => self.ended,
        };
        since.map_or(Time::NEVER, |since| since + EVERY)
    }

    fn is_over(&self, now: Time) -> bool {
        self.due() == Time::NEVER && !Self::of_late(self.began, now) && !Self::of_late(self.ended, now)
    }

    /// Whether it's told now.
    fn handle(&mut self, on: bool, event: &Event, now: Time) -> bool {
        self.last = (on, event.clone());
        self.times += u32::from(on);
        let side = if on { &mut self.began } else { &mut self.ended };
        if self.waits || Self::of_late(*side, now) {
            self.waits |= on;
            return false;
        }
        (*side, self.stood) = (Some(now), on);
        if on {
            self.times = 1;
        }
        true
    }

    fn sum_up(&mut self, name: &str, kind: Kind, now: Time) -> Again {
        let (on, event) = &self.last;
        let again = match self.waits {
            true => Again::Times(About { name: name.to_owned(), kind, on: *on }, self.times),
            false => Again::Last(Box::new(event.clone())),
        };
        if self.waits {
            self.began = Some(now);
        }
        if !on {
            self.ended = Some(now);
        }
        (self.times, self.waits, self.stood) = (0, false, *on);
        again
    }
}

/// What was told about others of late.
#[derive(Debug, Default)]
pub struct Digest(BTreeMap<(String, Kind), Told>);

impl Digest {
    /// Whether this event is to be told now. If not, [`Self::handle_timeout`] sums it up.
    pub fn handle(&mut self, event: &Event, room: &Room, now: Time) -> bool {
        self.0.retain(|_, told| !told.is_over(now));
        let Some(About { name, kind, on }) = event.about(room) else { return true };
        let mut key = (name, kind);
        // A line that wasn't cut is good again.
        if kind == Kind::Line && !on && !self.0.get(&key).is_some_and(|told| told.last.0) {
            key.1 = Kind::Losing;
        }
        if !self.0.contains_key(&key) && self.0.len() >= MOST {
            return true;
        }
        let (began, ended, last) = (None, None, (on, event.clone()));
        let told = self.0.entry(key).or_insert(Told { began, ended, times: 0, waits: false, stood: !on, last });
        told.handle(on, event, now)
    }

    /// When [`Self::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Time {
        self.0.values().map(Told::due).min().unwrap_or(Time::NEVER)
    }

    /// What is to be told now of what was not told before.
    pub fn handle_timeout(&mut self, now: Time) -> Vec<Again> {
        let due = self.0.iter_mut().filter(|(_, told)| told.due() <= now);
        due.map(|((name, kind), told)| told.sum_up(name, *kind, now)).collect()
    }
}

#[cfg(test)]
mod tests;
