//! `ingle doctor`: looks at what a session needs, within a bounded time, and says what to do where something is wrong.

mod clock;
mod finding;
mod relay;
mod sound;

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use clap::Command;
use serde_json::json;

use self::finding::{Finding, State};
use super::arguments::Doctor;
use super::sentence::Stop;
use super::settings::Settings;
use crate::text::{config_fault, doctor as text};
use crate::tui::Theme;
use crate::tui::view::wrap;
use crate::{app, wire};

/// After this long nothing more is waited for.
const PATIENCE: Duration = Duration::from_secs(16);
/// Columns before the sentences.
const MARGIN: usize = 22;

/// Looks at everything and says it. Takes 16 s at most.
///
/// # Errors
/// [`Stop`], with exit code 1 and nothing more to say, if something that is needed is wrong.
pub(super) fn doctor(asked: &Doctor, settings: &Settings, command: Command) -> Result<(), Stop> {
    let mut found = vec![version(), settings_file(settings, command), terminal()];
    found.extend(beside(asked));
    found.push(clock::clock());
    let problems = found.iter().filter(|finding| finding.state == State::Problem).count();
    let shown = if asked.json {
        let checks: Vec<_> = found.iter().map(Finding::object).collect();
        let object = json!({ "ok": problems == 0, "version": env!("CARGO_PKG_VERSION"), "checks": checks });
        format!("{object}\n")
    } else {
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| columns).clamp(40, 100);
        page(&found, problems, columns)
    };
    // Whoever doesn't read it doesn't want to know.
    let _ = io::stdout().write_all(shown.as_bytes());
    if problems == 0 { Ok(()) } else { Err(Stop::quietly(1)) }
}

/// The findings for people.
fn page(found: &[Finding], problems: usize, columns: u16) -> String {
    let space = columns.saturating_sub(MARGIN as u16);
    let mut page = String::new();
    for Finding { about, state, says: (message, hint) } in found {
        let mut head = format!("{:<8}  {about}", state.word());
        for line in [message, hint].into_iter().filter(|text| !text.is_empty()).flat_map(|text| wrap(text, space)) {
            page += &format!("{head:<MARGIN$}{line}\n");
            head.clear();
        }
    }
    page + "\n" + &text::outcome(problems) + "\n"
}

fn version() -> Finding {
    let system = format!("{} ({})", std::env::consts::OS, std::env::consts::ARCH);
    let says = text::version(env!("CARGO_PKG_VERSION"), u32::from(wire::VERSION), &system);
    Finding::new(text::VERSION.get(), State::Good, (says, String::new()))
}

fn settings_file(settings: &Settings, command: Command) -> Finding {
    let (state, says) = match (settings.fault(command), settings.path().filter(|_| settings.has_file())) {
        (Some(error), _) => (State::Problem, config_fault(&error)),
        (None, Some(path)) => (State::Good, text::settings_good(&path.display().to_string())),
        (None, None) => (State::Good, text::settings_none()),
    };
    Finding::new(text::SETTINGS.get(), state, says)
}

fn terminal() -> Finding {
    let theme = Theme::from_environment(false, None, |name| std::env::var(name).ok());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let size = (io::stdout().is_terminal() && io::stdin().is_terminal()).then(crossterm::terminal::size);
    let (state, says) = match size {
        None | Some(Err(_)) => (State::Note, text::no_terminal()),
        Some(Ok(_)) if dumb => (State::Note, text::dumb_terminal()),
        Some(Ok((columns, rows))) if columns < 32 || rows < 10 => (State::Note, text::small_terminal(columns, rows)),
        Some(Ok((columns, rows))) => (State::Good, text::terminal(columns, rows, theme.color, theme.ascii)),
    };
    Finding::new(text::TERMINAL.get(), state, says)
}

/// Sound and relay, each on a thread of its own, since either may hang.
fn beside(asked: &Doctor) -> Vec<Finding> {
    let (tell, told) = mpsc::channel();
    let (mic, speaker) = (asked.mic.clone(), asked.speaker.clone());
    let (say, relay) = (tell.clone(), asked.relay.clone());
    app::quiet();
    // Without a thread nothing is told, as if it hung.
    let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| drop(thread::Builder::new().name(name.into()).spawn(run));
    spawn("doctor sound", Box::new(move || drop(say.send(sound::sound(&mic, &speaker)))));
    spawn("doctor relay", Box::new(move || drop(tell.send(relay::relay(relay.as_deref())))));
    let end = Instant::now() + PATIENCE;
    let mut all: Vec<Finding> = vec![];
    while let Ok(found) = told.recv_timeout(end.saturating_duration_since(Instant::now())) {
        all.extend(found);
    }
    app::loud();
    // In one order, whichever was ready first.
    let about = [text::MICROPHONE, text::SPEAKER, text::RELAY_UDP, text::RELAY_TCP];
    if !all.iter().any(|finding| text::MICROPHONE == finding.about) {
        all.push(Finding::new(text::MICROPHONE.get(), State::Problem, text::sound_hangs()));
    }
    all.sort_by_key(|finding| about.iter().position(|it| *it == finding.about));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_is_wrong_and_what_to_do() {
        let found = [
            version(),
            Finding::new(
                text::MICROPHONE.get(),
                State::Problem,
                ("No microphone was found.".into(), "Plug one in.".into()),
            ),
            Finding::new(text::RELAY_UDP.get(), State::Note, text::no_relay()),
        ];
        let page = page(&found, 1, 80).replace(std::env::consts::OS, "OS").replace(std::env::consts::ARCH, "ARCH");
        insta::assert_snapshot!(page);
        assert_eq!(
            found[1].object(),
            json!({ "about": "Microphone", "state": "problem", "message": "No microphone was found.", "hint": "Plug one in." })
        );
    }
}
