//! Settings: where they are kept, and where each comes from.

use super::advice::{Advice, advice};

/// Where settings could be, but for the person's wish.
pub fn nowhere() -> Advice {
    advice(
        "There is no place for settings here, because INGLE_CONFIG_DIR is empty or there is no home directory.",
        "Set INGLE_CONFIG_DIR to a directory, or unset it.",
    )
}

/// The file was written.
pub fn written(path: &str) -> [String; 2] {
    [
        format!("Your settings are in {path}."),
        "Every line is explained and begins with #. Remove the # from those that you want.".into(),
    ]
}

/// The file before it is kept.
pub fn replaced(path: &str) -> String {
    format!("The file that was there is now {path}.")
}

/// There is one already.
pub fn is_there(path: &str) -> Advice {
    advice(
        format!("There is already a file of settings: {path}. Nothing has been changed."),
        "To replace it, and keep the old one beside it: ingle config init --force.",
    )
}

/// It could not be written.
pub fn unwritten(path: &str, error: &str) -> Advice {
    advice(
        format!("{path} can't be written: {error}."),
        "Make room on the disk, or make the directory writable for yourself.",
    )
}

/// Whether the file is there.
pub fn file_is(path: Option<&str>, there: bool) -> String {
    match (path, there) {
        (Some(path), true) => format!("Your file of settings: {path}"),
        (Some(path), false) => format!("You have no file of settings. \"ingle config init\" writes one: {path}"),
        (None, _) => {
            "Nothing is kept on this computer, because INGLE_CONFIG_DIR is empty or there is no home directory.".into()
        }
    }
}

/// What comes first.
pub const ORDER: &str = "An option on the command line comes before the environment, and that before the file.";

/// Where a setting comes from.
pub const BUILT_IN: &str = "as it is without";
/// The same.
pub fn in_environment(name: &str) -> String {
    format!("environment: {name}")
}
/// The same.
pub fn in_file(line: usize) -> String {
    format!("file: line {line}")
}
/// The same.
pub const CHOSEN_AT_HOME: &str = "chosen in ingle";
/// A setting that has no value.
pub const NOT_SET: &str = "not set";

/// The head of a new file.
pub const SAMPLE_HEAD: [&str; 6] = [
    "Settings of ingle. Each line is explained, and none of them counts until you remove its #.",
    "An option on the command line comes before the environment, and that before this file.",
    "To see what is in force, and where it comes from: ingle config",
    "",
    "The first part is for every group that you join, host or practise with. Under a heading such as",
    "[host] stands what is only for that command.",
];
/// Before the settings of hosts.
pub const SAMPLE_HOST: &str = "Only for groups that you host.";

/// A manual page of what isn't there.
pub fn no_page(command: &str) -> Advice {
    advice(
        format!("There is no command “{command}”, so there is no page about it."),
        "ingle --help lists the commands.",
    )
}
