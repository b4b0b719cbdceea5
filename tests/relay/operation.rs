//! The program `ingle-relay` as a service: its settings, its check, its figures, and what the machine lacks.

use std::io::Read;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use ingle::transport::{Dial, dial, reach_tcp};
use ingle::wire::{Purpose, Refusal, ToMember, ToRelay, VERSION};

use super::process;
use super::program::{Running, command, failed};
use super::support::{Member, run};

const LOCAL: [&str; 2] = ["--listen", "127.0.0.1:0"];

fn written(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).expect("written");
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("set");
    path
}

/// How many of three hosts the relay takes.
fn rooms_of(relay: &Running) -> usize {
    run(async {
        let mut taken = vec![];
        for _ in 0..3 {
            let mut member = Member::connect_at(&relay.addr).await;
            member.hello(VERSION, Purpose::Host);
            match member.control().await {
                Some(ToMember::Hosting { .. }) => taken.push(member),
                Some(ToMember::Refused(Refusal::Unavailable)) => {}
                other => panic!("{other:?}"),
            }
        }
        taken.len()
    })
}

#[test]
fn a_file_gives_way_to_the_environment_and_that_to_the_line() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = written(dir.path(), "relay.toml", "rooms = 1\nlisten = \"127.0.0.1:0\"\n");
    let of = |environment: &[(&str, &str)], words: &[&str]| {
        let mut relay = command();
        relay.arg("--config").arg(&file).args(words).envs(environment.iter().copied());
        rooms_of(&Running::spawn(&mut relay))
    };
    assert_eq!(of(&[], &[]), 1);
    assert_eq!(of(&[("INGLE_RELAY_ROOMS", "2")], &[]), 2);
    assert_eq!(of(&[("INGLE_RELAY_ROOMS", "2")], &["--rooms", "3"]), 3);
    let by_environment = command().env("INGLE_RELAY_CONFIG", &file).spawn().map(|mut child| {
        child.kill().expect("it runs");
        child.wait().expect("ended")
    });
    assert!(by_environment.is_ok());
}

#[test]
fn a_slip_in_the_file_is_named_with_its_line_and_the_nearest() {
    let dir = tempfile::tempdir().expect("a directory");
    let with = |text: &str| {
        let file = written(dir.path(), "relay.toml", text);
        command().arg("--config").arg(file).output().expect("ran")
    };
    failed(&with("# ours\nromms = 3\n"), 1, "romms");
    failed(&with("# ours\nromms = 3\n"), 1, "rooms");
    failed(&with("rooms = 0\n"), 1, "rooms");
    failed(&with("metrics = \"0.0.0.0:9433\"\n"), 1, "metrics");
    failed(&command().args(["--config", "/no/such/file.toml"]).output().expect("ran"), 1, "There is no file");
}

#[test]
fn the_relay_prints_a_file_of_settings_that_it_takes() {
    let dir = tempfile::tempdir().expect("a directory");
    let printed = command().arg("config").output().expect("ran");
    assert!(printed.status.success());
    let file = written(dir.path(), "relay.toml", &String::from_utf8(printed.stdout).expect("text"));
    let relay = Running::spawn(command().args(LOCAL).arg("--config").arg(&file));
    assert_eq!(relay.stop("TERM"), Some(0));
}

fn checked(words: &[&str]) -> (Option<i32>, String) {
    let output = command().arg("check").args(words).output().expect("ran");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_check_says_what_is_well() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("new").to_string_lossy().into_owned();
    let (code, said) = checked(&["--listen", "127.0.0.1:0", "--data-dir", &data]);
    assert_eq!(code, Some(0), "{said}");
    for sentence in ["There is no key yet", "is free.", "answers over UDP", "answers over TCP", "check --reach"] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    assert!(!dir.path().join("new").exists(), "it makes nothing");
    let relay = Running::spawn(command().args(LOCAL).args(["--data-dir", &data]));
    let (code, said) = checked(&["--listen", &relay.addr, "--data-dir", &data]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("The relay that runs already answers over UDP") && said.contains(&relay.fingerprint),
        "{said}"
    );
    let (code, said) = checked(&["--reach", &relay.addr]);
    assert_eq!((code, said.matches(&relay.fingerprint).count()), (Some(0), 2), "{said}");
}

