//! One relay, some members, and the lines between them.

use std::collections::BTreeMap;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::check::Witness;
use super::conn::Conn;
use super::machine::Machine;
use super::network::{Quality, Way};
use super::queue::Queue;
use super::script::{Script, Step};
use crate::ids::{Attempt, Index, SeatId, Time};
use crate::member::{Effect, Member};
use crate::relay::core::{ConnId, Output, Relay};
use crate::session::{Event, Intent, Phase, State, Trouble, Whom};
use crate::wire::{self, Entry, EntryKind, Gone, ToMember, ToRelay};

/// The relay's key.
pub(super) const RELAY_KEY: [u8; 32] = [3; 32];
/// How long a joiner waits at a door that isn't open.
const SAYS_YES: Duration = Duration::from_secs(8);

pub(super) enum WorldEvent {
    Step(Step),
    /// A member's clock.
    Wake(usize),
    RelayWake,
    /// An attempt to connect has succeeded or failed.
    Dialled(usize, ConnId, bool),
    /// The same of a second way.
    DialledSecond(usize, ConnId, bool),
    ToRelay(ConnId, Vec<u8>),
    ToMember(ConnId, Vec<u8>),
    UpDatagram(ConnId, Vec<u8>),
    DownDatagram(ConnId, Vec<u8>),
    Acknowledged(ConnId),
    Counts(usize),
    Voice(usize, Time, u8),
    /// The member with the door lets in this joiner, if it still waits.
    SaysYes(usize, Attempt),
    /// This member says that the one on this seat is the same as before.
    GivesBack(usize, SeatId),
    Closed(ConnId),
    /// A member is told what it is playing.
    Playing(usize),
    /// A program that stood still may go on.
    Thawed(usize),
    /// What was sent at this time should have been acknowledged, or the probe with this number in its row follows.
    Probe(ConnId, Time, u32),
    /// A packet that carries nothing.
    Probed(ConnId),
}

/// A simulated session.
///
/// ```
/// use std::time::Duration;
///
/// use ingle::sim::{Step, World};
///
/// // Two members, a line that is dark for 20 s, and a voice on it.
/// let mut world = World::new(2, 7);
/// for member in 0..2 {
///     world.take_step(Step::Start(member));
///     world.pass(Duration::from_secs(5));
/// }
/// world.take_step(Step::Blackout(1, Duration::from_secs(20)));
/// world.take_step(Step::Talk(0, Duration::from_secs(10)));
/// world.pass(Duration::from_secs(60));
/// assert_eq!(world.state(1).map(|state| state.circle.seats.len()), Some(2));
/// assert!(world.heard(1) > 0, "what was missed came afterwards");
/// world.settle().expect("both agree about everything");
/// ```
pub struct World {
    pub(super) now: Time,
    pub(super) queue: Queue<WorldEvent>,
    pub(super) relay: Relay,
    pub(super) relay_wake: Time,
    /// What is left of the relay when its program ends, and when that is there again.
    pub(super) relay_secret: [u8; 32],
    pub(super) relay_up: Time,
    pub(super) machines: Vec<Machine>,
    pub(super) conns: BTreeMap<ConnId, Conn>,
    pub(super) next_conn: u64,
    pub(super) rng: ChaCha20Rng,
    pub(super) code: Option<String>,
    pub(super) witness: Witness,
    /// Withholds this entry from this member, so that the check must find it.
    pub(super) planted: Option<(usize, Index)>,
    pub(super) events: u64,
    /// What each member was told, if it is recorded.
    pub(super) record: Option<Vec<(usize, Event)>>,
    /// Kilobits a second that each control stream has; `None`: any number.
    pub(super) narrow: Option<f64>,
}

impl World {
    /// A world in which nothing has happened.
    pub fn new(members: usize, seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut own = || {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            bytes
        };
        let relay_secret = own();
        let relay = Relay::with_secret(own(), relay_secret, Time(0));
        let machines = (0..members).map(|_| Machine::new(ChaCha20Rng::from_seed(own()))).collect();
        Self {
            now: Time(0),
            queue: Queue::new(),
            relay,
            relay_wake: Time::NEVER,
            relay_secret,
            relay_up: Time(0),
            machines,
            conns: BTreeMap::new(),
            next_conn: 0,
            rng,
            code: None,
            witness: Witness::default(),
            planted: None,
            events: 0,
            record: None,
            narrow: None,
        }
    }

    /// Plays a script, lets everything settle for two minutes on good lines, and says what was wrong.
    ///
    /// # Errors
    /// The first contradiction that was found.
    pub fn play(script: &Script, seed: u64) -> Result<Self, String> {
        let mut world = Self::new(script.members, seed);
        world.run(script);
        world.verdict().map(|()| world)
    }

