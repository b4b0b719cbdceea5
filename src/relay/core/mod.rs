//! One relay's core, without sockets or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Output`] from [`Relay::poll_output`], and
//! calls [`Relay::handle_timeout`] no later than [`Relay::poll_timeout`] says. Equal seeds and equal calls give equal
//! outputs. The core holds seat numbers and opaque bytes; it has no way to learn a name or a word.

mod bucket;
mod context;
mod decoy;
mod delays;
mod origin;
mod outbox;
mod relay;
mod room;
#[cfg(test)]
mod tests;
mod ticket;

pub use self::origin::{Origin, Place};
pub use self::outbox::{ConnId, Output};
pub use self::relay::Relay;