#[test]
fn a_check_says_what_is_wrong_and_what_to_do() {
    let dir = tempfile::tempdir().expect("a directory");
    let other = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = other.local_addr().expect("bound").to_string();
    let (code, said) = checked(&["--listen", &at]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("and it is no relay.") && said.contains("--listen"), "{said}");
    written(dir.path(), "relay.key", "-----BEGIN PRIVATE KEY-----\nMFECAQEw");
    let (code, said) = checked(&["--listen", "127.0.0.1:0", "--data-dir", &dir.path().to_string_lossy()]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("does not hold a relay's key"), "{said}");
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("signed");
    let cert = written(dir.path(), "cert.pem", &own.cert.pem()).to_string_lossy().into_owned();
    let key = written(dir.path(), "key.pem", &own.signing_key.serialize_pem()).to_string_lossy().into_owned();
    let (_, said) = checked(&["--listen", "127.0.0.1:0", "--cert", &cert, "--key", &key]);
    assert!(said.contains("not vouched for"), "{said}");
}

/// Somebody whom a machine trusts to vouch for names.
#[cfg(target_os = "linux")]
struct Authority {
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
    /// How a machine knows it.
    file: PathBuf,
}

#[cfg(target_os = "linux")]
impl Authority {
    fn new(dir: &Path) -> Self {
        let mut params = rcgen::CertificateParams::new(vec![]).expect("no name");
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.key_usages = vec![rcgen::KeyUsagePurpose::KeyCertSign];
        let key = rcgen::KeyPair::generate().expect("a key");
        let own = params.self_signed(&key).expect("signed");
        let file = written(dir, "authority.pem", &own.pem());
        Self { issuer: rcgen::Issuer::new(params, key), file }
    }

    /// What a check says of a certificate that is good between these two times, in days from now, and how it ends.
    fn checked(&self, dir: &Path, from: i64, to: i64) -> (Option<i32>, String) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock").as_secs();
        let day = |days: i64| {
            let at = now.saturating_add_signed(days * 24 * 3600);
            rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(at)
        };
        let mut params = rcgen::CertificateParams::new(vec!["relay.example.org".to_owned()]).expect("a name");
        (params.not_before, params.not_after) = (day(from), day(to));
        let key = rcgen::KeyPair::generate().expect("a key");
        let cert = params.signed_by(&key, &self.issuer).expect("signed");
        let (cert, key) = (written(dir, "cert.pem", &cert.pem()), written(dir, "key.pem", &key.serialize_pem()));
        let mut check = command();
        check.args(["check", "--listen", "127.0.0.1:0", "--cert"]).arg(cert).arg("--key").arg(key);
        let output = check.env("SSL_CERT_FILE", &self.file).output().expect("ran");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_check_tells_a_certificate_that_ended_or_soon_will() {
    let dir = tempfile::tempdir().expect("a directory");
    let authority = Authority::new(dir.path());
    for (from, to, code, sentence) in [
        (-90, -1, 1, "BAD   The certificate has ended."),
        (2, 90, 1, "BAD   The certificate is not valid yet."),
        (-80, 9, 0, "note  The certificate ends within two weeks."),
        (-20, 70, 0, "ok    The certificate is good for two weeks at least."),
    ] {
        let (ended, said) = authority.checked(dir.path(), from, to);
        assert!(said.contains(sentence), "{sentence}: {said}");
        assert_eq!(ended, Some(code), "{said}");
        assert_eq!(said.contains("certbot renew"), (-90..=-80).contains(&from), "what to do: {said}");
    }
}

#[test]
fn a_key_that_was_cut_short_is_a_sentence_and_stays() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let relay = Running::spawn(command().args(LOCAL).arg("--data-dir").arg(&data));
    assert_eq!(relay.stop("TERM"), Some(0));
    let whole = std::fs::read_to_string(data.join("relay.key")).expect("a key");
    for length in [0, 1, whole.len() / 2, whole.len() - 30] {
        written(&data, "relay.key", &whole[..length]);
        let output = command().args(LOCAL).arg("--data-dir").arg(&data).output().expect("ran");
        failed(&output, 1, "does not hold a relay's key");
        assert_eq!(std::fs::read_to_string(data.join("relay.key")).expect("there").len(), length);
    }
}

