//! The group's log, as this member writes to it and reads it.
//!
//! Whatever a member does goes into the log sealed with the group's keys, and counts once it comes back from there. So whoever
//! holds the log holds the keys, the actions under way and what the state has been lately.

use super::actions::{Actions, Newcomers, Pending, What};
use super::context::Context;
use super::keys::{Keys, bound};
use super::private::Private;
use super::state_history::StateHistory;
use crate::crypto::frame::Frames;
use crate::crypto::group::{Allowed, Commit};
use crate::ids::{ActionNo, Attempt, Index, SeatId, SeatSet};
use crate::session::{Ended, Event, Fact, Op, Trouble};
use crate::wire::{Act, Blob, Entry, EntryKind, FrameHead};

/// My actions, the group's keys and what the state has been lately.
#[derive(Default)]
pub(super) struct Log {
    actions: Actions,
    /// While I have a seat.
    keys: Option<Keys>,
    history: StateHistory,
}

/// What an entry says, and what of mine comes of it.
pub(super) struct Reading {
    pub(super) fact: Fact,
    /// The joiners whom my commit lets in.
    pub(super) newcomers: Newcomers,
    /// What I said to a few.
    pub(super) private: Option<Box<Private>>,
}

impl From<Fact> for Reading {
    fn from(fact: Fact) -> Self {
        Self { fact, newcomers: Newcomers::new(), private: None }
    }
}

impl Log {
    /// The log of a group that I have just opened or come into.
    pub(super) fn new(keys: Keys) -> Self {
        Self { keys: Some(keys), ..Self::default() }
    }

    /// The group's keys; `None` without a seat.
    pub(super) fn keys(&self) -> Option<&Keys> {
        self.keys.as_ref()
    }

    /// The same, to be changed.
    pub(super) fn keys_mut(&mut self) -> Option<&mut Keys> {
        self.keys.as_mut()
    }

    /// The keys of voices.
    pub(super) fn frames(&mut self) -> Option<&mut Frames> {
        self.keys.as_mut().map(|keys| &mut keys.frames)
    }

    /// The group's id; empty without a seat.
    pub(super) fn group_id(&self) -> &[u8] {
        self.keys.as_ref().map_or(&[], |keys| keys.group.id())
    }

    /// Whether everything in the log is known to me, as far as the relay has told.
    pub(super) fn is_whole(&self) -> bool {
        self.actions.is_whole()
    }

    /// Whether nothing of mine is on its way.
    pub(super) fn is_idle(&self) -> bool {
        self.actions.are_none()
    }

    /// Whether the relay is being told who may hold the door next.
    pub(super) fn names_doors(&self) -> bool {
        self.actions.names_doors()
    }

    /// The number that my next action gets.
    pub(super) fn next_number(&self) -> ActionNo {
        self.actions.next_number()
    }

    /// Sends an operation of mine, with what the relay is to do.
    ///
    /// # Errors
    /// [`Trouble`] if it is too long, or too many are on their way.
    pub(super) fn append(&mut self, act: Act, op: Op, cx: &mut Context) -> Result<(), Trouble> {
        op.encode().ok_or(Trouble::NotTaken(None))?;
        self.actions.add(act, What::Op(op))?;
        self.flush(cx);
        Ok(())
    }

