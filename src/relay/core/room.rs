//! One room: seats, the log, and whose voice goes to whom.

mod backfill;
mod door;
mod floor;
mod layers;
mod packing;
mod reception;
mod voice;

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha20Rng;

pub(super) use self::backfill::Asking;
use self::backfill::Holes;
use self::door::Knock;
use self::floor::Floor;
pub(super) use self::layers::LayerSubscription;
use self::layers::Layers;
use self::packing::Pending;
use self::reception::Hearing;
use super::bucket::Bucket;
use super::log::Log;
use super::seat::Seat;
use super::talkers::Talkers;
use super::{ConnId, Outbox, draw_ticket};
use crate::adapt::{PROBE_EVERY, Ring};
use crate::ids::{ActionNo, Attempt, Epoch, Index, SeatId, SeatSet, Time};
use crate::wire::{Act, Blob, Doors, Entry, EntryKind, Frame, Gone, Presence, Refusal, Ticket, ToMember, limits};

/// What a member wants in the log.
pub(super) struct Action {
    pub(super) number: ActionNo,
    pub(super) epoch: Epoch,
    pub(super) act: Act,
    pub(super) body: Blob,
}

/// What an action did to connections.
#[derive(Default)]
pub(super) struct Moves {
    /// Joiners that have a seat now.
    pub(super) admitted: Vec<(ConnId, SeatId)>,
    /// Who is to go.
    pub(super) refused: Vec<(ConnId, Refusal)>,
}

/// What was sent lately: of whom, and whether in the thin layer.
type Rings = BTreeMap<(SeatId, bool), Ring<Frame>>;

pub(super) struct Room {
    opened: Time,
    log: Log,
    seats: BTreeMap<SeatId, Seat>,
    doors: Doors,
    knocks: BTreeMap<Attempt, Knock>,
    /// How many more knocks the door is shown.
    shown: Bucket,
    /// Knocks that ended while the door could not be told.
    missed: Vec<Attempt>,
    /// Joiners who are to knock anew, since the door they talked to is gone.
    evicted: Vec<ConnId>,
    locked: bool,
    /// The group's keys of which the next entry is to be.
    epoch: Epoch,
    muted: SeatSet,
    floor: Floor,
    talkers: Talkers,
    /// What was forwarded lately of each talker.
    rings: Rings,
    /// What goes out with the next bundle of either layer.
    pending: [Pending; 2],
    layers: Layers,
    voice_due: Time,
    backfill: Holes,
    hearing: Hearing,
    /// Since when nobody has been there.
    deserted: Option<Time>,
    closed: bool,
}

impl Room {
    pub(super) fn open(conn: ConnId, ticket: Ticket, now: Time) -> (Self, SeatId) {
        let seat = SeatId(0);
        let mut host = Seat::new(conn, ticket, seat, now);
        host.welcomed = true;
        let mut doors = Doors::default();
        doors.open(seat);
        host.probe = (0, now + PROBE_EVERY);
        let room = Self {
            opened: now,
            log: Log::default(),
            seats: BTreeMap::from([(seat, host)]),
            doors,
            knocks: BTreeMap::new(),
            shown: Bucket::new(limits::DOOR_KNOCKS, limits::DOOR_KNOCKS_EVERY, now),
            missed: Vec::new(),
            evicted: Vec::new(),
            locked: false,
            epoch: Epoch::default(),
            muted: SeatSet::default(),
            floor: Floor::default(),
            talkers: Talkers::default(),
            rings: BTreeMap::new(),
            pending: Default::default(),
            layers: Layers::default(),
            voice_due: now + PROBE_EVERY,
            backfill: Holes::default(),
            hearing: Hearing::default(),
            deserted: None,
            closed: false,
        };
        (room, seat)
    }

    /// The seat that may act for the relay.
    fn door(&self) -> Option<SeatId> {
        self.doors.door()
    }

