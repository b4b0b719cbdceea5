//! The whole chain in rooms that are made up.

use super::capture_chain::CaptureChain;
use super::rate::Down;
use super::setting::Chain;
use super::stage::{Frame, RATE, SAMPLES};
use crate::audio::BLOCK;
use crate::audio::level::decibels;
use crate::audio::testing::{Noise, voice};
use crate::audio::vad::{Sound, Vad};

/// Somebody else, as the loudspeaker plays them, at 16 kHz: breath in syllables, with a pause after each few, half of it voiced.
fn far(seconds: f32, peak: f32) -> Vec<f32> {
    let mut noise = Noise(21);
    let mut low = 0.0;
    let voice = narrow(&voice(seconds, peak * 0.7, 180.0, 3.1));
    let breath = |(at, voice): (usize, &f32)| {
        let t = at as f32 / RATE as f32;
        let syllable = (0.5 - 0.5 * (t * 3.1 * std::f32::consts::TAU).cos()) * f32::from(t % 2.0 < 1.6);
        low += (noise.next() - low) * 0.4;
        (low * peak * 0.6 + voice) * syllable
    };
    voice.iter().enumerate().map(breath).collect()
}

/// Me, at 16 kHz.
fn me(seconds: f32, peak: f32) -> Vec<f32> {
    narrow(&voice(seconds, peak, 120.0, 4.3))
}

fn narrow(sound: &[f32]) -> Vec<f32> {
    let mut down = Down::default();
    let frame = |block: &[f32; BLOCK]| {
        let mut out = [0.0; SAMPLES];
        down.process(block, &mut out);
        out
    };
    sound.as_chunks().0.iter().flat_map(frame).collect()
}

/// A room that sounds for 0.4 s: single reflections at random, dying away.
fn room(seed: u32) -> Vec<(usize, f32)> {
    let mut noise = Noise(seed);
    let mut taps = vec![(0, 1.0)];
    for at in (20..4_000).step_by(17) {
        let late = at + ((noise.next() + 1.0) * 8.0) as usize;
        taps.push((late, noise.next() * 0.25 * 10f32.powf(-3.0 * late as f32 / (0.4 * RATE as f32))));
    }
    let power: f32 = taps.iter().map(|(_, tap)| tap * tap).sum();
    taps.iter_mut().for_each(|(_, tap)| *tap /= power.sqrt());
    taps
}

/// What a microphone hears of the loudspeaker, this much softer and later.
fn echo(far: &[f32], room: &[(usize, f32)], loss_db: f32, delay_ms: usize) -> Vec<f32> {
    let gain = 10f32.powf(-loss_db / 20.0);
    let mut out = vec![0.0; far.len()];
    for (late, tap) in room {
        let late = late + delay_ms * 16;
        out[late..].iter_mut().zip(far).for_each(|(out, far)| *out += far * tap * gain);
    }
    out
}

fn add(a: &[f32], b: &[f32]) -> Vec<f32> {
    let length = a.len().max(b.len());
    (0..length).map(|at| a.get(at).unwrap_or(&0.0) + b.get(at).unwrap_or(&0.0)).collect()
}

/// The microphone's own noise.
fn hiss(samples: usize, db: f32) -> Vec<f32> {
    let mut noise = Noise(11);
    (0..samples).map(|_| noise.next() * 1.7 * 10f32.powf(db / 20.0)).collect()
}

struct Ran {
    /// At 16 kHz.
    out: Vec<f32>,
    /// What the voice detector heard, at 16 kHz.
    heard: Vec<f32>,
    /// Whether it cancelled, in each block.
    cancelled: Vec<bool>,
    echo_stays: bool,
}

/// What the chain makes of it.
fn run(setting: Chain, near: &[f32], far: &[f32]) -> Ran {
    run_on(&mut CaptureChain::new(setting).unwrap(), near, far)
}

fn run_on(chain: &mut CaptureChain, near: &[f32], far: &[f32]) -> Ran {
    let (mut vad, mut up, mut down) = (Vad::default(), super::rate::Up::default(), Down::default());
    let (mut wide, mut out) = ([0.0; BLOCK], [0.0; BLOCK]);
    let mut ran = Ran { out: Vec::new(), heard: Vec::new(), cancelled: Vec::new(), echo_stays: false };
    for (at, near) in near.as_chunks::<SAMPLES>().0.iter().enumerate() {
        let far: Frame = far.as_chunks().0.get(at).copied().unwrap_or([0.0; SAMPLES]);
        up.process(near, &mut wide);
        let heard = chain.clean(&wide, &far);
        ran.heard.extend_from_slice(heard);
        let speech = vad.hear_narrow(heard) == Sound::Speech;
        chain.level(speech, &mut out);
        let mut frame = [0.0; SAMPLES];
        down.process(&out, &mut frame);
        ran.out.extend_from_slice(&frame);
        ran.cancelled.push(chain.is_cancelling());
    }
    ran.echo_stays = chain.echo_stays();
    ran
}

