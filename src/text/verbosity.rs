//! How much line mode tells of those who speak.

/// How much line mode tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// What can't be heard.
    #[default]
    Quiet,
    /// Whoever begins to speak, too.
    Speakers,
    /// And when nobody speaks any more.
    All,
}

impl Verbosity {
    /// All of them, the first as 1.
    pub const ALL: [Self; 3] = [Self::Quiet, Self::Speakers, Self::All];

    /// As it is typed: 1, 2 or 3.
    pub fn typed(typed: &str) -> Option<Self> {
        typed.parse::<usize>().ok().and_then(|number| Self::ALL.get(number.checked_sub(1)?)).copied()
    }

    /// What is told now.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Quiet => "Level 1: you are not told who speaks.",
            Self::Speakers => "Level 2: you are told who begins to speak.",
            Self::All => "Level 3: you are told who begins to speak, and when nobody does.",
        }
    }
}

/// Nobody has spoken for a moment.
pub const NOBODY_SPEAKS: &str = "Nobody speaks.";

/// On the screen there is nothing to choose.
pub const SCREEN_SHOWS_SPEAKERS: &str = "The screen always shows who speaks. This is for line mode.";

/// These members begin to speak.
pub fn begins_to_speak<S: AsRef<str>>(names: &[S]) -> String {
    format!("{} {}.", super::names::names(names), if names.len() == 1 { "speaks" } else { "speak" })
}
