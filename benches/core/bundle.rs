//! Voice datagrams to bytes and back.

use std::hint::black_box;

use criterion::Criterion;
use ingle::ids::{Epoch, FrameNo, Kid, Layer, SeatId};
use ingle::wire::{DownBundle, DownDatagram, Frame, FrameHead, SendStamp, UpBundle, UpDatagram};

/// A frame of the default plan, as it is on the wire.
pub(crate) fn frame(seat: SeatId, number: u16) -> Frame {
    let kid = Kid::new(seat, Epoch(0));
    let head = FrameHead { kid, number: FrameNo(number), start: false, end: false, layer: Layer::Full, level: 4 };
    Frame { head, body: vec![7; 91] }
}

pub(crate) fn both_ways(c: &mut Criterion) {
    let up = UpBundle { sent: SendStamp::default(), frames: vec![frame(SeatId(0), 1)] };
    let frames = (0..3).map(|seat| frame(SeatId(seat), u16::from(seat))).collect();
    let down = DownBundle { sequence: 9, sent: SendStamp::default(), frames };
    let up_bytes = up.encode().expect("small");
    let down_bytes = down.encode().expect("small");
    let mut group = c.benchmark_group("bundle");
    group.bench_function("encode one frame up", |b| b.iter(|| black_box(&up).encode()));
    group.bench_function("decode one frame up", |b| b.iter(|| UpDatagram::decode(black_box(&up_bytes))));
    group.bench_function("encode three frames down", |b| b.iter(|| black_box(&down).encode()));
    group.bench_function("decode three frames down", |b| b.iter(|| DownDatagram::decode(black_box(&down_bytes))));
    group.finish();
}
