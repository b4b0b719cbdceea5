//! The core alone: what it keeps, what it refuses, and that every bound holds.

mod asks;
mod commits;
mod crowding;
mod decoy;
mod doors;
mod each_limit;
mod early;
mod flood;
mod floor;
mod holes;
mod overload;
mod repeats;
mod restore;
mod seats;
mod second_way;
mod traffic;
mod unreached;
mod work;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::relay::TICK;
use super::*;
use crate::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Layer, LogHead, Nameplate, SeatId, SeatSet, Time};
use crate::wire::backfill::{BackfillAnswer, BackfillRequest};
use crate::wire::knock::{self, Away};
use crate::wire::{
    self, Act, Attempting, Blob, DownBundle, DownDatagram, Entry, EntryKind, Frame, FrameHead, Framing, Gone, Hello,
    Loss, NackFrames, Presence, Pulse, Purpose, Reception, Refusal, RetransmitDown, RoomState, SendStamp, Ticket,
    ToMember, ToRelay, UpBundle, UplinkReport, limits,
};

/// A relay, and its outputs sorted by their connections.
struct Rig {
    relay: Relay,
    now: Time,
    next: u64,
    told: BTreeMap<ConnId, Vec<ToMember>>,
    heard: BTreeMap<ConnId, Vec<DownBundle>>,
    reports: BTreeMap<ConnId, Vec<UplinkReport>>,
    asks: BTreeMap<ConnId, Vec<Vec<u16>>>,
    again: BTreeMap<ConnId, Vec<RetransmitDown>>,
    /// What each was asked for, and what it was given.
    fetches: BTreeMap<ConnId, Vec<BackfillRequest>>,
    answers: BTreeMap<ConnId, Vec<BackfillAnswer>>,
    closed: Vec<ConnId>,
    /// The epoch of the one room in a test, and the entry that began it.
    epoch: (Epoch, Index),
}

/// An act that lets some in and removes others.
fn commit(admit: &[(Attempt, SeatId)], remove: &[SeatId]) -> Act {
    let remove = remove.iter().copied().collect();
    Act::Commit { admit: admit.to_vec(), replace: vec![], remove }
}

#[derive(Clone)]
struct Guest {
    conn: ConnId,
    seat: SeatId,
    ticket: Ticket,
}

fn blob(bytes: &[u8]) -> Blob {
    Blob::new(bytes.to_vec()).expect("small")
}

fn frame(seat: SeatId, number: u16, level: u8) -> Vec<u8> {
    UpBundle { sent: SendStamp::default(), frames: vec![sealed(seat, number, level)] }.encode().expect("small")
}

/// A member's report of a short line with this loss, whose gaps have this length.
fn pulse(share: u8, gap: u8) -> Vec<u8> {
    let reception = Reception { loss: Loss { share, gap }, ..Reception::default() };
    Pulse { reception, round: 5, full: false }.encode()
}

fn sealed(seat: SeatId, number: u16, level: u8) -> Frame {
    let kid = Kid::new(seat, Epoch(5));
    Frame {
        head: FrameHead { kid, number: FrameNo(number), start: false, end: false, layer: Layer::Full, level },
        body: vec![7; 91],
    }
}

impl Rig {
    fn new() -> Self {
        let relay = Relay::new([1; 32]);
        Self {
            relay,
            now: Time(0),
            next: 0,
            told: BTreeMap::new(),
            heard: BTreeMap::new(),
            reports: BTreeMap::new(),
            asks: BTreeMap::new(),
            again: BTreeMap::new(),
            fetches: BTreeMap::new(),
            answers: BTreeMap::new(),
            closed: vec![],
            epoch: (Epoch(0), Index(0)),
        }
    }

