//! What there is at Home, and what keys do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::item::Item;
use crate::session::{Hearing, clean};
use crate::text::{Language, home as text};
use crate::tui::event::TuiEvent;
use crate::tui::input::Input;

/// What the person wants, for the owner of the terminal to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeWish {
    /// Host a group of this title.
    Host(String),
    /// Join; with what has been typed of the code.
    Join(String),
    /// Text came that may be an invitation.
    Pasted(String),
    /// A rehearsal.
    Practise,
    /// Close the program.
    Leave,
    /// To the shell for a while.
    Pause,
    /// Keep what [`Home::chosen`] says.
    Keep,
    /// Speak this language from now on.
    Speak(Language),
    /// Look for devices.
    FindDevices,
    /// Listen to the microphone that is chosen, for the meter.
    Listen,
    /// Begin a sound check on what is chosen.
    Check,
    /// Close all devices.
    Silence,
}

/// What is chosen here and kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeChoice {
    /// The name that others see; empty if it is asked for each time.
    pub name: String,
    /// The microphone; empty for the one that the computer offers.
    pub mic: String,
    /// The speaker, likewise.
    pub speaker: String,
    /// Whether soft sounds were turned off.
    pub no_cues: bool,
    /// The language; `None` for what the system asks for.
    pub language: Option<Language>,
}

/// What is set elsewhere, so that choosing it here would change nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The name that is.
    pub name: Option<String>,
    /// Whether the language is.
    pub language: bool,
}

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The question for the name, at the first start.
    FirstName,
    /// Whether to try the sound, at the first start.
    TrySound,
    Menu,
    /// What the group to be hosted is called.
    Title,
    Settings,
    Name,
    /// Steps of a sound check; `alone` if only this is to be chosen.
    Mic {
        alone: bool,
    },
    Speaker {
        alone: bool,
    },
    Check,
}

/// What there is at Home.
#[derive(Clone, Debug)]
pub struct Home {
    pub(super) page: Page,
    /// Which item is selected.
    pub(super) at: usize,
    pub(super) input: Input,
    /// Something to say, until the next key.
    pub(super) note: Option<String>,
    pub(super) choice: HomeChoice,
    pub(super) elsewhere: Elsewhere,
    /// Where the person's file of settings is.
    pub(super) file: Option<String>,
    /// The microphones and speakers there are, once they are known.
    pub(super) devices: Option<(Vec<String>, Vec<String>)>,
    /// How loud the microphone is, `0..=7`.
    pub(super) level: u8,
    /// What the check does or has found; `None` until it begins.
    pub(super) hearing: Option<Hearing>,
}

impl Home {
    /// At the first start if `first`, otherwise with the list. `file` is where the person's settings are.
    pub fn new(first: bool, choice: HomeChoice, elsewhere: Elsewhere, file: Option<String>) -> Self {
        let page = if first { Page::FirstName } else { Page::Menu };
        let (input, note, devices) = Default::default();
        Self { page, at: 0, input, note, choice, elsewhere, file, devices, level: 0, hearing: None }
    }

    /// What is chosen.
    pub fn chosen(&self) -> &HomeChoice {
        &self.choice
    }

    /// The microphone that the meter is to show: the selected one.
    pub fn listens_to(&self) -> String {
        match items(self).get(self.at) {
            Some(Item::Device(name)) if matches!(self.page, Page::Mic { .. }) => name.clone(),
            _ => self.choice.mic.clone(),
        }
    }

    /// Says something until the next key.
    pub fn say(&mut self, sentence: &str) {
        self.note = Some(sentence.to_owned());
    }

    /// The devices there are.
    pub fn devices(&mut self, mics: Vec<String>, speakers: Vec<String>) {
        self.devices = Some((mics, speakers));
        self.select_chosen();
    }

    /// How loud the microphone is.
    pub fn level(&mut self, level: u8) {
        self.level = level.min(7);
        if self.page == Page::Check {
            self.hearing.get_or_insert(Hearing::Listening);
        }
    }

    /// What the check does, or has found.
    pub fn hear(&mut self, hearing: Hearing) {
        if self.page == Page::Check {
            self.hearing = Some(hearing);
        }
    }

    /// Whether a check is under way.
    pub fn checks(&self) -> bool {
        self.page == Page::Check && matches!(self.hearing, None | Some(Hearing::Listening | Hearing::Replaying))
    }

