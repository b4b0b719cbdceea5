//! What is written to the terminal between one screen and the next: what changed; and, where letters stand that terminals don't
//! agree about, the whole row, so that none leaves anything behind or moves what follows it.

use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, CellWidth};

/// Writes what turns the screen `before` into `next`, which has the same area; whether there was anything.
pub(super) fn write<W: Write>(backend: &mut CrosstermBackend<W>, before: &Buffer, next: &Buffer) -> io::Result<bool> {
    let changes = before.diff(next);
    if changes.is_empty() {
        return Ok(false);
    }
    let mut whole: Vec<u16> = changes.iter().map(|(_, y, _)| *y).collect();
    whole.dedup();
    whole.retain(|y| [before, next].iter().any(|buffer| is_disputed_row(buffer, *y)));
    backend.draw(changes.into_iter().filter(|(_, y, _)| !whole.contains(y)))?;
    for y in whole {
        queue!(backend, MoveTo(next.area.x, y), Clear(ClearType::CurrentLine))?;
        row(backend, next, y)?;
    }
    Ok(true)
}

/// Writes a row, with the place of each letter after one that terminals don't agree about.
fn row<W: Write>(backend: &mut CrosstermBackend<W>, buffer: &Buffer, y: u16) -> io::Result<()> {
    let (mut x, end) = (buffer.area.x, buffer.area.right());
    let mut piece = Vec::new();
    while x < end {
        let cell = &buffer[(x, y)];
        piece.push((x, y, cell));
        if is_disputed(cell.symbol()) {
            // Each call begins by placing the cursor.
            backend.draw(piece.drain(..))?;
        }
        x += cell.symbol().cell_width().max(1);
    }
    backend.draw(piece.drain(..))
}

fn is_disputed_row(buffer: &Buffer, y: u16) -> bool {
    (buffer.area.left()..buffer.area.right()).any(|x| is_disputed(buffer[(x, y)].symbol()))
}

/// Whether terminals may disagree about how many columns this takes: letters with marks or joined ones, pictures, and scripts whose
/// letters join or stand over each other.
fn is_disputed(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(_), Some(_)) => true,
        (Some(only), None) => matches!(only, '\u{590}'..='\u{10FF}' | '\u{1780}'..='\u{1AFF}' | '\u{1F000}'..),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthChar;

    use super::*;

    const COLUMNS: usize = 40;

    /// One row of a terminal that knows nothing of letters that belong together: each takes the columns that it has alone.
    struct Naive {
        cells: Vec<String>,
        at: usize,
    }

    impl Naive {
        fn take(&mut self, bytes: &[u8]) {
            let mut chars = std::str::from_utf8(bytes).expect("UTF-8").chars();
            while let Some(c) = chars.next() {
                if c == '\u{1b}' {
                    let mut sequence = String::new();
                    let end = chars.by_ref().find(|c| {
                        sequence.push(*c);
                        c.is_ascii_alphabetic()
                    });
                    self.steer(&sequence, end);
                    continue;
                }
                match c.width().unwrap_or(0) {
                    0 => self.cells[self.at.saturating_sub(1)].push(c),
                    width => {
                        // Half of a wide letter is none.
                        if self.at > 0 && self.cells[self.at].is_empty() {
                            self.cells[self.at - 1] = " ".to_owned();
                        }
                        if let Some(half) = self.cells.get_mut(self.at + width).filter(|cell| cell.is_empty()) {
                            *half = " ".to_owned();
                        }
                        for (column, cell) in self.cells.iter_mut().enumerate().skip(self.at).take(width) {
                            *cell = if column == self.at { c.to_string() } else { String::new() };
                        }
                        self.at += width;
                    }
                }
            }
        }

        fn steer(&mut self, sequence: &str, end: Option<char>) {
            match end {
                Some('H') => {
                    let column = sequence.trim_end_matches('H').rsplit(';').next().and_then(|part| part.parse().ok());
                    self.at = column.unwrap_or(1_usize) - 1;
                }
                Some('K') => self.cells = vec![" ".to_owned(); COLUMNS],
                _ => {}
            }
        }

        fn shows(&self) -> String {
            self.cells.concat().trim_end().to_owned()
        }
    }

    fn screen(name: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS as u16, 1));
        buffer.set_string(2, 0, name, Style::new());
        buffer.set_string(20, 0, "is here", Style::new());
        buffer
    }

    #[test]
    fn letters_that_terminals_dispute_leave_nothing_behind() {
        let names = [
            "क्षमा",
            "👩\u{200d}👩\u{200d}👧 Jo",
            "e\u{301}\u{323}va",
            "سلام",
            "กำนัน",
            "👍🏽 Bo",
            "Zoe\u{308}",
            "한글",
            "李娜",
        ];
        for name in names {
            for next in ["Bo", "", name, "Ana"] {
                let mut terminal = Naive { cells: vec![" ".to_owned(); COLUMNS], at: 0 };
                let (mut before, mut written) = (Buffer::empty(Rect::new(0, 0, COLUMNS as u16, 1)), Vec::new());
                for shown in [name, next] {
                    let screen = screen(shown);
                    write(&mut CrosstermBackend::new(&mut written), &before, &screen).expect("written");
                    before = screen;
                }
                terminal.take(&written);
                let shown = terminal.shows();
                assert!(shown.ends_with("is here"), "{name} {next}: {shown:?}");
                if next.is_ascii() {
                    assert_eq!(shown, format!("  {next:<18}is here"), "{name}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_written_where_nothing_changed() {
        let mut written = Vec::new();
        assert!(!write(&mut CrosstermBackend::new(&mut written), &screen("क्षमा"), &screen("क्षमा")).expect("written"));
        assert!(written.is_empty());
    }
}
