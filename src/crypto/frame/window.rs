//! Replay protection: the counters of one key that have come. None is accepted twice, and none that is too far behind.

use crate::wire::limits::REPLAY_WINDOW;

/// How a counter compares to those that have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It hasn't come.
    New,
    /// It has come.
    Seen,
    /// It's too far behind to say.
    Past,
}

pub(super) struct Window {
    highest: Option<u64>,
    /// One bit for each counter, at its remainder.
    seen: [u64; (REPLAY_WINDOW / 64) as usize],
}

impl Window {
    pub(super) fn new() -> Self {
        Self { highest: None, seen: [0; _] }
    }

    /// The counter with these low bits that is nearest to the highest; without one, the lowest.
    pub(super) fn nearest(&self, number: u16) -> u64 {
        let highest = self.highest.unwrap_or(0);
        let ahead = number.wrapping_sub(highest as u16);
        // An epoch's counter may begin anywhere below 2^16, so before the first there is nothing to be near to.
        let back = if self.highest.is_some() { highest.checked_sub(u64::from(ahead.wrapping_neg())) } else { None };
        match back {
            Some(back) if ahead > u16::MAX / 2 => back,
            _ => highest.saturating_add(u64::from(ahead)),
        }
    }

    pub(super) fn standing(&self, counter: u64) -> Standing {
        match self.highest {
            Some(highest) if counter <= highest => match highest - counter {
                behind if behind >= REPLAY_WINDOW => Standing::Past,
                _ if self.bit(counter) => Standing::Seen,
                _ => Standing::New,
            },
            _ => Standing::New,
        }
    }

    /// Notes a counter that came and was authentic.
    pub(super) fn note(&mut self, counter: u64) {
        let highest = self.highest.unwrap_or(counter);
        if counter.saturating_sub(highest) >= REPLAY_WINDOW {
            self.seen = [0; _];
        } else {
            (highest..counter).for_each(|before| self.set(before + 1, false));
        }
        self.highest = Some(highest.max(counter));
        self.set(counter, true);
    }

    fn bit(&self, counter: u64) -> bool {
        let (word, bit) = place(counter);
        self.seen[word] >> bit & 1 == 1
    }

    fn set(&mut self, counter: u64, on: bool) {
        let (word, bit) = place(counter);
        self.seen[word] = self.seen[word] & !(1 << bit) | u64::from(on) << bit;
    }
}

fn place(counter: u64) -> (usize, u64) {
    let at = counter % REPLAY_WINDOW;
    ((at / 64) as usize, at % 64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn after(counters: &[u64]) -> Window {
        let mut window = Window::new();
        counters.iter().for_each(|counter| window.note(*counter));
        window
    }

    #[test]
    fn a_number_is_read_as_the_nearest_counter() {
        for (highest, number, counter) in [
            (0x2_0010, 0x0011, 0x2_0011),
            (0x2_0010, 0x000f, 0x2_000f),
            (0x2_0010, 0xfff0, 0x1_fff0),
            (0x2_fff0, 0x0002, 0x3_0002),
            (0x2_0000, 0x7fff, 0x2_7fff),
            (0x2_0000, 0x8000, 0x1_8000),
            (0x0_0010, 0xfff0, 0x0_fff0),
            (u64::MAX, 0x0001, u64::MAX),
        ] {
            assert_eq!(after(&[highest]).nearest(number), counter, "{highest:#x} {number:#x}");
        }
        assert_eq!(Window::new().nearest(0xffff), 0xffff);
    }

    proptest! {
        /// Against a set that forgets nothing.
        #[test]
        fn each_counter_is_new_once(steps in proptest::collection::vec((-3000..3000_i64, 0..9_u8), 1..400)) {
            let (mut window, mut all, mut highest) = (Window::new(), BTreeSet::new(), 0_u64);
            for (step, far) in steps {
                let step = if far == 0 { step * 40 } else { step / 20 };
                let counter = highest.saturating_add_signed(step);
                let expected = match () {
                    () if !all.is_empty() && counter + REPLAY_WINDOW <= highest => Standing::Past,
                    () if all.contains(&counter) => Standing::Seen,
                    () => Standing::New,
                };
                prop_assert_eq!(window.standing(counter), expected);
                if expected == Standing::New {
                    window.note(counter);
                    all.insert(counter);
                    highest = highest.max(counter);
                }
            }
        }
    }
}
