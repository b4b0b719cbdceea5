//! Who speaks, and who comes next: the floor, the queue, go-rounds, the agenda, breaks and the closing bell.
//!
//! Each has a file. All of it is part of [`State`]: what is over by time, like a mute of all, needs no entry in the log. The
//! entry that begins it says when it ends, in the group's time, so that all agree on the end whoever is there by then.

mod agenda;
mod breaks;
mod floor;
mod queue;
mod refused;
mod rounds;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use agenda::{Agenda, Point};
pub use breaks::{BELL_SOON_MS, Bell, Break};
pub use floor::{Floor, MuteAll, MuteAllAsked};
pub use queue::{Order, Queue};
pub use refused::NotNow;
pub use rounds::{Round, RoundKind};

use super::{Event, State};
use crate::ids::SeatId;

/// What is agreed about turns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// Who may be heard.
    pub floor: Floor,
    /// In which order those with raised hands come.
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

/// What a member does about turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// I ask to speak, or no longer do.
    Ask {
        /// Whether I do.
        up: bool,
    },
    /// The facilitator's: may all stay muted for as long again?
    AskMuteAll,
    /// I say yes to that.
    Yes,
    /// The facilitator's: the order in which those with raised hands come.
    Order(Order),
    /// The facilitator's: those with raised hands, who was heard least first.
    Least(Vec<SeatId>),
    /// The facilitator's: this one, who has a hand up or has asked to speak, is next.
    Next(SeatId),
    /// The facilitator's: a go-round begins, with so many seconds for each if any are set.
    Round(RoundKind, Option<u16>),
    /// The facilitator's: the go-round is over.
    EndRound,
    /// I have said what I wanted to say in the round.
    Done,
    /// I say nothing in the round.
    Pass,
    /// My turn in the round comes at the end.
    Later,
    /// The facilitator's: the turn of this one is over.
    Skip(SeatId),
    /// This one, whose turn it is, is away.
    Absent(SeatId),
    /// I was passed over while I was away, and am back.
    Return,
    /// The facilitator's: another point, and its minutes.
    Point(String, u16),
    /// The facilitator's: on to the next point.
    NextPoint,
    /// The facilitator's: no agenda.
    ClearAgenda,
    /// The facilitator's: a break of so many minutes.
    Break(u16),
    /// The facilitator's: the break is over.
    EndBreak,
    /// I am back from the break.
    Back,
    /// The facilitator's: the group's time is over in so many minutes, or has no end.
    Bell(Option<u16>),
}

/// What became of turns, for those who watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum TurnEvent {
    /// All but the facilitator are muted, or no longer are.
    MuteAll { on: bool },
    /// The group is asked whether all may stay muted for as long again.
    MuteAllAsked,
    /// Someone says yes to that.
    MuteAllYes(SeatId),
    /// Most say yes.
    MuteAllAgreed,
    /// Too few have said yes.
    MuteAllRefused,
    /// This one has the talking stick; or nobody.
    Stick(Option<SeatId>),
    /// Someone asks to speak, or no longer does.
    Asked { seat: SeatId, up: bool },
    /// Another has a raised hand, or they come in another order.
    Queue,
    /// The rule of that order is another.
    Ordered,
    /// The facilitator gives this one the word.
    Next(SeatId),
    /// A go-round began.
    RoundBegan,
    /// It's another's turn in the round, or nobody's as long as those who are left are away.
    RoundTurn(Option<SeatId>),
    /// Someone passed.
    RoundPassed(SeatId),
    /// Someone's turn was skipped: by the facilitator, or because they are away.
    RoundSkipped { seat: SeatId, away: bool },
    /// Someone's turn comes at the end: one who wanted it so, or who came late.
    RoundLater(SeatId),
    /// Someone who had been away has the next turn.
    RoundReturned(SeatId),
    /// The time of the one whose turn it is has passed. Nothing is cut off.
    RoundTime(SeatId),
    /// The round is over.
    RoundOver,
    /// The agenda has another point, or none any more.
    Agenda,
    /// The group is at another point, or has finished (`None`).
    Point(Option<u8>),
    /// The minutes of the point that the group is at have passed.
    PointTime,
    /// A break began.
    BreakBegan,
    /// The time to come back.
    BreakTime,
    /// Someone is back from the break.
    Back(SeatId),
    /// The break is over: everybody is back, or the facilitator says so.
    BreakOver,
    /// When the group's time is over was set, or unset.
    BellSet,
    /// The group's time is over soon.
    BellSoon,
    /// The group's time is over.
    Bell,
    /// Someone who asked to speak has been given leave, and asks no longer.
    Heeded(SeatId),
}

