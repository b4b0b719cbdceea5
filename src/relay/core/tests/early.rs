//! What comes before the end of a handshake may be an old packet that is shown again.

use super::*;

fn greeting(rig: &Rig, ticket: &Ticket, have: u64) -> Hello {
    Hello { version: wire::VERSION, purpose: Purpose::Resume(ticket.clone(), rig.place(Index(have))) }
}

impl Rig {
    fn early(&mut self, hello: &Hello) -> ConnId {
        let conn = self.connect();
        self.relay.handle_early(conn, hello, self.now);
        self.drain();
        conn
    }

    fn talks(&mut self, talker: &Guest, number: u16) {
        self.relay.handle_datagram(talker.conn, &frame(talker.seat, number, 4), self.now);
        self.drain();
    }

    fn has_heard(&self, conn: ConnId) -> usize {
        self.heard.get(&conn).map_or(0, Vec::len)
    }
}

#[test]
fn a_replayed_greeting_takes_nothing_from_a_live_line() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let kept = greeting(&rig, &ana.ticket, 0);
    rig.taken(host.conn);
    for _ in 0..100 {
        let replayed = rig.early(&kept);
        assert_eq!(rig.told.get(&replayed), None, "nothing is said to it");
        rig.relay.handle_closed(replayed, rig.now);
    }
    assert!(!rig.closed.contains(&ana.conn) && rig.refusal(ana.conn).is_none());
    rig.talks(&host, 1);
    assert_eq!(rig.has_heard(ana.conn), 1);
    rig.append(ana.conn, 1, Act::None);
    assert_eq!(rig.entries(host.conn).len(), 1, "her line has the seat");
    assert!(rig.taken(host.conn).iter().all(|message| !matches!(message, ToMember::Presence(_))));
}

#[test]
fn a_replayed_greeting_on_a_silent_line_gives_no_seat() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::AWAY_AFTER + TICK * 2, &[&host]);
    rig.taken(host.conn);
    let kept = greeting(&rig, &ana.ticket, 2);
    let replayed = rig.early(&kept);
    let more = rig.early(&kept);
    assert_eq!(rig.told.get(&more), None, "one at a time");
    assert!(rig.taken(replayed).iter().any(|message| matches!(message, ToMember::Resumed { .. })));
    // Nothing that it says counts: before the end of the handshake none of it reaches the core, and even then it is no member.
    rig.relay.handle_heard(replayed, rig.now);
    rig.talks(&Guest { conn: replayed, ..ana.clone() }, 1);
    assert_eq!(rig.has_heard(host.conn), 0);
    assert!(rig.taken(host.conn).is_empty(), "she is still away for the others");
    assert!(rig.refusal(ana.conn).is_none());
    // Her own line comes back, and everything is hers again.
    rig.relay.handle_heard(ana.conn, rig.now);
    rig.drain();
    assert!(rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Here)])));
    rig.talks(&host, 1);
    assert_eq!((rig.has_heard(ana.conn), rig.has_heard(replayed)), (1, 0));
    rig.append(ana.conn, 1, Act::None);
    assert_eq!(rig.entries(ana.conn).len(), 1);
    // One that never finishes its handshake is not kept.
    rig.pass(limits::HELLO_TIME + TICK * 2, &[&host, &ana]);
    assert_eq!(rig.refusal(replayed), Some(Refusal::Protocol));
}

#[test]
fn a_returning_member_hears_early_and_sits_after_the_handshake() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::EARLY_AFTER, &[&host]);
    let hello = greeting(&rig, &ana.ticket, 2);
    let back = rig.early(&hello);
    rig.talks(&host, 1);
    assert_eq!(rig.has_heard(back), 1);
    rig.append(host.conn, 3, Act::None);
    let told = |messages: Vec<ToMember>| {
        let is = |what: fn(&ToMember) -> bool| messages.iter().filter(|message| what(message)).count();
        (is(|m| matches!(m, ToMember::Resumed { .. })), is(|m| matches!(m, ToMember::Entry(..))))
    };
    rig.say(back, ToRelay::Hello(hello));
    assert_eq!(rig.refusal(ana.conn), Some(Refusal::Replaced));
    rig.append(host.conn, 4, Act::None);
    assert_eq!(told(rig.taken(back)), (1, 2), "each thing once");
    rig.append(back, 1, Act::None);
    assert_eq!(rig.entries(host.conn).len(), 3);
}

#[test]
fn a_line_that_revives_during_the_handshake_loses_no_entry() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::EARLY_AFTER, &[&host]);
    let hello = greeting(&rig, &ana.ticket, 2);
    let back = rig.early(&hello);
    rig.taken(back);
    // A late packet arrives, and the log goes on. The new line is told of that when it has the seat.
    rig.relay.handle_heard(ana.conn, rig.now);
    rig.append(host.conn, 3, Act::None);
    assert!(rig.entries(back).is_empty());
    rig.say(back, ToRelay::Hello(hello));
    let told = rig.taken(back);
    assert!(told.iter().any(|message| matches!(message, ToMember::Resumed { head: Index(3), .. })), "{told:?}");
    assert!(told.iter().any(|message| matches!(message, ToMember::Entry(entry, _) if entry.index == Index(3))));
    rig.talks(&host, 1);
    assert_eq!(rig.has_heard(back), 1);
}

#[test]
fn only_the_request_for_a_seat_is_heeded_early() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    rig.pass(limits::AWAY_AFTER + TICK * 2, &[&host]);
    rig.taken(host.conn);
    let other = Hello { version: wire::VERSION + 1, ..greeting(&rig, &ana.ticket, 2) };
    let knock = Hello { version: wire::VERSION, purpose: Purpose::Knock(nameplate, blob(b"k")) };
    let open = Hello { version: wire::VERSION, purpose: Purpose::Host };
    for hello in [other, knock, open, greeting(&rig, &Ticket([9; Ticket::LEN]), 2), greeting(&rig, &ana.ticket, 999)] {
        let conn = rig.early(&hello);
        assert_eq!(rig.told.get(&conn), None, "{hello:?}");
    }
    assert!(rig.taken(host.conn).is_empty());
}
