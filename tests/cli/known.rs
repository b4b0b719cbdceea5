//! A relay met for the first time, known from before, or with another key than it had.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Ended, Group, Person, Relay, Running, SILENT, Terminal, ingle};

/// A host for one second, which remembers relays in `dir`.
fn hosting_at(relay: &str, dir: &Path, more: &[&str]) -> Command {
    let mut command =
        ingle(&[&["host", "--relay", relay, "--seconds", "1", "--name", "Hilda"], more, &SILENT[..]].concat());
    command.env("INGLE_CONFIG_DIR", dir);
    command
}

fn host(relay: &str, dir: &Path, more: &[&str]) -> Ended {
    Running::start(hosting_at(relay, dir, more).arg("--json")).end()
}

/// All events of one kind.
fn events(ended: &Ended, kind: &str) -> Vec<Value> {
    let all = ended.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("an object"));
    all.filter(|event| event["event"] == kind).collect()
}

fn came_in(ended: &Ended) {
    assert_eq!((ended.code, events(ended, "joined").len()), (Some(0), 1), "{ended:?}");
}

fn dir() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

/// A relay on the same port, with another key.
fn another_key(relay: Relay) -> Relay {
    let (at, key) = (relay.at.clone(), relay.key.clone());
    drop(relay);
    let relay = Relay::at(&at);
    assert_ne!(relay.key, key);
    relay
}

#[test]
fn a_relay_is_named_at_the_first_meeting_and_known_at_the_next() {
    let (relay, dir) = (Relay::start(), dir());
    let first = host(&relay.at, dir.path(), &[]);
    came_in(&first);
    let told = events(&first, "new_relay");
    assert_eq!(
        (told.len(), &told[0]["relay"], &told[0]["key"]),
        (1, &relay.at.clone().into(), &relay.key.clone().into())
    );
    assert!(told[0]["message"].as_str().is_some_and(|said| said.contains("first time") && said.contains(&relay.key)));
    assert!(events(&first, "error").is_empty(), "{first:?}");
    let again = host(&relay.at, dir.path(), &[]);
    came_in(&again);
    assert!(events(&again, "new_relay").is_empty() && events(&again, "error").is_empty(), "{again:?}");
    let text = fs::read_to_string(dir.path().join("known-relays")).expect("kept");
    assert!(text.lines().any(|line| line.starts_with(&format!("{} ", relay.at))), "{text}");

    let plain =
        Running::start(hosting_at(&relay.at, dir.path().join("other").as_path(), &["--plain"]).arg("--plain")).end();
    assert!(plain.code == Some(2), "twice is too often: {plain:?}");
    let plain = Running::start(&mut hosting_at(&relay.at, dir.path().join("other").as_path(), &["--plain"])).end();
    assert!(
        plain.out.starts_with(&format!("This is the first time this computer meets the relay {}.", relay.at)),
        "{plain:?}"
    );
}

#[test]
fn another_key_stops_it_until_the_person_accepts_it() {
    let (relay, dir) = (Relay::start(), dir());
    came_in(&host(&relay.at, dir.path(), &[]));
    let relay = another_key(relay);
    let kept = fs::read(dir.path().join("known-relays")).expect("kept");
    let changed = host(&relay.at, dir.path(), &[]);
    changed.failed(1, "has another key than last time, so nothing was sent to it.", "--accept-relay-key");
    assert!(changed.err.contains(&relay.key), "{changed:?}");
    assert_eq!(events(&changed, "error").len(), 1);
    assert!(events(&changed, "joined").is_empty());
    let wrong = host(&relay.at, dir.path(), &["--accept-relay-key", &"ab".repeat(16)]);
    wrong.failed(1, "has another key than the one you were told", "by telephone");
    let none = host(&relay.at, dir.path(), &["--accept-relay-key", "yes"]);
    none.failed(2, "is not the key of a relay.", "8 groups of four");
    assert_eq!(fs::read(dir.path().join("known-relays")).expect("kept"), kept, "nothing is remembered by a failure");

    came_in(&host(&relay.at, dir.path(), &["--accept-relay-key", &relay.key.to_uppercase()]));
    came_in(&host(&relay.at, dir.path(), &[]));
    let elsewhere = dir.path().join("elsewhere");
    let wrong = host(&relay.at, &elsewhere, &["--accept-relay-key", &"ab".repeat(16)]);
    wrong.failed(1, "has another key than the one you were told", "by telephone");
    assert!(!elsewhere.exists(), "at a first meeting as well");
}

