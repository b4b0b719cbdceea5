//! What went wrong, for people to read.

use super::{NoDecision, NotNow, Power};
use crate::wire::Refusal;

/// What went wrong, for [`crate::text`] to say in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Only the facilitator can do that.
    NotFacilitator,
    /// I am muted by the facilitator, so my microphone stays closed.
    FloorMuted,
    /// Nobody waits at the door.
    NobodyWaits,
    /// An action was not taken; if it was a line of chat, here it is.
    NotTaken(Option<String>),
    /// Too many of my actions are still on their way.
    TooFast,
    /// Nothing has answered the first call for a while; it goes on.
    NoAnswerYet,
    /// The line is cut; I am coming back.
    LineLost,
    /// The relay is being started again; I am coming back.
    RelayRestarts,
    /// No relay can open a room at the moment; I keep asking.
    NoRoomYet,
    /// The line has been cut for so long that my seat may no longer be kept; my microphone is closed.
    SeatLapsed,
    /// I have no microphone here, so it can't be opened.
    NoMicrophone,
    /// My microphone is a file, so no other can be chosen.
    FileMicrophone,
    /// Nothing is paused that could go on aloud.
    NothingPaused,
    /// My seat was given up while the line was cut, so I am at the door again.
    SeatLost {
        /// Whether my microphone is open all the same: it is a file, which can't be closed.
        mic_open: bool,
    },
    /// Everybody sees a different group than I do. Should not happen; a fresh start mends it.
    Diverged,
    /// Someone at the door sees another relay than I do: a stranger stands between.
    Intercepted,
    /// Too much sound that claims to be from the member with this name can't be opened; it's not played for now.
    BadSound(String),
    /// A line lost so much in a row of what the member with this name said that nothing brings it back.
    WordsLost {
        /// The talker's name.
        name: String,
        /// How long it was, in seconds, rounded up.
        seconds: u16,
    },
    /// The door gave me other names for these members than they have signed: the name I was given, and the signed one.
    Misnamed(Vec<(String, String)>),
    /// The relay refused.
    Refused(Refusal),
    /// A chair can't do that.
    OnlyLeads,
    /// The member has that role already, or enough others have.
    RoleStays,
    /// A private word to the member of this name reached nobody; here it is.
    PrivateLost(String, String),
    /// Nobody leads, or nobody but me.
    NobodyLeads,
    /// Nobody of this name has vanished or asked for help.
    NothingToHandle,
    /// I have left a note already.
    NoteGiven,
    /// Nobody here came in by the name of a member who is away, or a secret vote is under way.
    NothingToGiveBack,
    /// Nobody has taken over from me: I hold the group, or the member of this name leads it.
    NothingToTakeBack(Option<String>),
    /// Nobody who leads is there, and the group has yet to choose.
    NobodyLeadsYet,
    /// Somebody leads: the group doesn't choose anybody now.
    SomebodyLeads(String),
    /// I have chosen the member of this name already.
    ChosenAlready(String),
    /// The member of this name could not be made facilitator before I go, so I am still here.
    NotHandedOver(String),
    /// That can't be decided now.
    NoDecision(NoDecision),
    /// By the charter a facilitator needs the group's yes for this.
    AskTheGroup(Power),
    /// In words that were made elsewhere: the problem, and what to do next.
    Message {
        /// The problem, one sentence.
        message: String,
        /// What to do next, one sentence.
        hint: String,
    },
    /// Something about turns that can't be done now.
    NotNow(NotNow),
}

impl From<NoDecision> for Trouble {
    fn from(why: NoDecision) -> Self {
        Self::NoDecision(why)
    }
}

impl From<NotNow> for Trouble {
    fn from(why: NotNow) -> Self {
        Self::NotNow(why)
    }
}
