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
mod past;
mod reception;
mod seat;
mod seats;
mod share;
mod subscriptions;
mod talkers;
mod traffic;
mod uplink;

use std::time::Duration;

use self::clock::GroupClock;
use self::context::RoomContext;
use self::door::Door;
use self::greeting::Greeting;
use self::lag::Lags;
use self::log::Log;
use self::media::{Came, Media};
pub(super) use self::moves::Moves;
use self::moves::{Action, CarriedOut};
pub(super) use self::past::Past;
use self::seat::Seat;
use self::seats::Seats;
pub(super) use self::share::Share;

use super::context::Context;
use super::outbox::{ConnId, Outbox};
use super::restoring::Seated;
use super::seal::{Claim, Sealer};
use crate::adapt::{PROBE_EVERY, Way};
use crate::ids::{Attempt, Index, LogHead, SeatId, Time, overhead};
use crate::wire::{Act, Blob, EntryKind, Gone, Presence, Refusal, RoomState, ToMember, ToRelay, limits};

/// A room, with at most [`limits::MEMBERS`] seats.
pub(super) struct Room {
    seats: Seats,
    door: Door,
    /// With the room as it follows from it.
    log: Log,
    media: Media,
    lags: Lags,
}

impl Room {
    /// A room with one seat, its door, whose member is told of it.
    pub(super) fn open(conn: ConnId, state: RoomState, sealer: Sealer, cx: &mut Context<'_>) -> Option<(Self, SeatId)> {
        let id = state.doors.door()?;
        let clock = GroupClock::new(cx.now);
        let seats = Seats::new([(id, Seat::new(Some(conn), id, cx.now))]);
        let mut room = Self::new(seats, Log::new(state, sealer, clock), clock, cx.now);
        room.let_in(id, cx.now);
        let (state, ticket) = (Box::new(room.state().clone()), room.log.ticket(id)?);
        let tag = room.log.tag(&state);
        cx.out.tell(conn, &ToMember::Hosting { ticket, state, tag });
        Some((room, id))
    }

    /// A room whose members have shown how it was, none of whom has a line yet.
    pub(super) fn restore(past: Past, sealer: Sealer, nonce: u64, cx: &mut Context<'_>) -> Self {
        let clock = GroupClock::since(past.group_ms.max(past.state.at_ms), cx.now);
        let seats = Seats::new(past.state.seats.iter().map(|(id, seat)| (*id, Seat::restored(*id, seat.last, cx.now))));
        let mut room = Self::new(seats, Log::restored(past, sealer, clock), clock, cx.now);
        room.log.record(EntryKind::Restored(nonce), &room.seats, cx);
        room
    }

    fn new(seats: Seats, log: Log, clock: GroupClock, now: Time) -> Self {
        let door = Door::new(log.state().doors.door(), now);
        Self { seats, door, log, media: Media::new(clock, now), lags: Lags::default() }
    }

    /// What of the room is in the clear.
    pub(super) fn state(&self) -> &RoomState {
        self.log.state()
    }

    /// A member who has helped to restore the room has its seat again. Of its own actions it knows more than the log: those
    /// that were rejected.
    ///
    /// # Errors
    /// As [`Self::resume`].
    pub(super) fn take_back(&mut self, seated: &Seated, cx: &mut Context<'_>) -> Result<(), Refusal> {
        let seat = self.seats.get_mut(seated.seat);
        seat.into_iter().for_each(|seat| seat.last_action = seat.last_action.max(seated.last));
        self.resume(seated.seat, seated.conn, seated.known, cx)?;
        self.let_in(seated.seat, cx.now);
        Ok(())
    }

    /// The member in this seat is in from now on.
    fn let_in(&mut self, id: SeatId, now: Time) {
        let Some(seat) = self.seats.get_mut(id) else { return };
        (seat.welcomed, seat.given) = (true, None);
        seat.heard = now;
        seat.down.start_probing(now);
        self.media.probe_from(now + PROBE_EVERY);
    }

    /// Whether a member knows another log than this one, to which the room was restored: a longer one, or one that parted from it.
    pub(super) fn differs_from(&self, have: LogHead) -> bool {
        self.log.differs_from(have)
    }

    /// Whether a member whose ticket claims a seat, and who knows the log so far, can be given the rest.
    pub(super) fn can_resume(&self, claim: Claim, have: LogHead) -> bool {
        self.gives(claim) && self.log.after(have).is_some()
    }

