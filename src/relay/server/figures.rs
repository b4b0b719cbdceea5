//! What a relay shows of itself: sums over everybody, never anything about a group, a member or an address.

use std::sync::atomic::{AtomicU64, Ordering};

/// What goes on at a relay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Groups that are open.
    pub rooms: u64,
    /// Members of all of them, with those whose line is gone.
    pub members: u64,
    /// Open connections.
    pub connections: u64,
    /// Connections over UDP that have not greeted yet.
    pub handshakes: u64,
    /// Bytes of messages that wait for members.
    pub waiting_bytes: u64,
    /// Connections refused because there were too many, since the start.
    pub refused: u64,
    /// Newcomers asked to prove their address, since the start.
    pub proofs: u64,
    /// Datagrams sent to members, since the start.
    pub datagrams: u64,
    /// Their bytes.
    pub datagram_bytes: u64,
    /// Frames of voice dropped because the relay had left them unread for too long, since the start.
    pub stale_frames: u64,
    /// Connections cut because their members read too slowly, since the start.
    pub cut: u64,
    /// Faults, each of which cost one connection, since the start.
    pub faults: u64,
    /// Numbers of groups that are this relay's, where it is one of several.
    pub owned: u64,
    /// Members and newcomers sent to another relay, since the start.
    pub redirects: u64,
    /// How often the relay stood still so long that it had to ask whose its groups are, since the start.
    pub fenced: u64,
    /// Seconds since the start.
    pub uptime: u64,
}

/// Those that only grow.
#[derive(Default)]
pub(super) struct Counts {
    datagrams: AtomicU64,
    datagram_bytes: AtomicU64,
    cut: AtomicU64,
    faults: AtomicU64,
    owned: AtomicU64,
    redirects: AtomicU64,
    fenced: AtomicU64,
}

impl Counts {
    /// A datagram of this many bytes is sent.
    pub(super) fn datagram(&self, bytes: usize) {
        self.datagrams.fetch_add(1, Ordering::Relaxed);
        self.datagram_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// A connection is cut because its member reads too slowly.
    pub(super) fn cut(&self) {
        self.cut.fetch_add(1, Ordering::Relaxed);
    }

    /// A fault cost a connection.
    pub(super) fn fault(&self) {
        self.faults.fetch_add(1, Ordering::Relaxed);
    }

    /// So many numbers are this relay's.
    pub(super) fn owned(&self, owned: usize) {
        self.owned.store(owned as u64, Ordering::Relaxed);
    }

    /// Somebody is sent to another relay.
    pub(super) fn redirect(&self) {
        self.redirects.fetch_add(1, Ordering::Relaxed);
    }

    /// The relay stood still.
    pub(super) fn fenced(&self) {
        self.fenced.fetch_add(1, Ordering::Relaxed);
    }

    /// As far as they are counted here.
    pub(super) fn figures(&self) -> Figures {
        let Self { datagrams, datagram_bytes, cut, faults, owned, redirects, fenced } = self;
        let [datagrams, datagram_bytes, cut, faults, owned, redirects, fenced] =
            [datagrams, datagram_bytes, cut, faults, owned, redirects, fenced]
                .map(|count| count.load(Ordering::Relaxed));
        Figures { datagrams, datagram_bytes, cut, faults, owned, redirects, fenced, ..Figures::default() }
    }
}
