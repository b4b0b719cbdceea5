//! One relay's part in a fleet, without sockets or clocks.
//!
//! The shell tells [`Fleet`] what the registry says and `now`, then carries out every [`Effect`] from [`Fleet::poll_effect`]. What
//! is agreed on is in the registry alone: a relay holds a lease there, and has a room if the key of the room's number is its own.

mod effect;
mod fleet;
mod load;
mod numbers;
mod placement;
mod record;
mod ring;
mod standing;
#[cfg(test)]
mod tests;

pub use self::effect::{Claimed, Effect};
pub use self::fleet::{Fleet, Lead, Settings};
pub use self::load::Load;
pub use self::numbers::{Number, Numbers};
pub use self::placement::Place;
pub use self::record::{Record, RelayId, Revision};
