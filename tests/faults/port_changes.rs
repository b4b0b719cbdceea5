//! A router that gives its members' lines another port every 20 s: on Linux as root, with real programs.

use std::path::Path;
use std::time::Duration;

use hound::WavReader;
use ingle::audio::RATE;
use serde_json::json;
use tempfile::TempDir;

use super::harness::{Person, sound};
use super::router::Home;

const RELAY: &str = "6.6.6.2:7000";
/// How long a port lasts.
const EVERY: Duration = Duration::from_secs(20);
/// How long members behind the router may hear nothing, and how long others may hear nothing of them, as after any move.
const GAP: Duration = Duration::from_millis(300);
const GAP_OUTSIDE: Duration = Duration::from_millis(1500);
/// Samples in 20 ms, and from which level on they are speech.
const BLOCK: usize = RATE as usize / 50;
const LOUD: f32 = 0.008;

fn is_loud(block: &[f32]) -> bool {
    (block.iter().map(|sample| sample * sample).sum::<f32>() / block.len() as f32).sqrt() > LOUD
}

/// Speech without a pause.
fn talk_without_pause(dir: &Path) -> String {
    let spoken: Vec<f32> =
        sound::voice("ana-01").chunks(BLOCK).filter(|block| is_loud(block)).flatten().copied().collect();
    sound::looped(&sound::write(dir, "talk", spoken.into_iter()))
}

/// Somebody whose loudspeaker is a file.
struct Listener {
    person: Person,
    name: &'static str,
}

/// The longest time without a sound in what was played, but for its first seconds and its last one.
fn longest_gap(played: &Path) -> Duration {
    let mut reader = WavReader::open(played).expect("a wav file");
    let all: Vec<f32> = reader.samples::<i16>().map_while(Result::ok).map(|s| f32::from(s) / 32_768.0).collect();
    let blocks: Vec<bool> = all.chunks_exact(BLOCK).map(is_loud).collect();
    let steady = blocks.get(400..blocks.len().saturating_sub(50)).unwrap_or_default();
    assert!(steady.contains(&true), "nothing was heard");
    let longest = steady.split(|loud| *loud).map(<[bool]>::len).max().unwrap_or_default();
    Duration::from_millis(20 * longest as u64)
}

#[test]
#[ignore = "takes networks of its own, and INGLE_NAT_S seconds, or 75; make soak"]
fn a_port_that_changes_every_20_seconds_is_not_heard() {
    let mut home = match Home::make("ingle-nat") {
        Ok(home) => home,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    if let Err(why) = home.router(&["conntrack", "-L"]) {
        return println!("skipped: tools/setup.sh soak installs conntrack: {}", why.trim());
    }
    let span = std::env::var("INGLE_NAT_S").ok().and_then(|span| span.parse().ok()).unwrap_or(75);
    home.start_relay(RELAY);
    let dir = tempfile::tempdir().expect("a directory");
    let talk = talk_without_pause(dir.path());
    let come = |place: &str, name: &'static str, mic: &str, how: &[&str]| {
        let speaker = format!("file:{}", ear(&dir, name).display());
        let more = ["--relay", RELAY, "--name", name, "--mic", mic, "--speaker", &speaker, "--open-mic"];
        Listener { person: home.person_with(place, &[how, &more].concat()), name }
    };
    let mut hilda = come("out", "Hilda", &talk, &["host", "--open-door"]);
    let code = hilda.person.wait(json!({ "event": "hosting" })).event["code"].as_str().expect("a code").to_owned();
    let mut ana = come("home", "Ana", &talk, &["join", &code]);
    // Whoever says nothing sends next to nothing.
    let mut ben = come("home", "Ben", "null", &["join", &code]);
    for guest in [&mut ana, &mut ben] {
        guest.person.wait(json!({ "event": "joined" }));
    }
    let marks = [&mut ana, &mut ben].map(|guest| guest.person.mark());
    for port in 0..span / EVERY.as_secs() {
        std::thread::sleep(EVERY);
        let rule = format!(
            "insert rule inet filter after oifname wan meta l4proto udp masquerade to :{}",
            20_000 + port * 100
        );
        let range = format!("{rule}-{}", 20_099 + port * 100);
        home.router(&[&["nft"], &range.split(' ').collect::<Vec<_>>()[..]].concat()).expect("another port");
        home.router(&["conntrack", "-D", "-p", "udp"]).expect("forgotten");
    }
    std::thread::sleep(Duration::from_secs(5));
    for (guest, mark) in [&mut ana, &mut ben].into_iter().zip(marks) {
        let cut = guest.person.since(mark, json!({ "event": "line" })).len();
        assert_eq!(cut, 0, "{}'s line was taken for cut", guest.name);
    }
    for listener in [&mut ana, &mut ben, &mut hilda] {
        listener.person.say("/quit");
    }
    for listener in [ana, ben, hilda] {
        assert_eq!(listener.person.end().code, Some(0));
        let gap = longest_gap(&ear(&dir, listener.name));
        println!("{} hears nothing for {gap:?} at most", listener.name);
        assert!(gap <= if listener.name == "Hilda" { GAP_OUTSIDE } else { GAP }, "{gap:?}");
    }
}

fn ear(dir: &TempDir, name: &str) -> std::path::PathBuf {
    dir.path().join(name).with_extension("wav")
}
