//! Home in sentences, for screen readers and terminals that can't draw.

use std::time::Duration;

use super::next::{Next, hearing};
use super::sound::{News, Order, SoundDesk};

use crate::audio::{MicSpec, SpeakerSpec};
use crate::cli::ask::{line, say};
use crate::cli::read::read;
use crate::cli::sentence::Stop;
use crate::cli::settings::{Chosen, Settings};
use crate::session::{Hearing, clean};
use crate::text::{self as all, Language, home as text};
use crate::tui::home::Elsewhere;

/// After this long without a sign of sound there is none to check.
const NO_SOUND: Duration = Duration::from_secs(6);
/// What can be chosen, in the order of the screen.
const ENTRIES: [text::Entry; 7] = [
    text::JOIN,
    text::HOST,
    text::SOUND,
    text::PRACTISE,
    text::SETTINGS_IN_LINES,
    text::LANGUAGE_IN_LINES,
    text::LEAVE,
];
/// Answers that lead nowhere before nobody is taken to be there.
const TRIES: usize = 20;

/// As [`super::home`], with what is kept and what is set elsewhere.
pub(super) fn home(
    settings: &mut Settings,
    first: bool,
    mut kept: Chosen,
    elsewhere: Elsewhere,
    devices: (MicSpec, SpeakerSpec),
) -> Result<Next, Stop> {
    if first {
        say(text::WELCOME.get())?;
        say(text::NAME_IS_KEPT.get())?;
        name(settings, &mut kept)?;
        if text::is_yes(&line(text::TRY_SOUND_LINE.get())?) {
            check(&kept, &devices)?;
        }
    }
    for _ in 0..TRIES {
        say(text::LIST_HEAD.get())?;
        for (number, entry) in (1..).zip(ENTRIES) {
            say(&match entry {
                text::LANGUAGE_IN_LINES => text::numbered_language(number, Language::now()),
                _ => text::numbered(number, entry),
            })?;
        }
        let answer = line(text::WHICH_NUMBER.get())?;
        match answer.as_str() {
            "1" => return Ok(Next::Ask(String::new())),
            "2" => {
                let title = line(text::WHICH_TITLE_LINE.get())?;
                return Ok(Next::Host(if title.is_empty() { text::NO_TITLE.to_owned() } else { title }));
            }
            "3" => check(&kept, &devices)?,
            "4" => return Ok(Next::Practise),
            "5" if elsewhere.name.is_some() => say(text::NAME_IS_SET.get())?,
            "5" => name(settings, &mut kept)?,
            "6" if elsewhere.language => say(text::LANGUAGE_IS_SET.get())?,
            "6" => {
                let language = Language::now().next();
                language.choose();
                say(&text::speaks(language))?;
                kept.language = Some(language);
                keep(settings, &kept)?;
            }
            // An end of input is no answer.
            "7" | "q" | "" => return Ok(Next::Leave),
            pasted if read(pasted).is_ok() => return Ok(Next::Join(answer)),
            _ => say(text::NO_CODE.get())?,
        }
    }
    Ok(Next::Leave)
}

fn name(settings: &mut Settings, kept: &mut Chosen) -> Result<(), Stop> {
    let written = line(text::WHICH_NAME_LINE.get())?;
    kept.name = if written.is_empty() { String::new() } else { clean::name(&written) };
    keep(settings, kept)
}

fn keep(settings: &mut Settings, kept: &Chosen) -> Result<(), Stop> {
    match settings.keep(kept) {
        Ok(()) => Ok(()),
        Err(error) => say(&text::not_kept(&error.to_string())),
    }
}

/// A sound check, told as it goes.
fn check(kept: &Chosen, devices: &(MicSpec, SpeakerSpec)) -> Result<(), Stop> {
    crate::app::quiet();
    let told = listen(kept, devices);
    crate::app::loud();
    told
}

fn listen(kept: &Chosen, devices: &(MicSpec, SpeakerSpec)) -> Result<(), Stop> {
    let mut desk = SoundDesk::open(devices.clone());
    say(text::OPENING.get())?;
    desk.order(Order::Check { mic: kept.mic.clone(), speaker: kept.speaker.clone() });
    let mut begun = false;
    loop {
        let heard = match desk.wait(NO_SOUND) {
            Some(News::Level(_)) if begun => continue,
            Some(News::Level(_)) => {
                begun = true;
                Hearing::Listening
            }
            Some(News::Replaying) => Hearing::Replaying,
            Some(News::Done(report)) => hearing(&report),
            Some(News::Devices(..)) => continue,
            Some(News::Failed) | None => Hearing::NoSound,
        };
        for sentence in all::sound_heard(heard) {
            say(sentence)?;
        }
        if !matches!(heard, Hearing::Listening | Hearing::Replaying) {
            return Ok(());
        }
    }
}
