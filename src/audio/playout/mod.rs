//! What is heard: packets of all talkers in, 20 ms of sound at a time out. Pure: time is an argument.
//!
//! The caller of [`Playout::pull`] is the clock: each call is the next 20 ms of the speaker. For each talker:
//!
//! ```text
//! packets -> store (order, once each) -> voice (decode, conceal) -> pcm_queue -> pace (cut, repeat) -> leveller -> mix
//!              delay (how late)            decoder_complexity (how good)
//! ```

mod background;
pub mod catch_up;
mod clock;
mod comfort;
pub mod decoder_complexity;
pub mod delay;
mod fade;
mod join;
pub mod leveller;
pub mod pace;
pub mod pcm_queue;
pub mod pitch;
pub mod store;
pub mod talker;
mod talker_level;
pub mod voice;

use std::time::Duration;

use self::catch_up::{CatchUp, Missed};
use self::clock::Clock;
use self::comfort::Comfort;
use self::decoder_complexity::DecoderComplexity;
use self::pace::Speed;
use self::talker::{Talker, Tally};
pub use self::talker_level::TalkerLevel;
use self::voice::Codec;
use super::level::loudness;
use super::mix::Limiter;
use super::opus::Decoder;
use super::{BLOCK, Incoming};
use crate::ids::{SeatId, SeatSet, Time};

/// The most talkers heard at a time. A fourth is heard when one of them pauses.
pub const VOICES: usize = 3;

/// Missed speech counts as live once it is no later than this, in milliseconds, or than live speech.
const LIVE_MS: u64 = 200;

/// The playout of a whole room. At most 64 talkers, each with at most 64 packets waiting.
///
/// ```
/// use ingle::adapt::{Plan, PlanChoice};
/// use ingle::audio::encoder::Encoder;
/// use ingle::audio::playout::Playout;
/// use ingle::audio::{BLOCK, Incoming, RATE};
/// use ingle::ids::{FrameNo, SeatId, Time};
///
/// // A hum of 150 Hz, half a second long, in packets of 60 ms.
/// let hum = |at: usize| 0.3 * (at as f32 * 150.0 * std::f32::consts::TAU / RATE as f32).sin();
/// let mut encoder = Encoder::new(Plan::from(PlanChoice::Auto)).expect("there is memory");
/// let mut playout: Playout = Playout::default();
/// let (mut out, mut loudest) = ([0.0; BLOCK], 0.0f32);
/// for block in 0..50u16 {
///     let now = Time(u64::from(block) * 20_000);
///     if block < 24 && block % 3 == 0 {
///         let first = usize::from(block) * BLOCK;
///         let pcm: Vec<f32> = (first..first + 3 * BLOCK).map(hum).collect();
///         let packet = encoder.encode(&pcm).expect("60 ms");
///         let (number, tick, start, end) = (FrameNo(block / 3), block as u8, block == 0, block == 21);
///         playout.push(Incoming { seat: SeatId(2), number, count: 1, tick, start, end, packet }, now);
///     }
///     playout.pull(&mut out, now);
///     loudest = out.iter().fold(loudest, |loudest, sample| loudest.max(sample.abs()));
/// }
/// assert!(loudest > 0.05, "the hum is heard");
/// assert!(out.iter().all(|sample| sample.abs() < 0.05), "and is over");
/// ```
pub struct Playout<D = Decoder> {
    talkers: [Option<Box<Talker<D>>>; SeatId::COUNT as usize],
    heard: Vec<TalkerLevel>,
    delay: Duration,
    clock: Clock,
    decoder_complexity: DecoderComplexity,
    comfort: Comfort,
    limiter: Limiter,
    catch_up: CatchUp<D>,
}

impl<D: Codec> Default for Playout<D> {
    fn default() -> Self {
        Self {
            talkers: [const { None }; SeatId::COUNT as usize],
            heard: Vec::with_capacity(VOICES),
            delay: Duration::ZERO,
            clock: Clock::default(),
            decoder_complexity: DecoderComplexity::default(),
            comfort: Comfort::default(),
            limiter: Limiter::default(),
            catch_up: CatchUp::default(),
        }
    }
}

impl<D: Codec> Playout<D> {
    /// A packet came. Packets of seats that no room gives out are left out.
    pub fn push(&mut self, frame: Incoming, now: Time) {
        if let Some(slot) = self.talkers.get_mut(usize::from(frame.seat.0)) {
            let talker = slot.get_or_insert_with(|| Box::new(Talker::new(now)));
            talker.push(frame, now);
            self.delay = talker.target();
        }
    }

    /// A missed packet that was said at `at_ms` (milliseconds of any clock) is to be heard before live ones; or it is a live one
    /// that must wait for missed ones. They are heard in the order in which they come here.
    pub fn push_missed(&mut self, frame: Incoming, at_ms: u64, now: Time) {
        if frame.seat.is_valid() {
            self.catch_up.push(Missed { frame, at_ms }, now);
        }
    }

    /// The time now is `at_ms` on the clock of [`Playout::push_missed`]: this tells what is live.
    pub fn live_at(&mut self, at_ms: u64, now: Time) {
        self.catch_up.live_at(at_ms, now);
    }

    /// Whether missed speech is still to be heard before live speech.
    pub fn is_behind(&self) -> bool {
        self.catch_up.is_active()
    }

    /// When the speech heard now was said, as given to [`Playout::push_missed`]; `None` if it is live.
    pub fn said(&self) -> Option<u64> {
        self.catch_up.said()
    }

