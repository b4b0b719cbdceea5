//! What runs inside the sound card's callback: plain functions over a state each, with no lock, no allocation, no
//! freeing, no logging and nothing that can panic. Everything slow is on the other end of a ring.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use cpal::{FromSample, Sample};
use rtrb::{Consumer, Producer, RingBuffer};

/// A sample below this (-60 dBFS) is as good as silence.
const AUDIBLE: f32 = 1e-3;

/// What both ends of a ring know of each other.
#[derive(Default)]
pub struct Shared {
    /// How many callbacks there were.
    pub calls: AtomicUsize,
    /// The most frames that one callback has had or asked for since this was last looked at.
    pub largest: AtomicUsize,
    /// Frames that found no room (microphone), or had no sound in the middle of a sound (speaker).
    pub missed: AtomicUsize,
    /// How long ago what was last taken from the device was in the air, or how long from now what it was last given will be,
    /// in microseconds. 0 where the system doesn't say.
    pub latency: AtomicU32,
    /// The device has sound of its own for a while (speaker): what the ring doesn't hold yet may come a little later.
    pub is_patient: AtomicBool,
    /// Whether a sound goes on (speaker): a silence needn't be waited for.
    pub is_sounding: AtomicBool,
}

/// The device's end of the microphone's ring.
pub struct CaptureSide {
    ring: Producer<f32>,
    channels: usize,
    shared: Arc<Shared>,
}

/// The device's end of the speaker's ring.
pub struct PlaybackSide {
    ring: Consumer<f32>,
    channels: usize,
    last: f32,
    shared: Arc<Shared>,
}

/// A ring from a microphone of `channels` channels that holds `frames` samples.
pub fn capture(channels: u16, frames: usize) -> (CaptureSide, Consumer<f32>, Arc<Shared>) {
    let (producer, consumer) = RingBuffer::new(frames);
    let shared = Arc::new(Shared::default());
    (CaptureSide { ring: producer, channels: channels.max(1).into(), shared: shared.clone() }, consumer, shared)
}

/// A ring to a speaker of `channels` channels that holds `frames` samples.
pub fn playback(channels: u16, frames: usize) -> (PlaybackSide, Producer<f32>, Arc<Shared>) {
    let (producer, consumer) = RingBuffer::new(frames);
    let shared = Arc::new(Shared::default());
    let side = PlaybackSide { ring: consumer, channels: channels.max(1).into(), last: 0.0, shared: shared.clone() };
    (side, producer, shared)
}

impl CaptureSide {
    /// Takes interleaved samples from the device: the mean of the channels goes into the ring. What finds no room is lost,
    /// the newest first, and counted.
    pub fn take<T>(&mut self, samples: &[T])
    where
        T: Sample,
        f32: FromSample<T>,
    {
        let frames = samples.len() / self.channels;
        self.shared.calls.fetch_add(1, Ordering::Relaxed);
        self.shared.largest.fetch_max(frames, Ordering::Relaxed);
        let fits = frames.min(self.ring.slots());
        if fits < frames {
            self.shared.missed.fetch_add(frames - fits, Ordering::Relaxed);
        }
        if let Ok(chunk) = self.ring.write_chunk_uninit(fits) {
            let share = 1.0 / self.channels as f32;
            let mono = |frame: &[T]| frame.iter().map(|s| f32::from_sample(*s)).sum::<f32>() * share;
            chunk.fill_from_iter(samples.chunks_exact(self.channels).map(mono));
        }
    }
}

impl PlaybackSide {
    /// How many frames the ring holds.
    pub fn available(&self) -> usize {
        self.ring.slots()
    }

    /// Fills the device's interleaved buffer from the ring: the voice goes to the first two channels. Where the ring is
    /// empty the last sample dies away within a few milliseconds, because a step to zero would click.
    pub fn give<T>(&mut self, samples: &mut [T])
    where
        T: Sample + FromSample<f32>,
    {
        let frames = samples.len() / self.channels;
        self.shared.calls.fetch_add(1, Ordering::Relaxed);
        self.shared.largest.fetch_max(frames, Ordering::Relaxed);
        let there = frames.min(self.ring.slots());
        let mut chunk = self.ring.read_chunk(there).ok().into_iter().flatten();
        let mut dry = false;
        for frame in samples.chunks_mut(self.channels) {
            let next = chunk.next();
            if next.is_none() && !dry {
                dry = true;
                let lost = if self.last.abs() > AUDIBLE { frames - there } else { 0 };
                self.shared.missed.fetch_add(lost, Ordering::Relaxed);
            }
            self.last = match next {
                Some(sample) => sample,
                None if self.last.abs() < AUDIBLE / 10.0 => 0.0,
                None => self.last * 0.97,
            };
            for (channel, sample) in frame.iter_mut().enumerate() {
                *sample = if channel < 2 { T::from_sample(self.last) } else { T::EQUILIBRIUM };
            }
        }
    }
}
