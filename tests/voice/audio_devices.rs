//! The whole audio side against real time: files, and a private sound server where one can be started.

#[path = "../../src/audio/testing.rs"]
mod testing;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use ingle::adapt::{Plan, PlanChoice};
use ingle::audio::capture::Capture;
use ingle::audio::encoder::Encoder;
use ingle::audio::level::decibels;
use ingle::audio::{
    Audio, AudioError, AudioEvent, AudioSetup, BLOCK, Captured, Chain, CpuLimit, Incoming, MicFault, MicSpec,
    MicStatus, OnUnplug, RATE, SpeakerFault, SpeakerSpec, SpeakerStatus,
};
use ingle::ids::{FrameNo, SeatId};
use testing::vowels;

fn plan() -> Plan {
    PlanChoice::Auto.into()
}

fn setup(mic: MicSpec, speaker: SpeakerSpec) -> AudioSetup {
    AudioSetup {
        mic,
        speaker,
        plan: plan(),
        mic_open: true,
        on_unplug: OnUnplug::Pause,
        cpu: CpuLimit::Auto,
        chain: Chain::Off,
    }
}

fn start(mic: MicSpec, speaker: SpeakerSpec) -> (Audio, Receiver<(Instant, AudioEvent)>) {
    let (sender, events): (Sender<(Instant, AudioEvent)>, _) = mpsc::channel();
    let setup = setup(mic, speaker);
    Audio::check(&setup).unwrap();
    let audio = Audio::start(setup, move |event| drop(sender.send((Instant::now(), event)))).unwrap();
    (audio, events)
}

fn incoming(number: u16, captured: Captured) -> Incoming {
    let Captured { packet, tick, start, end, .. } = captured;
    Incoming { seat: SeatId(3), number: FrameNo(number), count: 1, tick, start, end, packet }
}

fn clock(wav: &Path) -> f64 {
    let text = std::fs::read_to_string(format!("{}.json", wav.display())).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["first_sample_unix_s"].as_f64().unwrap()
}

/// Milliseconds after which `said` is best found in `heard`, by loudness.
fn lag(said: &[f32], heard: &[f32]) -> usize {
    let envelope = |sound: &[f32]| -> Vec<f32> { sound.chunks(48).map(|c| decibels(c).max(-60.0) + 60.0).collect() };
    let (said, heard) = (envelope(said), envelope(heard));
    let at = |lag: usize| -> f32 { said.iter().zip(&heard[lag..]).map(|(a, b)| a * b).sum() };
    (0..700).max_by(|a, b| at(*a).total_cmp(&at(*b))).unwrap()
}

#[test]
#[ignore = "plays for 3 seconds and measures the delay; make soak"]
fn a_file_is_heard_in_a_file_within_a_quarter_of_a_second() {
    let dir = tempfile::tempdir().unwrap();
    let (input, output) = (dir.path().join("in.wav"), dir.path().join("out.wav"));
    let said = [vec![0.0; RATE as usize / 2], vowels(1.5, 0.4), vec![0.0; RATE as usize / 2]].concat();
    let spec =
        hound::WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut writer = hound::WavWriter::create(&input, spec).unwrap();
    said.iter().for_each(|s| writer.write_sample((s * 32_767.0) as i16).unwrap());
    writer.finalize().unwrap();

    let begun = Instant::now();
    let (audio, events) =
        start(MicSpec::File { path: input.clone(), looped: false }, SpeakerSpec::File(output.clone()));
    let (mut number, mut meter, mut fell) = (0, 0, false);
    while let Ok((_, event)) = events.recv_timeout(Duration::from_millis(3000).saturating_sub(begun.elapsed())) {
        match event {
            AudioEvent::Captured(packet) => {
                audio.play(incoming(number, packet), 0);
                number += 1;
            }
            AudioEvent::Missed(_) => {}
            AudioEvent::Playout { playing: true, level, .. } => meter = level.max(meter),
            AudioEvent::Playout { playing: false, .. } => fell = true,
            AudioEvent::Problem(problem) => panic!("{problem}"),
            AudioEvent::Mic(_)
            | AudioEvent::MicClosed(_)
            | AudioEvent::Speaker(_)
            | AudioEvent::Devices { .. }
            | AudioEvent::Advice(_)
            | AudioEvent::Check(_)
            | AudioEvent::Cpu(_)
            | AudioEvent::MicLevel(_)
            | AudioEvent::Echo(_) => {}
        }
    }
    assert!(number > 20 && meter >= 4 && fell, "{number} packets, level {meter}");
    assert!(audio.playout_delay_ms() >= 40);
    let elapsed = begun.elapsed();
    drop(audio);

    let mut reader = hound::WavReader::open(&output).unwrap();
    let heard: Vec<f32> = reader.samples::<i16>().map(|s| f32::from(s.unwrap()) / 32_768.0).collect();
    let written = Duration::from_micros(heard.len() as u64 * 125 / 6);
    assert!(written.abs_diff(elapsed) < Duration::from_millis(150), "{written:?} written in {elapsed:?}");
    let delay = lag(&said[..said.len() - 9600], &heard) as f64 + (clock(&output) - clock(&input)) * 1000.0;
    println!("from mouth to ear: {delay:.0} ms");
    assert!((60.0..=250.0).contains(&delay), "{delay} ms from mouth to ear");
}

