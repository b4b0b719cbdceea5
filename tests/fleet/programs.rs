//! Three relays and an etcd, programs of their own, that end with the test.
#![allow(dead_code, reason = "two test programs share this, and each uses its own part")]

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
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

/// Debian's etcd, which `tools/setup.sh test` installs: one member or several.
pub(crate) struct Etcd {
    members: Vec<Member>,
    dir: TempDir,
    /// Whether it shows certificates, and asks for them.
    secure: bool,
}

struct Member {
    url: String,
    peer: String,
    program: Option<Program>,
}

impl Etcd {
    fn start(members: usize, secure: bool) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        if secure {
            certify(dir.path());
        }
        let scheme = if secure { "https" } else { "http" };
        let member = |_| Member {
            url: format!("{scheme}://{}", free_port()),
            peer: format!("http://{}", free_port()),
            program: None,
        };
        let mut etcd = Self { members: (0..members).map(member).collect(), dir, secure };
        etcd.start_again();
        etcd
    }

    /// The settings of a relay that uses it.
    fn settings(&self) -> Vec<String> {
        let urls: Vec<&str> = self.members.iter().map(|member| member.url.as_str()).collect();
        let mut settings = vec!["--fleet-etcd".to_owned(), urls.join(",")];
        if self.secure {
            for (name, file) in [("ca", "ca.pem"), ("cert", "relay.pem"), ("key", "relay.key")] {
                settings.extend([format!("--fleet-etcd-{name}"), self.file(file)]);
            }
        }
        settings
    }

    fn file(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    /// Starts the members that don't run.
    pub(crate) fn start_again(&mut self) {
        let name = |at: usize| format!("m{at}");
        let peers = self.members.iter().enumerate().map(|(at, member)| format!("{}={}", name(at), member.peer));
        let cluster = peers.collect::<Vec<_>>().join(",");
        for at in 0..self.members.len() {
            let Member { url, peer, program } = &self.members[at];
            if program.is_some() {
                continue;
            }
            let mut command = Command::new("etcd");
            command.args(["--name", &name(at), "--listen-client-urls", url, "--advertise-client-urls", url]);
            command.args(["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]);
            command.args(["--initial-cluster", &cluster, "--data-dir", &self.file(&name(at))]);
            if self.secure {
                command.args(["--client-cert-auth", "--trusted-ca-file", &self.file("ca.pem")]);
                command.args(["--cert-file", &self.file("etcd.pem"), "--key-file", &self.file("etcd.key")]);
            }
            let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            self.members[at].program = Some(Program(child.expect("etcd, which tools/setup.sh test installs")));
        }
        let start = Instant::now();
        for member in &self.members {
            let (_, address) = member.url.split_once("://").expect("a URL");
            while TcpStream::connect(address).is_err() {
                assert!(start.elapsed() < PATIENCE, "etcd doesn't listen");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }

    pub(crate) fn kill(&mut self) {
        self.members.iter_mut().for_each(|member| member.program = None);
    }

    /// Kills one of its members.
    pub(crate) fn kill_one(&mut self, at: usize) {
        self.members[at].program = None;
    }
}

/// Certificates of etcd's and of the relays', both signed by one authority.
fn certify(dir: &Path) {
    let write = |name: &str, pem: String| std::fs::write(dir.join(name), pem).expect("written");
    let mut authority = CertificateParams::new(vec![]).expect("no name");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    write("ca.pem", authority.self_signed(&key).expect("signed").pem());
    let issuer = Issuer::new(authority, key);
    for (name, place) in [("etcd", "127.0.0.1"), ("relay", "relay.invalid")] {
        let key = KeyPair::generate().expect("a key");
        let mut own = CertificateParams::new(vec![place.to_owned()]).expect("a name");
        // etcd's members ask one another for them too.
        own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        write(&format!("{name}.pem"), own.signed_by(&key, &issuer).expect("signed").pem());
        write(&format!("{name}.key"), key.serialize_pem());
    }
}

pub(crate) struct Relay {
    pub(crate) program: Program,
    pub(crate) at: String,
    metrics: SocketAddr,
    _dir: TempDir,
}

impl Relay {
    fn start(etcd: &Etcd, shared: &Path) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let (at, metrics) = (free_port().to_string(), free_port());
        let mut command = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
        command.args(["--listen", &at, "--fleet-address", &at, "--fleet-region", "here"]).args(etcd.settings());
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
        Self::with(Etcd::start(1, false))
    }

    /// With three members of etcd, each of which asks for certificates.
    pub(crate) fn start_secure() -> Self {
        Self::with(Etcd::start(3, true))
    }

    fn with(etcd: Etcd) -> Self {
        let shared = tempfile::tempdir().expect("a directory");
        let relays = (0..3).map(|_| Relay::start(&etcd, shared.path())).collect();
        Self { etcd, relays, _shared: shared }
    }

    pub(crate) fn relay(&self, at: &str) -> &Relay {
        self.relays.iter().find(|relay| relay.at == at).expect("one of them")
    }

    pub(crate) fn but(&self, at: &str) -> Vec<String> {
        self.relays.iter().map(|relay| relay.at.clone()).filter(|other| other != at).collect()
    }
}
