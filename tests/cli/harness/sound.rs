//! Real speech as wav files, and whether one file is heard in another.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use ingle::audio::RATE;
use ingle::audio::opus::{Decoder, MAX_PACKET};
use ogg::PacketReader;

/// Samples in a point of an envelope: 5 ms.
const POINT: usize = RATE as usize / 200;
const POINT_S: f64 = POINT as f64 / RATE as f64;

/// One of the practice voices.
pub(crate) fn voice(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voices").join(name).with_extension("opus");
    let mut packets = PacketReader::new(BufReader::new(File::open(path).expect("a voice")));
    let mut decoder = Decoder::new().expect("memory");
    let mut out = [0.0; MAX_PACKET];
    let mut sound = Vec::new();
    let mut headers = 2;
    while let Some(packet) = packets.read_packet().expect("a container") {
        if headers > 0 {
            headers -= 1;
            continue;
        }
        let samples = decoder.decode(&packet.data, &mut out).expect("a packet");
        sound.extend_from_slice(&out[..samples]);
    }
    sound
}

/// Writes a practice voice after some silence; the path for `--mic file:`.
pub(crate) fn write_voice(dir: &Path, name: &str, lead: Duration) -> PathBuf {
    let silence = std::iter::repeat_n(0.0, (lead.as_secs_f64() * f64::from(RATE)) as usize);
    write(dir, name, silence.chain(voice(name)))
}

/// Writes a sound as a wav file; its path.
pub(crate) fn write(dir: &Path, name: &str, sound: impl Iterator<Item = f32>) -> PathBuf {
    let path = dir.join(format!("{name}.wav"));
    let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::create(&path, spec).expect("a file");
    for sample in sound {
        writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).expect("written");
    }
    writer.finalize().expect("written");
    path
}

/// The arguments for a file as microphone, again and again.
pub(crate) fn looped(path: &Path) -> String {
    format!("file:{},loop", path.display())
}

/// How one file is heard in another.
#[derive(Debug)]
pub(crate) struct Likeness {
    /// Correlation of the envelopes at the best delay, at most 1.
    pub likeness: f64,
    /// From mouth to ear, in milliseconds, by the clocks in the side files.
    pub delay_ms: f64,
}

/// Looks for `spoken` in `heard`, up to two seconds late.
pub(crate) fn likeness(spoken: &Path, heard: &Path) -> Likeness {
    let behind = ((first_sample(spoken) - first_sample(heard)) / POINT_S).round() as isize;
    let (spoken, heard) = (envelope(spoken), envelope(heard));
    let all = (0..400).map(|late| (late, correlation(&spoken, &heard, behind + late)));
    let (late, likeness) = all.max_by(|a, b| a.1.total_cmp(&b.1)).expect("some");
    Likeness { likeness, delay_ms: late as f64 * POINT_S * 1000.0 }
}

/// The correlation of two envelopes where `heard` is `shift` points later.
fn correlation(spoken: &[f64], heard: &[f64], shift: isize) -> f64 {
    let pairs: Vec<(f64, f64)> = (spoken.iter().zip(0isize..))
        .filter_map(|(s, at)| Some((*s, *heard.get(usize::try_from(at + shift).ok()?)?)))
        .collect();
    let count = pairs.len().max(1) as f64;
    let (mean_s, mean_h) = pairs.iter().fold((0.0, 0.0), |(s, h), pair| (s + pair.0 / count, h + pair.1 / count));
    let (mut both, mut own_s, mut own_h) = (0.0, 0.0, 0.0);
    for (s, h) in pairs.iter().map(|(s, h)| (s - mean_s, h - mean_h)) {
        (both, own_s, own_h) = (both + s * h, own_s + s * s, own_h + h * h);
    }
    both / (own_s * own_h).sqrt().max(f64::MIN_POSITIVE)
}

fn envelope(path: &Path) -> Vec<f64> {
    let mut reader = WavReader::open(path).expect("a wav file");
    assert_eq!((reader.spec().sample_rate, reader.spec().channels), (RATE, 1));
    let sound: Vec<f64> = reader.samples::<i16>().map(|sample| f64::from(sample.expect("whole"))).collect();
    let loudness = |point: &[f64]| (point.iter().map(|s| s * s).sum::<f64>() / POINT as f64).sqrt();
    sound.chunks_exact(POINT).map(loudness).collect()
}

/// The wall clock of a file's first sample, in seconds.
pub(crate) fn first_sample(path: &Path) -> f64 {
    let text = std::fs::read_to_string(format!("{}.json", path.display())).expect("a side file");
    let side: serde_json::Value = serde_json::from_str(&text).expect("json");
    side["first_sample_unix_s"].as_f64().expect("seconds")
}
