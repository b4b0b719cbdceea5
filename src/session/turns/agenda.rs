//! What the group wants to talk about, and for how long. Nothing is cut off when the minutes have passed.

use serde::{Deserialize, Serialize};

use super::TurnEvent;
use crate::session::{State, clean};
use crate::wire::limits;

/// Minutes that a point can have.
const MINUTES: std::ops::RangeInclusive<u16> = 1..=480;

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
}

impl State {
    pub(super) fn add_point(&mut self, text: &str, minutes: u16, told: &mut Vec<TurnEvent>) {
        let text = clean::point(text);
        let agenda = &mut self.turns.agenda;
        if text.is_empty() || !MINUTES.contains(&minutes) || agenda.points.len() >= limits::AGENDA {
            return;
        }
        agenda.points.push(Point { text, minutes });
        told.push(TurnEvent::Agenda);
    }

    pub(super) fn next_point(&mut self, told: &mut Vec<TurnEvent>) {
        let now = self.at_ms;
        let agenda = &mut self.turns.agenda;
        if agenda.points.is_empty() {
            return;
        }
        let next = agenda.now.map_or(0, |(at, _)| at + 1);
        if usize::from(next) < agenda.points.len() {
            agenda.now = Some((next, now));
            told.push(TurnEvent::Point(Some(next)));
        } else {
            *agenda = Agenda::default();
            told.push(TurnEvent::Point(None));
        }
    }

    pub(super) fn clear_agenda(&mut self, told: &mut Vec<TurnEvent>) {
        if !self.turns.agenda.points.is_empty() {
            self.turns.agenda = Agenda::default();
            told.push(TurnEvent::Agenda);
        }
    }

    pub(super) fn agenda_due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        due.extend(self.turns.agenda.ends_ms().map(|at_ms| (at_ms, TurnEvent::PointTime)));
    }

    pub(super) fn agenda_is_sound(&self) -> bool {
        let Agenda { points, now } = &self.turns.agenda;
        let sound = |point: &Point| {
            !point.text.is_empty() && point.text == clean::point(&point.text) && MINUTES.contains(&point.minutes)
        };
        points.len() <= limits::AGENDA
            && points.iter().all(sound)
            && now.is_none_or(|(at, since)| usize::from(at) < points.len() && since <= self.at_ms)
    }
}
