//! The far-end reference: what left the loudspeaker at about the time at which the microphone heard what it heard.
//!
//! The playout thread gives each block with the moment at which its first sample leaves the loudspeaker; the capture thread takes
//! what belongs to each of its own. The moments are measured, so they waver: the time line follows them slowly, which also
//! follows devices whose clocks drift apart, and at once where they jump.

use std::time::{Duration, Instant};

use rtrb::{Consumer, Producer, RingBuffer};

use super::BLOCK;
use super::chain::{Down, Frame};

/// Samples per second, and in a block.
const RATE: f64 = 16_000.0;
const SAMPLES: usize = 320;
const BLOCK_TIME: Duration = Duration::from_millis(20);
/// Blocks that may wait for the capture thread (1.3 s).
const WAITING: usize = 64;
/// Samples of the past that are kept (2 s), a power of two.
const KEPT: usize = 32_768;
/// The reference is this much ahead of what is heard, so that moments that were measured a little wrong don't have the echo come
/// before its cause.
const LEAD: Duration = Duration::from_millis(20);
/// A block that leaves this much later or earlier than expected doesn't follow the one before: there was a pause, or the device's
/// buffer changed.
const PAUSE: f64 = 0.025 * RATE;
/// How much one block's moment moves the expectation.
const FOLLOWS: f64 = 0.02;
/// The place in the past is wrong if it was off by this much in as many blocks in a row.
const OFF: f64 = 0.008 * RATE;
const OFF_BLOCKS: u32 = 3;
/// How much one block's error moves the mean error, in how many samples the mean error is made up for, and by how much a sample may
/// be stretched for that: 300 ppm, which no voice shows.
const MEAN: f64 = 0.03;
const MAKES_UP: f64 = 2.0 * RATE;
const STRETCH: f64 = 3e-4;

/// A block on its way from one thread to the other.
struct Sent {
    sound: Frame,
    leaves: Instant,
    /// From another device than the block before.
    changed: bool,
}

/// The playout thread's end.
pub struct Played {
    ring: Producer<Sent>,
    down: Down,
    changed: bool,
}

/// The capture thread's end.
pub struct FarEnd {
    ring: Consumer<Sent>,
    /// The past; the sample with number `n` is at `n % KEPT`.
    past: Box<[f32; KEPT]>,
    /// The number of the sample after the last one, and when it will leave. `None` before the first.
    end: u64,
    end_leaves: Option<Instant>,
    /// The place of the next sample to be taken.
    place: Option<f64>,
    error: f64,
    off: u32,
    lead: Duration,
    changed: bool,
}

/// Both ends of a reference. What is never taken costs nothing but its memory.
pub fn reference() -> (Played, FarEnd) {
    ends(LEAD)
}

/// The same for ears in the same room, which hear nothing before it leaves.
pub(super) fn air() -> (Played, FarEnd) {
    ends(Duration::ZERO)
}

fn ends(lead: Duration) -> (Played, FarEnd) {
    let (producer, consumer) = RingBuffer::new(WAITING);
    let far_end = FarEnd {
        ring: consumer,
        past: Box::new([0.0; KEPT]),
        end: 0,
        end_leaves: None,
        place: None,
        error: 0.0,
        off: 0,
        lead,
        changed: false,
    };
    (Played { ring: producer, down: Down::default(), changed: false }, far_end)
}

impl Played {
    /// Takes the next 20 ms that the loudspeaker plays, and when their first sample leaves it. Lost if nobody takes any.
    pub fn push(&mut self, block: &[f32; BLOCK], leaves: Instant) {
        if self.ring.is_full() {
            return;
        }
        let mut sound = [0.0; SAMPLES];
        self.down.process(block, &mut sound);
        // There is room: nobody else gives.
        let changed = std::mem::take(&mut self.changed);
        let _ = self.ring.push(Sent { sound, leaves, changed });
    }

    /// What comes is played by another device.
    pub fn device_changed(&mut self) {
        self.changed = true;
    }
}

impl FarEnd {
    /// What left the loudspeaker while the 20 ms were heard that began at `heard`, at 16 kHz; silence where nothing is known.
    pub fn take(&mut self, heard: Instant) -> Frame {
        while let Ok(sent) = self.ring.pop() {
            self.append(&sent);
        }
        let mut out = [0.0; SAMPLES];
        let Some(end_leaves) = self.end_leaves else { return out };
        let wanted = self.end as f64 - seconds(end_leaves, heard + self.lead) * RATE;
        let (mut place, step) = self.follow(wanted);
        for out in &mut out {
            *out = self.sample(place);
            place += step;
        }
        self.place = Some(place);
        out
    }

