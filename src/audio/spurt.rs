//! From "there is speech in these 20 ms" to talk spurts: which sound is sent, where it begins and where it ends.

use std::collections::VecDeque;

use super::vad::Sound;
use super::{BLOCK, LEAD_MS};
use crate::adapt::Plan;

/// Silence that is still sent after the last speech: 480 ms. Shorter pauses are part of speech.
const HANGOVER_BLOCKS: u32 = 24;
/// After an onset the detector has this long to recognise speech, or the spurt ends: 160 ms. Speech never needs that long.
const DOUBT_BLOCKS: u32 = 8;
/// After a false onset no other begins a spurt for 1 s, doubled after each one, up to 16 s: a person
/// typing is hardly heard.
const NO_ONSET_BLOCKS: u32 = 50;
const NO_ONSET_MOST: u32 = 800;

/// A stretch of sound to be sent as one packet.
#[derive(Debug, PartialEq)]
pub struct Piece {
    /// The samples, one packet of the plan long.
    pub pcm: Vec<f32>,
    /// Media time of the first sample, in blocks of 20 ms since the microphone's clock began.
    pub block: u64,
    /// The first of a spurt.
    pub start: bool,
    /// The last of a spurt.
    pub end: bool,
}

/// Cuts a stream of blocks into spurts of packets.
///
/// An onset begins a spurt before anybody can tell whether it is speech; the spurt ends soon if it is not.
///
/// A spurt begins with a *lead*: when speech or an onset is noticed, what was heard just before is sent at once, so that first syllables
/// are whole. The last packet of the lead ends in that moment; [`lead`] tells both ends how many it is.
pub struct Spurts {
    plan: Plan,
    /// Not sent yet: in a spurt less than a packet, otherwise what may become a lead.
    waiting: VecDeque<[f32; BLOCK]>,
    /// Media time of the first block that waits.
    block: u64,
    silent: u32,
    talking: bool,
    started: bool,
    /// Somebody was heard in this spurt.
    speech: bool,
    /// Blocks for which no onset begins a spurt, and blocks for which none will after the next false one.
    no_onset: u32,
    next_no_onset: u32,
}

/// Packets of `packet_ms` milliseconds that are sent at once when a spurt begins: as many as [`LEAD_MS`] needs.
pub fn lead(packet_ms: u16) -> u16 {
    LEAD_MS.div_ceil(packet_ms.max(1))
}

impl Spurts {
    /// Nothing heard yet; the first block that is pushed has media time `block`.
    pub fn new(plan: Plan, block: u64) -> Self {
        let mut this = Self {
            plan,
            waiting: VecDeque::new(),
            block,
            silent: 0,
            talking: false,
            started: false,
            speech: false,
            no_onset: 0,
            next_no_onset: NO_ONSET_BLOCKS,
        };
        // A spurt that begins with the very first block has a lead too, of silence, so that all spurts are alike.
        let silence = this.lead().min(usize::try_from(block).unwrap_or(usize::MAX));
        this.block -= silence as u64;
        this.waiting.resize(silence, [0.0; BLOCK]);
        this
    }

    /// Follows another plan from the next packet on.
    pub fn set_plan(&mut self, plan: Plan) {
        self.plan = plan;
    }

    /// Media time of the next block to be pushed.
    pub fn next_block(&self) -> u64 {
        self.block + self.waiting.len() as u64
    }

    /// Whether a spurt is under way.
    pub fn is_talking(&self) -> bool {
        self.talking
    }

    /// Takes the next 20 ms; the pieces to be sent now come out, in order.
    pub fn push(&mut self, pcm: &[f32; BLOCK], sound: Sound) -> Vec<Piece> {
        self.waiting.push_back(*pcm);
        self.silent = self.silent.saturating_add(1);
        self.no_onset = self.no_onset.saturating_sub(1);
        let onset = sound == Sound::Onset && self.no_onset == 0;
        let voice = sound >= Sound::Wordless;
        if !self.talking && (voice || onset) {
            (self.talking, self.started, self.speech, self.silent) = (true, false, false, 0);
            self.trim_to_whole_packets();
        }
        if voice {
            (self.speech, self.silent, self.next_no_onset) = (true, 0, NO_ONSET_BLOCKS);
        }
        if !self.talking {
            let most = self.lead();
            self.drop_front(self.waiting.len().saturating_sub(most));
            return Vec::new();
        }
        let mut pieces = Vec::new();
        while self.talking && self.waiting.len() >= self.packet() {
            let last = self.waiting.len() < 2 * self.packet();
            let hangover = if self.speech { HANGOVER_BLOCKS } else { DOUBT_BLOCKS };
            pieces.push(self.cut(last && self.silent >= hangover));
        }
        pieces
    }

