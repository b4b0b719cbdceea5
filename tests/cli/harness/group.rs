//! A relay's process and the first members of a group.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use serde_json::json;
use tempfile::TempDir;

use super::run::{collect, program, wait};
use super::{Person, SILENT, signal};

fn relay() -> Command {
    Command::new(program(env!("CARGO_BIN_EXE_ingle-relay")))
}

/// A relay's process on a free port, with a key of its own. Dropping kills it.
pub(crate) struct Relay {
    child: Child,
    out: BufReader<ChildStdout>,
    dir: TempDir,
    log: Option<JoinHandle<String>>,
    pub at: String,
    /// Its key's fingerprint.
    pub key: String,
}

impl Relay {
    pub(crate) fn start() -> Self {
        Self::at("127.0.0.1:0")
    }

    /// On an address of this machine.
    pub(crate) fn at(listen: &str) -> Self {
        Self::keeping(listen, tempfile::tempdir().expect("a directory"))
    }

    /// With this data directory.
    pub(crate) fn keeping(listen: &str, dir: TempDir) -> Self {
        let mut command = relay();
        command.args(["--listen", listen, "--data-dir"]).arg(dir.path()).stderr(Stdio::null());
        Self::spawn(command, dir)
    }

    /// With these arguments.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut command = relay();
        command.args(arguments).arg("--data-dir").arg(dir.path()).stderr(Stdio::null());
        Self::spawn(command, dir)
    }

    /// One that logs all it can.
    pub(crate) fn talkative() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut command = relay();
        command.args(["--listen", "127.0.0.1:0", "--log", "trace", "--data-dir"]).arg(dir.path());
        command.env("RUST_LOG", "trace").stderr(Stdio::piped());
        Self::spawn(command, dir)
    }

    /// With the certificate in `cert.pem` and the key in `key.pem`.
    pub(crate) fn certified(listen: &str, dir: TempDir) -> Self {
        let mut command = relay();
        command.args(["--listen", listen, "--cert"]).arg(dir.path().join("cert.pem"));
        command.arg("--key").arg(dir.path().join("key.pem")).stderr(Stdio::null());
        Self::spawn(command, dir)
    }

    fn spawn(command: Command, dir: TempDir) -> Self {
        let (mut child, out, at, key) = Self::started(command);
        let log = child.stderr.take().map(collect);
        Self { child, out, dir, log, at, key }
    }

    /// A relay that listens, with where it does and its key's fingerprint.
    fn started(mut command: Command) -> (Child, BufReader<ChildStdout>, String, String) {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("started");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let said = line.strip_prefix("ingle-relay listens on ").expect("where it listens");
        let (at, key) = said.trim_end().split_once(", fingerprint ").expect("an address and a fingerprint");
        let (at, key) = (at.to_owned(), key.to_owned());
        (child, out, at, key)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where it keeps its key.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Kills it, as when its machine loses power.
    pub(crate) fn crash(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Starts it again with the key that it had, on the same port.
    pub(crate) fn start_again(&mut self) {
        let mut command = relay();
        command.args(["--listen", &self.at, "--data-dir"]).arg(self.dir.path()).stderr(Stdio::null());
        let (child, out, at, key) = Self::started(command);
        assert_eq!((&at, &key), (&self.at, &self.key), "the same relay");
        (self.child, self.out) = (child, out);
    }

    /// Ends it in order, and returns all it has said on both streams.
    pub(crate) fn end(&mut self) -> String {
        signal(self.id(), "TERM");
        assert_eq!(wait(&mut self.child), Some(0));
        let mut said = String::new();
        self.out.read_to_string(&mut said).expect("text");
        said + &self.log.take().map(|log| log.join().expect("read")).unwrap_or_default()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A relay and a facilitator, Hilda, whom others can join.
pub(crate) struct Group {
    pub relay: Relay,
    pub host: Person,
    pub code: String,
}

impl Group {
    /// Everybody with the code is let in.
    pub(crate) fn open() -> Self {
        Self::hosted(&["--open-door"])
    }

    /// Hilda is asked for everybody.
    pub(crate) fn with_door() -> Self {
        Self::hosted(&[])
    }

    /// With more arguments for Hilda; she has no sound unless they give her some.
    pub(crate) fn hosted(more: &[&str]) -> Self {
        Self::hosted_at(Relay::start(), more)
    }

    /// The same, at a relay.
    pub(crate) fn hosted_at(relay: Relay, more: &[&str]) -> Self {
        let arguments = [&["host", "--relay", &relay.at, "--name", "Hilda"], more, sound(more)].concat();
        let mut host = Person::start(&arguments);
        let hosting = host.wait(json!({ "event": "hosting" })).event.clone();
        host.wait(json!({ "event": "joined", "me": "Hilda" }));
        let code = hosting["code"].as_str().expect("a code").to_owned();
        Self { relay, host, code }
    }

    /// A guest at the door, over `relay`.
    pub(crate) fn knock_over(&self, relay: &str, name: &str, more: &[&str]) -> Person {
        Person::start(&[&["join", &self.code, "--relay", relay, "--name", name], more, sound(more)].concat())
    }

    /// A guest at the door.
    pub(crate) fn knock(&self, name: &str, more: &[&str]) -> Person {
        self.knock_over(&self.relay.at, name, more)
    }

    /// A member who has come in, and whom Hilda sees.
    pub(crate) fn join(&mut self, name: &str, more: &[&str]) -> Person {
        let person = self.knock(name, more);
        self.arrived(person, name)
    }

    /// The same, with the relay reached at another address.
    pub(crate) fn join_over(&mut self, relay: &str, name: &str) -> Person {
        let person = self.knock_over(relay, name, &[]);
        self.arrived(person, name)
    }

    /// A member whose process is started by another program.
    pub(crate) fn join_by(&mut self, starter: &[&str], name: &str) -> Person {
        let arguments = [&["join", &self.code, "--relay", &self.relay.at, "--name", name], &SILENT[..]].concat();
        self.arrived(Person::start_by(starter, &arguments), name)
    }

    fn arrived(&mut self, mut person: Person, name: &str) -> Person {
        person.wait(json!({ "event": "joined" }));
        self.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        person
    }
}

fn sound<'a>(more: &[&str]) -> &'a [&'static str] {
    if more.contains(&"--mic") { &[] } else { &SILENT }
}
