//! The line of a listener or a talker is cut for five seconds: every sentence is heard, once.

use std::f32::consts::TAU;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use ingle::audio::RATE;
use serde_json::json;

use super::harness::{Group, Person, Proxy};

const SENTENCES: usize = 14;
/// Of each sentence, and of the silence behind it.
const LONG: f32 = 1.2;
const SILENT: f32 = 1.0;
/// Time for all to come in.
const LEAD: f32 = 6.0;
const CUT: Duration = Duration::from_secs(5);

/// Something like a vowel, in syllables.
fn sentence() -> impl Iterator<Item = f32> {
    (0..(LONG * RATE as f32) as usize).map(|i| {
        let t = i as f32 / RATE as f32;
        let pitch = 130.0 + 10.0 * (t * 5.0).sin();
        let voice: f32 = (1..20).map(|k| (TAU * pitch * k as f32 * t).sin() / k as f32).sum();
        voice * 0.12 * (0.6 - 0.4 * (t * 4.0 * TAU).cos())
    })
}

fn write(dir: &Path) -> PathBuf {
    let path = dir.join("sentences.wav");
    let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::create(&path, spec).expect("a file");
    let silence = |seconds: f32| std::iter::repeat_n(0.0, (seconds * RATE as f32) as usize);
    let all = silence(LEAD).chain((0..SENTENCES).flat_map(|_| sentence().chain(silence(SILENT))));
    all.for_each(|sample| writer.write_sample((sample * 32_767.0) as i16).expect("written"));
    writer.finalize().expect("written");
    path
}

/// When something loud begins after a tenth of a second of silence, in seconds.
fn sentences(path: &Path) -> Vec<f32> {
    let mut reader = WavReader::open(path).expect("a wav file");
    let sound: Vec<f32> = reader.samples::<i16>().map(|s| f32::from(s.expect("whole")) / 32_768.0).collect();
    let block = RATE as usize / 50;
    let power = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32;
    let loud: Vec<bool> = sound.chunks(block).map(|part| power(part).sqrt() > 0.012).collect();
    let begins = (5..loud.len()).filter(|i| loud[*i] && loud[i - 5..*i].iter().all(|loud| !loud));
    begins.map(|i| i as f32 / 50.0).collect()
}

/// One member speaks and one listens, and the line of one of them is cut. Returns the times of the sentences heard, and the
/// number said.
fn cut(talker: bool) -> (Vec<f32>, usize) {
    let dir = tempfile::tempdir().expect("a directory");
    let (said, heard) = (write(dir.path()), dir.path().join("heard.wav"));
    let speak = ["--mic".to_owned(), format!("file:{}", said.display()), "--speaker".to_owned(), "null".to_owned()];
    let listen = ["--mic".to_owned(), "null".to_owned(), "--speaker".to_owned(), format!("file:{}", heard.display())];
    let (host, other) = if talker { (listen, speak) } else { (speak, listen) };
    let words = |all: &[String; 4]| all.iter().map(String::clone).collect::<Vec<_>>();
    let host = words(&host);
    let arguments: Vec<&str> = ["--open-door"].into_iter().chain(host.iter().map(String::as_str)).collect();
    let mut group = Group::hosted(&arguments);
    let proxy = Proxy::to(&group.relay.at);
    let other = words(&other);
    let mut lea = group.knock_over(&proxy.at, "Lea", &other.iter().map(String::as_str).collect::<Vec<_>>());
    lea.wait(json!({ "event": "joined" }));
    let (speaker, listener): (&str, &mut Person) = if talker { ("Lea", &mut group.host) } else { ("Hilda", &mut lea) };
    listener.wait(json!({ "event": "speaking", "name": speaker, "on": true }));
    std::thread::sleep(Duration::from_secs(8));
    let begun = Instant::now();
    proxy.cut(true);
    std::thread::sleep(CUT);
    proxy.cut(false);
    println!("cut for {:.1} s", begun.elapsed().as_secs_f64());
    let sees = if talker { &mut group.host } else { &mut lea };
    let who = if talker { "Hilda" } else { "Lea" };
    let behind = sees.wait(json!({ "event": "behind", "name": who })).event["s"].as_u64().expect("seconds");
    println!("{who} is {behind} s behind");
    assert!(behind >= 2);
    sees.wait_within(Duration::from_secs(40), json!({ "event": "behind", "name": who, "s": 0 }));
    println!("live again {:.1} s after the cut", (begun.elapsed() - CUT).as_secs_f64());
    // The rest of what is said.
    let rest = (LEAD + SENTENCES as f32 * (LONG + SILENT) - 10.0).max(0.0);
    std::thread::sleep(Duration::from_secs_f32(rest).saturating_sub(begun.elapsed()));
    if !talker {
        group.host.wait(json!({ "event": "behind", "name": "Lea", "s": 0 }));
    }
    for person in [&mut lea, &mut group.host] {
        person.say("/quit");
        person.wait(json!({ "event": "closed", "reason": "left" }));
    }
    lea.end();
    group.host.end();
    (sentences(&heard), sentences(&said).len())
}

#[test]
#[ignore = "takes 45 seconds; make soak"]
fn a_listener_hears_every_sentence_of_a_cut() {
    let (heard, said) = cut(false);
    println!("heard at {heard:?}");
    assert_eq!((heard.len(), said), (SENTENCES, SENTENCES));
}

#[test]
#[ignore = "takes 45 seconds; make soak"]
fn a_talker_is_heard_with_every_sentence_of_a_cut() {
    let (heard, said) = cut(true);
    println!("heard at {heard:?}");
    assert_eq!((heard.len(), said), (SENTENCES, SENTENCES));
}
