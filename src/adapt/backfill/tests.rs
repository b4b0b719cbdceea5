//! Backfill over modelled lines: nothing is requested twice without need, nothing is forgotten, and no queue stands.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::*;

const SEAT: SeatId = SeatId(3);
/// Bytes of a frame, of what is around an answer and its frames on the line, and of an answer's frames at most.
const FRAME: usize = 104;
const AROUND_ANSWER: usize = 80;
const ANSWER: usize = 340;

/// What came of a backfill.
struct Came {
    took: Duration,
    /// The longest that anything live would have waited behind answers.
    queue: Duration,
    /// Frames that were sent, of those wanted.
    sent: usize,
    order: Vec<u16>,
}

/// Fetches `count` frames over a line of `rate` bits a second down, of which a live voice takes `live`.
fn run(count: u16, rate: f64, live: f64, trip: Duration, loss: f64) -> Came {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut lost = move || f64::from(rng.next_u32()) / f64::from(u32::MAX) < loss;
    let mut backfill = Backfill::new(9000, 256);
    backfill.want(SEAT, FrameNo(65_000), count, 1000, 1000 + 60 * u64::from(count));
    let mut came = Came { took: Duration::ZERO, queue: Duration::ZERO, sent: 0, order: vec![] };
    let mut answers: BTreeMap<(Time, usize), BackfillRequest> = BTreeMap::new();
    let (mut now, mut free, mut asks) = (Time(0), Time(0), 0);
    while !backfill.is_empty() {
        assert!(now < Time(600_000_000), "never done");
        while let Some(wanted) = backfill.ask(now) {
            asks += 1;
            let held = wanted.wanted.count_ones().min((ANSWER / FRAME) as u32) as usize;
            if lost() {
                continue;
            }
            let begins = free.max(now + trip);
            came.queue = came.queue.max(begins.since(now + trip));
            came.sent += held;
            let bits = ((held * FRAME + AROUND_ANSWER) * 8) as f64;
            free = begins + Duration::from_secs_f64(bits / (rate - live));
            if !lost() {
                answers.insert((free + trip, asks), wanted);
            }
        }
        let next = answers.first_key_value().map_or(Time::NEVER, |(at, _)| at.0);
        now = next.min(backfill.due().max(now));
        while let Some(first) = answers.first_entry().filter(|first| first.key().0 <= now) {
            let wanted = first.remove();
            let named: Vec<FrameNo> = wanted.first.named_by(wanted.wanted).collect();
            for number in named.iter().copied().take(ANSWER / FRAME) {
                if backfill.settle(SEAT, number) {
                    came.order.push(number.0);
                }
            }
            backfill.answered(SEAT, wanted.first, named.len().min(ANSWER / FRAME), false, now);
        }
    }
    came.took = now.since(Time(0));
    came
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn all_comes_once_and_soon_and_live_voice_waits_for_one_answer() {
    // 30 s of talk in frames of 60 ms.
    for (name, rate, live, trip, within) in [
        ("good", 1e6, 16e3, ms(20), 4),
        ("32 kbps", 32e3, 20e3, ms(40), 60),
        ("24 kbps", 24e3, 16e3, ms(100), 90),
        ("slow but wide", 512e3, 16e3, ms(300), 20),
    ] {
        let came = run(500, rate, live, trip, 0.0);
        println!("{name}: {:.1} s, queue {:?}, {} sent", came.took.as_secs_f64(), came.queue, came.sent);
        assert_eq!((came.order.len(), came.sent), (500, 500), "{name}");
        assert!(came.took < Duration::from_secs(within), "{name}: {:?}", came.took);
        let alone = Duration::from_secs_f64(((ANSWER + AROUND_ANSWER) * 8) as f64 / (rate - live));
        assert!(came.queue <= alone * 2 + ms(60), "{name}: {:?}", came.queue);
    }
}

#[test]
fn what_is_lost_is_asked_for_again() {
    for loss in [0.05, 0.2, 0.4] {
        let came = run(500, 1e6, 16e3, ms(60), loss);
        println!("{loss}: {:.1} s, {} sent", came.took.as_secs_f64(), came.sent);
        assert_eq!(came.order.iter().collect::<BTreeSet<_>>().len(), 500);
        assert!(came.took < Duration::from_secs(40), "{loss}: {:?}", came.took);
    }
}

#[test]
fn several_talkers_come_in_the_order_in_which_they_spoke() {
    let mut backfill = Backfill::new(100, 10);
    backfill.want(SeatId(1), FrameNo(10), 4, 5000, 5180);
    backfill.want(SeatId(2), FrameNo(7), 4, 1000, 1180);
    backfill.want(SeatId(2), FrameNo(7), 4, 1000, 1180);
    backfill.window = 4.0;
    let asks: VecDeque<BackfillRequest> = std::iter::from_fn(|| backfill.ask(Time(0))).collect();
    let of = |seat, first| BackfillRequest { seat: SeatId(seat), first: FrameNo(first), wanted: 0b1111 };
    assert_eq!(asks, [of(2, 7), of(1, 10)]);
    backfill.forget(SeatId(2));
    assert!(backfill.wants(SeatId(1), FrameNo(13)) && !backfill.wants(SeatId(2), FrameNo(7)));
    assert_eq!(backfill.expire(5100).iter().map(|gone| usize::from(gone.count)).sum::<usize>(), 2);
    let left = [10, 11, 12, 13].map(|number| backfill.wants(SeatId(1), FrameNo(number)));
    assert_eq!(left, [false, false, true, true]);
}

#[test]
fn what_is_not_there_yet_is_requested_later_what_is_gone_never() {
    let mut backfill = Backfill::new(100, 10);
    backfill.want(SEAT, FrameNo(1), 2, 0, 60);
    let wanted = backfill.ask(Time(0)).expect("two");
    assert!(backfill.answered(SEAT, wanted.first, 0, false, Time(50_000)));
    assert!(!backfill.answered(SEAT, wanted.first, 0, false, Time(50_000)), "nobody asked");
    assert_eq!((backfill.ask(Time(51_000)), backfill.due()), (None, Time(450_000)));
    assert_eq!(backfill.ask(Time(450_000)), Some(wanted));
    assert!(
        backfill.settle(SEAT, FrameNo(1)) && backfill.settle(SEAT, FrameNo(2)) && !backfill.settle(SEAT, FrameNo(2))
    );
    backfill.answered(SEAT, wanted.first, 0, true, Time(460_000));
    assert_eq!((backfill.is_empty(), backfill.due()), (true, Time::NEVER));
}

#[test]
fn the_oldest_make_room_and_a_new_line_begins_anew() {
    let mut backfill = Backfill::new(50, 10);
    backfill.want(SEAT, FrameNo(0), 1000, 0, 60_000);
    assert_eq!(backfill.count(), 50);
    assert!(backfill.wants(SEAT, FrameNo(999)) && !backfill.wants(SEAT, FrameNo(949)));
    let first = backfill.ask(Time(0));
    backfill.restart();
    assert_eq!(backfill.ask(Time(0)), first);
}

#[test]
fn a_hole_of_thousands_is_one_run_and_runs_have_a_bound() {
    let mut backfill = Backfill::new(9000, 32);
    backfill.want(SEAT, FrameNo(40_000), LONGEST_HOLE, 0, 130_000);
    assert_eq!((backfill.runs.len(), backfill.count()), (1, LONGEST_HOLE.into()));
    backfill.forget(SEAT);
    for jump in 0..1000_u16 {
        let at_ms = 620 * u64::from(jump);
        backfill.want(SEAT, FrameNo(jump * 31), LONGEST_HOLE, at_ms, at_ms + 130_000);
        assert!(backfill.runs.len() <= 32, "{}", backfill.runs.len());
        assert!(backfill.count() <= 9000);
        backfill.expire(0);
    }
    for number in (0..u16::MAX).step_by(2) {
        backfill.settle(SEAT, FrameNo(number));
        assert!(backfill.runs.len() <= 32);
    }
    let told: usize = backfill.expire(0).iter().map(|gone| usize::from(gone.count)).sum();
    assert!(told > 100, "what has no room is told of: {told}");
}

#[test]
fn only_what_is_not_known_yet_is_added() {
    let mut backfill = Backfill::new(100, 10);
    backfill.want(SEAT, FrameNo(65_530), 4, 0, 30);
    backfill.want(SEAT, FrameNo(2), 4, 100, 130);
    let request = backfill.ask(Time(0)).expect("four");
    backfill.want(SEAT, FrameNo(65_528), 16, 0, 150);
    assert_eq!((request.wanted, backfill.count()), (0b1111, 16));
    assert!((65_528..=u16::MAX).chain(0..8).all(|n| backfill.wants(SEAT, FrameNo(n))));
    assert!(!backfill.wants(SEAT, FrameNo(65_527)) && !backfill.wants(SEAT, FrameNo(8)));
    assert!((65_528..=u16::MAX).chain(0..8).all(|n| backfill.settle(SEAT, FrameNo(n))) && backfill.is_empty());
}
