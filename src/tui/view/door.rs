//! Those who wait at the door, for the facilitator.

use super::scene::Scene;
use crate::text;
use crate::tui::canvas::Canvas;
use crate::tui::guide::label;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::model::Focus;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    if canvas.height() == 0 {
        return;
    }
    let (room, theme) = (scene.room, canvas.theme);
    let focused = scene.model.focus(room) == Focus::Door;
    let style = if focused { theme.focused() } else { theme.heading() };
    if focused {
        canvas.focus(0, 0);
    }
    let after = canvas.put(0, 0, text::AT_THE_DOOR.get(), style);
    canvas.put(after + 2, 0, &room.door.len().to_string(), theme.text());
    let right = canvas.width();
    // While the key answers something that is asked of me, it lets nobody in.
    let contexts = scene.model.contexts(room);
    let asked = contexts.contains(&Context::Room);
    let taken = asked && keymap::bindings(&contexts).all(|binding| binding.action != Action::Admit);
    let key = label(Context::Room, if taken { Action::AdmitAll } else { Action::Admit });
    canvas.put_right(right, 0, &text::lets_in(key, taken), theme.faint());
    let rows = usize::from(canvas.height()) - 1;
    let picked = room.door.iter().position(|waiting| scene.model.knock == Some(waiting.attempt)).filter(|_| focused);
    let top = picked.map_or(0, |at| (at + 1).saturating_sub(rows));
    for (y, (at, waiting)) in (1..).zip(room.door.iter().enumerate().skip(top).take(rows)) {
        let selected = picked == Some(at);
        if selected {
            canvas.put(0, y, theme.glyphs.selected, theme.heading());
            canvas.focus(2, y);
        }
        let since = text::span(scene.now.since(waiting.since));
        // The last row counts those without one.
        let hidden = room.door.len().saturating_sub(top + rows);
        let more =
            if usize::from(y) == rows && hidden > 0 { format!("{}  ", text::and_more(hidden)) } else { String::new() };
        let note = if more.is_empty() { format!("{}  ", text::waits(room, waiting)) } else { String::new() };
        let x = canvas.put_right(right, y, &format!("{more}{note}{since}"), theme.faint());
        let style = if selected { theme.selected() } else { theme.text() };
        canvas.put_within(2, y, x.saturating_sub(3), &waiting.name, style);
    }
}
