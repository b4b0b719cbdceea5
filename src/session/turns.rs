//! Speaking one after another: the floor, the queue, go-rounds, the agenda, breaks and the closing bell.
//!
//! Each has a file. What is over by time, like a mute of all, needs no entry in the log. The entry that begins it says when
//! it ends, in the group's time, so that all agree on the end whoever is there by then.

mod agenda;
mod breaks;
mod event;
mod floor;
mod not_now;
mod queue;
mod rounds;
#[cfg(test)]
mod tests;
mod turn;

use serde::{Deserialize, Serialize};

pub use agenda::{Agenda, Point};
pub use breaks::{BELL_SOON_MS, Bell, Break};
pub use event::TurnEvent;
pub(super) use floor::Muting;
pub use floor::{Floor, MuteAll, MuteAllAsked};
pub use not_now::NotNow;
pub use queue::{Order, Queue};
use rounds::Going;
pub use rounds::{Round, RoundKind};
pub use turn::Turn;

use super::{Circle, Event, Trouble};
use crate::ids::SeatId;

/// What is agreed about turns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// Who may be heard.
    pub floor: Floor,
    /// Raised hands, and in which order they come.
    pub queue: Queue,
    /// The go-round that is under way.
    pub round: Option<Round>,
    /// What the group wants to talk about, and for how long.
    pub agenda: Agenda,
    /// The break that is under way, or whose end not everybody has come back from.
    pub pause: Option<Break>,
    /// When the group's time is over.
    pub bell: Option<Bell>,
}

impl Turns {
    /// Whether it is this member's turn in a round.
    pub fn is_turn_of(&self, seat: SeatId) -> bool {
        self.round.as_ref().is_some_and(|round| round.now == Some(seat))
    }

    /// What about turns is due by time alone, with when, in milliseconds of the group's time.
    pub fn due(&self) -> Vec<(u64, TurnEvent)> {
        let mut due = Vec::new();
        self.floor.due(&mut due);
        self.round.iter().for_each(|round| round.due(&mut due));
        self.agenda.due(&mut due);
        due.extend(self.pause.map(|pause| (pause.until_ms, TurnEvent::BreakTime)));
        self.bell.iter().for_each(|bell| bell.due(&mut due));
        due.sort_by_key(|(at_ms, _)| *at_ms);
        due
    }

    /// A member does something about turns.
    ///
    /// # Errors
    /// The reason, if it can't be done now: then nothing has changed.
    pub(super) fn turn(
        &mut self,
        by: SeatId,
        turn: &Turn,
        circle: &Circle,
        events: &mut Vec<Event>,
    ) -> Result<(), Trouble> {
        if turn.is_the_facilitators() && circle.facilitator() != Some(by) {
            return Err(Trouble::NotFacilitator);
        }
        let at_ms = circle.at_ms;
        telling(events, |told| match turn {
            Turn::Ask { up } => self.floor.ask(by, *up, told),
            Turn::Yes => self.floor.agree(by, circle, told),
            Turn::Done => self.in_round(|round| round.take_turn(by, None, at_ms, told)),
            Turn::Pass => self.in_round(|round| round.take_turn(by, Some(TurnEvent::RoundPassed(by)), at_ms, told)),
            Turn::Later => self.in_round(|round| round.postpone(by, at_ms, told)),
            Turn::Absent(seat) => self.in_round(|round| round.pass_over(*seat, at_ms, told)),
            Turn::Return => self.in_round(|round| round.rejoin(by, at_ms, told)),
            Turn::Back => self.come_back(by, circle, told),
            Turn::AskMuteAll => self.floor.ask_mute_all(by, circle, told),
            Turn::Order(order) => self.queue.set_order(*order, told),
            Turn::Least(seats) => self.queue.set_least(seats, told),
            Turn::Next(_) => Ok(()),
            Turn::Round(kind, seconds) => self.begin_round(*kind, *seconds, circle, told),
            Turn::EndRound => end(&mut self.round, NotNow::NoRound, TurnEvent::RoundOver, told),
            Turn::Skip(seat) => self.in_round(|round| {
                round.take_turn(*seat, Some(TurnEvent::RoundSkipped { seat: *seat, away: false }), at_ms, told)
            }),
            Turn::Point(text, minutes) => self.agenda.add(text, *minutes, told),
            Turn::NextPoint => self.agenda.next(at_ms, told),
            Turn::ClearAgenda => self.agenda.clear(told),
            Turn::Break(minutes) => self.begin_break(*minutes, at_ms, told),
            Turn::EndBreak => end(&mut self.pause, NotNow::NoBreak, TurnEvent::BreakOver, told),
            Turn::Bell(minutes) => self.set_bell(*minutes, at_ms, told),
        })?;
        // The one turn that lowers a hand.
        if let Turn::Next(seat) = turn {
            self.call(*seat, events)?;
        }
        Ok(())
    }

    /// A step in the round that is under way.
    fn in_round(&mut self, step: impl FnOnce(&mut Round) -> Result<Going, NotNow>) -> Result<(), NotNow> {
        let round = self.round.as_mut().ok_or(NotNow::NoRound)?;
        if step(round)? == Going::Over {
            self.round = None;
        }
        Ok(())
    }

    fn begin_round(
        &mut self,
        kind: RoundKind,
        seconds: Option<u16>,
        circle: &Circle,
        told: &mut Vec<TurnEvent>,
    ) -> Result<(), NotNow> {
        if self.round.is_some() {
            return Err(NotNow::Round);
        }
        self.round = Some(Round::of(kind, seconds, circle)?);
        told.push(TurnEvent::RoundBegan);
        self.in_round(|round| Ok(round.go_on(circle.at_ms, told)))
    }

