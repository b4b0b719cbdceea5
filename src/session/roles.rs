//! Who leads the group, who follows when they can't, and who holds the door meanwhile.
//!
//! A role is what the group has given. The door is with whom the relay knows to have it, which is in the log for everybody
//! to see ([`Doors`](crate::wire::Doors)). The two are brought together by the members' clients: the door's at once, and
//! without it more than half of all.

use serde::{Deserialize, Serialize};

use super::{Event, Power, State};
use crate::ids::{SeatId, SeatSet};
use crate::wire::{Act, limits};

#[cfg(test)]
mod tests;

/// What the group has given to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Holds the door and the floor.
    Facilitator,
    /// Takes part.
    Member,
    /// Follows the facilitator, in the order of naming, and hears with them of those who need something.
    CoFacilitator,
}

impl State {
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

    /// The facilitator and then the co-facilitators, in the order in which they follow each other.
    pub fn leads(&self) -> &[SeatId] {
        &self.leads
    }

    /// Whether a member is the facilitator or a co-facilitator.
    pub fn is_lead(&self, seat: SeatId) -> bool {
        self.leads.contains(&seat)
    }

    /// Who holds the door and the floor only because they have been here longest: they let nobody in, and end nothing.
    pub fn chair(&self) -> Option<SeatId> {
        self.facilitator().filter(|door| !self.doors.may_admit(*door))
    }

    /// Whether a seat's commit may let others in.
    pub fn may_admit(&self, seat: SeatId) -> bool {
        self.doors.may_admit(seat)
    }

    /// Whether a member who led lost the door with the line, and can take it back from who has it now.
    pub fn can_take_back(&self, seat: SeatId) -> bool {
        let mut then = self.doors.clone();
        then.take_back(seat);
        self.is_lead(seat) && self.doors.has_lapsed(seat) && then.door() == Some(seat)
    }

    /// Who is to be named for the door at the relay, in order.
    pub fn succession(&self) -> &[SeatId] {
        &self.leads
    }

    /// Whether the relay has yet to learn whom the group wants at the door.
    pub fn door_is_behind(&self) -> bool {
        self.doors.named() != self.succession()
    }

    /// Whether a seat has said who is to be named, and waits for others to say the same.
    pub fn has_named(&self, seat: SeatId) -> bool {
        self.doors.wanted_by(seat) == Some(self.succession())
    }

    /// Gives a member a role, by the facilitator's hand or by the group's decision: whoever calls this has looked whether it
    /// may be. A new facilitator takes the place of the one before, who is a member then; co-facilitators follow in the order
    /// in which they were named. `false` if nothing changes: nobody has the seat, there are enough who lead, or it was so.
    pub(super) fn set_role(&mut self, seat: SeatId, role: Role, events: &mut Vec<Event>) -> bool {
        if !self.seats.contains_key(&seat) || self.role(seat) == role {
            return false;
        }
        let before = self.leads.clone();
        let mut leads = before.clone();
        leads.retain(|lead| *lead != seat);
        match role {
            Role::Facilitator => {
                if before.first().is_some_and(|first| *first != seat) && !leads.is_empty() {
                    leads.remove(0);
                }
                leads.insert(0, seat);
            }
            // A group's first lead is its facilitator, by whatever name.
            Role::CoFacilitator if leads.is_empty() || leads.len() >= limits::LEADS => return false,
            Role::CoFacilitator => leads.push(seat),
            Role::Member => {}
        }
        self.lead(leads, events);
        true
    }

    /// Whether somebody may give a role by their own hand: the facilitator may, and who leads may step back.
    pub fn can_name_role(&self, by: SeatId, seat: SeatId, role: Role) -> bool {
        let steps_back = by == seat && role == Role::Member && self.is_lead(by);
        // A facilitator can always hand on; co-facilitators may be the group's to name.
        let may = role == Role::Facilitator || self.charter.may_alone(Power::Roles);
        steps_back || (may && self.role(by) == Role::Facilitator && self.facilitator() == Some(by))
    }

    /// Somebody asks for a role to be given.
    pub(super) fn name_role(&mut self, by: SeatId, seat: SeatId, role: Role, events: &mut Vec<Event>) {
        if !self.can_name_role(by, seat, role) {
            return;
        }
        let handed_on = role == Role::Facilitator && by != seat;
        // Who gives the role away by their own hand stays at the side of who gets it.
        if self.set_role(seat, role, events) && handed_on && self.leads.len() < limits::LEADS {
            let mut leads = self.leads.clone();
            leads.insert(1, by);
            events.retain(|event| !matches!(event, Event::Role { seat: other, .. } if *other == by));
            self.lead(leads, events);
        }
    }

    /// The order of those who lead after an op of this kind: what the relay is to be told with it.
    pub fn succession_after(&self, by: SeatId, seat: SeatId, role: Role) -> Vec<SeatId> {
        let mut then = self.clone();
        then.name_role(by, seat, role, &mut Vec::new());
        then.leads
    }

    /// Who leads has gone.
    pub(super) fn step_down(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        if self.is_lead(seat) {
            let leads = self.leads.iter().copied().filter(|lead| *lead != seat).collect();
            self.lead(leads, events);
        }
    }

    fn lead(&mut self, leads: Vec<SeatId>, events: &mut Vec<Event>) {
        let seats: Vec<SeatId> = self.seats.keys().copied().collect();
        let before: Vec<Role> = seats.iter().map(|seat| self.role(*seat)).collect();
        self.leads = leads;
        let changed = seats.into_iter().zip(before).map(|(seat, before)| (seat, before, self.role(seat)));
        events.extend(changed.filter(|(_, a, b)| a != b).map(|(seat, _, role)| Event::Role { seat, role }));
    }

    /// What the relay has carried out at the door, if somebody has signed it.
    pub(super) fn follow_door(&mut self, by: SeatId, act: &Act) {
        match act {
            Act::Doors(named) => self.doors.name(by, named),
            Act::TakeBack => self.doors.take_back(by),
            _ => {}
        }
    }

    /// Tells if door and floor are with another than before.
    pub(super) fn held_by(&mut self, before: Option<SeatId>, events: &mut Vec<Event>) {
        let Some(now) = self.facilitator().filter(|now| before.is_some_and(|before| before != *now)) else { return };
        events.push(Event::Facilitator(now));
        // Who can lift a floor-mute can't stay under one.
        if let Some(member) = self.seats.get_mut(&now)
            && std::mem::take(&mut member.floor_muted)
        {
            events.push(Event::Muted { seat: now, muted: false });
        }
    }

    /// Whether what a snapshot says of roles could have come about by [`State::apply`].
    pub(super) fn roles_are_sound(&self) -> bool {
        let leads: SeatSet = self.leads.iter().copied().collect();
        self.facilitator().is_some()
            && self.doors.is_sound()
            && self.doors.seats() == self.by_arrival()
            && self.leads.len() <= limits::LEADS
            && leads.iter().count() == self.leads.len()
            && self.leads.iter().all(|lead| self.seats.contains_key(lead))
    }
}
