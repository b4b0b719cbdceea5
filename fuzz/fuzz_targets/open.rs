//! A relay's voice bundles as a member opens them: nothing opens, and nothing harms. Each input is several datagrams, the first
//! byte of each its length.
#![no_main]

#[path = "../support/timed.rs"]
mod timed;

use ingle::crypto::frame::{Frames, Opened};
use ingle::ids::{Epoch, SeatId, Time};
use ingle::wire::DownDatagram;
use libfuzzer_sys::fuzz_target;

use self::timed::{soon, took};

fuzz_target!(|bytes: &[u8]| soon(|| took(|| read(bytes))));

fn read(bytes: &[u8]) {
    let seats = (0..4).map(SeatId).collect();
    let mut frames = Frames::new(SeatId(0), Epoch(1), &[1; 48], seats);
    let (mut rest, mut now) = (bytes, 0);
    while let Some((length, more)) = rest.split_first() {
        let (datagram, more) = more.split_at(usize::from(*length).min(more.len()));
        rest = more;
        now += 50_000;
        if length % 16 == 15 {
            let next = frames.epoch().next();
            let early = frames.enter(next, &[next.0 as u8; 48], seats, Time(now));
            assert!(early.is_empty());
        }
        let Ok(DownDatagram::Bundle(bundle)) = DownDatagram::decode(datagram) else { continue };
        for frame in bundle.frames {
            assert!(!matches!(frames.open(&frame, Time(now)), Opened::Plain(_)));
        }
    }
}
