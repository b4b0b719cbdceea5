//! A relay that has lost its rooms: who may restore them, how, and that nobody else can.

use super::*;
use crate::ids::RoomId;
use crate::relay::core::seal::Sealer;
use crate::wire::{Checkpoint, Tag};

const SECRET: [u8; 32] = [7; 32];
const SECOND: Duration = Duration::from_secs(1);

/// A member's copy of the room.
#[derive(Clone)]
struct Copy {
    state: RoomState,
    entries: Vec<Entry>,
}

/// A room of so many, each with a copy of it, at a relay that can be started again.
fn room(count: u64) -> (Rig, Vec<Guest>, Copy) {
    let mut rig = Rig::new();
    rig.relay = Relay::with_secret([1; 32], SECRET, Time(0));
    let conn = rig.hello(Purpose::Host);
    let Some(ToMember::Hosting { ticket, state, .. }) = rig.taken(conn).pop() else { panic!("not hosting") };
    let (host, nameplate) = (Guest { conn, seat: SeatId(0), ticket }, state.nameplate);
    rig.append(host.conn, 1, Act::None);
    let mut guests = vec![host.clone()];
    guests.extend((2..=count).map(|number| rig.join(&host, nameplate, number)));
    let copy = copy(&rig, &state);
    (rig, guests, copy)
}

/// What anybody who has followed the log knows.
fn copy(rig: &Rig, opened: &RoomState) -> Copy {
    let (entries, mut state) = (rig.log(), opened.clone());
    entries.iter().for_each(|entry| assert!(state.apply(entry)));
    assert_eq!(state, rig.room_state(), "both follow the same rule");
    Copy { state, entries }
}

fn tag(state: &RoomState) -> Tag {
    Sealer::new(SECRET).tag(state)
}

impl Rig {
    fn restart(&mut self) {
        self.relay = Relay::with_secret([2; 32], SECRET, self.now + limits::RESTORED_BY);
        self.told.clear();
    }

    /// A member comes back, shows the room, and is on this connection from here on.
    fn comes_back(&mut self, guest: &mut Guest, state: &RoomState, here: SeatSet) {
        guest.conn = self.hello(Purpose::Resume(guest.ticket.clone(), state.head));
        let conn = guest.conn;
        if self.taken(conn) == [ToMember::AskCheckpoint] {
            let (last, group_ms) = (ActionNo(0), state.at_ms + 1000);
            let checkpoint = Checkpoint { state: state.clone(), tag: tag(state), last, group_ms, here };
            self.say(conn, ToRelay::Checkpoint(Box::new(checkpoint)));
        }
    }

    fn is_back(&mut self, guest: &Guest) -> bool {
        let told = self.taken(guest.conn);
        let resumed = |message: &ToMember| matches!(message, ToMember::Resumed { .. });
        told.iter().any(resumed)
    }
}

fn everybody(guests: &[Guest]) -> SeatSet {
    guests.iter().map(|guest| guest.seat).collect()
}

#[test]
fn a_room_is_restored_once_all_who_were_here_are_back() {
    let (mut rig, mut guests, copy) = room(5);
    rig.restart();
    let here = everybody(&guests);
    for number in 0..5 {
        let before: Vec<bool> = guests[..number].to_vec().iter().map(|guest| rig.is_back(guest)).collect();
        assert!(before.iter().all(|back| !back), "{number}");
        let mut guest = guests[number].clone();
        rig.comes_back(&mut guest, &copy.state, here);
        guests[number] = guest;
    }
    assert!(guests.iter().all(|guest| rig.is_back(guest)));
    let state = rig.room_state();
    assert_eq!((state.seats.clone(), state.doors.clone()), (copy.state.seats, copy.state.doors));
    assert_eq!(state.head.index, copy.state.head.index.next(), "that it was restored is in the log");
}

#[test]
fn whoever_takes_a_lost_room_for_one_still_there_comes_back() {
    let (mut rig, mut guests, copy) = room(3);
    rig.restart();
    let here = everybody(&guests);
    for guest in &mut guests {
        guest.conn = rig.hello(Purpose::Resume(guest.ticket.clone(), copy.state.head));
        rig.say(guest.conn, ToRelay::Missed { since_ms: 0, have: vec![] });
        rig.say(guest.conn, ToRelay::Behind(0));
        rig.append(guest.conn, 9, Act::None);
        let (tag, group_ms) = (tag(&copy.state), copy.state.at_ms);
        let checkpoint = Checkpoint { state: copy.state.clone(), tag, last: ActionNo(0), group_ms, here };
        rig.say(guest.conn, ToRelay::Checkpoint(Box::new(checkpoint)));
    }
    assert!(guests.iter().all(|guest| rig.is_back(guest)));
}

