//! The command line: arguments, questions asked before the screen opens, and what a session is made of.

mod arguments;
mod ask;
mod bind;
mod charter;
mod doctor;
mod embedded;
mod face;
mod help;
mod home;
mod host;
mod keys;
mod language;
mod left_behind;
mod manual;
mod nearby;
mod outside;
mod prompt;
mod read;
mod sentence;
mod session;
mod settings;
mod signals;
mod theme;
mod usage;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Command, CommandFactory, FromArgMatches};

pub use self::arguments::{Arguments, Verb};
use self::arguments::{ConfigVerb, Host, Join, Rehearse, Shared};
use self::face::{asks, at_terminal, dressed, face};
use self::left_behind::LeftBehind;
use self::sentence::Stop;
use self::session::{session, setup};
use self::settings::Settings;
use crate::app::{self, Clock, FaceChoice, Setup, Trust};
use crate::audio::{Audio, AudioError, AudioSetup, MicSpec, Side, SpeakerSpec};
use crate::command::{Word, typed};
use crate::member::{Config, Start};
use crate::session::{Charter, clean};
use crate::text::{self, start};
use crate::transport::{Dial, Fingerprint, Interface, KnownRelays};
use crate::tui;

/// How long a faulty program has to give the terminal back.
const GIVE_BACK: Duration = Duration::from_secs(1);

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let clock = Clock::start();
    let settings = Settings::load();
    let line: Vec<OsString> = std::env::args_os().collect();
    language::language(&line, &settings, |name| std::env::var(name).ok()).choose();
    let arguments = match parse(&settings, line) {
        Ok(arguments) => arguments,
        Err(Unread::Answer(answer)) => {
            let _ = answer.print();
            return ExitCode::SUCCESS;
        }
        Err(Unread::Wrong(stop, face)) => {
            stop.tell(face, clock);
            return stop.code();
        }
    };
    restore_on_panic();
    let face = arguments.verb.as_ref().and_then(Verb::shared).map_or(FaceChoice::Plain, face);
    let outcome = match arguments.verb {
        None => from_home(settings, arguments.home, clock),
        Some(verb) => {
            if verb.shared().is_some() {
                app::attend(give_back);
            }
            bound(&verb).and_then(|()| themed(&verb, face)).and_then(|face| run(verb, face, &settings, clock))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            app::loud();
            stop.tell(face, clock);
            stop.code()
        }
    }
}

/// Why there are no arguments.
enum Unread {
    /// Help or the version was asked for.
    Answer(clap::Error),
    /// The line can't be read, or the person's file of settings can't be used.
    Wrong(Stop, FaceChoice),
}

/// Reads the arguments of a command line, over the settings. What only prints is never kept from it by a faulty file.
fn parse(settings: &Settings, line: impl IntoIterator<Item = OsString>) -> Result<Arguments, Unread> {
    let line: Vec<OsString> = line.into_iter().collect();
    let read = |command: Command| {
        let matches = command.clone().try_get_matches_from(&line);
        let read = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
        read.map_err(|error| match error.use_stderr() {
            true => Unread::Wrong(Stop::usage(usage::advice(&error, &command, &line)), FaceChoice::Plain),
            false => Unread::Answer(help::worded(command).try_get_matches_from(&line).err().unwrap_or(error)),
        })
    };
    let fault = match settings.apply(Arguments::command()) {
        Ok(command) => return read(command),
        Err(fault) => settings::wrong(&fault),
    };
    let arguments = read(Arguments::command())?;
    match &arguments.verb {
        Some(Verb::Config(_) | Verb::Doctor(_) | Verb::Completions(_) | Verb::Man(_)) => Ok(arguments),
        Some(
            Verb::Host(Host { shared, .. }) | Verb::Join(Join { shared, .. }) | Verb::Rehearse(Rehearse { shared, .. }),
        ) => Err(Unread::Wrong(fault, face(shared))),
        None => Err(Unread::Wrong(fault, FaceChoice::Plain)),
    }
}

