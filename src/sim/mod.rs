//! Whole groups in one thread of virtual time.
//!
//! A [`World`] is one relay core, some member cores and a [`network::Net`] for each that delays, loses, doubles and reorders what
//! crosses it, all from one seed: the same seed gives the same session, event for event. A [`Script`] says what people do and
//! what the lines do; [`check`] says whether what all have seen fits together.

mod asleep;
mod batch;
mod care;
pub mod check;
mod conn;
mod decide;
mod figures;
mod holes;
mod lines;
pub mod link;
mod live;
mod machine;
pub mod network;
mod people;
mod player;
mod queue;
pub mod script;
mod second;
mod turns;
mod verdict;
mod ways;
mod world;

pub use care::InPrivate;
pub use check::Witness;
pub use player::Play;
pub use script::{Script, Step};
pub use world::World;
