//! The speaker, how loud, and for how long.

use super::scene::Scene;
use crate::text;
use crate::tui::canvas::{Canvas, width};

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (sentence, since) = text::speaking(scene.room, scene.now);
    let mut space = canvas.width();
    if let Some(since) = since {
        let right = canvas.width();
        space = canvas.put_right(right, 0, &text::span(since), theme.text()).saturating_sub(2);
    }
    let style = if since.is_some() { theme.speaking() } else { theme.text() };
    let sentence = if width(&sentence) > space { text::speaking_short(scene.room) } else { sentence };
    canvas.put_within(0, 0, space, &sentence, style);
    if since.is_some() {
        let levels = &scene.model.levels.1;
        let shown = usize::from(canvas.width().min(40));
        let meter: String = levels
            .iter()
            .skip(levels.len().saturating_sub(shown))
            .map(|level| theme.glyphs.levels[usize::from((*level).clamp(1, 7))])
            .collect();
        canvas.put(0, 1, &meter, theme.speaking());
    }
}
