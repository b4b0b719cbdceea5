//! What a session is made of.

use std::time::{Duration, Instant};

use super::face::FaceChoice;
use crate::audio::AudioSetup;
use crate::ids::Time;
use crate::member::Config;
use crate::transport::{Dial, KnownRelays};

/// What a session needs.
pub struct Setup {
    /// Who I am, and what for.
    pub member: Config,
    /// The relay to call.
    pub relay: Dial,
    /// Whom to take for it.
    pub trust: Trust,
    /// What others write to reach it, for the invitation.
    pub advertised: String,
    /// Sound.
    pub audio: AudioSetup,
    /// How it is shown.
    pub face: FaceChoice,
    /// After how long to leave by itself.
    pub stay: Option<Duration>,
    /// Whether the group can't go on without this program, so that leaving it as its facilitator ends it for everybody.
    pub ends_group: bool,
    /// Said once at the start: what is missing here, one sentence each.
    pub notices: Vec<String>,
    /// Told the code once the group is open.
    pub on_open: Option<Box<dyn FnOnce(String) + Send>>,
}

/// Seconds and microseconds since the program started.
#[derive(Clone, Copy)]
pub struct Clock(Instant);

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Now.
    pub fn now(self) -> Time {
        Time(u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    /// The moment at which [`Self::now`] gives `time`; `None` for [`Time::NEVER`].
    pub fn instant(self, time: Time) -> Option<Instant> {
        (time != Time::NEVER).then(|| self.0 + Duration::from_micros(time.0))
    }
}

/// What a session has to know its relay by.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The relays that were met, unless nothing is kept.
    pub known: Option<KnownRelays>,
    /// A key that the person has been told to accept, as they wrote it.
    pub accept: Option<String>,
}