    fn begin_break(&mut self, minutes: u16, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if self.pause.is_some() {
            return Err(NotNow::Break);
        }
        self.pause = Some(Break::of(minutes, at_ms)?);
        told.push(TurnEvent::BreakBegan);
        Ok(())
    }

    fn come_back(&mut self, seat: SeatId, circle: &Circle, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        let pause = self.pause.as_mut().ok_or(NotNow::NoBreak)?;
        pause.come_back(seat, told)?;
        self.end_break_if_all_back(circle, told);
        Ok(())
    }

    fn end_break_if_all_back(&mut self, circle: &Circle, told: &mut Vec<TurnEvent>) {
        if self.pause.take_if(|pause| pause.is_over(circle)).is_some() {
            told.push(TurnEvent::BreakOver);
        }
    }

    fn set_bell(&mut self, minutes: Option<u16>, at_ms: u64, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        if minutes.is_none() && self.bell.is_none() {
            return Err(NotNow::NoBell);
        }
        self.bell = minutes.map(|minutes| Bell::of(minutes, at_ms)).transpose()?;
        told.push(TurnEvent::BellSet);
        Ok(())
    }

    /// The facilitator gives the word to a member who has a hand up or has asked.
    fn call(&mut self, seat: SeatId, events: &mut Vec<Event>) -> Result<(), NotNow> {
        let hand = self.queue.hands.contains(&seat);
        if !hand && !self.floor.asks.contains(&seat) {
            return Err(NotNow::NoHand);
        }
        events.push(Event::Turn(TurnEvent::Next(seat)));
        if hand {
            self.hand(seat, false, events);
        }
        self.heed(seat, events);
        Ok(())
    }

    /// A hand goes up or down.
    pub(super) fn hand(&mut self, seat: SeatId, up: bool, events: &mut Vec<Event>) {
        if self.queue.hand(seat, up) {
            events.push(Event::Hand { seat, up });
        }
    }

    /// Someone who asked to speak has been given leave.
    pub(super) fn heed(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        telling(events, |told| self.floor.heed(seat, told));
    }

    /// The door mutes all but the facilitator for this many seconds, or (0) lifts that; see [`Floor::can_mute_all`].
    pub(super) fn mute_all(&mut self, seconds: u16, at_ms: u64, events: &mut Vec<Event>) {
        telling(events, |told| self.floor.mute_all(seconds, at_ms, told));
    }

    /// The talking stick goes to this seat, or is put down.
    ///
    /// # Errors
    /// [`NotNow`] if it can't: then nothing has changed.
    pub(super) fn pass_stick(
        &mut self,
        by: SeatId,
        to: Option<SeatId>,
        circle: &Circle,
        events: &mut Vec<Event>,
    ) -> Result<(), NotNow> {
        telling(events, |told| self.floor.pass_stick(by, to, circle, told))
    }

    /// Someone came in.
    pub(super) fn arrive(&mut self, seat: SeatId, at_ms: u64, events: &mut Vec<Event>) {
        telling(events, |told| self.round_goes(|round| round.arrive(seat, at_ms, told)));
    }

    /// A seat was given up; it's no longer among the others.
    pub(super) fn depart(&mut self, seat: SeatId, circle: &Circle, events: &mut Vec<Event>) {
        telling(events, |told| {
            self.floor.depart(seat, circle, told);
            self.queue.drop(seat);
            self.round_goes(|round| round.depart(seat, circle.at_ms, told));
            // Nobody waits for a member who has left.
            if let Some(pause) = &mut self.pause {
                pause.back.remove(seat);
            }
            self.end_break_if_all_back(circle, told);
        });
    }

    fn round_goes(&mut self, step: impl FnOnce(&mut Round) -> Going) {
        if self.round.as_mut().map(step) == Some(Going::Over) {
            self.round = None;
        }
    }

    /// The member on the seat `now` is the one who had the seat `before`, and has what that one had: hand, turn and stick.
    pub(super) fn give_back(&mut self, before: SeatId, now: SeatId, at_ms: u64, events: &mut Vec<Event>) {
        if self.queue.give_back(before, now) {
            events.push(Event::Hand { seat: now, up: true });
        }
        telling(events, |told| {
            self.floor.give_back(before, now, told);
            self.round_goes(|round| round.give_back(before, now, at_ms, told));
        });
        if let Some(pause) = self.pause.as_mut().filter(|pause| pause.back.contains(before)) {
            pause.back.insert(now);
        }
    }

    /// Whether what a snapshot says of turns could have come about.
    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        self.floor.is_sound(circle)
            && self.queue.is_sound(|seat| circle.seats.contains_key(seat))
            && self.round.as_ref().is_none_or(|round| round.is_sound(circle))
            && self.agenda.is_sound(circle.at_ms)
            && self.pause.is_none_or(|pause| pause.is_sound(circle))
            && self.bell.is_none_or(|bell| bell.is_sound(circle.at_ms))
    }
}

/// What is told about turns, among all that is told.
fn telling<T>(events: &mut Vec<Event>, step: impl FnOnce(&mut Vec<TurnEvent>) -> T) -> T {
    let mut told = Vec::new();
    let done = step(&mut told);
    events.extend(told.into_iter().map(Event::Turn));
    done
}

/// What is under way is over.
fn end<T>(what: &mut Option<T>, not: NotNow, over: TurnEvent, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
    what.take().ok_or(not)?;
    told.push(over);
    Ok(())
}
