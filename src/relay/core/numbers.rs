//! Which frames of a talker have come, so that each goes out once.

use crate::ids::FrameNo;

/// How far back a repeat may be.
const BACK: u16 = 256;

/// The last [`BACK`] numbers of one talker.
#[derive(Default)]
pub(super) struct Numbers {
    newest: Option<FrameNo>,
    /// One bit a number, at its place modulo [`BACK`].
    seen: [u64; BACK as usize / 64],
}

impl Numbers {
    /// Whether this one has not come, and isn't too old to tell.
    pub(super) fn is_new(&self, number: FrameNo) -> bool {
        let ahead = self.newest.map_or(1, |newest| number.since(newest));
        let (word, bit) = place(number);
        ahead > 0 || ahead > -BACK.cast_signed() && self.seen[word] & bit == 0
    }

    /// It has come.
    pub(super) fn mark(&mut self, number: FrameNo) {
        let newest = *self.newest.get_or_insert(FrameNo(number.0.wrapping_sub(1)));
        let ahead = number.since(newest);
        if ahead > 0 {
            let passed = ahead.unsigned_abs().min(BACK);
            (0..passed).for_each(|back| {
                let (word, bit) = place(FrameNo(number.0.wrapping_sub(back)));
                self.seen[word] &= !bit;
            });
            self.newest = Some(number);
        }
        let (word, bit) = place(number);
        if ahead > -BACK.cast_signed() {
            self.seen[word] |= bit;
        }
    }
}

fn place(number: FrameNo) -> (usize, u64) {
    let at = usize::from(number.0 % BACK);
    (at / 64, 1 << (at % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_new_once_in_any_order_and_round_the_end() {
        let mut numbers = Numbers::default();
        let mut take = |number: u16| {
            let new = numbers.is_new(FrameNo(number));
            numbers.mark(FrameNo(number));
            new
        };
        for block in (65_000..=u16::MAX).chain(0..1000).collect::<Vec<_>>().chunks(8) {
            assert!(block.iter().rev().all(|number| take(*number)), "{block:?}");
            assert!(!block.iter().any(|number| take(*number)), "{block:?}");
        }
        assert!(take(1300) && take(1045), "255 back");
        assert!(!take(1044), "256 back: too old to tell");
        assert!(take(9000) && take(8800) && !take(1300) && !take(8800));
    }
}
