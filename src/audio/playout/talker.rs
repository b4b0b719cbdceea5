//! One talker as a listener has it: packets that wait, when they are due, and what is heard in place of missing ones.
//!
//! A talker is *idle* (nothing waits), *waiting* (a spurt is there and not due yet) or *playing*. Delay adapts where it
//! can't be heard: a spurt begins when the delay of that moment says so; within a spurt a packet that comes late is
//! played whole, so the delay grows by what was concealed; what is more delay than needed goes in quiet moments.

use std::collections::VecDeque;
use std::time::Duration;

use super::delay::{CAP, Delay};
use super::store::{Seen, Store, Waiting};
use crate::audio::level::decibels;
use crate::audio::opus::{self, Decoder, MAX_PACKET};
use crate::audio::spurt::lead;
use crate::audio::{BLOCK, Incoming};
use crate::ids::Time;

/// Concealment sounds like speech for this long, then fades.
const CONCEAL_FULL: usize = BLOCK * 6;
/// From here on concealment is silence: 300 ms.
const CONCEAL_MOST: usize = BLOCK * 15;
/// The tail of a spurt whose end was lost is concealed no longer than this.
const CONCEAL_TAIL: usize = BLOCK * 3;
/// A talker without a sound for this long gives its decoder back.
const FORGET_DECODER: Duration = Duration::from_secs(30);
/// A start this long after the last packet may begin another numbering.
const FORGET_NUMBERS: Duration = Duration::from_secs(3);
/// This much more delay than needed, for this long, is taken out in quiet moments.
const EXCESS: i64 = 30_000;
const EXCESS_FOR: Duration = Duration::from_secs(1);
/// A moment is quiet below this.
const QUIET_DB: f32 = -45.0;
/// Samples that one cut takes out, and over which its two sides blend.
const CUT: usize = 720;
const BLEND: usize = BLOCK - CUT;

const MICROS_PER_BLOCK: i64 = 20_000;
/// Microseconds are exact multiples of 3/1000 of a sample at 48 kHz.
fn micros(samples: i64) -> i64 {
    samples * 125 / 6
}

/// How many samples later than usual a talker sends the first packet of a spurt, if packets have `samples`.
fn held_back(samples: usize) -> usize {
    usize::from(lead((samples / 48) as u16)).saturating_sub(1) * samples
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Waiting,
    Playing,
}

/// The playout of one talker. Memory: some kilobytes, and a decoder while it is heard.
pub struct Talker {
    phase: Phase,
    store: Store,
    delay: Delay,
    decoder: Option<Decoder>,
    scratch: Box<[f32; MAX_PACKET]>,
    /// Decoded and not heard yet.
    pcm: VecDeque<f32>,
    /// Media time, in samples, of what comes after `pcm`.
    position: i64,
    /// The number that comes after `pcm`.
    next: i64,
    /// Samples made up since the last real one.
    concealed: usize,
    /// The packet that ends the spurt is decoded.
    ended: bool,
    /// The spurt's first packet is still to be decoded.
    fresh: bool,
    /// Packets up to this number were held back by the talker, and tell nothing of the line.
    lead_to: i64,
    /// Media time in blocks and arrival of the newest packet: by it the next tick is unwrapped.
    newest: Option<(i64, Time)>,
    packet: usize,
    excess_since: Option<Time>,
    heard_at: Time,
}

impl Talker {
    /// A talker of whom nothing has come yet.
    pub fn new(now: Time) -> Self {
        Self {
            phase: Phase::Idle,
            store: Store::default(),
            delay: Delay::default(),
            decoder: None,
            scratch: Box::new([0.0; MAX_PACKET]),
            pcm: VecDeque::new(),
            position: 0,
            next: i64::MIN,
            concealed: 0,
            ended: false,
            fresh: false,
            lead_to: i64::MIN,
            newest: None,
            packet: 3 * BLOCK,
            excess_since: None,
            heard_at: now,
        }
    }

    /// Whether the talker is in the middle of a spurt.
    pub fn is_playing(&self) -> bool {
        self.phase == Phase::Playing
    }

    /// Whether nothing of this talker will be heard unless something comes.
    pub fn is_idle(&self) -> bool {
        self.phase == Phase::Idle
    }

    /// How long packets are held back now.
    pub fn target(&self) -> Duration {
        // Two-frame packets need no more than one frame: the line's own unevenness is in the histogram. And a spurt's lead
        // has to fit in, or each spurt would begin with a delay of its own.
        let floor = (self.packet.min(3 * BLOCK)).max(held_back(self.packet) + BLOCK);
        self.delay.target(Duration::from_micros(micros(floor as i64).unsigned_abs()))
    }

