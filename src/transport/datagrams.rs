//! What a socket gives, datagram by datagram, and what is put in the place of one.

use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::task::{Context, Poll};

use quinn::AsyncUdpSocket;
use quinn::udp::RecvMeta;

/// A datagram that is kept back.
pub(super) struct Kept {
    pub(super) bytes: Vec<u8>,
    pub(super) meta: RecvMeta,
}

impl Kept {
    /// Gives it as what was received; `false` if there is no room.
    fn give(&self, buf: &mut IoSliceMut<'_>, meta: &mut RecvMeta) -> bool {
        let length = self.bytes.len();
        let Some(room) = buf.get_mut(..length) else { return false };
        room.copy_from_slice(&self.bytes);
        *meta = self.meta;
        (meta.len, meta.stride) = (length, length);
        true
    }
}

/// What a socket gives next: a datagram that was kept back, if there is one and room for it, or what has come, sifted by `keep` as
/// [`sift`] does.
pub(super) fn receive(
    socket: &dyn AsyncUdpSocket,
    kept: Option<Kept>,
    keep: impl Fn(SocketAddr, &[u8], &RecvMeta) -> Option<usize>,
    cx: &mut Context<'_>,
    bufs: &mut [IoSliceMut<'_>],
    meta: &mut [RecvMeta],
) -> Poll<io::Result<usize>> {
    if let (Some(kept), Some(buf), Some(meta)) = (kept, bufs.first_mut(), meta.first_mut())
        && kept.give(buf, meta)
    {
        return Poll::Ready(Ok(1));
    }
    let polled = socket.poll_recv(cx, bufs, meta);
    if let Poll::Ready(Ok(count)) = polled {
        bufs.iter_mut().zip(meta).take(count).for_each(|(buf, meta)| sift(buf, meta, &keep));
    }
    polled
}

/// Goes through the datagrams of a buffer, which the system may have joined, and keeps those for which `keep` is true. It is told
/// the sender, and may shorten a datagram that is the last.
fn sift(
    buf: &mut IoSliceMut<'_>,
    meta: &mut RecvMeta,
    mut keep: impl FnMut(SocketAddr, &[u8], &RecvMeta) -> Option<usize>,
) {
    let (stride, mut from, mut to) = (meta.stride.max(1), 0, 0);
    while from < meta.len {
        let end = (from + stride).min(meta.len);
        let kept = keep(meta.addr, &buf[from..end], meta).unwrap_or(0).min(end - from);
        // A shorter one must be the last, or what follows would be taken for its rest; then it is given by itself.
        if kept > 0 {
            buf.copy_within(from..from + kept, to);
            to += kept;
            if kept < stride {
                break;
            }
        }
        from = end;
    }
    meta.len = to;
    meta.stride = stride.min(to.max(1));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(len: usize, stride: usize) -> RecvMeta {
        RecvMeta { addr: ([192, 0, 2, 1], 1).into(), len, stride, ecn: None, dst_ip: None }
    }

    #[test]
    fn datagrams_that_came_together_are_sifted_one_by_one() {
        let mut bytes = *b"aaaabbbbccccd";
        let mut meta = meta(13, 4);
        let mut seen = Vec::new();
        sift(&mut IoSliceMut::new(&mut bytes), &mut meta, |_, datagram, _| {
            seen.push(datagram.to_vec());
            (datagram[0] != b'b').then_some(datagram.len())
        });
        assert_eq!(seen, [&b"aaaa"[..], b"bbbb", b"cccc", b"d"]);
        assert_eq!((&bytes[..meta.len], meta.stride), (&b"aaaaccccd"[..], 4));
    }

    #[test]
    fn one_that_is_taken_leaves_nothing_to_read() {
        let (mut bytes, mut meta) = ([7; 12], meta(12, 12));
        sift(&mut IoSliceMut::new(&mut bytes), &mut meta, |_, _, _| None);
        assert_eq!(meta.len, 0);
    }
}
