//! What line mode asks for: numbered lists, questions, and whether something is meant.

#![allow(missing_docs, reason = "the sentences say it")]

use super::catalogue::{Text, say, text};

// Above a list.
pub const MICROPHONE: Text = Text::new("lists-microphone");
pub const ADMIT_WHOM: Text = Text::new("lists-admit-whom");
pub const DECLINE_WHOM: Text = Text::new("lists-decline-whom");
pub const MUTE_WHOM: Text = Text::new("lists-mute-whom");
pub const UNMUTE_WHOM: Text = Text::new("lists-unmute-whom");
pub const REMOVE_WHOM: Text = Text::new("lists-remove-whom");
pub const WHOSE_ROLE: Text = Text::new("lists-whose-role");
pub const WHICH_ROLE: Text = Text::new("lists-which-role");
pub const STICK_TO: Text = Text::new("lists-stick-to");
pub const WHICH_ORDER: Text = Text::new("lists-which-order");
pub const WHICH_ROUND: Text = Text::new("lists-which-round");
pub const WHICH_VOTE: Text = Text::new("lists-which-vote");
pub const YOUR_VOTE: Text = Text::new("lists-your-vote");
pub const WHICH_MOTION: Text = Text::new("lists-which-motion");
pub const PRIVATE_TO: Text = Text::new("lists-private-to");
pub const FOLLOW_UP_WHOM: Text = Text::new("lists-follow-up-whom");
pub const HANDLED_WHOM: Text = Text::new("lists-handled-whom");
pub const VOLUME_WHOM: Text = Text::new("lists-volume-whom");

/// There is nobody for a list.
pub const NOBODY_TO_CHOOSE: Text = Text::new("lists-nobody-to-choose");
/// The answer was no, or none.
pub const NOTHING_DONE: Text = Text::new("lists-nothing-done");
/// How a question is answered.
pub const YES_OR_NO: Text = Text::new("lists-yes-or-no");
/// The one whom a question was about is no longer there.
pub const GONE_MEANWHILE: Text = Text::new("lists-gone-meanwhile");

/// One of a list.
pub fn item(number: usize, label: &str) -> String {
    format!("{number}: {label}")
}

/// Below a list.
pub fn type_a_number(count: usize) -> String {
    say!("lists-type-a-number", count)
}

/// What was typed is not in the list.
pub fn none_of_them(count: usize) -> String {
    say!("lists-not-list", type_a_number = type_a_number(count))
}

/// What was chosen has gone.
pub fn no_longer_there(label: &str) -> String {
    say!("lists-no-longer-nothing-done", label)
}

/// A question that is answered in writing.
pub fn write_it(question: &str) -> String {
    match question.strip_suffix(':') {
        Some(wanted) => say!("lists-empty-line-leave", wanted),
        None => say!("lists-empty-line-leaves", question),
    }
}

/// Several lines came at once.
pub fn pasted(lines: usize) -> String {
    say!("lists-pasted-lines-type-yes", lines)
}

/// What was pasted is too long for one message.
pub fn pasted_too_much(count: usize, most: usize) -> String {
    say!("lists-pasted-characters-message-room", count, most)
}

/// Leave, and hand over to this member?
pub fn hand_over_question(name: &str) -> [String; 2] {
    [say!("lists-leave-group-hand-over", name), text("lists-can-come-back-same").to_owned()]
}