    /// A packet came. What can't be one is left out, like a packet that never came.
    pub fn push(&mut self, frame: Incoming, now: Time) {
        let Some(samples) = opus::duration(&frame.packet).filter(|samples| samples.is_multiple_of(BLOCK)) else {
            return;
        };
        let number = match self.store.see(frame.number) {
            Seen::New(number) => number,
            Seen::Old if frame.start && self.newest.is_none_or(|(_, at)| now.since(at) > FORGET_NUMBERS) => {
                *self = Self::new(now);
                return self.push(frame, now);
            }
            Seen::Again | Seen::Old => return,
        };
        let block = self.unwrap(frame.tick, now);
        if self.newest.is_none_or(|(newest, _)| block > newest) {
            self.newest = Some((block, now));
        }
        self.packet = samples;
        let lag = i64::try_from(now.0).unwrap_or(i64::MAX / 2) - block * MICROS_PER_BLOCK;
        if frame.start {
            let held_back = held_back(samples) as i64;
            self.lead_to = number + held_back / samples as i64 - 1;
            let lag = lag - micros(held_back);
            if self.delay.base().is_some_and(|base| (lag - base).abs() > CAP.as_micros() as i64) {
                // No line is that uneven: one of the two clocks jumped, as a machine's does when it sleeps.
                self.delay = Delay::default();
            }
            self.delay.assume(lag, now);
        }
        if number > self.lead_to || number + 16 < self.lead_to {
            self.delay.arrived(lag, now);
        }
        if number < self.next {
            return; // too late: something else was heard in its place
        }
        let media = block * BLOCK as i64;
        self.store.put(Waiting { number, media, samples, start: frame.start, end: frame.end, packet: frame.packet });
        if self.phase == Phase::Idle {
            self.phase = Phase::Waiting;
        }
    }

    /// A tick says the media time modulo 256 blocks; the right one is nearest to what the newest packet lets expect.
    fn unwrap(&self, tick: u8, now: Time) -> i64 {
        let Some((block, at)) = self.newest else { return i64::from(tick) };
        let passed = i64::try_from(now.since(at).as_micros()).unwrap_or(0) / MICROS_PER_BLOCK;
        let expected = block + passed;
        expected + i64::from((tick.wrapping_sub(expected as u8)).cast_signed())
    }

    /// Fills `out` with the next 20 ms. `may_begin`: a spurt that is due may begin. Whether there was any sound is returned.
    pub fn pull(&mut self, out: &mut [f32; BLOCK], now: Time, may_begin: bool) -> bool {
        let mut filled = 0;
        let mut sounded = false;
        while filled < BLOCK {
            match self.phase {
                Phase::Idle => break,
                Phase::Waiting if !may_begin => break,
                Phase::Waiting => match self.begin(now, filled) {
                    Some(at) if at < BLOCK => {
                        out[filled..at].fill(0.0);
                        filled = at;
                    }
                    _ => break,
                },
                Phase::Playing => {
                    if self.pcm.is_empty() {
                        self.refill(now);
                        self.shed(now);
                        continue;
                    }
                    let count = self.pcm.len().min(BLOCK - filled);
                    for (to, from) in out[filled..].iter_mut().zip(self.pcm.drain(..count)) {
                        *to = from;
                    }
                    filled += count;
                    sounded = true;
                }
            }
        }
        out[filled..].fill(0.0);
        if sounded {
            self.heard_at = now;
        }
        sounded
    }

    /// Gives the decoder's memory back after a long silence.
    pub fn rest(&mut self, now: Time) {
        if self.phase == Phase::Idle && now.since(self.heard_at) > FORGET_DECODER {
            (self.decoder, self.pcm) = (None, VecDeque::new());
        }
    }

    /// Where in this block, from `filled` on, the waiting spurt begins; it begins then if that is within the block.
    fn begin(&mut self, now: Time, filled: usize) -> Option<usize> {
        self.drop_stale(now);
        let Some(first) = self.store.first() else {
            self.phase = Phase::Idle;
            return None;
        };
        let due = micros(first.media) + self.delay.base()? + self.target().as_micros() as i64;
        let ahead = due.saturating_sub(i64::try_from(now.0).unwrap_or(i64::MAX)).clamp(0, 1_000_000) * 6 / 125;
        let at = filled.max(ahead as usize);
        if at < BLOCK {
            if first.start
                && let Some(decoder) = &mut self.decoder
            {
                // The encoder began anew too, so nobody depends on a spurt that may not have been heard.
                decoder.reset();
            }
            (self.next, self.position) = (first.number, first.media);
            (self.phase, self.fresh, self.ended, self.concealed) = (Phase::Playing, true, false, 0);
        }
        Some(at)
    }

