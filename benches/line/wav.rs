//! Wav files to mono sound at 48 kHz and back.

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use ingle::audio::RATE;
use ingle::audio::resample::Resampler;

/// The first channel of a file, at 48 kHz.
///
/// # Errors
/// As hound's.
pub(crate) fn read(path: &str) -> Result<Vec<f32>, hound::Error> {
    let mut reader = WavReader::open(path)?;
    let spec = reader.spec();
    let channels = usize::from(spec.channels);
    let sound: Result<Vec<f32>, _> = match spec.sample_format {
        SampleFormat::Float => reader.samples::<f32>().step_by(channels).collect(),
        SampleFormat::Int => {
            let full = (1u64 << (spec.bits_per_sample - 1)) as f32;
            reader.samples::<i32>().step_by(channels).map(|s| s.map(|s| s as f32 / full)).collect()
        }
    };
    let sound = sound?;
    let mut resampler = Resampler::to_blocks(spec.sample_rate, RATE).map_err(|_| hound::Error::Unsupported)?;
    let (mut at, mut out) = (0, Vec::new());
    while at < sound.len() {
        let end = (at + resampler.needs()).min(sound.len());
        let mut input = sound[at..end].to_vec();
        input.resize(resampler.needs(), 0.0);
        out.extend_from_slice(resampler.process(&input));
        at = end;
    }
    Ok(out)
}

/// Writes mono sound at 48 kHz.
///
/// # Errors
/// As hound's.
pub(crate) fn write(path: &str, sound: &[f32]) -> Result<(), hound::Error> {
    let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut writer = WavWriter::create(path, spec)?;
    for sample in sound {
        writer.write_sample((sample * 32_767.0).clamp(-32_768.0, 32_767.0) as i16)?;
    }
    writer.finalize()
}
