//! How a relay is found, and who can reach it.

mod addresses;

pub use addresses::own as own_addresses;
