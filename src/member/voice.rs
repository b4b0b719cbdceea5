//! My voice out, the others' in, and who speaks.

use std::collections::BTreeMap;
use std::time::Duration;

use zeroize::Zeroizing;

use super::uplink::Uplink;
use super::{Effect, Heard, Member, Spoken, Thin};
use crate::adapt::{Arrival, LinkReceiver, PlanChoice, next_probe};
use crate::crypto::frame::Opened;
use crate::ids::{FrameNo, SeatId, Time};
use crate::session::{Event, Phase, Speaking, Trouble};
use crate::wire::{
    DownBundle, DownDatagram, Frame, FrameHead, Loss, Missing, NackBundles, NackFrames, Probe, Pulse, Reception,
    RetransmitDown, SendStamp, UplinkReport, limits,
};

/// Without a frame for this long a talker has ceased: longer than the longest packet and its jitter.
const CEASED: Duration = Duration::from_millis(400);
/// A frame that comes so many behind its talker's newest is late, and further behind of another count.
const LATE: i16 = 64;
/// What comes later than this beyond its time is learnt from what comes.
const EXPECTED_MOST: Duration = Duration::from_millis(400);

pub(super) struct Voice {
    sent: Time,
    down: LinkReceiver,
    /// What the relay was told of it, and when.
    told: (Reception, Time),
    pub(super) uplink: Uplink,
    round: Duration,
    /// The next probe, and when it is due.
    probe: (u8, Time),
    /// How late what others say may come because of their lines.
    late: BTreeMap<SeatId, Duration>,
    /// The newest frame of each talker.
    newest: BTreeMap<SeatId, FrameNo>,
}

impl Voice {
    pub(super) fn new(plan: PlanChoice, now: Time) -> Self {
        Self {
            sent: now,
            down: LinkReceiver::new(7),
            told: (Reception::default(), now),
            uplink: Uplink::new(plan, now),
            round: Duration::ZERO,
            probe: (0, Time::NEVER),
            late: BTreeMap::new(),
            newest: BTreeMap::new(),
        }
    }

    /// When a sign of life is due, something is to be asked for, or the end of what I said is to be sent again.
    pub(super) fn due(&self) -> Time {
        self.pulse_due().min(self.uplink.due()).min(self.down.nack.due()).min(self.probe.1)
    }

    fn pulse_due(&self) -> Time {
        let (told, at) = self.told;
        let is = self.reception(at + limits::QUEUE_TOLD_EVERY);
        // While I talk there is only a pulse where there is news in it; a queue is told of at once.
        let news = match () {
            () if is.queue() >= limits::QUEUE => at + limits::QUEUE_TOLD_EVERY,
            () if told.loss != is.loss || told.most != is.most || told.queue() >= limits::QUEUE => {
                at + limits::PULSE_EVERY
            }
            () => Time::NEVER,
        };
        news.min(self.sent + limits::ALIVE_EVERY)
    }

    fn reception(&self, now: Time) -> Reception {
        let loss = Loss::new(self.down.loss(), self.down.gap());
        Reception::new(loss, self.down.queuing_delay(now), self.down.kbps(), self.down.capacity_kbps(now))
    }

    /// From here on the way up shows how it does, before I talk.
    pub(super) fn begin_probing(&mut self, now: Time) {
        self.probe = (0, now);
    }

    fn next_probe(&mut self, now: Time) -> Option<Vec<u8>> {
        let (number, due) = self.probe;
        (due <= now).then(|| {
            self.probe = next_probe(number, self.uplink.queue(), now);
            Probe { sent: SendStamp::at(now), number }.encode()
        })
    }

    /// How much later than the fastest a talker's packets may come, as far as the lines are known: mostly one of the two has
    /// lost what comes late.
    fn expected(&self, seat: SeatId) -> Duration {
        let (down, up) = (self.down.lateness(), self.late.get(&seat).copied().unwrap_or_default());
        (down.max(up) + down.min(up) / 2).min(EXPECTED_MOST)
    }

    /// The round trip to the relay, as the transport has it.
    pub(super) fn set_rtt(&mut self, round: Duration) {
        self.round = round;
        self.down.nack.set_rtt(round);
    }

    /// The line was cut: what it loses otherwise is to be found out anew.
    pub(super) fn interrupted(&mut self) {
        self.down.interrupted();
    }

    /// Something was sent that tells that I am here.
    pub(super) fn sent(&mut self, now: Time) {
        self.sent = now;
    }

    /// Share of the relay's bundles that did not arrive lately, `0.0..=1.0`.
    pub(super) fn loss_down(&self) -> f64 {
        self.down.loss()
    }

    /// Whether a talker has not got further than this yet.
    fn is_newest(&mut self, seat: SeatId, number: FrameNo) -> bool {
        let newest = self.newest.entry(seat).or_insert(number);
        let late = (-LATE..0).contains(&number.since(*newest));
        if !late {
            *newest = number;
        }
        !late
    }
}

