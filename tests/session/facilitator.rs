//! The facilitator's program ends without a word, with and without anybody to follow: how newcomers learn of it, how the group
//! chooses, and how the facilitator comes back and gets the role.

use ingle::crypto::code::Code;
use ingle::member::{Member, Start};
use ingle::session::{
    Choice, Decide, Event, Intent, LetsIn, Motion, Phase, Presence, Role, RoundKind, Trouble, Turn, VoteKind, Whom,
};
use ingle::wire::limits;

use crate::harness::{Hall, KEY, wrong};

/// Guest 1, Hal, opens the group; so many others are in.
fn group(count: u64) -> (Hall, Code) {
    let harness = Hall::group(count);
    let code = harness.code();
    (harness, code)
}

/// A guest's program ends without a word.
fn crash(harness: &mut Hall, guest: u64) {
    harness.cut_line(guest);
    harness.guests.remove(&guest);
}

/// The relay has ended the joiner's connection without a word, and the program tries again.
fn knock_anew(harness: &mut Hall, guest: u64) {
    harness.with(guest, Member::handle_disconnected);
    harness.connect(guest, KEY);
}

fn choose(harness: &mut Hall, by: u64, whom: u64) {
    let seat = harness.seat(whom);
    harness.wish(by, Intent::Choose(seat));
}

fn let_in(harness: &mut Hall, guest: u64) -> Vec<LetsIn> {
    let of = |event| if let Event::LetsIn(who) = event { Some(who) } else { None };
    harness.told(guest).into_iter().filter_map(of).collect()
}

fn somebody(name: &str) -> LetsIn {
    LetsIn::Member(name.to_owned())
}

fn facilitator(harness: &Hall, guest: u64) -> Option<&str> {
    let circle = &harness.guests[&guest].room().state.circle;
    let door = circle.facilitator().filter(|door| circle.roles.may_admit(*door))?;
    assert_eq!(circle.roles.role(door), Role::Facilitator);
    circle.name(door)
}

fn agree(harness: &Hall, guests: &[u64]) {
    let first = &harness.guests[&guests[0]];
    for guest in guests {
        let member = &harness.guests[guest];
        assert_eq!(*harness.phase(*guest), Phase::In, "{guest}");
        assert_eq!((member.room().state.hash(), member.epoch()), (first.room().state.hash(), first.epoch()), "{guest}");
    }
}

#[test]
fn a_joiner_is_told_who_can_let_them_in_and_when_nobody_can() {
    let (mut harness, code) = group(4);
    harness.come(5, "Ana", Start::Join(code), KEY);
    assert_eq!(let_in(&mut harness, 5), [somebody("Hal")]);
    crash(&mut harness, 1);
    harness.wait(16);
    knock_anew(&mut harness, 5);
    assert_eq!(let_in(&mut harness, 5), [LetsIn::Nobody]);
    assert_eq!(harness.guests[&5].room().lets_in, Some(LetsIn::Nobody));
    // The chair, who was here longest, has two keys to wait for.
    choose(&mut harness, 2, 2);
    assert_eq!(let_in(&mut harness, 5), [], "one of three");
    assert_eq!(facilitator(&harness, 3), None);
    assert_eq!(harness.guests[&3].room().would_choose(None), Some(harness.seat(2)), "one key agrees");
    choose(&mut harness, 3, 2);
    assert_eq!(facilitator(&harness, 4), Some("Guest 2"));
    assert_eq!(let_in(&mut harness, 5), [somebody("Guest 2")]);
    harness.wish(2, Intent::Admit(Whom::All));
    agree(&harness, &[2, 3, 4, 5]);
}

#[test]
fn a_group_chooses_another_than_the_chair() {
    let (mut harness, code) = group(4);
    harness.come(5, "Ana", Start::Join(code), KEY);
    crash(&mut harness, 1);
    harness.wait(16);
    knock_anew(&mut harness, 5);
    choose(&mut harness, 2, 2);
    choose(&mut harness, 3, 4);
    // Whoever has chosen may choose anew.
    choose(&mut harness, 2, 4);
    assert_eq!(facilitator(&harness, 3), Some("Guest 4"));
    harness.wait(1);
    knock_anew(&mut harness, 5);
    assert_eq!(let_in(&mut harness, 5).last(), Some(&somebody("Guest 4")));
    harness.wish(4, Intent::Admit(Whom::All));
    agree(&harness, &[2, 3, 4, 5]);
    assert!(!harness.guests[&3].room().state.circle.roles.door_is_behind(), "the relay knows whom the group wants");
}

