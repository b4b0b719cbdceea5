//! One member: a client whose lines of JSON are read.

use std::io::{self, BufRead, BufReader, Error, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::process::Running;

/// How long a member may take for anything.
const PATIENCE: Duration = Duration::from_secs(10);

/// What crossed a member's line, in kbps.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lines {
    pub up: f64,
    pub down: f64,
}

impl Lines {
    pub(crate) fn mean(lines: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| lines.iter().map(of).sum::<f64>() / lines.len().max(1) as f64;
        Self { up: mean(|line| line.up), down: mean(|line| line.down) }
    }
}

/// What a member has told so far.
#[derive(Default)]
struct Told {
    code: Option<String>,
    lines: Vec<Lines>,
    heard: bool,
}

pub(crate) struct Member {
    running: Running,
    told: Arc<Mutex<Told>>,
}

impl Member {
    /// Opens a group, and talks in it.
    pub(crate) fn host(relay: &str, mic: &str) -> io::Result<Self> {
        Self::start(&["host", "--relay", relay, "--name", "Talker", "--open-door", "--mic", mic, "--speaker", "null"])
    }

    /// Joins it, and plays what is heard to a file.
    pub(crate) fn join(relay: &str, code: &str, name: &str, mic: &str, speaker: &Path) -> io::Result<Self> {
        let speaker = format!("file:{}.heard.wav", speaker.display());
        let member =
            Self::start(&["join", code, "--relay", relay, "--name", name, "--mic", mic, "--speaker", &speaker])?;
        member.wait_for("come in", |told| (!told.lines.is_empty()).then_some(()))?;
        Ok(member)
    }

    fn start(arguments: &[&str]) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ingle"));
        command.env("INGLE_CONFIG_DIR", "");
        command.args(arguments).arg("--json").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut running = Running(command.spawn()?);
        let told = Arc::new(Mutex::new(Told::default()));
        let out = running.0.stdout.take().ok_or_else(|| Error::other("a member has no output"))?;
        let telling = told.clone();
        std::thread::spawn(move || listen(out, &telling));
        Ok(Self { running, told })
    }

    pub(crate) fn id(&self) -> u32 {
        self.running.0.id()
    }

    /// The code, once the group is open.
    pub(crate) fn code(&self) -> io::Result<String> {
        self.wait_for("open a group", |told| told.code.clone())
    }

    /// A place to measure the line from.
    pub(crate) fn lines_so_far(&self) -> usize {
        self.with(|told| told.lines.len())
    }

    /// The mean since then.
    pub(crate) fn lines(&self, from: usize) -> Lines {
        self.with(|told| Lines::mean(told.lines.get(from..).unwrap_or_default()))
    }

    /// Whether somebody was heard.
    pub(crate) fn hears(&self) -> bool {
        self.with(|told| told.heard)
    }

    fn wait_for<T>(&self, what: &str, of: impl Fn(&Told) -> Option<T>) -> io::Result<T> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(found) = self.with(|told| of(told)) {
                return Ok(found);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(Error::other(format!("a member did not {what} in {} s", PATIENCE.as_secs())))
    }

    fn with<T>(&self, of: impl FnOnce(&Told) -> T) -> T {
        of(&self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn listen(out: impl Read, told: &Mutex<Told>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        let Ok(event) = serde_json::from_str::<Value>(&line) else { continue };
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        match event["event"].as_str() {
            Some("hosting") => told.code = event["code"].as_str().map(str::to_owned),
            Some("link") => {
                let figure = |name: &str| event[name].as_f64().unwrap_or_default();
                told.lines.push(Lines { up: figure("up_kbps"), down: figure("down_kbps") });
            }
            Some("speaking") => told.heard |= event["on"] == true,
            _ => {}
        }
    }
}
