//! The core under its lock, and where its outputs go.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::figures::{Counts, Figures};
use super::guide::{Asked, Guide, Way};
use super::road::{End, Road};
use super::slots::blocks;
use crate::ids::Time;
use crate::relay::core::{ConnId, Fence, Origin, Output, Place, Relay, Steered};
use crate::transport::outbox::{Outbox, Waiting};
use crate::transport::read_lag::ReadLag;
use crate::wire::{self, Hello, Purpose, Refusal, RelayAt, ToMember, ToRelay, limits};

/// How long a member may take to fetch what was queued for it before its line is closed.
const LINGER: Duration = Duration::from_secs(2);
/// How often the fence of a relay in a fleet is looked at.
const FENCE: Duration = Duration::from_millis(250);

/// The core and the lines to its members.
pub(super) struct Hub {
    start: Instant,
    /// Drawn anew by every process, so that nobody can tell from an origin which address it stands for.
    origins: RandomState,
    state: Mutex<State>,
    sooner: Notify,
    emptied: Notify,
    /// Says where groups are, if this relay is one of several.
    guide: OnceLock<Arc<dyn Guide>>,
    opened: Notify,
    /// Bytes that wait in all outboxes, and how many may.
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    /// How long what comes has waited to be read.
    lag: ReadLag,
    counts: Counts,
}

struct State {
    core: Relay,
    lines: HashMap<ConnId, Line>,
    connected: u64,
    /// When the timekeeper means to wake.
    alarm: Time,
    /// Only for a relay in a fleet.
    fence: Option<Fence>,
    /// Other relays that members are to know, and who has been told of them.
    told: (Vec<RelayAt>, HashSet<ConnId>),
}

struct Line {
    road: Road,
    /// `None` once the core has closed the line: nothing more is taken from it or put onto it.
    outbox: Option<Outbox>,
    /// When the core closed it.
    closed: Option<Time>,
    /// Whether the core knows that so much waits that the member can't follow.
    backlogged: bool,
    /// Packets that had arrived when the line was looked at last.
    arrived: u64,
}

impl Line {
    /// Its member reads too slowly.
    fn cut(&mut self) {
        self.outbox = None;
        self.road.end(End::TooSlow);
    }
}

impl Hub {
    /// Around this core. At most `most_waiting` bytes wait in all outboxes together. `lag` tells how long what comes has waited.
    pub(super) fn new(core: Relay, most_waiting: usize, lag: ReadLag) -> Self {
        let (lines, told) = (HashMap::new(), (Vec::new(), HashSet::new()));
        let state = State { core, lines, connected: 0, alarm: Time::NEVER, fence: None, told };
        let origins = RandomState::new();
        Self {
            start: Instant::now(),
            origins,
            state: Mutex::new(state),
            sooner: Notify::new(),
            emptied: Notify::new(),
            guide: OnceLock::new(),
            opened: Notify::new(),
            waiting: Arc::default(),
            most_waiting,
            lag,
            counts: Counts::default(),
        }
    }

    /// Takes a connection from this address in. The second value is where the core's messages to it wait to be written.
    pub(super) fn connect(&self, road: Road, address: IpAddr) -> (ConnId, Waiting) {
        let (outbox, waiting) = Outbox::counted(limits::OUTBOX, self.waiting.clone());
        let blocks = blocks(address);
        let [household, block, network] = blocks.map(|block| Some(Origin(self.origins.hash_one(block?))));
        let from = Place { household: household.unwrap_or_default(), block, network };
        let mut state = self.lock();
        state.connected += 1;
        let conn = ConnId(state.connected);
        let outbox = Some(outbox);
        let line = Line { road, outbox, closed: None, backlogged: false, arrived: 0 };
        state.lines.insert(conn, line);
        self.call(&mut state, Some(conn), |core, now| core.handle_connected(conn, from, now));
        (conn, waiting)
    }

    /// Hands an event of an open line to the core. Behind a closed fence it's passed over.
    pub(super) fn input(&self, conn: ConnId, event: impl FnOnce(&mut Relay, Time)) {
        let mut state = self.lock();
        if self.passes(&mut state) && state.lines.get(&conn).is_some_and(|line| line.outbox.is_some()) {
            state.core.handle_lag(self.lag.get());
            self.call(&mut state, Some(conn), event);
        }
    }

