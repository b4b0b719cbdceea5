//! What one room may keep and send.

use crate::relay::core::limits::Limits;

/// In bytes.
#[derive(Clone, Copy)]
pub(in crate::relay::core) struct Share {
    /// Of what was said.
    pub(in crate::relay::core) history: usize,
    /// Of the log.
    pub(in crate::relay::core) log: usize,
    /// Of voice to its listeners, each second.
    pub(in crate::relay::core) traffic: u32,
}

impl Share {
    /// That of each of several rooms, which want to send `wanted` bytes a second.
    pub(in crate::relay::core) fn of(limits: &Limits, wanted: &[u32]) -> Self {
        let rooms = wanted.len().max(1);
        let traffic = fair(limits.traffic, wanted).min(limits.room_traffic);
        Self { history: limits.history_bytes / rooms, log: limits.log_bytes / rooms, traffic }
    }
}

/// The most that each may have so that all of them together have no more than `all`: whoever wants less than an equal part leaves
/// the rest to the others (max-min fairness). As much as anybody wants where it is enough for all.
fn fair(all: u32, wanted: &[u32]) -> u32 {
    let mut left = u64::from(all);
    if wanted.iter().map(|wants| u64::from(*wants)).sum::<u64>() <= left {
        return u32::MAX;
    }
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    for (at, wants) in wanted.iter().enumerate() {
        let part = left / (wanted.len() - at) as u64;
        if u64::from(*wants) > part {
            return part as u32;
        }
        left -= u64::from(*wants);
    }
    u32::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_wants_little_is_not_held_to_a_share() {
        assert_eq!(fair(100, &[]), u32::MAX);
        assert_eq!(fair(100, &[50, 50]), u32::MAX);
        assert_eq!(fair(100, &[10, 20, 1000]), 70);
        assert_eq!(fair(100, &[1000, 20, 1000]), 40);
        assert_eq!(fair(100, &[u32::MAX; 4]), 25);
    }
}
