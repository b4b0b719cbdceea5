//! What this member does, on its way into the log; and the log, as it comes back.

use std::collections::VecDeque;

use super::ballot::Check;
use super::keys::{Keys, bound};
use super::private::Private;
use super::state_history::StateHistory;
use super::{Effect, Member, Start};
use crate::crypto::group::{Commit, Group};
use crate::ids::{ActionNo, Attempt, Index, Nameplate, SeatId, Time};
use crate::session::poll::{Poll, Step};
use crate::session::{Departure, Ended, Event, Fact, Intent, Op, Power, Trouble, TurnEvent, Whom, clean};
use crate::wire::{Act, Blob, Entry, EntryKind, Gone, Ticket, ToRelay, limits};

/// An action that is not in the log yet.
struct Pending {
    number: ActionNo,
    act: Act,
    what: What,
    /// As the log will show it, sealed with the keys of now.
    sealed: Option<Blob>,
    /// Whether it was sent on this link.
    sent: bool,
}

enum What {
    /// To be sealed with the keys of the moment.
    Op(Op),
    /// New keys. Good for one epoch only.
    Commit(Blob, Newcomers),
    /// Sealed to a few, with the keys of the moment.
    Private(Box<Private>),
}

/// Whom a commit lets in, each with the message by which they have the group's keys.
pub(super) type Newcomers = Vec<(Attempt, SeatId, Vec<u8>)>;

/// My actions: numbered without gaps, kept until the log shows them or the relay says no.
#[derive(Default)]
pub(super) struct Actions {
    pending: VecDeque<Pending>,
    newest: ActionNo,
    /// Nothing is sent while an entry is being taken in: it may bring new keys.
    pub(super) held: bool,
    /// Up to this entry the log is being caught up, and then what was dealt with up to that action is decided.
    catching_up: Option<(Index, ActionNo)>,
}

impl Actions {
    fn add(&mut self, act: Act, what: What) -> Result<(), Trouble> {
        if self.pending.len() >= limits::PENDING_ACTIONS {
            return Err(Trouble::TooFast);
        }
        self.newest = self.newest.next();
        self.pending.push_back(Pending { number: self.newest, act, what, sealed: None, sent: false });
        Ok(())
    }

    /// Whether the log is still being caught up.
    pub(super) fn is_catching_up(&self) -> bool {
        self.catching_up.is_some()
    }

    /// Whether I am telling the relay who is to be named for the door.
    pub(super) fn names_doors(&self) -> bool {
        self.pending.iter().any(|pending| matches!(pending.act, Act::Doors(_)))
    }

    /// What I have done and the log doesn't show yet, in order, but for new keys.
    pub(super) fn open(&self) -> impl Iterator<Item = (&Act, &Op)> {
        self.pending.iter().filter_map(|pending| match &pending.what {
            What::Op(op) => Some((&pending.act, op)),
            What::Commit(..) | What::Private(_) => None,
        })
    }

    /// The number that my next action gets.
    pub(super) fn next_number(&self) -> ActionNo {
        self.newest.next()
    }

    /// Something for a few.
    pub(super) fn add_private(&mut self, private: Private) -> Result<(), Trouble> {
        self.add(Act::None, What::Private(Box::new(private)))
    }

    /// New keys, to be offered to the group.
    pub(super) fn add_commit(&mut self, act: Act, commit: Commit, knocks: &[Attempt]) -> Result<(), Trouble> {
        let message = Blob::new(commit.message).ok_or(Trouble::NotTaken(None))?;
        let seated = knocks.iter().copied().zip(commit.seats).zip(commit.welcomes);
        let newcomers = seated.map(|((knock, seat), welcome)| (knock, seat, welcome)).collect();
        self.add(act, What::Commit(message, newcomers))
    }

    /// Whether I know all that the log has.
    pub(super) fn is_whole(&self) -> bool {
        self.catching_up.is_none()
    }

