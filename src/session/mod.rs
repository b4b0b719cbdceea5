//! What a group is: its members, turns, decisions, and what was said in writing.
//!
//! [`State`] is what all members agree on: a reducer over the ordered log, free of clocks and randomness, so that equal
//! logs give equal hashes. It is made of parts, each with its own state: members and their roles ([`Circle`]), [`Turns`],
//! [`Decisions`], [`Verification`] and [`Care`]. [`Room`] is one member's view: the state, and what only this member sees
//! (its microphone, the lines of the others, who waits at its door). A face reads the room and hears of each [`Event`]; what
//! a person wants becomes an [`Intent`].

mod about;
mod care;
mod charter;
mod circle;
pub mod clean;
mod confided;
mod decisions;
mod departure;
mod devices;
mod digest;
mod ended;
mod event;
mod fact;
mod figures;
#[cfg(all(test, feature = "client"))]
pub(crate) mod fixture;
mod gesture;
mod intent;
mod lets_in;
mod likeness;
#[cfg(test)]
mod log;
mod lookalike;
mod member;
mod mutes;
mod op;
mod pick;
pub mod poll;
mod receipt;
mod role;
mod roles;
mod room;
mod second_way;
mod secret;
mod sound;
mod spending;
mod state;
#[cfg(test)]
mod tests;
mod trouble;
mod turns;
mod verification;

pub use about::{About, Kind};
pub use care::{Alarm, Care, CareEvent};
pub use charter::{Chair, Charter, CharterError, Power, Say, Tally, Threshold};
pub use circle::Circle;
pub use confided::Confided;
pub use decisions::{
    Answer, Became, Choice, Decide, Decided, DecisionEvent, Decisions, How, Motion, NoDecision, Proposal, Proposed,
    Reading, Stage, TEST_MS, Test, VOTE_MS, Vote, VoteKind, Voter,
};
pub use departure::Departure;
pub use devices::{
    Devices, Known, MicClosing, MicFault, MicStatus, Microphone, Side, SoundEvent, Speaker, SpeakerFault,
    SpeakerStatus, VoiceAdvice,
};
pub use digest::{Again, Digest};
pub use ended::Ended;
pub use event::{Event, Invitation, InviteForm, Reach};
pub use fact::Fact;
pub use figures::{LinkFigures, Road};
pub use gesture::Gesture;
pub use intent::{Intent, Whom};
pub use lets_in::LetsIn;
pub use lookalike::Lookalike;
pub use member::Member;
pub use op::Op;
pub use pick::Pick;
pub use receipt::Receipt;
pub use role::Role;
pub use roles::Roles;
pub use room::{ChatLine, Comparing, NUDGE, Phase, Room, Speaking, Talk, Waiting};
pub use second_way::{SecondWay, SecondWayState};
pub use secret::Secret;
pub use sound::{Hearing, SoundCheck};
pub use spending::Spending;
pub use state::State;
pub use trouble::Trouble;
pub use turns::{
    Agenda, BELL_SOON_MS, Bell, Break, Floor, MuteAll, MuteAllAsked, NotNow, Order, Point, Queue, Round, RoundKind,
    Turn, TurnEvent, Turns,
};
pub use verification::{Comparison, Outcome, Standing, VERIFY_MS, Verification};

// What the faces read stands in the room; they need no other module for its words.
pub use crate::wire::limits::{CHAT_CHARS, POINT_CHARS, PRIVATE_CHARS, PROPOSAL_CHARS, REASON_CHARS};
pub use crate::wire::{Act, HeardBy, Presence, Refusal};
