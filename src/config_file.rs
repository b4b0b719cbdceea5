//! Files of settings, in TOML: their keys are the long names of a program's own arguments, and their values stand where those
//! arguments have their defaults. So a file gives way to the environment, and that to the command line, by clap's own rules.
//!
//! ```toml
//! relay = "relay.example.org:4433"   # for every subcommand that has such an argument
//!
//! [host]
//! title = "Tuesday group"            # for one subcommand
//! ```

mod error;
mod nearest;
mod sample;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::builder::FalseyValueParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};
use toml::de::{DeTable, DeValue};

pub use self::error::{ConfigError, ConfigFault, LONGEST, shown};
pub use self::nearest::nearest;
pub use self::sample::{COLUMNS, switched_off};

/// What stands for a switch in a file, and may stand after it on the command line where the file sets it.
const SWITCH: &str = "true|false";

/// A file of settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFile {
    path: PathBuf,
    /// In the order of their lines.
    settings: Vec<Setting>,
}

/// A key of a file, and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The subcommand whose table it stands in; `None` for those above all tables.
    pub table: Option<String>,
    /// The key: an argument's long name.
    pub key: String,
    /// Its values as an argument's. Several if the file has a list.
    pub values: Vec<String>,
    /// Its line, counted from 1.
    pub line: usize,
}

impl ConfigFile {
    /// Reads a file; `None` if there is none.
    ///
    /// # Errors
    /// [`ConfigError`] if it can't be read, is longer than [`LONGEST`], or is no TOML.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let unreadable = |error: io::Error| ConfigError::new(path, None, ConfigFault::Unreadable(error.to_string()));
        let mut file = match File::open(path) {
            Ok(file) => file,
            // Nor is there one where its directory is none.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(unreadable(error)),
        };
        // Reading anything else could wait for ever.
        if !file.metadata().map_err(unreadable)?.is_file() {
            return Err(ConfigError::new(path, None, ConfigFault::NoFile));
        }
        let mut text = String::new();
        let read = (&mut file).take(LONGEST + 1).read_to_string(&mut text);
        if text.len() as u64 > LONGEST {
            return Err(ConfigError::new(path, None, ConfigFault::TooLong));
        }
        match read {
            Ok(_) => Self::parse(path, &text).map(Some),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// Takes the settings out of the text of the file at `path`, which is only named in errors.
    ///
    /// # Errors
    /// [`ConfigError`] if it is no TOML, or has tables within tables.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        let parsed = DeTable::parse(text).map_err(|error| {
            let at = error.span().map(|span| line(span.start));
            ConfigError::new(path, at, ConfigFault::NotToml(error.message().to_owned()))
        })?;
        let mut settings = vec![];
        for (key, value) in parsed.get_ref() {
            let name = key.get_ref().clone().into_owned();
            let DeValue::Table(table) = value.get_ref() else {
                settings.push(setting(path, None, name, value.get_ref(), line(key.span().start))?);
                continue;
            };
            for (key, value) in table {
                let inner = key.get_ref().clone().into_owned();
                settings.push(setting(path, Some(&name), inner, value.get_ref(), line(key.span().start))?);
            }
            if table.is_empty() {
                // Kept so that a table nobody knows is told.
                let line = line(key.span().start);
                settings.push(Setting { table: Some(name), key: String::new(), values: vec![], line });
            }
        }
        settings.sort_by_key(|setting| setting.line);
        Ok(Self { path: path.to_owned(), settings })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it sets, in the order of its lines.
    pub fn settings(&self) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(|setting| !setting.key.is_empty())
    }

    /// What it sets an argument of a subcommand to: its table comes before what stands above all tables. `None` for the
    /// program's own arguments.
    pub fn setting(&self, subcommand: Option<&str>, key: &str) -> Option<&Setting> {
        let of = |table: Option<&str>| self.settings().find(|it| it.key == key && it.table.as_deref() == table);
        subcommand.and_then(|name| of(Some(name))).or_else(|| of(None))
    }

    /// Makes the file's values the defaults of `command` and its subcommands. Arguments named in `not` can't be set by a file.
    /// A switch that the file sets can be turned off again on the command line, as in `--plain=false`.
    ///
    /// # Errors
    /// [`ConfigError`] with the first line that sets what is no argument, or sets one to what it can't be.
    pub fn apply(&self, mut command: Command, not: &[&str]) -> Result<Command, ConfigError> {
        // Of two lines about the same argument the one in the subcommand's table counts, so it is applied last.
        let (general, own): (Vec<_>, Vec<_>) = self.settings.iter().partition(|setting| setting.table.is_none());
        for setting in general.into_iter().chain(own) {
            command = self.apply_one(command, setting, not)?;
        }
        Ok(command)
    }

    fn apply_one(&self, mut command: Command, setting: &Setting, not: &[&str]) -> Result<Command, ConfigError> {
        let fault = |fault| ConfigError::new(&self.path, Some(setting.line), fault);
        if let Some(table) = &setting.table
            && command.find_subcommand(table).is_none()
        {
            let known = command.get_subcommands().map(|known| known.get_name().to_owned());
            return Err(fault(ConfigFault::UnknownTable { table: table.clone(), nearest: nearest(table, known) }));
        }
        if setting.key.is_empty() {
            return Ok(command);
        }
        let names: Vec<Option<String>> = match &setting.table {
            Some(table) => vec![Some(table.clone())],
            None => {
                [None].into_iter().chain(command.get_subcommands().map(|it| Some(it.get_name().to_owned()))).collect()
            }
        };
        let at = |command: &Command, name: &Option<String>| match name {
            Some(name) => command.find_subcommand(name).cloned().unwrap_or_default(),
            None => command.clone(),
        };
        let mut found = false;
        for name in &names {
            let one = at(&command, name);
            let Some(arg) = arguments(&one, not).find(|arg| arg.get_long() == Some(&setting.key)) else { continue };
            found = true;
            let values = values_for(arg, setting).map_err(&fault)?;
            check(&one, arg, &setting.key, &values).map_err(&fault)?;
            let id = arg.get_id().clone();
            let set = |arg: Arg| with_default(arg, values);
            command = match name {
                Some(name) => command.mut_subcommand(name, |one| one.mut_arg(&id, set)),
                None => command.mut_arg(&id, set),
            };
        }
        if found {
            return Ok(command);
        }
        let commands: Vec<Command> = names.iter().map(|name| at(&command, name)).collect();
        let known = commands.iter().flat_map(|one| arguments(one, not)).filter_map(Arg::get_long).map(str::to_owned);
        Err(fault(ConfigFault::UnknownKey { key: setting.key.clone(), nearest: nearest(&setting.key, known) }))
    }
}

