//! The way of my voice: 20 ms blocks in, Opus packets and meter readings out. No device, no thread and no clock.

use super::advisor::Advisor;
use super::chain::{CaptureChain, Chain, Frame};
use super::check::Check;
use super::encoder::Encoder;
use super::governor::CaptureComplexity;
use super::level::loudness;
use super::spurt::{Piece, Spurts};
use super::thin::ThinLayer;
use super::vad::{Sound, Vad};
use super::{AudioError, AudioEvent, BLOCK, Captured};
use crate::adapt::Plan;

/// The microphone's clock starts here, in blocks, so that a lead never reaches below zero.
const FIRST_BLOCK: u64 = 16;
/// The meter moves every 100 ms.
const METER_BLOCKS: usize = 5;

/// Turns what a microphone hears into packets, and silence into nothing.
pub struct Capture {
    encoder: Encoder,
    vad: Vad,
    advisor: Advisor,
    spurts: Spurts,
    plan: Plan,
    thin: Option<ThinLayer>,
    complexity: CaptureComplexity,
    chain: Option<CaptureChain>,
    /// A sound check under way, which gets the packets instead of the others.
    check: Option<Box<Check>>,
    checked: Vec<Captured>,
    /// A check of a second that the others hear as ever.
    short_check: Option<Box<Check>>,
    /// Whether it was said that echo stays.
    echo: bool,
    meter: Vec<u8>,
}

impl Capture {
    /// Follows `plan` and sends what it hears as it is; fails if there is no memory for the codec.
    pub fn new(plan: Plan) -> Result<Self, AudioError> {
        Self::with_chain(plan, Chain::Off)
    }

    /// Follows `plan`, and cleans what it hears as `chain` says; fails if there is no memory for the codec.
    pub fn with_chain(plan: Plan, chain: Chain) -> Result<Self, AudioError> {
        Ok(Self {
            encoder: Encoder::new(plan).map_err(|e| AudioError::System(e.message().into()))?,
            vad: Vad::default(),
            advisor: Advisor::default(),
            spurts: Spurts::new(plan, FIRST_BLOCK),
            plan,
            thin: None,
            complexity: CaptureComplexity::default(),
            chain: CaptureChain::new(chain),
            check: None,
            checked: Vec::new(),
            short_check: None,
            echo: false,
            meter: Vec::with_capacity(METER_BLOCKS),
        })
    }

    /// Follows another plan from the next packet on.
    pub fn set_plan(&mut self, plan: Plan) {
        self.plan = plan;
        self.spurts.set_plan(plan);
    }

    /// From the next packet on, codes the thin layer too (`true`) or stops coding it.
    pub fn set_layers(&mut self, thin: bool) {
        if !thin {
            self.thin = None;
        } else if self.thin.is_none() {
            // Without memory for it there is none: the full layer is what matters.
            self.thin = ThinLayer::new().ok();
            self.apply_complexity();
        }
    }

    /// Does this much from the next packet on.
    pub fn set_complexity(&mut self, complexity: CaptureComplexity) {
        if complexity != self.complexity {
            self.complexity = complexity;
            self.apply_complexity();
        }
    }

    fn apply_complexity(&mut self) {
        let complexity = self.complexity.encoder();
        // It only refuses numbers that no complexity has.
        let _ = self.encoder.set_complexity(complexity);
        if let Some(thin) = &mut self.thin {
            thin.set_complexity(complexity);
        }
        if let Some(chain) = &mut self.chain {
            chain.set_suppression(self.complexity.suppresses_noise());
        }
    }

    /// Another microphone or loudspeaker is in use: whether one hears the other has to be found out again.
    pub fn devices_changed(&mut self) {
        if let Some(chain) = &mut self.chain {
            chain.devices_changed();
        }
    }

    /// From here on everything that is heard is for this check, and nothing for the others.
    pub fn set_check(&mut self, check: Check) {
        self.check = Some(Box::new(check));
    }

    /// Checks the next second that is heard, while the others hear it: now, or when the microphone is opened next.
    pub fn check_next_second(&mut self) {
        self.short_check = Some(Box::new(Check::short()));
    }

    /// Whether speech is being coded.
    pub fn is_talking(&self) -> bool {
        self.spurts.is_talking()
    }

    /// Starts listening again, `blocks` (of 20 ms) after the first start. What was heard before is forgotten;
    /// media time goes on with the clock, and never back.
    pub fn open(&mut self, blocks: u64) {
        let block = (FIRST_BLOCK + blocks).max(self.spurts.next_block());
        self.spurts = Spurts::new(self.plan, block);
        self.vad = Vad::default();
        self.advisor.open();
        self.meter.clear();
        if self.short_check.is_some() {
            // It looks at one second in a row.
            self.check_next_second();
        }
        if let Some(chain) = &mut self.chain {
            chain.reset();
        }
    }

    /// How many blocks have passed since the first start, by what was heard.
    pub fn blocks(&self) -> u64 {
        self.spurts.next_block() - FIRST_BLOCK
    }