/// `ingle` alone: asks what the person wants, and does it.
fn from_home(mut settings: Settings, asked: arguments::Home, clock: Clock) -> Result<(), Stop> {
    if !at_terminal() {
        // Nobody can be asked.
        let _ = write!(io::stderr(), "{}", help::worded(Arguments::command()).render_help());
        return Err(Stop::quietly(2));
    }
    app::attend(give_back);
    let line = |words: &[&str]| [&["ingle"], words].concat().into_iter().map(OsString::from).collect::<Vec<_>>();
    let in_force = parsed(&settings, line(&["rehearse"]))?;
    let Some(shared) = in_force.verb.as_ref().and_then(Verb::shared) else { return Ok(()) };
    let sentences = asked.plain || face(shared) == FaceChoice::Plain;
    let ascii = asked.ascii || shared.ascii;
    let theme = asked.theme.as_deref().or(shared.theme.as_deref());
    let palette = theme.filter(|_| !sentences).map(theme::theme).transpose()?;
    let shown = if sentences { home::Shown::Sentences } else { home::Shown::Screen { ascii, palette } };
    let devices = (shared.mic.clone(), shared.speaker.clone());
    let set = language::set(&std::env::args_os().collect::<Vec<_>>(), &settings, |name| std::env::var(name).ok());
    let next = home::home(&mut settings, shown, shared.name.as_deref(), set.is_some(), devices)?;
    let mut words = match &next {
        home::Next::Host(title) => vec!["host", "--title", title],
        home::Next::Join(_) | home::Next::Ask(_) => vec!["join"],
        home::Next::Practise => vec!["rehearse"],
        home::Next::Leave => return Ok(()),
    };
    words.extend(sentences.then_some("--plain"));
    words.extend(ascii.then_some("--ascii"));
    // The title could look like an option, and a code must not.
    let title = matches!(next, home::Next::Host(_)).then(|| format!("--title={}", words[2]));
    if let Some(title) = &title {
        words.splice(1..3, [title.as_str()]);
    }
    let mut arguments = parsed(&settings, line(&words))?;
    if let (Some(Verb::Join(join)), home::Next::Join(text) | home::Next::Ask(text)) = (&mut arguments.verb, &next) {
        match next {
            home::Next::Join(_) => join.code = vec![text.clone()],
            _ => join.typed.clone_from(text),
        }
    }
    let Some(verb) = arguments.verb else { return Ok(()) };
    let face = verb.shared().map_or(FaceChoice::Plain, face);
    bound(&verb)?;
    run(verb, dressed(face, theme)?, &settings, clock)
}

/// The face in the colours that were chosen.
fn themed(verb: &Verb, face: FaceChoice) -> Result<FaceChoice, Stop> {
    dressed(face, verb.shared().and_then(|shared| shared.theme.as_deref()))
}

/// Binds the keys of a session as the person wants them.
fn bound(verb: &Verb) -> Result<(), Stop> {
    verb.shared().map_or(Ok(()), |shared| bind::bind(&shared.bind))
}

