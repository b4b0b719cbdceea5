//! The members, their roles and their charter: what every other part is read against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mutes::Mutes;
use super::roles::Former;
use super::{CareEvent, Chair, Charter, Departure, Event, Gesture, Member, Power, Role, Roles, SoundEvent, clean};
use crate::ids::{ActionNo, SeatId};
use crate::wire::{Doors, limits};

/// The circle as of the newest entry of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// The group's time at that entry, in milliseconds since the room was opened.
    pub at_ms: u64,
    /// What the group has agreed on for holding itself.
    pub charter: Charter,
    /// Who holds which seat. At most [`limits::MEMBERS`].
    pub seats: BTreeMap<SeatId, Member>,
    /// Leads, and the door.
    pub roles: Roles,
    /// How many have ever come in: the next one's order of arrival.
    pub(super) arrivals: u64,
    mutes: Mutes,
}

impl Circle {
    /// The name of a seat's holder.
    pub fn name(&self, seat: SeatId) -> Option<&str> {
        self.seats.get(&seat).map(|member| member.name.as_str())
    }

    /// The seat whose holder has a name that looks like this one.
    pub fn seat_named(&self, name: &str) -> Option<SeatId> {
        self.seats.iter().find(|(_, member)| clean::same_name(&member.name, name)).map(|(seat, _)| *seat)
    }

    /// A seat's holder's order of arrival.
    pub fn arrival(&self, seat: SeatId) -> Option<u64> {
        self.seats.get(&seat).map(|member| member.arrival)
    }

    /// The seat of the member with this order of arrival, while they have it.
    pub fn seat_arrived(&self, arrival: u64) -> Option<SeatId> {
        self.seats.iter().find(|(_, member)| member.arrival == arrival).map(|(seat, _)| *seat)
    }

    /// Seats in the order in which their holders came.
    pub fn by_arrival(&self) -> Vec<SeatId> {
        let mut seats: Vec<_> = self.seats.iter().map(|(seat, member)| (member.arrival, *seat)).collect();
        seats.sort_unstable();
        seats.into_iter().map(|(_, seat)| seat).collect()
    }

    /// Whether a member's gesture counts now: not in the pause after another.
    pub fn can_gesture(&self, seat: SeatId, gesture: Gesture, group_ms: u64) -> bool {
        let after = |member: &Member| gesture.pause_ms() == 0 || group_ms >= member.gestures_from_ms;
        self.seats.get(&seat).is_some_and(after)
    }

    /// Whether the facilitator has muted this seat's holder.
    pub fn is_muted(&self, seat: SeatId) -> bool {
        self.seats.get(&seat).is_some_and(|member| member.muted)
    }

    /// Who holds the door and the floor now; see [`Roles::facilitator`].
    pub fn facilitator(&self) -> Option<SeatId> {
        self.roles.facilitator()
    }

    /// The member whose name the one on this seat asked for too, and who was here before.
    pub fn namesake(&self, seat: SeatId) -> Option<SeatId> {
        let member = self.seats.get(&seat)?;
        let before = |other: &Member| other.arrival < member.arrival && is_numbered(&member.name, &other.name);
        self.seats.iter().find(|(_, other)| before(other)).map(|(seat, _)| *seat)
    }

    /// The role of the member on the seat `before` goes to the one on `now`: they are the same person.
    pub(super) fn give_role_back(&mut self, before: SeatId, now: SeatId, events: &mut Vec<Event>) {
        match &mut self.roles.former {
            Some(Former::Beside(seat) | Former::Replaced(seat)) if *seat == before => *seat = now,
            Some(_) | None => {}
        }
        let mut leads = self.roles.leads.clone();
        hand_over(&mut leads, before, now);
        if leads != self.roles.leads {
            let mut told = Vec::new();
            self.roles.lead(leads, &self.seats, &mut told);
            events
                .extend(told.into_iter().filter(|event| !matches!(event, Event::Role { seat, .. } if *seat == before)));
        }
    }

    /// The member on this seat is called without a number again, if nobody else has the name any more, and has the mute that is
    /// on it. The name.
    pub(super) fn give_name_back(&mut self, seat: SeatId, events: &mut Vec<Event>) -> String {
        let Some(name) = self.name(seat).map(str::to_owned) else { return String::new() };
        let asked = name.rsplit_once(' ').map(|(asked, _)| asked.to_owned());
        let free = |asked: &String| is_numbered(&name, asked) && self.seat_named(asked).is_none();
        let name = asked.filter(free).unwrap_or(name);
        if self.mutes.take(&name) {
            self.mute(seat, true, events);
        }
        self.seats.entry(seat).and_modify(|member| member.name.clone_from(&name));
        name
    }

