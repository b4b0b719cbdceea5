//! What was written, the newest at the bottom.

use super::scene::Scene;
use crate::text;
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::chat_rows::chat_rows;
use crate::tui::guide::guide;
use crate::tui::model::Focus;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let (columns, space) = (canvas.width(), usize::from(canvas.height().saturating_sub(1)));
    if room.chat.is_empty() {
        return alone(scene, canvas);
    }
    let me = room.me.and_then(|me| room.state.circle.name(me));
    // From the newest up, and no more than is shown.
    let mut lines = Vec::new();
    let wanted = space + scene.model.chat_back;
    for line in room.chat.iter().rev() {
        lines.extend(chat_rows(&line.from, &text::chat_text(line, me), columns).into_iter().rev());
        if lines.len() >= wanted {
            break;
        }
    }
    let back = scene.model.chat_back.min(lines.len().saturating_sub(space));
    let style = if scene.model.focus(room) == Focus::Chat { theme.focused() } else { theme.heading() };
    let shown = lines.len().saturating_sub(back).min(space);
    let bottom = canvas.height();
    let heading = bottom.saturating_sub(1 + shown as u16);
    if scene.model.focus(room) == Focus::Chat {
        // The newest line that is shown.
        canvas.focus(0, bottom.saturating_sub(1));
    }
    let after = canvas.put(0, heading, text::CHAT.get(), style);
    if back > 0 {
        canvas.put(after + 2, heading, &format!("{} {}", theme.glyphs.down, text::further_down(back)), theme.faint());
    }
    for (up, (from, text)) in lines.iter().skip(back).take(space).enumerate() {
        let y = bottom - 1 - up as u16;
        let after = canvas.put(0, y, from, theme.heading());
        canvas.put(after.max(text.0), y, &text.1, theme.text());
    }
}

/// Before anybody else is there, and before anything was written: how the others come in.
fn alone(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let Some(code) = room.code.as_ref().filter(|_| room.state.circle.seats.len() <= 1) else { return };
    let [heading, invite] = text::alone(guide(room));
    canvas.put(0, 0, &heading, theme.heading());
    canvas.put(0, 1, code, theme.text());
    for (y, line) in (3..).zip(wrap(&invite, canvas.width())) {
        canvas.put(0, y, &line, theme.text());
    }
}
