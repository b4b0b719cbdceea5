//! Speech is found where it is, and only there.

use crate::hearing::{Heard, RATE, hear};
use crate::speech;

fn ana() -> Vec<f32> {
    speech::of("ana").expect("a voice")[..15 * RATE].to_vec()
}

fn silence(seconds: f64) -> Vec<f32> {
    vec![0.0; (seconds * RATE as f64) as usize]
}

/// A recording that began two seconds before the speech did, and has it `late` seconds late.
fn recorded(sound: &[f32], late: f64) -> Vec<f32> {
    [&silence(2.0 + late)[..], sound, &silence(20.0)].concat()
}

fn judged(said: &[f32], sound: &[f32], late: f64) -> Heard {
    hear(said, &recorded(sound, late), -2.0)
}

/// Silences every `of`th part of this length.
fn with_gaps(sound: &[f32], part_ms: usize, of: usize) -> Vec<f32> {
    let frames = sound.chunks(RATE * part_ms / 1000).zip(0..);
    frames.flat_map(|(frame, n)| frame.iter().map(move |s| if n % of == 0 { 0.0 } else { *s })).collect()
}

/// The sound in `share` of its time, without a change of pitch: periods are left out, and blended over 10 ms.
fn faster(sound: &[f32], share: f64) -> Vec<f32> {
    let (length, blend) = (RATE * 60 / 1000, RATE / 100);
    let kept = (length as f64 * share) as usize;
    let mut out: Vec<f32> = Vec::new();
    for part in sound.chunks_exact(length + blend).map(|part| &part[..kept + blend]) {
        let start = out.len().saturating_sub(blend);
        for (i, sample) in part.iter().enumerate() {
            match out.get_mut(start + i) {
                Some(old) => *old += (sample - *old) * i as f32 / blend as f32,
                None => out.push(*sample),
            }
        }
    }
    out
}

#[test]
fn all_of_a_clean_copy_is_heard_and_its_delay_is_right() {
    let said = ana();
    let soft: Vec<f32> = said.iter().map(|sample| sample * 0.2).collect();
    for late in [0.15, 0.8] {
        let heard = judged(&said, &soft, late);
        assert!(heard.pieces.len() > 50, "{}", heard.pieces.len());
        assert_eq!((heard.in_time(), heard.by_the_end()), (1.0, 1.0));
        assert!((heard.delay.expect("heard") - late).abs() < 0.011, "{:?}", heard.delay);
    }
}

#[test]
fn noise_and_a_little_more_speed_hide_nothing() {
    let said = ana();
    let mut chance = 1u32;
    let noisy: Vec<f32> = (said.iter())
        .map(|sample| {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            sample + 0.005 * (chance as f32 / u32::MAX as f32 - 0.5)
        })
        .collect();
    let heard = judged(&said, &noisy, 0.2);
    assert!(heard.in_time() > 0.98, "{}", heard.in_time());
}

#[test]
fn another_voice_and_silence_are_not_heard_as_this_one() {
    let (said, other) = (ana(), speech::of("bo").expect("a voice"));
    let heard = judged(&said, &other[..15 * RATE], 0.2);
    assert!(heard.by_the_end() < 0.1, "{}", heard.by_the_end());
    let nothing = judged(&said, &silence(15.0), 0.2);
    assert_eq!((nothing.by_the_end(), nothing.delay), (0.0, None));
    assert!(!nothing.pieces.is_empty());
}

#[test]
fn a_hole_is_missed_and_what_comes_after_is_live_again() {
    let said = ana();
    let mut cut = said.clone();
    cut[5 * RATE..10 * RATE].fill(0.0);
    let heard = judged(&said, &cut, 0.2);
    let whole = judged(&said, &said, 0.2);
    let within = |piece: &&crate::hearing::Piece| (5.0..9.5).contains(&piece.said);
    // Only what is said twice may be found elsewhere.
    let (lost, found) =
        heard.pieces.iter().filter(within).partition::<Vec<&crate::hearing::Piece>, _>(|piece| piece.delay.is_none());
    assert!(lost.len() > 25 && found.len() * 10 <= lost.len(), "{found:?}");
    let (missed, all) = (1.0 - heard.by_the_end(), heard.pieces.len() as f64);
    let inside = whole.pieces.iter().filter(within).count() as f64 / all;
    assert!((inside - 0.05..inside + 0.1).contains(&missed), "{missed} where {inside} was cut");
    let live = heard.live_again(10.0).expect("heard again");
    assert!((0.19..1.2).contains(&live), "{live}");
}

#[test]
fn what_is_caught_up_with_is_heard_by_the_end_but_not_in_time() {
    let said = ana();
    let mut cut = said.clone();
    cut[5 * RATE..10 * RATE].fill(0.0);
    // The five seconds, faster, after all the rest.
    let told = [&recorded(&cut, 0.2)[..17 * RATE + RATE / 2], &faster(&said[5 * RATE..10 * RATE], 0.83), &silence(5.0)]
        .concat();
    let heard = hear(&said, &told, -2.0);
    assert!(heard.by_the_end() > 0.9 && heard.in_time() < 0.75, "{} {}", heard.by_the_end(), heard.in_time());
}

#[test]
fn the_more_is_lost_the_less_is_heard() {
    let said = ana();
    let share = |part_ms, of| judged(&said, &with_gaps(&said, part_ms, of), 0.2).in_time();
    let (few, some, most) = (share(60, 20), share(300, 3), share(300, 2));
    assert!(few > 0.98 && some < few && most < some && most < 0.6, "{few}, {some}, {most}");
}