    /// A member comes in, under the name asked for or one like it. The name.
    pub(super) fn arrive(&mut self, seat: SeatId, asked: &str, events: &mut Vec<Event>) -> String {
        // Whoever opens the group may be called as they like: a rehearsal's person is "You".
        let asked = if self.seats.is_empty() { clean::name(asked) } else { clean::newcomer(asked) };
        let name = self.distinct(&asked);
        // Somebody muted who knocks anew while the old seat is held stays muted.
        let muted = self.mutes.take(&name) || self.seat_named(&asked).is_some_and(|seat| self.is_muted(seat));
        let (arrival, since_ms) = (self.arrivals, self.at_ms);
        self.arrivals = self.arrivals.saturating_add(1);
        self.seats.insert(
            seat,
            Member {
                name: name.clone(),
                muted,
                arrival,
                since_ms,
                gestures_from_ms: 0,
                no_mic: false,
                actions: ActionNo(0),
            },
        );
        self.roles.doors.arrive(seat);
        if let Some(Former::Gone(gone)) = &self.roles.former
            && clean::is_written_alike(gone, &name)
        {
            self.roles.former = Some(Former::Replaced(seat));
        }
        events.push(Event::Arrived { seat, name: name.clone() });
        if muted {
            events.push(Event::Muted { seat, muted });
        }
        name
    }

    /// Two people with one name are told apart by a number.
    fn distinct(&self, name: &str) -> String {
        if self.seat_named(name).is_none() {
            return name.to_owned();
        }
        (2..).map(|n| numbered(name, n)).find(|name| self.seat_named(name).is_none()).unwrap_or_default()
    }

    /// The members whose names here aren't those that they have signed, nor these with a number: what they are called here,
    /// and what they have signed.
    pub fn misnamed(&self, signed: impl Fn(SeatId) -> Option<String>) -> Vec<(String, String)> {
        let of = |(seat, member): (&SeatId, &Member)| {
            let signed = signed(*seat).unwrap_or_default();
            let signed = if member.arrival == 0 { clean::name(&signed) } else { clean::newcomer(&signed) };
            let number = member.name.rsplit_once(' ').and_then(|(_, number)| number.parse().ok());
            let fits =
                member.name == signed || number.is_some_and(|n: u32| n >= 2 && member.name == numbered(&signed, n));
            (!fits).then(|| (member.name.clone(), signed))
        };
        self.seats.iter().filter_map(of).collect()
    }

    /// A seat is given up: the member who had it. Roles are left to [`Self::step_down`].
    pub(super) fn depart(&mut self, seat: SeatId, why: Departure, events: &mut Vec<Event>) -> Option<Member> {
        let back = self.seats.keys().copied().find(|other| self.namesake(*other) == Some(seat));
        let member = self.seats.remove(&seat)?;
        self.mutes.keep(&member, why);
        self.roles.depart(seat, &member.name, why);
        match (&self.roles.former, back) {
            // Here again by that name already, though with a number.
            (Some(Former::Gone(gone)), Some(back)) if *gone == member.name => {
                self.roles.former = Some(Former::Replaced(back));
            }
            (Some(_) | None, _) => {}
        }
        events.push(Event::Departed { seat, name: member.name.clone(), why });
        Some(member)
    }

    /// A member who led, or didn't, has gone. Where nobody leads any more the charter may pass the chair on.
    pub(super) fn step_down(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        if self.roles.is_lead(seat) {
            let leads = self.roles.leads.iter().copied().filter(|lead| *lead != seat).collect();
            self.roles.lead(leads, &self.seats, events);
        }
    }

    /// The last of those who led has gone, with this order of arrival: by the charter the next may be facilitator.
    pub(super) fn rotate(&mut self, gone: u64, events: &mut Vec<Event>) {
        if !self.roles.leads.is_empty() || self.charter.chair() != Chair::Rotation {
            return;
        }
        let there: Vec<_> = self.seats.iter().map(|(seat, member)| (member.arrival, *seat)).collect();
        if let Some(next) = self.charter.next_chair(&there, gone) {
            self.set_role(next, Role::Facilitator, events);
        }
    }

    /// A member gives a quiet sign.
    pub(super) fn gesture(&mut self, seat: SeatId, gesture: Gesture, events: &mut Vec<Event>) {
        let now = self.at_ms;
        if !self.can_gesture(seat, gesture, now) {
            return;
        }
        if let Some(member) = self.seats.get_mut(&seat) {
            member.gestures_from_ms = member.gestures_from_ms.max(now.saturating_add(gesture.pause_ms()));
        }
        events.push(Event::Care(CareEvent::Gesture { seat, gesture }));
    }

    /// A member's client says that there is no microphone that works, or that there is one again.
    pub(super) fn no_mic(&mut self, seat: SeatId, missing: bool, events: &mut Vec<Event>) {
        if let Some(member) = self.seats.get_mut(&seat).filter(|member| member.no_mic != missing) {
            member.no_mic = missing;
            events.push(Event::Sound(SoundEvent::NoMic { seat, missing }));
        }
    }

    /// Mutes a member, or lifts that; whether it was otherwise.
    pub(super) fn mute(&mut self, seat: SeatId, muted: bool, events: &mut Vec<Event>) -> bool {
        let Some(member) = self.seats.get_mut(&seat).filter(|member| member.muted != muted) else { return false };
        member.muted = muted;
        events.push(Event::Muted { seat, muted });
        true
    }

