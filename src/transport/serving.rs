//! A relay's socket: it answers pings, gives a first answer again, and sends the flights of a knock again.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::{SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::task::{Context, Poll};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncTimer, AsyncUdpSocket, Connection, Runtime, ServerConfig, UdpPoller};
use tokio::time::Instant;

use super::datagrams::{Kept, receive};
use super::flights::{Flights, Line};
use super::newcomers::{Newcomers, Passes};
use super::ping::{self, Ping};
use super::settings;

/// What a relay's socket has in common with its connections.
#[derive(Clone)]
pub(crate) struct Serving {
    shared: Arc<Shared>,
    flights: Arc<Flights>,
    config: Arc<RwLock<ServerConfig>>,
}

#[derive(Default)]
struct Shared {
    newcomers: Mutex<Newcomers>,
    /// Whether there are any, to be looked at without the lock.
    any: AtomicBool,
}

impl Shared {
    fn newcomers(&self) -> MutexGuard<'_, Newcomers> {
        self.newcomers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Serving {
    /// For connections with these settings. With it, the runtime whose socket does what this module says.
    pub(crate) fn on(runtime: Arc<dyn Runtime>, config: ServerConfig) -> (Self, Arc<dyn Runtime>) {
        let (shared, flights): (Arc<Shared>, Arc<Flights>) = Default::default();
        let sockets = Sockets { runtime, shared: shared.clone(), flights: flights.clone() };
        (Self { shared, flights, config: Arc::new(RwLock::new(config)) }, Arc::new(sockets))
    }

    /// New connections get these settings from now on.
    pub(crate) fn show(&self, config: ServerConfig) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
    }

    /// Settings for a new connection, and what of it is sent again.
    pub(crate) fn connection(&self) -> (Arc<ServerConfig>, Line) {
        let line = Line::default();
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner);
        (settings::with_line(&config, line.clone()), line)
    }

    /// To be called before something is written that the member waits for.
    pub(crate) fn flight(&self, line: Line, connection: Connection) -> impl Fn(bool) + use<> {
        let flights = self.flights.clone();
        move |awaited| flights.expect(&line, &connection, awaited)
    }

    /// The handshake of this connection, from this address, is over.
    pub(crate) fn confirm(&self, line: &Line, at: SocketAddr) {
        if let Some(round_trip) = self.shared.newcomers().confirm(at) {
            line.set_first_round_trip(round_trip);
        }
    }
}

struct Sockets {
    runtime: Arc<dyn Runtime>,
    shared: Arc<Shared>,
    flights: Arc<Flights>,
}

impl fmt::Debug for Sockets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sockets").finish_non_exhaustive()
    }
}

impl Runtime for Sockets {
    fn new_timer(&self, at: std::time::Instant) -> Pin<Box<dyn AsyncTimer>> {
        self.runtime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        self.runtime.spawn(future);
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        let inner = self.runtime.wrap_udp_socket(socket)?;
        // A copy counts as any other datagram.
        let shared = self.shared.clone();
        let may = move |to, copy: &[u8]| shared.newcomers().sends(to, copy, copy.len(), Instant::now());
        self.flights.leave_by(Arc::downgrade(&inner), may);
        let (shared, flights) = (self.shared.clone(), self.flights.clone());
        Ok(Arc::new(Front { inner, shared, flights, early: Mutex::default() }))
    }

    fn now(&self) -> std::time::Instant {
        self.runtime.now()
    }
}

struct Front {
    inner: Arc<dyn AsyncUdpSocket>,
    shared: Arc<Shared>,
    flights: Arc<Flights>,
    /// What overtook the end of a handshake that has come by now.
    early: Mutex<VecDeque<Kept>>,
}

impl fmt::Debug for Front {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Front").finish_non_exhaustive()
    }
}

impl Front {
    /// What of a datagram QUIC is to read.
    fn take(&self, from: SocketAddr, datagram: &[u8], meta: &RecvMeta) -> Option<usize> {
        if let Some((ping, number, token)) = ping::read(datagram) {
            self.answer(from, ping, number, token);
            return None;
        }
        // Long packets only begin a connection; those of the others pass as fast as they come.
        let is_long = datagram.first().is_some_and(|first| first & 0x80 != 0);
        if !is_long && !self.shared.any.load(Ordering::Relaxed) {
            return Some(datagram.len());
        }
        let mut newcomers = self.shared.newcomers();
        let passes = newcomers.received(from, datagram, Instant::now());
        let early = newcomers.take_early(from);
        self.shared.any.store(!newcomers.are_none(), Ordering::Relaxed);
        drop(newcomers);
        let early = early.into_iter().map(|bytes| Kept { bytes, meta: *meta });
        self.early.lock().unwrap_or_else(PoisonError::into_inner).extend(early);
        (passes == Passes::Now).then_some(datagram.len())
    }

    fn answer(&self, from: SocketAddr, ping: Ping, number: u8, token: [u8; 2]) {
        let again = match ping {
            Ping::Ask => false,
            Ping::Again => true,
            Ping::NotBegun | Ping::Begun => return,
        };
        let asked = self.shared.newcomers().asked(from, (number, token), again, Instant::now());
        let Some((begun, copy)) = asked else { return };
        if let Some(copy) = copy {
            self.send(from, &copy);
        }
        self.send(from, &ping::write(if begun { Ping::Begun } else { Ping::NotBegun }, number, token));
    }

    fn send(&self, destination: SocketAddr, contents: &[u8]) {
        // If it can't leave now, it is asked for again.
        let _ = self.inner.try_send(&Transmit { destination, ecn: None, contents, segment_size: None, src_ip: None });
    }
}

impl AsyncUdpSocket for Front {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        self.inner.clone().create_io_poller()
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        if !self.shared.any.load(Ordering::Relaxed) {
            self.inner.try_send(transmit)?;
            self.flights.note(transmit);
            return Ok(());
        }
        let (to, segment) = (transmit.destination, transmit.segment_size.unwrap_or(usize::MAX));
        if !self.shared.newcomers().sends(to, transmit.contents, segment, Instant::now()) {
            // For QUIC it is lost, and may leave once more has come.
            return Ok(());
        }
        self.inner.try_send(transmit)?;
        self.flights.note(transmit);
        if let Some((number, token)) = self.shared.newcomers().take_asks(to) {
            self.send(to, &ping::write(Ping::Begun, number, token));
        }
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let kept = self.early.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        receive(&*self.inner, kept, |from, datagram, meta| self.take(from, datagram, meta), cx, bufs, meta)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    fn max_transmit_segments(&self) -> usize {
        self.inner.max_transmit_segments()
    }

    fn max_receive_segments(&self) -> usize {
        self.inner.max_receive_segments()
    }

    fn may_fragment(&self) -> bool {
        self.inner.may_fragment()
    }
}
