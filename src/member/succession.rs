//! Succession: the relay follows the group's choice for the door, and new leads get to know what those who lead know.

use std::time::Duration;

use super::context::Context;
use super::door::Door;
use super::log::Log;
use crate::ids::{SeatId, Time};
use crate::session::{Event, Op};
use crate::wire::Act;

/// The door's own client names the successors to the relay at once; the others do so when it hasn't for this long.
const DOOR_FIRST: Duration = Duration::from_secs(3);
/// After the relay did not take it, the time until it is told again.
const AGAIN: Duration = Duration::from_secs(1);

/// How far the relay is behind the group's decisions about the door.
#[derive(Default)]
pub(super) struct Succession {
    /// Since when it is.
    since: Option<Time>,
    /// Not before then is it told again.
    again: Time,
    /// Whether it was said that I can take the door back.
    offered: bool,
    /// The seat that had the door after the last entry.
    held: Option<SeatId>,
}

impl Succession {
    /// An entry may have changed the group's choice for the door.
    pub(super) fn note(&mut self, log: &mut Log, cx: &mut Context) {
        self.held = cx.room.state.circle.facilitator();
        if cx.room.state.circle.roles.door_is_behind() {
            self.since.get_or_insert(cx.now);
        } else {
            self.since = None;
        }
        let can = cx.room.me.is_some_and(|me| cx.room.state.circle.roles.can_take_back(me));
        let ready = can && cx.is_in() && log.is_whole();
        if ready && !self.offered {
            cx.tell(Event::CanTakeBack);
        }
        self.offered = ready || (can && self.offered);
        self.watch(log, cx);
    }

    /// Whether I am the one who tells this new lead what those who lead know: whoever had the door, if they are still to be
    /// believed; or else, as when there was no place left at the new facilitator's side, the first of the others who lead.
    pub(super) fn confides_to(&self, seat: SeatId, door: &Door, cx: &Context) -> bool {
        let state = &cx.room.state;
        let believed = |held: &SeatId| state.circle.roles.is_lead(*held) || state.circle.facilitator() == Some(*held);
        let held = self.held.filter(|held| *held != seat && believed(held));
        let first = || state.circle.roles.leads().iter().copied().find(|lead| *lead != seat);
        match held.or_else(first) {
            Some(teller) => cx.room.me == Some(teller),
            None => door.is_mine(),
        }
    }

    /// When the relay is to be told the group's choice for the door.
    pub(super) fn due(&self, log: &Log, cx: &Context) -> Time {
        let (Some(since), Some(me)) = (self.since, cx.room.me) else { return Time::NEVER };
        if !cx.is_in() || cx.room.state.circle.roles.has_named(me) || log.names_doors() {
            return Time::NEVER;
        }
        // A chair's word alone moves no door.
        let due = if cx.room.am_facilitator() || cx.room.is_chaired() { since } else { since + DOOR_FIRST };
        due.max(self.again)
    }

    /// Tells the relay, if it's time.
    pub(super) fn watch(&self, log: &mut Log, cx: &mut Context) {
        if cx.now < self.due(log, cx) {
            return;
        }
        let named = cx.room.state.circle.roles.leads().to_vec();
        let told = log.append(Act::Doors(named), Op::Direct, cx);
        cx.report(told);
    }

    /// The relay did not take it: somebody who was named has gone meanwhile.
    pub(super) fn refused(&mut self, now: Time) {
        self.again = now + AGAIN;
    }
}
