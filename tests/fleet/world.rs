//! A fleet in virtual time: relays with their fences, the registry between them, and groups that look for their relay as members do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use ingle::fleet::core::{
    Claimed, Effect, Fleet, Lead, Load, Number, Numbers, Place, Record, RelayId, Revision, Settings,
};
use ingle::ids::Time;
use ingle::relay::core::Fence;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use crate::registry::{Registry, TTL};

/// Rooms that a relay can carry.
pub(crate) const CAPACITY: u32 = 250;
const REGIONS: [&str; 4] = ["eu", "us", "ap", "sa"];
const TICK: Duration = Duration::from_millis(250);
/// How long members take to see that their relay is silent, and how often they ask another one.
const SILENT: Duration = Duration::from_millis(1400);
const AGAIN: Duration = Duration::from_secs(1);
/// A member follows no more than so many relays, each of which sends it to the next.
const REDIRECTS: u32 = 4;

pub(crate) struct Sim {
    core: Fleet,
    pub(crate) fence: Fence,
    pub(crate) here: BTreeSet<Number>,
    offered: VecDeque<Number>,
    lease: i64,
    pub(crate) region: &'static str,
    dead: bool,
    /// Stands still, with what would have come to it.
    stopped: Option<Vec<What>>,
}

pub(crate) struct Group {
    pub(crate) at: Option<usize>,
    pub(crate) number: Option<Number>,
    region: usize,
    lost: Option<Time>,
    /// How long it was without its relay the last time.
    pub(crate) took: Option<Duration>,
}

impl Group {
    pub(crate) fn region(&self) -> &'static str {
        REGIONS[self.region]
    }
}

#[derive(Clone, Debug)]
enum What {
    Tick(usize),
    Granted(usize, i64, Time),
    Renewed(usize, bool, Time),
    Claimed(usize, Number, Claimed),
    Handed(usize, Number, RelayId, Option<Revision>),
    Given(usize, Number, Revision),
    Record(RelayId, Option<Arc<Record>>),
    /// A group looks for its relay, or for one to begin at.
    Seek(usize),
    /// Its members are with a relay that has claimed their number, or soon will.
    Arrive(usize, usize, Number),
}

pub(crate) struct World {
    pub(crate) now: Time,
    rng: ChaCha20Rng,
    events: BinaryHeap<Reverse<(Time, u64)>>,
    what: BTreeMap<u64, What>,
    count: u64,
    pub(crate) registry: Registry,
    pub(crate) relays: Vec<Sim>,
    ids: BTreeMap<RelayId, usize>,
    pub(crate) groups: Vec<Group>,
    by_number: BTreeMap<Number, usize>,
    /// Relays that hold a room, for each that more than one holds.
    held: BTreeMap<Number, BTreeSet<usize>>,
    pub(crate) checks: u64,
    pub(crate) redirects: u64,
}

impl World {
    pub(crate) fn new(relays: usize, seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        let numbers = Arc::new(Numbers::new(100_000, 900_000, key));
        let mut world = Self {
            now: Time(0),
            rng,
            events: BinaryHeap::new(),
            what: BTreeMap::new(),
            count: 0,
            registry: Registry::default(),
            relays: Vec::new(),
            ids: BTreeMap::new(),
            groups: Vec::new(),
            by_number: BTreeMap::new(),
            held: BTreeMap::new(),
            checks: 0,
            redirects: 0,
        };
        for at in 0..relays {
            let id = RelayId(world.rng.next_u64());
            let region = REGIONS[at % REGIONS.len()];
            let (address, numbers) = (format!("relay-{at}.example:4433"), numbers.clone());
            let settings = Settings { id, address, key: [0; 32], region: region.into(), numbers, spare: 4 };
            let mut seed = [0; 32];
            world.rng.fill_bytes(&mut seed);
            let (core, fence) = (Fleet::new(settings, seed), Fence::closed(Time(0)));
            world.ids.insert(id, at);
            let (here, offered) = (BTreeSet::new(), VecDeque::new());
            world.relays.push(Sim { core, fence, here, offered, lease: 0, region, dead: false, stopped: None });
            let first = world.pick(250);
            world.after(Duration::from_millis(first), What::Tick(at));
        }
        world
    }

