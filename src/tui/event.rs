//! What reaches the screen from the terminal.

use crossterm::event::{Event, KeyEvent, KeyEventKind};

/// What reaches the screen from outside, apart from the session's events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TuiEvent {
    /// A key went down, or repeats while it's held.
    Key(KeyEvent),
    /// A key went up, where the terminal tells.
    Release(KeyEvent),
    /// The terminal is no longer looked at.
    FocusLost,
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// Time has passed.
    Tick,
    /// Text was pasted.
    Paste(String),
}

impl TuiEvent {
    /// What a terminal's event means here; nothing for mice.
    pub fn from_terminal(event: Event) -> Option<Self> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => Some(Self::Key(key)),
            Event::Resize(columns, rows) => Some(Self::Resize(columns, rows)),
            Event::Paste(text) => Some(Self::Paste(text)),
            Event::Key(key) => Some(Self::Release(key)),
            Event::FocusLost => Some(Self::FocusLost),
            Event::Mouse(_) | Event::FocusGained => None,
        }
    }
}
