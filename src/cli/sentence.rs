//! How the program says that it can't, and with which exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::app::{Clock, FaceChoice, Failure};
use crate::ids::Time;
use crate::json;
use crate::session::{Event, Room, Trouble};
use crate::text::Advice;

/// Why the program ends: two sentences and an exit code.
pub(super) struct Stop {
    message: String,
    hint: String,
    code: u8,
    told: bool,
}

impl Stop {
    /// Something went wrong: exit code 1.
    pub(super) fn failure((message, hint): Advice) -> Self {
        Self { message, hint, code: 1, told: false }
    }

    /// The program was asked for something that isn't there: exit code 2.
    pub(super) fn usage(advice: Advice) -> Self {
        Self { code: 2, ..Self::failure(advice) }
    }

    /// The person gave up, and knows: nothing is said.
    pub(super) fn quietly(code: u8) -> Self {
        Self { code, told: true, ..Self::failure(Advice::default()) }
    }

    /// The system refused.
    pub(super) fn system(error: io::Error) -> Self {
        Self::from(Failure::system(error))
    }

    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }

    /// Says it, unless it has been said: on standard error, and as an object to programs that read those.
    pub(super) fn tell(&self, face: FaceChoice, clock: Clock) {
        if self.told {
            return;
        }
        // Whoever closed these doesn't want to know.
        if face == FaceChoice::Json {
            let told = Trouble::Message { message: self.message.clone(), hint: self.hint.clone() };
            let t = json::seconds(Time(0), clock.now());
            if let Some(line) = json::object(&Event::Trouble(told), &Room::default(), t) {
                let _ = writeln!(io::stdout(), "{line}");
            }
        }
        let _ = writeln!(io::stderr(), "{}\n{}", self.message, self.hint);
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self { message: failure.message, hint: failure.hint, code: 1, told: failure.told }
    }
}