    /// Whether, since this was last asked, the sound began to come from another device.
    pub fn take_device_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    fn append(&mut self, sent: &Sent) {
        self.changed |= sent.changed;
        let Some(expected) = self.end_leaves else {
            self.end_leaves = Some(sent.leaves + BLOCK_TIME);
            return self.write(&sent.sound);
        };
        let late = seconds(sent.leaves, expected) * RATE;
        if late.abs() < PAUSE {
            let shift = late * FOLLOWS / RATE;
            self.end_leaves = Some(moved(expected + BLOCK_TIME, shift));
        } else {
            self.end_leaves = Some(sent.leaves + BLOCK_TIME);
            if late > 0.0 {
                for _ in 0..(late as u64).min(KEPT as u64) {
                    self.push(0.0);
                }
            } else {
                self.end = self.end.saturating_sub((-late) as u64);
            }
        }
        self.write(&sent.sound);
    }

    fn write(&mut self, sound: &Frame) {
        for sample in sound {
            self.push(*sample);
        }
    }

    fn push(&mut self, sample: f32) {
        self.past[self.end as usize % KEPT] = sample;
        self.end += 1;
    }

    /// Where to take the next sample, and how far it is to the one after.
    fn follow(&mut self, wanted: f64) -> (f64, f64) {
        let Some(place) = self.place else {
            return (wanted, 1.0);
        };
        let error = wanted - place;
        self.off = if error.abs() > OFF { self.off + 1 } else { 0 };
        if self.off >= OFF_BLOCKS {
            (self.off, self.error) = (0, 0.0);
            return (wanted, 1.0);
        }
        self.error += (error - self.error) * MEAN;
        (place, 1.0 + (self.error / MAKES_UP).clamp(-STRETCH, STRETCH))
    }

    fn sample(&self, place: f64) -> f32 {
        let (whole, part) = (place.floor(), place.fract() as f32);
        let at = |number: f64| {
            let known = number >= 0.0 && number < self.end as f64 && self.end as f64 - number < KEPT as f64;
            if known { self.past[number as usize % KEPT] } else { 0.0 }
        };
        let (first, second) = (at(whole), at(whole + 1.0));
        first + (second - first) * part
    }
}

/// How much later one moment is than another, in seconds.
fn seconds(later: Instant, earlier: Instant) -> f64 {
    match later.checked_duration_since(earlier) {
        Some(after) => after.as_secs_f64(),
        None => -earlier.duration_since(later).as_secs_f64(),
    }
}

