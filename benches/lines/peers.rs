//! The figures of other programs on the same lines, from `peers.csv`.

/// A program with its settings on one line.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub name: String,
    pub profile: String,
    /// The least and the most of all runs; `None` where nothing came or nothing was measured.
    pub pesq: Option<(f64, f64)>,
    pub delay_ms: Option<(f64, f64)>,
    pub kbps_up: Option<(f64, f64)>,
}

/// All of them, in the order of the file.
pub(crate) fn all() -> Vec<Peer> {
    include_str!("peers.csv").lines().skip(1).filter_map(read).collect()
}

fn read(line: &str) -> Option<Peer> {
    let cells: Vec<&str> = line.split(',').collect();
    let range = |at: usize| Some((cells.get(at)?.parse().ok()?, cells.get(at + 1)?.parse().ok()?));
    let [name, profile] = [cells.first()?, cells.get(1)?].map(|cell| (*cell).to_owned());
    Some(Peer { name, profile, pesq: range(2), delay_ms: range(4), kbps_up: range(6) })
}

/// The one with the best score on a line.
pub(crate) fn best(profile: &str) -> Option<Peer> {
    let there = all().into_iter().filter(|peer| peer.profile == profile && peer.pesq.is_some());
    there.max_by(|a, b| middle(a.pesq).total_cmp(&middle(b.pesq)))
}

/// The middle of a range; 0 if there is none.
pub(crate) fn middle(range: Option<(f64, f64)>) -> f64 {
    range.map_or(0.0, |(from, to)| (from + to) / 2.0)
}
