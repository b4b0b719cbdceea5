//! What is wrong with a file of settings, in two sentences.

use std::fmt;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
pub const LONGEST: u64 = 64 * 1024;

/// A file of settings can't be used. Its text is a sentence; [`Self::hint`] says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1, if it is about one.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Box<ConfigFault>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// The system doesn't give it; why.
    Unreadable(String),
    /// It is a folder, a pipe or a device.
    NoFile,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// It is no TOML; the parser's words.
    NotToml(String),
    /// A table that names no subcommand.
    UnknownTable {
        /// Its name.
        table: String,
        /// The nearest that there is.
        nearest: Option<String>,
    },
    /// A key that is no argument.
    UnknownKey {
        /// As written.
        key: String,
        /// The nearest that there is.
        nearest: Option<String>,
    },
    /// A date, or something within something.
    NoValue {
        /// Whose value.
        key: String,
    },
    /// A list where one value is wanted, or an empty one.
    NoList {
        /// Whose value.
        key: String,
    },
    /// A switch that is neither true nor false.
    NoSwitch {
        /// The switch.
        key: String,
        /// As written.
        value: String,
    },
    /// What the argument can't be.
    WrongValue {
        /// The argument.
        key: String,
        /// As written.
        value: String,
        /// What it can be, if that can be counted.
        possible: Vec<String>,
        /// The argument's own words about it.
        why: Option<String>,
    },
}

impl ConfigError {
    /// About a file, and a line of it.
    pub fn new(path: &Path, line: Option<usize>, fault: ConfigFault) -> Self {
        Self { path: path.to_owned(), line, fault: Box::new(fault) }
    }

    /// What to do about it, a sentence.
    pub fn hint(&self) -> String {
        let near = |nearest: &Option<String>, else_: &str| match nearest {
            Some(nearest) => format!("Perhaps you meant {nearest}."),
            None => else_.to_owned(),
        };
        match &*self.fault {
            ConfigFault::Unreadable(_) => "Make the file readable for yourself, or move it away.".into(),
            ConfigFault::NoFile => "Put a text file in its place, or move it away.".into(),
            ConfigFault::TooLong => {
                format!("A file of settings has at most {} kB. Move this one away.", LONGEST / 1024)
            }
            ConfigFault::NotToml(_) => {
                "Each line is a name, an equals sign and a value, with words in quotation marks: name = \"Ana\".".into()
            }
            ConfigFault::UnknownTable { nearest, .. } => near(nearest, "Remove the heading, and the lines under it."),
            ConfigFault::UnknownKey { nearest, .. } => near(nearest, "Remove the line, or put a # before it."),
            ConfigFault::NoValue { key } => format!("Write a word, a number, true or false after {key} =."),
            ConfigFault::NoList { key } => format!("Write one value after {key} =."),
            ConfigFault::NoSwitch { key, .. } => format!("Write {key} = true or {key} = false."),
            ConfigFault::WrongValue { possible, key, .. } => match &possible[..] {
                [] => format!("Change what stands after {key} =, or put a # before the line."),
                [one] => format!("It can be {one}."),
                [most @ .., last] => format!("It can be {} or {last}.", most.join(", ")),
            },
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        let at = self.line.map(|line| format!("Line {line} of {path}")).unwrap_or_else(|| path.to_string());
        match &*self.fault {
            ConfigFault::Unreadable(why) => write!(f, "{path} can't be read: {why}."),
            ConfigFault::NoFile => write!(f, "{path} is not a file."),
            ConfigFault::TooLong => write!(f, "{path} is too long for a file of settings."),
            ConfigFault::NotToml(why) => write!(f, "{at} can't be understood: {}.", shown(why)),
            ConfigFault::UnknownTable { table, .. } => {
                write!(f, "{at} has the heading [{}], which isn't known.", shown(table))
            }
            ConfigFault::UnknownKey { key, .. } => write!(f, "{at} sets “{}”, which isn't known.", shown(key)),
            ConfigFault::NoValue { key } => write!(f, "{at} sets {} to what is no value.", shown(key)),
            ConfigFault::NoList { key } => write!(f, "{at} sets {} to a list.", shown(key)),
            ConfigFault::NoSwitch { key, value } | ConfigFault::WrongValue { key, value, why: None, .. } => {
                write!(f, "{at} sets {key} to “{}”, which it can't be.", shown(value))
            }
            ConfigFault::WrongValue { key, value, why: Some(why), .. } => {
                let why = shown(why);
                write!(f, "{at} sets {key} to “{}”: {}.", shown(value), why.trim_end_matches('.'))
            }
        }
    }
}

/// Text from a file for a terminal: on one line, without control characters, and not longer than anybody reads.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect::<String>().trim().to_owned()
}