#[test]
fn less_than_most_of_the_members_restore_nothing_for_long() {
    let (mut rig, mut guests, copy) = room(4);
    rig.restart();
    let here = everybody(&guests[..2]);
    for guest in &mut guests[..2] {
        rig.comes_back(guest, &copy.state, here);
    }
    let back: Vec<Guest> = guests[..2].to_vec();
    rig.pass(limits::SEAT_HELD - SECOND, &[&back[0], &back[1]]);
    assert!(!rig.is_back(&back[0]));
    rig.pass(2 * SECOND, &[&back[0], &back[1]]);
    assert!(rig.is_back(&back[0]), "by now the others' seats would be free");
}

#[test]
fn without_the_relays_tag_a_room_is_nobodys() {
    let (mut rig, guests, copy) = room(3);
    rig.restart();
    let mut state = copy.state.clone();
    state.doors.name(SeatId(0), &[SeatId(1)]);
    for (state, tag) in [(state, tag(&copy.state)), (copy.state.clone(), Tag::default())] {
        let conn = rig.hello(Purpose::Resume(guests[1].ticket.clone(), copy.state.head));
        let checkpoint = Checkpoint { state, tag, last: ActionNo(0), group_ms: 0, here: SeatSet::default() };
        rig.say(conn, ToRelay::Checkpoint(Box::new(checkpoint)));
        assert_eq!(rig.refusal(conn), Some(Refusal::SeatGone));
    }
    assert_eq!(rig.relay.held().restoring, (0, 0));
}

#[test]
fn a_seat_that_was_given_to_another_since_restores_nothing() {
    let (mut rig, guests, _) = room(3);
    let removed = guests[2].clone();
    let before = copy_now(&rig);
    rig.append(guests[0].conn, 4, commit(&[], &[removed.seat]));
    let now = copy_now(&rig);
    rig.restart();
    // With the room as it is, the ticket gives no seat; with the room as it was, others know better.
    let mut late = removed.clone();
    rig.comes_back(&mut late, &now.state, SeatSet::default());
    assert_eq!(rig.refusal(late.conn), Some(Refusal::SeatGone));
    let mut late = removed;
    rig.comes_back(&mut late, &before.state, SeatSet::default());
    let mut others: Vec<Guest> = guests[..2].to_vec();
    let here = everybody(&others);
    others.iter_mut().for_each(|guest| rig.comes_back(guest, &now.state, here));
    assert!(others.iter().all(|guest| rig.is_back(guest)));
    assert_eq!(rig.refusal(late.conn), Some(Refusal::SeatGone));
}

/// The room as everybody knows it now. The log must be kept from its beginning.
fn copy_now(rig: &Rig) -> Copy {
    let now = rig.room_state();
    copy(rig, &RoomState::open(now.id, now.nameplate, SeatId(0)))
}

#[test]
fn an_early_room_of_one_gives_way_to_most_of_the_members() {
    let mut rig = Rig::new();
    rig.relay = Relay::with_secret([1; 32], SECRET, Time(0));
    let (host, nameplate) = rig.host();
    let alone = copy_now(&rig);
    let mut guests = vec![host.clone()];
    guests.extend((2..=5).map(|number| rig.join(&host, nameplate, number)));
    let now = copy_now(&rig);
    rig.restart();
    let mut eve = guests[0].clone();
    rig.comes_back(&mut eve, &alone.state, everybody(&[host]));
    assert!(rig.is_back(&eve), "by that checkpoint nobody else was ever in");
    let mut others: Vec<Guest> = guests[1..].to_vec();
    let here = everybody(&others);
    others.iter_mut().for_each(|guest| rig.comes_back(guest, &now.state, here));
    assert!(others.iter().all(|guest| rig.is_back(guest)));
    assert_eq!(rig.refusal(eve.conn), Some(Refusal::SeatGone));
    assert_eq!(rig.room_state().seats, now.state.seats);
}

#[test]
fn one_with_another_log_does_not_hold_up_the_others() {
    let (mut rig, guests, before) = room(4);
    rig.append(guests[3].conn, 1, Act::None);
    let longer = copy_now(&rig);
    rig.restart();
    let mut others: Vec<Guest> = guests[..3].to_vec();
    let here = everybody(&others);
    others.iter_mut().for_each(|guest| rig.comes_back(guest, &before.state, here));
    assert!(others.iter().all(|guest| rig.is_back(guest)));
    let mut late = guests[3].clone();
    rig.comes_back(&mut late, &longer.state, SeatSet::default());
    let alive: Vec<&Guest> = others.iter().collect();
    rig.pass(limits::RIVAL_TIME + SECOND, &alive);
    assert_eq!(rig.refusal(late.conn), Some(Refusal::SeatGone), "a stray, who knocks anew");
    assert!(others.iter().all(|guest| rig.refusal(guest.conn).is_none()));
}

