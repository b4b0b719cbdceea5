//! A notice, or the question that is answered: over the rule above the microphone, or the row that tells of sound, and upwards for
//! the rows it needs. Where there is neither, what the group or the door waits for stands there as long as it does.

use ratatui::layout::Rect;

use super::scene::Scene;
use super::sound;
use crate::session::Phase;
use crate::text;
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::guide::guide;

/// What waits for me or the group, as long as it does.
pub(super) fn standing(scene: Scene<'_>) -> Option<String> {
    let (model, room) = (scene.model, scene.room);
    let inside = matches!(room.phase, Phase::In | Phase::Returning(_));
    let selected = model.picked.and_then(|pick| pick.seat(room));
    let tries = || room.try_waits.then(|| text::try_waits(guide(room)));
    if inside { text::choosing(room, selected, guide(room)).or_else(tries) } else { None }
}

/// How many rows of what stands above the microphone it covers.
pub(super) fn covers(scene: Scene<'_>, canvas: &Canvas<'_>) -> u16 {
    if scene.model.page.is_some() {
        return 0;
    }
    (lines(scene, canvas).len() as u16 + u16::from(sound::shows(scene))).saturating_sub(1)
}

fn lines(scene: Scene<'_>, canvas: &Canvas<'_>) -> Vec<String> {
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
    let mut lines: Vec<_> = told.chain(question.iter().flat_map(|text| wrap(text, columns))).collect();
    if lines.is_empty() {
        lines = standing(scene).map(|text| wrap(&text, columns)).unwrap_or_default();
    }
    lines
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let lines = lines(scene, canvas);
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
