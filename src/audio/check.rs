//! A sound check: two notes, then a sentence, which the person hears back as the others would. Pure: 20 ms of the microphone at a
//! time, with the packets that capture made of it.
//!
//! ```text
//! notes (1.6 s) -> waits for a voice -> records (4 s at most, or until a pause) -> the last packets -> plays it back -> done
//! ```

mod echo_path;
mod report;

use std::time::Duration;

pub use self::echo_path::EchoPath;
use self::report::Heard;
pub use self::report::{CheckReport, Verdict};
use super::advisor::is_clipped;
use super::chime;
use super::level::decibels;
use super::packet::{Captured, Incoming};
use super::playout::Playout;
use super::vad::{Sound, Vad};
use super::{BLOCK, RATE};
use crate::ids::{FrameNo, SeatId, Time};

/// Blocks of 20 ms until the notes have come back from a room at the latest.
const NOTES: u32 = 80;
/// And until a short check is over: its one note has faded by then.
const SHORT: u32 = 50;
/// Blocks that a person may take to begin, and that a sentence lasts at most.
const WAIT: u32 = 300;
const SENTENCE: u32 = 200;
/// A pause of this many blocks ends a sentence of at least as many blocks of speech.
const PAUSE: u32 = 40;
/// What was captured is heard within this many blocks.
const DRAIN: u32 = 30;
/// Before the verdict the last word rests.
const REST: u32 = 15;

/// What is below this (dBFS) at either end of the sentence is left out, but for this many blocks.
const AUDIBLE_DB: f32 = -55.0;
const MARGIN: usize = 8;

/// What comes of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckEvent {
    /// The sentence is over. This is how the others would have heard it, at 48 kHz, to be played now.
    Replay(Vec<f32>),
    /// The check is over.
    Done(CheckReport),
}

/// What a person who checks their sound is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckProgress {
    /// How loud the microphone is, `0..=7`.
    Level(u8),
    /// What was said is being played back.
    Replaying,
    /// The check is over.
    Done(CheckReport),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Notes,
    Short,
    Waiting,
    Recording,
    Draining,
    Replaying,
    Done,
}

/// A check under way.
pub struct Check {
    step: Step,
    /// Blocks of this step so far, how many it lasts at most, and of how many the voice has paused.
    blocks: u32,
    most: u32,
    paused: u32,
    /// The microphone while the notes are played.
    notes: Vec<f32>,
    silent: bool,
    vad: Vad,
    heard: Heard,
    echo: Option<EchoPath>,
    playout: Playout,
    number: u16,
    now: Time,
    /// What the others hear, since the notes.
    back: Vec<f32>,
}

impl Check {
    /// A check with a sentence, about ten seconds long. [`Check::sound`] is to be played as the first block is taken.
    pub fn new() -> Self {
        Self::begin(Step::Notes, NOTES)
    }

    /// A check of one second without a sentence: of what a microphone captures anyway, or with one note played too.
    pub fn short() -> Self {
        Self::begin(Step::Short, SHORT)
    }

    fn begin(step: Step, most: u32) -> Self {
        Self {
            step,
            blocks: 0,
            most,
            paused: 0,
            notes: Vec::with_capacity(most as usize * BLOCK),
            silent: true,
            vad: Vad::default(),
            heard: Heard::default(),
            echo: None,
            playout: Playout::default(),
            number: 0,
            now: Time::default(),
            back: Vec::new(),
        }
    }

    /// What is to be played at the beginning.
    pub fn sound(&self) -> Vec<f32> {
        if self.step == Step::Short { chime::note_alone() } else { chime::notes() }
    }

