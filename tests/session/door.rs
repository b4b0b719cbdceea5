//! Members and the real relay core, without a network: what is told at the door, and what the relay gets to see.

use std::time::Duration;

use ingle::member::{Effect, Member, Start};
use ingle::relay::core::{ConnId, Origin};
use ingle::session::{Ended, Happening, Intent, Microphone, Phase, Refusal, Trouble, Whom};
use ingle::wire::limits;

use crate::hall::{Hall, KEY, member, wrong};

#[test]
fn the_right_words_bring_a_joiner_to_the_door_and_the_relay_learns_neither_name_nor_words() {
    let mut hall = Hall::new();
    let code = hall.host(false);
    hall.seen.clear();
    hall.come(2, "Wilhelmina", Start::Join(code.clone()), KEY);
    assert_eq!(*hall.phase(2), Phase::Waiting);
    assert_eq!(hall.guests[&2].room().state.title, "Lighthouse evening");
    assert_eq!(hall.guests[&1].room().door[0].name, "Wilhelmina");
    let words = code.spoken();
    for secret in words.split('-').skip(1).chain(["Wilhelmina", "Lighthouse"]) {
        assert!(!hall.has_seen(secret), "the relay saw {secret:?}");
    }
    let (up, down) = hall.carried[&2];
    println!("a knock takes {up} bytes up and {down} down");
    assert!(up <= 1200 && down <= 1200);
    hall.with(1, |host, now| host.handle_intent(Intent::Admit(Whom::All), now));
    assert_eq!(*hall.phase(2), Phase::In);
    assert_eq!(hall.guests[&2].room().mic, Microphone::default());
}

#[test]
fn wrong_words_end_the_knock_and_the_door_is_told() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    hall.come(2, "Eve", Start::Join(wrong(&code)), KEY);
    assert_eq!(*hall.phase(2), Phase::Over(Ended::Refused(Refusal::NoRoom)), "as if there were no such room");
    assert!(hall.told(1).contains(&Happening::WrongWords { tries: 1, held: false }));
    hall.come(3, "Ana", Start::Join(code), KEY);
    assert_eq!(*hall.phase(3), Phase::Connecting, "the next waits out the pause");
    hall.pass(limits::GUESS_PAUSE);
    assert_eq!(*hall.phase(3), Phase::In);
}

#[test]
fn guesses_have_a_budget_and_then_the_words_change() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    let mut guest = 2;
    for tries in 1..limits::GUESSES {
        hall.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
        if tries > limits::FREE_GUESSES {
            assert_eq!(*hall.phase(guest), Phase::Connecting, "try {tries} waits for the facilitator's yes");
            hall.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
        }
        assert_eq!(*hall.phase(guest), Phase::Over(Ended::Refused(Refusal::NoRoom)));
        let held = tries >= limits::FREE_GUESSES;
        assert!(hall.told(1).contains(&Happening::WrongWords { tries, held }));
        guest += 1;
        hall.pass(limits::GUESS_PAUSE);
    }
    hall.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
    hall.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
    assert!(hall.told(1).contains(&Happening::NewCode));
    let renewed = hall.code();
    assert_ne!(renewed.spoken(), code.spoken());
    hall.pass(limits::GUESS_PAUSE);
    hall.come(guest + 1, "Late", Start::Join(code), KEY);
    assert!(matches!(hall.phase(guest + 1), Phase::Over(_)), "the old words are of no use");
    hall.pass(limits::GUESS_PAUSE);
    hall.come(guest + 2, "Ana", Start::Join(renewed), KEY);
    assert_eq!(*hall.phase(guest + 2), Phase::In);
}

#[test]
fn who_has_the_right_words_is_told_of_and_uses_up_no_yes() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    for guest in 2..2 + limits::FREE_GUESSES as u64 {
        hall.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
        hall.pass(limits::GUESS_PAUSE);
    }
    assert!(!hall.told(1).contains(&Happening::TryWaits));
    for (guest, name) in [(20, "Ana"), (21, "Bo")] {
        hall.come(guest, name, Start::Join(code.clone()), KEY);
        assert_eq!(*hall.phase(guest), Phase::Connecting);
    }
    assert_eq!(hall.told(1).iter().filter(|told| **told == Happening::TryWaits).count(), 1, "told once, not for each");
    hall.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
    assert_eq!([*hall.phase(20) == Phase::In, *hall.phase(21) == Phase::In], [true; 2], "both, after one yes");
}

