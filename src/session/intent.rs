//! What a person wants, whichever face they said it to.

use super::{Decide, Gesture, Role, Side, Spending, Turn};
use crate::ids::{Attempt, SeatId};

/// One or everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<T> {
    /// This one.
    One(T),
    /// All that it can concern.
    All,
}

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Let in somebody who waits at the door, or all.
    Admit(Whom<Attempt>),
    /// Don't let in this one who waits at the door.
    TurnAway(Attempt),
    /// Mute a member or everybody, or lift that. `All` leaves the facilitator out.
    Mute {
        /// Whom.
        whom: Whom<SeatId>,
        /// Whether they are to be muted.
        muted: bool,
    },
    /// Open or close my microphone.
    Mic {
        /// Whether it is to be open.
        open: bool,
    },
    /// Let one more try the words of the code, after too many wrong ones.
    AllowTry,
    /// The member on this seat is the one who is away, by whose name they came in: give them that one's place back. Or the one who
    /// led before, and was away meanwhile: give them that role back.
    GiveBack(SeatId),
    /// Draw the words of the code anew.
    NewCode,
    /// Raise or lower my hand.
    Hand {
        /// Whether it is to be up.
        up: bool,
    },
    /// Take no knocks, or take them again.
    Lock {
        /// Whether the door is to be locked.
        locked: bool,
    },
    /// Take a seat away.
    Remove(SeatId),
    /// Write a line to everybody.
    Chat(String),
    /// At the door: I agree to the ground rules.
    Agree,
    /// At the door: let me hear something, and show me whether my microphone hears me. Nothing is sent.
    SoundCheck,
    /// Have the four words compared.
    Verify,
    /// The four words that are read are mine, or aren't.
    Verified {
        /// Whether they are the same.
        same: bool,
    },
    /// Go.
    Leave,
    /// End the group for everybody; what is in the minutes is read back first.
    Close,
    /// Give a member a role.
    Role(SeatId, Role),
    /// While nobody who leads is there: I want this member to lead.
    Choose(SeatId),
    /// Go, once this member has the facilitator's role from me.
    HandOver(SeatId),
    /// Take door and floor back from the member who has had them while my line was gone.
    TakeBack,
    /// Something about turns.
    Turn(Turn),
    /// Give the talking stick to this seat, or put it down.
    Stick(Option<SeatId>),
    /// Something about decisions.
    Decide(Decide),
    /// End the group for everybody at once: its host goes.
    CloseNow,
    /// Don't let me hear what I have missed: from here on live.
    SkipMissed,
    /// A word to one member and nobody else.
    Private(SeatId, String),
    /// Tell those who lead, and nobody else, that I need help.
    HelpMe,
    /// Give the others a quiet sign, without a word.
    Gesture(Gesture),
    /// What is to be done if this member vanishes, for those who lead.
    FollowUp(SeatId, String),
    /// I have looked after the member with this order of arrival: they vanished, or asked for help.
    Handled(u64),
    /// At the door: a note for those who lead.
    Note(String),
    /// Use the device of this name from now on; an empty name is the one that the system offers.
    Device(Side, String),
    /// Go on aloud, where nothing is played because my headphones were unplugged.
    PlayAloud,
    /// Let me hear this member as loud as this, in percent.
    Volume(SeatId, u16),
    /// Let my line cost this from now on.
    Spend(Spending),
}
