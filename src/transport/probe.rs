//! A test from outside: whether a relay's port can be reached by those who haven't been called from there.
//!
//! Whoever asks calls another relay, which looks on from outside, and asks it for one packet to a port. That relay sends it only
//! to the address from which it was called and which has proven itself in a handshake, so that nobody can have packets sent to
//! anybody else. The packet is small, and comes from a port that the asker has never called.

use std::fmt;
use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, UdpPoller};
use tokio::net::lookup_host;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::dial::dial;
use super::event::LinkEvent;
use super::settings;
use super::target::{Dial, split};

/// What is drawn anew for each test.
pub(crate) type Token = [u8; 16];

/// A datagram that asks for a packet: this, the port, the token. No bundle of voice begins like it.
const ASK: &[u8] = b"\0ingle try ";
/// The answer that it was sent: this and the token.
const SENT: &[u8] = b"\0ingle did ";
/// The packet itself: this and the token. Its first bit tells it from QUIC's (RFC 9000, section 17.2).
const PACKET: &[u8] = b"\0ingle out ";

/// How often a test asks, and how long it waits for each packet. A packet may be lost.
const TRIES: usize = 3;
const EACH: Duration = Duration::from_millis(700);
/// How long finding the relay that looks on may take.
const FIND: Duration = Duration::from_secs(3);

/// What [`read_request`] reads.
fn request(port: u16, token: Token) -> Vec<u8> {
    [ASK, &port.to_be_bytes(), &token].concat()
}

/// The port and the token of a request, if the datagram is one.
pub(crate) fn read_request(bytes: &[u8]) -> Option<(u16, Token)> {
    let (port, token) = bytes.strip_prefix(ASK)?.split_first_chunk::<2>()?;
    let port = u16::from_be_bytes(*port);
    Some((port, token.try_into().ok()?)).filter(|_| port != 0)
}

/// What whoever asked is told once the packet has left.
pub(crate) fn sent(token: Token) -> Vec<u8> {
    [SENT, &token].concat()
}

/// The packet that is to arrive.
pub(crate) fn packet(token: Token) -> Vec<u8> {
    [PACKET, &token].concat()
}

/// Which packet a socket waits for, and whether it has come.
#[derive(Default)]
pub struct Awaited {
    token: Mutex<Option<Token>>,
    arrived: Notify,
}

impl fmt::Debug for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Awaited").finish_non_exhaustive()
    }
}

impl Awaited {
    fn expect(&self, token: Token) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    fn look(&self, bytes: &[u8]) {
        let Some(token) = bytes.strip_prefix(PACKET) else { return };
        let mut expected = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if expected.is_some_and(|expected| expected == token) {
            *expected = None;
            self.arrived.notify_one();
        }
    }
}

/// What a test has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Whether it was about IPv4; otherwise IPv6.
    pub is_ipv4: bool,
    /// Whether a packet from outside has arrived.
    pub arrived: bool,
}

/// Has the relay `onlooker` try whether `port`, at the address by which it is called from here, leads to the socket that waits for
/// `awaited`; for each family of addresses by which it can be called. Nothing is known of a family in which it doesn't answer.
pub async fn test(onlooker: &Dial, port: u16, awaited: &Awaited) -> Vec<Tested> {
    let mut all = Vec::new();
    let Some((name, its_port)) = onlooker.ways().next().and_then(split) else { return all };
    let found = timeout(FIND, lookup_host((name, its_port))).await.ok().and_then(Result::ok);
    let found: Vec<SocketAddr> = found.into_iter().flatten().collect();
    for is_ipv4 in [true, false] {
        if let Some(at) = found.iter().find(|at| at.is_ipv4() == is_ipv4)
            && let Some(arrived) = test_at(*at, port, awaited).await
        {
            all.push(Tested { is_ipv4, arrived });
        }
    }
    all
}

