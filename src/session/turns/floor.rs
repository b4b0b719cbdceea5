//! Who may be heard: all, only the facilitator for a while, or who has the talking stick. And who asks to speak.

use serde::{Deserialize, Serialize};

use super::TurnEvent;
use crate::ids::{SeatId, SeatSet};
use crate::session::{Event, Power, State};
use crate::wire::limits;

/// For so long the group can say whether it goes on.
const ASKED_MS: u64 = 60_000;
/// Another so soon after the last counts as going on.
const RENEWAL_MS: u64 = 60_000;

/// Who may be heard, beside what each member's own mute says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Who has the talking stick: only they are heard.
    pub holder: Option<SeatId>,
    /// The last mute of all. It's over when its time has come, and needs nobody for that.
    pub mute_all: Option<MuteAll>,
    /// What the group is asked before a mute of all goes on.
    pub asked: Option<MuteAllAsked>,
    /// Who asks to speak, in their order. For facilitators to see.
    pub asks: Vec<SeatId>,
}

/// A mute of all but the facilitator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MuteAll {
    /// When it is over, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Whether it was lifted before that.
    pub lifted: bool,
}

/// May all stay muted for as long again?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MuteAllAsked {
    /// Until when there can be an answer, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who says yes.
    pub yes: SeatSet,
}

impl State {
    /// How long a mute of all may last, in milliseconds: as the charter says.
    pub fn mute_all_ms(&self) -> u64 {
        self.charter.mute_all_ms()
    }

    /// When the mute of all that is under way at `group_ms` is over, in milliseconds of the group's time.
    pub fn mute_all_until(&self, group_ms: u64) -> Option<u64> {
        let mute_all =
            self.turns.floor.mute_all.filter(|mute_all| !mute_all.lifted && self.turns.floor.holder.is_none())?;
        (group_ms < mute_all.until_ms).then_some(mute_all.until_ms)
    }

    /// Whether a mute of all would now go on from one before, so that the group is asked first.
    pub fn mute_all_is_renewal(&self, group_ms: u64) -> bool {
        self.turns.floor.mute_all.is_some_and(|mute_all| group_ms < mute_all.until_ms.saturating_add(RENEWAL_MS))
    }

    /// The question whether all may stay muted, as long as it can be answered at `group_ms`.
    pub fn mute_all_asked(&self, group_ms: u64) -> Option<MuteAllAsked> {
        self.turns.floor.asked.filter(|asked| group_ms < asked.until_ms)
    }

    /// Whether most of those who are here say yes to staying muted.
    pub fn mute_all_agreed(&self, group_ms: u64) -> bool {
        self.mute_all_asked(group_ms).is_some_and(|asked| asked.yes.iter().count() * 2 > self.seats.len())
    }

    /// Whether the group's rules keep this seat from being heard at `group_ms`; its own mute is another matter.
    pub fn hushes(&self, seat: SeatId, group_ms: u64) -> bool {
        match self.turns.floor.holder {
            Some(holder) => holder != seat,
            None => self.mute_all_until(group_ms).is_some() && self.facilitator() != Some(seat),
        }
    }

    /// The door mutes all but the facilitator for so many seconds, or (0) lifts it.
    pub(in crate::session) fn mute_all(&mut self, by: SeatId, seconds: u16, events: &mut Vec<Event>) {
        let length = u64::from(seconds) * 1000;
        let now = self.at_ms;
        if seconds == 0 {
            if self.mute_all_until(now).is_some() {
                self.turns.floor.mute_all = Some(MuteAll { until_ms: now, lifted: true });
                self.turns.floor.asked = None;
                events.push(Event::Turn(TurnEvent::MuteAll { on: false }));
            }
            return;
        }
        let renewal = self.mute_all_is_renewal(now);
        if length > self.mute_all_ms() || (renewal && !self.mute_all_agreed(now)) {
            return;
        }
        // To renew it was agreed just now.
        if !renewal {
            self.used(by, Power::MuteAll, None, events);
        }
        if self.turns.floor.holder.take().is_some() {
            events.push(Event::Turn(TurnEvent::Stick(None)));
        }
        self.turns.floor.mute_all = Some(MuteAll { until_ms: now.saturating_add(length), lifted: false });
        self.turns.floor.asked = None;
        events.push(Event::Turn(TurnEvent::MuteAll { on: true }));
    }