    fn drain(&mut self) {
        self.relay.flush(self.now);
        while let Some(output) = self.relay.poll_output() {
            match output {
                Output::Control { to, bytes, .. } => {
                    let mut framing = Framing::default();
                    framing.push(&bytes);
                    let message = framing.next_message().expect("whole").expect("one");
                    if let ToMember::Entry(
                        Entry { index, kind: EntryKind::Action { act: Act::Commit { .. }, .. }, .. },
                        _,
                    ) = message
                        && index > self.epoch.1
                    {
                        self.epoch = (self.epoch.0.next(), index);
                    }
                    self.told.entry(to).or_default().push(message);
                }
                Output::Datagram { to, bytes } => match DownDatagram::decode(&bytes).expect("a datagram") {
                    DownDatagram::Bundle(bundle) => self.heard.entry(to).or_default().push(bundle),
                    DownDatagram::Retransmit(again) => self.again.entry(to).or_default().push(again),
                    DownDatagram::Report(report) => self.reports.entry(to).or_default().push(report),
                    DownDatagram::Nack(NackFrames(missing)) => {
                        self.asks.entry(to).or_default().push(missing.numbers().collect());
                    }
                    DownDatagram::BackfillRequest(request) => self.fetches.entry(to).or_default().push(request),
                    DownDatagram::BackfillAnswer(answer) => self.answers.entry(to).or_default().push(answer),
                    DownDatagram::Probe(_) | DownDatagram::HeardBy(_) => {}
                },
                Output::Close { conn } => self.closed.push(conn),
            }
        }
    }

    /// This entry's place in the log of the one room, as one who has followed it so far knows it.
    fn place(&self, index: Index) -> LogHead {
        let nowhere = LogHead { index, ..LogHead::default() };
        self.relay.rooms().only().and_then(|room| room.log().place(index)).unwrap_or(nowhere)
    }

    /// What is in the clear of the one room.
    fn room_state(&self) -> RoomState {
        self.relay.rooms().only().expect("a room").state().clone()
    }

    /// All that is kept of its log.
    fn log(&self) -> Vec<Entry> {
        self.relay.rooms().only().expect("a room").log().entries()
    }

    /// Connects from a place of its own.
    fn connect(&mut self) -> ConnId {
        self.connect_from(Origin(self.next + 1))
    }

    fn connect_from(&mut self, from: Origin) -> ConnId {
        self.next += 1;
        let conn = ConnId(self.next);
        self.relay.handle_connected(conn, from, self.now);
        self.drain();
        conn
    }

    fn say(&mut self, conn: ConnId, message: ToRelay) {
        self.relay.handle_control(conn, message, self.now);
        self.drain();
    }

    fn hello(&mut self, purpose: Purpose) -> ConnId {
        let conn = self.connect();
        self.say(conn, ToRelay::Hello(Hello { version: wire::VERSION, purpose }));
        conn
    }

    fn taken(&mut self, conn: ConnId) -> Vec<ToMember> {
        self.told.remove(&conn).unwrap_or_default()
    }

    fn refusal(&mut self, conn: ConnId) -> Option<Refusal> {
        self.taken(conn).into_iter().find_map(|message| match message {
            ToMember::Refused(refusal) => Some(refusal),
            _ => None,
        })
    }

    fn entries(&mut self, conn: ConnId) -> Vec<Entry> {
        let told = self.taken(conn).into_iter();
        told.filter_map(|message| if let ToMember::Entry(entry, _) = message { Some(entry) } else { None }).collect()
    }

    fn host(&mut self) -> (Guest, Nameplate) {
        let conn = self.hello(Purpose::Host);
        match self.taken(conn).pop() {
            Some(ToMember::Hosting { ticket, state, .. }) => {
                self.append(conn, 1, Act::None);
                (Guest { conn, seat: SeatId(0), ticket }, state.nameplate)
            }
            _ => panic!("not hosting"),
        }
    }

    fn append(&mut self, conn: ConnId, number: u64, act: Act) {
        self.append_in(self.epoch.0, conn, number, act);
    }

    fn append_in(&mut self, epoch: Epoch, conn: ConnId, number: u64, act: Act) {
        self.say(conn, ToRelay::Append { number: ActionNo(number), epoch, act, body: blob(b"x") });
    }

    fn attempt(&mut self, door: ConnId) -> Attempt {
        let told = self.taken(door).into_iter().rev();
        let mut attempts =
            told.filter_map(|message| if let ToMember::Knock(attempt, _) = message { Some(attempt) } else { None });
        attempts.next().expect("a knock")
    }

