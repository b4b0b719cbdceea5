//! Twelve members on loopback, as processes of their own, against a relay: what it costs them.
//!
//! First one talks and eleven listen; then a listener goes, and a second talker comes in its place, who both talks and
//! listens. `cargo bench --all-features --bench circle`

mod member;
mod process;
#[path = "../support/speech.rs"]
mod speech;

use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use hound::{SampleFormat, WavSpec, WavWriter};
use ingle::audio::RATE;

use self::member::{Lines, Member};
use self::process::{Cost, Relay, Watch};

/// How long each half is measured.
const SPAN: Duration = Duration::from_secs(30);
/// How long all get to join and settle.
const SETTLE: Duration = Duration::from_secs(6);
const LISTENERS: usize = 11;

fn main() -> ExitCode {
    if !Path::new("/proc/self/stat").exists() {
        println!("circle: skipped, because this system has no /proc to read memory and processor time from");
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("circle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> io::Result<()> {
    let dir = tempfile::tempdir()?;
    let voice = |who: &str| speak(dir.path(), who);
    let relay = Relay::start()?;
    let talker = Member::host(&relay.address, &voice("ana")?)?;
    let code = talker.code()?;
    let join = |name: &str, mic: &str| Member::join(&relay.address, &code, name, mic, &dir.path().join(name));
    let mut listeners =
        (0..LISTENERS).map(|n| join(&format!("Listener{n}"), "null")).collect::<io::Result<Vec<_>>>()?;

    std::thread::sleep(SETTLE);
    let one = Half::measure(&relay, &talker, &listeners)?;

    drop(listeners.pop());
    let both = join("Second", &voice("bo")?)?;
    std::thread::sleep(SETTLE);
    let two = Half::measure(&relay, &both, &listeners)?;

    println!("\nTwelve on loopback for {} s: 12 kbps, 60 ms, without pause", SPAN.as_secs());
    println!("{:44}{:>10}{:>10}{:>11}{:>11}", "", "memory", "one core", "kbps up", "kbps down");
    row("relay, one talks", &one.relay, None, Some((20.0, 3.0)));
    row("the talker", &one.talker, Some(one.talker_lines), None);
    row("a listener (the mean of them)", &one.listener, Some(one.listener_lines), None);
    row("relay, two talk", &two.relay, None, None);
    row("a talker who listens to another", &two.talker, Some(two.talker_lines), Some((40.0, 6.0)));
    row("a listener to two (the mean of them)", &two.listener, Some(two.listener_lines), None);
    let deaf = one.deaf + two.deaf;
    if deaf == 0 { Ok(()) } else { Err(Error::other(format!("{deaf} of the listeners did not hear who talked"))) }
}

/// What was measured while somebody talked.
struct Half {
    relay: Cost,
    talker: Cost,
    talker_lines: Lines,
    listener: Cost,
    listener_lines: Lines,
    deaf: usize,
}

impl Half {
    fn measure(relay: &Relay, talker: &Member, listeners: &[Member]) -> io::Result<Self> {
        let (watch_relay, watch_talker) = (Watch::start(relay.id())?, Watch::start(talker.id())?);
        let watches = listeners.iter().map(|member| Watch::start(member.id())).collect::<io::Result<Vec<_>>>()?;
        let from: Vec<_> = std::iter::once(talker).chain(listeners).map(Member::lines_so_far).collect();
        std::thread::sleep(SPAN);
        let (relay, talker_cost) = (watch_relay.cost()?, watch_talker.cost()?);
        let costs = watches.iter().map(Watch::cost).collect::<io::Result<Vec<_>>>()?;
        let lines = listeners.iter().zip(&from[1..]).map(|(member, from)| member.lines(*from));
        Ok(Self {
            relay,
            talker: talker_cost,
            talker_lines: talker.lines(from[0]),
            listener: Cost::mean(&costs),
            listener_lines: Lines::mean(&lines.collect::<Vec<_>>()),
            deaf: listeners.iter().filter(|member| !member.hears()).count(),
        })
    }
}

fn row(who: &str, cost: &Cost, lines: Option<Lines>, target: Option<(f64, f64)>) {
    let (up, down) = lines.map_or_else(Default::default, |l| (format!("{:.1}", l.up), format!("{:.1}", l.down)));
    println!("{who:44}{:>7.1} MB{:>8.2} %{up:>11}{down:>11}", cost.memory_mb, cost.share);
    if let Some((memory, share)) = target {
        let verdict = if cost.memory_mb < memory && cost.share < share { "kept" } else { "missed" };
        println!("{:44}{memory:>7.0} MB{share:>8.0} %   {verdict}", "  wanted: under");
    }
}

/// A practice member's voice as what a client takes for its microphone.
fn speak(dir: &Path, who: &str) -> io::Result<String> {
    let path: PathBuf = dir.join(format!("{who}.wav"));
    let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut wav = WavWriter::create(&path, spec).map_err(Error::other)?;
    for sample in speech::of(who)? {
        wav.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).map_err(Error::other)?;
    }
    wav.finalize().map_err(Error::other)?;
    Ok(format!("file:{},loop", path.display()))
}
