//! How much the codec and what is before it may do, by the processor time that they take: less before sound breaks, and
//! more again when there is time for it. Pure: processor time and `now` are arguments.
//!
//! Two things say that a machine is short of time. *Load* is the processor time that the sound of a second takes, of the
//! microphone's thread and of playout's together. It's counted while there is speech to code or to decode, since silence says
//! nothing of what speech costs. *Lateness* is a thread that gets its turn too late again and again, as where other programs
//! or a limit of the system leave too little, whatever the load is.

use std::time::Duration;

use super::playout::decoder_complexity::DecoderComplexity;
use crate::ids::Time;

const BLOCK_TIME: Duration = Duration::from_millis(20);
/// The share of one 20 ms in the mean: it follows within a second.
const SHARE: f32 = 0.02;
/// Blocks of 20 ms between two tries: 10 s of sound, doubled after each failed try, up to 5 min.
const FIRST_WAIT: u32 = 500;
const LAST_WAIT: u32 = 15_000;

/// A turn that came this late counts: the speaker's ring holds little more.
pub const LATE: Duration = Duration::from_millis(30);
/// Late turns within [`LATE_SPAN`] that are too many. A stop of the whole machine, as in its sleep, is only one.
const LATE_TURNS: u32 = 3;
const LATE_SPAN: Duration = Duration::from_secs(10);
/// Late turns this close together are one: both threads are late at once.
const ONE_TURN: Duration = Duration::from_millis(200);
/// So long after a late turn nothing more is tried.
const CALM: Duration = Duration::from_secs(30);

/// A busy time that was shorter than this needs no word when it's over.
const LONG: Duration = Duration::from_secs(60);
/// How often it's said at most that the computer is busy.
const SAY_AGAIN: Duration = Duration::from_secs(600);

/// How much of the computer sound may take (`--cpu`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CpuLimit {
    /// As little as goes: for old computers.
    Low,
    /// What this computer has time for.
    #[default]
    Auto,
    /// The best sound until it breaks.
    High,
}

impl CpuLimit {
    /// Above this part of one core less is done. Above a quarter of it nothing more is tried: a step up costs up to three times as
    /// much.
    fn most(self) -> f32 {
        match self {
            Self::Low => 0.2,
            Self::Auto => 0.4,
            Self::High => 0.8,
        }
    }

    /// What is done where there is all the time for it.
    pub fn best(self) -> Complexity {
        match self {
            Self::Low => Complexity { capture: CaptureComplexity::Half, decoder: DecoderComplexity::Plain },
            Self::Auto | Self::High => Complexity::default(),
        }
    }
}

/// What is done with my voice before it's sent, from the cheapest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaptureComplexity {
    /// The encoder takes the first thing it finds: half a point to one of PESQ less.
    Least,
    /// The encoder looks around less, for 0.1 to 0.3 PESQ.
    Half,
    /// The best coding; noise is left as it is.
    NoSuppressor,
    /// The best coding, and noise is suppressed.
    #[default]
    Full,
}

impl CaptureComplexity {
    /// The encoder complexity that libopus knows it by, `0..=10`.
    pub fn encoder(self) -> u8 {
        match self {
            Self::Least => 0,
            Self::Half => 5,
            Self::NoSuppressor | Self::Full => 10,
        }
    }

    /// Whether noise is suppressed.
    pub fn suppresses_noise(self) -> bool {
        self == Self::Full
    }

    fn less(self) -> Self {
        match self {
            Self::Full => Self::NoSuppressor,
            Self::NoSuppressor => Self::Half,
            Self::Half | Self::Least => Self::Least,
        }
    }

    fn more(self) -> Self {
        match self {
            Self::Least => Self::Half,
            Self::Half => Self::NoSuppressor,
            Self::NoSuppressor | Self::Full => Self::Full,
        }
    }
}

/// What may be done for my voice and for the others'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Complexity {
    /// For mine, before it's sent.
    pub capture: CaptureComplexity,
    /// For theirs, when it comes.
    pub decoder: DecoderComplexity,
}

/// Which thread took time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The microphone's.
    Capture,
    /// Playout's.
    Playout,
}

/// What a person should know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpuNotice {
    /// Voices sound plainer, because the computer is busy.
    Busy,
    /// They sound as before, after a long time.
    Over,
}

/// The watch over both threads.
///
/// ```
/// use std::time::Duration;
///
/// use ingle::audio::governor::{CpuLimit, Governor, Stage};
/// use ingle::audio::playout::decoder_complexity::DecoderComplexity;
/// use ingle::ids::Time;
///
/// let mut governor = Governor::new(CpuLimit::Auto);
/// // 20 ms of speech take 15 ms to decode.
/// for block in 0..100 {
///     governor.spent(Stage::Playout, Duration::from_millis(15), Time(block * 20_000));
/// }
/// assert!(governor.complexity().decoder < DecoderComplexity::Enhanced);
/// ```
pub struct Governor {
    limit: CpuLimit,
    complexity: Complexity,
    capture: f32,
    playout: f32,
    /// 20 ms of speech since the last step.
    passed: u32,
    wait: u32,
    /// The last step was a try to do more here.
    trying: Option<Stage>,
    late: Lateness,
    busy_since: Option<Time>,
    /// When a person was last told of it; `true` if that it's over is still to be said.
    said: Option<(Time, bool)>,
    notice: Option<CpuNotice>,
}

impl Governor {
    /// A watch that begins with the best that `limit` allows.
    pub fn new(limit: CpuLimit) -> Self {
        Self {
            limit,
            complexity: limit.best(),
            capture: 0.0,
            playout: 0.0,
            passed: 0,
            wait: FIRST_WAIT,
            trying: None,
            late: Lateness::default(),
            busy_since: None,
            said: None,
            notice: None,
        }
    }

