//! What can be written after `ingle`.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::language::LanguageName;
use crate::adapt::PlanChoice;
use crate::audio::{Chain, CpuLimit, MicSpec, OnUnplug, SpeakerSpec};
use crate::text::examples;
use crate::tui::terminal::Notify;

/// Meet by voice in the terminal: a code opens a group, and a code lets you in.
///
/// Without a command, ingle asks what you would like to do.
#[derive(Parser)]
#[command(name = "ingle", version, args_conflicts_with_subcommands = true, after_help = crate::text::home::EXAMPLES)]
pub struct Arguments {
    /// Without a command.
    #[command(flatten)]
    pub(super) home: Home,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// `ingle` alone.
#[derive(Args, Clone)]
pub(super) struct Home {
    /// Ask in sentences instead of on a screen, for screen readers
    #[arg(long)]
    pub(super) plain: bool,
    /// Draw with plain letters and signs only
    #[arg(long)]
    pub(super) ascii: bool,
    /// The language that ingle speaks; otherwise the one that your system asks for
    #[arg(long, value_enum, env = "INGLE_LANGUAGE")]
    pub(super) language: Option<LanguageName>,
    /// The colours of the screen: dark, light, ember, paper, contrast, or a file of your own
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) theme: Option<String>,
}

/// What to do.
#[derive(Subcommand)]
pub enum Verb {
    /// Open a group, get a code for the others, and let them in
    Host(Host),
    /// Join a group with the code you were given
    Join(Join),
    /// Try everything with a practice group, alone and offline
    Rehearse(Rehearse),
    /// Show your settings and where each comes from, or begin a file of them
    Config(Config),
    /// Look at sound, terminal, relay and clock, and say what to do where something is wrong
    Doctor(Doctor),
    /// Print what a shell needs to complete ingle's commands
    Completions(Completions),
    /// Print the manual page, or write all of them
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
    /// One JSON object instead of a table, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// The language that ingle speaks; otherwise the one that your system asks for
    #[arg(long, value_enum, env = "INGLE_LANGUAGE")]
    pub(super) language: Option<LanguageName>,
}

/// What to do about the file of settings.
#[derive(Subcommand)]
pub(super) enum ConfigVerb {
    /// Write a file with every setting explained and none of them set
    #[command(after_help = examples::CONFIG_INIT)]
    Init {
        /// Replace a file that is there; it is kept beside the new one
        #[arg(long)]
        force: bool,
    },
    /// Print a theme, the colours of the screen, to begin your own with
    #[command(after_help = examples::CONFIG_THEME)]
    Theme {
        /// Which of those that come with ingle
        #[arg(value_name = "NAME", default_value = "dark")]
        name: String,
    },
}

/// `ingle doctor`.
#[derive(Args)]
#[command(after_help = examples::DOCTOR)]
pub struct Doctor {
    /// The relay to call; otherwise the one used last
    #[arg(long, value_name = "HOST:PORT", env = "INGLE_RELAY")]
    pub(super) relay: Option<String>,
    /// The microphone to look for
    #[arg(long, value_name = "DEV", default_value = "default")]
    pub(super) mic: MicSpec,
    /// The speaker to look for
    #[arg(long, value_name = "DEV", default_value = "default")]
    pub(super) speaker: SpeakerSpec,
    /// One JSON object instead of sentences, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// The language that ingle speaks; otherwise the one that your system asks for
    #[arg(long, value_enum, env = "INGLE_LANGUAGE")]
    pub(super) language: Option<LanguageName>,
}

/// `ingle completions`.
#[derive(Args)]
#[command(after_help = examples::COMPLETIONS)]
pub struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: Shell,
}

/// `ingle man`.
#[derive(Args)]
#[command(after_help = examples::MAN)]
pub struct Man {
    /// The page of this command; otherwise that of ingle itself
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
    /// Write all pages into this directory instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) dir: Option<PathBuf>,
}

/// `ingle host`.
#[derive(Args)]
#[command(after_help = examples::HOST)]
pub struct Host {
    /// The relay to meet at; without it, this computer is the relay while you host
    #[arg(long, value_name = "HOST:PORT", env = "INGLE_RELAY")]
    pub relay: Option<String>,
    /// The relay's new key, if it has changed, as told to you by whoever runs the relay
    #[arg(long, value_name = "KEY")]
    pub accept_relay_key: Option<String>,
    /// Where this computer listens when it is the relay: a port, or an address or name of this computer before it [default: 4433]
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "relay")]
    pub listen: Option<String>,
    /// Don't let people on this computer's network find its relay by themselves
    #[arg(long, env = "INGLE_NO_DISCOVERY", value_parser = FalseyValueParser::new())]
    pub no_discovery: bool,
    /// Don't ask the router to let people in from outside
    #[arg(long, env = "INGLE_NO_PORT_MAPPING", value_parser = FalseyValueParser::new())]
    pub no_port_mapping: bool,
    /// A relay elsewhere that tests whether people from outside can reach this computer
    #[arg(long, value_name = "HOST:PORT", conflicts_with = "relay")]
    pub check_via: Option<String>,
    /// Send and receive over this network interface too, beside the usual one: what comes first is heard. Takes twice the data
    #[arg(long, value_name = "INTERFACE", env = "INGLE_ALSO_VIA")]
    pub also_via: Option<String>,
    /// What the group is called
    #[arg(long, value_name = "TEXT", default_value = "The group")]
    pub title: String,
    /// The group's ground rules: facilitated, shared or peer, or a file of your own
    #[arg(long, value_name = "FILE", default_value = "facilitated")]
    pub charter: String,
    /// When the group meets, for the invitation
    #[arg(long, value_name = "TEXT")]
    pub when: Option<String>,
    /// Whom those who can't get in may call, for the invitation
    #[arg(long, value_name = "NUMBER")]
    pub help_number: Option<String>,
    /// Begin a new group without a question, even if ingle ended without a goodbye while you hosted one
    #[arg(long)]
    pub new: bool,
    /// Let in everybody who has the code, without asking
    #[arg(long)]
    pub open_door: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// `ingle join`.
