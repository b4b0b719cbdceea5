//! A TCP stream whose bytes are counted as a provider counts them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Bytes of a full TCP segment.
const SEGMENT: u64 = 1448;

/// What a stream has carried.
#[derive(Debug)]
pub(crate) struct Counts {
    /// Bytes of the headers of IP and TCP, with the time stamps that nearly all systems send.
    header: u64,
    /// Bytes sent, and segments if each write makes its own.
    pub(crate) up: [AtomicU64; 2],
    /// Bytes received, and segments if each read is of its own.
    pub(crate) down: [AtomicU64; 2],
}

impl Counts {
    fn add(&self, to: &[AtomicU64; 2], bytes: usize) {
        let segments = (bytes as u64).div_ceil(SEGMENT);
        to[0].fetch_add(bytes as u64 + segments * self.header, Ordering::Relaxed);
        to[1].fetch_add(segments, Ordering::Relaxed);
    }
}

/// The stream.
pub(super) struct Counted {
    stream: TcpStream,
    counts: Arc<Counts>,
}

impl Counted {
    pub(super) fn new(stream: TcpStream) -> (Self, Arc<Counts>) {
        let ip = if stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_ipv6()) { 40 } else { 20 };
        let counts = Arc::new(Counts { header: ip + 32, up: Default::default(), down: Default::default() });
        (Self { stream, counts: counts.clone() }, counts)
    }
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.counts.add(&self.counts.down, buf.filled().len() - before);
        polled
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, buf);
        if let Poll::Ready(Ok(bytes)) = &polled {
            self.counts.add(&self.counts.up, *bytes);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