    /// The next 20 ms of the microphone, and the packets that were made of it.
    pub fn hear(&mut self, pcm: &[f32; BLOCK], packets: Vec<Captured>) -> Option<CheckEvent> {
        self.now = self.now + Duration::from_millis(20);
        self.blocks += 1;
        self.silent &= pcm.iter().all(|sample| *sample == 0.0);
        if !matches!(self.step, Step::Replaying | Step::Done | Step::Short) {
            self.play(packets);
        }
        let over = self.blocks >= self.most;
        match self.step {
            Step::Notes | Step::Short => {
                self.notes.extend_from_slice(pcm);
                self.vad.hear(pcm);
                if self.step == Step::Short {
                    // Before the note arrives, and after it has faded.
                    self.heard.pauses.push(decibels(pcm));
                }
                if over {
                    self.echo = echo_path::find(self.sound().len(), &self.notes);
                    self.notes = Vec::new();
                    if self.step == Step::Short {
                        return Some(self.done_short());
                    }
                    self.back.clear();
                    self.go(Step::Waiting, WAIT);
                }
            }
            Step::Waiting => {
                let sound = self.measure(pcm);
                if sound == Sound::Speech {
                    self.go(Step::Recording, SENTENCE);
                } else if over {
                    return Some(self.done());
                }
            }
            Step::Recording => {
                self.paused = if self.measure(pcm) == Sound::Speech { 0 } else { self.paused + 1 };
                if over || (self.paused >= PAUSE && self.heard.speech >= PAUSE) {
                    self.go(Step::Draining, DRAIN);
                }
            }
            Step::Draining if over => {
                let back = trim(&self.back);
                self.back = Vec::new();
                self.go(Step::Replaying, (back.len() / BLOCK) as u32 + REST);
                return Some(CheckEvent::Replay(back));
            }
            Step::Replaying if over => return Some(self.done()),
            Step::Draining | Step::Replaying | Step::Done => {}
        }
        None
    }

    fn go(&mut self, step: Step, most: u32) {
        (self.step, self.blocks, self.most, self.paused) = (step, 0, most, 0);
    }

    fn done(&mut self) -> CheckEvent {
        self.step = Step::Done;
        CheckEvent::Done(self.heard.report(self.echo))
    }

    fn done_short(&mut self) -> CheckEvent {
        self.step = Step::Done;
        CheckEvent::Done(self.heard.short_report(self.echo, self.silent))
    }

    /// What the others would hear now.
    fn play(&mut self, packets: Vec<Captured>) {
        for Captured { packet, tick, start, end, .. } in packets {
            let number = FrameNo(self.number);
            self.number = self.number.wrapping_add(1);
            self.playout.push(Incoming { seat: SeatId(0), number, count: 1, tick, start, end, packet }, self.now);
        }
        let mut block = [0.0; BLOCK];
        self.playout.pull(&mut block, self.now);
        self.back.extend_from_slice(&block);
    }

    fn measure(&mut self, pcm: &[f32; BLOCK]) -> Sound {
        let sound = self.vad.hear(pcm);
        if sound == Sound::Speech {
            self.heard.speech += 1;
            self.heard.clipped += u32::from(is_clipped(pcm));
            self.heard.power += pcm.iter().map(|s| s * s).sum::<f32>() / BLOCK as f32;
        } else {
            self.heard.pauses.push(decibels(pcm));
        }
        sound
    }
}

impl Default for Check {
    fn default() -> Self {
        Self::new()
    }
}

/// The part that is heard, with a little around it.
fn trim(sound: &[f32]) -> Vec<f32> {
    let blocks = sound.as_chunks::<BLOCK>().0;
    let audible = |block: &[f32; BLOCK]| decibels(block) > AUDIBLE_DB;
    let Some(first) = blocks.iter().position(audible) else { return Vec::new() };
    let last = blocks.iter().rposition(audible).unwrap_or(first);
    let most = (RATE as usize / BLOCK) * 5;
    let first = first.saturating_sub(MARGIN).max(last.saturating_sub(most));
    blocks[first..blocks.len().min(last + MARGIN)].concat()
}

#[cfg(test)]
mod tests;
