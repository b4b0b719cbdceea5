//! A notice: over the rule above the microphone, upwards for as many rows as it needs.

use ratatui::layout::Rect;

use super::Scene;
use crate::tui::canvas::{Canvas, wrap};

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(notice) = &scene.model.notice else { return };
    let lines = wrap(&notice.text, canvas.width().saturating_sub(4));
    // A long line of chat may not hide everything.
    let rows = (lines.len() as u16).min(canvas.height() / 3);
    let bottom = canvas.height().saturating_sub(3);
    let top = bottom.saturating_sub(rows.saturating_sub(1));
    let theme = canvas.theme;
    for (y, line) in (top..=bottom).zip(&lines) {
        let mut row = canvas.part(Rect::new(0, y, canvas.width(), 1));
        row.clear();
        row.put(1, 0, theme.glyphs.selected, theme.heading());
        row.put(3, 0, line, theme.heading());
    }
}
