//! What is sent, and how, for a plan or a line: pure functions of what the far end of a hop has seen.

mod backfill;
mod bottleneck;
mod capacity;
mod delay_estimator;
mod link_receiver;
mod loss_estimator;
mod nack;
mod rate_controller;
mod redundancy;
mod ring;
mod sequence_window;

pub use backfill::{Backfill, HOLE, HOLE_TIME, LONGEST_HOLE, Wanted};
pub use capacity::{Capacity, Fit, layers_below, voice_kbps};
pub use delay_estimator::DelayEstimator;
pub use link_receiver::{Arrival, LinkReceiver, PROBE_EVERY, PROBES, next_probe};
pub use loss_estimator::LossEstimator;
pub use nack::{NackTracker, ONCE};
pub use rate_controller::{LinkReport, RateController, THIN_LAYER};
pub use redundancy::{Redundancy, RedundancyController};
pub use ring::Ring;
pub use sequence_window::SequenceWindow;

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
    /// Length of sound in one packet, in milliseconds.
    pub fn packet_ms(self) -> u16 {
        self.frame_ms * self.frames_per_packet
    }

    /// Bytes of one packet at the plan's constant rate. Frames that go together say only once how long they are.
    pub fn packet_bytes(self) -> usize {
        usize::from(self.frames_per_packet) * (self.frame_bytes() - 1) + 1
    }

    /// Bytes of one Opus frame at the plan's constant rate.
    pub fn frame_bytes(self) -> usize {
        (self.bitrate * u32::from(self.frame_ms) / 8000) as usize
    }
}

impl From<PlanChoice> for Plan {
    fn from(choice: PlanChoice) -> Self {
        RateController::new(choice).plan(Redundancy::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plan_has_its_packet_length_and_size() {
        let of = |choice| {
            let plan = Plan::from(choice);
            (plan.packet_ms(), plan.frame_bytes())
        };
        assert_eq!(of(PlanChoice::Auto), (60, 90));
        assert_eq!(of(PlanChoice::Thin), (120, 60));
        assert_eq!(of(PlanChoice::Full), (20, 60));
    }
}
