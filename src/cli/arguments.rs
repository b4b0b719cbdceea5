//! What can be written after `ingle`.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::language::LanguageName;
use crate::adapt::PlanChoice;
use crate::audio::{Chain, CpuLimit, MicSpec, OnUnplug, SpeakerSpec};
use crate::text::help::value;
use crate::text::{examples, help, home};
use crate::tui::terminal::Notify;

/// The command line. What its help says is [`help`], in the language that is read when the command is made.
#[derive(Parser)]
#[command(name = "ingle", version, args_conflicts_with_subcommands = true)]
#[command(about = help::INGLE, long_about = help::INGLE_LONG, after_help = examples::INGLE)]
pub struct Arguments {
    /// Without a command.
    #[command(flatten)]
    pub(super) home: Home,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What everything takes that says something.
#[derive(Args, Clone)]
pub(super) struct Spoken {
    #[arg(long, value_name = value::A_LANGUAGE, value_enum, env = "INGLE_LANGUAGE", help = help::LANGUAGE)]
    pub(super) language: Option<LanguageName>,
}

/// `ingle` alone.
#[derive(Args, Clone)]
pub(super) struct Home {
    #[arg(long, help = help::HOME_PLAIN)]
    pub(super) plain: bool,
    #[arg(long, help = help::ASCII)]
    pub(super) ascii: bool,
    #[command(flatten)]
    pub(super) spoken: Spoken,
    #[arg(long, value_name = value::NAME_OR_FILE, help = help::HOME_THEME)]
    pub(super) theme: Option<String>,
}

/// What to do.
#[derive(Subcommand)]
pub enum Verb {
    /// `ingle host`.
    #[command(about = help::HOST)]
    Host(Host),
    /// `ingle join`.
    #[command(about = help::JOIN)]
    Join(Join),
    /// `ingle rehearse`.
    #[command(about = help::REHEARSE)]
    Rehearse(Rehearse),
    /// `ingle config`.
    #[command(about = help::CONFIG)]
    Config(Config),
    /// `ingle doctor`.
    #[command(about = help::DOCTOR)]
    Doctor(Doctor),
    /// `ingle completions`.
    #[command(about = help::COMPLETIONS)]
    Completions(Completions),
    /// `ingle man`.
    #[command(about = help::MAN)]
    Man(Man),
}

impl Verb {
    /// What a session takes; `None` for what is none.
    pub(super) fn shared(&self) -> Option<&Shared> {
        match self {
            Self::Host(host) => Some(&host.shared),
            Self::Join(join) => Some(&join.shared),
            Self::Rehearse(rehearse) => Some(&rehearse.shared),
            Self::Config(_) | Self::Doctor(_) | Self::Completions(_) | Self::Man(_) => None,
        }
    }
}

/// `ingle config`.
#[derive(Args)]
#[command(after_help = examples::CONFIG)]
pub struct Config {
    #[command(subcommand)]
    pub(super) verb: Option<ConfigVerb>,
    #[arg(long, help = help::CONFIG_JSON)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) spoken: Spoken,
}

/// What to do about the file of settings.
#[derive(Subcommand)]
pub(super) enum ConfigVerb {
    #[command(about = help::CONFIG_INIT, after_help = examples::CONFIG_INIT)]
    Init {
        #[arg(long, help = help::FORCE)]
        force: bool,
        #[command(flatten)]
        spoken: Spoken,
    },
    #[command(about = help::CONFIG_THEME, after_help = examples::CONFIG_THEME)]
    Theme {
        #[arg(value_name = value::A_NAME, default_value = "dark", help = help::THEME_NAME)]
        name: String,
    },
}

/// `ingle doctor`.
#[derive(Args)]
#[command(after_help = examples::DOCTOR)]
pub struct Doctor {
    #[arg(long, value_name = value::HOST_PORT, env = "INGLE_RELAY", help = help::DOCTOR_RELAY)]
    pub(super) relay: Option<String>,
    #[arg(long, value_name = value::DEVICE, default_value = "default", help = help::DOCTOR_MIC)]
    pub(super) mic: MicSpec,
    #[arg(long, value_name = value::DEVICE, default_value = "default", help = help::DOCTOR_SPEAKER)]
    pub(super) speaker: SpeakerSpec,
    #[arg(long, help = help::DOCTOR_JSON)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) spoken: Spoken,
}

/// `ingle completions`.
#[derive(Args)]
#[command(after_help = examples::COMPLETIONS)]
pub struct Completions {
    #[arg(value_name = value::A_SHELL, help = help::SHELL)]
    pub(super) shell: Shell,
    #[command(flatten)]
    pub(super) spoken: Spoken,
}

/// `ingle man`.
#[derive(Args)]
#[command(after_help = examples::MAN)]
pub struct Man {
    #[arg(value_name = value::A_COMMAND, help = help::MAN_COMMAND)]
    pub(super) command: Option<String>,
    #[arg(long, value_name = value::DIRECTORY, conflicts_with = "command", help = help::DIR)]
    pub(super) dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) spoken: Spoken,
}

