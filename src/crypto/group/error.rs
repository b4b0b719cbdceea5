//! Why something is not done with a group's keys.

/// Why something is not done. The group is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupError {
    /// Damaged; of another group, epoch, place or kind; or opened before.
    #[error("no message that this group can open now")]
    Message,
    /// More bytes than the limit.
    #[error("more than a message may hold")]
    TooLong,
    /// Not sealed by the member whom it is said to come from; or by ourselves.
    #[error("the message was sealed by somebody else")]
    Sender,
    /// The commit does what it may not.
    #[error("the commit does what it may not do")]
    NotAllowed,
    /// A newcomer's keys that can't be added.
    #[error("these are no newcomer's keys that this group can take")]
    KeyPackage,
    /// A welcome that doesn't fit these keys, or to a group that we don't join.
    #[error("no welcome to a group that can be joined")]
    Welcome,
    /// Too long for a name.
    #[error("the name is too long")]
    Name,
    /// Not enough free seats.
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

/// For what fails only if the library is broken.
pub(super) fn broken<E>(_: E) -> GroupError {
    GroupError::Broken
}