    /// Decodes or makes up what comes next, or leaves the playing phase.
    fn refill(&mut self, now: Time) {
        self.drop_stale(now);
        let hole = self.store.first().map(|first| (first.number > self.next, first.media - self.position, first.start));
        match hole {
            None if self.ended || self.concealed >= CONCEAL_MOST => self.phase = Phase::Idle,
            Some(_) if self.ended && !self.fresh => self.phase = Phase::Waiting,
            None => self.conceal(BLOCK),
            Some((false, gap, start)) => {
                // A pause without a marked end: what follows is due by the clock, not by what is left in the buffer.
                if !self.fresh && (start || gap > (2 * BLOCK) as i64) {
                    self.phase = Phase::Waiting;
                } else if let Some(packet) = self.store.pop() {
                    self.decode(&packet);
                }
            }
            Some((true, gap, start)) => {
                let made_up = self.concealed as i64;
                if start && made_up >= gap.min(CONCEAL_TAIL as i64) || self.concealed >= CONCEAL_MOST {
                    self.phase = Phase::Waiting;
                } else if made_up >= gap {
                    self.next = self.store.first().map_or(self.next, |first| first.number);
                    self.fresh = true;
                } else {
                    self.conceal(BLOCK);
                }
            }
        }
    }

    fn decode(&mut self, packet: &Waiting) {
        let decoded = self.decoder().and_then(|(decoder, out)| decoder.decode(&packet.packet, out).ok());
        self.next = packet.number + 1;
        self.position = packet.media + packet.samples as i64;
        (self.fresh, self.ended) = (false, packet.end);
        match decoded {
            Some(samples) => {
                self.concealed = 0;
                self.pcm.extend(&self.scratch[..samples]);
            }
            None => self.conceal(packet.samples),
        }
    }

    /// Makes up `samples`, fading as the hole gets longer.
    fn conceal(&mut self, samples: usize) {
        let samples = samples.min(MAX_PACKET);
        let from = self.concealed;
        self.concealed += samples;
        let guessed = from < CONCEAL_MOST
            && self.decoder().is_some_and(|(decoder, out)| decoder.conceal(&mut out[..samples]).is_ok());
        if !guessed {
            self.pcm.extend(std::iter::repeat_n(0.0, samples));
            return;
        }
        let fade = |at: usize| {
            let left = CONCEAL_MOST.saturating_sub(at) as f32 / (CONCEAL_MOST - CONCEAL_FULL) as f32;
            left.min(1.0)
        };
        self.pcm.extend(self.scratch[..samples].iter().enumerate().map(|(i, sample)| sample * fade(from + i)));
    }

    /// A decoder and a place to decode to; `None` only if memory has run out.
    fn decoder(&mut self) -> Option<(&mut Decoder, &mut [f32; MAX_PACKET])> {
        if self.decoder.is_none() {
            self.decoder = Decoder::new().ok();
        }
        Some((self.decoder.as_mut()?, &mut self.scratch))
    }

    /// How much longer than needed what comes next is held back, in microseconds.
    fn excess(&self, media: i64, now: Time) -> i64 {
        let Some(base) = self.delay.base() else { return 0 };
        i64::try_from(now.0).unwrap_or(i64::MAX / 2) - micros(media) - base - self.target().as_micros() as i64
    }

    /// After a long hole more may wait than anybody wants to hear: all but the newest [`CAP`] goes.
    fn drop_stale(&mut self, now: Time) {
        let most = CAP.as_micros() as i64 - self.target().as_micros() as i64;
        while self.store.has_several() && self.store.first().is_some_and(|first| self.excess(first.media, now) > most) {
            self.store.pop();
            self.next = self.store.first().map_or(self.next, |first| first.number.max(self.next));
            self.fresh = true;
        }
    }

    /// Cuts a quiet moment short if there has been too much delay for a while.
    fn shed(&mut self, now: Time) {
        let start = self.position - self.pcm.len() as i64;
        if self.concealed > 0 || self.excess(start, now) < EXCESS {
            self.excess_since = None;
            return;
        }
        let since = *self.excess_since.get_or_insert(now);
        if now.since(since) < EXCESS_FOR || self.pcm.len() < BLOCK {
            return;
        }
        let pcm = self.pcm.make_contiguous();
        if decibels(&pcm[..BLOCK]) > QUIET_DB {
            return;
        }
        for i in 0..BLEND {
            let share = i as f32 / BLEND as f32;
            pcm[CUT + i] = pcm[i] * (1.0 - share) + pcm[CUT + i] * share;
        }
        self.pcm.drain(..CUT);
    }
}
