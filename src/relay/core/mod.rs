//! One relay's core, without sockets or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Output`] from [`Relay::poll_output`], and
//! calls [`Relay::handle_timeout`] no later than [`Relay::poll_timeout`] says. Equal seeds and equal calls give equal
//! outputs. The core holds seat numbers and opaque bytes; it has no way to learn a name or a word.
//!
//! ```
//! use ingle::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Layer, SeatId, SeatSet, Time};
//! use ingle::relay::core::{ConnId, Origin, Output, Relay};
//! use ingle::wire::{
//!     Act, Blob, Frame, FrameHead, Framing, Hello, Purpose, SendStamp, ToMember, ToRelay, UpBundle, VERSION,
//! };
//!
//! let (mut relay, now) = (Relay::new([7; 32]), Time(0));
//! let (host, guest) = (ConnId(1), ConnId(2));
//! let hello = |purpose| ToRelay::Hello(Hello { version: VERSION, purpose });
//!
//! // The first connection asks for a room, and is told the room's number.
//! relay.handle_connected(host, Origin(1), now);
//! relay.handle_control(host, hello(Purpose::Host), now);
//! let Some(Output::Control { bytes, .. }) = relay.poll_output() else { panic!("the host gets an answer") };
//! let mut framing = Framing::default();
//! framing.push(&bytes);
//! let Ok(Some(ToMember::Hosting { state, .. })) = framing.next_message() else { panic!("the answer is a room") };
//! let nameplate = state.nameplate;
//!
//! // The second knocks there. The host, as the room's door, gives it a seat and the group's state.
//! relay.handle_connected(guest, Origin(2), now);
//! relay.handle_control(guest, hello(Purpose::Knock(nameplate, Blob::default())), now);
//! let (seat, none) = (SeatId(1), SeatSet::default());
//! let act = Act::Commit { admit: vec![(Attempt(1), seat)], replace: vec![], remove: none };
//! let commit = ToRelay::Append { number: ActionNo(1), epoch: Epoch(0), act, body: Blob::default() };
//! relay.handle_control(host, commit, now);
//! relay.handle_control(host, ToRelay::Welcome { seat, index: Index(1), body: Blob::default() }, now);
//!
//! // What the host says goes to the guest.
//! let kid = Kid::new(SeatId(0), Epoch(1));
//! let head = FrameHead { kid, number: FrameNo(0), start: true, end: false, layer: Layer::Full, level: 4 };
//! let bundle = UpBundle { sent: SendStamp::at(now), frames: vec![Frame { head, body: vec![7; 91] }] };
//! relay.handle_datagram(host, &bundle.encode().expect("one small frame"), now);
//! let outputs: Vec<Output> = std::iter::from_fn(|| relay.poll_output()).collect();
//! assert!(matches!(outputs.last(), Some(Output::Datagram { to, .. }) if *to == guest));
//! ```

pub(in crate::relay) mod bucket;
mod context;
mod decoy;
mod delays;
mod fence;
mod guest;
mod knocks;
mod limits;
mod origin;
mod outbox;
mod relay;
pub(in crate::relay) mod remembered;
mod restoring;
mod room;
mod rooms;
mod seal;
mod steered;
#[cfg(test)]
mod tests;
mod waiting;

pub use self::fence::Fence;
pub use self::limits::Limits;
pub use self::origin::{Origin, Place};
pub use self::outbox::{ConnId, Output};
pub use self::relay::Relay;
pub use self::steered::Steered;
