//! What the keys do: one table. The footer and the help are made from it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::command::Word;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In the circle.
    Room,
    /// In the circle, asked whether the words that are read are the same. All keys of the circle work too.
    Comparing,
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
    /// Whether a key does something here.
    pub fn has(self, binding: &Binding) -> bool {
        binding.contexts.contains(&self)
            || (self == Self::Comparing && binding.contexts.contains(&Self::Room) && !answers(binding))
    }
}

/// Whether a key is another's while words are compared.
fn answers(binding: &Binding) -> bool {
    let mine = KEYMAP.iter().filter(|other| other.contexts.contains(&Context::Comparing));
    mine.flat_map(|other| other.keys).any(|key| binding.keys.contains(key))
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

const fn key(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: false }
}

const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true }
}

const fn code(code: KeyCode) -> Key {
    Key { code, ctrl: false }
}

macro_rules! bind {
    ([$($context:ident)+] $label:literal [$($key:expr),+] $action:ident $who:ident $footer:expr, $help:literal, [$($word:ident)*]) => {
        Binding {
            contexts: &[$(Context::$context),+],
            keys: &[$($key),+],
            label: $label,
            action: Action::$action,
            who: Who::$who,
            footer: $footer,
            help: $help,
            words: &[$(Word::$word),*],
        }
    };
}

/// All keys, in the order of the footer and the help.
#[rustfmt::skip]
pub static KEYMAP: &[Binding] = &[
    bind!([Room Entrance] "space" [key(' ')] Mic Everybody Some((1, "mic")),
        "Open or close your microphone.", [Mic]),
    bind!([Comparing] "y" [key('y')] Same Everybody Some((0, "the same words")),
        "When words are compared: they are the same.", [Match]),
    bind!([Comparing] "n" [key('n')] Differ Everybody Some((0, "other words")),
        "When words are compared: they are not the same.", [Mismatch]),
    bind!([Entrance] "a" [key('a')] Agree Everybody Some((2, "agree")),
        "Agree to the ground rules.", [Agree]),
    bind!([Entrance] "s" [key('s')] SoundCheck Everybody Some((3, "sound check")),
        "Check your sound: two soft notes, and a meter. Nothing is sent.", [Sound]),
    bind!([Entrance] "g" [key('g')] Rules Everybody Some((4, "rules")),
        "Read the ground rules.", [Rules]),
    bind!([Room] "a" [key('a')] Admit Door Some((2, "admit")),
        "Let in who waits first, or who is selected at the door.", [Admit]),
    bind!([Room] "A" [key('A')] AdmitAll Door None,
        "Let in all who wait.", [Admit]),
    bind!([Room] "m" [key('m')] Mute Facilitator Some((4, "mute")),
        "Mute the selected member, or let them speak again.", [Mute Unmute]),
    bind!([Room] "M" [key('M')] MuteAll Facilitator Some((7, "mute all")),
        "Mute everybody but yourself, or let all speak again.", [Mute Unmute]),
    bind!([Room] "x" [key('x')] Remove Facilitator Some((9, "remove")),
        "Remove the selected member, or turn away who is selected at the door; asks first.", [Remove Decline]),
    bind!([Room] "l" [key('l')] Lock Facilitator Some((8, "lock")),
        "Lock the door, or unlock it.", [Lock Unlock]),
    bind!([Room] "t" [key('t')] Try Facilitator None,
        "Let one more try the code, after too many wrong tries.", [Try]),
    bind!([Room] "n" [key('n')] NewCode Facilitator None,
        "Change the words of the code; who is inside stays inside.", [NewCode]),
    bind!([Room] "v" [key('v')] Verify Facilitator None,
        "Compare four words with everybody, to see that nobody listens in.", [Verify]),
    bind!([Room] "r" [key('r')] Hand Everybody Some((3, "hand")),
        "Raise your hand, or lower it.", [Hand]),
    bind!([Room] "enter" [code(KeyCode::Enter)] Write Everybody Some((5, "write")),
        "Write a line to everybody, or type a command such as /who.", []),
    bind!([Room] "tab" [code(KeyCode::Tab)] NextPanel Everybody Some((6, "panels")),
        "Move between the circle, the door and the chat.", []),
    bind!([Room] "arrows" [code(KeyCode::Up), key('k')] Up Everybody None,
        "Select someone, or scroll the chat; k and j do the same.", []),
    bind!([Room] "arrows" [code(KeyCode::Down), key('j')] Down Everybody None, "", []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageUp)] PageUp Everybody None,
        "Scroll the chat.", []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageDown)] PageDown Everybody None, "", []),
    bind!([Room] "i" [key('i')] Invite Everybody None,
        "Show what others join with.", [Invite]),
    bind!([Room] "g" [key('g')] Rules Everybody None,
        "Read the ground rules.", [Rules]),
    bind!([Room] "p" [key('p')] Privacy Everybody None,
        "Read what is private, and what the relay can see.", [Privacy]),
    bind!([Entrance] "p" [key('p')] Privacy Everybody Some((5, "privacy")),
        "Read what is private, and what the relay can see.", [Privacy]),
    bind!([Room] "esc" [code(KeyCode::Esc)] Clear Everybody None,
        "Select nobody.", []),
    bind!([Writing] "enter" [code(KeyCode::Enter)] Send Everybody Some((1, "send")),
        "Send the line.", []),
    bind!([Writing] "esc" [code(KeyCode::Esc), ctrl('c')] No Everybody Some((2, "stop writing")),
        "Stop writing.", []),
    bind!([Asking] "y" [key('y'), ctrl('c')] Yes Everybody Some((1, "yes")),
        "Yes.", [Quit]),
    bind!([Asking] "n" [key('n'), code(KeyCode::Esc)] No Everybody Some((1, "no")),
        "No.", []),
    bind!([Asking] "e" [key('e')] EndForAll Facilitator Some((1, "end for all")),
        "When leaving: end the group for everybody.", [Close]),
    bind!([Reading] "up" [code(KeyCode::Up), key('k')] Up Everybody None, "Scroll up.", []),
    bind!([Reading] "down" [code(KeyCode::Down), key('j')] Down Everybody Some((2, "more")), "Scroll down.", []),
    bind!([Reading] "pgup" [code(KeyCode::PageUp)] PageUp Everybody None, "Scroll up.", []),
    bind!([Reading] "pgdn" [code(KeyCode::PageDown), key(' ')] PageDown Everybody None, "Scroll down.", []),
    bind!([Reading] "esc" [code(KeyCode::Esc), code(KeyCode::Enter), key('q'), key('?'), ctrl('c')] No Everybody
        Some((1, "back")), "Back to the group.", []),
    bind!([Room Entrance] "?" [key('?')] Help Everybody Some((1, "help")),
        "Show this page.", [Help]),
    bind!([Room Entrance] "q" [key('q'), ctrl('c')] Leave Everybody Some((0, "leave")),
        "Leave; asks first.", [Quit Close]),
    bind!([Over] "q" [key('q'), ctrl('c'), code(KeyCode::Enter), code(KeyCode::Esc), key(' ')] Yes Everybody
        Some((1, "close")), "Close the program.", []),
    bind!([Room Entrance] "ctrl-z" [ctrl('z')] Suspend Everybody None,
        "Close the microphone and go back to the shell for a while.", []),
    bind!([Room Entrance Writing Asking Reading Over] "ctrl-l" [ctrl('l')] Redraw Everybody None,
        "Draw the screen anew.", []),
];