    fn door_conn(&self) -> Option<ConnId> {
        self.door().and_then(|door| self.seats.get(&door)).and_then(|seat| seat.conn.filter(|_| seat.welcomed))
    }

    pub(super) fn seat_of(&self, ticket: &Ticket) -> Option<SeatId> {
        self.seats.iter().find(|(_, seat)| seat.ticket == *ticket).map(|(id, _)| *id)
    }

    pub(super) fn is_over(&self, now: Time) -> bool {
        self.closed || self.deserted.is_some_and(|since| now.since(since) >= limits::ROOM_HELD)
    }

    /// Every connection, at the door or seated.
    pub(super) fn everybody(&self) -> impl Iterator<Item = ConnId> {
        self.knocks.values().map(|knock| knock.conn).chain(self.seats.values().filter_map(|seat| seat.conn))
    }

    // The log.

    pub(super) fn append(
        &mut self,
        by: SeatId,
        action: Action,
        rng: &mut ChaCha20Rng,
        now: Time,
        out: &mut Outbox,
    ) -> Result<Moves, Refusal> {
        let Action { number, epoch, act, body } = action;
        let may = self.door() == Some(by) || self.passes_stick(by, &act);
        let Some(seat) = self.seats.get_mut(&by) else { return Err(Refusal::SeatGone) };
        if number <= seat.last || epoch < self.epoch {
            return Ok(Moves::default());
        }
        if number != seat.last.next() || epoch != self.epoch || !seat.welcomed {
            return Err(Refusal::Protocol);
        }
        seat.last = number;
        let for_all = matches!(act, Act::None | Act::Doors(_) | Act::TakeBack);
        let allowed = seat.actions.take(now) && (for_all || may) && self.can(by, &act);
        if !allowed {
            if let Some(conn) = self.seats.get(&by).and_then(|seat| seat.conn) {
                out.tell(conn, &ToMember::Rejected(number));
            }
            return Ok(Moves::default());
        }
        let mut moves = Moves::default();
        let door = self.door();
        match &act {
            Act::None => {}
            Act::Commit { admit, replace, remove } => {
                self.epoch = self.epoch.next();
                moves.refused.extend(replace.iter().filter_map(|seat| Some((self.vacate(seat)?, Refusal::Replaced))));
                moves.refused.extend(remove.iter().filter_map(|seat| Some((self.vacate(seat)?, Refusal::Removed))));
                for (attempt, seat) in admit {
                    let Some(knock) = self.knocks.remove(attempt) else { continue };
                    self.seats.insert(*seat, Seat::new(knock.conn, draw_ticket(rng), by, now));
                    self.doors.arrive(*seat);
                    moves.admitted.push((knock.conn, *seat));
                }
            }
            Act::FloorMute(seats, muted) => {
                for seat in seats.iter() {
                    if !self.seats.contains_key(&seat) {
                        continue;
                    }
                    self.forget_past(seat);
                    if *muted {
                        self.muted.insert(seat);
                        self.silence(seat);
                    } else {
                        self.muted.remove(seat);
                    }
                }
            }
            Act::Lock(locked) => self.locked = *locked,
            Act::MuteAll(_) | Act::Stick(_) => self.change_floor(&act, now),
            Act::Close => {
                self.closed = true;
                moves.refused.extend(self.everybody().map(|conn| (conn, Refusal::Closed)));
            }
            Act::Doors(named) => self.doors.name(by, named),
            Act::TakeBack => self.doors.take_back(by),
        }
        self.record(EntryKind::Action { seat: by, number, act, body }, now, out);
        self.door_moved(door);
        Ok(moves)
    }

