//! What others need to come in.

use super::catalogue::{Text, say, text};

/// Letters of a text message; more is sent as two.
const SMS: usize = 160;
/// What stands before the relay in a link.
pub const SCHEME: &str = "ingle://";
/// How somebody who hasn't got ingle gets it.
const INSTALL: &str = "cargo install ingle";

/// What a host adds to an invitation; empty where there is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationExtras {
    /// When the group meets, as a person writes it.
    pub when: String,
    /// Whom to call for help.
    pub help: String,
}

/// A link that `ingle join` takes, and a click where ingle's desktop entry is installed.
pub fn invitation_link(code: &str, relay: &str) -> String {
    format!("{SCHEME}{relay}/{code}")
}

/// A text to paste into a message to others. Whoever pastes all of it as the code comes in as well: its third line is the
/// command.
pub fn invitation(code: &str, relay: &str, title: &str) -> String {
    long_invitation(code, relay, title, &InvitationExtras::default())
}

/// The same with what the host adds.
pub fn long_invitation(code: &str, relay: &str, title: &str, extras: &InvitationExtras) -> String {
    // Brackets mean something in some shells, and commas in others.
    let quote = if relay.contains(['[', ',']) { "\"" } else { "" };
    let InvitationExtras { when, help } = extras;
    let link = invitation_link(code, relay);
    let when = if when.is_empty() { String::new() } else { format!(" {}", say!("invite-meets", when)) };
    let help = if help.is_empty() { String::new() } else { format!("\n{}", say!("invite-help", help)) };
    let (begin, get) = (say!("invite-begin", title, when), say!("invite-get", link, install = INSTALL));
    format!("{begin}\n\n  ingle join {code} --relay {quote}{relay}{quote}\n\n{get}{help}\n\n{}", text("invite-end"))
}

/// The same for a text message: at most 160 letters, all of them plain, since others halve what fits. What doesn't fit is left
/// out, the ways to the relay behind the first at last.
pub fn short_invitation(code: &str, relay: &str, title: &str, extras: &InvitationExtras) -> String {
    let first = relay.split(',').next().unwrap_or(relay);
    let plain = |text: &str| text.chars().all(|c| (' '..='~').contains(&c) && !"[]{}~\\^|`".contains(c));
    let named = if plain(title) { say!("invite-join", title) } else { text("invite-join-us").to_owned() };
    let when =
        if extras.when.is_empty() || !plain(&extras.when) { String::new() } else { format!(", {}", extras.when) };
    let help = if extras.help.is_empty() || !plain(&extras.help) {
        String::new()
    } else {
        format!(" {}", say!("invite-help-short", help = extras.help))
    };
    let of = |lead: &str, relay: &str, help: &str| {
        let short = say!("invite-short", lead, link = invitation_link(code, relay), install = INSTALL);
        format!("{short}{help}")
    };
    let us = text("invite-join-us");
    let tries = [
        of(&format!("{named}{when}"), relay, &help),
        of(&format!("{named}{when}"), first, &help),
        of(&format!("{us}{when}"), first, &help),
        of(us, first, &help),
        of(us, first, ""),
    ];
    let bare = invitation_link(code, first);
    tries.into_iter().find(|text| text.chars().count() <= SMS).unwrap_or(bare)
}

/// Above the short form.
pub const SHORT_FORM: Text = Text::new("invite-short-form");

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "4821-otter-lamp-violin";

    fn extras() -> InvitationExtras {
        InvitationExtras { when: "Tuesday 19:00".into(), help: "+44 20 7946 0000".into() }
    }

    #[test]
    fn the_invitation_holds_the_whole_command() {
        let text = invitation(CODE, "relay.example:4433", "Tuesday group");
        assert!(text.lines().any(|line| line.trim() == "ingle join 4821-otter-lamp-violin --relay relay.example:4433"));
        assert!(
            text.contains("\"Tuesday group\"") && text.contains("ingle://relay.example:4433/4821-otter-lamp-violin\n")
        );
        assert!(!text.contains("meets:") && !text.contains("For help"));
        let text = long_invitation(CODE, "[2001:db8::5]:7000", "Tuesday group", &extras());
        assert!(text.contains("--relay \"[2001:db8::5]:7000\"\n"), "{text}");
        assert!(text.contains("It meets: Tuesday 19:00.") && text.contains("\nFor help, call +44 20 7946 0000.\n"));
    }

    #[test]
    fn the_short_form_fits_a_text_message() {
        let short = |relay: &str, title: &str| short_invitation(CODE, relay, title, &extras());
        let whole = short("relay.example:4433", "Tuesday group");
        assert_eq!(
            whole,
            "Join \"Tuesday group\", Tuesday 19:00 by voice: ingle://relay.example:4433/4821-otter-lamp-violin (cargo install \
             ingle). Help: +44 20 7946 0000."
        );
        let ways = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff,192.168.100.100:4433,10.0.0.1:4433";
        for (relay, title) in [
            ("relay.example:4433", "Dienstagsgruppe für alle 李"),
            (ways, "Tuesday group"),
            ("r:1", &"x".repeat(200)[..]),
        ] {
            let text = short(relay, title);
            assert!(text.len() <= SMS && text.is_ascii() && text.contains(CODE), "{} {text}", text.len());
            assert!(text.contains(relay.split(',').next().expect("one")), "{text}");
        }
        let endless = format!("{}.example:4433", "a".repeat(200));
        assert_eq!(short(&endless, "T"), invitation_link(CODE, &endless), "the link is whole, whatever its length");
    }
}
