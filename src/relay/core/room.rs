//! One room: its members, its log, and what becomes of what they send.
//!
//! Each part owns its state and is lent the seats, the outbox and the time; [`Room`] decides what happens in which order.

mod acts;
mod backfill;
mod budgets;
mod clock;
mod context;
mod door;
mod downlink;
mod floor;
mod forwarder;
mod frame_history;
mod greeting;
mod intake;
mod lag;
mod layers;
mod log;
mod media;
mod moves;
mod packing;
mod reception;
mod seat;
mod seats;
mod share;
mod subscriptions;
mod talkers;
mod tickets;
mod uplink;

use self::clock::GroupClock;
use self::context::RoomContext;
use self::door::Door;
use self::floor::Floor;
use self::greeting::Greeting;
use self::lag::Lags;
use self::log::Log;
use self::media::Media;
pub(super) use self::moves::Moves;
use self::moves::{Action, CarriedOut};
use self::seat::Seat;
use self::seats::Seats;
pub(super) use self::share::Share;
pub(super) use self::tickets::RoomTickets;
use rand_chacha::ChaCha20Rng;

use super::context::Context;
use super::outbox::{ConnId, Outbox};
use crate::adapt::PROBE_EVERY;
use crate::ids::{Attempt, Epoch, Index, SeatId, Time, overhead};
use crate::wire::{Act, Blob, EntryKind, Gone, Presence, Refusal, Ticket, ToMember, ToRelay, UpDatagram, limits};

/// A room, with at most [`limits::MEMBERS`] seats.
pub(super) struct Room {
    tickets: RoomTickets,
    seats: Seats,
    door: Door,
    log: Log,
    /// The group's keys that the next entry is to be sealed with.
    epoch: Epoch,
    floor: Floor,
    media: Media,
    lags: Lags,
    closed: bool,
}

impl Room {
    /// A room with one seat, its door.
    pub(super) fn open(conn: ConnId, tickets: RoomTickets, rng: &mut ChaCha20Rng, now: Time) -> (Self, SeatId, Ticket) {
        let id = SeatId(0);
        let ticket = tickets.draw(id, rng);
        let clock = GroupClock::new(now);
        let mut room = Self {
            tickets,
            seats: Seats::new(id, Seat::new(conn, ticket.clone(), id, now)),
            door: Door::new(id, now),
            log: Log::new(clock),
            epoch: Epoch::default(),
            floor: Floor::default(),
            media: Media::new(clock),
            lags: Lags::default(),
            closed: false,
        };
        room.let_in(id, now);
        (room, id, ticket)
    }

    /// The member in this seat is in from now on.
    fn let_in(&mut self, id: SeatId, now: Time) {
        let Some(seat) = self.seats.get_mut(id) else { return };
        seat.welcomed = true;
        seat.heard = now;
        seat.down.start_probing(now);
        self.media.probe_from(now + PROBE_EVERY);
    }

    /// Whether this ticket gives this seat.
    pub(super) fn has_ticket(&self, id: SeatId, ticket: &Ticket) -> bool {
        self.seats.get(id).is_some_and(|seat| seat.ticket == *ticket)
    }

    #[cfg(test)]
    pub(super) fn log_bytes(&self) -> usize {
        self.log.bytes()
    }

    /// Whether the room is to be forgotten.
    pub(super) fn is_over(&self, now: Time) -> bool {
        self.closed || self.seats.deserted().is_some_and(|since| now.since(since) >= limits::ROOM_HELD)
    }

    /// The connections of those who are seated.
    pub(super) fn members(&self) -> impl Iterator<Item = ConnId> {
        self.seats.iter().filter_map(|(_, seat)| seat.conn)
    }

    /// The connections of those at the door.
    pub(super) fn joiners(&self) -> impl Iterator<Item = ConnId> {
        self.door.joiners()
    }

    // The door.

    /// Whether there is a door to knock at, even if its member is away.
    pub(super) fn has_door(&self) -> bool {
        !self.closed && !self.seats.is_empty()
    }

