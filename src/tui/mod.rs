//! The screen. [`update`] turns keys into [`Command`](crate::command::Command)s and never waits; [`view::draw`] is a pure
//! function of what there is to show. Both are driven by whoever owns the terminal:
//!
//! 1. Give each [`Event`](crate::session::Happening) to [`Model::hear`] before the next key, so that a key never
//!    means someone who has gone since.
//! 2. Give keys, pastes and sizes to [`update`] as they come, and a [`TuiEvent::Tick`] after [`Model::next_tick`].
//! 3. Draw when [`Model::take_dirty`] says that something changed, and only then.

mod canvas;
mod input;
pub mod keymap;
pub mod menu;
mod model;
pub mod terminal;
mod theme;
mod update;
pub mod view;

#[cfg(test)]
mod tests;

use crossterm::event::{Event, KeyEvent, KeyEventKind};

pub use input::Input;
pub use model::{Focus, Model, Notice, Page, Pick};
pub use theme::{Glyphs, Theme};
pub use update::update;

/// What reaches the screen from outside, apart from happenings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TuiEvent {
    /// A key went down.
    Key(KeyEvent),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// Time has passed.
    Tick,
    /// Text was pasted.
    Paste(String),
}

impl TuiEvent {
    /// What a terminal's event means here; nothing for mice, focus, and keys that go up.
    pub fn from_terminal(event: Event) -> Option<Self> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => Some(Self::Key(key)),
            Event::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            Event::Paste(text) => Some(Self::Paste(text)),
            _ => None,
        }
    }
}
