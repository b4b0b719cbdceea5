//! Who leads: roles that are given, and the relay brought to whom the group wants at the door.

use std::time::Duration;

use super::Member;
use crate::ids::{SeatId, Time};
use crate::session::{Event, Op, Power, Role, Trouble};
use crate::wire::Act;

/// The door's own client tells the relay at once who follows; the others' do when it hasn't for so long.
const DOOR_FIRST: Duration = Duration::from_secs(3);
/// After the relay did not take it, the time until it is told again.
const AGAIN: Duration = Duration::from_secs(1);

/// How far the relay is behind the group's decisions.
#[derive(Default)]
pub(super) struct Following {
    /// Since when.
    since: Option<Time>,
    /// Not before then is it told again.
    again: Time,
    /// Whether it was said that I can take the door back.
    offered: bool,
    /// Who had the door after the last entry.
    held: Option<SeatId>,
}

impl Member {
    /// Gives a role, or steps back.
    pub(super) fn name_role(&mut self, seat: SeatId, role: Role) -> Result<(), Trouble> {
        let (state, Some(me)) = (&self.room.state, self.room.me) else { return Err(Trouble::NotTaken(None)) };
        if !state.seats.contains_key(&seat) {
            return Err(Trouble::NotTaken(None));
        }
        if !state.can_name_role(me, seat, role) {
            let asks = self.room.am_facilitator() && !state.charter.may_alone(Power::Roles);
            return Err(if asks { Trouble::AskTheGroup(Power::Roles) } else { Trouble::NotFacilitator });
        }
        let leads = state.succession_after(me, seat, role);
        if leads == state.leads() {
            return Err(Trouble::RoleStays);
        }
        let act = if self.room.am_facilitator() { Act::Doors(leads) } else { Act::None };
        self.append(act, Op::Role(seat, role))
    }

    /// My line was gone and another has the door; I take it back.
    pub(super) fn take_back(&mut self) -> Result<(), Trouble> {
        if !self.room.me.is_some_and(|me| self.room.state.can_take_back(me)) {
            return Err(Trouble::NothingToTakeBack);
        }
        self.append(Act::TakeBack, Op::Direct)
    }

    /// An entry may have changed whom the group wants at the door.
    pub(super) fn note_door(&mut self, now: Time) {
        self.following.held = self.room.state.facilitator();
        if self.room.state.door_is_behind() {
            self.following.since.get_or_insert(now);
        } else {
            self.following.since = None;
        }
        let can = self.room.me.is_some_and(|me| self.room.state.can_take_back(me));
        let ready = can && self.is_in() && !self.actions.is_catching_up();
        if ready && !self.following.offered {
            self.tell(Event::CanTakeBack);
        }
        self.following.offered = ready || (can && self.following.offered);
        self.follow_door(now);
    }

    /// Whether I am the one who tells this new lead what those who lead know: whoever had the door, if they are still to be
    /// believed; or else, as when there was no place left at the new facilitator's side, the first of the others who lead.
    pub(super) fn confides_to(&self, seat: SeatId) -> bool {
        let state = &self.room.state;
        let believed = |held: &SeatId| state.is_lead(*held) || state.facilitator() == Some(*held);
        let held = self.following.held.filter(|held| *held != seat && believed(held));
        let first = || state.leads().iter().copied().find(|lead| *lead != seat);
        match held.or_else(first) {
            Some(teller) => self.room.me == Some(teller),
            None => self.door.is_mine(),
        }
    }

    /// When the relay is to be told whom the group wants at the door.
    pub(super) fn follow_due(&self) -> Time {
        let (Some(since), Some(me)) = (self.following.since, self.room.me) else { return Time::NEVER };
        if !self.is_in() || self.room.state.has_named(me) || self.actions.names_doors() {
            return Time::NEVER;
        }
        let due = if self.room.am_facilitator() { since } else { since + DOOR_FIRST };
        due.max(self.following.again)
    }

    pub(super) fn follow_door(&mut self, now: Time) {
        if now < self.follow_due() {
            return;
        }
        let named = self.room.state.succession().to_vec();
        if let Err(trouble) = self.append(Act::Doors(named), Op::Direct) {
            self.tell(Event::Trouble(trouble));
        }
    }

    /// The relay did not take it: somebody who was named has gone meanwhile.
    pub(super) fn doors_refused(&mut self, now: Time) {
        self.following.again = now + AGAIN;
    }
}
