//! ingle: audio-only group sessions in the terminal.

pub mod adapt;
#[cfg(feature = "client")]
pub mod audio;
#[cfg(any(feature = "client", feature = "sim"))]
pub mod crypto;
pub mod ids;
#[cfg(any(feature = "client", feature = "sim"))]
pub mod member;
pub mod relay;
#[cfg(any(feature = "client", feature = "sim"))]
pub mod session;
#[cfg(feature = "sim")]
pub mod sim;
#[cfg(feature = "relay")]
pub mod transport;
pub mod wire;
