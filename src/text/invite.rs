//! What others need to come in.

/// A text to paste into a message to others. Whoever pastes all of it as the code comes in as well: its third line is the
/// command.
pub fn invitation(code: &str, relay: &str, title: &str) -> String {
    format!(
        "You are invited to \"{title}\", a group that meets by voice. To join, open a terminal and type:\n\n  \
         ingle join {code} --relay {relay}\n\nPlease don't pass this on: whoever has it can knock at the door."
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
    }
}
