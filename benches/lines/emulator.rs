//! A member's line: forwards datagrams between a client and the relay as a [`Setting`] says, on any machine and without
//! rights. It can be cut, and does what address translators and firewalls do. What is measured of the line is counted here: bytes
//! at the IP level, and how late the emulator itself was.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ingle::ids::Time;
use ingle::sim::link::{Fate, Link, Setting};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::schedule;

/// Bytes of IPv4 and UDP around a datagram.
pub(crate) const HEADERS: usize = 28;
/// How soon a thread sees that it is no longer wanted.
const LOOK: Duration = Duration::from_millis(100);
/// Sockets of one client that are kept: it takes a new one when it looks for a better way.
const SOCKETS: usize = 64;
/// Packets that may be on their way; what comes then is lost.
const ON_THE_WAY: usize = 8192;

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To the relay.
    Up = 0,
    /// To the client.
    Down = 1,
}

/// A line between one client and the relay. Dropping ends it.
pub(crate) struct Line {
    /// Where the client finds the relay.
    pub at: SocketAddr,
    changes: SyncSender<Event>,
    ends: Arc<Ends>,
    counts: Option<Arc<Mutex<Counts>>>,
}

/// What the emulator has seen of a line.
#[derive(Default)]
struct Counts {
    /// When a packet of this many bytes was sent up (before any loss) and came down (after).
    packets: [Vec<(Instant, u32)>; 2],
    /// How much later than it was due each packet was handed on, in microseconds.
    late: Vec<u32>,
}

enum Event {
    Packet { way: Way, mapping: u64, bytes: Vec<u8>, at: Instant },
    Set(Setting),
}

impl Line {
    /// A line to `relay`; both directions are as `setting` says, with chances of their own from `seed`. All that passes is counted.
    pub(crate) fn start(relay: SocketAddr, setting: Setting, seed: u64) -> io::Result<Self> {
        Self::counted_by(Some(Arc::default()), relay, setting, seed)
    }

    /// The same for as long as it takes: nothing is counted.
    pub(crate) fn uncounted(relay: SocketAddr, setting: Setting, seed: u64) -> io::Result<Self> {
        Self::counted_by(None, relay, setting, seed)
    }

    fn counted_by(
        counts: Option<Arc<Mutex<Counts>>>,
        relay: SocketAddr,
        setting: Setting,
        seed: u64,
    ) -> io::Result<Self> {
        let here = if relay.is_ipv4() { IpAddr::from(Ipv4Addr::UNSPECIFIED) } else { Ipv6Addr::UNSPECIFIED.into() };
        let front = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        front.set_read_timeout(Some(LOOK))?;
        let at = front.local_addr()?;
        let (changes, events) = sync_channel(ON_THE_WAY);
        let (nothing, known) = (|| AtomicBool::new(false), Mutex::default());
        let ends = Arc::new(Ends { front, here, relay, known, cut: nothing(), deaf: nothing(), ended: nothing() });
        let gate = Gate { events: changes.clone(), ends: ends.clone() };
        thread::spawn(move || gate.carry_up());
        let carrier = Carrier {
            ways: [seed * 2, seed * 2 + 1].map(|seed| Link::new(setting, ChaCha20Rng::seed_from_u64(seed))),
            began: Instant::now(),
            waiting: BinaryHeap::new(),
            taken: 0,
            ends: ends.clone(),
            counts: counts.clone(),
        };
        thread::spawn(move || carrier.run(&events));
        Ok(Self { at, changes, ends, counts })
    }

    /// From here on both directions are so.
    pub(crate) fn set(&self, setting: Setting) {
        // The carrier ends after the line.
        let _ = self.changes.send(Event::Set(setting));
    }

    /// From here on nothing passes, or everything again.
    pub(crate) fn cut(&self, cut: bool) {
        self.ends.cut.store(cut, Ordering::SeqCst);
    }

    /// From here on nothing passes to the client, or everything again. What it sends passes.
    pub(crate) fn deafen(&self, deaf: bool) {
        self.ends.deaf.store(deaf, Ordering::SeqCst);
    }

    /// From here on the relay sees the client at another port; what is sent to the old one is lost.
    pub(crate) fn rebind(&self) {
        lock(&self.ends.known).mappings.clear();
    }

    /// From here on nothing passes for the sockets that the client has had so far, as when a firewall has forgotten them.
    pub(crate) fn strand(&self) {
        lock(&self.ends.known).mappings.iter_mut().for_each(|mapping| mapping.stranded = true);
    }

    /// Kilobits a second at the IP level between two moments.
    pub(crate) fn kbps(&self, way: Way, from: Instant, to: Instant) -> f64 {
        let Some(counts) = &self.counts else { return 0.0 };
        let counts = lock(counts);
        let within = counts.packets[way as usize].iter().filter(|(at, _)| (from..to).contains(at));
        within.map(|(_, bytes)| f64::from(*bytes)).sum::<f64>() * 8.0 / 1000.0 / (to - from).as_secs_f64().max(1e-9)
    }

