//! Go-rounds: each has a turn, in the order of arrival, and may pass, come later, or say nothing at all.
//!
//! Whether somebody is away is not in the log, since only the relay sees it. So that a member who is away keeps nobody
//! waiting, a client says so in the log ([`super::Turn::Absent`]): the facilitator's, or, if the facilitator is away too, that
//! of the member who is here longest. Any member's word counts for that, because it takes nothing away: the client of a
//! member who was passed over asks for the turn as soon as it is back ([`super::Turn::Return`]), and gets the next one.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{NotNow, TurnEvent};
use crate::ids::{SeatId, SeatSet};
use crate::session::Circle;
use crate::session::circle::hand_over;

/// Seconds that can be set for each.
const SECONDS: RangeInclusive<u16> = 10..=1800;

/// What a round is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoundKind {
    /// How is everybody?
    CheckIn,
    /// How does everybody go?
    CheckOut,
    /// Anything else.
    Free,
}

/// A go-round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What it is for.
    pub kind: RoundKind,
    /// Seconds for each, if the group has set any. When they have passed there is a soft sign, and nothing else.
    pub seconds: Option<u16>,
    /// Whose turn it is; nobody's as long as all who are left are away.
    pub now: Option<SeatId>,
    /// Since when, in milliseconds of the group's time.
    pub since_ms: u64,
    /// Those who come after, in their order.
    pub order: Vec<SeatId>,
    /// Those who were away when their turn came, and are offered it on return.
    pub absent: Vec<SeatId>,
    /// Those who have had their turn, used or not.
    pub done: SeatSet,
}

/// Whether a round goes on after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Going {
    On,
    Over,
}

impl Round {
    /// A round that begins now: nobody has the turn yet.
    pub(super) fn of(kind: RoundKind, seconds: Option<u16>, circle: &Circle) -> Result<Self, NotNow> {
        if seconds.is_some_and(|seconds| !SECONDS.contains(&seconds)) {
            return Err(NotNow::Seconds);
        }
        let (order, since_ms) = (circle.by_arrival(), circle.at_ms);
        Ok(Self { kind, seconds, now: None, since_ms, order, absent: Vec::new(), done: SeatSet::default() })
    }

