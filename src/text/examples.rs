//! Under the help of each command of the program: how it is used.

use super::catalogue::Text;

/// `ingle`.
pub const INGLE: Text = Text::new("examples-ingle");
/// `ingle host`.
pub const HOST: Text = Text::new("examples-host");
/// `ingle join`.
pub const JOIN: Text = Text::new("examples-join");
/// `ingle rehearse`.
pub const REHEARSE: Text = Text::new("examples-rehearse");
/// `ingle config`.
pub const CONFIG: Text = Text::new("examples-config");
/// `ingle config init`.
pub const CONFIG_INIT: Text = Text::new("examples-config-init");
/// `ingle config theme`.
pub const CONFIG_THEME: Text = Text::new("examples-config-theme");
/// `ingle doctor`.
pub const DOCTOR: Text = Text::new("examples-doctor");
/// `ingle completions`.
pub const COMPLETIONS: Text = Text::new("examples-completions");
/// `ingle man`.
pub const MAN: Text = Text::new("examples-man");
