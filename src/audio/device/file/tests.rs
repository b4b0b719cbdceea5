use super::*;
use crate::audio::level::decibels;

fn write(path: &Path, spec: WavSpec, seconds: f32) {
    let mut writer = WavWriter::create(path, spec).unwrap();
    for i in 0..(spec.sample_rate as f32 * seconds) as usize {
        let sample = (i as f32 * 440.0 * std::f32::consts::TAU / spec.sample_rate as f32).sin() * 0.5;
        for _ in 0..spec.channels {
            match (spec.sample_format, spec.bits_per_sample) {
                (SampleFormat::Float, _) => writer.write_sample(sample).unwrap(),
                (_, bits) => writer.write_sample((sample * ((1u64 << (bits - 1)) - 1) as f32) as i32).unwrap(),
            }
        }
    }
    writer.finalize().unwrap();
}

fn read(mic: &mut FileMic, blocks: usize) -> Vec<f32> {
    let mut block = [0.0; BLOCK];
    (0..blocks)
        .flat_map(|_| {
            mic.read(&mut block);
            block
        })
        .collect()
}

#[test]
fn every_kind_of_wav_sounds_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.wav");
    for sample_rate in [8_000, 16_000, 22_050, 44_100, 48_000] {
        for (bits_per_sample, sample_format, channels) in [
            (8, SampleFormat::Int, 1),
            (16, SampleFormat::Int, 2),
            (24, SampleFormat::Int, 1),
            (32, SampleFormat::Int, 2),
            (32, SampleFormat::Float, 1),
        ] {
            write(&path, WavSpec { channels, sample_rate, bits_per_sample, sample_format }, 0.5);
            let mut mic = FileMic::open(&path, false).unwrap();
            let sound = read(&mut mic, 40);
            let loud = decibels(&sound[4800..19_200]);
            assert!((loud + 9.03).abs() < 0.3, "{sample_rate} {bits_per_sample} {channels}: {loud}");
            assert!(decibels(&sound[28_800..]) < -100.0, "then silence");
        }
    }
}

#[test]
fn a_looped_file_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.wav");
    write(
        &path,
        WavSpec { channels: 1, sample_rate: 16_000, bits_per_sample: 16, sample_format: SampleFormat::Int },
        0.11,
    );
    let sound = read(&mut FileMic::open(&path, true).unwrap(), 100);
    assert!(sound[4800..].chunks(BLOCK).all(|block| decibels(block) > -12.0));
}

#[test]
fn a_file_that_is_no_wav_gets_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.wav");
    let error = |path: &Path| FileMic::open(path, false).map(|_| ()).unwrap_err();
    assert!(matches!(error(&path), AudioError::Unreadable { .. }));
    assert!(matches!(error(dir.path()), AudioError::Unreadable { .. }));
    for bytes in [&b""[..], b"RIFF", b"This is a text, and quite a long one so that there is more than a header of it."]
    {
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(error(&path), AudioError::NotWav { .. }), "{bytes:?}");
    }
    write(
        &path,
        WavSpec { channels: 1, sample_rate: 4_000, bits_per_sample: 16, sample_format: SampleFormat::Int },
        0.1,
    );
    assert!(error(&path).to_string().contains("8 to 192 kHz"));
    write(
        &path,
        WavSpec { channels: 1, sample_rate: 8_000, bits_per_sample: 16, sample_format: SampleFormat::Int },
        0.0,
    );
    assert!(error(&path).to_string().contains("no sound"));
}

#[test]
fn a_speaker_file_is_whole_every_second_and_at_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.wav");
    let mut speaker = FileSpeaker::create(&path).unwrap();
    for _ in 0..60 {
        speaker.write(&[0.25; BLOCK]).unwrap();
    }
    assert!(WavReader::open(&path).unwrap().duration() >= 48_000, "readable before its end");
    drop(speaker);
    let mut reader = WavReader::open(&path).unwrap();
    assert_eq!((reader.duration(), reader.spec().sample_rate, reader.spec().channels), (60 * 960, 48_000, 1));
    assert!(reader.samples::<i16>().all(|s| s.unwrap() == 8192));
}

#[test]
fn a_check_leaves_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.wav");
    std::fs::write(&path, b"precious").unwrap();
    FileSpeaker::check(&path).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"precious");
    let error = FileSpeaker::check(&dir.path().join("no/such/place.wav")).unwrap_err();
    assert!(error.to_string().contains("can't be written"));
}

#[test]
fn the_side_file_has_the_clock_with_microseconds() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.wav");
    write_clock(&path, SystemTime::UNIX_EPOCH + std::time::Duration::from_micros(1_700_000_000_000_042));
    let text = std::fs::read_to_string(side_file(&path)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["first_sample_unix_s"].as_f64(), Some(1_700_000_000.000_042));
}
