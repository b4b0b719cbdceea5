//! The capture chain in recorded rooms: `make bench-rooms`.
//!
//! `rooms.py` makes what a microphone hears of recordings that don't belong to the project, and scores what comes of it; this
//! program is the way between: the chain alone, or the whole way of a voice to a listener's ear on a perfect line.

#[path = "../line/wav.rs"]
mod wav;

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Error, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use ingle::adapt::{Plan, PlanChoice};
use ingle::audio::capture::Capture;
use ingle::audio::chain::{CaptureChain, Frame};
use ingle::audio::playout::Playout;
use ingle::audio::vad::{Sound, Vad};
use ingle::audio::{AudioEvent, BLOCK, Captured, Chain, Incoming};
use ingle::ids::{FrameNo, SeatId, Time};
use serde_json::{Value, json};

fn setting(name: &str) -> Option<Chain> {
    match name {
        "auto" => Some(Chain::Auto),
        "off" => Some(Chain::Off),
        "headset" => Some(Chain::Headset),
        "speakers" => Some(Chain::Speakers),
        _ => None,
    }
}

/// Every third sample: what is above 8 kHz was taken out by `rooms.py`.
fn frames(far: &[f32]) -> impl Iterator<Item = Frame> {
    let narrow: Vec<f32> = far.iter().step_by(3).copied().collect();
    narrow.as_chunks().0.to_vec().into_iter().chain(std::iter::repeat([0.0; 320]))
}

/// What the chain gives to the encoder, and whether echo stayed.
fn chain(setting: Chain, near: &[f32], far: &[f32]) -> (Vec<f32>, bool) {
    let (mut chain, mut vad) = (CaptureChain::new(setting), Vad::default());
    let (mut out, mut stayed) = (Vec::with_capacity(near.len()), false);
    for (block, far) in near.as_chunks::<BLOCK>().0.iter().zip(frames(far)) {
        let mut clean = *block;
        if let Some(chain) = &mut chain {
            let speech = vad.hear_narrow(chain.clean(block, &far)) == Sound::Speech;
            chain.level(speech, &mut clean);
            stayed |= chain.echo_stays();
        }
        out.extend_from_slice(&clean);
    }
    (out, stayed)
}

/// What a listener hears on a perfect line, whether echo stayed, and how much was sent, in milliseconds.
fn call(setting: Chain, near: &[f32], far: &[f32]) -> (Vec<f32>, bool, u64) {
    let mut capture = Capture::with_chain(PlanChoice::Auto.into(), setting).expect("memory");
    let mut playout: Playout = Playout::default();
    let (mut now, mut number, mut out) = (Time(0), 0, Vec::with_capacity(near.len()));
    let (stayed, mut sent_ms) = (RefCell::new(false), 0);
    let packet_ms = u64::from(Plan::from(PlanChoice::Auto).packet_ms());
    let silence = [[0.0; BLOCK]; 50];
    for (block, far) in near.as_chunks::<BLOCK>().0.iter().chain(&silence).zip(frames(far)) {
        let packets = RefCell::new(Vec::new());
        capture.hear(block, &far, &|event| match event {
            AudioEvent::Captured(packet) => packets.borrow_mut().push(packet),
            AudioEvent::Echo(stays) => *stayed.borrow_mut() |= stays,
            _ => {}
        });
        for Captured { packet, tick, start, end, .. } in packets.into_inner() {
            playout
                .push(Incoming { seat: SeatId(1), number: FrameNo(number), count: 1, tick, start, end, packet }, now);
            number = number.wrapping_add(1);
            sent_ms += packet_ms;
        }
        let mut heard = [0.0; BLOCK];
        playout.pull(&mut heard, now);
        out.extend_from_slice(&heard);
        now = now + Duration::from_millis(20);
    }
    (out, stayed.into_inner(), sent_ms)
}

fn answer(job: &Value) -> Option<Value> {
    let text = |name: &str| job[name].as_str();
    let setting = setting(text("chain")?)?;
    let near = wav::read(text("near")?).ok()?;
    let far = text("far").map_or(Some(Vec::new()), |path| wav::read(path).ok())?;
    let (out, stayed, sent_ms) = if text("way")? == "call" {
        call(setting, &near, &far)
    } else {
        let (out, stayed) = chain(setting, &near, &far);
        (out, stayed, 0)
    };
    wav::write(text("out")?, &out).ok()?;
    Some(json!({ "stays": stayed, "sent_ms": sent_ms }))
}

fn run() -> Result<(), Error> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "target/lines/python/bin/python".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/rooms/rooms.py");
    let mut child = Command::new(python).args(["-u", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else { return Ok(()) };
    for line in BufReader::new(from).lines() {
        let line = line?;
        match serde_json::from_str::<Value>(&line) {
            Ok(job) if job.is_object() => {
                let answer = answer(&job).ok_or_else(|| Error::other(format!("this can't be done: {job}")))?;
                writeln!(to, "{answer}")?;
            }
            // What it has to say to people.
            _ => println!("{line}"),
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(Error::other("the scores failed")) }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