impl Member {
    /// A packet of my voice was coded. It's sent if I am in, and nobody has muted me.
    pub fn handle_spoken(&mut self, spoken: Spoken, now: Time) {
        let Some(me) = self.room.me else { return };
        if self.room.am_floor_muted() {
            return self.talks_muted(&spoken, now);
        }
        let inside = matches!(self.room.phase, Phase::In | Phase::Returning(_));
        if !inside || !self.room.mic.open {
            return;
        }
        let Spoken { tick, level, start, end, packet, thin } = spoken;
        let Some(keys) = &mut self.keys else { return };
        let plain = Zeroizing::new([&[tick], packet.as_slice()].concat());
        let Ok(frame) = keys.frames.seal(start, end, level, &plain) else { return };
        let thin = thin.and_then(|Thin { tick, count, start, packet }| {
            let plain = Zeroizing::new([&[tick, count], packet.as_slice()].concat());
            keys.frames.seal_thin(start, end, level, &plain).ok()
        });
        self.keep_said(&frame, now);
        if !self.is_in() || !self.connection.is_up() {
            return; // Who misses it asks for it once the line is back.
        }
        if let Some(datagram) = self.voice.uplink.datagram(frame, thin, now) {
            self.voice.sent = now;
            self.effects.push_back(Effect::Datagram(datagram));
            self.speaks(me, level, end, now);
        }
    }

    /// How loud my microphone is, `0..=7`.
    pub fn handle_mic_level(&mut self, level: u8) {
        self.room.mic.level = if self.room.mic.open { level } else { 0 };
    }

    /// A datagram came.
    pub fn handle_datagram(&mut self, bytes: &[u8], now: Time) {
        if matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        let Ok(datagram) = DownDatagram::decode(bytes) else { return };
        self.heard(now);
        let on_the_line = bytes.len() + limits::AROUND_DATAGRAM;
        match datagram {
            DownDatagram::Bundle(bundle) => self.bundle(bundle, on_the_line, now),
            DownDatagram::Retransmit(RetransmitDown { sequence, frames }) => {
                self.voice.down.nack.answered(sequence.into(), now);
                self.hear(frames, now);
            }
            DownDatagram::Probe(Probe { sent, number }) => {
                self.voice.down.probed(number.into(), sent.units(), on_the_line, now);
            }
            DownDatagram::Report(UplinkReport(reception)) => {
                self.voice.uplink.reported(reception, self.voice.round, now);
                self.replan(now);
            }
            DownDatagram::Nack(NackFrames(missing)) => {
                let answer = self.voice.uplink.answer(missing, now);
                self.effects.extend(answer.map(Effect::Datagram));
            }
            DownDatagram::BackfillRequest(request) => self.give_missed(&request, now),
            DownDatagram::BackfillAnswer(answer) => self.answered_missed(answer, now),
            DownDatagram::HeardBy(heard) => self.heard_by(heard, now),
        }
    }

    /// Voices came, in a datagram that took so many bytes of the line.
    fn bundle(&mut self, bundle: DownBundle, bytes: usize, now: Time) {
        let DownBundle { sequence, sent, frames } = bundle;
        self.note_bundle(sequence, now);
        self.hear(frames, now);
        let me = self.room.me;
        let open = self.room.speaking.keys().any(|seat| Some(*seat) != me);
        self.voice.down.arrived(Arrival { number: sequence.into(), stamp: sent.units(), bytes, open }, now);
    }

    /// How late what these say may come.
    pub(super) fn late(&mut self, late: &[(SeatId, u8)]) {
        let units = |units: u8| Duration::from_millis(u64::from(units) * 20);
        self.voice
            .late
            .extend(late.iter().filter(|(seat, _)| seat.is_valid()).map(|(seat, late)| (*seat, units(*late))));
    }

    /// Whether some listeners need the thin layer of what I say.
    pub(super) fn layers(&mut self, thin: bool, now: Time) {
        self.voice.uplink.set_layers(thin);
        self.replan(now);
    }

    /// My voice is coded anew where my line needs it.
    fn replan(&mut self, now: Time) {
        if let Some(plan) = self.voice.uplink.new_plan(now) {
            self.effects.push_back(Effect::Plan(plan));
        }
        if let Some(thin) = self.voice.uplink.new_layers(now) {
            self.effects.push_back(Effect::Layers(thin));
        }
    }

    /// Opens frames and lets them be heard.
    fn hear(&mut self, frames: Vec<Frame>, now: Time) {
        for frame in frames {
            let seat = frame.head.kid.seat();
            if !self.is_heard(seat) {
                continue;
            }
            let Some(keys) = &mut self.keys else { return };
            match keys.frames.open(&frame, now) {
                Opened::Plain(plain) => self.play(&frame.head, &plain, now),
                Opened::Alarm(seat) => self.bad_sound(seat),
                Opened::Early | Opened::Replayed | Opened::Failed | Opened::Dropped => {}
            }
        }
    }

