//! Breaks with a time to come back, and the bell that says when the group's time is over.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{NotNow, TurnEvent};
use crate::ids::{SeatId, SeatSet};
use crate::session::Circle;

/// Minutes that a break can have.
const BREAK: RangeInclusive<u16> = 1..=120;
/// Minutes until the bell.
const BELL: RangeInclusive<u16> = 1..=720;
/// This long before the bell a sentence says that the time is over soon, in milliseconds.
pub const BELL_SOON_MS: u64 = 300_000;

/// A break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// When everybody should be back, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Members who are.
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

fn after(at_ms: u64, minutes: u16) -> u64 {
    at_ms.saturating_add(u64::from(minutes) * 60_000)
}

impl Break {
    /// A break that begins now.
    pub(super) fn of(minutes: u16, at_ms: u64) -> Result<Self, NotNow> {
        if !BREAK.contains(&minutes) {
            return Err(NotNow::BreakMinutes);
        }
        Ok(Self { until_ms: after(at_ms, minutes), back: SeatSet::default() })
    }

    pub(super) fn come_back(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.back.contains(seat) {
            return Err(NotNow::BackAlready);
        }
        self.back.insert(seat);
        told.push(TurnEvent::Back(seat));
        Ok(())
    }

    /// Whether everybody is back.
    pub(super) fn is_over(&self, circle: &Circle) -> bool {
        circle.seats.keys().all(|seat| self.back.contains(*seat))
    }

    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        self.until_ms <= after(circle.at_ms, *BREAK.end())
            && self.back.iter().all(|seat| circle.seats.contains_key(&seat))
    }
}

impl Bell {
    /// A bell that is set now.
    pub(super) fn of(minutes: u16, at_ms: u64) -> Result<Self, NotNow> {
        if !BELL.contains(&minutes) {
            return Err(NotNow::BellMinutes);
        }
        Ok(Self { set_ms: at_ms, at_ms: after(at_ms, minutes) })
    }

    pub(super) fn due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        let soon = self.at_ms.saturating_sub(BELL_SOON_MS);
        due.extend((soon > self.set_ms).then_some((soon, TurnEvent::BellSoon)));
        due.push((self.at_ms, TurnEvent::Bell));
    }

    pub(super) fn is_sound(&self, at_ms: u64) -> bool {
        self.set_ms <= at_ms && self.at_ms <= after(at_ms, *BELL.end())
    }
}
