//! What both ends of a line tell each other of it: a quiet member by its sign of life, the relay while a member talks.
//!
//! ```text
//! pulse          0x80 share gap queue rate most round  from a member; the top bit of gap: data is no matter
//! uplink report  0x81 share gap queue rate most        from the relay
//! nack, frames   0x84 number(2) more(2)                from the relay: which frames it misses
//! nack, bundles  0x85 sequence more(2)                 from a member: which bundles it misses
//! probe          0x86 sent number                      both ways, before anybody talks: how the line does
//! ```

use std::time::Duration;

use super::error::WireError;
use super::tag;
use crate::ids::{ProbeNo, SendStamp};

/// On average as many as a bundle with one frame of the usual plan.
const LONG_PROBE: usize = 194;
const SHORT_PROBE: usize = 14;
/// Most half percents.
const ALL: u8 = 200;
/// Longest mean gap, in quarters.
const LONGEST: u8 = 64;
/// In a pulse, beside the gap: data is no matter to the member.
const FULL: u8 = 0x80;
/// The units of a queue and of a round trip, in milliseconds.
const QUEUE_UNIT: u128 = 8;
const ROUND_UNIT: u128 = 8;

/// What one way of a line loses: two bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Share of the datagrams that did not arrive lately, in half percents, `0..=200`.
    pub share: u8,
    /// Mean number of datagrams lost in a row, in quarters, `0..=64`.
    pub gap: u8,
}

impl Loss {
    /// Nothing comes at all. Where losses are counted, there is a gap as well.
    pub const ALL: Self = Self { share: ALL, gap: 0 };

    /// From a share (`0.0..=1.0`) and a mean gap in datagrams. Without loss the gap is 0.
    pub fn new(share: f64, gap: f64) -> Self {
        let share = (share * 200.0).round().clamp(0.0, ALL.into()) as u8;
        let gap = if share == 0 { 0 } else { (gap * 4.0).round().clamp(0.0, LONGEST.into()) as u8 };
        Self { share, gap }
    }

    /// The share, `0.0..=1.0`.
    pub fn share(self) -> f64 {
        f64::from(self.share) / 200.0
    }

    /// The mean gap in datagrams, `0.0..=16.0`.
    pub fn gap(self) -> f64 {
        f64::from(self.gap) / 4.0
    }
}

/// How one way of a line does, as its receiving end sees it: five bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reception {
    /// What it loses.
    pub loss: Loss,
    /// How long everything waits on the way that need not, in units of 8 ms.
    pub queue: u8,
    /// What came through lately at the IP level, in units of 0.5 kbps.
    pub rate: u8,
    /// What can come through at most, in the same units; 0 where nothing is known against more.
    pub most: u8,
}

impl Reception {
    /// From its parts; what is beyond the range counts as its end.
    pub fn new(loss: Loss, queue: Duration, kbps: f64, most: Option<f64>) -> Self {
        let queue = u8::try_from(queue.as_millis() / QUEUE_UNIT).unwrap_or(u8::MAX);
        let units = |kbps: f64| (kbps * 2.0).round().clamp(0.0, 255.0) as u8;
        Self { loss, queue, rate: units(kbps), most: most.map_or(0, units) }
    }

    /// How long everything waits, up to 2 s.
    pub fn queue(self) -> Duration {
        Duration::from_millis(u64::from(self.queue) * QUEUE_UNIT as u64)
    }

    /// What came through lately, in kilobits a second, up to 127.5.
    pub fn kbps(self) -> f64 {
        f64::from(self.rate) / 2.0
    }

    /// What can come through at most, in kilobits a second; `None` where nothing is known against more.
    pub fn most(self) -> Option<f64> {
        (self.most > 0).then(|| f64::from(self.most) / 2.0)
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend([self.loss.share, self.loss.gap, self.queue, self.rate, self.most]);
    }

    fn read(bytes: [u8; 5]) -> Result<Self, WireError> {
        match bytes {
            [share @ 0..=ALL, gap @ 0..=LONGEST, queue, rate, most] => {
                Ok(Self { loss: Loss { share, gap }, queue, rate, most })
            }
            _ => Err(WireError::Malformed),
        }
    }
}

