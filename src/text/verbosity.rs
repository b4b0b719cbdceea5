//! How much line mode tells of those who speak.

use super::catalogue::{Text, say, text};

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
    pub fn told(self) -> &'static str {
        match self {
            Self::Quiet => text("verbosity-level-1-not-told"),
            Self::Speakers => text("verbosity-level-2-told-who"),
            Self::All => text("verbosity-level-3-told-who"),
        }
    }
}

/// Nobody has spoken for a moment.
pub const NOBODY_SPEAKS: Text = Text::new("verbosity-nobody-speaks");

/// On the screen there is nothing to choose.
pub const SCREEN_SHOWS_SPEAKERS: Text = Text::new("verbosity-screen-shows-speakers");

/// These members begin to speak.
pub fn begins_to_speak<S: AsRef<str>>(names: &[S]) -> String {
    say!("verbosity-speak", names = super::names::names(names), count = names.len())
}
