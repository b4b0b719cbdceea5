//! Control messages that leave together, and so share packets.

use super::network::Carried;
use crate::ids::{Time, overhead};
use crate::wire::limits;

/// Bytes around the messages of one packet: a frame of a stream says where it belongs, which takes 7 more than a datagram's.
const AROUND: usize = overhead::DATAGRAM + 7;
/// Most bytes of messages in one packet.
const PACKET: usize = limits::DATAGRAM;

/// Messages that leave together.
#[derive(Default)]
pub(super) struct Batch {
    leaves: Time,
    /// Bytes in the last packet of it.
    used: usize,
}

impl Batch {
    /// Another message is sent. Gives when it leaves, and the packets and bytes at the IP level that it takes beside those before.
    pub(super) fn add(&mut self, bytes: usize, now: Time) -> (Time, Carried) {
        if now >= self.leaves {
            // Alone, or the first of those that wait.
            self.leaves = if now < self.leaves + limits::GATHER { self.leaves + limits::GATHER } else { now };
            self.used = PACKET;
        }
        self.used += bytes;
        let packets = self.used.saturating_sub(1) / PACKET;
        self.used -= packets * PACKET;
        (self.leaves, Carried { datagrams: packets as u64, bytes: (bytes + packets * AROUND) as u64 })
    }
}
