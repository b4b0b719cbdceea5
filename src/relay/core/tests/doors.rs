//! Who holds the door: by the door's word, by that of a majority, and while the door's line is gone.

use super::*;

/// The member whose acts the relay carries out now: the first of these who may unlock the door.
fn door(rig: &mut Rig, of: &[(&Guest, u64)]) -> Option<SeatId> {
    let mut taken = None;
    for (guest, number) in of {
        rig.taken(guest.conn);
        rig.append(guest.conn, *number, Act::Lock(false));
        let refused = rig.taken(guest.conn).contains(&ToMember::Rejected(ActionNo(*number)));
        taken = taken.or((!refused).then_some(guest.seat));
    }
    taken
}

#[test]
fn the_door_or_a_majority_names_who_holds_it_next() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let (ana, bo) = (rig.join(&host, nameplate, 2), rig.join(&host, nameplate, 3));
    let named = |seats: &[SeatId]| Act::Doors(seats.to_vec());
    rig.append(ana.conn, 1, named(&[ana.seat]));
    assert_eq!(door(&mut rig, &[(&ana, 2), (&host, 4)]), Some(host.seat), "one of three");
    rig.append(bo.conn, 1, named(&[ana.seat]));
    assert_eq!(door(&mut rig, &[(&host, 5), (&ana, 3)]), Some(ana.seat));
    rig.append(ana.conn, 4, named(&[bo.seat, host.seat]));
    assert_eq!(door(&mut rig, &[(&ana, 5), (&bo, 2)]), Some(bo.seat));
    rig.say(bo.conn, ToRelay::Leave);
    assert_eq!(door(&mut rig, &[(&ana, 6), (&host, 6)]), Some(host.seat));
    for (number, wrong) in (7..).zip([named(&[SeatId(9)]), named(&[ana.seat, ana.seat]), Act::TakeBack]) {
        rig.taken(ana.conn);
        rig.append(ana.conn, number, wrong);
        assert_eq!(rig.taken(ana.conn), [ToMember::Rejected(ActionNo(number))]);
    }
}

#[test]
fn the_door_passes_on_after_fifteen_seconds_without_a_line() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let (ana, bo) = (rig.join(&host, nameplate, 2), rig.join(&host, nameplate, 3));
    rig.append(host.conn, 4, Act::Doors(vec![host.seat, bo.seat]));
    let joiner = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    rig.pass(limits::DOOR_HELD - Duration::from_secs(1), &[&ana, &bo]);
    rig.taken(ana.conn);
    assert!(!rig.closed.contains(&joiner));
    rig.pass(Duration::from_secs(1) + TICK * 2, &[&ana, &bo]);
    let kinds: Vec<_> = rig.entries(ana.conn).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Lapsed(host.seat)]);
    assert!(rig.closed.contains(&joiner), "to knock at the new door");
    assert_eq!(door(&mut rig, &[(&ana, 1), (&bo, 1)]), Some(bo.seat));
    let back = rig.hello(Purpose::Resume(host.ticket.clone(), rig.place(Index(0))));
    let host = Guest { conn: back, ..host };
    assert_eq!(door(&mut rig, &[(&host, 5), (&bo, 2)]), Some(bo.seat), "not by itself");
    rig.append(host.conn, 6, Act::TakeBack);
    assert_eq!(door(&mut rig, &[(&bo, 3), (&host, 7)]), Some(host.seat));
}

#[test]
fn the_longest_member_holds_the_door_but_lets_nobody_in() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let (ana, bo) = (rig.join(&host, nameplate, 2), rig.join(&host, nameplate, 3));
    rig.append(host.conn, 4, Act::Doors(vec![host.seat, bo.seat]));
    rig.pass(limits::DOOR_HELD + TICK * 2, &[&ana]);
    let lapsed: Vec<_> = rig.entries(ana.conn).into_iter().map(|entry| entry.kind).collect();
    assert!(lapsed.ends_with(&[EntryKind::Lapsed(host.seat), EntryKind::Lapsed(bo.seat)]), "{lapsed:?}");
    rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    let knock = rig.attempt(ana.conn);
    rig.append(ana.conn, 1, commit(&[(knock, SeatId(3))], &[]));
    rig.append(ana.conn, 2, Act::Close);
    let refused: Vec<_> = rig.taken(ana.conn);
    assert_eq!(refused, [ToMember::Rejected(ActionNo(1)), ToMember::Rejected(ActionNo(2))]);
    rig.append(ana.conn, 3, commit(&[], &[host.seat]));
    assert_eq!(rig.entries(ana.conn).len(), 1);
}

#[test]
fn while_nobody_is_there_the_door_stays_where_it_is() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::DOOR_HELD * 3, &[]);
    let back = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(Index(0))));
    let kinds: Vec<_> = rig.entries(back).into_iter().map(|entry| entry.kind).collect();
    assert!(!kinds.iter().any(|kind| matches!(kind, EntryKind::Lapsed(_))), "{kinds:?}");
}

#[test]
fn a_joiner_is_welcomed_though_the_door_has_moved() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    let knock = rig.attempt(host.conn);
    rig.append(host.conn, 3, commit(&[(knock, SeatId(2))], &[]));
    let index = rig.entries(host.conn).pop().expect("taken").index;
    rig.append(host.conn, 4, Act::Doors(vec![ana.seat]));
    rig.say(ana.conn, ToRelay::Welcome { seat: SeatId(2), index, body: blob(b"false") });
    assert!(
        !rig.taken(bo).iter().any(|m| matches!(m, ToMember::Seated { .. })),
        "not by a member who didn't let them in"
    );
    rig.say(host.conn, ToRelay::Welcome { seat: SeatId(2), index, body: blob(b"state") });
    assert!(rig.taken(bo).iter().any(|m| matches!(m, ToMember::Seated { .. })));
}
