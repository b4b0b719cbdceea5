//! Looks whether a relay can run here, and whether one can be reached: a sentence for each thing, and what to do about it.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, SystemTime};

use ingle::relay::server::{Listen, Server, ServerError};
use ingle::transport::{Dial, Identity, dial_udp, reach_tcp};
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, Error};
use rustls_platform_verifier::Verifier;

use super::arguments::Arguments;
use super::{Failure, confine, fleet};

/// A clock that shows an earlier time is wrong: this program is younger. In seconds since 1970.
const BUILT: Duration = Duration::from_secs(1_793_491_200);
/// A certificate that ends sooner should have been renewed by now.
const RENEWED: Duration = Duration::from_secs(14 * 24 * 3600);
/// Bytes of a socket's buffer that a thousand newcomers at once take.
const SOCKET_BUFFER: u64 = 4 << 20;

/// What was found.
#[derive(Default)]
struct Findings {
    failed: bool,
}

impl Findings {
    fn say(&mut self, mark: &str, sentence: &str, hint: &str) {
        let mut out = io::stdout();
        // Whoever has closed standard output wants no more of it.
        let _ = writeln!(out, "{mark:5} {sentence}");
        if !hint.is_empty() {
            let _ = writeln!(out, "      {hint}");
        }
    }

    fn good(&mut self, sentence: &str) {
        self.say("ok", sentence, "");
    }

    /// It works, and could be better.
    fn note(&mut self, sentence: &str, hint: &str) {
        self.say("note", sentence, hint);
    }

    fn bad(&mut self, sentence: &str, hint: &str) {
        self.failed = true;
        self.say("BAD", sentence, hint);
    }

    fn failure(&mut self, failure: impl Into<Failure>) {
        let Failure { problem, hint } = failure.into();
        self.bad(&problem, &hint);
    }
}

