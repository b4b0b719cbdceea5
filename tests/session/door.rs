//! Members and the real relay core, without a network: what happens at the door, and what the relay gets to see.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ingle::crypto::code::Code;
use ingle::ids::{Attempt, SeatId};
use ingle::member::{Effect, Member, Start};
use ingle::relay::core::{ConnId, Origin};
use ingle::session::{Decide, Ended, Event, Intent, Microphone, Motion, Phase, Refusal, Role, Trouble, VoteKind, Whom};
use ingle::wire::knock::{self, ToJoiner};
use ingle::wire::{Hello, Purpose, ToMember, ToRelay, limits};

use crate::harness::{Hall, KEY, member, wrong};

#[test]
fn the_right_words_lead_in_and_the_relay_learns_neither_name() {
    let mut harness = Hall::new();
    let code = harness.host(false);
    harness.seen.clear();
    harness.come(2, "Wilhelmina", Start::Join(code.clone()), KEY);
    assert_eq!(*harness.phase(2), Phase::Waiting);
    assert_eq!(harness.guests[&2].room().state.title, "Lighthouse evening");
    assert_eq!(harness.guests[&1].room().door[0].name, "Wilhelmina");
    let words = code.spoken();
    for secret in words.split('-').skip(1).chain(["Wilhelmina", "Lighthouse"]) {
        assert!(!harness.has_seen(secret), "the relay saw {secret:?}");
    }
    let (up, down) = harness.carried[&2];
    println!("a knock takes {up} bytes up and {down} down");
    assert!(up <= 1200 && down <= 1200);
    harness.with(1, |host, now| host.handle_intent(Intent::Admit(Whom::All), now));
    assert_eq!(*harness.phase(2), Phase::In);
    assert_eq!(harness.guests[&2].room().mic, Microphone::default());
}

#[test]
fn wrong_words_end_the_knock_and_the_door_is_told() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Eve", Start::Join(wrong(&code)), KEY);
    assert_eq!(*harness.phase(2), Phase::Over(Ended::Refused(Refusal::NoRoom)), "as if there were no such room");
    assert!(harness.told(1).contains(&Event::WrongWords { tries: 1, held: false }));
    harness.come(3, "Ana", Start::Join(code), KEY);
    assert_eq!(*harness.phase(3), Phase::Connecting, "the next waits out the pause");
    harness.pass(limits::GUESS_PAUSE);
    assert_eq!(*harness.phase(3), Phase::In);
}

#[test]
fn guesses_have_a_budget_and_then_the_words_change() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    let mut guest = 2;
    for tries in 1..limits::GUESSES {
        harness.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
        if tries > limits::FREE_GUESSES {
            assert_eq!(*harness.phase(guest), Phase::Connecting, "try {tries} waits for the facilitator's yes");
            harness.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
        }
        assert_eq!(*harness.phase(guest), Phase::Over(Ended::Refused(Refusal::NoRoom)));
        let held = tries >= limits::FREE_GUESSES;
        assert!(harness.told(1).contains(&Event::WrongWords { tries, held }));
        guest += 1;
        harness.pass(limits::GUESS_PAUSE);
    }
    harness.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
    harness.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
    assert!(harness.told(1).contains(&Event::NewCode));
    let renewed = harness.code();
    assert_ne!(renewed.spoken(), code.spoken());
    harness.pass(limits::GUESS_PAUSE);
    harness.come(guest + 1, "Late", Start::Join(code), KEY);
    assert!(matches!(harness.phase(guest + 1), Phase::Over(_)), "the old words are of no use");
    harness.pass(limits::GUESS_PAUSE);
    harness.come(guest + 2, "Ana", Start::Join(renewed), KEY);
    assert_eq!(*harness.phase(guest + 2), Phase::In);
}

/// A group of three with a co-facilitator, the second guest; and its code.
fn with_a_second_lead() -> (Hall, Code) {
    let mut harness = Hall::group(3);
    let seat = harness.seat(2);
    harness.wish(1, Intent::Role(seat, Role::CoFacilitator));
    let code = harness.code();
    (harness, code)
}

/// Somebody guesses, and the door looks at it.
fn guess(harness: &mut Hall, guest: u64, code: &Code) {
    harness.come(guest, "Eve", Start::Join(wrong(code)), KEY);
    assert_eq!(*harness.phase(guest), Phase::Over(Ended::Refused(Refusal::NoRoom)));
    harness.pass(limits::GUESS_PAUSE);
}

