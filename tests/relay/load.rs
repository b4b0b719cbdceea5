//! The program `ingle-load`, against a relay of this process.

use std::process::{Command, Stdio};

use ingle::relay::server::Server;
use ingle::transport::Identity;

use super::process::free_port;
use super::support::run;

/// What the program says last, on standard output.
fn load(relay: &str, options: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingle-load"));
    command.args(["--relay", relay]).args(options).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().expect("started");
    let said = String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned();
    (output.status.code(), said)
}

fn number(line: &str, field: &str) -> f64 {
    let rest = line.split(&format!("\"{field}\":")).nth(1).unwrap_or_else(|| panic!("no {field} in {line}"));
    let value = rest.split([',', '}']).next().unwrap_or_default();
    value.parse().unwrap_or_else(|_| panic!("{field} is no number in {line}"))
}

#[test]
fn a_load_founds_its_rooms_and_tells_what_was_heard() {
    let line = run(async {
        let relay =
            Server::start_as(&Identity::ephemeral().expect("a key"), "127.0.0.1:0".parse().expect("an address"))
                .expect("started");
        let at = relay.addr().to_string();
        // More rooms and members than one household may have at once.
        let options =
            ["--rooms", "18", "--members", "4", "--talkers", "2", "--frame-ms", "60", "--seconds", "2", "--json"];
        let (code, line) = tokio::task::spawn_blocking(move || load(&at, &options)).await.expect("no panic");
        assert_eq!(code, Some(0));
        line
    });
    let frames = f64::from(2000_u16.div_ceil(60));
    assert_eq!(number(&line, "connects"), 72.0, "{line}");
    assert_eq!(number(&line, "failed"), 0.0, "{line}");
    // Those who begin later within a packet have one less to say.
    let offered = number(&line, "offered");
    assert!((18.0 * 2.0 * 3.0 * (frames - 1.0)..=18.0 * 2.0 * 3.0 * frames).contains(&offered), "{line}");
    assert_eq!(number(&line, "delivered"), offered, "{line}");
    assert!(number(&line, "delay_p50_ms") > 0.0 && number(&line, "delay_p99_ms") > 0.0, "{line}");
}

#[test]
fn a_load_without_a_relay_says_so_and_what_to_write() {
    let (code, line) = load("nowhere", &["--json"]);
    assert_eq!((code, line.as_str()), (Some(1), ""));
}

#[test]
fn a_relay_that_is_not_there_is_counted_as_a_failure() {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = socket.local_addr().expect("bound").to_string();
    drop(socket);
    let (code, line) = load(&at, &["--rooms", "1", "--members", "2", "--seconds", "0", "--json"]);
    assert_eq!(code, Some(0));
    assert!(number(&line, "failed") >= 2.0, "{line}");
    assert_eq!((number(&line, "connects"), number(&line, "delivered")), (0.0, 0.0));
}

/// What the program says last, against a relay of this process.
fn against_a_relay(options: &'static [&'static str]) -> String {
    run(async {
        let relay =
            Server::start_as(&Identity::ephemeral().expect("a key"), "127.0.0.1:0".parse().expect("an address"))
                .expect("started");
        let at = relay.addr().to_string();
        let (code, line) = tokio::task::spawn_blocking(move || load(&at, options)).await.expect("no panic");
        assert_eq!(code, Some(0));
        line
    })
}

#[test]
fn connections_are_counted_and_so_are_knocks_and_their_answers() {
    let line = against_a_relay(&["--connects", "300", "--json"]);
    let of = |field| number(&line, field);
    assert_eq!((of("offered"), of("delivered"), of("connects"), of("failed")), (300.0, 300.0, 300.0, 0.0), "{line}");
    let line = against_a_relay(&["--knocks", "100", "--per-second", "100", "--json"]);
    let of = |field| number(&line, field);
    assert_eq!((of("offered"), of("delivered"), of("failed")), (100.0, 100.0, 0.0), "{line}");
    assert!(of("founding_s") >= 0.9 && of("delay_p99_ms") > 0.0, "{line}");
}

#[test]
fn a_relay_is_killed_and_started_again_under_the_load() {
    let dir = tempfile::tempdir().expect("a directory");
    let at = free_port().to_string();
    let relay = env!("CARGO_BIN_EXE_ingle-relay");
    let command = format!("{relay} --listen {at} --data-dir {}", dir.path().display());
    let (code, line) =
        load(&at, &["--restart", &command, "--rooms", "2", "--members", "3", "--seconds", "24", "--json"]);
    assert_eq!(code, Some(0));
    assert_eq!((number(&line, "returned"), number(&line, "failed")), (6.0, 0.0), "{line}");
    assert!(number(&line, "return_p99_ms") < 12_000.0, "{line}");
}
