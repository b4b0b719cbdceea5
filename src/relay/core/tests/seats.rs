//! Seats: held through a break, passed on, and given up.

use super::*;

#[test]
fn a_silent_line_is_away_and_keeps_its_seat_for_ninety_seconds() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.taken(host.conn);
    rig.pass(limits::AWAY_AFTER + TICK * 2, &[&host]);
    assert!(rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Away)])));
    rig.pass(limits::SEAT_HELD - Duration::from_secs(2), &[&host]);
    assert!(rig.entries(host.conn).is_empty(), "still held");
    let back = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(Index(2))));
    assert!(rig.taken(back).iter().any(|message| matches!(message, ToMember::Resumed { .. })));
    assert!(rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Here)])));
    rig.pass(limits::AWAY_AFTER + limits::SEAT_HELD + TICK * 4, &[&host]);
    let gone = rig.entries(host.conn).pop().expect("an entry");
    assert_eq!(gone.kind, EntryKind::Gone(ana.seat, Gone::Lost));
    let late = rig.hello(Purpose::Resume(ana.ticket, rig.place(Index(2))));
    assert_eq!(rig.refusal(late), Some(Refusal::SeatGone));
}

#[test]
fn a_poor_line_may_be_silent_for_twice_as_long() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.relay.handle_datagram(ana.conn, &pulse(60, 24), rig.now);
    rig.pass(limits::AWAY_AFTER + TICK * 2, &[&host]);
    rig.relay.handle_datagram(host.conn, &frame(host.seat, 1, 4), rig.now);
    rig.drain();
    assert_eq!(rig.voices(ana.conn), 1, "what it can hear by now is sent to it");
    rig.taken(host.conn);
    rig.pass(limits::AWAY_AFTER, &[&host]);
    assert!(rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Away)])));
}

#[test]
fn a_flight_that_crosses_its_admission_is_passed_over() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.taken(host.conn);
    rig.say(ana.conn, ToRelay::Knock(blob(b"I agree")));
    assert_eq!(rig.refusal(ana.conn), None);
    assert!(rig.taken(host.conn).is_empty(), "it is past the door");
    rig.append(ana.conn, 1, Act::None);
    assert_eq!(rig.entries(host.conn).len(), 1);
}

#[test]
fn a_seat_has_one_connection_and_the_newest_has_it() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let again = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(Index(2))));
    assert_eq!(rig.refusal(ana.conn), Some(Refusal::Replaced));
    rig.relay.handle_closed(ana.conn, rig.now);
    rig.drain();
    assert!(!rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Away)])));
    rig.append(again, 1, Act::None);
    assert_eq!(rig.entries(host.conn).len(), 1);
    let ahead = rig.hello(Purpose::Resume(ana.ticket, rig.place(Index(999))));
    assert_eq!(rig.refusal(ahead), Some(Refusal::SeatGone), "a log that has not been yet");
    let forged = rig.hello(Purpose::Resume(Ticket([9; Ticket::LEN]), rig.place(Index(0))));
    assert_eq!(rig.refusal(forged), Some(Refusal::SeatGone));
}

#[test]
fn a_deserted_room_waits_ten_minutes_for_anybody() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::ROOM_HELD - Duration::from_secs(10), &[]);
    let back = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(Index(2))));
    assert!(rig.taken(back).iter().any(|message| matches!(message, ToMember::Resumed { .. })));
    let ana = Guest { conn: back, ..ana };
    rig.pass(limits::SEAT_HELD - Duration::from_secs(5), &[&ana]);
    let kinds: Vec<_> = rig.entries(back).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [EntryKind::Lapsed(host.seat)], "the host has the full time again to come back");
    rig.pass(Duration::from_secs(10), &[&ana]);
    assert_eq!(rig.entries(back).pop().map(|entry| entry.kind), Some(EntryKind::Gone(host.seat, Gone::Lost)));
    rig.pass(limits::ROOM_HELD + limits::AWAY_AFTER + TICK * 4, &[]);
    let late = rig.hello(Purpose::Resume(ana.ticket, rig.place(Index(3))));
    assert_eq!(rig.taken(late), [ToMember::AskCheckpoint], "she and the others could bring it back");
    let lost = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    rig.pass(Duration::from_secs(1), &[]);
    assert!(rig.taken(lost).contains(&ToMember::Attempt(Attempting::TurnedAway(knock::body(&Away::WrongWords)))));
}

#[test]
fn the_door_passes_to_the_longest_member_and_joiners_knock_anew() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    let waiting = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    rig.say(host.conn, ToRelay::Leave);
    assert!(rig.closed.contains(&waiting) && rig.refusal(waiting).is_none());
    rig.hello(Purpose::Knock(nameplate, blob(b"again")));
    rig.attempt(ana.conn);
    rig.append(ana.conn, 1, commit(&[], &[bo.seat]));
    assert_eq!(rig.refusal(bo.conn), Some(Refusal::Removed));
}

#[test]
fn a_joiner_who_gets_no_welcome_loses_the_seat() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let conn = rig.hello(Purpose::Knock(nameplate, blob(b"k")));
    let attempt = rig.attempt(host.conn);
    rig.append(host.conn, 2, commit(&[(attempt, SeatId(1))], &[]));
    rig.append(conn, 1, Act::None);
    assert_eq!(rig.refusal(conn), Some(Refusal::Protocol), "no action before the welcome");
    rig.pass(limits::WELCOME_TIME + TICK * 2, &[&host]);
    let kinds: Vec<_> = rig.entries(host.conn).into_iter().map(|entry| entry.kind).collect();
    assert!(kinds.iter().any(|kind| matches!(kind, EntryKind::Gone(_, Gone::NeverCame))), "{kinds:?}");
}
