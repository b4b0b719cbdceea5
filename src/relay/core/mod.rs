//! One relay's core, without sockets or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Output`] from [`Relay::poll_output`], and
//! calls [`Relay::handle_timeout`] no later than [`Relay::poll_timeout`] says. Equal seeds and equal calls give equal
//! outputs. The core holds seat numbers and opaque bytes; it has no way to learn a name or a word.

mod bucket;
mod decoy;
mod delays;
mod downlink;
mod frame_history;
mod log;
mod origin;
mod room;
mod seat;
mod talkers;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use self::decoy::{Decoys, Lent};
pub use self::origin::Origin;
use self::origin::Origins;
use self::room::{Action, Room};
use crate::ids::{Attempt, Index, Nameplate, SeatId, Time};
use crate::wire::{self, Blob, Hello, Purpose, Refusal, Ticket, ToMember, ToRelay, limits};

/// How often the core looks at what may have run out.
const TICK: Duration = Duration::from_millis(250);

/// One connection, numbered by the shell and never again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What the shell is to do.
#[derive(Debug)]
pub enum Output {
    /// Write these bytes to the control stream; they are framed.
    Control {
        /// To whom.
        to: ConnId,
        /// One whole message.
        bytes: Vec<u8>,
    },
    /// Send this datagram.
    Datagram {
        /// To whom.
        to: ConnId,
        /// At most [`limits::DATAGRAM`].
        bytes: Vec<u8>,
    },
    /// End the connection, once what was written to it before is on its way.
    Close {
        /// Which.
        conn: ConnId,
    },
}

/// What is to be done, in order.
#[derive(Default)]
struct Outbox(VecDeque<Output>);

impl Outbox {
    fn tell(&mut self, to: ConnId, message: &ToMember) {
        // The parts of every message are bounded where they came in, so that all of them fit.
        match wire::encode(message) {
            Ok(bytes) => self.0.push_back(Output::Control { to, bytes }),
            Err(_) => self.close(to),
        }
    }

    fn tell_all(&mut self, to: impl Iterator<Item = ConnId>, message: &ToMember) {
        if let Ok(bytes) = wire::encode(message) {
            self.0.extend(to.map(|to| Output::Control { to, bytes: bytes.clone() }));
        }
    }

    fn datagram(&mut self, to: ConnId, bytes: Vec<u8>) {
        self.0.push_back(Output::Datagram { to, bytes });
    }

    fn refuse(&mut self, conn: ConnId, refusal: Refusal) {
        self.tell(conn, &ToMember::Refused(refusal));
        self.close(conn);
    }

    fn close(&mut self, conn: ConnId) {
        self.0.push_back(Output::Close { conn });
    }
}

/// What a connection turned out to be.
#[derive(Clone, Copy)]
enum Guest {
    /// Has not said yet, since then.
    New(Time, Origin),
    /// Has asked for its seat since then, before its handshake is over.
    Early(Time, Origin, Nameplate, SeatId),
    /// At a room's door.
    Joiner(Nameplate, Attempt),
    /// Where a room could be.
    AtDecoy(Nameplate, Attempt),
    /// In a room.
    Member(Nameplate, SeatId),
    /// Refused; what it still sends is passed over.
    Refused,
}

