//! From where the relay in this computer can be reached.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::Guide;
use crate::session::Reach;

/// From where, and what to do if that isn't enough.
pub fn reach(reach: Reach) -> Advice {
    match reach {
        Reach::Everybody => advice(text("reach-people-from-everywhere-can"), ""),
        Reach::Untested => advice(text("reach-computer-router-let-people"), text("reach-if-somebody-cant-come")),
        Reach::Network { tested, port } => advice(
            match tested {
                true => text("reach-only-people-own-network"),
                false => text("reach-only-people-own-network-can"),
            },
            say!("reach-let-router-pass-udp", port),
        ),
    }
}

/// The same as it is told by itself.
pub fn reach_lines(who: Reach, how: Guide) -> Vec<String> {
    let (message, hint) = reach(who);
    let mut lines: Vec<_> = [message, hint].into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend(
        matches!(who, Reach::Everybody | Reach::Untested)
            .then(|| say!("reach-invitation-says-now-how", invite = how(Word::Invite, ""))),
    );
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