    /// Whether a ticket that claims this gives a seat here.
    pub(super) fn gives(&self, claim: Claim) -> bool {
        let state = self.state();
        state.id == claim.room && state.seats.get(&claim.seat).is_some_and(|seat| seat.given == claim.given)
    }

    #[cfg(test)]
    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    /// Whether the room is to be forgotten.
    pub(super) fn is_over(&self, now: Time) -> bool {
        self.state().closed || self.seats.deserted().is_some_and(|since| now.since(since) >= limits::ROOM_HELD)
    }

    /// The connections of those who are seated, second ways among them.
    pub(super) fn members(&self) -> impl Iterator<Item = ConnId> {
        self.seats.iter().flat_map(|(_, seat)| [seat.conn, seat.second]).flatten()
    }

    /// The connections of those at the door.
    pub(super) fn joiners(&self) -> impl Iterator<Item = ConnId> {
        self.door.joiners()
    }

    /// Whether there is a door to knock at, even if its member is away.
    pub(super) fn has_door(&self) -> bool {
        !self.state().closed && !self.seats.is_empty()
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
        if self.state().locked {
            return Err(Refusal::Locked);
        }
        self.door.knock(attempt, conn, body, &mut RoomContext::new(&mut self.seats, cx))
    }

    /// A joiner's next flight.
    ///
    /// # Errors
    /// [`Refusal::Protocol`] if it is one too many, too large, or comes before the door's answer.
    pub(super) fn next_flight(&mut self, attempt: Attempt, body: Blob, cx: &mut Context<'_>) -> Result<(), Refusal> {
        self.door.next_flight(attempt, body, &mut RoomContext::new(&mut self.seats, cx))
    }

    pub(super) fn knock_over(&mut self, attempt: Attempt, out: &mut Outbox) {
        self.door.knock_over(attempt, &self.seats, out);
    }

    /// An entry is in the log. Whom the door passes to by it, and whom it keeps from being heard.
    fn record(&mut self, kind: EntryKind, cx: &mut Context<'_>) {
        let (floor, passes_stick) = (self.state().floor.clone(), acts::passes_stick(&kind));
        let before = self.silenced(cx.now);
        self.log.record(kind, &self.seats, cx);
        if floor != self.state().floor || passes_stick {
            let silenced = self.silenced(cx.now);
            self.media.change_floor(&before, &silenced, &mut self.seats);
        }
        self.door.pass_to(self.state().doors.door());
    }

    /// The seats whose voice is not passed on.
    fn silenced(&self, now: Time) -> Vec<SeatId> {
        self.seats.ids().into_iter().filter(|id| !self.log.lets_through(*id, now)).collect()
    }

    /// Passes the door on while its line is gone and somebody is there to whom that matters.
    fn pass_door(&mut self, cx: &mut Context<'_>) {
        for _ in 0..self.seats.len() {
            let Some(door) = self.door.holder() else { return };
            let gone = self.seats.get(door).is_some_and(|seat| seat.gone_for(cx.now) >= limits::DOOR_HELD);
            if !gone || !self.seats.is_anybody_here() {
                return;
            }
            self.record(EntryKind::Lapsed(door), cx);
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
                if intake::is_next(id, number, epoch, self.state().epoch, &self.seats)? {
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
                let (log, now) = (&self.log, cx.now);
                let let_through = |talker| log.lets_through(talker, now);
                self.media.list_missed(id, since_ms, have, let_through, &mut RoomContext::new(&mut self.seats, cx));
            }
            ToRelay::Behind(seconds) if self.seats.welcomed(id).is_some() => self.lags.set(id, seconds),
            ToRelay::Behind(_) => {}
            ToRelay::Leave => {
                let conns = self.depart(id, Gone::Left, cx);
                moves.over.extend(self.door.take_evicted().into_iter().chain(conns));
                moves.over.iter().for_each(|conn| cx.out.close(*conn));
            }
            // A knock is a yes to the rules, or a note, that was on its way when its joiner was let in.
            ToRelay::Knock(_) | ToRelay::Entry(_) => {}
            ToRelay::Hello(_) | ToRelay::Checkpoint(_) => return Err(Refusal::Protocol),
        }
        Ok(moves)
    }

    // The log.

