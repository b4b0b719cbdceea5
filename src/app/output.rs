//! Standard output, written by a thread of its own, so that a terminal that stands still doesn't hold up the loop.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// Without progress for this long, output stands still.
const STANDS_STILL: Duration = Duration::from_millis(1500);
/// Bytes that are written at once; a slow line takes them in much less than [`STANDS_STILL`].
const CHUNK: usize = 512;
/// Bytes that may wait. If there are more, nobody reads them.
const MOST: usize = 1 << 20;

/// What waits, and how the writing goes.
#[derive(Default)]
struct State {
    waiting: VecDeque<u8>,
    /// When something was last taken, or began to wait after nothing did; `None` while nothing waits.
    since: Option<Instant>,
    /// Nobody takes what is written any more.
    broken: bool,
    /// Whether the loop is to be woken when all is written.
    wanted: bool,
    over: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// All is written, if that was wanted, or nothing ever will be.
    woken: Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it's held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, bytes: &[u8]) {
        let mut state = self.lock();
        if state.broken || bytes.is_empty() {
            return;
        }
        state.waiting.extend(bytes);
        state.since = state.since.or_else(|| Some(Instant::now()));
        if state.waiting.len() > MOST {
            self.break_off(&mut state);
        }
        self.changed.notify_all();
    }

    fn break_off(&self, state: &mut State) {
        state.broken = true;
        state.since = None;
        state.waiting.clear();
        self.woken.notify_one();
    }

    /// Writes until it's over.
    fn write(&self, mut write: impl FnMut(&[u8]) -> io::Result<usize>) {
        let mut state = self.lock();
        while !state.over && !state.broken {
            let chunk: Vec<u8> = state.waiting.iter().take(CHUNK).copied().collect();
            if chunk.is_empty() {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            drop(state);
            let written = write(&chunk);
            state = self.lock();
            match written {
                Ok(written @ 1..) => {
                    let written = written.min(state.waiting.len());
                    state.waiting.drain(..written);
                    let idle = state.waiting.is_empty();
                    state.since = (!idle).then(Instant::now);
                    if idle && std::mem::take(&mut state.wanted) {
                        self.woken.notify_one();
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => self.break_off(&mut state),
            }
            self.changed.notify_all();
        }
    }
}

/// The output of a session. Dropping it lets go of what waits.
pub(super) struct Output(Arc<Shared>);

impl Output {
    /// Output to standard output.
    ///
    /// # Errors
    /// If there is no thread for it.
    pub(super) fn open() -> io::Result<Self> {
        Self::over(system::write)
    }

    fn over(write: impl FnMut(&[u8]) -> io::Result<usize> + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let writer = Arc::clone(&shared);
        thread::Builder::new().name("output".into()).spawn(move || writer.write(write))?;
        Ok(Self(shared))
    }

    /// A place to write whole frames to: each flush is one.
    pub(super) fn frames(&self) -> Frames {
        Frames { shared: Arc::clone(&self.0), frame: Vec::new() }
    }

    /// Writes lines.
    pub(super) fn lines(&self, lines: impl IntoIterator<Item = String>) {
        self.0.push(lines.into_iter().flat_map(|line| [line, "\n".to_owned()]).collect::<String>().as_bytes());
    }

    /// Writes text as it is.
    pub(super) fn text(&self, text: &str) {
        self.0.push(text.as_bytes());
    }

    /// Whether all was written. If not, [`Self::woken`] returns once it is.
    pub(super) fn is_idle(&self) -> bool {
        let mut state = self.0.lock();
        state.wanted |= state.since.is_some();
        state.since.is_none()
    }

    /// Whether nobody takes what is written any more.
    pub(super) fn is_broken(&self) -> bool {
        self.0.lock().broken
    }

    /// Whether nothing has been taken for some time that waits. If so, [`Self::woken`] returns once all is written.
    pub(super) fn stands_still(&self) -> bool {
        let mut state = self.0.lock();
        let still = state.since.is_some_and(|since| since.elapsed() >= STANDS_STILL);
        state.wanted |= still;
        still
    }

    /// When [`Self::stands_still`] may become true.
    pub(super) fn due(&self) -> Option<Instant> {
        self.0.lock().since.map(|since| since + STANDS_STILL)
    }

    /// Waits for what [`Self::is_idle`] and [`Self::stands_still`] promise, or for the end of all writing. Safe to be dropped
    /// while it waits.
    pub(super) fn woken(&self) -> impl Future<Output = ()> + use<> {
        let shared = Arc::clone(&self.0);
        async move { shared.woken.notified().await }
    }

    /// Waits until all is written, but not for longer than `most`.
    pub(super) fn settle(&self, most: Duration) {
        let end = Instant::now() + most;
        let mut state = self.0.lock();
        while state.since.is_some() {
            let Some(left) = end.checked_duration_since(Instant::now()) else { return };
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.0.changed.notify_all();
    }
}

/// Whole frames, written behind one another.
#[derive(Debug)]
pub(super) struct Frames {
    shared: Arc<Shared>,
    frame: Vec<u8>,
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.shared.push(&self.frame);
        self.frame.clear();
        Ok(())
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

#[cfg(unix)]
mod system {
    use std::io;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    /// Writes past the library's own lock, so that a fault of the program can still say so while this waits.
    pub(super) fn write(bytes: &[u8]) -> io::Result<usize> {
        let out = io::stdout();
        loop {
            match rustix::io::write(&out, bytes) {
                // Others who have the terminal open may have asked it not to block.
                Err(Errno::AGAIN) => {
                    poll(&mut [PollFd::new(&out, PollFlags::OUT)], None)?;
                }
                written => return Ok(written?),
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io::{self, Write};

    pub(super) fn write(bytes: &[u8]) -> io::Result<usize> {
        let mut out = io::stdout().lock();
        let written = out.write(bytes)?;
        out.flush().map(|()| written)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_reader_that_stands_still_holds_up_nobody() {
        let (go_on, wait) = mpsc::channel();
        let (sender, taken) = mpsc::channel();
        let output = Output::over(move |bytes| {
            wait.recv().map_err(io::Error::other)?;
            sender.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        })
        .expect("a thread");
        assert!(output.is_idle() && output.due().is_none());
        output.lines(["one".to_owned(), "two".to_owned()]);
        assert!(!output.is_idle() && output.due().is_some() && !output.stands_still());
        output.settle(Duration::ZERO);
        go_on.send(()).expect("a writer");
        output.settle(Duration::from_secs(60));
        assert!(output.is_idle());
        let first = taken.recv().expect("lines");
        assert_eq!(first, b"one\ntwo\n");
    }

    #[test]
    fn what_nobody_takes_has_a_bound() {
        let (_go_on, wait) = mpsc::channel::<()>();
        let output =
            Output::over(move |bytes| wait.recv().map(|()| bytes.len()).map_err(io::Error::other)).expect("a thread");
        let line = "x".repeat(1023);
        for _ in 0..MOST / 1024 {
            output.lines([line.clone()]);
        }
        assert!(!output.is_broken());
        output.lines([line]);
        assert!(output.is_broken() && output.is_idle());
    }
}
