//! The first datagram of a new connection: it leaves once the greeting is in it, and again if nothing comes.
//!
//! QUIC sends its first packet again after 1.5 s ([`settings`](super::settings) says why not sooner), and then two at a time,
//! each of which the relay answers. A relay that has the datagram already passes a copy over (RFC 9000, section 12.3), and on
//! 16 kbps the copy has left before there is anything else to send.

use std::fmt;
use std::future::Future;
use std::io::{self, IoSliceMut};
use std::net::{SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, UdpPoller};
use tokio::sync::Semaphore;
use tokio::time::sleep;

/// After this long without an answer the first datagram is sent again. An answer takes 0.6 s over a satellite; on 16 kbps the
/// first datagram takes 0.6 s to leave, and its answer comes after 1.4 s.
const AGAIN: Duration = Duration::from_millis(700);

/// A runtime on which connections begin as this module says.
#[derive(Debug)]
pub(super) struct Beginning {
    runtime: Arc<dyn Runtime>,
    gate: Option<Arc<Semaphore>>,
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
    pub(super) fn on(runtime: Arc<dyn Runtime>) -> Self {
        Self { runtime, gate: None }
    }

    /// A runtime on which nothing leaves as long as the gate is there. What is said meanwhile goes into the first packet. In a
    /// packet of its own it could be lost alone, or come before the first and be passed over.
    pub(super) fn behind_gate(runtime: Arc<dyn Runtime>) -> (Self, Gate) {
        let gate = Arc::new(Semaphore::new(0));
        (Self { runtime, gate: Some(gate.clone()) }, Gate(gate))
    }
}

impl Runtime for Beginning {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
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
        let inner = self.runtime.wrap_udp_socket(socket)?;
        let (begun, heard) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Arc::new_cyclic(|me| Twice { inner, begun, heard, me: me.clone() }))
    }

    fn now(&self) -> Instant {
        self.runtime.now()
    }
}

/// A socket that sends its first datagram once more if nothing has come after [`AGAIN`].
struct Twice {
    inner: Arc<dyn AsyncUdpSocket>,
    /// Whether the first datagram has left.
    begun: AtomicBool,
    /// Whether anything has come.
    heard: AtomicBool,
    me: Weak<Self>,
}

impl fmt::Debug for Twice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Twice").finish_non_exhaustive()
    }
}

impl AsyncUdpSocket for Twice {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        self.inner.clone().create_io_poller()
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        self.inner.try_send(transmit)?;
        if !self.begun.swap(true, Ordering::Relaxed) {
            let length = transmit.segment_size.unwrap_or(usize::MAX).min(transmit.contents.len());
            let (first, to, me) = (transmit.contents[..length].to_vec(), transmit.destination, self.me.clone());
            tokio::spawn(async move {
                sleep(AGAIN).await;
                if let Some(socket) = me.upgrade().filter(|socket| !socket.heard.load(Ordering::Relaxed)) {
                    let again =
                        Transmit { destination: to, ecn: None, contents: &first, segment_size: None, src_ip: None };
                    // If it can't leave now, QUIC will see to it.
                    let _ = socket.inner.try_send(&again);
                }
            });
        }
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let polled = self.inner.poll_recv(cx, bufs, meta);
        if let Poll::Ready(Ok(1..)) = polled {
            self.heard.store(true, Ordering::Relaxed);
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