/// What a key does in a context.
pub fn find(context: Context, event: &KeyEvent) -> Option<&'static Binding> {
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let exact = |code: KeyCode| {
        let wanted = Key { code, ctrl };
        KEYMAP.iter().find(|binding| context.has(binding) && binding.keys.contains(&wanted))
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

    #[test]
    fn every_command_has_a_key_or_says_that_it_is_typed_only() {
        for entry in &COMMANDS {
            let keys: Vec<_> = KEYMAP.iter().filter(|binding| binding.words.contains(&entry.word)).collect();
            assert_eq!(keys.is_empty(), entry.typed_only, "/{}", entry.typed);
            let reserved = keys.iter().any(|binding| binding.who == Who::Everybody);
            assert!(reserved || keys.is_empty() || entry.needs == Use::Facilitator, "/{}", entry.typed);
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
        let press = |c, modifiers| find(Context::Room, &KeyEvent::new(KeyCode::Char(c), modifiers)).map(|b| b.action);
        assert_eq!(press('R', KeyModifiers::SHIFT), Some(Action::Hand));
        assert_eq!(press('M', KeyModifiers::SHIFT), Some(Action::MuteAll));
        assert_eq!(press('c', KeyModifiers::CONTROL), Some(Action::Leave));
        assert_eq!(press('q', KeyModifiers::ALT), None);
        assert_eq!(press('z', KeyModifiers::NONE), None);
    }
}
