//! Why something about turns can't be done now.

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
