//! Connections between members and relays: QUIC with settings for bad lines, WebSocket where UDP is blocked, and whom to
//! trust.
//!
//! [`dial()`] gives a member a [`Link`]. The relay's end is [`crate::relay::server`]. Nothing here knows what the messages
//! mean.

mod acks;
mod address;
#[cfg(target_os = "linux")]
mod batch;
mod datagrams;
pub mod dial;
mod dial_error;
mod event;
mod fallback;
mod first;
pub(crate) mod flights;
mod hedge;
pub mod identity;
mod interface;
pub mod known;
pub mod link;
mod lossy;
mod lull;
mod newcomers;
mod opening;
pub(crate) mod outbox;
mod packet;
mod ping;
mod private;
pub mod probe;
mod provider;
mod quic;
mod race;
pub(crate) mod read_lag;
#[cfg(target_os = "linux")]
mod reading;
mod refused;
mod reset;
mod resume;
pub(crate) mod serving;
pub mod settings;
mod stats;
mod target;
pub(crate) mod thrift;
mod trust;
pub mod websocket;
pub(crate) mod window;

pub use dial::{dial, dial_again, dial_at, dial_beside, dial_udp, dial_via, reach_tcp};
pub use dial_error::DialError;
pub use event::{LinkError, LinkEvent};
pub use identity::{Fingerprint, Identity, IdentityError};
pub use interface::Interface;
pub use known::KnownRelays;
pub use link::{Carrier, Link};
#[cfg(feature = "client")]
pub(crate) use private::{keep as keep_private, keep_new as keep_private_new};
pub use resume::Resumption;
pub use stats::LinkStats;
pub use target::{DEFAULT_PORT, Dial, MOST_WAYS, Pin};
