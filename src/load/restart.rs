//! A relay that the load itself starts, kills and starts again.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A relay as a program of its own, which ends with this.
pub(super) struct Started {
    words: Vec<String>,
    relay: Child,
}

impl Started {
    /// By this command: words with blanks between them.
    ///
    /// # Errors
    /// The program can't be started, or ends before it listens.
    pub(super) fn by(command: &str) -> io::Result<Self> {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        let relay = start(&words)?;
        Ok(Self { words, relay })
    }

    /// Kills it and starts it again at once. When it was started.
    ///
    /// # Errors
    /// As above.
    pub(super) fn again(&mut self) -> io::Result<Instant> {
        self.end();
        let at = Instant::now();
        self.relay = start(&self.words)?;
        Ok(at)
    }

    fn end(&mut self) {
        // One that has ended already needn't be killed.
        let _ = self.relay.kill();
        let _ = self.relay.wait();
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.end();
    }
}

/// Returns once it says where it listens.
fn start(words: &[String]) -> io::Result<Child> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut relay = Command::new(program).args(arguments).stdout(Stdio::piped()).spawn()?;
    let mut said = String::new();
    let read = relay.stdout.take().map(|out| BufReader::new(out).read_line(&mut said)).transpose()?;
    if read.unwrap_or(0) == 0 {
        relay.kill()?;
        relay.wait()?;
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(relay)
}
