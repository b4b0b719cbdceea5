//! The device callback: it neither allocates nor frees for any request of the sound card, and plays no noise of its own.

use std::sync::atomic::Ordering;

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use ingle::audio::callback::{capture, playback};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

const SIZES: [usize; 9] = [0, 1, 7, 63, 480, 441, 960, 1024, 5000];

#[test]
fn a_microphone_of_any_shape_becomes_mono_in_order() {
    for channels in 1..=8u16 {
        let (mut side, mut ring, shared) = capture(channels, 100_000);
        let mut next = 0;
        for size in SIZES {
            // All channels of a frame are equal, and so is their mean; the last sample is half a frame too much.
            let mut samples: Vec<f32> =
                (0..size * channels as usize).map(|i| (next + i / channels as usize) as f32).collect();
            if channels > 1 {
                samples.push(-1.0);
            }
            assert_no_alloc(|| side.take(&samples));
            next += size;
        }
        let heard: Vec<f32> = std::iter::from_fn(|| ring.pop().ok()).collect();
        assert_eq!(heard.len(), SIZES.iter().sum::<usize>());
        assert!(heard.iter().enumerate().all(|(i, s)| (s - i as f32).abs() < 0.01), "{channels} channels");
        assert_eq!(shared.largest.load(Ordering::Relaxed), 5000);
        assert_eq!(shared.missed.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn what_finds_no_room_is_counted_and_the_rest_is_whole() {
    let (mut side, mut ring, shared) = capture(1, 100);
    let samples: Vec<i16> = (0..250).collect();
    assert_no_alloc(|| side.take(&samples));
    assert_eq!(shared.missed.load(Ordering::Relaxed), 150);
    let heard: Vec<f32> = std::iter::from_fn(|| ring.pop().ok()).collect();
    assert_eq!(heard.len(), 100);
    assert!(heard.iter().enumerate().all(|(i, s)| (s * 32_768.0 - i as f32).abs() < 0.1));
}

#[test]
fn any_speaker_gets_the_voice_on_its_first_two_channels() {
    for channels in 1..=8u16 {
        let (mut side, mut ring, shared) = playback(channels, 100_000);
        for i in 0..20_000 {
            ring.push(i as f32 / 20_000.0).unwrap();
        }
        let mut next = 0;
        for size in SIZES {
            let mut samples = vec![0.7f32; size * channels as usize];
            assert_no_alloc(|| side.give(&mut samples));
            for frame in samples.chunks(channels.into()) {
                for (channel, sample) in frame.iter().enumerate() {
                    let expected = if channel < 2 { next as f32 / 20_000.0 } else { 0.0 };
                    assert_eq!(*sample, expected, "{channels} channels, frame {next}, channel {channel}");
                }
                next += 1;
            }
        }
        assert_eq!(shared.missed.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn an_empty_ring_dies_away_without_a_click_and_then_is_silent() {
    let (mut side, mut ring, shared) = playback(2, 1000);
    for _ in 0..100 {
        ring.push(0.8).unwrap();
    }
    let mut samples = vec![0.0f32; 2 * 1000];
    assert_no_alloc(|| side.give(&mut samples));
    let steps = samples.chunks(2).map(|frame| frame[0]).collect::<Vec<_>>();
    assert!(steps.windows(2).skip(100).all(|w| (w[0] - w[1]).abs() <= 0.03));
    assert_eq!((steps[99], steps[999]), (0.8, 0.0));
    assert_eq!(shared.missed.load(Ordering::Relaxed), 900);
    // Silence that nobody filled is not a miss.
    assert_no_alloc(|| side.give(&mut samples));
    assert!(samples.iter().all(|s| *s == 0.0));
    assert_eq!(shared.missed.load(Ordering::Relaxed), 900);
}

#[test]
fn integers_are_silent_in_their_own_middle() {
    let (mut side, _ring, _) = playback(3, 10);
    let mut samples = [7u8; 9];
    assert_no_alloc(|| side.give(&mut samples));
    assert_eq!(samples, [128; 9]);
}