/// `ingle host`.
#[derive(Args)]
#[command(after_help = examples::HOST)]
pub struct Host {
    #[arg(long, value_name = value::HOST_PORT, env = "INGLE_RELAY", help = help::HOST_RELAY)]
    pub(super) relay: Option<String>,
    #[arg(long, value_name = value::KEY, help = help::ACCEPT_RELAY_KEY)]
    pub(super) accept_relay_key: Option<String>,
    #[arg(long, value_name = value::ADDR_PORT, conflicts_with = "relay", help = help::LISTEN)]
    pub(super) listen: Option<String>,
    #[arg(long, env = "INGLE_NO_DISCOVERY", value_parser = FalseyValueParser::new(), help = help::HOST_NO_DISCOVERY)]
    pub(super) no_discovery: bool,
    #[arg(long, env = "INGLE_NO_PORT_MAPPING", value_parser = FalseyValueParser::new(), help = help::NO_PORT_MAPPING)]
    pub(super) no_port_mapping: bool,
    #[arg(long, value_name = value::HOST_PORT, conflicts_with = "relay", help = help::CHECK_VIA)]
    pub(super) check_via: Option<String>,
    #[arg(long, value_name = value::INTERFACE, env = "INGLE_ALSO_VIA", help = help::ALSO_VIA)]
    pub(super) also_via: Option<String>,
    #[arg(long, value_name = value::TEXT, default_value = home::NO_TITLE.get(), help = help::TITLE)]
    pub(super) title: String,
    #[arg(long, value_name = value::FILE, default_value = "facilitated", help = help::CHARTER)]
    pub(super) charter: String,
    #[arg(long, value_name = value::TEXT, help = help::WHEN)]
    pub(super) when: Option<String>,
    #[arg(long, value_name = value::NUMBER, help = help::HELP_NUMBER)]
    pub(super) help_number: Option<String>,
    #[arg(long, help = help::NEW)]
    pub(super) new: bool,
    #[arg(long, help = help::OPEN_DOOR)]
    pub(super) open_door: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// `ingle join`.
#[derive(Args)]
#[command(after_help = examples::JOIN)]
pub struct Join {
    #[arg(value_name = value::A_CODE, help = help::CODE)]
    pub(super) code: Vec<String>,
    /// Ask before joining, because the code comes from a link that somebody may have been led to. It may stand in `INGLE_LINK`, which
    /// others on this computer don't see, instead of on the command line, which they do.
    #[arg(long, hide = true)]
    pub(super) link: bool,
    /// What has been typed of a code that is still to be asked for.
    #[arg(skip)]
    pub(super) typed: String,
    #[arg(long, value_name = value::HOST_PORT, env = "INGLE_RELAY", help = help::JOIN_RELAY)]
    pub(super) relay: Option<String>,
    #[arg(long, value_name = value::KEY, help = help::ACCEPT_RELAY_KEY)]
    pub(super) accept_relay_key: Option<String>,
    #[arg(long, value_name = value::INTERFACE, env = "INGLE_ALSO_VIA", help = help::ALSO_VIA)]
    pub(super) also_via: Option<String>,
    #[arg(long, env = "INGLE_NO_DISCOVERY", value_parser = FalseyValueParser::new(), help = help::JOIN_NO_DISCOVERY)]
    pub(super) no_discovery: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// `ingle rehearse`.
#[derive(Args)]
#[command(after_help = examples::REHEARSE)]
pub struct Rehearse {
    #[arg(long, help = help::TOUR)]
    pub(super) tour: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// What all sessions take.
#[derive(Args)]
pub(super) struct Shared {
    #[arg(long, value_name = value::A_NAME, env = "INGLE_NAME", help = help::NAME)]
    pub(super) name: Option<String>,
    #[arg(long, value_name = value::DEVICE, default_value = "default", help = help::MIC)]
    pub(super) mic: MicSpec,
    #[arg(long, value_name = value::DEVICE, default_value = "default", help = help::SPEAKER)]
    pub(super) speaker: SpeakerSpec,
    #[arg(long, help = help::OPEN_MIC)]
    pub(super) open_mic: bool,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "auto", help = help::CUES)]
    pub(super) cues: CuesName,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "pause", help = help::ON_UNPLUG)]
    pub(super) on_unplug: UnplugName,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "auto", help = help::PLAN)]
    pub(super) plan: PlanName,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "auto", help = help::CHAIN)]
    pub(super) chain: ChainName,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "auto", help = help::CPU)]
    pub(super) cpu: CpuName,
    #[arg(long, conflicts_with = "json", help = help::PLAIN)]
    pub(super) plain: bool,
    #[arg(long, help = help::JSON)]
    pub(super) json: bool,
    #[arg(long, help = help::ASCII)]
    pub(super) ascii: bool,
    #[command(flatten)]
    pub(super) spoken: Spoken,
    #[arg(long, value_name = value::NAME_OR_FILE, env = "INGLE_THEME", help = help::THEME)]
    pub(super) theme: Option<String>,
    #[arg(long, value_name = value::CHOICE, value_enum, default_value = "none", help = help::NOTIFY)]
    pub(super) notify: NotifyName,
    #[arg(long, value_name = value::ACTION_KEY, help = help::BIND)]
    pub(super) bind: Vec<String>,
    #[arg(long, value_name = value::N, help = help::SECONDS)]
    pub(super) seconds: Option<u64>,
}

