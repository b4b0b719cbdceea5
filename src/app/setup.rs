//! What a session is made of.

use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::face::FaceChoice;
use super::watch::Watched;
use crate::audio::AudioSetup;
use crate::ids::Time;
use crate::member::Config;
use crate::session::{Event, Reach};
use crate::text::InvitationExtras;
use crate::transport::{Dial, Fingerprint, Interface, KnownRelays, Pin};
use crate::wire::RelayAt;

/// What a session needs.
pub struct Setup {
    /// Who I am, and what for.
    pub member: Config,
    /// The relay to call.
    pub relay: Dial,
    /// Whom to take for it.
    pub trust: Trust,
    /// The interface over which everything that is sent goes a second time.
    pub also_via: Option<Interface>,
    /// Relays that may have the group, where nobody has named one. If there are any, one of them takes the place of `relay`.
    pub sought: Vec<Sought>,
    /// What others write to reach it, for the invitation.
    pub advertised: String,
    /// What the invitation says besides.
    pub extras: InvitationExtras,
    /// Sound.
    pub audio: AudioSetup,
    /// Whether comings, goings and my turn have a soft sound.
    pub cues: bool,
    /// How it is shown.
    pub face: FaceChoice,
    /// After how long to leave by itself.
    pub stay: Option<Duration>,
    /// Whether the group can't go on without this program, so that leaving it as its facilitator ends it for everybody.
    pub ends_group: bool,
    /// Said once at the start: what is missing here, one sentence each.
    pub notices: Vec<String>,
    /// Whom to tell what a rehearsal wants to know of the person.
    pub watch: Option<mpsc::Sender<Watched>>,
    /// From where the relay in this program can be reached, as it turns out.
    pub outside: Option<mpsc::Receiver<Outside>>,
    /// Told the code once the group is open.
    pub on_open: Option<Box<dyn FnOnce(String) + Send>>,
}

/// Microseconds since the program started, and those that the computer was asleep meanwhile.
#[derive(Clone, Copy)]
pub struct Clock {
    start: Instant,
    slept: Duration,
}

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { start: Instant::now(), slept: slept() }
    }

    /// Now.
    pub fn now(self) -> Time {
        let passed = self.start.elapsed() + self.asleep();
        Time(u64::try_from(passed.as_micros()).unwrap_or(u64::MAX))
    }

    /// The moment at which [`Self::now`] gives `time`, unless the computer sleeps until then; `None` for [`Time::NEVER`].
    pub fn instant(self, time: Time) -> Option<Instant> {
        let awake = Duration::from_micros(time.0).saturating_sub(self.asleep());
        (time != Time::NEVER).then(|| self.start + awake)
    }

    fn asleep(self) -> Duration {
        slept().saturating_sub(self.slept)
    }
}

/// How long this computer has been asleep since it was started, which [`Instant`] doesn't count.
#[cfg(target_os = "linux")]
fn slept() -> Duration {
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustix::time::{ClockId, clock_gettime};

    static SLEPT: AtomicU64 = AtomicU64::new(0);
    let [all, awake] = [ClockId::Boottime, ClockId::Monotonic].map(|clock| {
        let time = clock_gettime(clock);
        let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or_default());
        seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
    });
    // The second clock is read a little later, so this is at most too little; and time doesn't go back.
    let slept = u64::try_from(all.saturating_sub(awake).as_micros()).unwrap_or_default();
    Duration::from_micros(SLEPT.fetch_max(slept, Ordering::Relaxed).max(slept))
}

/// Not known here: a sleep passes as if it hadn't been.
#[cfg(not(target_os = "linux"))]
fn slept() -> Duration {
    Duration::ZERO
}

/// What a session has to know its relay by.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The relays that were met, unless nothing is kept.
    pub known: Option<KnownRelays>,
    /// A key that the person has been told to accept, as they wrote it.
    pub accept: Option<String>,
}

/// A relay that was reached for the first time in this session.
pub(super) struct Met {
    pub(super) relay: String,
    pub(super) pin: Pin,
    pub(super) vouched: bool,
}

impl Trust {
    /// A relay that another one names. It must have the key that it's known by here, and otherwise the one that is said of it.
    pub(super) fn told(&self, relay: &RelayAt) -> Dial {
        let host = relay.host.as_str().to_owned();
        let known = self.known.as_ref().and_then(|known| known.find(&Dial::known_as(&host)).ok()?.pin);
        Dial { pin: Some(known.unwrap_or(Pin::only(Fingerprint(relay.key)))), host }
    }
}

/// A relay that may have the group.
#[derive(Clone, Debug)]
pub struct Sought {
    /// The relay to call.
    pub relay: Dial,
    /// Whether it was found on the local network; otherwise it is the one that was used last.
    pub nearby: bool,
}

impl Sought {
    /// What the person is to know of it.
    pub(super) fn event(&self) -> Event {
        Event::RelayFound { relay: self.relay.spoken(), nearby: self.nearby }
    }

    /// Whom to take for it. One that was found on a network is taken for what it announced, and isn't remembered: its address is
    /// only good there.
    pub(super) fn trust(&self, trust: Trust) -> Trust {
        Trust { known: trust.known.filter(|_| !self.nearby), ..trust }
    }
}

/// From where the relay in this program can be reached.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What others write to reach it, best way first.
    pub advertised: String,
    /// From where.
    pub reach: Reach,
}

/// The next thing that turns out; never anything if nothing more will. Safe to be dropped while it waits.
pub(super) async fn found_out(outside: &mut Option<mpsc::Receiver<Outside>>) -> Outside {
    if let Some(receiver) = outside
        && let Some(found) = receiver.recv().await
    {
        return found;
    }
    std::future::pending().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Host;

    #[test]
    fn a_relay_that_another_names_keeps_the_key_it_is_known_by() {
        let dir = tempfile::tempdir().expect("a directory");
        let known = KnownRelays::at(dir.path());
        let met = Pin::only(Fingerprint([1; 32]));
        known.remember("met.example:4433", met).expect("written");
        let trust = Trust { known: Some(known), accept: None };
        let told =
            |host: &str| trust.told(&RelayAt { host: Host::try_from(host.to_owned()).expect("a host"), key: [2; 32] });
        assert_eq!(told("Met.example").pin, Some(met));
        assert_eq!(told("new.example:4433").pin, Some(Pin::only(Fingerprint([2; 32]))));
    }
}
