//! A member's line: forwards datagrams between a client and the relay as a [`Setting`] says, on any machine and without
//! rights. What is measured of the line is counted here: bytes at the IP level, and how late the emulator itself was.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ingle::ids::Time;
use ingle::sim::link::{Fate, Link, Setting};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::schedule;

/// Bytes of IPv4 and UDP around a datagram.
pub(crate) const HEADERS: usize = 28;
/// How soon a thread sees that it is no longer wanted.
const LOOK: Duration = Duration::from_millis(100);
/// Sockets of one client: it takes a new one when it looks for a better way.
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
    counts: Arc<Mutex<Counts>>,
    ended: Arc<AtomicBool>,
}

/// What the emulator has seen of a line.
#[derive(Default)]
pub(crate) struct Counts {
    /// When a packet of this many bytes was sent up (before any loss) and came down (after).
    packets: [Vec<(Instant, u32)>; 2],
    /// How much later than it was due each packet was handed on, in microseconds.
    late: Vec<u32>,
}

enum Event {
    Packet { way: Way, socket: usize, bytes: Vec<u8>, at: Instant },
    Set(Setting),
}

impl Line {
    /// A line to `relay`; both directions are as `setting` says, with chances of their own from `seed`.
    pub(crate) fn start(relay: SocketAddr, setting: Setting, seed: u64) -> io::Result<Self> {
        let front = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        front.set_read_timeout(Some(LOOK))?;
        let at = front.local_addr()?;
        let (changes, events) = sync_channel(ON_THE_WAY);
        let (counts, ended) = (Arc::<Mutex<Counts>>::default(), Arc::<AtomicBool>::default());
        let ends = Arc::new(Mutex::new(Ends { front, relay, clients: Vec::new() }));
        let front = lock(&ends).front.try_clone()?;
        let gate = Gate { events: changes.clone(), ends: ends.clone(), ended: ended.clone() };
        thread::spawn(move || gate.carry_up(&front));
        let carrier = Carrier {
            ways: [seed * 2, seed * 2 + 1].map(|seed| Link::new(setting, ChaCha20Rng::seed_from_u64(seed))),
            began: Instant::now(),
            waiting: BinaryHeap::new(),
            taken: 0,
            ends,
            counts: counts.clone(),
        };
        let stop = ended.clone();
        thread::spawn(move || carrier.run(&events, &stop));
        Ok(Self { at, changes, counts, ended })
    }

    /// From here on both directions are so.
    pub(crate) fn set(&self, setting: Setting) {
        // The carrier ends after the line.
        let _ = self.changes.send(Event::Set(setting));
    }

    /// Kilobits a second at the IP level between two moments.
    pub(crate) fn kbps(&self, way: Way, from: Instant, to: Instant) -> f64 {
        let counts = lock(&self.counts);
        let within = counts.packets[way as usize].iter().filter(|(at, _)| (from..to).contains(at));
        within.map(|(_, bytes)| f64::from(*bytes)).sum::<f64>() * 8.0 / 1000.0 / (to - from).as_secs_f64().max(1e-9)
    }