    /// Hands a control message of an open line to the core, as soon as the fence is open.
    pub(super) async fn control(&self, conn: ConnId, message: ToRelay) {
        let mut waiting = Some(message);
        loop {
            let opened = self.opened.notified();
            if self.take_control(conn, &mut waiting) {
                return;
            }
            opened.await;
        }
    }

    /// Whether the fence is open.
    fn take_control(&self, conn: ConnId, waiting: &mut Option<ToRelay>) -> bool {
        let mut state = self.lock();
        let passes = self.passes(&mut state);
        let is_open = state.lines.get(&conn).is_some_and(|line| line.outbox.is_some());
        if let Some(message) = waiting.take_if(|_| passes && is_open) {
            state.core.handle_lag(self.lag.get());
            self.call(&mut state, Some(conn), |core, now| core.handle_control(conn, message, now));
        }
        passes
    }

    /// Whether somebody who greets is right here. Otherwise they have been told where to go, or to come again.
    pub(super) async fn welcomes(&self, conn: ConnId, hello: &Hello) -> bool {
        let Some(guide) = self.guide.get().filter(|_| hello.version == wire::VERSION) else { return true };
        let asked = match &hello.purpose {
            Purpose::Host => Asked::Host,
            Purpose::Knock(nameplate, _) => Asked::Knock(*nameplate),
            Purpose::Resume(ticket, _) | Purpose::SecondWay(ticket) => {
                match self.steer(|steered| steered.number_of(ticket)) {
                    Some(nameplate) => Asked::Resume(nameplate),
                    // The core says what is wrong with it.
                    None => return true,
                }
            }
        };
        let message = match (guide.lead(asked).await, asked) {
            (Way::Here, _) => return true,
            (Way::There(relay), _) => {
                self.counts.redirect();
                ToMember::Elsewhere(relay)
            }
            (Way::NotYet, Asked::Host) => ToMember::Refused(Refusal::NotYet),
            (Way::NotYet, Asked::Knock(_) | Asked::Resume(_)) => ToMember::Refused(Refusal::Busy),
        };
        let Ok(bytes) = wire::encode(&message) else { return true };
        let (bytes, now) = (bytes.into(), self.now());
        let mut state = self.lock();
        for output in [Output::Control { to: conn, bytes, awaited: true }, Output::Close { conn }] {
            send(&mut state.lines, output, &self.counts, now);
        }
        false
    }

    // For a relay that is one of several.

    /// From here on `guide` says where groups are. Nothing is sent for any room before the fence is opened.
    pub(super) fn join_fleet(&self, guide: Arc<dyn Guide>) {
        let mut state = self.lock();
        state.fence = Some(Fence::closed(self.now()));
        state.core.steered().open_where_offered();
        // A second one would have nothing to say.
        let _ = self.guide.set(guide);
    }

