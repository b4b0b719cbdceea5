//! Missed speech: played in the order given, with short pauses and up to 1.3 times as fast, followed by
//! live speech until playout is live again.
//!
//! There is one queue. A talker who runs dry takes the next packets off it, with those of others before them. So members who
//! spoke together are heard together, and silences in which nobody spoke are hardly heard at all.

use std::collections::VecDeque;
use std::time::Duration;

use super::TalkerLevel;
use super::background::Background;
use super::decoder_complexity::DecoderComplexity;
use super::fade::Fade;
use super::leveller::Leveller;
use super::pace::{Pace, Speed};
use super::pcm_queue::PcmQueue;
use super::pitch::NEEDED;
use super::voice::{Codec, Hole, Voice};
use crate::audio::level::loudness;
use crate::audio::{BLOCK, Incoming, opus};
use crate::ids::{FrameNo, SeatId, Time};

/// The most packets that wait.
pub const MOST: usize = 16_384;
/// Packets are decoded ahead until this much is ready.
const AHEAD: usize = NEEDED + BLOCK;
/// Between two talkers who did not speak at the same time there is this much silence, so that sentences stay apart.
const BREATH: usize = 8 * BLOCK;
/// A gap between two packets of a talker from which on it counts as a pause.
const PAUSED_MS: u64 = 800;
/// Where packets come more slowly than they are played, playout waits for this many, at most this long, before it goes on:
/// choppy speech can't be understood.
const REFILL: usize = 30;
const REFILL_MOST: Duration = Duration::from_secs(3);
/// After running dry, packets count as slow for this long.
const SLOW_FOR: Duration = Duration::from_secs(6);

/// One packet that waits, and when it was said.
pub struct Missed {
    /// The packet.
    pub frame: Incoming,
    /// In milliseconds of any clock.
    pub at_ms: u64,
}

/// One talker of the past.
struct Track<D> {
    seat: SeatId,
    voice: Voice<D>,
    pcm_queue: PcmQueue,
    pace: Pace,
    background: Background,
    leveller: Leveller,
    waiting: VecDeque<Missed>,
    next: Option<FrameNo>,
    at_ms: u64,
    /// Nothing more of the current spurt will come.
    ended: bool,
    fade: Fade,
}

impl<D: Codec> Track<D> {
    fn is_dry(&self) -> bool {
        self.waiting.is_empty() && self.pcm_queue.len() < AHEAD
    }

    fn is_over(&self) -> bool {
        self.waiting.is_empty() && self.pcm_queue.is_empty() && self.ended
    }

    fn decode(&mut self) {
        while self.pcm_queue.len() < AHEAD {
            let Some(Missed { frame, at_ms }) = self.waiting.pop_front() else { return };
            let samples = opus::duration(&frame.packet).unwrap_or(3 * BLOCK);
            let gap = self.next.map_or(0, |next| frame.number.since(next));
            if frame.start || self.next.is_none() {
                self.voice.begin(frame.start);
            } else if gap > 0 {
                // It's gone for good, and how long it was is not known: a moment of it is made up.
                let pcm = self.voice.conceal(samples.min(3 * BLOCK), Hole::Middle);
                self.pcm_queue.push(pcm);
            }
            match self.voice.decode(&frame.packet) {
                Some(pcm) => {
                    self.background.hear(pcm);
                    self.pcm_queue.push(pcm);
                }
                None => self.pcm_queue.push(self.voice.conceal(samples, Hole::Middle)),
            }
            (self.next, self.at_ms, self.ended) = (Some(frame.number.next()), at_ms, frame.end);
        }
    }

    /// Shortens what is ready.
    fn hurry(&mut self) {
        for _ in 0..Speed::CatchUp.cuts() {
            if self.pcm_queue.len() < NEEDED {
                return;
            }
            let pause = self.background.is_pause(&self.pcm_queue.pcm()[..NEEDED]);
            if self.pace.adjust(&mut self.pcm_queue, i64::MAX, pause) <= 0 || !pause {
                return;
            }
            self.decode();
        }
    }

    /// Adds the next 20 ms to `out`; how loud they are, if there is any.
    fn pull(&mut self, out: &mut [f32; BLOCK]) -> Option<u8> {
        self.decode();
        self.hurry();
        let mut block = [0.0; BLOCK];
        let count = self.pcm_queue.take(&mut block);
        self.fade.rise(&mut block[..count]);
        self.fade.die_away(&mut block[count..]);
        if count < BLOCK {
            self.fade.begin();
        }
        if count > 0 {
            self.leveller.level(&mut block, self.background.level());
        }
        out.iter_mut().zip(&block).for_each(|(sum, sample)| *sum += sample);
        (count > 0).then(|| loudness(&block))
    }
}

/// The missed speech that waits.
pub struct CatchUp<D> {
    queue: VecDeque<Missed>,
    tracks: Vec<Track<D>>,
    /// Samples of silence since anybody was heard.
    silent: usize,
    /// The newest moment known of: speech said at it is live.
    live: Option<(u64, Time)>,
    /// When the speech heard now was said.
    said: Option<u64>,
    /// When it ran dry.
    dry: Option<Time>,
    /// Since when packets are waited for before it goes on.
    filling: Option<Time>,
}

impl<D> Default for CatchUp<D> {
    fn default() -> Self {
        Self {
            queue: VecDeque::new(),
            tracks: Vec::new(),
            silent: BREATH,
            live: None,
            said: None,
            dry: None,
            filling: None,
        }
    }
}

impl<D: Codec> CatchUp<D> {
    /// Whether missed speech is still to be heard before live speech.
    pub fn is_active(&self) -> bool {
        !self.queue.is_empty() || !self.tracks.is_empty()
    }

