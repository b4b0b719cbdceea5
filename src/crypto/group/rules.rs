//! What a commit may do, enforced by the library before it changes anything, both for our commits and for others'.

use std::sync::{Arc, Mutex, PoisonError};

use mls_rs::MlsRules;
use mls_rs::client_builder::PaddingMode;
use mls_rs::group::proposal::{AddProposal, RemoveProposal};
use mls_rs::group::{GroupContext, Roster};
use mls_rs::mls_rs_codec::MlsSize;
use mls_rs::mls_rules::{CommitDirection, CommitOptions, CommitSource, EncryptionOptions, ProposalBundle};
use mls_rs_core::error::IntoAnyError;

use super::seats::{Allowed, free_seats, seat_set};
use super::suite::SUITE;
use crate::ids::{SeatId, SeatSet};
use crate::wire::limits;

/// Bytes of version and wire format before each message of the library.
const MESSAGE_HEAD: usize = 4;

/// What the next call of the library may do: nothing, unless set just before.
#[derive(Clone, Default)]
pub(super) enum Plan {
    /// No commit.
    #[default]
    None,
    /// A commit.
    Commit {
        /// The committer's seat.
        by: SeatId,
        /// What it may do.
        allowed: Allowed,
        /// Whether it renews the committer's keys in any case.
        fresh: bool,
    },
    /// Whatever the library builds; for the attackers in tests.
    #[cfg(test)]
    Anything,
}

/// The commit does something that the plan doesn't allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotPlanned;

impl IntoAnyError for NotPlanned {}

/// Answers the library's questions about commits and padding by a [`Plan`].
#[derive(Clone, Default)]
pub(super) struct Rules(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    plan: Plan,
    refused: bool,
}

impl Rules {
    /// Runs `call` under `plan`. Returns its result, and whether the rules refused something.
    pub(super) fn under<T>(&self, plan: Plan, call: impl FnOnce() -> T) -> (T, bool) {
        self.set(plan);
        let result = call();
        (result, self.set(Plan::None))
    }

    fn set(&self, plan: Plan) -> bool {
        let before = std::mem::replace(&mut *self.lock(), State { plan, refused: false });
        before.refused
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MlsRules for Rules {
    type Error = NotPlanned;

    fn filter_proposals(
        &self,
        _: CommitDirection,
        source: CommitSource,
        roster: &Roster<'_>,
        _: &GroupContext,
        proposals: ProposalBundle,
    ) -> Result<ProposalBundle, NotPlanned> {
        let mut state = self.lock();
        if state.plan.permits(&source, roster, &proposals) {
            Ok(proposals)
        } else {
            state.refused = true;
            Err(NotPlanned)
        }
    }

    fn commit_options(
        &self,
        _: &Roster<'_>,
        _: &GroupContext,
        _: &ProposalBundle,
    ) -> Result<CommitOptions, NotPlanned> {
        let fresh = matches!(self.lock().plan, Plan::Commit { fresh: true, .. });
        Ok(CommitOptions::new()
            .with_path_required(fresh)
            .with_ratchet_tree_extension(true)
            .with_single_welcome_message(false)
            .with_allow_external_commit(false))
    }

    fn encryption_options(&self, _: &Roster<'_>, _: &GroupContext) -> Result<EncryptionOptions, NotPlanned> {
        // What members say is padded already. The size of a commit would only tell how long the newcomers' names are.
        let padding = match &self.lock().plan {
            Plan::Commit { allowed, .. } if !allowed.add.is_empty() => PaddingMode::StepFunction,
            _ => PaddingMode::None,
        };
        Ok(EncryptionOptions::new(true, padding))
    }
}

impl Plan {
    fn permits(&self, source: &CommitSource, roster: &Roster<'_>, proposals: &ProposalBundle) -> bool {
        let (by, allowed) = match self {
            Self::None => return false,
            Self::Commit { by, allowed, .. } => (*by, allowed),
            #[cfg(test)]
            Self::Anything => return true,
        };
        let (adds, removes) = (proposals.add_proposals(), proposals.remove_proposals());
        let known =
            adds.len() + removes.len() == proposals.length() && proposals.iter_proposals().all(|p| p.is_by_value());
        let CommitSource::ExistingMember(member) = source else { return false };
        known
            && member.index == u32::from(by.0)
            && removed(by, allowed, seat_set(roster), removes.iter().map(|p| &p.proposal)).is_some_and(|removed| {
                let free = free_seats(seat_set(roster), removed, adds.len());
                free.is_some_and(|seats| seats == allowed.add)
            })
            && adds.iter().all(|add| is_plain(&add.proposal))
    }
}

/// The seats that are removed, if they are those that must or may be.
fn removed<'a>(
    by: SeatId,
    allowed: &Allowed,
    seats: SeatSet,
    removes: impl Iterator<Item = &'a RemoveProposal>,
) -> Option<SeatSet> {
    let mut removed = SeatSet::default();
    for remove in removes {
        let seat = SeatId(u8::try_from(remove.to_remove()).ok()?);
        let may = allowed.must_remove.contains(seat) || allowed.may_remove.contains(seat);
        if !may || seat == by || !seats.contains(seat) || removed.contains(seat) {
            return None;
        }
        removed.insert(seat);
    }
    allowed.must_remove.iter().all(|seat| removed.contains(seat)).then_some(removed)
}

/// Whether a newcomer's key package is small, of our suite, and without extensions. The library checks all else.
fn is_plain(add: &AddProposal) -> bool {
    let package = add.key_package();
    package.mls_encoded_len() + MESSAGE_HEAD <= limits::KEY_PACKAGE
        && package.cipher_suite() == SUITE
        && add.key_package_extensions().is_empty()
        && add.leaf_node_extensions().is_empty()
}