/// How loud I am, summed up over the last 4 s, while another talks for 6 s in a room with my loudspeaker and I say nothing.
fn echoed(dir: &Path, chain: Chain) -> u32 {
    let response = dir.join("room.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&response, spec).unwrap();
    let mut noise = testing::Noise(5);
    for at in 0..3_200 {
        let tail = noise.next() * 0.1 * 10f32.powf(-3.0 * at as f32 / 4_800.0);
        writer.write_sample(((if at == 0 { 0.9 } else { tail }) * 32_767.0) as i16).unwrap();
    }
    writer.finalize().unwrap();

    let mic: MicSpec = format!("room:{},delay=60,loss=6", response.display()).parse().unwrap();
    let (sender, events): (Sender<(Instant, AudioEvent)>, _) = mpsc::channel();
    let setup = AudioSetup { chain, ..setup(mic, SpeakerSpec::Null) };
    let audio = Audio::start(setup, move |event| drop(sender.send((Instant::now(), event)))).unwrap();
    let begun = Instant::now();
    for (number, packet) in (0..).zip(breathed(6.0)) {
        let due = begun + Duration::from_millis(60) * u32::from(number);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        audio.play(incoming(number, packet), begun.elapsed().as_millis() as u64);
    }
    drop(audio);
    let late = events.iter().filter(|event| event.0 > begun + Duration::from_secs(2));
    let level = |event: (Instant, AudioEvent)| if let AudioEvent::MicLevel(level) = event.1 { level.into() } else { 0 };
    late.map(level).sum()
}

#[test]
#[ignore = "talks for 12 seconds in a made-up room; make soak"]
fn what_another_says_does_not_come_back_from_my_loudspeaker() {
    let dir = tempfile::tempdir().unwrap();
    let (without, with) = (echoed(dir.path(), Chain::Off), echoed(dir.path(), Chain::Auto));
    println!("echo is {without} loud without the chain, {with} with it");
    assert!(without > 60, "{without}");
    assert!(with * 4 < without, "{with} of {without}");
}

#[test]
fn nothing_at_all_works_too() {
    let (audio, events) = start(MicSpec::Null, SpeakerSpec::Null);
    audio.set_mic_open(false);
    let packets = spoken(0.6);
    assert!(!packets.is_empty());
    for (number, packet) in (0..).zip(packets) {
        audio.play(incoming(number, packet), 0);
    }
    let playing = |event: &(Instant, AudioEvent)| matches!(event.1, AudioEvent::Playout { playing: true, .. });
    let heard = std::iter::from_fn(|| events.recv_timeout(Duration::from_secs(30)).ok()).find(playing);
    assert!(heard.is_some(), "the meter moves without a speaker");
    audio.forget(SeatId(3));
}

/// With as much breath as a person has, and pauses, all of it coded. No filter learns a room from vowels alone.
fn breathed(seconds: f32) -> Vec<Captured> {
    let mut noise = testing::Noise(21);
    let mut low = 0.0;
    let breath = |(at, voice): (usize, f32)| {
        let t = at as f32 / RATE as f32;
        let syllable = (0.5 - 0.5 * (t * 3.1 * std::f32::consts::TAU).cos()) * f32::from(t % 2.0 < 1.6);
        low += (noise.next() - low) * 0.3;
        (low * 0.3 + voice) * syllable
    };
    let sound: Vec<f32> = vowels(seconds, 0.3).into_iter().enumerate().map(breath).collect();
    let mut encoder = Encoder::new(plan()).unwrap();
    let packet = |(at, sound): (usize, &[f32])| {
        let packet = encoder.encode(sound).unwrap();
        Captured { packet, tick: (3 * at) as u8, level: 5, start: at == 0, end: false, thin: None }
    };
    sound.chunks_exact(3 * BLOCK).enumerate().map(packet).collect()
}

fn spoken(seconds: f32) -> Vec<Captured> {
    let packets = std::cell::RefCell::new(Vec::new());
    let mut capture = Capture::new(plan()).unwrap();
    for block in vowels(seconds, 0.4).as_chunks::<BLOCK>().0 {
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                packets.borrow_mut().push(packet);
            }
        });
    }
    packets.into_inner()
}

/// A sound server of our own with one loudspeaker, `bus`, which the microphone `ear` hears.
struct Server(Child);

