//! The three faces behind one shape.

use std::future::pending;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use crossterm::event::EventStream;
use tokio::sync::mpsc;

use super::input;
use crate::command::{self, Command};
use crate::ids::Time;
use crate::plain::Narrator;
use crate::session::{Event, Room};
use crate::tui::terminal::{self, Screen};
use crate::tui::{Model, Theme, TuiEvent};
use crate::{json, tui};

/// Which face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceChoice {
    /// The whole terminal.
    Screen {
        /// With letters and signs that every terminal has.
        ascii: bool,
    },
    /// Sentences.
    Plain,
    /// One object a line.
    Json,
}

/// What was typed.
pub(super) enum Input {
    Terminal(TuiEvent),
    Line(String),
}

enum Kind {
    Screen { screen: Box<Screen>, model: Box<Model>, theme: Box<Theme>, keys: Option<EventStream> },
    Plain { narrator: Narrator, lines: Option<mpsc::Receiver<String>> },
    Json { lines: Option<mpsc::Receiver<String>> },
}

pub(super) struct Face {
    kind: Kind,
    hurried: bool,
}

impl Face {
    pub(super) fn open(choice: FaceChoice) -> io::Result<Self> {
        let kind = match choice {
            FaceChoice::Screen { ascii } => {
                let theme = Theme::from_environment(ascii, |name| std::env::var(name).ok());
                let screen = Screen::enter()?;
                let (columns, rows) = screen.size()?;
                Kind::Screen {
                    screen: Box::new(screen),
                    model: Box::new(Model::new(columns, rows)),
                    theme: Box::new(theme),
                    keys: Some(EventStream::new()),
                }
            }
            FaceChoice::Plain => Kind::Plain { narrator: Narrator::default(), lines: Some(input::lines()) },
            FaceChoice::Json => Kind::Json { lines: Some(input::lines()) },
        };
        Ok(Self { kind, hurried: false })
    }

    /// Tells what happened. The room is already as told.
    pub(super) fn hear(&mut self, event: &Event, room: &Room, now: Time) -> io::Result<()> {
        match &mut self.kind {
            Kind::Screen { model, .. } => {
                model.hear(event, room, now);
                Ok(())
            }
            Kind::Plain { narrator, .. } => print(narrator.sentences(event, room, now)),
            Kind::Json { .. } => print(json::object(event, room, json::seconds(Time(0), now))),
        }
    }

    /// Answers a question that is no action.
    pub(super) fn answer(&mut self, question: &Command, room: &Room, now: Time) -> io::Result<()> {
        match &mut self.kind {
            Kind::Screen { .. } => Ok(()),
            Kind::Plain { narrator, .. } => print(narrator.answer(question, room, now)),
            Kind::Json { .. } => print(json::answer(question, room, json::seconds(Time(0), now))),
        }
    }

    /// Waits for what is typed. Safe to be dropped while it waits.
    pub(super) async fn input(&mut self) -> Input {
        match &mut self.kind {
            Kind::Screen { keys, .. } => loop {
                let Some(stream) = keys else { return pending().await };
                match next_key(stream).await {
                    Some(Ok(event)) => {
                        if let Some(event) = TuiEvent::from_terminal(event) {
                            return Input::Terminal(event);
                        }
                    }
                    // The terminal is gone; the signal that says so comes too.
                    Some(Err(_)) | None => *keys = None,
                }
            },
            Kind::Plain { lines, .. } | Kind::Json { lines } => {
                let Some(receiver) = lines else { return pending().await };
                match receiver.recv().await {
                    Some(line) => Input::Line(line),
                    // The end of the input is not the end of the session: bots close it early.
                    None => {
                        *lines = None;
                        pending().await
                    }
                }
            }
        }
    }

    /// What was meant by what was typed.
    pub(super) fn commands(&mut self, input: Input, room: &Room, now: Time) -> io::Result<Vec<Command>> {
        match (&mut self.kind, input) {
            (Kind::Screen { model, .. }, Input::Terminal(event)) => Ok(tui::update(model, room, &event, now)),
            (_, Input::Line(line)) => match command::parse(&line, room) {
                Ok(command) => Ok(command.into_iter().collect()),
                Err(trouble) => self.hear(&Event::Trouble(trouble), room, now).map(|()| vec![]),
            },
            (_, Input::Terminal(_)) => Ok(vec![]),
        }
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, room: &Room, now: Time) {
        if let Kind::Screen { model, .. } = &mut self.kind {
            tui::update(model, room, &TuiEvent::Tick, now);
        }
    }

    /// After how long [`Self::tick`] is wanted.
    pub(super) fn next_tick(&self, room: &Room, now: Time) -> Option<Duration> {
        match &self.kind {
            Kind::Screen { model, .. } => Some(model.next_tick(room, now)),
            _ => None,
        }
    }

    /// Draws, if something changed.
    pub(super) fn show(&mut self, room: &Room, now: Time) -> io::Result<()> {
        match &mut self.kind {
            Kind::Screen { screen, model, theme, .. } => {
                if model.take_dirty() {
                    screen.draw(model, room, theme, now)
                } else {
                    Ok(())
                }
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
                put(question)?;
                let answer = input::one_line().recv().await;
                self.take_again()?;
                Ok(Some(answer.unwrap_or_default()))
            }
            Kind::Plain { lines: Some(lines), .. } if io::stdin().is_terminal() && io::stdout().is_terminal() => {
                put(question)?;
                Ok(Some(lines.recv().await.unwrap_or_default()))
            }
            Kind::Plain { .. } | Kind::Json { .. } => Ok(None),
        }
    }

    /// The shell has the terminal, for a while.
    pub(super) fn give_back(&mut self) {
        if let Kind::Screen { keys, .. } = &mut self.kind {
            *keys = None;
            terminal::restore();
        }
    }

    /// The terminal is ours again.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        if let Kind::Screen { screen, model, keys, .. } = &mut self.kind {
            screen.enter_again()?;
            *keys = Some(EventStream::new());
            model.touch();
        }
        Ok(())
    }

    /// Gives the terminal back and leaves a word on it.
    pub(super) fn close(self, room: &Room) {
        if let Kind::Screen { screen, .. } = self.kind {
            drop(screen);
            if let crate::session::Phase::Over(how) = &room.phase {
                let (message, hint) = crate::text::ended(how);
                // Whoever closed the terminal doesn't need it.
                let _ = print([format!("{message} {hint}")]);
            }
        }
    }
}

async fn next_key(stream: &mut EventStream) -> Option<io::Result<crossterm::event::Event>> {
    use futures_core::Stream;
    std::future::poll_fn(|context| std::pin::Pin::new(&mut *stream).poll_next(context)).await
}

/// A sentence and, without an end of its line, the question.
fn put([sentence, question]: &[String; 2]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "{sentence}\n{question}")?;
    out.flush()
}

fn print(lines: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut any = false;
    for line in lines {
        writeln!(out, "{line}")?;
        any = true;
    }
    if any { out.flush() } else { Ok(()) }
}
