//! ingle: audio-only group sessions in the terminal.

pub mod adapt;
#[cfg(feature = "client")]
pub mod audio;
#[cfg(feature = "client")]
pub mod command;
pub mod ids;
#[cfg(feature = "client")]
pub mod json;
#[cfg(feature = "client")]
pub mod plain;
pub mod relay;
#[cfg(any(feature = "client", feature = "sim"))]
pub mod session;
#[cfg(feature = "client")]
pub mod text;
#[cfg(feature = "relay")]
pub mod transport;
#[cfg(feature = "client")]
pub mod tui;
pub mod wire;
