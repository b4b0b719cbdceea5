//! The prompt for a code in a terminal: keys one by one, the line and its hint drawn in place, and the terminal given back
//! whatever happens.

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind};
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};
use crossterm::{cursor, execute, queue};

use super::prompt::{Prompt, Step};
use super::read::read;
use super::sentence::Stop;
use super::signals;
use crate::crypto::code::{Code, CodeError};
use crate::text;
use crate::tui::{self, view::wrap};

/// How often a signal is looked for while nobody types.
const LOOK: Duration = Duration::from_millis(50);
/// Without a key for this long a paste is over.
const PASTED: Duration = Duration::from_millis(30);
/// Keys of the rest of a paste that are read; more is no invitation.
const REST: usize = 8 * 1024;
/// Rows under the line.
const HINT_ROWS: usize = 3;

/// Whether the terminal's settings are ours, for [`restore`] to undo once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether keys can be read one by one and the line be drawn in place.
pub(super) fn possible() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks for a code that begins with what was `typed` already. A whole invitation may be pasted. Gives the code and all that was
/// typed or pasted with it.
///
/// # Errors
/// [`Stop`] if the person gives up, or the terminal can't be used.
pub(super) fn ask_code(typed: &str) -> Result<(Code, String), Stop> {
    let mut raw = Raw::take().map_err(Stop::system)?;
    let mut prompt = Prompt::begun(typed);
    loop {
        raw.draw(&prompt).map_err(Stop::system)?;
        let step = next(&mut prompt).map_err(Stop::system)?;
        match step {
            Step::On => {}
            Step::Line => {
                let pasted = event::poll(PASTED).unwrap_or(false);
                match read(&prompt.text()) {
                    Ok(code) => {
                        let text = format!("{}\n{}", prompt.text(), rest());
                        raw.finish(&code.nameplate.to_string()).map_err(Stop::system)?;
                        return Ok((code, text));
                    }
                    Err(_) if pasted && prompt.keep() => {}
                    Err(CodeError::NoNumber) if prompt.text().is_empty() => {}
                    Err(why) => prompt.refuse(text::code_fault(&why)),
                }
            }
            Step::Quit => {
                raw.finish("").map_err(Stop::system)?;
                return Err(Stop::quietly(signals::CODE));
            }
            Step::Pause | Step::Stopped => {
                raw.finish("").map_err(Stop::system)?;
                // A signal that waits stops the program here.
                drop(raw);
                if step == Step::Pause {
                    crate::app::stop_self();
                }
                raw = Raw::take().map_err(Stop::system)?;
            }
        }
    }
}

/// The next key, paste or signal. A signal that came does its own work once the terminal is given back.
fn next(prompt: &mut Prompt) -> io::Result<Step> {
    while !event::poll(LOOK)? {
        match signals::waiting() {
            Some(signals::Waiting::End) => return Ok(Step::Quit),
            Some(signals::Waiting::Pause) => return Ok(Step::Stopped),
            None => {}
        }
    }
    Ok(match event::read()? {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            prompt.press(&key, event::poll(Duration::ZERO).unwrap_or(false))
        }
        Event::Paste(text) if prompt.paste(&text) => Step::Line,
        _ => Step::On,
    })
}

/// What was pasted behind the code. It must not reach what is asked next, nor the screen as keys.
fn rest() -> String {
    let mut text = String::new();
    while text.len() < REST && event::poll(PASTED).unwrap_or(false) {
        match event::read() {
            Ok(Event::Key(key)) => match key.code {
                event::KeyCode::Char(c) => text.push(c),
                event::KeyCode::Enter => text.push('\n'),
                _ => {}
            },
            Ok(Event::Paste(more)) => text.push_str(&more),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    text
}

/// Gives the terminal back. Does nothing if it is not ours, so it may be called from a drop and a panic hook.
pub(super) fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), DisableBracketedPaste, cursor::Show);
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back, whichever of ours has it.
pub(super) fn restore_any() {
    tui::terminal::restore();
    restore();
}

/// The terminal while its keys are ours. Dropping gives it back, and lets signals through that came meanwhile.
struct Raw {
    out: Stdout,
    _signals: signals::Held,
}

impl Raw {
    fn take() -> io::Result<Self> {
        let held = signals::hold();
        TAKEN.store(true, Ordering::SeqCst);
        signals::guard(restore_any);
        let raw = Self { out: io::stdout(), _signals: held };
        terminal::enable_raw_mode()?;
        execute!(io::stdout(), EnableBracketedPaste)?;
        Ok(raw)
    }

    /// Draws the line, and its hint in the rows under it. The cursor stays in the line.
    fn draw(&mut self, prompt: &Prompt) -> io::Result<()> {
        let columns = terminal::size().map_or(80, |(columns, _)| columns).max(12);
        let label = label(columns);
        let (shown, at) = prompt.view(columns.saturating_sub(label.len() as u16));
        queue!(self.out, Print("\r"), Clear(ClearType::FromCursorDown), Print(label), Print(shown))?;
        let hint = wrap(&prompt.hint(), columns.saturating_sub(1));
        let rows = hint.iter().filter(|line| !line.is_empty()).take(HINT_ROWS);
        let mut down = 0;
        for line in rows {
            queue!(self.out, Print("\r\n"), Print(line))?;
            down += 1;
        }
        if down > 0 {
            queue!(self.out, cursor::MoveUp(down))?;
        }
        queue!(self.out, Print("\r"))?;
        let column = label.len() as u16 + at;
        if column > 0 {
            queue!(self.out, cursor::MoveRight(column))?;
        }
        self.out.flush()
    }

    /// Leaves only this in the line, so that the words don't stay on the screen, and goes to the next.
    fn finish(&mut self, text: &str) -> io::Result<()> {
        let columns = terminal::size().map_or(80, |(columns, _)| columns).max(12);
        let clear = Clear(ClearType::FromCursorDown);
        execute!(self.out, Print("\r"), clear, Print(label(columns)), Print(text), Print("\r\n"))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        restore();
    }
}

/// What stands before the line, as far as there is room for both.
fn label(columns: u16) -> &'static str {
    if columns >= 60 { text::CODE_PROMPT.get() } else { text::CODE_PROMPT_SHORT.get() }
}
