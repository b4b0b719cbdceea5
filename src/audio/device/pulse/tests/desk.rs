//! A backend, what it says, and what is heard through it.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::audio::device::backend::{DeviceInfo, Ending, Notice, Ring, Running, StreamId, StreamNotice};
use crate::audio::device::pulse::{Pulse, Said};

/// A backend and what it says.
pub(super) struct Desk {
    pub(super) pulse: Pulse,
    notices: Receiver<(Instant, Notice)>,
}

impl Desk {
    pub(super) fn new(address: String) -> Self {
        let (sender, notices) = mpsc::channel();
        let say = move |said| {
            if let Said::Notice(notice) = said {
                drop(sender.send((Instant::now(), notice)));
            }
        };
        let pulse = Pulse::start(Some(address), say).unwrap();
        Self { pulse, notices }
    }

    /// Waits until `wanted` finds what it looks for; what comes before it is passed over.
    pub(super) fn until<T>(&self, what: &str, wanted: impl Fn(Notice) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let left = Duration::from_secs(8).saturating_sub(begun.elapsed());
            let Ok((_, notice)) = self.notices.recv_timeout(left) else { panic!("no {what} within 8 s") };
            if let Some(found) = wanted(notice) {
                return found;
            }
        }
    }

    pub(super) fn devices(&self) -> (Vec<DeviceInfo>, Vec<DeviceInfo>) {
        self.until("devices", |notice| match notice {
            Notice::Devices { mics, speakers } => Some((mics, speakers)),
            _ => None,
        })
    }

    pub(super) fn stream<T>(&self, id: StreamId, what: &str, wanted: impl Fn(StreamNotice) -> Option<T>) -> T {
        self.until(what, |notice| match notice {
            Notice::Stream(stream, notice) if stream == id => wanted(notice),
            _ => None,
        })
    }

    pub(super) fn running(&self, id: StreamId) -> Running {
        self.stream(id, "running", |notice| match notice {
            StreamNotice::Running(running) => Some(running),
            StreamNotice::Ended(why) => panic!("{why:?}"),
            _ => None,
        })
    }

    pub(super) fn ended(&self, id: StreamId) -> Ending {
        self.stream(id, "end", |notice| match notice {
            StreamNotice::Ended(why) => Some(why),
            _ => None,
        })
    }

    pub(super) fn down(&self) -> String {
        self.until("word that the server is down", |notice| match notice {
            Notice::Down(why) => Some(why),
            _ => None,
        })
    }
}

/// The loudness of what comes in `ms` from now, as the mean of the squares, and its samples.
pub(super) fn hear(running: &mut Running, ms: u64) -> (f32, usize) {
    let Ring::Mic(ring) = &mut running.ring else { panic!("no microphone") };
    let (begun, mut power, mut count) = (Instant::now(), 0.0, 0);
    while begun.elapsed() < Duration::from_millis(ms) {
        while let Ok(sample) = ring.pop() {
            power += sample * sample;
            count += 1;
        }
        thread::sleep(Duration::from_millis(5));
    }
    (power / count.max(1) as f32, count)
}

/// Keeps 40 ms of a tone in the ring for `ms`.
pub(super) fn play(running: &mut Running, ms: u64) {
    let Ring::Speaker(ring) = &mut running.ring else { panic!("no speaker") };
    let (begun, mut at) = (Instant::now(), 0u32);
    while begun.elapsed() < Duration::from_millis(ms) {
        while ring.buffer().capacity() - ring.slots() < 1920 {
            let _ = ring.push((at as f32 * 0.06).sin() * 0.3);
            at += 1;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

pub(super) fn missed(running: &Running) -> usize {
    running.shared.missed.swap(0, Ordering::Relaxed)
}