    pub(crate) fn pick(&mut self, of: u64) -> u64 {
        self.rng.next_u64() % of
    }

    fn after(&mut self, wait: Duration, what: What) {
        self.count += 1;
        self.events.push(Reverse((self.now + wait, self.count)));
        self.what.insert(self.count, what);
    }

    /// An answer of the registry; none while it's away.
    fn answer(&mut self, what: impl FnOnce(&mut Self) -> What) {
        if !self.registry.is_away() {
            let wait = Duration::from_millis(2 + self.pick(20));
            let what = what(self);
            self.after(wait, what);
        }
    }

    pub(crate) fn run(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(Reverse((time, id))) = self.events.peek().copied().filter(|Reverse((time, _))| *time <= end) {
            self.events.pop();
            self.now = time;
            for gone in self.registry.expire(time) {
                self.spread(gone, None);
            }
            if let Some(what) = self.what.remove(&id) {
                self.happen(what);
            }
        }
        self.now = end;
    }

    fn spread(&mut self, id: RelayId, record: Option<Arc<Record>>) {
        let wait = Duration::from_millis(5 + self.pick(40));
        self.after(wait, What::Record(id, record));
    }

    fn happen(&mut self, what: What) {
        let relay = match &what {
            What::Tick(at)
            | What::Granted(at, ..)
            | What::Renewed(at, ..)
            | What::Claimed(at, ..)
            | What::Handed(at, ..)
            | What::Given(at, ..) => Some(*at),
            What::Record(..) | What::Seek(_) | What::Arrive(..) => None,
        };
        let now = self.now;
        let Some(at) = relay else {
            return match what {
                What::Record(id, record) => self.tell_all(id, &record),
                What::Seek(group) => self.seek(group),
                What::Arrive(group, at, number) => self.arrive(group, at, number),
                _ => {}
            };
        };
        let relay = &mut self.relays[at];
        if relay.dead {
            return;
        }
        if let Some(missed) = &mut relay.stopped {
            missed.push(what);
            return;
        }
        if relay.fence.look(now).1 {
            relay.core.slept(now);
        }
        match what {
            What::Tick(_) => {
                let rooms = relay.here.len() as u32;
                let permille = (rooms * 1000 / CAPACITY).min(u32::from(u16::MAX)) as u16;
                relay.core.tick(Load { rooms, connections: rooms * 8, permille }, &relay.here, now);
                self.after(TICK, What::Tick(at));
            }
            What::Granted(_, lease, asked) => {
                relay.lease = lease;
                relay.core.granted(lease, TTL, asked, now);
            }
            What::Renewed(_, true, asked) => relay.core.renewed(TTL, asked),
            What::Renewed(_, false, _) => relay.core.expired(now),
            What::Claimed(_, number, outcome) => relay.core.claimed(number, outcome, now),
            What::Handed(_, number, to, revision) => {
                relay.core.handed(number, to, revision.is_some());
                if let (Some(revision), Some(to)) = (revision, self.ids.get(&to).copied()) {
                    self.after(Duration::from_millis(5), What::Given(to, number, revision));
                }
            }
            What::Given(_, number, revision) => relay.core.given(number, revision, now),
            What::Record(..) | What::Seek(_) | What::Arrive(..) => {}
        }
        self.effects(at);
    }

    fn tell_all(&mut self, id: RelayId, record: &Option<Arc<Record>>) {
        for relay in self.relays.iter_mut().filter(|relay| !relay.dead) {
            // What a stopped relay missed of others it reads anew: the shell lists them again.
            relay.core.relay(id, record.clone());
        }
    }