    /// Whether sound is in use, so that the meter moves.
    pub fn sounds(&self) -> bool {
        matches!(self.page, Page::Mic { .. }) || self.checks()
    }

    /// A key, a paste or a size.
    pub fn update(&mut self, event: &TuiEvent) -> Vec<HomeWish> {
        match event {
            TuiEvent::Key(key) => self.key(key),
            TuiEvent::Paste(text) if self.writes() => {
                self.input.write(text.trim());
                vec![]
            }
            TuiEvent::Paste(text) => vec![HomeWish::Pasted(text.clone())],
            TuiEvent::Release(_) | TuiEvent::FocusLost | TuiEvent::Resize(..) | TuiEvent::Tick => vec![],
        }
    }

    fn key(&mut self, key: &KeyEvent) -> Vec<HomeWish> {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        self.note = None;
        match key.code {
            KeyCode::Char('c') if ctrl => vec![HomeWish::Leave],
            KeyCode::Char('d') if ctrl => vec![HomeWish::Leave],
            KeyCode::Char('z') if ctrl => vec![HomeWish::Pause],
            KeyCode::Enter => self.enter(),
            KeyCode::Esc => self.back(),
            _ if self.writes() => {
                self.input.edit(key);
                vec![]
            }
            KeyCode::Up | KeyCode::BackTab => self.go_to(self.at.saturating_sub(1)),
            KeyCode::Down | KeyCode::Tab => self.go_to(self.at + 1),
            KeyCode::Home => self.go_to(0),
            KeyCode::End => self.go_to(usize::MAX),
            KeyCode::Char(letter) => self.letter(letter),
            _ => vec![],
        }
    }

    /// A letter stands for the item that shows it. A digit in the first list begins a code.
    fn letter(&mut self, letter: char) -> Vec<HomeWish> {
        let items = items(self);
        if self.page == Page::Menu && letter.is_ascii_digit() {
            return vec![HomeWish::Join(letter.to_string())];
        }
        if self.page == Page::Menu && letter == 'q' {
            return vec![HomeWish::Leave];
        }
        let of = |(at, item): (usize, &Item)| item.key(at) == Some(letter);
        let Some(at) = items.iter().enumerate().position(of) else {
            self.note = Some(text::NO_SUCH_KEY.to_owned());
            return vec![];
        };
        self.at = at;
        self.enter()
    }

    fn go_to(&mut self, at: usize) -> Vec<HomeWish> {
        let before = self.at;
        self.at = at.min(items(self).len().saturating_sub(1));
        if self.at != before && matches!(self.page, Page::Mic { .. }) {
            self.level = 0;
            return vec![HomeWish::Listen];
        }
        vec![]
    }

    /// Whether a line is written.
    pub(super) fn writes(&self) -> bool {
        matches!(self.page, Page::FirstName | Page::Name | Page::Title)
    }

    fn open(&mut self, page: Page) {
        (self.page, self.at, self.level, self.hearing) = (page, 0, 0, None);
        self.input = Input::default();
        if page == Page::Name {
            self.input.write(&self.choice.name);
        }
        self.select_chosen();
    }

    /// On a page of devices, the one that is in use is selected.
    fn select_chosen(&mut self) {
        let chosen = match self.page {
            Page::Mic { .. } => &self.choice.mic,
            Page::Speaker { .. } => &self.choice.speaker,
            _ => return,
        };
        self.at = items(self).iter().position(|item| *item == Item::Device(chosen.clone())).unwrap_or(0);
    }

    fn enter(&mut self) -> Vec<HomeWish> {
        let written = self.input.text().trim().to_owned();
        match self.page {
            Page::FirstName => {
                self.choice.name = name(&written);
                self.open(Page::TrySound);
                vec![HomeWish::Keep]
            }
            Page::Name => {
                self.choice.name = name(&written);
                self.open(Page::Settings);
                vec![HomeWish::Keep]
            }
            Page::Title => {
                let title = if written.is_empty() { text::NO_TITLE.to_owned() } else { written };
                vec![HomeWish::Host(title)]
            }
            _ => match items(self).get(self.at).cloned() {
                Some(item) => self.choose(item),
                None => vec![],
            },
        }
    }

