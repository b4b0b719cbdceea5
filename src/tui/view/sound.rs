//! What keeps me from hearing or being heard, over the rule above my microphone, for as long as it lasts.

use super::scene::Scene;
use crate::session::Phase;
use crate::text;
use crate::tui::canvas::{Canvas, width};
use crate::tui::guide::keys;

/// Whether there is such a row.
pub(super) fn shows(scene: Scene<'_>) -> bool {
    matches!(scene.room.phase, Phase::In | Phase::Returning(_))
        && text::sound_row(scene.room, keys(scene.room)).is_some()
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(lengths) = text::sound_row(scene.room, keys(scene.room)) else { return canvas.rule(0) };
    let (theme, space) = (canvas.theme, canvas.width().saturating_sub(4));
    let fits = lengths.iter().find(|text| width(text) <= space).or(lengths.last());
    canvas.clear();
    canvas.put(1, 0, theme.glyphs.selected, theme.heading());
    canvas.put_within(3, 0, space, fits.map_or("", String::as_str), theme.heading());
}
