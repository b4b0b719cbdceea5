//! Repeated and reordered frames, and numbers that roll over.

use std::collections::BTreeSet;

use sframe::frame::EncryptedFrameView;
use sframe::header::SframeHeader;
use sframe::key::DecryptionKey;

use super::super::key::SUITE;
use super::*;

#[test]
fn a_frame_opens_once() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let frames: Vec<Frame> = (0..50).map(|_| next(&mut ana)).collect();
    assert!(frames.iter().all(|frame| open(&mut bo, frame) == "plain"));
    for _ in 0..40 {
        assert!(frames.iter().rev().all(|frame| open(&mut bo, frame) == "replayed"));
    }
    assert_eq!(open(&mut bo, &next(&mut ana)), "plain", "repeats are not counted as failures");
}

#[test]
fn frames_open_in_any_order_within_the_window_and_not_beyond() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let window = limits::REPLAY_WINDOW as usize;
    let frames: Vec<Frame> = (0..3 * window).map(|_| next(&mut ana)).collect();
    // Each window in reverse.
    for part in frames.chunks(window).take(2) {
        assert!(part.iter().rev().all(|frame| open(&mut bo, frame) == "plain"));
        assert!(part.iter().all(|frame| open(&mut bo, frame) == "replayed"));
    }
    assert_eq!(open(&mut bo, &frames[3 * window - 1]), "plain");
    assert_eq!(open(&mut bo, &frames[2 * window]), "plain", "the oldest within the window");
    let mut late = member(CY, 5);
    assert_eq!(open(&mut late, &frames[window]), "plain");
    assert_eq!(open(&mut late, &frames[0]), "replayed", "one older than the window");
    assert_eq!(open(&mut late, &frames[1]), "plain", "the last one in it");
    assert!((0..100).all(|_| open(&mut late, &frames[0]) == "replayed"), "which is no failure");
    let mut other = frames[0].clone();
    other.body[0] ^= 1;
    assert_eq!(open(&mut late, &other), "failed");
}

#[test]
fn a_forged_frame_does_not_block_the_true_one() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let frames: Vec<Frame> = (0..5000).map(|_| next(&mut ana)).collect();
    let mut forged = frames[4999].clone();
    forged.body[3] ^= 8;
    assert_eq!(open(&mut bo, &forged), "failed");
    assert_eq!(open(&mut bo, &frames[0]), "plain", "the window has not moved");
    assert_eq!(open(&mut bo, &frames[4999]), "plain");
}

#[test]
fn a_long_talk_with_long_gaps_is_heard() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let missed = [20_000..45_000, 50_000..95_000, 100_000..199_000];
    for counter in 0..200_000 {
        let frame = next(&mut ana);
        if !missed.iter().any(|gap| gap.contains(&counter)) {
            assert_eq!(said(&bo.open(&frame, at(0))), Some(counter));
        }
    }
}

#[test]
fn a_late_listener_finds_the_counter() {
    for (counter, tries) in [(65_535, 0), (65_536, 0), (3 << 16 | 7, 1), (15 << 16 | 7, 13), (65 << 16 | 7, 63)] {
        let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
        ana.counter = counter;
        let heard: Vec<bool> = (0..100).map(|_| open(&mut bo, &next(&mut ana)) == "plain").collect();
        assert_eq!(heard.iter().position(|plain| *plain), Some(tries), "{counter:#x}");
        assert!(heard[tries..].iter().all(|plain| *plain), "{counter:#x}");
    }
}

#[test]
fn a_talker_whose_numbers_have_come_round_is_heard_again_soon() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    for _ in 0..3000 {
        assert_eq!(open(&mut bo, &next(&mut ana)), "plain");
    }
    ana.counter += 65_536 - 1000;
    let heard: Vec<&str> = (0..100).map(|_| open(&mut bo, &next(&mut ana))).collect();
    let first = heard.iter().position(|name| *name == "plain").expect("heard again");
    assert!(first < 16 && heard[first..].iter().all(|name| *name == "plain"), "{heard:?}");
}

/// The counter that a frame was sealed with, found with SFrame's own reading of a whole frame.
fn counter_of(frame: &Frame, epoch: u32) -> u64 {
    let kid = u64::from(frame.head.kid.0);
    let key = DecryptionKey::derive_from(SUITE, kid, base(epoch)).expect("a key");
    let mut counters = (0..4).map(|high| high << 16 | u64::from(frame.head.number.0));
    let fits = |counter: &u64| {
        let whole = [Vec::from(&SframeHeader::new(kid, *counter)), frame.body.clone()].concat();
        let whole =
            EncryptedFrameView::try_with_meta_data(&whole, std::slice::from_ref(&0x03)).map(|v| v.decrypt(&key));
        matches!(whole, Ok(Ok(_)))
    };
    counters.find(fits).expect("one of them")
}

#[test]
fn no_key_meets_a_counter_twice_and_numbers_have_no_gap() {
    let mut ana = member(ANA, 1);
    let (mut used, mut number) = (BTreeSet::new(), FrameNo(0));
    for epoch in 1..12 {
        // Into this epoch again, and into earlier ones, which must change nothing.
        (1..=epoch).for_each(|epoch| assert!(enter(&mut ana, epoch, at(0)).is_empty()));
        // The rollover falls into an epoch, between epochs, and at the very start of one.
        ana.counter += [0, 65_000, 536 - 300, 0, 65_236, 0, 70_000][epoch as usize % 7];
        number = FrameNo(ana.counter as u16);
        for _ in 0..300 {
            let frame = next(&mut ana);
            assert_eq!(frame.head.number, number);
            assert!(used.insert((base(epoch), frame.head.kid.0, counter_of(&frame, epoch))), "used before");
            number = number.next();
        }
    }
    assert_eq!(used.len(), 11 * 300);
    assert_eq!(number, FrameNo(ana.counter as u16));
}
