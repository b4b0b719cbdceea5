//! What the keys do: one table, in which a person can choose other keys. The footer and the help are made from it, and from the
//! lines of the menus.

mod binding;
mod rebind;
mod table;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use binding::{Action, Binding, Context, Key, Menu, Who};
pub use rebind::{RebindError, hold, keymap, names, rebound};
pub use table::KEYMAP;

/// The keys of some contexts, in the order of the table. Where one has several meanings, that of the first context counts.
pub fn bindings(contexts: &[Context]) -> impl Iterator<Item = &'static Binding> {
    let place = |binding: &Binding| contexts.iter().position(|context| binding.contexts.contains(context));
    let first = move |binding: &&Binding| {
        place(binding).is_some_and(|at| {
            let before = keymap().iter().filter(|other| place(other).is_some_and(|other| other < at));
            before.flat_map(|other| other.keys).all(|key| !binding.keys.contains(key))
        })
    };
    keymap().iter().filter(first)
}

/// What a key does in some contexts, the most urgent first.
pub fn find(contexts: &[Context], event: &KeyEvent) -> Option<&'static Binding> {
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let exact = |code: KeyCode| {
        let wanted = Key { code, ctrl };
        bindings(contexts).find(|binding| binding.keys.contains(&wanted))
    };
    // With caps lock on, letters that have one meaning keep it.
    exact(event.code).or_else(|| match event.code {
        KeyCode::Char(c) if c.is_ascii_uppercase() => exact(KeyCode::Char(c.to_ascii_lowercase())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Word;
    use crate::command::{COMMANDS, Use};
    use crate::tui::menu::LINES;

    /// What the screen shows at any time, so that there is nothing to ask for: the speaker.
    const ONLY_TYPED: [Word; 1] = [Word::Verbose];

    /// What has no command: moving about on a screen, writing, answering a question, and drawing; lines need none of it. A program
    /// that shows lines is stopped by the shell.
    fn moves_on_the_screen(action: Action) -> bool {
        match action {
            Action::Write
            | Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::NextPanel
            | Action::Clear
            | Action::Yes
            | Action::No
            | Action::Send
            | Action::Suspend
            | Action::Redraw
            | Action::Open(_) => true,
            Action::Mic
            | Action::CloseMic
            | Action::Hand
            | Action::Mute
            | Action::MuteAll
            | Action::Admit
            | Action::AdmitAll
            | Action::Remove
            | Action::Lock
            | Action::Try
            | Action::GiveBack
            | Action::Lead
            | Action::NewCode
            | Action::Invite
            | Action::Copy
            | Action::CopyShort
            | Action::Picture
            | Action::Search
            | Action::Agree
            | Action::SoundCheck
            | Action::Note
            | Action::Rules
            | Action::Privacy
            | Action::Verify
            | Action::Same
            | Action::Differ
            | Action::Help
            | Action::Leave
            | Action::EndForAll
            | Action::Ballot(_)
            | Action::Aside
            | Action::Block
            | Action::Next
            | Action::Done
            | Action::Pass
            | Action::Later
            | Action::Skip
            | Action::People
            | Action::Line
            | Action::Aloud
            | Action::Louder
            | Action::Plan
            | Action::Softer => false,
        }
    }

    #[test]
    fn every_key_has_a_command() {
        for binding in KEYMAP.iter().filter(|binding| !moves_on_the_screen(binding.action)) {
            assert!(!binding.words.is_empty(), "{} in {:?}", binding.label, binding.contexts);
        }
    }

    #[test]
    fn every_command_has_a_key() {
        for entry in COMMANDS.iter().filter(|entry| !ONLY_TYPED.contains(&entry.word)) {
            let keys = KEYMAP.iter().filter(|binding| binding.words.contains(&entry.word)).map(|binding| binding.who);
            let keys: Vec<_> =
                keys.chain(LINES.iter().filter(|line| line.word == entry.word).map(|line| line.who)).collect();
            assert!(!keys.is_empty(), "/{}", entry.typed);
            let reserved = keys.contains(&Who::Everybody);
            assert!(reserved || entry.needs == Use::Facilitator, "/{}", entry.typed);
        }
    }

    #[test]
    fn no_key_means_two_things_at_one_place() {
        for (at, one) in KEYMAP.iter().enumerate() {
            for other in &KEYMAP[at + 1..] {
                let same_place = one.contexts.iter().any(|context| other.contexts.contains(context));
                let same_key = one.keys.iter().any(|key| other.keys.contains(key));
                assert!(!(same_place && same_key), "{} and {}", one.label, other.label);
            }
        }
    }

    #[test]
    fn every_key_has_its_sentence() {
        for context in [
            Context::Room,
            Context::Comparing,
            Context::MyTurn,
            Context::Menu,
            Context::Entrance,
            Context::Writing,
            Context::Reading,
            Context::Inviting,
            Context::Helping,
            Context::Searching,
            Context::Asking,
            Context::Over,
        ] {
            for binding in KEYMAP.iter().filter(|binding| binding.contexts.contains(&context)) {
                let told = |other: &&Binding| other.label == binding.label && other.help.ends_with('.');
                assert_eq!(
                    KEYMAP.iter().filter(|other| other.contexts.contains(&context)).filter(told).count(),
                    1,
                    "{}",
                    binding.label
                );
            }
        }
    }

    #[test]
    fn caps_lock_changes_only_what_has_a_capital_of_its_own() {
        let press =
            |c, modifiers| find(&[Context::Room], &KeyEvent::new(KeyCode::Char(c), modifiers)).map(|b| b.action);
        assert_eq!(press('R', KeyModifiers::SHIFT), Some(Action::Hand));
        assert_eq!(press('M', KeyModifiers::SHIFT), Some(Action::MuteAll));
        assert_eq!(press('c', KeyModifiers::CONTROL), Some(Action::Leave));
        assert_eq!(press('q', KeyModifiers::ALT), None);
        assert_eq!(press('y', KeyModifiers::NONE), None);
    }
}
