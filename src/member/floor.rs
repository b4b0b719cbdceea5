//! Who may be heard, and my own microphone, which closes when I may not.

use std::time::Duration;

use super::context::Context;
use super::effect::{Effect, Spoken};
use super::speech;
use crate::ids::{SeatId, SeatSet, Time};
use crate::session::{Event, Microphone, NotNow, Trouble};

/// Speech of this length is not a cough.
const TALKS: Duration = Duration::from_millis(300);
/// After a pause of this length it's another time that I begin to talk.
const PAUSE: Duration = Duration::from_secs(3);

/// What was last told of the floor, and my microphone.
pub(super) struct Floor {
    /// Whether my microphone can't be closed.
    mic_always_open: bool,
    /// The seats that the group's rules kept from being heard, when that was last told.
    hushed: SeatSet,
    /// Whether I was muted then, for whatever reason.
    muted: bool,
    talking: Talking,
}

/// My talking while I am muted.
#[derive(Default)]
struct Talking {
    since: Time,
    last: Time,
    told: bool,
}

impl Floor {
    /// A floor of which nothing was told.
    pub(super) fn new(mic_always_open: bool) -> Self {
        Self { mic_always_open, hushed: SeatSet::default(), muted: false, talking: Talking::default() }
    }

    /// I am in: what was told before was of another time.
    pub(super) fn begin(&mut self, cx: &mut Context) {
        *self = Self::new(self.mic_always_open);
        self.changed(cx);
    }

    /// Opens or closes my microphone, if it may be. Whether it did.
    pub(super) fn set_mic(&mut self, open: bool, cx: &mut Context) -> bool {
        let mic = cx.room.mic;
        if self.mic_always_open || (mic.open == open && !mic.listens) {
            return false;
        }
        if open && cx.room.am_floor_muted() {
            cx.tell(Event::Trouble(match (cx.room.me, cx.room.state.turns.floor.holder) {
                (Some(me), _) if cx.room.state.circle.is_muted(me) => Trouble::FloorMuted,
                (_, Some(_)) => Trouble::NotNow(NotNow::OnlyStickHeard),
                (_, None) => Trouble::NotNow(NotNow::OnlyFacilitatorHeard),
            }));
            return false;
        }
        if open && cx.room.devices.no_mic {
            cx.tell(Event::Trouble(Trouble::NoMicrophone));
            return false;
        }
        cx.room.mic = Microphone { open, opening: open, missing: mic.missing, ..Microphone::default() };
        cx.effects.push(Effect::Microphone(open));
        cx.tell(Event::Mic);
        true
    }

    /// Tells what has changed about who may be heard, and closes my microphone when I may not.
    pub(super) fn changed(&mut self, cx: &mut Context) {
        let seats: Vec<SeatId> = cx.room.state.circle.seats.keys().copied().collect();
        for seat in seats {
            let hushed = cx.room.hushed(seat);
            if hushed == self.hushed.contains(seat) {
                continue;
            }
            if hushed {
                self.hushed.insert(seat);
                speech::ceased(seat, cx);
            } else {
                self.hushed.remove(seat);
            }
            cx.tell(Event::Hushed { seat, hushed });
        }
        let gone = self.hushed.iter().filter(|seat| !cx.room.state.circle.seats.contains_key(seat));
        gone.collect::<Vec<_>>().into_iter().for_each(|seat| self.hushed.remove(seat));
        let muted = cx.room.am_floor_muted();
        if muted == std::mem::replace(&mut self.muted, muted) {
            return;
        }
        let mic = &mut cx.room.mic;
        if muted && mic.open && !self.mic_always_open {
            // Lifting a mute permits speech and doesn't start it, so the microphone closes with the mute. It listens on, for me
            // alone, so that I learn when I talk and nobody hears me.
            (mic.open, mic.level, mic.listens) = (false, 0, true);
        } else if !muted && std::mem::take(&mut mic.listens) {
            (mic.opening, mic.fault) = (false, None);
            cx.effects.push(Effect::Microphone(false));
        }
        self.talking = Talking::default();
        cx.tell(Event::Mic);
    }

    /// I talk, and am muted.
    pub(super) fn talks_muted(&mut self, spoken: &Spoken, cx: &mut Context) {
        let (talking, now) = (&mut self.talking, cx.now);
        if talking.last == Time::default() || now.since(talking.last) >= PAUSE {
            *talking = Talking { since: now, last: now, told: false };
        }
        talking.last = now;
        if spoken.level > 0 && !talking.told && now.since(talking.since) >= TALKS {
            talking.told = true;
            cx.tell(Event::TalksMuted);
        }
    }
}