/// A relay: rooms, and the connections to them.
pub struct Relay {
    rng: ChaCha20Rng,
    conns: BTreeMap<ConnId, Guest>,
    rooms: BTreeMap<Nameplate, Room>,
    decoys: Decoys,
    origins: Origins,
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
            attempts: 0,
            draining: false,
            next_tick: None,
            voice_due: Time::NEVER,
            out: Outbox::default(),
        }
    }

    /// The next thing to do, in order; `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.0.pop_front()
    }

    /// When [`Self::handle_timeout`] is due. `None` while there is nothing to watch.
    pub fn poll_timeout(&self) -> Option<Time> {
        let decoys = Some(self.decoys.due()).filter(|due| *due != Time::NEVER);
        let voice = Some(self.voice_due).filter(|due| *due != Time::NEVER);
        self.next_tick.into_iter().chain(decoys).chain(voice).min()
    }

    /// A connection was made, from there.
    pub fn handle_connected(&mut self, conn: ConnId, from: Origin, now: Time) {
        self.conns.insert(conn, Guest::New(now, from));
        self.next_tick.get_or_insert(now + TICK);
        if self.draining {
            self.refuse(conn, Refusal::Unavailable, now);
        }
    }

    /// A control message came.
    pub fn handle_control(&mut self, conn: ConnId, message: ToRelay, now: Time) {
        match (self.conns.get(&conn).copied(), message) {
            (None | Some(Guest::Refused), _) => {}
            (Some(Guest::New(_, from) | Guest::Early(_, from, ..)), ToRelay::Hello(hello)) => {
                self.hello(conn, from, hello, now);
            }
            (Some(Guest::Joiner(nameplate, attempt)), ToRelay::Knock(body)) => {
                let Self { rooms, out, .. } = self;
                let taken = rooms.get_mut(&nameplate).is_some_and(|room| room.next_flight(attempt, body, now, out));
                if !taken {
                    self.refuse(conn, Refusal::Protocol, now);
                }
            }
            (Some(Guest::AtDecoy(nameplate, attempt)), ToRelay::Knock(body)) => {
                let (decoys, mut lent) = self.lend(now);
                if !decoys.next_flight(nameplate, attempt, &body, &mut lent) {
                    self.refuse(conn, Refusal::Protocol, now);
                }
            }
            (Some(Guest::Member(nameplate, seat)), message) => self.member_says(conn, nameplate, seat, message, now),
            _ => self.refuse(conn, Refusal::Protocol, now),
        }
    }

    /// A greeting came before its connection's handshake is over: perhaps from somebody who has kept it, and shows it again. It is
    /// to come to [`Self::handle_control`] too once the handshake is over, and that alone gives anybody a seat. Until then who asks
    /// for the seat of a silent line is sent what that line is, which nobody but its maker can read; the line keeps the seat.
    pub fn handle_early(&mut self, conn: ConnId, hello: &Hello, now: Time) {
        let Self { rooms, conns, out, .. } = self;
        let (Some(Guest::New(since, from)), Purpose::Resume(ticket, have)) =
            (conns.get(&conn).copied(), &hello.purpose)
        else {
            return;
        };
        if hello.version != wire::VERSION {
            return;
        }
        let found = rooms.iter_mut().find_map(|(nameplate, room)| Some((*nameplate, room.seat_of(ticket)?, room)));
        if let Some((nameplate, seat, room)) = found
            && room.resume_early(seat, conn, *have, now, out)
        {
            conns.insert(conn, Guest::Early(since, from, nameplate, seat));
        }
    }

    /// What came on the control stream was no message. The connection ends.
    pub fn handle_malformed(&mut self, conn: ConnId, now: Time) {
        if let Some(Guest::Member(nameplate, seat)) = self.conns.get(&conn).copied()
            && let Some(room) = self.rooms.get_mut(&nameplate)
        {
            room.line_cut(seat, conn, now, &mut self.out);
        }
        self.refuse(conn, Refusal::Protocol, now);
    }

    /// A datagram came. Those of strangers, and those that are nothing, are passed over.
    pub fn handle_datagram(&mut self, conn: ConnId, bytes: &[u8], now: Time) {
        if let Some(Guest::Member(nameplate, seat)) = self.conns.get(&conn).copied()
            && let Some(room) = self.rooms.get_mut(&nameplate)
        {
            room.datagram(seat, bytes, now, &mut self.out);
            self.voice_due = self.voice_due.min(room.voice_due());
        }
    }

    /// Any packet came on this connection lately, be it an acknowledgement.
    pub fn handle_heard(&mut self, conn: ConnId, now: Time) {
        if let Some(Guest::Member(nameplate, seat)) = self.conns.get(&conn).copied()
            && let Some(room) = self.rooms.get_mut(&nameplate)
        {
            room.heard(seat, now, &mut self.out);
        }
    }

    /// A connection is no more.
    pub fn handle_closed(&mut self, conn: ConnId, now: Time) {
        match self.conns.remove(&conn) {
            Some(Guest::Member(nameplate, seat)) => {
                if let Some(room) = self.rooms.get_mut(&nameplate) {
                    room.line_cut(seat, conn, now, &mut self.out);
                }
            }
            Some(guest) => self.knock_over(guest, now),
            None => {}
        }
    }

    /// Looks at what may have run out: greetings, knocks, silent lines, held seats, deserted rooms.
    pub fn handle_timeout(&mut self, now: Time) {
        let (decoys, mut lent) = self.lend(now);
        let gone = decoys.run(&mut lent);
        self.conns.extend(gone.into_iter().map(|conn| (conn, Guest::Refused)));
        if self.voice_due <= now {
            let rooms = self.rooms.values_mut().filter(|room| room.voice_due() <= now);
            rooms.for_each(|room| room.run_voice(now, &mut self.out));
            self.voice_due = self.rooms.values().map(Room::voice_due).min().unwrap_or(Time::NEVER);
        }
        if self.next_tick.is_none_or(|due| due > now) {
            return;
        }
        let late: Vec<ConnId> = self
            .conns
            .iter()
            .filter(|(_, guest)| {
                matches!(guest, Guest::New(since, _) | Guest::Early(since, ..) if now.since(*since) > limits::HELLO_TIME)
            })
            .map(|(conn, _)| *conn)
            .collect();
        for conn in late {
            self.refuse(conn, Refusal::Protocol, now);
        }
        self.origins.forget(now);
        let (refused, evicted) = self.decoys.tick(now, &mut self.out);
        self.conns.extend(refused.into_iter().map(|conn| (conn, Guest::Refused)));
        self.send_off(evicted);
        let Self { rooms, conns, out, .. } = self;
        let frame_history = limits::PAST_RELAY / rooms.len().max(1);
        rooms.retain(|_, room| {
            room.watch_holes(frame_history, now, out);
            for conn in room.tick(now, out) {
                conns.insert(conn, Guest::Refused);
            }
            send_off(room.take_evicted(), conns, out);
            let over = room.is_over(now);
            if over {
                for conn in room.everybody() {
                    if !matches!(conns.insert(conn, Guest::Refused), Some(Guest::Refused)) {
                        out.refuse(conn, Refusal::SeatGone);
                    }
                }
            }
            !over
        });
        self.next_tick = (!self.conns.is_empty() || !self.rooms.is_empty()).then(|| now + TICK);
    }

    /// From here on nobody new is taken, and everybody is told that the relay goes.
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
            Guest::Joiner(nameplate, attempt) => {
                if let Some(room) = self.rooms.get_mut(&nameplate) {
                    room.knock_over(attempt, &mut self.out);
                }
            }
            Guest::AtDecoy(nameplate, attempt) => {
                let (decoys, mut lent) = self.lend(now);
                decoys.knock_over(nameplate, attempt, &mut lent);
            }
            Guest::Early(_, _, nameplate, seat) => {
                if let Some(room) = self.rooms.get_mut(&nameplate) {
                    room.early_over(seat);
                }
            }
            Guest::New(..) | Guest::Member(..) | Guest::Refused => {}
        }
    }

    fn send_off(&mut self, who: Vec<ConnId>) {
        send_off(who, &mut self.conns, &mut self.out);
    }

    fn lend(&mut self, now: Time) -> (&mut Decoys, Lent<'_>) {
        let Self { decoys, rng, out, .. } = self;
        (decoys, Lent { now, rng, out })
    }

    fn hello(&mut self, conn: ConnId, from: Origin, hello: Hello, now: Time) {
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
        if let Some(room) = self.rooms.get_mut(&nameplate).filter(|room| room.has_door()) {
            room.knock(attempt, conn, body, now, &mut self.out)?;
            return Ok(Guest::Joiner(nameplate, attempt));
        }
        let (decoys, mut lent) = self.lend(now);
        decoys.knock(nameplate, attempt, conn, &body, &mut lent)?;
        Ok(Guest::AtDecoy(nameplate, attempt))
    }

    fn open_room(&mut self, conn: ConnId, now: Time) -> Result<Guest, Refusal> {
        if self.rooms.len() >= limits::ROOMS {
            return Err(Refusal::Unavailable);
        }
        let nameplate = loop {
            let span = u32::from(Nameplate::MAX - Nameplate::MIN) + 1;
            let drawn = Nameplate(Nameplate::MIN + (self.rng.next_u32() % span) as u16);
            if !self.rooms.contains_key(&drawn) {
                break drawn;
            }
        };
        let ticket = draw_ticket(&mut self.rng);
        let (room, seat) = Room::open(conn, ticket.clone(), now);
        self.voice_due = self.voice_due.min(room.voice_due());
        self.rooms.insert(nameplate, room);
        let waiting = self.decoys.make_way(nameplate);
        self.send_off(waiting);
        self.out.tell(conn, &ToMember::Hosting { nameplate, seat, ticket });
        Ok(Guest::Member(nameplate, seat))
    }

    fn resume(&mut self, conn: ConnId, ticket: &Ticket, have: Index, now: Time) -> Result<Guest, Refusal> {
        let Self { rooms, conns, out, .. } = self;
        let found = rooms.iter_mut().find_map(|(nameplate, room)| Some((*nameplate, room.seat_of(ticket)?, room)));
        let (nameplate, seat, room) = found.ok_or(Refusal::SeatGone)?;
        if let Some(old) = room.resume(seat, conn, have, now, out)? {
            conns.insert(old, Guest::Refused);
            out.refuse(old, Refusal::Replaced);
        }
        Ok(Guest::Member(nameplate, seat))
    }

    fn member_says(&mut self, conn: ConnId, nameplate: Nameplate, seat: SeatId, message: ToRelay, now: Time) {
        let Self { rng, rooms, conns, decoys, out, .. } = self;
        let Some(room) = rooms.get_mut(&nameplate) else { return self.refuse(conn, Refusal::SeatGone, now) };
        room.heard(seat, now, out);
        match message {
            ToRelay::Append { number, epoch, act, body } => {
                let action = Action { number, epoch, act, body };
                match room.append(seat, action, rng, now, out) {
                    Ok(moves) => {
                        for (joiner, seat) in moves.admitted {
                            conns.insert(joiner, Guest::Member(nameplate, seat));
                        }
                        for (conn, refusal) in moves.refused {
                            conns.insert(conn, Guest::Refused);
                            out.refuse(conn, refusal);
                        }
                        send_off(room.take_evicted(), conns, out);
                    }
                    Err(refusal) => self.refuse(conn, refusal, now),
                }
            }
            ToRelay::Answer(attempt, body) => {
                if let Some(span) = room.door_took(seat, attempt, now) {
                    decoys.door_took(nameplate, span);
                }
                room.answer(seat, attempt, body, out);
            }
            ToRelay::TurnAway(attempt, body) => {
                if let Some(span) = room.door_took(seat, attempt, now) {
                    decoys.door_took(nameplate, span);
                }
                if let Some(joiner) = room.turn_away(seat, attempt, body, out) {
                    conns.insert(joiner, Guest::Refused);
                }
            }
            ToRelay::Welcome { seat: joiner, index, body } => {
                room.welcome(seat, joiner, index, body, now, out);
                self.voice_due = self.voice_due.min(room.voice_due());
            }
            ToRelay::Missed { since_ms, have } => room.missed(seat, since_ms, have, now, out),
            ToRelay::Behind(seconds) => room.behind(seat, seconds),
            ToRelay::Leave => {
                room.leave(seat, now, out);
                send_off(room.take_evicted(), conns, out);
                conns.insert(conn, Guest::Refused);
                out.close(conn);
            }
            // A yes to the rules, or a note, that was on its way when its joiner was let in.
            ToRelay::Knock(_) => {}
            ToRelay::Hello(_) => {
                room.line_cut(seat, conn, now, out);
                self.refuse(conn, Refusal::Protocol, now);
            }
        }
    }
}

fn draw_ticket(rng: &mut ChaCha20Rng) -> Ticket {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    Ticket(bytes)
}

/// Ends the connections of those who are to knock anew, without a refusal, so that they do.
fn send_off(who: Vec<ConnId>, conns: &mut BTreeMap<ConnId, Guest>, out: &mut Outbox) {
    for conn in who {
        conns.insert(conn, Guest::Refused);
        out.close(conn);
    }
}
