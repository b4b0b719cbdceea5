//! The thin layer of my voice: the same sound coded a second time, for listeners whose lines are too narrow for the full one.

use opusic_c::ErrorCode;

use super::encoder::Encoder;
use super::spurt::Piece;
use super::{BLOCK, Thin};
use crate::adapt::{Plan, THIN_LAYER};

/// Gathers pieces of a spurt until they make a packet of [`THIN_LAYER`].
pub(super) struct ThinLayer {
    encoder: Encoder,
    pcm: Vec<f32>,
    /// Media time of the first sample in blocks.
    block: u64,
    count: u8,
    start: bool,
}

impl ThinLayer {
    /// A layer that begins with the next piece; fails if there is no memory for the codec.
    pub(super) fn new() -> Result<Self, ErrorCode> {
        let encoder = Encoder::new(THIN_LAYER)?;
        Ok(Self { encoder, pcm: Vec::new(), block: 0, count: 0, start: false })
    }

    /// How much time coding may cost, 0 to 10.
    pub(super) fn set_complexity(&mut self, complexity: u8) {
        // It only refuses numbers that no complexity has.
        let _ = self.encoder.set_complexity(complexity);
    }

    /// Takes the next piece; the packet that it completes. At the end of a spurt, and where the full layer's packets have changed
    /// their length, one may be shorter.
    pub(super) fn push(&mut self, piece: &Piece) -> Option<Thin> {
        let most = usize::from(THIN_LAYER.packet_ms()) / 20 * BLOCK;
        if piece.start {
            self.encoder.reset().ok()?;
            self.count = 0;
        }
        if self.count == 0 || self.pcm.len() + piece.pcm.len() > most {
            self.pcm.clear();
            (self.block, self.start, self.count) = (piece.block, piece.start, 0);
        }
        self.pcm.extend_from_slice(&piece.pcm);
        self.count += 1;
        if self.pcm.len() < most && !piece.end {
            return None;
        }
        let tick = self.block as u8; // modulo 256 is meant
        let count = std::mem::take(&mut self.count);
        self.encoder.set_plan(plan(self.pcm.len() / BLOCK)).ok()?;
        let packet = self.encoder.encode(&self.pcm).ok()?;
        Some(Thin { packet, tick, count, start: self.start })
    }
}

/// The plan for a packet of this many blocks.
fn plan(blocks: usize) -> Plan {
    let (frame_ms, frames_per_packet) = match blocks {
        3 => (60, 1),
        6 => (60, 2),
        2 | 4 => (40, blocks as u16 / 2),
        _ => (20, blocks as u16),
    };
    Plan { frame_ms, frames_per_packet, ..THIN_LAYER }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::PlanChoice;
    use crate::audio::capture::{Capture, tests::run};
    use crate::audio::testing::vowels;
    use crate::audio::{Captured, opus};

    #[test]
    fn all_that_is_said_is_in_both_layers_once_and_at_the_same_time() {
        for choice in [PlanChoice::Auto, PlanChoice::Full] {
            let mut capture = Capture::new(choice.into()).unwrap();
            capture.set_layers(true);
            let spoken =
                run(&mut capture, &[vowels(2.3, 0.3), vec![0.0; 48_000], vowels(1.1, 0.3), vec![0.0; 48_000]].concat());
            let mut since: Vec<&Captured> = Vec::new();
            for full in &spoken {
                since.push(full);
                let Some(thin) = &full.thin else { continue };
                assert_eq!(
                    (usize::from(thin.count), thin.tick, thin.start),
                    (since.len(), since[0].tick, since[0].start)
                );
                let long: usize = since.iter().filter_map(|full| opus::duration(&full.packet)).sum();
                assert_eq!(opus::duration(&thin.packet), Some(long));
                assert!(thin.packet.len() <= THIN_LAYER.packet_bytes());
                since.clear();
            }
            assert!(
                since.is_empty() && spoken.iter().filter(|full| full.end).all(|full| full.thin.is_some()),
                "{choice:?}"
            );
        }
    }

    #[test]
    fn it_begins_in_the_middle_of_a_spurt_and_ends_at_once() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        let before = run(&mut capture, &vowels(1.0, 0.3));
        capture.set_layers(true);
        let with = run(&mut capture, &vowels(1.2, 0.3));
        capture.set_layers(false);
        let after = run(&mut capture, &vowels(1.0, 0.3));
        let thin = |packets: &[Captured]| packets.iter().filter(|full| full.thin.is_some()).count();
        assert_eq!((thin(&before), thin(&with), thin(&after)), (0, 10, 0));
        assert!(with.iter().all(|full| !full.start));
    }

    #[test]
    fn packets_that_change_their_length_leave_no_gap_that_lasts() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        capture.set_layers(true);
        run(&mut capture, &vowels(1.02, 0.3));
        for choice in [PlanChoice::Full, PlanChoice::Thin, PlanChoice::Auto] {
            capture.set_plan(choice.into());
            let spoken = run(&mut capture, &vowels(1.2, 0.3));
            assert!(spoken.iter().filter(|full| full.thin.is_some()).count() >= 9, "{choice:?}");
        }
    }
}
