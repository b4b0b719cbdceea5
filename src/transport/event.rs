//! What comes over a link, and why something could not be sent over it.

use crate::wire::ToMember;

/// What came over a link.
pub enum LinkEvent {
    /// A message of the relay.
    Control(ToMember),
    /// A datagram of the relay, voice above all.
    Datagram(Vec<u8>),
    /// The end, with a sentence for a person. Nothing follows it.
    Closed(String),
}

/// Why a message was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The connection is over.
    #[error("The connection is closed.")]
    Closed,
    /// More waits than the line can carry.
    #[error("The line is too slow for all there is to send.")]
    Full,
    /// The message is over its limit.
    #[error("The message is too large.")]
    TooLarge,
}

/// Why a link ended, as a sentence for a person.
pub(super) mod end {
    pub(crate) const RELAY_CLOSED: &str = "The relay closed the connection.";
    pub(crate) const NOT_UNDERSTOOD: &str = "The relay sent something that this version does not understand.";
    pub(crate) const SILENT: &str = "The line was silent for too long.";
    pub(crate) const RESTARTED: &str = "The relay was restarted.";
    pub(crate) const CLOSED_HERE: &str = "The connection was closed here.";
    pub(crate) const BROKE: &str = "The connection broke off.";
}