    /// What is to be sent now: in order, and nothing that comes after new keys until they are there.
    fn unsent(&mut self, group: &mut Group, history: &StateHistory, poll: Option<&Poll>) -> Vec<ToRelay> {
        let mut messages = Vec::new();
        if self.catching_up.is_some() || self.held {
            return messages;
        }
        self.withdraw(poll);
        for pending in &mut self.pending {
            let commits = matches!(pending.what, What::Commit(..));
            if !pending.sent {
                let Some(body) = pending.sealed.take().or_else(|| pending.seal(group, history)) else { break };
                pending.sealed = Some(body.clone());
                pending.sent = true;
                let (number, act) = (pending.number, pending.act.clone());
                messages.push(ToRelay::Append { number, epoch: group.epoch(), act, body });
            }
            if commits {
                break;
            }
        }
        messages
    }

    /// What would come too late in the secret vote as it stands is not sent any more; its number goes with a word that says
    /// nothing.
    fn withdraw(&mut self, poll: Option<&Poll>) {
        for pending in self.pending.iter_mut().filter(|pending| !pending.sent) {
            if let What::Op(Op::Poll(number, step)) = &pending.what
                && !poll.is_some_and(|poll| poll.takes(*number, step))
            {
                (pending.what, pending.sealed) = (What::Op(Op::Poll(0, Step::Due)), None);
            }
        }
    }

    /// A new link: nothing was sent on it yet. What the relay dealt with is known once the log is whole again.
    fn resume(&mut self, head: Index, last: ActionNo) {
        self.catching_up = Some((head, last));
        self.pending.iter_mut().for_each(|pending| pending.sent = false);
    }

    /// New keys: what isn't in the log yet was passed over, and is sealed anew. Whether a commit of mine was among it, which
    /// has come too late; the numbers after it close up.
    pub(super) fn enter_epoch(&mut self) -> bool {
        let before = self.pending.len();
        let first = self.pending.front().map(|pending| pending.number);
        self.pending.retain(|pending| !matches!(pending.what, What::Commit(..)));
        let mut number = first.unwrap_or_default();
        for pending in &mut self.pending {
            (pending.sealed, pending.sent) = (None, false);
            pending.number = number;
            number = number.next();
        }
        let late = before - self.pending.len();
        self.newest = ActionNo(self.newest.0 - late as u64);
        late > 0
    }

    /// The log shows it.
    fn seen(&mut self, number: ActionNo) -> Option<Pending> {
        let at = self.pending.iter().position(|pending| pending.number == number)?;
        self.pending.remove(at)
    }

    /// Those up to `last` that are still open: the relay dealt with them, and the log doesn't show them.
    fn take_up_to(&mut self, last: ActionNo) -> Vec<Pending> {
        let count = self.pending.iter().take_while(|pending| pending.number <= last).count();
        self.pending.drain(..count).collect()
    }

    /// Once the log is whole again, what was dealt with and isn't in it was not taken.
    fn settle(&mut self, index: Index) -> Option<Vec<Pending>> {
        let (_, last) = self.catching_up.take_if(|(head, _)| index >= *head)?;
        Some(self.take_up_to(last))
    }
}

impl Pending {
    fn seal_op(&self, op: &Op, group: &mut Group, history: &StateHistory) -> Option<Blob> {
        let (bound, said) = (bound(self.number, &self.act), history.say(op)?);
        // Steps of a vote come from everybody at once, and have one length whatever the choice is.
        let sealed = if let Op::Poll(..) = op { group.seal_bare(&bound, &said) } else { group.seal(&bound, &said) };
        Blob::new(sealed.ok()?)
    }

    fn seal(&self, group: &mut Group, history: &StateHistory) -> Option<Blob> {
        match &self.what {
            What::Commit(message, _) => Some(message.clone()),
            What::Op(op) => self.seal_op(op, group, history),
            What::Private(private) => self.seal_op(&private.op(group)?, group, history),
        }
    }
}

