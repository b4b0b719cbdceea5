//! A person's settings: the file that they write, and what they have chosen in ingle, which is kept beside it.

mod in_force;
mod kept;
mod sample;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;

use self::in_force::in_force;
pub(super) use self::kept::{Chosen, Settings};
use self::kept::{FILE, OLD};
use super::sentence::Stop;
use crate::config_file::ConfigError;
use crate::text::{config_fault, settings as text};
use crate::transport::keep_private_new;

/// `ingle config init`: writes the sample, and says where it is.
///
/// # Errors
/// [`Stop`] if there is a file already, or it can't be written.
pub(super) fn init(settings: &Settings, command: &Command, force: bool) -> Result<(), Stop> {
    let Some(dir) = settings.dir() else { return Err(Stop::usage(text::nowhere())) };
    let (path, old) = (dir.join(FILE), dir.join(OLD));
    let shown = |path: &Path| path.display().to_string();
    let unwritten = |error: io::Error| Stop::failure(text::unwritten(&shown(&path), &error.to_string()));
    let mut said = vec![];
    if force && path.exists() {
        fs::rename(&path, &old).map_err(unwritten)?;
        said.push(text::replaced(&shown(&old)));
    }
    match keep_private_new(dir, FILE, &sample::sample(command)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Stop::failure(text::is_there(&shown(&path))));
        }
        written => written.map_err(unwritten)?,
    }
    said.splice(0..0, text::written(&shown(&path)));
    print(&said.join("\n"));
    Ok(())
}

/// `ingle config`: what is in force, and where it comes from.
///
/// # Errors
/// [`Stop`] if the person's file can't be used.
pub(super) fn show(settings: &Settings, command: Command, json: bool) -> Result<(), Stop> {
    let command = settings.apply(command).map_err(|error| wrong(&error))?;
    let rows = in_force(settings, &command);
    let path = settings.path().map(|path| path.display().to_string());
    if json {
        let rows: Vec<_> = rows.iter().map(in_force::Row::object).collect();
        let object = serde_json::json!({ "file": path, "exists": settings.has_file(), "settings": rows });
        print(&object.to_string());
    } else {
        let head = [text::file_is(path.as_deref(), settings.has_file()), text::ORDER.to_owned(), String::new()];
        print(&head.into_iter().chain(in_force::table(&rows)).collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// What is wrong with the person's file, as a reason to end.
pub(super) fn wrong(error: &ConfigError) -> Stop {
    Stop::usage(config_fault(error))
}

/// Whoever doesn't read it doesn't want to know.
fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}
