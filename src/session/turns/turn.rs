//! What members do about turns.

use serde::{Deserialize, Serialize};

use super::{Order, RoundKind};
use crate::ids::SeatId;

/// What a member does about turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// I ask to speak, or no longer do.
    Ask {
        /// Whether I do.
        up: bool,
    },
    /// The facilitator's: may all stay muted for as long again?
    AskMuteAll,
    /// I say yes to that.
    Yes,
    /// The facilitator's: the order in which those with raised hands come.
    Order(Order),
    /// The facilitator's: those with raised hands, the least heard first.
    Least(Vec<SeatId>),
    /// The facilitator's: this one, who has a hand up or has asked to speak, is next.
    Next(SeatId),
    /// The facilitator's: a go-round begins, with this many seconds for each if any are set.
    Round(RoundKind, Option<u16>),
    /// The facilitator's: the go-round is over.
    EndRound,
    /// I have said what I wanted to say in the round.
    Done,
    /// I say nothing in the round.
    Pass,
    /// My turn in the round comes at the end.
    Later,
    /// The facilitator's: the turn of this one is over.
    Skip(SeatId),
    /// This one, whose turn it is, is away.
    Absent(SeatId),
    /// I was passed over while I was away, and am back.
    Return,
    /// The facilitator's: another point, and its minutes.
    Point(String, u16),
    /// The facilitator's: on to the next point.
    NextPoint,
    /// The facilitator's: no agenda.
    ClearAgenda,
    /// The facilitator's: a break of this many minutes.
    Break(u16),
    /// The facilitator's: the break is over.
    EndBreak,
    /// I am back from the break.
    Back,
    /// The facilitator's: the group's time is over in this many minutes, or has no end.
    Bell(Option<u16>),
}

impl Turn {
    /// Whether it counts only from the member who holds the floor.
    pub(in crate::session) fn is_the_facilitators(&self) -> bool {
        match self {
            Self::Ask { .. }
            | Self::Yes
            | Self::Done
            | Self::Pass
            | Self::Later
            | Self::Absent(_)
            | Self::Return
            | Self::Back => false,
            Self::AskMuteAll
            | Self::Order(_)
            | Self::Least(_)
            | Self::Next(_)
            | Self::Round(..)
            | Self::EndRound
            | Self::Skip(_)
            | Self::Point(..)
            | Self::NextPoint
            | Self::ClearAgenda
            | Self::Break(_)
            | Self::EndBreak
            | Self::Bell(_) => true,
        }
    }
}
