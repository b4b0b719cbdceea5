//! The relay's core: its connections, and the rooms and decoys that they are in.

use std::collections::BTreeMap;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::context::Context;
use super::decoy::Decoys;
use super::guest::Guest;
use super::knocks::Knocks;
use super::limits::Limits;
use super::origin::{Origins, Place};
use super::outbox::{ConnId, Outbox, Output};
use super::restoring::{Outcome, Restorations};
use super::room::Room;
use super::rooms::{Restored, Rooms};
use super::seal::{Claim, Sealer};
use super::steered::Steered;
use crate::adapt::Way;
use crate::ids::{LogHead, Nameplate, SeatId, Time};
use crate::wire::{self, Blob, Checkpoint, Hello, Purpose, Refusal, Ticket, ToMember, ToRelay};

/// How often the core looks at what may have run out.
pub(super) const TICK: Duration = Duration::from_millis(250);

/// A relay: rooms, and the connections to them.
pub struct Relay {
    rng: ChaCha20Rng,
    conns: BTreeMap<ConnId, Guest>,
    rooms: Rooms,
    knocks: Knocks,
    restorations: Restorations,
    origins: Origins,
    sealer: Sealer,
    draining: bool,
    next_tick: Option<Time>,
    /// How long what comes now has waited to be read, and how many frames were dropped because it was too long.
    lag: Duration,
    stale: u64,
    out: Outbox,
}

impl Relay {
    /// A relay without rooms, which had none before. The seed is the only randomness.
    pub fn new(seed: [u8; 32]) -> Self {
        let mut rng = ChaCha20Rng::from_seed(seed);
        // What is drawn otherwise stays the same.
        rng.set_stream(1);
        let mut secret = [0; 32];
        rng.fill_bytes(&mut secret);
        Self::with_secret(seed, secret, Time(0))
    }

    /// A relay without rooms, that has this secret from before: the members of its rooms can restore them. As they have to come
    /// back first, whoever knocks is kept waiting until `restored_by`.
    pub fn with_secret(seed: [u8; 32], secret: [u8; 32], restored_by: Time) -> Self {
        let mut rng = ChaCha20Rng::from_seed(seed);
        let (knocks, sealer) = (Knocks::new(restored_by, &mut rng), Sealer::new(secret));
        Self {
            knocks,
            rng,
            conns: BTreeMap::new(),
            rooms: Rooms::new(sealer.clone()),
            restorations: Restorations::default(),
            origins: Origins::new(Limits::default()),
            sealer,
            draining: false,
            next_tick: None,
            lag: Duration::ZERO,
            stale: 0,
            out: Outbox::default(),
        }
    }

    /// The same, which holds and takes this much. To be called first.
    pub fn limited(self, limits: Limits) -> Self {
        let (origins, rooms) = (Origins::new(limits.clone()), self.rooms.limited(limits));
        Self { origins, rooms, ..self }
    }

    /// What is held, to be compared with its bounds.
    #[cfg(test)]
    pub(super) fn held(&self) -> super::guest::Held {
        let (decoys, flights) = self.knocks.decoys.held();
        let (connections, origins) = (self.conns.len(), self.origins.held());
        let (logs, restoring, outputs) = (self.rooms.log_bytes(), self.restorations.held(), self.out.len());
        super::guest::Held { connections, origins, decoys, flights, outputs, logs, restoring }
    }

    /// How many rooms there are, and how many members they have together.
    pub fn count(&self) -> (usize, usize) {
        self.rooms.count()
    }