    /// When the speech heard now was said; `None` if it is live.
    pub fn said(&self) -> Option<u64> {
        self.said.filter(|_| self.is_active())
    }

    /// The next packet, in the order in which they are to be heard.
    pub fn push(&mut self, missed: Missed, now: Time) {
        if opus::duration(&missed.frame.packet).is_none_or(|samples| !samples.is_multiple_of(BLOCK)) {
            return;
        }
        if !self.is_active() {
            let slow = self.dry.is_some_and(|dry| now.since(dry) < SLOW_FOR);
            self.filling = slow.then_some(now);
            self.said = Some(missed.at_ms);
        }
        if self.live.is_none_or(|(at_ms, at)| missed.at_ms >= at_ms + now.since(at).as_millis() as u64) {
            self.live = Some((missed.at_ms, now));
        }
        self.queue.push_back(missed);
        if self.queue.len() > MOST {
            self.queue.pop_front();
        }
    }

    /// The time now is `at_ms` on the clock by which speech is dated. Packets of a hole come oldest first, so they can't tell.
    pub fn live_at(&mut self, at_ms: u64, now: Time) {
        self.live = Some((at_ms, now));
    }

    /// The member in `seat` isn't heard any more.
    pub fn forget(&mut self, seat: SeatId) {
        self.queue.retain(|missed| missed.frame.seat != seat);
        self.tracks.retain(|track| track.seat != seat);
    }

    /// The listener wants the member in `seat` this many times as loud as all others.
    pub fn set_volume(&mut self, seat: SeatId, times: f32) {
        self.tracks.iter_mut().filter(|track| track.seat == seat).for_each(|track| track.leveller.set_volume(times));
    }

    /// Drops all of it.
    pub fn skip(&mut self) {
        self.queue.clear();
        self.tracks.clear();
    }

    /// How long after being said the next packet would be heard, in milliseconds.
    fn lag(&self, missed: &Missed, now: Time) -> u64 {
        self.live.map_or(0, |(at_ms, at)| (at_ms + now.since(at).as_millis() as u64).saturating_sub(missed.at_ms))
    }

    /// All that waits, if the next packet is no later than `target_ms`: it is live then, and is not played here.
    pub fn hand_over(&mut self, target_ms: u64, now: Time) -> Vec<Incoming> {
        let first = self.tracks.iter().find_map(|track| track.waiting.front()).or(self.queue.front());
        if first.is_none_or(|first| self.lag(first, now) > target_ms) {
            return Vec::new();
        }
        let waiting = self.tracks.iter_mut().flat_map(|track| track.waiting.drain(..));
        let all = waiting.chain(self.queue.drain(..)).map(|missed| missed.frame).collect();
        self.tracks.iter_mut().for_each(|track| track.ended = true);
        all
    }

    /// Adds the next 20 ms to `out`, and lists the talkers heard. `manner` tells how a talker has sounded so far.
    pub fn pull(
        &mut self,
        out: &mut [f32; BLOCK],
        now: Time,
        decoder_complexity: DecoderComplexity,
        manner: impl Fn(SeatId) -> (Background, Leveller),
        heard: &mut Vec<TalkerLevel>,
    ) {
        let full = self.queue.len() >= REFILL;
        if self.filling.take_if(|since| full || now.since(*since) >= REFILL_MOST).is_none() && self.filling.is_some() {
            return;
        }
        self.admit(&manner);
        for track in &mut self.tracks {
            track.voice.set_decoder_complexity(decoder_complexity);
            if let Some(level) = track.pull(out) {
                heard.push(TalkerLevel { seat: track.seat, level });
            }
        }
        self.silent = if heard.is_empty() { self.silent.saturating_add(BLOCK) } else { 0 };
        if let Some(at_ms) = self.tracks.iter().map(|track| track.at_ms).min() {
            self.said = Some(at_ms);
        }
        // A talker who is dry, with nothing here or on its way, is silent; later packets begin anew.
        let empty = self.queue.is_empty();
        self.tracks
            .retain(|track| !(track.is_over() || empty && track.waiting.is_empty() && track.pcm_queue.is_empty()));
        if !self.is_active() {
            self.dry = Some(now);
        }
    }

    /// Hands talkers the packets that come next.
    fn admit(&mut self, manner: &impl Fn(SeatId) -> (Background, Leveller)) {
        loop {
            let Some(next) = self.queue.front() else { return };
            for track in &mut self.tracks {
                track.ended |= next.at_ms > track.at_ms + PAUSED_MS && track.is_dry();
            }
            let wanted = match self.tracks.iter().any(|track| !track.ended) {
                true => self.tracks.iter().any(|track| track.is_dry() && !track.ended),
                // All have their packets; the next talker may begin when they are done.
                false => self.tracks.iter().all(|track| track.is_over()) && self.silent >= BREATH,
            };
            if !wanted {
                return;
            }
            let Some(missed) = self.queue.pop_front() else { return };
            let seat = missed.frame.seat;
            let track = match self.tracks.iter().position(|track| track.seat == seat) {
                Some(at) => &mut self.tracks[at],
                None => {
                    let (background, leveller) = manner(seat);
                    self.tracks.push(Track {
                        seat,
                        voice: Voice::default(),
                        pcm_queue: PcmQueue::default(),
                        pace: Pace::new(Speed::CatchUp),
                        background,
                        leveller,
                        waiting: VecDeque::new(),
                        next: None,
                        at_ms: missed.at_ms,
                        ended: false,
                        fade: Fade::default(),
                    });
                    let last = self.tracks.len() - 1;
                    &mut self.tracks[last]
                }
            };
            track.ended = missed.frame.end;
            track.waiting.push_back(missed);
            track.decode();
        }
    }
}

#[cfg(test)]
mod tests;
