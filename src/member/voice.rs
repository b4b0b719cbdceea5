//! My voice out and the others' in: both ways of the line, and the pulse that tells the relay that I am here.

use std::time::Duration;

use zeroize::Zeroizing;

use super::context::Context;
use super::downlink::Downlink;
use super::effect::{Effect, Spoken, Thin};
use super::uplink::Uplink;
use crate::adapt::PlanChoice;
use crate::crypto::frame::{FrameError, Frames};
use crate::ids::Time;
use crate::wire::{Frame, Loss, Missing, Pulse, Reception, limits};

/// Both ways of the line, as voices need them.
pub(super) struct Voice {
    pub(super) down: Downlink,
    up: Uplink,
    choice: PlanChoice,
    rtt: Duration,
    /// When something was last sent that shows the relay that I am here.
    sent: Time,
    /// Since when the relay has not been told again that nothing comes from it; `None` while it does.
    unreached: Option<Time>,
}

/// A packet of my voice, sealed; and of the thin layer, if there is one.
pub(super) struct Sealed {
    pub(super) frame: Frame,
    thin: Option<Frame>,
}

impl Sealed {
    /// Seals a packet.
    ///
    /// # Errors
    /// [`FrameError`] if it is too long or there are no keys.
    pub(super) fn new(spoken: Spoken, frames: &mut Frames) -> Result<Self, FrameError> {
        let Spoken { tick, level, start, end, packet, thin } = spoken;
        let plain = Zeroizing::new([&[tick], packet.as_slice()].concat());
        let frame = frames.seal(start, end, level, &plain)?;
        let thin = thin.and_then(|Thin { tick, count, start, packet }| {
            let plain = Zeroizing::new([&[tick, count], packet.as_slice()].concat());
            frames.seal_thin(start, end, level, &plain).ok()
        });
        Ok(Self { frame, thin })
    }
}

impl Voice {
    pub(super) fn new(plan: PlanChoice, now: Time) -> Self {
        Self {
            down: Downlink::new(plan, now),
            up: Uplink::new(plan, now),
            choice: plan,
            rtt: Duration::ZERO,
            sent: now,
            unreached: None,
        }
    }

    /// Another plan from now on, both ways. The relay is told at once.
    pub(super) fn choose(&mut self, choice: PlanChoice, cx: &mut Context) {
        (self.choice, self.sent) = (choice, Time(0));
        self.up.choose(choice);
        self.down.choose(choice);
        self.replan(cx);
    }

    /// When a sign of life is due, something is to be asked for, or the end of what I said is to be sent again.
    pub(super) fn due(&self) -> Time {
        self.pulse_due().min(self.up.due()).min(self.down.ask_due())
    }

    /// While I talk there is only a pulse where there is news in it.
    fn pulse_due(&self) -> Time {
        if let Some(told) = self.unreached {
            return told + limits::UNREACHED_EVERY;
        }
        self.down.news_due().min(self.sent + limits::ALIVE_EVERY)
    }

    /// Nothing has come from the relay for long, or something does again. The relay is told at once.
    pub(super) fn set_unreached(&mut self, unreached: bool) {
        match (unreached, self.unreached) {
            (true, None) => self.unreached = Some(Time(0)),
            (false, Some(_)) => (self.unreached, self.sent) = (None, Time(0)),
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// From here on the way up shows how it does, before I talk.
    pub(super) fn begin_probing(&mut self, now: Time) {
        self.up.begin_probing(now);
    }

    /// Somebody at the door waits for what I say or hear now.
    pub(super) fn hold_probes(&mut self, now: Time) {
        self.up.hold_probes(now);
    }

    /// The round trip to the relay, as the transport has it.
    pub(super) fn set_rtt(&mut self, rtt: Duration) {
        self.rtt = rtt;
        self.down.set_rtt(rtt);
    }

    /// Something was sent that shows the relay that I am here.
    pub(super) fn sent(&mut self, now: Time) {
        self.sent = now;
    }

    /// Sends a packet of my voice. Whether it could be.
    pub(super) fn say(&mut self, sealed: Sealed, cx: &mut Context) -> bool {
        let datagram = self.up.datagram(sealed.frame, sealed.thin, cx.now);
        self.send(datagram, cx)
    }

    fn send(&mut self, datagram: Option<Vec<u8>>, cx: &mut Context) -> bool {
        let Some(datagram) = datagram else { return false };
        self.sent = cx.now;
        cx.datagram(datagram);
        true
    }

    /// What the relay says of my way up.
    pub(super) fn reported(&mut self, reception: Reception, cx: &mut Context) {
        self.up.reported(reception, self.rtt, cx.now);
        self.replan(cx);
    }

    /// The relay misses frames of mine.
    pub(super) fn answer(&mut self, missing: Missing, cx: &mut Context) {
        if let Some(datagram) = self.up.answer(missing, cx.now) {
            cx.datagram(datagram);
        }
    }

    /// Whether some listeners need the thin layer of what I say.
    pub(super) fn layers(&mut self, thin: bool, cx: &mut Context) {
        self.up.set_layers(thin);
        self.replan(cx);
    }

    /// My voice is coded anew where my line needs it.
    fn replan(&mut self, cx: &mut Context) {
        if let Some(plan) = self.up.new_plan(cx.now) {
            cx.effects.push(Effect::Plan(plan));
        }
        if let Some(thin) = self.up.new_layers(cx.now) {
            cx.effects.push(Effect::Layers(thin));
        }
    }

    /// Sends what is due by time.
    pub(super) fn watch(&mut self, cx: &mut Context) {
        if cx.room.am_floor_muted() || !cx.line_up {
            self.up.forget();
        }
        let tail = self.up.tail(cx.now);
        self.send(tail, cx);
        let (ask, probe) = (self.down.ask(cx.now), self.up.next_probe(cx.now));
        if cx.line_up {
            ask.into_iter().chain(probe).for_each(|datagram| cx.datagram(datagram));
        }
        if cx.now >= self.pulse_due() {
            let mut reception = self.down.tell(cx.now);
            self.sent = cx.now;
            if let Some(told) = &mut self.unreached {
                (*told, reception.loss) = (cx.now, Loss::ALL);
            }
            if cx.line_up {
                cx.datagram(Pulse::new(reception, self.rtt, self.choice == PlanChoice::Full).encode());
            }
        }
        self.replan(cx);
    }
}