/// The arguments of a command that this program makes up.
fn parsed(settings: &Settings, line: Vec<OsString>) -> Result<Arguments, Stop> {
    parse(settings, line).map_err(|unread| match unread {
        Unread::Wrong(stop, _) => stop,
        Unread::Answer(answer) => Stop::usage((answer.to_string().trim_end().to_owned(), String::new())),
    })
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

fn run(verb: Verb, face: FaceChoice, settings: &Settings, clock: Clock) -> Result<(), Stop> {
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
                        return run(Verb::Join(join), face, settings, clock);
                    }
                    None => left_notice = (!asks).then(|| start::left_behind(left.nameplate.0, &left.relay)),
                }
                left.forget();
            }
            let relay = host.relay.as_deref().map(relay).transpose()?;
            let trust = trust(host.accept_relay_key.as_deref())?;
            let charter = charter::read(&host.charter)?;
            let mut audio = audio(&host.shared);
            let missing = check(&mut audio, settings, start::going_on_without)?;
            let notices = left_notice.into_iter().chain(missing).collect();
            let name = ask::name(host.shared.name.as_deref(), asks)?;
            let begin = Start::Host { title: clean::title(&host.title), open_door: host.open_door, charter };
            let here = relay.is_none();
            let config = config(&host.shared, name, begin, &audio, here);
            host::run(host, (relay, trust), config, audio, notices, face, clock)
        }
        Verb::Join(join) => {
            let mut audio = audio(&join.shared);
            let screen = matches!(face, FaceChoice::Screen { .. });
            let code = ask::linked(&join, |name| std::env::var(name).ok()).unwrap_or_else(|| join.code.join(" "));
            let asked = ask::code(&code, &join.typed, join.relay.as_deref(), asks, screen)?;
            if join.link {
                ask::link(&asked, asks)?;
            }
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
            let notices = check(&mut audio, settings, start::going_on_without)?;
            let name = ask::name(join.shared.name.as_deref(), asks)?;
            let config = config(&join.shared, name, Start::Join(asked.code), &audio, false);
            let advertised = relay.host.clone();
            let setup = setup(&join.shared, config, relay, advertised, audio, face);
            let also_via = join.also_via.as_deref().map(Interface::named);
            session(Setup { trust, notices, sought, also_via, ..setup }, clock)
        }
        Verb::Rehearse(rehearse) => {
            let mut audio = audio(&rehearse.shared);
            let notices = check(&mut audio, settings, |problem, _, speaker| rehearsed_without(problem, speaker, face))?;
            let name = clean::name(rehearse.shared.name.as_deref().unwrap_or(start::PRACTICE_NAME.get()));
            let title = start::PRACTICE_GROUP.to_owned();
            let begin = Start::Host { title, open_door: true, charter: Charter::default() };
            let config = config(&rehearse.shared, name, begin, &audio, true);
            host::rehearse((&rehearse.shared, rehearse.tour), config, audio, notices, face, clock)
        }
        Verb::Config(config) => match config.verb {
            Some(ConfigVerb::Theme { name, .. }) => theme::print(&name),
            Some(ConfigVerb::Init { force, .. }) => settings::init(settings, &Arguments::command(), force),
            None => settings::show(settings, Arguments::command(), config.json),
        },
        Verb::Doctor(asked) => doctor::doctor(&asked, settings, Arguments::command()),
        Verb::Completions(of) => {
            manual::completions(Arguments::command(), of.shell);
            Ok(())
        }
        Verb::Man(of) => manual::man(Arguments::command(), of.command.as_deref(), of.dir.as_deref()),
    }
}

/// A group whose host's program ended here without a goodbye.
fn left_behind() -> Option<LeftBehind> {
    left_behind::dir(|name| std::env::var_os(name)).and_then(|dir| LeftBehind::find(&dir))
}

/// What a host goes back to the group at this relay with.
fn back(host: Host, relay: String) -> Join {
    let Host { accept_relay_key, no_discovery, also_via, shared, .. } = host;
    let (code, typed, relay) = (vec![], String::new(), Some(relay));
    Join { code, typed, link: false, relay, accept_relay_key, also_via, no_discovery, shared }
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
    relay.check().map_err(|error| Stop::usage(text::dial_fault(&error)))?;
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
/// go on, from the problem and whether a microphone and a speaker are missing. Instead of a device that was chosen in ingle at
/// another time the one that the system offers is used.
fn check(
    audio: &mut AudioSetup,
    settings: &Settings,
    going_on: impl FnOnce(&str, bool, bool) -> String,
) -> Result<Vec<String>, Stop> {
    let mut notices = vec![];
    let chosen = settings.chosen().unwrap_or_default();
    loop {
        app::quiet();
        let checked = Audio::check(audio);
        app::loud();
        let Err(error) = checked else { return Ok(notices) };
        match &error {
            AudioError::NoDevices { mic, speaker } => {
                notices.push(going_on(&text::audio_fault(&error).0, *mic, *speaker));
                return Ok(notices);
            }
            AudioError::NoSuchDevice { side: Side::Microphone, .. }
                if audio.mic == MicSpec::Device(chosen.mic.clone()) =>
            {
                notices.push(text::home::kept_device_gone(&chosen.mic));
                audio.mic = MicSpec::Default;
            }
            AudioError::NoSuchDevice { side: Side::Speaker, .. }
                if audio.speaker == SpeakerSpec::Device(chosen.speaker.clone()) =>
            {
                notices.push(text::home::kept_device_gone(&chosen.speaker));
                audio.speaker = SpeakerSpec::Default;
            }
            AudioError::NoSuchDevice { .. }
            | AudioError::Unreadable { .. }
            | AudioError::NotWav { .. }
            | AudioError::Unwritable { .. }
            | AudioError::System(_) => return Err(Stop::failure(text::audio_fault(&error))),
        }
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
