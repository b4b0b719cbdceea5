//! Against a PulseAudio of our own.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command as Program, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::*;
use crate::audio::device::backend::{DeviceInfo, Ending, Notice, Ring, Running, StreamNotice};

const MIC: StreamId = StreamId(1);
const SPEAKER: StreamId = StreamId(2);

/// A loudspeaker "desk", and a microphone "mic" in a room of its own, which hears what is played to "room".
const ROOM: [&str; 4] = [
    "module-cli-protocol-unix",
    "module-null-sink norewinds=1 sink_name=desk",
    "module-null-sink norewinds=1 sink_name=room",
    "module-remap-source source_name=mic master=room.monitor",
];

/// A sound server that goes when the test ends.
struct Daemon {
    dir: tempfile::TempDir,
    child: Child,
}

impl Daemon {
    fn start(modules: &[&str]) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let child = Self::spawn(dir.path(), modules)?;
        Some(Self { dir, child })
    }

    fn spawn(dir: &Path, modules: &[&str]) -> Option<Child> {
        let mut command = Program::new("pulseaudio");
        command.args([
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--realtime=no",
            "--high-priority=no",
            "--use-pid-file=no",
        ]);
        let native = format!("module-native-protocol-unix socket={} auth-anonymous=1", dir.join("native").display());
        command.args(["-L", &native]);
        for module in ROOM.iter().chain(modules) {
            command.args(["-L", module]);
        }
        command.env("HOME", dir).env("PULSE_RUNTIME_PATH", dir.join("run")).env_remove("PULSE_SERVER");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(fs::File::create(dir.join("log")).unwrap());
        let mut child = command.spawn().inspect_err(|error| println!("skipped: no pulseaudio: {error}")).ok()?;
        let begun = Instant::now();
        while pactl(dir, &["info"]).is_none() {
            assert!(begun.elapsed() < Duration::from_secs(5), "pulseaudio doesn't start");
            assert!(child.try_wait().unwrap().is_none(), "{}", fs::read_to_string(dir.join("log")).unwrap());
            thread::sleep(Duration::from_millis(20));
        }
        pactl(dir, &["set-default-sink", "desk"])?;
        pactl(dir, &["set-default-source", "mic"])?;
        Some(child)
    }

    fn ask(&self, arguments: &[&str]) -> String {
        pactl(self.dir.path(), arguments).unwrap_or_else(|| panic!("pactl {arguments:?}"))
    }

    /// The number of our own stream.
    fn own(&self, kind: &str) -> String {
        let text = self.ask(&["list", "short", kind]);
        let line = text.lines().find(|line| !line.contains("module-")).unwrap_or_else(|| panic!("no {kind}: {text}"));
        line.split_whitespace().next().unwrap().to_owned()
    }

    fn client(&self) -> String {
        let text = self.ask(&["list", "short", "clients"]);
        let line = text.lines().find(|line| !line.contains("pactl") && line.contains("native")).unwrap();
        line.split_whitespace().next().unwrap().to_owned()
    }

    /// Says something to the server that pactl has no word for.
    fn order(&self, command: &str) {
        let mut cli = UnixStream::connect(self.dir.path().join("run/cli")).unwrap();
        writeln!(cli, "{command}").unwrap();
        cli.shutdown(std::net::Shutdown::Write).unwrap();
        cli.read_to_end(&mut Vec::new()).unwrap();
    }

    fn signal(&self, signal: &str) {
        assert!(Program::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(self.dir.path().join("native"));
    }

    fn again(&mut self) {
        self.child = Self::spawn(self.dir.path(), &[]).unwrap();
    }

    fn address(&self) -> String {
        format!("unix:{}", self.dir.path().join("native").display())
    }

    fn connect(&self) -> Desk {
        Desk::new(self.address())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.kill();
    }
}

