//! What the core asks its shell to do, in order.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::wire::{self, Refusal, ToMember};

/// One connection, numbered by the shell. No number is used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What the shell is to do.
#[derive(Debug)]
pub enum Output {
    /// Write these bytes to the control stream; they are framed.
    Control {
        /// The connection to write to.
        to: ConnId,
        /// One whole message, written once however many it goes to.
        bytes: Arc<[u8]>,
        /// Whether somebody can't go on before it has come.
        awaited: bool,
    },
    /// Send this datagram.
    Datagram {
        /// The connection to send it on.
        to: ConnId,
        /// At most [`limits::DATAGRAM`](crate::wire::limits::DATAGRAM).
        bytes: Vec<u8>,
    },
    /// End the connection once everything written to it before is on its way.
    Close {
        /// The connection to end.
        conn: ConnId,
    },
}

/// The outputs that the shell has not taken yet, oldest first.
#[derive(Default)]
pub(super) struct Outbox(VecDeque<Output>);

impl Outbox {
    /// The oldest output.
    pub(super) fn pop(&mut self) -> Option<Output> {
        self.0.pop_front()
    }

    /// Sends a control message to one connection.
    pub(super) fn tell(&mut self, to: ConnId, message: &ToMember) {
        // The parts of every message are bounded where they come in, so all of them fit.
        match wire::encode(message) {
            Ok(bytes) => {
                self.0.push_back(Output::Control { to, bytes: bytes.into(), awaited: message.is_awaited() });
            }
            Err(_) => self.close(to),
        }
    }

    /// Sends one control message to many connections.
    pub(super) fn tell_all(&mut self, to: impl Iterator<Item = ConnId>, message: &ToMember) {
        if let Ok(bytes) = wire::encode(message) {
            let bytes: Arc<[u8]> = bytes.into();
            to.for_each(|to| self.share(to, bytes.clone()));
        }
    }

    /// Sends a control message that is written already.
    pub(super) fn share(&mut self, to: ConnId, bytes: Arc<[u8]>) {
        self.0.push_back(Output::Control { to, bytes, awaited: false });
    }

    /// Nothing that waits is sent to these any more.
    pub(super) fn forget(&mut self, conns: &[ConnId]) {
        self.0.retain(|output| match output {
            Output::Control { to, .. } | Output::Datagram { to, .. } => !conns.contains(to),
            Output::Close { .. } => true,
        });
    }

    pub(super) fn datagram(&mut self, to: ConnId, bytes: Vec<u8>) {
        self.0.push_back(Output::Datagram { to, bytes });
    }

    /// Says why, and ends the connection.
    pub(super) fn refuse(&mut self, conn: ConnId, refusal: Refusal) {
        self.tell(conn, &ToMember::Refused(refusal));
        self.close(conn);
    }

    pub(super) fn close(&mut self, conn: ConnId) {
        self.0.push_back(Output::Close { conn });
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
