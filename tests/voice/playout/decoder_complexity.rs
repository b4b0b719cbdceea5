//! The decoders do what they are told to, from the next packet on, also for talkers who were heard before.

use std::cell::RefCell;

use ingle::audio::playout::decoder_complexity::DecoderComplexity;
use ingle::audio::playout::voice::Codec;
use ingle::ids::Time;

use crate::line::{Listener, packet};

thread_local! {
    static TOLD: RefCell<Vec<DecoderComplexity>> = const { RefCell::new(Vec::new()) };
}

/// Notes what it is told.
struct Noting;

impl Codec for Noting {
    fn create() -> Option<Self> {
        Some(Self)
    }

    fn reset(&mut self) {}

    fn set_decoder_complexity(&mut self, decoder_complexity: DecoderComplexity) {
        TOLD.with_borrow_mut(|told| told.push(decoder_complexity));
    }

    fn decode(&mut self, _: &[u8], out: &mut [f32]) -> Option<usize> {
        out[..2880].fill(0.1);
        Some(2880)
    }

    fn conceal(&mut self, out: &mut [f32]) -> bool {
        out.fill(0.0);
        true
    }
}

#[test]
fn decoders_do_as_much_as_there_is_time_for() {
    let mut listener = Listener::<Noting>::new();
    let mut talk = |from: u64, to: u64, decoder_complexity| {
        listener.playout.set_decoder_complexity(decoder_complexity);
        for number in from..to {
            let at = Time(number * 60_000 + 100_000);
            while listener.now <= at {
                listener.listen(listener.now, |_| ());
            }
            listener.playout.push(packet(number, number, true, number == 0, false), at);
        }
        TOLD.with_borrow(|told| told.last().copied())
    };
    assert_eq!(talk(0, 50, DecoderComplexity::Enhanced), Some(DecoderComplexity::Enhanced));
    assert_eq!(talk(50, 100, DecoderComplexity::Plain), Some(DecoderComplexity::Plain));
    assert_eq!(talk(100, 150, DecoderComplexity::Enhanced), Some(DecoderComplexity::Enhanced));
}
