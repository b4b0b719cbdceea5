//! One call: a talker and a listener, each behind a line of its own, with a relay between them.

use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ingle::sim::link::Setting;

use crate::emulator::{Line, Way};
use crate::hearing::{Heard, hear};
use crate::process::{Cost, Relay, Watch};
use crate::profiles::Profile;
use crate::programs::{Client, within};
use crate::wav;

/// Silence before the speech, in seconds: all have settled then.
pub const LEAD_S: f64 = 8.0;
/// How long is recorded after the speech, in seconds; longer where speech may be heard late.
const TAIL_S: f64 = 4.0;
const TAIL_AFTER_DARK_S: f64 = 25.0;

/// What is to be tried.
#[derive(Clone)]
pub struct Call {
    pub profile: Profile,
    /// As `--plan` takes it.
    pub plan: String,
    /// Numbers the calls that are the same in all else, from 0.
    pub run: u64,
    /// From which the chances of both lines come.
    pub seed: u64,
}

/// What came of it.
pub struct Played {
    pub heard: Heard,
    /// What the listener's speaker played.
    pub recording: PathBuf,
    /// Where in it the speech begins, in seconds.
    pub begins: f64,
    /// From mouth to ear, in seconds, without sound devices.
    pub delay: Option<f64>,
    /// How soon after the line was back speech was heard in time again, in seconds, where it was cut.
    pub live_again: Option<f64>,
    /// Kilobits a second while the talker talks, at the IP level: up from the talker, down to the listener, up from the listener.
    pub kbps: [f64; 3],
    /// What the talker's and the listener's client took while the talker talked.
    pub costs: [Cost; 2],
    /// How late the emulator was with each packet, in microseconds.
    pub late: Vec<u32>,
}

/// Plays a call. `mic` holds `speech` after [`LEAD_S`] of silence; what is recorded is left in `dir`.
pub fn play(call: &Call, speech: &[f32], mic: &Path, dir: &Path) -> io::Result<Played> {
    std::fs::create_dir_all(dir)?;
    let (own_mic, recording) = (dir.join("said.wav"), dir.join("heard.wav"));
    // The side files of an earlier call would be taken for this one's.
    for file in [&own_mic, &recording].map(|path| side(path)) {
        let _ = std::fs::remove_file(file);
    }
    std::fs::copy(mic, &own_mic)?;

    let relay = Relay::start()?;
    let address = relay.address.parse().map_err(Error::other)?;
    let setting = call.profile.setting;
    let listeners = Line::start(address, setting, 2 * call.seed)?;
    let talkers = Line::start(address, setting, 2 * call.seed + 1)?;
    let file = |path: &Path| format!("file:{}", path.display());
    let (speaker, microphone) = (file(&recording), file(&own_mic));
    let plan = ["--plan", &call.plan];
    let host = ["host", "--name", "Listener", "--open-door", "--mic", "null", "--speaker", &speaker];
    let listener = Client::start(&[&host[..], &plan].concat(), listeners.at)?;
    let code = listener.wait("hosting")?["code"].as_str().unwrap_or_default().to_owned();
    let join = ["join", &code, "--name", "Talker", "--open-mic", "--mic", &microphone, "--speaker", "null"];
    let talker = Client::start(&[&join[..], &plan].concat(), talkers.at)?;
    talker.wait("joined")?;

    let first = clock_of(&own_mic)?;
    let (wall, now) =
        (SystemTime::now().duration_since(UNIX_EPOCH).map_err(Error::other)?.as_secs_f64(), Instant::now());
    let begins = now + Duration::from_secs_f64((first + LEAD_S - wall).max(0.0));
    let ends = begins + Duration::from_secs_f64(speech.len() as f64 / f64::from(ingle::audio::RATE));
    sleep_until(begins);
    let watches = [Watch::start(talker.id())?, Watch::start(listener.id())?];
    if let Some((from, to)) = call.profile.dark {
        for (moment, setting) in [(from, Setting { loss: 1.0, ..setting }), (to, setting)] {
            sleep_until(begins + Duration::from_secs_f64(moment));
            for line in [&listeners, &talkers] {
                line.set(setting);
            }
        }
    }
    sleep_until(ends);
    let costs = [watches[0].cost()?, watches[1].cost()?];
    let tail = if call.profile.dark.is_some() { TAIL_AFTER_DARK_S } else { TAIL_S };
    sleep_until(ends + Duration::from_secs_f64(tail));
    let kbps = [(&talkers, Way::Up), (&listeners, Way::Down), (&listeners, Way::Up)];
    let kbps = kbps.map(|(line, way)| line.kbps(way, begins, ends));
    let late = [talkers.late(), listeners.late()].concat();
    drop((talker, listener, relay));

    let behind = clock_of(&recording)? - (first + LEAD_S);
    let sound = wav::read(&recording.display().to_string()).map_err(Error::other)?;
    let heard = hear(speech, &sound, behind);
    let live_again = call.profile.dark.and_then(|(_, to)| heard.live_again(to));
    Ok(Played { delay: heard.delay, live_again, heard, recording, begins: -behind, kbps, costs, late })
}

fn sleep_until(moment: Instant) {
    thread::sleep(moment.saturating_duration_since(Instant::now()));
}

/// Where a client writes the clock of a sound file.
fn side(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".json");
    path.into()
}

/// The wall clock of a file's first sample, in seconds.
fn clock_of(file: &Path) -> io::Result<f64> {
    let read = || {
        let text = std::fs::read_to_string(side(file)).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()?["first_sample_unix_s"].as_f64()
    };
    within(Duration::from_secs(10), read).ok_or_else(|| Error::other("a client made no side file for its sound"))
}
