//! The line that is being written.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::canvas;
use crate::session::CHAT_CHARS;

/// A line with a cursor, no longer than a line of chat may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What stands before the cursor, one entry for each thing seen as one character.
    before: Vec<String>,
    /// What stands after it, the nearest last.
    after: Vec<String>,
}

impl Input {
    /// Writes at the cursor: one line, without what can't be seen. What is too much is left out: how many characters.
    pub fn write(&mut self, text: &str) -> usize {
        let chars = |parts: &[String]| -> usize { parts.iter().map(|part| part.chars().count()).sum() };
        // The seam may join: a mark that is typed belongs to the letter before it.
        let mut joined = self.before.concat();
        let room = CHAT_CHARS.saturating_sub(chars(&self.before) + chars(&self.after));
        // One blank for a line's end, however it's written.
        let text = text.replace("\r\n", " ");
        let seen = || text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control());
        joined.extend(seen().take(room));
        self.before = canvas::graphemes(&joined).map(|(grapheme, _)| grapheme).collect();
        seen().count().saturating_sub(room)
    }

    /// A key that writes, erases or moves as it does in a shell. What is too long is left out, as is seen.
    pub fn edit(&mut self, key: &KeyEvent) {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('w') if ctrl => self.erase(true),
            KeyCode::Char('u') if ctrl => self.erase_line(),
            KeyCode::Char('a') if ctrl => self.jump(false),
            KeyCode::Char('e') if ctrl => self.jump(true),
            KeyCode::Char(c) if !ctrl => _ = self.write(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.erase(ctrl),
            KeyCode::Delete => self.erase_after(),
            KeyCode::Left => self.step(false),
            KeyCode::Right => self.step(true),
            KeyCode::Home => self.jump(false),
            KeyCode::End => self.jump(true),
            _ => {}
        }
    }

    /// Takes away what stands before the cursor, one character or one word.
    pub fn erase(&mut self, word: bool) {
        if !word {
            self.before.pop();
            return;
        }
        while self.before.last().is_some_and(|last| last == " ") {
            self.before.pop();
        }
        while self.before.last().is_some_and(|last| last != " ") {
            self.before.pop();
        }
    }

    /// Takes away the character after the cursor.
    pub fn erase_after(&mut self) {
        self.after.pop();
    }

    /// Takes away all that stands before the cursor.
    pub fn erase_line(&mut self) {
        self.before.clear();
    }

    /// Moves by one character.
    pub fn step(&mut self, right: bool) {
        if right {
            self.before.extend(self.after.pop());
        } else {
            self.after.extend(self.before.pop());
        }
    }

    /// Moves to the start or to the end.
    pub fn jump(&mut self, end: bool) {
        if end {
            self.before.extend(self.after.drain(..).rev());
        } else {
            self.after.extend(self.before.drain(..).rev());
        }
    }

    /// All of it.
    pub fn text(&self) -> String {
        self.before.iter().chain(self.after.iter().rev()).map(String::as_str).collect()
    }

    /// What stands before the cursor.
    pub fn head(&self) -> String {
        self.before.concat()
    }

    /// The part that fits into `space` columns with the cursor in it, and the column of the cursor.
    pub fn view(&self, space: u16) -> (String, u16) {
        // One column stays free for the cursor behind the last character.
        let space = space.saturating_sub(1);
        let (mut start, mut column) = (self.before.len(), 0u16);
        while let Some(part) = start.checked_sub(1).and_then(|at| self.before.get(at)) {
            let width = canvas::width(part);
            if column + width > space {
                break;
            }
            column += width;
            start -= 1;
        }
        let shown = self.before[start..].iter().chain(self.after.iter().rev());
        (shown.map(String::as_str).collect(), column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Input {
        let mut input = Input::default();
        input.write(text);
        input
    }

    #[test]
    fn the_cursor_moves_and_erases_by_what_is_seen() {
        let mut input = at("ae\u{301}李");
        input.step(false);
        input.erase(false);
        assert_eq!(input.text(), "a李");
        input.jump(false);
        input.erase_after();
        input.write("x\n\u{1b}y");
        assert_eq!(input.text(), "x y李");
        input.jump(true);
        input.write(" two words ");
        input.erase(true);
        assert_eq!(input.text(), "x y李 two ");
        input.erase_line();
        assert_eq!(input.text(), "");
    }

    #[test]
    fn a_long_line_is_seen_around_its_cursor_and_has_an_end() {
        let mut input = at(&"ab ".repeat(400));
        assert_eq!(input.text().chars().count(), CHAT_CHARS);
        let (shown, column) = input.view(10);
        assert_eq!((shown.chars().count(), column), (9, 9));
        input.jump(false);
        assert_eq!(input.view(10).1, 0);
        assert_eq!(input.view(0).1, 0);
    }
}