impl Member {
    /// Turns a wish into an action and sends it.
    pub(super) fn act(&mut self, intent: Intent, now: Time) -> Result<(), Trouble> {
        if self.room.me.is_none() {
            return Err(Trouble::NotTaken(None));
        }
        match intent {
            Intent::Hand { up } => self.append(Act::None, Op::Hand { up }),
            Intent::Chat(text) => self.append(Act::None, Op::Chat(clean::chat(&text))),
            Intent::Verified { same } => self.append(Act::None, Op::Verified { same }),
            Intent::Decide(what) => self.decide(what),
            Intent::Mic { .. } | Intent::Leave | Intent::Agree | Intent::SoundCheck | Intent::SkipMissed => Ok(()),
            Intent::Private(..) | Intent::HelpMe | Intent::Here | Intent::FollowUp(..) => self.confide(intent),
            Intent::Handled(_) | Intent::Note(_) => self.confide(intent),
            Intent::Role(seat, role) => self.name_role(seat, role),
            Intent::TakeBack => self.take_back(),
            Intent::Turn(turn) => self.turn(turn, now),
            Intent::Stick(to) => self.pass_stick(to, now),
            _ if !self.room.am_facilitator() => Err(Trouble::NotFacilitator),
            Intent::Admit(_) | Intent::Close if !self.room.may_admit() => Err(Trouble::OnlyLeads),
            Intent::Admit(whom) => self.admit(whom, now),
            Intent::TurnAway(attempt) => self.turn_away(attempt),
            Intent::Mute { whom: Whom::One(seat), muted } => self.mute_one(seat, muted),
            Intent::Mute { whom: Whom::All, muted } => self.mute_all(muted, now),
            Intent::AllowTry => {
                self.allow_try(now);
                Ok(())
            }
            Intent::NewCode => {
                self.renew_code();
                Ok(())
            }
            Intent::Verify => {
                self.verify(now);
                Ok(())
            }
            Intent::Lock { locked } => {
                self.may(Power::Lock, None)?;
                self.append(Act::Lock(locked), Op::Direct)
            }
            Intent::Remove(seat) => {
                self.may(Power::Remove, Some(seat))?;
                self.remove(seat, now)
            }
            Intent::Close => self.close(),
            Intent::CloseNow => self.append(Act::Close, Op::Direct),
        }
    }

    pub(super) fn append(&mut self, act: Act, op: Op) -> Result<(), Trouble> {
        op.encode().ok_or(Trouble::NotTaken(None))?;
        self.actions.add(act, What::Op(op))?;
        self.flush();
        Ok(())
    }

    /// Sends what is due, sealed with the keys of now.
    pub(super) fn flush(&mut self) {
        let Some(keys) = self.keys.as_mut().filter(|_| self.connection.is_up()) else { return };
        let messages = self.actions.unsent(&mut keys.group, &self.history, self.room.state.poll.as_ref());
        messages.into_iter().for_each(|message| self.send(message));
    }

    /// The room is open and mine to hold.
    pub(super) fn hosting(&mut self, nameplate: Nameplate, seat: SeatId, ticket: Ticket, now: Time) {
        let Start::Host { title, charter, .. } = &self.config.start else { return };
        let op = Op::Open { title: title.clone(), name: self.config.name.clone(), charter: *charter };
        let seed = self.draw();
        let group = Group::create(&self.config.name, seed).and_then(|group| {
            let me = group.me();
            Keys::new(group, [me].into_iter().collect())
        });
        let Some(keys) = group.ok().filter(|keys| keys.group.me() == seat) else { return self.end(Ended::KeysLost) };
        self.keys = Some(keys);
        self.room.me = Some(seat);
        self.room.clock = (now, 0);
        self.ticket = Some(ticket);
        self.keep_door(Some(nameplate));
        if let Err(trouble) = self.append(Act::None, op) {
            self.tell(Event::Trouble(trouble));
        }
    }

    /// Back on a new link; what the relay has not dealt with is sent once more.
    pub(super) fn resumed(&mut self, head: Index, last: ActionNo, now: Time) {
        self.actions.resume(head, last);
        self.back();
        self.settle(now);
        self.note_door(now);
    }

