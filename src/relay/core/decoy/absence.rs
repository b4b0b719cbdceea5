//! When a decoy's door is away, as that of a group is at times: its member's line is cut and comes back, or another member has the
//! door from then on, and all who wait knock anew.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Time;
use crate::wire::limits;

/// One door in so many is away.
const ONE_IN: u64 = 32;
/// The longest that a door is there between two absences: with the mean of [`some_length`] that makes [`ONE_IN`].
const PRESENT: Duration = Duration::from_secs(90 * 60);

/// The next absence of a door, or the one that lasts.
pub(super) struct Absence {
    from: Time,
    pub(super) until: Time,
    /// Whether somebody else has the door afterwards.
    pub(super) moves: bool,
}

impl Absence {
    /// That of a door that somebody comes upon at `now`.
    pub(super) fn met(rng: &mut ChaCha20Rng, now: Time) -> Self {
        if below(rng, ONE_IN) == 0 {
            // Of those that last, most are long.
            let until = now + some(rng, limits::ROOM_HELD);
            return Self { from: now, until, moves: below(rng, 2) == 0 };
        }
        Self::after(rng, now)
    }

    /// The one that follows after `now`.
    pub(super) fn after(rng: &mut ChaCha20Rng, now: Time) -> Self {
        let from = now + some(rng, PRESENT);
        let (length, moves) = some_length(rng);
        Self { from, until: from + length, moves }
    }

    /// When what would happen at `at` does.
    pub(super) fn hold(&self, at: Time) -> Time {
        if at >= self.from && at < self.until { self.until } else { at }
    }

    pub(super) fn is_away(&self, now: Time) -> bool {
        now >= self.from && now < self.until
    }
}

/// Half are short, a quarter end when the next in order has the door or it's given away, and the others are long.
fn some_length(rng: &mut ChaCha20Rng) -> (Duration, bool) {
    match below(rng, 8) {
        0..4 => (some(rng, limits::DOOR_HELD), false),
        4 => (limits::DOOR_HELD, true),
        5 => (Duration::ZERO, true),
        6 => (some(rng, limits::ROOM_HELD), true),
        _ => (some(rng, limits::ROOM_HELD), false),
    }
}

fn some(rng: &mut ChaCha20Rng, most: Duration) -> Duration {
    Duration::from_micros(below(rng, most.as_micros() as u64))
}

fn below(rng: &mut ChaCha20Rng, most: u64) -> u64 {
    rng.next_u64().checked_rem(most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn a_door_is_away_as_often_at_first_as_later() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let at = Time(0) + Duration::from_secs(100_000);
        let first = (0..20_000).filter(|_| Absence::met(&mut rng, at).is_away(at)).count();
        let (mut away, mut moved) = (Duration::ZERO, 0);
        let mut now = at;
        for _ in 0..20_000 {
            let absence = Absence::after(&mut rng, now);
            away += absence.until.since(absence.from);
            moved += usize::from(absence.moves);
            now = absence.until;
        }
        let share = away.div_duration_f64(now.since(at));
        println!("{first} of 20000 at first, {share:.4} later, {moved} moved");
        assert!((500..750).contains(&first) && (0.025..0.04).contains(&share));
        assert!((6500..8500).contains(&moved));
    }
}
