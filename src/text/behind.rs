//! Hearing what was missed, some seconds behind what is said now.

use super::commands::Word;
use super::guide::Guide;

/// I have missed something, and hear it now.
pub fn i_am_behind(seconds: u8, how: Guide) -> String {
    let skip = how(Word::Skip, "");
    format!("You are {}. You now hear what you missed, a little faster. To skip it, {skip}.", behind(seconds))
}

/// A member hears what it has missed.
pub fn member_behind(name: &str, seconds: u8) -> String {
    format!("{name} is {}, and now hears what was missed.", behind(seconds))
}

/// What I hear is live again.
pub const LIVE_AGAIN: &str = "You hear everything as it is said again.";

/// A member hears what is live.
pub fn member_live(name: &str) -> String {
    format!("{name} hears everything again as it is said.")
}

/// How far behind, in words; from 255 seconds on it is minutes.
pub(super) fn behind(seconds: u8) -> String {
    match seconds {
        1 => "1 second behind".to_owned(),
        u8::MAX => "minutes behind".to_owned(),
        seconds => format!("{seconds} seconds behind"),
    }
}
