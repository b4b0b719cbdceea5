//! Who may be heard: all, only the facilitator for a while, or the one with the talking stick. And who asks to speak.

use serde::{Deserialize, Serialize};

use super::{NotNow, TurnEvent};
use crate::ids::{SeatId, SeatSet};
use crate::session::Circle;
use crate::session::circle::hand_over;
use crate::wire::limits;

/// How long the group can say whether it goes on, in milliseconds.
const ASKED_MS: u64 = 60_000;
/// A mute of all that begins within this time after the last, in milliseconds, counts as going on.
const RENEWAL_MS: u64 = 60_000;

/// Who may be heard, beside what the facilitator's mute of each says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// The holder of the talking stick: only they are heard.
    pub holder: Option<SeatId>,
    /// The last mute of all. It's over when its time has come, and needs nobody for that.
    pub mute_all: Option<MuteAll>,
    /// What the group is asked before a mute of all goes on.
    pub asked: Option<MuteAllAsked>,
    /// Members who ask to speak, in their order. For facilitators to see.
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
    /// Members who say yes.
    pub yes: SeatSet,
}

/// What a mute of all by the door would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Muting {
    /// It begins.
    Anew,
    /// It goes on, because most have said yes.
    Renewed,
    /// It is lifted.
    Lifted,
}

impl Floor {
    /// When the mute of all that is under way at `group_ms` is over, in milliseconds of the group's time.
    pub fn mute_all_until(&self, group_ms: u64) -> Option<u64> {
        let mute_all = self.mute_all.filter(|mute_all| !mute_all.lifted && self.holder.is_none())?;
        (group_ms < mute_all.until_ms).then_some(mute_all.until_ms)
    }

    /// Whether a mute of all would now go on from one before, so that the group is asked first.
    pub fn mute_all_is_renewal(&self, group_ms: u64) -> bool {
        self.mute_all.is_some_and(|mute_all| group_ms < mute_all.until_ms.saturating_add(RENEWAL_MS))
    }

    /// The question whether all may stay muted, as long as it can be answered at `group_ms`.
    pub fn mute_all_asked(&self, group_ms: u64) -> Option<MuteAllAsked> {
        self.asked.filter(|asked| group_ms < asked.until_ms)
    }

    /// Whether most of those who are here say yes to staying muted.
    pub fn mute_all_agreed(&self, circle: &Circle, group_ms: u64) -> bool {
        self.mute_all_asked(group_ms).is_some_and(|asked| asked.yes.iter().count() * 2 > circle.seats.len())
    }

    /// Whether a mute of all or the talking stick keeps this seat from being heard at `group_ms`; the facilitator's mute of
    /// this member is another matter.
    pub fn hushes(&self, seat: SeatId, circle: &Circle, group_ms: u64) -> bool {
        match self.holder {
            Some(holder) => holder != seat,
            None => self.mute_all_until(group_ms).is_some() && circle.facilitator() != Some(seat),
        }
    }

    /// Whether the door can mute all for this many seconds; 0 lifts it.
    pub(in crate::session) fn can_mute_all(&self, seconds: u16, circle: &Circle) -> Result<Muting, NotNow> {
        let now = circle.at_ms;
        match seconds {
            0 if self.mute_all_until(now).is_none() => Err(NotNow::AllMayTalk),
            0 => Ok(Muting::Lifted),
            _ if u64::from(seconds) * 1000 > circle.charter.mute_all_ms() => Err(NotNow::Seconds),
            _ if !self.mute_all_is_renewal(now) => Ok(Muting::Anew),
            _ if self.mute_all_agreed(circle, now) => Ok(Muting::Renewed),
            _ => Err(NotNow::MuteAllAsked),
        }
    }

    /// The door mutes all but the facilitator, or lifts that.
    pub(super) fn mute_all(&mut self, seconds: u16, at_ms: u64, told: &mut Vec<TurnEvent>) {
        if seconds == 0 {
            return self.lift_mute_all(at_ms, told);
        }
        if self.holder.take().is_some() {
            told.push(TurnEvent::Stick(None));
        }
        let until_ms = at_ms.saturating_add(u64::from(seconds) * 1000);
        (self.mute_all, self.asked) = (Some(MuteAll { until_ms, lifted: false }), None);
        told.push(TurnEvent::MuteAll { on: true });
    }

    fn lift_mute_all(&mut self, at_ms: u64, told: &mut Vec<TurnEvent>) {
        (self.mute_all, self.asked) = (Some(MuteAll { until_ms: at_ms, lifted: true }), None);
        told.push(TurnEvent::MuteAll { on: false });
    }

    /// The talking stick goes to this seat, or is put down: by the door, or by the one who has it.
    pub(super) fn pass_stick(
        &mut self,
        by: SeatId,
        to: Option<SeatId>,
        circle: &Circle,
        told: &mut Vec<TurnEvent>,
    ) -> Result<(), NotNow> {
        if circle.facilitator() != Some(by) && self.holder != Some(by) {
            return Err(NotNow::NotHolder);
        }
        if to == self.holder || to.is_some_and(|seat| !circle.seats.contains_key(&seat)) {
            return Err(if self.holder.is_some() { NotNow::StickIsThere } else { NotNow::NoStick });
        }
        // The stick takes the place of a mute of all.
        if to.is_some() && self.mute_all_until(circle.at_ms).is_some() {
            self.lift_mute_all(circle.at_ms, told);
        }
        (self.asked, self.holder) = (None, to);
        told.push(TurnEvent::Stick(to));
        to.into_iter().for_each(|seat| self.heed(seat, told));
        Ok(())
    }

