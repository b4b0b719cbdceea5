//! A member's socket while a connection begins, on lines that lose packets or are narrow.
//!
//! The first datagram leaves once the greeting is in it, and again as [`super::opening`] says. QUIC itself would wait 1.5 s
//! ([`super::settings`] says why not less), and then twice as long each time.
//!
//! The relay's answer holds several packets. QUIC would acknowledge the first of them together with its own next flight, and
//! fill up the datagram to 1,200 bytes for that, which take 0.6 s on 16 kbps. So QUIC is given the first packet by itself, and
//! what it says to that isn't sent: its next flight says the same (RFC 9001, section 4.9.1). In the same way the end of the
//! handshake is acknowledged before QUIC reads what the relay says behind it; or it would acknowledge that half a second late.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::{SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, UdpPoller};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};

use super::datagrams::{Kept, receive};
use super::flights::{Flights, Line};
use super::opening::{Opening, Step};
use super::packet::{self, Kind};
use super::ping::{self, Ping};
use super::settings;

/// How long the rest of the relay's answer is kept back at most.
const APART: Duration = Duration::from_millis(10);
/// How often it is looked whether a ping was answered.
const LOOK: Duration = Duration::from_millis(10);

/// What is known of a connection that begins.
#[derive(Clone, Default)]
pub(super) struct Beginnings {
    /// The flights that are sent again, and those of this connection.
    pub(super) flights: Arc<Flights>,
    pub(super) line: Line,
    /// Whether anything has come from the relay, even if no more than the answer to a ping.
    pub(super) alive: Arc<AtomicBool>,
}

/// A runtime on which connections begin as this module says.
pub(super) struct Beginning {
    runtime: Arc<dyn Runtime>,
    gate: Option<Arc<Semaphore>>,
    shared: Beginnings,
}

impl fmt::Debug for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beginning").finish_non_exhaustive()
    }
}

/// While it is there nothing leaves.
pub(super) struct Gate(Arc<Semaphore>);

impl Drop for Gate {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Beginning {
    /// A runtime on which everything leaves at once.
    pub(super) fn on(runtime: Arc<dyn Runtime>, shared: Beginnings) -> Self {
        Self { runtime, gate: None, shared }
    }

    /// A runtime on which nothing leaves as long as the gate is there. What is said meanwhile goes into the first packet. In a
    /// packet of its own it could be lost alone, or come before the first and be passed over.
    pub(super) fn behind_gate(runtime: Arc<dyn Runtime>, shared: Beginnings) -> (Self, Gate) {
        let gate = Arc::new(Semaphore::new(0));
        (Self { runtime, gate: Some(gate.clone()), shared }, Gate(gate))
    }
}

impl Runtime for Beginning {
    fn new_timer(&self, at: std::time::Instant) -> Pin<Box<dyn AsyncTimer>> {
        self.runtime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        match self.gate.clone() {
            Some(gate) => self.runtime.spawn(Box::pin(async move {
                // It never gives a permit, and ends when it is closed.
                let _ = gate.acquire().await;
                future.await;
            })),
            None => self.runtime.spawn(future),
        }
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        let other = socket.try_clone()?;
        let inner = self.runtime.wrap_udp_socket(socket)?;
        let gathers = inner.max_receive_segments();
        let gathers = if gathers > 1 && settings::gather_nothing(&other) { 1 } else { gathers };
        self.shared.flights.leave_by(Arc::downgrade(&inner), |_, _| true);
        let shared = self.shared.clone();
        Ok(Arc::new_cyclic(|me| First {
            inner,
            gathers,
            shared,
            state: Mutex::default(),
            waker: Mutex::default(),
            me: me.clone(),
        }))
    }

