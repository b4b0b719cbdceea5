//! A talker, a seeded bad line and a listener in virtual time.

use super::*;
use crate::adapt::{Plan, PlanChoice};
use crate::audio::capture::Capture;
use crate::audio::level::decibels;
use crate::audio::testing::{Noise, vowels};
use crate::audio::{AudioEvent, Captured, RATE};
use crate::ids::FrameNo;

const MS: u64 = 1000;

/// Packets of `sound`, each with the moment in microseconds at which the talker has it.
fn spoken(plan: Plan, sound: &[f32]) -> Vec<(u64, Captured)> {
    let mut capture = Capture::new(plan).unwrap();
    let out = std::cell::RefCell::new(Vec::new());
    for (i, block) in sound.as_chunks().0.iter().enumerate() {
        let at = (i as u64 + 1) * 20 * MS;
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                out.borrow_mut().push((at, packet));
            }
        });
    }
    out.into_inner()
}

/// The packets as they come over a line that keeps each back by `delay(number)` microseconds, or loses it.
fn over(seat: u8, packets: &[(u64, Captured)], mut delay: impl FnMut(usize) -> Option<u64>) -> Vec<(u64, Incoming)> {
    let frames = packets.iter().enumerate().filter_map(|(i, (at, packet))| {
        let Captured { packet, tick, start, end, .. } = packet.clone();
        let frame = Incoming { seat: SeatId(seat), number: FrameNo(i as u16), count: 1, tick, start, end, packet };
        Some((at + delay(i)?, frame))
    });
    let mut frames: Vec<_> = frames.collect();
    frames.sort_by_key(|(at, _)| *at);
    frames
}

struct Listener {
    playout: Playout,
    now: u64,
    sound: Vec<f32>,
    most_voices: usize,
    longest_delay: Duration,
}

impl Listener {
    fn new() -> Self {
        Self { playout: Playout::default(), now: 0, sound: Vec::new(), most_voices: 0, longest_delay: Duration::ZERO }
    }

    fn listen(&mut self, frames: Vec<(u64, Incoming)>, until: u64) {
        let mut frames = frames.into_iter().peekable();
        while self.now < until {
            while let Some((at, frame)) = frames.next_if(|(at, _)| *at <= self.now) {
                self.playout.push(frame, Time(at));
            }
            let mut block = [0.0; BLOCK];
            self.playout.pull(&mut block, Time(self.now));
            assert!(block.iter().all(|s| s.abs() <= 1.0));
            self.most_voices = self.most_voices.max(self.playout.heard().len());
            self.longest_delay = self.longest_delay.max(self.playout.delay());
            self.sound.extend(block);
            self.now += 20 * MS;
        }
    }
}

/// How long after it was said `sound` is best found in what was heard, in milliseconds.
fn mouth_to_ear(said: &[f32], heard: &[f32]) -> usize {
    let envelope = |sound: &[f32]| -> Vec<f32> { sound.chunks(48).map(|c| decibels(c).max(-60.0) + 60.0).collect() };
    let (said, heard) = (envelope(said), envelope(heard));
    let match_at = |lag: usize| -> f32 { said.iter().zip(&heard[lag..]).map(|(a, b)| a * b).sum() };
    (0..500).max_by(|a, b| match_at(*a).total_cmp(&match_at(*b))).unwrap()
}

fn said(seconds: f32) -> Vec<f32> {
    [vec![0.0; RATE as usize], vowels(seconds, 0.4), vec![0.0; RATE as usize]].concat()
}