    fn effects(&mut self, at: usize) {
        let now = self.now;
        while let Some(effect) = self.relays[at].core.poll_effect() {
            let (id, lease) = (self.relays[at].core.id(), self.relays[at].lease);
            match effect {
                Effect::Grant => self.answer(|world| What::Granted(at, world.registry.grant(id, now), now)),
                Effect::Renew => self.answer(|world| What::Renewed(at, world.registry.renew(lease, now), now)),
                Effect::Sure(until) => self.relays[at].fence.sure(until),
                Effect::Publish(record) => {
                    let record = Arc::new(record);
                    if !self.registry.is_away() && self.registry.publish(id, record.clone()) {
                        self.spread(id, Some(record));
                    }
                }
                Effect::Claim(number) => {
                    self.answer(|world| What::Claimed(at, number, world.registry.claim(number, id, lease)));
                }
                Effect::Release(number, revision) => {
                    if !self.registry.is_away() {
                        self.registry.release(number, revision);
                    }
                }
                Effect::Hand(number, revision, to) => {
                    self.answer(|world| What::Handed(at, number, to, world.registry.hand(number, revision, to)));
                }
                Effect::Offer(number) => self.relays[at].offered.push_back(number),
                Effect::Withdraw(number) => self.relays[at].offered.retain(|offered| *offered != number),
                Effect::LetGo(number, _) => self.let_go(at, number),
                Effect::Fence => self.relays[at].fence.close(),
                Effect::Open => {
                    if !self.relays[at].fence.open(now) {
                        self.relays[at].core.slept(now);
                    }
                }
            }
        }
    }

    /// A room is no longer at a relay; its members, if they are, look for it at once.
    fn let_go(&mut self, at: usize, number: Number) {
        self.relays[at].here.remove(&number);
        if let Some(held) = self.held.get_mut(&number) {
            held.remove(&at);
        }
        let Some(group) = self.by_number.get(&number).copied() else { return };
        if self.groups[group].at == Some(at) {
            self.lose(group, Duration::from_millis(60));
        }
    }

    fn lose(&mut self, group: usize, notice: Duration) {
        self.groups[group].at = None;
        self.groups[group].lost.get_or_insert(self.now);
        self.after(notice, What::Seek(group));
    }

    // Groups.

    pub(crate) fn begin(&mut self, groups: usize, over: Duration) {
        for _ in 0..groups {
            let region = self.pick(REGIONS.len() as u64) as usize;
            self.groups.push(Group { at: None, number: None, region, lost: Some(self.now), took: None });
            let group = self.groups.len() - 1;
            let wait = Duration::from_micros(self.pick(over.as_micros() as u64));
            self.after(wait, What::Seek(group));
        }
    }

    /// A relay that answers: one of the group's region, as its name leads there, or any once it has one.
    fn any_relay(&mut self, region: usize) -> Option<usize> {
        let all = self.relays.len() as u64;
        let mut ask = || {
            let near = (self.pick(all / 4) * 4 + region as u64) as usize;
            Some(near).filter(|at| *at < self.relays.len() && self.answers(*at))
        };
        (0..8).find_map(|_| ask())
    }

    fn answers(&self, at: usize) -> bool {
        !self.relays[at].dead && self.relays[at].stopped.is_none()
    }

    fn seek(&mut self, group: usize) {
        if self.groups[group].at.is_some() {
            return;
        }
        let found = match self.groups[group].number {
            None => self.open(group),
            Some(number) => self.find(group, number),
        };
        if found.is_none() {
            self.after(AGAIN, What::Seek(group));
        }
    }

    fn open(&mut self, group: usize) -> Option<()> {
        let mut at = self.any_relay(self.groups[group].region)?;
        for _ in 0..REDIRECTS {
            let now = self.now;
            if !self.answers(at) {
                return None;
            }
            match self.relays[at].core.place(now) {
                Place::There(id, _) => {
                    self.redirects += 1;
                    at = *self.ids.get(&id)?;
                }
                Place::Here => break,
                Place::NotYet => return None,
            }
        }
        let relay = &mut self.relays[at];
        let number = relay.offered.pop_front()?;
        relay.core.opened(number);
        self.effects(at);
        self.groups[group].number = Some(number);
        assert!(self.by_number.insert(number, group).is_none(), "{number:?} was given twice");
        self.sit(group, at, number);
        Some(())
    }

    fn find(&mut self, group: usize, number: Number) -> Option<()> {
        let mut at = self.any_relay(self.groups[group].region)?;
        for _ in 0..REDIRECTS {
            let now = self.now;
            if !self.answers(at) {
                return None;
            }
            let owner = self.registry.owner(number);
            match self.relays[at].core.lead(number, owner, now) {
                Lead::There(id, _) => {
                    self.redirects += 1;
                    at = *self.ids.get(&id)?;
                }
                Lead::Claim => {
                    self.relays[at].core.take(number, now);
                    self.effects(at);
                    self.after(Duration::from_millis(60), What::Arrive(group, at, number));
                    return Some(());
                }
                Lead::Here => {
                    // Founding it again takes its members a few round trips.
                    self.after(Duration::from_millis(200), What::Arrive(group, at, number));
                    return Some(());
                }
                Lead::NotYet => return None,
            }
        }
        None
    }