#[test]
fn unusable_files_are_told_and_the_session_goes_on() {
    let (relay, dir) = (Relay::start(), dir());
    let file = dir.path().join("known-relays");
    fs::write(&file, format!("{} 12ab\n", relay.at)).expect("written");
    for _ in 0..2 {
        let damaged = host(&relay.at, dir.path(), &[]);
        came_in(&damaged);
        let told = events(&damaged, "error");
        assert!(told.len() == 1 && told[0]["message"].as_str().is_some_and(|said| said.contains("can't be read")));
    }
    assert!(fs::read_to_string(&file).expect("there").contains(" 12ab\n"), "it is for its owner to mend");

    fs::write(&file, [0xff; 100]).expect("written");
    let unread = host(&relay.at, dir.path(), &[]);
    came_in(&unread);
    assert_eq!(events(&unread, "error").len(), 1);
    assert_eq!(fs::read(&file).expect("there"), [0xff; 100]);

    // Nobody can write into a file as if it were a directory, not even root.
    let unkept = host(&relay.at, &file.join("within"), &[]);
    came_in(&unkept);
    let told = events(&unkept, "error");
    assert_eq!(told.len(), 1, "{unkept:?}");
}

/// A host whose own computer is the relay, with this place for what is kept.
fn own_relay(dir: &Path) -> Person {
    let mut command = ingle(&[&["host", "--listen", "localhost:0", "--name", "Hilda", "--json"], &SILENT[..]].concat());
    Person::spawn(command.env("INGLE_CONFIG_DIR", dir).stdin(Stdio::piped()))
}

/// Where it is and which key it has, as the host is told.
fn hosting(host: &mut Person) -> (String, String, String) {
    let event = host.wait(json!({ "event": "hosting" })).event.clone();
    let text = |name: &str| event[name].as_str().expect("a text").to_owned();
    (text("code"), text("relay"), text("key"))
}

