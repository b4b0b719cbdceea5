//! All keys: one table, in the order of the footer and the help.

use crossterm::event::KeyCode;

use super::binding::{Action, Binding, Context, Key, Menu, Who};
use crate::command::Word;
use crate::session::Choice;
use crate::text::Text;
use crate::text::keys::{self, KeyText};

const fn key(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: false }
}

const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true }
}

const fn code(code: KeyCode) -> Key {
    Key { code, ctrl: false }
}

const fn footer(rank: Option<u8>, text: &KeyText) -> Option<(u8, Text)> {
    match rank {
        Some(rank) => Some((rank, text.word)),
        None => None,
    }
}

macro_rules! bind {
    ([$($context:ident)+] $label:literal [$($key:expr),+] $action:ident $who:ident $rank:expr, $text:ident, [$($word:ident)*]) => {
        Binding {
            contexts: &[$(Context::$context),+],
            keys: &[$($key),+],
            label: $label,
            action: Action::$action,
            who: Who::$who,
            footer: footer($rank, &keys::$text),
            help: keys::$text.help,
            words: &[$(Word::$word),*],
        }
    };
}

/// The key that opens a menu.
macro_rules! menu {
    ($key:literal $label:literal $menu:ident $rank:expr, $text:ident) => {
        Binding {
            contexts: &[Context::Room],
            keys: &[key($key)],
            label: $label,
            action: Action::Open(Menu::$menu),
            who: Who::Everybody,
            footer: footer($rank, &keys::$text),
            help: keys::$text.help,
            words: &[],
        }
    };
}

/// The key that votes.
macro_rules! ballot {
    ($key:literal $label:literal $choice:ident $rank:expr, $text:ident) => {
        Binding {
            contexts: &[Context::Voting],
            keys: &[key($key)],
            label: $label,
            action: Action::Ballot(Choice::$choice),
            who: Who::Everybody,
            footer: footer($rank, &keys::$text),
            help: keys::$text.help,
            words: &[Word::Ballot],
        }
    };
}

