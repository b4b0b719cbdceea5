//! Leading the group: the facilitator, those who follow when they can't, and the holder of the door meanwhile.
//!
//! A role is what the group has given. The door is with the member whom the relay knows to have it, which is in the log for
//! everybody to see ([`Doors`]). The members' clients bring the two together: the door's at once, and without it more than
//! half of all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Event, Member, Role};
use crate::ids::{SeatId, SeatSet};
use crate::wire::{Act, Doors, limits};

#[cfg(test)]
mod tests;

/// Leads, and the door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// The facilitator and then the co-facilitators, in the order in which they follow each other. At most
    /// [`limits::LEADS`].
    pub(super) leads: Vec<SeatId>,
    /// The door, by what the relay knows.
    pub(super) doors: Doors,
}

impl Roles {
    /// Who holds the door and the floor now: the facilitator, a co-facilitator while the facilitator's line is gone, or the
    /// chair. `None` before the group is open.
    pub fn facilitator(&self) -> Option<SeatId> {
        self.doors.door()
    }

    /// A member's role.
    pub fn role(&self, seat: SeatId) -> Role {
        match self.leads.iter().position(|lead| *lead == seat) {
            Some(0) => Role::Facilitator,
            Some(_) => Role::CoFacilitator,
            None => Role::Member,
        }
    }

    /// The facilitator and then the co-facilitators, in the order in which they follow each other. The relay is to name
    /// them for the door in this order.
    pub fn leads(&self) -> &[SeatId] {
        &self.leads
    }

    /// Whether a member is the facilitator or a co-facilitator.
    pub fn is_lead(&self, seat: SeatId) -> bool {
        self.leads.contains(&seat)
    }

    /// The member who holds the door and the floor only for having been here longest: the chair lets nobody in, and ends
    /// nothing.
    pub fn chair(&self) -> Option<SeatId> {
        self.facilitator().filter(|door| !self.doors.may_admit(*door))
    }

    /// Whether a seat's commit may let others in.
    pub fn may_admit(&self, seat: SeatId) -> bool {
        self.doors.may_admit(seat)
    }

    /// Whether a member who led lost the door with the line, and can take it back from the one who has it now.
    pub fn can_take_back(&self, seat: SeatId) -> bool {
        let mut then = self.doors.clone();
        then.take_back(seat);
        self.is_lead(seat) && self.doors.has_lapsed(seat) && then.door() == Some(seat)
    }

    /// Whether the relay has yet to learn whom the group wants at the door.
    pub fn door_is_behind(&self) -> bool {
        self.doors.named() != self.leads
    }

    /// Whether a seat has said whom the relay is to name, and waits for others to say the same.
    pub fn has_named(&self, seat: SeatId) -> bool {
        self.doors.wanted_by(seat) == Some(self.leads())
    }

    /// The group is opened by this seat.
    pub(super) fn open(&mut self, by: SeatId) {
        self.doors.open(by);
        self.leads = vec![by];
    }

    /// The leads once a member has a role. A new facilitator takes the place of the one before, then a member;
    /// co-facilitators follow in the order in which they were named. `None` if nothing changes: it was so already, or enough
    /// others lead.
    pub(super) fn leads_with(&self, seat: SeatId, role: Role) -> Option<Vec<SeatId>> {
        if self.role(seat) == role {
            return None;
        }
        let mut leads = self.leads.clone();
        leads.retain(|lead| *lead != seat);
        match role {
            Role::Facilitator => {
                if self.leads.first().is_some_and(|first| *first != seat) && !leads.is_empty() {
                    leads.remove(0);
                }
                leads.insert(0, seat);
            }
            // A group's first lead is its facilitator, by whatever name.
            Role::CoFacilitator if leads.is_empty() || leads.len() >= limits::LEADS => return None,
            Role::CoFacilitator => leads.push(seat),
            Role::Member => {}
        }
        Some(leads)
    }

    /// These lead from here on: each whose role is another now is told of.
    pub(super) fn lead(&mut self, leads: Vec<SeatId>, seats: &BTreeMap<SeatId, Member>, events: &mut Vec<Event>) {
        let before: Vec<Role> = seats.keys().map(|seat| self.role(*seat)).collect();
        self.leads = leads;
        let changed = seats.keys().zip(before).map(|(seat, before)| (*seat, before, self.role(*seat)));
        events.extend(changed.filter(|(_, a, b)| a != b).map(|(seat, _, role)| Event::Role { seat, role }));
    }

    /// What the relay has carried out at the door, if somebody has signed it.
    pub(super) fn follow_door(&mut self, by: SeatId, act: &Act) {
        match act {
            Act::Doors(named) => self.doors.name(by, named),
            Act::TakeBack => self.doors.take_back(by),
            Act::None
            | Act::FloorMute(..)
            | Act::Lock(_)
            | Act::Close
            | Act::MuteAll(_)
            | Act::Stick(_)
            | Act::Commit { .. } => {}
        }
    }

    /// Whether what a snapshot says of roles could have come about, where these seats are taken in this order of arrival.
    pub(super) fn is_sound(&self, by_arrival: &[SeatId]) -> bool {
        let leads: SeatSet = self.leads.iter().copied().collect();
        self.facilitator().is_some()
            && self.doors.is_sound()
            && self.doors.seats() == by_arrival
            && self.leads.len() <= limits::LEADS
            && leads.iter().count() == self.leads.len()
            && self.leads.iter().all(|lead| by_arrival.contains(lead))
    }
}
