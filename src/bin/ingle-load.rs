//! A load for a relay: how many rooms it bears, and how late voices get.

use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, value_parser};
use ingle::load::{Load, Outcome, Storm, run, storm};
use ingle::transport::settings;
use ingle::wire::limits;

/// Puts whole groups on a relay, with keys and sealed voices as real ones have, and tells what of their voices comes through, and how
/// late.
#[derive(Parser)]
#[command(name = "ingle-load", version)]
struct Arguments {
    /// The relay. One on this machine is called from an address for each room, so that what one address may ask for is no limit
    #[arg(long, value_name = "HOST:PORT")]
    relay: String,

    /// Rooms
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = value_parser!(u16).range(1..=limits::ROOMS as i64))]
    rooms: u16,

    /// Members of each room
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value_parser!(u16).range(1..=limits::MEMBERS as i64))]
    members: u16,

    /// How many members of each room talk all the time; a relay forwards three at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value_parser!(u16).range(0..=limits::MEMBERS as i64))]
    talkers: u16,

    /// Milliseconds of sound in a packet: 20, 40, 60 or 120
    #[arg(long, value_name = "MS", default_value_t = 60, value_parser = packet)]
    frame_ms: u16,

    /// How long they talk
    #[arg(long, value_name = "S", default_value_t = 20, value_parser = value_parser!(u32).range(0..=86_400))]
    seconds: u32,

    /// Instead of rooms, so many connections, each of which ends when it is made
    #[arg(long, value_name = "N", conflicts_with_all = ["rooms", "members", "talkers", "restart"])]
    connects: Option<u32>,

    /// The same, each of which knocks at a number of which hardly any has a group, and waits for an answer
    #[arg(long, value_name = "N", conflicts_with_all = ["rooms", "members", "talkers", "restart", "connects"])]
    knocks: Option<u32>,

    /// How many of these begin in a second; otherwise a hundred are under way at a time
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    per_second: Option<u32>,

    /// Start the relay by this command, and kill it and start it again halfway through the talk
    #[arg(long, value_name = "COMMAND")]
    restart: Option<String>,

    /// End with one JSON object on a line instead of a sentence
    #[arg(long)]
    json: bool,
}

fn packet(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|ms| [20, 40, 60, 120].contains(ms)).ok_or_else(|| "Choose 20, 40, 60 or 120.".to_owned())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match put(&arguments) {
        Ok(outcome) => {
            let line = if arguments.json { outcome.json() } else { sentence(&outcome) };
            // Without a standard output there is nobody to tell.
            let _ = writeln!(io::stdout(), "{line}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            let _ = writeln!(io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

fn put(arguments: &Arguments) -> Result<Outcome, String> {
    let relay = find(&arguments.relay)?;
    let failed = |error| format!("The load can't run on this machine: {error}.");
    let tell = |line: &str| {
        let _ = writeln!(io::stderr(), "{line}");
    };
    if let Some(count) = arguments.knocks.or(arguments.connects) {
        let (per_second, knocks) = (arguments.per_second, arguments.knocks.is_some());
        return storm(Storm { relay, count, per_second, knocks }, tell).map_err(failed);
    }
    let load = Load {
        relay,
        rooms: arguments.rooms.into(),
        members: arguments.members.into(),
        talkers: arguments.talkers.min(arguments.members).into(),
        packet: Duration::from_millis(arguments.frame_ms.into()),
        span: Duration::from_secs(arguments.seconds.into()),
    };
    let seed = settings::random().map_err(|error| format!("The load can't run on this machine: {error}."))?;
    run(load, arguments.restart.as_deref(), seed, tell).map_err(failed)
}

fn find(relay: &str) -> Result<SocketAddr, String> {
    let found = relay.to_socket_addrs().ok().and_then(|mut found| found.next());
    found.ok_or_else(|| format!("There is no relay at {relay}. Write its name or address, a colon, and its port."))
}

fn sentence(outcome: &Outcome) -> String {
    let Outcome { offered, delivered, connects, failed, .. } = outcome;
    let delays = match (outcome.delay_p50_ms, outcome.delay_p99_ms) {
        (Some(half), Some(most)) => format!("half of them within {half:.2} ms and 99 % within {most:.2} ms"),
        (None, _) | (_, None) => "nothing was heard".to_owned(),
    };
    format!("{delivered} of {offered} packets were heard, {delays}. {connects} connections; {failed} failures.")
}
