//! The system's devices: a sound server's where one answers, else the bare ones.

use std::sync::mpsc;
use std::time::Duration;

use super::backend::{Backend, DeviceInfo, Notice, Notices};

/// A person waits for a list of devices no longer than this.
const LIST: Duration = Duration::from_secs(3);

/// The devices of this machine, which say what becomes of them to `notices`.
#[cfg(target_os = "linux")]
pub(crate) fn open(notices: Notices) -> Box<dyn Backend> {
    Box::new(super::either::Either::start(None, notices))
}

/// The devices of this machine, which say what becomes of them to `notices`.
#[cfg(not(target_os = "linux"))]
pub(crate) fn open(notices: Notices) -> Box<dyn Backend> {
    Box::new(super::cpal::Cpal::start(notices))
}

/// The microphones and the speakers that there are now, defaults first. Takes 3 s at most; none, if nobody answers until then.
pub(crate) fn devices() -> (Vec<DeviceInfo>, Vec<DeviceInfo>) {
    let (sender, answers) = mpsc::channel();
    let _backend = open(Box::new(move |notice| {
        let answer = match notice {
            Notice::Devices { mics, speakers } => (mics, speakers),
            Notice::Down(_) => Default::default(),
            Notice::Stream(..) => return,
        };
        // Only the first is waited for.
        let _ = sender.send(answer);
    }));
    answers.recv_timeout(LIST).unwrap_or_default()
}
