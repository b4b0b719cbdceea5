//! The stages in their order.

use super::duck::Duck;
use super::echo::{EchoCanceller, Use};
use super::gain::GainControl;
use super::high_pass::HighPass;
use super::noise::{self, NoiseSuppressor};
use super::path::EchoPath;
use super::rate::{Down, Up};
use super::setting::Chain;
use super::stage::{Block, Frame, SAMPLES, Stage as _, power};
use crate::audio::BLOCK;

/// Below this nothing of the loudspeaker is heard by a microphone: -65 dBFS.
const FAR_SOUNDS: f32 = 3e-7;
/// The gain believes in more noise only slowly, by 1 dB in 1 s: a long word is none.
const NOISE_RISES_DB: f32 = 0.02;

/// Cleans the microphone's sound, 20 ms at a time: [`Self::clean`], then, once it's known whether somebody speaks,
/// [`Self::level`]. Both hold it back by 7 ms in all, and by 17 ms while noise is turned down.
pub struct CaptureChain {
    setting: Chain,
    block: Block,
    down: Down,
    high_pass: HighPass,
    echo: EchoCanceller,
    path: EchoPath,
    noise: NoiseSuppressor,
    duck: Duck,
    gain: GainControl,
    up: Up,
    /// What the voice detector hears of the last block, and the beginning of what it hears next.
    heard: [f32; SAMPLES + noise::HOP],
}

impl CaptureChain {
    /// A chain as `setting` says; none for [`Chain::Off`].
    pub fn new(setting: Chain) -> Option<Self> {
        (setting != Chain::Off).then(|| Self {
            setting,
            block: Block::default(),
            down: Down::default(),
            high_pass: HighPass::default(),
            echo: EchoCanceller::default(),
            path: EchoPath::default(),
            noise: NoiseSuppressor::default(),
            duck: Duck::default(),
            gain: GainControl::default(),
            up: Up::default(),
            heard: [0.0; _],
        })
    }

    /// The microphone opens: what it hears does not follow what it heard. What is known of the room stays.
    pub fn reset(&mut self) {
        (self.down, self.up) = (Down::default(), Up::default());
        self.high_pass.reset();
        self.echo.reset();
        self.noise.reset();
        self.heard.fill(0.0);
        self.duck.reset();
        self.gain.reset();
    }

    /// Another microphone or loudspeaker: whether one hears the other has to be found out again.
    pub fn devices_changed(&mut self) {
        self.path = EchoPath::default();
        self.duck = Duck::default();
    }

    /// Turns noise down (`true`, from the start), or spares the processor.
    pub fn set_suppression(&mut self, on: bool) {
        self.noise.set_on(on);
    }

    /// Takes rumble, echo and noise from 20 ms of the microphone's sound at 48 kHz. `far` is what left the loudspeaker at about
    /// that time, or up to half a second earlier. Gives the sound at 16 kHz, for a voice detector: as it came, since a
    /// soft sigh stands out of that best, unless there may be echo in it.
    pub fn clean(&mut self, near: &[f32; BLOCK], far: &Frame) -> &Frame {
        let block = &mut self.block;
        self.down.process(near, &mut block.near);
        self.heard.copy_within(SAMPLES.., 0);
        self.heard[noise::HOP..].copy_from_slice(&block.near);
        block.far = *far;
        let far_power = power(far);
        block.far_sounds = far_power > FAR_SOUNDS;
        self.high_pass.process(block);
        let heard = power(&block.near);
        let use_of_it = match self.setting {
            Chain::Auto => self.path.use_of_it(),
            Chain::Speakers => Use::Cancel,
            Chain::Headset | Chain::Off => Use::Rest,
        };
        self.echo.set_use(use_of_it);
        self.echo.process(block);
        if block.far_sounds {
            self.path.hear(heard, far_power, self.echo.left());
        }
        self.noise.process(block);
        block.noise_db = self.noise.noise_db().min(block.noise_db + NOISE_RISES_DB);
        self.duck.process(block);
        block.echo = self.echo.is_cancelling() || self.duck.is_on() && block.far_sounds;
        // As late as the suppressor's own sound.
        let heard = self.heard[noise::HOP - self.noise.held_back()..].first_chunk().filter(|_| !block.echo);
        heard.unwrap_or(&block.near)
    }

    /// Brings what [`Self::clean`] gave to a level that can be heard, at 48 kHz. `speech`: somebody speaks.
    pub fn level(&mut self, speech: bool, out: &mut [f32; BLOCK]) {
        self.block.speech = speech;
        self.gain.process(&mut self.block);
        self.up.process(&self.block.near, out);
    }

    /// Whether echo stays, so that the microphone is softer while others talk.
    pub fn echo_stays(&self) -> bool {
        self.duck.is_on()
    }

    /// Whether echo was cancelled in the last block.
    pub fn is_cancelling(&self) -> bool {
        self.echo.is_cancelling()
    }
}
