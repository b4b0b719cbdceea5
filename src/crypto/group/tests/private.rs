//! What is sealed to a few: its recipients open it, and the others learn nothing from it.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::*;

/// The number of sealed keys, and the bytes of one.
const KEYS: usize = limits::LEADS;
const SEALED_KEY: usize = 80;

fn secret(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

#[test]
fn only_recipients_open_it() {
    let mut circle = Circle::of(5);
    let sealed = circle.get(1).seal_to(&list([3, 0]), &secret(1), b"I am not well").unwrap();
    let opened: Vec<_> = (0..5).map(|seat| circle.get(seat).open_private(&sealed, SeatId(1)).is_some()).collect();
    assert_eq!(opened, [true, false, false, true, false]);
    assert_eq!(circle.get(3).open_private(&sealed, SeatId(1)).unwrap().as_slice(), b"I am not well");
}

#[test]
fn private_messages_have_one_length_and_never_look_alike() {
    let mut circle = Circle::of(5);
    let all: Vec<_> = (0..=4_u8)
        .map(|count| {
            let (to, plain) = (list([1, 2, 3, 4]), vec![b'x'; usize::from(count) * 200]);
            circle.get(0).seal_to(&to[..usize::from(count)], &secret(count), &plain).unwrap()
        })
        .collect();
    assert!(all.iter().all(|sealed| sealed.len() == all[0].len()));
    let keys: BTreeSet<_> =
        all.iter().flat_map(|sealed| sealed[..KEYS * SEALED_KEY].chunks_exact(SEALED_KEY)).collect();
    assert_eq!(keys.len(), 5 * KEYS);
    println!("whatever is private takes {} bytes before it is sealed to all", all[0].len());
}

#[test]
fn it_can_not_be_changed_or_passed_off_as_anothers() {
    let mut circle = Circle::of(3);
    let sealed = circle.get(1).seal_to(&list([2]), &secret(1), b"only you").unwrap();
    assert!(circle.get(2).open_private(&sealed, SeatId(0)).is_none(), "in another's name");
    for at in [0, SEALED_KEY - 1, KEYS * SEALED_KEY, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        // A change to another recipient's key changes nothing for this one.
        let opened = circle.get(2).open_private(&changed, SeatId(1));
        assert!(opened.is_none_or(|plain| at < KEYS * SEALED_KEY && plain.as_slice() == b"only you"));
    }
    for length in [0, 1, sealed.len() - 1, sealed.len() + 1] {
        let mut cut = sealed.clone();
        cut.resize(length, 0);
        assert!(circle.get(2).open_private(&cut, SeatId(1)).is_none());
    }
}

#[test]
fn keys_of_another_epoch_do_not_open_it() {
    let mut circle = Circle::of(3);
    let sealed = circle.get(1).seal_to(&list([2, 0]), &secret(1), b"only you").unwrap();
    circle.change(0, set([]), 0, true);
    for seat in [0, 2] {
        assert!(circle.get(seat).open_private(&sealed, SeatId(1)).is_none());
    }
    let fresh = circle.get(1).seal_to(&list([0]), &secret(2), b"to the new leaf").unwrap();
    assert!(circle.get(0).open_private(&fresh, SeatId(1)).is_some(), "whoever renewed their keys is reached by them");
}

#[test]
fn the_next_member_on_a_recipients_seat_opens_nothing() {
    let mut circle = Circle::of(3);
    let before = circle.get(1).signer(SeatId(2));
    let sealed = circle.get(1).seal_to(&list([2]), &secret(1), b"only you").unwrap();
    circle.change(0, set([2]), 1, false);
    assert!(circle.get(2).open_private(&sealed, SeatId(1)).is_none());
    assert_ne!(circle.get(1).signer(SeatId(2)), before, "and is told apart from its former member");
}

#[test]
fn too_many_recipients_or_bytes_are_refused() {
    let mut circle = Circle::of(2);
    let mut seal = |to: &[SeatId], bytes: usize| circle.get(0).seal_to(to, &secret(1), &vec![0; bytes]).err();
    assert_eq!(seal(&list([1]), limits::PRIVATE - 1), None);
    assert_eq!(seal(&list([1]), limits::PRIVATE), Some(GroupError::TooLong));
    assert_eq!(seal(&[SeatId(1); KEYS + 1], 1), Some(GroupError::TooLong));
    assert_eq!(seal(&list([7]), 1), Some(GroupError::NotAllowed));
}
