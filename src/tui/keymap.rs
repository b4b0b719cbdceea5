//! What the keys do: one table. The footer and the help are made from it, and from the lines of the menus.

mod table;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::menu::Menu;
use crate::command::Word;
use crate::session::{Choice, Comparing, Room};
pub use table::KEYMAP;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In the circle.
    Room,
    /// In the circle, asked whether the words that are read are the same. All keys of the circle work too.
    Comparing,
    /// In the circle, asked to vote.
    Voting,
    /// In the circle, asked what to say to a proposal, or to the minutes.
    Deciding,
    /// In the circle, and it's my turn in a round. All keys of the circle work too.
    MyTurn,
    /// Choosing from a menu over the circle.
    Menu,
    /// On the way in.
    Entrance,
    /// Writing a line.
    Writing,
    /// Reading the help or another page over the screen.
    Reading,
    /// Asked a question.
    Asking,
    /// It is over.
    Over,
}

impl Context {
    /// The contexts in the circle, the most urgent first: where a key has a meaning in several, the first counts.
    pub const CIRCLE: [Self; 5] = [Self::Comparing, Self::Voting, Self::Deciding, Self::MyTurn, Self::Room];

    /// Whether in the circle something is asked of me for which there are keys of their own.
    pub fn asks(self, room: &Room) -> bool {
        match self {
            Self::Comparing => {
                let listens = matches!(room.comparing(room.clock.0), Some((Comparing::Listen, _)));
                room.words.is_some() && listens
            }
            Self::Voting => room.me.is_some_and(|me| room.state.to_vote(me).is_some()),
            Self::Deciding => {
                room.me.is_some_and(|me| room.state.to_answer(me).is_some() || room.state.minutes_wait_for(me))
            }
            Self::MyTurn => room.me.is_some_and(|me| room.state.is_turn_of(me)),
            _ => true,
        }
    }
}

/// The keys of some contexts, in the order of the table. Where one has several meanings, that of the first context counts.
pub fn bindings(contexts: &[Context]) -> impl Iterator<Item = &'static Binding> {
    let place = |binding: &Binding| contexts.iter().position(|context| binding.contexts.contains(context));
    let first = move |binding: &&Binding| {
        place(binding).is_some_and(|at| {
            let before = KEYMAP.iter().filter(|other| place(other).is_some_and(|other| other < at));
            before.flat_map(|other| other.keys).all(|key| !binding.keys.contains(key))
        })
    };
    KEYMAP.iter().filter(first)
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table says what each does")]
pub enum Action {
    Mic,
    Hand,
    Write,
    Mute,
    MuteAll,
    Admit,
    AdmitAll,
    Remove,
    Lock,
    Try,
    NewCode,
    Invite,
    Agree,
    SoundCheck,
    Note,
    Rules,
    Privacy,
    Verify,
    Same,
    Differ,
    Up,
    Down,
    PageUp,
    PageDown,
    NextPanel,
    Clear,
    Help,
    Leave,
    Yes,
    No,
    EndForAll,
    Send,
    Suspend,
    Redraw,
    Ballot(Choice),
    Aside,
    Block,
    Open(Menu),
    Next,
    Done,
    Pass,
    Later,
    Skip,
    People,
    Line,
}

/// Who can use a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Everybody,
    /// The facilitator.
    Facilitator,
    /// The facilitator, while someone waits at the door.
    Door,
}

impl Who {
    /// Whether it's this person's to use, and of use at this moment.
    pub fn may(self, room: &Room) -> bool {
        match self {
            Self::Everybody => true,
            Self::Facilitator => room.am_facilitator(),
            Self::Door => room.am_facilitator() && !room.door.is_empty(),
        }
    }
}

/// A key: its code, and whether Ctrl is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// Whether with Ctrl.
    pub ctrl: bool,
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub contexts: &'static [Context],
    /// The keys that do it.
    pub keys: &'static [Key],
    /// What to call them.
    pub label: &'static str,
    /// What they do.
    pub action: Action,
    /// Who can.
    pub who: Who,
    /// The word in the footer, and how much it matters there: the lowest number stays longest.
    pub footer: Option<(u8, &'static str)>,
    /// A sentence for the help; empty if the line before says it.
    pub help: &'static str,
    /// What can be typed for it.
    pub words: &'static [Word],
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
    use crate::command::{COMMANDS, Use};
    use crate::tui::menu::LINES;

    #[test]
    fn every_command_has_a_key() {
        for entry in COMMANDS {
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
        assert_eq!(press('z', KeyModifiers::NONE), None);
    }
}