/// How loud between two moments, in seconds.
fn loud(sound: &[f32], from: f32, to: f32) -> f32 {
    let at = |seconds: f32| (seconds * RATE as f32) as usize;
    decibels(&sound[at(from)..at(to).min(sound.len())])
}

#[test]
fn two_seconds_of_the_others_are_enough_to_lose_their_echo() {
    for (seed, delay) in [(1, 20), (2, 80), (3, 200)] {
        let far = far(5.0, 0.3);
        let near = add(&echo(&far, &room(seed), 6.0, delay), &hiss(far.len(), -75.0));
        let ran = run(Chain::Auto, &near, &far);
        let lost = loud(&near, 2.0, 5.0) - loud(&ran.out, 2.0, 5.0);
        assert!(lost > 25.0, "{delay} ms: {lost} dB");
        assert!(!ran.echo_stays);
    }
}

#[test]
fn an_echo_that_jumps_by_80_ms_is_lost_again_in_1500_ms() {
    let far = far(8.0, 0.3);
    let (before, after) = (echo(&far, &room(1), 6.0, 40), echo(&far, &room(1), 6.0, 120));
    let half = far.len() / 2;
    let near = add(&[&before[..half], &after[half..]].concat(), &hiss(far.len(), -75.0));
    let ran = run(Chain::Auto, &near, &far);
    let lost = loud(&near, 5.5, 8.0) - loud(&ran.out, 5.5, 8.0);
    assert!(lost > 25.0, "{lost} dB");
}

#[test]
fn devices_that_drift_apart_by_100_ppm_keep_their_echo_lost() {
    let far = far(12.0, 0.3);
    let still = echo(&far, &room(2), 6.0, 80);
    let near: Vec<f32> = (0..still.len() - 2)
        .map(|at| {
            let at = at as f64 * (1.0 - 1e-4);
            let (whole, part) = (at as usize, at.fract() as f32);
            still[whole] * (1.0 - part) + still[whole + 1] * part
        })
        .collect();
    let near = add(&near, &hiss(near.len(), -75.0));
    let ran = run(Chain::Auto, &near, &far);
    let lost = loud(&near, 6.0, 12.0) - loud(&ran.out, 6.0, 11.9);
    assert!(lost > 25.0, "{lost} dB");
}

#[test]
fn i_am_heard_while_another_talks() {
    let (far, mine) = (far(9.0, 0.25), me(4.0, 0.25));
    let mine = [vec![0.0; 4 * RATE as usize], mine].concat();
    let near = add(&add(&echo(&far, &room(1), 12.0, 60), &mine), &hiss(far.len(), -75.0));
    let out = run(Chain::Auto, &near, &far).out;
    let kept = loud(&out, 4.5, 8.0) - loud(&mine, 4.5, 8.0);
    assert!(kept > -6.0, "{kept} dB");
    assert!(loud(&out, 2.0, 4.0) < -55.0);
}

#[test]
fn with_a_headset_the_canceller_rests_and_i_pass_unchanged() {
    let (far, mine) = (far(10.0, 0.25), me(5.0, 0.25));
    let mine = [vec![0.0; 5 * RATE as usize], mine].concat();
    let near = add(&add(&echo(&far, &[(0, 1.0)], 45.0, 10), &mine), &hiss(far.len(), -80.0));
    let auto = run(Chain::Auto, &near, &far);
    assert!(auto.cancelled[25] && !auto.cancelled[150]);
    assert!(auto.cancelled[250..].iter().all(|cancelled| !cancelled));
    // As if nobody else were there.
    let headset = run(Chain::Headset, &near, &[]);
    let same = auto.out[6 * RATE as usize..].iter().zip(&headset.out[6 * RATE as usize..]);
    assert!(same.fold(0.0, |most: f32, (a, b)| most.max((a - b).abs())) < 2e-3);
}