    /// As [`Self::play`], with a fault planted: a member is kept from applying one entry.
    ///
    /// # Errors
    /// As [`Self::play`]; here that is what is wanted.
    pub fn play_with_fault(script: &Script, seed: u64, member: usize, index: Index) -> Result<Self, String> {
        let mut world = Self::new(script.members, seed);
        world.planted = Some((member, index));
        world.run(script);
        world.verdict().map(|()| world)
    }

    /// What everybody has seen.
    pub fn witness(&self) -> &Witness {
        &self.witness
    }

    /// The group as this member sees it, if it is in.
    pub fn state(&self, member: usize) -> Option<&State> {
        let member = self.machines.get(member)?.member.as_ref()?;
        (member.room().phase == Phase::In).then(|| &member.room().state)
    }

    fn run(&mut self, script: &Script) {
        for (at, step) in &script.steps {
            self.at(*at, WorldEvent::Step(step.clone()));
        }
        self.until(script.end);
        self.mend();
    }

    /// All lines are good from here on; two minutes pass.
    pub(super) fn mend(&mut self) {
        for machine in &mut self.machines {
            machine.net.quality = Quality::GOOD;
            machine.net.dark_until = self.now;
            machine.second.iter_mut().for_each(|second| second.net.dark_until = self.now);
            machine.frozen_until = self.now;
        }
        for machine in 0..self.machines.len() {
            self.wake(machine, self.now);
        }
        self.until(self.now + Duration::from_secs(120));
    }

    pub(super) fn at(&mut self, time: Time, event: WorldEvent) {
        self.queue.add(time.max(self.now), event);
    }

    pub(super) fn until(&mut self, end: Time) {
        while let Some((time, event)) = self.queue.next_until(end) {
            self.now = time;
            self.events += 1;
            self.happen(event);
        }
        self.now = end;
    }

    fn happen(&mut self, event: WorldEvent) {
        let now = self.now;
        if let Some(until) = self.asleep(&event) {
            return self.at(until, event);
        }
        match event {
            WorldEvent::Step(step) => self.step(step),
            WorldEvent::Wake(at) => {
                if self.machines[at].wake <= now {
                    self.machines[at].wake = Time::NEVER;
                    self.with(at, |member, now| {
                        if member.poll_timeout() <= now {
                            member.handle_timeout(now);
                        }
                    });
                }
            }
            WorldEvent::RelayWake => {
                if self.relay_wake <= now {
                    self.relay_wake = Time::NEVER;
                    self.relay.handle_timeout(now);
                }
                self.drain_relay();
            }
            WorldEvent::Dialled(at, conn, up) => self.dialled(at, conn, up),
            WorldEvent::DialledSecond(at, conn, up) => self.dialled_second(at, conn, up),
            WorldEvent::ToRelay(conn, bytes) => {
                let Some(link) = self.conns.get_mut(&conn).filter(|link| !link.dead) else { return };
                link.framing[Way::Up as usize].push(&bytes);
                while let Ok(Some(message)) = link.framing[Way::Up as usize].next_message::<ToRelay>() {
                    self.relay.handle_control(conn, message, now);
                }
                self.acknowledge(conn);
                self.drain_relay();
            }
            WorldEvent::UpDatagram(conn, bytes) => {
                if self.conns.get(&conn).is_some_and(|link| !link.dead) {
                    self.relay.handle_datagram(conn, &bytes, now);
                    self.acknowledge(conn);
                    self.drain_relay();
                }
            }
            WorldEvent::ToMember(conn, bytes) => self.deliver(conn, &bytes),
            WorldEvent::DownDatagram(conn, bytes) => {
                if let Some((at, way)) = self.way_of(conn) {
                    self.came(at, conn);
                    self.with(at, |member, now| member.handle_datagram_by(way, &bytes, now));
                }
            }
            WorldEvent::Acknowledged(conn) => {
                if let Some((at, _)) = self.way_of(conn) {
                    self.came(at, conn);
                }
            }
            WorldEvent::Counts(at) => {
                let quality = self.machines[at].net.quality;
                self.machines[at].counts.rtt = quality.round();
                self.count_second(at);
                let counts = self.machines[at].counts;
                if self.machines[at].conn.is_some() {
                    self.with(at, |member, now| member.handle_counts(counts, now));
                }
                self.at(now + Duration::from_secs(1), WorldEvent::Counts(at));
            }
            WorldEvent::Probe(conn, sent, nth) => self.probe(conn, sent, nth),
            WorldEvent::Probed(conn) => {
                if self.conns.get(&conn).is_some_and(|link| !link.dead) {
                    self.relay.handle_heard(conn, now);
                    self.acknowledge(conn);
                    self.drain_relay();
                }
            }
            WorldEvent::Voice(at, end, tick) => self.voice(at, end, tick),
            WorldEvent::SaysYes(at, knock) => self.intend(at, Intent::Admit(Whom::One(knock))),
            WorldEvent::GivesBack(at, seat) => self.intend(at, Intent::GiveBack(seat)),
            WorldEvent::Thawed(at) => self.thawed(at),
            WorldEvent::Playing(at) => self.playing(at),
            WorldEvent::Closed(conn) => {
                let owner = self.owner(conn);
                self.second_closed(conn);
                self.conns.remove(&conn);
                if let Some(at) = owner {
                    self.machines[at].conn = None;
                    self.with(at, Member::handle_disconnected);
                }
            }
        }
    }

