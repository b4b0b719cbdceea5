//! What `ingle --help`, the manual pages and the file of settings say of commands and options.

use super::catalogue::{Text, say};

/// The program.
pub const INGLE: Text = Text::new("help-ingle");
/// The same at length.
pub const INGLE_LONG: Text = Text::new("help-ingle-long");
/// `ingle host`.
pub const HOST: Text = Text::new("help-host");
/// `ingle join`.
pub const JOIN: Text = Text::new("help-join");
/// `ingle rehearse`.
pub const REHEARSE: Text = Text::new("help-rehearse");
/// `ingle config`.
pub const CONFIG: Text = Text::new("help-config");
/// `ingle config init`.
pub const CONFIG_INIT: Text = Text::new("help-config-init");
/// `ingle config theme`.
pub const CONFIG_THEME: Text = Text::new("help-config-theme");
/// `ingle doctor`.
pub const DOCTOR: Text = Text::new("help-doctor");
/// `ingle completions`.
pub const COMPLETIONS: Text = Text::new("help-completions");
/// `ingle man`.
pub const MAN: Text = Text::new("help-man");
/// `ingle help`.
pub const HELP_COMMAND: Text = Text::new("help-help-command");
/// `--help`.
pub const HELP: Text = Text::new("help-help");
/// `--version`.
pub const VERSION: Text = Text::new("help-version");
/// `ingle --plain`.
pub const HOME_PLAIN: Text = Text::new("help-home-plain");
/// `--ascii`.
pub const ASCII: Text = Text::new("help-ascii");
/// `--language`.
pub const LANGUAGE: Text = Text::new("help-language");
/// `ingle --theme`.
pub const HOME_THEME: Text = Text::new("help-home-theme");
/// `ingle config --json`.
pub const CONFIG_JSON: Text = Text::new("help-config-json");
/// `--force`.
pub const FORCE: Text = Text::new("help-force");
/// What `ingle config theme` takes.
pub const THEME_NAME: Text = Text::new("help-theme-name");
/// `ingle doctor --relay`.
pub const DOCTOR_RELAY: Text = Text::new("help-doctor-relay");
/// `ingle doctor --mic`.
pub const DOCTOR_MIC: Text = Text::new("help-doctor-mic");
/// `ingle doctor --speaker`.
pub const DOCTOR_SPEAKER: Text = Text::new("help-doctor-speaker");
/// `ingle doctor --json`.
pub const DOCTOR_JSON: Text = Text::new("help-doctor-json");
/// What `ingle completions` takes.
pub const SHELL: Text = Text::new("help-shell");
/// What `ingle man` takes.
pub const MAN_COMMAND: Text = Text::new("help-man-command");
/// `--dir`.
pub const DIR: Text = Text::new("help-dir");
/// `ingle host --relay`.
pub const HOST_RELAY: Text = Text::new("help-host-relay");
/// `--accept-relay-key`.
pub const ACCEPT_RELAY_KEY: Text = Text::new("help-accept-relay-key");
/// `--listen`.
pub const LISTEN: Text = Text::new("help-listen");
/// `ingle host --no-discovery`.
pub const HOST_NO_DISCOVERY: Text = Text::new("help-host-no-discovery");
/// `--no-port-mapping`.
pub const NO_PORT_MAPPING: Text = Text::new("help-no-port-mapping");
/// `--check-via`.
pub const CHECK_VIA: Text = Text::new("help-check-via");
/// `--also-via`.
pub const ALSO_VIA: Text = Text::new("help-also-via");
/// `--title`.
pub const TITLE: Text = Text::new("help-title");
/// `--charter`.
pub const CHARTER: Text = Text::new("help-charter");
/// `--when`.
pub const WHEN: Text = Text::new("help-when");
/// `--help-number`.
pub const HELP_NUMBER: Text = Text::new("help-help-number");
/// `--new`.
pub const NEW: Text = Text::new("help-new");
/// `--open-door`.
pub const OPEN_DOOR: Text = Text::new("help-open-door");
/// What `ingle join` takes.
pub const CODE: Text = Text::new("help-code");
/// `ingle join --relay`.
pub const JOIN_RELAY: Text = Text::new("help-join-relay");
/// `ingle join --no-discovery`.
pub const JOIN_NO_DISCOVERY: Text = Text::new("help-join-no-discovery");
/// `--tour`.
pub const TOUR: Text = Text::new("help-tour");
/// `--name`.
pub const NAME: Text = Text::new("help-name");
/// `--mic`.
pub const MIC: Text = Text::new("help-mic");
/// `--speaker`.
pub const SPEAKER: Text = Text::new("help-speaker");
/// `--open-mic`.
pub const OPEN_MIC: Text = Text::new("help-open-mic");
/// `--cues`.
pub const CUES: Text = Text::new("help-cues");
/// `--on-unplug`.
pub const ON_UNPLUG: Text = Text::new("help-on-unplug");
/// `--plan`.
pub const PLAN: Text = Text::new("help-plan");
/// `--chain`.
pub const CHAIN: Text = Text::new("help-chain");
/// `--cpu`.
pub const CPU: Text = Text::new("help-cpu");
/// `--plain`.
pub const PLAIN: Text = Text::new("help-plain");
/// `--json`.
pub const JSON: Text = Text::new("help-json");
/// `--theme`.
pub const THEME: Text = Text::new("help-theme");
/// `--notify`.
pub const NOTIFY: Text = Text::new("help-notify");
/// `--bind`.
pub const BIND: Text = Text::new("help-bind");
/// `--seconds`.
pub const SECONDS: Text = Text::new("help-seconds");

