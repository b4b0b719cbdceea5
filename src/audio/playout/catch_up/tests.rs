//! The past of a room in virtual time: whole, in order, faster, and live again in the end.

use std::cell::RefCell;

use super::*;
use crate::adapt::{Plan, PlanChoice};
use crate::audio::capture::Capture;
use crate::audio::level::decibels;
use crate::audio::playout::Playout;
use crate::audio::testing::vowels;
use crate::audio::{AudioEvent, Captured, RATE};

const MS: u64 = 1000;

thread_local! {
    /// The packets that were decoded, by their second byte.
    static DECODED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Notes what it decodes, and makes a steady tone of it.
struct Noting;

impl Codec for Noting {
    fn create() -> Option<Self> {
        Some(Self)
    }

    fn reset(&mut self) {}

    fn set_decoder_complexity(&mut self, _: DecoderComplexity) {}

    fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Option<usize> {
        DECODED.with_borrow_mut(|decoded| decoded.push(packet[1]));
        out[..3 * BLOCK].iter_mut().enumerate().for_each(|(i, s)| *s = (i as f32 * 0.02).sin() * 0.3);
        Some(3 * BLOCK)
    }

    fn conceal(&mut self, out: &mut [f32]) -> bool {
        out.fill(0.0);
        true
    }
}

/// A packet of 60 ms by its first byte.
fn packet(seat: u8, number: u16, start: bool, end: bool) -> Incoming {
    let packet = vec![11 << 3, (seat << 6) | number as u8, 0];
    Incoming { seat: SeatId(seat), number: FrameNo(number), count: 1, tick: 0, start, end, packet }
}

/// Plays all there is; how many blocks of 20 ms that were, and in how many something was heard.
fn play(past: &mut CatchUp<Noting>, now: &mut u64) -> (usize, usize) {
    let (mut blocks, mut sounding) = (0, 0);
    while past.is_active() {
        let (mut out, mut heard) = ([0.0; BLOCK], Vec::new());
        past.pull(&mut out, Time(*now), DecoderComplexity::default(), |_| Default::default(), &mut heard);
        sounding += usize::from(!heard.is_empty());
        blocks += 1;
        *now += 20 * MS;
        assert!(blocks < 10_000, "it never ends");
    }
    (blocks, sounding)
}

fn decoded() -> Vec<u8> {
    DECODED.take()
}

#[test]
fn the_first_missed_packets_are_not_taken_for_live() {
    let said = |n: u16, at_ms| Missed { frame: packet(1, n, n == 0, false), at_ms };
    let mut past = CatchUp::<Noting>::default();
    past.live_at(6000, Time(0));
    (0..3).for_each(|n| past.push(said(n, 1000 + u64::from(n) * 60), Time(0)));
    assert!(past.hand_over(200, Time(0)).is_empty(), "the newest there is was said five seconds ago");
    assert!(past.hand_over(200, Time(500 * MS)).is_empty());
    let mut past = CatchUp::<Noting>::default();
    past.live_at(6000, Time(0));
    past.push(said(0, 5900), Time(0));
    assert_eq!(past.hand_over(200, Time(50 * MS)).len(), 1);
}

#[test]
fn all_is_heard_once_in_order_and_faster() {
    let mut past = CatchUp::default();
    for n in 0..50_u16 {
        past.push(Missed { frame: packet(1, n, n == 0, n == 49), at_ms: u64::from(n) * 60 }, Time(0));
    }
    let (blocks, sounding) = play(&mut past, &mut 0);
    assert_eq!(decoded(), (0..50).map(|n| 64 | n).collect::<Vec<u8>>());
    println!("3 s of tone in {} ms", sounding * 20);
    assert!((2250..=2600).contains(&(sounding * 20)), "{}", sounding * 20);
    assert!(blocks - sounding <= 2, "it begins at once");
}

#[test]
fn joint_speech_is_heard_together_and_silence_is_left_out() {
    let mut past = CatchUp::default();
    // 1 speaks for 2 s; 2 falls in after 1 s and speaks for 2 s; a minute later 3 speaks for 1 s.
    let mut all: Vec<(u64, Incoming)> = Vec::new();
    all.extend((0..34_u16).map(|n| (u64::from(n) * 60, packet(1, n, n == 0, n == 33))));
    all.extend((0..34_u16).map(|n| (1000 + u64::from(n) * 60, packet(2, n, n == 0, n == 33))));
    all.extend((0..17_u16).map(|n| (63_000 + u64::from(n) * 60, packet(3, n, n == 0, n == 16))));
    all.sort_by_key(|(at_ms, _)| *at_ms);
    all.into_iter().for_each(|(at_ms, frame)| past.push(Missed { frame, at_ms }, Time(0)));
    let (blocks, _) = play(&mut past, &mut 0);
    let order = decoded();
    for (seat, count) in [(1, 34), (2, 34), (3, 17)] {
        let numbers: Vec<u8> = order.iter().filter(|of| *of >> 6 == seat).map(|of| of & 63).collect();
        assert_eq!(numbers, (0..count).collect::<Vec<u8>>());
    }
    let first = |seat| order.iter().position(|of| of >> 6 == seat).expect("heard");
    assert!((16..=24).contains(&first(2)), "2 falls in where it did: {}", first(2));
    println!("3 s and 1 s, a minute apart, in {} ms", blocks * 20);
    assert!(blocks * 20 < 3600);
}

#[test]
fn a_talker_whose_end_is_missing_holds_nobody_up() {
    let mut past = CatchUp::default();
    (0..10_u16)
        .for_each(|n| past.push(Missed { frame: packet(1, n, false, false), at_ms: u64::from(n) * 60 }, Time(0)));
    (0..10_u16).for_each(|n| {
        past.push(Missed { frame: packet(2, n, n == 0, n == 9), at_ms: 5000 + u64::from(n) * 60 }, Time(0))
    });
    let (blocks, _) = play(&mut past, &mut 0);
    assert_eq!(decoded().len(), 20);
    assert!(blocks * 20 < 1500, "{}", blocks * 20);
}

#[test]
fn slow_packets_are_played_in_whole_stretches() {
    let (mut past, mut now) = (CatchUp::<Noting>::default(), 0);
    let mut stretches = Vec::new();
    for n in 0..200_u16 {
        past.push(Missed { frame: packet(1, n % 64, n == 0, false), at_ms: u64::from(n) * 60 }, Time(now));
        // A packet of 60 ms comes each 100 ms.
        for _ in 0..5 {
            let (mut out, mut heard) = ([0.0; BLOCK], Vec::new());
            past.pull(&mut out, Time(now), DecoderComplexity::default(), |_| Default::default(), &mut heard);
            match (stretches.last_mut(), heard.is_empty()) {
                (Some((true, length)), false) | (Some((false, length)), true) => *length += 1,
                _ => stretches.push((!heard.is_empty(), 1)),
            }
            now += 20 * MS;
        }
    }
    let short = stretches.iter().skip(1).filter(|(sound, length)| *sound && *length < 50).count();
    assert!(short <= 1, "{stretches:?}");
    decoded();
}

#[test]
fn it_is_bounded_and_what_is_not_wanted_is_gone() {
    let mut past: CatchUp<Noting> = CatchUp::default();
    for n in 0..MOST + 100 {
        past.push(Missed { frame: packet(1, n as u16, false, false), at_ms: n as u64 }, Time(0));
    }
    assert_eq!(past.queue.len(), MOST);
    past.push(Missed { frame: Incoming { packet: vec![], ..packet(2, 0, true, true) }, at_ms: 0 }, Time(0));
    assert_eq!(past.queue.len(), MOST, "what is no packet is left out");
    past.forget(SeatId(1));
    assert!(!past.is_active());
    past.push(Missed { frame: packet(2, 0, true, false), at_ms: 0 }, Time(0));
    past.skip();
    assert!(!past.is_active() && past.said().is_none());
}

/// Packets of `sound`, each with the moment in microseconds at which the talker has it.
fn spoken(sound: &[f32]) -> Vec<(u64, Incoming)> {
    let mut capture = Capture::new(Plan::from(PlanChoice::Auto)).expect("a plan");
    let out = RefCell::new(Vec::new());
    for (i, block) in sound.as_chunks().0.iter().enumerate() {
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                out.borrow_mut().push(((i as u64 + 1) * 20 * MS, packet));
            }
        });
    }
    let frame = |(n, (at, packet)): (usize, (u64, Captured))| {
        let Captured { packet, tick, start, end, .. } = packet;
        (at + 20 * MS, Incoming { seat: SeatId(4), number: FrameNo(n as u16), count: 1, tick, start, end, packet })
    };
    out.into_inner().into_iter().enumerate().map(frame).collect()
}

