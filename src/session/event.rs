//! What a face is told of, one thing at a time. The room has already changed when it is told.

use super::poll::Count;
use super::{
    Became, Choice, Departure, Ended, Gesture, LinkFigures, Outcome, Power, Proposed, Receipt, Role, Secret,
    SoundCheck, Tally, Trouble, TurnEvent, VoteKind,
};
use crate::ids::{Attempt, Index, SeatId};
use crate::wire::{HeardBy, Presence};

/// What happened. What the log says comes from the reducer ([`State::apply`](super::State::apply)); the rest is the
/// member's own.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum Event {
    /// The room is open.
    Hosting {
        /// What others join with.
        code: String,
        /// Where the relay is, `HOST:PORT`.
        relay: String,
        /// A text to send to others.
        invitation: String,
    },
    /// The relay is one that this computer had not met before.
    NewRelay {
        /// Where it is, `HOST:PORT`.
        relay: String,
        /// Its key's fingerprint, as it is read aloud.
        key: String,
    },
    /// At the door.
    Waiting,
    /// At the door, I have agreed to the ground rules.
    Agreed,
    /// At the door, a sound check began or is over; the room has it.
    SoundCheck(SoundCheck),
    /// Someone knocks.
    Knock { attempt: Attempt, name: String },
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
    /// Something went wrong; the session goes on.
    Trouble(Trouble),
    /// The session is over.
    Closed(Ended),
    /// A member has this role now.
    Role { seat: SeatId, role: Role },
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
    /// Something became of a proposal.
    Proposal { proposal: Box<Proposed>, became: Became },
    /// A proposal is put to a vote, or the vote is over.
    Vote { id: u32, kind: VoteKind, open: bool },
    /// Someone has voted, in an open vote.
    Voted { seat: SeatId, choice: Choice },
    /// What a vote came to.
    Result {
        /// The proposal.
        id: u32,
        /// How it was held.
        kind: VoteKind,
        /// What was voted.
        tally: Tally,
        /// Whether it has passed.
        passed: bool,
    },
    /// Someone has chosen, in the secret vote that is under way.
    Chosen(SeatId),
    /// All who vote in secret have chosen, or had the time to; the clients do the rest.
    Counting,
    /// What this voter's program has sent in the secret vote is no good, and doesn't count.
    BadBallot(SeatId),
    /// A secret vote on this proposal came to nothing; `absent` names those without whom it can't be counted, if it's for
    /// that.
    Uncounted { id: u32, count: Count, absent: Vec<String> },
    /// The group holds itself by another charter from here on.
    Charter,
    /// The minutes are read back to everybody.
    Minutes,
    /// Someone says that the minutes are right, or that they aren't.
    MinutesAnswered { seat: SeatId, right: bool },
    /// The group comes to its close.
    Closing,
    /// A facilitator has done this without the group's yes, which the charter asks for.
    Overstepped { seat: SeatId, power: Power },
    /// What I take along. Told before the end.
    Receipt(Box<Receipt>),
    /// I have kept the minutes, in this file.
    Saved(String),
    /// A member, or I, hear what was said this many seconds ago; 0: what is live.
    Behind { seat: SeatId, seconds: u8 },
    /// How I am heard has changed.
    HeardBy(HeardBy),
    /// A private word.
    Private {
        /// Who wrote it.
        from: String,
        /// Whom it's for.
        to: String,
        /// What.
        text: String,
        /// Whether it's mine.
        mine: bool,
    },
    /// A member asks those who lead for help.
    Help(String),
    /// My call for help has reached those who lead.
    HelpSent,
    /// A member gives a quiet sign, without a word.
    Gesture { seat: SeatId, gesture: Gesture },
    /// What is to be done if the member of this name vanishes.
    FollowUp { name: String, text: Secret },
    /// The member of this name has left a note at the door.
    Note { name: String, text: Secret },
    /// A joiner at my door has left a note.
    KnockNote { attempt: Attempt, name: String, note: Secret },
    /// At the door, my note is with those who lead.
    NoteSent,
    /// The member who had this order of arrival and this name vanished.
    Alarm { arrival: u64, name: String },
    /// Somebody who leads has seen to a member who vanished or asked for help.
    SeenTo {
        /// By whom.
        by: String,
        /// Whose name it is.
        name: String,
    },
}
