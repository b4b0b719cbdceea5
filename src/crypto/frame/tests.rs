//! A talker and listeners, and what a network and a hostile relay can do between them.

mod counters;
mod epochs;
mod hostile;

use std::time::Duration;

use super::*;
use crate::wire::{DownBundle, DownDatagram, SendStamp, UpBundle, UpDatagram};

const ANA: SeatId = SeatId(1);
const BO: SeatId = SeatId(2);
const CY: SeatId = SeatId(33);

fn base(epoch: u32) -> [u8; 48] {
    std::array::from_fn(|at| at as u8 ^ epoch.wrapping_mul(37) as u8)
}

fn all() -> SeatSet {
    [ANA, BO, CY].into_iter().collect()
}

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

fn member(seat: SeatId, epoch: u32) -> Frames {
    Frames::new(seat, Epoch(epoch), &base(epoch), all())
}

fn enter(frames: &mut Frames, epoch: u32, now: Time) -> Vec<(FrameHead, Vec<u8>)> {
    frames.enter(Epoch(epoch), &base(epoch), all(), now)
}

/// The next frame of a talker; what it says is its counter.
fn next(talker: &mut Frames) -> Frame {
    let said = talker.counter.to_be_bytes();
    talker.seal(false, false, 3, &said).expect("sealed")
}

/// The counter that a frame says, if it opens.
fn said(opened: &Opened) -> Option<u64> {
    let Opened::Plain(plain) = opened else { return None };
    Some(u64::from_be_bytes(plain.as_slice().try_into().expect("eight bytes")))
}

fn name(opened: &Opened) -> &'static str {
    match opened {
        Opened::Plain(_) => "plain",
        Opened::Early => "early",
        Opened::Replayed => "replayed",
        Opened::Failed => "failed",
        Opened::Alarm(_) => "alarm",
        Opened::Dropped => "dropped",
    }
}

fn open(listener: &mut Frames, frame: &Frame) -> &'static str {
    name(&listener.open(frame, at(0)))
}

/// The frames of a relay's bundle; none if it isn't a bundle.
fn frames_down(bytes: &[u8]) -> Vec<Frame> {
    match DownDatagram::decode(bytes) {
        Ok(DownDatagram::Bundle(bundle)) => bundle.frames,
        _ => Vec::new(),
    }
}

#[test]
fn what_is_sealed_opens_with_its_head() {
    let (mut ana, mut bo, mut cy) = (member(ANA, 5), member(BO, 5), member(CY, 5));
    for (start, end, level, plain) in [(true, false, 7, &b"one"[..]), (false, false, 0, b"two"), (false, true, 3, &[])]
    {
        let frame = ana.seal(start, end, level, plain).expect("sealed");
        let FrameHead { kid, start: s, end: e, level: l, .. } = frame.head;
        assert_eq!((kid, s, e, l), (Kid::new(ANA, Epoch(5)), start, end, level));
        let bytes =
            DownBundle { sequence: 1, sent: SendStamp::default(), frames: vec![frame.clone()] }.encode().expect("fits");
        let came = frames_down(&bytes).remove(0);
        assert!([&mut bo, &mut cy].into_iter().all(|who| who.open(&came, at(0)) == Opened::Plain(plain.to_vec())));
    }
    assert_eq!(ana.counter, 3);
}

#[test]
fn a_seal_costs_eight_bytes_and_a_packet_thirteen_in_all() {
    let mut ana = member(ANA, 5);
    let packet = [7; 57];
    let tick_and_packet = [&[9][..], &packet].concat();
    let frame = ana.seal(true, false, 4, &tick_and_packet).expect("sealed");
    assert_eq!(frame.body.len(), tick_and_packet.len() + 8);
    let bytes = UpBundle { sent: SendStamp::default(), frames: vec![frame.clone()] }.encode().expect("fits");
    let (head, kid, number, tag, tick) = (1, 1, 2, 8, 1);
    assert_eq!(bytes.len(), 1 + packet.len() + head + kid + number + tag + tick);
    assert_eq!(bytes.len(), 1 + packet.len() + 13);
    // Each frame but the last has its length before it, in two bytes; a bundle down has two bytes of its own, one up has one.
    let down = DownBundle { sequence: 0, sent: SendStamp::default(), frames: vec![frame.clone(), frame] }
        .encode()
        .expect("fits");
    assert_eq!(down.len(), 2 + 2 * (bytes.len() - 1) + 2);
}

