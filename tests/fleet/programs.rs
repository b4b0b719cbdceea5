//! Three relays and an etcd, programs of their own, that end with the test.
#![allow(dead_code, reason = "two test programs share this, and each uses its own part")]

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::{self, free_port};

const PATIENCE: Duration = Duration::from_secs(30);

/// A program that ends with the test.
pub(crate) struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Program {
    pub(crate) fn signal(&self, name: &str) {
        process::signal(self.0.id(), name);
    }
}

/// Debian's etcd, which `tools/setup.sh test` installs.
pub(crate) struct Etcd {
    url: String,
    peer: String,
    dir: TempDir,
    program: Option<Program>,
}

impl Etcd {
    fn start() -> Self {
        let [url, peer] = [(); 2].map(|()| format!("http://{}", free_port()));
        let mut etcd = Self { url, peer, dir: tempfile::tempdir().expect("a directory"), program: None };
        etcd.start_again();
        etcd
    }

    pub(crate) fn start_again(&mut self) {
        let mut command = Command::new("etcd");
        command.args(["--name", "one", "--listen-client-urls", &self.url, "--advertise-client-urls", &self.url]);
        command.args(["--listen-peer-urls", &self.peer, "--initial-advertise-peer-urls", &self.peer]);
        command.args(["--initial-cluster", &format!("one={}", self.peer), "--data-dir"]).arg(self.dir.path());
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.program = Some(Program(child.expect("etcd, which tools/setup.sh test installs")));
        let address = self.url.trim_start_matches("http://");
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(start.elapsed() < PATIENCE, "etcd doesn't listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn kill(&mut self) {
        self.program = None;
    }
}

pub(crate) struct Relay {
    pub(crate) program: Program,
    pub(crate) at: String,
    metrics: SocketAddr,
    _dir: TempDir,
}

impl Relay {
    fn start(etcd: &str, shared: &Path) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let (at, metrics) = (free_port().to_string(), free_port());
        let mut command = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
        command.args(["--listen", &at, "--fleet-etcd", etcd, "--fleet-address", &at, "--fleet-region", "here"]);
        command.args(["--metrics", &metrics.to_string()]);
        command.arg("--fleet-key").arg(shared).arg("--data-dir").arg(dir.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut program = Program(command.spawn().expect("started"));
        let mut line = String::new();
        let out = program.0.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        assert!(line.starts_with("ingle-relay listens"), "{line}");
        Self { program, at, metrics, _dir: dir }
    }

    /// One of its figures.
    pub(crate) fn figure(&self, name: &str) -> Option<u64> {
        process::figure(self.metrics, name)
    }
}

/// Three of them, which know of each other.
pub(crate) struct Fleet {
    pub(crate) etcd: Etcd,
    pub(crate) relays: Vec<Relay>,
    _shared: TempDir,
}

impl Fleet {
    pub(crate) fn start() -> Self {
        let (etcd, shared) = (Etcd::start(), tempfile::tempdir().expect("a directory"));
        let relays = (0..3).map(|_| Relay::start(&etcd.url, shared.path())).collect();
        Self { etcd, relays, _shared: shared }
    }

    pub(crate) fn with(&self, at: &str) -> &Relay {
        self.relays.iter().find(|relay| relay.at == at).expect("one of them")
    }

    pub(crate) fn but(&self, at: &str) -> Vec<String> {
        self.relays.iter().map(|relay| relay.at.clone()).filter(|other| other != at).collect()
    }
}
