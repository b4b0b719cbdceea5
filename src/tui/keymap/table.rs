//! All keys: one table, in the order of the footer and the help.

use crossterm::event::KeyCode;

use super::{Action, Binding, Context, Key, Who};
use crate::command::Word;
use crate::session::Choice;
use crate::tui::menu::Menu;

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

/// The key that opens a menu.
macro_rules! menu {
    ($key:literal $label:literal $menu:ident $footer:expr, $help:literal) => {
        Binding {
            contexts: &[Context::Room],
            keys: &[key($key)],
            label: $label,
            action: Action::Open(Menu::$menu),
            who: Who::Everybody,
            footer: $footer,
            help: $help,
            words: &[],
        }
    };
}

/// The key that votes.
macro_rules! ballot {
    ($key:literal $label:literal $choice:ident $footer:expr, $help:literal) => {
        Binding {
            contexts: &[Context::Voting],
            keys: &[key($key)],
            label: $label,
            action: Action::Ballot(Choice::$choice),
            who: Who::Everybody,
            footer: $footer,
            help: $help,
            words: &[Word::Ballot],
        }
    };
}

/// All keys, in the order of the footer and the help.
#[rustfmt::skip]
pub static KEYMAP: &[Binding] = &[
    bind!([Room Menu Entrance] "space" [key(' ')] Mic Everybody Some((1, "mic")),
        "Open or close your microphone.", [Mic]),
    bind!([Comparing] "y" [key('y')] Same Everybody Some((0, "the same words")),
        "When words are compared: they are the same.", [Match]),
    bind!([Comparing] "n" [key('n')] Differ Everybody Some((0, "other words")),
        "When words are compared: they are not the same.", [Mismatch]),
    ballot!('y' "y" Yes Some((0, "yes")), "When there is a vote: yes."),
    ballot!('n' "n" No Some((0, "no")), "When there is a vote: no."),
    ballot!('u' "u" Abstain Some((0, "abstain")), "When there is a vote: neither yes nor no."),
    bind!([Deciding] "a" [key('a')] Agree Everybody Some((0, "agree")),
        "When something is proposed or read back: agree.", [Agree]),
    bind!([Deciding] "s" [key('s')] Aside Everybody Some((0, "stand aside")),
        "When something is proposed: stand aside.", [Aside]),
    bind!([Deciding] "b" [key('b')] Block Everybody Some((0, "block")),
        "When something is proposed or read back: block, and say why.", [Block]),
    bind!([MyTurn] "f" [key('f')] Done Everybody Some((0, "finished")),
        "When it is your turn in a round: you have finished.", [Done]),
    bind!([MyTurn] "o" [key('o')] Pass Everybody Some((0, "pass")),
        "When it is your turn in a round: pass.", [Pass]),
    bind!([MyTurn] "b" [key('b')] Later Everybody Some((0, "later")),
        "When it is your turn in a round: let it come at the end.", [Later]),
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
        "Mute everybody but yourself for a while, or let all speak again.", [Mute Unmute]),
    bind!([Room] "N" [key('N')] Next Facilitator Some((5, "next")),
        "Give the word to the next with a raised hand, or who asks to speak.", [Next]),
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
    menu!('w' "w" Turns Some((5, "turns")),
        "Turns: who speaks, and who comes next."),
    menu!('d' "d" Decide Some((5, "decide")),
        "Decide: propose, agree, vote, and read the minutes."),
    menu!('c' "c" Care Some((5, "care")),
        "Care: help, a private word, and who vanished."),
    menu!('o' "o" Roles None,
        "Roles: who leads, and who follows."),
    bind!([Entrance] "n" [key('n')] Note Everybody Some((4, "note")),
        "Leave a note for those who lead, such as whom to call.", [Note]),
    bind!([Room] "enter" [code(KeyCode::Enter)] Write Everybody Some((6, "write")),
        "Write a line to everybody, or type a command such as /who.", []),
    bind!([Room] "tab" [code(KeyCode::Tab)] NextPanel Everybody Some((7, "panels")),
        "Move between the circle, the door and the chat; where there is no room for the chat, read it.", []),
    bind!([Room] "arrows" [code(KeyCode::Up), key('k')] Up Everybody None,
        "Select someone, or scroll the chat; k and j do the same.", []),
    bind!([Room] "arrows" [code(KeyCode::Down), key('j')] Down Everybody None, "", []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageUp)] PageUp Everybody None,
        "Scroll the chat, or read it.", []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageDown)] PageDown Everybody None, "", []),
    bind!([Room] "u" [key('u')] Skip Everybody None,
        "When you hear what you missed: skip the rest of it.", [Skip]),
    bind!([Room] "e" [key('e')] People Everybody None,
        "See who is here and how they are, and all that is going on.", [Who]),
    bind!([Room] "h" [key('h')] Line Everybody None,
        "See how your line is, and how much data it has used.", [Link]),
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
    bind!([Menu] "up" [code(KeyCode::Up)] Up Everybody None, "Scroll up.", []),
    bind!([Menu] "down" [code(KeyCode::Down)] Down Everybody Some((2, "more")), "Scroll down.", []),
    bind!([Menu] "esc" [code(KeyCode::Esc), code(KeyCode::Enter), key('q'), key('?'), ctrl('c')] No Everybody
        Some((1, "back")), "Back to the group.", []),
    bind!([Room Entrance] "?" [key('?')] Help Everybody Some((0, "help")),
        "Show this page.", [Help]),
    bind!([Room Entrance] "q" [key('q'), ctrl('c')] Leave Everybody Some((1, "leave")),
        "Leave; asks first.", [Quit Close]),
    bind!([Over] "up" [code(KeyCode::Up), key('k')] Up Everybody None, "Scroll up.", []),
    bind!([Over] "down" [code(KeyCode::Down), key('j')] Down Everybody Some((2, "more")), "Scroll down.", []),
    bind!([Over] "q" [key('q'), ctrl('c'), code(KeyCode::Enter), code(KeyCode::Esc), key(' ')] Yes Everybody
        Some((1, "close")), "Close the program.", []),
    bind!([Room Entrance] "ctrl-z" [ctrl('z')] Suspend Everybody None,
        "Close the microphone and go back to the shell for a while.", []),
    bind!([Room Menu Entrance Writing Asking Reading Over] "ctrl-l" [ctrl('l')] Redraw Everybody None,
        "Draw the screen anew.", []),
];
