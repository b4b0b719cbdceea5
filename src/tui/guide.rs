//! Which keys do what a command does, for the sentences that name them: taken from the keymap and the menus.

use super::keymap::{Action, Binding, Context, KEYMAP};
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
pub fn label(context: Context, action: Action) -> &'static str {
    let does = |binding: &&Binding| binding.action == action && binding.contexts.contains(&context);
    KEYMAP.iter().find(does).map_or("", |binding| binding.label)
}

fn press(contexts: &[Context], word: Word, rest: &str) -> String {
    match found(contexts, word, rest).as_slice() {
        [] => command::typed(word, rest),
        keys => text::press(keys),
    }
}

fn found(contexts: &[Context], word: Word, rest: &str) -> Vec<String> {
    find(KEYMAP, LINES, contexts, word, rest)
}

/// The keys for a command with what stands after it; none if it has no keys here. A capital letter is easily mistaken for the
/// small one, so a way over a menu comes before it.
fn find(keymap: &[Binding], lines: &[Line], contexts: &[Context], word: Word, rest: &str) -> Vec<String> {
    let of = |context: &Context| keymap.iter().filter(|binding| binding.contexts.contains(context)).collect::<Vec<_>>();
    let does = |binding: &&Binding| binding.words.first() == Some(&word) && takes(binding.action, rest);
    let direct = contexts.iter().flat_map(of).find(does).map(|binding| vec![binding.label.to_owned()]);
    let is_capital = |keys: &[String]| keys.iter().any(|key| key.len() == 1 && key.chars().all(char::is_uppercase));
    match direct {
        Some(keys) if !is_capital(&keys) => keys,
        direct => over_a_menu(keymap, lines, contexts, word, rest).or(direct).unwrap_or_default(),
    }
}

/// Whether an action of the keymap does this with what stands after the command.
fn takes(action: Action, rest: &str) -> bool {
    match action {
        Action::Ballot(choice) => text::choice(choice) == rest,
        Action::MuteAll | Action::AdmitAll => rest == "all",
        Action::Mute | Action::Admit => rest != "all",
        _ => true,
    }
}

fn over_a_menu(
    keymap: &[Binding],
    lines: &[Line],
    contexts: &[Context],
    word: Word,
    rest: &str,
) -> Option<Vec<String>> {
    let first = rest.split(' ').next().unwrap_or_default();
    let says = |line: &&Line| matches!(line.parts.first(), Some(Part::Say(said)) if *said == first);
    let asks = |line: &&Line| !matches!(line.parts.first(), Some(Part::Say(_)));
    let all: Vec<&Line> = lines.iter().filter(|line| line.word == word).collect();
    let line = all.iter().copied().find(says).or(all.iter().copied().find(asks)).or(all.first().copied())?;
    let opens = |binding: &&Binding| {
        binding.action == Action::Open(line.menu) && binding.contexts.iter().any(|context| contexts.contains(context))
    };
    let menu = keymap.iter().find(opens)?;
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
        for entry in COMMANDS {
            let keys = [&[Context::Entrance][..], &Context::CIRCLE].map(|contexts| found(contexts, entry.word, ""));
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
            (Word::Ballot, "no", "n"),
            (Word::Agree, "", "a"),
            (Word::Close, "", "d z"),
            (Word::Next, "Ana", "w n"),
            (Word::Mute, "all", "w e"),
            (Word::Mute, "Ana", "m"),
            (Word::Admit, "Jo", "a"),
        ];
        for (word, rest, wanted) in all {
            assert_eq!(keys(word, rest), wanted, "{word:?} {rest}");
        }
        assert_eq!(guide(&room)(Word::Ask, ""), "press w and then a");
        assert_eq!(guide(&room)(Word::Mic, "on"), "press space");
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
            help: "",
            words: &[Word::Who],
        }];
        let bound: Guide = |word, rest| text::press(&find(BOUND, LINES, &Context::CIRCLE, word, rest));
        assert_eq!(text::trouble(&Trouble::RoleStays, guide(&nine(0))).1, "To see who leads, press e.");
        assert_eq!(text::trouble(&Trouble::RoleStays, bound).1, "To see who leads, press 7.");
    }
}