#[test]
fn a_good_line_is_heard_whole_and_soon() {
    for (choice, most) in [(PlanChoice::Auto, 160), (PlanChoice::Thin, 200), (PlanChoice::Full, 160)] {
        let said = said(4.0);
        let mut listener = Listener::new();
        listener.listen(over(0, &spoken(choice.into(), &said), |_| Some(MS)), 8000 * MS);
        let delay = mouth_to_ear(&said, &listener.sound);
        assert!(delay <= most, "{choice:?}: {delay} ms from mouth to ear");
        let (quiet, loud) = (decibels(&listener.sound[..40_000]), decibels(&listener.sound[60_000..200_000]));
        assert!(quiet < -100.0 && (loud - decibels(&said[60_000..200_000])).abs() < 2.0, "{choice:?}: {quiet} {loud}");
        assert!(listener.playout.is_idle());
    }
}

#[test]
fn packets_are_there_just_before_they_are_heard() {
    let said = said(3.0);
    let packets = spoken(PlanChoice::Auto.into(), &said);
    // Whenever in a block they come: on average half a block passes until the next one is fetched, and no whole one.
    let phases = [1, 6, 11, 16];
    let held: usize = phases
        .map(|ms| {
            let mut listener = Listener::new();
            listener.listen(over(0, &packets, |_| Some(ms * MS)), 6000 * MS);
            mouth_to_ear(&said, &listener.sound) - ms as usize - 60
        })
        .iter()
        .sum();
    assert!(held / phases.len() <= 20 + 10 + 10, "{held}");
}

#[test]
fn what_comes_too_late_makes_nothing_later() {
    let said = said(10.0);
    let packets = spoken(PlanChoice::Full.into(), &said);
    let at = packets.len() * 4 / 5;
    // Six packets in a row come with the last of them.
    let frames =
        over(0, &packets, |i| Some(MS + if (at - 5..at).contains(&i) { (at - i) as u64 * 20 * MS } else { 0 }));
    let mut listener = Listener::new();
    listener.listen(frames, 13_000 * MS);
    let tally = listener.playout.tally(SeatId(0)).unwrap();
    assert!(tally.concealed > 0 && tally.late > 0, "{tally:?}");
    assert_eq!((tally.accelerated, tally.expanded), (0, 0), "{tally:?}");
    let (half, end) = (4 * RATE as usize, 10 * RATE as usize);
    let late = |from: usize, to: usize| mouth_to_ear(&said[from..to], &listener.sound[from..]);
    assert!(late(RATE as usize, half).abs_diff(late(end - RATE as usize / 2, end + RATE as usize)) <= 1);
}

#[test]
fn nothing_is_heard_if_nothing_comes() {
    let mut listener = Listener::new();
    listener.listen(Vec::new(), 1000 * MS);
    assert!(listener.sound.iter().all(|s| *s == 0.0));
    assert!(listener.playout.is_idle());
}

#[test]
fn speech_goes_on_over_a_bad_line_and_the_delay_stays_bounded() {
    let said = said(8.0);
    let packets = spoken(PlanChoice::Auto.into(), &said);
    for seed in 1..=4 {
        let mut noise = Noise(seed);
        let mut chance = move || noise.next().abs();
        let mut frames = over(0, &packets, |_| {
            let jitter = (chance() * 120_000.0) as u64;
            (chance() > 0.1).then_some(20 * MS + jitter)
        });
        let copies: Vec<_> = frames.iter().step_by(3).map(|(at, frame)| (at + 90 * MS, frame.clone())).collect();
        frames.extend(copies);
        frames.sort_by_key(|(at, _)| *at);
        let mut listener = Listener::new();
        listener.listen(frames, 12_000 * MS);
        assert!(listener.longest_delay <= Duration::from_millis(250), "seed {seed}: {:?}", listener.longest_delay);
        let delay = mouth_to_ear(&said, &listener.sound);
        assert!(delay <= 350, "seed {seed}: {delay} ms");
        // With one packet in ten made up, nearly all of the speech still has sound.
        let spoken_blocks = said.chunks(BLOCK).filter(|b| decibels(b) > -40.0).count();
        let heard_blocks = listener.sound.chunks(BLOCK).filter(|b| decibels(b) > -40.0).count();
        assert!(heard_blocks * 100 >= spoken_blocks * 90, "seed {seed}: {heard_blocks} of {spoken_blocks}");
        assert!(listener.playout.is_idle(), "seed {seed}");
    }
}