#[test]
fn headphones_taken_off_bring_the_canceller_back() {
    let far = far(12.0, 0.25);
    let (on, off) = (echo(&far, &room(1), 50.0, 30), echo(&far, &room(1), 6.0, 30));
    let at = 6 * RATE as usize;
    let near = add(&[&on[..at], &off[at..]].concat(), &hiss(far.len(), -75.0));
    let ran = run(Chain::Auto, &near, &far);
    assert!(!ran.cancelled[250]);
    let lost = loud(&near, 8.0, 12.0) - loud(&ran.out, 8.0, 12.0);
    assert!(lost > 25.0, "{lost} dB");
}

#[test]
fn the_canceller_rests_while_nobody_else_is_heard() {
    let mine = me(6.0, 0.3);
    let ran = run(Chain::Speakers, &mine, &far(1.0, 0.3));
    assert!(ran.cancelled[40] && ran.cancelled[120..].iter().all(|cancelled| !cancelled));
}

#[test]
fn silence_stays_silence() {
    for setting in [Chain::Auto, Chain::Headset, Chain::Speakers] {
        let out = run(setting, &vec![0.0; 5 * RATE as usize], &[]).out;
        assert!(out.iter().all(|sample| *sample == 0.0), "{setting:?}");
    }
    assert!(CaptureChain::new(Chain::Off).is_none());
}

#[test]
fn a_fan_is_turned_down_and_a_voice_above_it_is_not() {
    let mut noise = Noise(3);
    let mut low = 0.0;
    let fan: Vec<f32> = (0..12 * RATE as usize)
        .map(|_| {
            low += (noise.next() - low) * 0.3;
            low * 0.02
        })
        .collect();
    let voice = [vec![0.0; 6 * RATE as usize], me(6.0, 0.1)].concat();
    let Ran { out, heard, .. } = run(Chain::Auto, &add(&voice, &fan), &[]);
    let (fan_lost, voice_lost) =
        (loud(&fan, 4.0, 6.0) - loud(&out, 4.0, 6.0), loud(&voice, 7.0, 12.0) - loud(&out, 7.0, 12.0));
    assert!((7.0..12.5).contains(&fan_lost), "{fan_lost} dB");
    assert!(voice_lost < 2.0, "{voice_lost} dB");
    // What is left of a soft sigh beside a fan is less than the sigh, so the detector hears both.
    let unheard = loud(&fan, 4.0, 6.0) - loud(&heard, 4.0, 6.0);
    assert!(unheard < 3.0, "{unheard} dB");
}

#[test]
fn a_long_moan_is_not_taken_for_noise() {
    let moan: Vec<f32> = (0..6 * RATE as usize)
        .map(|at| {
            let t = at as f32 / RATE as f32;
            let pitch = 200.0 + 5.0 * (t * 5.0).sin();
            (1..6).map(|n| (t * pitch * n as f32 * std::f32::consts::TAU).sin() / n as f32).sum::<f32>() * 0.03
        })
        .collect();
    let quiet = vec![0.0; 2 * RATE as usize];
    let sound = add(&[quiet, moan].concat(), &hiss(8 * RATE as usize, -55.0));
    let out = run(Chain::Auto, &sound, &[]).out;
    for second in 2..7 {
        let lost = loud(&sound, second as f32 + 0.1, second as f32 + 1.0)
            - loud(&out, second as f32 + 0.1, second as f32 + 1.0);
        assert!(lost < 6.0, "{second} s: {lost} dB");
    }
}

#[test]
fn a_soft_voice_becomes_louder_and_a_loud_one_does_not_clip() {
    let sentence = [me(2.0, 0.05), vec![0.0; RATE as usize]].concat();
    let soft = add(&sentence.repeat(8), &hiss(24 * RATE as usize, -80.0));
    let out = run(Chain::Auto, &soft, &[]).out;
    let lifted = loud(&out, 18.0, 24.0) - loud(&soft, 18.0, 24.0);
    assert!((4.0..15.5).contains(&lifted), "{lifted} dB");
    let loud_voice = me(5.0, 1.0);
    let out = run(Chain::Auto, &loud_voice, &[]).out;
    assert!(out.iter().all(|sample| sample.abs() <= 1.0));
    let plain = me(10.0, 0.4);
    let out = run(Chain::Auto, &plain, &[]).out;
    let changed = loud(&out, 4.0, 10.0) - loud(&plain, 4.0, 10.0);
    assert!(changed.abs() < 1.0, "{changed} dB");
}

#[test]
fn gain_learnt_from_a_soft_voice_lifts_no_echo() {
    let (far, mine) = (far(6.0, 0.3), me(15.0, 0.05));
    let mut chain = CaptureChain::new(Chain::Speakers).unwrap();
    run_on(&mut chain, &mine, &[]);
    let near = add(&echo(&far, &room(4), 6.0, 60), &hiss(far.len(), -75.0));
    let out = run_on(&mut chain, &near, &far).out;
    let lost = loud(&near, 2.0, 6.0) - loud(&out, 2.0, 6.0);
    assert!(lost > 25.0, "{lost} dB");
}

