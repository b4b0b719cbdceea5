//! Speech to measure with: the voices of the practice group.

use std::fs::File;
use std::io::{BufReader, Error, ErrorKind};
use std::path::Path;

use ingle::audio::opus::{Decoder, MAX_PACKET};
use ogg::PacketReader;

/// Packets of an Ogg Opus file before its first sound.
const HEADERS: usize = 2;

/// All utterances of one of the practice members, one after the other, at 48 kHz.
///
/// # Errors
/// What keeps the files under `assets/voices` from being read.
pub(crate) fn of(member: &str) -> Result<Vec<f32>, Error> {
    let mut sound = Vec::new();
    for number in 1.. {
        let path = format!("{}/assets/voices/{member}-{number:02}.opus", env!("CARGO_MANIFEST_DIR"));
        if !Path::new(&path).exists() {
            break;
        }
        read(Path::new(&path), &mut sound)?;
    }
    if sound.is_empty() { Err(Error::new(ErrorKind::NotFound, format!("no voice of {member}"))) } else { Ok(sound) }
}

/// Adds one utterance to `sound`.
///
/// # Errors
/// What keeps the file from being read.
pub(crate) fn read(path: &Path, sound: &mut Vec<f32>) -> Result<(), Error> {
    let mut packets = PacketReader::new(BufReader::new(File::open(path)?));
    let mut decoder = Decoder::new().map_err(|error| Error::other(error.message()))?;
    let mut out = [0.0; MAX_PACKET];
    let mut before = 0;
    while let Some(packet) = packets.read_packet().map_err(Error::other)? {
        if before < HEADERS {
            before += 1;
            continue;
        }
        let samples = decoder.decode(&packet.data, &mut out).map_err(|error| Error::other(error.message()))?;
        sound.extend_from_slice(&out[..samples]);
    }
    Ok(())
}
