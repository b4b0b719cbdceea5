//! What a room for tests is like.

use std::path::PathBuf;
use std::str::FromStr;

/// What a room is like, as in `room:HALL.wav,delay=80,loss=6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSpec {
    /// The room's response to a click, a wav file.
    pub response: PathBuf,
    /// How much later than it should the microphone gives what it hears, in milliseconds: what no device tells of itself.
    pub delay_ms: u32,
    /// How much slower the microphone's clock is than the system's, in millionths.
    pub drift_ppm: i32,
    /// How much softer than it was played the loudspeaker is heard, in dB.
    pub loss_db: u32,
    /// Noise that is heard in the room again and again, a wav file.
    pub noise: Option<PathBuf>,
    /// Somebody who speaks in the room, once, a wav file.
    pub near: Option<PathBuf>,
}

impl FromStr for RoomSpec {
    type Err = String;

    /// Reads `RESPONSE.wav` and then, in any order, `,delay=MS`, `,drift=PPM`, `,loss=DB`, `,noise=FILE` and `,near=FILE`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',');
        let response = parts.next().unwrap_or_default().into();
        let mut room = Self { response, delay_ms: 0, drift_ppm: 0, loss_db: 6, noise: None, near: None };
        for part in parts {
            let (name, value) = part.split_once('=').ok_or_else(|| format!("{part} has no value"))?;
            let odd = |_| format!("{value} is no number");
            match name {
                "delay" => room.delay_ms = value.parse().map_err(|_| odd(()))?,
                "drift" => room.drift_ppm = value.parse().map_err(|_| odd(()))?,
                "loss" => room.loss_db = value.parse().map_err(|_| odd(()))?,
                "noise" => room.noise = Some(value.into()),
                "near" => room.near = Some(value.into()),
                other => return Err(format!("a room has no {other}")),
            }
        }
        Ok(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_read_from_its_words() {
        let room = RoomSpec::from_str("hall.wav,delay=80,drift=-100,loss=12,noise=fan.wav,near=me.wav").unwrap();
        assert_eq!((room.delay_ms, room.drift_ppm, room.loss_db), (80, -100, 12));
        assert_eq!((room.noise, room.near), (Some("fan.wav".into()), Some("me.wav".into())));
        for wrong in ["hall.wav,size=3", "hall.wav,delay", "hall.wav,delay=long"] {
            assert!(wrong.parse::<RoomSpec>().is_err(), "{wrong}");
        }
    }
}
