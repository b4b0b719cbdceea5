//! Comfort noise in a room, from the first word to long after the last.

use std::time::Duration;

use ingle::audio::opus::Decoder;
use ingle::audio::playout::Playout;
use ingle::audio::{BLOCK, level::decibels};
use ingle::ids::Time;

use crate::line::{Fake, Listener, packet};

#[test]
fn behind_a_silent_room_is_silence() {
    let mut listener = Listener::<Fake>::new();
    for number in 0..50 {
        let at = Time(number * 60_000 + 100_000);
        listener.listen(at, |_| ());
        listener.playout.push(packet(number, number, number % 10 < 5, number == 0, number == 49), at);
    }
    listener.listen(Time(5_000_000), |_| ());
    assert!(listener.playout.is_silent());
    assert_eq!(listener.block, [0.0; BLOCK]);
}

#[test]
fn all_is_still_before_the_first_word_and_long_after_the_last() {
    let mut listener = Listener::<Decoder>::new();
    listener.listen(Time(1_000_000), |listener| assert_eq!(listener.block, [0.0; BLOCK]));
    let playout: &mut Playout = &mut listener.playout;
    for packet in noisy() {
        playout.push(packet, Time(1_100_000));
    }
    // Two seconds of a room at about -50 dBFS, then nobody speaks for minutes.
    listener.listen(Time(3_500_000), |_| ());
    assert!(listener.playout.is_idle() && !listener.playout.is_silent());
    let mut heard = Vec::new();
    listener.listen(Time(3_500_000) + Duration::from_secs(60), |listener| heard.push(decibels(&listener.block)));
    assert!(heard[50..].iter().all(|level| (-65.0..=-56.0).contains(level)), "{:?}", &heard[40..60]);
    listener.listen(Time(3_500_000) + Duration::from_secs(180), |_| ());
    assert!(listener.playout.is_silent());
    assert_eq!(listener.block, [0.0; BLOCK]);
}

/// One second of a soft hiss, in packets that come all at once.
fn noisy() -> Vec<ingle::audio::Incoming> {
    use ingle::adapt::PlanChoice;
    use ingle::audio::encoder::Encoder;
    let mut encoder = Encoder::new(PlanChoice::Auto.into()).expect("memory");
    let mut seed = 5u32;
    (0..16)
        .map(|number| {
            let hiss: Vec<f32> = (0..3 * BLOCK)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0) * 0.01
                })
                .collect();
            let mut packet = packet(number, number, true, number == 0, number == 15);
            packet.packet = encoder.encode(&hiss).expect("a packet");
            packet
        })
        .collect()
}