    /// Whether this seat's voice is for my ears: it's another member's, and on the floor.
    pub(super) fn is_heard(&self, seat: SeatId) -> bool {
        self.is_other(seat) && !self.room.floor_muted(seat)
    }

    fn is_other(&self, seat: SeatId) -> bool {
        self.room.state.seats.contains_key(&seat) && Some(seat) != self.room.me
    }

    /// Lets a frame be heard that was opened.
    pub(super) fn play(&mut self, head: &FrameHead, plain: &[u8], now: Time) {
        let FrameHead { kid, number, end, level, .. } = *head;
        let heard = self.opened(head, plain, self.room.group_ms(now)).filter(|heard| self.is_heard(heard.seat));
        let Some(heard) = heard else { return };
        let expected = self.voice.expected(kid.seat());
        if !expected.is_zero() && !self.room.speaking.contains_key(&kid.seat()) {
            self.effects.push_back(Effect::Expect(kid.seat(), expected));
        }
        self.hear_live(heard, now);
        // A frame that was lost and came again says nothing of who speaks now.
        if self.voice.is_newest(kid.seat(), number) {
            self.speaks(kid.seat(), level, end, now);
        }
    }

    /// Whether what this seat has said before may be heard now. Who has the floor now is nothing to it: the relay keeps only
    /// what it let through.
    pub(super) fn may_be_heard_late(&self, seat: SeatId) -> bool {
        self.is_other(seat) && !self.room.state.floor_muted(seat)
    }

    /// What is heard of a frame that was opened.
    pub(super) fn opened(&self, head: &FrameHead, plain: &[u8], at_ms: u64) -> Option<Heard> {
        let FrameHead { kid, number, start, end, .. } = *head;
        let (&tick, rest) = plain.split_first()?;
        let (count, packet) = if head.is_thin() { rest.split_first()? } else { (&1, rest) };
        let (seat, count) = (kid.seat(), *count);
        let packet = (1..=limits::THIN_COUNT).contains(&count).then(|| packet.to_vec())?;
        Some(Heard { seat, number, count, tick, start, end, at_ms, missed: false, packet })
    }

    /// Too much doesn't open that claims to be of this seat.
    pub(super) fn bad_sound(&mut self, seat: SeatId) {
        let name = self.room.state.name(seat).unwrap_or_default().to_owned();
        self.tell(Event::Trouble(Trouble::BadSound(name)));
    }

    /// When the first who speaks now will have ceased, if nothing more comes.
    pub(super) fn speech_due(&self) -> Time {
        self.room.speaking.values().map(|speaking| speaking.heard + CEASED).min().unwrap_or(Time::NEVER)
    }

    pub(super) fn watch_voice(&mut self, now: Time) {
        let ceased = |speaking: &Speaking| now.since(speaking.heard) >= CEASED;
        let silent: Vec<SeatId> = self.room.speaking.iter().filter(|(_, s)| ceased(s)).map(|(seat, _)| *seat).collect();
        silent.into_iter().for_each(|seat| self.hushed(seat));
        if self.room.am_floor_muted() || !self.connection.is_up() {
            self.voice.uplink.forget();
        }
        if let Some(datagram) = self.voice.uplink.tail(now) {
            self.voice.sent = now;
            self.effects.push_back(Effect::Datagram(datagram));
        }
        if self.voice.down.nack.due() <= now {
            let missing = self.voice.down.nack.ask(now).filter(|_| self.connection.is_up());
            let ask = missing.map(|(first, more)| NackBundles(Missing { first, more }).encode());
            self.effects.extend(ask.map(Effect::Datagram));
        }
        if let Some(probe) = self.voice.next_probe(now).filter(|_| self.connection.is_up()) {
            self.effects.push_back(Effect::Datagram(probe));
        }
        if now >= self.voice.pulse_due() {
            let reception = self.voice.reception(now);
            (self.voice.sent, self.voice.told) = (now, (reception, now));
            if self.connection.is_up() {
                let pulse = Pulse::new(reception, self.voice.round);
                self.effects.push_back(Effect::Datagram(pulse.encode()));
            }
        }
        self.replan(now);
    }

    fn speaks(&mut self, seat: SeatId, level: u8, end: bool, now: Time) {
        if end {
            return self.hushed(seat);
        }
        let news = !self.room.speaking.contains_key(&seat);
        let speaking = self.room.speaking.entry(seat).or_insert(Speaking { level, since: now, heard: now });
        (speaking.level, speaking.heard) = (level, now);
        if news {
            self.tell(Event::Speaking { seat, on: true });
        }
    }

    /// Someone ceased to speak, or may not.
    pub(super) fn hushed(&mut self, seat: SeatId) {
        if let Some(speaking) = self.room.speaking.remove(&seat) {
            self.spoke(seat, &speaking);
            self.tell(Event::Speaking { seat, on: false });
        }
    }
}
