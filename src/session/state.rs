//! What all members agree on: one ordered log, one reducer.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::poll::{NoScrutiny, Scrutiny};
use super::turns::Muting;
use super::{Care, Circle, Decisions, Departure, Ended, Event, Fact, Op, Power, Trouble, Turns, Verification, clean};
use crate::ids::{ActionNo, Index, SeatId, SeatSet};
use crate::wire::{Act, Gone, limits};

/// The group. Equal logs give equal states, and [`State::hash`] tells.
///
/// Each part has its own state, and reads the others' through the [`Circle`]. What concerns several of them is brought
/// together here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The newest entry that was applied.
    pub index: Index,
    /// The group's title.
    pub title: String,
    /// Whether no knocks are taken.
    pub locked: bool,
    /// Whether the group has been ended.
    pub closed: bool,
    /// Members, their roles and their charter.
    pub circle: Circle,
    /// The floor, hands, rounds, agenda and breaks.
    pub turns: Turns,
    /// What the group has before it, and what it has decided.
    pub decisions: Decisions,
    /// Comparing the four words.
    pub verification: Verification,
    /// Vanished members.
    pub care: Care,
    /// How often the words of the code were drawn anew.
    pub code_age: u32,
    /// Wrong words tried since, at whichever door; at most [`limits::GUESSES`].
    pub code_tries: u32,
    /// Stands for all chat so far, so that hashes agree on it while a newcomer doesn't learn it.
    chat: [u8; 32],
}

