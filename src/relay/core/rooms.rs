//! All rooms of a relay.

use std::collections::{BTreeMap, VecDeque};

use rand_core::RngCore;

use super::context::Context;
use super::limits::Limits;
use super::outbox::ConnId;
use super::restoring::Seated;
use super::room::{Past, Room, Share};
use super::seal::{Claim, Sealer};
use crate::ids::{Nameplate, RoomId, SeatId, Time};
use crate::wire::{Refusal, RoomState, Ticket, limits};

/// How often a number is drawn at which nobody has knocked lately, before any free one is taken.
const UNKNOWN_TRIES: u32 = 256;

/// The rooms by their numbers, at most [`Limits::rooms`].
pub(super) struct Rooms {
    all: BTreeMap<Nameplate, Room>,
    sealer: Sealer,
    limits: Limits,
    /// Numbers for the next rooms, if they are not drawn here.
    offered: Option<VecDeque<Nameplate>>,
    /// When there is voice to be sent, asked for or sent again in some room, or something to be told.
    due: Time,
}

/// What has become of a room that was to be restored.
#[derive(Default)]
pub(super) struct Restored {
    /// Those who have a seat in it.
    pub(super) seated: Vec<(ConnId, SeatId)>,
    /// Those who don't.
    pub(super) gone: Vec<ConnId>,
}

impl Rooms {
    pub(super) fn new(sealer: Sealer) -> Self {
        Self { all: BTreeMap::new(), sealer, limits: Limits::default(), offered: None, due: Time::NEVER }
    }

    /// There are to be no more than this.
    pub(super) fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    pub(super) fn get(&self, nameplate: Nameplate) -> Option<&Room> {
        self.all.get(&nameplate)
    }

    pub(super) fn get_mut(&mut self, nameplate: Nameplate) -> Option<&mut Room> {
        self.all.get_mut(&nameplate)
    }

    pub(super) fn contains(&self, nameplate: Nameplate) -> bool {
        self.all.contains_key(&nameplate)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are, and how many members they have together.
    pub(super) fn count(&self) -> (usize, usize) {
        (self.all.len(), self.all.values().map(|room| room.state().seats.len()).sum())
    }

    /// Whether the room of this number is this one.
    pub(super) fn has(&self, nameplate: Nameplate, id: RoomId) -> bool {
        self.get(nameplate).is_some_and(|room| room.state().id == id)
    }

    /// The seat that a ticket gives, if its room is here.
    pub(super) fn seat_of(&self, ticket: &Ticket) -> Option<Claim> {
        let claim = self.sealer.claim(ticket)?;
        self.get(claim.nameplate)?.gives(claim).then_some(claim)
    }

    /// From here on rooms are opened at numbers alone that were offered.
    pub(super) fn open_where_offered(&mut self) {
        self.offered.get_or_insert_default();
    }

    /// A room may be opened there. At most [`limits::ROOMS`] numbers wait.
    pub(super) fn offer(&mut self, nameplate: Nameplate) {
        if let Some(offered) = self.offered.as_mut().filter(|offered| offered.len() < limits::ROOMS) {
            offered.push_back(nameplate);
        }
    }

    /// No room may be opened there any more.
    pub(super) fn withdraw(&mut self, nameplate: Nameplate) {
        self.offered.iter_mut().for_each(|offered| offered.retain(|other| *other != nameplate));
    }

    /// Those that have rooms.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Nameplate> {
        self.all.keys().copied()
    }

    /// A room is no longer here.
    pub(super) fn remove(&mut self, nameplate: Nameplate) {
        self.all.remove(&nameplate);
        self.look();
    }

    /// Opens a room for this connection, if possible at a number that isn't `known`.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] if there are too many, [`Refusal::NotYet`] if no number was offered.
    pub(super) fn open(
        &mut self,
        conn: ConnId,
        known: impl Fn(Nameplate) -> bool,
        cx: &mut Context<'_>,
    ) -> Result<(Nameplate, SeatId), Refusal> {
        if self.all.len() >= self.limits.rooms {
            return Err(Refusal::Unavailable);
        }
        let nameplate = match &mut self.offered {
            Some(offered) => {
                let unknown = offered.iter().position(|nameplate| !known(*nameplate));
                offered.remove(unknown.unwrap_or(0)).ok_or(Refusal::NotYet)?
            }
            None => self.draw(known, cx),
        };
        let mut id = RoomId::default();
        cx.rng.fill_bytes(&mut id.0);
        let state = RoomState::open(id, nameplate, SeatId(0));
        let (room, seat) = Room::open(conn, state, self.sealer.clone(), cx).ok_or(Refusal::Unavailable)?;
        self.due = self.due.min(room.voice_due());
        self.all.insert(nameplate, room);
        Ok((nameplate, seat))
    }

