//! The terminal, borrowed: raw mode, the other screen and bracketed paste, and all of it given back whatever happens.

mod repaint;

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use base64::prelude::{BASE64_STANDARD, Engine};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen, SetTitle};
use crossterm::{cursor, execute};
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::model::Model;
use super::theme::Theme;
use super::view;
use crate::ids::Time;
use crate::session::Room;
use crate::text;

/// Whether the terminal is ours, for [`restore`] to undo once.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal was asked to report when keys go up, for [`restore`] to undo.
static REPORTS: AtomicBool = AtomicBool::new(false);

/// Keeps the window's title, and gives it back.
const KEEP_TITLE: &str = "\u{1b}[22;2t";
const OLD_TITLE: &str = "\u{1b}[23;2t";

/// The sign that is given outside of the window when something waits for this person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// None.
    #[default]
    Nothing,
    /// The terminal's bell.
    Bell,
    /// A notice of the desktop, as iTerm2, WezTerm and Windows Terminal know it.
    Osc9,
    /// A notice of the desktop, as rxvt, foot and Ghostty know it.
    Osc777,
}

impl Notify {
    /// What is written to the terminal for a sentence.
    fn sequence(self, told: &str) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Bell => Some("\u{7}".to_owned()),
            Self::Osc9 => Some(format!("\u{1b}]9;{told}\u{7}")),
            Self::Osc777 => Some(format!("\u{1b}]777;notify;{};{told}\u{7}", text::PROGRAM)),
        }
    }
}

/// The terminal while it is ours, written to through `W`. Dropping gives it back.
#[derive(Debug)]
pub struct Screen<W: Write> {
    backend: CrosstermBackend<W>,
    /// What is on the terminal, and where its cursor is; `None` if that isn't known.
    shown: Option<(Buffer, Option<(u16, u16)>)>,
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
        Ok(Self { backend: CrosstermBackend::new(out), shown: None })
    }

    /// Takes the terminal again after [`Self::leave`], and draws everything anew the next time.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn enter_again(&mut self) -> io::Result<()> {
        take(&mut self.backend)?;
        self.redraw()
    }

    /// Gives the terminal back for a while, as [`restore`] does.
    pub fn leave(&mut self) {
        give_back(&mut self.backend);
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// If the terminal doesn't say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.backend.size().map(|size| (size.width, size.height))
    }

    /// Draws the screen: what changed, and no more; nothing if nothing did.
    ///
    /// # Errors
    /// If standard output can't be written; whoever looked is gone.
    pub fn draw(&mut self, model: &Model, room: &Room, theme: &Theme, now: Time) -> io::Result<()> {
        self.paint(|buffer, area| view::draw(model, room, buffer, area, theme, now))
    }

    /// Draws with `paint`, which gives the place of the cursor: what changed, and no more.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn paint(&mut self, paint: impl FnOnce(&mut Buffer, Rect) -> Option<(u16, u16)>) -> io::Result<()> {
        let (columns, rows) = self.size()?;
        let area = Rect::new(0, 0, columns, rows);
        let mut next = Buffer::empty(area);
        let cursor = paint(&mut next, area);
        let (before, cursor_before) = match self.shown.take() {
            Some(shown) if shown.0.area == area => shown,
            Some(_) | None => {
                self.backend.clear_region(ClearType::All)?;
                (Buffer::empty(area), None)
            }
        };
        let changed = repaint::write(&mut self.backend, &before, &next)?;
        match cursor {
            Some(place) if changed || cursor_before != cursor => {
                self.backend.set_cursor_position(place)?;
                self.backend.show_cursor()?;
            }
            None if changed || cursor_before.is_some() => self.backend.hide_cursor()?,
            Some(_) | None => {
                self.shown = Some((next, cursor));
                return Ok(());
            }
        }
        self.shown = Some((next, cursor));
        Write::flush(&mut self.backend)
    }

    /// Asks the terminal to report when keys go up, or no longer to. It must not while a line is written: then keys come as they
    /// are on the keyboard, and not as the letters that several of them make. Terminals that can't aren't disturbed.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn report_releases(&mut self, on: bool) -> io::Result<()> {
        if cfg!(unix) && TAKEN.load(Ordering::SeqCst) && REPORTS.swap(on, Ordering::SeqCst) != on {
            ask_for_releases(&mut self.backend, on)?;
        }
        Ok(())
    }

    /// Gives a sign outside of the window. The sentence is one of ours, and names nobody.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn notify(&mut self, how: Notify, told: &str) -> io::Result<()> {
        match how.sequence(told) {
            Some(sequence) => execute!(self.backend, Print(sequence)),
            None => Ok(()),
        }
    }

    /// Asks the terminal to take a text into the clipboard. Whether it does, it doesn't tell.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.backend, Print(clipboard(text)))
    }

    /// Draws everything anew the next time.
    ///
    /// # Errors
    /// If standard output can't be written.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.shown = None;
        Ok(())
    }
}

