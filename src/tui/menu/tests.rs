use super::*;
use crate::command::Use;
use crate::tui::keymap::{Action, Context, KEYMAP, bindings};

#[test]
fn no_letter_means_two_things_in_one_menu() {
    for (at, one) in LINES.iter().enumerate() {
        assert!(one.key.is_ascii_alphanumeric() && !one.key.is_ascii_uppercase(), "{}", one.key);
        let taken = |key: &super::super::keymap::Key| !key.ctrl && key.code == KeyCode::Char(one.key);
        assert!(!bindings(&[Context::Menu]).flat_map(|binding| binding.keys).any(taken), "{}", one.key);
        for other in &LINES[at + 1..] {
            assert!(one.menu != other.menu || one.key != other.key, "{:?} {}", one.menu, one.key);
        }
    }
}

#[test]
fn every_line_has_a_sentence_and_a_command_for_the_same_people() {
    for line in LINES {
        let entry = COMMANDS.iter().find(|entry| entry.word == line.word).expect("a command");
        assert!(line.help.ends_with('.') && line.help.len() < 76, "{}", line.help);
        assert!(entry.needs != Use::Facilitator || line.who != Who::Everybody, "/{}", entry.typed);
        assert!(line.parts.is_empty() || !entry.argument.is_empty(), "/{} takes nothing", entry.typed);
        for part in line.parts {
            let (Part::Member(question) | Part::Text(question) | Part::Number(question) | Part::MaybeNumber(question)) =
                part
            else {
                continue;
            };
            assert!(question.ends_with(['?', '.', ':']), "{question}");
        }
    }
}

#[test]
fn every_menu_has_lines_and_one_key() {
    let opens = |binding: &super::super::keymap::Binding| match binding.action {
        Action::Open(menu) => Some(menu),
        _ => None,
    };
    let menus: Vec<_> = KEYMAP.iter().filter_map(opens).collect();
    for line in LINES {
        assert_eq!(menus.iter().filter(|menu| **menu == line.menu).count(), 1, "{:?}", line.menu);
    }
    for menu in menus {
        assert!(LINES.iter().any(|line| line.menu == menu) && !menu.heading().is_empty());
    }
}
