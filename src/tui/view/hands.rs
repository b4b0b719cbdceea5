//! Turns: a round, a break, the talking stick, raised hands in their order, and where I am among them.

use super::scene::Scene;
use crate::session::Room;
use crate::text::{self, TurnBlock};
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::guide::keys;

/// The keys for what a block asks of me, and what they do.
pub(super) fn keys_of(block: &TurnBlock, room: &Room) -> Option<String> {
    block.asks.map(|(word, rest, does)| format!("{} {does}", keys(room)(word, rest)))
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let blocks = text::turn_blocks(scene.room, scene.now);
    let all: u16 = blocks.iter().map(TurnBlock::rows).sum();
    let right = canvas.width();
    let mut y = 0;
    // Where not all has its rows, what comes last is told in short.
    let mut spare = canvas.height().saturating_sub(blocks.len() as u16);
    for block in &blocks {
        let asks = keys_of(block, scene.room).unwrap_or_default();
        let Some(line) = block.line.as_ref().filter(|_| all <= canvas.height() || spare > 0) else {
            if block.line.is_some() {
                canvas.put(0, y, &block.short(), theme.text());
            } else {
                let figure = if block.figure.is_empty() { &asks } else { &block.figure };
                let end = canvas.put_right(right, y, figure, theme.text());
                canvas.put_within(0, y, end.saturating_sub(2), &block.heading, theme.heading());
            }
            y += 1;
            continue;
        };
        spare = spare.saturating_sub(1);
        let end = canvas.put_right(right, y, &block.figure, theme.text());
        canvas.put_within(0, y, end.saturating_sub(2), &block.heading, theme.heading());
        let end = if block.end.is_empty() { &asks } else { &block.end };
        let end = match end.as_str() {
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
