use std::cell::RefCell;

use super::*;
use crate::adapt::PlanChoice;
use crate::audio::AudioEvent;
use crate::audio::capture::Capture;
use crate::audio::testing::{Noise, vowels};

/// Runs a check on what a microphone hears; what is played back, the report, and after how many seconds.
fn run(mut check: Check, sound: &[f32]) -> (Option<Vec<f32>>, Option<(CheckReport, f32)>) {
    let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
    let mut back = None;
    for (at, pcm) in sound.as_chunks::<BLOCK>().0.iter().enumerate() {
        let packets = RefCell::new(Vec::new());
        capture.push(pcm, &|event| {
            if let AudioEvent::Captured(packet) = event {
                packets.borrow_mut().push(packet);
            }
        });
        match check.hear(pcm, packets.into_inner()) {
            Some(CheckEvent::Replay(sound)) => back = Some(sound),
            Some(CheckEvent::Done(report)) => return (back, Some((report, at as f32 / 50.0))),
            None => {}
        }
    }
    (back, None)
}

fn silence(seconds: f32) -> Vec<f32> {
    vec![0.0; (seconds * RATE as f32) as usize]
}

fn mixed(sound: Vec<f32>, peak: f32) -> Vec<f32> {
    let mut noise = Noise(9);
    sound.into_iter().map(|sample| sample + noise.next() * peak).collect()
}

/// A person who says something 2.5 s after the beginning.
fn sentence(seconds: f32, peak: f32) -> Vec<f32> {
    [silence(2.5), vowels(seconds, peak), silence(12.0)].concat()
}

fn verdicts(sound: &[f32]) -> Vec<Verdict> {
    run(Check::new(), sound).1.expect("a report").0.verdicts
}

#[test]
fn a_sentence_is_heard_back_as_the_others_would_hear_it() {
    let (back, report) = run(Check::new(), &mixed(sentence(3.0, 0.3), 0.001));
    let (back, (report, at)) = (back.unwrap(), report.unwrap());
    let seconds = back.len() as f32 / RATE as f32;
    assert!((2.5..4.5).contains(&seconds), "{seconds} s");
    let loud = back.as_chunks::<BLOCK>().0.iter().map(|block| decibels(block)).fold(-120.0, f32::max);
    assert!(loud > -30.0, "{loud} dBFS");
    assert_eq!(report.verdicts, [Verdict::Good]);
    assert!(report.speech_db.is_some_and(|level| (-35.0..-15.0).contains(&level)), "{report:?}");
    assert!((-70.0..-55.0).contains(&report.noise_db), "{report:?}");
    assert_eq!((report.echo, report.clipped), (None, 0.0));
    assert!((8.0..13.0).contains(&at), "after {at} s");
}

#[test]
fn each_fault_has_its_verdict() {
    assert_eq!(verdicts(&silence(12.0)), [Verdict::NothingHeard]);
    assert_eq!(verdicts(&mixed(silence(12.0), 0.02)), [Verdict::NothingHeard]);
    let loud = sentence(3.0, 4.0).into_iter().map(|sample| sample.clamp(-1.0, 1.0)).collect::<Vec<_>>();
    assert_eq!(verdicts(&loud), [Verdict::TooLoud]);
    assert_eq!(verdicts(&sentence(4.0, 0.02)), [Verdict::TooQuiet]);
    assert_eq!(verdicts(&mixed(sentence(3.0, 0.3), 0.05)), [Verdict::Noisy]);
    let mut echo = sentence(3.0, 0.3);
    echo.iter_mut().skip(48 * 90).zip(chime::notes()).for_each(|(to, note)| *to += note * 0.8);
    let report = run(Check::new(), &echo).1.unwrap().0;
    assert_eq!(report.verdicts, [Verdict::Echo]);
    let path = report.echo.unwrap();
    assert!((path.attenuation_db - 2.0).abs() < 1.5 && path.delay_ms.abs_diff(90) <= 8, "{path:?}");
}

#[test]
fn the_notes_are_not_taken_for_a_voice() {
    let mut echo = silence(14.0);
    echo.iter_mut().skip(48 * 200).zip(chime::notes()).for_each(|(to, note)| *to += note);
    let (back, report) = run(Check::new(), &echo);
    assert_eq!(back, None);
    assert_eq!(report.unwrap().0.verdicts, [Verdict::NothingHeard, Verdict::Echo]);
}

#[test]
fn who_talks_without_a_pause_is_stopped_and_answered() {
    let (back, report) = run(Check::new(), &vowels(20.0, 0.3));
    assert!(back.is_some_and(|back| back.len() <= 6 * RATE as usize));
    assert!(report.is_some_and(|(report, at)| report.speech_db.is_some() && at < 13.0));
}

#[test]
fn a_short_check_takes_a_second() {
    let short = |sound: &[f32]| {
        let (back, report) = run(Check::short(), sound);
        let (report, at) = report.unwrap();
        assert!(back.is_none() && at <= 1.0, "{at} s");
        report.verdicts
    };
    assert_eq!(short(&silence(2.0)), [Verdict::NothingHeard]);
    assert_eq!(short(&mixed(silence(2.0), 0.001)), [Verdict::Good]);
    assert_eq!(short(&mixed(silence(2.0), 0.1)), [Verdict::Noisy]);
    assert_eq!(short(&mixed(vowels(2.0, 0.5), 0.05)), [Verdict::Good], "a voice is no noise");
    let mut echo = mixed(silence(2.0), 0.001);
    echo.iter_mut().skip(48 * 120).zip(chime::note_alone()).for_each(|(to, note)| *to += note * 1.2);
    assert_eq!(short(&echo), [Verdict::Echo]);
}
