//! A group's keys: Messaging Layer Security (RFC 9420) by the `mls-rs` crate, held to what ingle needs of it.
//!
//! One suite, names as credentials, adds and removes by value, everything sealed. No standalone proposals, no external joins,
//! no pre-shared keys, no extensions. The keys of earlier epochs are not kept: one relay puts all messages in one order, so
//! nothing has to be opened in a later epoch than it was sealed in.
//!
//! A group is a pure value: all randomness comes from a seed, no clock is read (the lifetime of a key package is ignored, so
//! machines with wrong clocks get along), and nothing is written to disk. A seat is a leaf of the tree.

mod envelope;
mod error;
mod library;
mod names;
mod newcomer;
mod pad;
mod private;
mod rules;
mod seats;
mod source;
pub mod suite;
#[cfg(test)]
mod tests;

use mls_rs::group::proposal::Proposal;
use mls_rs::group::{CommitEffect, CommitMessageDescription, CommitSecrets, ContentType, ReceivedMessage};
use zeroize::Zeroizing;

pub use self::error::GroupError;
use self::error::broken;
use self::library::Mls;
use self::names::name_of;
pub use self::newcomer::{Newcomer, name_in};
use self::rules::{Plan, Rules};
pub use self::seats::Allowed;
use self::seats::{free_seats, seat_of};
use crate::ids::{Epoch, SeatId, SeatSet};
use crate::wire::limits;

/// Label of the key that SFrame's keys are derived from (RFC 9605, section 5.2).
const FRAME_LABEL: &[u8] = b"SFrame 1.0 Base Key";
const VERIFY_LABEL: &[u8] = b"ingle verify";

/// A commit of ours, and what goes with it. It counts once the relay has put it first: see [`Group::take_commit`].
pub struct Commit {
    /// For the members.
    pub message: Vec<u8>,
    /// For the newcomers: one for each key package, in their order.
    pub welcomes: Vec<Vec<u8>>,
    /// The newcomers' seats, in the same order.
    pub seats: Vec<SeatId>,
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The members who came in, lowest seat first. A seat may be in `removed` too.
    pub added: Vec<(SeatId, String)>,
    /// The seats of members who went.
    pub removed: SeatSet,
    /// Whether we are among them. Then nothing can be sealed or opened any more, and the group should be dropped.
    pub me_removed: bool,
}

impl Newcomer {
    /// Takes the welcome that the door made with its commit. Whether [`Group::me`] is the seat that the door named is for the
    /// caller to check.
    ///
    /// # Errors
    /// [`GroupError::Welcome`] if it is for others, damaged, or to a group of another kind; [`GroupError::TooLong`].
    pub fn join(self, welcome: &[u8]) -> Result<Group, GroupError> {
        let (mls, rules) = self.take(welcome)?;
        Ok(Group::new(mls, rules))
    }
}

/// One member's part of a group's keys. Its secrets are erased when it is dropped.
pub struct Group {
    mls: Mls,
    rules: Rules,
    /// A commit of ours that waits for its place in the relay's order.
    waiting: Option<CommitSecrets>,
    removed: bool,
}

impl Group {
    /// A group of one, on seat 0. `seed` is used once.
    ///
    /// # Errors
    /// [`GroupError::Name`] if `name` has more than [`limits::NAME_CHARS`] times 4 bytes.
    pub fn create(name: &str, seed: [u8; 32]) -> Result<Self, GroupError> {
        let (mls, rules) = newcomer::create(name, seed)?;
        Ok(Self::new(mls, rules))
    }

    fn new(mls: Mls, rules: Rules) -> Self {
        Self { mls, rules, waiting: None, removed: false }
    }

    /// Tells this group from every other: random, and the same for all members.
    pub fn id(&self) -> &[u8] {
        self.mls.group_id()
    }

    /// Our seat.
    pub fn me(&self) -> SeatId {
        library::me(&self.mls)
    }

    /// The number of the present keys.
    pub fn epoch(&self) -> Epoch {
        library::epoch(&self.mls)
    }

    /// The seats of everybody in the group.
    pub fn seats(&self) -> SeatSet {
        library::seats(&self.mls)
    }

    /// The name that the member on `seat` has chosen and signed.
    pub fn name(&self, seat: SeatId) -> Option<String> {
        let member = self.mls.member_at_index(u32::from(seat.0))?;
        name_of(&member.signing_identity).ok().map(str::to_owned)
    }

    /// The seats that `count` newcomers would get in a commit that removes `remove`, in order; `None` if there are too few.
    pub fn seats_for(&self, remove: SeatSet, count: usize) -> Option<Vec<SeatId>> {
        free_seats(self.seats(), remove, count)
    }

    /// The key by which a member signs: it tells them from the next member on the seat.
    pub fn signer(&self, seat: SeatId) -> Option<Vec<u8>> {
        let member = self.mls.member_at_index(u32::from(seat.0))?;
        Some(member.signing_identity.signature_key.to_vec())
    }

    /// Seals `plain` to members by their seats, in this epoch. `secret` is drawn for this content and for nothing else. To
    /// nobody is fine: then only we could open it.
    ///
    /// # Errors
    /// [`GroupError::TooLong`] if there are more than [`limits::LEADS`] seats, or `plain` doesn't fit [`limits::PRIVATE`]
    /// bytes; [`GroupError::NotAllowed`] if a seat is nobody's; [`GroupError::Removed`].
    pub fn seal_to(&self, to: &[SeatId], secret: &Zeroizing<[u8; 32]>, plain: &[u8]) -> Result<Vec<u8>, GroupError> {
        self.check_member()?;
        private::seal_to(&self.mls, to, secret, plain)
    }

