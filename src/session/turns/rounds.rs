//! Go-rounds: each has a turn, in the order of arrival, and may pass, come later, or say nothing at all.
//!
//! Whether somebody is away is not in the log, since only the relay sees it. So that one who is away keeps nobody waiting, a
//! member's client says so in the log ([`super::Turn::Absent`]): the facilitator's, or, if that one is away too, the client of who is
//! here longest. Any member's word counts for that, because it takes nothing away: the client of who was passed over asks
//! for the turn as soon as it is back ([`super::Turn::Return`]), and gets the next one.

use serde::{Deserialize, Serialize};

use super::TurnEvent;
use crate::ids::{SeatId, SeatSet};
use crate::session::State;

/// Seconds that can be set for each.
const SECONDS: std::ops::RangeInclusive<u16> = 10..=1800;

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
    /// Who comes after, in their order.
    pub order: Vec<SeatId>,
    /// Who was away when the turn came, and is offered it on return.
    pub absent: Vec<SeatId>,
    /// Who has had the turn, used or not.
    pub done: SeatSet,
}

impl Round {
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

    fn remove(&mut self, seat: SeatId) {
        self.order.retain(|other| *other != seat);
        self.absent.retain(|other| *other != seat);
        self.done.remove(seat);
    }
}

impl State {
    /// Whether it is this member's turn in a round.
    pub fn is_turn_of(&self, seat: SeatId) -> bool {
        self.turns.round.as_ref().is_some_and(|round| round.now == Some(seat))
    }

    pub(super) fn begin_round(&mut self, kind: RoundKind, seconds: Option<u16>, told: &mut Vec<TurnEvent>) {
        if self.turns.round.is_some() || seconds.is_some_and(|seconds| !SECONDS.contains(&seconds)) {
            return;
        }
        let (order, since_ms) = (self.by_arrival(), self.at_ms);
        let (absent, done) = (Vec::new(), SeatSet::default());
        self.turns.round = Some(Round { kind, seconds, now: None, since_ms, order, absent, done });
        told.push(TurnEvent::RoundBegan);
        self.go_on(told);
    }

    pub(super) fn end_round(&mut self, told: &mut Vec<TurnEvent>) {
        if self.turns.round.take().is_some() {
            told.push(TurnEvent::RoundOver);
        }
    }

    /// The turn of `seat` is over.
    pub(super) fn take_turn(&mut self, seat: SeatId, how: Option<TurnEvent>, told: &mut Vec<TurnEvent>) {
        let Some(round) = self.turns.round.as_mut().filter(|round| round.now == Some(seat)) else { return };
        round.done.insert(seat);
        told.extend(how);
        self.go_on(told);
    }

    /// Who has the turn wants it at the end. The last can't: there is no later.
    pub(super) fn postpone(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(round) = self.turns.round.as_mut().filter(|round| round.now == Some(seat)) else { return };
        if round.order.is_empty() {
            return;
        }
        round.order.push(seat);
        told.push(TurnEvent::RoundLater(seat));
        self.go_on(told);
    }

    /// Who has the turn is away.
    pub(super) fn pass_over(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(round) = self.turns.round.as_mut().filter(|round| round.now == Some(seat)) else { return };
        round.absent.push(seat);
        told.push(TurnEvent::RoundSkipped { seat, away: true });
        self.go_on(told);
    }

    /// One who was passed over is back, and next.
    pub(super) fn rejoin(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(round) = self.turns.round.as_mut().filter(|round| round.absent.contains(&seat)) else { return };
        round.absent.retain(|other| *other != seat);
        // Those who came back before keep their place before this one.
        round.order.insert(0, seat);
        told.push(TurnEvent::RoundReturned(seat));
        if round.now.is_none() {
            self.go_on(told);
        }
    }

    /// Seats are given up for the same people on new lines, who `moved` from one to another: their place in the round goes along,
    /// and who was passed over is next. To be called before they arrive.
    pub(in crate::session) fn round_returned(
        &mut self,
        given_up: &SeatSet,
        moved: &[(SeatId, SeatId)],
    ) -> Vec<TurnEvent> {
        let mut told = Vec::new();
        let Some(round) = self.turns.round.as_mut().filter(|_| given_up.iter().next().is_some()) else { return told };
        let to = |seat: SeatId| moved.iter().find(|(before, _)| *before == seat).map(|(_, now)| *now);
        let place = |seat: SeatId| to(seat).or_else(|| (!given_up.contains(seat)).then_some(seat));
        let (now, absent) = (round.now, std::mem::take(&mut round.absent));
        let back: Vec<SeatId> = absent.iter().filter_map(|seat| to(*seat)).collect();
        round.absent = absent.into_iter().filter(|seat| to(*seat).is_none()).filter_map(place).collect();
        round.order = back.iter().copied().chain(round.order.iter().copied().filter_map(place)).collect();
        round.done = round.done.iter().filter_map(place).collect();
        round.now = now.and_then(place);
        let (same, waits) = (round.now == now, round.order.is_empty() && !round.absent.is_empty());
        told.extend(back.into_iter().map(TurnEvent::RoundReturned));
        if round.now.is_none() && !(now.is_none() && waits) {
            self.go_on(&mut told);
        } else if !same {
            told.push(TurnEvent::RoundTurn(round.now));
        }
        told
    }

    /// Late arrivals come at the end.
    pub(super) fn join_round(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(round) = self.turns.round.as_mut().filter(|round| !round.has(seat)) else { return };
        round.order.push(seat);
        told.push(TurnEvent::RoundLater(seat));
        if round.now.is_none() {
            self.go_on(told);
        }
    }

    pub(super) fn leave_round(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let Some(round) = &mut self.turns.round else { return };
        round.remove(seat);
        // Without a turn under way the round lasts only as long as someone who is away may come back to it.
        if round.now == Some(seat) || (round.now.is_none() && round.absent.is_empty()) {
            self.go_on(told);
        }
    }

    /// The turn goes on to the next, or the round is over when nobody is left.
    fn go_on(&mut self, told: &mut Vec<TurnEvent>) {
        let now = self.at_ms;
        let Some(round) = &mut self.turns.round else { return };
        (round.now, round.since_ms) = (None, now);
        if !round.order.is_empty() {
            round.now = Some(round.order.remove(0));
        } else if round.absent.is_empty() {
            self.turns.round = None;
            told.push(TurnEvent::RoundOver);
            return;
        }
        told.push(TurnEvent::RoundTurn(round.now));
    }

    pub(super) fn round_due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        let Some(round) = &self.turns.round else { return };
        if let (Some(seat), Some(seconds)) = (round.now, round.seconds) {
            due.push((round.since_ms.saturating_add(u64::from(seconds) * 1000), TurnEvent::RoundTime(seat)));
        }
    }

    pub(super) fn round_is_sound(&self) -> bool {
        let Some(round) = &self.turns.round else { return true };
        let places = round.now.iter().chain(&round.order).chain(&round.absent);
        let all = places.clone().count() + round.done.iter().count();
        places.copied().chain(round.done.iter()).all(|seat| self.seats.contains_key(&seat))
            && all == self.seats.len()
            && self.seats.keys().all(|seat| round.has(*seat))
            && (round.now.is_some() || (round.order.is_empty() && !round.absent.is_empty()))
            && round.seconds.is_none_or(|seconds| SECONDS.contains(&seconds))
            && round.since_ms <= self.at_ms
    }
}
