//! Which events are lines about another member, and of which kind: the faces tell each kind at most once a minute.

use super::{CareEvent, DecisionEvent, Departure, Event, Gesture, Room, SoundEvent, TurnEvent};
use crate::ids::SeatId;
use crate::wire::Presence;

/// What a line about a member tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Came in, or is gone.
    Circle,
    /// Was removed.
    Removed,
    /// The line is cut, or back.
    Line,
    /// Loses words, or no longer does.
    Losing,
    /// Is muted by the facilitator, or may speak again.
    Muted,
    /// The hand is up or down.
    Hand,
    /// Asks to speak, or no longer does.
    Asks,
    /// Is at the door, or went away.
    Knock,
    /// At the door, agrees to the ground rules.
    Agrees,
    /// Gives this quiet sign.
    Sign(Gesture),
    /// Asks for help.
    Help,
    /// Vanished.
    Vanished,
    /// Was looked after.
    SeenTo,
    /// Hears what was said some time ago, or what is live.
    Behind,
    /// Has voted.
    Vote,
    /// Says whether the minutes are right.
    Minutes,
    /// Sent something in a secret vote that is no good.
    Ballot,
    /// Did something without the group's yes.
    Overstepped,
    /// Has another role.
    Role,
    /// Has no microphone that works, or has one again.
    NoMic,
}

/// A line about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Whom it's about. Members who leave and come back keep the name, and no other mark.
    pub name: String,
    /// What it tells of.
    pub kind: Kind,
    /// Whether it begins, where a kind has two sides; otherwise `true`.
    pub on: bool,
}

impl Event {
    /// Whom it's a line about, if it's about another than me. What somebody has written, and what says whose turn it is and what
    /// the group is at, is not: each of these counts.
    pub fn about(&self, room: &Room) -> Option<About> {
        let named = |name: &str, kind, on| Some(About { name: name.to_owned(), kind, on });
        let of = |seat: SeatId, kind, on| {
            let name = room.state.circle.name(seat).filter(|_| room.me != Some(seat))?;
            named(name, kind, on)
        };
        let other = |seat: SeatId| room.me != Some(seat);
        match self {
            Self::Arrived { seat, name } if other(*seat) => named(name, Kind::Circle, true),
            Self::Departed { name, why: Departure::Removed, .. } => named(name, Kind::Removed, true),
            Self::Departed { seat, name, .. } if other(*seat) => named(name, Kind::Circle, false),
            Self::Presence { seat, name, presence } if other(*seat) => match presence {
                Presence::Here => named(name, Kind::Line, false),
                Presence::Poor => named(name, Kind::Losing, true),
                Presence::Away => named(name, Kind::Line, true),
            },
            Self::Knock { name, .. } => named(name, Kind::Knock, true),
            Self::KnockOver { name, .. } => named(name, Kind::Knock, false),
            Self::KnockAgreed { name, .. } => named(name, Kind::Agrees, true),
            Self::Muted { seat, muted } => of(*seat, Kind::Muted, *muted),
            Self::Hand { seat, up } => of(*seat, Kind::Hand, *up),
            Self::Turn(TurnEvent::Asked { seat, up }) => of(*seat, Kind::Asks, *up),
            Self::Care(event) => match event {
                CareEvent::Gesture { seat, gesture } => of(*seat, Kind::Sign(*gesture), true),
                CareEvent::Help(name) => named(name, Kind::Help, true),
                CareEvent::Alarm { name, .. } => named(name, Kind::Vanished, true),
                CareEvent::SeenTo { name, .. } => named(name, Kind::SeenTo, true),
                CareEvent::Private { .. }
                | CareEvent::HelpSent
                | CareEvent::FollowUp { .. }
                | CareEvent::Note { .. }
                | CareEvent::KnockNote { .. }
                | CareEvent::NoteSent => None,
            },
            Self::Behind { seat, seconds } => of(*seat, Kind::Behind, *seconds > 0),
            Self::Decision(event) => match event {
                DecisionEvent::Voted { seat, .. } | DecisionEvent::Chosen(seat) => of(*seat, Kind::Vote, true),
                DecisionEvent::MinutesAnswered { seat, .. } => of(*seat, Kind::Minutes, true),
                DecisionEvent::BadBallot(seat) => of(*seat, Kind::Ballot, true),
                DecisionEvent::Overstepped { seat, .. } => of(*seat, Kind::Overstepped, true),
                DecisionEvent::Proposal { .. }
                | DecisionEvent::Vote { .. }
                | DecisionEvent::Result { .. }
                | DecisionEvent::Counting
                | DecisionEvent::Uncounted { .. }
                | DecisionEvent::Charter
                | DecisionEvent::Minutes
                | DecisionEvent::Closing => None,
            },
            Self::Role { seat, .. } => of(*seat, Kind::Role, true),
            Self::Sound(event) => match event {
                SoundEvent::NoMic { seat, missing } => of(*seat, Kind::NoMic, *missing),
                SoundEvent::Speaker
                | SoundEvent::Devices
                | SoundEvent::MicClosed(_)
                | SoundEvent::Advice(_)
                | SoundEvent::Spending(_)
                | SoundEvent::Volume { .. } => None,
            },
            Self::Arrived { .. }
            | Self::Departed { .. }
            | Self::Presence { .. }
            | Self::Turn(_)
            | Self::Returned { .. }
            | Self::Namesake { .. }
            | Self::Hosting { .. }
            | Self::NewRelay { .. }
            | Self::Reach(_)
            | Self::RelayFound { .. }
            | Self::Road(_)
            | Self::SecondWay
            | Self::Waiting
            | Self::LetsIn(_)
            | Self::DoorSilent
            | Self::LedBefore { .. }
            | Self::Choice { .. }
            | Self::Agreed
            | Self::SoundCheck(_)
            | Self::WrongWords { .. }
            | Self::TryWaits
            | Self::NewCode
            | Self::Joined
            | Self::Speaking { .. }
            | Self::Mic
            | Self::Chat { .. }
            | Self::Locked(_)
            | Self::Facilitator(_)
            | Self::Verify
            | Self::Words(_)
            | Self::Verified { .. }
            | Self::VerifyOver(_)
            | Self::State { .. }
            | Self::Link(_)
            | Self::Line { .. }
            | Self::Restoring { .. }
            | Self::Restored
            | Self::Trouble(_)
            | Self::Closed(_)
            | Self::CanTakeBack
            | Self::Hushed { .. }
            | Self::TalksMuted
            | Self::Nudge(_)
            | Self::Receipt(_)
            | Self::Saved(_)
            | Self::HeardBy(_) => None,
        }
    }
}
