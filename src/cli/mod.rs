//! The command line: arguments, questions asked before the screen opens, and what a session is made of.

mod arguments;
mod ask;
mod bind;
mod charter;
mod embedded;
mod face;
mod host;
mod keys;
mod left_behind;
mod nearby;
mod outside;
mod prompt;
mod read;
mod sentence;
mod session;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

pub use self::arguments::{Arguments, Verb};
use self::arguments::{Host, Join, Shared};
use self::face::{asks, face};
use self::left_behind::LeftBehind;
use self::sentence::Stop;
use self::session::{session, setup};
use crate::app::{self, Clock, FaceChoice, Setup, Trust};
use crate::audio::{Audio, AudioError, AudioSetup, MicSpec};
use crate::command::{Word, typed};
use crate::member::{Config, Start};
use crate::session::{Charter, clean};
use crate::text::{self, start};
use crate::transport::{Dial, Fingerprint, KnownRelays};
use crate::tui;

/// How long a faulty program has to give the terminal back.
const GIVE_BACK: Duration = Duration::from_secs(1);

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let clock = Clock::start();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; anything else is wrong usage, and clap says how it's right.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    restore_on_panic();
    app::attend(give_back);
    let face = face(arguments.verb.shared());
    let bound = bind::bind(&arguments.verb.shared().bind);
    match bound.and_then(|()| run(arguments.verb, face, clock)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            app::loud();
            stop.tell(face, clock);
            stop.code()
        }
    }
}

/// A fault of the program gives the terminal back, closes the microphone with the process, and says so. One in the relay
/// that is embedded ends a connection, which the relay sees to.
fn restore_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if std::thread::current().name() == Some(embedded::RELAY_THREAD) {
            return;
        }
        // A terminal that stands still can't be given back.
        app::end_within(GIVE_BACK);
        give_back();
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(io::stderr(), "{}", start::fault(&place));
        std::process::exit(1);
    }));
}

fn give_back() {
    tui::terminal::restore();
    keys::restore();
    app::loud();
}

fn run(verb: Verb, face: FaceChoice, clock: Clock) -> Result<(), Stop> {
    let asks = asks(face);
    match verb {
        Verb::Host(host) => {
            let left = if host.new { None } else { left_behind() };
            let mut left_notice = None;
            if let Some(left) = left {
                match ask::words(&left, asks)? {
                    Some(code) => {
                        left.forget();
                        let join = Join { code: vec![code.spoken()], ..back(host, left.relay) };
                        return run(Verb::Join(join), face, clock);
                    }
                    None => left_notice = (!asks).then(|| start::left_behind(left.nameplate.0, &left.relay)),
                }
                left.forget();
            }
            let relay = host.relay.as_deref().map(relay).transpose()?;
            let trust = trust(host.accept_relay_key.as_deref())?;
            let charter = charter::read(&host.charter)?;
            let audio = audio(&host.shared);
            let notices = left_notice.into_iter().chain(check(&audio, start::going_on_without)?).collect();
            let name = ask::name(host.shared.name.as_deref(), asks)?;
            let begin = Start::Host { title: clean::title(&host.title), open_door: host.open_door, charter };
            let here = relay.is_none();
            let config = config(&host.shared, name, begin, &audio, here);
            host::run(host, (relay, trust), config, audio, notices, face, clock)
        }
        Verb::Join(join) => {
            let audio = audio(&join.shared);
            let asked = ask::code(
                &join.code.join(" "),
                join.relay.as_deref(),
                asks,
                matches!(face, FaceChoice::Screen { .. }),
            )?;
            // Whoever goes back by the code need not be asked about it any more.
            left_behind().filter(|left| left.nameplate == asked.code.nameplate).inspect(LeftBehind::forget);
            let trust = trust(join.accept_relay_key.as_deref())?;
            let sought = match &asked.relay {
                Some(_) => vec![],
                None => nearby::sought(trust.known.as_ref(), join.no_discovery, face)?,
            };
            let named = match (asked.relay, sought.first()) {
                (Some(named), _) => named,
                (None, Some(first)) => first.relay.host.clone(),
                (None, None) => ask::relay(asks, !join.no_discovery)?,
            };
            let relay = relay(&named)?;
            let notices = check(&audio, start::going_on_without)?;
            let name = ask::name(join.shared.name.as_deref(), asks)?;
            let config = config(&join.shared, name, Start::Join(asked.code), &audio, false);
            let advertised = relay.host.clone();
            let setup = setup(&join.shared, config, relay, advertised, audio, face);
            session(Setup { trust, notices, sought, ..setup }, clock)
        }
        Verb::Rehearse(rehearse) => {
            let audio = audio(&rehearse.shared);
            let notices = check(&audio, |problem, _, speaker| rehearsed_without(problem, speaker, face))?;
            let name = clean::name(rehearse.shared.name.as_deref().unwrap_or(start::PRACTICE_NAME));
            let title = start::PRACTICE_GROUP.to_owned();
            let begin = Start::Host { title, open_door: true, charter: Charter::default() };
            let config = config(&rehearse.shared, name, begin, &audio, true);
            host::rehearse(&rehearse.shared, config, audio, notices, face, clock)
        }
    }
}

