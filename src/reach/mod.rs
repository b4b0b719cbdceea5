//! How a relay is found, and who can reach it.

mod addresses;
pub mod nearby;

pub use addresses::own as own_addresses;
pub use nearby::{Announcement, MOST_NEARBY, NearbyError};
