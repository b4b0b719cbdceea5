//! Why a session did not come about, in two sentences.

use std::io;

use crate::text::{Advice, start};

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
    pub fn new((message, hint): Advice) -> Self {
        Self { message, hint, told: false }
    }

    /// The system refused something that it always gives.
    pub fn system(error: io::Error) -> Self {
        Self::new(start::cannot_run(&error.to_string()))
    }

    /// There is nobody to show anything to.
    pub fn no_output(_: io::Error) -> Self {
        Self::new(start::nobody_reads())
    }
}
