//! Two minutes in which members do things at random, while lines lose, are cut, and programs crash.

use std::ops::Range;
use std::time::Duration;

use ingle::ids::Time;
use ingle::sim::network::Quality;
use ingle::sim::{Script, Step};

/// How many seeds are played: `INGLE_SEEDS`, or this many.
pub(crate) fn seeds(usual: u64) -> u64 {
    std::env::var("INGLE_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Which seeds are played: `INGLE_SEEDS`, as a count or as `first..end`; otherwise this many.
pub(crate) fn range(usual: u64) -> Range<u64> {
    let given = std::env::var("INGLE_SEEDS").unwrap_or_default();
    match given.split_once("..") {
        Some((first, end)) => first.parse().expect("a number")..end.parse().expect("a number"),
        None => 0..given.parse().unwrap_or(usual),
    }
}

/// A generator: the same numbers for the same seed, each below the bound asked for.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// This many members on lines with this loss. After 9 s somebody does something each `every` of the next two minutes: of
/// `kinds` things four are about lines and programs, and the others what `step` makes of them.
pub(crate) fn fault_script(
    members: usize,
    seed: u64,
    loss: f64,
    every: Duration,
    kinds: u64,
    step: impl Fn(u64, usize, &mut Draw) -> Step,
) -> Script {
    let at = |ms: u64| Time(ms * 1000);
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut steps: Vec<_> = (0..members).map(|member| (at(member as u64 * 300), Step::Start(member))).collect();
    let bad = Quality {
        loss,
        burst: 0.0,
        delay: Duration::from_millis(90),
        jitter: Duration::from_millis(60),
        doubled: 0.02,
        rate: None,
    };
    steps.extend((0..members).map(|member| (at(8000), Step::Line(member, bad))));
    let every = every.as_millis() as u64;
    for tick in 0..120_000 / every {
        let who = draw.below(members as u64) as usize;
        let step = match draw.below(kinds) {
            0 => Step::Blackout(who, Duration::from_secs(draw.below(20))),
            1 if who > 0 => Step::Crash(who),
            2 | 3 => Step::Start(who),
            kind => step(kind, who, &mut draw),
        };
        steps.push((at(9000 + tick * every), step));
    }
    steps.sort_by_key(|(time, _)| *time);
    Script { members, steps, end: at(135_000) }
}
