//! The seal of a voice frame, and the words of a check.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use ingle::crypto::frame::{Frames, Opened};
use ingle::crypto::verify;
use ingle::ids::{Epoch, SeatId, SeatSet, Time};

const PLAIN: [u8; 120] = [7; 120];

fn member(seat: u8, seats: u8) -> Frames {
    let seats: SeatSet = (0..seats).map(SeatId).collect();
    Frames::new(SeatId(seat), Epoch(1), &[9; 48], seats)
}

pub(crate) fn seal_and_open(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    let (mut ana, mut bo) = (member(0, 2), member(1, 2));
    group.bench_function("seal 120 bytes", |b| b.iter(|| ana.seal(false, false, 4, black_box(&PLAIN))));
    // Someone else, who has not gone round since: the benchmark before this one sealed a million frames.
    let mut ana = member(0, 2);
    let mut sealed = || ana.seal(false, false, 4, &PLAIN).expect("sealed");
    assert!(bo.open(&sealed(), Time(0)) == Opened::Plain(PLAIN.to_vec()), "it opens");
    group.bench_function("open 120 bytes", |b| {
        b.iter_batched(&mut sealed, |frame| bo.open(&frame, Time(0)), BatchSize::SmallInput);
    });
    let mut forged = sealed();
    forged.body[0] ^= 1;
    group.bench_function("refuse 120 bytes", |b| {
        b.iter_batched_ref(|| member(1, 2), |bo| bo.open(&forged, Time(0)), BatchSize::SmallInput);
    });
    group.bench_function("the keys of fifty", |b| b.iter(|| member(0, 50)));
    group.finish();
    c.bench_function("words of a check", |b| b.iter(|| verify::words(black_box(&[9; 32]))));
}
