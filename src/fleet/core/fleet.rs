//! One relay's part in a fleet.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::effect::{Claimed, Effect};
use super::load::Load;
use super::numbers::{Number, Numbers};
use super::placement::{Peers, Place};
use super::record::{Record, RelayId, Revision};
use super::ring::Ring;
use super::standing::{Ask, Standing};
use crate::ids::Time;

/// How long an answer to a claim is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a relay tells its load at most.
const TELL: Duration = Duration::from_secs(2);
/// How often it says again what it said, which may have been lost.
const TELL_ANYWAY: Duration = Duration::from_secs(30);
/// How long a number is kept for the members of its room, none of whom has come.
const KEPT: Duration = Duration::from_secs(90);
/// How often a number is drawn until one is free.
const DRAWS: u32 = 32;

/// What a relay brings along.
#[derive(Clone)]
pub struct Settings {
    /// Which relay it is.
    pub id: RelayId,
    /// Where members reach it.
    pub address: String,
    /// The fingerprint of its key.
    pub key: [u8; 32],
    /// The label of the region that it serves; may be empty.
    pub region: String,
    /// The numbers that the fleet's groups have.
    pub numbers: Arc<Numbers>,
    /// How many numbers are kept ready for new rooms.
    pub spare: usize,
}

/// Which way somebody who asks for a number is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// It's here, or would be if there were one.
    Here,
    /// To this relay.
    There(RelayId, Arc<Record>),
    /// It's nobody's, and belongs here: whoever has a ticket for it waits until it's claimed.
    Claim,
    /// It's nobody's, as far as is known, and the registry is away.
    NotYet,
}

/// A number that is mine.
struct Owned {
    revision: Revision,
    since: Time,
    /// Whether there was a room at it.
    used: bool,
    /// Whether it's ready for a new room.
    spare: bool,
}

/// A claim that was sent.
struct Asked {
    at: Time,
    spare: bool,
}

/// One relay's part in a fleet.
pub struct Fleet {
    id: RelayId,
    own: Record,
    numbers: Arc<Numbers>,
    spare: usize,
    rng: ChaCha20Rng,
    ring: Ring,
    peers: Peers,
    standing: Standing,
    owned: BTreeMap<Number, Owned>,
    asked: BTreeMap<Number, Asked>,
    /// Rooms that are here and of which the registry must say again whose they are.
    doubted: BTreeSet<Number>,
    /// Since when nothing is sent, as from the beginning until there is a lease. What the registry was asked before doesn't count.
    fenced: Option<Time>,
    told: (Load, Time),
    effects: VecDeque<Effect>,
}

impl Fleet {
    /// A relay that holds no lease yet. The seed is the only randomness.
    pub fn new(settings: Settings, seed: [u8; 32]) -> Self {
        let Settings { id, address, key, region, numbers, spare } = settings;
        let own = Record { address, key, region, load: Load::default(), draining: false, lease: 0 };
        let mut ring = Ring::new(numbers.clone());
        ring.insert(id);
        Self {
            id,
            own,
            numbers,
            spare,
            rng: ChaCha20Rng::from_seed(seed),
            ring,
            peers: Peers::default(),
            standing: Standing::new(),
            owned: BTreeMap::new(),
            asked: BTreeMap::new(),
            doubted: BTreeSet::new(),
            fenced: Some(Time(0)),
            told: (Load::default(), Time(0)),
            effects: VecDeque::new(),
        }
    }

    /// The next thing to do, in order. `None` when all is done.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// Which relay this is.
    pub fn id(&self) -> RelayId {
        self.id
    }

    /// The other relays.
    pub fn others(&self) -> impl Iterator<Item = (RelayId, &Arc<Record>)> {
        self.peers.iter()
    }

    /// One of them, while it is known.
    pub fn other(&self, id: RelayId) -> Option<&Arc<Record>> {
        self.peers.get(id)
    }

    /// Numbers that are this relay's: of rooms, and those that are kept ready.
    pub fn owned(&self) -> usize {
        self.owned.len()
    }

    /// Whether nothing may be sent.
    pub fn is_fenced(&self) -> bool {
        self.fenced.is_some()
    }

    // What the registry says.

    /// The registry has given this lease, having been asked at `asked`.
    pub fn granted(&mut self, lease: i64, ttl: Duration, asked: Time, now: Time) {
        self.own.lease = lease;
        self.standing.renewed(ttl, asked);
        self.publish(now);
        for number in self.doubted.clone() {
            self.claim(number, false, now);
        }
        self.assured();
    }

    /// The registry has renewed the lease, having been asked at `asked`.
    pub fn renewed(&mut self, ttl: Duration, asked: Time) {
        self.standing.renewed(ttl, asked);
        if self.fenced.is_none_or(|since| asked >= since) {
            self.assured();
        }
    }

