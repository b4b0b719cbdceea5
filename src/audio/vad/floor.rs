//! How loud a room's own noise is.

/// The quietest frame of this many (1.6 s) is the room's noise: nobody speaks that long without a breath.
const WINDOW: u32 = 100;
/// Frames (0.5 s) after which the quietest one so far passes for the room's noise, as far as an onset stands out of it.
const KNOWN_AFTER: u32 = 30;

/// How loud the noise of a room is that hasn't been heard for a whole window.
const UNKNOWN_DB: f32 = -120.0;

/// The room's noise, in frames of 16 ms: the quietest moment of the last one to two windows.
pub(super) struct Floor {
    last: f32,
    current: f32,
    frames: u32,
    smooth: f32,
}

impl Default for Floor {
    fn default() -> Self {
        // A silent room, until a whole window has been heard: the first word must not pass for the noise.
        Self { last: UNKNOWN_DB, current: 0.0, frames: 0, smooth: 0.0 }
    }
}

impl Floor {
    /// Takes how loud the next frame is, in dBFS; the noise as far as it is known.
    pub(super) fn hear(&mut self, loud: f32) -> f32 {
        // Noise wavers from frame to frame; its mean is what speech has to stand out of.
        self.smooth += (loud - self.smooth) * 0.2;
        self.current = self.current.min(self.smooth);
        self.frames += 1;
        if self.frames == WINDOW {
            (self.last, self.current, self.frames) = (self.current, self.smooth, 0);
        }
        self.last.min(self.current)
    }

    /// An upper bound of the room's noise as far as it is known; a very loud one before.
    pub(super) fn at_most(&self) -> f32 {
        match self.last > UNKNOWN_DB {
            true => self.last.min(self.current),
            false if self.frames >= KNOWN_AFTER => self.current,
            false => f32::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_floor_follows_steady_noise_but_not_speech() {
        let mut fan = Floor::default();
        let heard: Vec<f32> = (0..400).map(|i| fan.hear(-40.0 + (i % 3) as f32)).collect();
        assert!(heard[50] < -100.0);
        assert!((heard[399] + 40.0).abs() < 2.0);
        let mut speech = Floor::default();
        let floor = (0..1000).map(|i| speech.hear(if i % 40 < 30 { -25.0 } else { -70.0 })).last().unwrap();
        assert!(floor < -60.0, "{floor}");
    }
}
