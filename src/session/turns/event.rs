//! What those who watch are told about turns.

use crate::ids::SeatId;

/// What became of turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum TurnEvent {
    /// All but the facilitator are muted, or no longer are.
    MuteAll { on: bool },
    /// The group is asked whether all may stay muted for as long again.
    MuteAllAsked,
    /// Someone says yes to that.
    MuteAllYes(SeatId),
    /// Most say yes.
    MuteAllAgreed,
    /// Too few have said yes.
    MuteAllRefused,
    /// This one has the talking stick; or nobody.
    Stick(Option<SeatId>),
    /// Someone asks to speak, or no longer does.
    Asked { seat: SeatId, up: bool },
    /// Another has a raised hand, or they come in another order.
    Queue,
    /// The rule of that order is another.
    Ordered,
    /// The facilitator gives this one the word.
    Next(SeatId),
    /// A go-round began.
    RoundBegan,
    /// It's another's turn in the round, or nobody's as long as those who are left are away.
    RoundTurn(Option<SeatId>),
    /// Someone passed.
    RoundPassed(SeatId),
    /// Someone's turn was skipped: by the facilitator, or because they are away.
    RoundSkipped { seat: SeatId, away: bool },
    /// Someone's turn comes at the end: one who wanted it so, or who came late.
    RoundLater(SeatId),
    /// Someone who had been away has the next turn.
    RoundReturned(SeatId),
    /// The time of the one whose turn it is has passed. Nothing is cut off.
    RoundTime(SeatId),
    /// The round is over.
    RoundOver,
    /// The agenda has another point, or none any more.
    Agenda,
    /// The group is at another point, or has finished (`None`).
    Point(Option<u8>),
    /// The minutes of the point that the group is at have passed.
    PointTime,
    /// A break began.
    BreakBegan,
    /// The time to come back.
    BreakTime,
    /// Someone is back from the break.
    Back(SeatId),
    /// The break is over: everybody is back, or the facilitator says so.
    BreakOver,
    /// When the group's time is over was set, or unset.
    BellSet,
    /// The group's time is over soon.
    BellSoon,
    /// The group's time is over.
    Bell,
    /// Someone who asked to speak has been given leave, and asks no longer.
    Heeded(SeatId),
}
