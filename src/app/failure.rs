//! Why a session did not come about, in two sentences.

use std::io;

/// A problem and what to do next. Ends the program with exit code 1.
#[derive(Debug)]
pub struct Failure {
    /// The problem, one sentence.
    pub message: String,
    /// What to do next, one sentence.
    pub hint: String,
    /// Whether a person has seen it already.
    pub told: bool,
}

impl Failure {
    /// A failure that nobody has been told of.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), told: false }
    }

    /// The system refused something that it always gives.
    pub fn system(error: io::Error) -> Self {
        Self::new(
            format!("ingle can't run on this machine: {error}."),
            "Close other programs or restart the computer, then try again.",
        )
    }

    /// There is nobody to show anything to.
    pub fn no_output(_: io::Error) -> Self {
        Self::new(
            "Nobody reads what ingle writes any more, so it has left the group.",
            "Start it in a terminal, or keep the program that reads its output running.",
        )
    }
}