/// What is written to a terminal that is to take a text into the clipboard (OSC 52).
pub fn clipboard(text: &str) -> String {
    format!("\u{1b}]52;c;{}\u{7}", BASE64_STANDARD.encode(text))
}

impl<W: Write> Drop for Screen<W> {
    fn drop(&mut self) {
        self.leave();
    }
}

fn take(out: &mut impl Write) -> io::Result<()> {
    // Set before anything changes, so that a failure half way is undone as well.
    TAKEN.store(true, Ordering::SeqCst);
    let taken = terminal::enable_raw_mode().and_then(|()| {
        execute!(out, Print(KEEP_TITLE), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
        // The group's name is nobody's business who passes by.
        execute!(out, SetTitle(text::PROGRAM), cursor::SetCursorStyle::SteadyUnderScore, cursor::Hide)
    });
    taken.inspect_err(|_| restore())
}

fn ask_for_releases(out: &mut impl Write, on: bool) -> io::Result<()> {
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES
        | KeyboardEnhancementFlags::REPORT_EVENT_TYPES
        | KeyboardEnhancementFlags::REPORT_ALTERNATE_KEYS
        | KeyboardEnhancementFlags::REPORT_ALL_KEYS_AS_ESCAPE_CODES;
    if on { execute!(out, PushKeyboardEnhancementFlags(flags)) } else { execute!(out, PopKeyboardEnhancementFlags) }
}

/// Gives the terminal back. Does nothing if it is not ours, so it may be called from a drop, a panic hook and a signal's
/// task in any order. What can't be written is let go: then nobody looks at the terminal any more.
pub fn restore() {
    give_back(&mut io::stdout());
}

fn give_back(out: &mut impl Write) {
    if TAKEN.swap(false, Ordering::SeqCst) {
        if REPORTS.swap(false, Ordering::SeqCst) {
            let _ = ask_for_releases(out, false);
        }
        let _ = execute!(out, DisableFocusChange, DisableBracketedPaste, cursor::SetCursorStyle::DefaultUserShape);
        let _ = execute!(out, LeaveAlternateScreen, cursor::Show, Print(OLD_TITLE));
        let _ = terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_none_unless_asked_for() {
        assert_eq!(Notify::default().sequence("It is your turn."), None);
        assert_eq!(Notify::Bell.sequence("It is your turn.").as_deref(), Some("\u{7}"));
        let notice = Notify::Osc777.sequence("It is your turn.");
        assert_eq!(notice.as_deref(), Some("\u{1b}]777;notify;ingle;It is your turn.\u{7}"));
    }

    #[test]
    fn whatever_is_copied_holds_no_escape() {
        assert_eq!(clipboard("\u{1b}[2J\n\u{7}"), "\u{1b}]52;c;G1sySgoH\u{7}");
    }

    #[test]
    fn a_terminal_that_is_not_ours_is_left_alone() {
        assert!(!TAKEN.load(Ordering::SeqCst));
        restore();
        restore();
        assert!(!TAKEN.load(Ordering::SeqCst));
    }
}