    /// The place of this turn, from 1, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        let done = self.done.iter().count();
        let all = done + usize::from(self.now.is_some()) + self.order.len() + self.absent.len();
        ((done + 1).min(all), all)
    }

    /// The place of a seat, from 1, if its turn is still to come.
    pub fn place_of(&self, seat: SeatId) -> Option<usize> {
        let at = self.order.iter().position(|other| *other == seat)?;
        Some(self.done.iter().count() + usize::from(self.now.is_some()) + at + 1)
    }

    fn has(&self, seat: SeatId) -> bool {
        self.now == Some(seat) || self.done.contains(seat) || self.order.contains(&seat) || self.absent.contains(&seat)
    }

    fn has_turn(&self, seat: SeatId) -> Result<(), NotNow> {
        if self.now == Some(seat) { Ok(()) } else { Err(NotNow::NotYourTurn) }
    }

    /// The turn of `seat` is over; `how` says what is told of that.
    pub(super) fn take_turn(
        &mut self,
        seat: SeatId,
        how: Option<TurnEvent>,
        at_ms: u64,
        told: &mut Vec<TurnEvent>,
    ) -> Result<Going, NotNow> {
        self.has_turn(seat)?;
        self.done.insert(seat);
        told.extend(how);
        Ok(self.go_on(at_ms, told))
    }

    /// The one who has the turn wants it at the end. The last can't: there is no later.
    pub(super) fn postpone(&mut self, seat: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<Going, NotNow> {
        self.has_turn(seat)?;
        if self.order.is_empty() {
            return Err(NotNow::LastInRound);
        }
        self.order.push(seat);
        told.push(TurnEvent::RoundLater(seat));
        Ok(self.go_on(at_ms, told))
    }

    /// The one who has the turn is away.
    pub(super) fn pass_over(&mut self, seat: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<Going, NotNow> {
        self.has_turn(seat)?;
        self.absent.push(seat);
        told.push(TurnEvent::RoundSkipped { seat, away: true });
        Ok(self.go_on(at_ms, told))
    }

    /// A member who was passed over is back, and next.
    pub(super) fn rejoin(&mut self, seat: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<Going, NotNow> {
        if !self.absent.contains(&seat) {
            return Err(NotNow::NotYourTurn);
        }
        self.absent.retain(|other| *other != seat);
        // Those who came back before keep their place before this one.
        self.order.insert(0, seat);
        told.push(TurnEvent::RoundReturned(seat));
        Ok(self.begin_if_idle(at_ms, told))
    }

    /// The member on `now` is the one who had the seat `before`, whose place goes along; after an absence it's the next one.
    /// Whoever has had the turn on either seat has had it. The seat `before` is given up after this.
    pub(super) fn give_back(&mut self, before: SeatId, now: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Going {
        if self.done.contains(now) || (self.now == Some(now) && !self.done.contains(before)) {
            return Going::On;
        }
        if self.now == Some(now) || self.done.contains(before) {
            self.leave(now);
            self.done.insert(now);
        } else if self.now == Some(before) {
            self.leave(now);
            self.now = Some(now);
            told.push(TurnEvent::RoundTurn(Some(now)));
        } else if self.absent.contains(&before) {
            self.leave(now);
            self.leave(before);
            self.order.insert(0, now);
            told.push(TurnEvent::RoundReturned(now));
        } else {
            self.absent.retain(|other| *other != now);
            hand_over(&mut self.order, before, now);
        }
        let over = self.now.is_none() && self.order.is_empty() && self.absent.is_empty();
        if self.now == Some(now) && self.done.contains(now) || self.now.is_none() && !self.order.is_empty() || over {
            return self.go_on(at_ms, told);
        }
        Going::On
    }

    fn leave(&mut self, seat: SeatId) {
        self.order.retain(|other| *other != seat);
        self.absent.retain(|other| *other != seat);
    }

    /// Somebody comes in; late arrivals come at the end.
    pub(super) fn arrive(&mut self, seat: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Going {
        if self.has(seat) {
            return Going::On;
        }
        self.order.push(seat);
        told.push(TurnEvent::RoundLater(seat));
        self.begin_if_idle(at_ms, told)
    }

    pub(super) fn depart(&mut self, seat: SeatId, at_ms: u64, told: &mut Vec<TurnEvent>) -> Going {
        self.order.retain(|other| *other != seat);
        self.absent.retain(|other| *other != seat);
        self.done.remove(seat);
        // Without a turn under way the round lasts only as long as someone who is away may come back to it.
        if self.now == Some(seat) || (self.now.is_none() && self.absent.is_empty()) {
            return self.go_on(at_ms, told);
        }
        Going::On
    }

    fn begin_if_idle(&mut self, at_ms: u64, told: &mut Vec<TurnEvent>) -> Going {
        if self.now.is_none() { self.go_on(at_ms, told) } else { Going::On }
    }

    /// The turn goes on to the next, or the round is over when nobody is left.
    pub(super) fn go_on(&mut self, at_ms: u64, told: &mut Vec<TurnEvent>) -> Going {
        (self.now, self.since_ms) = (None, at_ms);
        if !self.order.is_empty() {
            self.now = Some(self.order.remove(0));
        } else if self.absent.is_empty() {
            told.push(TurnEvent::RoundOver);
            return Going::Over;
        }
        told.push(TurnEvent::RoundTurn(self.now));
        Going::On
    }

    pub(super) fn due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        if let (Some(seat), Some(seconds)) = (self.now, self.seconds) {
            due.push((self.since_ms.saturating_add(u64::from(seconds) * 1000), TurnEvent::RoundTime(seat)));
        }
    }

    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        let places = self.now.iter().chain(&self.order).chain(&self.absent);
        let all = places.clone().count() + self.done.iter().count();
        places.copied().chain(self.done.iter()).all(|seat| circle.seats.contains_key(&seat))
            && all == circle.seats.len()
            && circle.seats.keys().all(|seat| self.has(*seat))
            && (self.now.is_some() || (self.order.is_empty() && !self.absent.is_empty()))
            && self.seconds.is_none_or(|seconds| SECONDS.contains(&seconds))
            && self.since_ms <= circle.at_ms
    }
}
