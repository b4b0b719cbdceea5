//! How many connections a relay takes, and how much memory it may need for all of them.

use crate::relay::core;
use crate::wire::limits;
use crate::wire::limits::Budget;

/// Handshakes under way from which on newcomers must first prove that their address is theirs. Always asking would cost everybody
/// a round trip.
const RETRY_FROM: usize = 100;
/// Handshakes of one household: a full day centre that comes back at once with two tries each, over and over.
const HANDSHAKES_EACH: Budget = Budget { burst: 1024, per_second: 64 };
/// In MiB: with more, a relay that nobody has set up takes no more.
const MEMORY: usize = 1280;
const MIB: usize = 1024 * 1024;
/// Connections for each MiB of memory that they are given: 52 kB each, and some for what waits for them.
const CONNECTIONS_A_MIB: usize = 16;

/// What a relay takes. The defaults are those of a machine with memory enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What the rooms may hold and send, and how often somebody may knock.
    pub core: core::Limits,
    /// Connections at once.
    pub connections: usize,
    /// Connections of one household. All IPv6 addresses that share their first 56 bits may have twice as many, and all that share
    /// their first 48 four times.
    pub connections_each: usize,
    /// Handshakes that one household may begin; larger blocks of addresses more, as above.
    pub handshakes_each: Budget,
    /// Handshakes under way from which on newcomers must first prove that their address is theirs; 0 asks all of them.
    pub retry_from: usize,
    /// Bytes that wait for all members together.
    pub waiting_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            core: core::Limits::default(),
            connections: limits::CONNECTIONS,
            connections_each: limits::CONNECTIONS_PER_ADDRESS,
            handshakes_each: HANDSHAKES_EACH,
            retry_from: RETRY_FROM,
            waiting_bytes: limits::OUTBOXES,
        }
    }
}

impl Limits {
    /// Of a relay that may take so many MiB of memory. Half of them are for connections, the other half for what rooms keep and
    /// what waits for members. Beyond [`Self::memory`]'s most it takes no more.
    pub fn for_memory(mib: usize) -> Self {
        let half = mib.min(MEMORY) / 2;
        let part = |most: usize| (most / MIB * half / (MEMORY / 2)).max(1) * MIB;
        let core = core::Limits {
            log_bytes: part(limits::LOG_RELAY),
            history_bytes: part(limits::PAST_RELAY),
            ..core::Limits::default()
        };
        let connections = (half * CONNECTIONS_A_MIB).clamp(CONNECTIONS_A_MIB, limits::CONNECTIONS);
        Self { core, connections, waiting_bytes: part(limits::OUTBOXES).max(limits::OUTBOX), ..Self::default() }
    }

    /// The MiB that a relay takes on a machine with `machine` bytes of memory: half of them, and never more than it has a use for.
    pub fn memory(machine: u64) -> usize {
        usize::try_from(machine / 2 / MIB as u64).unwrap_or(MEMORY).min(MEMORY)
    }

    /// Connections of a household, of a block of them, and of a whole network.
    pub(super) fn connections_by_block(&self) -> [usize; 3] {
        limits::ORIGIN_TIMES.map(|times| self.connections_each * times as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_machine_is_not_filled() {
        assert_eq!(Limits::for_memory(MEMORY), Limits::default());
        assert_eq!(Limits::for_memory(usize::MAX), Limits::default());
        // The smallest machine that can be rented.
        let small = Limits::for_memory(Limits::memory(512 * MIB as u64));
        assert_eq!(small.connections, 2048);
        let held = small.core.log_bytes + small.core.history_bytes + small.waiting_bytes + small.connections * 52_000;
        assert!(held < 256 * MIB, "{held}");
        assert!(Limits::for_memory(1).connections > 0);
    }
}