impl State {
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
        let circle = &state.circle;
        (rest.is_empty()
            && state.title == clean::title(&state.title)
            && state.code_tries <= limits::GUESSES
            && state.circle.at_ms <= limits::GROUP_MS
            && circle.is_sound()
            && state.turns.is_sound(circle)
            && state.decisions.is_sound(circle)
            && state.verification.is_sound(circle)
            && state.care.is_sound(circle))
        .then_some(state)
    }

    /// Applies the entry at `index`, which must be the next, and tells what became of it. What its maker may not do changes
    /// nothing but the index. Of secret votes nothing is taken for good.
    pub fn apply(&mut self, index: Index, at_ms: u64, fact: &Fact) -> Vec<Event> {
        self.apply_with(index, at_ms, fact, &NoScrutiny)
    }

    /// As [`Self::apply`], with what checks and counts secret ballots.
    pub fn apply_with(&mut self, index: Index, at_ms: u64, fact: &Fact, scrutiny: &dyn Scrutiny) -> Vec<Event> {
        debug_assert_eq!(index, self.index.next());
        self.index = index;
        // A relay whose clock runs back, or ends all that has a time, does no more than stand still.
        self.circle.at_ms = at_ms.min(limits::GROUP_MS).max(self.circle.at_ms);
        let mut events = Vec::new();
        let (before, chaired) = (self.circle.facilitator(), self.circle.roles.before_choice());
        match fact {
            Fact::Gone(seat, why) => self.depart(*seat, Departure::Gone(*why), &mut events),
            Fact::Lapsed(seat) => self.circle.roles.doors.lapse(*seat),
            Fact::Restored => events.push(Event::Restored),
            Fact::Action { seat, number, act, op } => {
                if let Some(op) = op {
                    self.act(*seat, act, op, scrutiny, &mut events);
                }
                self.count(*seat, *number);
            }
            Fact::Commit { seat: by, number, admitted, replaced, removed } => {
                if self.circle.facilitator() == Some(*by) {
                    self.commit(*by, admitted, replaced, removed, &mut events);
                }
                self.count(*by, *number);
            }
        }
        if let Some(doors) = chaired {
            let chosen = match fact {
                Fact::Action { op: Some(Op::Choose(whom)), .. } => Some(*whom),
                Fact::Action { .. } | Fact::Commit { .. } | Fact::Gone(..) | Fact::Lapsed(_) | Fact::Restored => None,
            };
            self.circle.elect(&doors, chosen, &mut events);
        }
        self.circle.held_since(before, &mut events);
        if events.iter().any(|event| matches!(event, Event::Departed { .. })) {
            self.decisions.go_on(&mut self.circle, &mut events);
        }
        self.decisions.poll_goes_on(scrutiny, &mut self.circle, &mut events);
        events
    }

    fn count(&mut self, seat: SeatId, number: ActionNo) {
        if let Some(member) = self.circle.seats.get_mut(&seat) {
            member.actions = number;
        }
    }

    /// The door lets in, and takes seats away.
    fn commit(
        &mut self,
        by: SeatId,
        admitted: &[(SeatId, String)],
        replaced: &[(SeatId, SeatId)],
        removed: &SeatSet,
        events: &mut Vec<Event>,
    ) {
        replaced.iter().for_each(|(before, now)| self.give_back(*before, *now, events));
        removed.iter().for_each(|seat| self.used(by, Power::Remove, Some(seat), events));
        removed.iter().for_each(|seat| self.depart(seat, Departure::Removed, events));
        admitted.iter().for_each(|(seat, name)| self.arrive(*seat, name, events));
    }

    /// The member on the seat `now` is the one who had the seat `before`, says the door, and has what that one had. While a
    /// secret vote runs nothing goes along, for it could be somebody else.
    fn give_back(&mut self, before: SeatId, now: SeatId, events: &mut Vec<Event>) {
        let holder = |seat| self.circle.arrival(seat).map(|arrival| (seat, arrival));
        let both = holder(before).zip(holder(now).filter(|_| before != now));
        let same = both.filter(|_| self.decisions.poll.is_none());
        if let Some((was, is)) = same {
            self.decisions.voter_returned(was, is);
            self.turns.give_back(before, now, self.circle.at_ms, events);
            self.circle.give_role_back(before, now, events);
        }
        // Its keys are gone in any case.
        self.depart(before, Departure::Returned, events);
        if same.is_some() {
            let was = self.circle.name(now).unwrap_or_default().to_owned();
            let name = self.circle.give_name_back(now, events);
            events.push(Event::Returned { seat: now, name, was });
        }
    }

    fn arrive(&mut self, seat: SeatId, asked: &str, events: &mut Vec<Event>) {
        let name = self.circle.arrive(seat, asked, events);
        self.care.came_back(&name);
        self.turns.arrive(seat, self.circle.at_ms, events);
    }

    fn depart(&mut self, seat: SeatId, why: Departure, events: &mut Vec<Event>) {
        let led = self.circle.roles.is_lead(seat);
        let back = self.circle.seats.keys().any(|other| self.circle.namesake(*other) == Some(seat));
        let Some(member) = self.circle.depart(seat, why, events) else { return };
        if why == Departure::Gone(Gone::Lost) {
            self.care.vanished(member.arrival, &member.name, self.circle.at_ms, events);
            if back {
                self.care.came_back(&member.name);
            }
        }
        self.verification.depart(seat, &self.circle, events);
        self.decisions.poll_left(seat);
        self.circle.step_down(seat, events);
        self.turns.depart(seat, &self.circle, events);
        if led {
            self.circle.rotate(member.arrival, events);
        }
        self.decisions.depart(seat, member.arrival);
    }

    /// A facilitator has used a power that the charter may leave to the group.
    fn used(&mut self, by: SeatId, power: Power, whom: Option<SeatId>, events: &mut Vec<Event>) {
        self.decisions.used(by, power, whom, &self.circle, events);
    }

    fn act(&mut self, by: SeatId, act: &Act, op: &Op, scrutiny: &dyn Scrutiny, events: &mut Vec<Event>) {
        match (act, op) {
            (_, Op::Direct) => self.direct(by, act, events),
            (Act::None | Act::Doors(_), Op::Role(seat, role)) => self.circle.name_role(by, *seat, *role, events),
            (Act::Doors(_), Op::Choose(seat)) => self.circle.choose(by, *seat, events),
            (Act::None, op) => self.say(by, op, scrutiny, events),
            // A body that doesn't fit its act says nothing.
            _ => {}
        }
        self.circle.roles.follow_door(by, act);
    }

    /// Does as an act says that the relay has carried out.
    fn direct(&mut self, by: SeatId, act: &Act, events: &mut Vec<Event>) {
        let at_door = self.circle.facilitator() == Some(by);
        match act {
            Act::FloorMute(seats, muted) if at_door => self.mute(by, *seats, *muted, events),
            Act::Lock(locked) if at_door && self.locked != *locked => {
                self.used(by, Power::Lock, None, events);
                self.locked = *locked;
                events.push(Event::Locked(*locked));
            }
            Act::Close if self.circle.roles.may_admit(by) => {
                self.used(by, Power::Close, None, events);
                self.closed = true;
                events.push(Event::Closed(Ended::Closed));
            }
            Act::MuteAll(seconds) if at_door => self.mute_all(by, *seconds, events),
            Act::Stick(to) if self.circle.seats.contains_key(&by) => {
                // If it can't be, the asker was told before.
                let _ = self.turns.pass_stick(by, *to, &self.circle, events);
            }
            Act::FloorMute(..) | Act::Lock(_) | Act::Close | Act::MuteAll(_) | Act::Stick(_) => {}
            // Nothing of these concerns more than the door.
            Act::None | Act::Commit { .. } | Act::Doors(_) | Act::TakeBack => {}
        }
    }

    /// Takes in what a member says without an act of the relay.
    fn say(&mut self, by: SeatId, op: &Op, scrutiny: &dyn Scrutiny, events: &mut Vec<Event>) {
        let circle = &mut self.circle;
        let at_door = circle.facilitator() == Some(by);
        if let Op::Open { title, name, charter } = op {
            if self.index == Index(1) {
                self.title = clean::title(title);
                if charter.is_sound() {
                    circle.charter = *charter;
                }
                self.arrive(by, name, events);
                self.circle.roles.open(by);
            }
            return;
        }
        if !circle.seats.contains_key(&by) {
            return;
        }
        match op {
            Op::Hand { up } => self.turns.hand(by, *up, events),
            Op::Chat(text) => self.write(by, text, events),
            Op::Verify if at_door => self.verification.begin(by, circle, events),
            Op::Verified { same } => self.verification.answer(by, *same, circle, events),
            Op::Decide(what) => self.decisions.decide(by, what, circle, events),
            Op::Poll(number, step) => self.decisions.poll_step(by, *number, step, scrutiny, events),
            // If it can't be, the asker was told before.
            Op::Turn(turn) => {
                let _ = self.turns.turn(by, turn, circle, events);
            }
            Op::Gesture(gesture) => circle.gesture(by, *gesture, events),
            Op::NoMic(missing) => circle.no_mic(by, *missing, events),
            Op::SeenTo(arrival) => self.care.see_to(by, *arrival, circle, events),
            Op::CodeChanged if at_door => {
                self.code_age = self.code_age.saturating_add(1);
                self.code_tries = 0;
            }
            Op::WrongWords if at_door => {
                self.code_tries = limits::GUESSES.min(self.code_tries.saturating_add(1));
            }
            Op::Verify | Op::CodeChanged | Op::WrongWords => {}
            // What is sealed to a few leaves no trace; the others were done before.
            Op::Private(_) | Op::Open { .. } | Op::Direct | Op::Role(..) | Op::Choose(_) => {}
        }
    }

    /// Mutes members, or lifts that: one, or all but the facilitator.
    fn mute(&mut self, by: SeatId, seats: SeatSet, muted: bool, events: &mut Vec<Event>) {
        // Said again of a member who is back, for the relay, it's no other mute.
        if muted && seats.iter().any(|seat| !self.circle.is_muted(seat)) {
            match (seats.iter().count(), seats.iter().next()) {
                (1, whom) => self.used(by, Power::Mute, whom, events),
                _ => self.used(by, Power::MuteAll, None, events),
            }
        }
        for seat in seats.iter() {
            if self.circle.mute(seat, muted, events) && !muted {
                self.turns.heed(seat, events);
            }
        }
    }

    /// The door mutes all but the facilitator for this many seconds, or (0) lifts it.
    fn mute_all(&mut self, by: SeatId, seconds: u16, events: &mut Vec<Event>) {
        let Ok(muting) = self.turns.floor.can_mute_all(seconds, &self.circle) else { return };
        // To renew it was agreed just now.
        if muting == Muting::Anew {
            self.used(by, Power::MuteAll, None, events);
        }
        self.turns.mute_all(seconds, self.circle.at_ms, events);
    }

    fn write(&mut self, seat: SeatId, raw: &str, events: &mut Vec<Event>) {
        let text = clean::chat(raw);
        let Some(from) = self.circle.name(seat).filter(|_| !text.is_empty()).map(str::to_owned) else { return };
        self.chat = Sha256::new().chain_update(self.chat).chain_update([seat.0]).chain_update(&text).finalize().into();
        events.push(Event::Chat { seat, from, text });
    }

    /// Tries a member's step about turns at this moment of the group's time, on a copy that is used up by it.
    ///
    /// # Errors
    /// The reason, if it can't be done: the reducer passes over it.
    pub fn try_turn(mut self, at_ms: u64, by: SeatId, act: &Act, op: &Op) -> Result<(), Trouble> {
        self.circle.at_ms = at_ms;
        match (act, op) {
            (Act::Stick(to), Op::Direct) => Ok(self.turns.pass_stick(by, *to, &self.circle, &mut Vec::new())?),
            (Act::None, Op::Turn(turn)) => self.turns.turn(by, turn, &self.circle, &mut Vec::new()),
            _ => Ok(()),
        }
    }
}