    /// Lets one more member in. `number` is that of the host's next action.
    fn join(&mut self, host: &Guest, nameplate: Nameplate, number: u64) -> Guest {
        let conn = self.hello(Purpose::Knock(nameplate, blob(b"knock")));
        let attempt = self.attempt(host.conn);
        let seat = SeatId(number as u8 - 1);
        self.append(host.conn, number, commit(&[(attempt, seat)], &[]));
        let entry = self.entries(host.conn).pop().expect("the admission");
        self.say(host.conn, ToRelay::Welcome { seat, index: entry.index, body: blob(b"state") });
        let seated = self.taken(conn).into_iter().find_map(|message| match message {
            ToMember::Seated { seat, ticket, .. } => Some(Guest { conn, seat, ticket }),
            _ => None,
        });
        seated.expect("seated")
    }

    /// Lets time pass, in which only those listed are heard from.
    fn pass(&mut self, span: Duration, alive: &[&Guest]) {
        let end = self.now + span;
        while self.now < end {
            self.now = self.now + TICK;
            for guest in alive {
                self.relay.handle_heard(guest.conn, self.now);
            }
            self.relay.handle_timeout(self.now);
            self.drain();
        }
    }

    fn voices(&mut self, conn: ConnId) -> usize {
        self.heard.remove(&conn).unwrap_or_default().iter().map(|bundle| bundle.frames.len()).sum()
    }
}

#[test]
fn another_version_is_refused_by_name() {
    let mut rig = Rig::new();
    let conn = rig.connect();
    rig.say(conn, ToRelay::Hello(Hello { version: 99, purpose: Purpose::Host }));
    assert_eq!(rig.refusal(conn), Some(Refusal::Version(wire::VERSION)));
    assert_eq!(rig.closed, [conn]);
}

#[test]
fn silent_or_wrong_greetings_are_let_go() {
    let mut rig = Rig::new();
    let silent = rig.connect();
    let rude = rig.connect();
    rig.say(rude, ToRelay::Leave);
    assert_eq!(rig.refusal(rude), Some(Refusal::Protocol));
    rig.pass(limits::HELLO_TIME + TICK * 2, &[]);
    assert_eq!(rig.refusal(silent), Some(Refusal::Protocol));
    let (host, _) = rig.host();
    rig.say(host.conn, ToRelay::Hello(Hello { version: wire::VERSION, purpose: Purpose::Host }));
    assert_eq!(rig.refusal(host.conn), Some(Refusal::Protocol), "a second hello");
    let garbled = rig.connect();
    rig.relay.handle_malformed(garbled, rig.now);
    rig.drain();
    assert_eq!(rig.refusal(garbled), Some(Refusal::Protocol));
}

#[test]
fn a_locked_door_is_told() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    rig.append(host.conn, 2, Act::Lock(true));
    let late = rig.hello(Purpose::Knock(nameplate, blob(b"")));
    assert_eq!(rig.refusal(late), Some(Refusal::Locked));
    rig.append(host.conn, 3, Act::Lock(false));
    let conn = rig.hello(Purpose::Knock(nameplate, blob(b"")));
    assert!(rig.taken(conn).contains(&ToMember::Attempt(Attempting::AtDoor)));
}

