//! The recorded voices: Opus packets as they go on the line, and how loud each of them is.

use std::io::Cursor;
use std::time::Duration;

use ogg::PacketReader;

use crate::audio::level::loudness;
use crate::audio::opus::{Decoder, MAX_PACKET};

/// Sound in one packet.
pub(super) const PACKET: Duration = Duration::from_millis(60);
/// An Ogg Opus file begins with what it is and who made it.
const HEADERS: usize = 2;

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../assets/voices/", $name, ".opus")).as_slice())),*]
    };
}

/// Every utterance by its name, and its file.
const FILES: [(&str, &[u8]); 29] = files! {
    "ana-01" "ana-02" "ana-03" "ana-04" "ana-05" "ana-06" "ana-07"
    "bo-01" "bo-02" "bo-03" "bo-04" "bo-05"
    "cyn-01" "cyn-02" "cyn-03" "cyn-04" "cyn-05"
    "dee-01" "dee-02" "dee-03" "dee-04" "dee-05" "dee-06"
    "eli-01" "eli-02" "eli-03" "eli-04" "eli-05" "eli-06"
};

/// One packet of a voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packet {
    /// One Opus packet of [`PACKET`].
    pub(super) bytes: Vec<u8>,
    /// Loudness, `0..=7`, measured as a microphone's is.
    pub(super) level: u8,
}

/// All that the practice members can say.
pub(super) struct Voices(Vec<(&'static str, Vec<Packet>)>);

impl Voices {
    /// Reads the files and measures how loud they are: some 100 ms of work.
    pub(super) fn load() -> Self {
        Self(FILES.iter().map(|(name, file)| (*name, measured(packets(file)))).collect())
    }

    /// The packets of an utterance, in order; none if there is no such utterance.
    pub(super) fn packets(&self, name: &str) -> &[Packet] {
        self.0.iter().find(|(known, _)| *known == name).map_or(&[], |(_, packets)| packets)
    }

    /// How long an utterance takes.
    pub(super) fn length(&self, name: &str) -> Duration {
        PACKET * u32::try_from(self.packets(name).len()).unwrap_or(u32::MAX)
    }
}

fn packets(file: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = PacketReader::new(Cursor::new(file));
    let packets = std::iter::from_fn(|| reader.read_packet().ok().flatten());
    packets.skip(HEADERS).map(|packet| packet.data).collect()
}

/// Listens to the packets. Without a decoder, for which there would have to be no memory, everything is equally loud.
fn measured(packets: Vec<Vec<u8>>) -> Vec<Packet> {
    let mut decoder = Decoder::new().ok();
    let mut sound = vec![0.0; MAX_PACKET];
    let mut level = |bytes: &[u8]| {
        let samples = decoder.as_mut().and_then(|decoder| decoder.decode(bytes, &mut sound).ok());
        samples.map_or(4, |samples| loudness(&sound[..samples]))
    };
    packets.into_iter().map(|bytes| Packet { level: level(&bytes), bytes }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::{Plan, PlanChoice};
    use crate::audio::opus::duration;

    const NOTE: &str = include_str!("../../assets/voices/README.md");

    #[test]
    fn every_packet_could_have_come_from_a_microphone() {
        let plan = Plan::from(PlanChoice::Auto);
        assert_eq!(PACKET, Duration::from_millis(plan.packet_ms().into()));
        let voices = Voices::load();
        for (name, _) in FILES {
            let packets = voices.packets(name);
            assert!((40..=150).contains(&packets.len()), "{name} has {} packets", packets.len());
            for packet in packets {
                assert_eq!(packet.bytes.len(), plan.frame_bytes(), "{name}");
                assert_eq!(duration(&packet.bytes), Some(48 * usize::from(plan.packet_ms())), "{name}");
            }
            let loud = packets.iter().filter(|packet| packet.level >= 4).count();
            assert!(loud > packets.len() / 3, "{name} is hardly heard: {loud} of {}", packets.len());
            assert!(packets.iter().any(|packet| packet.level <= 3), "{name} has no pause");
        }
        assert!(voices.packets("ana-99").is_empty());
    }

    #[test]
    fn the_files_are_those_of_the_note_and_as_long() {
        let row = |line: &str| {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            let name = cells.get(1)?.strip_suffix(".opus")?.to_owned();
            Some((name, cells.get(4)?.parse::<f64>().ok()?))
        };
        let rows: Vec<_> = NOTE.lines().filter_map(row).collect();
        assert_eq!(rows.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), FILES.map(|(name, _)| name));
        let voices = Voices::load();
        for (name, seconds) in rows {
            let length = voices.length(&name).as_secs_f64();
            // The last packet is filled up.
            assert!((-0.06..=0.12).contains(&(length - seconds)), "{name}: {length} for {seconds}");
        }
    }

    #[test]
    fn the_files_stay_small() {
        let bytes: usize = FILES.iter().map(|(_, file)| file.len()).sum();
        assert!(bytes <= 500_000, "{bytes} bytes");
    }
}
