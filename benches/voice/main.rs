//! The way of a voice on a member's machine, between the rings: 60 ms of it at a time.

#[path = "../support/quick.rs"]
mod quick;
#[path = "../support/speech.rs"]
mod speech;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use ingle::adapt::{Plan, PlanChoice};
use ingle::audio::capture::Capture;
use ingle::audio::encoder::Encoder;
use ingle::audio::playout::Playout;
use ingle::audio::{BLOCK, Incoming};
use ingle::ids::{FrameNo, SeatId, Time};
use quick::quick;

const BLOCKS: usize = 3;

/// A listener who hears `talkers` at once, all the time.
struct Listener {
    playout: Playout,
    voices: Vec<Vec<Vec<u8>>>,
    now: Time,
    step: usize,
}

impl Listener {
    fn new(talkers: &[&str]) -> Self {
        let voices = talkers.iter().map(|who| packets(who)).collect();
        Self { playout: Playout::default(), voices, now: Time(0), step: 0 }
    }

    /// The next packet of everybody, and 60 ms of the mix. How many voices were in it at its end.
    fn hear(&mut self) -> usize {
        for (seat, packets) in (0..).map(SeatId).zip(&self.voices) {
            let frame = Incoming {
                seat,
                number: FrameNo(self.step as u16),
                count: 1,
                tick: (self.step * BLOCKS) as u8,
                start: self.step == 0,
                end: false,
                packet: packets[self.step % packets.len()].clone(),
            };
            self.playout.push(frame, self.now);
        }
        let mut block = [0.0; BLOCK];
        for _ in 0..BLOCKS {
            self.playout.pull(&mut block, self.now);
            self.now = self.now + Duration::from_millis(20);
        }
        self.step += 1;
        self.playout.heard().len()
    }
}

fn packets(who: &str) -> Vec<Vec<u8>> {
    let sound = speech::of(who).expect("a voice");
    let mut encoder = Encoder::new(PlanChoice::Auto.into()).expect("memory");
    sound.chunks_exact(BLOCK * BLOCKS).map(|pcm| encoder.encode(pcm).expect("a packet")).collect()
}

fn capture(c: &mut Criterion) {
    let sound = speech::of("ana").expect("a voice");
    let mut capture = Capture::new(Plan::from(PlanChoice::Auto)).expect("memory");
    let mut blocks = sound.as_chunks::<BLOCK>().0.iter().cycle();
    c.bench_function("capture 60 ms of a talker", |b| {
        b.iter(|| blocks.by_ref().take(BLOCKS).for_each(|block| capture.push(block, &|_| ())));
    });
}

fn playout(c: &mut Criterion) {
    for talkers in [&["ana"][..], &["ana", "bo", "cyn"]] {
        let mut listener = Listener::new(talkers);
        let most = (0..20).map(|_| listener.hear()).max();
        assert_eq!(most, Some(talkers.len()), "all are heard");
        let name = format!("play 60 ms of {} at once", talkers.len());
        c.bench_function(&name, |b| b.iter(|| listener.hear()));
    }
}

criterion_group! {
    name = benches;
    config = quick();
    targets = capture, playout
}
criterion_main!(benches);
