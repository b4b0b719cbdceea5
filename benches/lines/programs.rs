//! A client's process and what it tells.

use std::io::{self, BufRead, BufReader, Error, Read};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process::Running;

/// How long anything may take: coming in on a bad line does take its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client. Dropping ends it.
pub struct Client {
    running: Running,
    told: Arc<Mutex<Vec<Value>>>,
}

impl Client {
    /// Starts one over the line at `relay`.
    pub fn start(arguments: &[&str], relay: SocketAddr) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ingle"));
        // Nothing is remembered from one call to the next.
        command.env("INGLE_CONFIG_DIR", "").env_remove("INGLE_RELAY").env_remove("INGLE_NAME");
        command.args(arguments).args(["--json", "--relay", &relay.to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running(command.spawn()?);
        let out = running.0.stdout.take().ok_or_else(|| Error::other("a client has no output"))?;
        let told = Arc::<Mutex<Vec<Value>>>::default();
        let telling = told.clone();
        thread::spawn(move || listen(out, &telling));
        Ok(Self { running, told })
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.running.0.id()
    }

    /// Waits until it has told an event, and returns this.
    pub fn wait(&self, event: &str) -> io::Result<Value> {
        within(PATIENCE, || {
            let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.iter().find(|told| told["event"] == event).cloned()
        })
        .ok_or_else(|| Error::other(format!("a client told no \"{event}\" in {} s", PATIENCE.as_secs())))
    }
}

fn listen(out: impl Read, told: &Mutex<Vec<Value>>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        if let Ok(event) = serde_json::from_str(&line) {
            told.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        }
    }
}

/// What `of` finds in time.
pub fn within<T>(patience: Duration, of: impl Fn() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        match of() {
            None if start.elapsed() < patience => thread::sleep(Duration::from_millis(20)),
            found => return found,
        }
    }
}
