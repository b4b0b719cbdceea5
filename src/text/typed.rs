//! What is wrong with a command that was typed, or can't be done now, and what to do next.

use super::advice::{Advice, advice};
use super::commands::Word;
use super::guide::Guide;
use super::names::names;

/// The most names in one sentence.
const NAMED: usize = 8;
/// The longest line that is repeated whole, in bytes.
const REPEATED: usize = 40;

/// At the door, after I was let in.
pub fn inside_already() -> Advice {
    advice("You are in the circle already.", "That is for the time at the door.")
}

/// In the circle, before I am let in.
pub fn not_inside_yet() -> Advice {
    advice("You are not in the circle yet.", "Please wait until you are let in.")
}

/// In the circle, after I have left.
pub fn no_longer_inside() -> Advice {
    advice("You are no longer in the circle.", "You can knock again with the same code.")
}

/// A command that takes nothing, with something after it.
pub fn stands_alone(typed: &str) -> Advice {
    advice(format!("/{typed} stands alone."), format!("Type /{typed} by itself."))
}

/// A command without what it needs; `argument` as the table has it.
pub fn needs_more(typed: &str, argument: &str) -> Advice {
    advice(format!("/{typed} needs more words."), form(typed, argument))
}

/// A command with what it can't take.
pub fn not_understood(typed: &str, argument: &str) -> Advice {
    advice(format!("What stands after /{typed} was not understood."), form(typed, argument))
}

/// What to type, in words: `/mic on or off`.
fn form(typed: &str, argument: &str) -> String {
    let alone = if argument.starts_with('[') { " by itself, or with " } else { " " };
    let argument = argument.replace('|', " or ").replace(['[', ']'], "");
    format!("Type /{typed}{alone}{argument}.")
}

/// No command; `near` is the only one that begins so, and `line` is all that stands after the slash.
pub fn no_command(word: &str, near: Option<&str>, line: &str, how: Guide) -> Advice {
    let message = format!("There is no /{}.", word.chars().take(20).collect::<String>());
    let help = how(Word::Help, "");
    let hint = match near {
        Some(near) => format!("Did you mean /{near}?"),
        None if line.len() < REPEATED => {
            format!("To see what there is, {help}; to send the line as it is, type /{line}.")
        }
        None => format!("To see what there is, {help}; to send the line as it is, begin it with //."),
    };
    advice(message, hint)
}

/// More than fits into one line.
pub fn too_long(letters: usize, most: usize) -> Advice {
    let hint = format!("It has {letters} letters, and {most} fit. Please use fewer words, or two parts.");
    advice("That is too long for one line, and was not sent.", hint)
}

/// More than fits into what only a few are to read.
pub fn too_long_for_few(most: usize) -> Advice {
    advice(
        "That is too long to be sealed for a few people.",
        format!("Please say it in {most} letters, or in two parts."),
    )
}

/// Nobody in the circle has this name.
pub fn nobody_called(typed: &str, here: &[&str]) -> Advice {
    advice(format!("Nobody here is called \"{typed}\"."), choices("Here are", here))
}

/// Several names begin so.
pub fn several_begin(typed: &str, several: &[&str]) -> Advice {
    advice(format!("Several names begin with \"{typed}\"."), choices("Type a little more:", several))
}

/// Nobody at the door has this name.
pub fn nobody_waits_called(typed: &str, all: &[&str]) -> Advice {
    advice(format!("Nobody at the door is called \"{typed}\"."), choices("At the door:", all))
}

/// Several at the door have the same name; a number tells them apart.
pub fn several_wait_called(name: &str, count: usize, word: Word, how: Guide) -> Advice {
    let [first, second] = [1, 2].map(|number| how(word, &format!("{name} {number}")));
    advice(
        format!("{count} people at the door are called \"{name}\"."),
        format!("For the first of them, {first}; for the second, {second}."),
    )
}