    /// What may be done now.
    pub fn complexity(&self) -> Complexity {
        self.complexity
    }

    /// What a person should know now, once.
    pub fn poll_notice(&mut self) -> Option<CpuNotice> {
        self.notice.take()
    }

    /// 20 ms of speech took a thread `time` of a processor.
    pub fn spent(&mut self, stage: Stage, time: Duration, now: Time) {
        // One stop of the whole machine says little about the codec, where only a clock on the wall is to be had.
        let load = (time.as_secs_f32() / BLOCK_TIME.as_secs_f32()).min(5.0);
        let mean = match stage {
            Stage::Capture => &mut self.capture,
            Stage::Playout => &mut self.playout,
        };
        *mean += (load - *mean) * SHARE;
        self.passed = self.passed.saturating_add(1);
        let (all, most) = (self.capture + self.playout, self.limit.most());
        if all > most {
            self.too_much();
        } else if all < most / 4.0 && self.passed >= self.wait && self.late.is_calm(now) && self.may_do_more() {
            self.do_more();
        } else if self.passed >= LAST_WAIT {
            self.wait = FIRST_WAIT;
        }
        self.watch(now);
    }

    /// A thread got its turn too late by more than [`LATE`], or the device had nothing to play in the middle of a sound.
    pub fn late(&mut self, now: Time) {
        if self.late.count(now) {
            self.back_off();
            self.do_less(Stage::Capture);
            self.do_less(Stage::Playout);
        }
        self.watch(now);
    }

    fn too_much(&mut self) {
        let dearer = if self.capture > self.playout { Stage::Capture } else { Stage::Playout };
        let other = if dearer == Stage::Capture { Stage::Playout } else { Stage::Capture };
        let tried = self.back_off();
        let all = [tried.unwrap_or(dearer), dearer, other];
        if let Some(stage) = all.into_iter().find(|stage| self.can_do_less(*stage)) {
            self.do_less(stage);
        }
    }

    /// If the last step was a try, it has failed: the next is later. Which one it was.
    fn back_off(&mut self) -> Option<Stage> {
        let failed = self.trying.take().filter(|_| self.passed < self.wait);
        if failed.is_some() {
            self.wait = (self.wait * 2).min(LAST_WAIT);
        }
        failed
    }

    fn can_do_less(&self, stage: Stage) -> bool {
        match stage {
            Stage::Capture => self.complexity.capture > CaptureComplexity::Least,
            Stage::Playout => self.complexity.decoder > DecoderComplexity::Plain,
        }
    }

    fn do_less(&mut self, stage: Stage) {
        match stage {
            Stage::Capture => self.complexity.capture = self.complexity.capture.less(),
            Stage::Playout => self.complexity.decoder = self.complexity.decoder.less(),
        }
        self.stepped();
    }

    fn may_do_more(&self) -> bool {
        self.complexity != self.limit.best()
    }

    /// A step up for whichever is further from its best.
    fn do_more(&mut self) {
        let best = self.limit.best();
        let capture = best.capture as u8 - self.complexity.capture as u8;
        let decoder = best.decoder as u8 - self.complexity.decoder as u8;
        if capture > decoder {
            self.complexity.capture = self.complexity.capture.more();
            self.trying = Some(Stage::Capture);
        } else {
            self.complexity.decoder = self.complexity.decoder.more();
            self.trying = Some(Stage::Playout);
        }
        self.stepped();
    }

    /// The load after a step is not known yet: it starts from the middle.
    fn stepped(&mut self) {
        let (all, middle) = (self.capture + self.playout, self.limit.most() * 0.625);
        let capture = if all > 0.0 { self.capture / all } else { 0.5 };
        (self.capture, self.playout) = (middle * capture, middle * (1.0 - capture));
        self.passed = 0;
    }

    /// Whether a voice sounds plainer than it should, so that people notice.
    fn is_busy(&self) -> bool {
        let (now, best) = (self.complexity, self.limit.best());
        let mine = now.capture == CaptureComplexity::Least && best.capture > CaptureComplexity::Least;
        let theirs = now.decoder == DecoderComplexity::Plain && best.decoder > DecoderComplexity::Plain;
        mine || theirs
    }

    fn watch(&mut self, now: Time) {
        match (self.is_busy(), self.busy_since) {
            (true, None) => {
                self.busy_since = Some(now);
                if self.said.is_none_or(|(at, _)| now.since(at) >= SAY_AGAIN) {
                    self.said = Some((now, true));
                    self.notice = Some(CpuNotice::Busy);
                }
            }
            (false, Some(_)) => {
                self.busy_since = None;
                if let Some((at, over @ true)) = &mut self.said {
                    // It's said of the time since the word, which may have been interrupted.
                    *over = false;
                    self.notice = (now.since(*at) >= LONG).then_some(CpuNotice::Over).or(self.notice.take());
                }
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
}

/// Late turns of the last while.
#[derive(Default)]
struct Lateness {
    turns: u32,
    first: Time,
    last: Option<Time>,
}

impl Lateness {
    /// A turn came late; whether that's too often now.
    fn count(&mut self, now: Time) -> bool {
        if self.last.is_some_and(|last| now.since(last) < ONE_TURN) {
            return false;
        }
        self.last = Some(now);
        if self.turns == 0 || now.since(self.first) > LATE_SPAN {
            (self.turns, self.first) = (0, now);
        }
        self.turns += 1;
        let too_often = self.turns >= LATE_TURNS;
        if too_often {
            self.turns = 0;
        }
        too_often
    }

    fn is_calm(&self, now: Time) -> bool {
        self.last.is_none_or(|last| now.since(last) >= CALM)
    }
}

#[cfg(test)]
mod tests;
