//! A group's keys: Messaging Layer Security (RFC 9420) by the `mls-rs` crate, held to what ingle needs of it.
//!
//! One suite, names as credentials, adds and removes by value, everything sealed. No proposals by themselves, no joining
//! from outside, no pre-shared keys, no extensions. The keys of earlier epochs are not kept: one relay puts all messages in
//! one order, so nothing is opened under an earlier epoch than it was sealed in.
//!
//! A group is a pure value: all randomness follows from a seed, no clock is read (the life of a key package is not looked
//! at, so machines with wrong clocks understand each other), and nothing is written to disk. A seat is a leaf of the tree.

mod envelope;
mod names;
mod newcomer;
mod pad;
mod private;
mod rules;
mod source;
pub mod suite;
#[cfg(test)]
mod tests;

use mls_rs::client_builder::{BaseConfig, WithCryptoProvider, WithIdentityProvider, WithMlsRules};
use mls_rs::group::proposal::Proposal;
use mls_rs::group::{CommitEffect, CommitMessageDescription, CommitSecrets, ContentType, ReceivedMessage, Roster};
use zeroize::Zeroizing;

use crate::ids::{Epoch, SeatId, SeatSet};
use crate::wire::limits;
use names::{Names, name_of};
pub use newcomer::{Newcomer, name_in};
use rules::{Plan, Rules};
use suite::Provider;

type Config = WithMlsRules<Rules, WithIdentityProvider<Names, WithCryptoProvider<Provider, BaseConfig>>>;
type Mls = mls_rs::Group<Config>;

/// Label of the key that SFrame's keys come from (RFC 9605, section 5.2).
const FRAME_LABEL: &[u8] = b"SFrame 1.0 Base Key";
const VERIFY_LABEL: &[u8] = b"ingle verify";

/// Why something was not done with the group's keys. The group is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupError {
    /// Damaged, of another group, another epoch, another place or kind, or opened before.
    #[error("no message that this group can open now")]
    Message,
    /// More bytes than the limit.
    #[error("more than a message may hold")]
    TooLong,
    /// Sealed by another than it is said to come from, or by ourselves.
    #[error("the message was sealed by somebody else")]
    Sender,
    /// A commit that does what it may not.
    #[error("the commit does what it may not do")]
    NotAllowed,
    /// Keys of a newcomer that can't be taken in.
    #[error("these are no newcomer's keys that this group can take")]
    KeyPackage,
    /// A welcome that doesn't fit these keys, or a group that we don't join.
    #[error("no welcome to a group that can be joined")]
    Welcome,
    /// Too long for a name.
    #[error("the name is too long")]
    Name,
    /// No seat for so many.
    #[error("there are not enough free seats")]
    Full,
    /// A commit waits already, or none does.
    #[error("a commit waits already, or none does")]
    Waiting,
    /// We have been removed.
    #[error("we are no longer in this group")]
    Removed,
    /// The library failed where it can't.
    #[error("the group's keys can't be used")]
    Broken,
}

/// A commit that we made, and what it needs beside it. It counts once the relay has put it first: see
/// [`Group::take_commit`].
pub struct Commit {
    /// For the members.
    pub message: Vec<u8>,
    /// For the newcomers: one for each key package, in their order.
    pub welcomes: Vec<Vec<u8>>,
    /// The newcomers' seats, in the same order.
    pub seats: Vec<SeatId>,
}

/// What another's commit may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// The seats that newcomers get: exactly these, in this order.
    pub add: Vec<SeatId>,
    /// Who has to go.
    pub must_remove: SeatSet,
    /// Who may go beside them: seats that the relay has given up already.
    pub may_remove: SeatSet,
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Who came in, lowest seat first. A seat may be of one who is in `removed`.
    pub added: Vec<(SeatId, String)>,
    /// Who went.
    pub removed: SeatSet,
    /// Whether that is us. Nothing can be sealed or opened any more; the group should be dropped.
    pub me_removed: bool,
}

/// One member's part of a group's keys. Its secrets leave memory when it is dropped.
pub struct Group {
    mls: Mls,
    rules: Rules,
    /// A commit of ours that waits for the relay's order.
    waiting: Option<CommitSecrets>,
    removed: bool,
}

