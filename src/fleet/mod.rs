//! Several relays as one service: which of them has a group, and what becomes of it when one dies or is stopped.

pub mod core;
mod etcd;
mod member;

pub use self::member::{Config, Membership, check};