    /// The talking stick goes to this seat, or is put down: by the door, or by who has it.
    pub(in crate::session) fn stick(&mut self, by: SeatId, to: Option<SeatId>, events: &mut Vec<Event>) {
        let may = self.facilitator() == Some(by) || self.turns.floor.holder == Some(by);
        if !may || to == self.turns.floor.holder || to.is_some_and(|seat| !self.seats.contains_key(&seat)) {
            return;
        }
        // The stick takes the place of a mute of all.
        if to.is_some() && self.mute_all_until(self.at_ms).is_some() {
            self.turns.floor.mute_all = Some(MuteAll { until_ms: self.at_ms, lifted: true });
            events.push(Event::Turn(TurnEvent::MuteAll { on: false }));
        }
        self.turns.floor.asked = None;
        self.turns.floor.holder = to;
        events.push(Event::Turn(TurnEvent::Stick(to)));
        if let Some(seat) = to {
            self.heeded(seat, events);
        }
    }

    /// Someone who asked to speak has been given leave.
    pub(in crate::session) fn heeded(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        if self.turns.floor.asks.contains(&seat) {
            self.turns.floor.asks.retain(|other| *other != seat);
            events.push(Event::Turn(TurnEvent::Heeded(seat)));
        }
    }

    pub(super) fn ask(&mut self, seat: SeatId, up: bool, told: &mut Vec<TurnEvent>) {
        if self.turns.floor.asks.contains(&seat) == up {
            return;
        }
        if up {
            self.turns.floor.asks.push(seat);
        } else {
            self.turns.floor.asks.retain(|other| *other != seat);
        }
        told.push(TurnEvent::Asked { seat, up });
    }

    pub(super) fn ask_quiet(&mut self, by: SeatId, told: &mut Vec<TurnEvent>) {
        let now = self.at_ms;
        if !self.mute_all_is_renewal(now) || self.mute_all_asked(now).is_some() {
            return;
        }
        let yes: SeatSet = [by].into_iter().collect();
        self.turns.floor.asked = Some(MuteAllAsked { until_ms: now.saturating_add(ASKED_MS), yes });
        told.push(TurnEvent::MuteAllAsked);
        if self.mute_all_agreed(now) {
            told.push(TurnEvent::MuteAllAgreed);
        }
    }

    pub(super) fn agree_quiet(&mut self, by: SeatId, told: &mut Vec<TurnEvent>) {
        let now = self.at_ms;
        let Some(mut asked) = self.mute_all_asked(now).filter(|asked| !asked.yes.contains(by)) else { return };
        let before = self.mute_all_agreed(now);
        asked.yes.insert(by);
        self.turns.floor.asked = Some(asked);
        told.push(TurnEvent::MuteAllYes(by));
        if !before && self.mute_all_agreed(now) {
            told.push(TurnEvent::MuteAllAgreed);
        }
    }

    pub(super) fn leave_floor(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        let floor = &mut self.turns.floor;
        floor.asks.retain(|other| *other != seat);
        if let Some(asked) = &mut floor.asked {
            asked.yes.remove(seat);
        }
        if floor.holder == Some(seat) {
            floor.holder = None;
            told.push(TurnEvent::Stick(None));
        }
        // Of fewer, fewer are most. Whoever hears it twice does nothing more.
        if self.mute_all_agreed(self.at_ms) {
            told.push(TurnEvent::MuteAllAgreed);
        }
    }

    pub(super) fn floor_due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        let floor = &self.turns.floor;
        if let Some(mute_all) = floor.mute_all.filter(|mute_all| !mute_all.lifted && floor.holder.is_none()) {
            due.push((mute_all.until_ms, TurnEvent::MuteAll { on: false }));
        }
        if let Some(asked) = floor.asked {
            due.push((asked.until_ms, TurnEvent::MuteAllRefused));
        }
    }

    pub(super) fn floor_is_sound(&self) -> bool {
        let floor = &self.turns.floor;
        let seated = |seat: &SeatId| self.seats.contains_key(seat);
        let once: SeatSet = floor.asks.iter().copied().collect();
        floor.holder.iter().all(seated)
            && floor.asks.iter().all(seated)
            && once.iter().count() == floor.asks.len()
            && floor.mute_all.is_none_or(|mute_all| {
                // The charter may have allowed for more when it began.
                let longest = if mute_all.lifted { 0 } else { limits::MUTE_ALL.as_millis() as u64 };
                let latest = self.at_ms.saturating_add(longest);
                mute_all.until_ms <= latest
            })
            && floor.asked.is_none_or(|asked| {
                asked.until_ms <= self.at_ms.saturating_add(ASKED_MS) && asked.yes.iter().all(|seat| seated(&seat))
            })
    }
}
