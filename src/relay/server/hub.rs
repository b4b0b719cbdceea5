//! The core under its lock, and where its outputs go.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::figures::{Counts, Figures};
use super::road::{End, Road};
use super::slots::blocks;
use crate::ids::Time;
use crate::relay::core::{ConnId, Origin, Output, Place, Relay};
use crate::transport::outbox::{Outbox, Waiting};
use crate::transport::read_lag::ReadLag;
use crate::wire::{Refusal, limits};

/// How long a member may take to fetch what was queued for it before its line is closed.
const LINGER: Duration = Duration::from_secs(2);

/// The core and the lines to its members.
pub(super) struct Hub {
    start: Instant,
    /// Drawn anew by every process, so that nobody can tell from an origin which address it stands for.
    origins: RandomState,
    state: Mutex<State>,
    sooner: Notify,
    emptied: Notify,
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
        let state = State { core, lines: HashMap::new(), connected: 0, alarm: Time::NEVER };
        let origins = RandomState::new();
        Self {
            start: Instant::now(),
            origins,
            state: Mutex::new(state),
            sooner: Notify::new(),
            emptied: Notify::new(),
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

    /// Hands an event of an open line to the core.
    pub(super) fn input(&self, conn: ConnId, event: impl FnOnce(&mut Relay, Time)) {
        let mut state = self.lock();
        if state.lines.get(&conn).is_some_and(|line| line.outbox.is_some()) {
            state.core.handle_lag(self.lag.get());
            self.call(&mut state, Some(conn), event);
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
        if state.core.poll_timeout().is_some_and(|due| due <= self.now()) {
            self.call(&mut state, None, Relay::handle_timeout);
        }
        state.alarm = state.core.poll_timeout().unwrap_or(Time::NEVER);
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