/// The arguments that a file may set.
pub fn arguments<'a>(command: &'a Command, not: &[&str]) -> impl Iterator<Item = &'a Arg> {
    let takes = |arg: &&Arg| {
        let action = arg.get_action();
        action.takes_values() || matches!(action, ArgAction::SetTrue)
    };
    command.get_arguments().filter(takes).filter(|arg| arg.get_long().is_some_and(|long| !not.contains(&long)))
}

fn setting(
    path: &Path,
    table: Option<&String>,
    key: String,
    value: &DeValue<'_>,
    line: usize,
) -> Result<Setting, ConfigError> {
    let values = match value {
        DeValue::Array(list) => list.iter().map(|value| scalar(value.get_ref())).collect(),
        one => scalar(one).map(|one| vec![one]),
    };
    let Some(values) = values else {
        return Err(ConfigError::new(path, Some(line), ConfigFault::NoValue { key }));
    };
    Ok(Setting { table: table.cloned(), key, values, line })
}

/// A value as it would be written on a command line.
fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|it| it.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// The values, if the argument takes so many.
fn values_for(arg: &Arg, setting: &Setting) -> Result<Vec<String>, ConfigFault> {
    let key = || setting.key.clone();
    let switch = matches!(arg.get_action(), ArgAction::SetTrue);
    let is_switch_value = |value: &String| value == "true" || value == "false";
    match &setting.values[..] {
        [one] if switch && !is_switch_value(one) => Err(ConfigFault::NoSwitch { key: key(), value: one.clone() }),
        [_] => Ok(setting.values.clone()),
        several if matches!(arg.get_action(), ArgAction::Append) => Ok(several.to_vec()),
        _ => Err(ConfigFault::NoList { key: key() }),
    }
}

/// Has clap read the values as it would on the command line.
fn check(command: &Command, arg: &Arg, key: &str, values: &[String]) -> Result<(), ConfigFault> {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return Ok(());
    }
    let id = arg.get_id().clone();
    // What the environment says is no matter of the file's.
    let alone = command.clone().no_binary_name(true).mut_arg(&id, |arg| arg.env(None::<&'static str>));
    for value in values {
        let Err(error) = alone.clone().try_get_matches_from([format!("--{key}={value}")]) else { continue };
        let ours = error.context().any(|(_, value)| value.to_string().contains(&format!("--{key}")));
        let wrong = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
        if wrong && ours {
            let possible = arg.get_possible_values();
            let possible = possible.iter().filter(|it| !it.is_hide_set()).map(|it| it.get_name().to_owned()).collect();
            let why = std::error::Error::source(&error).map(ToString::to_string);
            return Err(ConfigFault::WrongValue { key: key.to_owned(), value: value.clone(), possible, why });
        }
    }
    Ok(())
}

fn with_default(arg: Arg, values: Vec<String>) -> Arg {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        let set = arg.action(ArgAction::Set).value_parser(FalseyValueParser::new());
        let set = set.num_args(0..=1).require_equals(true).default_missing_value("true");
        return set.value_name(SWITCH).hide_possible_values(true).default_values(values);
    }
    arg.default_values(values)
}