    fn settle(&mut self, now: Time) {
        let Some(open) = self.actions.settle(self.room.state.index) else { return };
        open.into_iter().for_each(|pending| self.not_taken(pending, now));
        self.flush();
        self.commit_due(now);
    }

    fn not_taken(&mut self, pending: Pending, now: Time) {
        match pending.what {
            What::Op(Op::Chat(text)) => self.tell(Event::Trouble(Trouble::NotTaken(Some(text)))),
            What::Op(Op::Direct) if matches!(pending.act, Act::Doors(_)) => self.doors_refused(now),
            What::Op(Op::Poll(number, step)) => {
                if let Err(trouble) = self.step_not_taken(number, step) {
                    self.tell(Event::Trouble(trouble));
                }
            }
            What::Op(_) => self.tell(Event::Trouble(Trouble::NotTaken(None))),
            What::Commit(..) => self.commit_refused(now),
            What::Private(private) => self.private_refused(&private),
        }
    }

    /// The relay says no.
    pub(super) fn rejected(&mut self, number: ActionNo, now: Time) {
        if let Some(pending) = self.actions.seen(number) {
            self.not_taken(pending, now);
            self.flush();
        }
    }

    /// My seat is gone, and with it whatever was on its way.
    pub(super) fn abandon(&mut self, now: Time) {
        let open = std::mem::take(&mut self.actions).take_up_to(ActionNo(u64::MAX));
        open.into_iter().for_each(|pending| self.not_taken(pending, now));
        self.keys = None;
    }

    /// The next entry of the log.
    pub(super) fn entry(&mut self, entry: Entry, now: Time) {
        let state = &mut self.room.state;
        if self.room.me.is_none() || entry.index <= state.index {
            return;
        }
        if entry.index != state.index.next() {
            // The stream keeps its order, so something is amiss; a new link asks for what is missing.
            self.tell(Event::Trouble(Trouble::Diverged));
            return self.redial(now);
        }
        let (mut newcomers, mut private) = (None, None);
        let fact = match entry.kind {
            EntryKind::Gone(seat, why) => Some(Fact::Gone(seat, why)),
            EntryKind::Lapsed(seat) => Some(Fact::Lapsed(seat)),
            EntryKind::Action { seat, number, act, body } => {
                let pending = (Some(seat) == self.room.me).then(|| self.actions.seen(number)).flatten();
                match pending {
                    Some(pending) => self.mine(seat, pending, &act, &body, (&mut newcomers, &mut private)),
                    None => self.open(seat, number, act, &body, now),
                }
            }
        };
        let Some(fact) = fact else { return self.end(Ended::KeysLost) };
        let check = Check(self.keys.as_ref().map_or(&[], |keys| keys.group.id()));
        let code_age = self.room.state.code_age();
        let events = self.room.state.apply_with(entry.index, entry.at_ms, &fact, &check);
        self.room.clock = (now, entry.at_ms);
        let opened =
            matches!(fact, Fact::Action { op: Some(Op::Open { .. }), .. }) && self.room.state.index == Index(1);
        if events.is_empty() {
            self.came_too_late(&fact);
        }
        self.actions.held = true;
        self.confided_in(&fact, code_age);
        for event in events {
            self.follow(event, opened, now);
        }
        self.floor_changed();
        self.keep_confided(private);
        let (index, hash) = (self.room.state.index, self.room.state.hash());
        self.history.add(index, &hash);
        if opened {
            self.joined(now);
        } else {
            self.tell(Event::State { index, hash });
        }
        self.actions.held = false;
        if let Fact::Commit { replaced, removed, admitted, .. } = fact {
            self.enter_epoch(replaced.iter().chain(removed.iter()).collect(), now);
            self.repeat_floor(admitted.iter().map(|(seat, _)| *seat).collect());
        }
        for (knock, seat, welcome) in newcomers.unwrap_or_default() {
            self.welcome(knock, seat, welcome);
        }
        self.flush();
        self.settle(now);
        if let Err(trouble) = self.tend_poll() {
            self.tell(Event::Trouble(trouble));
        }
        self.commit_due(now);
        self.note_door(now);
        self.watch_turns(now);
    }

