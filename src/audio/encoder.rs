//! Sound into Opus packets of constant size.

use opusic_c::repacketizer::Repacketizer;
use opusic_c::{Application, Bandwidth, Bitrate, Channels, ErrorCode, InbandFec, SampleRate, Signal};

use super::{RATE, opus};
use crate::adapt::Plan;

/// The most bytes that one Opus frame can have.
const MAX_FRAME: usize = 1275;

/// Encodes 48 kHz mono sound by a [`Plan`]. All packets of one plan have the same size, so that sizes tell no phrases.
pub struct Encoder {
    opus: opusic_c::Encoder,
    packer: Repacketizer,
    plan: Plan,
}

impl Encoder {
    /// An encoder for `plan`; fails if there is no memory for one.
    pub fn new(plan: Plan) -> Result<Self, ErrorCode> {
        let mut opus = opusic_c::Encoder::new(Channels::Mono, SampleRate::Hz48000, Application::Voip)?;
        opus.set_vbr(false)?;
        opus.set_complexity(10)?;
        opus.set_signal(Signal::Voice)?;
        // By itself Opus goes narrower at low rates; at 24 kbps it wavers between coders for a band that the chain has left empty,
        // which costs 0.12 PESQ.
        opus.set_bandwidth(Bandwidth::Wide)?;
        opus.set_inband_fec(InbandFec::Off)?;
        opus.set_dtx(false)?;
        let mut this = Self { opus, packer: Repacketizer::new()?, plan };
        this.set_plan(plan)?;
        Ok(this)
    }

    /// How much time coding may cost, 0 to 10, from the next packet on.
    pub fn set_complexity(&mut self, complexity: u8) -> Result<(), ErrorCode> {
        self.opus.set_complexity(complexity)
    }

    /// Follows another plan from the next packet on.
    pub fn set_plan(&mut self, plan: Plan) -> Result<(), ErrorCode> {
        self.opus.set_bitrate(Bitrate::Value(plan.bitrate))?;
        self.plan = plan;
        Ok(())
    }

    /// The plan in force.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Forgets what was said before, so that a talk spurt can be understood without the one before it.
    pub fn reset(&mut self) -> Result<(), ErrorCode> {
        self.opus.reset()
    }

    /// One packet of `pcm`, which has to be as long as the plan's packet.
    pub fn encode(&mut self, pcm: &[f32]) -> Result<Vec<u8>, ErrorCode> {
        let frame = usize::from(self.plan.frame_ms) * RATE as usize / 1000;
        let count = usize::from(self.plan.frames_per_packet);
        if pcm.len() != frame * count {
            return Err(ErrorCode::BadArg);
        }
        let mut frames = Vec::with_capacity(count);
        for pcm in pcm.chunks_exact(frame) {
            let mut bytes = vec![0; MAX_FRAME];
            let length = self.opus.encode_float_to_slice(pcm, &mut bytes)?;
            bytes.truncate(length);
            frames.push(bytes);
        }
        if let [_] = frames[..] {
            return Ok(frames.remove(0));
        }
        // Two 60 ms frames in one packet: a frame of 120 ms would sound worse.
        // The frames' first bytes say the same, so one of them says it for all.
        let size = count * (self.plan.frame_bytes() - 1) + 1;
        opus::pack(&mut self.packer, &frames, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::PlanChoice;

    /// Something between silence and noise, so that the codec has reasons to vary.
    fn sound(length: usize, round: usize) -> Vec<f32> {
        let mut state = round as u32 + 1;
        (0..length)
            .map(|i| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = (state >> 8) as f32 / (1 << 24) as f32 - 0.5;
                (noise * 0.3 + (i as f32 * 0.02).sin() * 0.3) * (round % 5) as f32 / 4.0
            })
            .collect()
    }

    #[test]
    fn every_packet_of_a_plan_has_the_same_size() {
        for (choice, size) in [(PlanChoice::Auto, 90), (PlanChoice::Thin, 119), (PlanChoice::Full, 60)] {
            let plan = Plan::from(choice);
            let mut encoder = Encoder::new(plan).unwrap();
            let length = usize::from(plan.packet_ms()) * 48;
            for round in 0..20 {
                if round == 10 {
                    encoder.reset().unwrap();
                }
                let packet = encoder.encode(&sound(length, round)).unwrap();
                assert_eq!(packet.len(), size, "{choice:?}, packet {round}");
                assert_eq!(opus::duration(&packet), Some(length));
            }
        }
    }

    #[test]
    fn every_voice_is_coded_in_wideband() {
        for choice in [PlanChoice::Auto, PlanChoice::Thin, PlanChoice::Full] {
            let plan = Plan::from(choice);
            let mut encoder = Encoder::new(plan).unwrap();
            for round in 0..50 {
                let packet = encoder.encode(&sound(usize::from(plan.packet_ms()) * 48, round)).unwrap();
                // RFC 6716, table 2: configurations of wideband, of SILK and of CELT.
                assert!(matches!(packet[0] >> 3, 8..=11 | 20..=23), "{choice:?}: {}", packet[0] >> 3);
            }
        }
    }

    #[test]
    fn a_plan_can_change_between_packets() {
        let mut encoder = Encoder::new(PlanChoice::Auto.into()).unwrap();
        assert!(encoder.encode(&sound(2880, 1)).is_ok());
        encoder.set_plan(PlanChoice::Thin.into()).unwrap();
        assert!(encoder.encode(&sound(2880, 2)).is_err());
        assert_eq!(encoder.encode(&sound(5760, 2)).unwrap().len(), 119);
    }
}
