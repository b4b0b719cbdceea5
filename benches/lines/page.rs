//! The page of figures.

use std::fmt::Write as _;

use crate::profiles::Profile;
use crate::table::{self, Row};

/// How it was measured.
pub struct About<'a> {
    /// The speech, in words.
    pub asked: &'a str,
    pub seconds: f64,
    pub runs: u64,
    pub jobs: usize,
}

/// How late the emulator was, in microseconds.
pub struct Late {
    packets: usize,
    half: u32,
    nearly_all: u32,
    most: u32,
}

impl Late {
    /// The quantiles of all packets.
    pub fn of(mut late: Vec<u32>) -> Self {
        late.sort_unstable();
        let at = |share: f64| late.get((late.len() as f64 * share) as usize).copied().unwrap_or_default();
        Self {
            packets: late.len(),
            half: at(0.5),
            nearly_all: at(0.99),
            most: late.last().copied().unwrap_or_default(),
        }
    }

    /// In words.
    pub fn sentence(&self) -> String {
        let [half, nearly_all, most] = [self.half, self.nearly_all, self.most].map(|us| f64::from(us) / 1000.0);
        format!(
            "The emulator handed on {} packets, half of\nthem within {half:.2} ms of the moment at which they were due, 99 % within \
             {nearly_all:.2} ms, and the latest after {most:.1} ms.",
            self.packets
        )
    }
}

/// The page as Markdown.
pub fn write(about: &About, rows: &[Row], profiles: &[Profile], late: &Late) -> String {
    let mut out = String::new();
    let calls = match about.runs {
        1 => "One call each.".into(),
        runs => format!("Means of {runs} calls each."),
    };
    let _ = write!(
        out,
        "# Over bad lines

`make bench-lines` writes this page: speech through the programs that people run, release builds of `ingle-relay`, `ingle host` and
`ingle join`. The listener hosts, the talker joins, and each of them is behind a line of its own, so a voice crosses it twice.
Said were {:.0} s: {}. {calls} Measured {}with version {}.

![Score and delay against loss and rate](lines.svg)

{}
",
        about.seconds,
        about.asked,
        std::env::var("MEASURED").map(|day| format!("on {day} ")).unwrap_or_default(),
        env!("CARGO_PKG_VERSION"),
        table::results(rows)
    );
    let _ = write!(
        out,
        "
## The lines

{}
A voice goes up one line and down the other, so delays add. Words are netem's: `delay 40ms 10ms` is evenly 30 to 50 ms for each
packet by itself, so that packets overtake each other; `loss gemodel 3.7% 33.3%` loses 10 % in bursts of 3 on average; `rate` counts
bytes at the IP level, and `limit` is how many packets may wait for it.

## What the figures are

- **PESQ** (wide band, 1 to 4.64) and **PLCMOS** (1 to 5) are means over pieces of 8 s, each aligned by itself.
- **Heard**: each half second of speech is looked for in what the speaker played (`benches/lines/hearing.rs`): in time, which is
  at most 0.7 s later than most, or by the end of the recording.
- **Delay** is the median from mouth to ear, by the clocks in the side files of both clients' sound files, good to 10 ms. It has
  {:.0} ms added for sound devices, of which the calls have none; the peers' figures hold theirs.
- **kbps** are of whole IP packets, 28 bytes of headers counted for each: up before anything is lost, down what arrives, while the
  talker talks.
- **Of one core, memory**: processor time of the two clients while the talker talks, and their resident memory at its end.
- **The peers** were measured with other speech (a woman who reads, 25 s) on lines of the same settings: Mumble 1.5 through its server,
  WebRTC as Chromium 156 from peer to peer, which spares it a relay. Their rate is that on a clean line where no other was
  measured. `benches/lines/peers.csv` has all figures.

Calls run {} at a time, ahead of other programs where the system permits that. {}
A seed decides about the losses; but no two calls send quite the same packets at the same moments, so figures differ from run to run.

## Again

`make bench-lines` measures all of it in about ten minutes. A part goes to `target/lines` instead of this page:

```
PROFILES=\"loss5 sat\" PLANS=\"auto thin\" RUNS=1 make bench-lines
LINE=\"delay 80ms 20ms loss 10% rate 64kbit limit 10\" make bench-lines
SPEECH=recording.wav make bench-lines
```

`SEED` gives other losses, `JOBS` another number of calls at a time. What was heard is in `target/lines/calls`. Scores need
Python 3 with venv, and the packages in `benches/lines/requirements.txt`, which are fetched into `target/lines`; without them the other
columns are still there.
",
        table::lines(profiles),
        table::DEVICES_MS,
        about.jobs,
        late.sentence()
    );
    out
}
