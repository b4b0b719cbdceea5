//! Whether something grows: the slope of what a program holds, from when it has warmed up.

use std::fmt;
use std::time::Duration;

/// MiB that a program's memory may grow in an hour.
const SLOPE: f64 = 1.0;
/// A slope says something when it was watched for this long; before, what was added in all counts, once it was watched for a while.
const LONG: Duration = Duration::from_secs(1800);
const WHILE: Duration = Duration::from_secs(540);
/// MiB that may have been added by then.
const ADDED: f64 = 0.5;
/// What is held at least in this part at the end is compared with the most in the same part at the beginning.
const PART: usize = 4;

/// What a program holds at a moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    /// Since the start.
    pub at: Duration,
    /// Memory of its own, in KiB.
    pub memory: u64,
    pub descriptors: u64,
    pub threads: u64,
    /// Tasks of a relay.
    pub tasks: Option<u64>,
}

/// How that went.
#[derive(Debug)]
pub(crate) struct Growth {
    span: Duration,
    first: f64,
    last: f64,
    slope: f64,
    counts: [Option<Count>; 3],
}

/// The most at first, and the least at last.
#[derive(Clone, Copy, Debug)]
struct Count {
    first: u64,
    last: u64,
}

impl Growth {
    /// From `warm` on; `None` if too little was seen.
    pub(crate) fn of(course: &[Held], warm: Duration) -> Option<Self> {
        let course: Vec<&Held> = course.iter().filter(|held| held.at >= warm).collect();
        if course.len() < 2 * PART {
            return None;
        }
        let span = course.last()?.at - course.first()?.at;
        let points: Vec<(f64, f64)> =
            course.iter().map(|held| (held.at.as_secs_f64() / 3600.0, held.memory as f64 / 1024.0)).collect();
        let count = points.len() as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
        let (both, own) = points
            .iter()
            .fold((0.0, 0.0), |(both, own), point| (both + (point.0 - x) * (point.1 - y), own + (point.0 - x).powi(2)));
        let slope = both / own.max(f64::MIN_POSITIVE);
        let part = course.len() / PART;
        let of = |what: fn(&Held) -> Option<u64>| {
            let first = course[..part].iter().filter_map(|held| what(held)).max()?;
            let last = course[course.len() - part..].iter().filter_map(|held| what(held)).min()?;
            Some(Count { first, last })
        };
        let counts = [of(|held| Some(held.descriptors)), of(|held| Some(held.threads)), of(|held| held.tasks)];
        let at = |time: f64| y + slope * (time - x);
        Some(Self { span, first: at(points[0].0), last: at(points[points.len() - 1].0), slope, counts })
    }

    /// A sentence for each thing that grew.
    pub(crate) fn faults(&self) -> impl Iterator<Item = String> {
        let added = self.last - self.first;
        let grows = if self.span >= LONG { self.slope >= SLOPE } else { self.span >= WHILE && added >= ADDED };
        let memory = grows.then(|| format!("memory grew by {added:.2} MiB, {:.2} in an hour", self.slope));
        let counts = self.counts.iter().zip(["descriptors", "threads", "tasks"]).filter_map(|(count, what)| {
            let Count { first, last } = (*count)?;
            (last > first).then(|| format!("{what} grew from {first} to {last}"))
        });
        memory.into_iter().chain(counts.collect::<Vec<_>>())
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count =
            |count: &Option<Count>| count.map_or("-".into(), |Count { first, last }| format!("{first} to {last}"));
        let [descriptors, threads, tasks] = [0, 1, 2].map(|at: usize| count(&self.counts[at]));
        let Self { first, last, slope, .. } = self;
        write!(f, "{first:>9.2} {last:>9.2} {slope:>12.2} {descriptors:>13} {threads:>9} {tasks:>9}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(memory: impl Fn(u64) -> u64, tasks: impl Fn(u64) -> u64) -> Vec<Held> {
        let held = |at: u64| Held {
            at: Duration::from_secs(at * 10),
            memory: memory(at),
            descriptors: 9 + at % 3,
            threads: 4,
            tasks: Some(tasks(at)),
        };
        (0..360).map(held).collect()
    }

    fn faults(course: &[Held]) -> Vec<String> {
        Growth::of(course, Duration::from_secs(600)).expect("long enough").faults().collect()
    }

    #[test]
    fn what_stays_within_its_bounds_does_not_grow() {
        // Noise of half a MiB, and growth while it warms up.
        let steady = course(|at| 20_000 + at.min(60) * 100 + at * 7 % 500, |at| 30 + at % 9);
        assert!(faults(&steady).is_empty(), "{:?}", faults(&steady));
        assert!(Growth::of(&steady[..63], Duration::from_secs(600)).is_none(), "too short");
    }

    #[test]
    fn in_a_short_run_only_what_was_added_counts() {
        let warming = course(|at| 20_000 + at.min(100) * 100, |_| 30);
        assert!(faults(&warming[..100]).is_empty(), "{:?}", faults(&warming[..100]));
        assert_eq!(faults(&course(|at| 20_000 + at * 10, |_| 30)[..120]).len(), 1);
        assert!(faults(&course(|at| 20_000 + at * 2, |_| 30)[..120]).is_empty());
    }

    #[test]
    fn a_leak_is_found_though_it_is_small() {
        // 360 KiB in ten minutes; a task each ten minutes.
        let leaks = course(|at| 20_000 + at * 6, |at| 30 + at / 60);
        let said = faults(&leaks);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("memory grew") && said[1].starts_with("tasks grew"), "{said:?}");
    }
}
