//! Breaks with a time to come back, and the bell that says when the group's time is over.

use serde::{Deserialize, Serialize};

use super::TurnEvent;
use crate::ids::{SeatId, SeatSet};
use crate::session::State;

/// Minutes that a break can have.
const BREAK: std::ops::RangeInclusive<u16> = 1..=120;
/// Minutes until the bell.
const BELL: std::ops::RangeInclusive<u16> = 1..=720;
/// So long before the bell it's said that the time is over soon, in milliseconds.
pub const BELL_SOON_MS: u64 = 300_000;

/// A break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// When everybody should be back, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who is.
    pub back: SeatSet,
}

/// When the group's time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bell {
    /// When it was set, in milliseconds of the group's time.
    pub set_ms: u64,
    /// When it rings.
    pub at_ms: u64,
}

impl State {
    pub(super) fn begin_break(&mut self, minutes: u16, told: &mut Vec<TurnEvent>) {
        if self.turns.pause.is_some() || !BREAK.contains(&minutes) {
            return;
        }
        let until_ms = self.at_ms.saturating_add(u64::from(minutes) * 60_000);
        self.turns.pause = Some(Break { until_ms, back: SeatSet::default() });
        told.push(TurnEvent::BreakBegan);
    }

    pub(super) fn end_break(&mut self, told: &mut Vec<TurnEvent>) {
        if self.turns.pause.take().is_some() {
            told.push(TurnEvent::BreakOver);
        }
    }

    pub(super) fn come_back(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(pause) = self.turns.pause.as_mut().filter(|pause| !pause.back.contains(seat)) else { return };
        pause.back.insert(seat);
        told.push(TurnEvent::Back(seat));
        self.all_back(told);
    }

    /// Nobody waits for who has left.
    pub(super) fn leave_break(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(pause) = &mut self.turns.pause else { return };
        pause.back.remove(seat);
        self.all_back(told);
    }

    fn all_back(&mut self, told: &mut Vec<TurnEvent>) {
        if self.turns.pause.is_some_and(|pause| self.seats.keys().all(|seat| pause.back.contains(*seat))) {
            self.end_break(told);
        }
    }

    pub(super) fn set_bell(&mut self, minutes: Option<u16>, told: &mut Vec<TurnEvent>) {
        if minutes.is_some_and(|minutes| !BELL.contains(&minutes)) || (minutes.is_none() && self.turns.bell.is_none()) {
            return;
        }
        let now = self.at_ms;
        self.turns.bell =
            minutes.map(|minutes| Bell { set_ms: now, at_ms: now.saturating_add(u64::from(minutes) * 60_000) });
        told.push(TurnEvent::BellSet);
    }

    pub(super) fn break_due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        due.extend(self.turns.pause.map(|pause| (pause.until_ms, TurnEvent::BreakTime)));
        if let Some(bell) = self.turns.bell {
            let soon = bell.at_ms.saturating_sub(BELL_SOON_MS);
            due.extend((soon > bell.set_ms).then_some((soon, TurnEvent::BellSoon)));
            due.push((bell.at_ms, TurnEvent::Bell));
        }
    }

    pub(super) fn break_is_sound(&self) -> bool {
        let longest =
            |range: &std::ops::RangeInclusive<u16>| self.at_ms.saturating_add(u64::from(*range.end()) * 60_000);
        let Self { turns, seats, .. } = self;
        turns.pause.is_none_or(|pause| {
            pause.until_ms <= longest(&BREAK) && pause.back.iter().all(|seat| seats.contains_key(&seat))
        }) && turns.bell.is_none_or(|bell| bell.set_ms <= self.at_ms && bell.at_ms <= longest(&BELL))
    }
}
