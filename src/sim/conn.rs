//! A connection between a machine and the relay.

use crate::ids::Time;
use crate::wire::Framing;

/// How it stands.
pub(super) struct Conn {
    pub(super) machine: usize,
    /// Bytes that are not whole messages yet, at the relay and at the member.
    pub(super) framing: [Framing; 2],
    /// When the newest control message arrives, up and down: a stream keeps its order.
    pub(super) newest: [Time; 2],
    /// When the member's newest datagram was sent.
    pub(super) sent: Time,
    /// When the first was sent since anything came.
    pub(super) asked: Option<Time>,
    /// When anything came to the member last.
    pub(super) heard: Time,
    /// Whether a probe is to follow what was sent.
    pub(super) probing: bool,
    /// Nothing passes any more.
    pub(super) dead: bool,
    /// Whether it goes over the second line of its machine.
    pub(super) beside: bool,
}

impl Conn {
    /// A machine's, made now.
    pub(super) fn new(machine: usize, now: Time) -> Self {
        Self {
            machine,
            framing: Default::default(),
            newest: [Time(0); 2],
            sent: Time(0),
            asked: None,
            heard: now,
            probing: false,
            dead: false,
            beside: false,
        }
    }
}
