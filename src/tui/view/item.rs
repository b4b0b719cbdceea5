//! A line of a list: a key or a command, and what it does.

use crate::tui::canvas::{width, wrap};

/// A word and what it does, in two columns; a word too long for its column stands above.
pub(super) fn item(word: &str, column: u16, sentence: &str, columns: u16) -> Vec<String> {
    let column = column.min(columns / 2);
    let fits = width(word) < column;
    let mut lines = if fits { Vec::new() } else { wrap(word, columns) };
    for (at, piece) in wrap(sentence, columns.saturating_sub(column)).into_iter().enumerate() {
        let word = if fits && at == 0 { word } else { "" };
        lines.push(format!("{word:<column$}{piece}", column = usize::from(column)));
    }
    lines
}