    /// Sends something to a few.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub(super) fn append_private(&mut self, private: Private, cx: &mut Context) -> Result<(), Trouble> {
        self.actions.add(Act::None, What::Private(Box::new(private)))?;
        self.flush(cx);
        Ok(())
    }

    /// Keeps a commit, to be sent with what follows it.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub(super) fn add_commit(&mut self, act: Act, commit: Commit, knocks: &[Attempt]) -> Result<(), Trouble> {
        self.actions.add_commit(act, commit, knocks)
    }

    /// The relay did not take my commit.
    pub(super) fn drop_commit(&mut self) {
        if let Some(keys) = &mut self.keys {
            keys.group.drop_commit();
        }
    }

    /// Sends what is due, sealed with the present keys.
    pub(super) fn flush(&mut self, cx: &mut Context) {
        let Some(keys) = self.keys.as_mut().filter(|_| cx.line_up) else { return };
        let messages = self.actions.unsent(&mut keys.group, &self.history, cx.room.state.decisions.poll.as_ref());
        messages.into_iter().for_each(|message| cx.send(message));
    }

    /// Whether an action of mine would change something in the group as far as I know it, and after what I have done that the
    /// log doesn't show yet.
    ///
    /// # Errors
    /// The reason why it wouldn't.
    pub(super) fn check(&self, act: &Act, op: &Op, cx: &Context) -> Result<(), Trouble> {
        let seat = cx.room.me.ok_or(Trouble::NotTaken(None))?;
        let mut state = cx.room.state.clone();
        let at_ms = cx.group_ms().max(state.circle.at_ms);
        for (act, op) in self.actions.open() {
            let fact = Fact::Action { seat, number: ActionNo(0), act: act.clone(), op: Some(op.clone()) };
            state.apply(state.index.next(), at_ms, &fact);
        }
        state.try_turn(at_ms, seat, act, op)
    }

    /// Holds back what is to be sent while an entry is applied, which may bring new keys; or no more.
    pub(super) fn hold(&mut self, held: bool) {
        self.actions.held = held;
    }

    /// Back on a new link, where the log goes up to `head` and the relay dealt with my actions up to `last`.
    pub(super) fn resume(&mut self, head: Index, last: ActionNo) {
        self.actions.resume(head, last);
    }

    /// Once the log is whole again up to `index`: the actions that the relay dealt with and the log doesn't show.
    pub(super) fn settle(&mut self, index: Index) -> Option<Vec<Pending>> {
        self.actions.settle(index)
    }

    /// Takes out an action that the relay has rejected.
    pub(super) fn rejected(&mut self, number: ActionNo) -> Option<Pending> {
        self.actions.take(number)
    }

    /// My seat is gone: whatever was on its way.
    pub(super) fn abandon(&mut self) -> Vec<Pending> {
        std::mem::take(&mut self.actions).take_up_to(ActionNo(u64::MAX))
    }

    /// Lets go of the group's keys.
    pub(super) fn drop_keys(&mut self) {
        self.keys = None;
    }

    /// The state after an entry.
    pub(super) fn remember(&mut self, index: Index, hash: &[u8; 32]) {
        self.history.add(index, hash);
    }

    /// An entry as the others are told it: of mine, I may have been told without the body that I have sealed.
    pub(super) fn with_my_body(&self, entry: &Entry, cx: &Context) -> Entry {
        let mut whole = entry.clone();
        if let EntryKind::Action { seat, number, body, .. } = &mut whole.kind
            && Some(*seat) == cx.room.me
            && *body == Blob::default()
            && let Some(sealed) = self.actions.sealed(*number)
        {
            *body = sealed.clone();
        }
        whole
    }

    /// My newest action of which I know what became.
    pub(super) fn last_known(&self) -> ActionNo {
        self.actions.last_known()
    }

    /// Reads an entry. `None` if it's a commit that doesn't hold, after which I have no keys for what follows, or my own action
    /// other than I sent it.
    pub(super) fn read(&mut self, entry: EntryKind, cx: &mut Context) -> Option<Reading> {
        match entry {
            EntryKind::Gone(seat, why) => Some(Fact::Gone(seat, why).into()),
            EntryKind::Lapsed(seat) => Some(Fact::Lapsed(seat).into()),
            EntryKind::Restored(_) => Some(Fact::Restored.into()),
            EntryKind::Action { seat, number, act, body } => {
                let mine = if Some(seat) == cx.room.me { self.actions.take(number) } else { None };
                match mine {
                    Some(pending) => self.read_mine(seat, pending, &act, &body),
                    None => self.read_others(seat, number, act, &body, cx).map(Reading::from),
                }
            }
        }
    }

    /// My own action has its place. What the log shows, if it does, must be what I sent.
    fn read_mine(&mut self, seat: SeatId, pending: Pending, act: &Act, body: &Blob) -> Option<Reading> {
        let Pending { number, act: meant, what, sealed, .. } = pending;
        if meant != *act || sealed.is_none_or(|sealed| *body != Blob::default() && *body != sealed) {
            return None;
        }
        match (what, meant) {
            (What::Op(op), act) => Some(Fact::Action { seat, number, act, op: Some(op) }.into()),
            (What::Private(mine), act) => {
                // What is sealed leaves nothing in the state.
                let fact = Fact::Action { seat, number, act, op: Some(Op::Private(Vec::new())) };
                Some(Reading { private: Some(mine), ..fact.into() })
            }
            (What::Commit(_, newcomers), Act::Commit { replace, remove, .. }) => {
                let admitted = self.keys.as_mut()?.group.take_commit().ok()?.added;
                let fact = Fact::Commit { seat, number, admitted, replaced: replace, removed: remove };
                Some(Reading { newcomers, ..fact.into() })
            }
            (What::Commit(..), _) => None,
        }
    }

    /// Reads somebody else's entry. What can't be opened says nothing.
    fn read_others(&mut self, seat: SeatId, number: ActionNo, act: Act, body: &Blob, cx: &mut Context) -> Option<Fact> {
        let seats = cx.seats();
        let keys = self.keys.as_mut()?;
        let bound = bound(number, &act);
        let Act::Commit { admit, replace, remove } = act else {
            let plain = keys.group.open(body.bytes(), seat, &bound).ok();
            let said = plain.and_then(|plain| self.history.read(&plain));
            if said.as_ref().is_none_or(|(_, same)| !same) && self.history.warns(cx.now) {
                cx.tell(Event::Trouble(Trouble::Diverged));
            }
            return Some(Fact::Action { seat, number, act, op: said.map(|(op, _)| op) });
        };
        let state = &cx.room.state;
        if state.circle.facilitator() != Some(seat) || !(admit.is_empty() || state.circle.roles.may_admit(seat)) {
            return None;
        }
        let must_remove: SeatSet = replace.iter().map(|(seat, _)| *seat).chain(remove.iter()).collect();
        let may_remove = must_remove.iter().chain(keys.gone(seats).iter()).collect();
        let allowed = Allowed { add: admit.iter().map(|(_, seat)| *seat).collect(), must_remove, may_remove };
        let changed = keys.group.apply(body.bytes(), seat, &bound, &allowed).ok()?;
        Some(Fact::Commit { seat, number, admitted: changed.added, replaced: replace, removed: remove })
    }

    /// A commit is in the log and its keys are mine: from here on they are used, and none before. `left` are the seats that it
    /// has taken, be they given anew or not. Returns the frames that came before their keys.
    ///
    /// # Errors
    /// [`Ended::KeysLost`] if the new keys give none for voices.
    pub(super) fn enter_epoch(&mut self, left: SeatSet, cx: &Context) -> Result<Vec<(FrameHead, Vec<u8>)>, Ended> {
        let Some(keys) = &mut self.keys else { return Ok(Vec::new()) };
        let base = keys.group.frame_key().map_err(|_| Ended::KeysLost)?;
        keys.frames.forget(left);
        let early = keys.frames.enter(keys.group.epoch(), &base, cx.seats(), cx.now);
        if self.actions.enter_epoch() {
            keys.group.drop_commit();
        }
        Ok(early)
    }
}
