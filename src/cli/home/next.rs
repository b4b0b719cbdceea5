//! What comes of Home, and of its sound check.

use crate::audio::{CheckReport, Verdict};
use crate::session::Hearing;

/// What the person wants.
pub(in crate::cli) enum Next {
    Host(String),
    /// Join with the text that holds the code.
    Join(String),
    /// Join with a code that is asked for, and begins with this.
    Ask(String),
    Practise,
    Leave,
}

/// The worst that a check has found.
pub(super) fn hearing(report: &CheckReport) -> Hearing {
    match report.verdicts.first() {
        Some(Verdict::NothingHeard) => Hearing::Nothing,
        Some(Verdict::TooLoud) => Hearing::Loudly,
        Some(Verdict::TooQuiet) => Hearing::Faintly,
        Some(Verdict::Echo) => Hearing::WithEcho,
        Some(Verdict::Noisy) => Hearing::WithNoise,
        Some(Verdict::Good) | None => Hearing::Well,
    }
}
