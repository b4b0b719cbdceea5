//! What a hop loses, from the numbers of what comes through.
//!
//! The share is an exponentially weighted mean over a long window, as long as a short window agrees with it, and the short one's
//! as soon as that differs by more than chance explains. Losses in a row are described as in Gilbert's model, by the mean length
//! of a gap. Unlike the fraction lost of RFC 3550, what is only late doesn't count as lost.

/// What comes late by up to this many numbers was overtaken, not lost.
const LATE: u16 = 24;
/// How many numbers `seen` holds.
const SEEN: u16 = 32;
/// While numbers are overtaken by up to so many, so many are waited for before one counts as lost. After this many that came in
/// order it is one fewer.
const IN_ORDER: u16 = 512;
/// The lengths of the two windows, in numbers; older ones count less and less.
const STEADY: f64 = 256.0;
const LATELY: f64 = 64.0;
/// The windows differ by more than chance explains from this many standard deviations on.
const CHANCE: f64 = 2.5;
/// From so many numbers on there is a share.
const ENOUGH: f64 = 20.0;
/// A longer gap is an interruption, which nothing sent again could have bridged. It says nothing of what a line loses all the
/// time, and counts as one of this length for what it loses just now.
const LONGEST: u16 = 16;
/// The mean length is about that of this many gaps.
const GAPS: f64 = 8.0;

/// How many times as long gaps of mean length `gap` are as chance makes them, where the share `loss` is lost: chance alone makes
/// gaps of 1 / (1 - loss).
pub(super) fn burstiness(loss: f64, gap: f64) -> f64 {
    gap * (1.0 - loss)
}

/// The chance that what is sent `after` numbers behind one that was lost is lost too (Gilbert's model of such a line).
pub(super) fn follows(loss: f64, gap: f64, after: u32) -> f64 {
    let ends = 1.0 / gap.max(1.0);
    let begins = loss * ends / (1.0 - loss).max(0.01);
    loss + (1.0 - loss) * (1.0 - ends - begins).clamp(0.0, 1.0).powi(after.min(64).cast_signed())
}

/// The share and the length of the gaps in a row of numbers.
pub struct LossEstimator {
    /// The numbers are modulo one more than this.
    mask: u16,
    newest: Option<u16>,
    /// Which of the last came, the newest in the lowest bit.
    seen: u32,
    /// How many of them, from the newest back, are yet to be counted, and how many wait for those that may have been overtaken.
    open: u16,
    depth: u16,
    /// How many came since the depth was last found to be needed.
    in_order: u16,
    /// How many in a row, up to the last that was counted, did not come.
    run: u16,
    steady: Option<Count>,
    lately: Count,
    gaps: f64,
    gap: f64,
}

/// Numbers that came and that did not, of about the last `of`.
#[derive(Clone, Copy)]
struct Count {
    of: f64,
    came: f64,
    missed: f64,
}

impl Count {
    const fn of(of: f64) -> Self {
        Self { of, came: 0.0, missed: 0.0 }
    }

    /// One came after `gap` that did not.
    fn add(&mut self, gap: f64) {
        let keep = (1.0 - 1.0 / self.of).powf(gap + 1.0);
        self.came = self.came * keep + 1.0;
        self.missed = self.missed * keep + gap;
    }

    /// One that was missed came late.
    fn late(&mut self) {
        self.came += 1.0;
        self.missed = (self.missed - 1.0).max(0.0);
    }

    fn of_all(self) -> f64 {
        self.came + self.missed
    }

    fn loss(self) -> f64 {
        self.missed / self.of_all().max(1.0)
    }
}

impl LossEstimator {
    /// Of a line whose numbers have `bits` bits, `6..=16`.
    pub fn new(bits: u32) -> Self {
        Self { steady: Some(Count::of(STEADY)), ..Self::of_late(bits) }
    }

    /// Of what is lost just now, steady or not: the short window alone.
    pub fn of_late(bits: u32) -> Self {
        let mask = u16::MAX >> 16_u32.saturating_sub(bits).min(10);
        Self {
            mask,
            newest: None,
            seen: 1,
            open: 0,
            depth: 0,
            in_order: 0,
            run: 0,
            steady: None,
            lately: Count::of(LATELY),
            gaps: 1.0,
            gap: 1.0,
        }
    }

    /// Goes on where `before`, other numbers over the same line, has ended.
    pub fn follow(&mut self, before: &Self) {
        if self.newest.is_none() {
            (self.steady, self.lately) = (before.steady, before.lately);
            (self.gaps, self.gap, self.depth) = (before.gaps, before.gap, before.depth);
        }
    }

    /// The datagram with this number came. A second time it counts for nothing.
    pub fn arrived(&mut self, number: u16) {
        let newest = *self.newest.get_or_insert(number.wrapping_sub(1) & self.mask);
        let step = number.wrapping_sub(newest) & self.mask;
        let late = newest.wrapping_sub(number) & self.mask;
        if late <= LATE {
            let bit = 1 << late;
            if self.seen & bit == 0 {
                self.seen |= bit;
                if late + 1 >= self.depth {
                    (self.depth, self.in_order) = (late + 1, 0);
                }
                if late >= self.open {
                    self.lately.late();
                    self.steady.iter_mut().for_each(Count::late);
                }
            }
            return;
        }
        self.newest = Some(number & self.mask);
        if self.open + step.min(SEEN) >= SEEN {
            // So long a gap leaves nothing to be waited for.
            self.settle(0);
            (self.run, self.open, self.seen) = (self.run.saturating_add(step - 1), 1, 1);
        } else {
            (self.open, self.seen) = (self.open + step, self.seen << step | 1);
        }
        self.settle(self.depth);
    }

