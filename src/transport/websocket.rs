//! The slow road: the same messages over WebSocket on TLS over TCP, where UDP is blocked.
//!
//! ```text
//! TCP | TLS | WebSocket | TLS with the relay's own key | records: control, datagram, ping, pong
//! ```
//!
//! The outer TLS is what firewalls, proxies and a web server in front of the relay want to see. Whoever ends it, and with which
//! certificate, doesn't matter: within the WebSocket there is a second TLS, in which the relay shows the key that it shows over
//! QUIC. So a relay is known, pinned and compared at the door by one key on every road, and a proxy reads nothing.
//!
//! TCP delivers everything, however late. So datagrams wait in a queue of few milliseconds in which the newest wins
//! ([`latest`]), and the system is asked to hold little.

pub(crate) mod accept;
mod byte_stream;
pub(crate) mod call;
mod counted;
pub mod latest;
pub(crate) mod line;
pub(crate) mod link;
#[cfg(feature = "client")]
mod proxy;
mod settings;
mod upgrade;
