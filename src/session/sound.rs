//! The sound check at the door: do I hear, am I heard? Nothing of it leaves the machine.

use std::time::Duration;

use crate::ids::Time;

/// Before this the check's own notes may still be in the air, and its readings don't count.
const NOTES: Duration = Duration::from_millis(1600);
/// How long a check listens: who hesitates for six seconds after the notes can still say a sentence.
const LISTENS: Duration = Duration::from_secs(14);
/// How long the sentence may take to be heard back.
const REPLAYS: Duration = Duration::from_secs(8);

/// What a check has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is still listening.
    Listening,
    /// The person hears their own sentence, as the others would hear it.
    Replaying,
    /// The microphone hears a voice.
    Well,
    /// It hears something faint.
    Faintly,
    /// It hears a voice so loud that it's distorted.
    Loudly,
    /// It hears a voice, and the speaker as well.
    WithEcho,
    /// It hears a voice, and much noise.
    WithNoise,
    /// It hears nothing.
    Nothing,
    /// There is no microphone to listen with.
    NoMicrophone,
    /// The system gave no sound.
    NoSound,
}

/// A sound check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundCheck {
    /// When it began.
    pub since: Time,
    /// What the microphone hears now, `0..=7`.
    pub level: u8,
    /// The loudest so far, without the check's own notes.
    loudest: Option<u8>,
    /// What it has found.
    pub hearing: Hearing,
}

impl SoundCheck {
    /// A check that begins now.
    pub fn begin(now: Time) -> Self {
        Self { since: now, level: 0, loudest: None, hearing: Hearing::Listening }
    }

    /// Whether it still uses the microphone.
    pub fn listens(&self) -> bool {
        matches!(self.hearing, Hearing::Listening | Hearing::Replaying)
    }

    /// The microphone hears this, `0..=7`.
    pub fn hear(&mut self, level: u8, now: Time) {
        if !self.listens() {
            return;
        }
        self.level = level.min(7);
        if now.since(self.since) >= NOTES {
            self.loudest = self.loudest.max(Some(self.level));
        }
    }

    /// When it is over; [`Time::NEVER`] if it is.
    pub fn due(&self) -> Time {
        match self.hearing {
            Hearing::Listening => self.since + LISTENS,
            Hearing::Replaying => self.since + LISTENS + REPLAYS,
            Hearing::Well
            | Hearing::Faintly
            | Hearing::Loudly
            | Hearing::WithEcho
            | Hearing::WithNoise
            | Hearing::Nothing
            | Hearing::NoMicrophone
            | Hearing::NoSound => Time::NEVER,
        }
    }

    /// The sentence is heard back now.
    pub fn replay(&mut self) {
        self.hearing = Hearing::Replaying;
    }

    /// It is over without a verdict: the loudest that was heard decides.
    pub fn finish(&mut self) {
        self.end(match self.loudest {
            None => Hearing::NoMicrophone,
            Some(0) => Hearing::Nothing,
            Some(1 | 2) => Hearing::Faintly,
            Some(_) => Hearing::Well,
        });
    }

    /// It is over, with this.
    pub fn end(&mut self, hearing: Hearing) {
        (self.level, self.hearing) = (0, hearing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(readings: &[(u64, u8)]) -> Hearing {
        let mut check = SoundCheck::begin(Time(0));
        for (ms, level) in readings {
            check.hear(*level, Time(ms * 1000));
        }
        assert_eq!(check.due(), Time(14_000_000));
        check.finish();
        assert_eq!((check.level, check.due()), (0, Time::NEVER));
        check.hearing
    }

    #[test]
    fn the_loudest_after_the_notes_decides() {
        assert_eq!(after(&[(2000, 0), (3000, 4), (4000, 0)]), Hearing::Well);
        assert_eq!(after(&[(2000, 2), (3000, 1)]), Hearing::Faintly);
        assert_eq!(after(&[(100, 7), (1500, 7), (2000, 0)]), Hearing::Nothing);
        assert_eq!(after(&[(100, 7)]), Hearing::NoMicrophone);
        assert_eq!(after(&[]), Hearing::NoMicrophone);
    }

    #[test]
    fn a_sentence_has_time_to_be_heard_back() {
        let mut check = SoundCheck::begin(Time(0));
        check.hear(5, Time(3_000_000));
        check.replay();
        assert!(check.listens() && check.due() == Time(22_000_000));
        check.end(Hearing::WithNoise);
        assert_eq!((check.listens(), check.due()), (false, Time::NEVER));
    }

    #[test]
    fn what_comes_after_the_end_is_passed_over() {
        let mut check = SoundCheck::begin(Time(0));
        check.end(Hearing::NoSound);
        check.hear(7, Time(5_000_000));
        assert_eq!((check.level, check.hearing), (0, Hearing::NoSound));
    }
}