    /// Gives a member a role, by the facilitator's hand or by the group's decision: the caller has looked whether it may be.
    /// `false` if nothing changes: nobody has the seat, enough others lead, or it was so.
    pub(super) fn set_role(&mut self, seat: SeatId, role: Role, events: &mut Vec<Event>) -> bool {
        let leads = self.roles.leads_with(seat, role).filter(|_| self.seats.contains_key(&seat));
        let changes = leads.is_some();
        leads.into_iter().for_each(|leads| self.roles.lead(leads, &self.seats, events));
        changes
    }

    /// A member wants this one to lead, and has the relay know it too.
    pub(super) fn choose(&mut self, by: SeatId, whom: SeatId, events: &mut Vec<Event>) {
        if self.seats.contains_key(&by) && self.roles.can_choose(by, whom) {
            events.push(Event::Choice { seat: by, whom });
        }
    }

    /// Looks whether the group has chosen somebody to lead by the entry after `before`, of which `chosen` was the choice.
    pub(super) fn elect(&mut self, before: &Doors, chosen: Option<SeatId>, events: &mut Vec<Event>) {
        self.roles.elect(before, chosen, &self.seats, events);
    }

    /// The group has decided that a member has a role. Whoever led before isn't offered it again.
    pub(super) fn decide_role(&mut self, seat: SeatId, role: Role, events: &mut Vec<Event>) {
        if self.set_role(seat, role, events) && role == Role::Facilitator {
            self.roles.former = None;
        }
    }

    /// Whether somebody may give a role by their own hand: the facilitator may, and everybody who leads may step back.
    pub fn can_name_role(&self, by: SeatId, seat: SeatId, role: Role) -> bool {
        let steps_back = by == seat && role == Role::Member && self.roles.is_lead(by);
        // A facilitator can always hand on; co-facilitators may be the group's to name.
        let may = role == Role::Facilitator || self.charter.may_alone(Power::Roles);
        steps_back || (may && self.roles.role(by) == Role::Facilitator && self.facilitator() == Some(by))
    }

    /// Somebody asks for a role to be given.
    pub(super) fn name_role(&mut self, by: SeatId, seat: SeatId, role: Role, events: &mut Vec<Event>) {
        if !self.can_name_role(by, seat, role) {
            return;
        }
        let handed_on = role == Role::Facilitator && by != seat;
        // A facilitator who gives the role away by their own hand stays at the side of the one who gets it.
        if self.set_role(seat, role, events) && handed_on && self.roles.leads.len() < limits::LEADS {
            let mut leads = self.roles.leads.clone();
            leads.insert(1, by);
            events.retain(|event| !matches!(event, Event::Role { seat: other, .. } if *other == by));
            self.roles.lead(leads, &self.seats, events);
        }
        if handed_on {
            self.roles.former = self.seats.contains_key(&seat).then_some(Former::Beside(by));
        }
    }

    /// The leads, in order, after an op of this kind: what the relay is to be told with it.
    pub fn leads_after(&self, by: SeatId, seat: SeatId, role: Role) -> Vec<SeatId> {
        let mut then = self.clone();
        then.name_role(by, seat, role, &mut Vec::new());
        then.roles.leads
    }

    /// Tells if door and floor are with another than before.
    pub(super) fn held_since(&mut self, before: Option<SeatId>, events: &mut Vec<Event>) {
        let Some(now) = self.facilitator().filter(|now| before.is_some_and(|before| before != *now)) else { return };
        events.push(Event::Facilitator(now));
        // The one who can lift a mute can't stay under one.
        self.mute(now, false, events);
    }

    /// Whether what a snapshot says of the circle could have come about.
    pub(super) fn is_sound(&self) -> bool {
        self.seats.len() <= limits::MEMBERS
            && self.seats.keys().all(|seat| seat.is_valid())
            && self.seats.values().all(|member| member.name == clean::name(&member.name))
            && self.charter.is_sound()
            && self.roles.is_sound(&self.by_arrival())
            && self.mutes.is_sound()
    }
}

/// A name that others have too, with a number.
fn numbered(name: &str, number: u32) -> String {
    let short: String = name.chars().take(limits::NAME_CHARS - 3).collect();
    format!("{} {number}", short.trim_end())
}

/// Whether a name is another with a number.
fn is_numbered(name: &str, other: &str) -> bool {
    let number = name.rsplit_once(' ').and_then(|(_, number)| number.parse().ok());
    number.is_some_and(|number: u32| number >= 2 && clean::is_written_alike(name, &numbered(other, number)))
}

/// `now` takes the place of `before` in a list, if that one has a place, and has no other.
pub(super) fn hand_over(seats: &mut Vec<SeatId>, before: SeatId, now: SeatId) {
    if seats.contains(&before) {
        seats.retain(|seat| *seat != now);
        seats.iter_mut().filter(|seat| **seat == before).for_each(|seat| *seat = now);
    }
}
