//! Why something about turns can't be done now.

use super::{RoundKind, Turn};
use crate::ids::SeatId;
use crate::session::{Order, State, Trouble};

/// Why something about turns can't be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the sentences say what each means")]
pub enum NotNow {
    AskedAlready,
    NotAsked,
    NobodyAsks,
    MuteAllAsked,
    MuteAll,
    AllMayTalk,
    StickIsThere,
    NoStick,
    NotHolder,
    OrderAlready,
    NoHand,
    Round,
    NoRound,
    NotYourTurn,
    LastInRound,
    Seconds,
    AgendaFull,
    NoPoint,
    NoAgenda,
    Break,
    NoBreak,
    BackAlready,
    BreakMinutes,
    BellMinutes,
    NoBell,
    OnlyStickHeard,
    OnlyFacilitatorHeard,
}

impl State {
    /// Why a member's step about turns would change nothing at `group_ms`.
    pub fn why_not(&self, by: SeatId, turn: &Turn, group_ms: u64) -> Trouble {
        let leads = self.facilitator() == Some(by);
        let turns = &self.turns;
        Trouble::NotNow(match turn {
            Turn::Ask { up: true } => NotNow::AskedAlready,
            Turn::Ask { up: false } => NotNow::NotAsked,
            Turn::Yes if self.mute_all_asked(group_ms).is_some() => NotNow::AskedAlready,
            Turn::Yes => NotNow::NobodyAsks,
            Turn::Done | Turn::Pass | Turn::Later if turns.round.is_none() => NotNow::NoRound,
            Turn::Later if self.is_turn_of(by) => NotNow::LastInRound,
            Turn::Done | Turn::Pass | Turn::Later | Turn::Absent(_) | Turn::Return => NotNow::NotYourTurn,
            Turn::Back if turns.pause.is_none() => NotNow::NoBreak,
            Turn::Back => NotNow::BackAlready,
            _ if !leads => return Trouble::NotFacilitator,
            Turn::AskMuteAll if self.mute_all_asked(group_ms).is_some() => NotNow::MuteAllAsked,
            Turn::AskMuteAll => NotNow::AllMayTalk,
            Turn::Order(Order::Hands | Order::Least) | Turn::Least(_) => NotNow::OrderAlready,
            Turn::Next(_) => NotNow::NoHand,
            Turn::Round(RoundKind::CheckIn | RoundKind::CheckOut | RoundKind::Free, _) if turns.round.is_some() => {
                NotNow::Round
            }
            Turn::Round(..) => NotNow::Seconds,
            Turn::EndRound => NotNow::NoRound,
            Turn::Skip(_) if turns.round.is_none() => NotNow::NoRound,
            Turn::Skip(_) => NotNow::NotYourTurn,
            Turn::Point(..) if turns.agenda.points.len() >= crate::wire::limits::AGENDA => NotNow::AgendaFull,
            Turn::Point(..) => NotNow::NoPoint,
            Turn::NextPoint | Turn::ClearAgenda => NotNow::NoAgenda,
            Turn::Break(_) if turns.pause.is_some() => NotNow::Break,
            Turn::Break(_) => NotNow::BreakMinutes,
            Turn::EndBreak => NotNow::NoBreak,
            Turn::Bell(Some(_)) => NotNow::BellMinutes,
            Turn::Bell(None) => NotNow::NoBell,
        })
    }
}
