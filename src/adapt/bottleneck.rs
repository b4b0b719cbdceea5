//! What a line can carry, from how much longer a long datagram is on the way than the short ones before and after it.
//!
//! The bits of a datagram pass a narrow line one after the other, so its length alone delays it: the slope of delay over length is
//! the inverse of the capacity, as in pathchar (Jacobson, 1997). That shows before anything waits on the line. It departs from
//! pathchar in that it looks at the whole way in one direction, and takes the median slope between neighbours instead of the
//! least delay for each length, because probes are few. Where jitter hides the slope nothing is said.

use super::probes::PROBES;
use crate::ids::SendStamp;

/// From so many slopes on they tell something.
const FEWEST: usize = 8;
/// Stamps are exact to this, in microseconds.
const UNIT: f64 = SendStamp::UNIT.as_micros() as f64;
/// A median's error is this many times the mean's; the deviation is this many times the median of the distances from the median.
const MEDIAN: f64 = 1.25;
const DEVIATION: f64 = 1.48;
/// Of few slopes the deviation is itself unsure, by this divided by their number.
const FEW: f64 = 8.0;
/// A slope is sure that is more than this many times its error.
const SURE: f64 = 6.0;
/// Below this many microseconds a byte nothing is said: a line of 200 kbps carries whatever is sent on it.
const WIDE: f64 = 40.0;

/// Datagrams of alternating length, each sent when those before it have passed.
#[derive(Default)]
pub(super) struct BottleneckEstimator {
    /// By number: bytes, and lag in microseconds.
    came: Vec<Option<(usize, i64)>>,
}

impl BottleneckEstimator {
    /// A datagram of `bytes` came with this lag, in microseconds from any zero. Numbers from [`PROBES`] on are left out.
    pub(super) fn arrived(&mut self, number: u16, bytes: usize, lag: i64) {
        self.came.resize(PROBES.into(), None);
        if let Some(place) = self.came.get_mut(usize::from(number)) {
            *place = Some((bytes, lag));
        }
    }

    /// What the line carries, in kilobits a second at the IP level; `None` while nothing is known against any rate.
    pub(super) fn capacity_kbps(&self) -> Option<f64> {
        let mut bytes = 0.0_f64;
        let slopes = self.came.windows(3).filter_map(|three| {
            let [Some(before), Some(it), Some(after)] = *three else { return None };
            let longer = it.0 as f64 - (before.0 + after.0) as f64 / 2.0;
            let later = it.1 as f64 - before.1.midpoint(after.1) as f64;
            bytes = longer.abs().max(bytes);
            (longer != 0.0).then_some(later / longer)
        });
        let slopes: Vec<f64> = slopes.collect();
        if slopes.len() < FEWEST {
            return None;
        }
        let slope = median(slopes.clone());
        let off = median(slopes.iter().map(|one| (one - slope).abs()).collect());
        // What is evenly spread over a unit deviates by 1 / sqrt(12) of it. Neighbouring slopes share datagrams, so that only
        // half of them count.
        let off = (off * DEVIATION).max(UNIT / 12_f64.sqrt() / bytes);
        let few = 1.0 + FEW / slopes.len() as f64;
        let error = off * few * MEDIAN / (slopes.len() as f64 / 2.0).sqrt();
        (slope > (SURE * error).max(WIDE)).then_some(8_000.0 / slope)
    }
}

/// The middle one; 0 of none.
fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::{RngCore, SeedableRng};

    use super::*;

    /// 40 datagrams of 247 and 67 bytes by turns, 120 and 60 ms after the other, over a line of `kbps` on which every one takes up
    /// to `jitter` ms longer and `loss` of them are lost: the least that it seems to carry at any moment, and what in the end.
    fn found(kbps: f64, jitter: f64, loss: f64, seed: u64) -> (f64, Option<f64>) {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut chance = || f64::from(rng.next_u32()) / f64::from(u32::MAX);
        let (mut bottleneck, mut free, mut came) = (BottleneckEstimator::default(), 0.0_f64, vec![]);
        for number in 0..u16::from(PROBES) {
            let (left, bytes) =
                (f64::from(number.div_ceil(2) * 120 + number / 2 * 60), [247, 67][usize::from(number % 2)]);
            free = free.max(left) + bytes as f64 * 8.0 / kbps;
            let at = free + chance() * jitter;
            if chance() >= loss {
                came.push((at, number, bytes, ((at - (left / 8.0).floor() * 8.0) * 1000.0) as i64));
            }
        }
        came.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut least = f64::INFINITY;
        for (_, number, bytes, lag) in came {
            bottleneck.arrived(number, bytes, lag);
            least = bottleneck.capacity_kbps().unwrap_or(f64::INFINITY).min(least);
        }
        (least, bottleneck.capacity_kbps())
    }

    #[test]
    fn an_even_line_shows_what_it_carries() {
        for seed in 0..200 {
            for kbps in [16.0, 24.0, 32.0, 48.0] {
                for loss in [0.0, 0.05] {
                    let most = found(kbps, 4.0, loss, seed).1.unwrap();
                    assert!((0.85..1.15).contains(&(most / kbps)), "seed {seed}: {kbps} kbps seem {most}");
                }
            }
            assert_eq!(found(1000.0, 4.0, 0.0, seed).1, None, "seed {seed}");
        }
    }

    #[test]
    fn jitter_makes_no_wide_line_narrow() {
        let (mut wrong, mut of) = (0, 0);
        for seed in 0..500 {
            for (kbps, jitter) in [(1000.0, 20.0), (256.0, 60.0), (64.0, 160.0)] {
                wrong += u32::from(found(kbps, jitter, 0.03, seed).0 < 0.6 * kbps.min(64.0));
                of += 1;
            }
        }
        println!("{wrong} of {of}");
        assert!(wrong * 50 < of, "{wrong} of {of}");
    }

    #[test]
    fn whatever_comes_does_no_harm() {
        let mut bottleneck = BottleneckEstimator::default();
        for n in 0..10_000_u64 {
            bottleneck.arrived((n / 2 * 3) as u16, n as usize * 31 % 1200, (n * n * 7919) as i64 - 1_000_000);
            assert!(bottleneck.capacity_kbps().is_none_or(|most| most > 0.0));
        }
        bottleneck.arrived(1, 0, i64::MIN);
        bottleneck.arrived(2, 1 << 40, i64::MAX);
        bottleneck.arrived(3, 0, i64::MIN);
        assert_eq!(bottleneck.came.len(), usize::from(PROBES));
        assert!(bottleneck.capacity_kbps().is_none_or(|most| most > 0.0));
    }
}
