//! A line of chat as rows of the screen.

use super::canvas::{width, wrap};

/// Columns for a name.
const NAME: u16 = 8;

/// A row: the name, where it belongs, and the column and text.
type Row = (String, (u16, String));

/// A line as rows: the name before the first, all text under each other.
pub(super) fn chat_rows(from: &str, text: &str, columns: u16) -> Vec<Row> {
    // A long name pushes its own text, and a narrow panel keeps half of its columns for text.
    let named = width(from).max(NAME).min(columns / 2);
    let indent = named + 2;
    let mut rows: Vec<Row> = Vec::new();
    for (at, piece) in wrap(text, columns.saturating_sub(indent)).into_iter().enumerate() {
        let from = if at == 0 { cut(from, named) } else { String::new() };
        rows.push((from, (indent, piece)));
    }
    rows
}

fn cut(name: &str, space: u16) -> String {
    wrap(name, space).into_iter().next().unwrap_or_default()
}