#[test]
fn figures_are_shown_without_groups_and_people() {
    let at = process::free_port();
    let relay = Running::spawn(command().args(LOCAL).args(["--prove-from", "0", "--metrics", &at.to_string()]));
    // Those who say nothing keep nobody from being answered.
    let _silent: Vec<_> = (0..4).map(|_| TcpStream::connect(at).expect("taken")).collect();
    let _member = run(Member::host_at(&relay.addr));
    let page = |path| process::page(at, path).expect("it answers");
    let answer = page("/metrics");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    for figure in
        ["ingle_relay_rooms 1\n", "ingle_relay_members 1\n", "ingle_relay_proofs_total 1\n", "ingle_relay_tasks "]
    {
        assert!(answer.contains(figure), "{figure}: {answer}");
    }
    assert!(!answer.contains("127.0.0.1") && !answer.contains('{'), "{answer}");
    assert!(page("/health").ends_with("The relay serves.\n"));
    assert!(page("/admin").starts_with("HTTP/1.1 404"));
    failed(&command().args(LOCAL).args(["--metrics", &at.to_string()]).output().expect("ran"), 1, "can't be shown at");
}

#[test]
#[cfg(unix)]
fn a_renewed_certificate_is_shown_after_a_hangup() {
    let dir = tempfile::tempdir().expect("a directory");
    let renew = || {
        let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("signed");
        let cert = written(dir.path(), "cert.pem", &own.cert.pem());
        (cert, written(dir.path(), "key.pem", &own.signing_key.serialize_pem()))
    };
    let (cert, key) = renew();
    let mut start = command();
    start.args(LOCAL).arg("--cert").arg(&cert).arg("--key").arg(&key).arg("--data-dir").arg(dir.path().join("data"));
    let relay = Running::spawn(&mut start);
    let hang_up = || {
        process::signal(relay.child.id(), "HUP");
    };
    run(async {
        let at = Dial { host: relay.addr.clone(), pin: None };
        let shown = async || {
            let (link, _events) = dial(&at).await.expect("reached");
            let key = link.fingerprint();
            link.close().await;
            key
        };
        let inside = Member::host_at(&relay.addr).await;
        let before = shown().await;
        assert_eq!(before.to_string(), relay.fingerprint);
        renew();
        assert_eq!(shown().await, before, "nobody has asked it to look");
        hang_up();
        let mut after = before;
        while after == before {
            after = shown().await;
        }
        assert_eq!(reach_tcp(&at).await, Ok(after), "over TCP too");
        // What can't be used leaves everything as it is.
        written(dir.path(), "cert.pem", "half a certifi");
        hang_up();
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(shown().await, after);
        assert!(inside.link.control(&ToRelay::Leave).is_ok(), "whoever was inside stayed");
    });
}

#[test]
#[cfg(target_os = "linux")]
fn a_relay_gives_up_calls_that_it_has_no_use_for() {
    let status =
        |relay: &Running| std::fs::read_to_string(format!("/proc/{}/status", relay.child.id())).expect("running");
    let confined = status(&Running::spawn(command().args(LOCAL)));
    assert!(confined.contains("Seccomp:\t2\n") && confined.contains("NoNewPrivs:\t1\n"), "{confined}");
    let free = status(&Running::spawn(command().args(LOCAL).arg("--unconfined")));
    assert!(free.contains("Seccomp:\t0\n"), "{free}");
}

/// Ticks of the processor that a process has taken: a hundred are a second.
#[cfg(target_os = "linux")]
fn ticks(of: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{of}/stat")).expect("running");
    let fields = stat.rsplit_once(')').expect("its name").1.split_whitespace();
    fields.skip(11).take(2).map(|field| field.parse::<u64>().expect("a number")).sum()
}