#[test]
fn a_relay_in_the_middle_is_seen_by_both() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    hall.come(2, "Ana", Start::Join(code), [6; 32]);
    assert_eq!(*hall.phase(2), Phase::Over(Ended::Intercepted));
    assert!(hall.told(1).contains(&Happening::Trouble(Trouble::Intercepted)));
    assert!(hall.guests[&1].room().door.is_empty());
}

#[test]
fn who_was_removed_can_not_come_back_with_the_same_words() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    hall.come(2, "Eve", Start::Join(code.clone()), KEY);
    let seat = hall.guests[&2].room().me.expect("in");
    hall.with(1, |host, now| host.handle_intent(Intent::Remove(seat), now));
    assert_eq!(*hall.phase(2), Phase::Over(Ended::Removed));
    hall.come(3, "Eve", Start::Join(code), KEY);
    assert_eq!(*hall.phase(3), Phase::Over(Ended::Refused(Refusal::NoRoom)));
}

#[test]
fn who_waits_still_waits_when_the_door_comes_back() {
    let mut hall = Hall::new();
    let code = hall.host(false);
    hall.come(2, "Ana", Start::Join(code.clone()), KEY);
    hall.cut.push(1);
    hall.relay.handle_closed(ConnId(1), hall.now);
    hall.with(1, Member::handle_disconnected);
    hall.come(3, "Bo", Start::Join(code), KEY);
    assert_eq!(*hall.phase(3), Phase::Connecting, "nobody is there to answer");
    hall.pass(Duration::from_secs(2));
    hall.connect(1, KEY);
    let names: Vec<_> = hall.guests[&1].room().door.iter().map(|waiting| waiting.name.as_str()).collect();
    assert_eq!(names, ["Ana", "Bo"]);
    hall.with(1, |host, now| host.handle_intent(Intent::Admit(Whom::All), now));
    assert!(*hall.phase(2) == Phase::In && *hall.phase(3) == Phase::In);
}

#[test]
fn a_knock_that_goes_nowhere_makes_room_for_the_next() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    hall.come(2, "Slow", Start::Join(code.clone()), KEY);
    assert_eq!(*hall.phase(2), Phase::In);
    // A stranger who sends a first flight, and never another.
    let mut stranger = member(9, "Eve", Start::Join(wrong(&code)), hall.now);
    stranger.handle_connected(KEY, hall.now);
    hall.relay.handle_connected(ConnId(9), Origin(9), hall.now);
    while let Some(effect) = stranger.poll_effect() {
        if let Effect::Control(hello) = effect {
            hall.relay.handle_control(ConnId(9), hello, hall.now);
        }
    }
    hall.settle();
    hall.come(3, "Ana", Start::Join(code), KEY);
    assert_eq!(*hall.phase(3), Phase::Connecting);
    hall.pass(limits::KNOCK_STALLS);
    assert_eq!(*hall.phase(3), Phase::In);
    assert!(!hall.told(1).iter().any(|happening| matches!(happening, Happening::WrongWords { .. })));
}

#[test]
fn a_namesake_of_somebody_who_is_here_gets_a_name_of_its_own() {
    let mut hall = Hall::new();
    let code = hall.host(true);
    hall.come(2, "Ana", Start::Join(code.clone()), KEY);
    hall.come(3, "ana", Start::Join(code), KEY);
    assert_eq!(*hall.phase(3), Phase::Waiting, "it may be the same person on a new line");
    hall.pass(limits::NAMESAKE_WAITS);
    assert_eq!(*hall.phase(3), Phase::In);
    assert_eq!(*hall.phase(2), Phase::In);
    let me = hall.guests[&3].room().me.expect("in");
    assert_eq!(hall.guests[&1].room().state.name(me), Some("ana 2"));
}
