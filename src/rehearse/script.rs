//! What the practice group does, as a table.

use std::time::Duration;

use crate::text::Practice;

/// A practice member, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Ana,
    Bo,
    Cyn,
    Dee,
    Eli,
}

impl Who {
    /// All five.
    pub(super) const ALL: [Self; 5] = [Self::Ana, Self::Bo, Self::Cyn, Self::Dee, Self::Eli];

    /// The name that the others see.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ana => "Ana",
            Self::Bo => "Bo",
            Self::Cyn => "Cyn",
            Self::Dee => "Dee",
            Self::Eli => "Eli",
        }
    }
}

impl Who {
    /// What this one says in a check-in round, if it doesn't pass.
    pub(super) fn check_in(self) -> &'static str {
        match self {
            Self::Ana => "ana-06",
            Self::Bo => "bo-02",
            Self::Cyn => "cyn-05",
            Self::Dee => "dee-02",
            Self::Eli => "eli-05",
        }
    }

    /// What this one says when it is given the word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ana => "ana-07",
            Self::Bo => "bo-04",
            Self::Cyn => "cyn-04",
            Self::Dee => "dee-06",
            Self::Eli => "eli-06",
        }
    }
}

/// What a practice member does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Says what is in the file of this name.
    Say(&'static str),
    /// Raises or lowers a hand.
    Hand(bool),
    /// Writes a line.
    Write(Practice),
    /// Has a bad line from now on, or a good one again.
    BadLine(bool),
    /// Proposes this.
    Propose(Practice),
    /// Calls those who lead for help.
    HelpMe,
    /// Writes this to the person, and to nobody else.
    Tell(Practice),
    /// Asks to speak.
    Ask,
}

/// When the next one is to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// This long after the end.
    After(Duration),
    /// This long after the beginning, so that two may speak at once.
    Within(Duration),
    /// Once the person has done something, or after this long.
    Await(Awaited, Duration),
}

/// What the person may do, and is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// Says something.
    Speech,
    /// Mutes this member, and lifts it again.
    MuteAndLift(Who),
    /// Begins a round.
    Round,
    /// Begins a round or a vote, proposes something, or answers what is proposed.
    Part,
}

/// One line of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) who: Who,
    pub(super) act: Act,
    pub(super) then: Then,
}

const fn say(who: Who, utterance: &'static str, then: Then) -> Cue {
    Cue { who, act: Act::Say(utterance), then }
}

const fn write(who: Who, line: Practice, then: Then) -> Cue {
    Cue { who, act: Act::Write(line), then }
}

const fn hand(who: Who, up: bool, then: Then) -> Cue {
    Cue { who, act: Act::Hand(up), then }
}

const fn bad_line(who: Who, bad: bool, then: Then) -> Cue {
    Cue { who, act: Act::BadLine(bad), then }
}

const fn does(who: Who, act: Act, then: Then) -> Cue {
    Cue { who, act, then }
}

const fn after(ms: u64) -> Then {
    Then::After(Duration::from_millis(ms))
}

const fn within(ms: u64) -> Then {
    Then::Within(Duration::from_millis(ms))
}

const fn until(awaited: Awaited, seconds: u64) -> Then {
    Then::Await(awaited, Duration::from_secs(seconds))
}

use Who::{Ana, Bo, Cyn, Dee, Eli};

/// Once through all that a group session has: some five minutes, and more if the person takes part.
pub(super) const SCRIPT: &[Cue] = &[
    // Hello.
    say(Ana, "ana-01", after(700)),
    say(Bo, "bo-01", after(600)),
    say(Cyn, "cyn-01", after(500)),
    say(Dee, "dee-01", after(700)),
    say(Eli, "eli-01", after(1200)),
    write(Cyn, Practice::SayHello, until(Awaited::Speech, 10)),
    // Try it.
    say(Ana, "ana-02", after(800)),
    write(Bo, Practice::HowToMute, after(1500)),
    say(Ana, "ana-03", until(Awaited::MuteAndLift(Ana), 12)),
    // A round, if the person begins one: each has a turn, and the script waits.
    write(Bo, Practice::Round, until(Awaited::Round, 30)),
    // Check-in without one. Dee is a little early, so that two are heard at once.
    say(Bo, "bo-02", within(5300)),
    say(Dee, "dee-02", within(3000)),
    hand(Cyn, true, after(1200)),
    write(Cyn, Practice::MyHandIsUp, after(5500)),
    say(Cyn, "cyn-02", within(2500)),
    hand(Cyn, false, after(4500)),
    // A bad line: bad for long enough to be noticed by the relay, and good again soon enough for that to be seen too.
    bad_line(Eli, true, after(300)),
    say(Eli, "eli-02", within(4700)),
    bad_line(Eli, false, after(3500)),
    say(Eli, "eli-03", after(1500)),
    // A break.
    say(Dee, "dee-03", after(900)),
    does(Dee, Act::Propose(Practice::BreakProposal), after(2500)),
    write(Ana, Practice::HowToAnswer, until(Awaited::Part, 40)),
    say(Bo, "bo-03", after(1200)),
    say(Ana, "ana-04", after(2500)),
    write(Dee, Practice::HowToBreak, after(12_000)),
    // Proposals and votes of the person's own.
    write(Cyn, Practice::HowToPropose, until(Awaited::Part, 45)),
    write(Bo, Practice::HowToVote, until(Awaited::Part, 45)),
    // What those who lead are told and nobody else, and a member who would like to speak.
    does(Cyn, Act::HelpMe, after(1500)),
    does(Cyn, Act::Tell(Practice::HelpWasPractice), after(15_000)),
    does(Dee, Act::Ask, after(1500)),
    write(Dee, Practice::IAskToSpeak, after(15_000)),
];

