//! How a relay is found, and who can reach it.

mod addresses;
pub mod nearby;
#[cfg(feature = "client")]
pub mod router;

pub use addresses::{is_global, own as own_addresses};
pub use nearby::{Announcement, MOST_NEARBY, NearbyError};
