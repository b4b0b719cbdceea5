//! The three faces behind one shape.

use std::future::pending;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::input::{self, Lines};
use super::keys::Keys;
use super::output::{Frames, Output};
use super::watch::{Watched, watch};
use tokio::sync::mpsc::Sender;

use crate::command::{self, Command};
use crate::ids::Time;
use crate::plain::{Dialogue, Narrator};
use crate::session::{Again, Digest, Event, InviteForm, Room, Trouble};
use crate::tui::terminal::{self, Notify, Screen};
use crate::tui::{Model, Page, Palette, Theme, TuiEvent};
use crate::{json, text, tui};

/// Which face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceChoice {
    /// The whole terminal.
    Screen {
        /// With letters and signs that every terminal has.
        ascii: bool,
        /// The colours that were chosen.
        palette: Option<Palette>,
        /// The sign when something waits for this person.
        notify: Notify,
    },
    /// Sentences.
    Plain,
    /// One object a line.
    Json,
}

/// How long the last words have to be taken.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// How long a terminal has to be given back before the program is stopped for a while.
const GIVEN_BACK: Duration = Duration::from_millis(500);

/// What was typed.
pub(super) enum Input {
    /// What came from the terminal at once.
    Terminal(Vec<TuiEvent>),
    /// Lines that came at once.
    Lines(Vec<String>),
    /// Nothing can be typed any more.
    Over,
}

enum Kind {
    Screen {
        screen: Box<Screen<Frames>>,
        model: Box<Model>,
        theme: Box<Theme>,
        keys: Option<Keys>,
        notify: Notify,
    },
    Plain {
        narrator: Box<Narrator>,
        dialogue: Box<Dialogue>,
        lines: Option<Lines>,
        /// Whether there is a terminal that may have a clipboard.
        copies: bool,
    },
    Json {
        lines: Option<Lines>,
    },
}

pub(super) struct Face {
    kind: Kind,
    output: Output,
    /// What a person was told about others of late. A program is told everything.
    digest: Digest,
    hurried: bool,
    /// Takes what the person does, for the tour.
    watch: Option<Sender<Watched>>,
}

impl Face {
    pub(super) fn open(choice: FaceChoice, watch: Option<Sender<Watched>>, now: Time) -> io::Result<Self> {
        let output = Output::open()?;
        let kind = match choice {
            FaceChoice::Screen { ascii, palette, notify } => {
                let theme = Theme::from_environment(ascii, palette, |name| std::env::var(name).ok());
                let screen = Screen::enter(output.frames())?;
                let (columns, rows) = screen.size()?;
                let mut model = Model::new(columns, rows);
                if let Some(warning) = palette.and_then(|palette| palette.warning()) {
                    model.say(warning, now);
                }
                Kind::Screen {
                    screen: Box::new(screen),
                    model: Box::new(model),
                    theme: Box::new(theme),
                    keys: Some(Keys::open()),
                    notify,
                }
            }
            FaceChoice::Plain => {
                let person = io::stdin().is_terminal() && io::stdout().is_terminal();
                let (dialogue, lines) = (Box::new(Dialogue::new(person)), Some(Lines::read(person)));
                let copies = person && std::env::var("TERM").is_ok_and(|term| term != "dumb");
                Kind::Plain { narrator: Box::default(), dialogue, lines, copies }
            }
            FaceChoice::Json => Kind::Json { lines: Some(Lines::read(false)) },
        };
        Ok(Self { kind, output, digest: Digest::default(), hurried: false, watch })
    }

    /// Tells what happened. The room is already as told.
    pub(super) fn hear(&mut self, event: &Event, room: &Room, now: Time) {
        if let (Kind::Screen { screen, notify, .. }, Some(told)) = (&mut self.kind, text::attention(event, room)) {
            // Where nothing can be written any more, the next drawing tells.
            let _ = screen.notify(*notify, told);
        }
        match &mut self.kind {
            Kind::Screen { model, .. } if !self.digest.handle(event, room, now) => model.touch(),
            Kind::Plain { .. } if !self.digest.handle(event, room, now) => {}
            Kind::Screen { model, .. } => model.hear(event, room, now),
            Kind::Plain { narrator, .. } => self.output.lines(narrator.sentences(event, room, now)),
            Kind::Json { .. } => self.output.lines(json::object(event, room, json::seconds(Time(0), now))),
        }
    }

