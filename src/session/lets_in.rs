//! Whoever can let in those who wait at the door.

/// Whoever can let in those who wait at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetsIn {
    /// The member of this name.
    Member(String),
    /// Nobody, until the group has chosen somebody to lead.
    Nobody,
}
