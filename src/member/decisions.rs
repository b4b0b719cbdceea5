//! Decisions, on their way into the log and out of it; and what ends by time, of which somebody's client must tell the log.

use std::time::Duration;

use super::Member;
use crate::ids::{SeatId, Time};
use crate::session::{Decide, Event, NoDecision, Op, Power, Trouble, VoteKind};
use crate::wire::Act;

/// The door tells the log that a time is over; if it doesn't, the others do, one after another.
const NEXT_TELLS: Duration = Duration::from_secs(3);

impl Member {
    /// Something about decisions, if it can be done now.
    pub(super) fn decide(&mut self, what: Decide) -> Result<(), Trouble> {
        let me = self.room.me.ok_or(Trouble::NotTaken(None))?;
        if let Decide::Ballot(id, choice) = what
            && self.room.state.decisions.vote().is_some_and(|(on, vote)| on.id == id && vote.kind == VoteKind::Secret)
        {
            return self.choose(choice);
        }
        self.room.state.can_decide(me, &what).map_err(Trouble::NoDecision)?;
        self.append(Act::None, Op::Decide(what))
    }

    /// Whether a facilitator may do this now, by the charter or with the group's yes.
    pub(super) fn may(&self, power: Power, whom: Option<SeatId>) -> Result<(), Trouble> {
        if self.room.state.may(power, whom) { Ok(()) } else { Err(Trouble::AskTheGroup(power)) }
    }

    /// The facilitator wants the group to end: first the minutes are read back, if there are any.
    pub(super) fn close(&mut self) -> Result<(), Trouble> {
        self.may(Power::Close, None)?;
        let decisions = &self.room.state.decisions;
        if decisions.closing || (decisions.past.is_empty() && decisions.open.is_empty()) {
            return self.append(Act::Close, Op::Direct);
        }
        self.decide(Decide::Close)
    }

    /// What of the proposals ends first by time, and when, in milliseconds of the group's time.
    fn next_due(&self) -> Option<(u32, u64)> {
        let ends = self.room.state.decisions.open.iter().filter_map(|open| {
            let vote = open.vote.as_ref().filter(|vote| vote.kind == VoteKind::Open).map(|vote| vote.until_ms);
            Some((open.id, vote.or(open.test.map(|test| test.until_ms))?))
        });
        ends.filter(|due| Some(*due) != self.told_due).min_by_key(|(_, until)| *until)
    }

    /// When this member is to tell the log that a time is over, if nobody before it does.
    pub(super) fn decisions_due(&self) -> Time {
        let due = self.next_due().filter(|_| self.is_in()).and_then(|(_, until)| {
            let (read, group_ms) = self.room.clock;
            let order = self.room.state.by_arrival();
            let door = self.room.state.facilitator();
            let before = order.iter().filter(|seat| Some(**seat) != door).position(|seat| Some(*seat) == self.room.me);
            let turn = if door == self.room.me { 0 } else { before? as u32 + 1 };
            Some(read + Duration::from_millis(until.saturating_sub(group_ms)) + NEXT_TELLS * turn)
        });
        due.unwrap_or(Time::NEVER)
    }

    pub(super) fn watch_decisions(&mut self, now: Time) {
        if self.decisions_due() > now {
            return;
        }
        let Some((id, until)) = self.next_due() else { return };
        // By the relay's clock it's at least as late as by mine, which runs after it.
        self.told_due = Some((id, until));
        if let Err(trouble) = self.append(Act::None, Op::Decide(Decide::Due(id))) {
            self.tell(Event::Trouble(trouble));
        }
    }

    /// I go: what I take along is told, and the keys are gone.
    pub(super) fn part(&mut self) {
        let was_in = self.room.me.is_some() && self.room.state.index.0 > 0;
        self.keys = None;
        self.ticket = None;
        if was_in && self.room.receipt.is_none() {
            let receipt = self.room.receipt_at(self.room.clock.1.max(self.room.state.at_ms));
            self.room.receipt = Some(receipt.clone());
            self.tell(Event::Receipt(Box::new(receipt)));
        }
    }
}

impl From<NoDecision> for Trouble {
    fn from(why: NoDecision) -> Self {
        Self::NoDecision(why)
    }
}