#[test]
fn of_two_the_other_leads_by_one_key() {
    let (mut harness, _) = group(2);
    crash(&mut harness, 1);
    harness.wait(16);
    choose(&mut harness, 2, 2);
    assert_eq!(facilitator(&harness, 2), Some("Guest 2"));
    assert!(harness.guests[&2].room().code.is_some(), "there is a code that lets in");
}

#[test]
fn nobody_is_chosen_while_somebody_leads() {
    let (mut harness, _) = group(3);
    choose(&mut harness, 2, 2);
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::SomebodyLeads("Hal".into()))));
    harness.cut_line(1);
    harness.wait(16);
    choose(&mut harness, 2, 3);
    choose(&mut harness, 2, 3);
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::ChosenAlready("Guest 3".into()))));
    harness.connect(1, KEY);
    harness.wish(1, Intent::TakeBack);
    assert_eq!(facilitator(&harness, 2), Some("Hal"));
    assert_eq!(harness.guests[&2].room().state.circle.roles.chosen_by(harness.seat(2)), None, "it counts no longer");
    choose(&mut harness, 3, 3);
    agree(&harness, &[1, 2, 3]);
    assert_eq!(facilitator(&harness, 2), Some("Hal"));
}

#[test]
fn a_chair_has_no_code_that_lets_nobody_in() {
    let (mut harness, _) = group(3);
    crash(&mut harness, 1);
    harness.wait(16);
    assert!(harness.guests[&2].room().am_facilitator());
    assert_eq!(harness.guests[&2].room().code, None);
    choose(&mut harness, 2, 2);
    choose(&mut harness, 3, 2);
    assert!(harness.guests[&2].room().code.is_some());
}

/// What a group is in the middle of when its facilitator's program ends.
#[derive(Clone, Copy, Debug)]
enum Moment {
    Newcomer,
    Round,
    Vote,
}

