//! Hearing what was missed, some seconds behind what is said now.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;

/// I have missed something, and hear it now.
pub fn i_am_behind(seconds: u8, how: Guide) -> String {
    let skip = how(Word::Skip, "");
    say!("behind-me", behind = behind(seconds), skip)
}

/// A member hears what it has missed.
pub fn member_behind(name: &str, seconds: u8) -> String {
    say!("behind-member", name, behind = behind(seconds))
}

/// What I hear is live again.
pub const LIVE_AGAIN: Text = Text::new("behind-live-again");

/// A member hears what is live.
pub fn member_live(name: &str) -> String {
    say!("behind-hears-everything-again-said", name)
}

/// How far behind, in words; from 255 seconds on it is minutes.
pub(super) fn behind(seconds: u8) -> String {
    match seconds {
        u8::MAX => text("behind-minutes").to_owned(),
        seconds => say!("behind-seconds", seconds),
    }
}