#[test]
fn the_longest_log_counts_and_its_entries_are_fetched() {
    let (mut rig, mut guests, short) = room(4);
    rig.append(guests[1].conn, 1, Act::None);
    rig.append(guests[0].conn, 5, Act::FloorMute([SeatId(2)].into_iter().collect(), true));
    let long = copy_now(&rig);
    rig.restart();
    let here = everybody(&guests);
    for (number, guest) in guests.iter_mut().enumerate() {
        let state = if number == 3 { &long.state } else { &short.state };
        rig.comes_back(guest, state, here);
    }
    let asked = rig.taken(guests[3].conn);
    assert!(asked.contains(&ToMember::AskEntries(short.state.head.index)), "{asked:?}");
    for entry in &long.entries[short.entries.len()..] {
        rig.say(guests[3].conn, ToRelay::Entry(entry.clone()));
    }
    let told = rig.taken(guests[0].conn);
    let missed: Vec<&Entry> =
        told.iter().filter_map(|m| if let ToMember::Entry(entry, _) = m { Some(entry) } else { None }).collect();
    assert_eq!(missed[..2], [&long.entries[short.entries.len()], &long.entries[short.entries.len() + 1]]);
    assert!(rig.room_state().floor.is_muted(SeatId(2)));
}

#[test]
fn made_up_entries_are_found_out_and_another_is_asked() {
    let (mut rig, mut guests, short) = room(5);
    rig.append(guests[1].conn, 1, Act::None);
    let long = copy_now(&rig);
    rig.restart();
    let here = everybody(&guests);
    for (number, guest) in guests.iter_mut().enumerate() {
        rig.comes_back(guest, if number < 3 { &short.state } else { &long.state }, here);
    }
    let Some(honest) = long.entries.last() else { panic!("an entry") };
    let made_up = Entry { kind: EntryKind::Lapsed(SeatId(0)), ..honest.clone() };
    rig.say(guests[3].conn, ToRelay::Entry(made_up));
    assert!(rig.taken(guests[4].conn).contains(&ToMember::AskEntries(short.state.head.index)));
    rig.say(guests[4].conn, ToRelay::Entry(honest.clone()));
    assert!(guests.clone().iter().all(|guest| rig.is_back(guest)));
    assert_eq!(rig.room_state().doors.door(), Some(SeatId(0)), "the door has not lapsed");
}

#[test]
fn a_member_who_gives_no_entries_holds_up_nobody_for_long() {
    let (mut rig, mut guests, short) = room(3);
    rig.append(guests[1].conn, 1, Act::None);
    let long = copy_now(&rig);
    rig.restart();
    let here = everybody(&guests);
    for (number, guest) in guests.iter_mut().enumerate() {
        rig.comes_back(guest, if number == 2 { &long.state } else { &short.state }, here);
    }
    let all = guests.clone();
    rig.pass(20 * SECOND, &all.iter().collect::<Vec<_>>());
    assert_eq!(rig.refusal(guests[0].conn), Some(Refusal::SeatGone), "nobody can give what is missing");
}

#[test]
fn actions_are_neither_lost_nor_taken_twice() {
    let (mut rig, mut guests, _) = room(2);
    rig.append(guests[1].conn, 1, Act::None);
    rig.append(guests[1].conn, 2, Act::Lock(true));
    let copy = copy_now(&rig);
    rig.restart();
    let here = everybody(&guests);
    guests.iter_mut().for_each(|guest| rig.comes_back(guest, &copy.state, here));
    let told = rig.taken(guests[1].conn);
    let last = |m: &ToMember| matches!(m, ToMember::Resumed { last, .. } if *last == ActionNo(1));
    assert!(told.iter().any(last), "what was rejected is in no log, and the member told of it may say so: {told:?}");
    let head = rig.room_state().head.index;
    rig.epoch.0 = copy.state.epoch;
    rig.append(guests[1].conn, 1, Act::None);
    assert_eq!(rig.room_state().head.index, head, "again");
    rig.append(guests[1].conn, 2, Act::None);
    assert_eq!(rig.room_state().head.index, head.next());
}

