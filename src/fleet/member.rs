//! A relay's membership of a fleet: carries out what its core wants, at the registry and at the relay.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::core::{Claimed, Effect, Fleet, Lead, Load, Number, Numbers, Place, Record, RelayId, Settings};
use super::etcd::{self, Etcd, Said};
use super::place::Registry;
use crate::ids::{Nameplate, Time};
use crate::relay::server::{Asked, Guide, Helm, Server, Way};
use crate::transport::settings;
use crate::wire::{Host, RelayAt, limits};

/// How long a relay that says nothing keeps its rooms. Etcd grants nothing much shorter.
const TTL: Duration = Duration::from_secs(3);
const TICK: Duration = Duration::from_millis(250);
/// How long the registry may take for one answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long until it's asked again for all that there is.
const AGAIN: Duration = Duration::from_secs(1);
/// How long a member waits at the door until it's known whose its room is.
const AT_DOOR: Duration = Duration::from_secs(3);
/// How long a relay takes at most to give its rooms away.
const DRAIN: Duration = Duration::from_secs(10);
/// Numbers that are kept ready for new rooms.
const SPARE: usize = 8;

/// What a fleet's relay is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where etcd is.
    pub etcd: Registry,
    /// Where members reach this relay, and the others' members are sent.
    pub address: String,
    /// The label of the region that it serves; may be empty.
    pub region: String,
    /// What all relays of the fleet share.
    pub secret: [u8; 32],
    /// Rooms that this relay can carry.
    pub rooms: u32,
    /// Connections that it can carry.
    pub connections: u32,
}

impl Config {
    fn derived(&self, what: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(what).chain_update(self.secret).finalize().into()
    }
}

/// Whether etcd answers, with its version.
///
/// # Errors
/// What etcd, or the way there, says.
pub async fn check(etcd: &Registry) -> Result<String, String> {
    let asked = timeout(PATIENCE * 2, async { Etcd::at(etcd).await?.version().await });
    match asked.await {
        Ok(Ok(version)) => Ok(version),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it doesn't answer".to_owned()),
    }
}

/// What has come of something that the registry was asked.
enum Heard {
    Granted(i64, Duration, Time),
    Renewed(bool, Time),
    Claimed(Number, Claimed),
    Handed(Number, RelayId, bool),
    Said(Vec<Said>),
    /// All that there is.
    All(Vec<Said>),
}

struct State {
    fleet: Fleet,
    /// Whose the numbers are that others have.
    owners: BTreeMap<Number, RelayId>,
    lease: Option<i64>,
}

struct Shared {
    state: Mutex<State>,
    helm: Helm,
    stood_still: Notify,
    /// Something was asked of the core.
    asked: Notify,
    /// Grows with every answer to a claim.
    answered: watch::Sender<u64>,
}

/// A relay that belongs to a fleet. Dropping it leaves the rooms to whoever takes them once the lease runs out.
pub struct Membership {
    shared: Arc<Shared>,
    etcd: Etcd,
    tasks: Vec<JoinHandle<()>>,
}

