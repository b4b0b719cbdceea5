//! One talker's playout: packets that wait, when they are due, and concealment in place of missing ones.
//!
//! A talker is *idle* (nothing waits), *waiting* (a spurt is there and not due yet) or *playing*. A spurt begins when the
//! delay of that moment says so. Of a packet that comes late within a spurt the rest is played behind what was concealed. Where the
//! delay has to grow anyway it is played whole; [`Pace`] brings the delay back to its target.

use std::time::Duration;

use super::background::Background;
use super::decoder_complexity::DecoderComplexity;
use super::delay::{CAP, Delay};
use super::fade::Fade;
use super::join::Join;
use super::leveller::Leveller;
use super::pace::{Pace, Speed};
use super::pcm_queue::PcmQueue;
use super::pitch::NEEDED;
use super::store::{Seen, Store, Waiting};
use super::voice::{self, Codec, Hole, Voice};
use crate::audio::opus;
use crate::audio::spurt::lead;
use crate::audio::{BLOCK, Incoming};
use crate::ids::Time;

/// A talker without a sound for this long gives its decoder back.
const FORGET_DECODER: Duration = Duration::from_secs(30);
/// A start this long after the last packet may begin another numbering.
const FORGET_NUMBERS: Duration = Duration::from_secs(3);
/// Packets are decoded ahead until this many samples are ready, so that periods can be found.
const AHEAD: usize = NEEDED + BLOCK;
/// On a line without jitter a packet is there at least this long before the block in which it is heard, in samples: 20 ms, for
/// threads that wake late.
const FLOOR: usize = BLOCK;
/// A packet that is late by less than this much of a block, in microseconds, is no reason to be a block later.
const TOLERANCE: i64 = 2_000;
/// A missing packet is waited for at most this long, in samples: 160 ms.
const STALL: i64 = 8 * BLOCK as i64;

const MICROS_PER_BLOCK: i64 = 20_000;
/// Microseconds are exact multiples of 3/1000 of a sample at 48 kHz.
fn micros(samples: i64) -> i64 {
    samples * 125 / 6
}

fn samples(micros: i64) -> i64 {
    micros.saturating_mul(6) / 125
}

fn signed(now: Time) -> i64 {
    i64::try_from(now.0).unwrap_or(i64::MAX / 2)
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

/// What was done to a talker's voice so far, in samples and packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Samples decoded from packets.
    pub decoded: u64,
    /// Samples concealed in place of missing ones.
    pub concealed: u64,
    /// Samples taken out to be sooner.
    pub accelerated: u64,
    /// Samples added to be later.
    pub expanded: u64,
    /// Packets that came after concealment had been heard in their place.
    pub late: u64,
    /// Packets dropped because too many waited.
    pub stale: u64,
}

/// The playout of one talker. Memory: some kilobytes, and a decoder while it is heard.
pub struct Talker<D> {
    phase: Phase,
    store: Store,
    delay: Delay,
    voice: Voice<D>,
    pcm_queue: PcmQueue,
    pace: Pace,
    background: Background,
    leveller: Leveller,
    tally: Tally,
    /// Media time, in samples, of the sound after `pcm_queue`.
    position: i64,
    /// The number of the packet after `pcm_queue`.
    next: i64,
    /// The packet that ends the spurt is decoded.
    ended: bool,
    /// The spurt's first packet is still to be decoded.
    fresh: bool,
    fade: Fade,
    join: Join,
    /// Packets up to this number were held back by the talker, and tell nothing of the line.
    lead_to: i64,
    /// Media time in blocks and arrival of the newest packet: by it the next tick is unwrapped.
    newest: Option<(i64, Time)>,
    packet: usize,
    heard_at: Time,
}

impl<D: Codec> Talker<D> {
    /// A talker without a packet so far.
    pub fn new(now: Time) -> Self {
        Self {
            phase: Phase::Idle,
            store: Store::default(),
            delay: Delay::default(),
            voice: Voice::default(),
            pcm_queue: PcmQueue::default(),
            pace: Pace::default(),
            background: Background::default(),
            leveller: Leveller::default(),
            tally: Tally::default(),
            position: 0,
            next: i64::MIN,
            ended: false,
            fresh: false,
            fade: Fade::default(),
            join: Join::default(),
            lead_to: i64::MIN,
            newest: None,
            packet: 3 * BLOCK,
            heard_at: now,
        }
    }

