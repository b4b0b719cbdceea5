//! Soft and loud talkers in one room.

use ingle::audio::level::decibels;
use ingle::audio::playout::leveller::loudness;
use ingle::ids::{SeatId, Time};

use crate::line::{Fake, Listener, packet};

/// The levels heard of talkers at these levels, in turn for 30 s each, in the last 10 s of each.
fn heard(loud: &[u8]) -> Vec<f32> {
    let mut listener = Listener::<Fake>::new();
    let mut out = Vec::new();
    for (seat, loud) in (0..).map(SeatId).zip(loud) {
        let mut sound = Vec::new();
        let from = listener.now.0;
        for number in 0..500 {
            let at = Time(from + (number + 2) * 60_000);
            listener.listen(at, |listener| {
                if number > 333 {
                    sound.extend(listener.block);
                }
                assert!(listener.block.iter().all(|sample| sample.abs() <= 1.0));
            });
            // Now and then a pause, so that the room behind the voice is known.
            let mut frame = packet(number, number, number % 20 < 15, number == 0, number == 499);
            frame.packet[1] = if frame.packet[1] > 0 { *loud } else { 0 };
            frame.seat = seat;
            listener.playout.push(frame, at);
        }
        listener.listen(Time(listener.now.0 + 1_000_000), |_| ());
        out.push(loudness(&sound));
    }
    out
}

#[test]
fn all_are_heard_alike() {
    // 20 dB apart.
    let heard = heard(&[3, 10, 30]);
    let (least, most) = heard.iter().fold((0.0f32, -99.0f32), |(a, b), x| (a.min(*x), b.max(*x)));
    assert!(most - least <= 4.0, "{heard:?}");
}

#[test]
fn three_loud_talkers_at_once_do_not_clip() {
    let mut listener = Listener::<Fake>::new();
    let mut loudest = -120.0f32;
    for number in 0..200 {
        let at = Time((number + 2) * 60_000);
        listener.listen(at, |listener| {
            assert!(listener.block.iter().all(|sample| sample.abs() <= 1.0));
            loudest = loudest.max(decibels(&listener.block));
        });
        for seat in 0..3 {
            let mut frame = packet(number, number, true, number == 0, false);
            (frame.seat, frame.packet[1]) = (SeatId(seat), 60);
            listener.playout.push(frame, at);
        }
    }
    assert!((-4.0..=0.0).contains(&loudest), "{loudest} dBFS");
}