    fn arrive(&mut self, group: usize, at: usize, number: Number) {
        let now = self.now;
        let owner = self.registry.owner(number);
        match self.relays[at].core.lead(number, owner, now) {
            Lead::Here if self.answers(at) => self.sit(group, at, number),
            Lead::Here | Lead::Claim | Lead::There(..) | Lead::NotYet => self.after(AGAIN, What::Seek(group)),
        }
    }

    fn sit(&mut self, group: usize, at: usize, number: Number) {
        self.relays[at].here.insert(number);
        self.held.entry(number).or_default().insert(at);
        let lost = self.groups[group].lost.take();
        self.groups[group].took = lost.map(|lost| self.now.since(lost));
        self.groups[group].at = Some(at);
        self.one_at_most(number);
    }

    /// Of all relays that have a room, one at most would send anything for it now.
    fn one_at_most(&mut self, number: Number) {
        let now = self.now;
        let holders = self.held.get(&number).into_iter().flatten();
        let sends = |at: &&usize| self.answers(**at) && self.relays[**at].fence.clone().look(now).0;
        let sending: Vec<usize> = holders.filter(sends).copied().collect();
        assert!(sending.len() <= 1, "{number:?} is sent for by {sending:?} at {now:?}");
        self.checks += 1;
    }

    /// The same, of every room.
    pub(crate) fn one_at_most_everywhere(&mut self) {
        let several: Vec<Number> =
            self.held.iter().filter(|(_, held)| held.len() > 1).map(|(number, _)| *number).collect();
        several.into_iter().for_each(|number| self.one_at_most(number));
        self.checks += self.held.len() as u64;
    }

    // What goes wrong.

    fn members(&self, at: usize) -> Vec<usize> {
        self.groups.iter().enumerate().filter(|(_, group)| group.at == Some(at)).map(|(group, _)| group).collect()
    }

    fn silence(&mut self, at: usize) {
        for group in self.members(at) {
            let notice = SILENT + Duration::from_millis(self.pick(1000));
            self.lose(group, notice);
        }
    }

    pub(crate) fn kill(&mut self, at: usize) {
        self.relays[at].dead = true;
        for number in std::mem::take(&mut self.relays[at].here) {
            self.held.entry(number).or_default().remove(&at);
        }
        self.silence(at);
    }

    pub(crate) fn stop(&mut self, at: usize) {
        self.relays[at].stopped = Some(Vec::new());
        self.silence(at);
    }

    pub(crate) fn go_on(&mut self, at: usize) {
        let missed = self.relays[at].stopped.take().unwrap_or_default();
        // All that came meanwhile is read at once, in any order but before a clock is looked at.
        missed.into_iter().for_each(|what| self.happen(what));
        self.one_at_most_everywhere();
    }

    pub(crate) fn drain(&mut self, at: usize) {
        let now = self.now;
        self.relays[at].core.drain(now);
        self.effects(at);
    }

    pub(crate) fn set_away(&mut self, away: bool) {
        self.registry.set_away(away, self.now);
        if !away {
            let all: Vec<_> = self.registry.records().map(|(id, record)| (id, record.clone())).collect();
            all.into_iter().for_each(|(id, record)| self.tell_all(id, &Some(record)));
        }
    }

    // What there is to see.

    pub(crate) fn seated(&self) -> usize {
        self.groups.iter().filter(|group| group.at.is_some()).count()
    }

    /// How long groups were without their relay, sorted.
    pub(crate) fn absences(&self, which: impl Fn(&Group) -> bool) -> Vec<Duration> {
        let mut all: Vec<Duration> =
            self.groups.iter().filter(|group| which(group)).filter_map(|group| group.took).collect();
        all.sort_unstable();
        all
    }

    /// Whether whatever is here may be sent for.
    pub(crate) fn sends(&self, at: usize) -> bool {
        self.answers(at) && self.relays[at].fence.clone().look(self.now).0
    }
}
