//! The real program on a sound server of our own: what happens to devices is said, and sound comes back by itself.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Person, Relay, until};

/// A stopped process is away for longer than this before its microphone comes back closed.
const LONG: Duration = Duration::from_secs(11);

/// PulseAudio with headphones `ears`, a loudspeaker `desk`, and a microphone `mic` in a room that is played into.
struct Daemon {
    dir: tempfile::TempDir,
    server: Child,
    player: Option<Child>,
}

impl Daemon {
    /// None, and a word about it, if the program isn't there.
    fn start() -> Option<Self> {
        let dir = tempfile::tempdir().expect("a directory");
        let server = match Self::run(&dir) {
            Ok(server) => server,
            Err(error) => {
                println!("skipped: pulseaudio can't be started: {error}");
                return None;
            }
        };
        let mut this = Self { dir, server, player: None };
        this.wait();
        Some(this)
    }

    fn run(dir: &tempfile::TempDir) -> std::io::Result<Child> {
        let socket =
            format!("module-native-protocol-unix socket={} auth-anonymous=1", dir.path().join("native").display());
        let mut command = Command::new("pulseaudio");
        command.args(["-n", "--daemonize=no", "--realtime=no", "--high-priority=no", "--use-pid-file=no"]);
        command.args(["--exit-idle-time=-1", "-L", &socket]);
        for module in [
            "module-null-sink norewinds=1 sink_name=ears sink_properties=device.form_factor=headphone",
            "module-null-sink norewinds=1 sink_name=desk",
            "module-null-sink norewinds=1 sink_name=room",
            "module-remap-source source_name=mic master=room.monitor",
        ] {
            command.args(["-L", module]);
        }
        command.env("HOME", dir.path()).env("XDG_RUNTIME_DIR", dir.path()).env_remove("PULSE_SERVER");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    }

    fn address(&self) -> String {
        format!("unix:{}", self.dir.path().join("native").display())
    }

    fn control(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("pactl");
        let output = command.args(arguments).env("PULSE_SERVER", self.address()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Until its devices are there; then noise is played into the room.
    fn wait(&mut self) {
        until("the sound server answers", || self.control(&["set-default-source", "mic"]).is_some());
        until("it has its headphones", || self.control(&["set-default-sink", "ears"]).is_some());
        let noise = "exec pacat --playback --device=room --rate=8000 --channels=1 < /dev/urandom";
        let mut player = Command::new("sh");
        player.args(["-c", noise]).env("PULSE_SERVER", self.address()).stderr(Stdio::null());
        self.player = player.spawn().ok();
    }

    /// Dies without a word, and is started again.
    fn restart(&mut self) {
        self.kill();
        let _ = std::fs::remove_file(self.dir.path().join("native"));
        self.server = Self::run(&self.dir).expect("started again");
        self.wait();
    }

    fn kill(&mut self) {
        for child in [Some(&mut self.server), self.player.as_mut()].into_iter().flatten() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Streams that record, but for the server's own.
    fn recordings(&self) -> usize {
        let list = self.control(&["list", "short", "source-outputs"]).unwrap_or_default();
        list.lines().filter(|line| line.contains("protocol-native")).count()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.kill();
    }
}

fn mic(status: &str) -> Value {
    json!({ "event": "mic", "status": status })
}

fn host(daemon: &Daemon, relay: &Relay) -> Person {
    let mut host =
        Person::on_sound(&daemon.address(), &["host", "--relay", &relay.at, "--name", "Hilda", "--open-door"]);
    host.wait(json!({ "event": "hosting" }));
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    host
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_microphone_is_recorded_only_while_it_is_open() {
    let Some(daemon) = Daemon::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    assert_eq!(daemon.recordings(), 0);
    host.say("/mic on");
    host.wait(mic("open"));
    assert_eq!(daemon.recordings(), 1);
    host.say("/mic off");
    host.wait(mic("closed"));
    until("the stream is gone", || daemon.recordings() == 0);
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn sound_is_back_after_a_stop_and_after_the_servers_end() {
    let Some(mut daemon) = Daemon::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    host.say("/mic on");
    host.wait(mic("open"));
    host.mark();
    host.signal("STOP");
    std::thread::sleep(Duration::from_secs(2));
    host.signal("CONT");
    host.wait(mic("open"));
    assert_eq!(daemon.recordings(), 1);

    host.mark();
    daemon.restart();
    host.wait(mic("fault"));
    host.wait(mic("open"));
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    assert_eq!(daemon.recordings(), 1);

    // Much can have happened around it: it comes back closed.
    host.mark();
    host.signal("STOP");
    std::thread::sleep(LONG);
    host.signal("CONT");
    host.wait(json!({ "event": "mic_closed" }));
    until("the stream is gone", || daemon.recordings() == 0);
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn unplugged_headphones_play_nothing_until_one_says_so() {
    let Some(daemon) = Daemon::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    host.say("/mic on");
    host.wait(mic("open"));
    host.mark();
    let modules = daemon.control(&["list", "short", "modules"]).expect("a list");
    let ears = modules.lines().find(|line| line.contains("sink_name=ears")).expect("headphones");
    let number = ears.split_whitespace().next().expect("a number");
    daemon.control(&["unload-module", number]).expect("unplugged");
    host.wait(json!({ "event": "speaker", "status": "paused" }));
    until("nothing is recorded", || daemon.recordings() == 0);
    let corked = || daemon.control(&["list", "sink-inputs"]).unwrap_or_default().contains("Corked: yes");
    until("nothing is played", corked);
    host.say("/aloud");
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    until("it's played again", || !corked());
}