/// The door's line is gone until the next in order has the door.
fn lose_the_door(harness: &mut Hall) {
    harness.cut_line(1);
    harness.wait(16);
    assert!(harness.guests[&2].room().am_facilitator());
}

#[test]
fn wrong_tries_survive_a_change_of_the_door() {
    let (mut harness, code) = with_a_second_lead();
    (10..13).for_each(|guest| guess(&mut harness, guest, &code));
    lose_the_door(&mut harness);
    assert_eq!(harness.guests[&2].room().guesses, 3, "the next door knows of them");
    guess(&mut harness, 13, &code);
    assert!(harness.told(2).contains(&Event::WrongWords { tries: 4, held: false }));
    harness.connect(1, KEY);
    harness.wish(1, Intent::TakeBack);
    harness.told(1);
    guess(&mut harness, 14, &code);
    assert!(harness.told(1).contains(&Event::WrongWords { tries: 5, held: true }), "and so does the one before");
    harness.wish(1, Intent::NewCode);
    assert_eq!(harness.guests[&1].room().guesses, 0, "new words end them");
    let code = harness.code();
    guess(&mut harness, 15, &code);
    assert!(harness.told(1).contains(&Event::WrongWords { tries: 1, held: false }));
}

#[test]
fn only_the_door_answers_knocks() {
    let (mut harness, code) = with_a_second_lead();
    // The relay passes the knock to somebody who leads as well, and has the words.
    let mut stranger = member(9, "Eve", Start::Join(code), harness.now);
    stranger.handle_connected(KEY, harness.now);
    let flight = std::iter::from_fn(|| stranger.poll_effect()).find_map(|effect| match effect {
        Effect::Control(ToRelay::Hello(Hello { purpose: Purpose::Knock(_, flight), .. })) => Some(flight),
        _ => None,
    });
    let flight = flight.expect("a knock");
    for (guest, answers) in [(2, false), (3, false), (1, true)] {
        let now = harness.now;
        let asked = harness.guests.get_mut(&guest).expect("in");
        asked.handle_control(ToMember::Knock(Attempt(77), flight.clone()), now);
        let mut effects = std::iter::from_fn(|| asked.poll_effect());
        let answered = effects.any(|effect| matches!(effect, Effect::Control(ToRelay::Answer(Attempt(77), _))));
        assert_eq!(answered, answers, "guest {guest}");
    }
}

/// What the door has answered guest 2, by the time that they are in.
fn answers_until_in(open: bool) -> Vec<&'static str> {
    let mut harness = Hall::new();
    let code = harness.host(open);
    let answers = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&answers);
    harness.meddling = Some(Box::new(move |guest, message| {
        if let (2, ToMember::Answer(answer)) = (guest, message) {
            all.lock().expect("whole").push(match knock::read(answer.bytes()) {
                Some(ToJoiner::Spake { .. }) => "spake",
                Some(ToJoiner::Confirm { .. }) => "confirm",
                Some(ToJoiner::Keeper { .. }) => "keeper",
                Some(ToJoiner::Keys { .. }) => "keys",
                None => "nothing that is known",
            });
        }
        true
    }));
    harness.come(2, "Ana", Start::Join(code), KEY);
    if !open {
        harness.with(1, |host, now| host.handle_intent(Intent::Admit(Whom::All), now));
    }
    assert_eq!(*harness.phase(2), Phase::In);
    std::mem::take(&mut *answers.lock().expect("whole"))
}

#[test]
fn keys_go_ahead_and_an_open_door_says_nothing_else() {
    assert_eq!(answers_until_in(true), ["spake", "keys"]);
    assert_eq!(answers_until_in(false), ["spake", "confirm", "keeper", "keys"]);
}

#[test]
fn a_joiner_left_hanging_three_times_stops() {
    let mut harness = Hall::new();
    let code = harness.host(false);
    // Whoever poses as the door answers, looks at what comes of it, and breaks off.
    let answers = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&answers);
    harness.meddling = Some(Box::new(move |guest, message| {
        let (3, ToMember::Answer(answer)) = (guest, message) else { return true };
        let first = matches!(knock::read(answer.bytes()), Some(ToJoiner::Spake { .. }));
        count.fetch_add(usize::from(first), Relaxed);
        first
    }));
    harness.come(3, "Ana", Start::Join(code), KEY);
    for left in 1..=limits::LEFT_HANGING {
        assert_eq!(*harness.phase(3), Phase::Connecting, "left hanging {left} times");
        harness.relay.handle_closed(ConnId(3), harness.now);
        harness.with(3, Member::handle_disconnected);
        harness.connect(3, KEY);
    }
    assert_eq!(*harness.phase(3), Phase::Over(Ended::LeftHanging));
    assert_eq!(answers.load(Relaxed), limits::LEFT_HANGING as usize, "and shows its words to nobody any more");
}

