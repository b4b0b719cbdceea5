//! Connections between members and relays: QUIC with settings for bad lines, and whom to trust.
//!
//! [`dial()`] gives a member a [`Link`]; the relay's end is [`crate::relay::server`]. Nothing here knows what the messages
//! mean.

mod acks;
mod address;
pub mod dial;
mod first;
mod hedge;
pub mod identity;
pub mod known;
pub mod link;
pub(crate) mod outbox;
mod private;
mod resume;
pub mod settings;
mod stats;
mod trust;
pub(crate) mod window;

pub use dial::{DEFAULT_PORT, Dial, DialError, dial, dial_again, dial_at};
pub use identity::{Fingerprint, Identity, IdentityError};
pub use known::KnownRelays;
pub use link::{Link, LinkError, LinkEvent};
pub use resume::Resumption;
pub use stats::LinkStats;
