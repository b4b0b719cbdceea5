//! The four words, what to do with them, and the answers so far. In the place of the chat while it lasts.

use super::scene::Scene;
use crate::text;
use crate::tui::canvas::{Canvas, width, wrap};
use crate::tui::guide::guide;

/// Whether there is something to draw.
pub(super) fn is_on(scene: Scene<'_>) -> bool {
    scene.room.comparing(scene.now).is_some()
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let Some((part, left)) = room.comparing(scene.now) else { return };
    let columns = canvas.width();
    canvas.clear();
    let task: Vec<_> = wrap(&text::verify_task(part, room, guide(room)), columns);
    let progress = wrap(&text::verify_progress(room), columns);
    let words = words(scene, columns);
    // Where there is room the parts stand apart, and have a heading.
    let lines = (words.len() + task.len() + progress.len()) as u16;
    let airy = lines + 5 <= canvas.height();
    let mut y = 0;
    if lines < canvas.height() {
        canvas.put(0, 0, text::FOUR_WORDS.get(), theme.heading());
        canvas.put_right(columns, 0, &text::span(left), theme.text());
        y = 1 + u16::from(airy);
    }
    for (lines, style) in [(words, theme.heading()), (task, theme.text()), (progress, theme.text())] {
        for line in lines {
            canvas.put(0, y, &line, style);
            y += 1;
        }
        y += u16::from(airy);
    }
}

/// The words in one line, or in as many as it takes.
fn words(scene: Scene<'_>, columns: u16) -> Vec<String> {
    let Some(words) = scene.room.words else { return wrap(text::WORDS_COME.get(), columns) };
    let apart = words.join("   ");
    if width(&apart) <= columns { vec![apart] } else { wrap(&words.join(" "), columns) }
}
