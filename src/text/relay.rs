//! Which relay it is.

use super::advice::Advice;

/// A relay that this computer has not met before.
pub fn new_relay(relay: &str, key: &str) -> String {
    format!("This is the first time this computer meets the relay {relay}. It will recognise it by its key: {key}.")
}

/// A relay is called that nobody named.
pub fn relay_found(relay: &str, nearby: bool) -> String {
    match nearby {
        true => format!("ingle has found a relay on this network, {relay}, and asks there for your group."),
        false => format!("You named no relay, so ingle asks for your group at the one you used last: {relay}."),
    }
}

/// The relay shows another key than last time, and perhaps a certificate.
pub fn changed_key(relay: &str, key: &str, certified: bool) -> Advice {
    (
        another_key(relay, certified),
        format!(
            "Ask whoever runs it for its key. If they say {key}, start ingle again with --accept-relay-key and the key \
             they told you."
        ),
    )
}

/// The relay shows another key than the one that was to be accepted.
pub fn other_key(relay: &str, key: &str) -> Advice {
    (
        format!("The relay {relay} has another key than the one you were told, so nothing was sent to it."),
        format!("Its key is {key}. Please check with whoever runs it, by telephone if you can."),
    )
}

/// The question, where somebody can answer it.
pub fn ask_for_key(relay: &str, certified: bool) -> [String; 2] {
    let then = if certified { "After that its certificate is enough. " } else { "" };
    [
        another_key(relay, certified),
        format!("Ask whoever runs it for its key, and type it here. {then}To stop, press Enter: "),
    ]
}

fn another_key(relay: &str, certified: bool) -> String {
    let with = if certified { ", now with a certificate for its name" } else { "" };
    format!("The relay {relay} has another key than last time{with}, so nothing was sent to it.")
}

/// What was typed in answer is no key.
pub fn no_key(typed: &str) -> Advice {
    (
        format!("\u{201c}{typed}\u{201d} is not the key of a relay."),
        "Write all of it, as you were told: 8 groups of four digits and letters.".to_owned(),
    )
}

/// A line of the file of relays can't be read.
pub fn damaged_line(path: &str, line: usize) -> Advice {
    (
        format!("Line {line} of {path} can't be read, so a relay you have met before may seem new."),
        "Please remove that line.".to_owned(),
    )
}

/// The file of relays can't be read.
pub fn unread_relays(path: &str, why: &str) -> Advice {
    (
        format!("The keys of the relays you have met can't be read: {path}, {why}."),
        "You can go on; the door still checks the relay's key. Please repair or remove that file later.".to_owned(),
    )
}

/// A relay's key can't be kept.
pub fn unkept_relay(relay: &str, path: &str, why: &str) -> Advice {
    (
        format!("The key of the relay {relay} can't be remembered: {path}, {why}."),
        "You can go on, but next time this computer will not recognise the relay.".to_owned(),
    )
}

/// The relay was started again, and the group waits for its members.
pub fn restoring(back: u8, of: u8) -> String {
    format!("The relay was started again. {back} of {of} are back; the group goes on when most are.")
}

/// It goes on.
pub const RESTORED: &str = "The relay was started again. The group goes on where it was.";

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
