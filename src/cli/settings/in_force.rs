//! What is in force, and where it comes from.

use clap::Command;
use clap::parser::ValueSource;
use serde_json::{Value, json};

use super::kept::{ONCE, Settings};
use crate::config_file::arguments;
use crate::text::settings as text;

/// The commands that settings are for.
const SESSIONS: [&str; 3] = ["host", "join", "rehearse"];

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    key: String,
    /// For which commands.
    of: Vec<&'static str>,
    value: Option<String>,
    /// `default`, `file`, `chosen` or `environment`, for programs.
    source: &'static str,
    /// The same for people.
    origin: String,
}

impl Row {
    /// For programs.
    pub(super) fn object(&self) -> Value {
        json!({ "key": self.key, "for": self.of, "value": self.value, "source": self.source, "where": self.origin })
    }
}

/// Every setting of every command. Commands that agree about one share a row.
pub(super) fn in_force(settings: &Settings, command: &Command) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    for of in SESSIONS {
        let Some(one) = command.find_subcommand(of) else { continue };
        let one = one.clone().no_binary_name(true).mut_args(|arg| arg.required(false));
        let Ok(matches) = one.clone().try_get_matches_from([""; 0]) else { continue };
        for arg in arguments(&one, &ONCE) {
            let Some(key) = arg.get_long() else { continue };
            let id = arg.get_id().as_str();
            let values = matches.get_raw(id).map(|raw| raw.map(|one| one.to_string_lossy()).collect::<Vec<_>>());
            let value = values.map(|values| values.join(", ")).filter(|value| !value.is_empty());
            let (source, origin) = match (matches.value_source(id), settings.origin(of, key)) {
                (Some(ValueSource::EnvVariable), _) => {
                    let name = arg.get_env().map(|name| name.to_string_lossy()).unwrap_or_default();
                    ("environment", text::in_environment(&name))
                }
                (_, Some((true, set))) => ("file", text::in_file(set.line)),
                (_, Some((false, _))) => ("chosen", text::CHOSEN_AT_HOME.to_owned()),
                (_, None) => ("default", text::BUILT_IN.to_owned()),
            };
            let same = |row: &&mut Row| row.key == key && row.value == value && row.origin == origin;
            match rows.iter_mut().find(same) {
                Some(row) => row.of.push(of),
                None => rows.push(Row { key: key.to_owned(), of: vec![of], value, source, origin }),
            }
        }
    }
    rows
}

/// The rows for people, in columns.
pub(super) fn table(rows: &[Row]) -> Vec<String> {
    let name = |row: &Row| match &row.of[..] {
        of if of.len() == SESSIONS.len() => row.key.clone(),
        of => format!("{} ({})", row.key, of.join(", ")),
    };
    let value = |row: &Row| row.value.clone().unwrap_or_else(|| text::NOT_SET.to_owned());
    let wide = |of: &dyn Fn(&Row) -> String| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (first, second) = (wide(&name), wide(&value));
    rows.iter().map(|row| format!("{:first$}   {:second$}   {}", name(row), value(row), row.origin)).collect()
}
