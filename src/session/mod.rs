//! What a group is: who is there, who has the floor, what was said in writing.
//!
//! [`State`] is what all members agree on: a reducer over the ordered log, free of clocks and randomness, so that equal
//! logs give equal hashes. [`Room`] is one member's view: the state, and what only this member sees (its microphone, the
//! lines of the others, who waits at its door). A face reads the room and hears of each [`Event`]; what a person
//! wants becomes an [`Intent`].

pub mod care;
mod charter;
pub mod clean;
mod decisions;
mod event;
#[cfg(all(test, feature = "client"))]
pub(crate) mod fixture;
mod intent;
#[cfg(test)]
mod log;
mod op;
pub mod poll;
mod receipt;
mod restart;
mod roles;
mod room;
mod sound;
mod state;
#[cfg(test)]
mod tests;
mod turns;
mod verification;

pub use care::{Alarm, Confided, Secret};
pub use charter::{Chair, Charter, CharterError, Power, Say, Tally, Threshold};
pub use decisions::{
    Answer, Became, Choice, Decide, Decided, Decisions, How, Motion, NoDecision, Proposal, Proposed, Reading, Stage,
    TEST_MS, Test, VOTE_MS, Vote, VoteKind, Voter,
};
pub use event::{Event, LinkFigures, Trouble};
pub use intent::{Intent, Whom};
pub use op::Op;
pub use receipt::Receipt;
pub use roles::Role;
pub use room::{ChatLine, Comparing, Ended, Microphone, NUDGE, Phase, Room, Speaking, Talk, Waiting};
pub use sound::{Hearing, SoundCheck};
pub use state::{Departure, Fact, Member, State};
pub use turns::{
    Agenda, BELL_SOON_MS, Bell, Break, Floor, MuteAll, MuteAllAsked, NotNow, Order, Point, Queue, Round, RoundKind,
    Turn, TurnEvent, Turns,
};
pub use verification::{Outcome, Standing, VERIFY_MS, Verification};

// What the faces read stands in the room; they need no other module for its words.
pub use crate::wire::limits::{CHAT_CHARS, POINT_CHARS, PRIVATE_CHARS, PROPOSAL_CHARS, REASON_CHARS};
pub use crate::wire::{Act, HeardBy, Presence, Refusal};