impl Server {
    fn start(dir: &Path) -> Result<Self, String> {
        let mut command = Command::new("pulseaudio");
        command.args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no"]);
        command.args([
            "-L",
            &format!("module-native-protocol-unix socket={} auth-anonymous=1", dir.join("native").display()),
        ]);
        command.args(["-L", "module-null-sink sink_name=bus rate=48000 channels=2"]);
        command.args(["-L", "module-remap-source source_name=ear master=bus.monitor"]);
        command.env("HOME", dir).env("PULSE_RUNTIME_PATH", dir.join("run")).env_remove("PULSE_SERVER");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self(command.spawn().map_err(|e| format!("pulseaudio can't be started: {e}"))?);
        let begun = Instant::now();
        while !dir.join("native").exists() {
            if begun.elapsed() > Duration::from_secs(5) {
                return Err("pulseaudio made no socket within 5 s".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server's address is in the environment, which a process must not change under its own feet; so the test runs itself.
#[test]
#[ignore = "plays for 10 seconds on a sound server and measures the delay; make soak"]
fn a_sound_server_carries_a_voice_out_and_back() {
    let dir = tempfile::tempdir().unwrap();
    let server = match Server::start(dir.path()) {
        Ok(server) => server,
        Err(reason) => return println!("skipped: {reason}"),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "with_a_sound_server", "--ignored", "--nocapture"])
        .env("PULSE_SERVER", format!("unix:{}", dir.path().join("native").display()))
        .env("PULSE_RUNTIME_PATH", dir.path().join("run"))
        .env("HOME", dir.path())
        .env("INGLE_TEST_SERVER", server.0.id().to_string())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(40) {
            child.kill().unwrap();
            panic!("the sound server's test hangs");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success());
}

#[test]
#[ignore = "is run by the test above, with a sound server of its own"]
fn with_a_sound_server() {
    let Ok(server) = std::env::var("INGLE_TEST_SERVER") else {
        return println!("skipped: there is no sound server unless the test above runs this");
    };
    let (mic, speaker) = (MicSpec::Device("ear".into()), SpeakerSpec::Device("BUS".into()));
    let setup = |mic| AudioSetup {
        mic,
        speaker: speaker.clone(),
        plan: plan(),
        mic_open: true,
        on_unplug: OnUnplug::Pause,
        cpu: CpuLimit::Auto,
        chain: Chain::Off,
    };
    match Audio::check(&setup(MicSpec::Device("no such".into()))) {
        Err(AudioError::NoSuchDevice { known, .. }) => assert!(!known.is_empty()),
        other => panic!("{other:?}"),
    }
    Audio::check(&setup(MicSpec::Default)).unwrap();

    let (audio, events) = start(mic, speaker);
    // The first sound after a start is the server's own beginning; ours comes when that is over.
    let packets = spoken(1.0);
    let mut number = 0;
    let clock = Instant::now();
    let mut say = || {
        let begun = Instant::now();
        // The talker's clock goes on between the three times that the same thing is said.
        let later = (clock.elapsed().as_millis() / 20) as u8;
        for (packet, i) in packets.iter().cloned().zip(0u32..) {
            let due = begun + Duration::from_millis(60) * i;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            audio.play(incoming(number, Captured { tick: packet.tick.wrapping_add(later), ..packet }), 0);
            number += 1;
        }
        begun
    };
    let hear = |wait: u64| -> Option<Instant> {
        let until = Instant::now() + Duration::from_millis(wait);
        loop {
            match events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok((at, AudioEvent::Captured(packet))) if packet.start => return Some(at),
                Ok((_, AudioEvent::Problem(problem))) => panic!("{problem}"),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    };

    say();
    assert!(hear(1500).is_some(), "what was played is captured");
    audio.set_mic_open(false);
    std::thread::sleep(Duration::from_millis(300));
    while events.try_recv().is_ok() {}
    say();
    assert!(hear(500).is_none(), "a closed microphone hears nothing");
    audio.set_mic_open(true);
    while events.try_recv().is_ok() {}
    let said = say();
    let heard = hear(1500).expect("an open one hears again");
    let delay = heard - said;
    // Playout delay, the server's two ways, and the time to notice speech and fill a packet.
    println!("from the network through the speaker and the microphone: {} ms", delay.as_millis());
    assert!(delay < Duration::from_millis(800), "{delay:?}");

    assert!(Command::new("kill").args(["-9", &server]).status().unwrap().success());
    let gone = |event: &(Instant, AudioEvent)| {
        matches!(
            event.1,
            AudioEvent::Mic(MicStatus::Fault(MicFault::NoServer))
                | AudioEvent::Speaker(SpeakerStatus::Fault(SpeakerFault::NoServer))
        )
    };
    let both = std::iter::from_fn(|| events.recv_timeout(Duration::from_secs(3)).ok()).filter(gone).take(2).count();
    assert_eq!(both, 2, "a server that dies takes the microphone and the speaker with it, and that is said");
    drop(audio);
}
