//! A member who says much more than people do: what it costs the others, who are neither cut off nor kept from coming back.

use super::*;

/// Three members: the host, Ana, and Eve who means ill; and the log's newest entry that all have.
fn three() -> (Rig, Guest, Guest, Guest, Index) {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let eve = rig.join(&host, nameplate, 3);
    let last = rig.epoch.1;
    [&host, &ana, &eve].into_iter().for_each(|guest| drop(rig.taken(guest.conn)));
    (rig, host, ana, eve, last)
}

impl Rig {
    fn shout(&mut self, by: &Guest, number: u64, bytes: usize) {
        let body = Blob::new(vec![7; bytes]).expect("fits");
        self.say(by.conn, ToRelay::Append { number: ActionNo(number), epoch: self.epoch.0, act: Act::None, body });
    }

    fn told_bytes(&mut self, conn: ConnId) -> usize {
        self.taken(conn).iter().map(|message| wire::encode(message).expect("fits").len() + 64).sum()
    }
}

#[test]
fn a_body_longer_than_an_action_needs_ends_its_authors_line() {
    for bytes in [limits::ACTION_BODY + 1, limits::BLOB] {
        let (mut rig, host, _, eve, _) = three();
        rig.shout(&eve, 1, limits::ACTION_BODY);
        assert_eq!(rig.entries(host.conn).len(), 1);
        rig.shout(&eve, 2, bytes);
        assert_eq!(rig.refusal(eve.conn), Some(Refusal::Protocol));
        assert_eq!(rig.entries(host.conn).len(), 0);
    }
    let (mut rig, host, ..) = three();
    rig.say(host.conn, ToRelay::Answer(Attempt(1), blob(&[7; limits::KNOCK_FLIGHT + 1])));
    assert_eq!(rig.refusal(host.conn), Some(Refusal::Protocol));
}

#[test]
fn one_member_can_not_cut_the_others_off_for_good() {
    let (mut rig, host, ana, eve, last) = three();
    let mut told = [0, 0];
    // As much as the relay takes, for as long as a seat is held.
    let mut number = 0;
    for _ in 0..limits::SEAT_HELD.as_secs() - 5 {
        rig.now = rig.now + Duration::from_secs(1);
        for _ in 0..if number == 0 { 290 } else { 10 } {
            number += 1;
            rig.shout(&eve, number, limits::ACTION_BODY);
        }
        rig.relay.handle_heard(host.conn, rig.now);
        rig.relay.handle_heard(ana.conn, rig.now);
        rig.relay.handle_timeout(rig.now);
        rig.drain();
        told[0] += rig.told_bytes(host.conn);
        told[1] += rig.told_bytes(ana.conn);
    }
    assert!(told.iter().all(|told| *told < limits::OUTBOX / 4), "{told:?} fit an outbox that nobody empties");
    assert!(rig.taken(eve.conn).iter().any(|message| matches!(message, ToMember::Rejected(_))));
    for guest in [&host, &ana] {
        let back = rig.hello(Purpose::Resume(guest.ticket.clone(), rig.place(last)));
        assert!(matches!(rig.taken(back).first(), Some(ToMember::Resumed { .. })));
    }
}

#[test]
fn a_full_queue_slows_who_says_most_and_nobody_else() {
    let (mut rig, host, ana, eve, _) = three();
    let mut number = 0;
    let mut shouts = |rig: &mut Rig, times: u64| {
        let before = number;
        while number < before + times {
            number += 1;
            rig.shout(&eve, number, 4000);
        }
        rig.taken(eve.conn).iter().filter(|message| matches!(message, ToMember::Entry(..))).count()
    };
    assert_eq!(shouts(&mut rig, 12), 12);
    rig.relay.handle_backlog(ana.conn, true, rig.now);
    assert_eq!(shouts(&mut rig, 12), 0, "she has had her share");
    rig.taken(host.conn);
    rig.shout(&ana, 1, 500);
    rig.append(host.conn, 4, Act::FloorMute([eve.seat].into_iter().collect(), true));
    assert_eq!(rig.entries(host.conn).len(), 2, "the others are heard, and the door can act");
    rig.relay.handle_backlog(ana.conn, false, rig.now);
    assert!(shouts(&mut rig, 2) > 0);
}

#[test]
fn the_log_given_again_and_again_has_a_budget() {
    let (mut rig, host, ana, eve, last) = three();
    (1..=30).for_each(|number| rig.shout(&eve, number, 10));
    let mut given = 0;
    let mut refused = 0;
    for _ in 0..2000 {
        let back = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(last)));
        let told = rig.taken(back);
        given += told.iter().filter(|message| matches!(message, ToMember::Entry(..))).count();
        refused += usize::from(told.contains(&ToMember::Refused(Refusal::Busy)));
    }
    assert!(given <= limits::ENTRIES_AGAIN.burst as usize && refused > 0, "{given} given, {refused} refused");
    rig.now = rig.now + Duration::from_secs(1);
    let back = rig.hello(Purpose::Resume(ana.ticket, rig.place(last)));
    assert!(matches!(rig.taken(back).first(), Some(ToMember::Resumed { .. })));
    assert!(rig.hello(Purpose::Resume(host.ticket, rig.place(last))).0 > 0);
}

#[test]
fn all_logs_together_have_a_bound() {
    let mut rig = Rig::new();
    let (host, _) = rig.host();
    let body = Blob::new(vec![7; limits::BLOB]).expect("fits");
    for n in 2..12 {
        let (number, epoch) = (ActionNo(n), Epoch(n as u32 - 2));
        rig.say(host.conn, ToRelay::Append { number, epoch, act: commit(&[], &[]), body: body.clone() });
    }
    assert!(rig.relay.held().logs > 10 * limits::BLOB);
    for _ in 1..limits::ROOMS {
        rig.hello(Purpose::Host);
    }
    rig.pass(TICK, &[&host]);
    let logs = rig.relay.held().logs;
    assert!(logs < 7 * limits::BLOB, "{logs}");
    let taken = (12..40).filter(|n| {
        let (number, epoch) = (ActionNo(*n), rig.epoch.0);
        rig.say(host.conn, ToRelay::Append { number, epoch, act: commit(&[], &[]), body: body.clone() });
        rig.entries(host.conn).len() == 1
    });
    assert!(taken.count() < 2, "changes of keys have a budget too");
}

#[test]
fn there_are_only_so_many_rooms() {
    let mut rig = Rig::new();
    for _ in 0..limits::ROOMS {
        rig.hello(Purpose::Host);
    }
    let conn = rig.hello(Purpose::Host);
    assert_eq!(rig.refusal(conn), Some(Refusal::Unavailable));
}
