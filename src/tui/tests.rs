//! The screen, driven by keys and read as text.

mod any;
mod care;
mod decisions;
mod gallery;
mod invite;
mod keys;
mod languages;
mod leading;
mod menus;
mod pages;
mod screens;
mod search;
mod sound;
mod styles;
mod turns;
mod typing;
#[path = "../../tests/written/mod.rs"]
mod written;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::width as canvas_width;
use super::{Model, Theme, TuiEvent, update, view};
use crate::command::Command;
use crate::session::Room;
use crate::session::fixture::NOW;

/// Draws a screen of `size`, and gives its cells and the cursor.
fn buffer(model: &Model, room: &Room, (columns, rows): (u16, u16), theme: Theme) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let cursor = view::draw(model, room, &mut buffer, area, &theme, NOW);
    (buffer, cursor)
}

/// The screen as text; what stands behind a wide character is left out, as on a terminal.
fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut lines = Vec::new();
    for y in 0..area.height {
        let (mut line, mut x) = (String::new(), 0);
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += super::canvas::width(symbol).max(1);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

fn shown(model: &Model, room: &Room, size: (u16, u16)) -> String {
    text(&buffer(model, room, size, Theme::new(true, false)).0)
}

fn key(code: KeyCode) -> TuiEvent {
    TuiEvent::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn press(model: &mut Model, room: &Room, c: char) -> Vec<Command> {
    update(model, room, &key(KeyCode::Char(c)), NOW)
}

fn type_in(model: &mut Model, room: &Room, text: &str) {
    for c in text.chars() {
        assert_eq!(press(model, room, c), []);
    }
}
