//! A sound server of our own, with devices that can go away.

use std::process::{Child, Command, Stdio};

use super::until;

/// PulseAudio with headphones `ears`, a loudspeaker `desk`, and a microphone `mic` in a room that is played into.
pub(crate) struct SoundServer {
    dir: tempfile::TempDir,
    server: Child,
    player: Option<Child>,
}

impl SoundServer {
    /// None, and a word about it, if the program isn't there.
    pub(crate) fn start() -> Option<Self> {
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

    pub(crate) fn address(&self) -> String {
        format!("unix:{}", self.dir.path().join("native").display())
    }

    pub(crate) fn control(&self, arguments: &[&str]) -> Option<String> {
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
    pub(crate) fn restart(&mut self) {
        self.die();
        self.start_again();
    }

    /// Dies without a word.
    pub(crate) fn die(&mut self) {
        self.kill();
    }

    pub(crate) fn start_again(&mut self) {
        let _ = std::fs::remove_file(self.dir.path().join("native"));
        self.server = Self::run(&self.dir).expect("started again");
        self.wait();
    }

    /// Takes away what this names, such as `sink_name=ears`.
    pub(crate) fn unplug(&self, device: &str) {
        let modules = self.control(&["list", "short", "modules"]).expect("a list");
        let module = modules.lines().find(|line| line.contains(device)).expect("a device");
        let number = module.split_whitespace().next().expect("a number");
        self.control(&["unload-module", number]).expect("unplugged");
    }

    fn kill(&mut self) {
        for child in [Some(&mut self.server), self.player.as_mut()].into_iter().flatten() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Streams that record, but for the server's own.
    pub(crate) fn recordings(&self) -> usize {
        let list = self.control(&["list", "short", "source-outputs"]).unwrap_or_default();
        list.lines().filter(|line| line.contains("protocol-native")).count()
    }
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        self.kill();
    }
}
