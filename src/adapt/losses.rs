//! What a hop loses, from the numbers of what comes through.

/// What comes late by up to this many numbers was overtaken, not lost.
const LATE: u16 = 24;
/// Numbers that the share is of, more or less: older ones count less and less.
const OF: f64 = 64.0;
/// Numbers without which there is no share.
const ENOUGH: f64 = 20.0;
/// A longer gap is an interruption, and counts as one of this length: nothing sent again could have bridged it.
const LONGEST: u16 = 16;
/// Gaps that the average is of, more or less.
const GAPS: f64 = 8.0;

/// The share and the length of the gaps in a row of numbers.
pub struct Losses {
    /// The numbers are modulo one more than this.
    mask: u16,
    newest: Option<u16>,
    /// Which of the last came, the newest in the lowest bit.
    seen: u32,
    came: f64,
    missed: f64,
    gaps: f64,
    gap: f64,
}

impl Losses {
    /// For numbers of so many bits, `6..=16`.
    pub fn new(bits: u32) -> Self {
        let mask = u16::MAX >> 16_u32.saturating_sub(bits).min(10);
        Self { mask, newest: None, seen: 1, came: 0.0, missed: 0.0, gaps: 1.0, gap: 1.0 }
    }

    /// What bears this number came. A second time it counts for nothing.
    pub fn arrived(&mut self, number: u16) {
        let newest = *self.newest.get_or_insert(number.wrapping_sub(1) & self.mask);
        let step = number.wrapping_sub(newest) & self.mask;
        let late = newest.wrapping_sub(number) & self.mask;
        if late <= LATE {
            let bit = 1 << late;
            if self.seen & bit == 0 {
                self.seen |= bit;
                self.came += 1.0;
                self.missed = (self.missed - 1.0).max(0.0);
            }
            return;
        }
        self.newest = Some(number & self.mask);
        self.seen = self.seen.checked_shl(step.into()).unwrap_or(0) | 1;
        let gap = f64::from((step - 1).min(LONGEST));
        let keep = (1.0 - 1.0 / OF).powf(gap + 1.0);
        self.came = self.came * keep + 1.0;
        self.missed = self.missed * keep + gap;
        if gap > 0.0 {
            self.gaps = (self.gaps + 1.0).min(GAPS);
            self.gap += (gap - self.gap) / self.gaps;
        }
    }

    /// Whether enough has come to tell.
    pub fn is_known(&self) -> bool {
        self.came + self.missed >= ENOUGH
    }

    /// Share that did not come lately, `0.0..=1.0`; 0 while too little has come to tell.
    pub fn share(&self) -> f64 {
        if self.is_known() { self.missed / (self.came + self.missed) } else { 0.0 }
    }

    /// Mean length of the last gaps, `1.0..=16.0`.
    pub fn gap(&self) -> f64 {
        self.gap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(numbers: impl IntoIterator<Item = u16>, bits: u32) -> (f64, f64) {
        let mut losses = Losses::new(bits);
        numbers.into_iter().for_each(|number| losses.arrived(number & losses.mask));
        (losses.share(), losses.gap())
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
            let (share, gap) = after((0..1000).filter(|n| n % 5 != 0), bits);
            assert!((share - 0.2).abs() < 0.02 && gap == 1.0, "{share} {gap}");
            let (share, gap) = after((0..1000).filter(|n| n % 30 >= 3), bits);
            assert!((share - 0.1).abs() < 0.04 && (gap - 3.0).abs() < 0.3, "{share} {gap}");
        }
    }

    #[test]
    fn an_interruption_is_one_gap_and_soon_forgotten() {
        let (share, gap) = after((0..500).chain(5000..5010), 16);
        assert!(share < 0.25 && gap <= 9.0, "{share} {gap}");
        let (share, _) = after((0..500).chain(5000..5400), 16);
        assert!(share < 0.01, "{share}");
    }

    #[test]
    fn little_says_nothing() {
        assert_eq!(after([1, 3, 5, 7, 9, 11, 13, 15], 16).0, 0.0);
    }
}
