//! The terminal, borrowed: raw mode, the other screen and bracketed paste, and all of it given back whatever happens.

use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::layout::Rect;

use super::model::Model;
use super::theme::Theme;
use super::view;
use crate::ids::Time;
use crate::session::Room;

/// Whether the terminal is ours, for [`restore`] to undo once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours, written to through `W`. Dropping gives it back.
#[derive(Debug)]
pub struct Screen<W: Write> {
    /// Never dropped itself: when nobody looks any more, it would complain on standard error.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<W>>>,
}

impl<W: Write> Screen<W> {
    /// Takes the terminal. `out` leads to standard output.
    ///
    /// # Errors
    /// If standard output is no terminal, or can't be written.
    pub fn enter(mut out: W) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is not a terminal"));
        }
        take(&mut out)?;
        let terminal = Terminal::new(CrosstermBackend::new(out)).inspect_err(|_| restore())?;
        Ok(Self { terminal: ManuallyDrop::new(terminal) })
    }

    /// Takes the terminal again after [`Self::leave`], and draws everything anew the next time.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn enter_again(&mut self) -> io::Result<()> {
        take(self.terminal.backend_mut())?;
        self.redraw()
    }

    /// Gives the terminal back for a while, as [`restore`] does.
    pub fn leave(&mut self) {
        give_back(self.terminal.backend_mut());
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// If the terminal doesn't say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Draws the screen: what changed, and no more.
    ///
    /// # Errors
    /// If standard output can't be written; whoever looked is gone.
    pub fn draw(&mut self, model: &Model, room: &Room, theme: &Theme, now: Time) -> io::Result<()> {
        self.terminal.draw(|frame| {
            let area: Rect = frame.area();
            if let Some(place) = view::draw(model, room, frame.buffer_mut(), area, theme, now) {
                frame.set_cursor_position(place);
            }
        })?;
        Ok(())
    }

    /// Draws everything anew the next time.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`, which asks the terminal where its cursor is, and fails where the answer is slow.
        self.terminal.backend_mut().clear_region(ClearType::All)?;
        self.terminal.swap_buffers();
        Ok(())
    }
}

impl<W: Write> Drop for Screen<W> {
    fn drop(&mut self) {
        self.leave();
    }
}

fn take(out: &mut impl Write) -> io::Result<()> {
    // Set before anything changes, so that a failure half way is undone as well.
    TAKEN.store(true, Ordering::SeqCst);
    let taken = terminal::enable_raw_mode()
        .and_then(|()| execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide));
    taken.inspect_err(|_| restore())
}

/// Gives the terminal back. Does nothing if it is not ours, so it may be called from a drop, a panic hook and a signal's
/// task in any order. What can't be written is let go: then nobody looks at the terminal any more.
pub fn restore() {
    give_back(&mut io::stdout());
}

fn give_back(out: &mut impl Write) {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
        let _ = terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_is_not_ours_is_left_alone() {
        assert!(!TAKEN.load(Ordering::SeqCst));
        restore();
        restore();
        assert!(!TAKEN.load(Ordering::SeqCst));
    }
}