/// Hal's program ends in the middle of something; after so many seconds he knocks again by his name, and gets all back.
fn hal_returns(moment: Moment, co: bool, away: u64) {
    let case = format!("{moment:?}, co-facilitator {co}, away for {away} s");
    let (mut harness, code) = group(4);
    if co {
        let seat = harness.seat(3);
        harness.wish(1, Intent::Role(seat, Role::CoFacilitator));
    }
    match moment {
        Moment::Newcomer => harness.come(5, "Ana", Start::Join(code.clone()), KEY),
        Moment::Round => harness.wish(1, Intent::Turn(Turn::Round(RoundKind::CheckIn, None))),
        Moment::Vote => {
            harness.wish(2, Intent::Decide(Decide::Propose("Break at three".into(), Motion::Text)));
            harness.wish(2, Intent::Decide(Decide::Vote(1, VoteKind::Open)));
            harness.wish(2, Intent::Decide(Decide::Ballot(1, Choice::Yes)));
        }
    }
    crash(&mut harness, 1);
    harness.wait(away);
    harness.come(6, "Hal", Start::Join(code), KEY);
    let leader = if co { 3 } else { 2 };
    if co {
        assert_eq!(let_in(&mut harness, 6), [somebody("Guest 3")], "{case}");
    } else {
        assert_eq!(let_in(&mut harness, 6), [LetsIn::Nobody], "{case}");
        for by in [2, 3] {
            choose(&mut harness, by, 2);
        }
        assert_eq!(let_in(&mut harness, 6), [somebody("Guest 2")], "{case}");
    }
    harness.told(leader);
    harness.wish(leader, Intent::Admit(Whom::All));
    assert_eq!(*harness.phase(6), Phase::In, "{case}");
    // Before the yes there is nothing to take, and a true sentence.
    harness.wish(6, Intent::TakeBack);
    let name = format!("Guest {leader}");
    assert!(harness.told(6).contains(&Event::Trouble(Trouble::NothingToTakeBack(Some(name)))), "{case}");
    let told = harness.told(leader);
    let kept = away < limits::SEAT_HELD.as_secs();
    let asked = |told: &[Event]| told.iter().any(|event| matches!(event, Event::Namesake { .. }));
    assert_eq!(asked(&told), kept, "{case}: the place is to be given back");
    let me = harness.seat(6);
    if kept {
        harness.wish(leader, Intent::GiveBack(me));
    }
    // With the co-facilitator's yes the role comes back too; whoever was chosen is asked once more.
    if !(co && kept) {
        let told: Vec<_> = told.into_iter().chain(harness.told(leader)).collect();
        assert!(told.contains(&Event::LedBefore { seat: me, name: "Hal".into() }), "{case}: {told:?}");
        harness.wish(leader, Intent::GiveBack(me));
    }
    harness.wait(1);
    assert_eq!(facilitator(&harness, leader), Some("Hal"), "{case}");
    agree(&harness, &[2, 3, 4, 6]);
    let state = &harness.guests[&2].room().state;
    assert_eq!(state.circle.roles.role(harness.seat(leader)), Role::CoFacilitator, "{case}: stays at the side");
    match moment {
        Moment::Newcomer => {
            knock_anew(&mut harness, 5);
            harness.wait(1);
            harness.wish(6, Intent::Admit(Whom::All));
            agree(&harness, &[2, 3, 4, 5, 6]);
        }
        Moment::Round => assert!(state.turns.round.is_some(), "{case}"),
        Moment::Vote => {
            for guest in [3, 4, 6] {
                harness.wish(guest, Intent::Decide(Decide::Ballot(1, Choice::Yes)));
            }
            let state = &harness.guests[&2].room().state;
            assert_eq!(state.decisions.past.len(), 1, "{case}");
        }
    }
}

#[test]
fn a_killed_facilitator_returns_to_the_chosen_one_within_90_s() {
    [Moment::Newcomer, Moment::Round, Moment::Vote].into_iter().for_each(|moment| hal_returns(moment, false, 30));
}

#[test]
fn a_killed_facilitator_returns_to_the_chosen_one_after_90_s() {
    [Moment::Newcomer, Moment::Round, Moment::Vote].into_iter().for_each(|moment| hal_returns(moment, false, 120));
}

#[test]
fn a_killed_facilitator_returns_to_the_co_facilitator() {
    for away in [30, 120] {
        [Moment::Newcomer, Moment::Round, Moment::Vote].into_iter().for_each(|moment| hal_returns(moment, true, away));
    }
}

#[test]
fn a_facilitator_replaced_while_away_is_offered_the_role_back() {
    let (mut harness, _) = group(3);
    harness.cut_line(1);
    harness.wait(16);
    for by in [2, 3] {
        choose(&mut harness, by, 3);
    }
    harness.wait(1);
    let led = |told: Vec<Event>| told.iter().any(|event| matches!(event, Event::LedBefore { .. }));
    assert!(!led(harness.told(3)), "not while the line is gone");
    harness.connect(1, KEY);
    harness.wait(1);
    assert_eq!(harness.guests[&3].room().presence(harness.seat(1)), Presence::Here);
    assert!(led(harness.told(3)) && !led(harness.told(2)));
    assert_eq!(harness.guests[&1].room().state.circle.roles.role(harness.seat(1)), Role::CoFacilitator);
    let hal = harness.seat(1);
    harness.wish(2, Intent::GiveBack(hal));
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::NotFacilitator)));
    harness.wish(3, Intent::GiveBack(hal));
    harness.wait(1);
    assert_eq!(facilitator(&harness, 2), Some("Hal"));
    assert_eq!(harness.guests[&1].room().role_to_give_back(), None, "handed on by hand, nothing is to be given back");
    agree(&harness, &[1, 2, 3]);
}