#[test]
fn a_joiner_with_the_right_words_is_announced_and_uses_no_yes() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    for guest in 2..2 + limits::FREE_GUESSES as u64 {
        harness.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
        harness.pass(limits::GUESS_PAUSE);
    }
    assert!(!harness.told(1).contains(&Event::TryWaits));
    for (guest, name) in [(20, "Ana"), (21, "Bo")] {
        harness.come(guest, name, Start::Join(code.clone()), KEY);
        assert_eq!(*harness.phase(guest), Phase::Connecting);
    }
    assert_eq!(harness.told(1).iter().filter(|told| **told == Event::TryWaits).count(), 1, "told once, not for each");
    harness.with(1, |host, now| host.handle_intent(Intent::AllowTry, now));
    assert_eq!([*harness.phase(20) == Phase::In, *harness.phase(21) == Phase::In], [true; 2], "both, after one yes");
}

#[test]
fn a_relay_in_the_middle_is_seen_by_both() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Ana", Start::Join(code), [6; 32]);
    assert_eq!(*harness.phase(2), Phase::Over(Ended::Intercepted));
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::Intercepted)));
    assert!(harness.guests[&1].room().door.is_empty());
}

#[test]
fn a_removed_member_can_not_return_with_the_same_words() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Eve", Start::Join(code.clone()), KEY);
    let seat = harness.guests[&2].room().me.expect("in");
    harness.with(1, |host, now| host.handle_intent(Intent::Remove(seat), now));
    assert_eq!(*harness.phase(2), Phase::Over(Ended::Removed));
    harness.come(3, "Eve", Start::Join(code), KEY);
    assert_eq!(*harness.phase(3), Phase::Over(Ended::Refused(Refusal::NoRoom)));
}

#[test]
fn joiners_still_wait_when_the_door_comes_back() {
    let mut harness = Hall::new();
    let code = harness.host(false);
    harness.come(2, "Ana", Start::Join(code.clone()), KEY);
    harness.cut_line(1);
    harness.come(3, "Bo", Start::Join(code), KEY);
    assert_eq!(*harness.phase(3), Phase::Connecting, "nobody is there to answer");
    harness.pass(Duration::from_secs(2));
    harness.connect(1, KEY);
    let names: Vec<_> = harness.guests[&1].room().door.iter().map(|waiting| waiting.name.as_str()).collect();
    assert_eq!(names, ["Ana", "Bo"]);
    harness.with(1, |host, now| host.handle_intent(Intent::Admit(Whom::All), now));
    assert!(*harness.phase(2) == Phase::In && *harness.phase(3) == Phase::In);
}

#[test]
fn a_knock_that_goes_nowhere_makes_room_for_the_next() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Slow", Start::Join(code.clone()), KEY);
    assert_eq!(*harness.phase(2), Phase::In);
    // A stranger who sends a first flight, and never another.
    let mut stranger = member(9, "Eve", Start::Join(wrong(&code)), harness.now);
    stranger.handle_connected(KEY, harness.now);
    harness.relay.handle_connected(ConnId(9), Origin(9), harness.now);
    while let Some(effect) = stranger.poll_effect() {
        if let Effect::Control(hello) = effect {
            harness.relay.handle_control(ConnId(9), hello, harness.now);
        }
    }
    harness.settle();
    harness.come(3, "Ana", Start::Join(code), KEY);
    assert_eq!(*harness.phase(3), Phase::Connecting);
    harness.pass(limits::KNOCK_STALLS);
    assert_eq!(*harness.phase(3), Phase::In);
    assert!(!harness.told(1).iter().any(|event| matches!(event, Event::WrongWords { .. })));
}

