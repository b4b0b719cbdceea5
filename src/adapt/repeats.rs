//! What is sent again behind each new frame of a hop, and when nearly everything has come by that.

use super::loss_estimator::follows;

/// The share that may be missing in the end, after all repairs.
pub(super) const ACCEPTED: f64 = 0.015;

/// What is sent again behind each new frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redundancy {
    /// How often each frame is sent again, `0..=2`.
    pub copies: u8,
    /// How many frames later, each time, `1..=4`; 0 without copies.
    pub distance: u8,
}

impl Redundancy {
    /// Nothing is.
    pub const NONE: Self = Self { copies: 0, distance: 0 };

    /// How many frames after its own nearly everything has come, on a hop that loses this.
    pub(super) fn nearly_all_after(self, loss: f64, gap: f64) -> u32 {
        let distance = u32::from(self.distance);
        match self.copies {
            0 => 0,
            1 => distance,
            _ if loss * follows(loss, gap, distance) <= ACCEPTED => distance,
            copies => distance * u32::from(copies),
        }
    }

    /// How many frames back the repeated ones are.
    pub fn back(self) -> impl Iterator<Item = usize> {
        (1..=self.copies).map(move |copy| usize::from(copy) * usize::from(self.distance))
    }
}
