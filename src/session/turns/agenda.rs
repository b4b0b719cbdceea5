//! What the group wants to talk about, and for how long. Nothing is cut off when the minutes have passed.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{NotNow, TurnEvent};
use crate::session::clean;
use crate::wire::limits;

/// Minutes that a point can have.
const MINUTES: RangeInclusive<u16> = 1..=480;

/// One point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What it's about, clean.
    pub text: String,
    /// How many minutes it's meant to take.
    pub minutes: u16,
}

/// The points, and where the group is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// At most [`limits::AGENDA`].
    pub points: Vec<Point>,
    /// The point that the group is at, and since when in milliseconds of the group's time; `None` before the first.
    pub now: Option<(u8, u64)>,
}

impl Agenda {
    /// The point that the group is at.
    pub fn point(&self) -> Option<&Point> {
        self.points.get(usize::from(self.now?.0))
    }

    /// When its minutes have passed, in milliseconds of the group's time.
    pub fn ends_ms(&self) -> Option<u64> {
        Some(self.now?.1.saturating_add(u64::from(self.point()?.minutes) * 60_000))
    }

    pub(super) fn add(&mut self, text: &str, minutes: u16, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.points.len() >= limits::AGENDA {
            return Err(NotNow::AgendaFull);
        }
        let text = clean::point(text);
        if text.is_empty() || !MINUTES.contains(&minutes) {
            return Err(NotNow::NoPoint);
        }
        self.points.push(Point { text, minutes });
        told.push(TurnEvent::Agenda);
        Ok(())
    }

    pub(super) fn next(&mut self, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.points.is_empty() {
            return Err(NotNow::NoAgenda);
        }
        let next = self.now.map_or(0, |(at, _)| at + 1);
        if usize::from(next) < self.points.len() {
            self.now = Some((next, at_ms));
            told.push(TurnEvent::Point(Some(next)));
        } else {
            *self = Self::default();
            told.push(TurnEvent::Point(None));
        }
        Ok(())
    }

    pub(super) fn clear(&mut self, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.points.is_empty() {
            return Err(NotNow::NoAgenda);
        }
        *self = Self::default();
        told.push(TurnEvent::Agenda);
        Ok(())
    }

    pub(super) fn due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        due.extend(self.ends_ms().map(|at_ms| (at_ms, TurnEvent::PointTime)));
    }

    pub(super) fn is_sound(&self, at_ms: u64) -> bool {
        let sound = |point: &Point| {
            !point.text.is_empty() && point.text == clean::point(&point.text) && MINUTES.contains(&point.minutes)
        };
        self.points.len() <= limits::AGENDA
            && self.points.iter().all(sound)
            && self.now.is_none_or(|(at, since)| usize::from(at) < self.points.len() && since <= at_ms)
    }
}
