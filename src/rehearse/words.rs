//! A line of the practice group, with the keys and commands of this program.

use crate::command::typed;
use crate::session::{Phase, Room};
use crate::text::{Practice, practice};
use crate::tui::guide;

/// The line as it is written; `whom` is the member it is about.
pub(super) fn words(line: Practice, whom: &str) -> String {
    let inside = Room { phase: Phase::In, ..Room::default() };
    practice(line, whom, guide(&inside), typed)
}
