//! What etcd does for a fleet, in virtual time: leases, keys with the number of their last change, and a time without it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use ingle::fleet::core::{Claimed, Number, Record, RelayId, Revision};
use ingle::ids::Time;

pub(crate) const TTL: Duration = Duration::from_secs(3);

struct Key {
    owner: RelayId,
    lease: i64,
    revision: Revision,
}

#[derive(Default)]
pub(crate) struct Registry {
    away: bool,
    granted: i64,
    changes: i64,
    leases: BTreeMap<i64, (RelayId, Time)>,
    by_end: BTreeSet<(Time, i64)>,
    rooms: BTreeMap<Number, Key>,
    by_lease: BTreeMap<i64, BTreeSet<Number>>,
    records: BTreeMap<RelayId, Arc<Record>>,
}

impl Registry {
    pub(crate) fn is_away(&self) -> bool {
        self.away
    }

    /// While it's away no lease runs out, and whoever leads it then gives each lease its whole time anew, as etcd does.
    pub(crate) fn set_away(&mut self, away: bool, now: Time) {
        self.away = away;
        if !away {
            let all: Vec<i64> = self.leases.keys().copied().collect();
            all.into_iter().for_each(|lease| _ = self.renew(lease, now));
        }
    }

    pub(crate) fn grant(&mut self, relay: RelayId, now: Time) -> i64 {
        self.granted += 1;
        self.leases.insert(self.granted, (relay, now + TTL));
        self.by_end.insert((now + TTL, self.granted));
        self.granted
    }

    pub(crate) fn renew(&mut self, lease: i64, now: Time) -> bool {
        let Some((_, end)) = self.leases.get_mut(&lease) else { return false };
        self.by_end.remove(&(*end, lease));
        *end = now + TTL;
        self.by_end.insert((*end, lease))
    }

    /// The relays whose leases have run out.
    pub(crate) fn expire(&mut self, now: Time) -> Vec<RelayId> {
        let mut gone = Vec::new();
        while let Some((_, lease)) = self.by_end.first().copied().filter(|(end, _)| *end <= now && !self.away) {
            self.by_end.pop_first();
            for number in self.by_lease.remove(&lease).unwrap_or_default() {
                self.rooms.remove(&number);
            }
            let Some((relay, _)) = self.leases.remove(&lease) else { continue };
            if self.records.get(&relay).is_some_and(|record| record.lease == lease) {
                self.records.remove(&relay);
                gone.push(relay);
            }
        }
        gone
    }

    /// Whether the lease is still there.
    pub(crate) fn publish(&mut self, relay: RelayId, record: Arc<Record>) -> bool {
        let lives = self.leases.contains_key(&record.lease);
        if lives {
            self.records.insert(relay, record);
        }
        lives
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = (RelayId, &Arc<Record>)> {
        self.records.iter().map(|(id, record)| (*id, record))
    }

    pub(crate) fn claim(&mut self, number: Number, owner: RelayId, lease: i64) -> Claimed {
        match self.rooms.get(&number) {
            _ if !self.leases.contains_key(&lease) => Claimed::Unanswered,
            Some(key) if key.owner != owner => Claimed::Other(key.owner),
            Some(_) | None => Claimed::Mine(self.put(number, owner, lease)),
        }
    }

    pub(crate) fn release(&mut self, number: Number, revision: Revision) {
        if self.rooms.get(&number).is_some_and(|key| key.revision == revision) {
            self.remove(number);
        }
    }

    pub(crate) fn hand(&mut self, number: Number, revision: Revision, to: RelayId) -> Option<Revision> {
        let lease = self.records.get(&to)?.lease;
        let fits = self.rooms.get(&number).is_some_and(|key| key.revision == revision);
        (fits && self.leases.contains_key(&lease)).then(|| self.put(number, to, lease))
    }

    pub(crate) fn owner(&self, number: Number) -> Option<RelayId> {
        self.rooms.get(&number).map(|key| key.owner)
    }

    fn put(&mut self, number: Number, owner: RelayId, lease: i64) -> Revision {
        self.remove(number);
        self.changes += 1;
        let revision = Revision(self.changes);
        self.rooms.insert(number, Key { owner, lease, revision });
        self.by_lease.entry(lease).or_default().insert(number);
        revision
    }

    fn remove(&mut self, number: Number) {
        if let Some(key) = self.rooms.remove(&number)
            && let Some(numbers) = self.by_lease.get_mut(&key.lease)
        {
            numbers.remove(&number);
        }
    }
}
