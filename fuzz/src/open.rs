//! A relay's voice bundles as a member opens them: nothing opens, and nothing harms. Each input is several datagrams, the first
//! byte of each its length.
use std::time::Duration;

use ingle::crypto::frame::{Frames, Opened};
use ingle::ids::{Epoch, SeatId, Time};
use ingle::wire::DownDatagram;

use super::timed::took;

/// The time that the slowest datagram takes.
pub fn read(bytes: &[u8]) -> Duration {
    let seats = (0..4).map(SeatId).collect();
    let mut frames = Frames::new(SeatId(0), Epoch(1), &[1; 48], seats);
    let (mut rest, mut now, mut slowest) = (bytes, 0, Duration::ZERO);
    while let Some((length, more)) = rest.split_first() {
        let (datagram, more) = more.split_at(usize::from(*length).min(more.len()));
        rest = more;
        now += 50_000;
        slowest = slowest.max(took(|| {
            if length % 16 == 15 {
                let next = frames.epoch().next();
                let early = frames.enter(next, &[next.0 as u8; 48], seats, Time(now));
                assert!(early.is_empty());
            }
            let Ok(DownDatagram::Bundle(bundle)) = DownDatagram::decode(datagram) else { return };
            for frame in bundle.frames {
                assert!(!matches!(frames.open(&frame, Time(now)), Opened::Plain(_)));
            }
        }));
    }
    slowest
}
