//! Many packets read in one system call, and how long they have waited for it.

use std::fmt;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::cmsg_space;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, MultiHeaders, RecvMsg, SockaddrStorage, recvmmsg, setsockopt, sockopt,
};
use nix::sys::time::TimeSpec;
use quinn::udp::{EcnCodepoint, RecvMeta, UdpSocketState};
use tokio::io::Interest;

use super::read_lag::ReadLag;

/// Packets, or groups of packets that the system has joined, that are read by one call.
const MOST: usize = 32;

/// The reading end of a socket.
pub(super) struct Reading {
    io: tokio::net::UdpSocket,
    state: UdpSocketState,
    lag: ReadLag,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").finish_non_exhaustive()
    }
}

impl Reading {
    /// Of this socket. `lag` is told how long packets have waited. Must be called within a runtime.
    pub(super) fn of(socket: UdpSocket, lag: ReadLag) -> io::Result<Self> {
        let state = UdpSocketState::new((&socket).into())?;
        // Where the system doesn't say when a packet came, none seems to have waited.
        let _ = setsockopt(&socket, sockopt::ReceiveTimestampns, &true);
        Ok(Self { io: tokio::net::UdpSocket::from_std(socket)?, state, lag })
    }

    /// Reads what has come, as [`quinn::AsyncUdpSocket::poll_recv`] does.
    pub(super) fn poll(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let room = bufs.len().min(meta.len()).min(MOST);
        loop {
            let Poll::Ready(outcome) = self.io.poll_recv_ready(cx) else {
                self.lag.set(Duration::ZERO);
                return Poll::Pending;
            };
            outcome?;
            let mut read = None;
            let outcome = self.io.try_io(Interest::READABLE, || {
                let count = self.read(&mut bufs[..room], meta)?;
                read = Some(count);
                // Less than there is room for was all that there was: another call would only say so.
                if count < room { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
            });
            match (read, outcome) {
                (Some(count), _) => return Poll::Ready(Ok(count)),
                (None, Err(error)) if error.kind() != io::ErrorKind::WouldBlock => return Poll::Ready(Err(error)),
                (None, _) => {}
            }
        }
    }

    fn read(&self, bufs: &mut [IoSliceMut<'_>], meta: &mut [RecvMeta]) -> io::Result<usize> {
        let mut slices: Vec<[IoSliceMut<'_>; 1]> = bufs.iter_mut().map(|buf| [IoSliceMut::new(buf)]).collect();
        let space = cmsg_space!(TimeSpec, libc::in6_pktinfo, libc::in_pktinfo, i32, i32);
        let mut headers = MultiHeaders::preallocate(slices.len(), Some(space));
        let came = recvmmsg(self.io.as_raw_fd(), &mut headers, slices.iter_mut(), MsgFlags::MSG_DONTWAIT, None)?;
        let mut count = 0;
        let mut stamp = None;
        for (message, meta) in came.zip(meta) {
            stamp = describe(&message, meta).or(stamp);
            count += 1;
        }
        if let Some(stamp) = stamp {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            self.lag.set(now.saturating_sub(stamp));
        }
        Ok(count)
    }

    pub(super) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.local_addr()
    }

    pub(super) fn max_receive_segments(&self) -> usize {
        self.state.gro_segments()
    }

    pub(super) fn may_fragment(&self) -> bool {
        self.state.may_fragment()
    }
}

/// Says what is known of a message, and when it came, by the system's clock.
fn describe(message: &RecvMsg<'_, '_, SockaddrStorage>, meta: &mut RecvMeta) -> Option<Duration> {
    let mut stamp = None;
    *meta = RecvMeta { len: message.bytes, stride: message.bytes, ..RecvMeta::default() };
    if let Some(addr) = message.address {
        let four = addr.as_sockaddr_in().map(|addr| SocketAddr::V4((*addr).into()));
        let six = addr.as_sockaddr_in6().map(|addr| SocketAddr::V6((*addr).into()));
        meta.addr = four.or(six).unwrap_or(meta.addr);
    }
    for told in message.cmsgs().into_iter().flatten() {
        match told {
            ControlMessageOwned::ScmTimestampns(at) => stamp = Some(at.into()),
            ControlMessageOwned::Ipv4PacketInfo(info) => {
                meta.dst_ip = Some(IpAddr::from(info.ipi_addr.s_addr.to_ne_bytes()));
            }
            ControlMessageOwned::Ipv6PacketInfo(info) => {
                meta.dst_ip = Some(Ipv6Addr::from(info.ipi6_addr.s6_addr).into());
            }
            ControlMessageOwned::Ipv4Tos(tos) => meta.ecn = EcnCodepoint::from_bits(tos),
            ControlMessageOwned::Ipv6TClass(class) => meta.ecn = EcnCodepoint::from_bits(class as u8),
            ControlMessageOwned::UdpGroSegments(stride) => meta.stride = usize::try_from(stride).unwrap_or(meta.len),
            _ => {}
        }
    }
    stamp
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::thread::sleep;

    use super::*;

    const WAITED: Duration = Duration::from_millis(30);

    /// Reads once.
    async fn read(reading: &Reading) -> Vec<(Vec<u8>, RecvMeta)> {
        let (mut bytes, mut meta) = (vec![[0; 100]; 40], [RecvMeta::default(); 40]);
        let mut bufs: Vec<IoSliceMut<'_>> = bytes.iter_mut().map(|buf| IoSliceMut::new(buf)).collect();
        let count = poll_fn(|cx| reading.poll(cx, &mut bufs, &mut meta)).await.expect("read");
        bytes.iter().zip(meta).take(count).map(|(bytes, meta)| (bytes[..meta.len].to_vec(), meta)).collect()
    }

    async fn is_empty(reading: &Reading) -> bool {
        let (mut bytes, mut meta) = ([0; 100], [RecvMeta::default()]);
        poll_fn(|cx| Poll::Ready(reading.poll(cx, &mut [IoSliceMut::new(&mut bytes)], &mut meta).is_pending())).await
    }

    #[test]
    fn what_came_is_read_together_and_how_long_it_waited_is_known() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        for at in ["127.0.0.1:0", "[::1]:0"] {
            runtime.block_on(async {
                let socket = UdpSocket::bind(at).expect("a socket");
                let (here, lag) = (socket.local_addr().expect("bound"), ReadLag::default());
                let reading = Reading::of(socket, lag.clone()).expect("a socket");
                let senders = [(); 2].map(|()| UdpSocket::bind(at).expect("a socket"));
                // The system begins to note times of arrival a moment after it was asked to.
                let noted = async || {
                    senders[0].send_to(&[0], here).expect("sent");
                    sleep(Duration::from_millis(10));
                    read(&reading).await;
                    lag.get() >= Duration::from_millis(10)
                };
                let mut tries = 0;
                while !noted().await {
                    tries += 1;
                    assert!(tries < 300, "times of arrival are never noted");
                }
                for n in 0..50 {
                    senders[usize::from(n % 2)].send_to(&[n; 20], here).expect("sent");
                }
                sleep(WAITED);
                let mut came = read(&reading).await;
                assert_eq!(came.len(), MOST);
                assert!((WAITED..Duration::from_secs(20)).contains(&lag.get()), "{:?}", lag.get());
                came.extend(read(&reading).await);
                assert_eq!(came.len(), 50);
                for ((bytes, meta), n) in came.iter().zip(0..) {
                    assert_eq!((bytes.as_slice(), meta.stride), (&[n; 20][..], 20));
                    assert_eq!(meta.addr, senders[usize::from(n % 2)].local_addr().expect("bound"));
                    assert_eq!(meta.dst_ip, Some(here.ip()));
                }
                assert!(is_empty(&reading).await);
                assert_eq!(lag.get(), Duration::ZERO, "nothing waits");
                // What comes later wakes whoever reads.
                senders[0].send_to(&[7], here).expect("sent");
                assert_eq!(read(&reading).await.len(), 1);
            });
        }
    }
}
