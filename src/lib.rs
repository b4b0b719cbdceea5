//! ingle: audio-only group sessions in the terminal, for groups whose members have bad lines.
//!
//! The way of a voice:
//! [`audio`] (callback, ring, capture, codec) → [`member`] → [`transport`] → [`relay::core`] → [`transport`] →
//! [`member`] → [`audio`] (playout, mix, ring, callback).
//!
//! The way of a key: [`tui`], [`plain`] or [`json`] → [`command`] → [`session::Intent`] → [`member::Member`] →
//! [`member::Effect`] → [`app`].
//!
//! The pure parts ([`wire`], [`crypto`], [`session`], [`member`], [`relay::core`], [`adapt`]) take events and `now` and give
//! effects; [`sim`] plays whole groups of them in virtual time. Sockets, devices, the terminal and clocks are at the edge:
//! [`transport`], [`relay::server`], [`audio`], [`tui::terminal`], [`app`]. `ARCHITECTURE.md` says who may import whom.

pub mod adapt;
#[cfg(feature = "client")]
pub mod app;
#[cfg(feature = "client")]
pub mod audio;
#[cfg(feature = "client")]
pub mod cli;
#[cfg(feature = "client")]
pub mod command;
#[cfg(feature = "relay")]
pub mod config_file;
#[cfg(feature = "group")]
pub mod crypto;
#[cfg(feature = "fleet")]
pub mod fleet;
pub mod ids;
#[cfg(feature = "client")]
pub mod json;
#[cfg(feature = "load")]
pub mod load;
#[cfg(feature = "group")]
pub mod member;
#[cfg(feature = "relay")]
pub mod memory;
#[cfg(feature = "client")]
pub mod plain;
#[cfg(feature = "relay")]
pub mod reach;
#[cfg(feature = "client")]
pub mod rehearse;
pub mod relay;
#[cfg(feature = "group")]
pub mod session;
#[cfg(feature = "sim")]
pub mod sim;
#[cfg(feature = "client")]
pub mod text;
#[cfg(feature = "relay")]
pub mod transport;
#[cfg(feature = "client")]
pub mod tui;
pub mod wire;