impl State {
    /// A member does something about turns. What they may not do changes nothing.
    pub(super) fn turn(&mut self, by: SeatId, turn: &Turn, events: &mut Vec<Event>) {
        if !self.seats.contains_key(&by) {
            return;
        }
        let leads = self.facilitator() == Some(by);
        let mut told = Vec::new();
        match turn {
            Turn::Ask { up } => self.ask(by, *up, &mut told),
            Turn::Yes => self.agree_quiet(by, &mut told),
            Turn::Done => self.take_turn(by, None, &mut told),
            Turn::Pass => self.take_turn(by, Some(TurnEvent::RoundPassed(by)), &mut told),
            Turn::Later => self.postpone(by, &mut told),
            Turn::Absent(seat) => self.pass_over(*seat, &mut told),
            Turn::Return => self.rejoin(by, &mut told),
            Turn::Back => self.come_back(by, &mut told),
            _ if !leads => {}
            Turn::AskMuteAll => self.ask_quiet(by, &mut told),
            Turn::Order(order) => self.set_order(*order, &mut told),
            Turn::Least(seats) => self.set_least(seats, &mut told),
            Turn::Next(seat) => self.call(*seat, events),
            Turn::Round(kind, seconds) => self.begin_round(*kind, *seconds, &mut told),
            Turn::EndRound => self.end_round(&mut told),
            Turn::Skip(seat) => {
                self.take_turn(*seat, Some(TurnEvent::RoundSkipped { seat: *seat, away: false }), &mut told)
            }
            Turn::Point(text, minutes) => self.add_point(text, *minutes, &mut told),
            Turn::NextPoint => self.next_point(&mut told),
            Turn::ClearAgenda => self.clear_agenda(&mut told),
            Turn::Break(minutes) => self.begin_break(*minutes, &mut told),
            Turn::EndBreak => self.end_break(&mut told),
            Turn::Bell(minutes) => self.set_bell(*minutes, &mut told),
        }
        events.extend(told.into_iter().map(Event::Turn));
    }

    /// Someone came in.
    pub(super) fn turns_arrived(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        let mut told = Vec::new();
        self.join_round(seat, &mut told);
        events.extend(told.into_iter().map(Event::Turn));
    }

    /// A seat was given up; it's no longer among the others.
    pub(super) fn turns_departed(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        let mut told = Vec::new();
        self.leave_floor(seat, &mut told);
        self.leave_queue(seat);
        self.leave_round(seat, &mut told);
        self.leave_break(seat, &mut told);
        events.extend(told.into_iter().map(Event::Turn));
    }

    /// Whether what a snapshot says of turns could have come about.
    pub(super) fn turns_are_sound(&self) -> bool {
        self.floor_is_sound()
            && self.queue_is_sound()
            && self.round_is_sound()
            && self.agenda_is_sound()
            && self.break_is_sound()
    }

    /// What about turns is due by time alone, with when, in milliseconds of the group's time.
    pub fn turns_due(&self) -> Vec<(u64, TurnEvent)> {
        let mut due = Vec::new();
        self.floor_due(&mut due);
        self.round_due(&mut due);
        self.agenda_due(&mut due);
        self.break_due(&mut due);
        due.sort_by_key(|(at_ms, _)| *at_ms);
        due
    }
}
