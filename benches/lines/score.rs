//! The scores that programs in Python give, in a process of its own beside the calls.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};

use crate::process::Running;

/// Scores of a call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub pesq: Option<f64>,
    pub plcmos: Option<f64>,
}

/// Scores recordings one after the other.
pub struct Scorer {
    jobs: ChildStdin,
    answers: JoinHandle<BTreeMap<u64, Score>>,
    _running: Running,
}

impl Scorer {
    /// Starts `python` in a folder for its complaints; `None` if it or one of its packages is missing.
    pub fn start(python: &Path, dir: &Path) -> Option<Self> {
        let complaints = std::fs::File::create(dir.join("score.log")).ok()?;
        let mut command = Command::new(python);
        command.arg("-u").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/lines/score.py"));
        // One core is the calls' own.
        command.env("OMP_NUM_THREADS", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(complaints);
        let mut running = Running(command.spawn().ok()?);
        let (jobs, out) = (running.0.stdin.take()?, running.0.stdout.take()?);
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        // It says so once it has loaded everything.
        lines.next()?;
        let answers = thread::spawn(move || {
            let answers = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
            let score = |answer: Value| {
                let [pesq, plcmos] = ["pesq", "plcmos"].map(|name| answer[name].as_f64());
                Some((answer["id"].as_u64()?, Score { pesq, plcmos }))
            };
            answers.filter_map(score).collect()
        });
        Some(Self { jobs, answers, _running: running })
    }

    /// Gives it a recording, in which the speech begins at so many seconds.
    pub fn add(&mut self, id: u64, said: &Path, heard: &Path, begins: f64) {
        let job = json!({ "id": id, "said": said, "heard": heard, "begins": begins });
        // If it has ended, its answers are missing.
        let _ = writeln!(self.jobs, "{job}");
    }

    /// All scores, once they are there.
    pub fn finish(self) -> BTreeMap<u64, Score> {
        drop(self.jobs);
        self.answers.join().unwrap_or_default()
    }
}
