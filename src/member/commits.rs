//! New keys for the group, while I hold its door: one commit at a time, for all who come and go meanwhile.

use std::time::Duration;

use super::context::Context;
use super::flight::{self, Away, Welcome};
use super::keys::bound;
use super::knocks::{Knocks, Known, turn_away};
use super::log::Log;
use crate::crypto::knock::Sealed;
use crate::ids::{Attempt, SeatId, SeatSet, Time};
use crate::session::{Event, Op, Secret, Waiting};
use crate::wire::{Act, Blob, Presence, ToRelay, limits};

/// After a commit that the relay did not take, the time until the next.
const AGAIN: Duration = Duration::from_secs(1);

/// What the next commit is to do.
#[derive(Default)]
pub(super) struct Commits {
    /// Those who are let in.
    admitted: Vec<Waiting>,
    /// Seats of members who are away, and the seats that they have now.
    returned: Vec<(SeatId, SeatId)>,
    /// Seats that are taken away.
    removed: SeatSet,
    /// Whether fresh keys are wanted, to be compared.
    verify: bool,
    /// Not before then is a commit tried again.
    again: Time,
}

/// Seats that a commit takes.
struct Leaving {
    /// Of members who are back on new lines, each with the seat that the member has now.
    replace: Vec<(SeatId, SeatId)>,
    /// Of members who are removed.
    remove: SeatSet,
    /// All, with the leaves of members whose seats were given up before.
    all: SeatSet,
}

impl Commits {
    /// These are let in by the next commit.
    pub(super) fn admit(&mut self, admitted: impl IntoIterator<Item = Waiting>) {
        self.admitted.extend(admitted);
    }

    /// Nobody is let in any more.
    pub(super) fn admit_nobody(&mut self) {
        self.admitted.clear();
    }

    /// This knock isn't let in.
    pub(super) fn forget(&mut self, knock: Attempt) {
        self.admitted.retain(|waiting| waiting.attempt != knock);
    }

    /// Fresh keys are wanted, so that nobody can have prepared for them, and all are asked to compare them.
    pub(super) fn verify(&mut self) {
        self.verify = true;
    }

    /// This seat is taken away.
    pub(super) fn remove(&mut self, seat: SeatId) {
        self.removed.insert(seat);
    }

    /// The member on the seat `now` is the one who had the seat `before`.
    pub(super) fn give_back(&mut self, before: SeatId, now: SeatId) {
        self.returned.retain(|(other, _)| *other != before);
        self.returned.push((before, now));
    }

    /// A member has left the seat. Whoever gets it next is not meant.
    pub(super) fn departed(&mut self, seat: SeatId) {
        self.removed.remove(seat);
        self.returned.retain(|(before, now)| *before != seat && *now != seat);
    }

    fn leaving(&self, log: &Log, cx: &Context) -> Leaving {
        let seats = cx.seats();
        let remove: SeatSet = self.removed.iter().filter(|seat| seats.contains(*seat)).collect();
        let stays = |(before, now): &(SeatId, SeatId)| !remove.contains(*before) && !remove.contains(*now);
        let returned = self.returned.iter().filter(|(before, now)| cx.room.seat_to_give_back(*now) == Some(*before));
        let mut replace: Vec<_> = returned.copied().filter(stays).collect();
        // Of a chain of seats one goes at a time.
        replace.truncate(1);
        let gone = log.keys().map_or(SeatSet::default(), |keys| keys.gone(seats));
        let all = replace.iter().map(|(seat, _)| *seat).chain(remove.iter()).chain(gone.iter()).collect();
        Leaving { replace, remove, all }
    }

    /// When a commit is to be tried: new keys are due, and mine to make.
    pub(super) fn due(&self, log: &Log, cx: &Context) -> Time {
        let free = log.keys().is_some_and(|keys| !keys.group.has_commit());
        let ready = free && cx.is_in() && cx.room.am_facilitator();
        let wanted = || self.verify || !self.admitted.is_empty() || !self.leaving(log, cx).all.is_empty();
        if ready && wanted() { self.again } else { Time::NEVER }
    }