#[test]
fn the_largest_packet_fits_and_a_larger_one_uses_no_number() {
    let mut ana = member(ANA, 5);
    assert_eq!(ana.seal(false, false, 0, &[7; PLAIN + 1]), Err(FrameError::TooLong));
    let frame = ana.seal(false, false, 0, &[7; PLAIN]).expect("sealed");
    assert_eq!((frame.head.number, frame.body.len()), (FrameNo(0), limits::FRAME));
    assert!(UpBundle { sent: SendStamp::default(), frames: vec![frame] }.encode().is_ok());
}

#[test]
fn a_level_above_seven_is_sealed_as_seven() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let frame = ana.seal(false, false, 200, b"loud").expect("sealed");
    let bytes = UpBundle { sent: SendStamp::default(), frames: vec![frame] }.encode().expect("fits");
    let Ok(UpDatagram::Bundle(mut came)) = UpDatagram::decode(&bytes) else { panic!("no bundle") };
    let came = came.frames.remove(0);
    assert_eq!((came.head.level, open(&mut bo, &came)), (7, "plain"));
}

#[test]
fn nothing_is_sealed_without_a_seat() {
    let others: SeatSet = [BO, CY].into_iter().collect();
    let mut ana = Frames::new(ANA, Epoch(5), &base(5), others);
    assert_eq!(ana.seal(false, false, 0, b"x"), Err(FrameError::NoKey));
    let mut ana = member(ANA, 5);
    assert!(ana.enter(Epoch(6), &base(6), others, at(0)).is_empty());
    assert_eq!(ana.seal(false, false, 0, b"x"), Err(FrameError::NoKey));
}

#[test]
fn my_own_frames_and_those_of_strangers_are_dropped() {
    let mut ana = member(ANA, 5);
    let own = next(&mut ana);
    assert_eq!(open(&mut ana, &own), "dropped");
    // A stranger with the key, but no seat.
    let dee = SeatId(9);
    let mut dee = Frames::new(dee, Epoch(5), &base(5), [dee].into_iter().collect());
    assert_eq!(open(&mut ana, &next(&mut dee)), "dropped");
}

#[test]
fn another_base_key_opens_nothing() {
    let mut bo = member(BO, 5);
    let mut ana = Frames::new(ANA, Epoch(5), &base(6), all());
    assert_eq!(open(&mut bo, &next(&mut ana)), "failed");
}

#[test]
fn due_says_when_something_expires() {
    let (mut ana, mut bo) = (member(ANA, 6), member(BO, 5));
    assert_eq!(bo.due(), Time::NEVER);
    assert_eq!(name(&bo.open(&next(&mut ana), at(100))), "early");
    assert_eq!(bo.due(), at(100) + limits::EARLY_TIME);
    bo.tick(bo.due());
    assert_eq!((bo.due(), bo.early.len()), (Time::NEVER, 0));
    enter(&mut bo, 6, at(5000));
    assert_eq!(bo.due(), at(5000) + limits::OLD_EPOCH_SAME);
    bo.tick(bo.due());
    assert_eq!((bo.due(), bo.keys.len()), (Time::NEVER, 1));
    bo.tick(Time::NEVER);
    assert_eq!(bo.epoch(), Epoch(6));
}

#[test]
fn a_thin_frame_shares_the_last_number_and_opens_once() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    assert_eq!(ana.seal_thin(true, false, 3, b"too soon"), Err(FrameError::NoPlace));
    let full: Vec<Frame> = (0..2).map(|_| next(&mut ana)).collect();
    let thin = ana.seal_thin(true, false, 3, b"both").expect("sealed");
    assert_eq!((thin.head.number, thin.head.is_thin()), (FrameNo(1), true));
    assert_eq!(ana.seal_thin(true, false, 3, b"again"), Err(FrameError::NoPlace), "no counter twice");
    assert!(bo.open(&thin, at(0)) == Opened::Plain(b"both".to_vec()));
    assert_eq!(open(&mut bo, &thin), "replayed");
    assert!(
        full.iter().all(|frame| matches!(bo.open(frame, at(0)), Opened::Plain(_))),
        "each layer has its own numbers"
    );
    let mut other = thin;
    other.head.layer = Layer::Full;
    assert_ne!(open(&mut member(BO, 5), &other), "plain", "which layer it is of is sealed too");
    // In the next epoch no thin frame can stand for what was sealed before.
    enter(&mut ana, 6, at(0));
    assert_eq!(ana.seal_thin(true, false, 3, b"late"), Err(FrameError::NoPlace));
}
