//! Why a relay was not reached, and what to do next.

use super::identity::Fingerprint;

/// Why a relay was not reached. The text is one sentence for a person; [`DialError::hint`] says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// The text is no address.
    #[error("“{0}” is not the address of a relay.")]
    Address(String),
    /// Nothing has this name, or nobody could be asked for it.
    #[error("No machine with the name “{0}” can be found.")]
    Name(String),
    /// This computer has no way to the relay's address.
    #[error("This computer has no connection to {0} at the moment.")]
    Offline(String),
    /// Nothing answered in time.
    #[error("Nothing answers at {0}.")]
    Silent(String),
    /// The other side speaks another protocol or version.
    #[error("The relay at {0} speaks another version of ingle.")]
    Version(String),
    /// The relay takes no more connections.
    #[error("The relay at {0} has no room for another connection.")]
    Full(String),
    /// The relay shows another key than it must have.
    #[error("The relay at {host} shows another key than the one that is known for it.")]
    Key {
        /// Which relay.
        host: String,
        /// The key it showed.
        seen: Fingerprint,
        /// Whether this computer trusts its certificate for the name that was called.
        vouched: bool,
    },
    /// It answered, and then the connection broke.
    #[error("The relay at {0} answered, but the connection broke off.")]
    Broke(String),
    /// This machine does not give what a connection needs.
    #[error("This computer can't open a connection: {0}.")]
    Local(String),
}

impl DialError {
    /// What to do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address(_) => "Write it as NAME:PORT, for example relay.example.org:4433.",
            Self::Name(_) => "Check the spelling, and that this computer is online.",
            Self::Offline(_) => "Check that this computer is online, then try again.",
            Self::Silent(_) => {
                "Check the port, and ask whoever runs the relay whether it is on and its UDP port is open."
            }
            Self::Version(_) => "Install the newest version of ingle, or ask whoever runs the relay to.",
            Self::Full(_) => "Try again in a few minutes.",
            Self::Key { .. } => {
                "Someone may be intercepting the connection: ask whoever runs the relay for its fingerprint before \
                 you go on."
            }
            Self::Broke(_) => "Try again; if it stays, ask whoever runs the relay.",
            Self::Local(_) => "Close other programs or restart the computer, then try again.",
        }
    }

    /// Whether another attempt could not change it.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, Self::Version(_) | Self::Full(_) | Self::Key { .. })
    }
}