/// The signs outside of the window, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum NotifyName {
    None,
    Bell,
    Osc9,
    Osc777,
}

impl NotifyName {
    pub(super) fn notify(self) -> Notify {
        match self {
            Self::None => Notify::Nothing,
            Self::Bell => Notify::Bell,
            Self::Osc9 => Notify::Osc9,
            Self::Osc777 => Notify::Osc777,
        }
    }
}

/// Soft sounds, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CuesName {
    Auto,
    On,
    Off,
}

impl CuesName {
    pub(super) fn wanted(self, speaker: &SpeakerSpec) -> bool {
        match self {
            // What is written to a file is for programs.
            Self::Auto => !matches!(speaker, SpeakerSpec::File(_)),
            Self::On => true,
            Self::Off => false,
        }
    }
}

/// What becomes of sound without headphones, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum UnplugName {
    Pause,
    Continue,
}

impl UnplugName {
    pub(super) fn choice(self) -> OnUnplug {
        match self {
            Self::Pause => OnUnplug::Pause,
            Self::Continue => OnUnplug::Continue,
        }
    }
}

/// The chain's settings by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ChainName {
    Auto,
    Off,
    Headset,
    Speakers,
}

impl ChainName {
    pub(super) fn setting(self) -> Chain {
        match self {
            Self::Auto => Chain::Auto,
            Self::Off => Chain::Off,
            Self::Headset => Chain::Headset,
            Self::Speakers => Chain::Speakers,
        }
    }
}

/// The limits by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CpuName {
    Low,
    Auto,
    High,
}

impl CpuName {
    pub(super) fn limit(self) -> CpuLimit {
        match self {
            Self::Low => CpuLimit::Low,
            Self::Auto => CpuLimit::Auto,
            Self::High => CpuLimit::High,
        }
    }
}

/// The plans by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum PlanName {
    Auto,
    Thin,
    Full,
}

impl PlanName {
    pub(super) fn choice(self) -> PlanChoice {
        match self {
            Self::Auto => PlanChoice::Auto,
            Self::Thin => PlanChoice::Thin,
            Self::Full => PlanChoice::Full,
        }
    }
}