    /// The microphone closes: what was said until now is the end of the spurt, if there is one.
    pub fn close(&mut self) -> Option<Piece> {
        if !self.talking {
            return None;
        }
        while self.waiting.len() < self.packet() {
            self.waiting.push_back([0.0; BLOCK]);
        }
        Some(self.cut(true))
    }

    fn cut(&mut self, end: bool) -> Piece {
        let count = self.packet();
        let piece = Piece {
            pcm: self.waiting.drain(..count).flatten().collect(),
            block: self.block,
            start: !self.started,
            end,
        };
        self.block += count as u64;
        self.started = true;
        if end {
            self.talking = false;
            if !self.speech {
                self.no_onset = self.next_no_onset;
                self.next_no_onset = (2 * self.next_no_onset).min(NO_ONSET_MOST);
            }
        }
        piece
    }

    /// Keeps whole packets, so that the packet in which speech was noticed is complete now.
    fn trim_to_whole_packets(&mut self) {
        let packet = self.packet();
        let most = self.lead();
        let whole = self.waiting.len().min(most) / packet * packet;
        if whole > 0 {
            self.drop_front(self.waiting.len() - whole);
        }
    }

    fn drop_front(&mut self, count: usize) {
        self.waiting.drain(..count);
        self.block += count as u64;
    }

    fn packet(&self) -> usize {
        usize::from(self.plan.packet_ms() / 20).max(1)
    }