    /// Someone who asked to speak has been given leave.
    pub(super) fn heed(&mut self, seat: SeatId, told: &mut Vec<TurnEvent>) {
        if self.asks.contains(&seat) {
            self.asks.retain(|other| *other != seat);
            told.push(TurnEvent::Heeded(seat));
        }
    }

    pub(super) fn ask(&mut self, seat: SeatId, up: bool, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        match (self.asks.contains(&seat), up) {
            (true, true) => return Err(NotNow::AskedAlready),
            (false, false) => return Err(NotNow::NotAsked),
            (false, true) => self.asks.push(seat),
            (true, false) => self.asks.retain(|other| *other != seat),
        }
        told.push(TurnEvent::Asked { seat, up });
        Ok(())
    }

    pub(super) fn ask_mute_all(
        &mut self,
        by: SeatId,
        circle: &Circle,
        told: &mut Vec<TurnEvent>,
    ) -> Result<(), NotNow> {
        let now = circle.at_ms;
        if self.mute_all_asked(now).is_some() {
            return Err(NotNow::MuteAllAsked);
        }
        if !self.mute_all_is_renewal(now) {
            return Err(NotNow::AllMayTalk);
        }
        let yes: SeatSet = [by].into_iter().collect();
        self.asked = Some(MuteAllAsked { until_ms: now.saturating_add(ASKED_MS), yes });
        told.push(TurnEvent::MuteAllAsked);
        if self.mute_all_agreed(circle, now) {
            told.push(TurnEvent::MuteAllAgreed);
        }
        Ok(())
    }

    pub(super) fn agree(&mut self, by: SeatId, circle: &Circle, told: &mut Vec<TurnEvent>) -> Result<(), NotNow> {
        let now = circle.at_ms;
        let mut asked = self.mute_all_asked(now).ok_or(NotNow::NobodyAsks)?;
        if asked.yes.contains(by) {
            return Err(NotNow::AskedAlready);
        }
        let before = self.mute_all_agreed(circle, now);
        asked.yes.insert(by);
        self.asked = Some(asked);
        told.push(TurnEvent::MuteAllYes(by));
        if !before && self.mute_all_agreed(circle, now) {
            told.push(TurnEvent::MuteAllAgreed);
        }
        Ok(())
    }

    /// The member on `now` is the one who had the seat `before`.
    pub(super) fn give_back(&mut self, before: SeatId, now: SeatId, told: &mut Vec<TurnEvent>) {
        if self.asks.contains(&before) && !self.asks.contains(&now) {
            told.push(TurnEvent::Asked { seat: now, up: true });
        }
        hand_over(&mut self.asks, before, now);
        if self.holder == Some(before) {
            self.holder = Some(now);
            told.push(TurnEvent::Stick(Some(now)));
        }
    }

    pub(super) fn depart(&mut self, seat: SeatId, circle: &Circle, told: &mut Vec<TurnEvent>) {
        self.asks.retain(|other| *other != seat);
        if let Some(asked) = &mut self.asked {
            asked.yes.remove(seat);
        }
        if self.holder == Some(seat) {
            self.holder = None;
            told.push(TurnEvent::Stick(None));
        }
        // Of fewer, fewer are most. Whoever hears it twice does nothing more.
        if self.mute_all_agreed(circle, circle.at_ms) {
            told.push(TurnEvent::MuteAllAgreed);
        }
    }

    pub(super) fn due(&self, due: &mut Vec<(u64, TurnEvent)>) {
        if let Some(mute_all) = self.mute_all.filter(|mute_all| !mute_all.lifted && self.holder.is_none()) {
            due.push((mute_all.until_ms, TurnEvent::MuteAll { on: false }));
        }
        if let Some(asked) = self.asked {
            due.push((asked.until_ms, TurnEvent::MuteAllRefused));
        }
    }

    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        let seated = |seat: &SeatId| circle.seats.contains_key(seat);
        let once: SeatSet = self.asks.iter().copied().collect();
        self.holder.iter().all(seated)
            && self.asks.iter().all(seated)
            && once.iter().count() == self.asks.len()
            && self.mute_all.is_none_or(|mute_all| {
                // The charter may have allowed for more when it began.
                let longest = if mute_all.lifted { 0 } else { limits::MUTE_ALL.as_millis() as u64 };
                let latest = circle.at_ms.saturating_add(longest);
                mute_all.until_ms <= latest
            })
            && self.asked.is_none_or(|asked| {
                asked.until_ms <= circle.at_ms.saturating_add(ASKED_MS) && asked.yes.iter().all(|seat| seated(&seat))
            })
    }
}
