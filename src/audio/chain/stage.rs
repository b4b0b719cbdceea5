//! What the steps of the chain have in common.

/// The chain's samples per second.
pub(super) const RATE: u32 = 16_000;
/// Samples in 20 ms.
pub(super) const SAMPLES: usize = 320;

/// 20 ms at 16 kHz, full scale 1.
pub type Frame = [f32; SAMPLES];

/// What the stages work on.
pub(super) struct Block {
    /// What the microphone heard, on its way to the others.
    pub(super) near: Frame,
    /// What left the loudspeaker meanwhile.
    pub(super) far: Frame,
    /// Whether that is more than silence.
    pub(super) far_sounds: bool,
    /// Whether the loudspeaker may be heard in `near`, as far as it was not cancelled.
    pub(super) echo: bool,
    /// The room's noise, in dBFS.
    pub(super) noise_db: f32,
    /// Whether somebody speaks.
    pub(super) speech: bool,
}

impl Default for Block {
    fn default() -> Self {
        let silence = [0.0; SAMPLES];
        Self { near: silence, far: silence, far_sounds: false, echo: false, noise_db: -90.0, speech: false }
    }
}

/// A step of the chain.
pub(super) trait Stage {
    /// Works on the next 20 ms.
    fn process(&mut self, block: &mut Block);
    /// What comes next does not follow what came before.
    fn reset(&mut self);
}

/// The mean power of a sound.
pub(super) fn power(sound: &[f32]) -> f32 {
    sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len().max(1) as f32
}

/// Goes from one gain to another within a sound.
pub(super) fn ramp(sound: &mut [f32], from: f32, to: f32) {
    let step = (to - from) / sound.len().max(1) as f32;
    for (at, sample) in sound.iter_mut().enumerate() {
        *sample *= from + step * at as f32;
    }
}