/// `None` if nobody has tried.
async fn test_at(onlooker: SocketAddr, port: u16, awaited: &Awaited) -> Option<bool> {
    // It learns nothing but an address and a port, so it need not be known.
    let (link, mut events) = dial(&Dial { host: onlooker.to_string(), pin: None }).await.ok()?;
    let mut tried = None;
    for _ in 0..TRIES {
        let token = settings::random().ok()?;
        awaited.expect(token);
        link.datagram(request(port, token));
        let waited = timeout(EACH, async {
            loop {
                tokio::select! {
                    () = awaited.arrived.notified() => return true,
                    event = events.recv() => match event {
                        Some(LinkEvent::Datagram(bytes)) if bytes == sent(token) => tried = Some(false),
                        Some(LinkEvent::Datagram(_) | LinkEvent::Control(_)) => {}
                        Some(LinkEvent::Closed(_)) | None => return false,
                    },
                }
            }
        });
        if waited.await == Ok(true) {
            tried = Some(true);
            break;
        }
    }
    link.close().await;
    tried
}

/// Sends the packet that was asked for, once, to an address that was proven to be the asker's.
pub(crate) fn send(to: IpAddr, port: u16, token: Token) -> io::Result<()> {
    let to = SocketAddr::new(to.to_canonical(), port);
    let socket = UdpSocket::bind(super::address::any(to))?;
    socket.set_nonblocking(true)?;
    socket.send_to(&packet(token), to)?;
    Ok(())
}

/// A runtime whose sockets see the packets of tests go by.
#[derive(Debug)]
pub(crate) struct Watching {
    runtime: Arc<dyn Runtime>,
    awaited: Arc<Awaited>,
}

impl Watching {
    pub(crate) fn on(runtime: Arc<dyn Runtime>, awaited: Arc<Awaited>) -> Self {
        Self { runtime, awaited }
    }
}

impl Runtime for Watching {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
        self.runtime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        self.runtime.spawn(future);
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        let inner = self.runtime.wrap_udp_socket(socket)?;
        Ok(Arc::new(Watched { inner, awaited: self.awaited.clone() }))
    }

    fn now(&self) -> Instant {
        self.runtime.now()
    }
}

#[derive(Debug)]
struct Watched {
    inner: Arc<dyn AsyncUdpSocket>,
    awaited: Arc<Awaited>,
}

impl AsyncUdpSocket for Watched {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        self.inner.clone().create_io_poller()
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        self.inner.try_send(transmit)
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let polled = self.inner.poll_recv(cx, bufs, meta);
        if let Poll::Ready(Ok(count)) = polled {
            for (bytes, meta) in bufs.iter().zip(meta.iter()).take(count) {
                if let Some(bytes) = bytes.get(..meta.len).filter(|bytes| bytes.first() == Some(&0)) {
                    self.awaited.look(bytes);
                }
            }
        }
        polled
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_requests_are_read() {
        let token = [7; 16];
        let asked = request(7000, token);
        assert_eq!(read_request(&asked), Some((7000, token)));
        for length in 0..asked.len() {
            assert_eq!(read_request(&asked[..length]), None, "{length}");
        }
        assert_eq!(read_request(&[&asked[..], &[0]].concat()), None);
        assert_eq!(read_request(&request(0, token)), None);
        assert_eq!(read_request(&sent(token)), None);
        assert!(packet(token).len() < asked.len(), "no more goes out than came in");
    }

    #[test]
    fn only_the_packet_that_is_awaited_counts_and_once() {
        let awaited = Awaited::default();
        let mut arrived = std::pin::pin!(awaited.arrived.notified());
        let mut cx = Context::from_waker(std::task::Waker::noop());
        awaited.look(&packet([1; 16]));
        awaited.expect([1; 16]);
        for other in [packet([2; 16]), packet([1; 16])[..20].to_vec(), vec![0], vec![]] {
            awaited.look(&other);
        }
        assert!(arrived.as_mut().poll(&mut cx).is_pending());
        awaited.look(&packet([1; 16]));
        assert!(arrived.as_mut().poll(&mut cx).is_ready());
        arrived.set(awaited.arrived.notified());
        awaited.look(&packet([1; 16]));
        assert!(arrived.as_mut().poll(&mut cx).is_pending());
    }
}
