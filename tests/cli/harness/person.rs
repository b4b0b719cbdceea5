//! A member as a process, driven over `--json`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::run::{Ended, collect, program, wait};
use super::{PATIENCE, ingle, signal};

/// An event, and when it was read.
pub(crate) struct Seen {
    pub at: Instant,
    pub event: Value,
    /// Whether it was waited for already.
    met: bool,
}

/// A member's process. Dropping kills it.
pub(crate) struct Person {
    child: Child,
    typing: Option<ChildStdin>,
    incoming: Receiver<Seen>,
    seen: Vec<Seen>,
    /// Events before this one are not waited for any more.
    next: usize,
    err: Option<JoinHandle<String>>,
}

impl Person {
    /// Starts the program with `--json` added.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::spawn(ingle(arguments).arg("--json").stdin(Stdio::piped()))
    }

    /// The same, started by another program, such as one that changes where it runs.
    pub(crate) fn start_by(starter: &[&str], arguments: &[&str]) -> Self {
        let mut command = Command::new(starter[0]);
        command
            .args(&starter[1..])
            .arg(program(env!("CARGO_BIN_EXE_ingle")))
            .args(arguments)
            .arg("--json")
            .env("INGLE_CONFIG_DIR", "");
        Self::spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()))
    }

    /// The same with the sound devices of this server.
    pub(crate) fn on_sound(server: &str, arguments: &[&str]) -> Self {
        Self::spawn(ingle(arguments).arg("--json").stdin(Stdio::piped()).env("PULSE_SERVER", server))
    }

    /// The same with a home of its own, where it may keep what it likes, and asked to log all it can.
    pub(crate) fn at_home(home: &Path, arguments: &[&str]) -> Self {
        let mut command = ingle(arguments);
        command.arg("--json").stdin(Stdio::piped()).current_dir(home).env_remove("INGLE_CONFIG_DIR");
        for place in [
            "HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_RUNTIME_DIR",
            "TMPDIR",
        ] {
            command.env(place, home);
        }
        Self::spawn(command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full"))
    }

    /// Any command of the program that speaks JSON and can be typed to.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("started");
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let err = child.stderr.take().map(collect);
        let (sender, incoming) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).unwrap_or_else(|_| json!({ "not json": line }));
                if sender.send(Seen { at: Instant::now(), event, met: false }).is_err() {
                    return;
                }
            }
        });
        Self { typing: child.stdin.take(), child, incoming, seen: vec![], next: 0, err }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Types a line.
    pub(crate) fn say(&mut self, line: &str) {
        let typing = self.typing.as_mut().expect("not closed");
        typing.write_all(format!("{line}\n").as_bytes()).expect("typed");
    }

    /// Closes standard input.
    pub(crate) fn fall_silent(&mut self) {
        self.typing = None;
    }

    /// The first event since the last [`Self::mark`] that has all that `pattern` has and was not waited for before. So it
    /// doesn't matter in which order events are waited for.
    pub(crate) fn wait(&mut self, pattern: Value) -> &Seen {
        self.wait_within(PATIENCE, pattern)
    }

    /// The same, for what takes its time.
    pub(crate) fn wait_within(&mut self, patience: Duration, pattern: Value) -> &Seen {
        match self.find(patience, &pattern) {
            Ok(at) => {
                self.seen[at].met = true;
                &self.seen[at]
            }
            Err(why) => panic!("no {pattern} ({why}); there was:\n{}", self.story()),
        }
    }

    /// Whether such an event comes in time. It can still be waited for.
    pub(crate) fn hears(&mut self, patience: Duration, pattern: Value) -> bool {
        self.find(patience, &pattern).is_ok()
    }

    fn find(&mut self, patience: Duration, pattern: &Value) -> Result<usize, RecvTimeoutError> {
        let deadline = Instant::now() + patience;
        loop {
            let fits = |seen: &Seen| !seen.met && matches(&seen.event, pattern);
            if let Some(at) = self.seen[self.next..].iter().position(fits) {
                return Ok(self.next + at);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            self.seen.push(self.incoming.recv_timeout(left)?);
        }
    }

    /// A place in the course of events, after all that has been read so far. From here on only what comes after it is
    /// waited for.
    pub(crate) fn mark(&mut self) -> usize {
        self.read();
        self.next = self.seen.len();
        self.next
    }

    fn read(&mut self) {
        while let Ok(seen) = self.incoming.try_recv() {
            self.seen.push(seen);
        }
    }

    /// The events from a place on that have all that `pattern` has.
    pub(crate) fn since(&mut self, mark: usize, pattern: Value) -> Vec<&Value> {
        self.read();
        self.seen[mark..].iter().map(|seen| &seen.event).filter(|event| matches(event, &pattern)).collect()
    }

    /// The names in the roster, by the alphabet. All events that came before it have been read then.
    pub(crate) fn roster(&mut self) -> Vec<String> {
        self.mark();
        self.say("/who");
        let who = self.wait(json!({ "event": "who" })).event["members"].clone();
        let names = who.as_array().expect("a list").iter();
        let mut names: Vec<_> = names.map(|member| member["name"].as_str().expect("a name").to_owned()).collect();
        names.sort();
        names
    }

    /// Ends without a word, as a crash or an empty battery does.
    pub(crate) fn crash(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Waits for the end of the process.
    pub(crate) fn end(mut self) -> Ended {
        let code = wait(&mut self.child);
        while !matches!(self.incoming.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected)) {}
        let err = self.err.take().map(|reader| reader.join().expect("read")).unwrap_or_default();
        Ended { code, out: self.story(), err }
    }

    fn story(&self) -> String {
        let lines = self.seen.iter().filter(|seen| seen.event["event"] != "link");
        lines.map(|seen| seen.event.to_string()).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // Gone already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn matches(event: &Value, pattern: &Value) -> bool {
    let pattern = pattern.as_object().expect("an object");
    pattern.iter().all(|(key, value)| event.get(key) == Some(value))
}
