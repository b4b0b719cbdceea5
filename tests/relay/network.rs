//! A network in memory, on a clock that jumps to the next timer: packets arrive at once and in order, and nothing waits.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::io::{self, IoSliceMut};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, TokioRuntime, UdpPoller};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Longer than any test takes on the virtual clock, so that a hang fails at once.
const PATIENCE: Duration = Duration::from_secs(600);

/// Runs a test in virtual time with a network of its own.
pub(crate) fn in_virtual_time<T, F: Future<Output = T>>(test: impl FnOnce(Network) -> F) -> T {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime");
    runtime.block_on(async {
        tokio::time::timeout(PATIENCE, test(Network::default())).await.expect("done in virtual time")
    })
}

/// A packet and the address of its sender.
type Packet = (SocketAddr, Vec<u8>);

/// The ports of a network, and tokio's clock and tasks for QUIC.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network(Arc<Mutex<HashMap<u16, UnboundedSender<Packet>>>>);

impl Network {
    /// A free port.
    pub(crate) fn port(&self) -> Port {
        self.open(UdpSocket::bind("127.0.0.1:0").expect("a port"))
    }

    /// The network as QUIC takes it.
    pub(crate) fn runtime(&self) -> Arc<dyn Runtime> {
        Arc::new(self.clone())
    }

    /// The system's socket only keeps others from taking the same port.
    fn open(&self, reserved: UdpSocket) -> Port {
        let port = reserved.local_addr().expect("bound").port();
        let (sender, inbox) = unbounded_channel();
        self.0.lock().expect("whole").insert(port, sender);
        let at = (Ipv4Addr::LOCALHOST, port).into();
        Port { network: self.clone(), at, inbox: Mutex::new(inbox), _reserved: reserved }
    }
}

impl Runtime for Network {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
        TokioRuntime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        TokioRuntime.spawn(future);
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        Ok(Arc::new(self.open(socket)))
    }

    fn now(&self) -> Instant {
        TokioRuntime.now()
    }
}

/// One port of a network.
#[derive(Debug)]
pub(crate) struct Port {
    network: Network,
    pub at: SocketAddr,
    inbox: Mutex<UnboundedReceiver<Packet>>,
    _reserved: UdpSocket,
}

impl Port {
    /// Sends a packet, which is lost if nobody has the port `to`.
    pub(crate) fn send_to(&self, packet: &[u8], to: SocketAddr) {
        if let Some(inbox) = self.network.0.lock().expect("whole").get(&to.port()) {
            // Nobody reads any more: lost as well.
            let _ = inbox.send((self.at, packet.to_vec()));
        }
    }

    /// The next packet and the address of its sender.
    pub(crate) async fn recv_from(&self) -> Packet {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<Packet> {
        match ready!(self.inbox.lock().expect("whole").poll_recv(cx)) {
            Some(packet) => Poll::Ready(packet),
            None => Poll::Pending,
        }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.network.0.lock().expect("whole").remove(&self.at.port());
    }
}

impl AsyncUdpSocket for Port {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Box::pin(AlwaysWritable)
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        self.send_to(transmit.contents, transmit.destination);
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let (addr, packet) = ready!(self.poll(cx));
        let len = packet.len();
        bufs[0][..len].copy_from_slice(&packet);
        meta[0] = RecvMeta { addr, len, stride: len, ecn: None, dst_ip: None };
        Poll::Ready(Ok(1))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.at)
    }

    fn may_fragment(&self) -> bool {
        false
    }
}

#[derive(Debug)]
struct AlwaysWritable;

impl UdpPoller for AlwaysWritable {
    fn poll_writable(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
