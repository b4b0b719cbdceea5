//! The program `ingle-relay`: starting, failing to start, stopping.

use std::io::{BufRead, BufReader, Read};
use std::net::UdpSocket;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use ingle::transport::{Dial, dial};

use super::process;
use super::support::{Member, run};

pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
    command.env_remove("INGLE_DATA_DIR").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A relay of its own process that is gone with the test.
pub(crate) struct Running {
    pub(crate) child: Child,
    _stdout: BufReader<ChildStdout>,
    pub(crate) addr: String,
    pub(crate) fingerprint: String,
}

impl Running {
    fn start(data_dir: &Path) -> Self {
        Self::spawn(command().args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(data_dir))
    }

    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("started");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let said = line.trim_end().strip_prefix("ingle-relay listens on ").expect("where it listens");
        let (addr, fingerprint) = said.split_once(", fingerprint ").expect("its fingerprint");
        let (addr, fingerprint) = (addr.to_owned(), fingerprint.to_owned());
        Self { child, _stdout: stdout, addr, fingerprint }
    }

    pub(crate) fn stop(mut self, signal: &str) -> Option<i32> {
        process::signal(self.child.id(), signal);
        self.child.wait().expect("ended").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Gone already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn failed(output: &Output, code: i32, sentence: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(sentence), "{said}");
    assert!(output.stdout.is_empty());
    if code == 1 {
        assert_eq!(said.lines().count(), 2, "one sentence and one hint: {said}");
    }
}

#[test]
fn the_key_is_made_at_the_first_start_and_kept() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("new/data");
    let first = Running::start(&data);
    let fingerprint = first.fingerprint.clone();
    assert_eq!(fingerprint.len(), 8 * 4 + 7);
    run(async {
        let (link, _events) = dial(&Dial { host: first.addr.clone(), pin: None }).await.expect("reached");
        assert_eq!(link.fingerprint().to_string(), fingerprint, "it shows the key it prints");
        link.close().await;
    });
    assert_eq!(first.stop("TERM"), Some(0));
    let second = Running::start(&data);
    assert_eq!(second.fingerprint, fingerprint);
    assert_eq!(second.stop("INT"), Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        assert_eq!(mode(&data.join("relay.key")), 0o600);
        assert_eq!(std::fs::read_dir(&data).expect("readable").count(), 1, "nothing but the key is written");
    }
}

#[test]
fn the_log_names_no_address() {
    let mut relay = Running::spawn(command().args(["--listen", "127.0.0.1:0", "--log", "info"]));
    run(async {
        // A member that leaves, and one that is cut off when the relay stops.
        Member::host_at(&relay.addr).await.link.close().await;
        Member::host_at(&relay.addr).await
    });
    let mut log = relay.child.stderr.take().expect("piped");
    assert_eq!(relay.stop("TERM"), Some(0));
    let mut said = String::new();
    log.read_to_string(&mut said).expect("text");
    assert!(said.contains("relay started") && said.contains("relay stops"), "{said}");
    assert!(!said.contains("127.0.0.1"), "{said}");
}

#[test]
fn a_taken_port_is_one_sentence_and_what_to_do() {
    let taken = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("bound").to_string();
    let output = command().args(["--listen", &at]).output().expect("ran");
    failed(&output, 1, &format!("Another program already listens on {at}."));
}

#[test]
fn a_port_alone_serves_both_families_and_names_are_looked_up() {
    run(async {
        let relay = Running::spawn(command().args(["--listen", "0"]));
        let port = relay.addr.rsplit_once(':').expect("a port").1;
        let with_six = relay.addr.starts_with("[::]");
        for host in ["127.0.0.1", "[::1]"].iter().take(1 + usize::from(with_six)) {
            Member::host_at(&format!("{host}:{port}")).await.link.close().await;
        }
        let relay = Running::spawn(command().args(["--listen", "localhost:0"]));
        Member::host_at(&relay.addr).await.link.close().await;
    });
    failed(
        &command().args(["--listen", "no.such.name.invalid:0"]).output().expect("ran"),
        1,
        "No machine with the name",
    );
    failed(&command().args(["--listen", "0.0.0.0:x"]).output().expect("ran"), 1, "is not an address to listen on.");
}