impl Group {
    /// A group of one, on seat 0. `seed` is used once.
    ///
    /// # Errors
    /// [`GroupError::Name`] if `name` has more than [`limits::NAME_CHARS`] times 4 bytes.
    pub fn create(name: &str, seed: [u8; 32]) -> Result<Self, GroupError> {
        newcomer::create(name, seed)
    }

    /// What tells this group from every other: random, and the same at all members.
    pub fn id(&self) -> &[u8] {
        self.mls.group_id()
    }

    /// Our seat.
    pub fn me(&self) -> SeatId {
        seat_of(self.mls.current_member_index())
    }

    /// The number of the present keys.
    pub fn epoch(&self) -> Epoch {
        // Larger ones are refused on joining and when a commit is made or applied.
        Epoch(u32::try_from(self.mls.current_epoch()).unwrap_or(u32::MAX))
    }

    /// Who is in the group.
    pub fn seats(&self) -> SeatSet {
        seat_set(&self.mls.roster())
    }

    /// The name that the member on `seat` has chosen and signed.
    pub fn name(&self, seat: SeatId) -> Option<String> {
        let member = self.mls.member_at_index(u32::from(seat.0))?;
        name_of(&member.signing_identity).ok().map(str::to_owned)
    }

    /// The seats that `count` newcomers would get in a commit that removes `remove`, in order; `None` if there are not as
    /// many.
    pub fn seats_for(&self, remove: SeatSet, count: usize) -> Option<Vec<SeatId>> {
        free_seats(self.seats(), remove, count)
    }