    /// Counts all but the newest `left` numbers.
    fn settle(&mut self, left: u16) {
        while self.open > left {
            self.open -= 1;
            if self.seen >> self.open & 1 == 0 {
                self.run = self.run.saturating_add(1);
                continue;
            }
            let run = std::mem::take(&mut self.run);
            self.count(run);
            self.in_order += 1;
            if self.in_order >= IN_ORDER {
                (self.depth, self.in_order) = (self.depth.saturating_sub(1), 0);
            }
        }
    }

    /// One came after `run` that did not.
    fn count(&mut self, run: u16) {
        let gap = f64::from(run.min(LONGEST));
        if gap > 0.0 {
            self.gaps = (self.gaps + 1.0).min(GAPS);
            self.gap += (gap - self.gap) / self.gaps;
        }
        let Some(steady) = &mut self.steady else {
            self.lately.add(gap);
            return;
        };
        let lost = if run < LONGEST { gap } else { 0.0 };
        self.lately.add(lost);
        steady.add(lost);
        let (loss, of) = (steady.loss(), self.lately.of_all());
        // What is lost in a row is less of a proof.
        let deviation = ((loss * (1.0 - loss) * of).max(1.0) * (2.0 * self.gap - 1.0)).sqrt();
        if (self.lately.missed - loss * of).abs() > CHANCE * deviation {
            *steady = Count { of: STEADY, ..self.lately };
        }
    }

    /// Whether enough has come to tell.
    pub fn is_known(&self) -> bool {
        self.lately.of_all() >= ENOUGH
    }

    /// Share that did not come lately, `0.0..=1.0`; 0 while too little has come to tell.
    pub fn loss(&self) -> f64 {
        if self.is_known() { self.steady.unwrap_or(self.lately).loss() } else { 0.0 }
    }

    /// Mean length of the last gaps, `1.0..=16.0`.
    pub fn gap(&self) -> f64 {
        self.gap
    }

    /// How many times as long the gaps are as chance makes them.
    pub fn burstiness(&self) -> f64 {
        burstiness(self.loss(), self.gap)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::{RngCore, SeedableRng};

    use super::*;

    fn after(numbers: impl IntoIterator<Item = u16>, bits: u32) -> (f64, f64) {
        let mut estimator = LossEstimator::new(bits);
        numbers.into_iter().for_each(|number| estimator.arrived(number & estimator.mask));
        (estimator.loss(), estimator.gap())
    }

    #[test]
    fn what_comes_in_any_order_and_twice_is_not_lost() {
        for bits in [7, 16] {
            assert_eq!(after(0..1000, bits).0, 0.0);
            assert_eq!(after((0..1000).flat_map(|n| [n, n]), bits).0, 0.0);
            let swapped = after((0..1000).map(|n| n ^ 1), bits).0;
            assert!(swapped < 0.02, "{swapped}");
        }
    }

    #[test]
    fn share_and_gap_are_found_whatever_the_width() {
        for bits in [7, 16] {
            let (loss, gap) = after((0..1000).filter(|n| n % 5 != 0), bits);
            assert!((loss - 0.2).abs() < 0.02 && gap == 1.0, "{loss} {gap}");
            let (loss, gap) = after((0..1000).filter(|n| n % 30 >= 3), bits);
            assert!((loss - 0.1).abs() < 0.04 && (gap - 3.0).abs() < 0.3, "{loss} {gap}");
        }
    }

    #[test]
    fn an_interruption_is_one_gap_and_soon_forgotten() {
        let (loss, gap) = after((0..500).chain(5000..5010), 16);
        assert!(loss < 0.01 && gap <= 9.0, "{loss} {gap}");
        let (loss, _) = after((0..500).chain(5000..5400), 16);
        assert!(loss < 0.01, "{loss}");
    }

    #[test]
    fn a_steady_share_is_known_well_and_another_one_soon() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut loses = |loss: f64| f64::from(rng.next_u32()) < loss * f64::from(u32::MAX);
        let mut estimator = LossEstimator::new(16);
        let (mut low, mut high) = (1.0_f64, 0.0_f64);
        for n in 0..5000 {
            if !loses(0.03) {
                estimator.arrived(n);
            }
            if n >= 300 {
                (low, high) = (low.min(estimator.loss()), high.max(estimator.loss()));
            }
        }
        assert!(low > 0.01 && high < 0.06, "{low} {high}");
        for (loss, of) in [(0.2, 5000..5070), (0.0, 5070..5140)] {
            of.filter(|_| !loses(loss)).for_each(|n| estimator.arrived(n));
            assert!((estimator.loss() - loss).abs() < 0.09, "{loss}: {}", estimator.loss());
        }
    }

    #[test]
    fn what_is_only_late_is_not_lost_for_a_moment() {
        // Packets each 60 ms, each 10 to 310 ms on the way: of a line that loses none, none is taken for lost, at any moment.
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let mut came: Vec<(u64, u16)> =
            (0..3000_u16).map(|n| (u64::from(n) * 60 + u64::from(rng.next_u32() % 300), n)).collect();
        came.sort_unstable();
        let (mut estimator, mut most) = (LossEstimator::new(16), 0.0_f64);
        for (count, (_, number)) in came.into_iter().enumerate() {
            estimator.arrived(number);
            most = if count > 100 { most.max(estimator.loss()) } else { most };
        }
        assert!(most < 0.01, "{most}");
    }

    #[test]
    fn little_says_nothing() {
        assert_eq!(after([1, 3, 5, 7, 9, 11, 13, 15], 16).0, 0.0);
    }
}