    /// Answers a question that is no action.
    pub(super) fn answer(&mut self, question: &Command, room: &Room, now: Time) {
        match &mut self.kind {
            Kind::Screen { .. } => {}
            Kind::Plain { narrator, .. } => self.output.lines(narrator.answer(question, room, now)),
            Kind::Json { .. } => self.output.lines(json::answer(question, room, json::seconds(Time(0), now))),
        }
    }

    /// Copies the invitation, as far as the terminal takes it.
    pub(super) fn copy(&mut self, form: InviteForm, room: &Room, now: Time) -> io::Result<()> {
        let command = Command::Copy(form);
        match &mut self.kind {
            Kind::Screen { screen, model, .. } => match model.to_copy(room, form) {
                Some(copied) => screen.copy(copied),
                None => Ok(()),
            },
            Kind::Plain { narrator, copies, .. } => {
                if let Some(copied) = narrator.to_copy(room, form).filter(|_| *copies) {
                    self.output.text(&terminal::clipboard(copied));
                }
                self.output.lines(narrator.copied(room, *copies));
                Ok(())
            }
            Kind::Json { .. } => {
                self.output.lines(json::answer(&command, room, json::seconds(Time(0), now)));
                Ok(())
            }
        }
    }

    /// Waits for what is typed. Safe to be dropped while it waits.
    pub(super) async fn input(&mut self) -> Input {
        match &mut self.kind {
            Kind::Screen { keys, .. } => {
                let Some(typed) = keys else { return pending().await };
                match typed.next().await {
                    Some(events) => Input::Terminal(events),
                    None => {
                        *keys = None;
                        Input::Over
                    }
                }
            }
            Kind::Plain { lines, .. } | Kind::Json { lines } => {
                let Some(typed) = lines else { return pending().await };
                match typed.next().await {
                    Some(lines) => Input::Lines(lines),
                    None => {
                        *lines = None;
                        Input::Over
                    }
                }
            }
        }
    }

    /// What was meant by what was typed.
    pub(super) fn commands(&mut self, input: Input, room: &Room, now: Time) -> Vec<Command> {
        let commands = self.meant(input, room, now);
        let help = matches!(&self.kind, Kind::Screen { model, .. } if matches!(model.page, Some(Page::Help(_))));
        watch(self.watch.as_ref(), &commands, help);
        commands
    }

    fn meant(&mut self, input: Input, room: &Room, now: Time) -> Vec<Command> {
        match (&mut self.kind, input) {
            (Kind::Screen { model, .. }, Input::Terminal(events)) => {
                events.iter().flat_map(|event| tui::update(model, room, event, now)).collect()
            }
            (Kind::Plain { dialogue, .. }, Input::Lines(lines)) => match dialogue.handle(&lines, room, now) {
                Ok(reply) => {
                    self.output.lines(reply.told);
                    reply.command.into_iter().collect()
                }
                Err(trouble) => self.refuse(trouble, room, now),
            },
            (Kind::Json { .. }, Input::Lines(lines)) => match lines.first().map(|line| command::parse(line, room)) {
                Some(Ok(command)) => command.into_iter().collect(),
                Some(Err(trouble)) => self.refuse(trouble, room, now),
                None => vec![],
            },
            (_, Input::Terminal(_) | Input::Lines(_) | Input::Over) => vec![],
        }
    }

    fn refuse(&mut self, trouble: Trouble, room: &Room, now: Time) -> Vec<Command> {
        self.hear(&Event::Trouble(trouble), room, now);
        vec![]
    }

