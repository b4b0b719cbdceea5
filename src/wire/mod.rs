//! Bytes and types: what travels between a member and a relay.
//!
//! One bidirectional stream carries length-prefixed [`control`] messages in postcard encoding; [`datagram`]s carry voice
//! [`bundle`]s, [`pulse`]s, and what is fetched of the [`backfill`]. Over TCP both travel in [`record`]s. Everything that comes in is checked here once, against the
//! bounds in [`limits`], and what is wrong becomes a [`WireError`]: never a panic, never an allocation larger than a limit.

mod awaited;
pub mod backfill;
pub mod bundle;
pub mod control;
pub mod datagram;
pub mod doors;
pub mod entry;
mod error;
pub mod floor;
pub mod framing;
pub mod knock;
pub mod limits;
pub mod numbered;
pub mod pulse;
pub mod receiver_report;
pub mod record;
pub mod relays;
pub mod room_state;
mod tag;
#[cfg(test)]
mod tests;

pub use bundle::{DownBundle, Frame, FrameHead, RetransmitDown, RetransmitUp, UpBundle};
pub use control::{Attempting, Checkpoint, Hello, Presence, Purpose, Refusal, Span, Ticket, ToMember, ToRelay};
pub use datagram::{DownDatagram, UpDatagram};
pub use doors::Doors;
pub use entry::{Act, Blob, Entry, EntryKind, Gone};
pub use error::WireError;
pub use floor::Floor;
pub use framing::{Framing, encode};
pub use numbered::Numbered;
pub use pulse::{Loss, Missing, NackBundles, NackFrames, Probe, Pulse, Reception, UplinkReport};
pub use receiver_report::{HeardBy, ReceiverReport, ReportBlock};
pub use record::{Record, Records};
pub use relays::{Host, RelayAt};
pub use room_state::{RoomState, SeatState, Tag};

pub use crate::ids::SendStamp;

/// ALPN protocol name: both ends refuse any other.
pub const ALPN: &[u8] = b"ingle/1";

/// Version of the messages within [`ALPN`], sent first by the member.
pub const VERSION: u16 = 12;
