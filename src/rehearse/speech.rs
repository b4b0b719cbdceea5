//! An utterance on its way: which packet is due when.

use std::sync::Arc;
use std::time::Duration;

use super::voices::{PACKET, Voices};
use crate::ids::Time;
use crate::member::Spoken;

/// The unit of media time.
const TICK: Duration = Duration::from_millis(20);

/// One utterance that is being said.
pub(super) struct Speech {
    voices: Arc<Voices>,
    utterance: &'static str,
    since: Time,
    said: u32,
}

impl Speech {
    /// Begins an utterance.
    pub(super) fn begin(voices: Arc<Voices>, utterance: &'static str, now: Time) -> Self {
        Self { voices, utterance, since: now, said: 0 }
    }

    /// When the next packet is complete; [`Time::NEVER`] at the end.
    pub(super) fn due(&self) -> Time {
        let left = (self.said as usize) < self.voices.packets(self.utterance).len();
        if left { self.since + PACKET * (self.said + 1) } else { Time::NEVER }
    }

    /// The next packet, if it is complete by now, as a microphone would give it.
    pub(super) fn take(&mut self, now: Time) -> Option<Spoken> {
        if self.due() > now {
            return None;
        }
        let packets = self.voices.packets(self.utterance);
        let packet = packets.get(self.said as usize)?;
        let begun = self.since + PACKET * self.said;
        let start = self.said == 0;
        self.said += 1;
        Some(Spoken {
            tick: (begun.since(Time(0)).as_millis() / TICK.as_millis()) as u8,
            level: packet.level,
            start,
            end: self.said as usize == packets.len(),
            packet: packet.bytes.clone(),
            thin: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_come_in_time_with_their_marks() {
        let voices = Arc::new(Voices::load());
        let all = voices.packets("bo-03");
        let begin = Time(5_000_000);
        let mut speech = Speech::begin(voices.clone(), "bo-03", begin);
        let mut spoken: Vec<Spoken> = Vec::new();
        while speech.due() != Time::NEVER {
            assert_eq!(speech.take(Time(speech.due().0 - 1)), None);
            let now = speech.due();
            spoken.extend(speech.take(now));
            assert_eq!(now, begin + PACKET * spoken.len() as u32);
        }
        assert_eq!(spoken.len(), all.len());
        assert!(
            spoken
                .iter()
                .zip(all)
                .all(|(spoken, packet)| spoken.packet == packet.bytes && spoken.level == packet.level)
        );
        assert!(spoken.windows(2).all(|pair| pair[1].tick.wrapping_sub(pair[0].tick) == 3), "60 ms are three ticks");
        let marks = |of: fn(&Spoken) -> bool| spoken.iter().map(of).collect::<Vec<_>>();
        let only = |at: usize| (0..all.len()).map(|other| other == at).collect::<Vec<_>>();
        assert_eq!(marks(|spoken| spoken.start), only(0));
        assert_eq!(marks(|spoken| spoken.end), only(all.len() - 1));
    }

    #[test]
    fn a_late_wake_up_is_made_up_for() {
        let mut speech = Speech::begin(Arc::new(Voices::load()), "bo-03", Time(0));
        let now = Time(0) + PACKET * 4;
        assert_eq!(std::iter::from_fn(|| speech.take(now)).count(), 4);
    }
}