/// A group whose host's program ended here without a goodbye.
fn left_behind() -> Option<LeftBehind> {
    left_behind::dir(|name| std::env::var_os(name)).and_then(|dir| LeftBehind::find(&dir))
}

/// What a host goes back to the group at this relay with.
fn back(host: Host, relay: String) -> Join {
    let Host { accept_relay_key, no_discovery, shared, .. } = host;
    Join { code: vec![], relay: Some(relay), accept_relay_key, no_discovery, shared }
}

fn audio(shared: &Shared) -> AudioSetup {
    AudioSetup {
        mic: shared.mic.clone(),
        speaker: shared.speaker.clone(),
        plan: shared.plan.choice().into(),
        mic_open: shared.open_mic,
        on_unplug: shared.on_unplug.choice(),
        cpu: shared.cpu.limit(),
        chain: shared.chain.setting(),
    }
}

/// A relay that can be called, as far as its address tells.
fn relay(host: &str) -> Result<Dial, Stop> {
    let relay = Dial { host: host.to_owned(), pin: None };
    relay.check().map_err(|error| Stop::usage((error.to_string(), error.hint().to_owned())))?;
    Ok(relay)
}

/// Whom to take for a relay elsewhere.
fn trust(accept: Option<&str>) -> Result<Trust, Stop> {
    if let Some(written) = accept
        && Fingerprint([0; 32]).is_written(written).is_none()
    {
        return Err(Stop::usage(text::no_key(&clean::chat(written))));
    }
    let known = KnownRelays::in_environment(|name| std::env::var_os(name));
    Ok(Trust { known, accept: accept.map(str::to_owned) })
}

/// What is asked for by name must be there. Whatever else is missing or can't be used keeps nobody out: `going_on` says how they
/// go on, from the problem and whether a microphone and a speaker are missing.
fn check(audio: &AudioSetup, going_on: impl FnOnce(&str, bool, bool) -> String) -> Result<Vec<String>, Stop> {
    app::quiet();
    let checked = Audio::check(audio);
    app::loud();
    let Err(error) = checked else { return Ok(vec![]) };
    match &error {
        AudioError::NoDevices { mic, speaker } => Ok(vec![going_on(&error.to_string(), *mic, *speaker)]),
        AudioError::NoSuchDevice { .. }
        | AudioError::Unreadable { .. }
        | AudioError::NotWav { .. }
        | AudioError::Unwritable { .. }
        | AudioError::System(_) => Err(Stop::failure((error.to_string(), error.hint()))),
    }
}

/// How a rehearsal goes on without what the machine lacks.
fn rehearsed_without(problem: &str, speaker: bool, face: FaceChoice) -> String {
    match face {
        FaceChoice::Screen { .. } => start::without_device_on_screen(problem, speaker),
        FaceChoice::Plain | FaceChoice::Json => start::without_device(problem, speaker, &typed(Word::Who, "")),
    }
}

fn config(shared: &Shared, name: String, start: Start, audio: &AudioSetup, relay_here: bool) -> Config {
    let mic_always_open = matches!(audio.mic, MicSpec::File { .. } | MicSpec::Room(_));
    let no_mic = audio.mic == MicSpec::Null;
    Config { name, start, mic_always_open, no_mic, mic_open: audio.mic_open, relay_here, plan: shared.plan.choice() }
}
