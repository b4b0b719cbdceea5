//! Sound that always waits for more: a microphone whose pieces end in the middle of our blocks is heard that much later for good.

/// What is left after each of so many looks, a second of a device that gives 20 ms at a time, waits in vain. Pieces that fit no block leave
/// next to nothing after one of them.
const LOOKS: u32 = 50;
/// Blocks at another rate aren't all equally long: 1 ms may stay.
const STAYS_MS: u32 = 1;

/// What is left of a ring when all whole blocks were taken.
#[derive(Default)]
pub(super) struct Surplus {
    least: Option<usize>,
    looks: u32,
}

impl Surplus {
    /// A look found blocks, and left so many samples at `rate`. How many of them can go, after which blocks end when pieces do.
    pub(super) fn left(&mut self, samples: usize, rate: u32) -> usize {
        self.least = Some(self.least.map_or(samples, |least| least.min(samples)));
        self.looks += 1;
        if self.looks < LOOKS {
            return 0;
        }
        self.looks = 0;
        self.least.take().unwrap_or(0).saturating_sub((rate * STAYS_MS / 1000) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{BLOCK, RATE};

    /// A device that begins with `first` samples and goes on with these pieces, each looked at when it came; how long the newest
    /// sample of a block had waited when the block was whole, in the mean over the first pieces and over the rest, in samples.
    fn run(first: usize, pieces: &[usize]) -> (usize, usize, usize) {
        let (mut surplus, mut ring, mut dropped) = (Surplus::default(), first, 0);
        let (mut waited, mut looks) = ([0, 0], [0, 0]);
        for at in 0..500 {
            ring += pieces[at % pieces.len()];
            if ring >= BLOCK {
                ring %= BLOCK;
                waited[usize::from(at >= 200)] += ring;
                looks[usize::from(at >= 200)] += 1;
                let gone = surplus.left(ring, RATE);
                assert!(gone <= ring);
                ring -= gone;
                dropped += gone;
            }
        }
        (waited[0] / looks[0], waited[1] / looks[1], dropped)
    }

    #[test]
    fn blocks_come_to_end_when_pieces_do() {
        let (before, after, dropped) = run(700, &[960]);
        assert!(before > after && after == 48, "{before} {after}");
        assert_eq!(dropped, 652);
        // Pieces of half and of twice the length, of which each second one ends a block.
        assert_eq!(run(300, &[480]).1, 48);
        assert_eq!(run(300, &[1_920]).1, 48);
    }

    #[test]
    fn nothing_is_lost_of_pieces_that_fit_no_block() {
        for pieces in [&[256][..], &[1_024], &[800, 1_120]] {
            assert!(run(0, pieces).2 <= 240, "{pieces:?}");
        }
        assert_eq!(run(0, &[960]).2, 0);
    }
}