    /// Takes the next 20 ms of sound, while nothing is heard of the others.
    pub fn push(&mut self, pcm: &[f32; BLOCK], sink: &dyn Fn(AudioEvent)) {
        self.hear(pcm, &[0.0; _], sink);
    }

    /// Takes the next 20 ms of sound, and what left the loudspeaker meanwhile or up to half a second earlier, at 16 kHz.
    pub fn hear(&mut self, pcm: &[f32; BLOCK], far: &Frame, sink: &dyn Fn(AudioEvent)) {
        let mut clean = *pcm;
        let sound = match &mut self.chain {
            Some(chain) => {
                let sound = self.vad.hear_narrow(chain.clean(pcm, far));
                chain.level(sound == Sound::Speech, &mut clean);
                sound
            }
            None => self.vad.hear(pcm),
        };
        self.meter.push(loudness(&clean));
        if self.meter.len() == METER_BLOCKS {
            sink(AudioEvent::MicLevel(self.meter.iter().copied().max().unwrap_or(0)));
            self.meter.clear();
        }
        if let Some(advice) = self.advisor.hear(pcm, sound) {
            sink(AudioEvent::Advice(advice));
        }
        for piece in self.spurts.push(&clean, sound) {
            self.send(&piece, sink);
        }
        self.tell_echo(sink);
        if let Some(check) = &mut self.check
            && let Some(event) = check.hear(pcm, std::mem::take(&mut self.checked))
        {
            sink(AudioEvent::Check(event));
        }
        if let Some(event) = self.short_check.as_mut().and_then(|check| check.hear(pcm, Vec::new())) {
            self.short_check = None;
            sink(AudioEvent::Check(event));
        }
    }

    fn tell_echo(&mut self, sink: &dyn Fn(AudioEvent)) {
        let echo = self.chain.as_ref().is_some_and(CaptureChain::echo_stays);
        if echo != self.echo {
            self.echo = echo;
            sink(AudioEvent::Echo(echo));
        }
    }

    /// Stops listening: ends the spurt that is under way.
    pub fn close(&mut self, sink: &dyn Fn(AudioEvent)) {
        if let Some(piece) = self.spurts.close() {
            self.send(&piece, sink);
        }
        self.meter.clear();
        sink(AudioEvent::MicLevel(0));
    }

    fn send(&mut self, piece: &Piece, sink: &dyn Fn(AudioEvent)) {
        if let Some(packet) = self.encode(piece) {
            let level = piece.pcm.chunks(BLOCK).map(loudness).max().unwrap_or(0);
            let tick = piece.block as u8; // modulo 256 is meant
            let thin = self.thin.as_mut().and_then(|thin| thin.push(piece));
            let captured = Captured { packet, tick, level, start: piece.start, end: piece.end, thin };
            match self.check {
                Some(_) => self.checked.push(captured),
                None => sink(AudioEvent::Captured(captured)),
            }
        }
    }

    /// `None` only if libopus fails on valid sound, which it has no reason to; the listener then conceals one packet.
    fn encode(&mut self, piece: &Piece) -> Option<Vec<u8>> {
        if self.encoder.plan() != self.plan {
            self.encoder.set_plan(self.plan).ok()?;
        }
        if piece.start {
            self.encoder.reset().ok()?;
        }
        self.encoder.encode(&piece.pcm).ok()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::adapt::PlanChoice;
    use crate::audio::RATE;
    use crate::audio::check::{CheckEvent, Verdict};
    use crate::audio::testing::{Noise, vowels};
    use crate::audio::vad::testing::breath;

    /// What a chain makes of a sound.
    pub(crate) fn run(capture: &mut Capture, sound: &[f32]) -> Vec<Captured> {
        let out = RefCell::new(Vec::new());
        for block in sound.as_chunks().0 {
            capture.push(block, &|event| {
                if let AudioEvent::Captured(packet) = event {
                    out.borrow_mut().push(packet);
                }
            });
        }
        out.into_inner()
    }

    /// Steady low-passed noise.
    fn fan(seconds: f32, peak: f32) -> Vec<f32> {
        let mut noise = Noise(3);
        let mut low = 0.0;
        (0..(seconds * RATE as f32) as usize)
            .map(|_| {
                low += (noise.next() - low) * 0.1;
                low * peak * 2.0
            })
            .collect()
    }

    #[test]
    fn speech_goes_out_and_silence_does_not() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        assert!(run(&mut capture, &vec![0.0; 48_000]).is_empty());
        let spoken = run(&mut capture, &[vowels(1.0, 0.3), vec![0.0; 48_000]].concat());
        assert!(spoken.first().is_some_and(|p| p.start) && spoken.last().is_some_and(|p| p.end), "{}", spoken.len());
        assert!(spoken.iter().all(|p| p.packet.len() == 90));
        assert!(spoken.iter().any(|p| p.level >= 4));
        assert!(spoken.windows(2).all(|w| w[1].tick.wrapping_sub(w[0].tick) == 3 || w[1].start));
    }

