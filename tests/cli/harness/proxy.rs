//! A line between a member and the relay that can be cut, and that can change its address as a NAT does.

use std::collections::{HashMap, HashSet};
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How soon a thread sees that it is no longer wanted.
const LOOK: Duration = Duration::from_millis(50);

/// Forwards datagrams. Dropping ends it.
pub(crate) struct Proxy {
    pub at: String,
    shared: Arc<Shared>,
}

struct Shared {
    front: UdpSocket,
    relay: String,
    cut: AtomicBool,
    /// Nothing passes to the member.
    deaf: AtomicBool,
    ended: AtomicBool,
    /// The member's sockets that nothing passes for any more.
    stranded: Mutex<HashSet<SocketAddr>>,
    /// For each of the member's sockets, the one that the relay sees.
    ways: Mutex<HashMap<SocketAddr, Arc<UdpSocket>>>,
}

impl Proxy {
    pub(crate) fn to(relay: &str) -> Self {
        let front = UdpSocket::bind("127.0.0.1:0").expect("a port");
        front.set_read_timeout(Some(LOOK)).expect("set");
        let at = front.local_addr().expect("bound").to_string();
        let shared = Arc::new(Shared {
            front,
            relay: relay.to_owned(),
            cut: AtomicBool::new(false),
            deaf: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            stranded: Mutex::default(),
            ways: Mutex::default(),
        });
        let up = Arc::clone(&shared);
        thread::spawn(move || up.carry_up());
        Self { at, shared }
    }

    /// From here on nothing passes, or everything again.
    pub(crate) fn cut(&self, cut: bool) {
        self.shared.cut.store(cut, Ordering::SeqCst);
    }

    /// From here on nothing passes to the member, or everything again. What it sends passes.
    pub(crate) fn deafen(&self, deaf: bool) {
        self.shared.deaf.store(deaf, Ordering::SeqCst);
    }

    /// From here on the relay sees the member at another port; what is sent to the old one is lost.
    pub(crate) fn rebind(&self) {
        self.shared.ways.lock().expect("whole").clear();
    }

    /// From here on nothing passes for the sockets that the member has had so far, as when a firewall has forgotten them.
    pub(crate) fn strand(&self) {
        let ways = self.shared.ways.lock().expect("whole");
        self.shared.stranded.lock().expect("whole").extend(ways.keys());
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
    }
}

impl Shared {
    fn passes(&self, member: SocketAddr) -> bool {
        !self.cut.load(Ordering::SeqCst) && !self.stranded.lock().expect("whole").contains(&member)
    }

    fn carry_up(self: Arc<Self>) {
        let mut bytes = [0; 2048];
        while !self.ended.load(Ordering::SeqCst) {
            let Ok((length, member)) = self.front.recv_from(&mut bytes) else { continue };
            let way = self.way(member);
            if self.passes(member) {
                // What can't be sent is lost, as on any line.
                let _ = way.send(&bytes[..length]);
            }
        }
    }

    fn way(self: &Arc<Self>, member: SocketAddr) -> Arc<UdpSocket> {
        let mut ways = self.ways.lock().expect("whole");
        let way = ways.entry(member).or_insert_with(|| {
            let way = UdpSocket::bind("127.0.0.1:0").expect("a port");
            way.connect(&self.relay).expect("an address");
            way.set_read_timeout(Some(LOOK)).expect("set");
            let way = Arc::new(way);
            let (shared, down) = (Arc::clone(self), Arc::clone(&way));
            thread::spawn(move || shared.carry_down(&down, member));
            way
        });
        Arc::clone(way)
    }

    /// Until the way is no longer used.
    fn carry_down(&self, way: &Arc<UdpSocket>, member: SocketAddr) {
        let mut bytes = [0; 2048];
        while !self.ended.load(Ordering::SeqCst) && Arc::strong_count(way) > 1 {
            if let Ok(length) = way.recv(&mut bytes)
                && self.passes(member)
                && !self.deaf.load(Ordering::SeqCst)
            {
                let _ = self.front.send_to(&bytes[..length], member);
            }
        }
    }
}
