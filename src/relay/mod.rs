//! The machine in the middle: it passes sealed frames and sealed log entries on, in one order, and can read neither.

#[cfg(any(feature = "relay", feature = "group"))]
pub mod core;
#[cfg(feature = "relay")]
pub mod server;