#[test]
fn after_a_blackout_speech_comes_back_without_the_past() {
    let said = said(12.0);
    let packets = spoken(PlanChoice::Auto.into(), &said);
    // From 4 s to 9 s nothing comes; what was sent in the last 2 s of that comes in one burst.
    let frames = over(0, &packets, |i| match packets[i].0 {
        at @ 4_000_000..7_000_000 => (at > 9_000_000).then_some(0),
        at @ 7_000_000..9_000_000 => Some(9_000_000 - at),
        _ => Some(10 * MS),
    });
    let mut listener = Listener::new();
    listener.listen(frames, 16_000 * MS);
    let part = |from: usize, to: usize| decibels(&listener.sound[from * 48..to * 48]);
    assert!(part(5000, 8900) < -60.0, "concealment fades: {}", part(5000, 8900));
    assert!(part(9050, 10_000) > -30.0, "{}", part(9050, 10_000));
    let end = listener.sound.iter().rposition(|s| s.abs() > 0.02).unwrap() / 48;
    assert!((12_900..14_300).contains(&end), "the last word of 13.0 s is heard at {end} ms");
}

#[test]
fn delay_that_a_bad_minute_brought_goes_again() {
    let said = [vowels(4.0, 0.4), vec![0.0; RATE as usize], vowels(30.0, 0.4)].concat();
    let packets = spoken(PlanChoice::Auto.into(), &said);
    let mut noise = Noise(9);
    let frames = over(0, &packets, |i| {
        let uneven = if packets[i].0 < 4_000_000 { (noise.next().abs() * 400_000.0) as u64 } else { 0 };
        Some(10 * MS + uneven)
    });
    let mut listener = Listener::new();
    listener.listen(frames, 36_000 * MS);
    assert!(listener.longest_delay > Duration::from_millis(300), "{:?}", listener.longest_delay);
    assert!(listener.playout.delay() <= Duration::from_millis(80), "{:?}", listener.playout.delay());
    let last = 33 * RATE as usize;
    let delay = mouth_to_ear(&said[last..], &listener.sound[last..]);
    assert!(delay <= 250, "{delay} ms at the end");
}

#[test]
fn at_most_three_are_heard_at_a_time() {
    let said = said(3.0);
    let packets = spoken(PlanChoice::Auto.into(), &said);
    let mut frames: Vec<_> = (0..5).flat_map(|seat| over(seat, &packets, |_| Some(MS))).collect();
    frames.sort_by_key(|(at, _)| *at);
    let mut listener = Listener::new();
    listener.listen(frames, 9000 * MS);
    assert_eq!(listener.most_voices, VOICES);
    assert!(listener.playout.is_idle());
}

#[test]
fn a_member_who_left_is_silent_and_the_next_one_is_heard() {
    let said = said(3.0);
    let packets = spoken(PlanChoice::Auto.into(), &said);
    let mut listener = Listener::new();
    listener.listen(over(7, &packets, |_| Some(MS)), 2500 * MS);
    assert_eq!(listener.playout.heard().len(), 1);
    listener.playout.forget(SeatId(7));
    listener.listen(Vec::new(), 3000 * MS);
    assert!(decibels(&listener.sound[2520 * 48..]) < -100.0);
    let again = over(7, &packets, |_| Some(2000 * MS));
    listener.listen(again, 6000 * MS);
    assert!(decibels(&listener.sound[3500 * 48..5000 * 48]) > -40.0);
}

