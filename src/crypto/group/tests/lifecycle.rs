//! What honest members do.

use super::*;

#[test]
fn six_members_come_go_and_talk() {
    let mut circle = Circle::of(1);
    assert_eq!(circle.get(0).epoch(), Epoch(0));
    let (commit, changed, _) = circle.change(0, set([]), 1, false);
    assert_eq!((commit.seats, changed.added), (list([1]), vec![(SeatId(1), "Guest 1".into())]));
    circle.say(1, b"one by one");
    circle.change(0, set([]), 4, false);
    assert_eq!(circle.get(3).epoch(), Epoch(2));
    for seat in 0..6 {
        circle.say(seat, b"hello");
        circle.say(seat, b"");
    }

    let (_, changed, _) = circle.change(0, set([2, 4]), 0, false);
    assert_eq!((changed.removed, changed.added), (set([2, 4]), vec![]));
    circle.say(5, b"four of us");

    // One goes and two come in one commit: they get the leftmost blank leaves, among them the one that has just become blank.
    assert_eq!(circle.get(0).seats_for(set([3]), 4), Some(list([2, 3, 4, 6])));
    let (commit, changed, _) = circle.change(0, set([3]), 2, true);
    assert_eq!(commit.seats, list([2, 3]));
    assert_eq!(changed.removed, set([3]));
    assert_eq!(changed.added, [(SeatId(2), "Guest 6".into()), (SeatId(3), "Guest 7".into())]);
    assert_eq!(circle.get(5).name(SeatId(3)), Some("Guest 7".into()));
    assert_eq!(circle.get(5).name(SeatId(4)), None);

    // When the first is gone, another commits.
    circle.change(1, set([0]), 0, false);
    circle.change(1, set([]), 3, false);
    assert_eq!(circle.get(1).seats(), set([0, 1, 2, 3, 4, 5, 6]));
    circle.say(0, b"seven");
    assert_eq!(circle.get(0).epoch(), Epoch(6));
}

#[test]
fn a_fresh_commit_changes_every_key_and_nobody() {
    let mut circle = Circle::of(3);
    let before = (*circle.get(1).frame_key().unwrap(), *circle.get(1).verify_secret().unwrap());
    let authenticator = circle.get(1).authenticator().unwrap();
    let (_, changed, _) = circle.change(2, set([]), 0, true);
    assert_eq!(changed, Changed { added: vec![], removed: set([]), me_removed: false });
    assert_ne!(before.0, *circle.get(1).frame_key().unwrap());
    assert_ne!(before.1, *circle.get(1).verify_secret().unwrap());
    assert_ne!(authenticator, circle.get(1).authenticator().unwrap());
    // A commit that adds, and renews the committer's keys too.
    circle.change(1, set([]), 1, true);
    circle.say(3, b"in");
}

#[test]
fn a_commit_waits_until_the_relay_has_decided() {
    let mut circle = Circle::of(4);
    let before = circle.get(0).epoch();
    assert_eq!(circle.get(0).take_commit(), Err(GroupError::Waiting));
    circle.get(0).commit(HERE, set([3]), &[], false).unwrap();
    assert!(circle.get(0).has_commit());
    assert_eq!(circle.get(0).commit(HERE, set([]), &[], false).err(), Some(GroupError::Waiting));
    assert_eq!((circle.get(0).epoch(), circle.get(0).seats()), (before, set([0, 1, 2, 3])));
    // Meanwhile the group talks in the old epoch.
    circle.say(0, b"still here");
    circle.say(3, b"me too");

    // Another commit comes first: ours is gone, and can't be taken any more.
    let theirs = circle.get(1).commit(HERE, set([]), &[], false).unwrap();
    for seat in [0, 2, 3] {
        circle.get(seat).apply(&theirs.message, SeatId(1), HERE, &Allowed::default()).unwrap();
    }
    circle.get(1).take_commit().unwrap();
    circle.agree();
    assert!(!circle.get(0).has_commit());
    assert_eq!(circle.get(0).take_commit(), Err(GroupError::Waiting));

    // Dropped explicitly, and made again.
    circle.get(0).commit(HERE, set([3]), &[], false).unwrap();
    circle.get(0).drop_commit();
    assert!(!circle.get(0).has_commit());
    circle.change(0, set([3]), 0, false);
    circle.say(2, b"three");
}

#[test]
fn a_commit_need_not_remove_all_that_it_may() {
    let mut circle = Circle::of(5);
    let commit = circle.get(0).commit(HERE, set([3, 4]), &[], false).unwrap();
    let rules = |must, may| Allowed { add: vec![], must_remove: must, may_remove: may };
    assert!(circle.get(1).apply(&commit.message, SeatId(0), HERE, &rules(set([3]), set([4]))).is_ok());
    assert!(circle.get(2).apply(&commit.message, SeatId(0), HERE, &rules(set([]), set([2, 3, 4]))).is_ok());
}

#[test]
fn two_members_may_have_one_name() {
    let mut group = Group::create("Sam", seed(1)).unwrap();
    let packages = [2, 3].map(|number| Newcomer::new("Sam", seed(number)).unwrap().key_package().to_vec());
    group.commit(HERE, set([]), &packages, false).unwrap();
    let changed = group.take_commit().unwrap();
    assert_eq!(changed.added, [(SeatId(1), "Sam".into()), (SeatId(2), "Sam".into())]);
}

#[test]
fn a_group_holds_as_many_members_as_a_room() {
    let mut circle = Circle::of(u16::try_from(limits::MEMBERS).unwrap());
    assert_eq!(circle.get(49).me(), SeatId(49));
    assert_eq!(circle.get(0).seats_for(set([]), 1), None);
    assert_eq!(circle.get(0).seats_for(set([7, 9]), 2), Some(list([7, 9])));
    assert_eq!(circle.get(0).seats_for(set([7, 9]), usize::MAX), None);
    let more = circle.newcomers(1);
    let packages = [more[0].key_package().to_vec()];
    assert_eq!(circle.get(0).commit(HERE, set([]), &packages, false).err(), Some(GroupError::Full));
    circle.change(0, set([7]), 1, false);
    circle.say(49, b"full house");
}

#[test]
fn equal_seeds_and_calls_give_equal_bytes() {
    let run = |first: u16| {
        let mut trace = Vec::new();
        let mut door = Group::create("Ada", seed(first)).unwrap();
        let guests: Vec<_> = (0..3).map(|i| Newcomer::new("Guest", seed(first + 1 + i)).unwrap()).collect();
        let packages: Vec<_> = guests.iter().map(|guest| guest.key_package().to_vec()).collect();
        let commit = door.commit(HERE, set([]), &packages, true).unwrap();
        door.take_commit().unwrap();
        trace.push(commit.message);
        trace.extend(commit.welcomes.iter().cloned().chain(packages));
        let mut guests: Vec<_> = guests.into_iter().zip(&commit.welcomes).map(|(g, w)| g.join(w).unwrap()).collect();
        for guest in &mut guests {
            trace.push(guest.seal(HERE, b"hello").unwrap());
        }
        trace.push(guests[0].commit(HERE, set([0]), &[], false).unwrap().message);
        trace.push(door.authenticator().unwrap().to_vec());
        trace.push(door.frame_key().unwrap().to_vec());
        trace
    };
    let (once, again, other) = (run(1), run(1), run(100));
    assert!(once == again);
    for (index, (one, two)) in once.iter().zip(&other).enumerate() {
        assert_ne!(one, two, "{index} doesn't depend on the seed");
    }
}
