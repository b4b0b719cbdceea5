//! What a rehearsal is to know of the person that nobody in a group sees.

use tokio::sync::mpsc::Sender;

use crate::command::Command;
use crate::session::Intent;

/// What the person did with keys or commands of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Opened the microphone, or closed it.
    Mic(bool),
    /// Looked at the help.
    Help,
}

/// Tells of commands, and of a `help` that is on the screen. What finds no room is not missed.
pub(super) fn watch(teller: Option<&Sender<Watched>>, commands: &[Command], help: bool) {
    let Some(teller) = teller else { return };
    for command in commands {
        if let Command::Intent(Intent::Mic { open }) = command {
            let _ = teller.try_send(Watched::Mic(*open));
        }
    }
    if help || commands.iter().any(|command| matches!(command, Command::Help(_))) {
        let _ = teller.try_send(Watched::Help);
    }
}
