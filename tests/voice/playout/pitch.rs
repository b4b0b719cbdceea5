//! Time stretch: faster and slower, at the same pitch and without a click.

use ingle::audio::playout::pace::{Pace, Speed};
use ingle::audio::playout::pcm_queue::PcmQueue;
use ingle::audio::{BLOCK, RATE};

/// A voice of `hz`: pulses through three resonances, slowly swelling.
fn voice(hz: f32, seconds: f32) -> Vec<f32> {
    let mut phase = 0.0f32;
    let mut state = [[0.0f32; 2]; 3];
    let mut out: Vec<f32> = (0..(seconds * RATE as f32) as usize)
        .map(|i| {
            phase += hz / RATE as f32;
            let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
            phase = phase.fract();
            let formants = [(600.0f32, 90.0f32), (1300.0, 120.0), (2500.0, 160.0)];
            let sum: f32 =
                formants.iter().zip(&mut state).map(|((at, width), s)| resonate(s, pulse, *at, *width)).sum();
            sum * (0.7 + 0.3 * (i as f32 * 2e-4).sin())
        })
        .collect();
    let peak = out.iter().fold(0.0f32, |most, s| most.max(s.abs()));
    out.iter_mut().for_each(|s| *s *= 0.4 / peak);
    out
}

fn resonate(state: &mut [f32; 2], input: f32, hz: f32, width: f32) -> f32 {
    let radius = (-std::f32::consts::PI * width / RATE as f32).exp();
    let turn = (std::f32::consts::TAU * hz / RATE as f32).cos();
    let out = input * (1.0 - radius) + 2.0 * radius * turn * state[0] - radius * radius * state[1];
    *state = [out, state[0]];
    out
}

/// Plays `sound` at the pace that an excess of this many samples asks for.
fn played(sound: &[f32], speed: Speed, excess: i64, pause: bool) -> Vec<f32> {
    let mut pace = Pace::default();
    pace.speed = speed;
    let mut ready = PcmQueue::default();
    let mut packets = sound.chunks(3 * BLOCK);
    let mut out = Vec::new();
    loop {
        while ready.len() < 3 * BLOCK {
            match packets.next() {
                Some(packet) => ready.push(packet),
                None => return out,
            }
        }
        pace.adjust(&mut ready, excess, pause);
        let mut block = [0.0; BLOCK];
        let count = ready.take(&mut block);
        out.extend_from_slice(&block[..count]);
    }
}

/// The lag in samples, near that of `hz`, at which a stretch of sound is most like itself.
fn pitch(sound: &[f32], hz: f32) -> usize {
    let near = (RATE as f32 / hz) as usize;
    let alike = |lag: usize| sound[..2400].iter().zip(&sound[lag..]).map(|(a, b)| a * b).sum::<f32>();
    (near * 3 / 4..=near * 5 / 4).max_by(|a, b| alike(*a).total_cmp(&alike(*b))).expect("there are lags")
}

fn steepest(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

const LATE: i64 = 20_000;

#[test]
fn a_voice_keeps_its_pitch_and_has_no_clicks_at_any_speed() {
    for hz in [85.0, 120.0, 190.0, 260.0] {
        let sound = voice(hz, 6.0);
        for (speed, excess, least, most) in
            [(Speed::Normal, LATE, 1.10, 1.17), (Speed::Normal, -LATE, 0.84, 0.94), (Speed::CatchUp, 0, 1.22, 1.32)]
        {
            let out = played(&sound, speed, excess, false);
            let ratio = sound.len() as f32 / out.len() as f32;
            assert!((least..=most).contains(&ratio), "{hz} Hz, {speed:?}, {excess}: {ratio}");
            let period = pitch(&sound[24_000..], hz);
            for at in (24_000..out.len() - 4_000).step_by(4_800) {
                let heard = pitch(&out[at..], hz);
                assert!(heard.abs_diff(period) <= 2, "{hz} Hz, {speed:?}, {excess}: {heard} for {period} at {at}");
            }
            assert!(steepest(&out) <= steepest(&sound) * 1.1, "{hz} Hz, {speed:?}, {excess}: a click");
            let power =
                |sound: &[f32]| sound[24_000..].iter().map(|s| s * s).sum::<f32>() / (sound.len() - 24_000) as f32;
            let change = 10.0 * (power(&out) / power(&sound)).log10();
            assert!(change.abs() < 0.5, "{hz} Hz, {speed:?}, {excess}: {change} dB");
        }
    }
}

#[test]
fn near_its_target_a_voice_is_left_as_it_is() {
    let sound = voice(140.0, 2.0);
    for excess in [-280, -100, 0, 100, 280] {
        let out = played(&sound, Speed::Normal, excess, false);
        assert_eq!(out, sound[..out.len()]);
    }
}

#[test]
fn a_pause_is_cut_much_faster_than_speech_and_hisses_on_evenly() {
    let mut seed = 1u32;
    let hiss: Vec<f32> = (0..RATE * 4)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0) * 0.01
        })
        .collect();
    for (excess, least, most) in [(LATE, 1.6f32, 1.85), (-LATE, 0.48, 0.6), (100, 1.0, 1.03)] {
        let out = played(&hiss, Speed::Normal, excess, true);
        let ratio = hiss.len() as f32 / out.len() as f32;
        assert!((least..=most).contains(&ratio), "{excess}: {ratio}");
        for part in out.chunks_exact(480) {
            let power = part.iter().map(|s| s * s).sum::<f32>() / 480.0;
            let expected = 0.01f32 * 0.01 / 3.0;
            assert!((0.6..1.6).contains(&(power / expected)), "{excess}: {}", power / expected);
        }
    }
}