#[test]
fn a_facilitator_who_goes_hands_over_first() {
    let (mut harness, code) = group(3);
    let (two, three) = (harness.seat(2), harness.seat(3));
    assert_eq!(harness.guests[&1].room().successor(None), Some(two), "the one who has been here longest");
    assert_eq!(harness.guests[&1].room().successor(Some(three)), Some(three));
    assert_eq!(harness.guests[&2].room().successor(None), None, "it isn't theirs");
    harness.wish(1, Intent::HandOver(three));
    assert!(matches!(harness.phase(1), Phase::Over(_)));
    assert_eq!(facilitator(&harness, 2), Some("Guest 3"));
    // With the words, too.
    harness.come(5, "Ana", Start::Join(code.clone()), KEY);
    harness.wish(3, Intent::Admit(Whom::All));
    agree(&harness, &[2, 3, 5]);
    // By accident: whoever knocks by that name is offered the role.
    harness.told(3);
    harness.come(6, "Hal", Start::Join(code), KEY);
    harness.wish(3, Intent::Admit(Whom::All));
    let hal = harness.seat(6);
    assert!(harness.told(3).contains(&Event::LedBefore { seat: hal, name: "Hal".into() }));
    harness.wish(3, Intent::GiveBack(hal));
    harness.wait(1);
    assert_eq!(facilitator(&harness, 2), Some("Hal"));
}

#[test]
fn whoever_can_not_hand_over_in_time_stays_and_is_told() {
    let (mut harness, _) = group(2);
    let two = harness.seat(2);
    harness.meddling = Some(Box::new(|guest, _| guest != 1));
    harness.wish(1, Intent::HandOver(two));
    harness.wait(6);
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::NotHandedOver("Guest 2".into()))));
    assert!(!matches!(harness.phase(1), Phase::Over(_)));
}

#[test]
fn a_joiner_hears_that_the_door_is_silent_whatever_it_is() {
    // A held door, and one that is away.
    let (mut harness, code) = group(2);
    for guest in 10..10 + u64::from(limits::FREE_GUESSES) {
        harness.come(guest, "Eve", Start::Join(wrong(&code)), KEY);
        harness.pass(limits::GUESS_PAUSE);
    }
    let silent = |harness: &mut Hall, guest| harness.told(guest).contains(&Event::DoorSilent);
    harness.come(5, "Ana", Start::Join(code.clone()), KEY);
    assert!(harness.guests[&1].room().try_waits);
    harness.wait(9);
    assert!(!silent(&mut harness, 5));
    harness.wait(2);
    assert!(silent(&mut harness, 5) && harness.guests[&5].room().door_silent);
    assert!(harness.guests[&1].room().try_waits, "the facilitator sees it for as long as it is so");
    harness.wish(1, Intent::AllowTry);
    assert_eq!((let_in(&mut harness, 5), harness.guests[&5].room().door_silent), (vec![somebody("Hal")], false));
    assert!(!harness.guests[&1].room().try_waits);

    let (mut harness, code) = group(2);
    harness.cut_line(1);
    harness.come(5, "Ana", Start::Join(code), KEY);
    harness.wait(11);
    assert!(silent(&mut harness, 5));
}

#[test]
fn a_chair_with_old_words_turns_nobody_with_new_ones_away() {
    let (mut harness, old) = group(3);
    harness.wish(1, Intent::NewCode);
    let new = harness.code();
    crash(&mut harness, 1);
    harness.wait(16);
    harness.come(5, "Ana", Start::Join(new), KEY);
    harness.come(6, "Ben", Start::Join(old), KEY);
    harness.wait(20);
    assert_eq!((harness.phase(5), harness.phase(6)), (&Phase::Connecting, &Phase::Connecting));
    assert!(!harness.told(2).iter().any(|event| matches!(event, Event::WrongWords { .. })));
    for by in [2, 3] {
        choose(&mut harness, by, 2);
    }
    // Nobody who is left knows the words, so there are new ones again.
    assert!(harness.told(2).contains(&Event::NewCode));
    assert!(matches!(harness.phase(5), Phase::Over(_)) && matches!(harness.phase(6), Phase::Over(_)));
    let code = harness.code_of(2);
    harness.come(7, "Ana", Start::Join(code), KEY);
    harness.wish(2, Intent::Admit(Whom::All));
    agree(&harness, &[2, 3, 7]);
}
