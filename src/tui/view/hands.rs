//! Whose turn it is: a round, a break, the talking stick, raised hands in their order, and where I am among them.

use super::Scene;
use crate::session::Room;
use crate::text;
use crate::tui::canvas::{Canvas, wrap};

/// Rows that the panel has at least and at most, so that others keep their places.
const ROWS: std::ops::RangeInclusive<u16> = 2..=6;

/// Rows that the panel takes.
pub(super) fn rows(room: &Room) -> u16 {
    let blocks = text::turn_blocks(room, room.clock.0);
    blocks.iter().map(text::TurnBlock::rows).sum::<u16>().clamp(*ROWS.start(), *ROWS.end())
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let blocks = text::turn_blocks(scene.room, scene.now);
    let all: u16 = blocks.iter().map(text::TurnBlock::rows).sum();
    let right = canvas.width();
    let mut y = 0;
    // Where not all has its rows, what comes last is told in short.
    let mut spare = canvas.height().saturating_sub(blocks.len() as u16);
    for block in &blocks {
        let Some(line) = block.line.as_ref().filter(|_| all <= canvas.height() || spare > 0) else {
            if block.line.is_some() {
                canvas.put(0, y, &block.short(), theme.text());
            } else {
                let figure = if block.figure.is_empty() { block.keys } else { &block.figure };
                let end = canvas.put_right(right, y, figure, theme.text());
                canvas.put_within(0, y, end.saturating_sub(2), &block.heading, theme.heading());
            }
            y += 1;
            continue;
        };
        spare = spare.saturating_sub(1);
        let end = canvas.put_right(right, y, &block.figure, theme.text());
        canvas.put_within(0, y, end.saturating_sub(2), &block.heading, theme.heading());
        let end = if block.end.is_empty() { block.keys } else { &block.end };
        let end = match end {
            "" => right,
            end => canvas.put_right(right, y + 1, end, theme.text()).saturating_sub(2),
        };
        let lines = wrap(line, end);
        let cut = if lines.len() > 1 { theme.glyphs.more } else { "" };
        if let Some(first) = lines.first() {
            canvas.put(0, y + 1, &format!("{}{cut}", first.trim_end_matches(',')), theme.text());
        }
        y += 2;
    }
}