    /// Does something to the rooms.
    pub(super) fn steer<T>(&self, does: impl FnOnce(&mut Steered<'_>) -> T) -> T {
        let mut state = self.lock();
        let done = does(&mut state.core.steered());
        self.call(&mut state, None, |_, _| {});
        done
    }

    /// Does something to the fence. What waited before it goes on if it's open.
    pub(super) fn fence(&self, does: impl FnOnce(&mut Fence, Time)) {
        let mut state = self.lock();
        let now = self.now();
        if let Some(fence) = &mut state.fence {
            does(fence, now);
        }
        if self.passes(&mut state) {
            self.call(&mut state, None, |_, _| {});
            self.opened.notify_waiters();
        }
    }

    /// Tells members of these relays, each once.
    pub(super) fn tell_relays(&self, relays: &[RelayAt]) {
        let mut state = self.lock();
        if !self.passes(&mut state) {
            return;
        }
        let State { core, told: (last, told), .. } = &mut *state;
        if last != relays {
            *last = relays.to_vec();
            told.clear();
        }
        let mut steered = core.steered();
        let members: HashSet<ConnId> = steered.members().collect();
        told.retain(|conn| members.contains(conn));
        let new: Vec<ConnId> = members.difference(told).copied().collect();
        if !new.is_empty() && !relays.is_empty() {
            steered.tell(&new, &ToMember::Relays(relays.to_vec()));
            told.extend(new);
            self.call(&mut state, None, |_, _| {});
        }
    }

    /// So many numbers are this relay's.
    pub(super) fn count_owned(&self, owned: usize) {
        self.counts.owned(owned);
    }

    /// Whether anything may be sent for a room now.
    fn passes(&self, state: &mut State) -> bool {
        let Some(fence) = &mut state.fence else { return true };
        let (open, stood_still) = fence.look(self.now());
        if stood_still {
            self.stood_still();
        }
        open
    }

    /// The registry must say whose the rooms are.
    pub(super) fn stood_still(&self) {
        self.counts.fenced();
        if let Some(guide) = self.guide.get() {
            guide.stood_still();
        }
    }

    /// Forgets a connection that is over.
    pub(super) fn disconnect(&self, conn: ConnId) {
        let mut state = self.lock();
        state.lines.remove(&conn);
        self.call(&mut state, None, |core, now| core.handle_closed(conn, now));
        if state.lines.is_empty() {
            self.emptied.notify_waiters();
        }
    }

    /// Tells the core which lines brought a packet since the last call, and gives up closed lines whose members have not fetched
    /// their last messages in time.
    pub(super) fn look(&self) {
        let mut state = self.lock();
        let now = self.now();
        let mut heard = Vec::new();
        for (conn, line) in &mut state.lines {
            if line.closed.is_some_and(|at| now.since(at) >= LINGER) {
                line.road.end(End::Closed);
            }
            let arrived = line.road.look();
            if std::mem::replace(&mut line.arrived, arrived) != arrived {
                heard.push(*conn);
            }
        }
        let follows = |line: &Line| line.outbox.as_ref().is_none_or(|outbox| outbox.waiting() < limits::BACKLOG / 2);
        let caught_up = state.lines.iter_mut().filter(|(_, line)| line.backlogged && follows(line));
        let mut caught_up: Vec<ConnId> = caught_up
            .map(|(conn, line)| {
                line.backlogged = false;
                *conn
            })
            .collect();
        // In the order in which they came, whatever the map's is.
        caught_up.sort_unstable();
        heard.sort_unstable();
        for conn in caught_up {
            self.call(&mut state, Some(conn), |core, now| core.handle_backlog(conn, false, now));
        }
        for conn in heard {
            self.call(&mut state, Some(conn), |core, now| core.handle_heard(conn, now));
        }
    }

    /// Lets the core do what is due, and returns how long it can wait.
    pub(super) fn tick(&self) -> Duration {
        let mut state = self.lock();
        if !self.passes(&mut state) {
            state.alarm = self.now() + FENCE;
            return FENCE;
        }
        if state.core.poll_timeout().is_some_and(|due| due <= self.now()) {
            self.call(&mut state, None, Relay::handle_timeout);
        }
        let fence = if state.fence.is_some() { self.now() + FENCE } else { Time::NEVER };
        state.alarm = state.core.poll_timeout().unwrap_or(Time::NEVER).min(fence);
        state.alarm.since(self.now())
    }

    /// Returns when [`Hub::tick`] is due earlier than it said.
    pub(super) async fn sooner(&self) {
        self.sooner.notified().await;
    }

    /// Makes the core say goodbye to everybody. Returns how many connections there are.
    pub(super) fn drain(&self, why: Refusal) -> usize {
        let mut state = self.lock();
        self.call(&mut state, None, |core, now| core.drain(why, now));
        state.lines.len()
    }

    /// Returns when no connection is open.
    pub(super) async fn emptied(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.lock().lines.is_empty() {
                return;
            }
            emptied.await;
        }
    }

    /// Sends out an output as if the core had made it.
    #[cfg(test)]
    pub(super) fn put(&self, output: Output) {
        self.put_all(std::iter::once(output));
    }

    /// Sends out outputs as if one call of the core had made them.
    #[cfg(test)]
    pub(super) fn put_all(&self, mut outputs: impl Iterator<Item = Output>) {
        let now = self.now();
        let State { core, lines, .. } = &mut *self.lock();
        self.send_all(core, lines, |_| outputs.next(), now);
    }

    /// What goes on, as far as it is known here.
    pub(super) fn figures(&self) -> Figures {
        let state = self.lock();
        let (rooms, members) = state.core.count();
        Figures {
            rooms: rooms as u64,
            members: members as u64,
            connections: state.lines.len() as u64,
            waiting_bytes: self.waiting.load(Ordering::Relaxed) as u64,
            stale_frames: state.core.stale_frames(),
            uptime: self.start.elapsed().as_secs(),
            ..self.counts.figures()
        }
    }

