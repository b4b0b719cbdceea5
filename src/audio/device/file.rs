//! Wav files as microphone and speaker, for tests and benches.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::audio::resample::Resampler;
use crate::audio::{AudioError, BLOCK, RATE};

/// Blocks between two updates of the header: a killed process loses a second at most.
const FLUSH_BLOCKS: u32 = 50;

/// A wav file as a microphone: 8 to 192 kHz, 8 to 32 bits or float, up to 8 channels.
pub(crate) struct FileMic {
    reader: WavReader<BufReader<File>>,
    resampler: Resampler,
    looped: bool,
    input: Vec<f32>,
}

impl FileMic {
    /// Opens the file and reads its header.
    pub(crate) fn open(path: &Path, looped: bool) -> Result<Self, AudioError> {
        let unreadable = |reason: String| AudioError::Unreadable { path: path.into(), reason };
        let not_wav = |reason: &str| AudioError::NotWav { path: path.into(), reason: reason.into() };
        let file = File::open(path).map_err(|e| unreadable(plain(&e)))?;
        if file.metadata().is_ok_and(|data| data.is_dir()) {
            return Err(unreadable("it is a folder".into()));
        }
        let reader = WavReader::new(BufReader::new(file)).map_err(|e| match e {
            // What the system says has a number; that the file is too short does not.
            hound::Error::IoError(e) if e.raw_os_error().is_some() => unreadable(plain(&e)),
            hound::Error::Unsupported => not_wav("its sound is stored in a way that isn't supported"),
            _ => not_wav("its header doesn't make sense"),
        })?;
        let spec = reader.spec();
        if !(8_000..=192_000).contains(&spec.sample_rate) {
            return Err(not_wav("its sample rate is outside of 8 to 192 kHz"));
        }
        if !(1..=8).contains(&spec.channels) {
            return Err(not_wav("it has no channels, or more than eight"));
        }
        if reader.duration() == 0 {
            return Err(not_wav("it holds no sound"));
        }
        let resampler = Resampler::to_blocks(spec.sample_rate, RATE)?;
        Ok(Self { reader, resampler, looped, input: Vec::new() })
    }

    /// The next 20 ms; silence after the end.
    pub(crate) fn read(&mut self, out: &mut [f32; BLOCK]) {
        self.input.clear();
        let needed = self.resampler.needs();
        self.fill(needed);
        if self.looped && self.input.len() < needed {
            let missing = needed - self.input.len();
            if self.reader.seek(0).is_ok() {
                self.fill(missing);
            }
        }
        self.input.resize(needed, 0.0);
        let sound = self.resampler.process(&self.input);
        let length = sound.len().min(BLOCK);
        out[..length].copy_from_slice(&sound[..length]);
        out[length..].fill(0.0);
    }

    /// Reads up to `frames` frames as mono. A file that breaks off ends there.
    fn fill(&mut self, frames: usize) {
        let spec = self.reader.spec();
        let channels = usize::from(spec.channels);
        let count = frames * channels;
        let raw: Vec<f32> = match spec.sample_format {
            SampleFormat::Float => self.reader.samples::<f32>().take(count).map_while(Result::ok).collect(),
            SampleFormat::Int => {
                let scale = 1.0 / (1u64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
                self.reader.samples::<i32>().take(count).map_while(Result::ok).map(|s| s as f32 * scale).collect()
            }
        };
        let mono = |frame: &[f32]| {
            let sum: f32 = frame.iter().sum::<f32>() / channels as f32;
            if sum.is_finite() { sum.clamp(-1.0, 1.0) } else { 0.0 }
        };
        self.input.extend(raw.chunks_exact(channels).map(mono));
    }
}

/// A wav file as a speaker: 48 kHz, mono, 16 bits.
pub(crate) struct FileSpeaker {
    writer: WavWriter<BufWriter<File>>,
    blocks: u32,
}

impl FileSpeaker {
    /// Says whether the file could be written, without emptying one that exists.
    pub(crate) fn check(path: &Path) -> Result<(), AudioError> {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        opened.map(drop).map_err(|e| unwritable(path, plain(&e)))
    }

    /// Makes the file, empty.
    pub(crate) fn create(path: &Path) -> Result<Self, AudioError> {
        let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
        let writer = WavWriter::create(path, spec).map_err(|e| unwritable(path, e.to_string()))?;
        Ok(Self { writer, blocks: 0 })
    }

    /// Adds 20 ms. The header is brought up to date every second.
    pub(crate) fn write(&mut self, block: &[f32; BLOCK]) -> Result<(), hound::Error> {
        for sample in block {
            self.writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16)?;
        }
        self.blocks += 1;
        if self.blocks.is_multiple_of(FLUSH_BLOCKS) { self.writer.flush() } else { Ok(()) }
    }
}

/// Writes `FILE.json` next to `file`: the wall clock of its first sample, as `first_sample_unix_s` in seconds.
///
/// For a speaker that is the moment of the first block; for a microphone the moment at which the first sample would have
/// entered it. Sound files may lie where nobody can write; then there is no side file, and sound goes on.
pub(crate) fn write_clock(file: &Path, first: SystemTime) {
    let seconds = first.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let text = format!("{{\"first_sample_unix_s\": {}.{:06}}}\n", seconds.as_secs(), seconds.subsec_micros());
    let path = side_file(file);
    if let Err(error) = File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())) {
        tracing::warn!("no side file {}: {error}", path.display());
    }
}

/// Where the side file of `file` is.
pub(crate) fn side_file(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".json");
    path.into()
}

fn unwritable(path: &Path, reason: String) -> AudioError {
    AudioError::Unwritable { path: path.into(), reason }
}

/// What the system says, without its number.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is nothing at this path".into(),
        std::io::ErrorKind::PermissionDenied => "you have no permission for it".into(),
        std::io::ErrorKind::IsADirectory => "it is a folder".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
