//! Whether a newcomer's handshake begins.
//!
//! A handshake costs a signature and some memory, and the address on a first packet may be anybody's. So a household has a budget
//! of handshakes, and beyond it, or while many are under way, an address must first prove that it is one: that costs the relay
//! next to nothing. What has proven its address has a budget of its own, so that packets with somebody's address on them cost that
//! one a round trip and no more.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::limits::Limits;
use super::slots::{Block, Slot, Slots, blocks};
use crate::ids::Time;
use crate::relay::core::bucket::Bucket;
use crate::relay::core::remembered::Remembered;
use crate::wire::limits::{self, Budget};

/// After this long every budget is full again.
const FULL_AGAIN: Duration = Duration::from_secs(60);

/// What is done about a newcomer.
pub(super) enum Verdict {
    /// Its handshake begins; both are held, the first as long as the connection, the second until it has greeted.
    Enter(Slot, UnderWay),
    /// It must prove that its address is its own.
    Prove,
    /// It is told that there is no place for it.
    Refuse,
}

/// Decides about newcomers, over UDP and TCP.
pub(super) struct Gate {
    limits: Limits,
    slots: Arc<Slots>,
    under_way: Arc<AtomicUsize>,
    budgets: Mutex<Remembered<(Block, bool), Bucket>>,
    refused: AtomicU64,
    proofs: AtomicU64,
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        let slots = Slots::new(limits.connections, limits.connections_by_block());
        let budgets = Mutex::new(Remembered::new(limits::ORIGINS, FULL_AGAIN));
        let (under_way, refused, proofs) = Default::default();
        Arc::new(Self { limits, slots, under_way, budgets, refused, proofs })
    }

    /// Somebody comes from this address, and has `proven` that it is its own, or `can_prove` it.
    pub(super) fn enter(&self, address: IpAddr, proven: bool, can_prove: bool, now: Time) -> Verdict {
        let verdict = self.decide(address, proven, can_prove, now);
        match &verdict {
            Verdict::Enter(..) => {}
            Verdict::Prove => drop(self.proofs.fetch_add(1, Ordering::Relaxed)),
            Verdict::Refuse => drop(self.refused.fetch_add(1, Ordering::Relaxed)),
        }
        verdict
    }

    /// How many handshakes are under way, and how many newcomers were refused, and asked to prove their address.
    pub(super) fn figures(&self) -> [u64; 3] {
        let [refused, proofs] = [&self.refused, &self.proofs].map(|count| count.load(Ordering::Relaxed));
        [self.under_way.load(Ordering::Relaxed) as u64, refused, proofs]
    }

    fn decide(&self, address: IpAddr, proven: bool, can_prove: bool, now: Time) -> Verdict {
        let within = self.within(address, proven, now);
        let is_loaded = self.under_way.load(Ordering::Relaxed) >= self.limits.retry_from;
        if !proven && can_prove && (is_loaded || !within) {
            return Verdict::Prove;
        }
        if !within {
            return Verdict::Refuse;
        }
        match self.slots.take(address) {
            Some(slot) => Verdict::Enter(slot, UnderWay::new(&self.under_way)),
            None => Verdict::Refuse,
        }
    }

    fn within(&self, address: IpAddr, proven: bool, now: Time) -> bool {
        let mut budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        let Budget { burst, per_second } = self.limits.handshakes_each;
        let blocks = blocks(address).into_iter().zip(limits::ORIGIN_TIMES);
        blocks.filter_map(|(block, times)| Some((block?, times))).all(|(block, times)| {
            budgets.get((block, proven), now, || Bucket::of(burst * times, per_second * times, now)).take(now)
        })
    }
}

/// Counts one handshake until it is dropped.
pub(super) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn new(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
    const START: Time = Time(0);

    fn gate(limits: Limits) -> Arc<Gate> {
        Gate::new(limits)
    }

    /// How many of these tries are let in; each one's handshake is over at once.
    fn let_in(gate: &Gate, tries: u32, proven: bool, now: Time) -> u32 {
        (0..tries).map(|_| u32::from(matches!(gate.enter(HOME, proven, true, now), Verdict::Enter(..)))).sum()
    }

    #[test]
    fn addresses_are_to_be_proven_only_under_load() {
        let gate = gate(Limits { retry_from: 3, ..Limits::default() });
        let mut held = vec![];
        for _ in 0..3 {
            let Verdict::Enter(slot, count) = gate.enter(HOME, false, true, START) else { panic!("no load yet") };
            held.push((slot, count));
        }
        assert!(matches!(gate.enter(HOME, false, true, START), Verdict::Prove));
        for _ in 0..2 {
            let Verdict::Enter(slot, count) = gate.enter(HOME, true, true, START) else { panic!("it has proven it") };
            held.push((slot, count));
        }
        assert!(matches!(gate.enter(HOME, false, true, START), Verdict::Prove));
        held.clear();
        assert_eq!(let_in(&gate, 1, false, START), 1, "the load is over");
    }

    #[test]
    fn a_household_has_a_budget_of_handshakes() {
        let gate = gate(Limits { handshakes_each: Budget { burst: 10, per_second: 2 }, ..Limits::default() });
        assert_eq!(let_in(&gate, 100, true, START), 10);
        assert_eq!(let_in(&gate, 100, true, START + Duration::from_secs(1)), 2);
        let neighbour = "192.0.2.8".parse().expect("an address");
        assert!(matches!(gate.enter(neighbour, true, true, START), Verdict::Enter(..)), "others have their own");
    }

    #[test]
    fn packets_with_a_strangers_address_cost_it_only_a_proof() {
        let gate = gate(Limits { handshakes_each: Budget { burst: 10, per_second: 1 }, ..Limits::default() });
        assert_eq!(let_in(&gate, 1000, false, START), 10);
        assert!(matches!(gate.enter(HOME, false, true, START), Verdict::Prove));
        assert_eq!(let_in(&gate, 1, true, START), 1, "whoever has the address comes in");
    }

    #[test]
    fn large_blocks_of_addresses_share_a_budget() {
        let gate = gate(Limits { handshakes_each: Budget { burst: 10, per_second: 1 }, ..Limits::default() });
        let from = |n: u32| format!("2001:db8:0:{n:x}::1").parse().expect("an address");
        let entered = (0..256).filter(|n| matches!(gate.enter(from(*n), true, true, START), Verdict::Enter(..)));
        assert_eq!(entered.count(), 20, "a block of /56 has twice as much as a household");
    }
}
