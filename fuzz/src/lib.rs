//! What each fuzz target does with its input. It stands here and not in the targets, so that `make test` replays all seeds with a
//! stable compiler (`tests/replay`).

pub mod charter;
pub mod code;
#[cfg(feature = "relay")]
pub mod config;
mod control_stream;
pub mod down_datagram;
pub mod founding;
pub mod knock;
pub mod member;
pub mod names;
pub mod open;
#[cfg(feature = "client")]
pub mod opus;
pub mod record;
pub mod relay;
pub mod timed;
pub mod to_member;
pub mod to_relay;
pub mod up_datagram;