    /// Drops the missed speech that still waits.
    pub fn skip_missed(&mut self) {
        self.catch_up.skip();
    }

    /// The member in `seat` left: what still waits is not heard, and the next one in the seat begins anew.
    pub fn forget(&mut self, seat: SeatId) {
        if let Some(slot) = self.talkers.get_mut(usize::from(seat.0)) {
            *slot = None;
        }
        self.catch_up.forget(seat);
    }

    /// Fills `out` with the next 20 ms of everybody.
    pub fn pull(&mut self, out: &mut [f32; BLOCK], now: Time) {
        let now = self.clock.fetch(now);
        out.fill(0.0);
        self.heard.clear();
        let mut block = [0.0; BLOCK];
        if self.catch_up.is_active() {
            return self.pull_past(out, now);
        }
        let mut done = SeatSet::default();
        let mut voice = false;
        // Talkers who are speaking go on; only then may others begin.
        for begin in [false, true] {
            for (seat, slot) in (0..).map(SeatId).zip(&mut self.talkers) {
                let Some(talker) = slot else { continue };
                if talker.is_idle() || talker.is_playing() == begin || done.contains(seat) {
                    continue;
                }
                done.insert(seat);
                talker.set_decoder_complexity(self.decoder_complexity);
                if talker.pull(&mut block, now, self.heard.len() < VOICES) {
                    out.iter_mut().zip(&block).for_each(|(sum, sample)| *sum += sample);
                    self.heard.push(TalkerLevel { seat, level: loudness(&block) });
                    self.delay = talker.target();
                    voice |= !talker.is_fading();
                    if let Some(background) = talker.background() {
                        self.comfort.behind(background);
                    }
                }
            }
        }
        self.comfort.add(out, voice);
        self.limiter.limit(out);
    }

    /// The same while something that was missed is heard first.
    fn pull_past(&mut self, out: &mut [f32; BLOCK], now: Time) {
        let target = u64::try_from(self.delay.as_millis()).unwrap_or(0).max(LIVE_MS);
        for frame in self.catch_up.hand_over(target, now) {
            self.push(frame, now);
        }
        let Self { catch_up, talkers, heard, decoder_complexity, .. } = self;
        let known = |seat: SeatId| talkers.get(usize::from(seat.0)).and_then(Option::as_deref);
        let manner = |seat| known(seat).map_or_else(Default::default, Talker::manner);
        catch_up.pull(out, now, *decoder_complexity, manner, heard);
        self.comfort.add(out, !self.heard.is_empty());
        self.limiter.limit(out);
    }

    /// The decoders do this much from the next packet on.
    pub fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity) {
        self.decoder_complexity = decoder_complexity;
    }

    /// The talkers heard in the last 20 ms.
    pub fn heard(&self) -> &[TalkerLevel] {
        &self.heard
    }

    /// Whether no voice will be heard unless something comes.
    pub fn is_idle(&self) -> bool {
        self.talkers.iter().flatten().all(|talker| talker.is_idle()) && !self.catch_up.is_active()
    }

    /// Whether nothing at all will be heard unless something comes, not even comfort noise.
    pub fn is_silent(&self) -> bool {
        self.is_idle() && self.comfort.is_silent()
    }

    /// Gives memory back that long silent talkers hold. To be called every few seconds.
    pub fn rest(&mut self, now: Time) {
        self.talkers.iter_mut().flatten().for_each(|talker| talker.rest(now));
    }

    /// How long packets of the last talker heard are held back, beyond the fastest one's transit time.
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// How fast the member in `seat` may be heard from now on. Has no effect on a seat of which nothing came yet.
    pub fn set_speed(&mut self, seat: SeatId, speed: Speed) {
        if let Some(talker) = self.talker_mut(seat) {
            talker.set_speed(speed);
        }
    }

    /// How long packets of the member in `seat` may need beyond the fastest, as is known of the lines before they came.
    pub fn expect(&mut self, seat: SeatId, needed: Duration, now: Time) {
        if let Some(slot) = self.talkers.get_mut(usize::from(seat.0)) {
            slot.get_or_insert_with(|| Box::new(Talker::new(now))).expect(needed);
        }
    }

    /// The listener wants the member in `seat` this many times as loud as all others, until they leave.
    pub fn set_volume(&mut self, seat: SeatId, times: f32, now: Time) {
        if let Some(slot) = self.talkers.get_mut(usize::from(seat.0)) {
            slot.get_or_insert_with(|| Box::new(Talker::new(now))).set_volume(times);
        }
        self.catch_up.set_volume(seat, times);
    }

    /// How much later than its target `seat` is heard at `now`, in microseconds; below zero if sooner.
    /// `None` if nothing is heard.
    pub fn behind(&self, seat: SeatId, now: Time) -> Option<i64> {
        self.talkers.get(usize::from(seat.0))?.as_ref()?.behind(now)
    }

    /// How much of `seat` was decoded, concealed and stretched so far; `None` if nothing came.
    pub fn tally(&self, seat: SeatId) -> Option<Tally> {
        Some(self.talkers.get(usize::from(seat.0))?.as_ref()?.tally())
    }

    fn talker_mut(&mut self, seat: SeatId) -> Option<&mut Talker<D>> {
        self.talkers.get_mut(usize::from(seat.0))?.as_deref_mut()
    }
}

#[cfg(test)]
mod tests;