#[test]
fn a_namesake_of_somebody_who_is_here_gets_a_name_of_its_own() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Ana", Start::Join(code.clone()), KEY);
    harness.come(3, "ana", Start::Join(code), KEY);
    assert_eq!((harness.phase(2), harness.phase(3)), (&Phase::In, &Phase::In));
    let me = harness.guests[&3].room().me.expect("in");
    assert_eq!(harness.guests[&1].room().state.circle.name(me), Some("ana 2"));
    assert!(!harness.told(1).iter().any(|event| matches!(event, Event::Namesake { .. })), "nobody is away");
}

/// Ana has the stick and a hand up; her line is cut, and somebody knocks by her name at an open door.
fn ana_is_away() -> (Hall, [SeatId; 2]) {
    let mut harness = Hall::new();
    let code = harness.host(true);
    harness.come(2, "Ana", Start::Join(code.clone()), KEY);
    harness.come(3, "Bo", Start::Join(code.clone()), KEY);
    let ana = harness.seat(2);
    harness.wish(2, Intent::Hand { up: true });
    harness.wish(1, Intent::Stick(Some(ana)));
    harness.cut_line(2);
    harness.pass(Duration::from_secs(1));
    harness.come(4, "Ana", Start::Join(code), KEY);
    let new = harness.seat(4);
    let asked = Event::Namesake { seat: new, name: "Ana 2".into(), was: "Ana".into() };
    let told: Vec<_> = harness.told(1).into_iter().filter(|event| matches!(event, Event::Namesake { .. })).collect();
    assert_eq!(told, [asked], "the facilitator is asked once");
    assert!(!harness.told(3).iter().any(|event| matches!(event, Event::Namesake { .. })));
    let turns = &harness.guests[&1].room().state.turns;
    assert_eq!((turns.floor.holder, &turns.queue.hands[..]), (Some(ana), &[ana][..]), "a name is no key");
    (harness, [ana, new])
}

#[test]
fn whoever_knocks_by_an_absent_members_name_is_somebody_new() {
    let (mut harness, [ana, new]) = ana_is_away();
    harness.wish(3, Intent::GiveBack(new));
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::NotFacilitator)));
    harness.wish(4, Intent::GiveBack(new));
    assert!(harness.told(4).contains(&Event::Trouble(Trouble::NotFacilitator)));
    // Ana comes back by her own line, and has what she had.
    harness.connect(2, KEY);
    assert_eq!((harness.phase(2), harness.seat(2)), (&Phase::In, ana));
    harness.wish(1, Intent::GiveBack(new));
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::NothingToGiveBack)));
    assert_eq!(harness.guests[&3].room().state.turns.floor.holder, Some(ana));
}

#[test]
fn the_facilitators_yes_gives_the_place_back() {
    let (mut harness, [ana, new]) = ana_is_away();
    harness.wish(1, Intent::GiveBack(new));
    for guest in [1, 3, 4] {
        let state = &harness.guests[&guest].room().state;
        assert_eq!((state.turns.floor.holder, &state.turns.queue.hands[..]), (Some(new), &[new][..]), "guest {guest}");
        assert_eq!((state.circle.name(new), state.circle.name(ana)), (Some("Ana"), None));
        let back = Event::Returned { seat: new, name: "Ana".into(), was: "Ana 2".into() };
        assert!(harness.told(guest).contains(&back));
    }
    // The old line is over, and whoever had it learns so.
    harness.connect(2, KEY);
    assert_ne!(*harness.phase(2), Phase::In);
}

#[test]
fn nobody_is_given_a_place_while_a_secret_vote_runs() {
    let mut harness = Hall::new();
    let code = harness.host(true);
    for (guest, name) in [(2, "Ana"), (3, "Bo")] {
        harness.come(guest, name, Start::Join(code.clone()), KEY);
    }
    harness.wish(2, Intent::Decide(Decide::Propose("A break".into(), Motion::Text)));
    harness.wish(1, Intent::Decide(Decide::Vote(1, VoteKind::Secret)));
    harness.cut_line(2);
    harness.pass(Duration::from_secs(1));
    harness.come(4, "Ana", Start::Join(code), KEY);
    let new = harness.seat(4);
    harness.wish(1, Intent::GiveBack(new));
    let told = harness.told(1);
    assert!(told.contains(&Event::Trouble(Trouble::NothingToGiveBack)));
    assert!(!told.iter().any(|event| matches!(event, Event::Namesake { .. })));
    let room = harness.guests[&4].room();
    assert!(room.state.decisions.to_vote(new).is_none(), "nor any vote");
}