/// A member's sign of life, with what it sees of the way down: seven bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// The way down.
    pub reception: Reception,
    /// The round trip to the relay in units of 8 ms; 0 while it is not known.
    pub round: u8,
    /// Whether data is no matter on the member's line, both ways: it chose the plan *full*.
    pub full: bool,
}

impl Pulse {
    /// From its parts.
    pub fn new(reception: Reception, round: Duration, full: bool) -> Self {
        Self { reception, full, round: u8::try_from(round.as_millis() / ROUND_UNIT).unwrap_or(u8::MAX) }
    }

    /// The round trip to the relay, up to 2 s; zero while it is not known.
    pub fn round(self) -> Duration {
        Duration::from_millis(u64::from(self.round) * ROUND_UNIT as u64)
    }

    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let mut out = vec![tag::PULSE];
        self.reception.write(&mut out);
        out[2] |= if self.full { FULL } else { 0 };
        out.push(self.round);
        out
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        match *body {
            [share, gap, queue, rate, most, round] => {
                let reception = Reception::read([share, gap & !FULL, queue, rate, most])?;
                Ok(Self { reception, round, full: gap & FULL != 0 })
            }
            _ => Err(WireError::Malformed),
        }
    }
}

/// What a relay tells a talker of the way up: six bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UplinkReport(pub Reception);

impl UplinkReport {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let mut out = vec![tag::UPLINK_REPORT];
        self.0.write(&mut out);
        out
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        Reception::read(body.try_into().map_err(|_| WireError::Malformed)?).map(Self)
    }
}

/// What did not come and may still be sent again: a number, and which of the 16 after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The first that is missing.
    pub first: u16,
    /// Bit n: the number n + 1 after the first is missing too.
    pub more: u16,
}

impl Missing {
    /// All numbers that are missing, modulo 2^16: at least 1 and at most 17.
    pub fn numbers(self) -> impl Iterator<Item = u16> {
        let more = (0..16).filter(move |bit| self.more & 1 << bit != 0);
        std::iter::once(self.first).chain(more.map(move |bit| self.first.wrapping_add(bit + 1)))
    }
}

/// A relay asks a talker for frames (the generic NACK of RFC 4585, with a packet's number and a mask): five bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NackFrames(pub Missing);

impl NackFrames {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let Missing { first, more } = self.0;
        [&[tag::NACK_FRAMES][..], &first.to_be_bytes(), &more.to_be_bytes()].concat()
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        match *body {
            [a, b, c, d] => Ok(Self(Missing { first: u16::from_be_bytes([a, b]), more: u16::from_be_bytes([c, d]) })),
            _ => Err(WireError::Malformed),
        }
    }
}

/// A member asks the relay for bundles, in the same way: four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NackBundles(pub Missing);

impl NackBundles {
    /// The datagram. Sequences are modulo 128.
    pub fn encode(self) -> Vec<u8> {
        let Missing { first, more } = self.0;
        [&[tag::NACK_BUNDLES, (first & 0x7f) as u8][..], &more.to_be_bytes()].concat()
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        match *body {
            [first @ 0..0x80, c, d] => Ok(Self(Missing { first: first.into(), more: u16::from_be_bytes([c, d]) })),
            _ => Err(WireError::Malformed),
        }
    }
}

/// One of a row of datagrams that show how a line does: long and short ones by turns, on average as long as a voice's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// When it left.
    pub sent: SendStamp,
    /// Its place in the row.
    pub number: ProbeNo,
}

impl Probe {
    fn length(self) -> usize {
        if self.number.is_long() { LONG_PROBE } else { SHORT_PROBE }
    }

    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let mut bytes = vec![tag::PROBE, self.sent.units(), self.number.0 & 0x7f];
        bytes.resize(self.length(), 0);
        bytes
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        match *body {
            [sent, number @ 0..0x80, ref rest @ ..] if rest.iter().all(|byte| *byte == 0) => {
                let sent = SendStamp::from_units(sent).ok_or(WireError::Malformed)?;
                let probe = Self { sent, number: ProbeNo(number) };
                if body.len() + 1 == probe.length() { Ok(probe) } else { Err(WireError::Malformed) }
            }
            _ => Err(WireError::Malformed),
        }
    }
}