    fn now(&self) -> std::time::Instant {
        self.runtime.now()
    }
}

/// How far a connection is.
#[derive(Default)]
enum State {
    /// Nothing has left.
    #[default]
    Silent,
    /// The first datagram has left, and its answer has not come.
    Calling { since: Instant, first: Vec<u8>, to: SocketAddr, token: [u8; 2], opening: Opening },
    /// The first packet of the answer was given to QUIC, and the rest is kept until then.
    Answered { until: Instant, rest: VecDeque<Kept> },
    /// QUIC goes on by itself.
    Begun,
}

struct First {
    inner: Arc<dyn AsyncUdpSocket>,
    /// Packets that may come as one.
    gathers: usize,
    shared: Beginnings,
    state: Mutex<State>,
    waker: Mutex<Option<Waker>>,
    me: Weak<Self>,
}

impl fmt::Debug for First {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("First").finish_non_exhaustive()
    }
}

impl First {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// QUIC reads on.
    fn wake(&self) {
        if let Some(waker) = self.waker.lock().unwrap_or_else(PoisonError::into_inner).take() {
            waker.wake();
        }
    }

    /// The first datagram leaves.
    fn begin(&self, transmit: &Transmit<'_>) {
        let length = transmit.segment_size.unwrap_or(usize::MAX).min(transmit.contents.len());
        let first = transmit.contents[..length].to_vec();
        // Whatever makes an answer to an earlier call on the same port differ from this one's will do: part of QUIC's own id.
        let token = first.get(6..8).and_then(|id| id.try_into().ok()).unwrap_or_default();
        let (since, to) = (Instant::now(), transmit.destination);
        *self.state() = State::Calling { since, first, to, token, opening: Opening::new() };
        tokio::spawn(call(self.me.clone()));
    }

    /// Does what is due; when to come again, as long as nothing has answered.
    fn call(&self) -> Option<Instant> {
        let mut state = self.state();
        let State::Calling { since, first, to, token, opening } = &mut *state else { return None };
        loop {
            // What can't leave now is lost, like any other packet.
            let _ = match opening.next(since.elapsed()) {
                Step::Initial => self.send(*to, first),
                Step::Ping(number) => self.send(*to, &ping::write(Ping::Ask, number, *token)),
                Step::Again(number) => self.send(*to, &ping::write(Ping::Again, number, *token)),
                Step::Wait(then) => return Some((*since + then).min(Instant::now() + LOOK)),
            };
        }
    }

    fn send(&self, destination: SocketAddr, contents: &[u8]) -> io::Result<()> {
        self.inner.try_send(&Transmit { destination, ecn: None, contents, segment_size: None, src_ip: None })
    }

    /// What of a datagram QUIC is to read now.
    fn take(&self, datagram: &[u8], meta: &RecvMeta) -> Option<usize> {
        self.shared.alive.store(true, Ordering::Relaxed);
        let mut state = self.state();
        if let Some((ping, number, theirs)) = ping::read(datagram) {
            if let State::Calling { since, token, opening, .. } = &mut *state
                && theirs == *token
                && let Some(begun) = match ping {
                    Ping::NotBegun => Some(false),
                    Ping::Begun => Some(true),
                    Ping::Ask | Ping::Again => None,
                }
            {
                opening.answered(number, begun, since.elapsed());
            }
            return None;
        }
        match &mut *state {
            // A first packet alone is not all of the answer.
            State::Calling { since, to, opening, .. } if packet::has(datagram, Kind::Handshake) => {
                let round_trip = opening.round_trip(since.elapsed());
                self.shared.line.set_first_round_trip(round_trip);
                self.shared.flights.expect_at(&self.shared.line, *to, round_trip);
                let end = packet::end(datagram).filter(|_| packet::kind(datagram) == Some(Kind::Initial));
                let Some(end) = end.filter(|end| *end < datagram.len()) else {
                    *state = State::Begun;
                    return Some(datagram.len());
                };
                let until = Instant::now() + APART;
                let rest = apart(&datagram[end..]).map(|bytes| Kept { bytes: bytes.to_vec(), meta: *meta }).collect();
                *state = State::Answered { until, rest };
                tokio::spawn(release(self.me.clone(), until));
                Some(end)
            }
            State::Answered { rest, .. } => {
                rest.push_back(Kept { bytes: datagram.to_vec(), meta: *meta });
                None
            }
            // The relay asks for a proof of the address first: all begins anew with it.
            State::Calling { .. } if packet::kind(datagram) == Some(Kind::OtherLong) => {
                *state = State::Silent;
                Some(datagram.len())
            }
            State::Silent | State::Calling { .. } | State::Begun => Some(datagram.len()),
        }
    }

