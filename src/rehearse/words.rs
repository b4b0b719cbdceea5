//! A line of the practice group, with the keys and commands of this program.

use crate::command::typed;
use crate::session::{Phase, Room};
use crate::text::{self, Practice, TourLine, practice};
use crate::tui::guide;

/// The line as it is written; `whom` is the member it is about.
pub(super) fn words(line: Practice, whom: &str) -> String {
    practice(line, whom, guide(&inside()), typed)
}

/// A line of the tour as it is written.
pub(super) fn tour(line: TourLine) -> String {
    text::tour(line, guide(&inside()), typed)
}

fn inside() -> Room {
    Room { phase: Phase::In, ..Room::default() }
}
