//! Which keys do what a command does, for the sentences that name them: taken from the keymap and the menus.

use super::keymap::{Action, Binding, Context, keymap};
use super::menu::{LINES, Line, Part};
use crate::command;
use crate::session::{Phase, Room};
use crate::text::{self, Guide, Word};

/// The keys of a command where this person is now, in a sentence: "press w and then a".
pub fn guide(room: &Room) -> Guide {
    match room.phase {
        Phase::Connecting | Phase::Waiting => |word, rest| press(&[Context::Entrance], word, rest),
        Phase::In | Phase::Returning(_) | Phase::Over(_) => |word, rest| press(&Context::CIRCLE, word, rest),
    }
}

/// The same keys alone: "w a".
pub fn keys(room: &Room) -> Guide {
    match room.phase {
        Phase::Connecting | Phase::Waiting => |word, rest| found(&[Context::Entrance], word, rest).join(" "),
        Phase::In | Phase::Returning(_) => |word, rest| found(&Context::CIRCLE, word, rest).join(" "),
        Phase::Over(_) => |word, rest| found(&[Context::Over], word, rest).join(" "),
    }
}

/// What a key is called that does this somewhere.
pub(super) fn label(context: Context, action: Action) -> &'static str {
    let does = |binding: &&Binding| binding.action == action && binding.contexts.contains(&context);
    keymap().iter().find(does).map_or("", |binding| binding.label)
}

fn press(contexts: &[Context], word: Word, rest: &str) -> String {
    match found(contexts, word, rest).as_slice() {
        [] => command::typed(word, rest),
        keys => text::press(keys),
    }
}

fn found(contexts: &[Context], word: Word, rest: &str) -> Vec<String> {
    find(keymap(), LINES, contexts, word, rest)
}

/// The keys for a command with what stands after it; none if it has no keys here. A capital letter is easily mistaken for the
/// small one, and a key that does several things for another, so a way over a menu comes before both.
fn find(bound: &[Binding], lines: &[Line], contexts: &[Context], word: Word, rest: &str) -> Vec<String> {
    let of = |context: &Context| bound.iter().filter(|binding| binding.contexts.contains(context)).collect::<Vec<_>>();
    let does = |binding: &&Binding| binding.words.contains(&word) && takes(binding.action, rest);
    let all: Vec<&Binding> = contexts.iter().flat_map(of).filter(does).collect();
    let is_plain = |binding: &&Binding| {
        binding.words.first() == Some(&word) && !binding.label.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let direct = |binding: &Binding| vec![binding.label.to_owned()];
    match all.iter().copied().find(is_plain) {
        Some(binding) => direct(binding),
        None => {
            over_a_menu(bound, lines, contexts, word, rest).or(all.first().copied().map(direct)).unwrap_or_default()
        }
    }
}

/// Whether an action of the keymap does this with what stands after the command.
fn takes(action: Action, rest: &str) -> bool {
    match action {
        Action::Ballot(choice) => text::choice(choice) == rest,
        Action::Copy => rest != text::qr::SHORT,
        Action::CopyShort => rest == text::qr::SHORT,
        // It only belongs to the invitation.
        Action::Picture | Action::Search => false,
        Action::MuteAll | Action::AdmitAll => rest == "all",
        Action::Mute | Action::Admit => rest != "all",
        _ => true,
    }
}

fn over_a_menu(bound: &[Binding], lines: &[Line], contexts: &[Context], word: Word, rest: &str) -> Option<Vec<String>> {
    let given: Vec<&str> = rest.split(' ').collect();
    let said = |line: &Line| {
        let words = line.parts.iter().filter_map(|part| if let Part::Say(word) = part { Some(*word) } else { None });
        words.collect::<Vec<_>>()
    };
    let fits = |line: &&Line| line.word == word && said(line).iter().all(|word| given.contains(word));
    // The one that says the most of it, or else asks for something if something is given; of those the first.
    let asks = |line: &Line| rest.is_empty() == line.parts.is_empty();
    let line = lines.iter().filter(fits).rev().max_by_key(|line| (said(line).len(), asks(line)))?;
    let opens = |binding: &&Binding| {
        binding.action == Action::Open(line.menu) && binding.contexts.iter().any(|context| contexts.contains(context))
    };
    let menu = bound.iter().find(opens)?;
    Some(vec![menu.label.to_owned(), line.key.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::COMMANDS;
    use crate::session::Trouble;
    use crate::session::fixture::nine;
    use crate::tui::keymap::{Key, Who};
    use crossterm::event::KeyCode;

    #[test]
    fn every_command_has_keys_at_the_door_or_in_the_circle() {
        // The speaker is always on the screen.
        for entry in COMMANDS.iter().filter(|entry| entry.word != Word::Verbose) {
            // What stands after it where the menus say it.
            let rest = match entry.word {
                Word::Order => "least",
                Word::Round => "checkin",
                Word::Vote => "open",
                Word::Ballot => "yes",
                Word::Motion => "role NAME facilitator",
                Word::Role => "NAME co",
                _ => "",
            };
            let keys = [&[Context::Entrance][..], &Context::CIRCLE].map(|contexts| found(contexts, entry.word, rest));
            assert!(keys.iter().any(|keys| !keys.is_empty()), "/{}", entry.typed);
        }
    }

    #[test]
    fn keys_come_from_the_menus_and_the_keymap() {
        let room = nine(8);
        let keys = keys(&room);
        let all = [
            (Word::Ask, "", "w a"),
            (Word::Stick, "NAME", "w s"),
            (Word::Stick, "down", "w d"),
            (Word::Round, "end", "w x"),
            (Word::Motion, "role NAME facilitator", "d f"),
            (Word::Motion, "mute NAME", ""),
            (Word::Role, "NAME facilitator", "o f"),
            (Word::Ballot, "no", "n"),
            (Word::Agree, "", "a"),
            (Word::Close, "", "d z"),
            (Word::Next, "Ana", "w n"),
            (Word::Mute, "all", "w e"),
            (Word::Mute, "Ana", "m"),
            (Word::Admit, "Jo", "a"),
            (Word::Unlock, "", "l"),
            (Word::Agenda, "", "w w"),
            (Word::Agenda, "TEXT MINUTES", "w p"),
        ];
        for (word, rest, wanted) in all {
            assert_eq!(keys(word, rest), wanted, "{word:?} {rest}");
        }
        assert_eq!(guide(&room)(Word::Ask, ""), "press w and then a");
        assert_eq!(guide(&room)(Word::Mic, "on"), "press space");
        assert_eq!(guide(&room)(Word::Motion, "mute NAME"), "type /motion mute NAME");
    }

    #[test]
    fn a_sentence_names_another_key_once_another_is_bound() {
        static BOUND: &[Binding] = &[Binding {
            contexts: &[Context::Room],
            keys: &[Key { code: KeyCode::Char('7'), ctrl: false }],
            label: "7",
            action: Action::People,
            who: Who::Everybody,
            footer: None,
            help: text::Text::NONE,
            words: &[Word::Who],
        }];
        let bound: Guide = |word, rest| text::press(&find(BOUND, LINES, &Context::CIRCLE, word, rest));
        assert_eq!(text::trouble(&Trouble::RoleStays, guide(&nine(0))).1, "To see who leads, press e.");
        assert_eq!(text::trouble(&Trouble::RoleStays, bound).1, "To see who leads, press 7.");
    }
}