    /// Whether an act can be carried out.
    fn can(&self, by: SeatId, act: &Act) -> bool {
        let (admit, replace, remove) = match act {
            Act::Commit { admit, replace, remove } => (admit, replace, remove),
            Act::Doors(named) => return self.doors.can_name(named),
            Act::TakeBack => return self.doors.has_lapsed(by),
            Act::Close => return self.doors.may_admit(by),
            Act::None | Act::FloorMute(..) | Act::Lock(_) | Act::MuteAll(_) | Act::Stick(_) => return true,
        };
        let away = |seat| self.seats.get(&seat).is_some_and(|seat| seat.presence == Presence::Away);
        let free = |seat| !self.seats.contains_key(&seat) || replace.contains(seat) || remove.contains(seat);
        let knocks: BTreeSet<Attempt> = admit.iter().map(|(attempt, _)| *attempt).collect();
        let given: SeatSet = admit.iter().map(|(_, seat)| *seat).collect();
        let leaving = replace.iter().count() + remove.iter().count();
        (admit.is_empty() || self.doors.may_admit(by))
            && !replace.contains(by)
            && !remove.contains(by)
            && replace.iter().all(|seat| away(seat) && !remove.contains(seat))
            && remove.iter().all(|seat| self.seats.contains_key(&seat))
            && admit.len() <= limits::KNOCKS
            && knocks.len() == admit.len()
            && given.iter().count() == admit.len()
            && admit.iter().all(|(attempt, seat)| self.knocks.contains_key(attempt) && free(*seat))
            && self.seats.len() + admit.len() <= limits::MEMBERS + leaving
    }

    fn record(&mut self, kind: EntryKind, now: Time, out: &mut Outbox) {
        let at_ms = now.since(self.opened).as_millis() as u64;
        let entry = self.log.append(at_ms, kind).clone();
        let mut own = None;
        if let EntryKind::Action { seat, number, act, .. } = &entry.kind {
            // Who has said it knows what was said.
            own = self.seats.get(seat).filter(|seat| seat.welcomed).and_then(|seat| seat.conn);
            if let Some(conn) = own {
                let kind = EntryKind::Action { seat: *seat, number: *number, act: act.clone(), body: Blob::default() };
                out.tell(conn, &ToMember::Entry(Entry { kind, ..entry }));
            }
        }
        let others = self.seats.values().flat_map(Seat::told).filter(|conn| Some(*conn) != own);
        out.tell_all(others, &ToMember::Entry(entry));
    }

    pub(super) fn welcome(
        &mut self,
        by: SeatId,
        joiner: SeatId,
        index: Index,
        body: Blob,
        now: Time,
        out: &mut Outbox,
    ) {
        let Some(rest) = self.log.after(index) else { return };
        // The door may have moved on since its commit; nobody else can welcome whom it let in.
        let Some(seat) = self.seats.get_mut(&joiner).filter(|seat| !seat.welcomed && seat.host == by) else { return };
        let Some(conn) = seat.conn else { return };
        seat.welcomed = true;
        seat.heard = now;
        seat.probe = (0, now + PROBE_EVERY);
        self.voice_due = self.voice_due.min(now + PROBE_EVERY);
        out.tell(conn, &ToMember::Seated { seat: joiner, ticket: seat.ticket.clone(), index, body });
        for entry in rest {
            out.tell(conn, &ToMember::Entry(entry.clone()));
        }
        self.tell_presences(conn, out);
    }

    // Seats and lines.

    /// Takes `conn` for the seat. The connection it had before, if there is one.
    pub(super) fn resume(
        &mut self,
        id: SeatId,
        conn: ConnId,
        have: Index,
        now: Time,
        out: &mut Outbox,
    ) -> Result<Option<ConnId>, Refusal> {
        if self.log.after(have).is_none() {
            return Err(Refusal::SeatGone);
        }
        let seat = self.seats.get_mut(&id).filter(|seat| seat.welcomed).ok_or(Refusal::SeatGone)?;
        let begun = seat.early.take() == Some(conn);
        let old = seat.conn.replace(conn);
        if !begun {
            self.tell_resumed(id, conn, have, out);
        }
        self.restart_fetch(id);
        self.heard(id, now, out);
        if self.door() == Some(id) {
            self.show_knocks(out);
        }
        Ok(old)
    }

