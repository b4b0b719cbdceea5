//! Roles: the leader, the succession when a line is gone, and that the keys go along.

use std::time::Duration;

use ingle::ids::Time;
use ingle::member::{Member, Start};
use ingle::session::{Ended, Event, Intent, Phase, Role, Trouble, Whom};
use ingle::sim::{Script, Step, World};
use ingle::wire::{Act, EntryKind, ToMember};

use crate::harness::{Hall, KEY};

fn name(harness: &mut Hall, by: u64, whom: u64, role: Role) {
    let seat = harness.seat(whom);
    harness.wish(by, Intent::Role(seat, role));
}

fn holds(harness: &Hall, guest: u64) -> bool {
    let facilitator = |guest: u64| harness.guests[&guest].room().state.circle.facilitator();
    facilitator(guest) == Some(harness.seat(guest))
}

fn agree(harness: &Hall, guests: &[u64]) {
    let first = &harness.guests[&guests[0]];
    for guest in guests {
        let member = &harness.guests[guest];
        assert_eq!(*harness.phase(*guest), Phase::In, "{guest}");
        assert_eq!((member.room().state.hash(), member.epoch()), (first.room().state.hash(), first.epoch()), "{guest}");
    }
}

/// Someone new comes in through whoever holds the door now.
fn comes_in(harness: &mut Hall, guest: u64, through: u64) {
    let code = harness.code_of(through);
    harness.come(guest, &format!("Guest {guest}"), Start::Join(code), KEY);
    assert_eq!(*harness.phase(guest), Phase::Waiting);
    harness.wish(through, Intent::Admit(Whom::All));
    assert_eq!(*harness.phase(guest), Phase::In);
}

#[test]
fn a_named_facilitator_has_the_door_and_its_keys() {
    let mut harness = Hall::group(3);
    name(&mut harness, 1, 3, Role::Facilitator);
    assert!(holds(&harness, 3) && !holds(&harness, 1));
    comes_in(&mut harness, 4, 3);
    agree(&harness, &[1, 2, 3, 4]);
    let seat = harness.seat(2);
    harness.wish(1, Intent::Remove(seat));
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::NotFacilitator)));
    harness.wish(3, Intent::Remove(seat));
    assert_eq!(*harness.phase(2), Phase::Over(Ended::Removed));
    agree(&harness, &[1, 3, 4]);
}

#[test]
fn a_joiner_whose_door_moved_knocks_at_the_new_one() {
    let mut harness = Hall::group(2);
    let code = harness.code();
    harness.come(3, "Ana", Start::Join(code), KEY);
    harness.told(1);
    name(&mut harness, 1, 2, Role::Facilitator);
    assert!(harness.told(1).iter().any(|told| matches!(told, Event::KnockOver { name, .. } if name == "Ana")));
    assert!(harness.guests[&1].room().door.is_empty());
    // The relay ends the connection without a word, and the joiner's program tries again.
    harness.with(3, Member::handle_disconnected);
    harness.connect(3, KEY);
    assert_eq!(harness.guests[&2].room().door.len(), 1);
    harness.wish(2, Intent::Admit(Whom::All));
    agree(&harness, &[1, 2, 3]);
}

#[test]
fn a_lost_facilitator_is_followed_after_15_s_and_can_return() {
    let mut harness = Hall::group(3);
    name(&mut harness, 1, 3, Role::CoFacilitator);
    harness.cut_line(1);
    harness.wait(14);
    assert!(!holds(&harness, 3));
    harness.wait(2);
    assert!(holds(&harness, 3) && harness.guests[&3].room().state.circle.roles.chair().is_none());
    comes_in(&mut harness, 4, 3);
    harness.connect(1, KEY);
    assert!(harness.told(1).contains(&Event::CanTakeBack));
    agree(&harness, &[1, 2, 3, 4]);
    assert!(!holds(&harness, 1), "not by itself");
    harness.wish(2, Intent::TakeBack);
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::NothingToTakeBack(Some("Guest 3".into())))));
    harness.wish(1, Intent::TakeBack);
    assert!(holds(&harness, 1));
    comes_in(&mut harness, 5, 1);
    agree(&harness, &[1, 2, 3, 4, 5]);
}

#[test]
fn a_chair_cuts_off_who_is_gone_and_lets_nobody_in() {
    let mut harness = Hall::group(4);
    name(&mut harness, 1, 4, Role::CoFacilitator);
    harness.cut_line(1);
    harness.cut_line(4);
    harness.wait(17);
    assert!(holds(&harness, 2) && harness.guests[&2].room().state.circle.roles.chair() == Some(harness.seat(2)));
    let code = harness.code();
    harness.come(5, "Ana", Start::Join(code), KEY);
    assert_eq!(*harness.phase(5), Phase::Waiting);
    harness.told(2);
    harness.wish(2, Intent::Admit(Whom::All));
    harness.wish(2, Intent::Close);
    let refused = harness.told(2).into_iter().filter(|told| *told == Event::Trouble(Trouble::OnlyLeads)).count();
    assert_eq!((refused, harness.phase(5)), (2, &Phase::Waiting));
    let before = harness.guests[&2].epoch().expect("keys").0;
    let gone = harness.seat(1);
    harness.wish(2, Intent::Remove(gone));
    assert!(harness.guests[&2].epoch().expect("keys").0 > before);
    agree(&harness, &[2, 3]);
    harness.wait(90);
    assert_eq!(harness.guests[&2].room().state.circle.seats.len(), 2, "the other seat was given up, and cut off");
    agree(&harness, &[2, 3]);
}

