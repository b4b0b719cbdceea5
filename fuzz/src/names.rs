//! Names, titles, chat and all else that others write, made safe to show: nothing that hides, moves or colours text stays, nothing
//! is too long, and what is safe stays as it is.

use std::time::Duration;

use ingle::session::clean;
use ingle::wire::limits;

use super::timed::took;

/// A way to make text safe, and the most characters that it leaves.
type Cleaner = (fn(&str) -> String, usize);

const CLEANERS: [Cleaner; 6] = [
    (clean::name, limits::NAME_CHARS),
    (clean::title, limits::TITLE_CHARS),
    (clean::chat, limits::CHAT_CHARS),
    (clean::point, limits::POINT_CHARS),
    (clean::proposal, limits::PROPOSAL_CHARS),
    (clean::reason, limits::REASON_CHARS),
];

/// Marks that change the direction of text, or that nobody sees.
const HIDDEN: &[char] = &[
    '\u{200b}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}', '\u{2028}', '\u{2029}',
];

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| show(&String::from_utf8_lossy(bytes)))
}

fn show(raw: &str) {
    for (clean, most) in CLEANERS {
        let shown = clean(raw);
        assert!(shown.chars().count() <= most, "{shown:?}");
        assert!(!shown.contains(|c: char| c.is_control() || HIDDEN.contains(&c)), "{shown:?}");
        assert_eq!(clean(&shown), shown, "what is safe stays");
    }
    let (one, other) = raw.split_at(raw.floor_char_boundary(raw.len() / 2));
    assert_eq!(clean::same_name(one, other), clean::same_name(other, one));
    assert!(clean::same_name(raw, raw));
}
