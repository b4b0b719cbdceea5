//! Against sound servers of our own, in real time.

mod daemon;
mod desk;

use std::io::{BufRead as _, BufReader};
use std::process::{Command as Program, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use self::daemon::{Daemon, Kind, signal};
use self::desk::{Desk, hear, missed, play};
use super::*;
use crate::audio::device::backend::{Ending, Notice, Ring, Running, StreamNotice};

const MIC: StreamId = StreamId(1);
const SPEAKER: StreamId = StreamId(2);

/// Each is a test on either server.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod pulseaudio {
            $(#[test]
            #[ignore = "needs a sound server and real time; make soak"]
            fn $name() {
                super::$name(super::Kind::PulseAudio);
            })*
        }

        mod pipewire {
            $(#[test]
            #[ignore = "needs a sound server and real time; make soak"]
            fn $name() {
                super::$name(super::Kind::PipeWire);
            })*
        }
    };
}

on_both! {
    streams_open_carry_sound_and_leave_nothing
    a_server_that_dies_or_hangs_is_said_and_comes_back
    what_happens_to_a_stream_is_said
    the_last_speaker_that_goes_is_missed
    a_stream_that_is_killed_or_impossible_is_ended
    odd_devices_work
    a_resting_speaker_lets_its_device_sleep_and_wakes_at_once
    a_stopped_process_goes_on_without_what_was_said_then
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

fn streams_open_carry_sound_and_leave_nothing(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &[]) else { return };
    let mut desk = Desk::new(daemon.address());
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
    let stop = Arc::new(AtomicBool::new(false));
    let until = stop.clone();
    let player = thread::spawn(move || {
        play(&mut speaker, 500);
        missed(&speaker);
        while !until.load(Ordering::Relaxed) {
            play(&mut speaker, 100);
        }
        (missed(&speaker), speaker)
    });
    // PipeWire needs a while for its graph, and more on a busy machine.
    let seconds = if kind == Kind::PipeWire { 10 } else { 2 };
    let whole = (0..seconds).map(|_| hear(&mut mic, 1000)).find(|(power, count)| {
        let in_time = (46_000..=50_000).contains(count);
        println!("{count} samples in a second");
        *power > 0.01 && in_time
    });
    stop.store(true, Ordering::Relaxed);
    assert!(whole.is_some(), "a second has its sound");
    let (lost, speaker) = player.join().unwrap();
    assert!(kind == Kind::PipeWire || lost == 0 && missed(&mic) == 0, "{lost}");
    println!("latency: microphone {} us, speaker {} us", micros(&mic), micros(&speaker));
    assert!((1..150_000).contains(&micros(&speaker)), "{}", micros(&speaker));
    desk.pulse.close(MIC);
    desk.pulse.close(SPEAKER);
    thread::sleep(Duration::from_millis(200));
    let left = |kind| daemon.all_own(kind).len();
    assert_eq!((left("source-outputs"), left("sink-inputs")), (0, 0));
}

fn a_server_that_dies_or_hangs_is_said_and_comes_back(kind: Kind) {
    let Some(mut daemon) = Daemon::start(kind, &[]) else { return };
    let mut desk = Desk::new(daemon.address());
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

fn what_happens_to_a_stream_is_said(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &["module-null-sink norewinds=1 sink_name=other"]) else { return };
    let quiet = daemon.load(&["module-null-source source_name=quiet"]);
    let mut desk = Desk::new(daemon.address());
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
    daemon.move_own("sink-input", "other");
    assert_eq!(desk.stream(SPEAKER, "move", moved), "other");
    daemon.move_own("source-output", "quiet");
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
    // PipeWire only lets devices sleep that nobody uses.
    if kind == Kind::PulseAudio {
        daemon.ask(&["suspend-source", "quiet", "1"]);
        let suspended = |notice| match notice {
            StreamNotice::Suspended(suspended) => Some(suspended),
            _ => None,
        };
        assert!(desk.stream(MIC, "sleep", suspended));
        daemon.ask(&["suspend-source", "quiet", "0"]);
        assert!(!desk.stream(MIC, "waking", suspended));
    }
    daemon.move_own("source-output", "desk.monitor");
    assert_eq!(desk.ended(MIC), Ending::Missing, "a monitor is no microphone");
    thread::sleep(Duration::from_millis(200));
    assert!(daemon.all_own("source-outputs").is_empty());

    desk.pulse.open(MIC, Side::Microphone, Some("quiet"));
    desk.running(MIC);
    daemon.ask(&["set-default-source", "desk.monitor"]);
    thread::sleep(Duration::from_millis(500));
    desk.pulse.open(StreamId(9), Side::Microphone, None);
    assert_eq!(desk.ended(StreamId(9)), Ending::Missing, "nor is it the default microphone");
    daemon.ask(&["unload-module", &quiet]);
    assert_eq!(desk.ended(MIC), Ending::Missing, "it was unplugged, and the server went on with a monitor");
}

fn the_last_speaker_that_goes_is_missed(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &[]) else { return };
    if kind == Kind::PulseAudio {
        daemon.load(&["module-always-sink"]);
    }
    let mut desk = Desk::new(daemon.address());
    both(&mut desk, "desk");
    daemon.ask(&["unload-module", "module-null-sink"]);
    assert_eq!(desk.ended(SPEAKER), Ending::Missing, "playing to the server's stand-in is heard by nobody");
    desk.pulse.list();
    let none = |notice| matches!(notice, Notice::Devices { speakers, .. } if speakers.is_empty()).then_some(());
    desk.until("list without a speaker", none);
}

fn a_stream_that_is_killed_or_impossible_is_ended(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &[]) else { return };
    let mut desk = Desk::new(daemon.address());
    both(&mut desk, "desk");
    // Only PulseAudio has an order for it.
    if kind == Kind::PulseAudio {
        daemon.order(&format!("kill-source-output {}", daemon.own("source-outputs")));
        assert!(matches!(desk.ended(MIC), Ending::Other(_)), "its device is still there");
        daemon.order(&format!("kill-sink-input {}", daemon.own("sink-inputs")));
        assert!(matches!(desk.ended(SPEAKER), Ending::Other(_)));
    }
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
    assert_eq!(daemon.all_own("sink-inputs").len(), usize::from(kind == Kind::PipeWire));
    if kind == Kind::PulseAudio {
        desk.pulse.open(MIC, Side::Microphone, None);
        desk.running(MIC);
        daemon.order(&format!("kill-client {}", daemon.client()));
        desk.down();
        both(&mut desk, "desk");
    }
}

fn odd_devices_work(kind: Kind) {
    let modules = [
        "module-null-sink norewinds=1 sink_name=cinema rate=44100 channels=8 channel_map=surround-71",
        "module-null-sink norewinds=1 sink_name=phone rate=16000 channels=1 channel_map=mono",
        "module-remap-source source_name=old master=phone.monitor rate=16000 channels=1 channel_map=mono",
    ];
    let Some(daemon) = Daemon::start(kind, &modules) else { return };
    let mut desk = Desk::new(daemon.address());
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

fn a_resting_speaker_lets_its_device_sleep_and_wakes_at_once(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &[]) else { return };
    let mut desk = Desk::new(daemon.address());
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
fn a_stopped_process_goes_on_without_what_was_said_then(kind: Kind) {
    let Some(daemon) = Daemon::start(kind, &[]) else { return };
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
    for stopped in [100, 1000, 2000, 12_000] {
        for _ in 0..10 {
            next();
        }
        signal(&child, "-STOP");
        thread::sleep(Duration::from_millis(stopped));
        signal(&child, "-CONT");
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
