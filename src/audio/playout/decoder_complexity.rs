//! How much the decoders may do, by how long they take: the best concealment and enhancement that this machine has time for.

use std::time::Duration;

const STEP: Duration = Duration::from_millis(20);
/// The share of one 20 ms in the mean: it follows within a second.
const SHARE: f32 = 0.02;
/// Above this part of the time less is done.
const TOO_MUCH: f32 = 0.4;
/// Below this part more may be tried: the next step costs up to three times as much.
const PLENTY: f32 = 0.1;
/// Blocks of 20 ms between two tries: 10 s of sound, doubled after each failed try, up to 5 min.
const FIRST_WAIT: u32 = 500;
const LAST_WAIT: u32 = 15_000;

/// What a decoder may do, from the cheapest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecoderComplexity {
    /// Decode, and repeat what was there where something is missing.
    Plain,
    /// Decode, and let a network say what is missing (deep concealment).
    Deep,
    /// The same, and let another network take off what coding at low rates does to a voice (LACE).
    #[default]
    Enhanced,
}

impl DecoderComplexity {
    /// The decoder complexity that libopus knows it by. NoLACE (7) would cost four times as much as LACE for no gain.
    pub fn complexity(self) -> u8 {
        match self {
            Self::Plain => 0,
            Self::Deep => 5,
            Self::Enhanced => 6,
        }
    }

    fn less(self) -> Self {
        if self == Self::Enhanced { Self::Deep } else { Self::Plain }
    }

    fn more(self) -> Self {
        if self == Self::Plain { Self::Deep } else { Self::Enhanced }
    }
}

/// Watches how long decoding takes. It owns no clock: the caller says how long.
pub struct Budget {
    decoder_complexity: DecoderComplexity,
    load: f32,
    /// 20 ms since the last step.
    passed: u32,
    wait: u32,
    /// The last step was a try to do more.
    trying: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { decoder_complexity: DecoderComplexity::default(), load: 0.0, passed: 0, wait: FIRST_WAIT, trying: false }
    }
}

impl Budget {
    /// What the decoders may do now.
    pub fn decoder_complexity(&self) -> DecoderComplexity {
        self.decoder_complexity
    }

    /// 20 ms of speech took `time` to make.
    pub fn spent(&mut self, time: Duration) {
        // One stop of the whole machine says little about the decoders.
        let load = (time.as_secs_f32() / STEP.as_secs_f32()).min(5.0);
        self.load += (load - self.load) * SHARE;
        self.passed = self.passed.saturating_add(1);
        if self.load > TOO_MUCH && self.decoder_complexity > DecoderComplexity::Plain {
            if self.trying && self.passed < self.wait {
                self.wait = (self.wait * 2).min(LAST_WAIT);
            }
            self.step(self.decoder_complexity.less(), false);
        } else if self.load < PLENTY
            && self.passed >= self.wait
            && self.decoder_complexity < DecoderComplexity::Enhanced
        {
            self.step(self.decoder_complexity.more(), true);
        } else if self.passed >= LAST_WAIT {
            self.wait = FIRST_WAIT;
        }
    }

    /// The load at the new complexity is not known yet: it starts from the middle.
    fn step(&mut self, decoder_complexity: DecoderComplexity, trying: bool) {
        (self.decoder_complexity, self.load, self.passed) = (decoder_complexity, (TOO_MUCH + PLENTY) / 2.0, 0);
        self.trying = trying;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs for `seconds` on a machine where each effort takes so many milliseconds for 20; counts steps.
    fn run(budget: &mut Budget, seconds: u32, costs: [u64; 3]) -> u32 {
        let mut steps = 0;
        for _ in 0..seconds * 50 {
            let before = budget.decoder_complexity();
            budget.spent(Duration::from_millis(costs[before as usize]));
            steps += u32::from(budget.decoder_complexity() != before);
        }
        steps
    }

    #[test]
    fn each_machine_gets_what_it_has_time_for() {
        for (costs, decoder_complexity) in [
            ([0, 1, 1], DecoderComplexity::Enhanced),
            ([1, 2, 4], DecoderComplexity::Enhanced),
            ([2, 5, 12], DecoderComplexity::Deep),
            ([3, 15, 30], DecoderComplexity::Plain),
            ([30, 40, 60], DecoderComplexity::Plain),
        ] {
            let mut budget = Budget::default();
            run(&mut budget, 5, costs);
            assert_eq!(budget.decoder_complexity(), decoder_complexity, "{costs:?}");
        }
    }

    #[test]
    fn a_slow_machine_is_tried_again_only_now_and_then() {
        let mut budget = Budget::default();
        run(&mut budget, 10, [5, 12, 20]);
        assert_eq!(budget.decoder_complexity(), DecoderComplexity::Plain);
        run(&mut budget, 30, [0, 1, 1]);
        assert_eq!(budget.decoder_complexity(), DecoderComplexity::Enhanced);
        // What is cheap while it conceals nothing, and too dear when more is done, is tried ever more seldom.
        let steps = run(&mut budget, 3600, [1, 1, 12]);
        assert!(steps <= 40, "{steps} steps in an hour");
        assert_eq!(run(&mut Budget::default(), 3600, [1, 3, 5]), 0, "near the middle nothing changes");
    }

    #[test]
    fn one_stop_of_the_machine_changes_nothing() {
        let mut budget = Budget::default();
        run(&mut budget, 10, [1; 3]);
        budget.spent(Duration::from_secs(2));
        assert_eq!(budget.decoder_complexity(), DecoderComplexity::Enhanced);
    }
}
