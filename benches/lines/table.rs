//! The figures as a table of Markdown.

use std::fmt::Write as _;

use crate::peers;
use crate::profiles::Profile;

/// What sound devices add from mouth to ear, in milliseconds. The calls have files instead, and the peers' figures hold it.
pub const DEVICES_MS: f64 = 40.0;

/// A line and a plan, with the means of all calls there.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub profile: String,
    pub plan: String,
    /// How many calls came about, and how many did not.
    pub calls: usize,
    pub failed: usize,
    /// Of those that came about, how many were scored.
    pub scored: usize,
    pub pesq: Option<f64>,
    pub plcmos: Option<f64>,
    pub in_time: f64,
    pub by_the_end: f64,
    /// With [`DEVICES_MS`].
    pub delay_ms: Option<f64>,
    /// Up from the talker, down to the listener, up from the listener.
    pub kbps: [f64; 3],
    pub live_again_s: Option<f64>,
    /// Percent of one core: talker, listener.
    pub core: [f64; 2],
    pub memory_mb: [f64; 2],
}

/// The mean of what there is.
pub fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let there: Vec<f64> = values.flatten().collect();
    (!there.is_empty()).then(|| there.iter().sum::<f64>() / there.len() as f64)
}

/// All rows, each beside the best of the peers on that line.
pub fn results(rows: &[Row]) -> String {
    let mut out = String::from(
        "| Line | Plan | PESQ | PLCMOS | Heard in time | by the end | Delay, ms | Talker up, kbps | Listener down | Listener up \
         | Of one core, memory: talker | and listener | Best peer there: PESQ / ms / kbps up |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n",
    );
    for row in rows {
        let number = |value: Option<f64>, digits: usize| value.map_or("-".into(), |value| format!("{value:.digits$}"));
        let _ = write!(out, "| {} | {} | ", row.profile, row.plan);
        if row.calls == 0 {
            out.push_str("no call | | | | | | | | | |");
        } else {
            let [up, down, back] = row.kbps;
            let ([talker, listener], [said, heard]) = (row.core, row.memory_mb);
            let _ = write!(
                out,
                "{} | {} | {:.0} % | {:.0} % | {} | {up:.1} | {down:.1} | {back:.1} | {talker:.1} %, {said:.0} MB | {listener:.1} %, {heard:.0} MB |",
                number(row.pesq, 2),
                number(row.plcmos, 2),
                row.in_time * 100.0,
                row.by_the_end * 100.0,
                number(row.delay_ms, 0),
            );
        }
        let _ = writeln!(out, " {} |", peers::best(&row.profile).map_or("-".into(), |best| peer(&best)));
    }
    for row in rows.iter().filter(|row| row.calls > 0 || row.failed > 0) {
        let name = format!("{}, {}", row.profile, row.plan);
        if let Some(seconds) = row.live_again_s {
            let _ = write!(out, "\n{name}: live again {seconds:.1} s after the line was back.\n");
        }
        if row.scored > 0 && row.scored < row.calls {
            let _ = write!(out, "\n{name}: {} of {} calls have no score.\n", row.calls - row.scored, row.calls);
        }
        if row.failed > 0 {
            let _ = write!(out, "\n{name}: {} of {} calls did not come about.\n", row.failed, row.failed + row.calls);
        }
    }
    out
}

fn peer(best: &peers::Peer) -> String {
    let range = |range: Option<(f64, f64)>, digits: usize| match range {
        Some((from, to)) if from < to => format!("{from:.digits$}-{to:.digits$}"),
        Some((from, _)) => format!("{from:.digits$}"),
        None => "-".into(),
    };
    format!("{}: {} / {} / {}", best.name, range(best.pesq, 2), range(best.delay_ms, 0), range(best.kbps_up, 0))
}

/// What the lines' names mean.
pub fn lines(profiles: &[Profile]) -> String {
    let mut out = String::from("| Line | Each way of each of the two lines | Lost from end to end |\n|---|---|---:|\n");
    for Profile { name, words, setting, dark } in profiles {
        let alone = setting.bursts.map_or(0.0, |bursts| bursts.begin / (bursts.begin + bursts.end));
        let passes = (1.0 - setting.loss) * (1.0 - alone);
        let dark = dark
            .map_or(String::new(), |(from, to)| format!(", and nothing from {from:.0} s to {to:.0} s of the speech"));
        let _ = writeln!(out, "| {name} | `{words}`{dark} | {:.0} % |", (1.0 - passes * passes) * 100.0);
    }
    out
}
