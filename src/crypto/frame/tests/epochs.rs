//! Keys that change while frames are in flight.

use super::*;

#[test]
fn a_change_of_keys_loses_no_frame() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let old: Vec<Frame> = (0..10).map(|_| next(&mut ana)).collect();
    assert!(old[..5].iter().all(|frame| open(&mut bo, frame) == "plain"));
    assert!(enter(&mut ana, 6, at(0)).is_empty());
    let new: Vec<Frame> = (0..10).map(|_| next(&mut ana)).collect();
    assert_eq!((new[0].head.number, new[0].head.kid), (FrameNo(10), Kid::new(ANA, Epoch(6))));
    assert!(new[..8].iter().all(|frame| open(&mut bo, frame) == "early"));
    assert_eq!(open(&mut bo, &old[5]), "plain");

    let opened = enter(&mut bo, 6, at(1000));
    assert_eq!(opened.iter().map(|(head, _)| head.number.0).collect::<Vec<_>>(), (10..18).collect::<Vec<_>>());
    assert!(opened.iter().zip(10_u64..).all(|((_, plain), counter)| plain[..] == counter.to_be_bytes()));
    assert!(new[..8].iter().all(|frame| open(&mut bo, frame) == "replayed"));
    assert!(new[8..].iter().all(|frame| name(&bo.open(frame, at(1000))) == "plain"));

    let last = at(1000) + limits::OLD_EPOCH_SAME - Duration::from_millis(1);
    assert!(old[6..9].iter().all(|frame| name(&bo.open(frame, last)) == "plain"));
    assert_eq!(name(&bo.open(&old[9], at(1000) + limits::OLD_EPOCH_SAME)), "early", "as if of an epoch to come");
    assert_eq!(bo.keys.len(), 1);
}

#[test]
fn keys_of_a_member_who_left_open_for_ten_seconds_only() {
    let seats = |left: SeatId| all().iter().filter(|seat| *seat != left).collect::<SeatSet>();
    for again in [false, true] {
        let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
        let old: Vec<Frame> = (0..3).map(|_| next(&mut ana)).collect();
        if again {
            // The seat has changed hands.
            bo.forget([CY].into_iter().collect());
        }
        let left = if again { all() } else { seats(CY) };
        assert!(bo.enter(Epoch(6), &base(6), left, at(1000)).is_empty());
        let last = at(1000) + limits::OLD_EPOCH;
        assert_eq!(name(&bo.open(&old[0], last - Duration::from_millis(1))), "plain");
        assert_eq!(name(&bo.open(&old[1], last)), "early", "as if of an epoch to come");
        // Where somebody leaves with the next change only, the time counts from then on.
        let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
        let old: Vec<Frame> = (0..2).map(|_| next(&mut ana)).collect();
        assert!(bo.enter(Epoch(6), &base(6), all(), at(1000)).is_empty());
        assert!(bo.enter(Epoch(7), &base(7), seats(CY), at(60_000)).is_empty());
        assert_eq!(name(&bo.open(&old[0], at(69_999))), "plain");
        assert_eq!(name(&bo.open(&old[1], at(70_000))), "early");
    }
}

#[test]
fn numbers_roll_over_and_a_newcomer_needs_no_history() {
    let mut ana = member(ANA, 5);
    ana.counter = 3 << 16 | 0xfffe;
    assert!(enter(&mut ana, 6, at(0)).is_empty());
    let mut newcomer = member(CY, 6);
    for number in [0xfffe, 0xffff, 0, 1] {
        let frame = next(&mut ana);
        assert_eq!((frame.head.number.0, open(&mut newcomer, &frame)), (number, "plain"));
    }
}

#[test]
fn two_bits_stand_for_the_newest_epoch_they_fit() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let of_five = next(&mut ana);
    assert!(enter(&mut bo, 9, at(0)).is_empty());
    assert_eq!(open(&mut bo, &of_five), "failed", "the bits of 5 are those of 9");
    assert!(enter(&mut ana, 9, at(0)).is_empty());
    assert_eq!(open(&mut bo, &next(&mut ana)), "plain");
}

#[test]
fn four_epochs_are_held_and_frames_of_a_fifth_come_early() {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    let mut old = Vec::new();
    for epoch in 6..=8 {
        old.push(next(&mut ana));
        enter(&mut ana, epoch, at(0));
        enter(&mut bo, epoch, at(0));
    }
    assert_eq!(bo.keys.len(), limits::EPOCHS);
    // The bits of 9 and 10 are those of 5 and 6, whose keys are still held.
    enter(&mut ana, 9, at(0));
    let nine = next(&mut ana);
    enter(&mut ana, 10, at(0));
    let ten = next(&mut ana);
    assert_eq!((open(&mut bo, &nine), open(&mut bo, &ten)), ("early", "early"));
    assert!(old.iter().all(|frame| open(&mut bo, frame) == "plain"));
    assert!((0..200).all(|_| open(&mut bo, &ten) == "early"), "nobody is charged with it");
    assert_eq!(enter(&mut bo, 9, at(0)).len(), 1);
    assert_eq!(bo.keys.len(), limits::EPOCHS);
    assert_eq!(enter(&mut bo, 10, at(0)), [(ten.head, 5_u64.saturating_sub(1).to_be_bytes().to_vec())]);
    assert!(bo.keys.iter().map(|keys| keys.epoch.0).eq(7..=10));
}

#[test]
fn nothing_from_a_removed_seat_opens_any_more() {
    let (mut ana, mut bo, mut cy) = (member(ANA, 5), member(BO, 5), member(CY, 5));
    let mut on_their_way: Vec<Frame> = (0..10).map(|_| next(&mut cy)).collect();
    for who in [&mut ana, &mut bo, &mut cy] {
        enter(who, 6, at(0));
    }
    on_their_way.extend((0..10).map(|_| next(&mut cy)));
    assert_eq!((open(&mut bo, &on_their_way[0]), open(&mut bo, &on_their_way[10])), ("plain", "plain"));
    let late = next(&mut ana);

    let without: SeatSet = [ANA, BO].into_iter().collect();
    assert!(bo.enter(Epoch(7), &base(7), without, at(0)).is_empty());
    assert!(ana.enter(Epoch(7), &base(7), without, at(0)).is_empty());
    // Even if it had got the new key, which it doesn't.
    enter(&mut cy, 7, at(0));
    on_their_way.push(next(&mut cy));
    assert!(on_their_way.iter().all(|frame| open(&mut bo, frame) != "plain"));
    assert!(bo.keys.iter().all(|keys| !keys.talkers.contains_key(&CY)));
    assert_eq!((open(&mut bo, &late), open(&mut bo, &next(&mut ana))), ("plain", "plain"), "the others are heard");
    // Nor later, when the seat is somebody else's.
    assert!(bo.enter(Epoch(10), &base(10), all(), at(1)).is_empty());
    assert!(on_their_way.iter().all(|frame| open(&mut bo, frame) != "plain"));
}
