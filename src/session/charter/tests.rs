use super::*;
use crate::ids::SeatId;

#[test]
fn the_presets_are_sound_and_found_by_name() {
    for (name, charter) in Charter::PRESETS {
        assert!(charter.is_sound(), "{name}");
        assert_eq!(Charter::preset(&name.to_uppercase()), Some(charter));
        assert_eq!(Charter::PEER.with("like", name), Ok(charter));
    }
    assert_eq!(Charter::preset("strict"), None);
    assert_eq!(Charter::default(), Charter::FACILITATED);
}

#[test]
fn each_power_has_the_word_of_its_point() {
    for power in Power::ALL {
        let charter = Charter::FACILITATED.with(power.word(), "group").expect("a power");
        assert_eq!((charter.say(power), charter.may_alone(power)), (Say::Group, false), "{}", power.word());
        let anyone = charter.with(power.word(), "anyone");
        assert_eq!(anyone.is_ok(), power.can_be_anyones(), "{}", power.word());
        assert!(anyone.is_ok_and(|charter| charter.anyone_may(power)) || !power.can_be_anyones());
    }
}

#[test]
fn every_point_can_be_written_and_holds_nothing_else() {
    let good = [
        ("threshold", "Two  Thirds"),
        ("threshold", "consensus minus 2"),
        ("mute-all-time", "90 seconds"),
        ("mute-all-time", "60 minutes"),
        ("LOBBY", "two yeses"),
        ("lobby", "1"),
        ("chair", "rotation"),
        ("close", "Group"),
    ];
    let charter = good.into_iter().try_fold(Charter::SHARED, |charter, (point, value)| charter.with(point, value));
    let charter = charter.expect("all good");
    assert_eq!(charter.threshold(), Threshold::Consensus { minus: 2 });
    assert_eq!((charter.mute_all_ms(), charter.yeses(), charter.chair()), (3_600_000, 1, Chair::Rotation));
    let bad =
        ["", "nobody", "anyone anyone", "0", "9 seconds", "61 minutes", "99999 minutes", "consensus minus 10", "3"];
    for (point, allowed) in Charter::POINTS {
        for written in bad {
            let error = CharterError::Value { point, written: written.to_owned(), allowed };
            assert_eq!(Charter::SHARED.with(point, written), Err(error), "{point} {written}");
        }
    }
    assert_eq!(Charter::SHARED.with("colour", "red"), Err(CharterError::Point("colour".into())));
    let long = Charter::SHARED.with("lock", &"\u{1b}x".repeat(900));
    assert!(matches!(long, Err(CharterError::Value { written, .. }) if written == "x".repeat(40)));
}

#[test]
fn a_charter_out_of_bounds_is_not_sound() {
    let spoilt = |spoil: fn(&mut Charter)| {
        let mut charter = Charter::PEER;
        spoil(&mut charter);
        !charter.is_sound()
    };
    assert!(spoilt(|charter| charter.mute_all_seconds = 9));
    assert!(spoilt(|charter| charter.mute_all_seconds = u16::MAX));
    assert!(spoilt(|charter| charter.yeses = 0));
    assert!(spoilt(|charter| charter.yeses = 3));
    assert!(spoilt(|charter| charter.threshold = Threshold::Consensus { minus: 10 }));
    assert!(spoilt(|charter| charter.says[Power::Remove as usize] = Say::Anyone));
}

#[test]
fn thresholds_count_as_they_say() {
    let tally = |yes, no, abstain| Tally { yes, no, abstain };
    let cases = [
        // Of ten: simple, two thirds, consensus, consensus minus one.
        (tally(6, 4, 0), [true, false, false, false]),
        (tally(5, 5, 0), [false, false, false, false]),
        (tally(6, 3, 1), [true, true, false, false]),
        (tally(9, 1, 0), [true, true, false, true]),
        (tally(8, 2, 0), [true, true, false, false]),
        (tally(5, 0, 5), [true, true, true, true]),
        (tally(1, 0, 9), [true, true, true, true]),
        (tally(0, 0, 10), [false, false, false, false]),
        (tally(1, 1, 8), [false, false, false, false]),
        // Not half of them have voted.
        (tally(4, 0, 0), [false, false, false, false]),
    ];
    let thresholds =
        [Threshold::Simple, Threshold::TwoThirds, Threshold::Consensus { minus: 0 }, Threshold::Consensus { minus: 1 }];
    for (tally, passes) in cases {
        assert_eq!(thresholds.map(|threshold| threshold.passes(tally, 10)), passes, "{tally:?}");
    }
    assert!(!Threshold::Simple.passes(Tally::default(), 0), "nobody decides nothing");
}

#[test]
fn the_chair_goes_to_the_longest_or_around() {
    let there = [(7, SeatId(1)), (2, SeatId(4)), (5, SeatId(0))];
    let longest = Charter::FACILITATED;
    let around = Charter::PEER;
    assert_eq!(longest.next_chair(&there, 3), Some(SeatId(4)));
    assert_eq!(around.next_chair(&there, 3), Some(SeatId(0)));
    assert_eq!(around.next_chair(&there, 5), Some(SeatId(1)));
    assert_eq!(around.next_chair(&there, 9), Some(SeatId(4)), "after the last the first");
    assert_eq!(around.next_chair(&[], 1), None);
}
