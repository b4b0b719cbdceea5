//! What the relay is told: by a file, the environment and the command line, each before the one before it.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, CommandFactory, FromArgMatches, Parser, ValueEnum, value_parser};
use ingle::config_file::{self, ConfigFile};
use ingle::relay::core;
use ingle::relay::server::Limits;
use ingle::wire::limits::Budget;
use tracing_subscriber::filter::LevelFilter;

use super::Failure;
use super::fleet::FleetArguments;

/// What stands before an option's name in the environment.
const ENV: &str = "INGLE_RELAY_";
/// What only the command line can say.
const NOT_IN_FILES: &[&str] = &["config", "reach"];
/// Bytes in a second for each Mbit/s.
const MBIT: u32 = 125_000;

/// Passes voice and messages between the members of groups who meet by a code.
#[derive(Parser)]
#[command(
    name = "ingle-relay",
    version,
    after_help = "Every option can also stand in a file (--config), or in the environment: INGLE_RELAY_ and its name in \
                  capitals, with _ for -. The command line comes before the environment, and that before the file. \
                  On SIGHUP the certificate is read again; on SIGUSR1 a relay of a fleet gives its groups to the others."
)]
pub(crate) struct Arguments {
    /// Instead of serving: look whether the relay can run and be reached (check), or print a file for --config (config)
    #[arg(value_enum)]
    pub(crate) what: Option<What>,

    /// File of settings in TOML, whose keys are the options below; ingle-relay config prints one
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Where to listen: a UDP port on all addresses, of IPv6 as well as IPv4, or an address or name of this machine before it;
    /// port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "4433", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) listen: String,

    /// Where else to take members over TCP, because UDP is blocked where they are, or all ports but 443 are. The TCP port of the
    /// number in --listen is taken in any case, if it's free
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen_tcp: Option<String>,

    /// Where a web server on this machine passes members on, as plain HTTP with WebSocket; it must set X-Forwarded-For to the
    /// address that called
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) behind_proxy: Option<String>,

    /// Directory for the relay's key, made at the first start; without it the key is new at every start, and no group outlives a
    /// restart
    #[arg(long, value_name = "DIR", env = "INGLE_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// Certificate that was issued for this machine's name, with its chain, in PEM; members who call the name then need not
    /// compare keys. Read at the start and on SIGHUP
    #[arg(long, value_name = "FILE")]
    pub(crate) cert: Option<PathBuf>,

    /// The certificate's key, in PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,

    /// Let members on this machine's local network find the relay by themselves; what they find names its port and key
    #[arg(long)]
    pub(crate) announce: bool,

    /// Where to answer Prometheus (/metrics) and whoever asks whether the relay is well (/health), over HTTP: an address of this
    /// machine's own, such as 127.0.0.1:9433
    #[arg(long, value_name = "ADDR:PORT", value_parser = loopback)]
    pub(crate) metrics: Option<SocketAddr>,

    /// Don't give up what the relay has no use for: other files, other programs, connections of its own. To find out whether that
    /// is what keeps it from running
    #[arg(long)]
    pub(crate) unconfined: bool,

    /// What to log on standard error: off, error, warn, info, debug or trace. No address, name or room up to info
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    pub(crate) log: LevelFilter,

    /// With check: a relay to call over UDP and over TCP, from wherever this runs
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) reach: Option<String>,

    #[command(flatten)]
    limits: LimitArguments,

    #[command(flatten)]
    pub(crate) fleet: FleetArguments,
}

/// What to do instead of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Look whether everything is as it should be
    Check,
    /// Print a file of settings with all options
    Config,
}

/// An address stands for a household: one of IPv4, or all of IPv6 that share their first 64 bits. All that share 56 bits may have
/// twice as much, and all that share 48 four times.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
struct LimitArguments {
    /// Memory that the relay may take, in MiB: half of it for connections, and half for what groups keep for those who come back.
    /// Otherwise half of the machine's, and at most 1280
    #[arg(long, value_name = "MIB", value_parser = value_parser!(u32).range(16..))]
    memory: Option<u32>,

