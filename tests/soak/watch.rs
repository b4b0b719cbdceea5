//! What the programs hold, looked at again and again.

use std::fs;
use std::net::SocketAddr;
use std::time::Instant;

use super::growth::Held;
use crate::process::figure;

/// A program that is watched.
pub(crate) struct Watched {
    pub name: String,
    pub process: u32,
    /// Where a relay tells its figures.
    pub metrics: Option<SocketAddr>,
}

/// All of them, and what they held so far.
pub(crate) struct Watch {
    began: Instant,
    watched: Vec<(Watched, Vec<Held>)>,
}

impl Watch {
    pub(crate) fn of(watched: Vec<Watched>) -> Self {
        Self { began: Instant::now(), watched: watched.into_iter().map(|watched| (watched, vec![])).collect() }
    }

    pub(crate) fn look(&mut self) {
        let at = self.began.elapsed();
        for (watched, course) in &mut self.watched {
            let status = fs::read_to_string(format!("/proc/{}/status", watched.process)).unwrap_or_default();
            let number = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name))?;
                line.split_whitespace().next()?.parse::<u64>().ok()
            };
            let descriptors = fs::read_dir(format!("/proc/{}/fd", watched.process)).map(Iterator::count);
            // One that has ended is found out about elsewhere.
            let (Some(memory), Some(threads), Ok(descriptors)) = (number("RssAnon:"), number("Threads:"), descriptors)
            else {
                continue;
            };
            let tasks = watched.metrics.and_then(|at| figure(at, "ingle_relay_tasks"));
            course.push(Held { at, memory, descriptors: descriptors as u64, threads, tasks });
        }
    }

    pub(crate) fn courses(self) -> impl Iterator<Item = (String, Vec<Held>)> {
        self.watched.into_iter().map(|(watched, course)| (watched.name, course))
    }
}
