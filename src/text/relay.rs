//! Which relay it is.

use super::advice::Advice;
use super::catalogue::{Text, say, text};

/// A relay that this computer has not met before.
pub fn new_relay(relay: &str, key: &str) -> String {
    say!("relay-first-time-computer-meets", relay, key)
}

/// A relay is called that nobody named.
pub fn relay_found(relay: &str, nearby: bool) -> String {
    match nearby {
        true => say!("relay-ingle-found-relay-network", relay),
        false => say!("relay-named-no-relay-ingle", relay),
    }
}

/// The relay shows another key than last time, and perhaps a certificate.
pub fn changed_key(relay: &str, key: &str, certified: bool) -> Advice {
    (another_key(relay, certified), say!("relay-ask-whoever-runs-key", key))
}

/// The relay shows another key than the one that was to be accepted.
pub fn other_key(relay: &str, key: &str) -> Advice {
    (say!("relay-relay-another-key-than", relay), say!("relay-key-please-check-whoever", key))
}

/// The question, where somebody can answer it.
pub fn ask_for_key(relay: &str, certified: bool) -> [String; 2] {
    [another_key(relay, certified), say!("relay-ask-for-key", certified)]
}

fn another_key(relay: &str, certified: bool) -> String {
    say!("relay-another-key", relay, certified)
}

/// What was typed in answer is no key.
pub fn no_key(typed: &str) -> Advice {
    (say!("relay-not-key-relay", typed), text("relay-write-all-told-8").to_owned())
}

/// A line of the file of relays can't be read.
pub fn damaged_line(path: &str, line: usize) -> Advice {
    (say!("relay-line-cant-read-relay", line, path), text("relay-please-remove-line").to_owned())
}

/// The file of relays can't be read.
pub fn unread_relays(path: &str, why: &str) -> Advice {
    (say!("relay-keys-relays-met-cant", path, why), text("relay-can-go-door-still").to_owned())
}

/// A relay's key can't be kept.
pub fn unkept_relay(relay: &str, path: &str, why: &str) -> Advice {
    (say!("relay-key-relay-cant-remembered", relay, path, why), text("relay-can-go-but-next").to_owned())
}

/// The relay was started again, and the group waits for its members.
pub fn restoring(back: u8, of: u8) -> String {
    say!("relay-relay-started-again-back", back, of)
}

/// It goes on.
pub const RESTORED: Text = Text::new("relay-restored");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Ended, Trouble};

    const KEY: &str = "5f0c 1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7";

    #[test]
    fn new_relays_changed_keys_and_intercepted_lines_differ() {
        let all = [
            new_relay("a:1", KEY),
            changed_key("a:1", KEY, false).0,
            changed_key("a:1", KEY, true).0,
            other_key("a:1", KEY).0,
            crate::text::ended(&Ended::Intercepted).0,
            crate::text::trouble(&Trouble::Intercepted, crate::text::guide::any_guide).0,
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(one.ends_with('.'));
            assert!(all[..at].iter().all(|other| other != one), "{one}");
        }
        let (_, hint) = changed_key("a:1", KEY, false);
        assert!(hint.contains(KEY) && hint.contains("--accept-relay-key"));
        for calm in &all[..4] {
            assert!(!calm.contains("intercept"), "{calm}");
        }
    }
}
