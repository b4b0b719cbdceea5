//! One talker over a seeded bad line into the playout, in virtual time: what comes out, how late, and what it costs.
//!
//! `cargo bench --all-features --bench line` prints a table with a practice voice. With `-- REF.wav OUT.wav` and settings
//! (`plan=thin loss=10 burst=3 jitter=100 seed=1 ppm=300 gain=-12`) what is heard of REF.wav is written to OUT.wav, from the
//! same moment on, so that any tool that compares speech can score it. `hops=loss5` and the like put a relay between two such lines,
//! with all that it and the members repair.

mod hops;
mod line;
#[path = "../support/speech.rs"]
mod speech;
mod wav;

use std::time::Duration;

use ingle::audio::BLOCK;
use ingle::audio::playout::Playout;
use ingle::audio::playout::talker::Tally;
use ingle::ids::{SeatId, Time};
use line::Line;

/// What the listener had.
struct Outcome {
    sound: Vec<f32>,
    /// Milliseconds of the processor a second of speech.
    cpu: f64,
    /// The mean and the most that packets were held back, in milliseconds.
    held: (f64, u128),
    /// What was done to the voice.
    tally: Tally,
}

/// Lets a listener hear `sound` over `line`.
fn listen(sound: &[f32], line: &Line) -> Outcome {
    let sound: Vec<f32> = sound.iter().map(|sample| sample * line.factor()).collect();
    let (frames, expected) = line.carry(&sound);
    let until = Duration::from_millis(sound.len() as u64 / 48 + 3000);
    let mut frames = frames.into_iter().peekable();
    let mut expected = expected.into_iter().peekable();
    let mut playout: Playout = Playout::default();
    let mut out = Outcome { sound: Vec::with_capacity(sound.len()), cpu: 0.0, held: (0.0, 0), tally: Tally::default() };
    let (began, mut blocks) = (processor_time(), 0u32);
    let mut now = Time(0);
    while now < Time(0) + until {
        while let Some((_, seat, late)) = expected.next_if(|(at, ..)| *at <= now) {
            playout.expect(seat, late, now);
        }
        while let Some((at, frame)) = frames.next_if(|(at, _)| *at <= now) {
            playout.push(frame, at);
        }
        let mut block = [0.0; BLOCK];
        playout.pull(&mut block, now);
        if !playout.heard().is_empty() {
            blocks += 1;
            let held = playout.delay().as_millis();
            out.held = (out.held.0 + held as f64, out.held.1.max(held));
        }
        out.sound.extend(block);
        now = now + Duration::from_millis(20);
    }
    out.cpu = (processor_time() - began).as_secs_f64() * 1000.0 / (f64::from(blocks.max(1)) * 0.02);
    out.held.0 /= f64::from(blocks.max(1));
    out.tally = playout.tally(SeatId(1)).unwrap_or_default();
    out
}

/// What this thread has used of the processor, where the system says it; a busy machine would make a clock lie.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split_whitespace().next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let (settings, paths): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.contains('='));
    if let [from, to] = paths[..] {
        let mut line = Line::default();
        for setting in settings {
            line.set(setting).unwrap_or_else(|| panic!("{setting} is no setting of a line"));
        }
        let sound = wav::read(from).expect("a wav file that can be read");
        let out = listen(&sound, &line);
        wav::write(to, &out.sound).expect("a place for the sound");
        println!("held {:.0} ms (most {}), {:.1} ms of the processor a second", out.held.0, out.held.1, out.cpu);
        let Tally { concealed, accelerated, expanded, late, stale, .. } = out.tally;
        let [made_up, out, added] = [concealed, accelerated, expanded].map(|samples| samples / 48);
        println!("made up {made_up} ms, taken out {out}, added {added}; {late} packets late, {stale} left out");
        return;
    }
    let sound = speech::of("ana").expect("a voice");
    println!("{:<40}{:>9}{:>9}{:>9}", "line", "held ms", "most", "cpu ms/s");
    for words in ["", "jitter=100", "loss=5", "loss=10 burst=3 jitter=50", "loss=20 jitter=100", "ppm=300"] {
        let mut line = Line::default();
        words.split_whitespace().for_each(|word| line.set(word).expect("a setting"));
        let out = listen(&sound, &line);
        let name = if words.is_empty() { "clean" } else { words };
        println!("{name:<40}{:>9.0}{:>9}{:>9.1}", out.held.0, out.held.1, out.cpu);
    }
}