    /// The registry doesn't know the lease any more: others may have my rooms.
    pub fn expired(&mut self, now: Time) {
        self.standing.lost(now);
        if !self.owned.is_empty() {
            self.fence(now);
        }
        for (number, owned) in std::mem::take(&mut self.owned) {
            match owned.spare {
                true => self.effects.push_back(Effect::Withdraw(number)),
                false => _ = self.doubted.insert(number),
            }
        }
        self.asked.clear();
        self.ask(now);
    }

    /// A relay says this of itself, or is gone.
    pub fn relay(&mut self, id: RelayId, record: Option<Arc<Record>>) {
        if id == self.id {
            return;
        }
        let takes = record.as_ref().is_some_and(|record| !record.draining);
        let took = self.peers.set(id, record);
        match (took, takes) {
            (false, true) => self.ring.insert(id),
            (true, false) => self.ring.remove(id),
            (true, true) | (false, false) => {}
        }
    }

    /// The registry says that a room is this relay's by this change: another has given it.
    pub fn given(&mut self, number: Number, revision: Revision, now: Time) {
        if self.standing.is_sure(now) && self.numbers.slot(number).is_some() {
            let owned = Owned { revision, since: now, used: false, spare: false };
            self.owned.entry(number).or_insert(owned).revision = revision;
        }
    }

    /// The registry says that nobody has a number any more, by this change. If there is a room at it, it's claimed anew.
    pub fn removed(&mut self, number: Number, revision: Revision) {
        let Some(owned) = self.owned.get(&number).filter(|owned| owned.revision < revision) else { return };
        match (owned.spare, owned.used) {
            (true, _) => self.effects.push_back(Effect::Withdraw(number)),
            (false, true) => _ = self.doubted.insert(number),
            (false, false) => {}
        }
        self.owned.remove(&number);
    }

    /// What has come of a claim.
    pub fn claimed(&mut self, number: Number, outcome: Claimed, now: Time) {
        let Some(asked) = self.asked.remove(&number) else { return };
        match outcome {
            Claimed::Mine(revision) => {
                let spare = asked.spare && !self.own.draining;
                let used = self.doubted.remove(&number);
                self.owned.insert(number, Owned { revision, since: now, used, spare });
                match spare {
                    true => self.effects.push_back(Effect::Offer(number)),
                    // Nobody waits for it any more.
                    false if asked.spare => self.release(number),
                    false => {}
                }
            }
            Claimed::Other(owner) => {
                if self.doubted.remove(&number) {
                    self.effects.push_back(Effect::LetGo(number, Some(owner)));
                }
            }
            // It's asked again when it's time.
            Claimed::Unanswered => {}
        }
        self.assured();
    }

    /// Whether a room that was to be given away is the other's now.
    pub fn handed(&mut self, number: Number, to: RelayId, done: bool) {
        if done && self.owned.remove(&number).is_some() {
            self.effects.push_back(Effect::LetGo(number, Some(to)));
        }
    }

    // What the relay says.

    /// The program stood still so long that the lease may have run out meanwhile. The fence is closed already.
    pub fn slept(&mut self, now: Time) {
        self.fence(now);
        self.standing.hurry(now);
        self.ask(now);
    }

    /// A room was opened at a number that was offered.
    pub fn opened(&mut self, number: Number) {
        if let Some(owned) = self.owned.get_mut(&number) {
            (owned.spare, owned.used) = (false, true);
        }
    }

    /// To be called a few times a second. `here` are the numbers that have rooms, or may have some in a moment.
    pub fn tick(&mut self, load: Load, here: &BTreeSet<Number>, now: Time) {
        self.own.load = load;
        self.ask(now);
        if !self.standing.is_sure(now) {
            return;
        }
        self.asked.retain(|_, asked| now.since(asked.at) < PATIENCE);
        for number in self.doubted.clone() {
            self.claim(number, false, now);
        }
        self.release_unused(here, now);
        let (told, at) = self.told;
        let news = load.differs_from(told) && now.since(at) >= TELL;
        if news || now.since(at) >= TELL_ANYWAY {
            self.publish(now);
        }
        if self.own.draining {
            self.hand_over();
        } else {
            self.keep_spare(now);
        }
    }

    /// Takes no new rooms from here on, and gives away those that are here.
    pub fn drain(&mut self, now: Time) {
        self.own.draining = true;
        self.ring.remove(self.id);
        let spare: Vec<Number> =
            self.owned.iter().filter(|(_, owned)| owned.spare).map(|(number, _)| *number).collect();
        for number in spare {
            self.effects.push_back(Effect::Withdraw(number));
            self.release(number);
        }
        self.publish(now);
        self.hand_over();
    }