    /// Whether the talker is in the middle of a spurt.
    pub fn is_playing(&self) -> bool {
        self.phase == Phase::Playing
    }

    /// Whether the sound is the end of a concealed stretch, so that the room behind it may come back.
    pub fn is_fading(&self) -> bool {
        self.voice.is_fading()
    }

    /// Whether nothing of this talker will be heard unless something comes.
    pub fn is_idle(&self) -> bool {
        self.phase == Phase::Idle
    }

    /// How long packets are held back now.
    pub fn target(&self) -> Duration {
        // A spurt's lead has to fit in. To begin late and shorten the first pause instead was measured: 40 to 80 ms less delay
        // cost 0.3 to 0.7 PESQ.
        let floor = FLOOR.max(held_back(self.packet));
        self.delay.target(Duration::from_micros(micros(floor as i64).unsigned_abs()))
    }

    /// How much later than the target the next sample will be heard, in microseconds; less than zero if it is sooner. `None` if
    /// nothing is being heard.
    pub fn behind(&self, now: Time) -> Option<i64> {
        self.is_playing().then(|| self.late(self.position - self.pcm_queue.len() as i64, now))
    }

    /// The background as it is heard, in dBFS.
    pub fn background(&self) -> Option<f32> {
        Some(self.background.level()? + self.leveller.gain())
    }

    /// The background heard so far, and the talker's gain.
    pub fn manner(&self) -> (Background, Leveller) {
        (self.background.clone(), self.leveller.clone())
    }

    /// The counts so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How fast this talker may be heard from now on.
    pub fn set_speed(&mut self, speed: Speed) {
        self.pace.speed = speed;
    }

    /// How long packets may need beyond the fastest, as is known of the lines.
    pub fn expect(&mut self, needed: Duration) {
        self.delay.expect(needed);
    }

    /// The listener wants this talker this many times as loud as all others.
    pub fn set_volume(&mut self, times: f32) {
        self.leveller.set_volume(times);
    }