    /// Opens what `sender` sealed in this epoch, if it is for us; `None` if not, or if it's nothing.
    pub fn open_private(&self, sealed: &[u8], sender: SeatId) -> Option<Zeroizing<Vec<u8>>> {
        self.check_member().ok()?;
        private::open(&self.mls, sealed, sender)
    }

    /// Seals what we say in this epoch, padded so that its length tells little. `bound` is authenticated with it, but neither
    /// hidden nor part of the message: whoever opens it must know it.
    ///
    /// # Errors
    /// [`GroupError::TooLong`] if the message would be longer than [`limits::BLOB`]; [`GroupError::Removed`].
    pub fn seal(&mut self, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, GroupError> {
        self.seal_padded(bound, plain.len(), pad::pad(plain))
    }

    /// Likewise, with no more padding than is needed to open it: for what always has the same length.
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
        envelope::pack(&self.mls, message, ContentType::Application, bound).and_then(bounded)
    }

    /// Opens what `sender` said in this epoch with the same `bound`. Each message opens once.
    ///
    /// # Errors
    /// [`GroupError::Message`], [`GroupError::TooLong`], [`GroupError::Sender`], [`GroupError::Removed`].
    pub fn open(&mut self, message: &[u8], sender: SeatId, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, GroupError> {
        self.check_member()?;
        let message = envelope::unpack(&self.mls, message, sender, ContentType::Application, bound)?;
        // A bad message can use up the keys of another member, so a copy of the group is kept.
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

    /// Prepares a commit that removes and adds; with neither, or if it is to be `fresh`, it renews our keys. The group stays in
    /// its epoch until [`take_commit`](Self::take_commit), or until [`drop_commit`](Self::drop_commit) forgets it.
    ///
    /// # Errors
    /// [`GroupError::Waiting`] if a commit waits already; [`GroupError::NotAllowed`] if `remove` has us or an empty seat;
    /// [`GroupError::Full`]; [`GroupError::KeyPackage`] if a key package is too long, damaged, or of a member who is in
    /// already;
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
        // All that can still be wrong are the newcomers' keys.
        let (output, secrets) = built.map_err(|_| match (refused, add.is_empty()) {
            (false, true) => GroupError::Broken,
            _ => GroupError::KeyPackage,
        })?;
        let message = output.commit_message.to_bytes().map_err(broken)?;
        let message = envelope::pack(&self.mls, message, ContentType::Commit, bound).and_then(bounded)?;
        let welcomes =
            output.welcome_messages.iter().map(|welcome| welcome.to_bytes().map_err(broken).and_then(bounded));
        let welcomes = welcomes.collect::<Result<Vec<_>, _>>()?;
        if welcomes.len() != seats.len() {
            return Err(GroupError::Broken);
        }
        self.waiting = Some(secrets);
        Ok(Commit { message, welcomes, seats })
    }

    /// Whether a commit of ours waits for its place in the relay's order.
    pub fn has_commit(&self) -> bool {
        self.waiting.is_some()
    }

    /// Our commit came first: we enter its epoch.
    ///
    /// # Errors
    /// [`GroupError::Waiting`] if none waits.
    pub fn take_commit(&mut self) -> Result<Changed, GroupError> {
        let secrets = self.waiting.take().ok_or(GroupError::Waiting)?;
        let present = self.seats();
        let done = self.mls.apply_detached_commit(secrets).map_err(broken)?;
        changed(present, &done)
    }

    /// Our commit didn't come first: it is forgotten.
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
        self.check_member()?;
        let message = envelope::unpack(&self.mls, message, sender, ContentType::Commit, bound)?;
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

    /// This epoch's key from which SFrame's keys are derived.
    ///
    /// # Errors
    /// [`GroupError::Removed`].
    pub fn frame_key(&self) -> Result<Zeroizing<[u8; 48]>, GroupError> {
        self.export(FRAME_LABEL)
    }

    /// This epoch's secret from which the words to compare are made.
    ///
    /// # Errors
    /// [`GroupError::Removed`].
    pub fn verify_secret(&self) -> Result<Zeroizing<[u8; 32]>, GroupError> {
        self.export(VERIFY_LABEL)
    }

    /// Equal for all members of this epoch who agree on everything before it (RFC 9420, section 8.7). Nothing is sealed with
    /// it.
    ///
    /// # Errors
    /// [`GroupError::Broken`], which can't happen.
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

    /// Checks a commit that is applied already, and says what it did.
    fn look_at(
        &self,
        done: &CommitMessageDescription,
        sender: SeatId,
        present: SeatSet,
    ) -> Result<Changed, GroupError> {
        if done.is_external || done.committer != u32::from(sender.0) {
            return Err(GroupError::Sender);
        }
        // The committer's new leaf is all that the rules have not seen.
        let leaf = self.mls.member_at_index(done.committer);
        if !leaf.is_some_and(|leaf| leaf.extensions.is_empty()) {
            return Err(GroupError::NotAllowed);
        }
        changed(present, done)
    }
}

/// What a commit did to a group of which `present` were the seats.
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
