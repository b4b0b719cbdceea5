//! From packets to sound, and from missing packets to a likely substitute.

use super::decoder_complexity::DecoderComplexity;
use crate::audio::BLOCK;
use crate::audio::opus::{Decoder, MAX_PACKET};

/// Concealment is as loud as speech for this long: 100 ms.
pub const FULL: usize = BLOCK * 5;
/// From here on it is silence: 280 ms. Networks babble when they have nothing to go by.
pub const MOST: usize = BLOCK * 14;
/// The tail of a spurt whose end was lost is made up no longer than this.
pub const TAIL: usize = BLOCK * 3;

/// A decoder of packets. A trait, so that hours can be simulated without decoding them.
pub trait Codec: Sized {
    /// A decoder; `None` if there is no memory for one.
    fn create() -> Option<Self>;
    /// Forgets what was heard before.
    fn reset(&mut self);
    /// Decodes at this complexity from now on.
    fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity);
    /// Decodes `packet` to the start of `out` and says how many samples it was; `None` if it is no packet.
    fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Option<usize>;
    /// Fills `out`, a multiple of 20 ms and at most 120 ms, with a likely continuation; says whether it could.
    fn conceal(&mut self, out: &mut [f32]) -> bool;
}

impl Codec for Decoder {
    fn create() -> Option<Self> {
        Self::new().ok()
    }

    fn reset(&mut self) {
        Self::reset(self);
    }

    fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity) {
        // It only refuses numbers that no complexity has.
        let _ = self.set_complexity(decoder_complexity.complexity());
    }

    fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Option<usize> {
        Self::decode(self, packet, out).ok()
    }

    fn conceal(&mut self, out: &mut [f32]) -> bool {
        Self::conceal(self, out).is_ok_and(|samples| samples == out.len())
    }
}

/// How a hole will end, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole {
    /// The talker goes on behind it, or nothing is known.
    Middle,
    /// A new spurt follows: the voice fell silent somewhere in the hole.
    Tail,
}

/// One talker's decoder, and how long it has been concealing.
pub struct Voice<D> {
    decoder: Option<D>,
    decoder_complexity: DecoderComplexity,
    out: Box<[f32; MAX_PACKET]>,
    concealed: usize,
}

impl<D: Codec> Default for Voice<D> {
    fn default() -> Self {
        Self {
            decoder: None,
            decoder_complexity: DecoderComplexity::default(),
            out: Box::new([0.0; MAX_PACKET]),
            concealed: 0,
        }
    }
}

impl<D: Codec> Voice<D> {
    /// Samples concealed since the last real one.
    pub fn concealed(&self) -> usize {
        self.concealed
    }

    /// Whether the concealed sound already fades.
    pub fn is_fading(&self) -> bool {
        self.concealed > FULL
    }

    /// A spurt begins with nothing concealed yet; `anew` if its encoder began anew too.
    pub fn begin(&mut self, anew: bool) {
        self.concealed = 0;
        if anew && let Some(decoder) = &mut self.decoder {
            decoder.reset();
        }
    }

    /// Gives the decoder's memory back.
    pub fn rest(&mut self) {
        self.decoder = None;
    }

    /// Decodes at this complexity from now on.
    pub fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity) {
        if decoder_complexity != self.decoder_complexity {
            self.decoder_complexity = decoder_complexity;
            if let Some(decoder) = &mut self.decoder {
                decoder.set_decoder_complexity(decoder_complexity);
            }
        }
    }

    /// The sound of a packet; `None` if it is none.
    pub fn decode(&mut self, packet: &[u8]) -> Option<&[f32]> {
        self.wake();
        let samples = self.decoder.as_mut()?.decode(packet, &mut self.out[..])?;
        self.concealed = 0;
        self.out.get(..samples)
    }

    /// Conceals `samples`, a multiple of 20 ms and at most 120 ms, fading as the hole gets longer.
    pub fn conceal(&mut self, samples: usize, hole: Hole) -> &[f32] {
        self.wake();
        let out = &mut self.out[..samples.min(MAX_PACKET)];
        let from = self.concealed;
        self.concealed += out.len();
        let guessed = from < MOST && self.decoder.as_mut().is_some_and(|decoder| decoder.conceal(out));
        if !guessed {
            out.fill(0.0);
        }
        let (full, most) = if hole == Hole::Tail { (0, TAIL) } else { (FULL, MOST) };
        for (i, sample) in out.iter_mut().enumerate() {
            let left = (most as f32 - (from + i) as f32) / (most - full) as f32;
            // Half a cosine: it leaves and arrives gently.
            *sample *= 0.5 - 0.5 * (left.clamp(0.0, 1.0) * std::f32::consts::PI).cos();
        }
        out
    }

    fn wake(&mut self) {
        if self.decoder.is_none() {
            self.decoder = D::create();
            if let Some(decoder) = &mut self.decoder {
                decoder.set_decoder_complexity(self.decoder_complexity);
            }
        }
    }
}
