//! What the table of keys is made of.

use crossterm::event::KeyCode;

use crate::command::Word;
use crate::session::{Choice, Comparing, Room};
use crate::text::{Text, menus};

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
    /// In the circle, and the group chooses who leads. All keys of the circle work too.
    Choosing,
    /// Choosing from a menu over the circle.
    Menu,
    /// On the way in.
    Entrance,
    /// Writing a line.
    Writing,
    /// Reading the help or another page over the screen.
    Reading,
    /// Reading the invitation. All keys of a page work too.
    Inviting,
    /// Reading the help. All keys of a page work too.
    Helping,
    /// Writing what is looked for in the help.
    Searching,
    /// Asked a question.
    Asking,
    /// It is over.
    Over,
}

impl Context {
    /// The contexts in the circle, the most urgent first: where a key has a meaning in several, the first counts.
    pub const CIRCLE: [Self; 6] =
        [Self::Comparing, Self::Voting, Self::Deciding, Self::MyTurn, Self::Choosing, Self::Room];

    /// Whether in the circle something is asked of me for which there are keys of their own.
    pub fn asks(self, room: &Room) -> bool {
        match self {
            Self::Comparing => {
                let listens = matches!(room.comparing(room.clock.0), Some((Comparing::Listen, _)));
                room.words.is_some() && listens
            }
            Self::Voting => room.me.is_some_and(|me| room.state.decisions.to_vote(me).is_some()),
            Self::Deciding => room.me.is_some_and(|me| {
                room.state.decisions.to_answer(me).is_some()
                    || room.state.decisions.minutes_wait_for(me, &room.state.circle)
            }),
            Self::MyTurn => room.me.is_some_and(|me| room.state.turns.is_turn_of(me)),
            Self::Choosing => room.is_chaired(),
            _ => true,
        }
    }
}

/// Which menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Turns to speak.
    Turns,
    /// What is proposed, voted on and decided.
    Decide,
    /// Looking after each other.
    Care,
    /// The members who lead.
    Roles,
    /// Devices, and how loud members are.
    Sound,
}

impl Menu {
    /// What stands above it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Turns => menus::TURNS.get(),
            Self::Decide => menus::DECIDE.get(),
            Self::Care => menus::CARE.get(),
            Self::Roles => menus::ROLES.get(),
            Self::Sound => menus::SOUND.get(),
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table says what each does")]
pub enum Action {
    Mic,
    CloseMic,
    Hand,
    Write,
    Mute,
    MuteAll,
    Admit,
    AdmitAll,
    Remove,
    Lock,
    Try,
    GiveBack,
    Lead,
    NewCode,
    Invite,
    Copy,
    CopyShort,
    Picture,
    Search,
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
    Plan,
    Aloud,
    Louder,
    Softer,
}

/// The people who can use a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Everybody,
    /// The facilitator.
    Facilitator,
    /// The facilitator, while someone waits at the door.
    Door,
    /// The facilitator, while a member may be another who is away, or one who led before is here again.
    Namesake,
}

impl Who {
    /// Whether it's this person's to use, and of use at this moment.
    pub fn may(self, room: &Room) -> bool {
        match self {
            Self::Everybody => true,
            Self::Facilitator => room.am_facilitator(),
            Self::Door => room.am_facilitator() && !room.door.is_empty(),
            Self::Namesake => !room.namesakes().is_empty() || room.role_to_give_back().is_some(),
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
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where.
    pub contexts: &'static [Context],
    /// The keys that do it.
    pub keys: &'static [Key],
    /// What to call them.
    pub label: &'static str,
    /// What they do.
    pub action: Action,
    /// The people who can.
    pub who: Who,
    /// The word in the footer, and how much it matters there: the lowest number stays longest.
    pub footer: Option<(u8, Text)>,
    /// A sentence for the help; empty if the line before says it.
    pub help: Text,
    /// What can be typed for it.
    pub words: &'static [Word],
}
