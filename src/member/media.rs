//! Sound and datagrams: from the devices to the line, and from the line to the ears.

use super::core::Member;
use super::effect::{Effect, Spoken};
use super::voice::Sealed;
use super::{audible, comparison, sound_check, speech};
use crate::adapt::Way;
use crate::crypto::frame::Opened;
use crate::ids::{Time, overhead};
use crate::session::{Hearing, Known, MicClosing, MicStatus, Phase, SpeakerStatus, VoiceAdvice};
use crate::wire::{DownBundle, DownDatagram, Frame, FrameHead, NackFrames, RetransmitDown, UplinkReport};

impl Member {
    /// A packet of my voice was coded. It's sent if I am in, and nobody has muted me.
    pub fn handle_spoken(&mut self, spoken: Spoken, now: Time) {
        self.cx.now = now;
        let cx = &mut self.cx;
        let Some(me) = cx.room.me else { return };
        if cx.room.am_floor_muted() {
            return self.floor.talks_muted(&spoken, cx);
        }
        let inside = matches!(cx.room.phase, Phase::In | Phase::Returning(_));
        if !inside || !cx.room.mic.open {
            return;
        }
        let (level, end) = (spoken.level, spoken.end);
        let sealed = self.log.frames().and_then(|frames| Sealed::new(spoken, frames).ok());
        let Some(sealed) = sealed else { return };
        self.backfill.keep_own(&sealed.frame, cx);
        // Without a line, those who miss it ask for it once the line is back.
        if cx.is_live() && self.voice.say(sealed, cx) {
            speech::speaks(me, level, end, cx);
        }
    }

    /// How loud my microphone is, `0..=7`.
    pub fn handle_mic_level(&mut self, level: u8) {
        let mic = &mut self.cx.room.mic;
        mic.level = if mic.works() { level } else { 0 };
    }

    /// How my microphone is now, by the devices. Until they tell, it has not opened.
    pub fn handle_mic_status(&mut self, status: MicStatus, now: Time) {
        self.cx.now = now;
        self.devices.mic(status, &mut self.cx);
    }

    /// This computer has closed my microphone.
    pub fn handle_mic_closed(&mut self, why: MicClosing, now: Time) {
        self.cx.now = now;
        self.devices.mic_closed(why, &mut self.floor, &mut self.cx);
    }

    /// How my speaker is now.
    pub fn handle_speaker_status(&mut self, status: SpeakerStatus, now: Time) {
        self.cx.now = now;
        self.devices.speaker(status, &mut self.floor, &mut self.cx);
    }

    /// These are the devices of this computer, by name.
    pub fn handle_devices(&mut self, known: Known, now: Time) {
        self.cx.now = now;
        self.devices.known(known, &mut self.cx);
    }

    /// The others could hear me better.
    pub fn handle_advice(&mut self, advice: VoiceAdvice, now: Time) {
        self.cx.now = now;
        self.devices.advise(advice, &mut self.cx);
    }

    /// How loud the microphone is that is being checked, `0..=7`.
    pub fn handle_check_level(&mut self, level: u8, now: Time) {
        if let Some(check) = &mut self.cx.room.check {
            check.hear(level, now);
        }
    }

    /// The sound check has found this, or plays back what it has heard.
    pub fn handle_check_found(&mut self, hearing: Hearing, now: Time) {
        self.cx.now = now;
        sound_check::found(hearing, &mut self.cx);
    }

    /// The system gives no sound to check.
    pub fn handle_check_failed(&mut self) {
        sound_check::fail(&mut self.cx);
    }