impl Membership {
    /// Makes a relay that has started one of the fleet.
    ///
    /// # Errors
    /// What is wrong with the addresses of etcd, or with the relay's own.
    pub async fn start(config: &Config, server: &Server) -> Result<Self, String> {
        let seed = settings::random().map_err(|error| error.to_string())?;
        let etcd = Etcd::at(&config.etcd).await.map_err(|error| error.to_string())?;
        let (key, address) = (server.fingerprint().0, config.address.clone());
        if !Record::is_address(&address) || !Record::is_label(&config.region) {
            return Err("the address or the region has letters that can't stand there".to_owned());
        }
        let digest = Sha256::new().chain_update(key).chain_update(&address).finalize();
        let id = RelayId(digest.iter().take(8).fold(0, |id, byte| id << 8 | u64::from(*byte)));
        let count = u32::from(Nameplate::MAX - Nameplate::MIN) + 1;
        let numbers =
            Arc::new(Numbers::new(u32::from(Nameplate::MIN), count, config.derived(b"ingle fleet numbers 1")));
        let region = config.region.clone();
        let fleet = Fleet::new(Settings { id, address, key, region, numbers, spare: SPARE }, seed);
        let shared = Arc::new_cyclic(|weak: &std::sync::Weak<Shared>| {
            let guide = Door(weak.clone());
            Shared {
                state: Mutex::new(State { fleet, owners: BTreeMap::new(), lease: None }),
                helm: server.join_fleet(Arc::new(guide)),
                stood_still: Notify::new(),
                asked: Notify::new(),
                answered: watch::Sender::new(0),
            }
        });
        let (tell, heard) = mpsc::channel(256);
        let capacity = (config.rooms.max(1), config.connections.max(1));
        let tasks = vec![
            tokio::spawn(follow(etcd.clone(), tell.clone())),
            tokio::spawn(run(shared.clone(), etcd.clone(), tell, heard, capacity)),
        ];
        Ok(Self { shared, etcd, tasks })
    }

    /// Gives all rooms away, and takes no new ones from here on. Returns once they are away, or can't be given.
    pub async fn drain(&self) {
        {
            let mut state = self.shared.lock();
            state.fleet.drain(self.shared.helm.now());
        }
        self.shared.asked.notify_one();
        let empty = async {
            while self.shared.lock().fleet.owned() > 0 {
                sleep(TICK).await;
            }
        };
        let _ = timeout(DRAIN, empty).await;
    }

