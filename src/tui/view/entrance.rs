//! On the way in: looking for the group, and at the door.

use super::{Scene, header, microphone};
use crate::session::Phase;
use crate::text;
use crate::tui::canvas::{Canvas, wrap};
use ratatui::layout::Rect;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (columns, rows) = (canvas.width(), canvas.height());
    let top = Rect::new(0, 0, columns, 1);
    if columns >= 72 {
        header::draw(scene, &mut canvas.part(top))
    } else {
        header::draw_small(scene, &mut canvas.part(top))
    }
    canvas.rule(1);
    let (heading, sentences) = match scene.room.phase {
        Phase::Waiting => (
            "You are at the door.",
            vec![
                "The facilitator sees your name, and will let you in.",
                "You can stay here as long as you like; nothing is heard yet, in either direction.",
            ],
        ),
        _ => (
            "Looking for the group.",
            vec!["On a slow line this can take half a minute.", "There is nothing that you have to do."],
        ),
    };
    let indent = if columns >= 72 { 4 } else { 1 };
    let gap = u16::from(rows >= 18);
    let mut part =
        canvas.part(Rect::new(indent, 2 + gap, columns.saturating_sub(2 * indent), rows.saturating_sub(5 + gap)));
    part.put(0, 0, heading, theme.heading());
    let mut y = 1 + gap;
    let space = part.width().min(72);
    // A sentence that doesn't fit as a whole is left out, and all after it.
    let mut sentences =
        sentences.into_iter().chain([""]).chain(text::explain_privacy()).map(|sentence| wrap(sentence, space));
    while let Some(lines) = sentences.next().filter(|lines| y + lines.len() as u16 <= part.height()) {
        for line in lines {
            part.put(0, y, &line, theme.text());
            y += 1;
        }
    }
    canvas.rule(rows.saturating_sub(3));
    microphone::draw(scene, &mut canvas.part(Rect::new(0, rows.saturating_sub(2), columns, 1)));
}