#[test]
fn without_the_doors_client_a_majority_moves_the_door() {
    let mut harness = Hall::group(4);
    name(&mut harness, 1, 3, Role::CoFacilitator);
    harness.cut_line(1);
    name(&mut harness, 3, 3, Role::Member);
    assert!(harness.guests[&2].room().state.circle.roles.door_is_behind());
    harness.wait(5);
    assert!(!harness.guests[&2].room().state.circle.roles.door_is_behind(), "three of four have told the relay");
    harness.wait(11);
    assert!(holds(&harness, 2), "who stepped back does not follow");
    harness.connect(1, KEY);
    harness.wish(1, Intent::TakeBack);
    assert!(holds(&harness, 1));
    agree(&harness, &[1, 2, 3, 4]);
}

#[test]
fn the_relay_can_not_make_up_that_the_group_wants_another_door() {
    let mut harness = Hall::group(4);
    let chosen = harness.seat(4);
    // Three lines of chat are shown to one guest as if they named another for the door.
    harness.meddling = Some(Box::new(move |guest, message| {
        if let ToMember::Entry(entry, _) = message
            && let EntryKind::Action { act, .. } = &mut entry.kind
            && guest == 2
        {
            *act = Act::Doors(vec![chosen]);
        }
        true
    }));
    for guest in [1, 3, 4] {
        harness.wish(guest, Intent::Chat("hello".into()));
    }
    assert!(holds(&harness, 1) && harness.guests[&2].room().state.circle.facilitator() == Some(harness.seat(1)));
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::Diverged)));
}

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

fn evening(more: Vec<(Time, Step)>, end: u64) -> Script {
    let mut steps: Vec<_> = (0..5).map(|member| (at(member * 700), Step::Start(member as usize))).collect();
    steps.extend(more);
    steps.sort_by_key(|(time, _)| *time);
    Script { members: 6, steps, end: at(end) }
}

#[test]
fn the_facilitators_program_crashes_and_the_evening_goes_on() {
    for seed in 0..20 {
        let script = evening(
            vec![
                (at(5000), Step::Role(0, 2, Role::CoFacilitator)),
                (at(8000), Step::Chat(1)),
                (at(9000), Step::Crash(0)),
                (at(9010), Step::Chat(3)),
                (at(26_000), Step::Start(5)),
                (at(30_000), Step::Start(0)),
                (at(40_000), Step::Role(2, 0, Role::Facilitator)),
                (at(45_000), Step::Chat(4)),
            ],
            150_000,
        );
        let world = World::play(&script, seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let state = world.state(1).expect("in");
        assert_eq!(state.circle.seats.len(), 6, "seed {seed}: who crashed is back, and a newcomer came in meanwhile");
        let named: Vec<_> = state.circle.roles.leads().iter().filter_map(|lead| state.circle.name(*lead)).collect();
        assert_eq!(named, ["Member 0", "Member 2"], "seed {seed}");
        assert_eq!(state.circle.facilitator(), state.circle.roles.leads().first().copied(), "seed {seed}");
    }
}

#[test]
fn a_returning_leader_takes_over_and_two_lost_leave_a_chair() {
    for seed in 0..20 {
        let long = Duration::from_secs(30);
        let script = evening(
            vec![
                (at(5000), Step::Role(0, 2, Role::CoFacilitator)),
                (at(9000), Step::Blackout(0, long)),
                (at(9000), Step::Remove(0, 4)),
                (at(30_000), Step::Start(5)),
                (at(45_000), Step::TakeBack(0)),
            ],
            60_000,
        );
        let world = World::play(&script, seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let state = world.state(1).expect("in");
        assert_eq!(
            state.circle.facilitator().and_then(|seat| state.circle.name(seat)),
            Some("Member 0"),
            "seed {seed}"
        );
        assert!(world.state(5).is_some(), "seed {seed}: let in by who stood in");
        let script = evening(
            vec![
                (at(5000), Step::Role(0, 2, Role::CoFacilitator)),
                (at(9000), Step::Crash(0)),
                (at(9200), Step::Crash(2)),
                (at(27_000), Step::Remove(1, 3)),
                (at(28_000), Step::Chat(4)),
            ],
            150_000,
        );
        let world = World::play(&script, seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let state = world.state(1).expect("in");
        assert_eq!(
            state.circle.roles.chair().and_then(|seat| state.circle.name(seat)),
            Some("Member 1"),
            "seed {seed}"
        );
        assert_eq!(state.circle.seats.len(), 2, "seed {seed}: the chair has removed one, and two were given up");
    }
}
