//! One relay's core, without sockets or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Output`] from [`Relay::poll_output`], and
//! calls [`Relay::handle_timeout`] no later than [`Relay::poll_timeout`] says. Equal seeds and equal calls give equal
//! outputs. The core holds seat numbers and opaque bytes; it has no way to learn a name or a word.
