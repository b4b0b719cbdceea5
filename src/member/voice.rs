//! My voice out, the others' in, and who speaks.

use std::collections::BTreeMap;
use std::time::Duration;

use zeroize::Zeroizing;

use super::repeat::Again;
use super::{Effect, Heard, Member, Spoken};
use crate::adapt::Losses;
use crate::crypto::frame::Opened;
use crate::ids::{FrameNo, SeatId, Time};
use crate::session::{Happening, Phase, Speaking, Trouble};
use crate::wire::{DownBundle, FrameHead, Loss, Pulse, Report, bundle, limits};

/// Without a frame for this long a talker has ceased: longer than the longest packet and its jitter.
const CEASED: Duration = Duration::from_millis(400);
/// A frame that comes so many behind its talker's newest is late, and further behind of another count.
const LATE: i16 = 64;

pub(super) struct Voice {
    sent: Time,
    down: Losses,
    /// What the relay was told of it, and when.
    told: (Loss, Time),
    again: Again,
    /// The newest frame of each talker.
    newest: BTreeMap<SeatId, FrameNo>,
}

impl Voice {
    pub(super) fn new(now: Time) -> Self {
        Self {
            sent: now,
            down: Losses::new(7),
            told: (Loss::default(), now),
            again: Again::default(),
            newest: BTreeMap::new(),
        }
    }

    /// When a sign of life is due, or the end of what I said is to be sent again.
    pub(super) fn due(&self) -> Time {
        self.pulse_due().min(self.again.due())
    }

    fn pulse_due(&self) -> Time {
        let (told, at) = self.told;
        // While I talk there is only a pulse where there is news in it.
        let news = if told == self.loss() { Time::NEVER } else { at + limits::PULSE_EVERY };
        news.min(self.sent + limits::ALIVE_EVERY)
    }

    fn loss(&self) -> Loss {
        Loss::new(self.down.share(), self.down.gap())
    }

    /// Share of the relay's bundles that did not arrive lately, `0.0..=1.0`.
    pub(super) fn loss_down(&self) -> f64 {
        self.down.share()
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
        if !self.is_in() || !self.line.is_up() || !self.room.mic.open || self.room.am_floor_muted() {
            return;
        }
        let Spoken { tick, level, start, end, packet } = spoken;
        let mut plain = Zeroizing::new(Vec::with_capacity(1 + packet.len()));
        plain.push(tick);
        plain.extend_from_slice(&packet);
        let Some(keys) = &mut self.keys else { return };
        let sealed = keys.frames.seal(start, end, level, &plain);
        if let Some(datagram) = sealed.ok().and_then(|frame| self.voice.again.datagram(frame, now)) {
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
        if !bundle::is_bundle(bytes) {
            if let Ok(Report(loss)) = Report::decode(bytes) {
                self.heard(now);
                self.voice.again.reported(loss, now);
            }
            return;
        }
        let Ok(bundle) = DownBundle::decode(bytes) else { return };
        self.heard(now);
        self.voice.down.arrived(bundle.sequence.into());
        for frame in bundle.frames {
            let seat = frame.head.kid.seat();
            if !self.is_heard(seat) {
                continue;
            }
            let Some(keys) = &mut self.keys else { return };
            match keys.frames.open(&frame, now) {
                Opened::Plain(plain) => self.play(&frame.head, &plain, now),
                Opened::Alarm(seat) => {
                    let name = self.room.state.name(seat).unwrap_or_default().to_owned();
                    self.tell(Happening::Trouble(Trouble::BadSound(name)));
                }
                Opened::Early | Opened::Replayed | Opened::Failed | Opened::Dropped => {}
            }
        }
    }

    /// Whether this seat's voice is for my ears: it's another member's, and on the floor.
    fn is_heard(&self, seat: SeatId) -> bool {
        let seated = self.room.state.seats.contains_key(&seat) && Some(seat) != self.room.me;
        seated && !self.room.state.floor_muted(seat)
    }

    /// Lets a frame be heard that was opened.
    pub(super) fn play(&mut self, head: &FrameHead, plain: &[u8], now: Time) {
        let FrameHead { kid, number, start, end, level } = *head;
        let Some((&tick, packet)) = plain.split_first().filter(|_| self.is_heard(kid.seat())) else { return };
        let heard = Heard { seat: kid.seat(), number, tick, start, end, packet: packet.to_vec() };
        self.effects.push_back(Effect::Play(heard));
        // A frame that was lost and came again says nothing of who speaks now.
        if self.voice.is_newest(kid.seat(), number) {
            self.speaks(kid.seat(), level, end, now);
        }
    }

    /// When the first who speaks now will have ceased, if nothing more comes.
    pub(super) fn speech_due(&self) -> Time {
        self.room.speaking.values().map(|speaking| speaking.heard + CEASED).min().unwrap_or(Time::NEVER)
    }

    pub(super) fn watch_voice(&mut self, now: Time) {
        let ceased = |speaking: &Speaking| now.since(speaking.heard) >= CEASED;
        let silent: Vec<SeatId> = self.room.speaking.iter().filter(|(_, s)| ceased(s)).map(|(seat, _)| *seat).collect();
        silent.into_iter().for_each(|seat| self.hushed(seat));
        if self.room.am_floor_muted() || !self.line.is_up() {
            self.voice.again.forget();
        }
        if let Some(datagram) = self.voice.again.tail(now) {
            self.voice.sent = now;
            self.effects.push_back(Effect::Datagram(datagram));
        }
        if now >= self.voice.pulse_due() {
            let loss = self.voice.loss();
            (self.voice.sent, self.voice.told) = (now, (loss, now));
            if self.line.is_up() {
                self.effects.push_back(Effect::Datagram(Pulse(loss).encode()));
            }
        }
    }

    fn speaks(&mut self, seat: SeatId, level: u8, end: bool, now: Time) {
        if end {
            return self.hushed(seat);
        }
        let news = !self.room.speaking.contains_key(&seat);
        let speaking = self.room.speaking.entry(seat).or_insert(Speaking { level, since: now, heard: now });
        (speaking.level, speaking.heard) = (level, now);
        if news {
            self.tell(Happening::Speaking(seat, true));
        }
    }

    /// Someone ceased to speak, or may not.
    pub(super) fn hushed(&mut self, seat: SeatId) {
        if self.room.speaking.remove(&seat).is_some() {
            self.tell(Happening::Speaking(seat, false));
        }
    }
}
