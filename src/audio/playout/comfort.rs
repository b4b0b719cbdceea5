//! Comfort noise: between spurts the room behind the last talker goes on, softly, so that a pause doesn't sound like a line
//! that broke. When nobody has spoken for minutes it goes out.

use crate::audio::BLOCK;

/// The noise is never louder than this, and where the background is below the other there is none; dBFS.
const MOST: f32 = -60.0;
const LEAST: f32 = -78.0;
/// 20 ms steps in which it comes and goes.
const RISE: f32 = 8.0;
const FALL: f32 = 3.0;
/// 20 ms steps without a voice after which it begins to go out, and how long that takes: 2 min and 10 s.
const STAY: u32 = 6_000;
const GO: u32 = 500;
/// One-pole low-pass at about 1 kHz: most rooms hum rather than hiss.
const TONE: f32 = 0.12;

/// The noise of one room.
#[derive(Default)]
pub(super) struct Comfort {
    seed: u32,
    low: f32,
    /// Factor that the noise has now, and shall have.
    now: f32,
    level: f32,
    /// 20 ms steps since a voice was heard.
    quiet: u32,
}

impl Comfort {
    /// A voice is heard with this background (root mean square in dBFS) behind it.
    pub(super) fn behind(&mut self, background: f32) {
        let level = if background < LEAST { 0.0 } else { 10f32.powf(background.min(MOST) / 20.0) };
        // White noise between -1 and 1 has a power of 1/3, and the low-pass lets TONE/(2 - TONE) of that through.
        self.level = level * (3.0 * (2.0 - TONE) / TONE).sqrt();
    }

    /// Whether there is nothing to be heard, now and until somebody speaks.
    pub(super) fn is_silent(&self) -> bool {
        self.now == 0.0 && (self.level == 0.0 || self.quiet >= STAY + GO)
    }

    /// Adds the next 20 ms. `voice`: somebody is heard, with a background of their own.
    pub(super) fn add(&mut self, out: &mut [f32; BLOCK], voice: bool) {
        self.quiet = if voice { 0 } else { self.quiet.saturating_add(1) };
        let stay = (STAY + GO).saturating_sub(self.quiet).min(GO) as f32 / GO as f32;
        let aim = if voice { 0.0 } else { self.level * stay };
        let most = self.level.max(self.now);
        let next = aim.clamp(self.now - most / FALL, self.now + most / RISE);
        if self.now == 0.0 && next == 0.0 {
            return;
        }
        let step = (next - self.now) / BLOCK as f32;
        for sample in out {
            self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let white = (self.seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
            self.low += (white - self.low) * TONE;
            self.now += step;
            *sample += self.low * self.now;
        }
        self.now = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::level::decibels;

    fn run(comfort: &mut Comfort, blocks: u32, voice: bool) -> Vec<f32> {
        let mut out = Vec::new();
        for _ in 0..blocks {
            let mut block = [0.0; BLOCK];
            comfort.add(&mut block, voice);
            out.extend(block);
        }
        out
    }

    #[test]
    fn it_comes_and_goes_softly_at_the_level_of_the_room() {
        let mut comfort = Comfort::default();
        assert!(comfort.is_silent());
        for (background, heard) in [(-65.0, -65.0), (-72.0, -72.0), (-40.0, MOST)] {
            comfort.behind(background);
            assert!(run(&mut comfort, 50, true)[BLOCK * 10..].iter().all(|s| *s == 0.0));
            let noise = run(&mut comfort, 500, false);
            let steady = decibels(&noise[BLOCK * 20..]);
            assert!((steady - heard).abs() < 1.0, "{background}: {steady}");
            assert!(decibels(&noise[..BLOCK]) < steady - 6.0, "it begins softly");
            let steps = noise.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
            assert!(steps < 2e-3, "{steps}");
        }
        comfort.behind(-90.0);
        assert!(decibels(&run(&mut comfort, 100, false)[BLOCK * 50..]) < -100.0, "behind a silent room is silence");
    }

    #[test]
    fn after_minutes_without_a_voice_it_goes_out() {
        let mut comfort = Comfort::default();
        comfort.behind(-62.0);
        run(&mut comfort, 100, true);
        assert!(!comfort.is_silent(), "it will be heard");
        let noise = run(&mut comfort, STAY, false);
        assert!(decibels(&noise[noise.len() - BLOCK * 50..]) > -64.0);
        assert!(!comfort.is_silent());
        run(&mut comfort, GO + 20, false);
        assert!(comfort.is_silent());
        assert!(run(&mut comfort, 100, false).iter().all(|s| *s == 0.0));
    }
}
