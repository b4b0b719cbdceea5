//! Whose turn it is: raised hands in their order, and where I am among them.

use super::Scene;
use crate::session::Room;
use crate::tui::canvas::{Canvas, wrap};

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some((names, mine)) = hands(scene.room) else { return };
    let theme = canvas.theme;
    canvas.put(0, 0, "Hands up", theme.heading());
    if let Some(place) = mine {
        let right = canvas.width();
        canvas.put_right(right, 0, &format!("you are number {place}"), theme.text());
    }
    let lines = wrap(&names, canvas.width());
    let cut = if lines.len() > 1 { theme.glyphs.more } else { "" };
    if let Some(first) = lines.first() {
        canvas.put(0, 1, &format!("{}{cut}", first.trim_end_matches(',')), theme.text());
    }
}

/// The names of those whose hand is up, and my own place from 1; `None` if there is no hand.
pub(super) fn hands(room: &Room) -> Option<(String, Option<usize>)> {
    let name = |(at, seat): (usize, &_)| {
        let name = if room.me == Some(*seat) { "you" } else { room.state.name(*seat)? };
        Some(format!("{} {name}", at + 1))
    };
    let names: Vec<_> = room.state.hands.iter().enumerate().filter_map(name).collect();
    let mine = room.state.hands.iter().position(|seat| room.me == Some(*seat)).map(|at| at + 1);
    (!names.is_empty()).then(|| (names.join(", "), mine))
}