    /// The machine whose present connection this is, if its program can take anything now.
    pub(super) fn owner(&self, conn: ConnId) -> Option<usize> {
        let link = self.conns.get(&conn).filter(|link| !link.dead)?;
        (self.machines[link.machine].conn == Some(conn)).then_some(link.machine)
    }

    /// Lets a member act, and carries out its effects. A program that stands still does so when it goes on.
    pub(super) fn with(&mut self, at: usize, act: impl FnOnce(&mut Member, Time)) {
        let now = self.now;
        let machine = &mut self.machines[at];
        let Some(member) = &mut machine.member else { return };
        act(member, now);
        while let Some(effect) = self.machines[at].member.as_mut().and_then(Member::poll_effect) {
            self.effect(at, effect);
        }
        let Some(member) = &self.machines[at].member else { return };
        let due = member.poll_timeout();
        if due != Time::NEVER {
            self.wake(at, due.max(self.machines[at].frozen_until));
        }
    }

    /// A member's clock goes off then, unless it does before.
    fn wake(&mut self, at: usize, due: Time) {
        if due < self.machines[at].wake {
            self.machines[at].wake = due;
            self.at(due, WorldEvent::Wake(at));
        }
    }

    fn effect(&mut self, at: usize, effect: Effect) {
        match effect {
            Effect::Dial => {
                self.drop_link(at);
                self.dial(at);
            }
            Effect::Race => self.dial(at),
            // There is no other road here, and no other relay.
            Effect::Upgrade | Effect::Follow(_) | Effect::Others(_) => {}
            Effect::EndRace => self.machines[at].dialling = None,
            Effect::Hangup => {
                // What was written before arrives first, as the transport flushes.
                self.machines[at].dialling = None;
                if let Some(conn) = self.machines[at].conn.take() {
                    let time = self.stream(conn, Way::Up, 0);
                    self.at(time, WorldEvent::Closed(conn));
                }
            }
            Effect::Control(message) => {
                if let (Some(conn), Ok(bytes)) = (self.machines[at].conn, wire::encode(&message)) {
                    let time = self.stream(conn, Way::Up, bytes.len());
                    self.at(time, WorldEvent::ToRelay(conn, bytes));
                }
            }
            Effect::Datagram(bytes) => self.datagram(at, &bytes, false),
            Effect::DatagramBoth(bytes) => self.datagram(at, &bytes, true),
            Effect::DialSecond => self.dial_second(at),
            Effect::SecondControl(message) => self.second_control(at, &message),
            Effect::DropSecond => self.drop_second(at),
            Effect::Play(heard) => self.note_play(at, &heard),
            Effect::Expect(seat, late) => self.note_expected(at, seat, late),
            Effect::Plan(plan) => self.machines[at].plan = plan,
            Effect::Layers(thin) => self.machines[at].set_layers(thin),
            Effect::SkipMissed => self.skipped(at),
            Effect::Forget(_)
            | Effect::Microphone(_)
            | Effect::Device(..)
            | Effect::PlayAloud
            | Effect::Volume(..)
            | Effect::SoundCheck(_)
            | Effect::MakeWords(_) => {}
            Effect::Tell(event) => self.told(at, event),
        }
    }

