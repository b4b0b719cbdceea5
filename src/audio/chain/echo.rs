//! The echo canceller: takes the loudspeaker's sound out of the microphone's.

use sonora_aec3::block::Block as Piece;
use sonora_aec3::block_processor::BlockProcessor;
use sonora_aec3::config::{EchoCanceller3Config, TransparentModeType, Tuning};

use super::stage::{Block, Frame, RATE, SAMPLES, Stage, power};

/// Samples that the canceller takes at a time, and holds back.
const PIECE: usize = 64;
/// The canceller's full scale.
const SCALE: f32 = 32_768.0;
/// From here on the microphone clips.
const CLIPPING: f32 = 0.999;
/// The filter's length in pieces of 4 ms: 120 ms. The library's own 52 ms leave the tail of a living room to its suppressor,
/// and a loudspeaker that moves by 80 ms is lost for seconds.
const FILTER_PIECES: usize = 30;
/// The room's sound dies away by this share of its power in each piece, until more is known: a living room's.
const DECAY: f32 = 0.92;
/// The same while I talk.
const DECAY_NEAR: f32 = 0.83;
/// Pieces that must stand out of the echo before I pass for talking: the tail of a long room is no voice.
const NEAR_AFTER: i32 = 16;
/// How many pieces are looked at together to tell me from echo.
const NEAR_AVERAGE: usize = 6;
/// How much more echo I may carry than the library allows while I talk, and how much less while I don't.
const WHILE_I_TALK: f32 = 3.0;
const WHILE_I_LISTEN: f32 = 0.5;
/// Blocks (1 s) for which the loudspeaker's last sound may be heard in the room.
const TAIL: u32 = 50;

/// AEC3, which rests while nothing comes from the loudspeaker.
pub(super) struct EchoCanceller {
    processor: Box<BlockProcessor>,
    near: Piece,
    far: Piece,
    /// The microphone's sound less what the canceller's filter makes of the loudspeaker's, before it suppresses the rest.
    linear: Piece,
    /// How much of the microphone's power the filter took from the last block; 1: nothing.
    left: f32,
    /// What the canceller would hold back, so that it can rest and begin without a jump.
    held: [f32; PIECE],
    /// Blocks since the loudspeaker's last sound.
    silent: u32,
    /// Whether it cancelled in the last block.
    cancelling: bool,
    use_of_it: Use,
}

/// What becomes of the canceller's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// None: it rests.
    Rest,
    /// It listens, and learns how much there is to cancel; the sound stays as it is.
    Listen,
    /// It cancels.
    Cancel,
}

impl Default for EchoCanceller {
    fn default() -> Self {
        Self {
            processor: Box::new(processor()),
            near: Piece::new(1, 1),
            far: Piece::new(1, 1),
            linear: Piece::new(1, 1),
            left: 1.0,
            held: [0.0; PIECE],
            silent: TAIL,
            cancelling: false,
            use_of_it: Use::Cancel,
        }
    }
}

fn processor() -> BlockProcessor {
    let mut config = EchoCanceller3Config::default();
    config.filter.export_linear_aec_output = true;
    config.filter.refined.length_blocks = FILTER_PIECES;
    config.filter.coarse.length_blocks = FILTER_PIECES;
    config.filter.refined_initial.length_blocks = FILTER_PIECES;
    config.filter.coarse_initial.length_blocks = FILTER_PIECES;
    config.ep_strength.default_len = DECAY;
    config.ep_strength.nearend_len = DECAY_NEAR;
    config.echo_removal_control.transparent_mode = TransparentModeType::Hmm;
    let scale = |tuning: &mut Tuning, by: f32| {
        for mask in [&mut tuning.mask_lf, &mut tuning.mask_hf] {
            mask.enr_transparent *= by;
            mask.enr_suppress *= by;
        }
    };
    scale(&mut config.suppressor.normal_tuning, WHILE_I_LISTEN);
    scale(&mut config.suppressor.nearend_tuning, WHILE_I_TALK);
    config.suppressor.nearend_average_blocks = NEAR_AVERAGE;
    config.suppressor.dominant_nearend_detection.trigger_threshold = NEAR_AFTER;
    BlockProcessor::new(&config, RATE as usize, 1, 1)
}

impl EchoCanceller {
    /// What is to become of its work from the next block on.
    pub(super) fn set_use(&mut self, use_of_it: Use) {
        self.use_of_it = use_of_it;
    }

    /// Whether echo was cancelled in the last block.
    pub(super) fn is_cancelling(&self) -> bool {
        self.cancelling
    }

    /// The share of the microphone's power that the last block has left after the filter, without the suppressor; 1 while it rests.
    pub(super) fn left(&self) -> f32 {
        self.left
    }

    /// The block as it is without the canceller, held back as long as the canceller would.
    fn hold_back(&mut self, near: &Frame) -> Frame {
        let mut out = [0.0; SAMPLES];
        out[..PIECE].copy_from_slice(&self.held);
        out[PIECE..].copy_from_slice(&near[..SAMPLES - PIECE]);
        self.held.copy_from_slice(&near[SAMPLES - PIECE..]);
        out
    }

    fn cancel(&mut self, block: &mut Block) {
        let (mut before, mut after) = (1e-9, 1e-9);
        let clips = block.near.iter().any(|sample| sample.abs() >= CLIPPING);
        for (near, far) in block.near.chunks_exact_mut(PIECE).zip(block.far.chunks_exact(PIECE)) {
            self.far.view_mut(0, 0).iter_mut().zip(far).for_each(|(to, from)| *to = from * SCALE);
            self.near.view_mut(0, 0).iter_mut().zip(&*near).for_each(|(to, from)| *to = from * SCALE);
            self.processor.buffer_render(&self.far);
            self.processor.process_capture(false, clips, Some(&mut self.linear), &mut self.near);
            before += power(near) * SCALE * SCALE;
            after += power(self.linear.view(0, 0));
            near.iter_mut().zip(self.near.view(0, 0)).for_each(|(to, from)| *to = from / SCALE);
        }
        self.left = (after / before).min(1.0);
    }
}

impl Stage for EchoCanceller {
    fn process(&mut self, block: &mut Block) {
        self.silent = if block.far_sounds { 0 } else { self.silent.saturating_add(1) };
        let works = self.use_of_it != Use::Rest && self.silent < TAIL;
        let (before, cancels) = (self.cancelling, works && self.use_of_it == Use::Cancel);
        let plain = self.hold_back(&block.near);
        if before || works {
            // One block more than it cancels, to fade from.
            self.cancel(block);
        } else {
            self.left = 1.0;
        }
        match (before, cancels) {
            (true, true) => {}
            (false, false) => block.near = plain,
            (false, true) => fade(&plain, &mut block.near),
            (true, false) => {
                let mut out = plain;
                fade(&block.near, &mut out);
                block.near = out;
            }
        }
        self.cancelling = cancels;
    }

    /// What it learned of the room stays: most often the microphone opens again where it was.
    fn reset(&mut self) {
        self.held = [0.0; PIECE];
        self.silent = TAIL;
        self.cancelling = false;
        self.left = 1.0;
    }
}

/// From one sound to another within the block.
fn fade(from: &Frame, to: &mut Frame) {
    for (at, (from, to)) in from.iter().zip(to).enumerate() {
        let share = at as f32 / SAMPLES as f32;
        *to = *to * share + from * (1.0 - share);
    }
}
