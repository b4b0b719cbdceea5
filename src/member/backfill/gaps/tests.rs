//! What waits is heard in order, and bounded whatever a relay claims.

use super::*;

fn heard(seat: u8, number: u16, at_ms: u64) -> Heard {
    let (seat, number) = (SeatId(seat), FrameNo(number));
    Heard { seat, number, count: 1, tick: 0, start: false, end: false, at_ms, missed: false, packet: vec![1] }
}

/// Gaps in which `count` numbers of seat 1 are missed, from 65,530 on.
fn gaps(count: u16) -> Gaps {
    let mut gaps = Gaps::new();
    gaps.talker(SeatId(1), FrameNo(65_530), Time(0), 0);
    gaps.want(SeatId(1), FrameNo(65_530), count, 1000, 1000 + 60 * u64::from(count));
    gaps
}

fn ready(gaps: &mut Gaps) -> Vec<(u8, u16)> {
    gaps.ready().iter().map(|heard| (heard.seat.0, heard.number.0)).collect()
}

#[test]
fn what_comes_later_waits_until_nothing_before_it_is_missed() {
    let mut gaps = gaps(10);
    gaps.talker(SeatId(2), FrameNo(7), Time(0), 0);
    let come = |gaps: &mut Gaps, heard: Heard| {
        gaps.requests.settle(heard.seat, heard.number);
        gaps.place(heard);
    };
    come(&mut gaps, heard(2, 7, 1150));
    come(&mut gaps, heard(1, 4, 1700));
    come(&mut gaps, heard(1, 65_531, 1060));
    assert_eq!(ready(&mut gaps), []);
    come(&mut gaps, heard(1, 65_530, 1000));
    assert_eq!(ready(&mut gaps), [(1, 65_530), (1, 65_531)]);
    gaps.give_up(SeatId(1), FrameNo(65_532));
    assert_eq!(ready(&mut gaps), [(2, 7)], "it was said before the next that is missed");
    (65_533..=65_535).chain(0..4).for_each(|n| gaps.give_up(SeatId(1), FrameNo(n)));
    assert_eq!(ready(&mut gaps), [(1, 4)]);
    assert!(!gaps.are_open() && gaps.requests.is_empty());
}

#[test]
fn what_is_said_to_be_missed_has_its_bound() {
    let mut gaps = Gaps::new();
    for seat in 0..SeatId::COUNT {
        gaps.talker(SeatId(seat), FrameNo(0), Time(0), 0);
        gaps.want(SeatId(seat), FrameNo(0), LONGEST_HOLE, 0, 100_000);
        assert!(gaps.count() <= limits::MISSED);
    }
    for number in 0..LONGEST_HOLE {
        gaps.place(heard(1, LONGEST_HOLE + number, 100_000 + u64::from(number)));
        gaps.ready();
        assert!(gaps.count() <= limits::MISSED);
    }
}

#[test]
fn what_was_heard_is_not_missed() {
    let mut gaps = gaps(0);
    if let Some(talker) = gaps.talkers.get_mut(&SeatId(1)) {
        [65_530, 65_531, 65_533].into_iter().for_each(|n| talker.numbers.mark(FrameNo(n)));
    }
    gaps.want(SeatId(1), FrameNo(65_530), 5, 1000, 1300);
    assert!([65_532, 65_534].iter().all(|n| gaps.requests.wants(SeatId(1), FrameNo(*n))));
    assert!(![65_530, 65_531, 65_533].iter().any(|n| gaps.requests.wants(SeatId(1), FrameNo(*n))));
    assert_eq!(gaps.count(), 2);
}

#[test]
fn a_row_of_losses_is_a_hole_only_where_rows_are_rare() {
    for (least, hole) in [(8, true), (30, false)] {
        let mut gaps = Gaps::new();
        gaps.note_live(&heard(1, 10, 1000), least, Time(1_000_000));
        let before = gaps.note_live(&heard(1, 31, 2260), least, Time(2_260_000));
        assert_eq!((matches!(before, Before::Hole), gaps.are_open()), (hole, hole));
        if let Before::Lost(row) = before {
            assert_eq!((row.first, row.count, row.ms), (FrameNo(11), 20, 1260));
            assert!(gaps.is_missing(SeatId(1), FrameNo(11)) && !gaps.is_missing(SeatId(1), FrameNo(31)));
        }
    }
}

#[test]
fn what_the_relay_has_of_a_row_of_losses_is_no_hole_either() {
    for (least, hole) in [(8, true), (30, false)] {
        let mut gaps = Gaps::new();
        gaps.note_live(&heard(1, 10, 1000), least, Time(1_000_000));
        gaps.note_span(
            Span { seat: SeatId(1), first: FrameNo(11), count: 20, from_ms: 1060, to_ms: 2200 },
            least,
            Time(2_260_000),
        );
        assert_eq!(gaps.are_open(), hole);
    }
}