#[test]
fn whoever_knocks_meanwhile_is_at_the_rooms_door_afterwards() {
    let (mut rig, mut guests, copy) = room(2);
    rig.restart();
    let plate = copy.state.nameplate;
    let other = Nameplate(if plate.0 == 4000 { 4001 } else { 4000 });
    let knocks = [plate, other].map(|plate| rig.hello(Purpose::Knock(plate, blob(b"knock"))));
    rig.pass(2 * SECOND, &[]);
    assert!(knocks.iter().all(|conn| rig.taken(*conn).is_empty()), "both wait alike");
    let here = everybody(&guests);
    guests.iter_mut().for_each(|guest| rig.comes_back(guest, &copy.state, here));
    let told = rig.taken(guests[0].conn);
    assert!(told.iter().any(|message| matches!(message, ToMember::Knock(..))), "{told:?}");
    rig.pass(limits::RESTORED_BY, &[]);
    let answered = rig.taken(knocks[1]);
    assert!(answered.contains(&ToMember::Attempt(Attempting::TurnedAway(knock::body(&Away::WrongWords)))));
}

#[test]
fn the_knocks_that_wait_have_a_bound() {
    let mut rig = Rig::new();
    rig.relay = Relay::with_secret([1; 32], SECRET, Time(0) + limits::RESTORED_BY);
    let busy = |rig: &mut Rig, plate| {
        let conn = rig.hello(Purpose::Knock(Nameplate(plate), blob(b"k")));
        rig.refusal(conn) == Some(Refusal::Busy)
    };
    let at_one = (0..100).filter(|_| !busy(&mut rig, 1000)).count();
    assert_eq!(at_one, limits::KNOCKS);
    let all = (1001..4000).filter(|plate| !busy(&mut rig, *plate)).count();
    assert_eq!(at_one + all, limits::RESTORE_KNOCKS);
    let odd = rig.hello(Purpose::Knock(Nameplate(7), blob(b"k")));
    assert_eq!(rig.refusal(odd), Some(Refusal::NoRoom));
}

#[test]
fn nobody_shows_a_room_without_being_asked() {
    let (mut rig, guests, copy) = room(2);
    let checkpoint = Checkpoint {
        state: copy.state.clone(),
        tag: tag(&copy.state),
        last: ActionNo(0),
        group_ms: 0,
        here: SeatSet::default(),
    };
    rig.say(guests[1].conn, ToRelay::Checkpoint(Box::new(checkpoint.clone())));
    assert_eq!(rig.refusal(guests[1].conn), Some(Refusal::Protocol));
    let stranger = rig.connect();
    rig.say(stranger, ToRelay::Checkpoint(Box::new(checkpoint)));
    assert_eq!(rig.refusal(stranger), Some(Refusal::Protocol));
}

#[test]
fn the_groups_clock_goes_on_and_no_single_member_turns_it() {
    let (mut rig, mut guests, copy) = room(3);
    rig.restart();
    let here = everybody(&guests);
    for (guest, ms) in guests.iter_mut().zip([500_000, u64::MAX, 510_000]) {
        guest.conn = rig.hello(Purpose::Resume(guest.ticket.clone(), copy.state.head));
        let state = copy.state.clone();
        let checkpoint = Checkpoint { tag: tag(&state), state, last: ActionNo(0), group_ms: ms, here };
        rig.say(guest.conn, ToRelay::Checkpoint(Box::new(checkpoint)));
    }
    assert_eq!(rig.room_state().at_ms, 510_000);
}

#[test]
fn rooms_of_the_same_number_are_told_apart() {
    let (mut rig, guests, copy) = room(2);
    rig.restart();
    let mut other = copy.state;
    other.id = RoomId([9; 8]);
    let conn = rig.hello(Purpose::Resume(guests[1].ticket.clone(), other.head));
    let checkpoint =
        Checkpoint { tag: tag(&other), state: other, last: ActionNo(0), group_ms: 0, here: SeatSet::default() };
    rig.say(conn, ToRelay::Checkpoint(Box::new(checkpoint)));
    assert_eq!(rig.refusal(conn), Some(Refusal::SeatGone), "the ticket is for another");
}

#[test]
fn a_relay_that_drains_tells_everybody_and_takes_nobody() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.relay.drain(Refusal::Restarting, rig.now);
    rig.drain();
    assert_eq!(rig.refusal(host.conn), Some(Refusal::Restarting));
    assert_eq!(rig.refusal(ana.conn), Some(Refusal::Restarting));
    let conn = rig.connect();
    assert_eq!(rig.refusal(conn), Some(Refusal::Unavailable));
}
