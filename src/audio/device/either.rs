//! A sound server where there is one, else the bare devices. Once a server has answered, it stays with that.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::backend::{Backend, Ending, Notice, Notices, StreamId, StreamNotice};
use super::cpal::Cpal;
use super::pulse::{Pulse, Said};
use crate::audio::error::Side;

/// Both, and which is used.
pub(crate) struct Either {
    pulse: Option<Pulse>,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    notices: Arc<Mutex<Notices>>,
    bare: Option<Cpal>,
    /// Streams of the bare devices.
    streams: Vec<StreamId>,
    /// What the server was asked to open before it was known whether there is one; `None` once there was.
    early: Option<Vec<(StreamId, Side, Option<String>)>>,
}

impl Either {
    /// Looks for the server at this address, or the user's.
    pub(crate) fn start(server: Option<String>, notices: Notices) -> Self {
        let notices = Arc::new(Mutex::new(notices));
        let shared = Shared { notices, bare: None, streams: Vec::new(), early: Some(Vec::new()) };
        let shared = Arc::new(Mutex::new(shared));
        let hearing = shared.clone();
        let pulse = Pulse::start(server, move |said| hear(&mut lock(&hearing), said));
        if let Err(error) = &pulse {
            tracing::warn!("no thread for the sound server: {error}");
            lock(&shared).use_bare();
        }
        Self { pulse: pulse.ok(), shared }
    }

    fn on(&mut self, stream: StreamId, call: impl FnOnce(&mut dyn Backend)) {
        let mut shared = lock(&self.shared);
        if shared.streams.contains(&stream)
            && let Some(bare) = &mut shared.bare
        {
            call(bare);
        } else if let Some(pulse) = &mut self.pulse {
            call(pulse);
        }
    }
}

impl Backend for Either {
    fn open(&mut self, stream: StreamId, side: Side, device: Option<&str>) {
        let mut shared = lock(&self.shared);
        let Shared { bare, streams, early, .. } = &mut *shared;
        if let Some(bare) = bare {
            streams.push(stream);
            bare.open(stream, side, device);
        } else if let Some(pulse) = &mut self.pulse {
            if let Some(early) = early {
                early.push((stream, side, device.map(Into::into)));
            }
            pulse.open(stream, side, device);
        }
    }

    fn close(&mut self, stream: StreamId) {
        self.on(stream, |backend| backend.close(stream));
        let mut shared = lock(&self.shared);
        shared.streams.retain(|other| *other != stream);
        if let Some(early) = &mut shared.early {
            early.retain(|(other, ..)| *other != stream);
        }
    }

    fn set_resting(&mut self, stream: StreamId, resting: bool) {
        self.on(stream, |backend| backend.set_resting(stream, resting));
    }

    fn list(&mut self) {
        let mut shared = lock(&self.shared);
        match (&mut shared.bare, &mut self.pulse) {
            (Some(bare), _) => bare.list(),
            (None, Some(pulse)) => pulse.list(),
            (None, None) => {}
        }
    }
}

impl Drop for Either {
    fn drop(&mut self) {
        // Its thread may be about to say something, so it goes before what it says it to.
        self.pulse = None;
        lock(&self.shared).bare = None;
    }
}

impl Shared {
    fn use_bare(&mut self) {
        let notices = self.notices.clone();
        let bare = self.bare.insert(Cpal::start(Box::new(move |notice| lock(&notices)(notice))));
        for (stream, side, device) in self.early.iter_mut().flat_map(std::mem::take) {
            self.streams.push(stream);
            bare.open(stream, side, device.as_deref());
        }
    }
}

/// What the server's thread says.
fn hear(shared: &mut Shared, said: Said) {
    match said {
        Said::Absent => {
            if shared.bare.is_none() {
                shared.use_bare();
            }
        }
        // It may have refused a stream before it was said that there is no server.
        Said::Notice(Notice::Stream(stream, _)) if shared.streams.contains(&stream) => {}
        Said::Notice(notice) => {
            if matches!(notice, Notice::Devices { .. }) {
                shared.early = None;
                if shared.bare.take().is_some() {
                    for stream in std::mem::take(&mut shared.streams) {
                        lock(&shared.notices)(Notice::Stream(stream, StreamNotice::Ended(Ending::Missing)));
                    }
                }
            }
            lock(&shared.notices)(notice);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn without_a_server_the_bare_devices_answer() {
        let (sender, notices) = mpsc::channel();
        let dir = tempfile::tempdir().unwrap();
        let nowhere = format!("unix:{}", dir.path().join("native").display());
        let mut either = Either::start(Some(nowhere), Box::new(move |notice| drop(sender.send(notice))));
        // Before it's known that there is no server.
        either.open(StreamId(1), Side::Speaker, Some("no such device"));
        let (mut devices, mut ended) = (0, 0);
        while (devices, ended) != (1, 1) {
            match notices.recv_timeout(Duration::from_secs(20)) {
                Ok(Notice::Devices { .. }) => devices += 1,
                Ok(Notice::Stream(StreamId(1), StreamNotice::Ended(why))) => {
                    assert_eq!(why, Ending::Missing);
                    ended += 1;
                }
                Ok(_) => panic!("something else was said"),
                Err(error) => panic!("{devices} lists, {ended} ends: {error}"),
            }
        }
    }
}
