//! Where a new room goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand_core::RngCore;

use super::record::{Record, RelayId};

/// From this load on a relay takes no new rooms while another has less.
const FULL: u16 = 900;
/// How much more a relay may carry than another until new rooms go there, in thousandths of what it can carry.
const SLACK: u16 = 30;

/// Where a new room goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Here.
    Here,
    /// To this relay.
    There(RelayId, Arc<Record>),
    /// Nowhere yet: the registry is away.
    NotYet,
}

/// The other relays, and how many rooms were sent to each since it last told its load.
#[derive(Default)]
pub(super) struct Peers(BTreeMap<RelayId, (Arc<Record>, u16)>);

impl Peers {
    /// A relay says this of itself, or is gone. Whether it took rooms before.
    pub(super) fn set(&mut self, id: RelayId, record: Option<Arc<Record>>) -> bool {
        let before = match record {
            Some(record) => self.0.insert(id, (record, 0)),
            None => self.0.remove(&id),
        };
        before.is_some_and(|(record, _)| !record.draining)
    }

    pub(super) fn get(&self, id: RelayId) -> Option<&Arc<Record>> {
        self.0.get(&id).map(|(record, _)| record)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (RelayId, &Arc<Record>)> {
        self.0.iter().map(|(id, (record, _))| (*id, record))
    }

    /// The better of two drawn at random, in the region if one there has room: with news that is some seconds old, all would send
    /// their rooms to the best.
    pub(super) fn place(&mut self, own: &Record, rng: &mut impl RngCore) -> Place {
        let load = |(record, sent): &(Arc<Record>, u16)| record.load.permille.saturating_add(*sent);
        let near: Vec<RelayId> = self.open(|peer| peer.0.region == own.region && load(peer) < FULL);
        let candidates = match near.is_empty() && own.load.permille >= FULL {
            true => self.open(|peer| load(peer) < FULL),
            false => near,
        };
        let mut draw = || candidates.get(rng.next_u64() as usize % candidates.len().max(1)).copied();
        let drawn = [draw(), draw()].into_iter().flatten();
        let best = drawn.filter_map(|id| self.0.get(&id).map(|peer| (load(peer), id))).min();
        let here = if own.draining { u16::MAX } else { own.load.permille.saturating_sub(SLACK) };
        match best.filter(|(load, _)| *load < here).and_then(|(_, id)| Some((id, self.0.get_mut(&id)?))) {
            Some((id, (record, sent))) => {
                // As much as one of its rooms is, as far as is known.
                let each = u32::from(record.load.permille) / record.load.rooms.max(1);
                *sent = sent.saturating_add(each.clamp(1, 50) as u16);
                Place::There(id, record.clone())
            }
            None if own.draining => Place::NotYet,
            None => Place::Here,
        }
    }

    fn open(&self, fits: impl Fn(&(Arc<Record>, u16)) -> bool) -> Vec<RelayId> {
        self.0.iter().filter(|(_, peer)| !peer.0.draining && fits(peer)).map(|(id, _)| *id).collect()
    }
}