/// How many times something loud begins after 60 ms of silence.
fn bursts(sound: &[f32]) -> usize {
    let loud: Vec<bool> = sound.chunks(960).map(|block| decibels(block) > -45.0).collect();
    (3..loud.len()).filter(|i| loud[*i] && loud[i - 3..*i].iter().all(|loud| !loud)).count()
}

#[test]
fn a_hole_of_six_seconds_is_played_and_then_all_is_live() {
    // A hum through all of it, so that the gaps between syllables are no silence.
    let hum = (0..).map(|i| (i as f32 * 0.017).sin() * 0.04);
    let voice: Vec<f32> = vowels(1.6, 0.3).iter().zip(hum).map(|(sample, hum)| sample + hum).collect();
    let sentence = [voice, vec![0.0; RATE as usize * 14 / 10]].concat();
    let said: Vec<f32> = [vec![0.0; RATE as usize], sentence.repeat(14)].concat();
    let mut frames = spoken(&said).into_iter().peekable();
    let mut playout: Playout = Playout::default();
    let (mut sound, mut held) = (Vec::new(), Vec::new());
    let mut behind_until = 0;
    let hole = 8_000 * MS..14_000 * MS;
    let mut now = 0;
    while now < 46_000 * MS {
        while let Some((at, frame)) = frames.next_if(|(at, _)| *at <= now) {
            if hole.contains(&at) {
                held.push((frame, at / MS));
            } else if playout.is_behind() {
                playout.push_missed(frame, at / MS, Time(now));
            } else {
                playout.push(frame, Time(now));
            }
        }
        if now >= hole.end + 300 * MS {
            held.drain(..).for_each(|(frame, at_ms)| playout.push_missed(frame, at_ms, Time(now)));
        }
        let mut block = [0.0; BLOCK];
        playout.pull(&mut block, Time(now));
        sound.extend(block);
        if playout.is_behind() {
            behind_until = now;
        }
        now += 20 * MS;
    }
    println!("live again {} ms after the hole", (behind_until - hole.end) / MS);
    // Where the hole ends within a sentence its end may be heard first.
    assert!((14..=16).contains(&bursts(&sound)) && bursts(&said) == 14, "{} sentences", bursts(&sound));
    let loud = |sound: &[f32]| sound.chunks(960).filter(|block| decibels(block) > -45.0).count() as f64;
    let share = loud(&sound) / loud(&said);
    println!("{:.1} % of the speech was heard, some of it faster", share * 100.0);
    assert!((0.85..=1.02).contains(&share), "every sentence was heard once: {share}");
    assert!((behind_until - hole.end) / MS < 9_000, "{}", behind_until / MS);
    // The last sentences are as late as the first.
    let at = |sound: &[f32], last: usize| {
        let loud: Vec<bool> = sound.chunks(960).map(|block| decibels(block) > -45.0).collect();
        let begins = (3..loud.len()).filter(|i| loud[*i] && loud[i - 3..*i].iter().all(|loud| !loud));
        let begins: Vec<usize> = begins.map(|block| block * 20).collect();
        begins[last.min(begins.len() - 1)]
    };
    let late = |nth: fn(&[f32]) -> usize| at(&sound, nth(&sound)) as i64 - at(&said, nth(&said)) as i64;
    let (first, last) = (late(|_| 1), late(|sound| bursts(sound) - 1));
    println!("late at first {first} ms, at last {last} ms");
    assert!((last - first).abs() <= 60 && first < 300, "{first} {last}");
}
