//! What others wrote, made safe to show: one line, without control characters, escapes or bidirectional overrides.

use unicode_width::UnicodeWidthChar;

pub use super::likeness::{is_reserved, is_written_alike, same_name};
use crate::wire::limits;

/// Whoever has no name that can be shown.
const SOMEONE: &str = "Someone";

/// A name that can be shown and told from blank space; at most [`limits::NAME_CHARS`] characters.
pub fn name(raw: &str) -> String {
    let name = line(raw, limits::NAME_CHARS);
    if name.chars().any(char::is_alphanumeric) { name } else { SOMEONE.to_owned() }
}

/// The same for somebody who comes into a group: nobody is called like a role, or as if they were the reader.
pub fn newcomer(raw: &str) -> String {
    let name = name(raw);
    if is_reserved(&name) { SOMEONE.to_owned() } else { name }
}

/// A group's title; at most [`limits::TITLE_CHARS`] characters, and never blank.
pub fn title(raw: &str) -> String {
    let title = line(raw, limits::TITLE_CHARS);
    if title.is_empty() { "The group".to_owned() } else { title }
}

/// A line of chat; at most [`limits::CHAT_CHARS`] characters, possibly none.
pub fn chat(raw: &str) -> String {
    line(raw, limits::CHAT_CHARS)
}

/// A point of the agenda; at most [`limits::POINT_CHARS`] characters, possibly none.
pub fn point(raw: &str) -> String {
    line(raw, limits::POINT_CHARS)
}

/// What is proposed; at most [`limits::PROPOSAL_CHARS`] characters, possibly none.
pub fn proposal(raw: &str) -> String {
    line(raw, limits::PROPOSAL_CHARS)
}

/// Why somebody blocks a proposal; at most [`limits::REASON_CHARS`] characters, possibly none.
pub fn reason(raw: &str) -> String {
    line(raw, limits::REASON_CHARS)
}

fn line(raw: &str, most: usize) -> String {
    let mut out = String::new();
    let (mut count, mut marks, mut blank) = (0, 0, true);
    for c in raw.chars() {
        if c.is_whitespace() || c == '\u{2028}' || c == '\u{2029}' {
            if !blank && count < most {
                out.push(' ');
                count += 1;
            }
            blank = true;
            continue;
        }
        if c.is_control() || is_hidden(c) {
            continue;
        }
        // Marks that take no column pile up over the line above; two are enough for any script.
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        if marks > 2 || (blank && marks > 0) {
            continue;
        }
        if count == most {
            break;
        }
        out.push(c);
        count += 1;
        blank = false;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that turn the direction of a line, or that nobody can see.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFD}' | '\u{E0000}'..='\u{E0FFF}'
        | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_and_overrides_are_gone() {
        assert_eq!(name("A\u{1b}[31mna\u{202e}\u{0007}"), "A[31mna");
        assert_eq!(chat("one\r\ntwo\u{2028}three\u{9b}2J"), "one two three2J");
        assert_eq!(name(" \u{200b}\u{3164} "), "Someone");
        assert_eq!(title("\t\n"), "The group");
    }

    #[test]
    fn piles_of_marks_and_long_names_are_cut() {
        assert_eq!(name(&format!("e{}x", "\u{301}".repeat(40))), "e\u{301}\u{301}x");
        assert_eq!(name(&"n".repeat(500)).chars().count(), limits::NAME_CHARS);
    }

    #[test]
    fn names_in_any_script_stay() {
        for good in ["Zoë", "Мария", "أحمد", "李娜", "Ngozi-Anne O'Hara", "Dr. Müller"] {
            assert_eq!(name(good), good);
        }
        assert!(same_name("Ana", "aNA\u{200d}") && !same_name("Ana", "Anna"));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(raw in "\\PC*|[\\x00-\\u{2fff}]*") {
            let once = chat(&raw);
            prop_assert_eq!(&chat(&once), &once);
            prop_assert!(once.chars().count() <= limits::CHAT_CHARS);
            prop_assert!(!once.chars().any(|c| c.is_control() || is_hidden(c)));
        }
    }
}
