//! Themes: the colours of the screen.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};

/// What a colour can be, for a sentence.
pub fn colors() -> [&'static str; 3] {
    ["\"#rrggbb\"", text("theme-name-of-color"), "terminal"]
}

/// There is no theme of this name, and no file.
pub fn no_theme(chosen: &str, nearest: Option<&str>, names: &[&str]) -> Advice {
    let hint = match nearest {
        Some(nearest) => say!("theme-nearest", nearest),
        None => say!("theme-there-are", names = names.join(", ")),
    };
    advice(say!("theme-none", chosen = chosen.escape_debug().to_string()), hint)
}

/// Some text of a theme is hard to read; the least contrast of those parts.
pub fn hard_to_read(parts: &[&str], least: f64) -> String {
    say!("theme-hard-to-read", parts = parts.join(", "), least = format!("{least:.1}"))
}

/// The parts as their keys are called in a file.
pub const PARTS: [&str; 7] = ["text", "heading", "faint", "selected-text", "speaking", "open-text", "blocked-text"];