#[test]
#[cfg(target_os = "linux")]
fn descriptors_that_run_out_cost_one_sentence_and_no_time() {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -n 40; exec {} --listen 127.0.0.1:0", env!("CARGO_BIN_EXE_ingle-relay")));
    let mut relay = Running::spawn(shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()));
    let at: SocketAddr = relay.addr.parse().expect("an address");
    let many: Vec<_> = (0..60).map(|_| TcpStream::connect(at).expect("the system takes it")).collect();
    run(async {
        // Those over UDP need none.
        Member::host_at(&relay.addr).await.link.close().await;
        let before = ticks(relay.child.id());
        tokio::time::sleep(Duration::from_secs(2)).await;
        let taken = ticks(relay.child.id()) - before;
        assert!(taken < 20, "{taken} ticks in two seconds");
        drop(many);
        let there = Dial { host: relay.addr.clone(), pin: None };
        while reach_tcp(&there).await.is_err() {}
    });
    let mut log = relay.child.stderr.take().expect("piped");
    assert_eq!(relay.stop("TERM"), Some(0));
    let mut said = String::new();
    log.read_to_string(&mut said).expect("text");
    assert_eq!(said.matches("nobody can come over TCP for now").count(), 1, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// The unit as it is installed, with this program in place of the installed one.
#[test]
#[ignore = "needs systemd's tools; make soak"]
#[cfg(target_os = "linux")]
fn systemd_takes_the_unit_and_calls_it_well_confined() {
    let dir = tempfile::tempdir().expect("a directory");
    let unit = include_str!("../../packaging/ingle-relay.service");
    assert!(unit.contains("ExecStart=/usr/bin/ingle-relay --config /etc/ingle-relay.toml"));
    let unit = unit.replace("/usr/bin/ingle-relay ", &format!("{} ", env!("CARGO_BIN_EXE_ingle-relay")));
    let file = written(dir.path(), "ingle-relay.service", &unit);
    for words in [["verify", "--man=no"].as_slice(), &["security", "--offline=true", "--threshold=25"]] {
        let asked = Command::new("systemd-analyze").args(words).arg(&file).output();
        let Ok(output) = asked else { return println!("skipped: there is no systemd-analyze here") };
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        assert!(output.status.success(), "{said}");
        assert!(words[0] == "security" || said.is_empty(), "{said}");
    }
}

/// A disk of a few kB that is gone with the test.
#[cfg(target_os = "linux")]
struct Disk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Disk {
    fn new(size: &str) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        Self::mount(dir.path(), &format!("size={size}"), "tmpfs");
        Self(dir)
    }

    fn mount(at: &Path, options: &str, of: &str) {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, of]).arg(at).status().expect("mount");
        assert!(done.success(), "this test needs root");
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        // The folder can't be taken away before it.
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
#[ignore = "needs root, for a disk of its own"]
#[cfg(target_os = "linux")]
fn a_full_or_read_only_disk_is_a_sentence() {
    let disk = Disk::new("8k");
    let data = disk.0.path().join("data");
    let start = || command().args(LOCAL).arg("--data-dir").arg(&data).output().expect("ran");
    let fill = disk.0.path().join("full");
    let _ = std::fs::write(&fill, vec![7; 16 * 1024]);
    failed(&start(), 1, "can't be used");
    let left = std::fs::read_dir(&data).map_or(0, |files| files.count());
    assert_eq!(left, 0, "no half key stays behind");
    std::fs::remove_file(&fill).expect("removed");
    let relay = Running::spawn(command().args(LOCAL).arg("--data-dir").arg(&data));
    let fingerprint = relay.fingerprint.clone();
    // Nothing more is written, so a disk that fills up, or can't be written to any more, is no matter.
    let _ = std::fs::write(&fill, vec![7; 16 * 1024]);
    run(async { Member::host_at(&relay.addr).await.link.close().await });
    assert_eq!(relay.stop("TERM"), Some(0));
    Disk::mount(disk.0.path(), "remount,ro", "tmpfs");
    let again = Running::spawn(command().args(LOCAL).arg("--data-dir").arg(&data));
    assert_eq!(again.fingerprint, fingerprint);
    assert_eq!(again.stop("TERM"), Some(0));
    let other = disk.0.path().join("other");
    failed(&command().args(LOCAL).arg("--data-dir").arg(other).output().expect("ran"), 1, "can't be used");
}
