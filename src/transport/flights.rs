//! Datagrams that somebody waits for are sent again until they are acknowledged.
//!
//! QUIC would wait for the round trip three times over and for the longest delay of an acknowledgement, and then twice as long
//! each time. That is right for what nobody waits for. Ten messages go to and fro until a newcomer is in, and each loss on the
//! way would cost a second or two. So the flights of a knock leave again as they were, after little more than a round trip. A
//! copy that isn't needed is passed over by its number (RFC 9000, section 12.3).

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use quinn::udp::Transmit;
use quinn::{AsyncUdpSocket, Connection};
use tokio::time::{Instant, sleep};

use super::packet;

/// What leaves this soon after it was said that a flight follows is the flight.
const GATHERED: Duration = Duration::from_millis(15);
/// An acknowledged packet was made at most this long before its datagram left.
const MADE_BEFORE: Duration = Duration::from_millis(3);
/// Most datagrams that one line keeps to send again, and most bytes of them.
const KEPT: usize = 8;
const KEPT_BYTES: usize = 6000;
/// How often one is sent again.
const TIMES: u32 = 8;
/// Bytes of the first packet and its answer: in the first round trip both had to pass.
const FIRST_BYTES: u32 = 2500;
/// How long the other end may take to answer.
const ANSWERED: Duration = Duration::from_millis(20);
/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_millis(20);
/// The least and the most time until a flight is sent again.
const LEAST: Duration = Duration::from_millis(60);
const MOST: Duration = Duration::from_secs(3);

/// For this long a connection is young.
const YOUNG: Duration = Duration::from_secs(10);
/// Of this many packets one is lost on a line that loses a lot, and so many are.
const ONE_IN: u64 = 20;
const LOST: u64 = 4;

/// Whether a connection's line loses a lot, as far as QUIC has seen.
fn is_lossy(connection: &Connection) -> bool {
    let path = connection.stats().path;
    path.lost_packets >= LOST && path.lost_packets * ONE_IN >= path.sent_packets
}

/// A datagram that was sent, and isn't acknowledged.
struct Sent {
    at: Instant,
    bytes: Vec<u8>,
    /// The lengths of those of its packets that aren't acknowledged, and whether one is: they came together.
    parts: Vec<usize>,
    came: bool,
    /// When it is to be sent again, and how often it was.
    due: Instant,
    times: u32,
}

/// What is sent again on one connection.
#[derive(Default)]
struct Pending {
    /// When anything was said on it first.
    since: Option<Instant>,
    gathers_until: Option<Instant>,
    /// The first round trip, with packets of full length.
    first: Option<Duration>,
    patience: Duration,
    /// What each byte of a flight adds to it.
    each_byte: Duration,
    sent: Vec<Sent>,
    /// Whether a task sends them.
    runs: bool,
}

/// One connection. Its congestion controller tells what was acknowledged.
#[derive(Clone, Default)]
pub(crate) struct Line(Arc<Mutex<Pending>>);

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time from a first packet to its answer, without what was lost before.
    pub(super) fn set_first_round_trip(&self, first: Duration) {
        self.lock().first = Some(first);
    }

    /// A packet of this length that was made then is acknowledged.
    pub(super) fn acknowledged(&self, made: std::time::Instant, length: u64) {
        let made = Instant::from_std(made);
        let left = made..=made + MADE_BEFORE;
        for sent in self.lock().sent.iter_mut().filter(|sent| left.contains(&sent.at)) {
            if let Some(part) = sent.parts.iter().position(|part| *part as u64 == length) {
                sent.parts.remove(part);
                sent.came = true;
                return;
            }
        }
    }
}

/// The lengths of the packets in a datagram.
fn parts(mut datagram: &[u8]) -> Vec<usize> {
    let mut parts = Vec::new();
    while !datagram.is_empty() {
        let part = packet::end(datagram).unwrap_or(datagram.len());
        parts.push(part);
        datagram = &datagram[part..];
    }
    parts
}

impl Pending {
    /// Keeps what leaves, if it belongs to a flight.
    fn keep(&mut self, transmit: &Transmit<'_>, now: Instant) {
        if self.gathers_until.is_none_or(|until| now > until) {
            return;
        }
        for bytes in transmit.contents.chunks(transmit.segment_size.unwrap_or(usize::MAX).max(1)) {
            let due = now + (self.patience + self.each_byte * bytes.len() as u32).clamp(LEAST, MOST);
            self.sent.push(Sent { at: now, bytes: bytes.to_vec(), parts: parts(bytes), came: false, due, times: 0 });
        }
        while self.sent.len() > KEPT || self.sent.iter().map(|sent| sent.bytes.len()).sum::<usize>() > KEPT_BYTES {
            self.sent.remove(0);
        }
    }

