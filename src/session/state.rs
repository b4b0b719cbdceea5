//! What all members agree on: one ordered log, one reducer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::poll::{NoScrutiny, Poll, Scrutiny};
use super::restart::came_from;
use super::{Alarm, Chair, Charter, Decisions, Ended, Event, Op, Power, Role, Turns, Verification, clean};
use crate::ids::{ActionNo, Index, SeatId, SeatSet};
use crate::wire::{Act, Doors, Gone, limits};

/// One seat's holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name as shown: clean, and unlike every other in the group.
    pub name: String,
    /// Whether the facilitator has taken this member's voice off the floor.
    pub floor_muted: bool,
    /// The order of arrival, from 0.
    pub arrival: u64,
    /// When this member came in, in milliseconds of the group's time.
    pub since_ms: u64,
    /// The newest of this member's actions in the log.
    pub actions: ActionNo,
}

/// A log entry as the reducer takes it: opened, and with its body read if it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A member's action.
    Action {
        /// Whose.
        seat: SeatId,
        /// Its number.
        number: ActionNo,
        /// What the relay carried out.
        act: Act,
        /// What the member said; `None` if it could not be read.
        op: Option<Op>,
    },
    /// The door's commit, once its keys were found to do what its act says.
    Commit {
        /// Whose.
        seat: SeatId,
        /// Its number.
        number: ActionNo,
        /// Who comes in, with the names they asked for.
        admitted: Vec<(SeatId, String)>,
        /// Seats given up for the same people on new lines.
        replaced: SeatSet,
        /// Seats taken away.
        removed: SeatSet,
    },
    /// A seat is free again.
    Gone(SeatId, Gone),
    /// The door's line is gone.
    Lapsed(SeatId),
}

/// Why a seat was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// As the relay says.
    Gone(Gone),
    /// By the facilitator.
    Removed,
    /// The same person came back on a new line and has a new seat.
    Returned,
}

/// The group. Equal logs give equal states, and [`State::hash`] tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The newest entry that was applied.
    pub index: Index,
    /// The group's time at that entry, in milliseconds since the room was opened.
    pub at_ms: u64,
    /// The group's title.
    pub title: String,
    /// What the group holds itself by.
    pub charter: Charter,
    /// Whether knocks are taken.
    pub locked: bool,
    /// Whether the group has been ended.
    pub closed: bool,
    /// Who holds which seat.
    pub seats: BTreeMap<SeatId, Member>,
    /// Raised hands in their order.
    pub hands: Vec<SeatId>,
    /// What the group has before it, and what it has decided.
    pub decisions: Decisions,
    /// The secret vote that is under way.
    pub poll: Option<Poll>,
    /// How many polls there have been: the number of the last.
    pub(super) polls: u32,
    /// The comparison of the four words that is under way, or the last.
    pub verification: Option<Verification>,
    /// Who speaks, and who comes next.
    pub turns: Turns,
    /// Who arrived before this one was there when the words were last compared to the end.
    pub(super) verified: Option<u64>,
    pub(super) arrivals: u64,
    /// The facilitator and then the co-facilitators, in the order in which they follow each other. At most
    /// [`limits::LEADS`].
    pub(super) leads: Vec<SeatId>,
    /// Who has the door by what the relay knows.
    pub(super) doors: Doors,
    /// Who vanished and was not seen to yet. At most [`limits::ALARMS`].
    pub(super) alarms: Vec<Alarm>,
    /// Names of those who were muted when they went. At most [`limits::MEMBERS`].
    pub(super) silenced: Vec<String>,
    /// How often the words of the code were drawn anew.
    pub(super) code_age: u32,
    /// Stands for all chat so far, so that hashes agree on it while a newcomer doesn't learn it.
    chat: [u8; 32],
}

impl State {
    /// The name of a seat's holder.
    pub fn name(&self, seat: SeatId) -> Option<&str> {
        self.seats.get(&seat).map(|member| member.name.as_str())
    }

    /// The seat whose holder has a name that looks like this one.
    pub fn seat_named(&self, name: &str) -> Option<SeatId> {
        self.seats.iter().find(|(_, member)| clean::same_name(&member.name, name)).map(|(seat, _)| *seat)
    }

    /// Seats in the order their holders came.
    pub fn by_arrival(&self) -> Vec<SeatId> {
        let mut seats: Vec<_> = self.seats.iter().map(|(seat, member)| (member.arrival, *seat)).collect();
        seats.sort_unstable();
        seats.into_iter().map(|(_, seat)| seat).collect()
    }

    /// Whether the facilitator has taken this seat's voice off the floor.
    pub fn floor_muted(&self, seat: SeatId) -> bool {
        self.seats.get(&seat).is_some_and(|member| member.floor_muted)
    }

