//! Is somebody speaking? A small neural detector, and an ear for voices without words, both held against the room's own noise.

mod floor;
#[cfg(test)]
pub(super) mod testing;
mod wordless;

use self::floor::Floor;
use self::wordless::Wordless;
use super::level::decibels;

/// The detector's frame, 16 ms at its 16 kHz.
const FRAME: usize = 256;
/// Taps of the low-pass filter before two of three samples are left out.
const TAPS: usize = 48;

/// A score from here up begins speech.
const BEGIN: f32 = 0.5;
/// A score from here up keeps it going.
const KEEP: f32 = 0.35;
/// Speech stands out of the room's noise by this much. A fan, however loud, doesn't stand out of itself.
const ABOVE_FLOOR_DB: f32 = 5.0;
/// Below this nobody is heard: it is the microphone's own noise.
const QUIETEST_DB: f32 = -72.0;
/// What stands out by this much may be the beginning of speech, before the detector can tell.
const ONSET_ABOVE_FLOOR_DB: f32 = 9.0;

/// What a stretch of sound contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sound {
    /// Nobody speaks.
    Silence,
    /// Something became loud: the first consonant of a word, a cup or a door.
    Onset,
    /// Somebody is heard without words: crying, a sigh.
    Wordless,
    /// Somebody speaks.
    Speech,
}

/// Tells speech from silence and noise, in 48 kHz mono.
pub struct Vad {
    detector: Box<earshot::Detector>,
    filter: [f32; TAPS],
    /// What came before the next samples.
    history: Vec<f32>,
    phase: usize,
    frame: [f32; FRAME],
    filled: usize,
    speaking: bool,
    wordless: Wordless,
    floor: Floor,
}

impl Default for Vad {
    fn default() -> Self {
        Self {
            detector: Box::default(),
            filter: low_pass(),
            history: vec![0.0; TAPS - 1],
            phase: 0,
            frame: [0.0; FRAME],
            filled: 0,
            speaking: false,
            wordless: Wordless::default(),
            floor: Floor::default(),
        }
    }
}

impl Vad {
    /// The strongest that these samples contain; any number of them.
    pub fn hear(&mut self, pcm: &[f32]) -> Sound {
        let mut heard = Sound::Silence;
        self.history.extend_from_slice(pcm);
        while self.phase + TAPS <= self.history.len() {
            let window = &self.history[self.phase..self.phase + TAPS];
            let low: f32 = window.iter().zip(&self.filter).map(|(a, b)| a * b).sum();
            self.phase += 3;
            heard = heard.max(self.take(low));
        }
        let used = self.phase.min(self.history.len() - (TAPS - 1));
        self.history.drain(..used);
        self.phase -= used;
        heard
    }

    /// The same for samples at 16 kHz.
    pub fn hear_narrow(&mut self, pcm: &[f32]) -> Sound {
        pcm.iter().map(|sample| self.take(*sample)).max().unwrap_or(Sound::Silence)
    }

    fn take(&mut self, sample: f32) -> Sound {
        self.frame[self.filled] = sample.clamp(-1.0, 1.0);
        self.filled += 1;
        if self.filled < FRAME {
            return Sound::Silence;
        }
        self.filled = 0;
        self.judge()
    }

    fn judge(&mut self) -> Sound {
        let score = self.detector.predict_f32(&self.frame);
        let loud = decibels(&self.frame);
        let floor = self.floor.hear(loud);
        let stands_out = |from: f32, by: f32| loud > QUIETEST_DB && loud > from + by;
        let wordless = self.wordless.hear(&self.frame, loud);
        let somebody = stands_out(floor, ABOVE_FLOOR_DB);
        self.speaking = somebody && score >= if self.speaking { KEEP } else { BEGIN };
        match () {
            () if self.speaking => Sound::Speech,
            () if somebody && wordless => Sound::Wordless,
            () if stands_out(self.floor.at_most(), ONSET_ABOVE_FLOOR_DB) => Sound::Onset,
            () => Sound::Silence,
        }
    }
}

/// A windowed sinc that passes 7 kHz and stops what would fold back from above 8 kHz.
fn low_pass() -> [f32; TAPS] {
    let mut taps = [0.0f32; TAPS];
    for (i, tap) in taps.iter_mut().enumerate() {
        let x = i as f32 - (TAPS - 1) as f32 / 2.0;
        let phase = std::f32::consts::PI * x * (2.0 * 7500.0 / 48_000.0);
        let window = 0.54 - 0.46 * (std::f32::consts::TAU * i as f32 / (TAPS - 1) as f32).cos();
        *tap = phase.sin() / phase * window;
    }
    let sum: f32 = taps.iter().sum();
    taps.map(|tap| tap / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::Noise;

    #[test]
    fn the_filter_passes_speech_and_stops_what_would_fold_back() {
        let through = |hz: f32| {
            let mut vad = Vad::default();
            let tone: Vec<f32> =
                (0..FRAME * 3 * 4).map(|i| (i as f32 * hz * std::f32::consts::TAU / 48_000.0).sin()).collect();
            vad.hear(&tone);
            decibels(&vad.frame)
        };
        assert!((through(1000.0) + 3.0).abs() < 0.2);
        assert!(through(11_000.0) < -40.0);
    }

    #[test]
    fn an_onset_is_told_before_speech_is_and_steady_noise_is_none() {
        let mut noise = Noise(5);
        let mut hear = |vad: &mut Vad, seconds: f32, peak: f32| -> Vec<Sound> {
            let blocks = (seconds * 50.0) as usize;
            (0..blocks).map(|_| vad.hear(&std::array::from_fn::<f32, 960, _>(|_| noise.next() * peak))).collect()
        };
        let mut vad = Vad::default();
        let fan = hear(&mut vad, 20.0, 0.003);
        assert!(fan.iter().all(|sound| *sound == Sound::Silence));
        // A hiss, as an s or a sh is, that no detector takes for speech at once.
        let hiss = hear(&mut vad, 0.1, 0.03);
        assert!(hiss.contains(&Sound::Onset), "{hiss:?}");
        // In a room whose noise isn't known yet everything might be one.
        let first = hear(&mut Vad::default(), 0.4, 0.03);
        assert!(!first.contains(&Sound::Onset), "{first:?}");
    }
}
