//! Typed lines, for the faces without a screen.

use std::io::{BufRead, Read};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// Longest line that is taken; what is longer is cut there.
const LINE: u64 = 8 * 1024;
/// Lines that may wait.
const QUEUE: usize = 16;

/// Lines within this of each other were pasted: no hand types so fast.
const PASTED: Duration = Duration::from_millis(40);
/// Lines of one paste that are told apart.
const PASTED_LINES: usize = 1000;

/// What is typed, in lines.
pub(super) struct Lines {
    typed: mpsc::Receiver<String>,
    /// Whether a person may paste, so that lines that come at once belong together.
    person: bool,
    /// Lines that others may follow at once, and until when.
    held: Vec<String>,
    until: Instant,
}

impl Lines {
    /// Begins to read standard input.
    pub(super) fn read(person: bool) -> Self {
        Self { typed: lines(), person, held: Vec::new(), until: Instant::now() }
    }

    /// The next line, and those that come at once with it; `None` at the end of the input. Safe to be dropped while it waits.
    pub(super) async fn next(&mut self) -> Option<Vec<String>> {
        loop {
            let line = match self.held.is_empty() {
                true => self.typed.recv().await,
                // What has come already counts, however late it is looked at.
                false => match timeout_at(self.until, self.typed.recv()).await {
                    Ok(line) => line,
                    Err(_) => return Some(std::mem::take(&mut self.held)),
                },
            };
            let Some(line) = line else {
                return if self.held.is_empty() { None } else { Some(std::mem::take(&mut self.held)) };
            };
            if !self.person {
                return Some(vec![line]);
            }
            if self.held.len() < PASTED_LINES {
                self.held.push(line);
            }
            self.until = Instant::now() + PASTED;
        }
    }
}

/// Reads standard input on a thread of its own, which nothing can interrupt and the end of the program ends.
fn lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let read = move || {
        let mut input = std::io::stdin().lock();
        while let Some(line) = line(&mut input) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    };
    // Without a thread nothing can be typed; what is shown goes on.
    let _ = std::thread::Builder::new().name("input".into()).spawn(read);
    receiver
}

/// Reads one line, and nothing after it.
pub(super) fn one_line() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(1);
    let read = move || {
        if let Some(line) = line(&mut std::io::stdin().lock()) {
            // Whoever asked may have gone meanwhile.
            let _ = sender.blocking_send(line);
        }
    };
    let _ = std::thread::Builder::new().name("answer".into()).spawn(read);
    receiver
}

/// The next line without its end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(LINE).read_until(b'\n', &mut bytes).ok()?;
    if read == 0 {
        return None;
    }
    if bytes.last() != Some(&b'\n') && read as u64 == LINE {
        skip_line(input);
    }
    Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned())
}

fn skip_line(input: &mut impl BufRead) {
    loop {
        let Ok(held) = input.fill_buf() else { return };
        if held.is_empty() {
            return;
        }
        let end = held.iter().position(|byte| *byte == b'\n');
        let (taken, done) = (end.map_or(held.len(), |at| at + 1), end.is_some());
        input.consume(taken);
        if done {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_their_bound_and_the_next_is_whole() {
        let long = "x".repeat(100_000);
        let text = format!("/who\r\n{long}\nhello\n\u{fffd}\nlast");
        let mut input = std::io::BufReader::with_capacity(1000, text.as_bytes());
        assert_eq!(line(&mut input).as_deref(), Some("/who"));
        assert_eq!(line(&mut input).map(|line| line.len() as u64), Some(LINE));
        assert_eq!(line(&mut input).as_deref(), Some("hello"));
        assert_eq!(line(&mut input).as_deref(), Some("\u{fffd}"));
        assert_eq!(line(&mut input).as_deref(), Some("last"));
        assert_eq!(line(&mut input), None);
    }
}