    /// Puts a member's next action into the log and carries its act out, or rejects it.
    fn append(&mut self, by: SeatId, action: Action, cx: &mut Context<'_>) -> Moves {
        let checked = intake::check(by, &action, &self.door, &mut self.log, &mut self.seats, cx.now);
        let Action { number, act, body } = action;
        if checked.is_err() {
            let author = self.seats.get(by).and_then(|seat| seat.conn);
            author.into_iter().for_each(|conn| cx.out.tell(conn, &ToMember::Rejected(number)));
            return Moves::default();
        }
        let done = self.carry_out(by, &act, cx);
        self.record(EntryKind::Action { seat: by, number, act, body }, cx);
        self.seats.note_given(done.admitted.iter().map(|(_, id)| *id), self.log.state());
        let voice_due = Some(self.log.due());
        Moves { voice_due, ..Moves::of(done, self.door.take_evicted(), cx.out) }
    }

    /// Does what an act means beyond what follows from the log.
    fn carry_out(&mut self, by: SeatId, act: &Act, cx: &mut Context<'_>) -> CarriedOut {
        let mut done = CarriedOut::default();
        match act {
            Act::None | Act::Lock(_) | Act::MuteAll(_) | Act::Stick(_) | Act::Doors(_) | Act::TakeBack => {}
            Act::Commit { admit, replace, remove } => {
                let leaving = replace.iter().map(|(id, _)| (*id, Refusal::Replaced));
                for (id, refusal) in leaving.chain(remove.iter().map(|id| (id, Refusal::Removed))) {
                    done.refused.extend(self.vacate(id).into_iter().flatten().map(|conn| (conn, refusal)));
                }
                for (attempt, id) in admit {
                    let Some(conn) = self.door.admit(*attempt) else { continue };
                    let hears_from_ms = self.log.group_ms(cx.now);
                    self.seats.insert(*id, Seat { hears_from_ms, ..Seat::new(Some(conn), by, cx.now) });
                    done.admitted.push((conn, *id));
                }
            }
            Act::FloorMute(seats, muted) => {
                for id in seats.iter().filter(|id| self.seats.contains(*id)).collect::<Vec<_>>() {
                    self.media.forget_history(id, &mut self.seats);
                    if *muted {
                        self.media.silence(id, &mut self.seats);
                    }
                }
            }
            Act::Close => {
                let known = self.door.close();
                done.refused.extend(self.members().chain(known).map(|conn| (conn, Refusal::Closed)));
            }
        }
        done
    }

    /// Tells everybody of entries that wait for others to come close behind them.
    pub(super) fn flush(&mut self, cx: &mut Context<'_>) {
        self.log.tell(&self.seats, cx);
    }

    // Seats and their lines.