    fn choose(&mut self, item: Item) -> Vec<HomeWish> {
        match item {
            Item::Join => vec![HomeWish::Join(String::new())],
            Item::Host => {
                self.open(Page::Title);
                vec![]
            }
            Item::Sound | Item::TryNow | Item::OtherDevices => {
                self.open(Page::Mic { alone: false });
                vec![HomeWish::FindDevices, HomeWish::Listen]
            }
            Item::Practise => vec![HomeWish::Practise],
            Item::Settings => {
                self.open(Page::Settings);
                vec![]
            }
            Item::Leave => vec![HomeWish::Leave],
            Item::Name(_) if self.elsewhere.name.is_some() => {
                self.say(text::NAME_IS_SET.get());
                vec![]
            }
            Item::Name(_) => {
                self.open(Page::Name);
                vec![]
            }
            Item::Microphone(_) => {
                self.open(Page::Mic { alone: true });
                vec![HomeWish::FindDevices, HomeWish::Listen]
            }
            Item::Speaker(_) => {
                self.open(Page::Speaker { alone: true });
                vec![HomeWish::FindDevices]
            }
            Item::Device(name) => {
                match self.page {
                    Page::Mic { .. } => self.choice.mic = name,
                    _ => self.choice.speaker = name,
                }
                let mut wishes = vec![HomeWish::Keep];
                wishes.extend(self.next_step());
                wishes
            }
            Item::Cues(on) => {
                self.choice.no_cues = on;
                vec![HomeWish::Keep]
            }
            Item::Language(_) if self.elsewhere.language => {
                self.say(text::LANGUAGE_IS_SET.get());
                vec![]
            }
            Item::Language(now) => {
                self.choice.language = Some(now.next());
                vec![HomeWish::Keep, HomeWish::Speak(now.next())]
            }
            Item::Again => self.check(),
            Item::Later | Item::Done | Item::Back => {
                self.open(Page::Menu);
                vec![HomeWish::Silence]
            }
        }
    }

    fn check(&mut self) -> Vec<HomeWish> {
        self.open(Page::Check);
        vec![HomeWish::Check]
    }

    /// Behind the step of a sound check, whether anything was chosen in it or not.
    fn next_step(&mut self) -> Vec<HomeWish> {
        match self.page {
            Page::Mic { alone: false } => {
                self.open(Page::Speaker { alone: false });
                vec![HomeWish::Silence]
            }
            Page::Speaker { alone: false } => self.check(),
            _ => {
                self.open(Page::Settings);
                vec![HomeWish::Silence]
            }
        }
    }

    fn back(&mut self) -> Vec<HomeWish> {
        match self.page {
            Page::FirstName => {
                self.open(Page::TrySound);
                // Skipped once is skipped for good.
                vec![HomeWish::Keep]
            }
            Page::Mic { .. } | Page::Speaker { .. } => self.next_step(),
            Page::Name => {
                self.open(Page::Settings);
                vec![]
            }
            Page::Check => {
                self.open(Page::Menu);
                vec![HomeWish::Silence]
            }
            Page::TrySound | Page::Title | Page::Settings => {
                self.open(Page::Menu);
                vec![]
            }
            Page::Menu => vec![],
        }
    }
}

/// A name as others will see it; empty if none is given.
fn name(written: &str) -> String {
    if written.is_empty() { String::new() } else { clean::name(written) }
}

/// What can be chosen now.
pub(super) fn items(home: &Home) -> Vec<Item> {
    let devices = |names: Option<&Vec<String>>| {
        let names = names.into_iter().flatten().cloned();
        std::iter::once(String::new()).chain(names).map(Item::Device).collect()
    };
    let known = home.devices.as_ref();
    match home.page {
        Page::FirstName | Page::Name | Page::Title => vec![],
        Page::TrySound => vec![Item::TryNow, Item::Later],
        Page::Menu => vec![Item::Join, Item::Host, Item::Sound, Item::Practise, Item::Settings, Item::Leave],
        Page::Settings => vec![
            Item::Name(home.elsewhere.name.clone().unwrap_or_else(|| home.choice.name.clone())),
            Item::Microphone(home.choice.mic.clone()),
            Item::Speaker(home.choice.speaker.clone()),
            Item::Cues(!home.choice.no_cues),
            Item::Language(Language::now()),
            Item::Back,
        ],
        Page::Mic { .. } => devices(known.map(|(mics, _)| mics)),
        Page::Speaker { .. } => devices(known.map(|(_, speakers)| speakers)),
        Page::Check => match home.hearing {
            None | Some(Hearing::Listening | Hearing::Replaying) => vec![],
            Some(_) => vec![Item::Done, Item::Again, Item::OtherDevices],
        },
    }
}
