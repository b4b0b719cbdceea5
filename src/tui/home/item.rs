//! What can be chosen.

use crate::text::home::{self as text, Entry};
use crate::text::{Language, cue};

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Join,
    Host,
    Sound,
    Practise,
    Settings,
    Leave,
    TryNow,
    Later,
    /// With what is in force.
    Name(String),
    Microphone(String),
    Speaker(String),
    /// Whether there are soft sounds.
    Cues(bool),
    /// The one that is read now.
    Language(Language),
    Back,
    /// A device by its name; empty for the one that the computer offers.
    Device(String),
    Again,
    OtherDevices,
    Done,
}

impl Item {
    /// What it is called, and a sentence.
    pub(super) fn entry(&self) -> (String, String) {
        let of = |(title, sentence): Entry| (title.to_owned(), sentence.to_owned());
        let or_offered = |name: &String| if name.is_empty() { text::OFFERED.to_owned() } else { name.clone() };
        match self {
            Self::Join => of(text::JOIN),
            Self::Host => of(text::HOST),
            Self::Sound => of(text::SOUND),
            Self::Practise => of(text::PRACTISE),
            Self::Settings => of(text::SETTINGS),
            Self::Leave => of(text::LEAVE),
            Self::TryNow => of(text::TRY_NOW),
            Self::Later => of(text::TRY_LATER),
            Self::Name(name) if name.is_empty() => (text::CHANGE_NAME.to_owned(), text::ASKED_EACH_TIME.to_owned()),
            Self::Name(name) => (text::CHANGE_NAME.to_owned(), name.clone()),
            Self::Microphone(name) => (text::CHANGE_MIC.to_owned(), or_offered(name)),
            Self::Speaker(name) => (text::CHANGE_SPEAKER.to_owned(), or_offered(name)),
            Self::Cues(on) => (cue::CUES.to_owned(), (if *on { cue::CUES_ON } else { cue::CUES_OFF }).to_owned()),
            Self::Language(language) => (text::CHANGE_LANGUAGE.to_owned(), language.name().to_owned()),
            Self::Back => of(text::BACK),
            Self::Device(name) if name.is_empty() => (text::OFFERED.to_owned(), String::new()),
            Self::Device(name) => (name.clone(), String::new()),
            Self::Again => of(text::AGAIN),
            Self::OtherDevices => of(text::OTHERS),
            Self::Done => of(text::DONE),
        }
    }

    /// The key that chooses it, where it stands `at` in its list.
    pub(super) fn key(&self, at: usize) -> Option<char> {
        match self {
            Self::Join => Some('j'),
            Self::Host => Some('h'),
            Self::Sound => Some('s'),
            Self::Practise => Some('p'),
            Self::Settings => Some('e'),
            Self::Leave => Some('q'),
            Self::TryNow => Some('y'),
            Self::Later => Some('l'),
            Self::Name(_) => Some('n'),
            Self::Microphone(_) => Some('m'),
            Self::Speaker(_) => Some('s'),
            Self::Cues(_) => Some('c'),
            Self::Language(_) => Some('l'),
            Self::Back => Some('b'),
            Self::Device(_) => char::from_digit(u32::try_from(at + 1).ok()?, 10),
            Self::Again => Some('a'),
            Self::OtherDevices => Some('o'),
            Self::Done => Some('d'),
        }
    }
}
