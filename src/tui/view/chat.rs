//! What was written, the newest at the bottom.

use super::Scene;
use crate::text;
use crate::tui::Focus;
use crate::tui::canvas::{Canvas, width, wrap};

/// Columns for a name.
const NAME: u16 = 8;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let (columns, space) = (canvas.width(), usize::from(canvas.height().saturating_sub(1)));
    if room.chat.is_empty() {
        return alone(scene, canvas);
    }
    let me = room.me.and_then(|me| room.state.name(me));
    // From the newest up, and no more than is shown.
    let mut lines = Vec::new();
    let wanted = space + scene.model.chat_back;
    for line in room.chat.iter().rev() {
        lines.extend(rows(&line.from, &text::chat_text(line, me), columns).into_iter().rev());
        if lines.len() >= wanted {
            break;
        }
    }
    let back = scene.model.chat_back.min(lines.len().saturating_sub(space));
    let style = if scene.model.focus(room) == Focus::Chat { theme.focused() } else { theme.heading() };
    let shown = lines.len().saturating_sub(back).min(space);
    let bottom = canvas.height();
    let heading = bottom.saturating_sub(1 + shown as u16);
    let after = canvas.put(0, heading, "Written", style);
    if back > 0 {
        canvas.put(after + 2, heading, &format!("{} {back} rows further down", theme.glyphs.down), theme.faint());
    }
    for (up, (from, text)) in lines.iter().skip(back).take(space).enumerate() {
        let y = bottom - 1 - up as u16;
        let after = canvas.put(0, y, from, theme.heading());
        canvas.put(after.max(text.0), y, &text.1, theme.text());
    }
}

/// A row: the name, where it belongs, and the column and text.
type Row = (String, (u16, String));

/// A line as rows: the name before the first, all text under each other.
pub(super) fn rows(from: &str, text: &str, columns: u16) -> Vec<Row> {
    // A long name pushes its own text, and a narrow panel keeps half of its columns for text.
    let named = width(from).max(NAME).min(columns / 2);
    let indent = named + 2;
    let mut rows: Vec<Row> = Vec::new();
    for (at, piece) in wrap(text, columns.saturating_sub(indent)).into_iter().enumerate() {
        let from = if at == 0 { cut(from, named) } else { String::new() };
        rows.push((from, (indent, piece)));
    }
    rows
}

fn cut(name: &str, space: u16) -> String {
    wrap(name, space).into_iter().next().unwrap_or_default()
}

/// Before anybody else is there, and before anything was written: how the others come in.
fn alone(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let Some(code) = room.code.as_ref().filter(|_| room.state.seats.len() <= 1) else { return };
    canvas.put(0, 0, "Others join with the code", theme.heading());
    canvas.put(0, 1, code, theme.text());
    for (y, line) in (3..).zip(wrap("Press i for an invitation to send to them.", canvas.width())) {
        canvas.put(0, y, &line, theme.text());
    }
}