    #[cfg(test)]
    pub(super) fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    /// The next thing to do, in order. `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.pop()
    }

    /// When [`Self::handle_timeout`] is due. `None` while there is nothing to wait for.
    pub fn poll_timeout(&self) -> Option<Time> {
        let decoys = Some(self.knocks.decoys.due()).filter(|due| *due != Time::NEVER);
        let voice = Some(self.rooms.due()).filter(|due| *due != Time::NEVER);
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
            // Its first flight hasn't been answered, and another can't come before that.
            Some(Guest::Waiting { .. }) => self.refuse(conn, Refusal::Protocol, now),
            Some(Guest::Asked { .. } | Guest::Returned { .. }) if message == ToRelay::Leave => {
                self.refuse(conn, Refusal::SeatGone, now);
            }
            Some(Guest::Asked { claim, .. }) => match message {
                ToRelay::Checkpoint(checkpoint) => self.returned(conn, claim, *checkpoint, now),
                ToRelay::Hello(_) => self.refuse(conn, Refusal::Protocol, now),
                // The member doesn't know yet that the room is gone, and will say it again.
                _ => {}
            },
            Some(Guest::Returned { claim }) => {
                // What nobody has asked for makes no work.
                if self.restorations.take(claim, message) {
                    self.restore(now);
                }
            }
            Some(Guest::Member { nameplate, seat }) => self.member_says(conn, nameplate, seat, message, now),
            // All that a member says is said on the connection that has the seat.
            Some(Guest::SecondWay { .. }) => self.refuse(conn, Refusal::Protocol, now),
        }
    }

    /// A greeting came before its connection's handshake is over, perhaps from somebody who has kept an old one and shows it
    /// again. It must come to [`Self::handle_control`] too once the handshake is over, and only that gives anybody a seat. Until
    /// then a connection that asks for the seat of a silent line is sent what that line would be sent, which only the line's
    /// owner can read. The line keeps the seat.
    pub fn handle_early(&mut self, conn: ConnId, hello: &Hello, now: Time) {
        let Some(Guest::New { since, from }) = self.conns.get(&conn).copied() else { return };
        let Hello { version: wire::VERSION, purpose: Purpose::Resume(ticket, have) } = hello else { return };
        let Some(Claim { nameplate, seat, .. }) = self.rooms.seat_of(ticket) else { return };
        if let Some((room, mut cx)) = self.room(nameplate, now)
            && room.resume_early(seat, conn, *have, &mut cx)
        {
            self.conns.insert(conn, Guest::Early { since, from, nameplate, seat });
        }
    }

    /// What came on the control stream was no message. The connection ends.
    pub fn handle_malformed(&mut self, conn: ConnId, now: Time) {
        self.refuse(conn, Refusal::Protocol, now);
    }

    /// What comes from here on has waited this long for the relay to read it, because it has more to do than it can do. Live voice
    /// that has waited longer than a listener would wait for it is dropped, so that too much to do costs frames, and not ever
    /// more delay.
    pub fn handle_lag(&mut self, lag: Duration) {
        self.lag = lag;
    }

    /// How many frames were dropped because they had waited too long.
    pub fn stale_frames(&self) -> u64 {
        self.stale
    }

    /// A datagram came. One from a stranger, or that can't be decoded, is passed over.
    pub fn handle_datagram(&mut self, conn: ConnId, bytes: &[u8], now: Time) {
        let lag = self.lag;
        if let Some((seat, way, room, mut cx)) = self.sender(conn, now) {
            let stale = room.take((seat, way), bytes, lag, &mut cx);
            let due = room.voice_due();
            self.rooms.wake(due);
            self.stale += stale as u64;
        }
    }

    /// Some packet has come on this connection lately, even if only an acknowledgement.
    pub fn handle_heard(&mut self, conn: ConnId, now: Time) {
        if let Some((seat, _, room, mut cx)) = self.sender(conn, now) {
            room.heard(seat, &mut cx);
        }
    }

    /// So much waits to be written to this connection, at least [`limits::BACKLOG`](crate::wire::limits::BACKLOG) bytes, that its
    /// member can't follow; or no longer.
    pub fn handle_backlog(&mut self, conn: ConnId, backlogged: bool, now: Time) {
        if let Some((seat, room, _)) = self.member(conn, now) {
            room.backlogged(seat, backlogged);
        }
    }

    /// A connection is no more.
    pub fn handle_closed(&mut self, conn: ConnId, now: Time) {
        if let Some(guest) = self.conns.remove(&conn) {
            self.over(conn, guest, now);
        }
    }

    /// Does what is due, and looks at what may have run out: greetings, knocks, silent lines, held seats, deserted rooms.
    pub fn handle_timeout(&mut self, now: Time) {
        let (decoys, mut cx) = self.decoys(now);
        let gone = decoys.run(&mut cx);
        self.conns.extend(gone.into_iter().map(|conn| (conn, Guest::Refused)));
        let Self { rng, rooms, out, .. } = self;
        rooms.run(&mut Context { now, rng, out });
        if self.next_tick.is_none_or(|due| due > now) {
            return;
        }
        let late: Vec<ConnId> =
            self.conns.iter().filter(|(_, guest)| guest.is_late(now)).map(|(conn, _)| *conn).collect();
        late.into_iter().for_each(|conn| self.refuse(conn, Refusal::Protocol, now));
        self.origins.forget(now);
        self.restore(now);
        self.let_on(now);
        let refused = self.knocks.decoys.tick(now, &mut self.out);
        self.conns.extend(refused.into_iter().map(|conn| (conn, Guest::Refused)));
        let Self { rng, rooms, out, .. } = self;
        let (told, over) = rooms.tick(&mut Context { now, rng, out });
        self.conns.extend(told.into_iter().map(|conn| (conn, Guest::Refused)));
        for (conn, why) in over {
            match (self.conns.insert(conn, Guest::Refused), why) {
                (Some(Guest::Refused), _) => {}
                (_, Some(refusal)) => self.out.refuse(conn, refusal),
                (_, None) => self.out.close(conn),
            }
        }
        self.next_tick = (!self.conns.is_empty() || !self.rooms.is_empty()).then(|| now + TICK);
    }

    /// Its rooms, for those who decide which of them are here.
    pub fn steered(&mut self) -> Steered<'_> {
        let Self { conns, rooms, restorations, sealer, out, .. } = self;
        Steered { conns, rooms, restorations, sealer, out }
    }

    /// Tells members at once of entries that wait for others to come close behind them.
    pub fn flush(&mut self, now: Time) {
        let Self { rng, rooms, out, .. } = self;
        rooms.flush(&mut Context { now, rng, out });
    }

    /// Tells everybody that the relay stops, and takes no new connections from here on. `why` is
    /// [`Refusal::Restarting`] if it may be back soon.
    pub fn drain(&mut self, why: Refusal, now: Time) {
        self.flush(now);
        self.draining = true;
        for (conn, guest) in &mut self.conns {
            *guest = Guest::Refused;
            self.out.refuse(*conn, why);
        }
        self.rooms.clear();
        self.restorations.clear();
        self.knocks.clear();
    }

    fn refuse(&mut self, conn: ConnId, refusal: Refusal, now: Time) {
        if let Some(guest) = self.conns.insert(conn, Guest::Refused) {
            self.over(conn, guest, now);
        }
        self.out.refuse(conn, refusal);
    }

    /// Whatever this connection was, it is no more.
    fn over(&mut self, conn: ConnId, guest: Guest, now: Time) {
        match guest {
            Guest::Joiner { nameplate, attempt } => {
                self.room(nameplate, now).into_iter().for_each(|(room, cx)| room.knock_over(attempt, cx.out));
            }
            Guest::AtDecoy { nameplate, attempt } => {
                let (decoys, mut cx) = self.decoys(now);
                decoys.knock_over(nameplate, attempt, &mut cx);
            }
            Guest::Early { nameplate, seat, .. } => {
                self.rooms.get_mut(nameplate).into_iter().for_each(|room| room.early_over(seat));
            }
            Guest::Waiting { attempt } => self.knocks.waiting.over(attempt),
            Guest::Returned { claim } => self.restorations.closed(claim, conn),
            Guest::Member { nameplate, seat } | Guest::SecondWay { nameplate, seat } => {
                self.room(nameplate, now).into_iter().for_each(|(room, mut cx)| room.line_cut(seat, conn, &mut cx));
            }
            Guest::New { .. } | Guest::Asked { .. } | Guest::Refused => {}
        }
    }

    /// The seat of the member on this connection, the room, and what that is lent.
    fn member(&mut self, conn: ConnId, now: Time) -> Option<(SeatId, &mut Room, Context<'_>)> {
        self.sender(conn, now).and_then(|(seat, way, room, cx)| (way == Way::First).then_some((seat, room, cx)))
    }

    /// The same, of a connection that a member sends datagrams on, with which of its ways that is.
    fn sender(&mut self, conn: ConnId, now: Time) -> Option<(SeatId, Way, &mut Room, Context<'_>)> {
        let (nameplate, seat, way) = self.conns.get(&conn)?.sends()?;
        self.room(nameplate, now).map(|(room, cx)| (seat, way, room, cx))
    }

    /// A room, and what it is lent.
    fn room(&mut self, nameplate: Nameplate, now: Time) -> Option<(&mut Room, Context<'_>)> {
        let Self { rng, rooms, out, .. } = self;
        Some((rooms.get_mut(nameplate)?, Context { now, rng, out }))
    }

    /// The decoys, and what they are lent.
    fn decoys(&mut self, now: Time) -> (&mut Decoys, Context<'_>) {
        let Self { knocks, rng, out, .. } = self;
        (&mut knocks.decoys, Context { now, rng, out })
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
            Purpose::SecondWay(ticket) => self.second_way(conn, &ticket, now),
        };
        self.set(conn, outcome, now);
    }

    /// Another connection has taken the place of this one.
    fn replaced(&mut self, conn: ConnId) {
        self.conns.insert(conn, Guest::Refused);
        self.out.refuse(conn, Refusal::Replaced);
    }

    fn knock(&mut self, conn: ConnId, nameplate: Nameplate, body: Blob, now: Time) -> Result<Guest, Refusal> {
        let Self { rng, rooms, knocks, restorations, out, .. } = self;
        knocks.knock(conn, nameplate, body, (rooms, restorations), &mut Context { now, rng, out })
    }

    /// Those who knocked where a room might have been restored are at its door now, or at a decoy's.
    fn let_on(&mut self, now: Time) {
        let Self { rng, rooms, knocks, restorations, out, .. } = self;
        for (conn, at_door) in knocks.let_on((rooms, restorations), &mut Context { now, rng, out }) {
            self.set(conn, at_door, now);
        }
    }

    /// What a connection is from here on; or it's refused.
    fn set(&mut self, conn: ConnId, guest: Result<Guest, Refusal>, now: Time) {
        match guest {
            Ok(guest) => drop(self.conns.insert(conn, guest)),
            Err(refusal) => self.refuse(conn, refusal, now),
        }
    }

    fn open_room(&mut self, conn: ConnId, now: Time) -> Result<Guest, Refusal> {
        let Self { rng, rooms, knocks, restorations, out, .. } = self;
        let known = |drawn| knocks.decoys.is_known(drawn) || restorations.expect(drawn);
        let (nameplate, seat) = rooms.open(conn, known, &mut Context { now, rng, out })?;
        Ok(Guest::Member { nameplate, seat })
    }

    fn resume(&mut self, conn: ConnId, ticket: &Ticket, have: LogHead, now: Time) -> Result<Guest, Refusal> {
        let claim = self.sealer.claim(ticket).ok_or(Refusal::SeatGone)?;
        let here = self.room(claim.nameplate, now).filter(|(room, _)| room.state().id == claim.room);
        // It may have been restored by members who had less of the log.
        if here.is_none_or(|(room, _)| room.differs_from(have)) {
            self.out.tell(conn, &ToMember::AskCheckpoint);
            return Ok(Guest::Asked { since: now, claim });
        }
        self.take_seat(conn, claim, have, now)
    }

    /// A seat in a room that is here goes to this connection.
    fn take_seat(&mut self, conn: ConnId, claim: Claim, have: LogHead, now: Time) -> Result<Guest, Refusal> {
        let Claim { nameplate, seat, .. } = claim;
        let (room, mut cx) = self.room(nameplate, now).ok_or(Refusal::SeatGone)?;
        if !room.gives(claim) {
            return Err(Refusal::SeatGone);
        }
        let before = room.resume(seat, conn, have, &mut cx)?;
        before.into_iter().for_each(|before| self.replaced(before));
        Ok(Guest::Member { nameplate, seat })
    }

    /// A member who has its seat on another connection has this one besides.
    fn second_way(&mut self, conn: ConnId, ticket: &Ticket, now: Time) -> Result<Guest, Refusal> {
        let Claim { nameplate, seat, .. } = self.rooms.seat_of(ticket).ok_or(Refusal::SeatGone)?;
        let (room, mut cx) = self.room(nameplate, now).ok_or(Refusal::SeatGone)?;
        let before = room.give_second_way(seat, conn, &mut cx)?;
        before.into_iter().for_each(|before| self.replaced(before));
        Ok(Guest::SecondWay { nameplate, seat })
    }

    /// A member has shown how its room was.
    fn returned(&mut self, conn: ConnId, claim: Claim, checkpoint: Checkpoint, now: Time) {
        if !self.sealer.has_tagged(&checkpoint.state, checkpoint.tag) {
            return self.refuse(conn, Refusal::SeatGone, now);
        }
        let known = checkpoint.state.head;
        if self.room(claim.nameplate, now).is_some_and(|(room, _)| room.can_resume(claim, known)) {
            // The others have restored it meanwhile.
            let seated = self.take_seat(conn, claim, known, now);
            return self.set(conn, seated, now);
        }
        match self.restorations.add(claim, conn, checkpoint, now) {
            Ok(before) => {
                self.conns.insert(conn, Guest::Returned { claim });
                before.filter(|before| *before != conn).into_iter().for_each(|before| self.replaced(before));
                self.restore(now);
            }
            Err(refusal) => self.refuse(conn, refusal, now),
        }
    }

    /// Restores the rooms that can be.
    fn restore(&mut self, now: Time) {
        let Self { rng, rooms, restorations, out, .. } = self;
        let cx = &mut Context { now, rng, out };
        let outcomes = restorations.run(|nameplate, id| rooms.has(nameplate, id), cx);
        for Outcome { nameplate, restored, strays } in outcomes {
            let Restored { seated, gone } =
                restored.map(|(past, back)| rooms.restore(past, back, cx)).unwrap_or_default();
            self.conns.extend(seated.into_iter().map(|(conn, seat)| (conn, Guest::Member { nameplate, seat })));
            for conn in strays.into_iter().chain(gone) {
                self.conns.insert(conn, Guest::Refused);
                cx.out.refuse(conn, Refusal::SeatGone);
            }
        }
        self.let_on(now);
    }

    fn member_says(&mut self, conn: ConnId, nameplate: Nameplate, seat: SeatId, message: ToRelay, now: Time) {
        let room = self.room(nameplate, now).ok_or(Refusal::SeatGone);
        match room.and_then(|(room, mut cx)| room.handle_control(seat, message, &mut cx)) {
            Ok(moves) => {
                let admitted = moves.admitted.into_iter().map(|(conn, seat)| (conn, Guest::Member { nameplate, seat }));
                self.conns.extend(admitted.chain(moves.over.into_iter().map(|conn| (conn, Guest::Refused))));
                if let Some(delay) = moves.door_delay {
                    self.knocks.decoys.door_took(nameplate, delay);
                }
                self.rooms.wake(moves.voice_due.unwrap_or(Time::NEVER));
            }
            Err(refusal) => self.refuse(conn, refusal, now),
        }
    }
}