    /// A digest of everything above: equal at all members who have applied the same log.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.snapshot()).into()
    }

    /// The whole state for a newcomer.
    pub fn snapshot(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a state of plain fields always has an encoding")
    }

    /// Reads a newcomer's snapshot; `None` unless it could have come about by [`State::apply`].
    pub fn from_snapshot(snapshot: &[u8]) -> Option<Self> {
        let (state, rest): (Self, _) = postcard::take_from_bytes(snapshot).ok()?;
        let clean = state.title == clean::title(&state.title)
            && state.seats.values().all(|member| member.name == clean::name(&member.name));
        let hands: SeatSet = state.hands.iter().copied().collect();
        let seated = state.seats.len() <= limits::MEMBERS
            && state.seats.keys().all(|seat| seat.is_valid())
            && state.hands.iter().all(|seat| state.seats.contains_key(seat))
            && hands.iter().count() == state.hands.len();
        let decided = state.charter.is_sound() && state.decisions_are_sound();
        (rest.is_empty()
            && clean
            && seated
            && decided
            && state.verification_is_sound()
            && state.roles_are_sound()
            && state.turns_are_sound()
            && state.poll_is_sound()
            && state.care_is_sound()
            && state.mutes_are_sound())
        .then_some(state)
    }

    /// Applies the entry at `index`, which must be the next. What its maker may not do changes nothing but the index.
    /// Of secret votes nothing is taken for good.
    pub fn apply(&mut self, index: Index, at_ms: u64, fact: &Fact) -> Vec<Event> {
        self.apply_with(index, at_ms, fact, &NoScrutiny)
    }

    /// As [`Self::apply`], with what checks and counts secret ballots.
    pub fn apply_with(&mut self, index: Index, at_ms: u64, fact: &Fact, scrutiny: &dyn Scrutiny) -> Vec<Event> {
        debug_assert_eq!(index, self.index.next());
        self.index = index;
        self.at_ms = at_ms;
        let mut events = Vec::new();
        let before = self.facilitator();
        match fact {
            Fact::Gone(seat, why) => self.depart(*seat, Departure::Gone(*why), &mut events),
            Fact::Lapsed(seat) => self.doors.lapse(*seat),
            Fact::Action { seat, number, act, op } => {
                if let (Act::None, Some(Op::Poll(poll, step))) = (act, op) {
                    self.poll_step(*seat, *poll, step, scrutiny, &mut events);
                } else if let Some(op) = op {
                    self.act(*seat, act, op, &mut events);
                }
                self.count(*seat, *number);
            }
            Fact::Commit { seat: by, number, admitted, replaced, removed } => {
                if self.facilitator() == Some(*by) {
                    self.commit(*by, admitted, replaced, removed, &mut events);
                }
                self.count(*by, *number);
            }
        }
        self.held_by(before, &mut events);
        if events.iter().any(|event| matches!(event, Event::Departed { .. })) {
            self.decisions_go_on(&mut events);
        }
        if let Some((vote, count)) = self.poll_goes_on(scrutiny, &mut events) {
            self.polled(vote, count, &mut events);
        }
        events
    }

    fn count(&mut self, seat: SeatId, number: ActionNo) {
        if let Some(member) = self.seats.get_mut(&seat) {
            member.actions = number;
        }
    }

    /// The door lets in, and takes seats away.
    fn commit(
        &mut self,
        by: SeatId,
        admitted: &[(SeatId, String)],
        replaced: &SeatSet,
        removed: &SeatSet,
        events: &mut Vec<Event>,
    ) {
        let returning = self.returning(replaced);
        // Nobody's turn is over because they come back.
        let (round, held) = (self.turns.round.take(), self.hold(*replaced));
        replaced.iter().for_each(|seat| self.depart(seat, Departure::Returned, events));
        self.turns.round = round;
        removed.iter().for_each(|seat| self.used(by, Power::Remove, Some(seat), events));
        removed.iter().for_each(|seat| self.depart(seat, Departure::Removed, events));
        let moved = admitted.iter().filter_map(|(seat, name)| Some((came_from(name, &returning)?.0, *seat)));
        let moved: Vec<_> = moved.collect();
        let turned = self.round_returned(replaced, &moved);
        for (seat, name) in admitted {
            self.arrive(*seat, name, events);
            self.returned(*seat, name, &returning);
        }
        self.give_back(held, &moved, events);
        events.extend(turned.into_iter().map(Event::Turn));
    }

    fn act(&mut self, by: SeatId, act: &Act, op: &Op, events: &mut Vec<Event>) {
        let at_door = self.facilitator() == Some(by);
        match (act, op) {
            (Act::None, Op::Open { title, name, charter }) if self.index == Index(1) => {
                self.title = clean::title(title);
                if charter.is_sound() {
                    self.charter = *charter;
                }
                self.arrive(by, name, events);
                self.doors.open(by);
                self.leads = vec![by];
            }
            (Act::None, Op::Hand { up }) if self.seats.contains_key(&by) => self.hand(by, *up, events),
            (Act::None, Op::Chat(text)) => self.say(by, text, events),
            (Act::None, Op::Verify) if at_door => self.verify(by, events),
            (Act::None, Op::Verified { same }) if self.seats.contains_key(&by) => self.answer(by, *same, events),
            (Act::None, Op::Decide(what)) => self.decide(by, what, events),
            (Act::FloorMute(seats, muted), Op::Direct) if at_door => {
                // Said again of who is back, for the relay, it's no other mute.
                if *muted && seats.iter().any(|seat| !self.floor_muted(seat)) {
                    self.used_to_mute(by, *seats, events);
                }
                for seat in seats.iter() {
                    if let Some(member) = self.seats.get_mut(&seat).filter(|member| member.floor_muted != *muted) {
                        member.floor_muted = *muted;
                        events.push(Event::Muted { seat, muted: *muted });
                        if !muted {
                            self.heeded(seat, events);
                        }
                    }
                }
            }
            (Act::Lock(locked), Op::Direct) if at_door && self.locked != *locked => {
                self.used(by, Power::Lock, None, events);
                self.locked = *locked;
                events.push(Event::Locked(*locked));
            }
            (Act::None, Op::Here) if self.seats.contains_key(&by) => events.push(Event::Here(by)),
            (Act::None, Op::SeenTo(arrival)) => self.see_to(by, *arrival, events),
            (Act::None, Op::CodeChanged) if at_door => {
                self.code_age = self.code_age.saturating_add(1);
            }
            (Act::None | Act::Doors(_), Op::Role(seat, role)) => self.name_role(by, *seat, *role, events),
            (Act::Close, Op::Direct) if self.doors.may_admit(by) => {
                self.used(by, Power::Close, None, events);
                self.closed = true;
                events.push(Event::Closed(Ended::Closed));
            }
            (Act::MuteAll(seconds), Op::Direct) if at_door => self.mute_all(by, *seconds, events),
            (Act::Stick(to), Op::Direct) if self.seats.contains_key(&by) => self.stick(by, *to, events),
            (Act::None, Op::Turn(turn)) => self.turn(by, turn, events),
            _ => {}
        }
        self.follow_door(by, act);
    }

    fn arrive(&mut self, seat: SeatId, asked: &str, events: &mut Vec<Event>) {
        let name = self.distinct(&clean::name(asked));
        let floor_muted = self.take_mute(&name);
        let member = Member {
            name: name.clone(),
            floor_muted,
            arrival: self.arrivals,
            since_ms: self.at_ms,
            actions: ActionNo(0),
        };
        self.arrivals += 1;
        self.came_back(&member.name);
        self.seats.insert(seat, member);
        self.doors.arrive(seat);
        events.push(Event::Arrived { seat, name });
        if floor_muted {
            events.push(Event::Muted { seat, muted: true });
        }
        self.turns_arrived(seat, events);
    }

    /// Voices are taken off the floor: one, or all but the facilitator's.
    fn used_to_mute(&mut self, by: SeatId, seats: SeatSet, events: &mut Vec<Event>) {
        match (seats.iter().count(), seats.iter().next()) {
            (1, whom) => self.used(by, Power::Mute, whom, events),
            _ => self.used(by, Power::MuteAll, None, events),
        }
    }

    /// Two people with one name are told apart by a number.
    fn distinct(&self, name: &str) -> String {
        if self.seat_named(name).is_none() {
            return name.to_owned();
        }
        let short: String = name.chars().take(limits::NAME_CHARS - 3).collect();
        let numbered = (2..).map(|n| format!("{} {n}", short.trim_end()));
        numbered.into_iter().find(|name| self.seat_named(name).is_none()).unwrap_or_default()
    }

    fn depart(&mut self, seat: SeatId, why: Departure, events: &mut Vec<Event>) {
        let Some(member) = self.seats.remove(&seat) else { return };
        self.keep_mute(&member, why);
        self.hands.retain(|other| *other != seat);
        let (arrival, led) = (member.arrival, self.is_lead(seat));
        events.push(Event::Departed { seat, name: member.name.clone(), why });
        if why == Departure::Gone(Gone::Lost) {
            self.vanished(arrival, &member.name, events);
        }
        self.unasked(seat, events);
        self.doors.depart(seat);
        self.poll_left(seat);
        self.step_down(seat, events);
        self.turns_departed(seat, events);
        if led && self.leads.is_empty() && self.charter.chair() == Chair::Rotation {
            let there: Vec<_> = self.seats.iter().map(|(seat, member)| (member.arrival, *seat)).collect();
            if let Some(next) = self.charter.next_chair(&there, arrival) {
                self.set_role(next, Role::Facilitator, events);
            }
        }
        self.undecided(seat, arrival);
    }

    pub(super) fn hand(&mut self, seat: SeatId, up: bool, events: &mut Vec<Event>) {
        if self.hands.contains(&seat) == up {
            return;
        }
        if up {
            self.hands.push(seat);
        } else {
            self.hands.retain(|other| *other != seat);
            self.leave_queue(seat);
        }
        events.push(Event::Hand { seat, up });
    }

    fn say(&mut self, seat: SeatId, raw: &str, events: &mut Vec<Event>) {
        let text = clean::chat(raw);
        let Some(from) = self.name(seat).filter(|_| !text.is_empty()).map(str::to_owned) else { return };
        self.chat = Sha256::new().chain_update(self.chat).chain_update([seat.0]).chain_update(&text).finalize().into();
        events.push(Event::Chat { seat, from, text });
    }
}
