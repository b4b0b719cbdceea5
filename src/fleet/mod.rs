//! Several relays as one service: which of them has a group, and what becomes of it when one dies or is stopped.

pub mod core;
mod etcd;
mod member;
mod place;

pub use self::member::{Config, Membership, check};
pub use self::place::{Member, Registry, Tls};
