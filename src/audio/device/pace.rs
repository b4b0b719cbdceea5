//! Real time for devices without a clock of their own.

use std::time::{Duration, Instant};

const BLOCK_TIME: Duration = Duration::from_millis(20);

/// Blocks of 20 ms against absolute deadlines, so that lateness never adds up.
pub(crate) struct Pace {
    start: Instant,
    blocks: u32,
}

impl Pace {
    /// The first block begins now.
    pub(crate) fn new(start: Instant) -> Self {
        Self { start, blocks: 0 }
    }

    /// When the next block begins.
    pub(crate) fn begins(&self) -> Instant {
        self.start + BLOCK_TIME * self.blocks
    }

    /// When the next block is over.
    pub(crate) fn ends(&self) -> Instant {
        self.begins() + BLOCK_TIME
    }

    /// Goes on to the block after.
    pub(crate) fn advance(&mut self) {
        self.blocks += 1;
    }

    /// Blocks since the start.
    pub(crate) fn blocks(&self) -> u32 {
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_counted_from_the_start() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for _ in 0..1000 {
            pace.advance();
        }
        assert_eq!(pace.begins(), start + Duration::from_secs(20));
        assert_eq!(pace.ends() - pace.begins(), BLOCK_TIME);
        assert_eq!(pace.blocks(), 1000);
    }
}