    /// How late each packet was handed on so far, in microseconds.
    pub(crate) fn late(&self) -> Vec<u32> {
        self.counts.as_ref().map(|counts| lock(counts).late.clone()).unwrap_or_default()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.ends.ended.store(true, Ordering::SeqCst);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The two ends of a line, and what is done to all that passes.
struct Ends {
    front: UdpSocket,
    /// From where the relay is called.
    here: IpAddr,
    relay: SocketAddr,
    known: Mutex<Known>,
    cut: AtomicBool,
    deaf: AtomicBool,
    ended: AtomicBool,
}

#[derive(Default)]
struct Known {
    /// Those that there were so far.
    count: u64,
    mappings: Vec<Mapping>,
}

/// One of the client's sockets, and the one that the relay sees in its place.
struct Mapping {
    number: u64,
    client: SocketAddr,
    back: Arc<UdpSocket>,
    used: Instant,
    stranded: bool,
}

/// Takes what comes.
#[derive(Clone)]
struct Gate {
    events: SyncSender<Event>,
    ends: Arc<Ends>,
}

impl Gate {
    fn carry_up(self) {
        schedule::first();
        let mut bytes = [0; 2048];
        while !self.ends.ended.load(Ordering::SeqCst) {
            if let Ok((length, client)) = self.ends.front.recv_from(&mut bytes)
                && let Some(mapping) = self.mapping(client)
            {
                self.pass(Way::Up, mapping, &bytes[..length]);
            }
        }
    }

    /// Until the mapping is no longer used.
    fn carry_down(&self, back: &Arc<UdpSocket>, mapping: u64) {
        schedule::first();
        let mut bytes = [0; 2048];
        while !self.ends.ended.load(Ordering::SeqCst) && Arc::strong_count(back) > 1 {
            if let Ok(length) = back.recv(&mut bytes)
                && !self.ends.deaf.load(Ordering::SeqCst)
            {
                self.pass(Way::Down, mapping, &bytes[..length]);
            }
        }
    }

    fn pass(&self, way: Way, mapping: u64, bytes: &[u8]) {
        let stranded = |known: &Known| known.mappings.iter().any(|known| known.number == mapping && known.stranded);
        if !self.ends.cut.load(Ordering::SeqCst) && !stranded(&lock(&self.ends.known)) {
            // What can't be taken any more is lost, as on any line.
            let _ = self.events.try_send(Event::Packet { way, mapping, bytes: bytes.to_vec(), at: Instant::now() });
        }
    }

    /// The number of the mapping for a client's socket; `None` if the system gives no more. The one that was used least lately gives way.
    fn mapping(&self, client: SocketAddr) -> Option<u64> {
        let mut known = lock(&self.ends.known);
        if let Some(mapping) = known.mappings.iter_mut().find(|mapping| mapping.client == client) {
            mapping.used = Instant::now();
            return Some(mapping.number);
        }
        let back = UdpSocket::bind((self.ends.here, 0)).ok()?;
        back.connect(self.ends.relay).ok()?;
        back.set_read_timeout(Some(LOOK)).ok()?;
        let (number, back) = (known.count, Arc::new(back));
        known.count += 1;
        if known.mappings.len() >= SOCKETS {
            let oldest = known.mappings.iter().enumerate().min_by_key(|(_, mapping)| mapping.used).map(|(at, _)| at);
            oldest.map(|at| known.mappings.swap_remove(at));
        }
        known.mappings.push(Mapping { number, client, back: back.clone(), used: Instant::now(), stranded: false });
        let gate = self.clone();
        thread::spawn(move || gate.carry_down(&back, number));
        Some(number)
    }
}

/// What is on its way, by the moment at which it arrives and the order in which it was sent.
type OnTheWay = Reverse<(Time, u64, bool, u64, Vec<u8>)>;

/// Hands on what is due.
struct Carrier {
    ways: [Link; 2],
    began: Instant,
    waiting: BinaryHeap<OnTheWay>,
    taken: u64,
    ends: Arc<Ends>,
    counts: Option<Arc<Mutex<Counts>>>,
}

impl Carrier {
    fn run(mut self, events: &Receiver<Event>) {
        schedule::first();
        while !self.ends.ended.load(Ordering::SeqCst) {
            self.deliver();
            let due = self.waiting.peek().map(|Reverse((at, ..))| self.instant(*at));
            let wait = due.map_or(LOOK, |due| due.saturating_duration_since(Instant::now()).min(LOOK));
            match events.recv_timeout(wait) {
                Ok(Event::Packet { way, mapping, bytes, at }) => self.take(way, mapping, bytes, at),
                Ok(Event::Set(setting)) => self.ways.iter_mut().for_each(|link| link.set(setting)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn instant(&self, at: Time) -> Instant {
        self.began + Duration::from_micros(at.0)
    }

    fn take(&mut self, way: Way, mapping: u64, bytes: Vec<u8>, at: Instant) {
        let size = bytes.len() + HEADERS;
        if let Some(counts) = self.counts.as_ref().filter(|_| way == Way::Up) {
            lock(counts).packets[Way::Up as usize].push((at, size as u32));
        }
        let now = Time(at.saturating_duration_since(self.began).as_micros() as u64);
        let link = &mut self.ways[way as usize];
        for _ in 0..1 + usize::from(link.duplicates()) {
            if let Fate::Arrives(arrival) = link.send(size, now)
                && self.waiting.len() < ON_THE_WAY
            {
                self.taken += 1;
                self.waiting.push(Reverse((arrival, self.taken, way == Way::Up, mapping, bytes.clone())));
            }
        }
    }

    fn deliver(&mut self) {
        loop {
            let now = Instant::now();
            if self.waiting.peek().is_none_or(|Reverse((at, ..))| self.instant(*at) > now) {
                return;
            }
            let Some(Reverse((due, _, up, mapping, bytes))) = self.waiting.pop() else { return };
            {
                let known = lock(&self.ends.known);
                let Some(mapping) = known.mappings.iter().find(|known| known.number == mapping) else { continue };
                // What can't be sent is lost, as on any line.
                let _ = if up { mapping.back.send(&bytes) } else { self.ends.front.send_to(&bytes, mapping.client) };
            }
            let Some(counts) = &self.counts else { continue };
            let mut counts = lock(counts);
            counts.late.push((now - self.instant(due)).as_micros() as u32);
            if !up {
                counts.packets[Way::Down as usize].push((now, (bytes.len() + HEADERS) as u32));
            }
        }
    }
}
