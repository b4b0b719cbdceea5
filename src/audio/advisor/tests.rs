use super::*;
use crate::audio::RATE;
use crate::audio::testing::{Noise, vowels};
use crate::audio::vad::Vad;

/// What is advised on a sound, and after how many seconds.
fn advised(advisor: &mut Advisor, sound: &[f32]) -> Vec<(Advice, f32)> {
    let mut vad = Vad::default();
    let blocks = sound.as_chunks::<BLOCK>().0.iter().enumerate();
    blocks.filter_map(|(at, pcm)| Some((advisor.hear(pcm, vad.hear(pcm))?, at as f32 / 50.0))).collect()
}

fn on(sound: &[f32]) -> Vec<Advice> {
    advised(&mut Advisor::default(), sound).into_iter().map(|(advice, _)| advice).collect()
}

/// Full scale is the most that there is.
fn cut(sound: &[f32], gain: f32) -> Vec<f32> {
    sound.iter().map(|sample| (sample * gain).clamp(-1.0, 1.0)).collect()
}

/// Noise below about 60 Hz that swells and falls by `depth`, three times in 2 s, in bursts.
fn gusts(seconds: f32, peak: f32, depth: f32) -> Vec<f32> {
    let (mut noise, mut low) = (Noise(11), [0.0f32; 2]);
    (0..(seconds * RATE as f32) as usize)
        .map(|at| {
            let t = at as f32 / RATE as f32;
            low[0] += (noise.next() - low[0]) * 0.008;
            low[1] += (low[0] - low[1]) * 0.008;
            let gust = 1.0 - depth * (0.5 - 0.5 * (t * 1.5 * std::f32::consts::TAU).cos());
            low[1] * 12.0 * gust * peak
        })
        .collect()
}

#[test]
fn speech_that_is_loud_enough_needs_no_advice() {
    for peak in [0.06, 0.2, 0.9] {
        assert_eq!(on(&vowels(60.0, peak)), [], "{peak}");
    }
    assert_eq!(on(&vec![0.0; 60 * RATE as usize]), []);
}

#[test]
fn a_voice_too_soft_is_told_once_known() {
    // Made voices as soft as this pass for noise; people's don't.
    let spoken = |advisor: &mut Advisor, seconds: f32, peak: f32| -> Vec<(Advice, usize)> {
        let sound = vowels(seconds, peak);
        let blocks = sound.as_chunks::<BLOCK>().0.iter().enumerate();
        blocks.filter_map(|(at, pcm)| Some((advisor.hear(pcm, Sound::Speech)?, at))).collect()
    };
    assert_eq!(spoken(&mut Advisor::default(), 40.0, 0.03), [(Advice::TooQuiet, 299)]);
    assert_eq!(spoken(&mut Advisor::default(), 40.0, 0.1), []);
    // A few soft words say nothing, nor does what isn't speech.
    let mut advisor = Advisor::default();
    assert_eq!(spoken(&mut advisor, 3.0, 0.02), []);
    assert_eq!(spoken(&mut advisor, 20.0, 0.2), []);
    assert_eq!(on(&vowels(40.0, 0.015)), []);
}

#[test]
fn a_voice_that_is_cut_off_is_told_and_a_knock_is_not() {
    let said = advised(&mut Advisor::default(), &cut(&vowels(20.0, 0.9), 4.0));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(matches!(said[0], (Advice::Clipping, at) if at < 5.0), "{said:?}");
    let mut knocks = vowels(20.0, 0.2);
    for at in [2, 9, 15] {
        knocks[at * RATE as usize..][..1000].fill(1.0);
    }
    assert_eq!(on(&knocks), []);
    // A tone that touches full scale isn't cut off.
    let tone = |at: usize| (at as f32 * 1000.0 * std::f32::consts::TAU / RATE as f32).sin() * 0.97;
    assert_eq!(on(&(0..20 * RATE as usize).map(tone).collect::<Vec<_>>()), []);
}

#[test]
fn wind_is_told_and_steady_low_noise_is_not() {
    let said = advised(&mut Advisor::default(), &gusts(20.0, 0.5, 0.95));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(matches!(said[0], (Advice::Wind, at) if at <= 8.0), "{said:?}");
    // An engine, a hum, an offset.
    assert_eq!(on(&gusts(20.0, 0.5, 0.0)), []);
    let hum = |at: usize| (at as f32 * 50.0 * std::f32::consts::TAU / RATE as f32).sin() * 0.1;
    assert_eq!(on(&(0..20 * RATE as usize).map(hum).collect::<Vec<_>>()), []);
    assert_eq!(on(&[vec![0.5; 4 * RATE as usize], vec![0.0; 16 * RATE as usize]].concat()), []);
    // Speech with a little wind behind it is still speech.
    let wind = gusts(20.0, 0.02, 0.95);
    let both: Vec<f32> = vowels(20.0, 0.3).iter().zip(&wind).map(|(a, b)| a + b).collect();
    assert_eq!(on(&both), []);
}

#[test]
fn the_same_advice_is_given_seldom_and_not_for_ever() {
    let mut advisor = Advisor::default();
    let loud = cut(&vowels(60.0, 0.9), 4.0);
    let given: Vec<usize> = (0..30).map(|_| advised(&mut advisor, &loud).len()).collect();
    assert_eq!(given.iter().sum::<usize>(), 3, "{given:?}");
    assert!(given[0] == 1 && given[1..5].iter().all(|times| *times == 0), "{given:?}");
}

#[test]
fn a_microphone_that_opens_again_is_judged_anew() {
    let mut advisor = Advisor::default();
    let soft = vowels(5.0, 0.02);
    for _ in 0..5 {
        let given = soft.as_chunks::<BLOCK>().0.iter().filter_map(|pcm| advisor.hear(pcm, Sound::Speech)).count();
        assert_eq!(given, 0);
        advisor.open();
    }
}
