//! What the practice members write in answer to what the person does: each thing a few times, then no more.

use std::time::Duration;

use super::script::Who;
use super::words::words;
use crate::ids::Time;
use crate::text::Practice;

/// What the person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Muted this member, alone or with all the others.
    Muted(Who),
    /// Permitted this member to speak again.
    Lifted(Who),
    /// Took this member out of the group.
    Removed(Who),
    /// Raised a hand.
    Hand,
    /// Said something.
    Spoke,
    /// Wrote a line.
    Wrote,
}

impl Occasion {
    /// How long a person would take to notice and to type.
    fn delay(self) -> Duration {
        Duration::from_millis(match self {
            Self::Muted(_) => 2500,
            Self::Lifted(_) => 2000,
            Self::Removed(_) => 3000,
            Self::Hand | Self::Wrote => 2500,
            Self::Spoke => 1800,
        })
    }

    /// Whom it was done to.
    fn subject(self) -> Option<Who> {
        match self {
            Self::Muted(who) | Self::Lifted(who) | Self::Removed(who) => Some(who),
            Self::Hand | Self::Spoke | Self::Wrote => None,
        }
    }

    /// What is written, in turn.
    fn lines(self, all: bool) -> &'static [Practice] {
        match self {
            Self::Muted(_) if all => &[Practice::AllAreMuted],
            Self::Muted(_) => &[Practice::Muted],
            Self::Lifted(_) => &[Practice::CanSpeak, Practice::ThankYou],
            Self::Removed(_) => &[Practice::Removed, Practice::RemovedToo],
            Self::Hand => &[Practice::HandSeen, Practice::HandIsUp],
            Self::Spoke => &[Practice::Heard, Practice::ThankYouForSaying],
            Self::Wrote => &[Practice::CanRead, Practice::AllCanRead],
        }
    }

    /// Where the count of its lines is kept.
    fn kind(self, all: bool) -> usize {
        match self {
            Self::Muted(_) if all => 0,
            Self::Muted(_) => 1,
            Self::Lifted(_) => 2,
            Self::Removed(_) => 3,
            Self::Hand => 4,
            Self::Spoke => 5,
            Self::Wrote => 6,
        }
    }
}

/// How a practice member is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// In the circle.
    pub(super) here: bool,
    /// Muted by the person.
    pub(super) muted: bool,
}

/// Those who answer, in the order of asking; Ana speaks the most, so she writes the least.
const WRITERS: [Who; 5] = [Who::Bo, Who::Cyn, Who::Dee, Who::Eli, Who::Ana];

/// Answers that are to come, and those that were given.
#[derive(Default)]
pub(super) struct Replies {
    pending: Vec<(Time, Occasion)>,
    given: [usize; 7],
    turn: usize,
}

impl Replies {
    /// Something happened. While one of its kind is being answered, others aren't.
    pub(super) fn note(&mut self, occasion: Occasion, now: Time) {
        if self.pending.iter().all(|(_, pending)| pending.kind(false) != occasion.kind(false)) {
            self.pending.push((now + occasion.delay(), occasion));
        }
    }

    /// When [`Self::take`] may have something.
    pub(super) fn due(&self) -> Time {
        self.pending.iter().map(|(due, _)| *due).min().unwrap_or(Time::NEVER)
    }

    /// The next answer that is due: who writes it, and what.
    pub(super) fn take(&mut self, members: &[Standing; 5], now: Time) -> Option<(Who, String)> {
        loop {
            let at = self.pending.iter().position(|(due, _)| *due <= now)?;
            let (_, occasion) = self.pending.remove(at);
            if let Some(answer) = self.answer(occasion, members) {
                return Some(answer);
            }
        }
    }