    /// My own action has its place. What the log shows, if it does, must be what I sent.
    fn mine(
        &mut self,
        seat: SeatId,
        pending: Pending,
        act: &Act,
        body: &Blob,
        (newcomers, private): (&mut Option<Newcomers>, &mut Option<Box<Private>>),
    ) -> Option<Fact> {
        let Pending { number, act: meant, what, sealed, .. } = pending;
        if meant != *act || sealed.is_none_or(|sealed| *body != Blob::default() && *body != sealed) {
            return None;
        }
        match (what, meant) {
            (What::Op(op), act) => Some(Fact::Action { seat, number, act, op: Some(op) }),
            (What::Private(mine), act) => {
                *private = Some(mine);
                // Of what is sealed nothing stands in the state.
                Some(Fact::Action { seat, number, act, op: Some(Op::Private(Vec::new())) })
            }
            (What::Commit(_, new), Act::Commit { replace, remove, .. }) => {
                let changed = self.keys.as_mut()?.group.take_commit().ok()?;
                *newcomers = Some(new);
                Some(Fact::Commit { seat, number, admitted: changed.added, replaced: replace, removed: remove })
            }
            _ => None,
        }
    }

    /// What the log says is passed on to the face, once I have done my part of it.
    fn follow(&mut self, event: Event, opening: bool, now: Time) {
        match &event {
            Event::Arrived { .. } if opening => return,
            Event::Arrived { seat, .. } => self.room.meet(*seat),
            Event::Departed { seat, why, .. } => {
                let (seat, why) = (*seat, *why);
                self.room.presence.remove(&seat);
                self.room.here.remove(&seat);
                // Whoever gets the seat next is not meant.
                self.door.wanted.removed.remove(seat);
                self.hushed(seat);
                self.forget_talker(seat);
                self.effects.push_back(Effect::Forget(seat));
                if Some(seat) == self.room.me {
                    return self.end(match why {
                        Departure::Gone(Gone::Left) => Ended::Left,
                        Departure::Removed => Ended::Removed,
                        Departure::Gone(Gone::Lost | Gone::NeverCame) | Departure::Returned => Ended::LineLost,
                    });
                }
                self.tell(event);
                if why == Departure::Removed && self.room.am_facilitator() {
                    // The member who was removed knows the words.
                    self.renew_code();
                }
                return;
            }
            Event::Muted { seat, muted } => {
                self.forget_past(*seat);
                if *muted {
                    self.hushed(*seat);
                }
            }
            Event::Hand { seat, .. } => {
                self.gave_sign(*seat);
                self.tell(event);
                return self.tell(Event::Turn(TurnEvent::Queue));
            }
            Event::Chat { seat, from, text } => {
                self.gave_sign(*seat);
                self.keep_chat(from.clone(), text.clone(), self.room.state.at_ms);
            }
            Event::Turn(turned) => self.turned(*turned, now),
            Event::Facilitator(seat) if Some(*seat) == self.room.me => self.keep_door(None),
            Event::Facilitator(_) => self.lose_door(),
            Event::Verify => {
                (self.room.words, self.room.verify_over) = (None, false);
                if let Some(secret) = self.keys.as_ref().and_then(|keys| keys.group.verify_secret().ok()) {
                    self.effects.push_back(Effect::MakeWords(secret));
                }
            }
            Event::VerifyOver(_) => self.room.verify_over = true,
            Event::Closed(how) => return self.end(how.clone()),
            Event::Role { seat, role } => {
                let (seat, role) = (*seat, *role);
                self.tell(event);
                return self.role_changed(seat, role);
            }
            Event::Here(seat) => drop(self.room.here.insert(*seat, self.room.clock.0)),
            Event::Alarm { .. } | Event::SeenTo { .. } if !self.room.hears_of_trouble() => return,
            _ => {}
        }
        self.tell(event);
    }
}
