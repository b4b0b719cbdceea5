//! What all members agree on: one ordered log, one reducer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::poll::{Count, NoScrutiny, Poll, Scrutiny};
use super::restart::came_from;
use super::{
    Alarm, Became, Chair, Charter, Choice, Decisions, Op, Outcome, Power, Proposed, Role, Tally, TurnEvent, Turns,
    Verification, VoteKind, clean,
};
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

/// What an entry changed, for those who watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Someone came in.
    Arrived(SeatId),
    /// Someone's seat was given up.
    Departed {
        /// The seat.
        seat: SeatId,
        /// The name it had.
        name: String,
        /// Why.
        why: Departure,
    },
    /// A floor-mute was set or lifted.
    Floor(SeatId, bool),
    /// A hand went up or down.
    Hand(SeatId, bool),
    /// A line of chat.
    Chat(SeatId, String),
    /// The door was locked or unlocked.
    Locked(bool),
    /// Door and floor came to this seat.
    Facilitator(SeatId),
    /// A member has this role now.
    Role(SeatId, Role),
    /// Somebody is here, without a word.
    Here(SeatId),
    /// Something for a few, sealed.
    Private(SeatId, Vec<u8>),
    /// Who arrived so, and had this name, vanished.
    Alarm(u64, String),
    /// Somebody has seen to who vanished.
    SeenTo {
        /// Who has.
        by: SeatId,
        /// The name of who vanished.
        name: String,
    },
    /// The words of the code were drawn anew.
    CodeChanged(SeatId),
    /// The four words are being compared from here on.
    Verify,
    /// A listener has compared the words: whether they are the same.
    Verified(SeatId, bool),
    /// Comparing the words is over. It may also be over by time, of which nothing stands in the log.
    VerifyOver(Outcome),
    /// The group was ended.
    Closed,
    /// About turns.
    Turn(TurnEvent),
    /// Something became of a proposal, which is as told.
    Proposal(Box<Proposed>, Became),
    /// A proposal is put to a vote.
    VoteOpened(u32, VoteKind),
    /// Someone has voted, in an open vote.
    Voted(SeatId, Choice),
    /// A vote is over.
    Result {
        /// The proposal.
        id: u32,
        /// How it was held.
        kind: VoteKind,
        /// What was voted.
        tally: Tally,
        /// Whether it has passed.
        passed: bool,
    },
    /// The group holds itself by another charter from here on.
    Charter,
    /// The minutes are read back to everybody.
    ReadBack,
    /// Someone says that the minutes are right, or that they aren't.
    MinutesAnswered(SeatId, bool),
    /// The group comes to its close.
    Closing,
    /// A facilitator has done this without the group's yes, which the charter asks for.
    Overstepped(SeatId, Power),
    /// Someone has chosen, in the secret vote that is under way.
    Chosen(SeatId),
    /// All who vote in secret have chosen, or had the time to; from here on their clients do the rest.
    Counting,
    /// A message of this voter's client is no good, and doesn't count.
    BadBallot(SeatId),
    /// A secret vote on this proposal came to nothing.
    Uncounted(u32, Count),
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
    pub fn apply(&mut self, index: Index, at_ms: u64, fact: &Fact) -> Vec<Change> {
        self.apply_with(index, at_ms, fact, &NoScrutiny)
    }

    /// As [`Self::apply`], with what checks and counts secret ballots.
    pub fn apply_with(&mut self, index: Index, at_ms: u64, fact: &Fact, scrutiny: &dyn Scrutiny) -> Vec<Change> {
        debug_assert_eq!(index, self.index.next());
        self.index = index;
        self.at_ms = at_ms;
        let mut changes = Vec::new();
        let before = self.facilitator();
        match fact {
            Fact::Gone(seat, why) => self.depart(*seat, Departure::Gone(*why), &mut changes),
            Fact::Lapsed(seat) => self.doors.lapse(*seat),
            Fact::Action { seat, number, act, op } => {
                if let (Act::None, Some(Op::Poll(poll, step))) = (act, op) {
                    self.poll_step(*seat, *poll, step, scrutiny, &mut changes);
                } else if let Some(op) = op {
                    self.act(*seat, act, op, &mut changes);
                }
                self.count(*seat, *number);
            }
            Fact::Commit { seat: by, number, admitted, replaced, removed } => {
                if self.facilitator() == Some(*by) {
                    self.commit(*by, admitted, replaced, removed, &mut changes);
                }
                self.count(*by, *number);
            }
        }
        self.held_by(before, &mut changes);
        if changes.iter().any(|change| matches!(change, Change::Departed { .. })) {
            self.decisions_go_on(&mut changes);
        }
        if let Some((vote, count)) = self.poll_goes_on(scrutiny, &mut changes) {
            self.polled(vote, count, &mut changes);
        }
        changes
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
        changes: &mut Vec<Change>,
    ) {
        let returning = self.returning(replaced);
        // Nobody's turn is over because they come back.
        let (round, held) = (self.turns.round.take(), self.hold(*replaced));
        replaced.iter().for_each(|seat| self.depart(seat, Departure::Returned, changes));
        self.turns.round = round;
        removed.iter().for_each(|seat| self.used(by, Power::Remove, Some(seat), changes));
        removed.iter().for_each(|seat| self.depart(seat, Departure::Removed, changes));
        let moved = admitted.iter().filter_map(|(seat, name)| Some((came_from(name, &returning)?.0, *seat)));
        let moved: Vec<_> = moved.collect();
        let turned = self.round_returned(replaced, &moved);
        for (seat, name) in admitted {
            self.arrive(*seat, name, changes);
            self.returned(*seat, name, &returning);
        }
        self.give_back(held, &moved, changes);
        changes.extend(turned.into_iter().map(Change::Turn));
    }

    fn act(&mut self, by: SeatId, act: &Act, op: &Op, changes: &mut Vec<Change>) {
        let at_door = self.facilitator() == Some(by);
        match (act, op) {
            (Act::None, Op::Open { title, name, charter }) if self.index == Index(1) => {
                self.title = clean::title(title);
                if charter.is_sound() {
                    self.charter = *charter;
                }
                self.arrive(by, name, changes);
                self.doors.open(by);
                self.leads = vec![by];
            }
            (Act::None, Op::Hand(up)) if self.seats.contains_key(&by) => self.hand(by, *up, changes),
            (Act::None, Op::Chat(text)) if self.seats.contains_key(&by) => self.say(by, text, changes),
            (Act::None, Op::Verify) if at_door => self.verify(by, changes),
            (Act::None, Op::Verified(same)) if self.seats.contains_key(&by) => self.answer(by, *same, changes),
            (Act::None, Op::Decide(what)) => self.decide(by, what, changes),
            (Act::FloorMute(seats, muted), Op::Direct) if at_door => {
                // Said again of who is back, for the relay, it's no other mute.
                if *muted && seats.iter().any(|seat| !self.floor_muted(seat)) {
                    self.used_to_mute(by, *seats, changes);
                }
                for seat in seats.iter() {
                    if let Some(member) = self.seats.get_mut(&seat).filter(|member| member.floor_muted != *muted) {
                        member.floor_muted = *muted;
                        changes.push(Change::Floor(seat, *muted));
                        if !muted {
                            self.heeded(seat, changes);
                        }
                    }
                }
            }
            (Act::Lock(locked), Op::Direct) if at_door && self.locked != *locked => {
                self.used(by, Power::Lock, None, changes);
                self.locked = *locked;
                changes.push(Change::Locked(*locked));
            }
            (Act::None, Op::Here) if self.seats.contains_key(&by) => changes.push(Change::Here(by)),
            (Act::None, Op::Private(sealed)) if self.seats.contains_key(&by) => {
                changes.push(Change::Private(by, sealed.clone()));
            }
            (Act::None, Op::SeenTo(arrival)) => self.see_to(by, *arrival, changes),
            (Act::None, Op::CodeChanged) if at_door => {
                self.code_age = self.code_age.saturating_add(1);
                changes.push(Change::CodeChanged(by));
            }
            (Act::None | Act::Doors(_), Op::Role(seat, role)) => self.name_role(by, *seat, *role, changes),
            (Act::Close, Op::Direct) if self.doors.may_admit(by) => {
                self.used(by, Power::Close, None, changes);
                self.closed = true;
                changes.push(Change::Closed);
            }
            (Act::MuteAll(seconds), Op::Direct) if at_door => self.mute_all(by, *seconds, changes),
            (Act::Stick(to), Op::Direct) if self.seats.contains_key(&by) => self.stick(by, *to, changes),
            (Act::None, Op::Turn(turn)) => self.turn(by, turn, changes),
            _ => {}
        }
        self.follow_door(by, act);
    }

    fn arrive(&mut self, seat: SeatId, asked: &str, changes: &mut Vec<Change>) {
        let name = self.distinct(&clean::name(asked));
        let floor_muted = self.take_mute(&name);
        let member = Member { name, floor_muted, arrival: self.arrivals, since_ms: self.at_ms, actions: ActionNo(0) };
        self.arrivals += 1;
        self.came_back(&member.name);
        self.seats.insert(seat, member);
        self.doors.arrive(seat);
        changes.push(Change::Arrived(seat));
        if floor_muted {
            changes.push(Change::Floor(seat, true));
        }
        self.turns_arrived(seat, changes);
    }

    /// Voices are taken off the floor: one, or all but the facilitator's.
    fn used_to_mute(&mut self, by: SeatId, seats: SeatSet, changes: &mut Vec<Change>) {
        match (seats.iter().count(), seats.iter().next()) {
            (1, whom) => self.used(by, Power::Mute, whom, changes),
            _ => self.used(by, Power::MuteAll, None, changes),
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

    fn depart(&mut self, seat: SeatId, why: Departure, changes: &mut Vec<Change>) {
        let Some(member) = self.seats.remove(&seat) else { return };
        self.keep_mute(&member, why);
        self.hands.retain(|other| *other != seat);
        let (arrival, led) = (member.arrival, self.is_lead(seat));
        changes.push(Change::Departed { seat, name: member.name.clone(), why });
        if why == Departure::Gone(Gone::Lost) {
            self.vanished(arrival, &member.name, changes);
        }
        self.unasked(seat, changes);
        self.doors.depart(seat);
        self.poll_left(seat);
        self.step_down(seat, changes);
        self.turns_departed(seat, changes);
        if led && self.leads.is_empty() && self.charter.chair() == Chair::Rotation {
            let there: Vec<_> = self.seats.iter().map(|(seat, member)| (member.arrival, *seat)).collect();
            if let Some(next) = self.charter.next_chair(&there, arrival) {
                self.set_role(next, Role::Facilitator, changes);
            }
        }
        self.undecided(seat, arrival);
    }

    pub(super) fn hand(&mut self, seat: SeatId, up: bool, changes: &mut Vec<Change>) {
        if self.hands.contains(&seat) == up {
            return;
        }
        if up {
            self.hands.push(seat);
        } else {
            self.hands.retain(|other| *other != seat);
            self.leave_queue(seat);
        }
        changes.push(Change::Hand(seat, up));
    }

    fn say(&mut self, seat: SeatId, raw: &str, changes: &mut Vec<Change>) {
        let text = clean::chat(raw);
        if text.is_empty() {
            return;
        }
        self.chat = Sha256::new().chain_update(self.chat).chain_update([seat.0]).chain_update(&text).finalize().into();
        changes.push(Change::Chat(seat, text));
    }
}
