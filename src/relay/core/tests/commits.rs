//! New keys: one commit in each epoch, and only seats that the relay can give.

use super::*;

#[test]
fn the_first_commit_of_an_epoch_wins_and_older_keys_are_skipped() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.append_in(Epoch(0), ana.conn, 1, Act::None);
    rig.append_in(Epoch(0), host.conn, 3, commit(&[], &[ana.seat]));
    assert!(rig.taken(host.conn).is_empty() && rig.refusal(ana.conn).is_none(), "neither taken nor refused");
    rig.append_in(Epoch(1), ana.conn, 1, Act::None);
    rig.append_in(Epoch(1), host.conn, 3, commit(&[], &[]));
    assert_eq!(rig.entries(ana.conn).len(), 2, "the same numbers count once they are sealed anew");
    rig.append_in(Epoch(3), ana.conn, 2, Act::None);
    assert_eq!(rig.refusal(ana.conn), Some(Refusal::Protocol), "keys that nobody has yet");
}

#[test]
fn a_commit_gives_each_joiner_a_free_seat_or_is_not_taken() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let (bo, cy) = (rig.hello(Purpose::Knock(nameplate, blob(b"k"))), rig.hello(Purpose::Knock(nameplate, blob(b"k"))));
    let (free, other) = (SeatId(2), SeatId(3));
    let told = rig.taken(host.conn);
    let knocks: Vec<_> =
        told.iter().filter_map(|m| if let ToMember::Knock(attempt, _) = m { Some(*attempt) } else { None }).collect();
    let set = |seat: SeatId| -> SeatSet { [seat].into_iter().collect() };
    let none = SeatSet::default();
    let bad = [
        (vec![(knocks[0], ana.seat)], vec![], none),
        (vec![(knocks[0], free), (knocks[1], free)], vec![], none),
        (vec![(knocks[0], free), (knocks[0], other)], vec![], none),
        (vec![(Attempt(999), free)], vec![], none),
        (vec![(knocks[0], free); limits::KNOCKS + 1], vec![], none),
        (vec![(knocks[0], ana.seat)], vec![(ana.seat, host.seat)], none),
        (vec![], vec![], set(other)),
        (vec![], vec![(host.seat, ana.seat)], none),
    ];
    for (number, (admit, replace, remove)) in bad.into_iter().enumerate() {
        let number = number as u64 + 3;
        rig.append(host.conn, number, Act::Commit { admit, replace, remove });
        assert_eq!(rig.taken(host.conn), [ToMember::Rejected(ActionNo(number))]);
    }
    let admit = vec![(knocks[0], free), (knocks[1], ana.seat)];
    rig.append(host.conn, 11, Act::Commit { admit, replace: vec![], remove: set(ana.seat) });
    assert_eq!(rig.refusal(ana.conn), Some(Refusal::Removed));
    let index = rig.entries(host.conn).pop().expect("taken").index;
    for (conn, seat) in [(bo, free), (cy, ana.seat)] {
        rig.say(host.conn, ToRelay::Welcome { seat, index, body: blob(b"state") });
        assert!(rig.taken(conn).iter().any(|m| matches!(m, ToMember::Seated { seat: given, .. } if *given == seat)));
    }
}
