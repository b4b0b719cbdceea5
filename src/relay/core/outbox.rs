//! What the core asks its shell to do, in order.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::adapt::TwoWays;
use crate::wire::{self, Numbered, Refusal, ToMember};

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
pub(super) struct Outbox {
    outputs: VecDeque<Output>,
    /// The connections beside which there is a second way, and that way.
    pairs: BTreeMap<ConnId, SecondWay>,
}

/// The connection that gets what another gets too.
struct SecondWay {
    conn: ConnId,
    numbers: TwoWays,
}

impl Outbox {
    /// The oldest output.
    pub(super) fn pop(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Sends a control message to one connection.
    pub(super) fn tell(&mut self, to: ConnId, message: &ToMember) {
        // The parts of every message are bounded where they come in, so all of them fit.
        match wire::encode(message) {
            Ok(bytes) => {
                self.outputs.push_back(Output::Control { to, bytes: bytes.into(), awaited: message.is_awaited() });
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
        self.outputs.push_back(Output::Control { to, bytes, awaited: false });
    }

    /// Nothing that waits is sent to these any more.
    pub(super) fn forget(&mut self, conns: &[ConnId]) {
        self.outputs.retain(|output| match output {
            Output::Control { to, .. } | Output::Datagram { to, .. } => !conns.contains(to),
            Output::Close { .. } => true,
        });
    }

    pub(super) fn datagram(&mut self, to: ConnId, bytes: Vec<u8>) {
        let second = self.pairs.get_mut(&to);
        let both = second.and_then(|second| {
            let numbered = Numbered::encode(second.numbers.number(), &bytes)?;
            Some((second.conn, numbered))
        });
        match both {
            Some((second, bytes)) => {
                self.outputs.push_back(Output::Datagram { to, bytes: bytes.clone() });
                self.outputs.push_back(Output::Datagram { to: second, bytes });
            }
            None => self.outputs.push_back(Output::Datagram { to, bytes }),
        }
    }

    /// From here on a connection's datagrams go over a second one too. They are counted from where `before` was, whose second way
    /// it had been.
    pub(super) fn pair(&mut self, first: ConnId, second: ConnId, before: Option<ConnId>) {
        let numbers = before.and_then(|before| self.pairs.remove(&before)).map(|pair| pair.numbers).unwrap_or_default();
        self.pairs.insert(first, SecondWay { conn: second, numbers });
    }

    /// A connection's datagrams go over it alone.
    pub(super) fn part(&mut self, first: ConnId) {
        self.pairs.remove(&first);
    }

    /// Says why, and ends the connection.
    pub(super) fn refuse(&mut self, conn: ConnId, refusal: Refusal) {
        self.tell(conn, &ToMember::Refused(refusal));
        self.close(conn);
    }

    pub(super) fn close(&mut self, conn: ConnId) {
        self.part(conn);
        self.outputs.push_back(Output::Close { conn });
    }

    /// What it holds: outputs, and second ways.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.outputs.len() + self.pairs.len()
    }
}
