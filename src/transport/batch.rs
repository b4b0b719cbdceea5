//! Many packets in one system call.
//!
//! A voice goes to all listeners of a room at once, each on a connection of its own, and to send a packet by itself costs the
//! system nearly as much as to send several. So packets wait until all that is to be done now has been done.

use std::fmt;
use std::io::{self, IoSlice, IoSliceMut};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use nix::cmsg_space;
use nix::errno::Errno;
use nix::sys::socket::{ControlMessage, MsgFlags, MultiHeaders, SockaddrStorage, sendmmsg};
use quinn::udp::{RecvMeta, Transmit};
use quinn::{AsyncUdpSocket, UdpPoller};
use tokio::sync::Notify;

use super::lossy::Ready;
use super::read_lag::ReadLag;
use super::reading::Reading;

/// Packets that leave by one call.
const MOST: usize = 64;
/// Addresses of this machine from which packets wait at once: there are seldom more than one of each family.
const SOURCES: usize = 4;

/// Packets that wait, all from one address of this machine.
struct Batch {
    from: Option<IpAddr>,
    bytes: Vec<u8>,
    /// Where each goes, and where its bytes end.
    packets: Vec<(SocketAddr, usize)>,
}

impl Batch {
    fn from(from: Option<IpAddr>) -> Self {
        Self { from, bytes: Vec::new(), packets: Vec::new() }
    }

    fn add(&mut self, to: SocketAddr, packet: &[u8]) {
        self.bytes.extend_from_slice(packet);
        self.packets.push((to, self.bytes.len()));
    }

    /// Sends all that waits. What can't leave is lost.
    fn send(&mut self, socket: &UdpSocket) {
        let mut at = 0;
        let slices: Vec<[IoSlice<'_>; 1]> = self
            .packets
            .iter()
            .map(|(_, end)| [IoSlice::new(&self.bytes[std::mem::replace(&mut at, *end)..*end])])
            .collect();
        let to: Vec<Option<SockaddrStorage>> = self.packets.iter().map(|(to, _)| Some((*to).into())).collect();
        let mut left = 0;
        while left < slices.len() {
            left += match send(socket, self.from, &slices[left..], &to[left..]) {
                Ok(sent) if sent > 0 => sent,
                Err(Errno::EINTR) => 0,
                // The system has no room for more: late voice is worth nothing, and QUIC sends the rest again.
                Err(Errno::EAGAIN) => slices.len(),
                // This one can't leave.
                Ok(_) | Err(_) => 1,
            };
        }
        self.bytes.clear();
        self.packets.clear();
    }
}

/// Sends packets to as many addresses, from this one. How many have left.
fn send(
    socket: &UdpSocket,
    from: Option<IpAddr>,
    packets: &[[IoSlice<'_>; 1]],
    to: &[Option<SockaddrStorage>],
) -> Result<usize, Errno> {
    let flags = MsgFlags::MSG_DONTWAIT;
    let fd = socket.as_raw_fd();
    let results = |headers: &mut MultiHeaders<SockaddrStorage>, control: &[ControlMessage<'_>]| {
        sendmmsg(fd, headers, packets, to, control, flags).map(Iterator::count)
    };
    match from {
        None => results(&mut MultiHeaders::preallocate(packets.len(), None), &[]),
        Some(IpAddr::V4(from)) => {
            let from = libc::in_addr { s_addr: u32::from_ne_bytes(from.octets()) };
            let info = libc::in_pktinfo { ipi_ifindex: 0, ipi_spec_dst: from, ipi_addr: libc::in_addr { s_addr: 0 } };
            let space = cmsg_space!(libc::in_pktinfo);
            let mut headers = MultiHeaders::preallocate(packets.len(), Some(space));
            results(&mut headers, &[ControlMessage::Ipv4PacketInfo(&info)])
        }
        Some(IpAddr::V6(from)) => {
            let info = libc::in6_pktinfo { ipi6_ifindex: 0, ipi6_addr: libc::in6_addr { s6_addr: from.octets() } };
            let space = cmsg_space!(libc::in6_pktinfo);
            let mut headers = MultiHeaders::preallocate(packets.len(), Some(space));
            results(&mut headers, &[ControlMessage::Ipv6PacketInfo(&info)])
        }
    }
}

/// A socket whose packets wait for each other.
pub(super) struct Batching {
    /// The same socket twice: one that is read, and one that is written.
    reads: Reading,
    writes: UdpSocket,
    waiting: Arc<Notify>,
    batches: Mutex<Vec<Batch>>,
}

impl fmt::Debug for Batching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batching").finish_non_exhaustive()
    }
}

impl Batching {
    /// This socket, and a task that sends what waits once the others have had their turn. `lag` is told how long it leaves packets
    /// unread. Must be called within a runtime of one thread.
    pub(super) fn on(socket: UdpSocket, lag: ReadLag) -> io::Result<Arc<Self>> {
        let writes = socket.try_clone()?;
        let reads = Reading::of(socket, lag)?;
        let waiting = Arc::new(Notify::new());
        let batching = Arc::new(Self { reads, writes, waiting: waiting.clone(), batches: Mutex::default() });
        let weak = Arc::downgrade(&batching);
        tokio::spawn(async move {
            loop {
                waiting.notified().await;
                let Some(batching) = weak.upgrade() else { return };
                batching.flush();
            }
        });
        Ok(batching)
    }

    fn batches(&self) -> MutexGuard<'_, Vec<Batch>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flush(&self) {
        self.batches().iter_mut().for_each(|batch| batch.send(&self.writes));
    }
}

impl Drop for Batching {
    fn drop(&mut self) {
        self.flush();
        // The task ends.
        self.waiting.notify_one();
    }
}

