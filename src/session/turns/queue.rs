//! In which order those with raised hands come: as they were raised, or who was heard least first.
//!
//! How long each has spoken is what a member's own client has heard; no two hear quite the same, and nobody is to learn it of
//! others. So no times stand in the log. The facilitator's client says in which order those come whose hands are up, and
//! that order is the same for all.

use serde::{Deserialize, Serialize};

use super::TurnEvent;
use crate::ids::{SeatId, SeatSet};
use crate::session::{Event, State};

/// In which order those with raised hands come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// As they were raised.
    #[default]
    Hands,
    /// Who was heard least first.
    Least,
}

/// The order of those with raised hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Which order counts.
    pub order: Order,
    /// Who was heard least first, as the facilitator's client says, of those who had a hand up then.
    least: Vec<SeatId>,
}

impl State {
    /// Those with raised hands, in the order that counts.
    pub fn queue(&self) -> Vec<SeatId> {
        let Queue { order, least } = &self.turns.queue;
        match order {
            Order::Hands => self.hands.clone(),
            Order::Least => {
                let named = least.iter().filter(|seat| self.hands.contains(seat));
                let pause = self.hands.iter().filter(|seat| !least.contains(seat));
                named.chain(pause).copied().collect()
            }
        }
    }

    pub(super) fn set_order(&mut self, order: Order, told: &mut Vec<TurnEvent>) {
        if self.turns.queue.order != order {
            self.turns.queue = Queue { order, least: Vec::new() };
            told.push(TurnEvent::Ordered);
        }
    }

    pub(super) fn set_least(&mut self, seats: &[SeatId], told: &mut Vec<TurnEvent>) {
        if self.turns.queue.order != Order::Least {
            return;
        }
        let before = self.queue();
        let mut least: Vec<SeatId> = Vec::new();
        for seat in seats {
            if self.hands.contains(seat) && !least.contains(seat) {
                least.push(*seat);
            }
        }
        self.turns.queue.least = least;
        if self.queue() != before {
            told.push(TurnEvent::Queue);
        }
    }

    /// The facilitator gives the word to one who has a hand up or has asked.
    pub(super) fn call(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        let hand = self.hands.contains(&seat);
        if !hand && !self.turns.floor.asks.contains(&seat) {
            return;
        }
        events.push(Event::Turn(TurnEvent::Next(seat)));
        if hand {
            self.hand(seat, false, events);
        }
        self.heeded(seat, events);
    }

    /// Whoever raises a hand again has no place from before.
    pub(in crate::session) fn leave_queue(&mut self, seat: SeatId) {
        self.turns.queue.least.retain(|other| *other != seat);
    }

    pub(super) fn queue_is_sound(&self) -> bool {
        let Queue { order, least } = &self.turns.queue;
        let once: SeatSet = least.iter().copied().collect();
        least.iter().all(|seat| self.hands.contains(seat))
            && once.iter().count() == least.len()
            && (*order == Order::Least || least.is_empty())
    }
}