    /// A joiner knocks.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn knock(
        &mut self,
        attempt: Attempt,
        conn: ConnId,
        body: Blob,
        cx: &mut Context<'_>,
    ) -> Result<(), Refusal> {
        self.door.knock(attempt, conn, body, &mut RoomContext::new(&mut self.seats, cx))
    }

    /// A joiner's next flight.
    ///
    /// # Errors
    /// [`Refusal::Protocol`] if it is one too many, too large, or comes before the door's answer.
    pub(super) fn next_flight(&mut self, attempt: Attempt, body: Blob, cx: &mut Context<'_>) -> Result<(), Refusal> {
        self.door.next_flight(attempt, body, &mut RoomContext::new(&mut self.seats, cx))
    }

    /// A joiner goes away.
    pub(super) fn knock_over(&mut self, attempt: Attempt, out: &mut Outbox) {
        self.door.knock_over(attempt, &self.seats, out);
    }

    /// What was begun with the door's last holder ends, if that was another.
    fn door_moved(&mut self, before: Option<SeatId>) {
        if let Some(door) = self.door.settle(before) {
            // A member who can lift a floor-mute can't stay under one.
            self.floor.unmute(door);
        }
    }

    /// Passes the door on while its line is gone and somebody is there to whom that matters.
    fn pass_door(&mut self, cx: &mut Context<'_>) {
        let here = |seat: &Seat| seat.welcomed && seat.presence != Presence::Away;
        for _ in 0..self.seats.len() {
            let Some(door) = self.door.holder() else { return };
            let gone = self.seats.get(door).is_some_and(|seat| seat.gone_for(cx.now) >= limits::DOOR_HELD);
            if !gone || !self.seats.iter().any(|(_, seat)| here(seat)) {
                return;
            }
            self.door.holders_mut().lapse(door);
            self.log.record(EntryKind::Lapsed(door), &self.seats, cx);
            self.door_moved(Some(door));
        }
    }

    // Control messages.

    /// A member says something.
    ///
    /// # Errors
    /// Why the member's connection is to end.
    pub(super) fn handle_control(
        &mut self,
        id: SeatId,
        message: ToRelay,
        cx: &mut Context<'_>,
    ) -> Result<Moves, Refusal> {
        self.heard(id, cx);
        intake::check_length(&message)?;
        let mut moves = Moves::default();
        if !self.seats.get_mut(id).ok_or(Refusal::SeatGone)?.budgets.take_message(&message, cx.now)? {
            return Ok(moves);
        }
        match message {
            ToRelay::Append { number, epoch, act, body } => {
                if intake::is_next(id, number, epoch, self.epoch, &self.seats)? {
                    moves = self.append(id, Action { number, act, body }, cx);
                }
            }
            ToRelay::Answer(attempt, body) => {
                moves.door_delay = self.door.delay(id, attempt, cx.now);
                self.door.answer(id, attempt, body, cx.out);
            }
            ToRelay::TurnAway(attempt, body) => {
                moves.door_delay = self.door.delay(id, attempt, cx.now);
                moves.over.extend(self.door.turn_away(id, attempt, body, cx.out));
            }
            ToRelay::Welcome { seat, index, body } => {
                self.welcome(id, seat, index, body, cx);
                moves.voice_due = Some(self.voice_due());
            }
            ToRelay::Missed { since_ms, have } => {
                self.media.list_missed(id, since_ms, have, &mut RoomContext::new(&mut self.seats, cx));
            }
            ToRelay::Behind(seconds) => {
                if self.seats.welcomed(id).is_some() {
                    self.lags.set(id, seconds);
                }
            }
            ToRelay::Leave => {
                let conn = self.depart(id, Gone::Left, cx);
                moves.over.extend(self.door.take_evicted().into_iter().chain(conn));
                moves.over.iter().for_each(|conn| cx.out.close(*conn));
            }
            // A yes to the rules, or a note, that was on its way when its joiner was let in.
            ToRelay::Knock(_) => {}
            ToRelay::Hello(_) => return Err(Refusal::Protocol),
        }
        Ok(moves)
    }

    // The log.

    /// Puts a member's next action into the log and carries its act out, or rejects it.
    fn append(&mut self, by: SeatId, action: Action, cx: &mut Context<'_>) -> Moves {
        let checked = intake::check(by, &action, &self.door, &self.floor, &mut self.log, &mut self.seats, cx.now);
        let Action { number, act, body } = action;
        if checked.is_err() {
            if let Some(conn) = self.seats.get(by).and_then(|seat| seat.conn) {
                cx.out.tell(conn, &ToMember::Rejected(number));
            }
            return Moves::default();
        }
        let door = self.door.holder();
        let done = self.carry_out(by, &act, cx);
        self.log.record(EntryKind::Action { seat: by, number, act, body }, &self.seats, cx);
        self.door_moved(door);
        Moves::of(done, self.door.take_evicted(), cx.out)
    }

    fn carry_out(&mut self, by: SeatId, act: &Act, cx: &mut Context<'_>) -> CarriedOut {
        let mut done = CarriedOut::default();
        match act {
            Act::None => {}
            Act::Commit { admit, replace, remove } => {
                self.epoch = self.epoch.next();
                let leaving = replace.iter().map(|(id, _)| (*id, Refusal::Replaced));
                for (id, refusal) in leaving.chain(remove.iter().map(|id| (id, Refusal::Removed))) {
                    done.refused.extend(self.vacate(id).map(|conn| (conn, refusal)));
                }
                for (attempt, id) in admit {
                    let Some(conn) = self.door.admit(*attempt) else { continue };
                    self.seats.insert(*id, Seat::new(conn, self.tickets.draw(*id, cx.rng), by, cx.now));
                    self.door.holders_mut().arrive(*id);
                    done.admitted.push((conn, *id));
                }
            }
            Act::FloorMute(seats, muted) => {
                for id in seats.iter().filter(|id| self.seats.contains(*id)).collect::<Vec<_>>() {
                    self.media.forget_history(id, &mut self.seats);
                    if *muted {
                        self.floor.mute(id);
                        self.media.silence(id, &mut self.seats);
                    } else {
                        self.floor.unmute(id);
                    }
                }
            }
            Act::Lock(locked) => self.door.lock(*locked),
            Act::MuteAll(seconds) => self.change_floor(cx.now, |floor| floor.mute_all(*seconds, cx.now)),
            Act::Stick(to) if to.is_none_or(|id| self.seats.contains(id)) => {
                self.change_floor(cx.now, |floor| floor.pass_stick(*to));
            }
            Act::Stick(_) => {}
            Act::Close => {
                self.closed = true;
                let known = self.door.close();
                done.refused.extend(self.members().chain(known).map(|conn| (conn, Refusal::Closed)));
            }
            Act::Doors(named) => self.door.holders_mut().name(by, named),
            Act::TakeBack => self.door.holders_mut().take_back(by),
        }
        done
    }

    /// Changes the floor, and silences those who don't have it then.
    fn change_floor(&mut self, now: Time, change: impl FnOnce(&mut Floor) -> bool) {
        let stopped = |room: &Self| -> Vec<SeatId> {
            room.seats.ids().into_iter().filter(|id| !room.is_let_through(*id, now)).collect()
        };
        let before = stopped(self);
        if !change(&mut self.floor) {
            return;
        }
        let silenced = stopped(self);
        before.iter().chain(&silenced).for_each(|id| self.media.begin_anew(*id, &mut self.seats));
        silenced.into_iter().for_each(|id| self.media.silence(id, &mut self.seats));
    }

    // Seats and their lines.

    /// The member who has let a joiner in gives it the state at an entry.
    fn welcome(&mut self, by: SeatId, joiner: SeatId, index: Index, body: Blob, cx: &mut Context<'_>) {
        // The door may have moved on since the commit, but nobody else can welcome a joiner whom its old holder let in.
        let expected = self.seats.get(joiner).filter(|seat| !seat.welcomed && seat.host == by);
        let Some((conn, ticket)) = expected.and_then(|seat| Some((seat.conn?, seat.ticket.clone()))) else { return };
        let Some(missed) = self.log.after(index) else { return };
        cx.out.tell(conn, &ToMember::Seated { seat: joiner, ticket, index, body });
        missed.for_each(|entry| cx.out.share(conn, entry));
        self.let_in(joiner, cx.now);
        self.greeting().tell_lines(conn, cx.out);
    }

    fn greeting(&self) -> Greeting<'_> {
        Greeting { seats: &self.seats, log: &self.log, lags: &self.lags, media: &self.media }
    }

    /// Gives the seat to another connection. The connection that had it before, if there is one.
    ///
    /// # Errors
    /// [`Refusal::SeatGone`] if there is no such seat, or the log no longer has what the member misses.
    pub(super) fn resume(
        &mut self,
        id: SeatId,
        conn: ConnId,
        have: Index,
        cx: &mut Context<'_>,
    ) -> Result<Option<ConnId>, Refusal> {
        let missed = self.log.after(have).ok_or(Refusal::SeatGone)?.len();
        let seat = self.seats.welcomed_mut(id).ok_or(Refusal::SeatGone)?;
        if !seat.entries_again.take_many(1 + missed, cx.now) {
            return Err(Refusal::Busy);
        }
        seat.backlogged = false;
        seat.unreached = None;
        let told_early = seat.early.take() == Some(conn);
        let old = seat.conn.replace(conn);
        if !told_early {
            self.greeting().tell_resumed(id, conn, have, cx.out);
        }
        self.media.restart_fetch(id);
        self.heard(id, cx);
        if self.door.holder() == Some(id) {
            self.door.show_knocks(&self.seats, cx.out);
        }
        Ok(old)
    }

    /// Tells `conn` what it would be told if it had the seat, as long as the seat's line is silent. Whether it does.
    pub(super) fn resume_early(&mut self, id: SeatId, conn: ConnId, have: Index, cx: &mut Context<'_>) -> bool {
        let silent = |seat: &Seat| seat.conn.is_none() || cx.now.since(seat.heard) >= limits::EARLY_AFTER;
        let Some(missed) = self.log.after(have).map(|missed| missed.len()) else { return false };
        let Some(seat) = self.seats.welcomed_mut(id).filter(|seat| seat.early.is_none() && silent(seat)) else {
            return false;
        };
        if !seat.entries_again.take_many(1 + missed, cx.now) {
            return false;
        }
        seat.early = Some(conn);
        self.greeting().tell_resumed(id, conn, have, cx.out);
        true
    }

    /// The connection that asked for the seat early is no more.
    pub(super) fn early_over(&mut self, id: SeatId) {
        if let Some(seat) = self.seats.get_mut(id) {
            seat.early = None;
        }
    }

    /// A seat's connection ended without a goodbye.
    pub(super) fn line_cut(&mut self, id: SeatId, conn: ConnId, cx: &mut Context<'_>) {
        if let Some(seat) = self.seats.get_mut(id).filter(|seat| seat.conn == Some(conn)) {
            seat.conn = None;
            self.set_presence(id, Presence::Away, cx);
        }
    }

    /// A seat is given up, and the log says why. The connection that it had.
    fn depart(&mut self, id: SeatId, why: Gone, cx: &mut Context<'_>) -> Option<ConnId> {
        let door = self.door.holder();
        let conn = self.vacate(id);
        self.log.record(EntryKind::Gone(id, why), &self.seats, cx);
        self.door_moved(door);
        conn
    }

    /// Takes a seat away from all parts. The connection that it had.
    fn vacate(&mut self, id: SeatId) -> Option<ConnId> {
        self.door.holders_mut().depart(id);
        self.floor.forget(id);
        self.media.forget(id, &mut self.seats);
        self.lags.forget(id);
        self.seats.remove(id).and_then(|seat| seat.conn)
    }

    /// Something came from this seat's connection.
    pub(super) fn heard(&mut self, id: SeatId, cx: &mut Context<'_>) {
        let Some(seat) = self.seats.get_mut(id) else { return };
        seat.heard = cx.now;
        // The line that has the seat lives, so nobody else is sent what is for it.
        seat.early = None;
        if seat.presence == Presence::Away && seat.conn.is_some() && seat.unreached.is_none() {
            self.set_presence(id, Presence::Here, cx);
        }
        self.seats.occupied(cx.now);
    }

    /// So much waits for this seat's connection that it can't follow, or no longer.
    pub(super) fn backlogged(&mut self, id: SeatId, backlogged: bool) {
        self.seats.get_mut(id).into_iter().for_each(|seat| seat.backlogged = backlogged);
    }

    fn set_presence(&mut self, id: SeatId, presence: Presence, cx: &mut Context<'_>) {
        let Some(seat) = self.seats.get_mut(id).filter(|seat| seat.presence != presence) else { return };
        seat.presence = presence;
        if presence == Presence::Away {
            seat.away_since = cx.now;
            self.media.silence(id, &mut self.seats);
        }
        self.seats.tell_all(&ToMember::Presence(vec![(id, presence)]), cx.out);
    }

    /// A member's datagram came. Bytes that are none are passed over.
    pub(super) fn handle_datagram(&mut self, id: SeatId, bytes: &[u8], cx: &mut Context<'_>) {
        let Some(budgets) = self.seats.get_mut(id).map(|seat| &mut seat.budgets) else { return };
        if !budgets.read_datagram(cx.now) {
            return;
        }
        let Ok(datagram) = UpDatagram::decode(bytes) else { return };
        if !budgets.take_datagram(&datagram, cx.now) {
            return;
        }
        self.heard(id, cx);
        let let_through = self.is_let_through(id, cx.now);
        let size = bytes.len() + overhead::DATAGRAM;
        self.media.handle(id, datagram, size, let_through, &mut RoomContext::new(&mut self.seats, cx));
    }

    fn is_let_through(&self, id: SeatId, now: Time) -> bool {
        self.floor.lets_through(id, self.door.holder(), now)
    }

    // Time.

    /// When [`Self::run_voice`] is due.
    pub(super) fn voice_due(&self) -> Time {
        self.media.due()
    }

    /// Sends and asks for what is due.
    pub(super) fn run_voice(&mut self, cx: &mut Context<'_>) {
        self.media.run(&mut RoomContext::new(&mut self.seats, cx));
    }

    /// Looks at what has run out, and keeps at most `share` bytes. The connections that are over by it.
    pub(super) fn tick(&mut self, share: Share, cx: &mut Context<'_>) -> Vec<ConnId> {
        self.log.limit(share.log);
        self.media.tick(share.history, &self.floor, &mut RoomContext::new(&mut self.seats, cx));
        let lags = self.lags.take_news(cx.now);
        if !lags.is_empty() {
            self.seats.tell_all(&ToMember::Behind(lags), cx.out);
        }
        let mut over = self.door.expire(&mut RoomContext::new(&mut self.seats, cx));
        for id in self.seats.ids() {
            if let Some(presence) = self.seats.get(id).map(|seat| seat.presence_at(cx.now)) {
                self.set_presence(id, presence, cx);
            }
        }
        self.seats.tell_late(cx.out);
        self.seats.watch_deserted(cx.now);
        self.media.watch_layers(&mut RoomContext::new(&mut self.seats, cx));
        self.pass_door(cx);
        for id in self.seats.ids() {
            let Some(why) = self.seats.expired(id, cx.now) else { continue };
            if let Some(conn) = self.depart(id, why, cx) {
                cx.out.refuse(conn, Refusal::SeatGone);
                over.push(conn);
            }
        }
        let evicted = self.door.take_evicted();
        evicted.iter().for_each(|conn| cx.out.close(*conn));
        over.extend(evicted);
        over
    }
}