    /// The words to compare are made. Those of a comparison that is over, or of keys that have passed, are too late.
    pub fn handle_words(&mut self, words: [&'static str; 4]) {
        comparison::words(words, &mut self.cx);
    }

    /// When what is being played was said, in milliseconds of the group's time; `None` once it's live again.
    pub fn handle_playing(&mut self, at_ms: Option<u64>, now: Time) {
        self.cx.now = now;
        self.backfill.playing(at_ms, &mut self.cx);
    }

    /// A datagram came over the link.
    pub fn handle_datagram(&mut self, bytes: &[u8], now: Time) {
        self.handle_datagram_by(Way::First, bytes, now);
    }

    /// A datagram came by one of the ways. What has come by the other is passed over.
    pub fn handle_datagram_by(&mut self, way: Way, bytes: &[u8], now: Time) {
        self.cx.now = now;
        if self.cx.is_over() {
            return;
        }
        let Some(datagram) = self.second.receive(way, bytes, now) else { return };
        let Ok(datagram) = DownDatagram::decode(datagram) else { return };
        self.heard();
        self.voice.down.comes_by(way);
        let on_the_line = bytes.len() + overhead::DATAGRAM;
        let (log, cx) = (&mut self.log, &mut self.cx);
        match datagram {
            DownDatagram::Bundle(bundle) => self.bundle(&bundle, on_the_line),
            DownDatagram::Retransmit(RetransmitDown { sequence, frames }) => {
                self.voice.down.retransmitted(sequence, &frames, now);
                self.hear(&frames);
            }
            DownDatagram::Probe(probe) => self.voice.down.probed(&probe, on_the_line, now),
            DownDatagram::Report(UplinkReport(reception)) => self.voice.reported(reception, cx),
            DownDatagram::Nack(NackFrames(missing)) => self.voice.answer(missing, cx),
            DownDatagram::BackfillRequest(request) => self.backfill.answer(&request, cx),
            DownDatagram::BackfillAnswer(answer) => self.backfill.answered(answer, log, cx),
            DownDatagram::HeardBy(heard) => self.reports.heard_by(heard, cx),
        }
    }

    /// Voices came, in a datagram that took this many bytes of the line.
    fn bundle(&mut self, bundle: &DownBundle, bytes: usize) {
        if self.backfill.shows_cut(bundle.sequence, self.voice.down.hole_from(), &self.cx) {
            // What a cut takes says nothing of what the line loses otherwise.
            self.voice.down.interrupted();
        }
        self.hear(&bundle.frames);
        let room = &self.cx.room;
        let open = room.speaking.keys().any(|seat| Some(*seat) != room.me);
        self.voice.down.bundle(bundle, bytes, open, self.cx.now);
    }

    /// Opens frames and lets them be heard.
    fn hear(&mut self, frames: &[Frame]) {
        for frame in frames.iter() {
            if !audible::live(frame.head.kid.seat(), &self.cx.room) {
                continue;
            }
            let Some(keys) = self.log.frames() else { return };
            match keys.open(frame, self.cx.now) {
                Opened::Plain(plain) => self.play(&frame.head, &plain),
                Opened::Alarm(seat) => audible::bad_sound(seat, &mut self.cx),
                Opened::Early | Opened::Replayed | Opened::Failed | Opened::Dropped => {}
            }
        }
    }

    /// Lets a frame be heard that was opened.
    pub(super) fn play(&mut self, head: &FrameHead, plain: &[u8]) {
        let FrameHead { number, end, level, .. } = *head;
        let cx = &mut self.cx;
        let Some(heard) = audible::packet(head, plain, cx.group_ms()) else { return };
        let seat = heard.seat;
        if !audible::live(seat, &cx.room) {
            return;
        }
        let expected = self.voice.down.expected(seat);
        if !expected.is_zero() && !cx.room.speaking.contains_key(&seat) {
            cx.effects.push(Effect::Expect(seat, expected));
        }
        self.backfill.hear_live(heard, self.voice.down.hole_from(), &mut self.reports, cx);
        // A frame that was lost and came again says nothing of who speaks now.
        if self.voice.down.is_newest(seat, number) {
            speech::speaks(seat, level, end, cx);
        }
    }
}
