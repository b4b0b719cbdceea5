//! Settings: where they are kept, and where each comes from.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};

/// Where settings could be, but for the person's wish.
pub fn nowhere() -> Advice {
    advice(text("settings-no-place-settings-because"), text("settings-set-ingle-config-dir"))
}

/// The file was written.
pub fn written(path: &str) -> [String; 2] {
    [say!("settings-settings", path), text("settings-every-line-explained-begins").into()]
}

/// The file before it is kept.
pub fn replaced(path: &str) -> String {
    say!("settings-file-now", path)
}

/// There is one already.
pub fn is_there(path: &str) -> Advice {
    advice(say!("settings-already-file-settings-nothing", path), text("settings-replace-keep-old-one"))
}

/// It could not be written.
pub fn unwritten(path: &str, error: &str) -> Advice {
    advice(say!("settings-cant-written", path, error), text("settings-make-room-disk-make"))
}

/// Whether the file is there.
pub fn file_is(path: Option<&str>, there: bool) -> String {
    match (path, there) {
        (Some(path), true) => say!("settings-file-settings", path),
        (Some(path), false) => say!("settings-no-file-settings-ingle", path),
        (None, _) => text("settings-nothing-kept-computer-because").into(),
    }
}

/// What comes first.
pub const ORDER: Text = Text::new("settings-order");

/// Where a setting comes from.
pub const BUILT_IN: Text = Text::new("settings-built-in");
/// The same.
pub fn in_environment(name: &str) -> String {
    say!("settings-environment", name)
}
/// The same.
pub fn in_file(line: usize) -> String {
    say!("settings-file-line", line)
}
/// The same.
pub const CHOSEN_AT_HOME: Text = Text::new("settings-chosen-at-home");
/// A setting that has no value.
pub const NOT_SET: Text = Text::new("settings-not-set");

/// The head of a new file.
pub const SAMPLE_HEAD: Text = Text::new("settings-sample-head");
/// Before the settings of hosts.
pub const SAMPLE_HOST: Text = Text::new("settings-sample-host");
/// When a group could meet.
pub const SAMPLE_WHEN: Text = Text::new("settings-sample-when");
/// The head of the file that keeps what was chosen in ingle.
pub const CHOSEN_HEAD: Text = Text::new("settings-chosen-head");

/// A manual page of what isn't there.
pub fn no_page(command: &str) -> Advice {
    advice(say!("settings-no-command-no-page", command), text("settings-ingle-help-lists-commands"))
}
