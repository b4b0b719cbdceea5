//! A talker without a codec, so that hours pass in seconds, and a listener.

use std::time::Duration;

use ingle::audio::playout::Playout;
use ingle::audio::playout::decoder_complexity::DecoderComplexity;
use ingle::audio::playout::voice::Codec;
use ingle::audio::{BLOCK, Incoming};
use ingle::ids::{FrameNo, SeatId, Time};

/// Samples in 60 ms.
pub(crate) const PACKET: usize = 3 * BLOCK;
/// The seat that talks.
pub(crate) const SEAT: SeatId = SeatId(3);
/// Samples in one period of the fake voice: ten fill a packet.
pub(crate) const PERIOD: usize = 288;

/// A codec whose packets say how loud a voice they hold, and whose concealment is silence.
pub(crate) struct Fake([f32; PACKET]);

impl Codec for Fake {
    fn create() -> Option<Self> {
        Some(Self(std::array::from_fn(|i| {
            let turn = (i % PERIOD) as f32 / PERIOD as f32 * std::f32::consts::TAU;
            0.1 * turn.sin() + 0.05 * (turn * 3.0).sin()
        })))
    }

    fn reset(&mut self) {}

    fn set_decoder_complexity(&mut self, _: DecoderComplexity) {}

    fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Option<usize> {
        let loud = f32::from(packet[1]) / 10.0;
        out.iter_mut().zip(&self.0).for_each(|(to, from)| *to = from * loud);
        Some(PACKET)
    }

    fn conceal(&mut self, out: &mut [f32]) -> bool {
        out.fill(0.0);
        true
    }
}

/// The packet with this number, which is also its media time in units of 60 ms.
pub(crate) fn packet(number: u64, place: u64, voice: bool, start: bool, end: bool) -> Incoming {
    // Configuration 11 of Opus is 60 ms of wideband speech; the playout looks at no more than this byte.
    let packet = vec![11 << 3, if voice { 10 } else { 0 }, 0];
    Incoming { seat: SEAT, number: FrameNo(number as u16), count: 1, tick: (place * 3) as u8, start, end, packet }
}

/// A seeded generator.
pub(crate) struct Chance(pub u64);

impl Chance {
    /// 0 up to `below`.
    pub(crate) fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// A listener, and the next moment at which the speaker asks for 20 ms.
pub(crate) struct Listener<D> {
    /// What the listener has.
    pub playout: Playout<D>,
    /// The time.
    pub now: Time,
    /// The last 20 ms.
    pub block: [f32; BLOCK],
}

impl<D: Codec> Listener<D> {
    /// A listener at the beginning of time.
    pub(crate) fn new() -> Self {
        Self { playout: Playout::default(), now: Time(0), block: [0.0; BLOCK] }
    }

    /// When what comes after the last 20 ms is heard.
    pub(crate) fn next(&self) -> Time {
        self.now + Duration::from_millis(20)
    }

    /// Hears all that is due before `until`, 20 ms at a time; `look` sees each.
    pub(crate) fn listen(&mut self, until: Time, mut look: impl FnMut(&Self)) {
        while self.now <= until {
            self.playout.pull(&mut self.block, self.now);
            look(self);
            self.now = self.now + Duration::from_millis(20);
        }
    }
}