    /// The connections of which the core knows that they can't follow.
    #[cfg(test)]
    pub(super) fn backlogged(&self) -> Vec<ConnId> {
        let state = self.lock();
        sorted(state.lines.iter().filter(|(_, line)| line.backlogged).map(|(conn, _)| *conn))
    }

    /// The connections that are written to.
    #[cfg(test)]
    pub(super) fn open(&self) -> Vec<ConnId> {
        let state = self.lock();
        sorted(state.lines.iter().filter(|(_, line)| line.outbox.is_some()).map(|(conn, _)| *conn))
    }

    /// How many connections are open.
    #[cfg(test)]
    pub(super) fn lines(&self) -> usize {
        self.lock().lines.len()
    }

    /// Sends out all that `next` gives, and tells the core which connections can't follow.
    fn send_all(
        &self,
        core: &mut Relay,
        lines: &mut HashMap<ConnId, Line>,
        mut next: impl FnMut(&mut Relay) -> Option<Output>,
        now: Time,
    ) {
        while let Some(output) = next(core) {
            if let Some(slow) = send(lines, output, &self.counts, now) {
                core.handle_backlog(slow, true, now);
            }
        }
        self.relieve(lines);
    }

    /// Cuts the connections for which most waits until what waits for all has room.
    fn relieve(&self, lines: &mut HashMap<ConnId, Line>) {
        if self.waiting.load(Ordering::Relaxed) <= self.most_waiting {
            return;
        }
        let waiting = |line: &Line| line.outbox.as_ref().map_or(0, Outbox::waiting);
        // Connections that were cut a moment ago still count in the sum above.
        let all: usize = lines.values().map(waiting).sum();
        let mut over = all.saturating_sub(self.most_waiting);
        while over > 0 {
            let largest = lines.values_mut().max_by_key(|line| waiting(line)).filter(|line| waiting(line) > 0);
            let Some(line) = largest else { return };
            over = over.saturating_sub(waiting(line));
            self.counts.cut();
            line.cut();
        }
    }

    /// The time as the core knows it.
    pub(super) fn now(&self) -> Time {
        Time::default() + self.start.elapsed()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The core's panics are caught inside the lock, so what is in it is as whole as the core left it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls the core and sends out its outputs. A panic costs the line that brought it about, and nobody else's.
    fn call(&self, state: &mut State, cause: Option<ConnId>, event: impl FnOnce(&mut Relay, Time)) {
        let now = self.now();
        let passes = self.passes(state);
        let State { core, lines, .. } = &mut *state;
        if catch_unwind(AssertUnwindSafe(|| event(core, now))).is_err() {
            // What it was about stays out of the log: it may be somebody's.
            self.counts.fault();
            tracing::error!("a fault in the relay's core; the connection that met it is closed");
            if let Some(line) = cause.and_then(|conn| lines.get_mut(&conn)) {
                line.outbox = None;
                line.road.end(End::Fault);
            }
        }
        if !passes {
            return;
        }
        self.send_all(core, lines, |core| catch_unwind(AssertUnwindSafe(|| core.poll_output())).ok().flatten(), now);
        if core.poll_timeout().is_some_and(|due| due < state.alarm) {
            self.sooner.notify_one();
        }
    }
}

#[cfg(test)]
fn sorted(conns: impl Iterator<Item = ConnId>) -> Vec<ConnId> {
    let mut conns: Vec<ConnId> = conns.collect();
    conns.sort_unstable();
    conns
}

/// Does what the core asks for. The connection that can't follow any more, if it's one that could before.
fn send(lines: &mut HashMap<ConnId, Line>, output: Output, counts: &Counts, now: Time) -> Option<ConnId> {
    match output {
        Output::Datagram { to, bytes } => {
            if let Some(line) = lines.get_mut(&to).filter(|line| line.outbox.is_some()) {
                counts.datagram(bytes.len());
                line.road.datagram(bytes);
            }
        }
        Output::Control { to, bytes, awaited } => {
            let line = lines.get_mut(&to)?;
            let outbox = line.outbox.as_ref()?;
            if outbox.push(bytes, awaited).is_err() {
                counts.cut();
                line.cut();
            } else if outbox.waiting() >= limits::BACKLOG && !line.backlogged {
                line.backlogged = true;
                return Some(to);
            }
        }
        Output::Close { conn } => {
            if let Some(line) = lines.get_mut(&conn) {
                line.outbox = None;
                line.closed.get_or_insert(now);
            }
        }
    }
    None
}
