//! One run of the program to its end.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::{PATIENCE, until};

/// A program: the one that was built for the tests, or the one of its name in the folder that `INGLE_PROGRAMS` names.
pub(crate) fn program(built: &str) -> PathBuf {
    let built = Path::new(built);
    let name = built.file_name().expect("a program's name");
    std::env::var_os("INGLE_PROGRAMS").map_or_else(|| built.into(), |folder| Path::new(&folder).join(name))
}

/// The program, without what the environment of the tests might tell it.
pub(crate) fn ingle(arguments: &[&str]) -> Command {
    let mut command = Command::new(program(env!("CARGO_BIN_EXE_ingle")));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Nothing is remembered from one test to the next.
    command.env("INGLE_CONFIG_DIR", "").env("LC_MESSAGES", "C");
    // None finds another on this machine's network.
    command.env("INGLE_NO_DISCOVERY", "1").env("INGLE_NO_PORT_MAPPING", "1");
    // No test hears or plays anything in the room that it runs in, unless it says so.
    command.env("PULSE_SERVER", "unix:/nonexistent/pulse").env("PIPEWIRE_REMOTE", "nonexistent");
    command.env("ALSA_CONFIG_PATH", "/nonexistent");
    for name in ["INGLE_RELAY", "INGLE_NAME", "INGLE_LANGUAGE", "NO_COLOR", "ACCESSIBLE"] {
        command.env_remove(name);
    }
    command
}

/// Reads a stream to its end beside the test.
pub(super) fn collect(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a stream broke off counts.
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A run that may still go on, and is ended with the test.
pub(crate) struct Running {
    child: Child,
    out: Option<JoinHandle<String>>,
    err: Option<JoinHandle<String>>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::from(command.spawn().expect("started"))
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn end(mut self) -> Ended {
        let code = wait(&mut self.child);
        let text =
            |stream: Option<JoinHandle<String>>| stream.map(|reader| reader.join().expect("read")).unwrap_or_default();
        Ended { code, out: text(self.out.take()), err: text(self.err.take()) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The exit code, or `None` after a signal.
pub(super) fn wait(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    let mut code = None;
    until("the process ends", || {
        if start.elapsed() > PATIENCE / 2 {
            // A hang shall not outlive the test.
            let _ = child.kill();
            panic!("process {} did not end by itself", child.id());
        }
        child.try_wait().expect("asked").inspect(|status| code = status.code()).is_some()
    });
    code
}

impl Ended {
    /// It could not: the code, and on standard error a sentence for the problem and one for what to do next.
    pub(crate) fn failed(&self, code: i32, problem: &str, hint: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        let lines: Vec<_> = self.err.lines().collect();
        assert_eq!(lines.len(), 2, "a sentence and a hint: {self:?}");
        assert!(lines[0].contains(problem) && lines[0].ends_with('.'), "{self:?}");
        assert!(lines[1].contains(hint) && lines[1].ends_with('.'), "{self:?}");
        assert!(!self.err.contains("panic") && !self.err.contains("fault"), "{self:?}");
    }
}

impl From<Child> for Running {
    fn from(mut child: Child) -> Self {
        let (out, err) = (child.stdout.take().map(collect), child.stderr.take().map(collect));
        Self { child, out, err }
    }
}
