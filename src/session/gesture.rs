//! Quiet signs of a member that all see for a while.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A sign without a word. Nothing follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Gesture {
    /// I am here.
    Here,
    /// Applause.
    Applause,
}

impl Gesture {
    /// The word for it that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Applause => "applause",
        }
    }

    /// How long all see it.
    pub fn lasts(self) -> Duration {
        match self {
            Self::Here => Duration::from_secs(60),
            Self::Applause => Duration::from_secs(3),
        }
    }

    /// How long after one of these no other of the kind counts from the same member, in milliseconds of the group's time.
    pub fn pause_ms(self) -> u64 {
        match self {
            Self::Here => 0,
            Self::Applause => 3000,
        }
    }
}
