//! Raised hands, and in which order they come: as they were raised, or the least heard first.
//!
//! How long each has spoken is what a member's own client has heard; no two hear quite the same, and nobody is to learn it of
//! others. So no times stand in the log. The facilitator's client says in which order those with raised hands come, and that
//! order is the same for all.

use serde::{Deserialize, Serialize};

use super::{NotNow, TurnEvent};
use crate::ids::{SeatId, SeatSet};
use crate::session::circle::hand_over;

/// In which order those with raised hands come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// As they were raised.
    #[default]
    Hands,
    /// The least heard first.
    Least,
}

/// Those with raised hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Raised hands in the order in which they were raised.
    pub hands: Vec<SeatId>,
    /// Which order counts.
    pub order: Order,
    /// The least heard first, as the facilitator's client says, of those who had a hand up then.
    least: Vec<SeatId>,
}

impl Queue {
    /// Those with raised hands, in the order that counts.
    pub fn in_order(&self) -> Vec<SeatId> {
        match self.order {
            Order::Hands => self.hands.clone(),
            Order::Least => {
                let named = self.least.iter().filter(|seat| self.hands.contains(seat));
                let others = self.hands.iter().filter(|seat| !self.least.contains(seat));
                named.chain(others).copied().collect()
            }
        }
    }

    /// A hand goes up or down; whether it was otherwise.
    pub(super) fn hand(&mut self, seat: SeatId, up: bool) -> bool {
        if self.hands.contains(&seat) == up {
            return false;
        }
        if up {
            self.hands.push(seat);
        } else {
            self.drop(seat);
        }
        true
    }

    /// A hand is down. A member who raises it again has no place from before.
    pub(super) fn drop(&mut self, seat: SeatId) {
        self.hands.retain(|other| *other != seat);
        self.least.retain(|other| *other != seat);
    }

    /// The member on `now` is the one who had the seat `before`; whether that puts a hand up.
    pub(super) fn give_back(&mut self, before: SeatId, now: SeatId) -> bool {
        let up = self.hands.contains(&before) && !self.hands.contains(&now);
        hand_over(&mut self.hands, before, now);
        hand_over(&mut self.least, before, now);
        up
    }

    pub(super) fn set_order(&mut self, order: Order, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.order == order {
            return Err(NotNow::OrderAlready);
        }
        (self.order, self.least) = (order, Vec::new());
        told.push(TurnEvent::Ordered);
        Ok(())
    }

    pub(super) fn set_least(&mut self, seats: &[SeatId], told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.order != Order::Least {
            return Err(NotNow::OrderAlready);
        }
        let before = self.in_order();
        let mut least: Vec<SeatId> = Vec::new();
        for seat in seats {
            if self.hands.contains(seat) && !least.contains(seat) {
                least.push(*seat);
            }
        }
        self.least = least;
        if self.in_order() != before {
            told.push(TurnEvent::Queue);
        }
        Ok(())
    }

    pub(super) fn is_sound(&self, is_seated: impl Fn(&SeatId) -> bool) -> bool {
        let once = |seats: &[SeatId]| seats.iter().copied().collect::<SeatSet>().iter().count() == seats.len();
        self.hands.iter().all(is_seated)
            && once(&self.hands)
            && self.least.iter().all(|seat| self.hands.contains(seat))
            && once(&self.least)
            && (self.order == Order::Least || self.least.is_empty())
    }
}