    /// What was kept back, once it is time.
    fn kept(&self) -> Option<Kept> {
        let mut state = self.state();
        let State::Answered { until, rest } = &mut *state else { return None };
        if Instant::now() < *until {
            return None;
        }
        let kept = rest.pop_front();
        match rest.front().map(|next| packet::kind(&next.bytes)) {
            None => *state = State::Begun,
            Some(Some(Kind::Short))
                if kept.as_ref().is_some_and(|kept| packet::kind(&kept.bytes) != Some(Kind::Short)) =>
            {
                *until = Instant::now() + APART;
                tokio::spawn(release(self.me.clone(), *until));
            }
            Some(_) => {}
        }
        kept
    }

    /// Whether this is what QUIC says to the first packet of the answer alone. What was kept back follows then, and after the end
    /// of the handshake.
    fn is_spare(&self, transmit: &Transmit<'_>) -> bool {
        let mut state = self.state();
        let State::Answered { until, .. } = &mut *state else { return false };
        let spare = transmit.segment_size.is_none() && packet::is_only_initial(transmit.contents);
        if spare || packet::has(transmit.contents, Kind::Handshake) {
            *until = Instant::now();
            drop(state);
            self.wake();
        }
        spare
    }
}

/// The long packets of a datagram, and its short one, if there is one.
fn apart(datagram: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut long = 0;
    while let Some(end) = packet::end(&datagram[long..]) {
        long += end;
    }
    [&datagram[..long], &datagram[long..]].into_iter().filter(|part| !part.is_empty())
}

/// Sends the first datagram again, and asks what was lost, until the answer is there.
async fn call(socket: Weak<First>) {
    while let Some(due) = socket.upgrade().and_then(|socket| socket.call()) {
        sleep_until(due).await;
    }
}

/// Lets QUIC read on, if it has said nothing to the first packet of the answer.
async fn release(socket: Weak<First>, until: Instant) {
    sleep_until(until).await;
    // A timer may be a little early.
    sleep(Duration::from_millis(1)).await;
    if let Some(socket) = socket.upgrade() {
        socket.wake();
    }
}

impl AsyncUdpSocket for First {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        self.inner.clone().create_io_poller()
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        if self.is_spare(transmit) {
            return Ok(());
        }
        self.inner.try_send(transmit)?;
        let begins = matches!(*self.state(), State::Silent);
        if begins {
            self.begin(transmit);
        }
        // Nobody waits for mere acknowledgements.
        if !packet::is_only_initial(transmit.contents) {
            self.shared.flights.note(transmit);
        }
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let kept = self.kept();
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(cx.waker().clone());
        receive(&*self.inner, kept, |_, datagram, meta| self.take(datagram, meta), cx, bufs, meta)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    fn max_transmit_segments(&self) -> usize {
        self.inner.max_transmit_segments()
    }

    fn max_receive_segments(&self) -> usize {
        self.gathers
    }

    fn may_fragment(&self) -> bool {
        self.inner.may_fragment()
    }
}

#[cfg(test)]
mod tests {
    use quinn::TokioRuntime;

    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_members_socket_is_given_each_packet_by_itself() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let _inside = runtime.enter();
        let socket = settings::socket("127.0.0.1:0".parse().expect("an address")).expect("a socket");
        let same = socket.try_clone().expect("a copy");
        let beginning = Beginning::on(Arc::new(TokioRuntime), Beginnings::default());
        let first = beginning.wrap_udp_socket(socket).expect("taken");
        assert_eq!(first.max_receive_segments(), 1);
        let gathers = nix::sys::socket::getsockopt(&same, nix::sys::socket::sockopt::UdpGroSegment);
        assert_eq!(gathers, Ok(false));
    }
}