    /// What the decoder may do from now on.
    pub fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity) {
        self.voice.set_decoder_complexity(decoder_complexity);
    }

    /// A packet came. Bytes that can't be one are dropped, as if it had never come.
    pub fn push(&mut self, frame: Incoming, now: Time) {
        let Some(samples) = opus::duration(&frame.packet).filter(|samples| samples.is_multiple_of(BLOCK)) else {
            return;
        };
        let count = u16::from(frame.count.max(1));
        // Where a packet stands for several, the last number says whether it came before: earlier ones may have come by themselves.
        let number = match self.store.see(frame.number) {
            Seen::New(last) => last - i64::from(count - 1),
            Seen::Old if frame.start && self.newest.is_none_or(|(_, at)| now.since(at) > FORGET_NUMBERS) => {
                self.begin_again(now);
                return self.push(frame, now);
            }
            Seen::Again | Seen::Old => return,
        };
        for before in frame.number.last(count).rev().skip(1) {
            self.store.see(before);
        }
        let block = self.unwrap(frame.tick, now);
        if self.newest.is_none_or(|(newest, _)| block > newest) {
            self.newest = Some((block, now));
        }
        self.packet = samples;
        self.learn(number, samples, signed(now) - block * MICROS_PER_BLOCK, frame.start, now);
        if number < self.next {
            self.tally.late += 1;
            return;
        }
        let media = block * BLOCK as i64;
        self.store.put(Waiting {
            number,
            next: number + i64::from(count),
            media,
            samples,
            start: frame.start,
            end: frame.end,
            packet: frame.packet,
        });
        if self.phase == Phase::Idle {
            self.phase = Phase::Waiting;
        }
    }

    /// Another numbering: like a new talker, but loudness and background are already known.
    fn begin_again(&mut self, now: Time) {
        let mut new = Self::new(now);
        new.background = std::mem::take(&mut self.background);
        new.leveller = std::mem::take(&mut self.leveller);
        new.tally = self.tally;
        *self = new;
    }

    /// Learns about the line from a packet's lag, in microseconds.
    fn learn(&mut self, number: i64, samples: usize, lag: i64, start: bool, now: Time) {
        if start {
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
            self.delay.arrived(lag, Duration::from_micros(micros(samples as i64).unsigned_abs()), now);
        }
    }

    /// A tick is the media time modulo 256 blocks; the right one is nearest to where the newest packet points.
    fn unwrap(&self, tick: u8, now: Time) -> i64 {
        let Some((block, at)) = self.newest else { return i64::from(tick) };
        let passed = i64::try_from(now.since(at).as_micros()).unwrap_or(0) / MICROS_PER_BLOCK;
        let expected = block + passed;
        expected + i64::from((tick.wrapping_sub(expected as u8)).cast_signed())
    }

    /// Fills `out` with the next 20 ms. `may_begin`: a spurt that is due may begin. Whether there was any sound is returned.
    pub fn pull(&mut self, out: &mut [f32; BLOCK], now: Time, may_begin: bool) -> bool {
        out.fill(0.0);
        let mut filled = 0;
        let mut sounded = false;
        if self.is_playing() {
            self.keep_pace(now);
        }
        while filled < BLOCK {
            match self.phase {
                Phase::Idle => break,
                Phase::Waiting if !may_begin => break,
                Phase::Waiting => match self.begin(now, filled) {
                    Some(at) if at < BLOCK => filled = at,
                    _ => break,
                },
                Phase::Playing if self.pcm_queue.is_empty() => self.refill(now),
                Phase::Playing => {
                    let count = self.pcm_queue.take(&mut out[filled..]);
                    self.fade.rise(&mut out[filled..filled + count]);
                    filled += count;
                    sounded = true;
                }
            }
        }
        self.fade.die_away(&mut out[filled..]);
        if sounded {
            self.heard_at = now;
            self.leveller.level(out, self.background.level());
        }
        sounded
    }

    /// Gives the decoder's memory back after a long silence.
    pub fn rest(&mut self, now: Time) {
        if self.phase == Phase::Idle && now.since(self.heard_at) > FORGET_DECODER {
            self.voice.rest();
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
        // With the beginning of a block: what begins in the middle of one is later, and yet has to be there at its beginning.
        let at = if due <= signed(now) + TOLERANCE { filled } else { BLOCK };
        if at < BLOCK {
            // The encoder began anew too, so nobody depends on a spurt that may not have been heard.
            self.voice.begin(first.start);
            (self.next, self.position) = (first.number, first.media);
            (self.phase, self.fresh, self.ended) = (Phase::Playing, true, false);
            self.fade.begin();
        }
        Some(at)
    }

    /// Decodes or conceals the next packet, or leaves the playing phase.
    fn refill(&mut self, now: Time) {
        self.drop_stale(now);
        let made_up = self.voice.concealed();
        let hole = self.store.first().map(|first| (first.number > self.next, first.media - self.position, first.start));
        match hole {
            None if self.ended || made_up >= voice::MOST => self.phase = Phase::Idle,
            Some(_) if self.ended && !self.fresh => self.phase = Phase::Waiting,
            None => self.conceal(BLOCK, Hole::Middle),
            Some((false, gap, start)) => {
                // A pause without a marked end: what follows is due by the clock, not by what is left in the buffer.
                if !self.fresh && (start || gap > (2 * BLOCK) as i64) {
                    self.phase = Phase::Waiting;
                } else if made_up > 0 && !self.fresh && self.is_made_up(now) {
                    self.skip_made_up();
                } else {
                    self.decode_next();
                }
            }
            Some((true, gap, start)) => {
                let made_up = made_up as i64;
                if start && made_up >= gap.min(voice::TAIL as i64) || made_up >= voice::MOST as i64 {
                    self.phase = Phase::Waiting;
                } else if made_up >= gap + self.wait_longer(start, now) {
                    self.next = self.store.first().map_or(self.next, |first| first.number);
                    self.fresh = true;
                } else {
                    self.conceal(BLOCK, if start { Hole::Tail } else { Hole::Middle });
                }
            }
        }
    }

    /// How many samples longer than the gap to wait for missing packets: where the delay has to grow anyway it grows here, and
    /// late packets are heard after all.
    fn wait_longer(&self, start: bool, now: Time) -> i64 {
        let short = -samples(self.late(self.position, now));
        if start || short < BLOCK as i64 { 0 } else { short.min(STALL) }
    }

    /// Whether the packets that wait first, in whose place sound was made up already, need not be heard as well: what follows is
    /// there, and in time without them.
    fn is_made_up(&self, now: Time) -> bool {
        let made_up = self.voice.concealed();
        let Some(first) = self.store.first().filter(|_| self.store.in_a_row() > made_up) else { return false };
        self.late(first.media + made_up as i64, now) >= -TOLERANCE
    }

    /// Decodes the packets that wait first, so that the decoder knows them, and leaves out as much of them as was made up.
    fn skip_made_up(&mut self) {
        let mut left = self.voice.concealed();
        self.join.leave(self.voice.conceal(BLOCK, Hole::Middle));
        while let Some(first) = self.store.first().filter(|_| left > 0) {
            let skip = left.min(first.samples);
            self.decode_from(skip);
            self.tally.late += 1;
            left -= skip;
        }
    }

    /// Decodes the packet that waits first.
    fn decode_next(&mut self) {
        self.decode_from(0);
    }

    /// The same without its first `skip` samples.
    fn decode_from(&mut self, skip: usize) {
        let Some(packet) = self.store.pop() else { return };
        self.next = packet.next;
        self.position = packet.media + packet.samples as i64;
        (self.fresh, self.ended) = (false, packet.end);
        match self.voice.decode(&packet.packet) {
            Some(pcm) => {
                self.background.hear(pcm);
                self.join.push(pcm.get(skip..).unwrap_or_default(), &mut self.pcm_queue);
                self.tally.decoded += pcm.len() as u64;
            }
            None => self.conceal(packet.samples, Hole::Middle),
        }
    }

    fn conceal(&mut self, samples: usize, hole: Hole) {
        let pcm = self.voice.conceal(samples, hole);
        self.pcm_queue.push(pcm);
        self.tally.concealed += pcm.len() as u64;
    }

    /// How much later than the target a sample is that is heard now, in microseconds.
    fn late(&self, media: i64, now: Time) -> i64 {
        let Some(base) = self.delay.base() else { return 0 };
        signed(now).saturating_sub(micros(media)).saturating_sub(base) - self.target().as_micros() as i64
    }

    /// How many samples later the next packet is heard than it could be. Packets are fetched at the beginning of a block, so
    /// the best is the first beginning of one at which it should be there. Below zero if it should be heard that much later.
    fn excess(&self, now: Time) -> i64 {
        let within = self.pcm_queue.len() % BLOCK;
        let fetched = self.position - (self.pcm_queue.len() - within) as i64;
        let blocks = (self.late(fetched, now) + TOLERANCE).div_euclid(MICROS_PER_BLOCK);
        within as i64 + blocks.saturating_mul(BLOCK as i64)
    }

    /// After a long hole more may wait than anybody wants to hear: all but the newest [`CAP`] is dropped.
    fn drop_stale(&mut self, now: Time) {
        if self.pace.speed == Speed::CatchUp {
            return;
        }
        let most = CAP.as_micros() as i64 - self.target().as_micros() as i64;
        while self.store.has_several() && self.store.first().is_some_and(|first| self.late(first.media, now) > most) {
            self.store.pop();
            self.tally.stale += 1;
            self.next = self.store.first().map_or(self.next, |first| first.number.max(self.next));
            self.fresh = true;
        }
    }

    /// Shortens or lengthens the ready sound, so that it is heard when the target says.
    fn keep_pace(&mut self, now: Time) {
        for _ in 0..self.pace.speed.cuts() {
            self.decode_ahead();
            if self.voice.concealed() > 0 {
                break;
            }
            let excess = self.excess(now);
            let pause = self.pcm_queue.pcm().get(..NEEDED).is_some_and(|next| self.background.is_pause(next));
            let changed = self.pace.adjust(&mut self.pcm_queue, excess, pause);
            self.tally.accelerated += changed.max(0).unsigned_abs();
            self.tally.expanded += changed.min(0).unsigned_abs();
            if changed <= 0 || !pause {
                break;
            }
        }
    }

    /// Decodes packets that follow without a gap until enough is ready to find a period in.
    fn decode_ahead(&mut self) {
        while self.pcm_queue.len() < AHEAD && !self.ended && self.voice.concealed() == 0 {
            let follows = |first: &Waiting| first.number == self.next && !first.start && first.media == self.position;
            if !self.store.first().is_some_and(follows) {
                break;
            }
            self.decode_next();
        }
    }
}