fn pactl(dir: &Path, arguments: &[&str]) -> Option<String> {
    let server = format!("unix:{}", dir.join("native").display());
    let out = Program::new("pactl").args(["-s", &server]).args(arguments).env("HOME", dir).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// A backend and what it says.
struct Desk {
    pulse: Pulse,
    notices: Receiver<(Instant, Notice)>,
}

impl Desk {
    fn new(address: String) -> Self {
        let (sender, notices) = mpsc::channel();
        let say = move |said| {
            if let Said::Notice(notice) = said {
                drop(sender.send((Instant::now(), notice)));
            }
        };
        let pulse = Pulse::start(Some(address), say).unwrap();
        Self { pulse, notices }
    }

    /// Waits until `wanted` finds what it looks for; what comes before it is passed over.
    fn until<T>(&self, what: &str, wanted: impl Fn(Notice) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let left = Duration::from_secs(8).saturating_sub(begun.elapsed());
            let Ok((_, notice)) = self.notices.recv_timeout(left) else { panic!("no {what} within 8 s") };
            if let Some(found) = wanted(notice) {
                return found;
            }
        }
    }

    fn devices(&self) -> (Vec<DeviceInfo>, Vec<DeviceInfo>) {
        self.until("devices", |notice| match notice {
            Notice::Devices { mics, speakers } => Some((mics, speakers)),
            _ => None,
        })
    }

    fn stream<T>(&self, id: StreamId, what: &str, wanted: impl Fn(StreamNotice) -> Option<T>) -> T {
        self.until(what, |notice| match notice {
            Notice::Stream(stream, notice) if stream == id => wanted(notice),
            _ => None,
        })
    }

    fn running(&self, id: StreamId) -> Running {
        self.stream(id, "running", |notice| match notice {
            StreamNotice::Running(running) => Some(running),
            StreamNotice::Ended(why) => panic!("{why:?}"),
            _ => None,
        })
    }

    fn ended(&self, id: StreamId) -> Ending {
        self.stream(id, "end", |notice| match notice {
            StreamNotice::Ended(why) => Some(why),
            _ => None,
        })
    }

    fn down(&self) -> String {
        self.until("word that the server is down", |notice| match notice {
            Notice::Down(why) => Some(why),
            _ => None,
        })
    }
}

/// The loudness of what comes in `ms` from now, as the mean of the squares, and its samples.
fn hear(running: &mut Running, ms: u64) -> (f32, usize) {
    let Ring::Mic(ring) = &mut running.ring else { panic!("no microphone") };
    let (begun, mut power, mut count) = (Instant::now(), 0.0, 0);
    while begun.elapsed() < Duration::from_millis(ms) {
        while let Ok(sample) = ring.pop() {
            power += sample * sample;
            count += 1;
        }
        thread::sleep(Duration::from_millis(5));
    }
    (power / count.max(1) as f32, count)
}