    fn told(&mut self, at: usize, event: Event) {
        if let Some(record) = &mut self.record {
            record.push((at, event.clone()));
        }
        let machine = &mut self.machines[at];
        machine.keep(self.now, &event);
        machine.keep_private(&event);
        let Some(member) = &machine.member else { return };
        match event {
            Event::State { index, hash } => {
                self.witness.state(at, index, hash);
                machine.shown.drain(..).for_each(|text| self.witness.chat(at, machine.runs, index, &text));
            }
            Event::Chat { text, .. } => {
                machine.open_lines.retain(|line| *line != text);
                machine.shown.push(text);
            }
            Event::Behind { .. } | Event::HeardBy(_) => self.told_of_hearing(at, &event),
            Event::Joined => self.code = self.code.take().or_else(|| member.room().code.clone()),
            Event::NewCode => self.code = member.room().code.clone(),
            // The host's door is open. A member who gets the door later says yes to all who still wait.
            Event::Knock { attempt: knock, .. } => self.at(self.now + SAYS_YES, WorldEvent::SaysYes(at, knock)),
            Event::Namesake { seat, .. } => self.at(self.now + SAYS_YES, WorldEvent::GivesBack(at, seat)),
            Event::WrongWords { held: true, .. } | Event::TryWaits => {
                self.at(self.now, WorldEvent::Step(Step::AllowTry(at)))
            }
            Event::Trouble(Trouble::NotTaken(Some(text))) => machine.open_lines.retain(|line| *line != text),
            Event::Trouble(Trouble::TooFast) => _ = machine.open_lines.pop(),
            Event::Trouble(Trouble::Diverged) => self.witness.fault(format!("member {at} found a gap")),
            Event::Line { back: false } => machine.breaks.push((self.now, None)),
            Event::Line { back: true } => {
                machine.breaks.last_mut().into_iter().for_each(|(_, back)| *back = Some(self.now));
            }
            // A seat that was given up takes the lines on their way with it.
            Event::Closed(_) => machine.open_lines.clear(),
            _ => {}
        }
    }

    fn deliver(&mut self, conn: ConnId, bytes: &[u8]) {
        let Some((at, way)) = self.way_of(conn) else { return };
        if way == crate::adapt::Way::Second {
            return self.take_second(at, conn, bytes);
        }
        let machine = &mut self.machines[at];
        if machine.frozen_until > self.now || !machine.held.is_empty() {
            machine.held.push_back((conn, bytes.to_vec()));
            let when = machine.frozen_until;
            return self.at(when, WorldEvent::Thawed(at));
        }
        self.take(at, conn, bytes);
    }

    fn thawed(&mut self, at: usize) {
        if self.machines[at].frozen_until > self.now {
            return self.at(self.machines[at].frozen_until, WorldEvent::Thawed(at));
        }
        while let Some((conn, bytes)) = self.machines[at].held.pop_front() {
            if self.owner(conn) == Some(at) {
                self.take(at, conn, &bytes);
            }
        }
    }

    fn take(&mut self, at: usize, conn: ConnId, bytes: &[u8]) {
        self.came(at, conn);
        let Some(link) = self.conns.get_mut(&conn) else { return };
        link.framing[Way::Down as usize].push(bytes);
        let mut messages = Vec::new();
        while let Ok(Some(message)) = link.framing[Way::Down as usize].next_message::<ToMember>() {
            messages.push(message);
        }
        for message in messages {
            let message = self.spoil(at, message);
            self.with(at, |member, now| member.handle_control(message, now));
        }
    }

    /// In the place of the planted entry the member gets one that says nothing.
    fn spoil(&self, at: usize, message: ToMember) -> ToMember {
        match message {
            ToMember::Entry(entry, tag) if self.planted == Some((at, entry.index)) => {
                ToMember::Entry(Entry { kind: EntryKind::Gone(SeatId(63), Gone::NeverCame), ..entry }, tag)
            }
            other => other,
        }
    }

    pub(super) fn drain_relay(&mut self) {
        while let Some(output) = self.relay.poll_output() {
            match output {
                Output::Control { to, bytes, .. } => {
                    if self.conns.contains_key(&to) {
                        let time = self.stream(to, Way::Down, bytes.len());
                        self.at(time, WorldEvent::ToMember(to, bytes.to_vec()));
                    }
                }
                Output::Datagram { to, bytes } => {
                    let now = self.now;
                    let Some(net) = self.line(to) else { continue };
                    for time in net.datagram(Way::Down, bytes.len(), now) {
                        self.at(time, WorldEvent::DownDatagram(to, bytes.clone()));
                    }
                }
                Output::Close { conn } => {
                    self.relay.handle_closed(conn, self.now);
                    if self.conns.contains_key(&conn) {
                        let time = self.stream(conn, Way::Down, 0);
                        self.at(time, WorldEvent::Closed(conn));
                    }
                }
            }
        }
        if let Some(due) = self.relay.poll_timeout()
            && (self.relay_wake == Time::NEVER || due < self.relay_wake)
        {
            self.relay_wake = due;
            self.at(due, WorldEvent::RelayWake);
        }
    }
}
