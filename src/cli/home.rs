//! `ingle` alone: Home on a screen, or in sentences, until the person has said what they want.

mod next;
mod plain;
mod sound;

use std::io;
use std::time::{Duration, Instant};

use crossterm::event;

pub(super) use self::next::Next;
use self::next::hearing;
use self::sound::{News, Order, SoundDesk};
use super::keys;
use super::read::read;
use super::sentence::Stop;
use super::settings::{Chosen, Settings};
use super::signals;
use crate::app;
use crate::audio::{MicSpec, SpeakerSpec};
use crate::session::Hearing;
use crate::text::home as text;
use crate::tui::home::{Elsewhere, Home, HomeChoice, HomeWish, draw};
use crate::tui::terminal::Screen;
use crate::tui::{Palette, Theme, TuiEvent, Typing};

/// How often signals are looked for while nobody presses a key, and while a meter moves.
const LOOK: Duration = Duration::from_millis(200);
const METER: Duration = Duration::from_millis(50);
/// After this long without a sign of sound there is none to check.
const NO_SOUND: Duration = Duration::from_secs(6);

/// How Home is shown.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    Screen { ascii: bool, palette: Option<Palette> },
    Sentences,
}

/// Asks what the person wants. `name` is the name in force, and `devices` are what sound uses.
///
/// # Errors
/// [`Stop`] if the terminal can't be used, or the person gives up.
pub(super) fn home(
    settings: &mut Settings,
    shown: Shown,
    name: Option<&str>,
    language_elsewhere: bool,
    devices: (MicSpec, SpeakerSpec),
) -> Result<Next, Stop> {
    let chosen = settings.chosen();
    let kept = chosen.clone().unwrap_or_default();
    let name = name.filter(|name| !name.is_empty() && *name != kept.name).map(str::to_owned);
    let first = settings.keeps() && chosen.is_none() && name.is_none();
    let elsewhere = Elsewhere { name, language: language_elsewhere };
    match shown {
        Shown::Sentences => plain::home(settings, first, kept, elsewhere, devices),
        Shown::Screen { ascii, palette } => {
            let Chosen { name, mic, speaker, no_cues, language } = kept;
            let choice = HomeChoice { name, mic, speaker, no_cues, language };
            let file = settings.path().map(|path| path.display().to_string());
            let mut home = Home::new(first, choice, elsewhere, file);
            if let Some(warning) = palette.and_then(|palette| palette.warning()) {
                home.say(&warning);
            }
            let theme = Theme::from_environment(ascii, palette, |name| std::env::var(name).ok());
            app::quiet();
            let next = screen(settings, home, &theme, devices);
            app::loud();
            next
        }
    }
}

fn screen(
    settings: &mut Settings,
    mut home: Home,
    theme: &Theme,
    devices: (MicSpec, SpeakerSpec),
) -> Result<Next, Stop> {
    let mut held = signals::hold();
    signals::guard(keys::restore_any);
    let mut screen = Screen::enter(io::stdout()).map_err(Stop::system)?;
    let mut desk = SoundDesk::open(devices);
    let mut heard_at = Instant::now();
    let mut changed = true;
    loop {
        if std::mem::take(&mut changed) {
            screen.paint(|buffer, area| draw(&home, buffer, area, theme)).map_err(Stop::system)?;
        }
        let wishes = match next(home.sounds()).map_err(Stop::system)? {
            Got::Events(events) => {
                changed |= !events.is_empty();
                events.iter().flat_map(|event| home.update(event)).collect()
            }
            Got::End => return Err(Stop::quietly(signals::CODE)),
            Got::Pause => vec![HomeWish::Pause],
        };
        for wish in wishes {
            match wish {
                HomeWish::Host(title) => return Ok(Next::Host(title)),
                HomeWish::Join(typed) => return Ok(Next::Ask(typed)),
                HomeWish::Pasted(pasted) if read(&pasted).is_ok() => return Ok(Next::Join(pasted)),
                HomeWish::Pasted(_) => home.say(text::NO_CODE.get()),
                HomeWish::Practise => return Ok(Next::Practise),
                HomeWish::Leave => return Ok(Next::Leave),
                HomeWish::Keep => {
                    let HomeChoice { name, mic, speaker, no_cues, language } = home.chosen().clone();
                    if let Err(error) = settings.keep(&Chosen { name, mic, speaker, no_cues, language }) {
                        home.say(&text::not_kept(&error.to_string()));
                    }
                }
                HomeWish::Speak(language) => language.choose(),
                HomeWish::FindDevices => desk.order(Order::Find),
                HomeWish::Listen => desk.order(Order::Listen(home.listens_to())),
                HomeWish::Check => {
                    heard_at = Instant::now();
                    let HomeChoice { mic, speaker, .. } = home.chosen().clone();
                    desk.order(Order::Check { mic, speaker });
                }
                HomeWish::Silence => desk.order(Order::Silence),
                HomeWish::Pause => {
                    desk.order(Order::Silence);
                    screen.leave();
                    // A signal that waits stops the program here.
                    drop(held);
                    app::stop_self();
                    held = signals::hold();
                    screen.enter_again().map_err(Stop::system)?;
                    changed = true;
                }
            }
        }
        for news in desk.news() {
            (heard_at, changed) = (Instant::now(), true);
            match news {
                News::Devices(mics, speakers) => home.devices(mics, speakers),
                News::Level(level) => home.level(level),
                News::Replaying => home.hear(Hearing::Replaying),
                News::Done(report) => home.hear(hearing(&report)),
                News::Failed => home.hear(Hearing::NoSound),
            }
        }
        if home.checks() && heard_at.elapsed() > NO_SOUND {
            desk.order(Order::Silence);
            home.hear(Hearing::NoSound);
            changed = true;
        }
    }
}

/// What came from the terminal.
enum Got {
    Events(Vec<TuiEvent>),
    End,
    Pause,
}

/// Waits a moment for a key. What comes faster than a hand types is one paste.
fn next(meter: bool) -> io::Result<Got> {
    match signals::waiting() {
        Some(signals::Waiting::End) => return Ok(Got::End),
        Some(signals::Waiting::Pause) => return Ok(Got::Pause),
        None => {}
    }
    let mut held = Typing::default();
    let mut patience = if meter { METER } else { LOOK };
    while event::poll(patience)? {
        let all = TuiEvent::from_terminal(event::read()?).and_then(|event| held.handle(event));
        if let Some(all) = all {
            return Ok(Got::Events(all));
        }
        patience = held.pause();
    }
    Ok(Got::Events(held.take()))
}