fn moved(at: Instant, seconds: f64) -> Instant {
    let by = Duration::from_secs_f64(seconds.abs());
    if seconds < 0.0 { at.checked_sub(by).unwrap_or(at) } else { at + by }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::Noise;

    /// A loudspeaker that gives blocks of noise, and a microphone in the air before it, both by clocks of their own.
    struct Pair {
        played: Played,
        far: FarEnd,
        noise: Noise,
        start: Instant,
        /// What was played, at 16 kHz, with the moment of its first sample in seconds.
        truth: Vec<(f64, Frame)>,
        down: Down,
    }

    impl Pair {
        fn new() -> Self {
            let (played, far) = reference();
            let start = Instant::now() + Duration::from_secs(1_000);
            Self { played, far, noise: Noise(9), start, truth: Vec::new(), down: Down::default() }
        }

        /// The loudspeaker takes a block that really leaves at `leaves`, and says that it were at `said`, in seconds.
        fn play(&mut self, leaves: f64, said: f64) {
            let mut low = 0.0;
            let block = std::array::from_fn(|_| {
                low += (self.noise.next() - low) * 0.1;
                low
            });
            let mut frame = [0.0; SAMPLES];
            self.down.process(&block, &mut frame);
            self.truth.push((leaves, frame));
            // 240 ms are enough to find a place in.
            let old = self.truth.len().saturating_sub(12);
            self.truth.drain(..old);
            self.played.push(&block, self.start + Duration::from_secs_f64(said));
        }

        /// By how many ms the frame for what was heard at `heard` is off, by its likeness to what left then.
        fn off_ms(&mut self, heard: f64) -> Option<f64> {
            let frame = self.far.take(self.start + Duration::from_secs_f64(heard));
            let first = self.truth.first()?.0;
            let sound: Vec<f32> = self.truth.iter().flat_map(|(_, frame)| *frame).collect();
            let likeness = |at: usize| sound[at..at + SAMPLES].iter().zip(&frame).map(|(a, b)| a * b).sum::<f32>();
            let at = (0..sound.len().checked_sub(SAMPLES)?).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))?;
            // Only true while the loudspeaker goes on without a pause.
            let ideal = (heard + LEAD.as_secs_f64() - first) * RATE;
            Some((at as f64 - ideal) / RATE * 1e3)
        }
    }

    #[test]
    fn each_block_heard_gets_what_left_the_loudspeaker_then() {
        let mut pair = Pair::new();
        let mut jitter = Noise(4);
        for at in 0..150 {
            let leaves = f64::from(at) * 0.02 + 0.12;
            pair.play(leaves, leaves + f64::from(jitter.next()) * 0.004);
            let heard = f64::from(at) * 0.02 + 0.047;
            let off = pair.off_ms(heard);
            if at > 100 {
                assert!(off.is_some_and(|off| off.abs() < 2.0), "{at}: {off:?}");
            }
        }
    }

    #[test]
    fn clocks_that_drift_apart_by_100_ppm_are_followed() {
        let mut pair = Pair::new();
        let mut last = None;
        for at in 0..6_000 {
            let leaves = f64::from(at) * 0.02 * (1.0 + 1e-4) + 0.12;
            pair.play(leaves, leaves);
            let heard = f64::from(at) * 0.02 + 0.047;
            if at % 500 == 499 {
                last = pair.off_ms(heard);
                assert!(last.is_some_and(|off| off.abs() < 1.0), "{at}: {last:?}");
            } else {
                pair.far.take(pair.start + Duration::from_secs_f64(heard));
            }
        }
        assert!(last.is_some());
    }

    #[test]
    fn a_buffer_that_grows_by_80_ms_is_followed_within_five_blocks() {
        let mut pair = Pair::new();
        for at in 0..200 {
            let jump = if at < 100 { 0.0 } else { 0.08 };
            let leaves = f64::from(at) * 0.02 + 0.12 + jump;
            if at == 100 {
                pair.truth.clear();
            }
            pair.play(leaves, leaves);
            let off = pair.off_ms(f64::from(at) * 0.02 + 0.047);
            if at > 115 {
                assert!(off.is_some_and(|off| off.abs() < 1.0), "{at}: {off:?}");
            }
        }
    }

    #[test]
    fn a_pause_is_silence_and_what_follows_has_its_time() {
        let mut pair = Pair::new();
        let at = |seconds: f64| pair.start + Duration::from_secs_f64(seconds);
        let (before, during, after) = (at(0.05), at(1.0), at(2.03));
        for block in 0..10 {
            let leaves = f64::from(block) * 0.02;
            pair.play(leaves, leaves);
        }
        assert!(pair.far.take(before).iter().any(|sample| *sample != 0.0));
        for block in 0..10 {
            let leaves = 2.0 + f64::from(block) * 0.02;
            pair.play(leaves, leaves);
        }
        assert_eq!(pair.far.take(during), [0.0; SAMPLES]);
        // Three blocks to be sure that it was a jump.
        let taken = (0..4).map(|_| pair.far.take(after)).last();
        assert!(taken.is_some_and(|frame| frame.iter().any(|sample| *sample != 0.0)));
    }

    #[test]
    fn a_reference_that_nobody_takes_waits_and_finds_its_place() {
        let mut pair = Pair::new();
        for at in 0..500 {
            pair.play(f64::from(at) * 0.02, f64::from(at) * 0.02);
        }
        assert_eq!(pair.far.ring.slots(), WAITING);
        // And what comes much later finds its place.
        for at in 0..10 {
            pair.play(20.0 + f64::from(at) * 0.02, 20.0 + f64::from(at) * 0.02);
            pair.far.take(pair.start + Duration::from_secs_f64(19.94 + f64::from(at) * 0.02));
        }
        let taken = pair.far.take(pair.start + Duration::from_secs(20));
        assert!(taken.iter().any(|sample| *sample != 0.0));
    }
}