/// What an option can be.
pub fn one_of(names: &[&str]) -> String {
    say!("help-one-of", names = names.join(", "))
}

/// What an option is where nothing is said.
pub fn otherwise(value: &str) -> String {
    say!("help-otherwise", value)
}

/// The variable of the environment that sets an option.
pub fn environment(name: &str) -> String {
    say!("help-environment", name)
}

/// Before how a command is written.
pub const USAGE: Text = Text::new("help-usage");
/// In how a command is written: the options.
pub const ANY_OPTIONS: Text = Text::new("help-any-options");
/// The heading of the commands.
pub const COMMANDS: Text = Text::new("help-commands");
/// The heading of what stands without a dash.
pub const ARGUMENTS: Text = Text::new("help-arguments");
/// The heading of the options.
pub const OPTIONS: Text = Text::new("help-options");

/// The headings of manual pages, as `clap_mangen` writes them and as they are read.
pub const PAGE_HEADINGS: [(&str, Text); 6] = [
    ("NAME", Text::new("help-man-name")),
    ("SYNOPSIS", Text::new("help-man-synopsis")),
    ("DESCRIPTION", Text::new("help-man-description")),
    ("SUBCOMMANDS", Text::new("help-man-commands")),
    ("EXTRA", Text::new("help-man-extra")),
    ("VERSION", Text::new("help-man-version")),
];

/// What stands for values.
pub mod value {
    use super::Text;

    /// A relay.
    pub const HOST_PORT: Text = Text::new("help-value-host-port");
    /// A relay's key.
    pub const KEY: Text = Text::new("help-value-key");
    /// Where to listen.
    pub const ADDR_PORT: Text = Text::new("help-value-addr-port");
    /// A network interface.
    pub const INTERFACE: Text = Text::new("help-value-interface");
    /// A text.
    pub const TEXT: Text = Text::new("help-value-text");
    /// A file.
    pub const FILE: Text = Text::new("help-value-file");
    /// A telephone number.
    pub const NUMBER: Text = Text::new("help-value-number");
    /// A code.
    pub const A_CODE: Text = Text::new("help-value-a-code");
    /// A name.
    pub const A_NAME: Text = Text::new("help-value-a-name");
    /// A device.
    pub const DEVICE: Text = Text::new("help-value-device");
    /// One of a few words.
    pub const CHOICE: Text = Text::new("help-value-choice");
    /// A language.
    pub const A_LANGUAGE: Text = Text::new("help-value-a-language");
    /// A theme.
    pub const NAME_OR_FILE: Text = Text::new("help-value-name-or-file");
    /// A key.
    pub const ACTION_KEY: Text = Text::new("help-value-action-key");
    /// A number.
    pub const N: Text = Text::new("help-value-n");
    /// A shell.
    pub const A_SHELL: Text = Text::new("help-value-a-shell");
    /// A command.
    pub const A_COMMAND: Text = Text::new("help-value-a-command");
    /// A directory.
    pub const DIRECTORY: Text = Text::new("help-value-directory");
}
