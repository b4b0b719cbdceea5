//! A line that loses six packets at a time stays live: what a row of losses took is given up, and told of.

use std::time::Duration;

use ingle::adapt::PlanChoice;

use crate::call::{self, Call};
use crate::speech;

/// Later than this beyond the target is not live.
const LATE: i64 = 300_000;
/// The longest that playout may take to be live again.
const AGAIN: Duration = Duration::from_secs(5);

#[test]
fn heavy_bursts_stay_live() {
    let said = &speech::of("ana").expect("a voice")[..20 * 48_000];
    for seed in [1, 2, 8, 11] {
        let line = "delay 50ms loss gemodel 7.1% 16.7%";
        let outcome = call::play(&Call { line, plan: PlanChoice::Auto, seed, speech: said });
        assert_eq!(outcome.catching_up(), Duration::ZERO, "seed {seed}: no cut, nothing to catch up with");
        let mut late_since = None;
        for moment in &outcome.moments {
            if moment.behind.is_some_and(|behind| behind > LATE) {
                let since = *late_since.get_or_insert(moment.at);
                assert!(moment.at - since < AGAIN, "seed {seed}: late from {since:?} to {:?}", moment.at);
            } else {
                late_since = None;
            }
        }
    }
}