impl AsyncUdpSocket for Batching {
    fn create_io_poller(self: Arc<Self>) -> Pin<Box<dyn UdpPoller>> {
        Box::pin(Ready)
    }

    fn try_send(&self, transmit: &Transmit<'_>) -> io::Result<()> {
        let mut batches = self.batches();
        if !batches.iter().any(|batch| batch.from == transmit.src_ip) {
            if batches.len() >= SOURCES {
                batches.iter_mut().for_each(|batch| batch.send(&self.writes));
                batches.clear();
            }
            batches.push(Batch::from(transmit.src_ip));
        }
        let Some(batch) = batches.iter_mut().find(|batch| batch.from == transmit.src_ip) else { return Ok(()) };
        if batch.packets.is_empty() {
            self.waiting.notify_one();
        }
        for packet in transmit.contents.chunks(transmit.segment_size.unwrap_or(usize::MAX).max(1)) {
            batch.add(transmit.destination, packet);
            if batch.packets.len() >= MOST {
                batch.send(&self.writes);
            }
        }
        Ok(())
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        self.reads.poll(cx, bufs, meta)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.reads.local_addr()
    }

    fn max_receive_segments(&self) -> usize {
        self.reads.max_receive_segments()
    }

    fn may_fragment(&self) -> bool {
        self.reads.may_fragment()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::settings;
    use super::*;

    /// What comes of `count` packets in turn to two receivers, from this socket and this address of it: of each receiver the
    /// addresses from which they came, and their numbers.
    fn sent(at: &str, from: &str, to: &str, count: u8) -> [Vec<(IpAddr, u8)>; 2] {
        let receivers = [(); 2].map(|()| UdpSocket::bind((to, 0)).expect("a socket"));
        receivers.iter().for_each(|socket| socket.set_read_timeout(Some(Duration::from_secs(5))).expect("set"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let socket = settings::socket(at.parse().expect("an address")).expect("a socket");
            socket.set_nonblocking(true).expect("set");
            let is_ipv6 = socket.local_addr().expect("bound").is_ipv6();
            let batching = Batching::on(socket, ReadLag::default()).expect("a socket");
            for n in 0..count {
                let mut destination = receivers[usize::from(n % 2)].local_addr().expect("bound");
                if let (true, IpAddr::V4(ip)) = (is_ipv6, destination.ip()) {
                    destination.set_ip(ip.to_ipv6_mapped().into());
                }
                let src_ip = from.parse().ok();
                let transmit = Transmit { destination, ecn: None, contents: &[n; 20], segment_size: None, src_ip };
                batching.try_send(&transmit).expect("taken");
            }
            let waits = usize::from(count) % MOST;
            let waiting = || batching.batches().iter().map(|batch| batch.packets.len()).sum::<usize>();
            assert_eq!(waiting(), waits, "full batches have left, and the rest waits for its turn");
            tokio::task::yield_now().await;
            assert_eq!(waiting(), 0);
        });
        receivers.map(|socket| {
            let mut buffer = [0; 100];
            let mut receive = || {
                socket.recv_from(&mut buffer).map(|(length, from)| {
                    assert_eq!(length, 20);
                    (from.ip(), buffer[0])
                })
            };
            (0..count / 2).map(|_| receive().expect("it came")).collect()
        })
    }

    #[test]
    fn packets_leave_together_each_to_its_own_address() {
        let here = "127.0.0.1".parse().expect("an address");
        let [even, odd] = sent("0.0.0.0:0", "127.0.0.1", "127.0.0.1", 150);
        assert_eq!(even, (0..75).map(|n| (here, 2 * n)).collect::<Vec<_>>());
        assert_eq!(odd, (0..75).map(|n| (here, 2 * n + 1)).collect::<Vec<_>>());
    }

    #[test]
    fn packets_leave_from_the_address_that_was_called() {
        let called: IpAddr = "127.0.0.7".parse().expect("an address");
        for (at, from) in [("0.0.0.0:0", "127.0.0.7"), ("[::]:0", "::ffff:127.0.0.7"), ("127.0.0.7:0", "")] {
            let [even, odd] = sent(at, from, "127.0.0.1", 6);
            assert!(even.iter().chain(&odd).all(|(ip, _)| *ip == called), "{at} {even:?}");
        }
    }

    #[test]
    fn a_packet_that_can_not_leave_holds_up_no_other() {
        let receiver = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        receiver.set_read_timeout(Some(Duration::from_secs(5))).expect("set");
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let mut batch = Batch::from(None);
        // Nobody can be called at port 0.
        batch.add("127.0.0.1:0".parse().expect("an address"), &[1]);
        batch.add(receiver.local_addr().expect("bound"), &[2]);
        batch.add("127.0.0.1:0".parse().expect("an address"), &[3]);
        batch.add(receiver.local_addr().expect("bound"), &[4]);
        batch.send(&socket);
        let mut buffer = [0; 10];
        let mut receive = || receiver.recv(&mut buffer).map(|_| buffer[0]).expect("it came");
        assert_eq!([receive(), receive()], [2, 4]);
        assert!(batch.packets.is_empty() && batch.bytes.is_empty());
    }

    #[test]
    fn addresses_of_this_machine_are_bounded() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
            socket.set_nonblocking(true).expect("set");
            let destination = socket.local_addr().expect("bound");
            let batching = Batching::on(socket, ReadLag::default()).expect("a socket");
            for n in 0..=u8::MAX {
                let src_ip = Some([127, 0, 1, n].into());
                let transmit = Transmit { destination, ecn: None, contents: &[n], segment_size: None, src_ip };
                batching.try_send(&transmit).expect("taken");
                assert!(batching.batches().len() <= SOURCES);
            }
        });
    }
}