    /// How late each packet was handed on so far, in microseconds.
    pub(crate) fn late(&self) -> Vec<u32> {
        lock(&self.counts).late.clone()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The sockets of a line.
struct Ends {
    front: UdpSocket,
    relay: SocketAddr,
    /// For each of the client's sockets, the one that the relay sees.
    clients: Vec<(SocketAddr, UdpSocket)>,
}

/// Takes what comes.
#[derive(Clone)]
struct Gate {
    events: SyncSender<Event>,
    ends: Arc<Mutex<Ends>>,
    ended: Arc<AtomicBool>,
}

impl Gate {
    fn carry_up(self, front: &UdpSocket) {
        schedule::first();
        let mut bytes = [0; 2048];
        while !self.ended.load(Ordering::SeqCst) {
            if let Ok((length, client)) = front.recv_from(&mut bytes)
                && let Some(socket) = self.socket(client)
            {
                self.pass(Way::Up, socket, &bytes[..length]);
            }
        }
    }

    fn carry_down(&self, back: &UdpSocket, socket: usize) {
        schedule::first();
        let mut bytes = [0; 2048];
        while !self.ended.load(Ordering::SeqCst) {
            if let Ok(length) = back.recv(&mut bytes) {
                self.pass(Way::Down, socket, &bytes[..length]);
            }
        }
    }

    fn pass(&self, way: Way, socket: usize, bytes: &[u8]) {
        // What can't be taken any more is lost, as on any line.
        let _ = self.events.try_send(Event::Packet { way, socket, bytes: bytes.to_vec(), at: Instant::now() });
    }

    /// The number of the socket that stands for a client's; `None` if there are too many.
    fn socket(&self, client: SocketAddr) -> Option<usize> {
        let mut ends = lock(&self.ends);
        if let Some(known) = ends.clients.iter().position(|(known, _)| *known == client) {
            return Some(known);
        }
        let number = Some(ends.clients.len()).filter(|number| *number < SOCKETS)?;
        let back = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
        back.connect(ends.relay).ok()?;
        back.set_read_timeout(Some(LOOK)).ok()?;
        ends.clients.push((client, back.try_clone().ok()?));
        let gate = self.clone();
        thread::spawn(move || gate.carry_down(&back, number));
        Some(number)
    }
}

/// What is on its way, by the moment at which it arrives and the order in which it was sent.
type OnTheWay = Reverse<(Time, u64, bool, usize, Vec<u8>)>;

/// Hands on what is due.
struct Carrier {
    ways: [Link; 2],
    began: Instant,
    waiting: BinaryHeap<OnTheWay>,
    taken: u64,
    ends: Arc<Mutex<Ends>>,
    counts: Arc<Mutex<Counts>>,
}

impl Carrier {
    fn run(mut self, events: &Receiver<Event>, ended: &AtomicBool) {
        schedule::first();
        while !ended.load(Ordering::SeqCst) {
            self.deliver();
            let due = self.waiting.peek().map(|Reverse((at, ..))| self.instant(*at));
            let wait = due.map_or(LOOK, |due| due.saturating_duration_since(Instant::now()).min(LOOK));
            match events.recv_timeout(wait) {
                Ok(Event::Packet { way, socket, bytes, at }) => self.take(way, socket, bytes, at),
                Ok(Event::Set(setting)) => self.ways.iter_mut().for_each(|link| link.set(setting)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn instant(&self, at: Time) -> Instant {
        self.began + Duration::from_micros(at.0)
    }

    fn take(&mut self, way: Way, socket: usize, bytes: Vec<u8>, at: Instant) {
        let size = bytes.len() + HEADERS;
        if way == Way::Up {
            lock(&self.counts).packets[Way::Up as usize].push((at, size as u32));
        }
        let now = Time(at.saturating_duration_since(self.began).as_micros() as u64);
        if let Fate::Arrives(arrival) = self.ways[way as usize].send(size, now)
            && self.waiting.len() < ON_THE_WAY
        {
            self.taken += 1;
            self.waiting.push(Reverse((arrival, self.taken, way == Way::Up, socket, bytes)));
        }
    }

    fn deliver(&mut self) {
        loop {
            let now = Instant::now();
            if self.waiting.peek().is_none_or(|Reverse((at, ..))| self.instant(*at) > now) {
                return;
            }
            let Some(Reverse((due, _, up, socket, bytes))) = self.waiting.pop() else { return };
            let ends = lock(&self.ends);
            let Some((client, back)) = ends.clients.get(socket) else { continue };
            // What can't be sent is lost, as on any line.
            let _ = if up { back.send(&bytes) } else { ends.front.send_to(&bytes, client) };
            drop(ends);
            let mut counts = lock(&self.counts);
            counts.late.push((now - self.instant(due)).as_micros() as u32);
            if !up {
                counts.packets[Way::Down as usize].push((now, (bytes.len() + HEADERS) as u32));
            }
        }
    }
}