    /// Connections at once. Otherwise 16 for each MiB in the first half of --memory, and at most 10000
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u32).range(1..))]
    connections: Option<u32>,

    /// Connections at once from one address
    #[arg(long, value_name = "COUNT", default_value = "256", value_parser = value_parser!(u32).range(1..))]
    connections_per_address: u32,

    /// Connections that one address may begin in a second; 16 times as many at once
    #[arg(long, value_name = "COUNT", default_value = "64", value_parser = value_parser!(u32).range(1..=1_000_000))]
    handshakes_per_address: u32,

    /// Connections that are just beginning, from which on newcomers must first prove that their address is theirs, which takes
    /// a round trip; 0 asks everybody
    #[arg(long, value_name = "COUNT", default_value = "100")]
    prove_from: u32,

    /// Groups at once
    #[arg(long, value_name = "COUNT", default_value = "1000", value_parser = value_parser!(u32).range(1..=9000))]
    rooms: u32,

    /// Groups that one address may open at once; then one more every 30 seconds
    #[arg(long, value_name = "COUNT", default_value = "16", value_parser = value_parser!(u32).range(1..=1_000_000))]
    rooms_per_address: u32,

    /// Knocks at doors from one address at once; then one more every second
    #[arg(long, value_name = "COUNT", default_value = "64", value_parser = value_parser!(u32).range(1..=1_000_000))]
    knocks_per_address: u32,

    /// Knocks at doors from everywhere in a second; ten times as many at once
    #[arg(long, value_name = "COUNT", default_value = "1000", value_parser = value_parser!(u32).range(1..=1_000_000))]
    knocks: u32,

    /// Members who come back from one address at once; then 50 more every second
    #[arg(long, value_name = "COUNT", default_value = "1024", value_parser = value_parser!(u32).range(1..=1_000_000))]
    returns_per_address: u32,

    /// Voice that one group may send to its members, in Mbit/s
    #[arg(long, value_name = "MBIT", default_value = "32", value_parser = value_parser!(u32).range(1..=8000))]
    room_traffic: u32,

    /// Voice that all groups together may send, in Mbit/s; where they want more, those that want most are held to an equal part
    #[arg(long, value_name = "MBIT", default_value = "200", value_parser = value_parser!(u32).range(1..=8000))]
    traffic: u32,
}

impl Arguments {
    /// All that was said. Ends the program for `--help`, and where the command line can't be read.
    ///
    /// # Errors
    /// [`Failure`] if the file of settings can't be used.
    pub(crate) fn read() -> Result<Self, Failure> {
        let file = command().ignore_errors(true).try_get_matches().ok();
        let file = file.and_then(|matches| matches.get_one::<PathBuf>("config").cloned());
        let command = match file {
            Some(path) => with_file(&path)?,
            None => command(),
        };
        let mut asked = command.clone();
        let read = command.try_get_matches().and_then(|matches| Self::from_arg_matches(&matches));
        let arguments = read.unwrap_or_else(|error| error.exit());
        if arguments.cert.is_some() != arguments.key.is_some() {
            let missing = "A certificate has two files: --cert FILE and --key FILE.";
            asked.error(ErrorKind::MissingRequiredArgument, missing).exit();
        }
        Ok(arguments)
    }

    /// What the relay takes, on a machine with `machine` bytes of memory.
    pub(crate) fn limits(&self, machine: u64) -> Limits {
        let LimitArguments { memory, connections, .. } = self.limits;
        let told = &self.limits;
        let limits = Limits::for_memory(memory.map_or_else(|| Limits::memory(machine), |mib| mib as usize));
        let core = core::Limits {
            rooms: told.rooms as usize,
            rooms_each: told.rooms_per_address,
            knocks_each: told.knocks_per_address,
            returns_each: told.returns_per_address,
            knocks: Budget { burst: told.knocks * 10, per_second: told.knocks },
            room_traffic: told.room_traffic * MBIT,
            traffic: told.traffic * MBIT,
            ..limits.core
        };
        let handshakes_each =
            Budget { burst: told.handshakes_per_address * 16, per_second: told.handshakes_per_address };
        Limits {
            core,
            connections: connections.map_or(limits.connections, |count| count as usize),
            connections_each: told.connections_per_address as usize,
            handshakes_each,
            retry_from: told.prove_from as usize,
            ..limits
        }
    }
}

/// The program's arguments, all of which the environment can set too.
fn command() -> Command {
    Arguments::command().mut_args(|arg| match arg.get_long() {
        Some(long) if arg.get_env().is_none() && !matches!(long, "help" | "version") => {
            let name = format!("{ENV}{}", long.replace('-', "_").to_uppercase());
            // As long as the program: clap keeps names that are.
            arg.env(&*name.leak()).hide_env(true)
        }
        _ => arg,
    })
}

