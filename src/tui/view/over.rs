//! It is over: how, how long it was, and what remains of it.

use ratatui::layout::Rect;

use super::{Scene, header};
use crate::session::Ended;
use crate::text;
use crate::tui::canvas::{Canvas, wrap};

pub(super) fn draw(scene: Scene<'_>, ended: &Ended, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (columns, rows) = (canvas.width(), canvas.height());
    canvas.put_within(1, 0, columns.saturating_sub(2), header::title(scene.room), theme.heading());
    canvas.rule(1);
    let indent = if columns >= 72 { 4 } else { 1 };
    let gap = u16::from(rows >= 18);
    let mut part = canvas.part(Rect::new(indent, 2 + gap, columns.saturating_sub(2 * indent), rows.saturating_sub(4)));
    let space = part.width().min(72);
    let (message, hint) = text::ended(ended);
    let mut lines: Vec<_> = wrap(&message, space).into_iter().map(|line| (line, theme.heading())).collect();
    lines.extend(wrap(&hint, space).into_iter().map(|line| (line, theme.text())));
    if let Some(stayed) = scene.model.stayed() {
        let kept = "Your microphone is closed. ingle kept nothing of what was said or written.";
        lines.push((String::new(), theme.text()));
        lines.extend(
            wrap(&format!("You were in the circle for {}.", text::span(stayed)), space)
                .into_iter()
                .map(|line| (line, theme.text())),
        );
        lines.extend(wrap(kept, space).into_iter().map(|line| (line, theme.text())));
    }
    if let Some(receipt) = &scene.room.receipt {
        lines.push((String::new(), theme.text()));
        lines.extend(wrap(&text::receipt(receipt), space).into_iter().map(|line| (line, theme.text())));
    }
    for (y, (line, style)) in (0..).zip(lines) {
        part.put(0, y, &line, style);
    }
    canvas.rule(rows.saturating_sub(2));
}
