//! The four words, what to do with them, and who has answered. In the place of the chat while it lasts.

use super::Scene;
use crate::session::Comparing;
use crate::text;
use crate::tui::canvas::{Canvas, width, wrap};

/// What a listener presses.
const SAME: &str = "press y";
const DIFFER: &str = "press n";

/// Whether there is something to draw.
pub(super) fn is_on(scene: Scene<'_>) -> bool {
    scene.room.comparing(scene.now).is_some()
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let Some((part, left)) = room.comparing(scene.now) else { return };
    let columns = canvas.width();
    canvas.clear();
    let task: Vec<_> = wrap(&text::verify_task(part, room, SAME, DIFFER), columns);
    let progress = wrap(&text::verify_progress(room), columns);
    let words = words(scene, columns);
    // Where there is room the parts stand apart, and have a heading.
    let lines = (words.len() + task.len() + progress.len()) as u16;
    let airy = lines + 5 <= canvas.height();
    let mut y = 0;
    if lines < canvas.height() {
        canvas.put(0, 0, "Four words to compare", theme.heading());
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
    let Some(words) = scene.room.words else { return wrap(text::WORDS_COME, columns) };
    let apart = words.join("   ");
    if width(&apart) <= columns { vec![apart] } else { wrap(&words.join(" "), columns) }
}

/// The same in one line of several lengths, the longest first; `None` if nothing is asked of me.
pub(super) fn line(scene: Scene<'_>) -> Option<Vec<String>> {
    let (part, _) = scene.room.comparing(scene.now)?;
    let words = scene.room.words.map_or_else(|| text::WORDS_COME.to_owned(), |words| words.join(" "));
    Some(match part {
        Comparing::Read => vec![format!("Read aloud: {words}"), words],
        Comparing::Listen => {
            vec![format!("Do you hear: {words}? y same, n not"), format!("{words}? y n"), "y n".into()]
        }
        Comparing::Answered => vec![text::verify_progress(scene.room), "comparing".to_owned()],
    })
}