/// At most eight of the names, so that the sentence stays one.
fn choices(lead: &str, all: &[&str]) -> String {
    match all {
        all if all.len() > NAMED => {
            format!("{lead} {} and {} more.", all[..NAMED].join(", "), all.len() - NAMED)
        }
        all => format!("{lead} {}.", names(all)),
    }
}

/// I am the one who is meant to be removed.
pub fn that_is_you(how: Guide) -> Advice {
    let (leave, close) = (how(Word::Quit, ""), how(Word::Close, ""));
    advice("That is you.", format!("To leave, {leave}; to end the group for everybody, {close}."))
}

/// I am the one to whom I write.
pub fn private_to_yourself() -> Advice {
    advice("That is you.", "Write the name of the person it is for.")
}

/// Only those who lead say what to do for others.
pub fn only_for_yourself() -> Advice {
    advice("You can say this only for yourself.", "Tell those who lead what should be done for others.")
}

/// There is nobody to compare words with.
pub fn nobody_to_compare() -> Advice {
    advice("Nobody else is here.", "Words can be compared once somebody has joined.")
}

/// Nothing was missed.
pub fn nothing_to_skip() -> Advice {
    advice("There is nothing to skip.", "You hear everything as it is said.")
}

/// The words to compare are not known yet.
pub fn words_not_there() -> Advice {
    advice("The words are not here yet.", "They will be in a moment.")
}

/// I read the words, and don't answer.
pub fn you_read() -> Advice {
    advice("You read the words aloud.", "The others say whether they are the same.")
}

/// I have answered.
pub fn answered_already() -> Advice {
    advice("You have answered already.", "If it was a slip, the facilitator can compare again.")
}

/// No words are being compared.
pub fn nothing_compared() -> Advice {
    advice("Nothing is being compared at the moment.", "The facilitator can begin it.")
}

/// A hand that is up is raised, or one that is down lowered.
pub fn hand_is_so(up: bool, how: Guide) -> Advice {
    if up {
        advice("Your hand is up already.", format!("To lower it, {}.", how(Word::Hand, "down")))
    } else {
        advice("Your hand is not up.", format!("To raise it, {}.", how(Word::Hand, "up")))
    }
}

/// A door that is locked is locked, or one that isn't is unlocked.
pub fn door_is_so(locked: bool, how: Guide) -> Advice {
    if locked {
        advice("The door is locked already.", format!("To unlock it, {}.", how(Word::Unlock, "")))
    } else {
        advice("The door is not locked.", format!("To lock it, {}.", how(Word::Lock, "")))
    }
}

/// A muted member is muted, or one who isn't is let speak.
pub fn mute_is_so(name: &str, muted: bool, how: Guide) -> Advice {
    if muted {
        advice(format!("{name} is muted already."), format!("To let them speak again, {}.", how(Word::Unmute, name)))
    } else {
        advice(format!("{name} is not muted."), format!("To see who is, {}.", how(Word::Who, "")))
    }
}

/// Somebody who is to lead is away, or the role isn't to be had.
pub fn can_not_take_over(name: &str) -> Advice {
    advice(
        format!("{name} can't take over from you now."),
        "Choose somebody whose line is good. Where the group meets through your computer, nobody can take over.",
    )
}

/// A point of the agenda without its minutes.
pub fn point_needs_minutes(how: Guide) -> Advice {
    let [form, example] = ["TEXT MINUTES", "Money 10"].map(|rest| how(Word::Agenda, rest));
    advice("A point of the agenda needs its minutes.", format!("To add one, {form}. For example, {example}."))
}

/// The floor is to be given to a member who hasn't asked for it.
pub fn not_asking(name: &str, how: Guide) -> Advice {
    let stick = how(Word::Stick, name);
    advice(
        format!("{name} has no hand up, and does not ask to speak."),
        format!("To see who does, {}; to give {name} the talking stick, {stick}.", how(Word::Who, "")),
    )
}
