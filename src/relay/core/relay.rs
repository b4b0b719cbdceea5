//! The relay's core: its connections, and the rooms and decoys that they are in.

use std::collections::BTreeMap;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::context::Context;
use super::decoy::Decoys;
use super::origin::{Origins, Place};
use super::outbox::{ConnId, Outbox, Output};
use super::room::{Room, RoomTickets, Share};
use super::ticket::Tickets;
use crate::ids::{Attempt, Index, Nameplate, SeatId, Time};
use crate::wire::{self, Blob, Hello, Purpose, Refusal, Ticket, ToMember, ToRelay, limits};

/// How often the core looks at what may have run out.
pub(super) const TICK: Duration = Duration::from_millis(250);

/// How often a number is drawn at which nobody has knocked lately, before any free one is taken.
const UNKNOWN_TRIES: u32 = 256;

/// What a connection has turned out to be.
#[derive(Clone, Copy)]
enum Guest {
    /// It hasn't said anything since then.
    New { since: Time, from: Place },
    /// Since then, before the end of its handshake, it has asked for a seat.
    Early { since: Time, from: Place, nameplate: Nameplate, seat: SeatId },
    /// At a room's door.
    Joiner { nameplate: Nameplate, attempt: Attempt },
    /// At the door of a decoy.
    AtDecoy { nameplate: Nameplate, attempt: Attempt },
    /// In a room.
    Member { nameplate: Nameplate, seat: SeatId },
    /// Refused. What it still sends is passed over.
    Refused,
}

/// How much a relay holds.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) connections: usize,
    pub(super) origins: usize,
    pub(super) decoys: usize,
    /// On the lines to all decoys.
    pub(super) flights: usize,
    pub(super) outputs: usize,
    /// Bytes of all logs.
    pub(super) logs: usize,
}

/// A relay: rooms, and the connections to them.
///
/// ```
/// use ingle::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Layer, SeatId, SeatSet, Time};
/// use ingle::relay::core::{ConnId, Origin, Output, Relay};
/// use ingle::wire::{
///     Act, Blob, Frame, FrameHead, Framing, Hello, Purpose, SendStamp, ToMember, ToRelay, UpBundle, VERSION,
/// };
///
/// let (mut relay, now) = (Relay::new([7; 32]), Time(0));
/// let (host, guest) = (ConnId(1), ConnId(2));
/// let hello = |purpose| ToRelay::Hello(Hello { version: VERSION, purpose });
///
/// // The first connection asks for a room, and is told the room's number.
/// relay.handle_connected(host, Origin(1), now);
/// relay.handle_control(host, hello(Purpose::Host), now);
/// let Some(Output::Control { bytes, .. }) = relay.poll_output() else { panic!("the host gets an answer") };
/// let mut framing = Framing::default();
/// framing.push(&bytes);
/// let Ok(Some(ToMember::Hosting { nameplate, .. })) = framing.next_message() else { panic!("the answer is a room") };
///
/// // The second knocks there. The host, as the room's door, gives it a seat and the group's state.
/// relay.handle_connected(guest, Origin(2), now);
/// relay.handle_control(guest, hello(Purpose::Knock(nameplate, Blob::default())), now);
/// let (seat, none) = (SeatId(1), SeatSet::default());
/// let act = Act::Commit { admit: vec![(Attempt(1), seat)], replace: vec![], remove: none };
/// let commit = ToRelay::Append { number: ActionNo(1), epoch: Epoch(0), act, body: Blob::default() };
/// relay.handle_control(host, commit, now);
/// relay.handle_control(host, ToRelay::Welcome { seat, index: Index(1), body: Blob::default() }, now);
///
/// // What the host says goes to the guest.
/// let kid = Kid::new(SeatId(0), Epoch(1));
/// let head = FrameHead { kid, number: FrameNo(0), start: true, end: false, layer: Layer::Full, level: 4 };
/// let bundle = UpBundle { sent: SendStamp::at(now), frames: vec![Frame { head, body: vec![7; 91] }] };
/// relay.handle_datagram(host, &bundle.encode().expect("one small frame"), now);
/// let outputs: Vec<Output> = std::iter::from_fn(|| relay.poll_output()).collect();
/// assert!(matches!(outputs.last(), Some(Output::Datagram { to, .. }) if *to == guest));
/// ```
pub struct Relay {
    rng: ChaCha20Rng,
    conns: BTreeMap<ConnId, Guest>,
    rooms: BTreeMap<Nameplate, Room>,
    decoys: Decoys,
    origins: Origins,
    tickets: Tickets,
    attempts: u32,
    draining: bool,
    next_tick: Option<Time>,
    /// When there is voice to be sent, asked for or sent again in some room.
    voice_due: Time,
    out: Outbox,
}

