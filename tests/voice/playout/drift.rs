//! Two clocks that run apart for as long as the longest session.

use ingle::audio::opus::Decoder;
use ingle::audio::playout::voice::Codec;
use ingle::ids::Time;

use crate::line::{Chance, Fake, Listener, SEAT, packet};

const SECOND: u64 = 1_000_000;
/// The delay of a line without jitter in the default plan.
const HELD_MS: u128 = 20;
/// How far from it sound may be: too late by less than 30 ms is left alone, since taking it out is heard more, and packets are
/// fetched 20 ms at a time.
const NEAR_MS: i64 = 50;

/// What came of it.
struct Outcome {
    /// The furthest that what was heard was from the target, in microseconds.
    furthest: i64,
    /// Samples taken out, less samples added.
    shortened: i64,
    decoded: u64,
    concealed: u64,
    lost: u64,
    most_held: u128,
}

/// A talker whose clock is `ppm` slow, in spurts or without a pause, for `seconds`, over a line that is uneven by 4 ms.
fn session<D: Codec>(ppm: i64, seconds: u64, spurts: bool) -> Outcome {
    let mut chance = Chance(7);
    let mut listener = Listener::<D>::new();
    let mut furthest = 0;
    let mut most_held = 0;
    let (mut number, mut place) = (0, 0);
    let mut left = if spurts { 40 } else { u64::MAX };
    let mut start = true;
    while place * 60_000 < seconds * SECOND {
        left -= 1;
        let said = ((place + 1) * 60_000) as i64;
        let sent = said + said * ppm / 1_000_000;
        let at = Time(sent.unsigned_abs() + 30_000 + chance.next(4_000));
        listener.listen(at, |listener| {
            furthest = furthest.max(listener.playout.behind(SEAT, listener.next()).unwrap_or(0).abs());
            most_held = most_held.max(listener.playout.delay().as_millis());
        });
        // In a spurt nobody makes a pause, so that all of the drift is met in speech.
        listener.playout.push(packet(number, place, true, start, left == 0), at);
        (number, place, start) = (number + 1, place + 1, false);
        if left == 0 {
            place += 10 + chance.next(600);
            left = 2 + chance.next(120);
            start = true;
        }
    }
    let tally = listener.playout.tally(SEAT).expect("something came");
    Outcome {
        furthest,
        shortened: tally.accelerated as i64 - tally.expanded as i64,
        decoded: tally.decoded,
        concealed: tally.concealed,
        lost: tally.late + tally.stale,
        most_held,
    }
}

fn check<D: Codec>(ppm: i64, seconds: u64, spurts: bool) -> Outcome {
    let out = session::<D>(ppm, seconds, spurts);
    let name = format!("{ppm} ppm, spurts: {spurts}");
    assert!(out.decoded > seconds * 48_000 / 10, "{name}: only {} samples were heard", out.decoded);
    assert_eq!((out.concealed, out.lost), (0, 0), "{name}: a drop-out");
    assert!(out.furthest <= NEAR_MS * 1000, "{name}: {} µs from the target", out.furthest);
    assert!(out.most_held <= HELD_MS + 5, "{name}: {} ms", out.most_held);
    out
}

#[test]
fn hours_of_speech_without_a_pause_stay_at_the_target() {
    let seconds = 19_800;
    let out = check::<Fake>(300, seconds, false);
    // A slow talker gives less sound than the listener's time has: that much was added, and no more.
    let drift = -(seconds as i64) * 48_000 * 300 / 1_000_000;
    assert!((out.shortened - drift).abs() <= 48 * NEAR_MS, "{} of {drift} samples", out.shortened);
}

#[test]
fn five_and_a_half_hours_of_talk_with_pauses_stay_at_the_target() {
    check::<Fake>(-300, 19_800, true);
}

#[test]
fn drift_either_way_is_met_as_well() {
    for ppm in [-300, -100, 100, 300] {
        let out = check::<Fake>(ppm, 1200, false);
        let drift = -1200 * 48_000 * ppm / 1_000_000;
        assert!((out.shortened - drift).abs() <= 48 * NEAR_MS, "{} of {drift} samples", out.shortened);
        check::<Fake>(ppm, 1200, true);
    }
}

#[test]
fn the_real_decoder_is_kept_in_step_too() {
    // What the packets hold is next to silence to Opus; all of it goes the way of a voice.
    check::<Decoder>(300, 120, false);
    check::<Decoder>(-300, 120, true);
}