#[derive(Args)]
#[command(after_help = examples::JOIN)]
pub struct Join {
    /// The code, or the whole invitation; asked for if left out, which keeps it from others on this computer
    #[arg(value_name = "CODE")]
    pub code: Vec<String>,
    /// Ask before joining, because the code comes from a link that somebody may have been led to. It may stand in `INGLE_LINK`, which
    /// others on this computer don't see, instead of on the command line, which they do.
    #[arg(long, hide = true)]
    pub link: bool,
    /// What has been typed of a code that is still to be asked for.
    #[arg(skip)]
    pub(super) typed: String,
    /// The relay to meet at, if the invitation does not say; otherwise the one used last, or one on this network
    #[arg(long, value_name = "HOST:PORT", env = "INGLE_RELAY")]
    pub relay: Option<String>,
    /// The relay's new key, if it has changed, as told to you by whoever runs the relay
    #[arg(long, value_name = "KEY")]
    pub accept_relay_key: Option<String>,
    /// Send and receive over this network interface too, beside the usual one: what comes first is heard. Takes twice the data
    #[arg(long, value_name = "INTERFACE", env = "INGLE_ALSO_VIA")]
    pub also_via: Option<String>,
    /// Don't look for a relay on this computer's network
    #[arg(long, env = "INGLE_NO_DISCOVERY", value_parser = FalseyValueParser::new())]
    pub no_discovery: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// `ingle rehearse`.
#[derive(Args)]
#[command(after_help = examples::REHEARSE)]
pub struct Rehearse {
    /// Begin with a tour of two minutes: talk, mute, raise a hand, take part in a round and in a vote
    #[arg(long)]
    pub(super) tour: bool,
    #[command(flatten)]
    pub(super) shared: Shared,
}

/// What all sessions take.
#[derive(Args)]
pub(super) struct Shared {
    /// The name the others see
    #[arg(long, value_name = "NAME", env = "INGLE_NAME")]
    pub(super) name: Option<String>,
    /// Microphone: part of its name, file:PATH.wav (file:PATH.wav,loop plays it again and again), or null
    #[arg(long, value_name = "DEV", default_value = "default")]
    pub(super) mic: MicSpec,
    /// Speaker: part of its name, file:PATH.wav, or null
    #[arg(long, value_name = "DEV", default_value = "default")]
    pub(super) speaker: SpeakerSpec,
    /// Start with the microphone open
    #[arg(long)]
    pub(super) open_mic: bool,
    /// Soft sounds when somebody comes or leaves and when it's your turn: on, off, or auto, which is off where sound goes to a file
    #[arg(long, value_enum, default_value = "auto")]
    pub(super) cues: CuesName,
    /// When your headphones are unplugged: pause, so that nobody near you hears the group, or continue from the loudspeaker
    #[arg(long, value_name = "WHAT", value_enum, default_value = "pause")]
    pub(super) on_unplug: UnplugName,
    /// How your voice is sent: thin uses the least data, full has the least delay
    #[arg(long, value_enum, default_value = "auto")]
    pub(super) plan: PlanName,
    /// What is done with your voice before it is sent: echo and noise are taken out, the level is evened; headset and speakers say
    /// what you listen with, off does nothing
    #[arg(long, value_enum, default_value = "auto")]
    pub(super) chain: ChainName,
    /// How much of this computer sound may take: low suits an old one, high is the best sound
    #[arg(long, value_enum, default_value = "auto")]
    pub(super) cpu: CpuName,
    /// Sentences instead of a screen, for screen readers
    #[arg(long, conflicts_with = "json")]
    pub(super) plain: bool,
    /// One JSON object a line instead of a screen, for programs
    #[arg(long)]
    pub(super) json: bool,
    /// Draw with plain letters and signs only
    #[arg(long)]
    pub(super) ascii: bool,
    /// The language that ingle speaks; otherwise the one that your system asks for
    #[arg(long, value_enum, env = "INGLE_LANGUAGE")]
    pub(super) language: Option<LanguageName>,
    /// The colours of the screen: dark, light, ember, paper, contrast, or a file of your own, as ingle config theme prints one
    #[arg(long, value_name = "NAME|FILE", env = "INGLE_THEME")]
    pub(super) theme: Option<String>,
    /// The sign when something waits for you, such as your turn or somebody at the door; it names nobody
    #[arg(long, value_name = "HOW", value_enum, default_value = "none")]
    pub(super) notify: NotifyName,
    /// Another key for what one does: hand=h, or mic=f5; once for each. The page on keys has all names
    #[arg(long, value_name = "ACTION=KEY")]
    pub(super) bind: Vec<String>,
    /// Leave after this many seconds
    #[arg(long, value_name = "N")]
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