    /// Makes new keys, if it's time.
    pub(super) fn watch(&mut self, knocks: &mut Knocks, log: &mut Log, cx: &mut Context) {
        // A member who is back by the old line had the seat all the time.
        self.returned.retain(|(before, _)| cx.room.presence(*before) == Presence::Away);
        if cx.now < self.due(log, cx) {
            return;
        }
        let (number, leaving) = (log.next_number(), self.leaving(log, cx));
        let Some(keys) = log.keys_mut() else { return };
        let staying = keys.group.seats().iter().filter(|seat| !leaving.all.contains(*seat)).count();
        let room = limits::MEMBERS.saturating_sub(staying).min(limits::KNOCKS);
        let attempts = self.admitted.iter().map(|waiting| waiting.attempt).take(room);
        let (attempts, packages): (Vec<Attempt>, Vec<Vec<u8>>) =
            attempts.filter_map(|knock| Some((knock, knocks.known(knock)?.key_package.clone()))).unzip();
        let made = keys.group.seats_for(leaving.all, attempts.len()).and_then(|seats| {
            let admit = attempts.iter().copied().zip(seats).collect();
            let act = Act::Commit { admit, replace: leaving.replace, remove: leaving.remove };
            let commit = keys.group.commit(&bound(number, &act), leaving.all, &packages, self.verify).ok()?;
            Some((act, commit))
        });
        let Some((act, commit)) = made else {
            // Nobody has been let in by it; those who wait can knock again.
            self.again = cx.now + AGAIN;
            for knock in attempts {
                knocks.forget(knock);
                self.forget(knock);
                turn_away(knock, Away::NotNow, cx);
            }
            return;
        };
        if cx.line_up {
            knocks.send_keys_ahead(&attempts, &commit.welcomes, cx);
        }
        match log.add_commit(act, commit, &attempts) {
            Ok(()) => {
                // With the new keys in the log, and sealed with them, all are asked to compare.
                if std::mem::take(&mut self.verify) {
                    let asked = log.append(Act::None, Op::Verify, cx);
                    cx.report(asked);
                }
                log.flush(cx);
            }
            Err(trouble) => {
                self.refused(log, cx.now);
                cx.tell(Event::Trouble(trouble));
            }
        }
    }

    /// The relay did not take my commit: a joiner has gone away meanwhile, or a member who was away is back.
    pub(super) fn refused(&mut self, log: &mut Log, now: Time) {
        log.drop_commit();
        self.again = now + AGAIN;
    }

    /// Somebody is in: the note that they left at the door, if they left one.
    pub(super) fn take_note(&mut self, knock: Attempt) -> Option<Secret> {
        let mine = |waiting: &mut Waiting| waiting.attempt == knock;
        self.admitted.extract_if(.., mine).find_map(|waiting| waiting.note)
    }
}

/// The commit is in the log: the newcomer gets the keys, and the state as of it.
pub(super) fn welcome(newcomer: &Known, seat: SeatId, keys: Vec<u8>, cx: &mut Context) {
    let keys = if newcomer.has_keys() { Vec::new() } else { keys };
    let welcome = flight::write(&Welcome::new(keys, cx.room.state.snapshot()));
    if let Some(body) = Blob::new(newcomer.keys.seal(Sealed::Welcome, &welcome)) {
        cx.send(ToRelay::Welcome { seat, index: cx.room.state.index, body });
    }
}

/// Tells the relay what holds for members who are back, be it a mute or the talking stick: it knows seats, and not whose they
/// were. All others know it from the commit.
pub(super) fn repeat_floor(new: SeatSet, log: &mut Log, cx: &mut Context) {
    if !cx.room.am_facilitator() {
        return;
    }
    let muted: SeatSet = new.iter().filter(|seat| cx.room.state.circle.is_muted(*seat)).collect();
    let stick = cx.room.state.turns.floor.holder.filter(|seat| new.contains(*seat));
    let muted = (muted != SeatSet::default()).then_some(Act::FloorMute(muted, true));
    for act in muted.into_iter().chain(stick.map(|seat| Act::Stick(Some(seat)))) {
        // If too much is on its way, each listener drops the voice by itself.
        let _ = log.append(act, Op::Direct, cx);
    }
}