#[test]
fn the_door_and_the_room_have_their_bounds() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let large = |limit: usize| Blob::new(vec![0; limit + 1]).expect("fits a blob");
    let conn = rig.hello(Purpose::Knock(nameplate, large(limits::KNOCK_FIRST)));
    assert_eq!(rig.refusal(conn), Some(Refusal::Protocol));
    let knocking: Vec<_> = (0..limits::KNOCKS).map(|_| rig.hello(Purpose::Knock(nameplate, blob(b"k")))).collect();
    let one_more = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    assert_eq!(rig.refusal(one_more), Some(Refusal::Busy));
    rig.say(knocking[1], ToRelay::Knock(blob(b"too early")));
    assert_eq!(rig.refusal(knocking[1]), Some(Refusal::Protocol));
    let told = rig.taken(host.conn).into_iter();
    let shown: Vec<_> =
        told.filter_map(|m| if let ToMember::Knock(attempt, _) = m { Some(attempt) } else { None }).collect();
    for attempt in &shown {
        rig.say(host.conn, ToRelay::Answer(*attempt, blob(b"two")));
    }
    for _ in 1..limits::KNOCK_FLIGHTS {
        rig.say(knocking[0], ToRelay::Knock(blob(b"more")));
    }
    assert_eq!(rig.refusal(knocking[0]), None);
    rig.say(knocking[0], ToRelay::Knock(blob(b"too many")));
    assert_eq!(rig.refusal(knocking[0]), Some(Refusal::Protocol));
    rig.say(knocking[2], ToRelay::Knock(large(limits::KNOCK_FLIGHT)));
    assert_eq!(rig.refusal(knocking[2]), Some(Refusal::Protocol));
    for conn in knocking {
        rig.relay.handle_closed(conn, rig.now);
    }
    rig.drain();
    rig.taken(host.conn);
    for number in 2..=limits::MEMBERS as u64 {
        rig.join(&host, nameplate, number);
        rig.now = rig.now + limits::DOOR_KNOCKS_EVERY;
    }
    let fifty_first = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    assert_eq!(rig.refusal(fifty_first), Some(Refusal::Full));
}

#[test]
fn a_knock_that_nobody_answers_ends() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let conn = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    rig.pass(limits::KNOCK_TIME + TICK, &[&host]);
    assert_eq!(rig.refusal(conn), Some(Refusal::Busy));
    assert!(rig.taken(host.conn).iter().any(|message| matches!(message, ToMember::KnockOver(_))));
}

#[test]
fn an_action_counts_once_and_gaps_are_not_taken() {
    let mut rig = Rig::new();
    let (host, _) = rig.host();
    rig.entries(host.conn);
    rig.append(host.conn, 2, Act::None);
    rig.append(host.conn, 2, Act::None);
    rig.append(host.conn, 1, Act::None);
    assert_eq!(rig.entries(host.conn).len(), 1);
    rig.append(host.conn, 4, Act::None);
    assert_eq!(rig.refusal(host.conn), Some(Refusal::Protocol));
}

#[test]
fn only_the_door_acts_and_others_are_told_no() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    rig.taken(host.conn);
    let all: SeatSet = [host.seat, bo.seat].into_iter().collect();
    for (number, act) in
        [commit(&[], &[bo.seat]), Act::FloorMute(all, true), Act::Lock(true), Act::Close].into_iter().enumerate()
    {
        rig.append(ana.conn, number as u64 + 1, act);
    }
    assert_eq!(rig.taken(ana.conn).iter().filter(|m| matches!(m, ToMember::Rejected(_))).count(), 4);
    assert!(rig.entries(host.conn).is_empty());
    rig.say(ana.conn, ToRelay::Welcome { seat: bo.seat, index: Index(1), body: blob(b"") });
    rig.say(ana.conn, ToRelay::TurnAway(Attempt(1), blob(b"")));
    assert!(rig.taken(bo.conn).is_empty());
    rig.append(host.conn, 4, commit(&[], &[host.seat]));
    assert!(rig.taken(host.conn).contains(&ToMember::Rejected(ActionNo(4))), "the door can't remove itself");
    rig.append(host.conn, 5, commit(&[], &[bo.seat]));
    assert_eq!(rig.refusal(bo.conn), Some(Refusal::Removed));
}

#[test]
fn a_flood_of_actions_is_held_to_its_rate() {
    let mut rig = Rig::new();
    let (host, _) = rig.host();
    rig.taken(host.conn);
    let many = u64::from(limits::ACTIONS_BURST) + 100;
    for number in 2..2 + many {
        rig.append(host.conn, number, Act::None);
    }
    let told = rig.taken(host.conn);
    let count = |wanted: fn(&ToMember) -> bool| told.iter().filter(|message| wanted(message)).count();
    assert_eq!(count(|m| matches!(m, ToMember::Entry(..))), limits::ACTIONS_BURST as usize - 1);
    assert_eq!(count(|m| matches!(m, ToMember::Rejected(_))), 101);
}