#[test]
fn a_hosts_own_relay_keeps_its_key_and_shows_it() {
    let (dir, guests) = (dir(), dir());
    let config = dir.path().join("new/ingle");
    let mut host = own_relay(&config);
    let (code, relay, key) = hosting(&mut host);
    let mut guest = ingle(&[&["join", &code, "--relay", &relay, "--json"], &SILENT[..]].concat());
    let mut guest = Person::spawn(guest.env("INGLE_CONFIG_DIR", guests.path()).stdin(Stdio::piped()));
    assert_eq!(guest.wait(json!({ "event": "new_relay" })).event["key"], *key, "the guest is shown the same");
    // Another one beside it on this computer.
    let mut other = own_relay(&config);
    let (_, beside, same) = hosting(&mut other);
    assert_eq!((beside == relay, &same), (false, &key));
    for mut host in [host, other] {
        host.wait(json!({ "event": "joined" }));
        host.say("/quit");
        let ended = host.end();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(events(&ended, "new_relay").is_empty() && events(&ended, "error").is_empty(), "{ended:?}");
    }
    let mut again = own_relay(&config);
    assert_eq!(hosting(&mut again).2, key, "nobody who comes again is told of another key");
    let names: Vec<_> = fs::read_dir(&config).expect("there").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(names, ["relay.key"], "the host's own relay is none that was met");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(config.join("relay.key")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn of_several_ways_to_a_relay_the_one_that_works_is_taken() {
    let (mut group, dir) = (Group::open(), dir());
    // Bound, so that nobody else answers there; what comes is left unread.
    let deaf = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let deaf = deaf.local_addr().expect("bound").to_string();
    let text = format!("ingle join {} --relay \"{deaf},127.0.0.1:9,{}\"", group.code, group.relay.at);
    let mut guest = ingle(&[&["join", &text, "--name", "Ana", "--json"], &SILENT[..]].concat());
    let mut guest = Person::spawn(guest.env("INGLE_CONFIG_DIR", dir.path()).stdin(Stdio::piped()));
    assert_eq!(guest.wait(json!({ "event": "new_relay" })).event["relay"], *group.relay.at);
    guest.wait(json!({ "event": "joined" }));
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    let kept = fs::read_to_string(dir.path().join("known-relays")).expect("kept");
    assert!(!kept.contains(&deaf) && kept.contains(&group.relay.at), "only what was reached is known: {kept}");
    // Where no way works, all of them are named.
    let ended = Running::start(&mut ingle(
        &[&["join", &group.code, "--relay", &format!("127.0.0.1:9,{deaf}")], &SILENT[..]].concat(),
    ))
    .end();
    ended.failed(1, &format!("Nothing answers at 127.0.0.1:9 or {deaf}."), "Check the port");
}

#[test]
fn a_code_alone_leads_to_the_relay_that_was_used_last() {
    let (mut group, dir) = (Group::open(), dir());
    let join = |more: &[&str]| {
        let mut command = ingle(&[&["join", &group.code, "--name", "Ana", "--json"], more, &SILENT[..]].concat());
        command.env("INGLE_CONFIG_DIR", dir.path()).stdin(Stdio::piped());
        command
    };
    // Nobody has used one.
    Running::start(&mut join(&[])).end().failed(2, "not known which relay the group meets at.", "--relay HOST:PORT");
    for more in [&["--relay", &group.relay.at][..], &[]] {
        let mut ana = Person::spawn(&mut join(more));
        ana.wait(json!({ "event": "joined" }));
        group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
        ana.say("/quit");
        let ended = ana.end();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let told = events(&ended, "relay_found");
        assert_eq!(told.len(), usize::from(more.is_empty()), "{ended:?}");
        let named = |event: &Value| event["relay"] == *group.relay.at && event["nearby"] == false;
        assert!(told.iter().all(named), "{ended:?}");
        group.host.wait(json!({ "event": "member", "name": "Ana", "state": "gone" }));
    }
    let kept = fs::read_to_string(dir.path().join("last-relay")).expect("kept");
    assert_eq!(kept, format!("{}\n", group.relay.at), "no code and no name");
}

#[test]
fn a_hosts_relay_key_that_can_not_be_kept_is_new_and_told() {
    let dir = dir();
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    // Nobody can write into a file as if it were a directory, not even root.
    let mut unkept = own_relay(&file.join("within"));
    let first = hosting(&mut unkept).2;
    unkept.wait(json!({ "event": "joined" }));
    unkept.say("/quit");
    let ended = unkept.end();
    let told = events(&ended, "error");
    assert_eq!((ended.code, told.len()), (Some(0), 1), "{ended:?}");
    assert!(told[0]["message"].as_str().is_some_and(|said| said.contains("a new key this time")), "{told:?}");
    // Where nothing is to be kept, that is no trouble.
    let mut nothing = own_relay(Path::new(""));
    assert_ne!(hosting(&mut nothing).2, first);
    nothing.wait(json!({ "event": "joined" }));
    nothing.say("/quit");
    let ended = nothing.end();
    assert!(events(&ended, "error").is_empty(), "{ended:?}");
}

/// A certificate for `localhost` by an authority of our own, whose certificate is written to `root.pem`.
fn certificate(dir: &Path) {
    let (authority, own) = (KeyPair::generate().expect("a key"), KeyPair::generate().expect("a key"));
    let mut root = CertificateParams::new(vec![]).expect("no names");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_certificate = root.self_signed(&authority).expect("signed");
    let issuer = Issuer::new(root, authority);
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).expect("a name").signed_by(&own, &issuer).expect("signed");
    fs::write(dir.join("root.pem"), root_certificate.pem()).expect("written");
    fs::write(dir.join("cert.pem"), certificate.pem()).expect("written");
    let key = dir.join("key.pem");
    fs::write(&key, own.serialize_pem()).expect("written");
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
}

/// On Linux the environment can name the file with the trusted authorities.
#[test]
#[cfg(target_os = "linux")]
fn a_relay_certified_for_its_name_may_change_its_key() {
    let (first, config) = (dir(), dir());
    certificate(first.path());
    let roots = config.path().join("root.pem");
    fs::copy(first.path().join("root.pem"), &roots).expect("copied");
    let relay = Relay::certified("127.0.0.1:0", first);
    let by_name = relay.at.replace("127.0.0.1", "localhost");
    let trusting = |relay: &str, roots: &Path| {
        let mut command = hosting_at(relay, config.path(), &["--json"]);
        Running::start(command.env("SSL_CERT_FILE", roots).env_remove("SSL_CERT_DIR")).end()
    };
    let vouched = trusting(&by_name, &roots);
    came_in(&vouched);
    assert!(events(&vouched, "new_relay").is_empty() && events(&vouched, "error").is_empty(), "{vouched:?}");

    // By its address there is no name to vouch for.
    assert_eq!(events(&trusting(&relay.at, &roots), "new_relay").len(), 1);

    // Another key with another certificate, by an authority that this computer trusts.
    let (at, second) = (relay.at.clone(), dir());
    certificate(second.path());
    let other_roots = config.path().join("other.pem");
    fs::copy(second.path().join("root.pem"), &other_roots).expect("copied");
    drop(relay);
    let relay = Relay::certified(&at, second);
    let distrusted = trusting(&by_name, &roots);
    distrusted.failed(1, "has another key than last time", &relay.key);
    let renewed = trusting(&by_name, &other_roots);
    came_in(&renewed);
    assert!(events(&renewed, "new_relay").is_empty() && events(&renewed, "error").is_empty(), "{renewed:?}");
    // From here on it is known by its key, should the certificate run out.
    came_in(&trusting(&by_name, &roots));
}

/// A certificate doesn't speak for a relay that was met by its key, nor against a key that was given.
#[test]
#[cfg(target_os = "linux")]
fn a_certificate_of_a_relay_known_by_key_is_asked_about_once() {
    let (relay, config) = (Relay::start(), dir());
    let (at, by_name) = (relay.at.clone(), relay.at.replace("127.0.0.1", "localhost"));
    came_in(&host(&by_name, config.path(), &[]));
    drop(relay);
    // The same place, with a certificate that this computer trusts.
    let certified = |roots: &str| {
        let dir = dir();
        certificate(dir.path());
        fs::copy(dir.path().join("root.pem"), config.path().join(roots)).expect("copied");
        Relay::certified(&at, dir)
    };
    let trusting = |roots: &str, more: &[&str]| {
        let mut command = hosting_at(&by_name, config.path(), more);
        command.env("SSL_CERT_FILE", config.path().join(roots)).env_remove("SSL_CERT_DIR");
        command
    };
    let run = |roots: &str, more: &[&str]| Running::start(trusting(roots, more).arg("--json")).end();
    let relay = certified("one.pem");
    let changed = run("one.pem", &[]);
    changed.failed(1, "another key than last time, now with a certificate for its name", "--accept-relay-key");
    let wrong = run("one.pem", &["--accept-relay-key", &"ab".repeat(16)]);
    wrong.failed(1, "has another key than the one you were told", "by telephone");
    // A key that is given is taken for itself; so the next one is asked about as well.
    came_in(&run("one.pem", &["--accept-relay-key", &relay.key]));
    drop(relay);
    let relay = certified("two.pem");
    run("two.pem", &[]).failed(1, "now with a certificate for its name", "--accept-relay-key");
    let mut asked = Terminal::of(80, 24, trusting("two.pem", &["--plain"]));
    asked.shows(0, "After that its certificate is enough.");
    asked.press(&format!("{}\n", relay.key));
    assert_eq!(asked.end(), Some(0));
    drop(relay);
    let relay = certified("three.pem");
    came_in(&run("three.pem", &[]));
    let wrong = run("three.pem", &["--accept-relay-key", &"ab".repeat(16)]);
    wrong.failed(1, "has another key than the one you were told", "by telephone");
    // At a first meeting too.
    let elsewhere = config.path().join("elsewhere");
    let mut first = hosting_at(&by_name, &elsewhere, &["--accept-relay-key", &"ab".repeat(16), "--json"]);
    first.env("SSL_CERT_FILE", config.path().join("three.pem")).env_remove("SSL_CERT_DIR");
    Running::start(&mut first).end().failed(1, "has another key than the one you were told", "by telephone");
    drop(relay);
}

#[test]
#[cfg(target_os = "linux")]
fn in_a_terminal_the_person_is_asked_for_the_new_key() {
    let (relay, dir) = (Relay::start(), dir());
    came_in(&host(&relay.at, dir.path(), &[]));
    let relay = another_key(relay);
    let start = |more: &[&str]| {
        let arguments = [&["host", "--relay", &relay.at, "--name", "Hilda"], more, &SILENT[..]].concat();
        let mut command = ingle(&arguments);
        command.env("INGLE_CONFIG_DIR", dir.path());
        Terminal::of(80, 24, command)
    };
    for more in [&[][..], &["--plain"]] {
        let mut stopped = start(more);
        stopped.shows(0, "type it here");
        assert!(!stopped.is_raw());
        stopped.press("\n");
        assert_eq!(stopped.end(), Some(1));
        stopped.shows(0, "--accept-relay-key");
    }
    let mut interrupted = start(&[]);
    interrupted.shows(0, "type it here");
    interrupted.signal("INT");
    assert_eq!(interrupted.end(), Some(1));
    let mut accepted = start(&[]);
    accepted.shows(0, "type it here");
    accepted.press(&format!("{}\n", relay.key));
    accepted.shows(0, "Nobody");
    assert!(accepted.is_raw());
    accepted.press("q");
    accepted.shows(0, "Leave");
    accepted.press("y");
    assert_eq!(accepted.end(), Some(0));
    came_in(&host(&relay.at, dir.path(), &[]));
}
