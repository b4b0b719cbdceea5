//! What reaches the screen from the terminal.

use crossterm::event::{Event, KeyEvent, KeyEventKind};

/// What reaches the screen from outside, apart from the session's events.
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
            Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
        }
    }
}