    /// Blocks of the lead.
    fn lead(&self) -> usize {
        self.packet() * usize::from(lead(self.plan.packet_ms()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::PlanChoice;

    /// Pushes one block a letter: `x` is speech, `w` a voice without words, `o` an onset, `.` silence; gives (block, start, end) of each piece and when it came.
    fn run(spurts: &mut Spurts, script: &str) -> Vec<(u64, bool, bool, usize)> {
        let mut out = Vec::new();
        for (at, letter) in script.chars().enumerate() {
            let sound = match letter {
                'x' => Sound::Speech,
                'w' => Sound::Wordless,
                'o' => Sound::Onset,
                _ => Sound::Silence,
            };
            for piece in spurts.push(&[at as f32; BLOCK], sound) {
                out.push((piece.block, piece.start, piece.end, at));
            }
        }
        out
    }

    #[test]
    fn silence_sends_nothing() {
        let mut spurts = Spurts::new(PlanChoice::Auto.into(), 20);
        assert_eq!(run(&mut spurts, &".".repeat(200)), []);
        assert!(spurts.waiting.len() <= 6);
    }

    #[test]
    fn a_spurt_has_a_lead_a_hangover_and_a_marked_end() {
        let mut spurts = Spurts::new(PlanChoice::Auto.into(), 20);
        let out = run(&mut spurts, &format!("{}{}{}", ".".repeat(10), "x".repeat(10), ".".repeat(60)));
        // Speech was noticed in the block that was pushed as number 10, so block 30, with which the first packet ends.
        assert_eq!(out[..3], [(28, true, false, 10), (31, false, false, 13), (34, false, false, 16)]);
        let (ends, packets) = (out.iter().filter(|o| o.2).count(), out.len());
        assert_eq!((ends, packets, out[packets - 1].2), (1, 12, true));
        // From 500 ms after the last word on nothing is sent.
        assert_eq!(out[packets - 1].3, 43);
    }

    #[test]
    fn speech_from_the_first_block_on_begins_like_any_other() {
        for (choice, burst) in [(PlanChoice::Auto, 1), (PlanChoice::Thin, 1), (PlanChoice::Full, 3)] {
            let plan = Plan::from(choice);
            let out = run(&mut Spurts::new(plan, 20), "xxx");
            let first = out.iter().filter(|o| o.3 == 0).count();
            assert_eq!(first, burst, "{choice:?}");
            let packet = u64::from(plan.packet_ms() / 20);
            assert_eq!(out[0].0, 21 - packet * burst as u64);
            assert!(out[0].1 && out[1..].iter().all(|o| !o.1));
        }
    }

    #[test]
    fn packets_are_contiguous_in_a_spurt_and_never_overlap() {
        let mut spurts = Spurts::new(PlanChoice::Auto.into(), 20);
        let script = format!("{}{}", "xxxx....".repeat(20), ".".repeat(26)) + "xx" + &".".repeat(40);
        let out = run(&mut spurts, &script);
        for pair in out.windows(2) {
            if pair[1].1 {
                assert!(pair[0].2 && pair[1].0 >= pair[0].0 + 3);
            } else {
                assert_eq!(pair[1].0, pair[0].0 + 3);
            }
        }
        assert_eq!(out.iter().filter(|o| o.1).count(), 2);
    }

    #[test]
    fn an_onset_begins_a_spurt_that_goes_on_if_speech_follows() {
        let mut spurts = Spurts::new(PlanChoice::Full.into(), 20);
        let out = run(&mut spurts, &format!("..........o.xxxx{}", ".".repeat(60)));
        assert_eq!((out[0].0, out[0].1, out[0].3), (28, true, 10));
        let last = out[out.len() - 1];
        assert_eq!((last.2, last.3), (true, 39), "480 ms after the last word");
    }

    #[test]
    fn a_voice_without_words_is_sent_as_speech_is() {
        let sent = |letter: &str| {
            let mut spurts = Spurts::new(PlanChoice::Auto.into(), 20);
            run(&mut spurts, &format!("{}{}{}", ".".repeat(10), letter.repeat(40), ".".repeat(60)))
        };
        assert_eq!(sent("w"), sent("x"));
    }

    #[test]
    fn a_false_onset_ends_soon_and_the_next_are_ignored() {
        for choice in [PlanChoice::Auto, PlanChoice::Thin, PlanChoice::Full] {
            let plan = Plan::from(choice);
            let mut spurts = Spurts::new(plan, 20);
            // A keyboard, for a minute.
            let out = run(&mut spurts, &"..o.o".repeat(600));
            let (starts, ends) = (out.iter().filter(|o| o.1).count(), out.iter().filter(|o| o.2).count());
            assert_eq!(starts, ends);
            let sent = out.len() * usize::from(plan.packet_ms()) / 20;
            assert!((4..=10).contains(&starts) && sent * 100 / 3000 <= 6, "{choice:?}: {starts} spurts, {sent} blocks");
            // Speech is heard at once all the same.
            let out = run(&mut spurts, "....x");
            assert!(out.iter().any(|o| o.3 == 4), "{choice:?}: {out:?}");
        }
    }

    #[test]
    fn closing_ends_the_spurt_with_what_was_said() {
        let mut spurts = Spurts::new(PlanChoice::Auto.into(), 20);
        run(&mut spurts, "...xxxxx");
        let piece = spurts.close().unwrap();
        assert!(piece.end && piece.pcm.len() == 3 * BLOCK);
        assert_eq!(piece.pcm[0], 7.0, "block 7 is the first that was not sent");
        assert_eq!((spurts.is_talking(), spurts.close()), (false, None));
    }

    #[test]
    fn a_plan_change_takes_effect_at_the_next_packet() {
        let mut spurts = Spurts::new(PlanChoice::Thin.into(), 20);
        run(&mut spurts, "xxxxxxxxxx");
        spurts.set_plan(PlanChoice::Full.into());
        let pieces = spurts.push(&[0.0; BLOCK], Sound::Speech);
        assert!(pieces.len() > 1 && pieces.iter().all(|p| p.pcm.len() == BLOCK));
        assert!(spurts.waiting.is_empty());
    }
}
