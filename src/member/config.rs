//! Who a member is, and what for.

use crate::adapt::PlanChoice;
use crate::crypto::code::Code;
use crate::session::Charter;

/// What a member came for.
#[derive(Clone)]
pub enum Start {
    /// To open a group and hold its door.
    Host {
        /// The group's title.
        title: String,
        /// Whether everybody with the code is let in.
        open_door: bool,
        /// What the group is to hold itself by.
        charter: Charter,
    },
    /// To be let into a group.
    Join(Code),
}

/// Who a member is, and what for.
#[derive(Clone)]
pub struct Config {
    /// The name that the others see.
    pub name: String,
    /// What the member came for.
    pub start: Start,
    /// Whether the microphone starts open, and can't be closed: sound from a file.
    pub mic_always_open: bool,
    /// Whether I want no microphone, and can't open one.
    pub no_mic: bool,
    /// Whether the microphone starts open.
    pub mic_open: bool,
    /// Whether the relay is in this program and ends with it.
    pub relay_here: bool,
    /// The most that my voice is coded with.
    pub plan: PlanChoice,
}
