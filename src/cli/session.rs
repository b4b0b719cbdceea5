//! A session from what was asked for, and the runtime that it needs.

use std::time::Duration;

use super::arguments::Shared;
use super::sentence::Stop;
use crate::app::{self, Clock, FaceChoice, Setup, Trust};
use crate::audio::AudioSetup;
use crate::member::Config;
use crate::text::InvitationExtras;
use crate::transport::Dial;

pub(super) fn setup(
    shared: &Shared,
    member: Config,
    relay: Dial,
    advertised: String,
    audio: AudioSetup,
    face: FaceChoice,
) -> Setup {
    let stay = shared.seconds.map(Duration::from_secs);
    Setup {
        member,
        relay,
        also_via: None,
        trust: Trust::default(),
        sought: vec![],
        advertised,
        extras: InvitationExtras::default(),
        cues: shared.cues.wanted(&audio.speaker),
        audio,
        face,
        stay,
        ends_group: false,
        notices: vec![],
        watch: None,
        outside: None,
        on_open: None,
    }
}

pub(super) fn session(setup: Setup, clock: Clock) -> Result<(), Stop> {
    let (seed, runtime) = (seed()?, runtime()?);
    app::quiet();
    let outcome = runtime.block_on(app::run(setup, clock, seed));
    app::loud();
    outcome.map_err(Stop::from)
}

fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(Stop::system)
}

pub(super) fn seed() -> Result<[u8; 32], Stop> {
    crate::transport::settings::random().map_err(|error| Stop::failure((error.to_string(), String::new())))
}
