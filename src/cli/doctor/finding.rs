//! What has been looked at, and how it is.

use serde_json::{Value, json};

use crate::text::{Advice, doctor as text};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Good,
    /// Worth knowing, and no hindrance.
    Note,
    Problem,
}

impl State {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Good => text::GOOD.get(),
            Self::Note => text::NOTE.get(),
            Self::Problem => text::PROBLEM.get(),
        }
    }
}

/// What has been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) about: &'static str,
    pub(super) state: State,
    /// A sentence, and what to do next.
    pub(super) says: Advice,
}

impl Finding {
    pub(super) fn new(about: &'static str, state: State, says: Advice) -> Self {
        Self { about, state, says }
    }

    /// For programs.
    pub(super) fn object(&self) -> Value {
        let (message, hint) = &self.says;
        json!({ "about": self.about, "state": self.state.word(), "message": message, "hint": hint })
    }
}