#[test]
fn where_echo_stays_i_am_softer_while_another_talks() {
    let far = far(15.0, 0.3);
    // A loudspeaker, though I said headset.
    let near = add(&echo(&far, &room(1), 10.0, 60), &hiss(far.len(), -75.0));
    let mut chain = CaptureChain::new(Chain::Headset).unwrap();
    let ran = run_on(&mut chain, &near, &far);
    assert!(ran.echo_stays);
    let lost = loud(&near, 10.0, 15.0) - loud(&ran.out, 10.0, 15.0);
    assert!(lost > 15.0, "{lost} dB");
    // Alone I am as loud as ever.
    let mine = me(4.0, 0.3);
    let out = run_on(&mut chain, &mine, &[]).out;
    assert!((loud(&mine, 1.0, 4.0) - loud(&out, 1.0, 4.0)).abs() < 2.0);
}

#[test]
fn two_who_talk_at_once_on_headsets_are_no_echo() {
    let (far, mine) = (far(20.0, 0.3), me(20.0, 0.3));
    assert!(!run(Chain::Headset, &mine, &far).echo_stays);
}

/// Somebody who draws out vowels for 1.5 s, with pauses of 0.5 s, at 16 kHz.
fn drawn_out(seconds: usize) -> Vec<f32> {
    let sample = |at: usize| {
        let t = at as f32 / RATE as f32;
        let pitch = 190.0 + 4.0 * (t * 4.0).sin();
        let vowel = (1..12).map(|n| (t * pitch * n as f32 * std::f32::consts::TAU).sin() / n as f32).sum::<f32>();
        vowel * 0.08 * f32::from(t % 2.0 < 1.5) * ((t % 2.0).min(1.5 - t % 2.0) * 20.0).clamp(0.0, 1.0)
    };
    (0..seconds * RATE as usize).map(sample).collect()
}

#[test]
fn a_drawn_out_vowel_does_not_pass_for_the_rooms_noise() {
    let sound = add(&drawn_out(12), &hiss(12 * RATE as usize, -58.0));
    let out = run(Chain::Auto, &sound, &[]).out;
    for second in [6.0f32, 8.0, 10.0] {
        let lost = |from, to| loud(&sound, second + from, second + to) - loud(&out, second + from, second + to);
        let (vowel, pause) = (lost(0.2, 1.4), lost(1.6, 1.9));
        assert!(vowel.abs() < 1.0 && pause.abs() < 2.0, "{second} s: {vowel} dB of the vowel, {pause} dB of the pause");
    }
}

/// How many samples after `sound` the same is heard in `out`, at this second.
fn lag(sound: &[f32], out: &[f32], second: usize) -> usize {
    let (from, to) = (second * RATE as usize, (second + 1) * RATE as usize);
    let alike = |lag: usize| sound[from..to].iter().zip(&out[from + lag..]).map(|(a, b)| a * b).sum::<f32>();
    (0..400).max_by(|a, b| alike(*a).total_cmp(&alike(*b))).unwrap()
}

#[test]
fn voices_are_held_back_for_noise_only_where_there_is_some() {
    let seconds = 40;
    let fan: Vec<f32> = hiss(seconds * RATE as usize, -30.0);
    let (from, to) = (10 * RATE as usize, 25 * RATE as usize);
    let fan: Vec<f32> = fan.iter().enumerate().map(|(at, s)| s * f32::from((from..to).contains(&at))).collect();
    let sound = add(&add(&drawn_out(seconds), &hiss(seconds * RATE as usize, -75.0)), &fan);
    let out = run(Chain::Headset, &sound, &[]).out;
    assert_eq!([8, 22, 36].map(|second| lag(&sound, &out, second) / 16), [7, 17, 7], "milliseconds");
    let lost = loud(&sound, 23.6, 23.9) - loud(&out, 23.6, 23.9);
    assert!(lost > 2.0, "{lost} dB");
    // No change-over is heard: in no pause is there anything but the room.
    for second in (0..seconds).step_by(2).map(|second| second as f32) {
        let (before, after) = (loud(&sound, second + 1.55, second + 1.95), loud(&out, second + 1.57, second + 1.95));
        assert!(after < before + 1.0, "{second} s: {before} to {after} dBFS");
    }
}
