//! A notice, or the question that is answered: over the rule above the microphone, or the row that tells of sound, and upwards for the rows it needs.

use ratatui::layout::Rect;

use super::scene::Scene;
use super::sound;
use crate::tui::canvas::{Canvas, wrap};

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let told = scene.model.notice.iter().map(|notice| notice.text.as_str());
    let columns = canvas.width().saturating_sub(4);
    // A long line of chat may not hide everything.
    let most = usize::from(canvas.height() / 3);
    let told = told.flat_map(|text| {
        let mut lines = wrap(text, columns);
        if lines.len() > most {
            lines.truncate(most);
            lines.iter_mut().skip(most.saturating_sub(1)).for_each(|last| last.push_str(canvas.theme.glyphs.more));
        }
        lines
    });
    let question = scene.model.question(scene.room);
    let lines: Vec<_> = told.chain(question.iter().flat_map(|text| wrap(text, columns))).collect();
    // What lasts keeps its row.
    let bottom = canvas.height().saturating_sub(3 + u16::from(sound::shows(scene)));
    let top = bottom.saturating_sub((lines.len() as u16).saturating_sub(1));
    let theme = canvas.theme;
    for (y, line) in (top..=bottom).zip(&lines) {
        let mut row = canvas.part(Rect::new(0, y, canvas.width(), 1));
        row.clear();
        row.put(1, 0, theme.glyphs.selected, theme.heading());
        row.put(3, 0, line, theme.heading());
    }
}