/// Says what it finds. Fails if anything keeps a relay from running, or from being reached.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut findings = Findings::default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match &arguments.reach {
        Some(relay) => runtime.block_on(reach(relay, &mut findings)),
        None => {
            if let Some(file) = &arguments.config {
                findings.good(&format!("The settings in {} can be used.", file.display()));
            }
            key(arguments, &mut findings);
            if let (Some(cert), Some(key)) = (&arguments.cert, &arguments.key) {
                certificate(cert, key, &mut findings);
            }
            clock(&mut findings);
            machine(arguments, &mut findings);
            runtime.block_on(ports(arguments, &mut findings));
            match runtime.block_on(fleet::check(&arguments.fleet)) {
                Some(Ok(sentence)) => findings.good(&sentence),
                Some(Err(failure)) => findings.failure(failure),
                None => {}
            }
        }
    }
    Ok(if findings.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn key(arguments: &Arguments, findings: &mut Findings) {
    let Some(dir) = &arguments.data_dir else {
        let hint = "Name a directory with --data-dir.";
        return findings.note("The key is new at every start, so no group outlives a restart.", hint);
    };
    if dir.join("relay.key").exists() {
        match Identity::load_or_create(dir) {
            Ok(own) => {
                findings.good(&format!("The relay's key can be read; its fingerprint is {}.", own.fingerprint()))
            }
            Err(error) => findings.failure(error),
        }
        return;
    }
    // The first start makes the key here, or in a directory that it makes above all that there is.
    let there = dir.ancestors().find(|above| above.is_dir()).unwrap_or(Path::new("."));
    let trial = there.join(format!(".ingle-relay-check.{}", std::process::id()));
    match std::fs::write(&trial, "a trial").and_then(|()| std::fs::remove_file(&trial)) {
        Ok(()) => findings.good(&format!("There is no key yet; the first start makes one in {}.", dir.display())),
        Err(error) => findings.bad(
            &format!("No key can be made in {}: {error}.", dir.display()),
            "Name a directory that this user may write to with --data-dir, on a disk that has room.",
        ),
    }
}

fn certificate(cert: &Path, key: &Path, findings: &mut Findings) {
    if let Err(error) = Identity::from_pem(cert, key) {
        return findings.failure(error);
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let renew = "Renew it (certbot renew), then have it read again: systemctl reload ingle-relay.";
    match (vouched(cert, now), vouched(cert, now + RENEWED)) {
        (Ok(()), Ok(())) => findings.good("The certificate is good for two weeks at least."),
        (Ok(()), Err(_)) => findings.note("The certificate ends within two weeks.", renew),
        (Err(CertificateError::Expired | CertificateError::ExpiredContext { .. }), _) => {
            findings.bad("The certificate has ended.", renew);
        }
        (Err(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }), _) => {
            findings.bad("The certificate is not valid yet.", "Look at this machine's clock.");
        }
        (Err(_), _) => findings.note(
            "The certificate is not vouched for by anybody whom this machine trusts.",
            "Name the file with the whole chain (fullchain.pem) with --cert; until then members compare keys.",
        ),
    }
}

/// Whether a certificate is vouched for at that time since 1970, whatever its name.
fn vouched(cert: &Path, at: Duration) -> Result<(), CertificateError> {
    let not_one = CertificateError::BadEncoding;
    let chain = CertificateDer::pem_file_iter(cert).map_err(|_| not_one.clone())?;
    let chain: Vec<_> = chain.collect::<Result<_, _>>().map_err(|_| not_one.clone())?;
    let (own, above) = chain.split_first().ok_or(not_one.clone())?;
    let verifier = Verifier::new(rustls::crypto::ring::default_provider().into()).map_err(|_| not_one.clone())?;
    let name = ServerName::try_from("relay.invalid").map_err(|_| not_one.clone())?;
    match verifier.verify_server_cert(own, above, &name, &[], UnixTime::since_unix_epoch(at)) {
        // The name is looked at last.
        Ok(_)
        | Err(Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => Ok(()),
        Err(Error::InvalidCertificate(error)) => Err(error),
        Err(_) => Err(not_one),
    }
}

fn clock(findings: &mut Findings) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let set = "Have it set by itself: timedatectl set-ntp true.";
    if now < BUILT {
        return findings.bad("This machine's clock is years behind.", set);
    }
    let asked = Command::new("timedatectl").args(["show", "--property=NTPSynchronized", "--value"]).output();
    match asked.map(|asked| String::from_utf8_lossy(&asked.stdout).trim().to_owned()).as_deref() {
        Ok("no") => findings.note("Nothing keeps this machine's clock right.", set),
        Ok("yes") => findings.good("The clock is kept right."),
        _ => findings.good("The clock shows a time that can be."),
    }
}

fn machine(arguments: &Arguments, findings: &mut Findings) {
    let limits = arguments.limits(confine::machine_memory());
    findings.good(&format!(
        "At most {} connections and {} groups at once; --connections, --rooms and --memory change that.",
        limits.connections, limits.core.rooms
    ));
    let allowed = std::fs::read_to_string("/proc/sys/net/core/rmem_max").ok();
    if allowed.and_then(|text| text.trim().parse::<u64>().ok()).is_some_and(|bytes| bytes < SOCKET_BUFFER) {
        findings.note(
            "The system allows only small socket buffers, so that packets get lost when hundreds come at once.",
            "Write net.core.rmem_max=4194304 and net.core.wmem_max=4194304 into /etc/sysctl.d/ingle.conf, then: sysctl --system.",
        );
    }
}

/// Whether the ports can be had, or a relay has them already; and whether it answers there.
async fn ports(arguments: &Arguments, findings: &mut Findings) {
    let listen = match Listen::parse(&arguments.listen) {
        Ok(listen) => listen,
        Err(error) => return findings.failure(error),
    };
    let limits = arguments.limits(confine::machine_memory());
    let started = Identity::ephemeral()
        .map_err(ServerError::from)
        .and_then(|trial| Server::start_limited(&trial, &listen, &limits));
    // A trial relay stays until it was called.
    let (port, trial) = match started {
        Ok(mut trial) => {
            findings.good(&format!("Port {} is free.", trial.addr().port()));
            for (more, behind) in [(&arguments.listen_tcp, false), (&arguments.behind_proxy, true)] {
                let Some(text) = more else { continue };
                let taken = Listen::parse(text).map_err(Failure::from).and_then(|listen| {
                    let taken = if behind { trial.listen_behind_proxy(&listen) } else { trial.listen_tcp(&listen) };
                    taken.map_err(Failure::from)
                });
                match taken {
                    Ok(at) => findings.good(&format!("TCP port {} is free.", at.port())),
                    Err(failure) => findings.failure(failure),
                }
            }
            (trial.addr().port(), Some(trial))
        }
        Err(ServerError::PortInUse(at)) => (at.port(), None),
        Err(error) => return findings.failure(error),
    };
    let here = Dial { host: format!("127.0.0.1:{port}"), pin: None };
    match (dial_udp(&here).await, trial.is_some()) {
        (Ok((link, _)), istrial) => {
            let who = if istrial { "A relay" } else { "The relay that runs already" };
            findings.good(&format!("{who} answers over UDP on this machine."));
            link.close().await;
        }
        (Err(_), false) => {
            return findings.bad(
                &format!("Another program has port {port}, and it is no relay."),
                "Stop that program, or choose another port with --listen.",
            );
        }
        (Err(error), true) => findings.bad(&error.to_string(), "Look whether a firewall on this machine drops UDP."),
    }
    match reach_tcp(&here).await {
        Ok(_) => findings.good("It answers over TCP on this machine."),
        Err(_) => findings.bad(
            &format!("It does not answer over TCP port {port}, so nobody can come for whom UDP is blocked."),
            "Stop the other program on that TCP port, or name another with --listen-tcp.",
        ),
    }
    findings.note(
        "Only another computer can tell whether the relay is reached from outside.",
        &format!("Run there, with this machine's name: ingle-relay check --reach NAME:{port}"),
    );
}

async fn reach(relay: &str, findings: &mut Findings) {
    let relay = Dial { host: relay.to_owned(), pin: None };
    let port = relay.host.rsplit(':').next().unwrap_or_default().to_owned();
    let open = |kind: &str| {
        format!(
            "Open {kind} port {port} in the machine's firewall and in the provider's, and look whether the relay runs."
        )
    };
    let (udp, tcp) = tokio::join!(dial_udp(&relay), reach_tcp(&relay));
    match udp {
        Ok((link, _)) => {
            findings.good(&format!("It answers over UDP; its fingerprint is {}.", link.fingerprint()));
            link.close().await;
        }
        Err(error) => findings.bad(&format!("Over UDP: {error}"), &open("UDP")),
    }
    match tcp {
        Ok(fingerprint) => findings.good(&format!("It answers over TCP; its fingerprint is {fingerprint}.")),
        Err(error) => findings.bad(&format!("Over TCP: {error}"), &open("TCP")),
    }
}