    /// Gives all rooms away and the lease back.
    pub async fn leave(self) {
        self.drain().await;
        self.tasks.iter().for_each(JoinHandle::abort);
        let lease = self.shared.lock().lease;
        if let Some(lease) = lease {
            // Otherwise it runs out by itself.
            let _ = timeout(PATIENCE, self.etcd.revoke(lease)).await;
        }
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in the core leaves it as whole as it left itself.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lead(&self, asked: Asked) -> Way {
        let number = match asked {
            Asked::Host => {
                let place = self.lock().fleet.place(self.helm.now());
                return match place {
                    Place::Here => Way::Here,
                    Place::There(_, record) => at(&record).map_or(Way::NotYet, Way::There),
                    Place::NotYet => Way::NotYet,
                };
            }
            Asked::Knock(nameplate) => {
                return match self.way(number_of(nameplate)) {
                    Lead::There(_, record) => at(&record).map_or(Way::Here, Way::There),
                    // A decoy answers, as anywhere.
                    Lead::Here | Lead::Claim | Lead::NotYet => Way::Here,
                };
            }
            Asked::Resume(nameplate) => number_of(nameplate),
        };
        let mut answers = self.answered.subscribe();
        let settled = timeout(AT_DOOR, async {
            loop {
                match self.way(number) {
                    Lead::Here => return Way::Here,
                    Lead::There(_, record) => return at(&record).map_or(Way::NotYet, Way::There),
                    Lead::NotYet => return Way::NotYet,
                    Lead::Claim => {
                        self.lock().fleet.take(number, self.helm.now());
                        self.asked.notify_one();
                        if answers.changed().await.is_err() {
                            return Way::NotYet;
                        }
                    }
                }
            }
        });
        settled.await.unwrap_or(Way::NotYet)
    }

    fn way(&self, number: Number) -> Lead {
        let state = self.lock();
        state.fleet.lead(number, state.owners.get(&number).copied(), self.helm.now())
    }

    /// Takes in what the registry said.
    fn hear(&self, heard: Heard) {
        let now = self.helm.now();
        let mut state = self.lock();
        let State { fleet, owners, lease } = &mut *state;
        match heard {
            Heard::Granted(id, ttl, asked) => {
                *lease = Some(id);
                fleet.granted(id, ttl, asked, now);
            }
            Heard::Renewed(true, asked) => fleet.renewed(TTL, asked),
            Heard::Renewed(false, _) => {
                *lease = None;
                fleet.expired(now);
            }
            Heard::Claimed(number, claimed) => {
                if let Claimed::Other(owner) = claimed {
                    owners.insert(number, owner);
                }
                fleet.claimed(number, claimed, now);
                drop(state);
                self.answered.send_modify(|count| *count = count.wrapping_add(1));
            }
            Heard::Handed(number, to, done) => fleet.handed(number, to, done),
            Heard::Said(all) => all.into_iter().for_each(|said| learn(said, fleet, owners, now)),
            Heard::All(all) => {
                let known: BTreeSet<RelayId> = all
                    .iter()
                    .filter_map(|said| if let Said::Relay(id, _) = said { Some(*id) } else { None })
                    .collect();
                let gone: Vec<RelayId> = fleet.others().map(|(id, _)| id).filter(|id| !known.contains(id)).collect();
                gone.into_iter().for_each(|id| fleet.relay(id, None));
                owners.clear();
                all.into_iter().for_each(|said| learn(said, fleet, owners, now));
            }
        }
    }

    /// Tells the relay, or asks the registry, what the core wants.
    fn carry_out(&self, etcd: &Etcd, tell: &mpsc::Sender<Heard>) {
        loop {
            let (effect, lease, id, now) = {
                let mut state = self.lock();
                let Some(effect) = state.fleet.poll_effect() else { return };
                (effect, state.lease, state.fleet.id(), self.helm.now())
            };
            let (etcd, tell) = (etcd.clone(), tell.clone());
            match effect {
                Effect::Sure(until) => self.helm.sure(until),
                Effect::Fence => self.helm.close(),
                Effect::Open => self.helm.open(),
                Effect::Offer(number) => nameplate(number).into_iter().for_each(|plate| self.helm.offer(plate)),
                Effect::Withdraw(number) => nameplate(number).into_iter().for_each(|plate| self.helm.withdraw(plate)),
                Effect::LetGo(number, to) => {
                    let to = to.and_then(|to| self.place_of(to));
                    nameplate(number).into_iter().for_each(|plate| self.helm.let_go(plate, to.as_ref()));
                }
                Effect::Grant => ask(tell, async move {
                    let (lease, ttl) = etcd.grant(TTL).await.ok()?;
                    Some(Heard::Granted(lease, ttl, now))
                }),
                Effect::Renew => ask(tell, async move {
                    let renewed = etcd.renew(lease?).await.ok()?;
                    Some(Heard::Renewed(renewed, now))
                }),
                Effect::Publish(record) => ask(tell, async move {
                    // Whoever isn't known gets no visitors, and says it again with the next change.
                    let _ = etcd.publish(id, &record).await;
                    None
                }),
                Effect::Claim(number) => ask(tell, async move {
                    let claimed = match lease {
                        Some(lease) => timeout(PATIENCE, etcd.claim(number, id, lease)).await.ok().and_then(Result::ok),
                        None => None,
                    };
                    Some(Heard::Claimed(number, claimed.unwrap_or(Claimed::Unanswered)))
                }),
                Effect::Release(number, last) => ask(tell, async move {
                    // Otherwise the key ends with the lease.
                    let _ = etcd.release(number, last).await;
                    None
                }),
                Effect::Hand(number, last, to) => {
                    let lease = self.lock().fleet.other(to).map(|record| record.lease);
                    ask(tell, async move {
                        let done = etcd.hand(number, last, to, lease?).await.ok()?;
                        Some(Heard::Handed(number, to, done))
                    });
                }
            }
        }
    }

    fn place_of(&self, id: RelayId) -> Option<RelayAt> {
        self.lock().fleet.other(id).and_then(|record| at(record))
    }

    /// A few times a second.
    fn tick(&self, (rooms, connections): (u32, u32)) {
        let (now, figures, here) = (self.helm.now(), self.helm.figures(), self.helm.numbers());
        let count = |figure: u64| u32::try_from(figure).unwrap_or(u32::MAX);
        let share = |figure: u64, of: u32| (figure * 1000 / u64::from(of)).min(1000) as u16;
        let permille = share(figures.rooms, rooms).max(share(figures.connections, connections));
        let load = Load { rooms: count(figures.rooms), connections: count(figures.connections), permille };
        let here: BTreeSet<Number> = here.into_iter().map(number_of).collect();
        let (relays, owned) = {
            let mut state = self.lock();
            state.fleet.tick(load, &here, now);
            let takes = state.fleet.others().filter(|(_, record)| !record.draining);
            let relays: Vec<RelayAt> = takes.filter_map(|(_, record)| at(record)).take(limits::RELAYS).collect();
            (relays, state.fleet.owned())
        };
        self.helm.tell_relays(&relays);
        self.helm.count_owned(owned);
    }
}

/// Asks the registry beside all else. Without an answer in time there is none.
fn ask(tell: mpsc::Sender<Heard>, asking: impl Future<Output = Option<Heard>> + Send + 'static) {
    tokio::spawn(async move {
        if let Ok(Some(heard)) = timeout(PATIENCE * 2, asking).await {
            // It's over for a relay that has left.
            let _ = tell.send(heard).await;
        }
    });
}

fn learn(said: Said, fleet: &mut Fleet, owners: &mut BTreeMap<Number, RelayId>, now: Time) {
    match said {
        Said::Relay(id, record) => fleet.relay(id, record.map(Arc::new)),
        Said::Room(number, Some(owner), revision) => {
            owners.insert(number, owner);
            if owner == fleet.id() {
                fleet.given(number, revision, now);
            }
        }
        Said::Room(number, None, revision) => {
            owners.remove(&number);
            fleet.removed(number, revision);
        }
    }
}

async fn run(
    shared: Arc<Shared>,
    etcd: Etcd,
    tell: mpsc::Sender<Heard>,
    mut heard: mpsc::Receiver<Heard>,
    capacity: (u32, u32),
) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = shared.stood_still.notified() => {
                let now = shared.helm.now();
                shared.lock().fleet.slept(now);
            }
            Some(heard) = heard.recv() => shared.hear(heard),
            () = shared.asked.notified() => {}
            _ = ticks.tick() => shared.tick(capacity),
        }
        shared.carry_out(&etcd, &tell);
    }
}

