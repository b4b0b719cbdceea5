//! A room for tests: a microphone that hears the loudspeaker as in a room, somebody who speaks in it, and its noise. So the
//! whole client is heard as at somebody's home. Pure: blocks and moments in, blocks out.

use std::path::Path;
use std::time::{Duration, Instant};

use super::file::FileMic;
use crate::audio::chain::{Frame, Up};
use crate::audio::reference::{FarEnd, Played, air};
use crate::audio::{AudioError, BLOCK, RoomSpec};

/// What of a room's response is kept: its first 500 ms, at 16 kHz.
const LONGEST: usize = 8_000;
/// Samples of a block at 16 kHz.
const SAMPLES: usize = 320;

/// A source of 20 ms of sound at 48 kHz, silence after its end.
type Sounds = Box<dyn FnMut(&mut [f32; BLOCK]) + Send>;

/// A microphone in a room.
pub(crate) struct Room {
    air: FarEnd,
    /// The response, the latest part first, and what the loudspeaker played lately.
    response: Vec<f32>,
    past: Vec<f32>,
    delay: Duration,
    block_time: Duration,
    up: Up,
    others: Vec<Sounds>,
    start: Instant,
    blocks: u32,
}

impl Room {
    /// A room whose first block begins now, from the files that `spec` names.
    ///
    /// # Errors
    /// If a file can't be read, or is no wav file.
    pub(crate) fn open(spec: &RoomSpec) -> Result<(Self, Played), AudioError> {
        let mut others: Vec<Sounds> = Vec::new();
        for (path, looped) in [(&spec.noise, true), (&spec.near, false)] {
            if let Some(path) = path {
                let mut file = FileMic::open(path, looped)?;
                others.push(Box::new(move |out| file.read(out)));
            }
        }
        Ok(Self::new(spec, response(&spec.response)?, others, Instant::now()))
    }

    /// A room in which the microphone's first block begins at `start`; the loudspeaker is to give what it plays to the other end.
    /// `response` is at 16 kHz and of any loudness; `others` are heard beside the loudspeaker.
    fn new(spec: &RoomSpec, mut response: Vec<f32>, others: Vec<Sounds>, start: Instant) -> (Self, Played) {
        let (played, air) = air();
        response.truncate(LONGEST);
        let power: f32 = response.iter().map(|sample| sample * sample).sum();
        let gain = 10f32.powf(-(spec.loss_db as f32) / 20.0) / power.max(1e-12).sqrt();
        response.iter_mut().for_each(|sample| *sample *= gain);
        response.reverse();
        let past = vec![0.0; response.len() + SAMPLES];
        let block_time = Duration::from_millis(20).mul_f64(1.0 + f64::from(spec.drift_ppm) * 1e-6);
        let delay = Duration::from_millis(spec.delay_ms.into());
        (Self { air, response, past, delay, block_time, up: Up::default(), others, start, blocks: 0 }, played)
    }

    /// When the next block begins.
    pub(crate) fn begins(&self) -> Instant {
        self.start + self.block_time * self.blocks
    }

    /// When it's over, and can be taken.
    pub(crate) fn ends(&self) -> Instant {
        self.begins() + self.block_time
    }

    /// The next 20 ms.
    pub(crate) fn hear(&mut self, out: &mut [f32; BLOCK]) {
        let began = self.begins();
        let heard = self.air.take(began.checked_sub(self.delay).unwrap_or(began));
        self.blocks += 1;
        self.past.copy_within(SAMPLES.., 0);
        let new = self.past.len() - SAMPLES;
        self.past[new..].copy_from_slice(&heard);
        let echo: Frame = std::array::from_fn(|at| {
            let past = &self.past[at + 1..][..self.response.len()];
            dot(past, &self.response)
        });
        self.up.process(&echo, out);
        let mut other = [0.0; BLOCK];
        for source in &mut self.others {
            source(&mut other);
            out.iter_mut().zip(&other).for_each(|(out, other)| *out += other);
        }
        out.iter_mut().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
    }
}

/// In eight sums, so that a processor can take eight products at a time.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a, rest_a) = a.as_chunks::<8>();
    let (b, rest_b) = b.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f32>()
}

/// A response from a file, from its direct sound on, at 16 kHz.
fn response(path: &Path) -> Result<Vec<f32>, AudioError> {
    let mut file = FileMic::open(path, false)?;
    let mut sound = vec![0.0; 0];
    let mut block = [0.0; BLOCK];
    for _ in 0..2 * LONGEST / SAMPLES {
        file.read(&mut block);
        sound.extend_from_slice(&block);
    }
    let mut narrow = narrow(&sound);
    let loudest = (0..narrow.len()).max_by(|a, b| narrow[*a].abs().total_cmp(&narrow[*b].abs())).unwrap_or(0);
    narrow.drain(..loudest.saturating_sub(8));
    Ok(narrow)
}

/// A response at 48 kHz as one at 16 kHz.
fn narrow(response: &[f32]) -> Vec<f32> {
    let mut down = crate::audio::chain::Down::default();
    let frame = |block: &[f32; BLOCK]| {
        let mut out = [0.0; SAMPLES];
        down.process(block, &mut out);
        out
    };
    let padded: Vec<f32> = response.iter().copied().chain([0.0; BLOCK]).collect();
    padded.as_chunks().0.iter().flat_map(frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::level::decibels;

    fn spec(text: &str) -> RoomSpec {
        text.parse().unwrap()
    }

    /// The blocks that the microphone hears of one loud block in silence, which leaves at 200 ms.
    fn click(text: &str) -> Vec<f32> {
        let start = Instant::now() + Duration::from_secs(100);
        let (mut room, mut played) = Room::new(&spec(text), vec![1.0], Vec::new(), start);
        let mut out = Vec::new();
        for at in 0..40u32 {
            let mut block = [0.0; BLOCK];
            if at == 10 {
                block = std::array::from_fn(|at| (at as f32 * 0.1).sin());
            }
            played.push(&block, start + Duration::from_millis(20) * at);
            let mut heard = [0.0; BLOCK];
            if at >= 2 {
                room.hear(&mut heard);
                out.push(decibels(&heard));
            }
        }
        out
    }

    #[test]
    fn the_loudspeaker_is_heard_when_and_as_loud_as_the_room_says() {
        let loudest = |heard: &[f32]| (0..heard.len()).max_by(|a, b| heard[*a].total_cmp(&heard[*b])).unwrap();
        let near = click("room.wav,loss=6");
        assert_eq!(loudest(&near), 10);
        assert!((near[10] + 9.0).abs() < 1.0, "{}", near[10]);
        let far = click("room.wav,loss=26,delay=80");
        assert_eq!(loudest(&far), 14);
        assert!((far[14] + 29.0).abs() < 1.0, "{}", far[14]);
    }

    #[test]
    fn others_are_heard_too_and_a_slow_clock_makes_fewer_blocks() {
        let start = Instant::now();
        let hum: Sounds = Box::new(|out| out.fill(0.25));
        let (mut room, _played) = Room::new(&spec("room.wav,drift=1000"), vec![1.0], vec![hum], start);
        let mut heard = [0.0; BLOCK];
        for _ in 0..1_000 {
            room.hear(&mut heard);
        }
        assert_eq!(heard, [0.25; BLOCK]);
        assert_eq!(room.begins() - start, Duration::from_micros(20_020_000));
    }
}