/// All keys, in the order of the footer and the help.
#[rustfmt::skip]
pub static KEYMAP: &[Binding] = &[
    bind!([Room Menu Entrance] "space" [key(' ')] Mic Everybody Some(1), MIC, [Mic]),
    bind!([Comparing] "y" [key('y')] Same Everybody Some(0), SAME, [Match]),
    bind!([Comparing] "n" [key('n')] Differ Everybody Some(0), DIFFER, [Mismatch]),
    ballot!('y' "y" Yes Some(0), VOTE_YES),
    ballot!('n' "n" No Some(0), VOTE_NO),
    ballot!('u' "u" Abstain Some(0), ABSTAIN),
    bind!([Deciding] "a" [key('a')] Agree Everybody Some(0), AGREE, [Agree]),
    bind!([Deciding] "s" [key('s')] Aside Everybody Some(0), ASIDE, [Aside]),
    bind!([Deciding] "b" [key('b')] Block Everybody Some(0), BLOCK, [Block]),
    bind!([MyTurn] "f" [key('f')] Done Everybody Some(0), DONE, [Done]),
    bind!([MyTurn] "o" [key('o')] Pass Everybody Some(0), PASS, [Pass]),
    bind!([MyTurn] "b" [key('b')] Later Everybody Some(0), LATER, [Later]),
    bind!([Choosing] "f" [key('f')] Lead Everybody Some(0), LEAD, [Lead]),
    bind!([Entrance] "a" [key('a')] Agree Everybody Some(2), AGREE_TO_RULES, [Agree]),
    bind!([Entrance] "s" [key('s')] SoundCheck Everybody Some(3), SOUND_CHECK, [Sound]),
    bind!([Entrance] "g" [key('g')] Rules Everybody Some(4), RULES, [Rules]),
    bind!([Room] "a" [key('a')] Admit Door Some(2), ADMIT, [Admit]),
    bind!([Room] "A" [key('A')] AdmitAll Door None, ADMIT_ALL, [Admit]),
    bind!([Room] "m" [key('m')] Mute Facilitator Some(4), MUTE, [Mute Unmute]),
    bind!([Room] "M" [key('M')] MuteAll Facilitator Some(7), MUTE_ALL, [Mute Unmute]),
    bind!([Room] "N" [key('N')] Next Facilitator Some(5), NEXT, [Next]),
    bind!([Room] "x" [key('x')] Remove Facilitator Some(9), REMOVE, [Remove Decline]),
    bind!([Room] "l" [key('l')] Lock Facilitator Some(8), LOCK, [Lock Unlock]),
    bind!([Room] "B" [key('B')] GiveBack Namesake Some(2), GIVE_BACK, [GiveBack]),
    bind!([Room] "t" [key('t')] Try Facilitator None, TRY, [Try]),
    bind!([Room] "n" [key('n')] NewCode Facilitator None, NEW_CODE, [NewCode]),
    bind!([Room] "v" [key('v')] Verify Facilitator None, VERIFY, [Verify]),
    bind!([Room] "r" [key('r')] Hand Everybody Some(3), HAND, [Hand]),
    menu!('w' "w" Turns Some(5), TURNS),
    menu!('d' "d" Decide Some(5), DECIDE),
    menu!('c' "c" Care Some(5), CARE),
    menu!('o' "o" Roles None, ROLES),
    menu!('z' "z" Sound None, SOUND),
    bind!([Entrance] "n" [key('n')] Note Everybody Some(4), NOTE, [Note]),
    bind!([Room] "enter" [code(KeyCode::Enter)] Write Everybody Some(6), WRITE, []),
    bind!([Room] "tab" [code(KeyCode::Tab)] NextPanel Everybody Some(7), PANELS, []),
    bind!([Room] "arrows k j" [code(KeyCode::Up), key('k')] Up Everybody None, SELECT, []),
    bind!([Room] "arrows k j" [code(KeyCode::Down), key('j')] Down Everybody None, AS_ABOVE, []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageUp)] PageUp Everybody None, SCROLL_CHAT, []),
    bind!([Room] "pgup pgdn" [code(KeyCode::PageDown)] PageDown Everybody None, AS_ABOVE, []),
    bind!([Room] "u" [key('u')] Skip Everybody None, SKIP, [Skip]),
    bind!([Room] "!" [key('!')] Aloud Everybody Some(0), ALOUD, [Aloud]),
    bind!([Room] "+ -" [key('+'), key('=')] Louder Everybody None, LOUDER, [Volume]),
    bind!([Room] "+ -" [key('-')] Softer Everybody None, AS_ABOVE, [Volume]),
    bind!([Room] "e" [key('e')] People Everybody None, PEOPLE, [Who]),
    bind!([Room] "h" [key('h')] Line Everybody None, LINE, [Link]),
    bind!([Room] "P" [key('P')] Plan Everybody None, PLAN, [Plan]),
    bind!([Room] "i" [key('i')] Invite Everybody None, INVITE, [Invite]),
    bind!([Room] "I" [key('I')] Copy Everybody None, COPY_INVITE, [Copy]),
    bind!([Room] "g" [key('g')] Rules Everybody None, RULES, [Rules]),
    bind!([Room] "p" [key('p')] Privacy Everybody None, PRIVACY, [Privacy]),
    bind!([Entrance] "p" [key('p')] Privacy Everybody Some(5), PRIVACY, [Privacy]),
    bind!([Room] "esc" [code(KeyCode::Esc)] Clear Everybody None, CLEAR, []),
    bind!([Writing] "enter" [code(KeyCode::Enter)] Send Everybody Some(1), SEND, []),
    bind!([Writing] "esc" [code(KeyCode::Esc), ctrl('c')] No Everybody Some(2), STOP_WRITING, []),
    bind!([Asking] "y" [key('y'), ctrl('c')] Yes Everybody Some(1), YES, [Quit]),
    bind!([Asking] "n" [key('n'), code(KeyCode::Esc)] No Everybody Some(1), NO, []),
    bind!([Asking] "e" [key('e')] EndForAll Facilitator Some(1), END_FOR_ALL, [Close]),
    bind!([Inviting] "c" [key('c')] Copy Everybody Some(0), COPY, [Copy]),
    bind!([Inviting] "s" [key('s')] CopyShort Everybody Some(2), COPY_SHORT, [Copy]),
    bind!([Inviting] "o" [key('o')] Picture Everybody Some(2), PICTURE, [Invite]),
    bind!([Helping] "/" [key('/')] Search Everybody Some(0), SEARCH, [Help]),
    bind!([Searching] "enter" [code(KeyCode::Enter)] Send Everybody Some(1), SEARCH_DONE, []),
    bind!([Searching] "esc" [code(KeyCode::Esc), ctrl('c')] No Everybody Some(1), SEARCH_STOP, []),
    bind!([Searching] "up" [code(KeyCode::Up)] Up Everybody None, SCROLL_UP, []),
    bind!([Searching] "down" [code(KeyCode::Down)] Down Everybody Some(2), SCROLL_DOWN, []),
    bind!([Reading] "up" [code(KeyCode::Up), key('k')] Up Everybody None, SCROLL_UP, []),
    bind!([Reading] "down" [code(KeyCode::Down), key('j')] Down Everybody Some(2), SCROLL_DOWN, []),
    bind!([Reading] "pgup" [code(KeyCode::PageUp)] PageUp Everybody None, SCROLL_UP, []),
    bind!([Reading] "pgdn" [code(KeyCode::PageDown), key(' ')] PageDown Everybody None, SCROLL_DOWN, []),
    bind!([Reading] "esc" [code(KeyCode::Esc), code(KeyCode::Enter), key('q'), key('?'), ctrl('c')] No Everybody
        Some(1), BACK, []),
    bind!([Menu] "up down" [code(KeyCode::Up)] Up Everybody None, SELECT_LINE, []),
    bind!([Menu] "up down" [code(KeyCode::Down)] Down Everybody None, AS_ABOVE, []),
    bind!([Menu] "enter" [code(KeyCode::Enter)] Yes Everybody Some(2), CHOOSE, []),
    bind!([Menu] "esc" [code(KeyCode::Esc), key('q'), key('?'), ctrl('c')] No Everybody Some(1), BACK, []),
    bind!([Room Entrance] "?" [key('?')] Help Everybody Some(0), HELP, [Help]),
    bind!([Room Entrance] "q" [key('q'), ctrl('c')] Leave Everybody Some(1), LEAVE, [Quit Close]),
    bind!([Over] "up" [code(KeyCode::Up), key('k')] Up Everybody None, SCROLL_UP, []),
    bind!([Over] "down" [code(KeyCode::Down), key('j')] Down Everybody Some(2), SCROLL_DOWN, []),
    bind!([Over] "q" [key('q'), ctrl('c'), code(KeyCode::Enter), code(KeyCode::Esc), key(' ')] Yes Everybody
        Some(1), CLOSE, [Quit]),
    bind!([Room Menu Entrance Writing Searching Asking Reading] "ctrl-x" [ctrl('x')] CloseMic Everybody None, CLOSE_MIC, [Mic]),
    bind!([Room Entrance] "ctrl-z" [ctrl('z')] Suspend Everybody None, SUSPEND, []),
    bind!([Room Menu Entrance Writing Searching Asking Reading Over] "ctrl-l" [ctrl('l')] Redraw Everybody None, REDRAW, []),
];
