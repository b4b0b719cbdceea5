//! What others need to come in, and what everybody should know before.

/// A text to paste into a message to others. Who pastes all of it as the code comes in as well: its third line is the
/// command.
pub fn invitation(code: &str, relay: &str, title: &str) -> String {
    format!(
        "You are invited to \"{title}\", a group that meets by voice. To join, open a terminal and type:\n\n  \
         ingle join {code} --relay {relay}\n\nPlease don't pass this on: whoever has it can knock at the door."
    )
}

/// What this version protects and what it doesn't, one sentence each.
pub fn explain_privacy() -> [&'static str; 3] {
    [
        "This version is not private yet: whoever runs the relay could listen, and read names and what is written.",
        "Between you and the relay everything is encrypted.",
        "ingle itself records nothing; please say here only what you would say on an ordinary telephone.",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_holds_the_whole_command() {
        let text = invitation("4821-otter-lamp-violin", "relay.example:4433", "Tuesday group");
        assert!(text.lines().any(|line| line.trim() == "ingle join 4821-otter-lamp-violin --relay relay.example:4433"));
        assert!(text.contains("\"Tuesday group\""));
    }
}