/// After the script, again and again, for as long as the person stays.
pub(super) const QUIET: &[Cue] = &[
    say(Cyn, "cyn-03", after(14_000)),
    say(Dee, "dee-04", after(16_000)),
    say(Eli, "eli-04", after(16_000)),
    say(Bo, "bo-04", after(20_000)),
    say(Dee, "dee-05", after(20_000)),
    say(Cyn, "cyn-04", after(24_000)),
    say(Bo, "bo-05", after(24_000)),
    say(Ana, "ana-05", after(40_000)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearse::voices::Voices;
    use crate::rehearse::words::words;
    use crate::session::clean;

    fn all() -> impl Iterator<Item = &'static Cue> {
        SCRIPT.iter().chain(QUIET)
    }

    #[test]
    fn everybody_says_what_was_recorded_in_their_own_voice() {
        let voices = Voices::load();
        for cue in all() {
            if let Act::Say(utterance) = cue.act {
                assert!(!voices.packets(utterance).is_empty(), "{utterance} has no file");
                assert!(utterance.starts_with(&cue.who.name().to_lowercase()), "{utterance} by {}", cue.who.name());
                let early = matches!(cue.then, Then::Within(ms) if ms >= voices.length(utterance));
                assert!(!early, "{utterance} is over before the next is early");
            }
        }
    }

    #[test]
    fn each_utterance_comes_once() {
        let mut said: Vec<_> =
            all().filter_map(|cue| if let Act::Say(name) = cue.act { Some(name) } else { None }).collect();
        assert_eq!(said.len(), 23);
        // And what is said in turns.
        said.extend(Who::ALL.map(Who::check_in).into_iter().chain(Who::ALL.map(Who::word)));
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), 29);
    }

    #[test]
    fn lines_are_shown_as_they_are_written() {
        for cue in all() {
            if let Act::Write(line) | Act::Tell(line) | Act::Propose(line) = cue.act {
                let line = words(line, Ana.name());
                assert_eq!(clean::chat(&line), line);
                assert!(line.len() <= 80, "{line:?} fills the chat");
            }
        }
    }

    #[test]
    fn hands_go_down_and_lines_get_better() {
        for who in Who::ALL {
            let last = |of: fn(Act) -> Option<bool>| {
                SCRIPT.iter().filter(|cue| cue.who == who).filter_map(|cue| of(cue.act)).next_back()
            };
            assert_ne!(last(|act| if let Act::Hand(up) = act { Some(up) } else { None }), Some(true));
            assert_ne!(last(|act| if let Act::BadLine(bad) = act { Some(bad) } else { None }), Some(true));
        }
        assert!(QUIET.iter().all(|cue| matches!((cue.act, cue.then), (Act::Say(_), Then::After(_)))));
    }

    #[test]
    fn it_takes_about_five_minutes_if_the_person_only_watches() {
        let voices = Voices::load();
        let long = |cue: &Cue| {
            let length = if let Act::Say(utterance) = cue.act { voices.length(utterance) } else { Duration::ZERO };
            match cue.then {
                Then::After(pause) | Then::Await(_, pause) => length + pause,
                Then::Within(time) => time,
            }
        };
        let seconds = SCRIPT.iter().map(long).sum::<Duration>().as_secs();
        assert!((240..=360).contains(&seconds), "{seconds} s");
    }
}
