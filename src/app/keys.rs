//! Keys from the terminal, and texts that came faster than a hand types.

use crossterm::event::{Event, EventStream};
use futures_core::Stream;
use tokio::time::{Instant, timeout_at};

use crate::tui::{TuiEvent, Typing};

/// What comes from the terminal.
pub(super) struct Keys {
    stream: EventStream,
    held: Typing,
    /// Until when a key that comes belongs to those that are held.
    until: Instant,
}

impl Keys {
    pub(super) fn open() -> Self {
        Self { stream: EventStream::new(), held: Typing::default(), until: Instant::now() }
    }

    /// What came at once; `None` if nothing more will. Safe to be dropped while it waits.
    pub(super) async fn next(&mut self) -> Option<Vec<TuiEvent>> {
        loop {
            let came = match self.held.is_empty() {
                true => self.event().await,
                // What has come already counts, however late it is looked at.
                false => match timeout_at(self.until, self.event()).await {
                    Ok(came) => came,
                    Err(_) => return Some(self.held.take()),
                },
            };
            let Some(event) = came else {
                return if self.held.is_empty() { None } else { Some(self.held.take()) };
            };
            let all = TuiEvent::from_terminal(event).and_then(|event| self.held.handle(event));
            if all.is_some() {
                return all;
            }
            self.until = Instant::now() + self.held.pause();
        }
    }

    async fn event(&mut self) -> Option<Event> {
        let stream = &mut self.stream;
        let next = std::future::poll_fn(|context| std::pin::Pin::new(&mut *stream).poll_next(context)).await;
        next.and_then(Result::ok)
    }
}
