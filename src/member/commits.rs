//! New keys for the group, while I hold its door: one commit at a time, for all who come and go meanwhile.

use std::time::Duration;

use super::Member;
use super::door::Known;
use super::flight::{self, Away, Welcome};
use super::keys::bound;
use crate::crypto::knock::Sealed;
use crate::ids::{Attempt, SeatId, SeatSet, Time};
use crate::session::{Event, Op, Trouble, Waiting, Whom};
use crate::wire::{Act, Blob, ToRelay, limits};

/// After a commit that the relay did not take, the time until the next.
const AGAIN: Duration = Duration::from_secs(1);

/// What the next commit is to do.
#[derive(Default)]
pub(super) struct Wanted {
    /// Who is let in.
    pub(super) admitted: Vec<Waiting>,
    /// Seats that are taken away.
    pub(super) removed: SeatSet,
    /// Whether fresh keys are wanted, to be compared.
    verify: bool,
    /// Not before then is a commit tried again.
    again: Time,
}

/// Seats that a commit takes.
struct Leaving {
    /// Of those who are back on new lines.
    replace: SeatSet,
    /// Of those who are removed.
    remove: SeatSet,
    /// All, with the leaves of those whose seats were given up before.
    all: SeatSet,
}

impl Member {
    /// Lets in one who waits, or all.
    pub(super) fn admit(&mut self, whom: Whom<Attempt>, now: Time) -> Result<(), Trouble> {
        let chosen = |waiting: &mut Waiting| match whom {
            Whom::One(attempt) => waiting.attempt == attempt,
            Whom::All => true,
        };
        let chosen: Vec<Waiting> = self.room.door.extract_if(.., chosen).collect();
        if chosen.is_empty() {
            return Err(Trouble::NobodyWaits);
        }
        self.door.wanted.admitted.extend(chosen);
        self.commit_due(now);
        Ok(())
    }

    /// Draws fresh keys, so that nobody can have prepared for them, and asks all to compare them.
    pub(super) fn verify(&mut self, now: Time) {
        self.door.wanted.verify = true;
        self.commit_due(now);
    }

    /// Takes a seat away.
    pub(super) fn remove(&mut self, seat: SeatId, now: Time) -> Result<(), Trouble> {
        if Some(seat) == self.room.me || !self.room.state.seats.contains_key(&seat) {
            return Err(Trouble::NotTaken(None));
        }
        self.door.wanted.removed.insert(seat);
        self.commit_due(now);
        Ok(())
    }

    /// Tells the relay what holds for those who are back, be it a mute or the talking stick: it knows seats, and not whose they
    /// were. All others know it from the commit.
    pub(super) fn repeat_floor(&mut self, admitted: SeatSet) {
        if !self.room.am_facilitator() {
            return;
        }
        let muted: SeatSet = admitted.iter().filter(|seat| self.room.state.floor_muted(*seat)).collect();
        let stick = self.room.state.turns.floor.holder.filter(|seat| admitted.contains(*seat));
        let muted = (muted != SeatSet::default()).then_some(Act::FloorMute(muted, true));
        for act in muted.into_iter().chain(stick.map(|seat| Act::Stick(Some(seat)))) {
            // If too much is on its way, each listener drops the voice by itself.
            let _ = self.append(act, Op::Direct);
        }
    }

    fn leaving(&self) -> Leaving {
        let (seats, wanted) = (self.seats(), &self.door.wanted);
        let returned = wanted.admitted.iter().filter_map(|waiting| waiting.returns_to);
        let replace: SeatSet = returned.filter(|seat| seats.contains(*seat)).collect();
        let remove: SeatSet =
            wanted.removed.iter().filter(|seat| seats.contains(*seat) && !replace.contains(*seat)).collect();
        let gone = self.keys.as_ref().map_or(SeatSet::default(), |keys| keys.gone(seats));
        let all = replace.iter().chain(remove.iter()).chain(gone.iter()).collect();
        Leaving { replace, remove, all }
    }

    /// Whether new keys are due, and mine to make.
    fn commit_waits(&self) -> bool {
        let free = self.keys.as_ref().is_some_and(|keys| !keys.group.has_commit());
        let ready = free && self.is_in() && self.room.am_facilitator();
        let wanted = &self.door.wanted;
        ready && (wanted.verify || !wanted.admitted.is_empty() || !self.leaving().all.is_empty())
    }

    /// When a commit is to be tried.
    pub(super) fn commit_at(&self) -> Time {
        if self.commit_waits() { self.door.wanted.again } else { Time::NEVER }
    }

    /// Makes new keys, if it's time.
    pub(super) fn commit_due(&mut self, now: Time) {
        if now < self.commit_at() {
            return;
        }
        let leaving = self.leaving();
        let Some(keys) = &mut self.keys else { return };
        let staying = keys.group.seats().iter().filter(|seat| !leaving.all.contains(*seat)).count();
        let room = limits::MEMBERS.saturating_sub(staying).min(limits::KNOCKS);
        let knocks = self.door.wanted.admitted.iter().map(|waiting| waiting.attempt).take(room);
        let (knocks, packages): (Vec<Attempt>, Vec<Vec<u8>>) =
            knocks.filter_map(|knock| Some((knock, self.door.known.get(&knock)?.key_package.clone()))).unzip();
        let (number, verify) = (self.actions.next_number(), self.door.wanted.verify);
        let made = keys.group.seats_for(leaving.all, knocks.len()).and_then(|seats| {
            let admit = knocks.iter().copied().zip(seats).collect();
            let act = Act::Commit { admit, replace: leaving.replace, remove: leaving.remove };
            let commit = keys.group.commit(&bound(number, &act), leaving.all, &packages, verify).ok()?;
            Some((act, commit))
        });
        let Some((act, commit)) = made else {
            // Nobody has been let in by it; who waits can knock again.
            self.door.wanted.again = now + AGAIN;
            return knocks.into_iter().for_each(|knock| self.send_away(knock, Away::NotNow));
        };
        match self.actions.add_commit(act, commit, &knocks) {
            Ok(()) => {
                self.door.wanted.verify = false;
                // With the new keys in the log, and sealed with them, all are asked to compare.
                if verify && let Err(trouble) = self.append(Act::None, Op::Verify) {
                    self.tell(Event::Trouble(trouble));
                }
                self.flush();
            }
            Err(trouble) => {
                self.commit_refused(now);
                self.tell(Event::Trouble(trouble));
            }
        }
    }

    /// The relay did not take my commit: who was to come went away, or who was away is back.
    pub(super) fn commit_refused(&mut self, now: Time) {
        if let Some(keys) = &mut self.keys {
            keys.group.drop_commit();
        }
        self.door.wanted.again = now + AGAIN;
    }

    /// The commit is in the log: the newcomer gets the keys, and the state as of it.
    pub(super) fn welcome(&mut self, knock: Attempt, seat: SeatId, keys: Vec<u8>) {
        let mine = |waiting: &mut Waiting| waiting.attempt == knock;
        let note = self.door.wanted.admitted.extract_if(.., mine).find_map(|waiting| waiting.note);
        if let Some(note) = note {
            self.confide_note(seat, note);
        }
        let Some(Known { keys: sealing, .. }) = self.door.known.remove(&knock) else { return };
        let welcome = flight::write(&Welcome::new(keys, self.room.state.snapshot()));
        if let Some(body) = Blob::new(sealing.seal(Sealed::Welcome, &welcome)) {
            self.send(ToRelay::Welcome { seat, index: self.room.state.index, body });
        }
    }
}
