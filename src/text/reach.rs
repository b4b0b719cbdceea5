//! From where the relay in this computer can be reached.

use super::advice::{Advice, advice};
use super::commands::Word;
use super::guide::Guide;
use crate::session::Reach;

/// From where, and what to do if that isn't enough.
pub fn reach(reach: Reach) -> Advice {
    match reach {
        Reach::Everybody => advice("People from everywhere can reach this computer: that was tested from outside.", ""),
        Reach::Untested => advice(
            "This computer and its router let people in from everywhere, as far as they tell; that was not tested from outside.",
            "If somebody can't come in, meet at a relay that all of you can reach, with --relay HOST:PORT.",
        ),
        Reach::Network { tested, port } => advice(
            match tested {
                true => "Only people on your own network can come in: nothing that was sent from outside has arrived.",
                false => "Only people on your own network can come in: your router gives no way in from outside.",
            },
            format!(
                "Let your router pass UDP port {port} on to this computer, or meet at a relay that all of you can reach, with \
                 --relay HOST:PORT."
            ),
        ),
    }
}

/// The same as it is told by itself.
pub fn reach_lines(who: Reach, how: Guide) -> Vec<String> {
    let (message, hint) = reach(who);
    let mut lines: Vec<_> = [message, hint].into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend(matches!(who, Reach::Everybody | Reach::Untested).then(|| {
        format!("The invitation says now how to come in from outside. To see it, {}.", how(Word::Invite, ""))
    }));
    lines
}

/// The same in one word, for scripts. The words stay.
pub fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Everybody => "everybody",
        Reach::Untested => "untested",
        Reach::Network { .. } => "network",
    }
}
