//! This member's actions until the log shows them: numbered without gaps, sealed, and sent again where necessary.

use std::collections::VecDeque;

use super::keys::bound;
use super::private::Private;
use super::state_history::StateHistory;
use crate::crypto::group::{Commit, Group};
use crate::ids::{ActionNo, Attempt, Index, SeatId};
use crate::session::poll::{Poll, Step};
use crate::session::{Op, Trouble};
use crate::wire::{Act, Blob, ToRelay, limits};

/// An action that is not in the log yet.
pub(super) struct Pending {
    pub(super) number: ActionNo,
    pub(super) act: Act,
    pub(super) what: What,
    /// As the log will show it, sealed with the present keys.
    pub(super) sealed: Option<Blob>,
    /// Whether it was sent on this link.
    sent: bool,
}

/// What is sealed in an action.
pub(super) enum What {
    /// An operation, to be sealed with the keys at the time.
    Op(Op),
    /// New keys, good for one epoch only.
    Commit(Blob, Newcomers),
    /// Something for a few, to be sealed with the keys at the time.
    Private(Box<Private>),
}

/// The joiners whom a commit lets in, each with the message that gives them the group's keys.
pub(super) type Newcomers = Vec<(Attempt, SeatId, Vec<u8>)>;

/// My actions: numbered without gaps, kept until the log shows them or the relay says no.
#[derive(Default)]
pub(super) struct Actions {
    pending: VecDeque<Pending>,
    newest: ActionNo,
    /// Nothing is sent while an entry is being applied: it may bring new keys.
    pub(super) held: bool,
    /// While the log is being caught up: its last entry, and my last action that the relay has dealt with.
    catching_up: Option<(Index, ActionNo)>,
}

impl Actions {
    /// Keeps an action until the log shows it.
    ///
    /// # Errors
    /// [`Trouble::TooFast`] if too many are on their way.
    pub(super) fn add(&mut self, act: Act, what: What) -> Result<(), Trouble> {
        if self.pending.len() >= limits::PENDING_ACTIONS {
            return Err(Trouble::TooFast);
        }
        self.newest = self.newest.next();
        self.pending.push_back(Pending { number: self.newest, act, what, sealed: None, sent: false });
        Ok(())
    }

    /// Whether nothing waits to be shown by the log.
    pub(super) fn are_none(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether I am telling the relay who may hold the door next.
    pub(super) fn names_doors(&self) -> bool {
        self.pending.iter().any(|pending| matches!(pending.act, Act::Doors(_)))
    }

    /// My operations that the log doesn't show yet, in order.
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

    /// What I have sealed in the action with this number, while the log doesn't show it.
    pub(super) fn sealed(&self, number: ActionNo) -> Option<&Blob> {
        self.pending.iter().find(|pending| pending.number == number)?.sealed.as_ref()
    }

    /// My newest action of which I know what became: the log showed it, or the relay said no.
    pub(super) fn last_known(&self) -> ActionNo {
        self.pending.front().map_or(self.newest, |pending| ActionNo(pending.number.0.saturating_sub(1)))
    }

    /// New keys, to be offered to the group.
    pub(super) fn add_commit(&mut self, act: Act, commit: Commit, knocks: &[Attempt]) -> Result<(), Trouble> {
        let message = Blob::new(commit.message).ok_or(Trouble::NotTaken(None))?;
        let seated = knocks.iter().copied().zip(commit.seats).zip(commit.welcomes);
        let newcomers = seated.map(|((knock, seat), welcome)| (knock, seat, welcome)).collect();
        self.add(act, What::Commit(message, newcomers))
    }

    /// Whether I know the whole log.
    pub(super) fn is_whole(&self) -> bool {
        self.catching_up.is_none()
    }

    /// What is to be sent now, in order. What follows new keys waits until the log shows them.
    pub(super) fn unsent(&mut self, group: &mut Group, history: &StateHistory, poll: Option<&Poll>) -> Vec<ToRelay> {
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

    /// A step that would come too late in the secret vote is not sent any more; a step that says nothing takes its number.
    fn withdraw(&mut self, poll: Option<&Poll>) {
        for pending in self.pending.iter_mut().filter(|pending| !pending.sent) {
            if let What::Op(Op::Poll(number, step)) = &pending.what
                && !poll.is_some_and(|poll| poll.takes(*number, step))
            {
                (pending.what, pending.sealed) = (What::Op(Op::Poll(0, Step::Due)), None);
            }
        }
    }

    /// A new link: nothing was sent on it yet. What became of my actions up to `last` is known once the log is whole again.
    pub(super) fn resume(&mut self, head: Index, last: ActionNo) {
        self.catching_up = Some((head, last));
        self.pending.iter_mut().for_each(|pending| pending.sent = false);
    }

    /// New keys: the relay has ignored what isn't in the log yet, and it is sealed anew. Returns whether a commit of mine was
    /// among it: that came too late and is dropped, and later actions move up in number.
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

    /// Takes out the action that has this number: the log shows it, or the relay says no.
    pub(super) fn take(&mut self, number: ActionNo) -> Option<Pending> {
        let at = self.pending.iter().position(|pending| pending.number == number)?;
        self.pending.remove(at)
    }

    /// Takes out the actions up to `last`: the relay has dealt with them, and the log doesn't show them.
    pub(super) fn take_up_to(&mut self, last: ActionNo) -> Vec<Pending> {
        let count = self.pending.iter().take_while(|pending| pending.number <= last).count();
        self.pending.drain(..count).collect()
    }

    /// Once the log is whole again: the actions that the relay has dealt with and that aren't in it, so weren't taken.
    pub(super) fn settle(&mut self, index: Index) -> Option<Vec<Pending>> {
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
