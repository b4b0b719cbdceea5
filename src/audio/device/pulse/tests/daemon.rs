//! Sound servers of our own: PulseAudio, and PipeWire with its server for PulseAudio's programs.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A loudspeaker "desk", and a microphone "mic" in a room of its own, which hears what is played to "room".
const ROOM: [&str; 3] = [
    "module-null-sink norewinds=1 sink_name=desk",
    "module-null-sink norewinds=1 sink_name=room",
    "module-remap-source source_name=mic master=room.monitor",
];

/// Whose server it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    PulseAudio,
    PipeWire,
}

/// A sound server that goes when the test ends.
pub(super) struct Daemon {
    kind: Kind,
    dir: tempfile::TempDir,
    /// The one that clients speak to is the last.
    children: Vec<Child>,
}

impl Daemon {
    /// None, and a word about it, if the programs aren't there.
    pub(super) fn start(kind: Kind, modules: &[&str]) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let mut this = Self { kind, dir, children: Vec::new() };
        this.begin()?;
        this.load(modules);
        Some(this)
    }

    fn begin(&mut self) -> Option<()> {
        let native = self.native();
        match self.kind {
            Kind::PulseAudio => {
                let socket = format!("module-native-protocol-unix socket={} auth-anonymous=1", native.display());
                let quiet = ["--realtime=no", "--high-priority=no", "--use-pid-file=no", "--exit-idle-time=-1"];
                let own = ["-n", "--daemonize=no", "-L", &socket, "-L", "module-cli-protocol-unix"];
                self.run("pulseaudio", &[&own[..], &quiet].concat())?;
            }
            Kind::PipeWire => {
                let bus = format!("--address=unix:path={}", self.dir.path().join("bus").display());
                self.run("dbus-daemon", &["--session", "--nofork", &bus])?;
                wait("a message bus", || self.dir.path().join("bus").exists());
                self.run("pipewire", &[])?;
                wait("pipewire", || self.dir.path().join("pipewire-0").exists());
                self.run("wireplumber", &[])?;
                self.run("pipewire-pulse", &[])?;
            }
        }
        wait("the sound server", || self.pactl(&["info"]).is_some());
        self.load(&ROOM);
        // PipeWire makes them in its own time.
        wait("the devices", || {
            let info = self.pactl(&["set-default-sink", "desk"]).and(self.pactl(&["set-default-source", "mic"]));
            let info = info.and(self.pactl(&["info"])).unwrap_or_default();
            info.contains("Default Sink: desk") && info.contains("Default Source: mic")
        });
        Some(())
    }

    fn run(&mut self, program: &str, arguments: &[&str]) -> Option<()> {
        let dir = self.dir.path();
        let mut command = Command::new(program);
        command.args(arguments).env("HOME", dir).env("PULSE_RUNTIME_PATH", dir.join("run"));
        command.env("XDG_RUNTIME_DIR", dir).env_remove("PULSE_SERVER").env_remove("XDG_CONFIG_HOME");
        command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", dir.join("bus").display()));
        let log = fs::File::create(dir.join(format!("{program}.log"))).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        let child = command.spawn().inspect_err(|error| println!("skipped: no {program}: {error}")).ok()?;
        self.children.push(child);
        Some(())
    }

    /// Loads modules for more devices; gives the number of the last.
    pub(super) fn load(&self, modules: &[&str]) -> String {
        let mut number = String::new();
        for module in modules {
            let module = match self.kind {
                Kind::PulseAudio => (*module).to_owned(),
                Kind::PipeWire => {
                    module.replace("null-source source", "null-sink media.class=Audio/Source/Virtual sink")
                }
            };
            let words: Vec<&str> = ["load-module"].into_iter().chain(module.split(' ')).collect();
            number = self.ask(&words).trim().to_owned();
        }
        number
    }

    fn native(&self) -> PathBuf {
        match self.kind {
            Kind::PulseAudio => self.dir.path().join("native"),
            Kind::PipeWire => self.dir.path().join("run/native"),
        }
    }

    /// Where it's reached.
    pub(super) fn address(&self) -> String {
        format!("unix:{}", self.native().display())
    }

    fn pactl(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("pactl");
        let out = command
            .args(["-s", &self.address()])
            .args(arguments)
            .env("HOME", self.dir.path())
            .env("LC_ALL", "C")
            .output()
            .ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
    }

    /// What `pactl` says.
    pub(super) fn ask(&self, arguments: &[&str]) -> String {
        self.pactl(arguments).unwrap_or_else(|| panic!("pactl {arguments:?}"))
    }

    /// The numbers of our own streams.
    pub(super) fn all_own(&self, kind: &str) -> Vec<String> {
        // Modules' streams have no client, or are their own.
        let text = self.ask(&["list", kind]);
        let ours = text.split("\n\n").filter(|one| one.contains("application.name = \"ingle\""));
        ours.map(|one| one.split(['#', '\n']).nth(1).unwrap().to_owned()).collect()
    }

    /// The number of our own stream.
    pub(super) fn own(&self, kind: &str) -> String {
        let mut own = self.all_own(kind);
        assert_eq!(own.len(), 1, "{}", self.ask(&["list", kind]));
        own.remove(0)
    }

    /// Moves our own stream to another device. PipeWire sometimes forgets to.
    pub(super) fn move_own(&self, kind: &str, device: &str) {
        let (streams, devices) = (format!("{kind}s"), if kind == "sink-input" { "sinks" } else { "sources" });
        let own = self.own(&streams);
        let column = |list: &str, at: usize, is: &str, gives: usize| -> Option<String> {
            let text = self.ask(&["list", "short", list]);
            let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            lines.find(|words| words[at] == is).map(|words| words[gives].to_owned())
        };
        let target = column(devices, 1, device, 0).unwrap();
        for attempt in 0..100 {
            if attempt % 10 == 0 {
                self.ask(&[&format!("move-{kind}"), &own, device]);
            }
            // One that was ended for it is gone.
            if column(&streams, 0, &own, 1).is_none_or(|on| on == target) {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("{own} isn't moved to {device}");
    }

    /// The number of our connection.
    pub(super) fn client(&self) -> String {
        self.own("clients")
    }

    /// Says something to PulseAudio that pactl has no word for.
    pub(super) fn order(&self, command: &str) {
        let mut cli = UnixStream::connect(self.dir.path().join("run/cli")).unwrap();
        writeln!(cli, "{command}").unwrap();
        cli.shutdown(std::net::Shutdown::Write).unwrap();
        cli.read_to_end(&mut Vec::new()).unwrap();
    }

    /// Sends a signal to the server.
    pub(super) fn signal(&self, name: &str) {
        signal(self.children.last().unwrap(), name);
    }

    /// Kills it.
    pub(super) fn kill(&mut self) {
        for mut child in self.children.drain(..).rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
        for left in [self.native(), self.dir.path().join("bus"), self.dir.path().join("pipewire-0")] {
            let _ = fs::remove_file(left);
        }
    }

    /// Starts it again after [`Daemon::kill`].
    pub(super) fn again(&mut self) {
        self.begin().unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to a process of ours.
pub(super) fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Waits until something is so.
pub(super) fn wait(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(8), "no {what} within 8 s");
        thread::sleep(Duration::from_millis(20));
    }
}
