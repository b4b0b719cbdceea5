//! What others need to come in.

/// A text to paste into a message to others. Whoever pastes all of it as the code comes in as well: its third line is the
/// command.
pub fn invitation(code: &str, relay: &str, title: &str) -> String {
    // Brackets mean something in some shells, and commas in others.
    let quote = if relay.contains(['[', ',']) { "\"" } else { "" };
    format!(
        "You are invited to \"{title}\", a group that meets by voice. To join, open a terminal and type:\n\n  \
         ingle join {code} --relay {quote}{relay}{quote}\n\nPlease don't pass this on: whoever has it can knock at the door."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_holds_the_whole_command() {
        let text = invitation("4821-otter-lamp-violin", "relay.example:4433", "Tuesday group");
        assert!(text.lines().any(|line| line.trim() == "ingle join 4821-otter-lamp-violin --relay relay.example:4433"));
        assert!(text.contains("\"Tuesday group\""));
        let text = invitation("4821-otter-lamp-violin", "[2001:db8::5]:7000", "Tuesday group");
        assert!(text.contains("--relay \"[2001:db8::5]:7000\"\n"), "{text}");
    }
}