#[test]
fn a_lost_end_and_a_lost_start_do_not_hang_a_talker() {
    let said = [said(2.0), said(2.0)].concat();
    let packets = spoken(PlanChoice::Auto.into(), &said);
    let frames = over(0, &packets, |i| (!packets[i].1.start && !packets[i].1.end).then_some(MS));
    let mut listener = Listener::new();
    listener.listen(frames, 10_000 * MS);
    assert!(decibels(&listener.sound[5500 * 48..6800 * 48]) > -30.0, "the second spurt is heard");
    assert!(listener.playout.is_idle());
}

#[test]
fn a_talker_whose_clock_jumped_is_heard_as_soon_as_before() {
    for jump in [-120i16, -70, 70, 120] {
        let said = said(2.0);
        let packets = spoken(PlanChoice::Auto.into(), &said);
        let mut listener = Listener::new();
        listener.listen(over(0, &packets, |_| Some(MS)), 5000 * MS);
        let mut again = over(0, &packets, |_| Some(5001 * MS));
        for (_, frame) in &mut again {
            frame.number = FrameNo(frame.number.0 + packets.len() as u16);
            frame.tick = frame.tick.wrapping_add(250).wrapping_add(jump as u8);
        }
        listener.listen(again, 10_000 * MS);
        let delay = mouth_to_ear(&said, &listener.sound[5000 * 48..]);
        assert!(delay <= 180, "a jump of {jump} blocks: {delay} ms");
    }
}

mod hostile {
    use proptest::prelude::*;

    use super::*;

    fn frame() -> impl Strategy<Value = Incoming> {
        let packet = prop_oneof![prop::collection::vec(any::<u8>(), 0..200), prop::collection::vec(Just(0x58), 1..90)];
        (0u8..70, 0u16..40, any::<u8>(), any::<bool>(), any::<bool>(), packet).prop_map(
            |(seat, number, tick, start, end, packet)| Incoming {
                seat: SeatId(seat),
                number: FrameNo(number.wrapping_mul(1711)),
                count: tick % 8,
                tick,
                start,
                end,
                packet,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_frames_are_sound_in_range_and_an_end(frames in prop::collection::vec((frame(), 0u64..200), 1..60)) {
            let mut listener = Listener::new();
            let mut at = 0;
            let timed: Vec<_> = frames.into_iter().map(|(frame, wait)| { at += wait * MS; (at, frame) }).collect();
            listener.listen(timed, at + 5000 * MS);
            prop_assert!(listener.playout.is_idle());
        }
    }
}

#[test]
fn a_talker_is_heard_as_loud_as_the_listener_wants() {
    let plan = Plan::from(PlanChoice::Auto);
    let packets = spoken(plan, &vowels(6.0, 0.2));
    let heard = |times: Option<f32>| {
        let mut listener = Listener::new();
        if let Some(times) = times {
            listener.playout.set_volume(SeatId(1), times, Time(0));
        }
        listener.listen(over(1, &packets, |_| Some(20 * MS)), 6_000 * MS);
        decibels(&listener.sound[RATE as usize..])
    };
    let as_is = heard(None);
    for (times, wanted) in [(2.0, 6.0), (0.5, -6.0), (1.0, 0.0)] {
        let off = heard(Some(times)) - as_is;
        assert!((off - wanted).abs() < 1.0, "{times} times is {off} dB");
    }
    // Three at their loudest still don't clip, which each block is looked at for.
    let loud = spoken(plan, &vowels(4.0, 0.9));
    let mut listener = Listener::new();
    let mut frames = Vec::new();
    for seat in 1..=3 {
        listener.playout.set_volume(SeatId(seat), 2.0, Time(0));
        frames.extend(over(seat, &loud, |_| Some(20 * MS)));
    }
    frames.sort_by_key(|(at, _)| *at);
    listener.listen(frames, 4_000 * MS);
    assert!(decibels(&listener.sound[RATE as usize..]) > -20.0);
    // The next member in the seat is heard as they are.
    listener.playout.forget(SeatId(1));
    assert!(listener.playout.tally(SeatId(1)).is_none());
}
