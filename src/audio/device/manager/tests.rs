//! The manager against a system of devices that does what the test says.

mod mic;
mod speaker;

use std::collections::HashMap;
use std::time::Duration;

use super::*;
use crate::audio::AudioEvent;
use crate::audio::callback;
use crate::audio::device::backend::{DeviceInfo, Ending, Form, Ring, Running};
use crate::audio::status::{MicStatus, SpeakerStatus};

/// A manager, the devices of its system, and what has come of it.
struct Desk {
    manager: Manager,
    now: Time,
    /// Plugged in, the default first.
    mics: Vec<DeviceInfo>,
    speakers: Vec<DeviceInfo>,
    /// Whether the sound server answers.
    up: bool,
    /// Whether the system's default is something else than a microphone.
    no_default: bool,
    /// Streams that run, and where.
    streams: HashMap<u32, (Side, DeviceInfo)>,
    resting: Vec<StreamId>,
    opened: usize,
    held: bool,
    events: Vec<AudioEvent>,
}

fn device(id: &str, form: Form) -> DeviceInfo {
    DeviceInfo { id: id.into(), name: id.to_uppercase(), form }
}

fn desk(on_unplug: OnUnplug) -> Desk {
    let now = Time::default();
    let manager = Manager::new(&MicSpec::Default, &SpeakerSpec::Default, on_unplug, now);
    let mut desk = Desk {
        manager,
        now,
        mics: vec![device("webcam", Form::Unknown), device("line", Form::Unknown)],
        speakers: vec![device("headset", Form::Headphones), device("built-in", Form::Loudspeaker)],
        up: true,
        no_default: false,
        streams: HashMap::new(),
        resting: Vec::new(),
        opened: 0,
        held: false,
        events: Vec::new(),
    };
    desk.list();
    desk
}

impl Desk {
    fn input(&mut self, input: Input) {
        self.manager.handle(input, self.now);
        self.carry_out();
    }

    fn notice(&mut self, notice: Notice) {
        self.input(Input::Notice(notice));
    }

    fn list(&mut self) {
        let (mics, speakers) = (self.mics.clone(), self.speakers.clone());
        if self.up {
            self.notice(Notice::Devices { mics, speakers });
        }
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.manager.poll_effect() {
            match effect {
                Effect::Open { stream, side, device } => self.open(stream, side, device.as_deref()),
                Effect::Close(stream) => _ = self.streams.remove(&stream.0),
                Effect::Rest(stream, true) => self.resting.push(stream),
                Effect::Rest(stream, false) => self.resting.retain(|resting| *resting != stream),
                Effect::List => self.list(),
                Effect::Hold(hold) => self.held = hold,
                Effect::Tell(event) => self.events.push(event),
                Effect::MicFrom(_) | Effect::MicOff | Effect::SpeakerTo(_) | Effect::SpeakerOff => {}
            }
        }
    }

    fn open(&mut self, stream: StreamId, side: Side, wanted: Option<&str>) {
        self.opened += 1;
        assert!(self.opened < 1000, "it opens without end");
        let devices = if side == Side::Microphone { &self.mics } else { &self.speakers };
        let found = devices.iter().find(|device| wanted.is_none_or(|wanted| wanted == device.id)).cloned();
        let notice = match found {
            _ if !self.up => StreamNotice::Ended(Ending::Other("no server".into())),
            _ if wanted.is_none() && self.no_default && side == Side::Microphone => {
                StreamNotice::Ended(Ending::Missing)
            }
            None => StreamNotice::Ended(Ending::Missing),
            Some(device) => {
                self.streams.insert(stream.0, (side, device.clone()));
                let (ring, shared) = if side == Side::Microphone {
                    let (_, ring, shared) = callback::capture(1, 64);
                    (Ring::Mic(ring), shared)
                } else {
                    let (_, ring, shared) = callback::playback(1, 64);
                    (Ring::Speaker(ring), shared)
                };
                StreamNotice::Running(Running { device, rate: 48_000, ring, shared })
            }
        };
        self.notice(Notice::Stream(stream, notice));
    }

    /// The stream of a side, if there is one.
    fn stream(&self, side: Side) -> Option<(StreamId, &DeviceInfo)> {
        let mut all = self.streams.iter().filter(|(_, (of, _))| *of == side);
        let one = all.next().map(|(id, (_, device))| (StreamId(*id), device));
        assert!(all.next().is_none(), "two streams of a side");
        one
    }

    fn on_stream(&mut self, side: Side, notice: StreamNotice) {
        let (id, _) = self.stream(side).expect("a stream");
        if let StreamNotice::Ended(_) = notice {
            self.streams.remove(&id.0);
        }
        self.notice(Notice::Stream(id, notice));
    }

    /// Time passes, in which every stream does what streams do; `mic` gives samples that are silent or not.
    fn pass(&mut self, time: Duration, mic: Option<bool>) {
        let until = self.now + time;
        while self.now < until {
            self.now = self.now + Duration::from_millis(100);
            if let (Some(silent), true) = (mic, self.stream(Side::Microphone).is_some()) {
                self.input(Input::Captured { silent });
            }
            if self.stream(Side::Speaker).is_some_and(|(id, _)| !self.resting.contains(&id)) {
                self.input(Input::Played);
            }
            self.tick();
        }
    }

    fn tick(&mut self) {
        let mut steps = 0;
        while self.manager.poll_timeout().is_some_and(|at| at <= self.now) {
            self.manager.handle_timeout(self.now);
            self.carry_out();
            steps += 1;
            assert!(steps < 100, "a time-out that is never over");
        }
    }

    /// The process stands still, and so do its streams.
    fn stop(&mut self, time: Duration) {
        self.now = self.now + time;
        self.tick();
    }

    /// A device is gone; its streams end, and the others' defaults move up.
    fn unplug(&mut self, id: &str) {
        self.mics.retain(|device| device.id != id);
        self.speakers.retain(|device| device.id != id);
        let ended: Vec<_> = self.streams.iter().filter(|(_, (_, device))| device.id == id).map(|(id, _)| *id).collect();
        for stream in ended {
            self.streams.remove(&stream);
            self.notice(Notice::Stream(StreamId(stream), StreamNotice::Ended(Ending::Missing)));
        }
        self.list();
    }

    fn down(&mut self) {
        self.up = false;
        self.streams.clear();
        self.notice(Notice::Down("it went away".into()));
    }

    fn back(&mut self) {
        self.up = true;
        self.list();
    }

    fn mic(&self) -> Option<&MicStatus> {
        self.events.iter().rev().find_map(|event| if let AudioEvent::Mic(status) = event { Some(status) } else { None })
    }

    fn speaker(&self) -> Option<&SpeakerStatus> {
        self.events.iter().rev().find_map(|event| match event {
            AudioEvent::Speaker(status) => Some(status),
            _ => None,
        })
    }

    fn closings(&self) -> Vec<&MicClosing> {
        self.events
            .iter()
            .filter_map(|event| match event {
                AudioEvent::MicClosed(why) => Some(why),
                _ => None,
            })
            .collect()
    }
}
