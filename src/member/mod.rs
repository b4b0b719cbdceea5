//! One member's core, without sockets, devices or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Effect`] from [`Member::poll_effect`], and
//! calls [`Member::handle_timeout`] no later than [`Member::poll_timeout`] says. What the screens show stands in
//! [`Member::room`]. Equal seeds and equal calls give equal effects.
//!
//! `core`, `intents`, `entries` and `media` are the member as a whole: they bring what happens to the parts that it concerns.
//! Each other file is a part with a state of its own, or rules without any. A part knows the parts that it's given, and never
//! the member.

mod actions;
mod audible;
mod backfill;
mod ballot;
mod commits;
mod comparison;
mod confide;
mod config;
mod connection;
mod context;
mod copies;
mod core;
mod deadlines;
mod devices;
mod door;
mod downlink;
mod effect;
mod entries;
mod flight;
mod floor;
mod gestures;
mod handover;
mod intents;
mod keys;
mod knocking;
mod knocks;
mod links;
mod log;
mod media;
mod meter;
mod namesakes;
mod private;
mod reception;
mod room_copy;
mod second_way;
mod sound_check;
mod speech;
mod spending;
mod state_history;
mod succession;
#[cfg(test)]
mod tests;
mod turns;
mod uplink;
mod voice;

pub use self::config::{Config, Start};
pub use self::core::Member;
pub use self::effect::{Effect, Heard, LineCounts, Spoken, Thin};
