//! What carries a member's line: QUIC, or WebSocket where UDP is blocked.

use quinn::{Connection, VarInt};

use crate::transport::websocket::line::Line;
use crate::transport::window::Window;

/// Why the relay ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It was closed, and its member has had time to read why.
    Closed,
    /// Its member reads too slowly.
    TooSlow,
    /// The core met a fault over it.
    Fault,
}

impl End {
    fn code(self) -> VarInt {
        VarInt::from_u32(match self {
            Self::Closed => 0,
            Self::TooSlow => 2,
            Self::Fault => 3,
        })
    }
}

/// A connection, by one of the roads.
pub(super) enum Road {
    Quic {
        connection: Connection,
        /// How much of the stream may be on its way, once voice was sent on it.
        window: Option<Window>,
    },
    WebSocket(Line),
}

impl From<Connection> for Road {
    fn from(connection: Connection) -> Self {
        Self::Quic { connection, window: None }
    }
}

impl Road {
    /// Ends it at once.
    pub(super) fn end(&self, why: End) {
        match self {
            Self::Quic { connection, .. } => connection.close(why.code(), b""),
            Self::WebSocket(line) => line.close(),
        }
    }

    /// Sends a datagram if the line takes it now: late voice is worth nothing, so what does not fit is dropped.
    pub(super) fn datagram(&mut self, bytes: Vec<u8>) {
        match self {
            Self::Quic { connection, window } => {
                window.get_or_insert_with(|| Window::narrow(connection));
                let _ = connection.send_datagram(bytes.into());
            }
            Self::WebSocket(line) => line.datagram(bytes),
        }
    }

    /// Follows the line; to be called once a second. A number that grows with each packet that arrives.
    pub(super) fn look(&mut self) -> u64 {
        match self {
            Self::Quic { connection, window } => {
                if let Some(window) = window {
                    window.look(connection);
                }
                connection.stats().udp_rx.datagrams
            }
            Self::WebSocket(line) => line.arrived(),
        }
    }
}