impl Relay {
    /// A relay without rooms. The seed is the only randomness: nameplates and tickets come from it.
    pub fn new(seed: [u8; 32]) -> Self {
        let mut rng = ChaCha20Rng::from_seed(seed);
        Self {
            decoys: Decoys::new(&mut rng),
            rng,
            conns: BTreeMap::new(),
            rooms: BTreeMap::new(),
            origins: Origins::default(),
            tickets: Tickets::new(seed),
            attempts: 0,
            draining: false,
            next_tick: None,
            voice_due: Time::NEVER,
            out: Outbox::default(),
        }
    }

    /// What is held, to be compared with its bounds.
    #[cfg(test)]
    pub(super) fn held(&self) -> Held {
        let (decoys, flights) = self.decoys.held();
        let (connections, origins) = (self.conns.len(), self.origins.held());
        let logs = self.rooms.values().map(Room::log_bytes).sum();
        Held { connections, origins, decoys, flights, outputs: self.out.len(), logs }
    }

    /// The next thing to do, in order. `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.pop()
    }

    /// When [`Self::handle_timeout`] is due. `None` while there is nothing to wait for.
    pub fn poll_timeout(&self) -> Option<Time> {
        let decoys = Some(self.decoys.due()).filter(|due| *due != Time::NEVER);
        let voice = Some(self.voice_due).filter(|due| *due != Time::NEVER);
        self.next_tick.into_iter().chain(decoys).chain(voice).min()
    }

    /// A connection was made, from this place.
    pub fn handle_connected(&mut self, conn: ConnId, from: impl Into<Place>, now: Time) {
        self.conns.insert(conn, Guest::New { since: now, from: from.into() });
        self.next_tick.get_or_insert(now + TICK);
        if self.draining {
            self.refuse(conn, Refusal::Unavailable, now);
        }
    }

    /// A control message came.
    pub fn handle_control(&mut self, conn: ConnId, message: ToRelay, now: Time) {
        match self.conns.get(&conn).copied() {
            None | Some(Guest::Refused) => {}
            Some(Guest::New { from, .. } | Guest::Early { from, .. }) => {
                let ToRelay::Hello(hello) = message else { return self.refuse(conn, Refusal::Protocol, now) };
                self.hello(conn, from, hello, now);
            }
            Some(Guest::Joiner { nameplate, attempt }) => {
                let ToRelay::Knock(body) = message else { return self.refuse(conn, Refusal::Protocol, now) };
                let room = self.room(nameplate, now).ok_or(Refusal::Protocol);
                if let Err(refusal) = room.and_then(|(room, mut cx)| room.next_flight(attempt, body, &mut cx)) {
                    self.refuse(conn, refusal, now);
                }
            }
            Some(Guest::AtDecoy { nameplate, attempt }) => {
                let ToRelay::Knock(body) = message else { return self.refuse(conn, Refusal::Protocol, now) };
                let (decoys, mut cx) = self.decoys(now);
                if let Err(refusal) = decoys.next_flight(nameplate, attempt, &body, &mut cx) {
                    self.refuse(conn, refusal, now);
                }
            }
            Some(Guest::Member { nameplate, seat }) => self.member_says(conn, nameplate, seat, message, now),
        }
    }

    /// A greeting came before its connection's handshake is over, perhaps from somebody who has kept an old one and shows it
    /// again. It must come to [`Self::handle_control`] too once the handshake is over, and only that gives anybody a seat. Until
    /// then a connection that asks for the seat of a silent line is sent what that line would be sent, which only the line's
    /// owner can read. The line keeps the seat.
    pub fn handle_early(&mut self, conn: ConnId, hello: &Hello, now: Time) {
        let Some(Guest::New { since, from }) = self.conns.get(&conn).copied() else { return };
        let Hello { version: wire::VERSION, purpose: Purpose::Resume(ticket, have) } = hello else { return };
        let Some((nameplate, seat)) = self.seat_of(ticket) else { return };
        if let Some((room, mut cx)) = self.room(nameplate, now)
            && room.resume_early(seat, conn, *have, &mut cx)
        {
            self.conns.insert(conn, Guest::Early { since, from, nameplate, seat });
        }
    }

    /// What came on the control stream was no message. The connection ends.
    pub fn handle_malformed(&mut self, conn: ConnId, now: Time) {
        if let Some(Guest::Member { nameplate, seat }) = self.conns.get(&conn).copied()
            && let Some((room, mut cx)) = self.room(nameplate, now)
        {
            room.line_cut(seat, conn, &mut cx);
        }
        self.refuse(conn, Refusal::Protocol, now);
    }

    /// A datagram came. One from a stranger, or that can't be decoded, is passed over.
    pub fn handle_datagram(&mut self, conn: ConnId, bytes: &[u8], now: Time) {
        if let Some(Guest::Member { nameplate, seat }) = self.conns.get(&conn).copied()
            && let Some((room, mut cx)) = self.room(nameplate, now)
        {
            room.handle_datagram(seat, bytes, &mut cx);
            let due = room.voice_due();
            self.voice_due = self.voice_due.min(due);
        }
    }

    /// Some packet has come on this connection lately, even if only an acknowledgement.
    pub fn handle_heard(&mut self, conn: ConnId, now: Time) {
        if let Some(Guest::Member { nameplate, seat }) = self.conns.get(&conn).copied()
            && let Some((room, mut cx)) = self.room(nameplate, now)
        {
            room.heard(seat, &mut cx);
        }
    }

    /// So much waits to be written to this connection, at least [`limits::BACKLOG`] bytes, that its member can't follow; or no
    /// longer.
    pub fn handle_backlog(&mut self, conn: ConnId, backlogged: bool, now: Time) {
        if let Some(Guest::Member { nameplate, seat }) = self.conns.get(&conn).copied()
            && let Some((room, _)) = self.room(nameplate, now)
        {
            room.backlogged(seat, backlogged);
        }
    }

    /// A connection is no more.
    pub fn handle_closed(&mut self, conn: ConnId, now: Time) {
        match self.conns.remove(&conn) {
            Some(Guest::Member { nameplate, seat }) => {
                if let Some((room, mut cx)) = self.room(nameplate, now) {
                    room.line_cut(seat, conn, &mut cx);
                }
            }
            Some(guest) => self.knock_over(guest, now),
            None => {}
        }
    }

    /// Does what is due, and looks at what may have run out: greetings, knocks, silent lines, held seats, deserted rooms.
    pub fn handle_timeout(&mut self, now: Time) {
        let (decoys, mut cx) = self.decoys(now);
        let gone = decoys.run(&mut cx);
        self.conns.extend(gone.into_iter().map(|conn| (conn, Guest::Refused)));
        let Self { rng, rooms, out, .. } = self;
        if self.voice_due <= now {
            let cx = &mut Context { now, rng, out };
            rooms.values_mut().filter(|room| room.voice_due() <= now).for_each(|room| room.run_voice(cx));
            self.voice_due = rooms.values().map(Room::voice_due).min().unwrap_or(Time::NEVER);
        }
        if self.next_tick.is_none_or(|due| due > now) {
            return;
        }
        let too_long = |guest: &Guest| match guest {
            Guest::New { since, .. } | Guest::Early { since, .. } => now.since(*since) > limits::HELLO_TIME,
            Guest::Joiner { .. } | Guest::AtDecoy { .. } | Guest::Member { .. } | Guest::Refused => false,
        };
        let late: Vec<ConnId> = self.conns.iter().filter(|(_, guest)| too_long(guest)).map(|(conn, _)| *conn).collect();
        for conn in late {
            self.refuse(conn, Refusal::Protocol, now);
        }
        self.origins.forget(now);
        let refused = self.decoys.tick(now, &mut self.out);
        self.conns.extend(refused.into_iter().map(|conn| (conn, Guest::Refused)));
        let Self { rng, rooms, conns, out, .. } = self;
        let share = Share::of(rooms.len());
        let cx = &mut Context { now, rng, out };
        rooms.retain(|_, room| {
            conns.extend(room.tick(share, cx).into_iter().map(|conn| (conn, Guest::Refused)));
            let over = room.is_over(now);
            for conn in room.members().filter(|_| over) {
                if !matches!(conns.insert(conn, Guest::Refused), Some(Guest::Refused)) {
                    cx.out.refuse(conn, Refusal::SeatGone);
                }
            }
            // Whoever knocks isn't told that there was a group.
            for conn in room.joiners().filter(|_| over) {
                if !matches!(conns.insert(conn, Guest::Refused), Some(Guest::Refused)) {
                    cx.out.close(conn);
                }
            }
            !over
        });
        // What was fetched may be asked for again before anything comes.
        self.voice_due = rooms.values().map(Room::voice_due).min().unwrap_or(Time::NEVER);
        self.next_tick = (!self.conns.is_empty() || !self.rooms.is_empty()).then(|| now + TICK);
    }

    /// Tells everybody that the relay stops, and takes no new connections from here on.
    pub fn drain(&mut self) {
        self.draining = true;
        for (conn, guest) in &mut self.conns {
            *guest = Guest::Refused;
            self.out.refuse(*conn, Refusal::Unavailable);
        }
        self.rooms.clear();
        self.decoys.clear();
    }

    fn refuse(&mut self, conn: ConnId, refusal: Refusal, now: Time) {
        if let Some(guest) = self.conns.insert(conn, Guest::Refused) {
            self.knock_over(guest, now);
        }
        self.out.refuse(conn, refusal);
    }

    /// If this was a joiner, it is no more.
    fn knock_over(&mut self, guest: Guest, now: Time) {
        match guest {
            Guest::Joiner { nameplate, attempt } => {
                if let Some((room, cx)) = self.room(nameplate, now) {
                    room.knock_over(attempt, cx.out);
                }
            }
            Guest::AtDecoy { nameplate, attempt } => {
                let (decoys, mut cx) = self.decoys(now);
                decoys.knock_over(nameplate, attempt, &mut cx);
            }
            Guest::Early { nameplate, seat, .. } => {
                if let Some(room) = self.rooms.get_mut(&nameplate) {
                    room.early_over(seat);
                }
            }
            Guest::New { .. } | Guest::Member { .. } | Guest::Refused => {}
        }
    }

    /// A room, and what it is lent.
    fn room(&mut self, nameplate: Nameplate, now: Time) -> Option<(&mut Room, Context<'_>)> {
        let Self { rng, rooms, out, .. } = self;
        Some((rooms.get_mut(&nameplate)?, Context { now, rng, out }))
    }

    /// The seat that a ticket gives, and its room.
    fn seat_of(&self, ticket: &Ticket) -> Option<(Nameplate, SeatId)> {
        let (nameplate, seat) = self.tickets.place(ticket);
        self.rooms.get(&nameplate)?.has_ticket(seat, ticket).then_some((nameplate, seat))
    }

    /// The decoys, and what they are lent.
    fn decoys(&mut self, now: Time) -> (&mut Decoys, Context<'_>) {
        let Self { decoys, rng, out, .. } = self;
        (decoys, Context { now, rng, out })
    }

    fn hello(&mut self, conn: ConnId, from: Place, hello: Hello, now: Time) {
        if hello.version != wire::VERSION {
            return self.refuse(conn, Refusal::Version(wire::VERSION), now);
        }
        if let Err(refusal) = self.origins.visit(from, &hello.purpose, now) {
            return self.refuse(conn, refusal, now);
        }
        let outcome = match hello.purpose {
            Purpose::Host => self.open_room(conn, now),
            Purpose::Knock(nameplate, body) => self.knock(conn, nameplate, body, now),
            Purpose::Resume(ticket, have) => self.resume(conn, &ticket, have, now),
        };
        match outcome {
            Ok(guest) => {
                self.conns.insert(conn, guest);
            }
            Err(refusal) => self.refuse(conn, refusal, now),
        }
    }

    fn knock(&mut self, conn: ConnId, nameplate: Nameplate, body: Blob, now: Time) -> Result<Guest, Refusal> {
        self.attempts = self.attempts.wrapping_add(1);
        let attempt = Attempt(self.attempts);
        if let Some((room, mut cx)) = self.room(nameplate, now).filter(|(room, _)| room.has_door()) {
            room.knock(attempt, conn, body, &mut cx)?;
            return Ok(Guest::Joiner { nameplate, attempt });
        }
        let (decoys, mut cx) = self.decoys(now);
        decoys.knock(nameplate, attempt, conn, &body, &mut cx)?;
        Ok(Guest::AtDecoy { nameplate, attempt })
    }

    fn open_room(&mut self, conn: ConnId, now: Time) -> Result<Guest, Refusal> {
        if self.rooms.len() >= limits::ROOMS {
            return Err(Refusal::Unavailable);
        }
        let mut tries = 0;
        let nameplate = loop {
            let span = u32::from(Nameplate::MAX - Nameplate::MIN) + 1;
            let drawn = Nameplate(Nameplate::MIN + (self.rng.next_u32() % span) as u16);
            tries += 1;
            // Where somebody has knocked lately they might see that another door answers from now on.
            if !self.rooms.contains_key(&drawn) && (tries > UNKNOWN_TRIES || !self.decoys.is_known(drawn)) {
                break drawn;
            }
        };
        let tickets = RoomTickets::new(self.tickets.clone(), nameplate);
        let (room, seat, ticket) = Room::open(conn, tickets, &mut self.rng, now);
        self.voice_due = self.voice_due.min(room.voice_due());
        self.rooms.insert(nameplate, room);
        self.out.tell(conn, &ToMember::Hosting { nameplate, seat, ticket });
        Ok(Guest::Member { nameplate, seat })
    }

    fn resume(&mut self, conn: ConnId, ticket: &Ticket, have: Index, now: Time) -> Result<Guest, Refusal> {
        let (nameplate, seat) = self.seat_of(ticket).ok_or(Refusal::SeatGone)?;
        let (room, mut cx) = self.room(nameplate, now).ok_or(Refusal::SeatGone)?;
        if let Some(old) = room.resume(seat, conn, have, &mut cx)? {
            self.conns.insert(old, Guest::Refused);
            self.out.refuse(old, Refusal::Replaced);
        }
        Ok(Guest::Member { nameplate, seat })
    }

    fn member_says(&mut self, conn: ConnId, nameplate: Nameplate, seat: SeatId, message: ToRelay, now: Time) {
        let room = self.room(nameplate, now).ok_or(Refusal::SeatGone);
        match room.and_then(|(room, mut cx)| room.handle_control(seat, message, &mut cx)) {
            Ok(moves) => {
                let admitted = moves.admitted.into_iter().map(|(conn, seat)| (conn, Guest::Member { nameplate, seat }));
                self.conns.extend(admitted.chain(moves.over.into_iter().map(|conn| (conn, Guest::Refused))));
                if let Some(delay) = moves.door_delay {
                    self.decoys.door_took(nameplate, delay);
                }
                self.voice_due = self.voice_due.min(moves.voice_due.unwrap_or(Time::NEVER));
            }
            Err(refusal) => {
                if let Some((room, mut cx)) = self.room(nameplate, now) {
                    room.line_cut(seat, conn, &mut cx);
                }
                self.refuse(conn, refusal, now);
            }
        }
    }
}