/// Follows what others do, for as long as the registry answers, and then again.
async fn follow(etcd: Etcd, tell: mpsc::Sender<Heard>) {
    loop {
        if let Ok(Ok((all, mut watch))) = timeout(PATIENCE, etcd.follow()).await {
            if tell.send(Heard::All(all)).await.is_err() {
                return;
            }
            while let Some(said) = etcd::next(&mut watch).await {
                if tell.send(Heard::Said(said)).await.is_err() {
                    return;
                }
            }
        }
        sleep(AGAIN).await;
    }
}

fn number_of(nameplate: Nameplate) -> Number {
    Number(u32::from(nameplate.0))
}

fn nameplate(number: Number) -> Option<Nameplate> {
    u16::try_from(number.0).ok().map(Nameplate)
}

/// Where a relay is, for members.
fn at(record: &Record) -> Option<RelayAt> {
    Some(RelayAt { host: Host::try_from(record.address.clone()).ok()?, key: record.key })
}

/// The relay's way to its membership, which has the relay.
struct Door(std::sync::Weak<Shared>);

impl Guide for Door {
    fn lead(&self, asked: Asked) -> Pin<Box<dyn Future<Output = Way> + Send + '_>> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(shared) => shared.lead(asked).await,
                None => Way::NotYet,
            }
        })
    }

    fn stood_still(&self) {
        if let Some(shared) = self.0.upgrade() {
            shared.stood_still.notify_one();
        }
    }
}
