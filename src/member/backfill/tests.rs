//! What waits is bounded, whatever a relay says that there is.

use super::*;

fn heard(seat: u8, number: u16, at_ms: u64) -> Heard {
    let (seat, number) = (SeatId(seat), FrameNo(number));
    Heard { seat, number, count: 1, tick: 0, start: false, end: false, at_ms, missed: false, packet: vec![1] }
}

/// Holes of which `count` numbers of seat 1 are missed, from 65,530 on.
fn backfill(count: u16) -> Holes {
    let mut backfill = Holes::new(Time(0));
    backfill.talker(SeatId(1), FrameNo(65_530), Time(0), 0);
    backfill.want(SeatId(1), FrameNo(65_530), count, 1000, 1000 + 60 * u64::from(count));
    backfill
}

fn ready(backfill: &mut Holes) -> Vec<(u8, u16)> {
    backfill.ready().iter().map(|heard| (heard.seat.0, heard.number.0)).collect()
}

#[test]
fn what_comes_later_waits_until_nothing_before_it_is_missed() {
    let mut backfill = backfill(10);
    backfill.talker(SeatId(2), FrameNo(7), Time(0), 0);
    let come = |backfill: &mut Holes, heard: Heard| {
        backfill.fetch.settle(heard.seat, heard.number);
        backfill.place(heard);
    };
    come(&mut backfill, heard(2, 7, 1150));
    come(&mut backfill, heard(1, 4, 1700));
    come(&mut backfill, heard(1, 65_531, 1060));
    assert_eq!(ready(&mut backfill), []);
    come(&mut backfill, heard(1, 65_530, 1000));
    assert_eq!(ready(&mut backfill), [(1, 65_530), (1, 65_531)]);
    backfill.give_up(SeatId(1), FrameNo(65_532));
    assert_eq!(ready(&mut backfill), [(2, 7)], "it was said before the next that is missed");
    (65_533..=65_535).chain(0..4).for_each(|n| backfill.give_up(SeatId(1), FrameNo(n)));
    assert_eq!(ready(&mut backfill), [(1, 4)]);
    assert!(!backfill.is_waiting() && backfill.fetch.is_empty());
}

#[test]
fn what_is_said_to_be_missed_has_its_bound() {
    let mut backfill = Holes::new(Time(0));
    for seat in 0..SeatId::COUNT {
        backfill.talker(SeatId(seat), FrameNo(0), Time(0), 0);
        backfill.want(SeatId(seat), FrameNo(0), LONGEST_HOLE, 0, 100_000);
        assert!(backfill.count() <= limits::MISSED);
    }
    for number in 0..LONGEST_HOLE {
        backfill.place(heard(1, LONGEST_HOLE + number, 100_000 + u64::from(number)));
        backfill.ready();
        assert!(backfill.count() <= limits::MISSED);
    }
}

#[test]
fn what_was_heard_is_not_missed() {
    let mut backfill = backfill(0);
    if let Some(talker) = backfill.talkers.get_mut(&SeatId(1)) {
        [65_530, 65_531, 65_533].into_iter().for_each(|n| talker.numbers.mark(FrameNo(n)));
    }
    backfill.want(SeatId(1), FrameNo(65_530), 5, 1000, 1300);
    assert!([65_532, 65_534].iter().all(|n| backfill.fetch.wants(SeatId(1), FrameNo(*n))));
    assert!(![65_530, 65_531, 65_533].iter().any(|n| backfill.fetch.wants(SeatId(1), FrameNo(*n))));
    assert_eq!(backfill.count(), 2);
}