    /// A number without a room.
    fn draw(&self, known: impl Fn(Nameplate) -> bool, cx: &mut Context<'_>) -> Nameplate {
        let mut tries = 0;
        loop {
            let span = u32::from(Nameplate::MAX - Nameplate::MIN) + 1;
            let drawn = Nameplate(Nameplate::MIN + (cx.rng.next_u32() % span) as u16);
            tries += 1;
            // Where somebody has knocked lately they might see that another door answers from now on.
            if !self.contains(drawn) && (tries > UNKNOWN_TRIES || !known(drawn)) {
                break drawn;
            }
        }
    }

    /// Puts a room back in its place. One that was restored there by fewer of its members gives way.
    pub(super) fn restore(&mut self, past: Past, back: Vec<Seated>, cx: &mut Context<'_>) -> Restored {
        let (nameplate, id) = (past.state.nameplate, past.state.id);
        let mut restored = Restored::default();
        // A new group may have the number by now.
        if self.contains(nameplate) && !self.has(nameplate, id) || self.all.len() >= self.limits.rooms {
            restored.gone.extend(back.into_iter().map(|seated| seated.conn));
            return restored;
        }
        if let Some(rival) = self.all.remove(&nameplate) {
            restored.gone.extend(rival.members().chain(rival.joiners()));
        }
        let nonce = cx.rng.next_u64();
        let mut room = Room::restore(past, self.sealer.clone(), nonce, cx);
        for seated in back {
            match room.take_back(&seated, cx) {
                Ok(()) => restored.seated.push((seated.conn, seated.seat)),
                Err(_) => restored.gone.push(seated.conn),
            }
        }
        self.due = self.due.min(room.voice_due());
        self.all.insert(nameplate, room);
        restored
    }

    // Time.

    /// When [`Self::run`] is due.
    pub(super) fn due(&self) -> Time {
        self.due
    }

    /// Something in a room may be due then.
    pub(super) fn wake(&mut self, due: Time) {
        self.due = self.due.min(due);
    }

    /// Sends and asks for what is due.
    pub(super) fn run(&mut self, cx: &mut Context<'_>) {
        let now = cx.now;
        if self.due <= now {
            self.all.values_mut().filter(|room| room.voice_due() <= now).for_each(|room| room.run_voice(cx));
            self.look();
        }
    }

    fn look(&mut self) {
        self.due = self.all.values().map(Room::voice_due).min().unwrap_or(Time::NEVER);
    }

    /// Looks at what has run out. The connections that are over by it and have been told; and those of rooms that are over, with
    /// what they are to be told. Whoever knocks isn't told that there was a group.
    pub(super) fn tick(&mut self, cx: &mut Context<'_>) -> (Vec<ConnId>, Vec<(ConnId, Option<Refusal>)>) {
        let (mut told, mut over) = (Vec::new(), Vec::new());
        let wanted: Vec<u32> = self.all.values_mut().map(|room| room.take_wanted(cx.now)).collect();
        let share = Share::of(&self.limits, &wanted);
        self.all.retain(|_, room| {
            told.extend(room.tick(share, cx));
            let ends = room.is_over(cx.now);
            if ends {
                over.extend(room.members().map(|conn| (conn, Some(Refusal::SeatGone))));
                over.extend(room.joiners().map(|conn| (conn, None)));
            }
            !ends
        });
        // What was fetched may be asked for again before anything comes.
        self.look();
        (told, over)
    }

    /// Tells members of entries that wait for others to come close behind them.
    pub(super) fn flush(&mut self, cx: &mut Context<'_>) {
        self.all.values_mut().for_each(|room| room.flush(cx));
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// The only room.
    #[cfg(test)]
    pub(super) fn only(&self) -> Option<&Room> {
        self.all.values().next()
    }

    /// Bytes of all logs.
    #[cfg(test)]
    pub(super) fn log_bytes(&self) -> usize {
        self.all.values().map(|room| room.log().bytes()).sum()
    }
}