    /// Seals what we say in this epoch, padded so that its length tells little. `bound` is authenticated with it, and neither
    /// hidden nor part of the message: who opens it must know it.
    ///
    /// # Errors
    /// [`GroupError::TooLong`] if the message would be longer than [`limits::BLOB`]; [`GroupError::Removed`].
    pub fn seal(&mut self, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, GroupError> {
        self.seal_padded(bound, plain.len(), pad::pad(plain))
    }

    /// The same with no more padding than is needed to open it: for what has one length whatever it says.
    ///
    /// # Errors
    /// As of [`seal`](Self::seal).
    pub fn seal_bare(&mut self, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, GroupError> {
        self.seal_padded(bound, plain.len(), pad::mark(plain))
    }

    fn seal_padded(&mut self, bound: &[u8], len: usize, padded: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, GroupError> {
        self.check_member()?;
        if bound.len() + len > limits::BLOB {
            return Err(GroupError::TooLong);
        }
        let message = self.mls.encrypt_application_message(&padded, bound.to_vec());
        let message = message.and_then(|message| message.to_bytes()).map_err(broken)?;
        self.pack(message, ContentType::Application, bound).and_then(bounded)
    }

    /// Opens what `sender` said in this epoch with the same `bound`. Each message opens once.
    ///
    /// # Errors
    /// [`GroupError::Message`], [`GroupError::TooLong`], [`GroupError::Sender`], [`GroupError::Removed`].
    pub fn open(&mut self, message: &[u8], sender: SeatId, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, GroupError> {
        let message = self.unpack(message, sender, ContentType::Application, bound)?;
        // A member can use up another's keys with a message that is no good; so the group as it was is kept beside.
        let before = self.mls.clone();
        let opened = self.mls.process_incoming_message(message).map_err(|_| GroupError::Message);
        let text = opened.and_then(|received| match received {
            ReceivedMessage::ApplicationMessage(said) if said.sender_index != u32::from(sender.0) => {
                Err(GroupError::Sender)
            }
            ReceivedMessage::ApplicationMessage(said) => {
                pad::cut(said.data()).map(|text| Zeroizing::new(text.to_vec())).ok_or(GroupError::Message)
            }
            _ => Err(GroupError::Message),
        });
        if text.is_err() {
            self.mls = before;
        }
        text
    }

    /// Prepares a commit that removes and adds; with neither, or if it shall be `fresh`, it renews our keys. The group
    /// stays in its epoch until [`take_commit`](Self::take_commit) or [`drop_commit`](Self::drop_commit).
    ///
    /// # Errors
    /// [`GroupError::Waiting`] if a commit waits already; [`GroupError::NotAllowed`] if `remove` has us or an empty seat;
    /// [`GroupError::Full`]; [`GroupError::KeyPackage`] if a key package is too long, damaged, or of one who is in already;
    /// [`GroupError::TooLong`]; [`GroupError::Removed`].
    pub fn commit(
        &mut self,
        bound: &[u8],
        remove: SeatSet,
        add: &[Vec<u8>],
        fresh: bool,
    ) -> Result<Commit, GroupError> {
        self.check_member()?;
        if self.waiting.is_some() {
            return Err(GroupError::Waiting);
        }
        let present = self.seats();
        if remove.contains(self.me()) || remove.iter().any(|seat| !present.contains(seat)) {
            return Err(GroupError::NotAllowed);
        }
        let seats = self.seats_for(remove, add.len()).ok_or(GroupError::Full)?;
        self.check_epochs_left()?;
        let packages = add.iter().map(|bytes| newcomer::parse(bytes)).collect::<Result<Vec<_>, _>>()?;

        let allowed = Allowed { add: seats.clone(), must_remove: remove, may_remove: SeatSet::default() };
        let plan = Plan::Commit { by: self.me(), allowed, fresh };
        let (built, refused) = self.rules.under(plan, || {
            let mut builder = self.mls.commit_builder().authenticated_data(bound.to_vec());
            for seat in remove.iter() {
                builder = builder.remove_member(u32::from(seat.0))?;
            }
            for package in packages {
                builder = builder.add_member(package)?;
            }
            builder.build_detached()
        });
        // What is left to go wrong are the newcomers' keys.
        let (output, secrets) = built.map_err(|_| match (refused, add.is_empty()) {
            (false, true) => GroupError::Broken,
            _ => GroupError::KeyPackage,
        })?;
        let message = output.commit_message.to_bytes().map_err(broken)?;
        let message = self.pack(message, ContentType::Commit, bound).and_then(bounded)?;
        let welcomes =
            output.welcome_messages.iter().map(|welcome| welcome.to_bytes().map_err(broken).and_then(bounded));
        let welcomes = welcomes.collect::<Result<Vec<_>, _>>()?;
        if welcomes.len() != seats.len() {
            return Err(GroupError::Broken);
        }
        self.waiting = Some(secrets);
        Ok(Commit { message, welcomes, seats })
    }

    /// Whether a commit of ours waits for the relay's order.
    pub fn has_commit(&self) -> bool {
        self.waiting.is_some()
    }

    /// Our commit came first: goes into its epoch.
    ///
    /// # Errors
    /// [`GroupError::Waiting`] if none waits.
    pub fn take_commit(&mut self) -> Result<Changed, GroupError> {
        let secrets = self.waiting.take().ok_or(GroupError::Waiting)?;
        let present = self.seats();
        let done = self.mls.apply_detached_commit(secrets).map_err(broken)?;
        changed(present, &done)
    }

    /// Our commit didn't come first: forgets it.
    pub fn drop_commit(&mut self) {
        self.waiting = None;
    }

    /// Applies the commit of `sender`, if it does what `allowed` says. A commit of ours that waits is dropped.
    ///
    /// # Errors
    /// [`GroupError::NotAllowed`] if it does anything else; [`GroupError::Message`], [`GroupError::TooLong`],
    /// [`GroupError::Sender`], [`GroupError::Removed`].
    pub fn apply(
        &mut self,
        message: &[u8],
        sender: SeatId,
        bound: &[u8],
        allowed: &Allowed,
    ) -> Result<Changed, GroupError> {
        let message = self.unpack(message, sender, ContentType::Commit, bound)?;
        self.check_epochs_left()?;
        let (before, present) = (self.mls.clone(), self.seats());
        let plan = Plan::Commit { by: sender, allowed: allowed.clone(), fresh: false };
        let (received, refused) = self.rules.under(plan, || self.mls.process_incoming_message(message));
        let result = match received {
            Ok(ReceivedMessage::Commit(done)) => self.look_at(&done, sender, present),
            Err(_) if refused => Err(GroupError::NotAllowed),
            _ => Err(GroupError::Message),
        };
        match &result {
            Ok(changed) => {
                self.waiting = None;
                self.removed = changed.me_removed;
            }
            Err(_) => self.mls = before,
        }
        result
    }

    /// The key that SFrame's keys come from, of this epoch.
    ///
    /// # Errors
    /// [`GroupError::Removed`].
    pub fn frame_key(&self) -> Result<Zeroizing<[u8; 48]>, GroupError> {
        self.export(FRAME_LABEL)
    }

    /// The secret that spoken words are made of, of this epoch.
    ///
    /// # Errors
    /// [`GroupError::Removed`].
    pub fn verify_secret(&self) -> Result<Zeroizing<[u8; 32]>, GroupError> {
        self.export(VERIFY_LABEL)
    }

    /// The same for all members of this epoch who agree on all that happened before (RFC 9420, section 8.7). No secret
    /// that anything is sealed with.
    ///
    /// # Errors
    /// [`GroupError::Broken`], which can't be.
    pub fn authenticator(&self) -> Result<[u8; 32], GroupError> {
        let secret = self.mls.epoch_authenticator().map_err(broken)?;
        secret.as_bytes().try_into().map_err(|_| GroupError::Broken)
    }

    fn export<const N: usize>(&self, label: &[u8]) -> Result<Zeroizing<[u8; N]>, GroupError> {
        self.check_member()?;
        let secret = self.mls.export_secret(label, b"", N).map_err(broken)?;
        let mut key = Zeroizing::new([0; N]);
        if secret.as_bytes().len() != N {
            return Err(GroupError::Broken);
        }
        key.copy_from_slice(secret.as_bytes());
        Ok(key)
    }

    fn check_member(&self) -> Result<(), GroupError> {
        if self.removed { Err(GroupError::Removed) } else { Ok(()) }
    }

    fn check_epochs_left(&self) -> Result<(), GroupError> {
        if self.mls.current_epoch() < u64::from(u32::MAX) { Ok(()) } else { Err(GroupError::Broken) }
    }

    /// Looks at a commit that is applied already, and says what it did.
    fn look_at(
        &self,
        done: &CommitMessageDescription,
        sender: SeatId,
        present: SeatSet,
    ) -> Result<Changed, GroupError> {
        if done.is_external || done.committer != u32::from(sender.0) {
            return Err(GroupError::Sender);
        }
        // The committer's new leaf is the one thing that the rules have not seen.
        let leaf = self.mls.member_at_index(done.committer);
        if !leaf.is_some_and(|leaf| leaf.extensions.is_empty()) {
            return Err(GroupError::NotAllowed);
        }
        changed(present, done)
    }
}

fn seat_of(leaf: u32) -> SeatId {
    // Groups with more leaves than seats are neither joined nor made.
    SeatId(u8::try_from(leaf).unwrap_or(u8::MAX))
}

fn seat_set(roster: &Roster<'_>) -> SeatSet {
    roster.members_iter().map(|member| seat_of(member.index)).collect()
}

/// The first `count` seats that nobody has once `remove` is gone: where the library puts newcomers (RFC 9420, section 7.7).
fn free_seats(present: SeatSet, remove: SeatSet, count: usize) -> Option<Vec<SeatId>> {
    let stays = |seat: &SeatId| present.contains(*seat) && !remove.contains(*seat);
    let all = || (0..SeatId::COUNT).map(SeatId);
    if all().filter(stays).count().checked_add(count)? > limits::MEMBERS {
        return None;
    }
    let free: Vec<SeatId> = all().filter(|seat| !stays(seat)).take(count).collect();
    (free.len() == count).then_some(free)
}

/// What a commit did to a group in which `present` were.
fn changed(present: SeatSet, done: &CommitMessageDescription) -> Result<Changed, GroupError> {
    let (epoch, me_removed) = match &done.effect {
        CommitEffect::NewEpoch(epoch) => (epoch, false),
        CommitEffect::Removed { new_epoch, .. } => (new_epoch, true),
        CommitEffect::ReInit(_) => return Err(GroupError::NotAllowed),
    };
    let (mut removed, mut names) = (SeatSet::default(), Vec::new());
    for proposal in epoch.applied_proposals() {
        match &proposal.proposal {
            Proposal::Remove(remove) => removed.insert(seat_of(remove.to_remove())),
            Proposal::Add(add) => names.push(name_of(add.signing_identity()).map_err(broken)?.to_owned()),
            _ => return Err(GroupError::NotAllowed),
        }
    }
    let seats = free_seats(present, removed, names.len()).ok_or(GroupError::Broken)?;
    Ok(Changed { added: seats.into_iter().zip(names).collect(), removed, me_removed })
}

fn bounded(bytes: Vec<u8>) -> Result<Vec<u8>, GroupError> {
    if bytes.len() > limits::BLOB { Err(GroupError::TooLong) } else { Ok(bytes) }
}

fn broken<E>(_: E) -> GroupError {
    GroupError::Broken
}