    /// Tells `conn` what it would be told if it had the seat, as long as the seat's line is silent. Whether it does.
    pub(super) fn resume_early(&mut self, id: SeatId, conn: ConnId, have: Index, now: Time, out: &mut Outbox) -> bool {
        let silent = |seat: &&mut Seat| seat.conn.is_none() || now.since(seat.heard) >= limits::EARLY_AFTER;
        let free = |seat: &&mut Seat| seat.welcomed && seat.early.is_none();
        if self.log.after(have).is_none() {
            return false;
        }
        let Some(seat) = self.seats.get_mut(&id).filter(free).filter(silent) else { return false };
        seat.early = Some(conn);
        self.tell_resumed(id, conn, have, out);
        true
    }

    /// Brings a connection for a seat up to date that has the log up to an entry.
    fn tell_resumed(&self, id: SeatId, conn: ConnId, have: Index, out: &mut Outbox) {
        let (Some(seat), Some(rest)) = (self.seats.get(&id), self.log.after(have)) else { return };
        out.tell(conn, &ToMember::Resumed { head: self.log.head(), last: seat.last });
        for entry in rest {
            out.tell(conn, &ToMember::Entry(entry.clone()));
        }
        self.tell_presences(conn, out);
    }

    /// Whoever asked for the seat early is no more.
    pub(super) fn early_over(&mut self, id: SeatId) {
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.early = None;
        }
    }

    /// A seat's connection ended without a goodbye.
    pub(super) fn line_cut(&mut self, id: SeatId, conn: ConnId, now: Time, out: &mut Outbox) {
        if let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.conn == Some(conn)) {
            seat.conn = None;
            self.set_presence(id, Presence::Away, now, out);
        }
    }

    pub(super) fn leave(&mut self, id: SeatId, now: Time, out: &mut Outbox) {
        self.depart(id, Gone::Left, now, out);
    }

    fn depart(&mut self, id: SeatId, why: Gone, now: Time, out: &mut Outbox) -> Option<ConnId> {
        let door = self.door();
        let conn = self.vacate(id);
        self.record(EntryKind::Gone(id, why), now, out);
        self.door_moved(door);
        conn
    }

    /// If the door is another's now than it was, what was begun with the one before ends.
    fn door_moved(&mut self, before: Option<SeatId>) {
        if self.door() == before {
            return;
        }
        self.missed.clear();
        self.evicted.extend(std::mem::take(&mut self.knocks).into_values().map(|knock| knock.conn));
        if let Some(door) = self.door() {
            // Who can lift a floor-mute can't stay under one.
            self.muted.remove(door);
        }
    }

    /// Passes the door on while its line is gone and somebody is there to whom that matters.
    fn pass_door(&mut self, now: Time, out: &mut Outbox) {
        let here = |seat: &Seat| seat.welcomed && seat.presence != Presence::Away;
        for _ in 0..self.seats.len() {
            let Some(door) = self.door() else { return };
            let gone = self.seats.get(&door).is_some_and(|seat| seat.gone_for(now) >= limits::DOOR_HELD);
            if !gone || !self.seats.values().any(here) {
                return;
            }
            self.doors.lapse(door);
            self.record(EntryKind::Lapsed(door), now, out);
            self.door_moved(Some(door));
        }
    }

    fn vacate(&mut self, id: SeatId) -> Option<ConnId> {
        self.doors.depart(id);
        self.muted.remove(id);
        self.drop_stick(id);
        self.silence(id);
        self.forget_holes(id);
        self.forget_hearing(id);
        self.seats.remove(&id).and_then(|seat| seat.conn)
    }

    pub(super) fn heard(&mut self, id: SeatId, now: Time, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(&id) else { return };
        seat.heard = now;
        // The line that has the seat lives, so nobody else is sent what's for it.
        seat.early = None;
        if seat.presence == Presence::Away && seat.conn.is_some() {
            self.set_presence(id, Presence::Here, now, out);
        }
        if self.deserted.take().is_some() {
            // Everybody else has the full time again to come back to who is here now.
            self.seats.values_mut().for_each(|seat| seat.away_since = now);
        }
    }

    fn set_presence(&mut self, id: SeatId, presence: Presence, now: Time, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.presence != presence) else { return };
        seat.presence = presence;
        if presence == Presence::Away {
            seat.away_since = now;
            self.silence(id);
        }
        out.tell_all(self.seats.values().flat_map(Seat::told), &ToMember::Presence(vec![(id, presence)]));
    }

    fn tell_presences(&self, conn: ConnId, out: &mut Outbox) {
        let all = self.seats.iter().map(|(id, seat)| (*id, seat.presence)).collect();
        out.tell(conn, &ToMember::Presence(all));
        let late = self.seats.iter().map(|(id, seat)| (*id, seat.told_late())).filter(|(_, late)| *late > 0);
        let late: Vec<(SeatId, u8)> = late.collect();
        if !late.is_empty() {
            out.tell(conn, &ToMember::Late(late));
        }
        self.tell_behind(conn, out);
        self.tell_layers(conn, out);
    }

    /// Nothing more of this seat's voice goes out.
    fn silence(&mut self, id: SeatId) {
        self.talkers.forget(id);
        self.rings.retain(|(talker, _), _| *talker != id);
        self.pending.iter_mut().for_each(|pending| pending.forget(id));
        self.layers.forget(id);
        for seat in self.seats.values_mut() {
            seat.subscriptions.remove(&id);
        }
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.up.nack.stop();
        }
    }

    // Time.

    /// Looks at what has run out. The connections that were refused by it.
    pub(super) fn tick(&mut self, now: Time, out: &mut Outbox) -> Vec<ConnId> {
        self.rings.retain(|_, ring| !ring.is_old(now));
        let mut refused = Vec::new();
        let stale = |knock: &Knock| self.seats.is_empty() || now.since(knock.since) >= limits::KNOCK_TIME;
        let late: Vec<_> =
            self.knocks.iter().filter(|(_, k)| stale(k)).map(|(attempt, k)| (*attempt, k.conn)).collect();
        for (attempt, conn) in late {
            self.knock_over(attempt, out);
            out.refuse(conn, Refusal::Busy);
            refused.push(conn);
        }
        let ids: Vec<SeatId> = self.seats.keys().copied().collect();
        for id in &ids {
            let seat = &self.seats[id];
            let presence = match seat.conn {
                Some(_) if now.since(seat.heard) < limits::AWAY_AFTER => seat.quality(),
                _ => Presence::Away,
            };
            self.set_presence(*id, presence, now, out);
        }
        let late: Vec<_> = self.seats.iter_mut().filter_map(|(id, seat)| Some((*id, seat.late()?))).collect();
        if !late.is_empty() {
            out.tell_all(self.seats.values().flat_map(Seat::told), &ToMember::Late(late));
        }
        if self.seats.values().all(|seat| seat.presence == Presence::Away) {
            self.deserted.get_or_insert(now);
        }
        self.watch_layers(now, out);
        self.pass_door(now, out);
        for id in ids {
            let seat = &self.seats[&id];
            let why = match seat.presence {
                _ if !seat.welcomed && now.since(seat.seated) >= limits::WELCOME_TIME => Gone::NeverCame,
                Presence::Away if self.deserted.is_none() && now.since(seat.away_since) >= limits::SEAT_HELD => {
                    Gone::Lost
                }
                _ => continue,
            };
            if let Some(conn) = self.depart(id, why, now, out) {
                out.refuse(conn, Refusal::SeatGone);
                refused.push(conn);
            }
        }
        refused
    }
}