    /// Time has passed: what is to be done.
    pub(super) fn tick(&mut self, room: &Room, now: Time) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Kind::Screen { model, .. } = &mut self.kind {
            commands = tui::update(model, room, &TuiEvent::Tick, now);
        }
        if let Kind::Plain { narrator, .. } = &mut self.kind {
            self.output.lines(narrator.handle_timeout(room, now));
        }
        for again in self.digest.handle_timeout(now) {
            match (&mut self.kind, again) {
                (Kind::Screen { model, .. }, Again::Times(about, times)) => model.hear_again(&about, times, now),
                (Kind::Screen { model, .. }, Again::Last(event)) => model.hear(&event, room, now),
                (Kind::Plain { narrator, .. }, Again::Times(about, times)) => {
                    self.output.lines([narrator.again(&about, times, room)]);
                }
                (Kind::Plain { narrator, .. }, Again::Last(event)) => {
                    self.output.lines(narrator.sentences(&event, room, now));
                }
                (Kind::Json { .. }, _) => {}
            }
        }
        commands
    }

    /// After how long [`Self::tick`] is wanted.
    pub(super) fn next_tick(&self, room: &Room, now: Time) -> Option<Duration> {
        let due = match &self.kind {
            Kind::Plain { narrator, .. } => self.digest.poll_timeout().min(narrator.poll_timeout()),
            Kind::Screen { .. } | Kind::Json { .. } => self.digest.poll_timeout(),
        };
        let digest = (due != Time::NEVER).then(|| due.since(now));
        let drawn = match &self.kind {
            Kind::Screen { model, .. } => Some(model.next_tick(room, now)),
            Kind::Plain { .. } | Kind::Json { .. } => None,
        };
        digest.into_iter().chain(drawn).min()
    }

    /// Draws, if something changed and what was drawn before is on the terminal.
    pub(super) fn show(&mut self, room: &Room, now: Time) -> io::Result<()> {
        match &mut self.kind {
            Kind::Screen { screen, model, theme, .. } => {
                if self.output.is_broken() || !self.output.is_idle() || !model.take_dirty() {
                    return Ok(());
                }
                // In a line that is written keys are letters.
                screen.report_releases(!model.writes(room))?;
                screen.draw(model, room, theme, now)
            }
            _ => Ok(()),
        }
    }

    /// Whether a person still reads the last screen.
    pub(super) fn lingers(&self) -> bool {
        matches!(self.kind, Kind::Screen { keys: Some(_), .. }) && !self.hurried
    }

    /// Nobody waits for the last screen.
    pub(super) fn hurry(&mut self) {
        self.hurried = true;
    }

    /// Draws everything anew.
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        if let Kind::Screen { screen, model, .. } = &mut self.kind {
            model.touch();
            screen.redraw()?;
        }
        Ok(())
    }

    /// Asks a person who can answer; `None` if nobody can. Safe to be dropped while it waits, if the program ends then.
    pub(super) async fn ask(&mut self, question: &[String; 2]) -> io::Result<Option<String>> {
        match &mut self.kind {
            Kind::Screen { .. } => {
                self.give_back();
                self.output.text(&question.join("\n"));
                let answer = input::one_line().recv().await;
                self.take_again()?;
                Ok(Some(answer.unwrap_or_default()))
            }
            Kind::Plain { lines: Some(lines), .. } if io::stdin().is_terminal() && io::stdout().is_terminal() => {
                self.output.text(&question.join("\n"));
                Ok(Some(lines.next().await.unwrap_or_default().join(" ")))
            }
            Kind::Plain { .. } | Kind::Json { .. } => Ok(None),
        }
    }

    /// The shell has the terminal, for a while.
    pub(super) fn give_back(&mut self) {
        if let Kind::Screen { screen, keys, .. } = &mut self.kind {
            *keys = None;
            screen.leave();
            self.output.settle(GIVEN_BACK);
        }
    }

    /// The terminal is ours again.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        if let Kind::Screen { screen, model, keys, .. } = &mut self.kind {
            screen.enter_again()?;
            *keys = Some(Keys::open());
            model.touch();
        }
        Ok(())
    }

    /// Whether it tells a person, in sentences.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Plain { .. })
    }

    /// Whether it asks by itself whether a person means to leave.
    pub(super) fn asks(&self) -> bool {
        matches!(&self.kind, Kind::Plain { dialogue, .. } if dialogue.asks())
    }

    /// Whether nobody takes what is written any more.
    pub(super) fn is_unread(&self) -> bool {
        self.output.is_broken()
    }

    /// Whether what is written is not taken at present.
    pub(super) fn stands_still(&self) -> bool {
        self.output.stands_still()
    }

    /// When [`Self::stands_still`] may become true.
    pub(super) fn still_at(&self) -> Option<Instant> {
        self.output.due()
    }

    /// Waits until something about the output is to be looked at. Safe to be dropped while it waits.
    pub(super) fn output_changed(&self) -> impl Future<Output = ()> + use<> {
        self.output.woken()
    }

    /// Gives the terminal back and leaves a word on it.
    pub(super) fn close(self, room: &Room) {
        if let Kind::Screen { screen, .. } = self.kind {
            drop(screen);
            if let crate::session::Phase::Over(how) = &room.phase {
                let (message, hint) = text::ended(how);
                self.output.lines([format!("{message} {hint}")]);
            }
        }
        self.output.settle(LAST_WORDS);
    }
}
