//! A machine that gets slow has plainer sound, not none.

use std::time::Duration;

use ingle::audio::playout::decoder_complexity::DecoderComplexity;
use ingle::ids::Time;

use crate::line::{Fake, Listener, packet};

#[test]
fn decoders_do_as_much_as_there_is_time_for() {
    let mut listener = Listener::<Fake>::new();
    let mut talk = |from: u64, to: u64, cost: u64| {
        for number in from..to {
            let at = Time(number * 60_000 + 100_000);
            while listener.now <= at {
                listener.listen(listener.now, |_| ());
                listener.playout.spent(Duration::from_millis(cost));
            }
            listener.playout.push(packet(number, number, true, number == 0, false), at);
        }
        listener.playout.decoder_complexity()
    };
    assert_eq!(talk(0, 50, 1), DecoderComplexity::Enhanced);
    assert_eq!(talk(50, 150, 15), DecoderComplexity::Plain, "six busy seconds");
    assert_eq!(talk(150, 1000, 1), DecoderComplexity::Enhanced, "and fifty quiet ones");
}

#[test]
fn silence_says_nothing_of_the_decoders() {
    let mut listener = Listener::<Fake>::new();
    for _ in 0..1000 {
        listener.listen(listener.now, |_| ());
        listener.playout.spent(Duration::from_millis(50));
    }
    assert_eq!(listener.playout.decoder_complexity(), DecoderComplexity::Enhanced);
}
