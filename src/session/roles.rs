//! Leading the group: the facilitator, those who follow when they can't, and the holder of the door meanwhile.
//!
//! A role is what the group has given. The door is with the member whom the relay knows to have it, which is in the log for
//! everybody to see ([`Doors`]). The members' clients bring the two together: the door's at once, and without it more than
//! half of all. Where nobody who leads is there, each says to relay and members alike whom they want, and whom more than half
//! want leads.

mod former;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(super) use self::former::Former;
use super::{Departure, Event, Member, Role};
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
    /// The facilitator before this one.
    pub(super) former: Option<Former>,
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

    /// Whom a member has chosen to lead, while nobody does.
    pub fn chosen_by(&self, seat: SeatId) -> Option<SeatId> {
        let wanted = self.doors.wanted_by(seat).filter(|_| self.chair().is_some())?;
        if let [one] = wanted { Some(*one) } else { None }
    }

    /// Whom most have chosen to lead so far; of several the one who came first.
    pub fn leading(&self) -> Option<SeatId> {
        let mut most = None;
        for seat in self.doors.seats() {
            let count = self.choices_of(*seat);
            if count > most.map_or(0, |(_, most)| most) {
                most = Some((*seat, count));
            }
        }
        most.map(|(seat, _)| seat)
    }

    /// How many have chosen this member. A member who led and whose line is gone doesn't count.
    pub fn choices_of(&self, whom: SeatId) -> usize {
        let seats = self.doors.seats().iter().filter(|seat| self.doors.is_elector(**seat));
        seats.filter(|seat| self.chosen_by(**seat) == Some(whom)).count()
    }

    /// How many choices are more than half, and so decide.
    pub fn majority(&self) -> usize {
        self.doors.electors() / 2 + 1
    }

    /// The member who led before, was away meanwhile, and can be given the role back.
    pub fn replaced(&self) -> Option<SeatId> {
        self.former.as_ref().and_then(Former::replaced)
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

    /// Whether a member's choice of this one to lead counts, and is new: nobody who leads is there.
    pub(super) fn can_choose(&self, by: SeatId, whom: SeatId) -> bool {
        // Whoever led and is back takes the group back.
        self.chair().is_some() && self.doors.is_elector(whom) && self.chosen_by(by) != Some(whom)
    }

    /// What there is to compare with after an entry; `None` if nobody has to be chosen.
    pub(super) fn before_choice(&self) -> Option<Doors> {
        self.chair().map(|_| self.doors.clone())
    }

    /// After an entry, of which `chosen` was the choice: if more than half have now had a member named whom they chose, that one
    /// leads. Those who led follow.
    pub(super) fn elect(
        &mut self,
        before: &Doors,
        chosen: Option<SeatId>,
        seats: &BTreeMap<SeatId, Member>,
        events: &mut Vec<Event>,
    ) {
        let &[seat] = self.doors.named() else { return };
        let wanted = before.seats().iter().any(|by| before.wanted_by(*by) == Some(&[seat]));
        let elected = before.named() != self.doors.named() && (wanted || chosen == Some(seat));
        if !elected || self.leads.first() == Some(&seat) {
            return;
        }
        let mut leads = vec![seat];
        leads.extend(self.leads.iter().copied().filter(|lead| *lead != seat));
        leads.truncate(limits::LEADS);
        if let Some(before) = self.leads.first() {
            self.former = Some(Former::Replaced(*before));
        }
        self.lead(leads, seats, events);
    }

    /// A member with this name gives up a seat.
    pub(super) fn depart(&mut self, seat: SeatId, name: &str, why: Departure) {
        self.former = Former::after(self.former.take(), seat, self.role(seat), name, why);
        self.doors.depart(seat);
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
            && self.former.as_ref().is_none_or(|former| former.is_sound(by_arrival))
    }
}
