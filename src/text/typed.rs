//! What is wrong with a command that was typed, or can't be done now, and what to do next.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::names;

/// The most names in one sentence.
const NAMED: usize = 8;
/// The longest line that is repeated whole, in bytes.
const REPEATED: usize = 40;

/// At the door, after I was let in.
pub fn inside_already() -> Advice {
    advice(text("typed-circle-already"), text("typed-time-door"))
}

/// In the circle, before I am let in.
pub fn not_inside_yet() -> Advice {
    advice(text("typed-not-circle-yet"), text("typed-please-wait-until-let"))
}

/// In the circle, after I have left.
pub fn no_longer_inside() -> Advice {
    advice(text("typed-no-longer-circle"), text("typed-can-knock-again-same"))
}

/// A command that takes nothing, with something after it.
pub fn stands_alone(typed: &str) -> Advice {
    advice(say!("typed-stands-alone", typed), say!("typed-type-by-itself", typed))
}

/// A command without what it needs; `argument` as the table has it.
pub fn needs_more(typed: &str, argument: &str) -> Advice {
    advice(say!("typed-needs-more-words", typed), form(typed, argument))
}

/// A command with what it can't take.
pub fn not_understood(typed: &str, argument: &str) -> Advice {
    advice(say!("typed-what-stands-after-not", typed), form(typed, argument))
}

/// What to type, in words: `/mic on or off`.
fn form(typed: &str, argument: &str) -> String {
    let alone = argument.starts_with('[');
    let argument = argument.replace('|', text("typed-or")).replace(['[', ']'], "");
    say!("typed-form", typed, argument, alone)
}

/// No command; `near` is the only one that begins so, and `line` is all that stands after the slash.
pub fn no_command(word: &str, near: Option<&str>, line: &str, how: Guide) -> Advice {
    let message = say!("typed-no", value = word.chars().take(20).collect::<String>());
    let help = how(Word::Help, "");
    let hint = match near {
        Some(near) => say!("typed-did-mean", near),
        None if line.len() < REPEATED => {
            say!("typed-see-what-send-line", help, line)
        }
        None => say!("typed-see-what-send-line-begin", help),
    };
    advice(message, hint)
}

/// More than fits into one line.
pub fn too_long(letters: usize, most: usize) -> Advice {
    let hint = say!("typed-letters-fit-please-use", letters, most);
    advice(text("typed-too-long-one-line"), hint)
}

/// More than fits into what only a few are to read.
pub fn too_long_for_few(most: usize) -> Advice {
    advice(text("typed-too-long-sealed-few"), say!("typed-please-say-letters-two", most))
}

/// Nobody in the circle has this name.
pub fn nobody_called(typed: &str, here: &[&str]) -> Advice {
    advice(say!("typed-nobody-called", typed), choices(text("typed-here-are"), here))
}

/// Several names begin so.
pub fn several_begin(typed: &str, several: &[&str]) -> Advice {
    advice(say!("typed-several-names-begin", typed), choices(text("typed-type-little-more"), several))
}

/// Nobody at the door has this name.
pub fn nobody_waits_called(typed: &str, all: &[&str]) -> Advice {
    advice(say!("typed-nobody-door-called", typed), choices(text("typed-door"), all))
}

/// Several at the door have the same name; a number tells them apart.
pub fn several_wait_called(name: &str, count: usize, word: Word, how: Guide) -> Advice {
    let [first, second] = [1, 2].map(|number| how(word, &format!("{name} {number}")));
    advice(say!("typed-people-door-called", count, name), say!("typed-first-them-second", first, second))
}

/// At most eight of the names, so that the sentence stays one.
fn choices(lead: &str, all: &[&str]) -> String {
    match all {
        all if all.len() > NAMED => {
            say!("typed-choices-more", lead, names = all[..NAMED].join(", "), more = all.len() - NAMED)
        }
        all => format!("{lead} {}.", names(all)),
    }
}

/// I am the one who is meant to be removed.
pub fn that_is_you(how: Guide) -> Advice {
    let (leave, close) = (how(Word::Quit, ""), how(Word::Close, ""));
    advice(text("typed-that-is-you"), say!("typed-leave-end-group-everybody", leave, close))
}

/// I am the one to whom I write.
pub fn private_to_yourself() -> Advice {
    advice(text("typed-that-is-you"), text("typed-write-name-person"))
}

/// Only those who lead say what to do for others.
pub fn only_for_yourself() -> Advice {
    advice(text("typed-can-say-only-yourself"), text("typed-tell-those-who-lead"))
}

/// There is nobody to compare words with.
pub fn nobody_to_compare() -> Advice {
    advice(text("typed-nobody-else"), text("typed-words-can-compared-once"))
}

/// Nothing was missed.
pub fn nothing_to_skip() -> Advice {
    advice(text("typed-nothing-skip"), text("typed-hear-everything-said"))
}

/// The words to compare are not known yet.
pub fn words_not_there() -> Advice {
    advice(text("typed-words-not-yet"), text("typed-they-will-moment"))
}

/// I read the words, and don't answer.
pub fn you_read() -> Advice {
    advice(text("typed-read-words-aloud"), text("typed-others-say-whether-they"))
}

/// I have answered.
pub fn answered_already() -> Advice {
    advice(text("typed-answered-already"), text("typed-if-slip-facilitator-can"))
}

/// No words are being compared.
pub fn nothing_compared() -> Advice {
    advice(text("typed-nothing-being-compared-moment"), text("typed-facilitator-can-begin"))
}

/// A hand that is up is raised, or one that is down lowered.
pub fn hand_is_so(up: bool, how: Guide) -> Advice {
    if up {
        advice(text("typed-hand-up-already"), say!("typed-lower", hand = how(Word::Hand, "down")))
    } else {
        advice(text("typed-hand-not-up"), say!("typed-raise", hand = how(Word::Hand, "up")))
    }
}

/// A door that is locked is locked, or one that isn't is unlocked.
pub fn door_is_so(locked: bool, how: Guide) -> Advice {
    if locked {
        advice(text("typed-door-locked-already"), say!("typed-unlock", unlock = how(Word::Unlock, "")))
    } else {
        advice(text("typed-door-not-locked"), say!("typed-lock", lock = how(Word::Lock, "")))
    }
}

/// A muted member is muted, or one who isn't is let speak.
pub fn mute_is_so(name: &str, muted: bool, how: Guide) -> Advice {
    if muted {
        advice(say!("typed-muted-already", name), say!("typed-let-them-speak-again", unmute = how(Word::Unmute, name)))
    } else {
        advice(say!("typed-not-muted", name), say!("typed-see-who", who = how(Word::Who, "")))
    }
}

/// Somebody who is to lead is away, or the role isn't to be had.
pub fn can_not_take_over(name: &str) -> Advice {
    advice(say!("typed-cant-take-over-from", name), text("typed-choose-somebody-whose-line"))
}

/// A point of the agenda without its minutes.
pub fn point_needs_minutes(how: Guide) -> Advice {
    let [form, example] = ["TEXT MINUTES", "Money 10"].map(|rest| how(Word::Agenda, rest));
    advice(text("typed-point-agenda-needs-minutes"), say!("typed-add-one-example", form, example))
}

/// The floor is to be given to a member who hasn't asked for it.
pub fn not_asking(name: &str, how: Guide) -> Advice {
    let stick = how(Word::Stick, name);
    advice(say!("typed-no-hand-up-does", name), say!("typed-see-who-does-give", who = how(Word::Who, ""), name, stick))
}