fn with_file(path: &Path) -> Result<Command, Failure> {
    let unusable = |error: config_file::ConfigError| Failure { problem: error.to_string(), hint: error.hint() };
    let file = ConfigFile::read(path).map_err(unusable)?.ok_or_else(|| Failure {
        problem: format!("There is no file {}.", path.display()),
        hint: "Make one with: ingle-relay config > relay.toml".into(),
    })?;
    file.apply(command(), NOT_IN_FILES).map_err(unusable)
}

/// An address that only this machine can call.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|_| "write ADDRESS:PORT, for example 127.0.0.1:9433".to_owned())?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err("only this machine may ask, so the address must be 127.0.0.1 or [::1]".into())
}

/// A file of settings with every option, each said what it does and set to what it is anyway.
pub(crate) fn sample() -> String {
    let mut sample = "# Settings of ingle-relay; start it with --config and this file's name.\n\
                      # Take away the # before a setting to change it. What the environment or the command line says comes first.\n"
        .to_owned();
    let command = command();
    let mut heading = None;
    for arg in config_file::arguments(&command, NOT_IN_FILES) {
        if arg.get_help_heading() != heading {
            heading = arg.get_help_heading();
            let _ = write!(sample, "\n# {}\n", heading.unwrap_or_default());
        }
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        sample += &config_file::switched_off(arg, &help, &value(arg));
    }
    sample
}

/// What an option is without being said, as TOML; where it is nothing, the kind of thing it wants.
fn value(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return "false".into();
    }
    let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let kind = || arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let value = default.or_else(kind).unwrap_or_default();
    if value.parse::<u32>().is_ok() { value } else { format!("\"{value}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, words: &[&str]) -> Arguments {
        let file = ConfigFile::parse(Path::new("relay.toml"), file).expect("TOML");
        let command = file.apply(command(), NOT_IN_FILES).expect("our keys");
        let words = ["ingle-relay"].iter().chain(words);
        Arguments::from_arg_matches(&command.try_get_matches_from(words).expect("ours")).expect("whole")
    }

    #[test]
    fn the_command_line_comes_before_the_file() {
        let file = "listen = 7000\nrooms = 5\nannounce = true\n";
        let (one, other) = (read(file, &[]), read(file, &["--rooms", "6", "--announce=false"]));
        assert_eq!((one.listen.as_str(), one.limits(0).core.rooms, one.announce), ("7000", 5, true));
        assert_eq!((other.listen.as_str(), other.limits(0).core.rooms, other.announce), ("7000", 6, false));
    }

    #[test]
    fn what_is_said_of_limits_is_what_they_are_without() {
        assert_eq!(read("", &[]).limits(u64::MAX), Limits::default());
        let small = read("", &["--memory", "256"]).limits(u64::MAX);
        assert_eq!((small.connections, small), (2048, Limits::for_memory(256)));
        let few = read("", &["--memory", "256", "--connections", "7"]).limits(u64::MAX);
        assert_eq!(few.connections, 7);
    }

    #[test]
    fn the_sample_changes_nothing_and_every_line_can_be_used() {
        assert_eq!(read(&sample(), &[]).limits(u64::MAX), Limits::default());
        let of = |line: &str| line.strip_prefix('#').filter(|line| line.contains(" = ")).map(str::to_owned);
        let settings: Vec<String> = sample().lines().filter_map(of).collect();
        assert!(settings.len() > 15, "{settings:?}");
        for setting in settings.iter().filter(|setting| setting.chars().any(|c| c.is_ascii_digit() || c == '"')) {
            if setting.contains("ADDR:PORT") || setting.contains("\"MIB\"") || setting.contains("\"COUNT\"") {
                continue;
            }
            read(setting, &[]);
        }
        assert!(sample().lines().all(|line| line.chars().count() <= config_file::COLUMNS + 20));
    }

    #[test]
    fn figures_are_shown_to_this_machine_alone() {
        assert!(loopback("127.0.0.1:9433").is_ok() && loopback("[::1]:9433").is_ok());
        for wrong in ["0.0.0.0:9433", "[::]:9433", "9433", "192.0.2.1:80"] {
            assert!(loopback(wrong).is_err(), "{wrong}");
        }
    }
}