    /// The member who has let a joiner in gives it the state at an entry.
    fn welcome(&mut self, by: SeatId, joiner: SeatId, index: Index, body: Blob, cx: &mut Context<'_>) {
        // The door may have moved on since the commit, but nobody else can welcome a joiner whom its old holder let in.
        let expected = self.seats.get(joiner).filter(|seat| !seat.welcomed && seat.host == by);
        let Some((conn, given)) = expected.and_then(|seat| Some((seat.conn?, seat.given.as_ref()?))) else { return };
        let Some(state) = self.log.state_at(index, given) else { return };
        self.greeting().tell_seated(joiner, conn, state, body, cx.out);
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
        have: LogHead,
        cx: &mut Context<'_>,
    ) -> Result<Option<ConnId>, Refusal> {
        let missed = self.log.after(have).ok_or(Refusal::SeatGone)?.len();
        let seat = self.seats.welcomed_mut(id).ok_or(Refusal::SeatGone)?;
        let (old, told_early) = seat.give_to(conn, missed, cx.now)?;
        seat.second.into_iter().for_each(|second| cx.out.pair(conn, second, old));
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
    pub(super) fn resume_early(&mut self, id: SeatId, conn: ConnId, have: LogHead, cx: &mut Context<'_>) -> bool {
        let Some(missed) = self.log.after(have).map(|missed| missed.len()) else { return false };
        if !self.seats.welcomed_mut(id).is_some_and(|seat| seat.lend_to(conn, missed, cx.now)) {
            return false;
        }
        self.greeting().tell_resumed(id, conn, have, cx.out);
        true
    }

    /// The connection that asked for the seat early is no more.
    pub(super) fn early_over(&mut self, id: SeatId) {
        self.seats.get_mut(id).into_iter().for_each(|seat| seat.early = None);
    }

    /// A seat's connection, or its second way, ended without a goodbye.
    pub(super) fn line_cut(&mut self, id: SeatId, conn: ConnId, cx: &mut Context<'_>) {
        if self.seats.cut(id, conn, cx.out) {
            self.set_presence(id, Presence::Away, cx);
        }
    }

    /// Gives a seat a second way. See [`Seats::give_second_way`].
    pub(super) fn give_second_way(
        &mut self,
        id: SeatId,
        conn: ConnId,
        cx: &mut Context<'_>,
    ) -> Result<Option<ConnId>, Refusal> {
        self.seats.give_second_way(id, conn, &mut *cx.out, cx.now)
    }

    /// A seat is given up, and the log says why. The connections that it had.
    fn depart(&mut self, id: SeatId, why: Gone, cx: &mut Context<'_>) -> impl Iterator<Item = ConnId> + use<> {
        let conns = self.vacate(id);
        self.record(EntryKind::Gone(id, why), cx);
        conns.into_iter().flatten()
    }

    /// Takes a seat away from all parts. The connections that it had.
    fn vacate(&mut self, id: SeatId) -> [Option<ConnId>; 2] {
        self.media.forget(id, &mut self.seats);
        self.lags.forget(id);
        self.seats.remove(id).map_or([None; 2], |seat| [seat.conn, seat.second])
    }

    /// Something came from this seat's connection.
    pub(super) fn heard(&mut self, id: SeatId, cx: &mut Context<'_>) {
        let Some(seat) = self.seats.get_mut(id) else { return };
        seat.heard = cx.now;
        // The line that has the seat lives, so nobody else is sent what is for it.
        seat.early = None;
        if seat.presence == Presence::Away && seat.any_way().is_some() && seat.unreached.is_none() {
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

    /// A member's datagram came by one of its ways, unread for `lag`. One that is none is passed over, as is what came by the other
    /// way already. How many frames were dropped as too late.
    pub(super) fn take(&mut self, from: (SeatId, Way), bytes: &[u8], lag: Duration, cx: &mut Context<'_>) -> usize {
        let (id, way) = from;
        let read = self.seats.get_mut(id).and_then(|seat| seat.read_datagram(way, bytes, cx.now));
        let Some(datagram) = read else { return 0 };
        self.heard(id, cx);
        let let_through = self.log.lets_through(id, cx.now);
        let came = Came { size: bytes.len() + overhead::DATAGRAM, lag, let_through };
        self.media.handle(id, datagram, came, &mut RoomContext::new(&mut self.seats, cx))
    }

    // Time.

    /// When [`Self::run_voice`] is due.
    pub(super) fn voice_due(&self) -> Time {
        self.media.due().min(self.log.due())
    }

    pub(super) fn run_voice(&mut self, cx: &mut Context<'_>) {
        if self.log.due() <= cx.now {
            self.flush(cx);
        }
        self.media.run(&mut RoomContext::new(&mut self.seats, cx));
    }

    /// Bytes of voice a second that it has wanted to send since the last call.
    pub(super) fn take_wanted(&mut self, now: Time) -> u32 {
        self.media.take_wanted(now)
    }

    /// Looks at what has run out, and keeps and sends at most `share` bytes. The connections that are over by it.
    pub(super) fn tick(&mut self, share: Share, cx: &mut Context<'_>) -> Vec<ConnId> {
        self.log.limit(share.log);
        self.media.tick(share, &self.log.state().floor, &mut RoomContext::new(&mut self.seats, cx));
        self.lags.tell(&self.seats, cx);
        let mut over = self.door.expire(&mut RoomContext::new(&mut self.seats, cx));
        for (id, presence) in self.seats.presences_at(cx.now) {
            self.set_presence(id, presence, cx);
        }
        self.seats.tell_late(cx.out);
        self.seats.watch_deserted(cx.now);
        self.media.watch_layers(&mut RoomContext::new(&mut self.seats, cx));
        self.pass_door(cx);
        for id in self.seats.ids() {
            let Some(why) = self.seats.expired(id, cx.now) else { continue };
            over.extend(self.depart(id, why, cx).inspect(|conn| cx.out.refuse(*conn, Refusal::SeatGone)));
        }
        let evicted = self.door.take_evicted();
        evicted.iter().for_each(|conn| cx.out.close(*conn));
        over.extend(evicted);
        over
    }
}
