//! It is over: how, how long it was, and what remains of it.

use ratatui::layout::Rect;

use super::header;
use super::scene::Scene;
use crate::session::{Phase, Room};
use crate::text;
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::model::Model;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (columns, rows) = (canvas.width(), canvas.height());
    canvas.put_within(1, 0, columns.saturating_sub(2), header::title(scene.room), theme.heading());
    canvas.rule(1);
    let place = place(columns, rows);
    let (first, lines) = lines(scene.model, scene.room, place.width.min(72));
    let top = scene.model.over_top.min(lines.len().saturating_sub(usize::from(place.height)));
    let mut part = canvas.part(place);
    part.focus(0, 0);
    for (y, (at, line)) in (0..).zip(lines.iter().enumerate().skip(top)) {
        part.put(0, y, line, if at < first { theme.heading() } else { theme.text() });
    }
    canvas.rule(rows.saturating_sub(2));
    let below = lines.len().saturating_sub(top + usize::from(place.height));
    if below > 0 {
        canvas.put_right(
            columns - 1,
            rows - 2,
            &format!(" {} {} ", theme.glyphs.down, text::more(below)),
            theme.text(),
        );
    }
}

/// The most lines it can be scrolled down by.
pub(super) fn end(model: &Model, room: &Room) -> usize {
    let place = place(model.size.0, model.size.1);
    lines(model, room, place.width.min(72)).1.len().saturating_sub(usize::from(place.height))
}

fn place(columns: u16, rows: u16) -> Rect {
    let indent = if columns >= 72 { 4 } else { 1 };
    let gap = u16::from(rows >= 18);
    Rect::new(indent, 2 + gap, columns.saturating_sub(2 * indent), rows.saturating_sub(4 + gap))
}

/// All lines wrapped to `space` columns, and how many of them are the heading.
fn lines(model: &Model, room: &Room, space: u16) -> (usize, Vec<String>) {
    let Phase::Over(ended) = &room.phase else { return (0, vec![]) };
    let (message, hint) = text::ended(ended);
    let mut lines = wrap(&message, space);
    let first = lines.len();
    lines.extend(wrap(&hint, space));
    let stayed = model.stayed().map(|stayed| text::stayed(&text::span(stayed)));
    if let Some(told) = room.receipt.as_ref().map(text::receipt).or(stayed) {
        lines.push(String::new());
        lines.extend(wrap(&told, space));
        lines.extend(wrap(text::NOTHING_KEPT.get(), space));
    }
    (first, lines)
}
