//! Programs that are measured.

use std::io::{self, BufRead, BufReader, Error};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A program that ends with its owner.
pub(crate) struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that ended by itself can't be ended again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A relay with a port and a key of its own.
pub(crate) struct Relay {
    running: Running,
    /// Where it listens.
    pub address: String,
}

impl Relay {
    pub(crate) fn start() -> io::Result<Self> {
        let program = env!("CARGO_BIN_EXE_ingle-relay");
        let child = Command::new(program).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn()?;
        let mut running = Running(child);
        let out = running.0.stdout.take().ok_or_else(|| Error::other("the relay has no output"))?;
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said)?;
        let address = said.split([' ', ',']).find(|word| word.starts_with("127.")).map(str::to_owned);
        Ok(Self { running, address: address.ok_or_else(|| Error::other("the relay did not start"))? })
    }

    pub(crate) fn id(&self) -> u32 {
        self.running.0.id()
    }
}

/// What a program takes of its machine.
pub(crate) struct Cost {
    /// Resident memory at the end, in megabytes.
    pub memory_mb: f64,
    /// Percent of one core.
    pub share: f64,
}

impl Cost {
    pub(crate) fn mean(costs: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| costs.iter().map(of).sum::<f64>() / costs.len().max(1) as f64;
        Self { memory_mb: mean(|cost| cost.memory_mb), share: mean(|cost| cost.share) }
    }
}

/// One program from a moment on.
pub(crate) struct Watch {
    id: u32,
    since: Instant,
    seconds: f64,
}

impl Watch {
    pub(crate) fn start(id: u32) -> io::Result<Self> {
        Ok(Self { id, since: Instant::now(), seconds: processor_seconds(id)? })
    }

    pub(crate) fn cost(&self) -> io::Result<Cost> {
        let share = 100.0 * (processor_seconds(self.id)? - self.seconds) / self.since.elapsed().as_secs_f64();
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
        let kilobytes: f64 = resident.and_then(|number| number.parse().ok()).ok_or_else(gone)?;
        Ok(Cost { memory_mb: kilobytes * 1024.0 / 1e6, share })
    }
}

/// Time on any core, of the system in its name too; counted in hundredths on every Linux.
fn processor_seconds(id: u32) -> io::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name before it may hold blanks and brackets.
    let after_name = stat.rsplit_once(')').ok_or_else(gone)?.1;
    let ticks: Vec<f64> = after_name.split_whitespace().skip(11).take(2).flat_map(str::parse).collect();
    if ticks.len() == 2 { Ok(ticks.iter().sum::<f64>() / 100.0) } else { Err(gone()) }
}

fn gone() -> Error {
    Error::other("a program that was measured is gone")
}