    #[test]
    fn quiet_speech_goes_through() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        assert!(!run(&mut capture, &vowels(2.0, 0.1)).is_empty());
    }

    #[test]
    fn a_second_is_checked_once_and_sent_all_the_same() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        let (found, sent) = (RefCell::new(Vec::new()), RefCell::new(0));
        let hear = |capture: &mut Capture, seconds: f32, peak: f32| {
            for block in fan(seconds, peak).as_chunks().0 {
                capture.push(block, &|event| match event {
                    AudioEvent::Check(CheckEvent::Done(report)) => found.borrow_mut().push(report.verdicts),
                    AudioEvent::Captured(_) => *sent.borrow_mut() += 1,
                    _ => {}
                });
            }
        };
        hear(&mut capture, 2.0, 0.5);
        assert!(found.borrow().is_empty(), "nobody asked");
        // Half a second before the microphone closes is not enough; when it opens again, one is taken.
        capture.check_next_second();
        hear(&mut capture, 0.5, 0.5);
        capture.close(&drop);
        capture.open(500);
        hear(&mut capture, 0.9, 0.5);
        assert!(found.borrow().is_empty());
        hear(&mut capture, 5.0, 0.5);
        assert_eq!(found.take(), [[Verdict::Noisy]]);
        capture.check_next_second();
        run(&mut capture, &vec![0.0; 24_000]);
        for block in vowels(2.0, 0.3).as_chunks().0 {
            capture.push(block, &|event| *sent.borrow_mut() += u32::from(matches!(event, AudioEvent::Captured(_))));
        }
        assert!(sent.into_inner() > 10, "what is checked is sent");
    }

    #[test]
    fn soft_sighs_go_through_every_chain() {
        for chain in Chain::ALL {
            let mut capture = Capture::with_chain(PlanChoice::Auto.into(), chain).unwrap();
            let (mut hiss, mut sighs) = (Noise(12), [vec![0.0; RATE as usize], breath(9.0, 0.01, RATE)].concat());
            sighs.iter_mut().for_each(|sample| *sample += hiss.next() * 3e-4);
            let sent = run(&mut capture, &sighs);
            // Three of 1 s, with at most another second around each.
            assert!((40..=100).contains(&sent.len()), "{chain:?}: {}", sent.len());
            assert_eq!(sent.iter().filter(|packet| packet.end).count(), 3, "{chain:?}");
        }
    }

    #[test]
    fn a_fan_does_not_hold_the_microphone_open() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        run(&mut capture, &fan(4.0, 0.1));
        assert!(run(&mut capture, &fan(20.0, 0.1)).is_empty());
    }

    #[test]
    fn closing_ends_the_spurt_and_opening_goes_on_with_the_clock() {
        let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
        let before = run(&mut capture, &vowels(1.0, 0.3));
        let ends = RefCell::new(0);
        capture.close(&|event| {
            if let AudioEvent::Captured(packet) = event {
                *ends.borrow_mut() += u32::from(packet.end);
            }
        });
        assert_eq!((before.is_empty(), ends.into_inner()), (false, 1));
        capture.open(500);
        let after = run(&mut capture, &vowels(1.0, 0.3));
        let first = after.first().unwrap();
        assert!(first.start);
        let expected = (FIRST_BLOCK + 500) as u8;
        assert!(first.tick.wrapping_sub(expected.wrapping_sub(6)) < 50, "{} after {expected}", first.tick);
    }

    #[test]
    fn echo_that_stays_is_told_once_and_hardly_sent() {
        // A loudspeaker beside the microphone, though its owner said headset.
        let mut capture = Capture::with_chain(PlanChoice::Auto.into(), Chain::Headset).unwrap();
        let far = vowels(20.0, 0.3);
        let (told, sent) = (RefCell::new(Vec::new()), RefCell::new(0));
        let (mut narrow, mut late) = ([0.0; 320], [0.0; BLOCK]);
        for (at, block) in far.as_chunks::<BLOCK>().0.iter().enumerate() {
            narrow.iter_mut().zip(block.as_chunks::<3>().0).for_each(|(to, from)| *to = from.iter().sum::<f32>() / 3.0);
            let near = late.map(|sample| sample * 0.5);
            late = *block;
            capture.hear(&near, &narrow, &|event| match event {
                AudioEvent::Echo(stays) => told.borrow_mut().push(stays),
                AudioEvent::Captured(packet) if at > 500 => *sent.borrow_mut() += u32::from(packet.level > 4),
                _ => {}
            });
        }
        assert_eq!((told.into_inner(), sent.into_inner()), (vec![true], 0));
    }

    #[test]
    fn every_chain_sends_speech_and_keeps_silence() {
        for chain in Chain::ALL {
            let mut capture = Capture::with_chain(PlanChoice::Auto.into(), chain).unwrap();
            assert!(run(&mut capture, &vec![0.0; 48_000]).is_empty(), "{chain:?}");
            let spoken = run(&mut capture, &[vowels(2.0, 0.3), vec![0.0; 48_000]].concat());
            assert!(spoken.first().is_some_and(|p| p.start) && spoken.last().is_some_and(|p| p.end), "{chain:?}");
            assert!(spoken.iter().any(|p| p.level >= 4), "{chain:?}");
        }
    }
}
