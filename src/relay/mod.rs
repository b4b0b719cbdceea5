//! The machine in the middle: it passes sealed frames and sealed entries on, in one order, and can read neither.
//!
//! What the core does for a connection that begins a group:
//!
//! ```
//! use ingle::ids::Time;
//! use ingle::relay::core::{ConnId, Origin, Output, Relay};
//! use ingle::wire::{Framing, Hello, Purpose, ToMember, ToRelay, VERSION};
//!
//! let (host, now) = (ConnId(1), Time(0));
//! let mut relay = Relay::new([7; 32]);
//! relay.handle_connected(host, Origin(1), now);
//! relay.handle_control(host, ToRelay::Hello(Hello { version: VERSION, purpose: Purpose::Host }), now);
//!
//! let Some(Output::Control { to, bytes }) = relay.poll_output() else { panic!("the host is answered") };
//! let mut framing = Framing::default();
//! framing.push(&bytes);
//! assert_eq!(to, host);
//! assert!(matches!(framing.next_message(), Ok(Some(ToMember::Hosting { .. }))));
//! assert!(relay.poll_timeout().is_some(), "it is to be woken, to see whether the host is still there");
//! ```

#[cfg(any(feature = "relay", feature = "group"))]
pub mod core;
#[cfg(feature = "relay")]
pub mod server;