    /// What is to be sent again now.
    fn due(&mut self, now: Instant) -> Vec<Vec<u8>> {
        let mut again = Vec::new();
        for sent in self.sent.iter_mut().filter(|sent| sent.due <= now && !sent.came) {
            again.push(sent.bytes.clone());
            sent.times += 1;
            let wait = self.patience + self.each_byte * sent.bytes.len() as u32;
            // Twice as soon as at first, then less and less often.
            sent.due = now + (wait * sent.times.saturating_sub(1).max(1)).clamp(LEAST, MOST);
        }
        self.sent.retain(|sent| sent.times < TIMES && (!sent.came || now < sent.at + MOST));
        again
    }

    fn is_over(&self, now: Instant) -> bool {
        self.sent.iter().all(|sent| sent.came) && self.gathers_until.is_none_or(|until| now > until)
    }
}

/// The connections of one socket whose flights are sent again.
#[derive(Default)]
pub(crate) struct Flights {
    lines: Mutex<HashMap<SocketAddr, Line>>,
    /// How many there are, to be looked at without the lock.
    count: AtomicUsize,
    exit: Mutex<Option<Exit>>,
}

/// Whether a copy may be sent to an address.
type May = dyn Fn(SocketAddr, &[u8]) -> bool + Send;

/// The socket by which copies leave, and whether one may be sent to an address.
struct Exit {
    socket: Weak<dyn AsyncUdpSocket>,
    may: Box<May>,
}

impl fmt::Debug for Flights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flights").finish_non_exhaustive()
    }
}

impl Flights {
    /// Copies leave by this socket, as far as they may.
    pub(super) fn leave_by(
        &self,
        socket: Weak<dyn AsyncUdpSocket>,
        may: impl Fn(SocketAddr, &[u8]) -> bool + Send + 'static,
    ) {
        *self.exit.lock().unwrap_or_else(PoisonError::into_inner) = Some(Exit { socket, may: Box::new(may) });
    }

    /// Something is said next on this connection, and perhaps somebody waits for it. On a line that has just begun or loses a lot,
    /// whatever is said may stand before what is waited for.
    pub(crate) fn expect(self: &Arc<Self>, line: &Line, connection: &Connection, awaited: bool) {
        let is_young = line.lock().since.get_or_insert_with(Instant::now).elapsed() < YOUNG;
        if !awaited && !is_young && !is_lossy(connection) {
            return;
        }
        // It may have been measured over packets that were sent again.
        let round_trip = connection.rtt().min(connection.min_rtt() * 2);
        self.expect_at(line, connection.remote_address(), round_trip);
    }

    /// The same, before there is a connection.
    pub(super) fn expect_at(self: &Arc<Self>, line: &Line, to: SocketAddr, round_trip: Duration) {
        let now = Instant::now();
        let mut lines = self.lock();
        let mut pending = line.lock();
        pending.gathers_until = Some(now + GATHERED);
        // Where first packets were lost, QUIC has measured how long that took as well.
        let (first, round_trip) =
            pending.first.map_or((round_trip, round_trip), |first| (first, first.min(round_trip)));
        pending.patience = round_trip + round_trip / 4 + ANSWERED;
        pending.each_byte = first / FIRST_BYTES;
        if !std::mem::replace(&mut pending.runs, true) {
            lines.insert(to, line.clone());
            self.count.store(lines.len(), Ordering::Relaxed);
            tokio::spawn(run(Arc::downgrade(self), line.clone(), to));
        }
    }

    /// A datagram leaves.
    pub(super) fn note(&self, transmit: &Transmit<'_>) {
        if self.count.load(Ordering::Relaxed) == 0 {
            return;
        }
        let line = self.lock().get(&transmit.destination).cloned();
        if let Some(line) = line {
            line.lock().keep(transmit, Instant::now());
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SocketAddr, Line>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, to: SocketAddr, contents: &[u8]) {
        let exit = self.exit.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(exit) = &*exit
            && let Some(socket) = exit.socket.upgrade()
            && (exit.may)(to, contents)
        {
            // If it can't leave now, QUIC will see to it.
            let _ =
                socket.try_send(&Transmit { destination: to, ecn: None, contents, segment_size: None, src_ip: None });
        }
    }
}

/// Sends a connection's flights again until all are acknowledged.
async fn run(flights: Weak<Flights>, line: Line, to: SocketAddr) {
    loop {
        sleep(LOOK).await;
        let Some(flights) = flights.upgrade() else { return };
        let now = Instant::now();
        let again = line.lock().due(now);
        again.iter().for_each(|bytes| flights.send(to, bytes));
        let mut lines = flights.lock();
        let mut pending = line.lock();
        if pending.is_over(now) {
            (pending.runs, pending.sent) = (false, Vec::new());
            lines.remove(&to);
            flights.count.store(lines.len(), Ordering::Relaxed);
            return;
        }
    }
}
