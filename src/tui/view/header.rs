//! The first row: which group, how long, how private, how my line is.

use std::time::Duration;

use super::scene::Scene;
use crate::session::{Phase, Room};
use crate::text;
use crate::tui::canvas::{Canvas, width};

/// Columns that a title keeps.
const TITLE: u16 = 16;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let line = text::line_state(scene.room).words();
    let right = canvas.width().saturating_sub(1);
    // The mark has its place also before there is a line to speak of.
    let place = right.saturating_sub(13);
    let clock = clock(scene);
    let (long, short) = text::privacy_mark(scene.room, scene.now);
    // The name of the group comes before that of the last newcomer.
    let fits = width(&long) + width(&clock) + width(title(scene.room)).min(TITLE) + 8 <= place;
    let mark = canvas.put_right(place, 0, if fits { &long } else { short }, theme.text());
    canvas.put_right(right, 0, line, theme.text());
    let clock_at = canvas.put_right(mark.saturating_sub(4), 0, &clock, theme.text());
    canvas.put_within(1, 0, clock_at.saturating_sub(3), title(scene.room), theme.heading());
}

/// The group's name, or the program's until it is known.
pub(super) fn title(room: &Room) -> &str {
    if room.state.title.is_empty() { text::PROGRAM } else { &room.state.title }
}

/// How long the group has been together.
pub(super) fn clock(scene: Scene<'_>) -> String {
    match scene.room.phase {
        Phase::In | Phase::Returning(_) => text::span(Duration::from_millis(scene.room.group_ms(scene.now))),
        _ => String::new(),
    }
}

/// Title and clock, for narrow screens; the mark and the line where they fit.
pub(super) fn draw_small(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let right = canvas.width().saturating_sub(1);
    let clock_at = canvas.put_right(right, 0, &clock(scene), theme.text());
    let (long, short) = text::privacy_mark(scene.room, scene.now);
    let places = [long.as_str(), short].map(|mark| (clock_at.saturating_sub(width(mark) + 2), mark));
    let space = match places.into_iter().find(|(at, mark)| *at > 14 && !mark.is_empty()) {
        Some((at, mark)) => {
            canvas.put(at, 0, mark, theme.text());
            at
        }
        None => clock_at,
    };
    canvas.put_within(1, 0, space.saturating_sub(3), title(scene.room), theme.heading());
}