/// Keeps 40 ms of a tone in the ring for `ms`.
fn play(running: &mut Running, ms: u64) {
    let Ring::Speaker(ring) = &mut running.ring else { panic!("no speaker") };
    let (begun, mut at) = (Instant::now(), 0u32);
    while begun.elapsed() < Duration::from_millis(ms) {
        while ring.buffer().capacity() - ring.slots() < 1920 {
            let _ = ring.push((at as f32 * 0.06).sin() * 0.3);
            at += 1;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn missed(running: &Running) -> usize {
    running.shared.missed.swap(0, Ordering::Relaxed)
}

/// The microphone and the loudspeaker, open and running.
fn both(desk: &mut Desk, speaker: &str) -> (Running, Running) {
    desk.devices();
    desk.pulse.open(MIC, Side::Microphone, None);
    let mic = desk.running(MIC);
    desk.pulse.open(SPEAKER, Side::Speaker, Some(speaker));
    (mic, desk.running(SPEAKER))
}

fn micros(running: &Running) -> u32 {
    running.shared.latency.load(Ordering::Relaxed)
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn streams_open_carry_sound_and_leave_nothing() {
    let Some(daemon) = Daemon::start(&[]) else { return };
    let mut desk = daemon.connect();
    let (mics, speakers) = desk.devices();
    assert_eq!((mics.len(), &*mics[0].id), (1, "mic"));
    assert_eq!((speakers.len(), &*speakers[0].id), (2, "desk"));
    let begun = Instant::now();
    desk.pulse.open(MIC, Side::Microphone, None);
    let mut mic = desk.running(MIC);
    println!("opened in {:?}", begun.elapsed());
    assert_eq!((&*mic.device.id, mic.rate), ("mic", 48_000));
    desk.pulse.open(SPEAKER, Side::Speaker, Some("room"));
    let mut speaker = desk.running(SPEAKER);
    play(&mut speaker, 500);
    hear(&mut mic, 1);
    let player = thread::spawn(move || {
        play(&mut speaker, 500);
        missed(&speaker);
        play(&mut speaker, 1500);
        assert_eq!(missed(&speaker), 0);
        speaker
    });
    thread::sleep(Duration::from_millis(300));
    hear(&mut mic, 1);
    missed(&mic);
    let (power, count) = hear(&mut mic, 1000);
    assert_eq!(missed(&mic), 0);
    let speaker = player.join().unwrap();
    assert!(power > 0.01, "{power}");
    assert!((46_000..=50_000).contains(&count), "{count}");
    println!("latency: microphone {} us, speaker {} us", micros(&mic), micros(&speaker));
    assert!((1..150_000).contains(&micros(&speaker)), "{}", micros(&speaker));
    desk.pulse.close(MIC);
    desk.pulse.close(SPEAKER);
    thread::sleep(Duration::from_millis(200));
    let left = |kind| daemon.ask(&["list", "short", kind]).lines().filter(|line| !line.contains("module-")).count();
    assert_eq!((left("source-outputs"), left("sink-inputs")), (1, 0), "but for the microphone's own");
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_server_that_dies_or_hangs_is_said_and_comes_back() {
    let Some(mut daemon) = Daemon::start(&[]) else { return };
    let mut desk = daemon.connect();
    both(&mut desk, "desk");
    daemon.kill();
    let killed = Instant::now();
    println!("{}, after {:?}", desk.down(), killed.elapsed());
    desk.pulse.open(MIC, Side::Microphone, None);
    assert!(matches!(desk.ended(MIC), Ending::Other(_)));
    daemon.again();
    let back = Instant::now();
    both(&mut desk, "desk");
    assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());
    println!("back after {:?}", back.elapsed());

    let hung = Instant::now();
    daemon.signal("-STOP");
    println!("{}, after {:?}", desk.down(), hung.elapsed());
    assert!(hung.elapsed() < Duration::from_secs(5), "{:?}", hung.elapsed());
    thread::sleep(Duration::from_secs(4));
    daemon.signal("-CONT");
    let back = Instant::now();
    both(&mut desk, "desk");
    println!("back after {:?}", back.elapsed());
    assert!(back.elapsed() < Duration::from_secs(2), "{:?}", back.elapsed());

    // Nothing runs that would show it; whoever opens something is answered all the same.
    desk.pulse.close(MIC);
    desk.pulse.close(SPEAKER);
    thread::sleep(Duration::from_millis(300));
    daemon.signal("-STOP");
    let asked = Instant::now();
    desk.pulse.open(MIC, Side::Microphone, None);
    println!("{}, after {:?}", desk.down(), asked.elapsed());
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    let begun = Instant::now();
    drop(desk);
    assert!(begun.elapsed() < Duration::from_millis(100), "a server that hangs holds nobody up");
    daemon.signal("-CONT");
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn what_happens_to_a_stream_is_said() {
    let Some(daemon) =
        Daemon::start(&["module-null-sink norewinds=1 sink_name=other", "module-null-source source_name=quiet"])
    else {
        return;
    };
    let mut desk = daemon.connect();
    both(&mut desk, "desk");
    let moved = |notice| match notice {
        StreamNotice::Moved(device) => Some(device.id),
        StreamNotice::Ended(why) => panic!("{why:?}"),
        _ => None,
    };
    let muted = |notice| match notice {
        StreamNotice::Muted(muted) => Some(muted),
        _ => None,
    };
    daemon.ask(&["move-sink-input", &daemon.own("sink-inputs"), "other"]);
    assert_eq!(desk.stream(SPEAKER, "move", moved), "other");
    daemon.ask(&["move-source-output", &daemon.own("source-outputs"), "quiet"]);
    assert_eq!(desk.stream(MIC, "move", moved), "quiet");
    daemon.ask(&["set-source-mute", "quiet", "1"]);
    assert!(desk.stream(MIC, "mute", muted));
    daemon.ask(&["set-source-mute", "quiet", "0"]);
    assert!(!desk.stream(MIC, "end of mute", muted));
    daemon.ask(&["set-source-output-mute", &daemon.own("source-outputs"), "1"]);
    assert!(desk.stream(MIC, "mute", muted));
    daemon.ask(&["set-source-output-mute", &daemon.own("source-outputs"), "0"]);
    assert!(!desk.stream(MIC, "end of mute", muted));
    daemon.ask(&["set-sink-volume", "other", "0"]);
    assert!(desk.stream(SPEAKER, "mute", muted));
    daemon.ask(&["suspend-source", "quiet", "1"]);
    let suspended = |notice| match notice {
        StreamNotice::Suspended(suspended) => Some(suspended),
        _ => None,
    };
    assert!(desk.stream(MIC, "sleep", suspended));
    daemon.ask(&["suspend-source", "quiet", "0"]);
    assert!(!desk.stream(MIC, "waking", suspended));
    daemon.ask(&["move-source-output", &daemon.own("source-outputs"), "desk.monitor"]);
    assert_eq!(desk.ended(MIC), Ending::Missing, "a monitor is no microphone");
    thread::sleep(Duration::from_millis(200));
    assert!(daemon.ask(&["list", "short", "source-outputs"]).lines().all(|line| line.contains("module-")));

    desk.pulse.open(MIC, Side::Microphone, Some("quiet"));
    desk.running(MIC);
    daemon.ask(&["set-default-source", "desk.monitor"]);
    thread::sleep(Duration::from_millis(500));
    desk.pulse.open(StreamId(9), Side::Microphone, None);
    assert_eq!(desk.ended(StreamId(9)), Ending::Missing, "nor is it the default microphone");
    daemon.ask(&["unload-module", "module-null-source"]);
    assert_eq!(desk.ended(MIC), Ending::Missing, "it was unplugged, and the server went on with a monitor");
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_stream_that_is_killed_or_impossible_is_ended() {
    let Some(daemon) = Daemon::start(&[]) else { return };
    let mut desk = daemon.connect();
    both(&mut desk, "desk");
    daemon.order(&format!("kill-source-output {}", daemon.own("source-outputs")));
    assert!(matches!(desk.ended(MIC), Ending::Other(_)), "its device is still there");
    daemon.order(&format!("kill-sink-input {}", daemon.own("sink-inputs")));
    assert!(matches!(desk.ended(SPEAKER), Ending::Other(_)));
    desk.pulse.open(StreamId(7), Side::Speaker, Some("no such"));
    assert_eq!(desk.ended(StreamId(7)), Ending::Missing);
    desk.pulse.open(StreamId(8), Side::Microphone, Some("desk.monitor"));
    assert_eq!(desk.ended(StreamId(8)), Ending::Missing);
    // Closed before the server made it.
    for at in 20..30 {
        desk.pulse.open(StreamId(at), Side::Speaker, None);
        desk.pulse.close(StreamId(at));
    }
    thread::sleep(Duration::from_millis(300));
    assert_eq!(daemon.ask(&["list", "short", "sink-inputs"]).lines().count(), 0);
    desk.pulse.open(MIC, Side::Microphone, None);
    desk.running(MIC);
    daemon.order(&format!("kill-client {}", daemon.client()));
    desk.down();
    both(&mut desk, "desk");
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn odd_devices_work() {
    let modules = [
        "module-null-sink norewinds=1 sink_name=cinema rate=44100 channels=8 channel_map=surround-71",
        "module-null-sink norewinds=1 sink_name=phone rate=16000 channels=1",
        "module-remap-source source_name=old master=phone.monitor rate=16000 channels=1",
    ];
    let Some(daemon) = Daemon::start(&modules) else { return };
    let mut desk = daemon.connect();
    desk.devices();
    desk.pulse.open(SPEAKER, Side::Speaker, Some("cinema"));
    let mut cinema = desk.running(SPEAKER);
    play(&mut cinema, 500);
    missed(&cinema);
    play(&mut cinema, 1000);
    assert_eq!(missed(&cinema), 0);
    println!("cinema: {} us", micros(&cinema));
    desk.pulse.open(StreamId(5), Side::Speaker, Some("phone"));
    let mut phone = desk.running(StreamId(5));
    desk.pulse.open(MIC, Side::Microphone, Some("old"));
    let mut old = desk.running(MIC);
    let player = thread::spawn(move || play(&mut phone, 2000));
    thread::sleep(Duration::from_millis(500));
    hear(&mut old, 1);
    let (power, count) = hear(&mut old, 1000);
    player.join().unwrap();
    assert!(power > 0.01, "{power}");
    assert!((46_000..=50_000).contains(&count), "{count}");
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_resting_speaker_lets_its_device_sleep_and_wakes_at_once() {
    let Some(daemon) = Daemon::start(&[]) else { return };
    let mut desk = daemon.connect();
    let (mut mic, mut speaker) = both(&mut desk, "room");
    play(&mut speaker, 500);
    desk.pulse.set_resting(SPEAKER, true);
    thread::sleep(Duration::from_millis(300));
    assert!(daemon.ask(&["list", "sink-inputs"]).contains("Corked: yes"));
    thread::sleep(Duration::from_millis(1500));
    hear(&mut mic, 1);
    desk.pulse.set_resting(SPEAKER, false);
    let begun = Instant::now();
    let player = thread::spawn(move || play(&mut speaker, 1000));
    while hear(&mut mic, 5).0 < 0.01 {
        assert!(begun.elapsed() < Duration::from_secs(1), "it sleeps on");
    }
    println!("heard after {:?}", begun.elapsed());
    player.join().unwrap();
}

/// Our own process is stopped, so this one starts another of itself.
#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_process_that_was_stopped_goes_on_without_what_was_said_then() {
    let Some(daemon) = Daemon::start(&[]) else { return };
    let mut child = Program::new(std::env::current_exe().unwrap())
        .args(["a_process_to_be_stopped", "--ignored", "--nocapture"])
        .env("INGLE_TEST_SERVER", daemon.address())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || loop {
        let line = told.next().unwrap().unwrap();
        if let Some(numbers) = line.strip_prefix("heard ") {
            let (mic, speaker) = numbers.split_once(' ').unwrap();
            return (mic.parse::<usize>().unwrap(), speaker.parse::<usize>().unwrap());
        }
    };
    let signal = |signal: &str| {
        assert!(Program::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success())
    };
    for stopped in [100, 1000, 2000, 12_000] {
        for _ in 0..10 {
            next();
        }
        signal("-STOP");
        thread::sleep(Duration::from_millis(stopped));
        signal("-CONT");
        let begun = Instant::now();
        next();
        let (mut mic, mut speaker) = (0, 0);
        for _ in 0..20 {
            let (more_mic, more_speaker) = next();
            (mic, speaker) = (mic + more_mic, speaker + more_speaker);
        }
        println!("stopped for {stopped} ms: {mic} heard and {speaker} played in {:?}", begun.elapsed());
        assert!((80_000..=112_000).contains(&mic), "{mic} in 2 s");
        assert!((80_000..=112_000).contains(&speaker), "{speaker} in 2 s");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
#[ignore = "is run by the test above"]
fn a_process_to_be_stopped() {
    let Ok(address) = std::env::var("INGLE_TEST_SERVER") else { return };
    let mut desk = Desk::new(address);
    let (mut mic, mut speaker) = both(&mut desk, "desk");
    let (Ring::Mic(mic), Ring::Speaker(speaker)) = (&mut mic.ring, &mut speaker.ring) else { panic!() };
    loop {
        let (begun, mut heard, mut played) = (Instant::now(), 0, 0);
        while begun.elapsed() < Duration::from_millis(100) {
            heard += std::iter::from_fn(|| mic.pop().ok()).count();
            while speaker.buffer().capacity() - speaker.slots() < 1920 && speaker.push(0.1).is_ok() {
                played += 1;
            }
            thread::sleep(Duration::from_millis(5));
        }
        println!("heard {heard} {played}");
    }
}
