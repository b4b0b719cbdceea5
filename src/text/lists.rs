//! What line mode asks for: numbered lists, questions, and whether something is meant.

#![allow(missing_docs, reason = "the sentences say it")]

// Above a list.
pub const MICROPHONE: &str = "Your microphone: on or off?";
pub const ADMIT_WHOM: &str = "Who should be let in?";
pub const DECLINE_WHOM: &str = "Who should be turned away?";
pub const MUTE_WHOM: &str = "Who should be muted?";
pub const UNMUTE_WHOM: &str = "Who may speak again?";
pub const REMOVE_WHOM: &str = "Who should leave the group?";
pub const WHOSE_ROLE: &str = "Whose role should change?";
pub const WHICH_ROLE: &str = "Which role?";
pub const STICK_TO: &str = "Who gets the talking stick?";
pub const WHICH_ORDER: &str = "Raised hands: in the order they went up, or those heard least first?";
pub const WHICH_ROUND: &str = "Which round?";
pub const WHICH_VOTE: &str = "Which vote, or its end?";
pub const YOUR_VOTE: &str = "Your vote?";
pub const WHICH_MOTION: &str = "What should the group vote on?";
pub const PRIVATE_TO: &str = "Who is it for?";
pub const FOLLOW_UP_WHOM: &str = "Who might vanish?";
pub const HANDLED_WHOM: &str = "Who has been looked after?";
pub const VOLUME_WHOM: &str = "Whom do you want to hear louder or softer?";

/// There is nobody for a list.
pub const NOBODY_TO_CHOOSE: &str = "There is nobody to choose.";
/// The answer was no, or none.
pub const NOTHING_DONE: &str = "Nothing was done.";
/// How a question is answered.
pub const YES_OR_NO: &str = "Type yes or no.";
/// The one whom a question was about is no longer there.
pub const GONE_MEANWHILE: &str = "They have gone meanwhile, so nothing was done.";

/// One of a list.
pub fn item(number: usize, label: &str) -> String {
    format!("{number}: {label}")
}

/// Below a list.
pub fn type_a_number(count: usize) -> String {
    match count {
        1 => "Type 1, or 0 to leave it.".to_owned(),
        2 => "Type 1 or 2, or 0 to leave it.".to_owned(),
        _ => format!("Type a number from 1 to {count}, or 0 to leave it."),
    }
}

/// What was typed is not in the list.
pub fn none_of_them(count: usize) -> String {
    format!("That is not in the list. {}", type_a_number(count))
}

/// What was chosen has gone.
pub fn no_longer_there(label: &str) -> String {
    format!("{label} is no longer there, so nothing was done.")
}

/// A question that is answered in writing.
pub fn write_it(question: &str) -> String {
    match question.strip_suffix(':') {
        Some(wanted) => format!("{wanted}, or an empty line to leave it:"),
        None => format!("{question} An empty line leaves it."),
    }
}

/// Several lines came at once.
pub fn pasted(lines: usize) -> String {
    format!("You pasted {lines} lines. Type yes to send them to everybody as one message, or no to drop them.")
}

/// What was pasted is too long for one message.
pub fn pasted_too_much(count: usize, most: usize) -> String {
    format!("You pasted {count} characters, and a message has room for {most}. Nothing was sent.")
}

/// Leave, and hand over to this member?
pub fn hand_over_question(name: &str) -> [String; 2] {
    [format!("Leave the group, and hand over to {name}?"), "You can come back with the same code.".to_owned()]
}
