//! What each command needs, for those who type it alone.

use crate::text::lists as ask;
use crate::text::menus;
use crate::text::{Text, Word};

/// The people a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Nobody: words only.
    Words,
    /// Everybody but me.
    Others,
    /// Everybody whom the facilitator has muted.
    Muted,
    /// Everybody.
    Members,
    /// Whoever waits at the door.
    Waiting,
    /// Whoever vanished or asks for help.
    Trouble,
}

/// One thing that is asked for.
#[derive(Debug)]
pub(super) enum Slot {
    /// One of a list, and for each of its words what is asked after it.
    One { question: Text, of: Of, words: &'static [(&'static str, &'static [Slot])] },
    /// A text.
    Text(Text),
    /// A text, or nothing.
    Maybe(Text),
}

const fn one(question: Text, of: Of) -> Slot {
    Slot::One { question, of, words: &[] }
}

const fn or_all(question: Text, of: Of) -> Slot {
    Slot::One { question, of, words: &[("all", &[])] }
}

const fn words(question: Text, words: &'static [(&'static str, &'static [Slot])]) -> Slot {
    Slot::One { question, of: Of::Words, words }
}

const ROLE: Slot = words(ask::WHICH_ROLE, &[("facilitator", &[]), ("co-facilitator", &[]), ("member", &[])]);
const WHOSE_ROLE: Slot = one(ask::WHOSE_ROLE, Of::Members);
const REMOVE_WHOM: Slot = one(ask::REMOVE_WHOM, Of::Others);
const MUTE_WHOM: Slot = or_all(ask::MUTE_WHOM, Of::Others);
const EACH: &[Slot] = &[Slot::Maybe(menus::SECONDS)];
const ROUNDS: &[(&str, &[Slot])] = &[("checkin", EACH), ("checkout", EACH), ("free", EACH), ("end", &[])];
const MOTIONS: &[(&str, &[Slot])] = &[
    ("role", &[WHOSE_ROLE, ROLE]),
    ("remove", &[REMOVE_WHOM]),
    ("mute", &[MUTE_WHOM]),
    ("charter", &[Slot::Text(menus::WHICH_RULE)]),
    ("rotate", &[]),
    ("lock", &[]),
    ("close", &[]),
];

/// What is asked for in turn after this command; `None` if it needs nothing.
pub(super) fn slots(word: Word) -> Option<&'static [Slot]> {
    Some(match word {
        Word::Mic => &[const { words(ask::MICROPHONE, &[("on", &[]), ("off", &[])]) }],
        Word::Admit => &[const { or_all(ask::ADMIT_WHOM, Of::Waiting) }],
        Word::Decline => &[const { one(ask::DECLINE_WHOM, Of::Waiting) }],
        Word::Mute => &[MUTE_WHOM],
        Word::Unmute => &[const { or_all(ask::UNMUTE_WHOM, Of::Muted) }],
        Word::Remove => &[REMOVE_WHOM],
        Word::Role => &[WHOSE_ROLE, ROLE],
        Word::Stick => &[const { Slot::One { question: ask::STICK_TO, of: Of::Members, words: &[("down", &[])] } }],
        Word::Order => &[const { words(ask::WHICH_ORDER, &[("hands", &[]), ("least", &[])]) }],
        Word::Round => &[const { words(ask::WHICH_ROUND, ROUNDS) }],
        Word::Break => &[Slot::Text(menus::BREAK_MINUTES)],
        Word::Bell => &[Slot::Text(menus::BELL_MINUTES)],
        Word::Propose => &[Slot::Text(menus::PROPOSE_WHAT)],
        Word::Amend => &[Slot::Text(menus::AMEND_TO)],
        Word::Block => &[Slot::Text(menus::BLOCK_WHY)],
        Word::Vote => &[const { words(ask::WHICH_VOTE, &[("open", &[]), ("secret", &[]), ("end", &[])]) }],
        Word::Ballot => &[const { words(ask::YOUR_VOTE, &[("yes", &[]), ("no", &[]), ("abstain", &[])]) }],
        Word::Motion => &[const { words(ask::WHICH_MOTION, MOTIONS) }],
        Word::Save => &[Slot::Text(menus::SAVE_WHERE)],
        Word::Private => &[const { one(ask::PRIVATE_TO, Of::Others) }, Slot::Text(menus::PRIVATE_WHAT)],
        Word::FollowUp => &[const { one(ask::FOLLOW_UP_WHOM, Of::Members) }, Slot::Text(menus::FOLLOW_UP_WHAT)],
        Word::Handled => &[const { one(ask::HANDLED_WHOM, Of::Trouble) }],
        Word::Volume => &[const { one(ask::VOLUME_WHOM, Of::Others) }, Slot::Text(menus::VOLUME_PERCENT)],
        Word::Note => &[Slot::Text(menus::NOTE_WHAT)],
        Word::Hand
        | Word::Who
        | Word::Link
        | Word::Invite
        | Word::Copy
        | Word::Agree
        | Word::Sound
        | Word::Rules
        | Word::Privacy
        | Word::Match
        | Word::Mismatch
        | Word::Help
        | Word::Quit
        | Word::Lock
        | Word::Unlock
        | Word::Try
        | Word::NewCode
        | Word::Verify
        | Word::Close
        | Word::Lead
        | Word::TakeBack
        | Word::GiveBack
        | Word::Ask
        | Word::Pass
        | Word::Done
        | Word::Later
        | Word::Yes
        | Word::Back
        | Word::Agenda
        | Word::Next
        | Word::Withdraw
        | Word::Aside
        | Word::Test
        | Word::Minutes
        | Word::Proposal
        | Word::Skip
        | Word::HelpMe
        | Word::Here
        | Word::Applaud
        | Word::MicDevice
        | Word::SpeakerDevice
        | Word::Aloud
        | Word::Plan
        | Word::Verbose => return None,
    })
}
