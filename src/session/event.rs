//! What a face is told of, one thing at a time. The room has already changed when it is told.

use super::{
    CareEvent, DecisionEvent, Departure, Ended, LetsIn, LinkFigures, Outcome, Receipt, Road, Role, SoundCheck,
    SoundEvent, Trouble, TurnEvent,
};
use crate::ids::{Attempt, Index, SeatId};
use crate::wire::{HeardBy, Presence};

/// What happened. What the log says comes from the reducer ([`State::apply`](super::State::apply)); the rest is the
/// member's own.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum Event {
    /// The room is open.
    Hosting(Invitation),
    /// It has turned out who can reach the relay in this program. The invitation is as it is now.
    Reach(Invitation),
    /// The relay is one that this computer had not met before.
    NewRelay {
        /// Where it is, `HOST:PORT`.
        relay: String,
        /// Its key's fingerprint, as it is read aloud.
        key: String,
    },
    /// Nobody named a relay, and this one is called.
    RelayFound {
        /// Where it is, `HOST:PORT`.
        relay: String,
        /// Whether it was found on the local network; otherwise it is the one that was used last.
        nearby: bool,
    },
    /// At the door.
    Waiting,
    /// At the door, I have agreed to the ground rules.
    Agreed,
    /// At the door, a sound check began or is over; the room has it.
    SoundCheck(SoundCheck),
    /// Someone knocks.
    Knock { attempt: Attempt, name: String },
    /// At the door: the member who can let me in has changed, or is known now.
    LetsIn(LetsIn),
    /// At the door, it hasn't answered for a while.
    DoorSilent,
    /// Someone who knocked went away.
    KnockOver { attempt: Attempt, name: String },
    /// Someone who waits at my door has agreed to the ground rules.
    KnockAgreed { attempt: Attempt, name: String },
    /// Someone tried wrong words at my door.
    WrongWords {
        /// How many wrong tries there have been at these words.
        tries: u32,
        /// Whether the next try needs my yes.
        held: bool,
    },
    /// Someone came to my door whose try at the words needs my yes.
    TryWaits,
    /// The words of the code were drawn anew; the room has the new code.
    NewCode,
    /// I am in.
    Joined,
    /// Somebody came in.
    Arrived { seat: SeatId, name: String },
    /// A seat was given up, and this is the name that it had.
    Departed { seat: SeatId, name: String, why: Departure },
    /// The member on this seat is the one who was away, and has that seat's place and name again; until now it was called by
    /// `was`.
    Returned { seat: SeatId, name: String, was: String },
    /// Somebody came in by the name of a member who is away, and is called by `name`. If it's the same person, I can give the
    /// place back.
    Namesake { seat: SeatId, name: String, was: String },
    /// The member on this seat led the group before, was away meanwhile, and is here again. I can give the role back.
    LedBefore { seat: SeatId, name: String },
    /// A member's line is better or worse than before.
    Presence { seat: SeatId, name: String, presence: Presence },
    /// Someone began or ceased to speak.
    Speaking { seat: SeatId, on: bool },
    /// The facilitator has muted a member, or lifted that.
    Muted { seat: SeatId, muted: bool },
    /// My microphone was opened or closed, or I was muted or no longer am.
    Mic,
    /// A hand went up or down.
    Hand { seat: SeatId, up: bool },
    /// A line of chat. With its writer's name, since the writer may leave.
    Chat { seat: SeatId, from: String, text: String },
    /// The door was locked or unlocked.
    Locked(bool),
    /// The facilitator's role came to this seat.
    Facilitator(SeatId),
    /// The four words are being compared; they come in a moment.
    Verify,
    /// These are the words, the same for all between whom nobody stands.
    Words([&'static str; 4]),
    /// A listener says that the words are the same, or that they aren't.
    Verified { seat: SeatId, same: bool },
    /// Comparing the words is over.
    VerifyOver(Outcome),
    /// A log entry was applied.
    State { index: Index, hash: [u8; 32] },
    /// The line in figures.
    Link(LinkFigures),
    /// The line was cut, or is back.
    Line {
        /// Whether it is back.
        back: bool,
    },
    /// Another road carries the line than before; the first time, only if it's the slow one.
    Road(Road),
    /// My second way stands otherwise than before, or the first does beside it: see [`super::Room::second_way`].
    SecondWay,
    /// The relay had lost the group, as when it was started again, and these of its members are back. It goes on once they are
    /// enough.
    Restoring {
        /// How many are back.
        back: u8,
        /// How many the group has.
        of: u8,
    },
    /// The group goes on where it was, at a relay that had lost it.
    Restored,
    /// Something went wrong; the session goes on.
    Trouble(Trouble),
    /// The session is over.
    Closed(Ended),
    /// A member has this role now.
    Role { seat: SeatId, role: Role },
    /// While nobody who leads is there, a member has chosen another, or itself, to lead.
    Choice { seat: SeatId, whom: SeatId },
    /// My line was gone, another has door and floor, and I can take them back.
    CanTakeBack,
    /// About turns.
    Turn(TurnEvent),
    /// A mute of all or the talking stick keeps this seat from being heard, or no longer does. Which it is,
    /// [`Self::Turn`] says.
    Hushed { seat: SeatId, hushed: bool },
    /// I talk, and nobody hears me: I am muted. Once each time I begin.
    TalksMuted,
    /// For the facilitator: nothing was heard from this member for [`NUDGE`](super::NUDGE).
    Nudge(SeatId),
    /// About decisions.
    Decision(DecisionEvent),
    /// What I take along. Told before the end.
    Receipt(Box<Receipt>),
    /// I have kept the minutes, in this file.
    Saved(String),
    /// A member, or I, hear what was said this many seconds ago; 0: what is live.
    Behind { seat: SeatId, seconds: u8 },
    /// How I am heard has changed.
    HeardBy(HeardBy),
    /// About care for each other.
    Care(CareEvent),
    /// About devices and how members are heard.
    Sound(SoundEvent),
}

/// What others need to come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// What they join with.
    pub code: String,
    /// Where the relay is, `HOST:PORT`.
    pub relay: String,
    /// The fingerprint of the relay's key, as it is read aloud.
    pub key: String,
    /// A text to send to them.
    pub text: String,
    /// The same for a text message.
    pub short: String,
    /// A link that says it all.
    pub link: String,
    /// From where the relay can be reached, if it is in this program and that has turned out.
    pub reach: Option<Reach>,
}

/// Which of the texts of an invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InviteForm {
    /// The one for a letter.
    #[default]
    Long,
    /// The one that fits a text message.
    Short,
}

impl Invitation {
    /// The text of a form.
    pub fn in_form(&self, form: InviteForm) -> &str {
        match form {
            InviteForm::Long => &self.text,
            InviteForm::Short => &self.short,
        }
    }
}

/// From where a relay can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// From everywhere: something from outside has arrived.
    Everybody,
    /// From everywhere, as far as this computer and its router can tell. Nobody has tested it from outside.
    Untested,
    /// From the same network.
    Network {
        /// Whether it was tested from outside, and nothing has arrived.
        tested: bool,
        /// The relay's UDP port.
        port: u16,
    },
}
