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
use crate::crypto::code::{Code, CodeError};
use crate::text;
use crate::tui::view::wrap;

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

/// Asks for a code. A whole invitation may be pasted. Gives the code and all that was typed or pasted with it.
///
/// # Errors
/// [`Stop`] if the person gives up, or the terminal can't be used.
pub(super) fn ask_code() -> Result<(Code, String), Stop> {
    let mut raw = Raw::take().map_err(Stop::system)?;
    let mut prompt = Prompt::default();
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
                    Err(why) => prompt.refuse(why.to_string()),
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
                    signals::stop_self();
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

/// The terminal while its keys are ours. Dropping gives it back, and lets signals through that came meanwhile.
struct Raw {
    out: Stdout,
    _signals: signals::Held,
}

impl Raw {
    fn take() -> io::Result<Self> {
        let held = signals::hold();
        TAKEN.store(true, Ordering::SeqCst);
        signals::guard(|| TAKEN.load(Ordering::SeqCst), restore);
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
    if columns >= 60 { text::CODE_PROMPT } else { text::CODE_PROMPT_SHORT }
}

/// Signals that end or stop a program wait until the terminal is given back: a shell shall not find it without an echo.
#[cfg(unix)]
#[allow(unsafe_code)]
mod signals {
    use std::mem::MaybeUninit;
    use std::sync::Once;
    use std::thread;
    use std::time::Duration;

    /// How often [`guard`] looks, and how often it lets a signal wait.
    const PACE: Duration = Duration::from_millis(100);
    const PATIENCE: u32 = 5;

    /// The exit code after the person gave up, as shells have it.
    pub(super) const CODE: u8 = 130;
    const HELD: [libc::c_int; 4] = [libc::SIGTERM, libc::SIGHUP, libc::SIGINT, libc::SIGTSTP];

    /// What a signal asks for.
    pub(super) enum Waiting {
        End,
        Pause,
    }

    /// While it lives, the signals wait.
    pub(super) struct Held(libc::sigset_t);

    fn empty() -> libc::sigset_t {
        let mut set = MaybeUninit::uninit();
        // SAFETY: the call fills the set, which is there for it.
        unsafe {
            libc::sigemptyset(set.as_mut_ptr());
            set.assume_init()
        }
    }

    pub(super) fn hold() -> Held {
        let (mut set, mut before) = (empty(), empty());
        for signal in HELD {
            // SAFETY: the set was made above, and the signals are the system's own numbers.
            unsafe { libc::sigaddset(&raw mut set, signal) };
        }
        // SAFETY: both sets are there for the call. No other thread has been started yet that could take the signals.
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, &raw mut before) };
        Held(before)
    }

    impl Drop for Held {
        fn drop(&mut self) {
            // SAFETY: the set came from `hold`.
            unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut()) };
        }
    }

    /// What a signal that waits asks for.
    pub(super) fn waiting() -> Option<Waiting> {
        let mut set = empty();
        // SAFETY: the set is there for the call.
        if unsafe { libc::sigpending(&raw mut set) } < 0 {
            return None;
        }
        // SAFETY: the set was filled by the call above.
        let waits = |signal: &libc::c_int| unsafe { libc::sigismember(&raw const set, *signal) == 1 };
        match HELD.iter().find(|signal| waits(signal))? {
            &libc::SIGTSTP => Some(Waiting::Pause),
            _ => Some(Waiting::End),
        }
    }

    /// Sees to it that a signal doesn't wait for ever where whatever reads the keys waits for the rest of one: `restore` is
    /// called, and the signal does its work. To be called while signals are held.
    pub(super) fn guard(held: fn() -> bool, restore: fn()) {
        static STARTED: Once = Once::new();
        let run = move || {
            let mut waited = 0;
            loop {
                thread::sleep(PACE);
                let ends = held() && matches!(waiting(), Some(Waiting::End));
                waited = if ends { waited + 1 } else { 0 };
                if waited > PATIENCE {
                    restore();
                    let none = empty();
                    // SAFETY: the set was made above. What waits comes to this thread, and ends the program.
                    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut()) };
                }
            }
        };
        // Without the thread a signal may wait for the next key.
        STARTED.call_once(|| drop(thread::Builder::new().name("guard".into()).spawn(run)));
    }

    /// Stops the program here, until a shell lets it go on.
    pub(super) fn stop_self() {
        // SAFETY: raise takes no pointers, and SIGSTOP runs no code of this program.
        unsafe { libc::raise(libc::SIGSTOP) };
    }
}

#[cfg(not(unix))]
mod signals {
    pub const CODE: u8 = 130;
    #[allow(dead_code, reason = "no signals here")]
    pub enum Waiting {
        End,
        Pause,
    }
    pub struct Held;
    pub fn hold() -> Held {
        Held
    }
    pub fn waiting() -> Option<Waiting> {
        None
    }
    pub fn guard(_: fn() -> bool, _: fn()) {}
    pub fn stop_self() {}
}
