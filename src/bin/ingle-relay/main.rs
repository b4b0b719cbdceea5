//! The machine in the middle, as a program of its own.

mod arguments;
mod check;
mod confine;
mod fleet;
mod metrics;
mod serve;

use std::io::{self, Write};
use std::process::ExitCode;

use ingle::config_file::ConfigError;
use ingle::relay::server::{ListenError, ServerError};
use ingle::transport::IdentityError;
use tracing_subscriber::filter::{EnvFilter, LevelFilter};

use self::arguments::{Arguments, What};

/// A sentence for what went wrong, and one for what to do.
struct Failure {
    problem: String,
    hint: String,
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        Self { problem: error.to_string(), hint: error.hint() }
    }
}

impl From<IdentityError> for Failure {
    fn from(error: IdentityError) -> Self {
        Self { problem: error.to_string(), hint: error.hint() }
    }
}

impl From<ListenError> for Failure {
    fn from(error: ListenError) -> Self {
        Self { problem: error.to_string(), hint: error.hint().into() }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self { problem: error.to_string(), hint: error.hint() }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self {
            problem: format!("The relay can't run on this machine: {error}."),
            hint: "Close other programs or restart the machine, then try again.".into(),
        }
    }
}

fn main() -> ExitCode {
    let kept = ingle::memory::keep_off_disks();
    match Arguments::read().and_then(|arguments| run(arguments, kept)) {
        Ok(code) => code,
        Err(Failure { problem, hint }) => {
            // Without a standard error there is nobody to tell.
            let _ = writeln!(io::stderr(), "{problem}\n{hint}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments, kept: ingle::memory::Kept) -> Result<ExitCode, Failure> {
    match arguments.what {
        Some(What::Config) => {
            // Whoever has closed standard output wants no more of it.
            let _ = write!(io::stdout(), "{}", arguments::sample());
            Ok(ExitCode::SUCCESS)
        }
        Some(What::Check) => check::run(&arguments),
        None => {
            log(arguments.log);
            if !kept.no_core || !kept.locked {
                tracing::info!(kept.no_core, kept.locked, "memory may reach a disk: by a core file, or by swapping");
            }
            serve::run(&arguments)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn log(level: LevelFilter) {
    tracing_subscriber::fmt().with_env_filter(filter(level)).with_writer(io::stderr).with_ansi(false).init();
    // The message of a panic may hold what somebody sent; the place of it can't.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a fault in the relay");
    }));
}

/// Up to info only our own words are logged: QUIC's warnings name addresses.
fn filter(level: LevelFilter) -> EnvFilter {
    let own = format!("off,ingle={level},ingle_relay={level}");
    EnvFilter::new(if level >= LevelFilter::DEBUG { level.to_string() } else { own })
}
