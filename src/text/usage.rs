//! What is wrong with a command line, and what to do next.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};

/// There is no such command.
pub fn no_command(word: &str, nearest: Option<&str>, help: &str) -> Advice {
    advice(say!("usage-no-command", word), or_help(nearest, help))
}

/// There is no such option here, or nothing can stand here.
pub fn not_known(word: &str, nearest: Option<&str>, help: &str) -> Advice {
    advice(say!("usage-not-known", word), or_help(nearest, help))
}

/// An option can't be this; `possible` is what it can be, if that can be listed.
pub fn no_value(option: &str, value: &str, possible: &[String], help: &str) -> Advice {
    let message =
        if value.is_empty() { say!("usage-value-missing", option) } else { say!("usage-no-value", option, value) };
    advice(message, if possible.is_empty() { see(help) } else { say!("usage-can-be", names = possible.join(", ")) })
}

/// Two options that can't go together.
pub fn not_together(one: &str, other: &str) -> Advice {
    let message = if one == other { say!("usage-twice", one) } else { say!("usage-not-together", one, other) };
    advice(message, text("usage-leave-one-out"))
}

/// Something that has to be there.
pub fn missing(what: &str, help: &str) -> Advice {
    advice(say!("usage-missing", what), see(help))
}

/// Anything else.
pub fn not_understood(help: &str) -> Advice {
    advice(text("usage-not-understood"), see(help))
}

fn or_help(nearest: Option<&str>, help: &str) -> String {
    nearest.map_or_else(|| see(help), |nearest| say!("usage-nearest", nearest))
}

fn see(help: &str) -> String {
    say!("usage-see", help)
}