    // What members ask.

    /// Where a new room goes.
    pub fn place(&mut self, now: Time) -> Place {
        if !self.standing.is_sure(now) || self.fenced.is_some() {
            return Place::NotYet;
        }
        self.peers.place(&self.own, &mut self.rng)
    }

    /// Where to go with a number. `owner` is whose the registry says it is. It's the same way whether there is a room at the number or
    /// not, unless relays came or went since the room was opened.
    pub fn lead(&self, number: Number, owner: Option<RelayId>, now: Time) -> Lead {
        if self.owned.contains_key(&number) || self.doubted.contains(&number) {
            return Lead::Here;
        }
        let owner = owner.filter(|owner| *owner != self.id);
        let there = |id: RelayId| self.peers.get(id).map(|record| Lead::There(id, record.clone()));
        let home = || match self.ring.home(number) {
            Some(home) if home != self.id => there(home),
            Some(_) if self.standing.is_sure(now) => Some(Lead::Claim),
            Some(_) => Some(Lead::NotYet),
            None => None,
        };
        owner.and_then(there).or_else(home).unwrap_or(Lead::NotYet)
    }

    /// Makes a number mine, for whoever has a ticket.
    pub fn take(&mut self, number: Number, now: Time) {
        if !self.owned.contains_key(&number) {
            self.claim(number, false, now);
        }
    }

    // What is done.

    fn ask(&mut self, now: Time) {
        match self.standing.ask(now) {
            Some(Ask::Grant) => self.effects.push_back(Effect::Grant),
            Some(Ask::Renew) => self.effects.push_back(Effect::Renew),
            None => {}
        }
    }

    fn fence(&mut self, now: Time) {
        self.fenced = Some(now);
        self.effects.push_back(Effect::Fence);
    }

    /// Tells until when the rooms are mine, if none of them is in doubt.
    fn assured(&mut self) {
        if !self.doubted.is_empty() {
            return;
        }
        self.effects.push_back(Effect::Sure(self.standing.sure_until()));
        if self.fenced.take().is_some() {
            self.effects.push_back(Effect::Open);
        }
    }

    fn publish(&mut self, now: Time) {
        self.told = (self.own.load, now);
        self.effects.push_back(Effect::Publish(self.own.clone()));
    }

    fn claim(&mut self, number: Number, spare: bool, now: Time) {
        if let Entry::Vacant(free) = self.asked.entry(number) {
            free.insert(Asked { at: now, spare });
            self.effects.push_back(Effect::Claim(number));
        }
    }

    fn release(&mut self, number: Number) {
        if let Some(owned) = self.owned.remove(&number) {
            self.effects.push_back(Effect::Release(number, owned.revision));
        }
    }

    /// Lets numbers go whose rooms are over, or whose members have not come.
    fn release_unused(&mut self, here: &BTreeSet<Number>, now: Time) {
        let mut over = Vec::new();
        for (number, owned) in &mut self.owned {
            let is_here = here.contains(number);
            if is_here {
                (owned.spare, owned.used) = (false, true);
            }
            if !is_here && !owned.spare && (owned.used || now.since(owned.since) >= KEPT) {
                over.push(*number);
            }
        }
        over.into_iter().for_each(|number| self.release(number));
    }

    fn hand_over(&mut self) {
        let homes = self.owned.iter().map(|(number, owned)| (*number, owned.revision, self.ring.home(*number)));
        let hands: Vec<Effect> =
            homes.filter_map(|(number, revision, to)| Some(Effect::Hand(number, revision, to?))).collect();
        self.effects.extend(hands);
    }

    fn keep_spare(&mut self, now: Time) {
        // Where a relay came, some numbers that nobody uses belong to it now.
        let moved = |(number, owned): (&Number, &Owned)| {
            (owned.spare && self.ring.home(*number) != Some(self.id)).then_some(*number)
        };
        for number in self.owned.iter().filter_map(moved).collect::<Vec<_>>() {
            self.effects.push_back(Effect::Withdraw(number));
            self.release(number);
        }
        let ready = self.owned.values().filter(|owned| owned.spare).count();
        let asked = self.asked.values().filter(|asked| asked.spare).count();
        for _ in ready + asked..self.spare {
            let Self { ring, id, rng, owned, asked, .. } = self;
            let mut draws = (0..DRAWS).filter_map(|_| ring.draw(*id, rng));
            let free = draws.find(|number| !owned.contains_key(number) && !asked.contains_key(number));
            let Some(number) = free else { return };
            self.claim(number, true, now);
        }
    }
}