    fn answer(&mut self, occasion: Occasion, members: &[Standing; 5]) -> Option<(Who, String)> {
        let of = |who: Who| members[who as usize];
        let all_muted = members.iter().all(|member| member.muted || !member.here);
        let subject = occasion.subject();
        let still = match occasion {
            Occasion::Muted(who) => of(who).here && of(who).muted,
            Occasion::Lifted(who) => of(who).here && !of(who).muted,
            _ => true,
        };
        let writer = match occasion {
            Occasion::Lifted(who) => Some(who),
            _ => (0..WRITERS.len())
                .map(|step| WRITERS[(self.turn + step) % WRITERS.len()])
                .find(|who| of(*who).here && Some(*who) != subject),
        };
        let (writer, given) = (writer.filter(|_| still)?, &mut self.given[occasion.kind(all_muted)]);
        let line = occasion.lines(all_muted).get(*given)?;
        *given += 1;
        self.turn += 1;
        Some((writer, words(*line, subject.map_or("", Who::name))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::clean;

    const HERE: [Standing; 5] = [Standing { here: true, muted: false }; 5];

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    fn muted(who: Who) -> [Standing; 5] {
        let mut members = HERE;
        members[who as usize].muted = true;
        members
    }

    #[test]
    fn a_mute_is_remarked_upon_once_by_another() {
        let mut replies = Replies::default();
        replies.note(Occasion::Muted(Who::Bo), at(0));
        assert_eq!(replies.take(&muted(Who::Bo), at(2499)), None);
        assert_eq!(replies.due(), at(2500));
        let (writer, line) = replies.take(&muted(Who::Bo), at(2500)).expect("an answer");
        assert_eq!((writer, line.as_str()), (Who::Cyn, "Bo is muted now. To lift it, press m or type /unmute Bo."));
        replies.note(Occasion::Muted(Who::Eli), at(9000));
        assert_eq!(replies.take(&muted(Who::Eli), at(99_000)), None);
        assert_eq!(replies.due(), Time::NEVER);
    }

    #[test]
    fn a_mute_that_was_lifted_at_once_is_not_remarked_upon() {
        let mut replies = Replies::default();
        replies.note(Occasion::Muted(Who::Bo), at(0));
        replies.note(Occasion::Lifted(Who::Bo), at(1000));
        assert_eq!(replies.take(&HERE, at(2999)), None);
        assert_eq!(replies.take(&HERE, at(3000)), Some((Who::Bo, "Thank you, I can speak again.".to_owned())));
    }

    #[test]
    fn all_at_once_get_one_answer() {
        let mut replies = Replies::default();
        Who::ALL.iter().for_each(|who| replies.note(Occasion::Muted(*who), at(0)));
        let quiet = HERE.map(|member| Standing { muted: true, ..member });
        let (_, line) = replies.take(&quiet, at(3000)).expect("an answer");
        assert!(line.starts_with("All of us are muted"), "{line}");
        assert_eq!(replies.take(&quiet, at(9000)), None);
        Who::ALL.iter().for_each(|who| replies.note(Occasion::Lifted(*who), at(10_000)));
        assert!(replies.take(&HERE, at(13_000)).is_some());
        assert_eq!(replies.take(&HERE, at(99_000)), None);
    }

    #[test]
    fn answers_are_few_however_busy_the_person_is() {
        let mut replies = Replies::default();
        let occasions = [
            Occasion::Muted(Who::Ana),
            Occasion::Lifted(Who::Cyn),
            Occasion::Removed(Who::Dee),
            Occasion::Hand,
            Occasion::Spoke,
            Occasion::Wrote,
        ];
        let mut given = 0;
        for round in 0..100 {
            let now = at(round * 10_000);
            occasions.iter().for_each(|occasion| replies.note(*occasion, now));
            assert!(replies.pending.len() <= occasions.len());
            while let Some((_, line)) = replies.take(&muted(Who::Ana), now + Duration::from_secs(5)) {
                assert!(line == clean::chat(&line) && !line.contains("NAME") && line.len() <= 80, "{line:?}");
                given += 1;
            }
        }
        assert_eq!(given, 11);
    }

    #[test]
    fn a_member_who_is_gone_does_not_answer() {
        let mut replies = Replies::default();
        replies.note(Occasion::Hand, at(0));
        assert_eq!(replies.take(&[Standing::default(); 5], at(9000)), None);
    }
}
