//! Accelerate and expand: when the waiting sound is made shorter or longer, and by how much, so that the delay meets its target.
//!
//! Pauses first, because nobody hears it there; in speech one period of the voice at a time, and only where two periods are
//! alike (WSOLA). Nothing is done as long as the delay is near its target.

use super::pcm_queue::PcmQueue;
use super::pitch::{self, LONGEST};
use crate::audio::BLOCK;

/// How much later than it could be, in samples, sound is left alone: 30 ms. Each change costs more than that: 20 ms taken out of a
/// pause cost 0.4 PESQ. What is too early is always changed, because packets are too late for it.
const LEFT_ALONE: i64 = 1_440;
/// Speech becomes at most this much later than it has to.
const BEYOND: i64 = 480;
/// The most that is cut out of a pause in 20 ms, and added to one: nothing is heard more than twice.
const PAUSE_CUT: i64 = 720;
const PAUSE_REPEAT: i64 = 480;
/// Over this many samples the two sides of a cut in a pause blend.
const PAUSE_BLEND: usize = 240;
/// By how far off the delay is, in samples: the likeness that two periods must have, and how many samples of speech may be
/// changed in 20 ms. A small error is mended within seconds, or in the next pause: each change costs some quality.
const STEPS: [(i64, f32, usize); 3] = [(1_440, 0.93, BLOCK / 100), (4_800, 0.85, MOST), (i64::MAX, 0.65, MOST)];
/// The likeness may be this much less for each 20 ms waited in vain: after some seconds without a clear voice
/// anything will do, as in a fan's noise, so that no delay stays for ever.
const PATIENCE: f32 = 0.002;
/// A pause between two words comes soon, and nobody hears a change in it: it is waited for this long, in 20 ms, before speech is
/// changed, unless the sound is this much too late.
const PAUSE_COMES: u32 = 150;
const TOO_LATE: i64 = 9_600;
/// Samples in 20 ms that make speech 1.15 times as fast, and 1.3 times.
const MOST: usize = BLOCK * 15 / 100;
const MOST_CATCH_UP: usize = BLOCK * 30 / 100;
/// The same while missed speech is caught up with: anything that can be blended.
const ALIKE_CATCH_UP: f32 = 0.3;

/// How fast speech may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// As it was said, and up to 1.15 times as fast or slow until the delay meets its target.
    #[default]
    Normal,
    /// Up to 1.3 times as fast, and pauses short, until nothing waits.
    CatchUp,
}

impl Speed {
    /// Cuts of a pause in 20 ms.
    pub fn cuts(self) -> usize {
        match self {
            Self::Normal => 1,
            Self::CatchUp => 3,
        }
    }
}

/// The pace of one talker.
#[derive(Default)]
pub struct Pace {
    /// How fast speech may be.
    pub speed: Speed,
    /// Samples of speech that may be changed now.
    allowed: usize,
    /// Blocks of 20 ms in which no two periods were alike enough.
    waited: u32,
    /// Blocks of 20 ms in which there was something to change, and no pause.
    wanted: u32,
}

impl Pace {
    /// A pace of this speed.
    pub fn new(speed: Speed) -> Self {
        Self { speed, ..Self::default() }
    }

    /// Makes `ready` shorter if it is `excess` samples late, longer if it is early. `pause`: nothing is said in its first
    /// [`pitch::NEEDED`] samples. Returns how many samples were taken out; a negative number were added.
    pub fn adjust(&mut self, ready: &mut PcmQueue, excess: i64, pause: bool) -> i64 {
        let catch_up = self.speed == Speed::CatchUp;
        let excess = if catch_up { i64::MAX } else { excess };
        let near = (0..LEFT_ALONE).contains(&excess);
        if pause && !near {
            let most = if excess > 0 { PAUSE_CUT } else { PAUSE_REPEAT }.min(ready.len() as i64 - PAUSE_BLEND as i64);
            self.wanted = 0;
            let count = usize::try_from(excess.saturating_abs().min(most)).unwrap_or(0);
            let blend = PAUSE_BLEND.min(count);
            return match excess > 0 {
                true => ready.cut(count, blend, 0.0) as i64,
                false => -(ready.repeat(count, blend, 0.0) as i64),
            };
        }
        if near {
            (self.waited, self.wanted) = (0, 0);
            return 0;
        }
        self.wanted = self.wanted.saturating_add(1);
        if !catch_up && self.wanted < PAUSE_COMES && excess < TOO_LATE {
            return 0;
        }
        let (alike, most) = match catch_up {
            true => (ALIKE_CATCH_UP, MOST_CATCH_UP),
            false => STEPS.iter().find(|(off, ..)| excess.saturating_abs() <= *off).map_or((1.0, 0), |s| (s.1, s.2)),
        };
        self.allowed = (self.allowed + most).min(LONGEST);
        self.splice(ready, excess, alike)
    }

    /// Takes one period of a voice out, or lets it be heard twice; a high voice that has to catch up loses several at once.
    fn splice(&mut self, ready: &mut PcmQueue, excess: i64, alike: f32) -> i64 {
        if self.allowed < pitch::SHORTEST {
            return 0;
        }
        let Some(found) = pitch::find(ready.pcm()) else {
            self.waited += 1;
            return 0;
        };
        // Never too early, or packets would be too late.
        let fits = if excess > 0 { found.samples as i64 <= excess } else { found.samples as i64 <= BEYOND - excess };
        if found.likeness < alike - PATIENCE * self.waited as f32 {
            self.waited += 1;
            return 0;
        }
        if found.samples > self.allowed || !fits {
            return 0;
        }
        self.waited = 0;
        let several = if self.speed == Speed::CatchUp { self.allowed / found.samples } else { 1 };
        let count = found.samples * several;
        self.allowed -= count;
        match excess > 0 {
            true => ready.cut(count, found.samples, found.likeness) as i64,
            false => -(ready.repeat(count, found.samples, found.likeness) as i64),
        }
    }
}