#[test]
fn an_unusable_directory_is_one_sentence_and_what_to_do() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("file");
    std::fs::write(&file, "").expect("written");
    let output =
        command().args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(file.join("data")).output().expect("ran");
    failed(&output, 1, "can't be used");
}

#[test]
fn a_bad_or_readable_key_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let key = dir.path().join("relay.key");
    std::fs::write(&key, "not a key").expect("written");
    let start = || command().args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(dir.path()).output().expect("ran");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("set");
        failed(&start(), 1, "can be read by others");
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("set");
    }
    failed(&start(), 1, "does not hold a relay's key");
    assert_eq!(std::fs::read_to_string(&key).expect("there"), "not a key");
}

#[test]
fn an_unusable_certificate_is_one_sentence_and_what_to_do() {
    let dir = tempfile::tempdir().expect("a directory");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("written");
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
        path
    };
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("signed");
    let other = rcgen::KeyPair::generate().expect("a key");
    let cert = write("cert.pem", &own.cert.pem());
    let (key, other) = (write("key.pem", &own.signing_key.serialize_pem()), write("other.pem", &other.serialize_pem()));
    let none = write("none.pem", "Dear diary");
    let nowhere = dir.path().join("nowhere.pem");
    let start = |cert: &Path, key: &Path| {
        let files = ["--cert".as_ref(), cert.as_os_str(), "--key".as_ref(), key.as_os_str()];
        command().args(["--listen", "127.0.0.1:0"]).args(files).output().expect("ran")
    };
    failed(&start(&nowhere, &key), 1, "can't be used");
    failed(&start(&none, &key), 1, "does not hold a certificate.");
    failed(&start(&cert, &none), 1, "does not hold a relay's key.");
    failed(&start(&cert, &other), 1, "is not for the key in");
    #[cfg(unix)]
    {
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).expect("set");
        failed(&start(&cert, &key), 1, "can be read by others");
    }
    let half = command().args(["--listen", "127.0.0.1:0", "--cert"]).arg(&cert).output().expect("ran");
    failed(&half, 2, "--key");
}

#[test]
fn a_bad_address_and_wrong_usage_are_told_apart() {
    let of = |arguments: &[&str]| command().args(arguments).output().expect("ran");
    failed(&of(&["--listen", "over here"]), 1, "“over here” is not an address to listen on.");
    failed(&of(&["--listen", "192.0.2.1:4433"]), 1, "This machine does not have the address 192.0.2.1:4433.");
    failed(&of(&["--lisen", "127.0.0.1:0"]), 2, "--lisen");
    failed(&of(&["--log", "loud"]), 2, "--log");
}

#[test]
#[cfg(target_os = "linux")]
fn a_relay_with_twelve_members_who_all_send_stays_small() {
    use std::time::Duration;

    const FRAMES: u32 = 50;
    let dir = tempfile::tempdir().expect("a directory");
    let relay = Running::start(dir.path());
    run(async {
        let mut members = Vec::new();
        for _ in 0..12 {
            members.push(Member::host_at(&relay.addr).await);
        }
        let frame = ingle::wire::Frame {
            // Everybody is the first in a room of its own.
            head: ingle::wire::FrameHead {
                kid: ingle::ids::Kid::new(ingle::ids::SeatId(0), ingle::ids::Epoch(0)),
                number: ingle::ids::FrameNo(1),
                start: true,
                end: false,
                layer: ingle::ids::Layer::Full,
                level: 3,
            },
            body: vec![7; 110],
        };
        let bundle = ingle::wire::UpBundle { sent: ingle::wire::SendStamp::default(), frames: vec![frame] }
            .encode()
            .expect("fits");
        for _ in 0..FRAMES {
            members.iter().for_each(|member| member.link.datagram(bundle.clone()));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let status = std::fs::read_to_string(format!("/proc/{}/status", relay.child.id())).expect("running");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a figure");
        println!("resident with twelve members: {}", resident.trim());
        let kilobytes: u64 = resident.trim().trim_end_matches(" kB").parse().expect("a number");
        assert!(kilobytes < 20_000, "{kilobytes} kB");
    });
}
