//! Who waits at the door, for the facilitator.

use super::Scene;
use crate::session::Waiting;
use crate::text;
use crate::tui::Focus;
use crate::tui::canvas::Canvas;
use crate::tui::keymap::{self, Action, Context};

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    if canvas.height() == 0 {
        return;
    }
    let (room, theme) = (scene.room, canvas.theme);
    let focused = scene.model.focus(room) == Focus::Door;
    let style = if focused { theme.focused() } else { theme.heading() };
    let after = canvas.put(0, 0, "At the door", style);
    canvas.put(after + 2, 0, &room.door.len().to_string(), theme.text());
    let right = canvas.width();
    // While something is asked of me that a answers, a lets nobody in.
    let contexts = scene.model.contexts(room);
    let asked = contexts.contains(&Context::Room);
    let taken = asked && keymap::bindings(&contexts).all(|binding| binding.action != Action::Admit);
    canvas.put_right(right, 0, if taken { "A lets all in" } else { "a lets in" }, theme.faint());
    let rows = usize::from(canvas.height()) - 1;
    let picked = room.door.iter().position(|waiting| scene.model.knock == Some(waiting.attempt)).filter(|_| focused);
    let top = picked.map_or(0, |at| (at + 1).saturating_sub(rows));
    for (y, (at, waiting)) in (1..).zip(room.door.iter().enumerate().skip(top).take(rows)) {
        let selected = picked == Some(at);
        if selected {
            canvas.put(0, y, theme.glyphs.selected, theme.heading());
        }
        let since = text::span(scene.now.since(waiting.since));
        // The last row counts those who have no row.
        let hidden = room.door.len().saturating_sub(top + rows);
        let more = if usize::from(y) == rows && hidden > 0 { format!("and {hidden} more  ") } else { String::new() };
        let returns = waiting.returns_to.and_then(|seat| room.state.name(seat));
        let note = match returns {
            _ if !more.is_empty() => "",
            Some(_) => "on a new line  ",
            None if waiting.agreed => "has agreed  ",
            None => "reads the rules  ",
        };
        let x = canvas.put_right(right, y, &format!("{more}{note}{since}"), theme.faint());
        let style = if selected { theme.selected() } else { theme.text() };
        canvas.put_within(2, y, x.saturating_sub(3), &waiting.name, style);
    }
}

/// Who waits, and whether they have agreed to the ground rules, in as few words as there are.
pub(super) fn called(waiting: &Waiting) -> String {
    format!("{}{}", waiting.name, if waiting.agreed { " (agreed)" } else { "" })
}