#[test]
fn voice_goes_to_the_others_and_a_muted_one_is_dropped() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 0, 4), rig.now);
    rig.drain();
    assert_eq!((rig.voices(host.conn), rig.voices(ana.conn), rig.voices(bo.conn)), (1, 0, 1));
    rig.append(host.conn, 4, Act::FloorMute([ana.seat].into_iter().collect(), true));
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 1, 4), rig.now);
    rig.drain();
    assert_eq!((rig.voices(host.conn), rig.voices(bo.conn)), (0, 0));
    rig.append(host.conn, 5, Act::FloorMute([ana.seat].into_iter().collect(), false));
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 2, 4), rig.now);
    rig.drain();
    assert_eq!((rig.voices(host.conn), rig.voices(bo.conn)), (1, 1));
    let stranger = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    rig.relay.handle_datagram(stranger, &frame(ana.seat, 0, 7), rig.now);
    rig.relay.handle_datagram(ana.conn, b"\x01garbage", rig.now);
    rig.relay.handle_datagram(ana.conn, &[0xff; 900], rig.now);
    rig.drain();
    assert_eq!((rig.voices(host.conn), rig.voices(bo.conn)), (0, 0), "strangers and garbage are passed over");
}

#[test]
fn a_frame_that_names_another_seat_is_dropped() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    let bundle = vec![sealed(ana.seat, 0, 4), sealed(bo.seat, 1, 7), sealed(host.seat, 2, 7), sealed(ana.seat, 3, 4)];
    rig.relay.handle_datagram(
        ana.conn,
        &UpBundle { sent: SendStamp::default(), frames: bundle }.encode().expect("small"),
        rig.now,
    );
    rig.relay.handle_datagram(ana.conn, &frame(bo.seat, 4, 7), rig.now);
    rig.drain();
    let heard: Vec<Frame> =
        rig.heard.remove(&host.conn).unwrap_or_default().into_iter().flat_map(|b| b.frames).collect();
    assert_eq!(heard, [sealed(ana.seat, 0, 4), sealed(ana.seat, 3, 4)]);
    assert_eq!((rig.voices(ana.conn), rig.voices(bo.conn)), (0, 2));
}

#[test]
fn a_flood_of_voice_is_held_to_its_rate() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    for number in 0..5000 {
        rig.relay.handle_datagram(ana.conn, &frame(ana.seat, number, 4), rig.now);
    }
    rig.drain();
    assert_eq!(rig.voices(host.conn), limits::FRAMES_BURST as usize);
}

#[test]
fn a_lossy_line_is_called_poor_until_it_recovers() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let mut told = vec![];
    for (numbers, kept) in [(0..400u16, 5), (400..800, 1)] {
        for number in numbers.filter(|number| number % 5 != 0 || kept == 1) {
            rig.now = rig.now + Duration::from_millis(60);
            rig.relay.handle_datagram(ana.conn, &frame(ana.seat, number, 4), rig.now);
            rig.relay.handle_heard(host.conn, rig.now);
            rig.relay.handle_timeout(rig.now);
        }
        rig.drain();
        told.extend(rig.taken(host.conn));
    }
    let presences: Vec<_> = told.into_iter().filter(|message| matches!(message, ToMember::Presence(_))).collect();
    let of = |presence| ToMember::Presence(vec![(ana.seat, presence)]);
    assert_eq!(presences, [of(Presence::Poor), of(Presence::Here)]);
    rig.relay.handle_datagram(ana.conn, &pulse(60, 4), rig.now);
    rig.pass(TICK * 2, &[&host, &ana]);
    assert!(rig.taken(host.conn).contains(&of(Presence::Poor)), "what the listener loses counts as well");
}

#[test]
fn a_returning_door_learns_who_waits_and_who_has_left() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let early = rig.hello(Purpose::Knock(nameplate, blob(b"early")));
    let attempt = rig.attempt(host.conn);
    rig.relay.handle_closed(host.conn, rig.now);
    rig.relay.handle_closed(early, rig.now);
    rig.drain();
    rig.hello(Purpose::Knock(nameplate, blob(b"late")));
    let back = rig.hello(Purpose::Resume(host.ticket, rig.place(Index(1))));
    let told = rig.taken(back);
    assert!(told.contains(&ToMember::KnockOver(attempt)));
    assert!(told.iter().any(|message| matches!(message, ToMember::Knock(_, body) if body.bytes() == b"late")));
}
