//! When to look at a ring that a device fills by itself: seldom, as each look wakes a processor, and soon after there is something.

use std::time::Duration;

/// As much sound as was found comes next, and is looked for a moment sooner than it takes, so that the looks move towards its arrival.
const BLOCK: Duration = Duration::from_millis(20);
const SOONER: Duration = Duration::from_millis(1);
/// A device that was late gives more at once than it will the next time: no longer than 40 ms is waited.
const BLOCKS_MOST: u32 = 2;
/// What isn't there yet comes soon,
const SOON: Duration = Duration::from_millis(5);
/// unless it did not come in so many looks: then the device rests or is slow.
const SOON_LOOKS: u32 = 8;
const LATER: Duration = Duration::from_millis(20);

/// The looks at one ring.
#[derive(Default)]
pub(super) struct Looks {
    /// Blocks that the last look found that found any.
    blocks: u32,
    /// Looks since then.
    empty: u32,
}

impl Looks {
    /// It was looked, and there were so many blocks of 20 ms.
    pub(super) fn looked(&mut self, blocks: u32) {
        (self.blocks, self.empty) = if blocks > 0 { (blocks, 0) } else { (self.blocks, self.empty.saturating_add(1)) };
    }

    /// How long until the next look.
    pub(super) fn wait(&self) -> Duration {
        match self.empty {
            0 => BLOCK * self.blocks.clamp(1, BLOCKS_MOST) - SOONER,
            1..=SOON_LOOKS => SOON,
            _ => LATER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks for 20 s at a device that gives a piece of so many milliseconds each time; how many looks it took, and how long a
    /// whole block waited in the mean and at most, in milliseconds.
    fn run(piece: u64, stops_at: u64) -> (u32, f32, u64) {
        let (mut looks, mut now, mut taken) = (Looks::default(), 3_000u64, 0u64);
        let (mut count, mut late, mut latest) = (0, 0, 0);
        while now < 20_000_000 {
            let given = (now.min(stops_at) / (piece * 1000)) * piece;
            let mut found = 0;
            while taken + 20 <= given {
                taken += 20;
                found += 1;
                let whole = taken.div_ceil(piece) * piece * 1000;
                late += now - whole;
                latest = latest.max(now - whole);
            }
            looks.looked(found);
            count += 1;
            // Each wait takes a little longer than it should.
            now += looks.wait().as_micros() as u64 + 120;
        }
        (count, late as f32 / (taken / 20).max(1) as f32 / 1000.0, latest / 1000)
    }

    #[test]
    fn a_block_is_found_soon_by_few_looks() {
        for piece in [5, 10, 20, 40] {
            let (looks, mean, most) = run(piece, u64::MAX);
            assert!(looks < 1_300, "{piece} ms: {looks} looks");
            assert!(mean < 4.0 && most <= 6, "{piece} ms: {mean} ms, at most {most} ms");
        }
    }

    #[test]
    fn a_device_that_gives_nothing_is_left_alone() {
        let (looks, ..) = run(20, 1_000_000);
        assert!(looks < 1_100, "{looks}");
    }
}
