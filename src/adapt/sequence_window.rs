//! Which frames of a talker have come, so that each goes on once, and what is missing is known: a sliding window as RFC 6479 has
//! it against replay, over numbers that wrap around.

use super::work;
use crate::ids::FrameNo;

/// The last `64 * WORDS` numbers of one talker; `WORDS` is a power of two, at most 256.
pub struct SequenceWindow<const WORDS: usize> {
    newest: Option<FrameNo>,
    /// A bit for each number, at its place modulo their count.
    seen: [u64; WORDS],
}

impl<const WORDS: usize> Default for SequenceWindow<WORDS> {
    fn default() -> Self {
        Self { newest: None, seen: [0; WORDS] }
    }
}

impl<const WORDS: usize> SequenceWindow<WORDS> {
    const BACK: u16 = 64 * WORDS as u16;

    /// The newest that has come.
    pub fn newest(&self) -> Option<FrameNo> {
        self.newest
    }

    /// Whether this one has not come, and is not too old to tell.
    pub fn is_new(&self, number: FrameNo) -> bool {
        let ahead = self.newest.map_or(1, |newest| number.since(newest));
        let (word, bit) = Self::place(number);
        ahead > 0 || ahead > -Self::BACK.cast_signed() && self.seen[word] & bit == 0
    }

    /// It has come.
    pub fn mark(&mut self, number: FrameNo) {
        let newest = *self.newest.get_or_insert(FrameNo(number.0.wrapping_sub(1)));
        let ahead = number.since(newest);
        if ahead > 0 {
            self.clear(newest.next(), ahead.unsigned_abs());
            self.newest = Some(number);
        }
        let (word, bit) = Self::place(number);
        if ahead > -Self::BACK.cast_signed() {
            self.seen[word] |= bit;
        }
    }

    /// Nothing of these `count` numbers has come. Word by word, so that a jump costs no more than the window has words.
    fn clear(&mut self, first: FrameNo, count: u16) {
        if count >= Self::BACK {
            self.seen = [0; WORDS];
            return;
        }
        let (mut at, mut left) = (usize::from(first.0 % Self::BACK), usize::from(count));
        while left > 0 {
            work::count(1);
            let (from, of) = (at % 64, left.min(64 - at % 64));
            self.seen[at / 64] &= !((u64::MAX >> (64 - of)) << from);
            at = (at + of) % usize::from(Self::BACK);
            left -= of;
        }
    }

    fn place(number: FrameNo) -> (usize, u64) {
        let at = usize::from(number.0 % Self::BACK);
        (at / 64, 1 << (at % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_new_once_in_any_order_and_round_the_end() {
        let mut window = SequenceWindow::<4>::default();
        let mut take = |number: u16| {
            let new = window.is_new(FrameNo(number));
            window.mark(FrameNo(number));
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

    #[test]
    fn a_jump_forgets_what_it_passes_and_nothing_else() {
        for ahead in 1..300_u16 {
            let mut window = SequenceWindow::<4>::default();
            (1000..1256).for_each(|number| window.mark(FrameNo(number)));
            window.mark(FrameNo(1255 + ahead));
            for number in 1256 + ahead - 256..1255 + ahead {
                assert_eq!(window.is_new(FrameNo(number)), number > 1255, "{number} after {ahead}");
            }
        }
    }
}
