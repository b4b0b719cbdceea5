//! Plans: how a voice is coded and packed, from the best sound to the narrowest line.

use super::repeats::Redundancy;
use crate::ids::overhead;

/// What a new packet costs on the way up beside its sound.
const AROUND: usize = overhead::DATAGRAM + overhead::UP_BUNDLE + overhead::FRAME_HEAD + overhead::TICK + overhead::TAG;
/// What a repeated packet costs beside its sound.
const AROUND_REPEAT: usize = overhead::FRAME_HEAD + overhead::FRAME_LENGTH + overhead::TICK + overhead::TAG;

/// The plans, each cheaper than the one before it.
pub(super) const RUNGS: [Plan; 10] = [
    Plan::of(24_000, 20, 1),
    Plan::of(24_000, 40, 1),
    Plan::of(16_000, 60, 1),
    Plan::of(12_000, 60, 1),
    Plan::of(10_000, 60, 1),
    Plan::of(8_000, 60, 1),
    Plan::of(8_000, 40, 2),
    Plan::of(9_600, 60, 2),
    Plan::of(8_000, 60, 2),
    Plan::of(6_000, 60, 2),
];
/// The rungs of the choices, and the cheapest of all.
pub(super) const AUTO: usize = 3;
pub(super) const THIN: usize = 8;
pub(super) const LAST: usize = RUNGS.len() - 1;

/// How the thin layer is coded; the last packet of a spurt may be shorter.
pub const THIN_LAYER: Plan = RUNGS[THIN];

/// What a person chose with `--plan`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanChoice {
    /// 12 kbps in 60 ms frames.
    #[default]
    Auto,
    /// 8 kbps, two 60 ms frames a packet: the least data.
    Thin,
    /// 24 kbps in 20 ms frames: the least delay.
    Full,
}

impl PlanChoice {
    /// The rung where it begins, and above which it never goes.
    pub(super) fn top(self) -> usize {
        match self {
            Self::Full => 0,
            Self::Auto => AUTO,
            Self::Thin => THIN,
        }
    }
}

/// How a talker's voice is coded and packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Constant codec rate in bits per second, `6_000..=24_000`.
    pub bitrate: u32,
    /// Length of one Opus frame in milliseconds: 20, 40 or 60.
    pub frame_ms: u16,
    /// Opus frames in one packet under one seal: 1 or 2.
    pub frames_per_packet: u16,
}

impl Plan {
    const fn of(bitrate: u32, frame_ms: u16, frames_per_packet: u16) -> Self {
        Self { bitrate, frame_ms, frames_per_packet }
    }

    /// Length of sound in one packet, in milliseconds.
    pub fn packet_ms(self) -> u16 {
        self.frame_ms * self.frames_per_packet
    }

    /// Bytes of one packet at the plan's constant rate. Frames that share a packet say their length once.
    pub fn packet_bytes(self) -> usize {
        usize::from(self.frames_per_packet) * (self.frame_bytes() - 1) + 1
    }

    /// Bytes of one Opus frame at the plan's constant rate.
    pub fn frame_bytes(self) -> usize {
        (self.bitrate * u32::from(self.frame_ms) / 8000) as usize
    }

    /// What a talker sends with it at the IP level, in kilobits a second.
    pub fn kbps(self, repeats: Redundancy) -> f64 {
        let sound = self.frame_bytes() * usize::from(self.frames_per_packet);
        let bytes = AROUND + sound + usize::from(repeats.copies) * (AROUND_REPEAT + sound);
        bytes as f64 * 8.0 / f64::from(self.packet_ms())
    }
}

impl From<PlanChoice> for Plan {
    fn from(choice: PlanChoice) -> Self {
        RUNGS[choice.top()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_has_its_packet_length_and_size() {
        let of = |choice| {
            let plan = Plan::from(choice);
            (plan.packet_ms(), plan.frame_bytes())
        };
        assert_eq!(of(PlanChoice::Auto), (60, 90));
        assert_eq!(of(PlanChoice::Thin), (120, 60));
        assert_eq!(of(PlanChoice::Full), (20, 60));
    }

    #[test]
    fn rungs_get_cheaper_and_cost_what_is_promised() {
        let wire: Vec<f64> = RUNGS.iter().map(|plan| plan.kbps(Redundancy::NONE)).collect();
        assert!(wire.windows(2).all(|pair| pair[0] >= pair[1]), "{wire:?}");
        assert!(wire[0] <= 52.0 && wire[AUTO] <= 21.0 && wire[THIN] <= 13.2 && wire[LAST] <= 11.0, "{wire:?}");
    }
}
