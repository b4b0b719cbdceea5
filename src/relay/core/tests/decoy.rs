//! Decoys: their bounds, and what becomes of joiners who wait at one.

use curve25519_dalek::constants::{ED25519_BASEPOINT_COMPRESSED, EIGHT_TORSION};

use super::*;
use crate::wire::knock::{ToDoor, ToJoiner};

const EMPTY: Nameplate = Nameplate(4821);
const SECOND: Duration = Duration::from_secs(1);

fn one() -> Blob {
    let mut message = vec![b'S'];
    message.extend(ED25519_BASEPOINT_COMPRESSED.as_bytes());
    knock::body(&ToDoor::Spake { attempt: [7; 16], message })
}

fn three() -> ToRelay {
    ToRelay::Knock(knock::body(&ToDoor::Confirm { confirmation: [7; 32], sealed: vec![7; 150] }))
}

fn away(why: Away) -> ToMember {
    ToMember::Attempt(Attempting::TurnedAway(knock::body(&why)))
}

impl Rig {
    /// Lets time pass, and does everything in the microsecond in which it is due.
    fn wait(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(due) = self.relay.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.relay.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    /// Decoys, and flights on their lines.
    fn decoys(&self) -> (usize, usize) {
        let held = self.relay.held();
        (held.decoys, held.flights)
    }

    fn knocks(&mut self, nameplate: Nameplate) -> ConnId {
        self.hello(Purpose::Knock(nameplate, one()))
    }

    /// Tries words, and is turned away.
    fn tries(&mut self, nameplate: Nameplate) {
        let conn = self.knocks(nameplate);
        let until = self.now + limits::GUESS_PAUSE + SECOND;
        while self.told[&conn].len() < 2 && self.now < until {
            self.wait(TICK / 10);
        }
        assert!(matches!(self.taken(conn).as_slice(), [ToMember::Attempt(Attempting::AtDoor), ToMember::Answer(_)]));
        self.say(conn, three());
        self.wait(SECOND);
        assert_eq!(self.taken(conn), [away(Away::WrongWords)]);
        assert!(self.closed.contains(&conn));
    }
}

#[test]
fn a_decoy_answers_with_a_fresh_point_of_prime_order() {
    let mut rig = Rig::new();
    let mut seen = std::collections::BTreeSet::new();
    for room in 0..20 {
        let conn = rig.knocks(Nameplate(2000 + room));
        rig.wait(SECOND);
        let told = rig.taken(conn);
        let Some(ToMember::Answer(body)) = told.last() else { panic!("{told:?}") };
        let Some(ToJoiner::Spake { message }) = knock::read(body.bytes()) else { panic!("not the second flight") };
        let bytes: [u8; 32] = message[1..].try_into().expect("33 bytes");
        let point = curve25519_dalek::edwards::CompressedEdwardsY(bytes).decompress().expect("on the curve");
        assert!(message[0] == b'S' && point.is_torsion_free() && !point.is_small_order());
        seen.insert(bytes);
    }
    assert_eq!(seen.len(), 20);
}

#[test]
fn a_decoy_calls_all_words_wrong_and_falls_silent_after_five() {
    let mut rig = Rig::new();
    for _ in 0..limits::FREE_GUESSES {
        rig.tries(EMPTY);
    }
    let held = rig.knocks(EMPTY);
    rig.wait(limits::KNOCK_TIME - SECOND);
    assert_eq!(rig.taken(held), [ToMember::Attempt(Attempting::AtDoor)]);
    rig.wait(SECOND * 2);
    assert_eq!(rig.refusal(held), Some(Refusal::Busy));
    let waits = rig.knocks(Nameplate(EMPTY.0 + 1));
    rig.wait(SECOND);
    assert_eq!(rig.taken(waits).len(), 2, "another number is another door");
}

#[test]
fn a_decoy_forgets_after_an_hour_and_cuts_nobody() {
    let mut rig = Rig::new();
    for _ in 0..limits::FREE_GUESSES {
        rig.tries(EMPTY);
    }
    rig.wait(limits::DECOY_HELD - SECOND * 10);
    let held = rig.knocks(EMPTY);
    rig.wait(SECOND * 10);
    assert_eq!(rig.taken(held), [ToMember::Attempt(Attempting::AtDoor)]);
    assert!(!rig.closed.contains(&held));
    rig.wait(limits::KNOCK_TIME);
    assert_eq!(rig.refusal(held), Some(Refusal::Busy), "as at any door");
    rig.wait(SECOND);
    assert_eq!(rig.decoys(), (0, 0));
    rig.tries(EMPTY);
}

#[test]
fn a_group_comes_and_goes_without_a_sign_to_knockers() {
    let mut rig = Rig::new();
    let waiting: BTreeMap<_, _> =
        (Nameplate::MIN..=Nameplate::MAX).map(|plate| (Nameplate(plate), rig.knocks(Nameplate(plate)))).collect();
    let (host, nameplate) = rig.host();
    assert_eq!(rig.closed, [], "no joiner who waits is cut where a room opens");
    rig.wait(SECOND);
    let told = rig.taken(waiting[&nameplate]);
    assert!(matches!(told.as_slice(), [ToMember::Attempt(Attempting::AtDoor), ToMember::Answer(_)]), "{told:?}");
    let again = rig.knocks(nameplate);
    assert_eq!(rig.attempt(host.conn).0, 9001, "the room's door is to answer from now on");
    // One has shown the words, another hasn't.
    let known = rig.knocks(nameplate);
    let attempt = rig.attempt(host.conn);
    rig.say(host.conn, ToRelay::Answer(attempt, blob(b"two")));
    rig.say(known, three());
    rig.say(host.conn, ToRelay::Answer(attempt, blob(b"four")));
    rig.append(host.conn, 2, Act::Close);
    assert_eq!(rig.refusal(known), Some(Refusal::Closed));
    assert!(rig.closed.contains(&again) && rig.refusal(again).is_none(), "as where a door passes to somebody else");
    rig.wait(SECOND);
    assert!(!rig.closed.contains(&waiting[&nameplate]));
}

#[test]
fn a_room_is_given_a_number_at_which_nobody_has_knocked() {
    let mut rig = Rig::new();
    let unknown = Nameplate::MAX - 300;
    (Nameplate::MIN..unknown).for_each(|plate| drop_told(rig.knocks(Nameplate(plate))));
    for _ in 0..5 {
        assert!(rig.host().1.0 >= unknown);
    }
}

fn drop_told(_: ConnId) {}

#[test]
fn a_decoys_door_is_away_at_times_as_a_groups_is() {
    let mut rig = Rig::new();
    let waiting: Vec<_> = (Nameplate::MIN..=Nameplate::MAX).map(|plate| rig.knocks(Nameplate(plate))).collect();
    rig.wait(SECOND * 2);
    let silent: Vec<_> = waiting.iter().filter(|conn| rig.told[conn].len() == 1).copied().collect();
    assert!((180..400).contains(&silent.len()), "{} of 9000", silent.len());
    rig.wait(limits::ROOM_HELD);
    let answered = silent.iter().filter(|conn| rig.told[conn].len() > 1).count();
    let sent_off = silent.iter().filter(|conn| rig.closed.contains(conn) && rig.told[conn].len() == 1).count();
    println!("{} silent, {answered} answered later, {sent_off} to knock anew", silent.len());
    assert!(answered > silent.len() / 3 && sent_off > silent.len() / 3);
    assert_eq!(answered + sent_off, silent.len());
}

#[test]
fn there_are_as_many_decoys_as_codes_and_no_more() {
    let mut rig = Rig::new();
    for plate in 0..=u16::MAX {
        let conn = rig.knocks(Nameplate(plate));
        let is_one = (Nameplate::MIN..=Nameplate::MAX).contains(&plate);
        assert_eq!(rig.refusal(conn), (!is_one).then_some(Refusal::NoRoom), "{plate}");
    }
    assert_eq!(rig.decoys(), (limits::DECOYS, limits::DECOYS));
    // In two steps, because an hour with so many decoys takes long to run.
    for (span, held) in [(limits::KNOCK_TIME, limits::DECOYS), (limits::DECOY_HELD, 0)] {
        rig.now = rig.now + span;
        rig.relay.handle_timeout(rig.now);
        assert_eq!(rig.decoys(), (held, 0));
    }
    rig.drain();
    assert_eq!(rig.decoys(), (0, 0));
}

#[test]
fn a_decoy_has_the_bounds_of_a_door() {
    let mut rig = Rig::new();
    let large = |limit: usize| Blob::new(vec![0; limit + 1]).expect("fits a blob");
    let conn = rig.hello(Purpose::Knock(EMPTY, large(limits::KNOCK_FIRST)));
    assert_eq!(rig.refusal(conn), Some(Refusal::Protocol));
    let knocking: Vec<_> = (0..limits::KNOCKS).map(|_| rig.knocks(EMPTY)).collect();
    let one_more = rig.knocks(EMPTY);
    assert_eq!(rig.refusal(one_more), Some(Refusal::Busy));
    rig.say(knocking[1], three());
    assert_eq!(rig.refusal(knocking[1]), Some(Refusal::Protocol), "too early");
    rig.wait(SECOND);
    for _ in 1..limits::KNOCK_FLIGHTS {
        rig.say(knocking[0], three());
    }
    assert_eq!(rig.refusal(knocking[0]), None);
    rig.say(knocking[0], three());
    assert_eq!(rig.refusal(knocking[0]), Some(Refusal::Protocol), "too many");
    rig.wait(limits::GUESS_PAUSE + SECOND);
    rig.say(knocking[2], ToRelay::Knock(large(limits::KNOCK_FLIGHT)));
    assert_eq!(rig.refusal(knocking[2]), Some(Refusal::Protocol));
    for conn in knocking {
        rig.relay.handle_closed(conn, rig.now);
    }
    rig.wait(SECOND);
    let refused = (0..limits::DOOR_KNOCKS + 8).filter(|_| {
        let conn = rig.knocks(EMPTY);
        rig.relay.handle_closed(conn, rig.now);
        rig.refusal(conn) == Some(Refusal::Busy)
    });
    assert!(refused.count() >= 8, "no door is shown more at once");
}

#[test]
fn a_decoys_line_stays_short_however_many_come_and_go() {
    let mut rig = Rig::new();
    let most = 2 * limits::DOOR_KNOCKS as usize + limits::KNOCK_FLIGHTS;
    for n in 0..20_000 {
        let conn = rig.knocks(EMPTY);
        rig.wait(Duration::from_micros(n * 37 % 90_000));
        rig.relay.handle_closed(conn, rig.now);
        rig.drain();
        assert!(rig.relay.held().flights <= most);
    }
}

#[test]
fn a_decoy_turns_bad_flights_away_and_counts_only_words() {
    let mut rig = Rig::new();
    for n in 0..3 * limits::FREE_GUESSES {
        let conn = rig.hello(Purpose::Knock(EMPTY, blob(&n.to_be_bytes())));
        rig.wait(SECOND);
        assert_eq!(rig.taken(conn), [ToMember::Attempt(Attempting::AtDoor), away(Away::WrongWords)]);
    }
    let mut bad: Vec<Vec<u8>> = EIGHT_TORSION.iter().map(|point| point.compress().to_bytes().to_vec()).collect();
    bad.truncate(2);
    bad.extend([vec![0xff; 32], vec![7; 31], vec![]]);
    for point in bad {
        let message = [&b"S"[..], &point].concat();
        let conn = rig.hello(Purpose::Knock(EMPTY, knock::body(&ToDoor::Spake { attempt: [1; 16], message })));
        rig.wait(limits::GUESS_PAUSE + SECOND);
        assert_eq!(rig.taken(conn), [ToMember::Attempt(Attempting::AtDoor), away(Away::WrongWords)]);
    }
    let held = rig.knocks(EMPTY);
    rig.wait(limits::GUESS_PAUSE + SECOND);
    assert_eq!(rig.taken(held).len(), 1);
}

#[test]
fn a_stalled_joiner_makes_room_for_the_next() {
    let mut rig = Rig::new();
    let (slow, next) = (rig.knocks(EMPTY), rig.knocks(EMPTY));
    rig.wait(limits::KNOCK_STALLS - SECOND);
    assert_eq!((rig.taken(slow).len(), rig.taken(next).len()), (2, 1));
    rig.wait(SECOND * 2);
    assert_eq!(rig.taken(slow), [away(Away::NotNow)]);
    assert!(matches!(rig.taken(next).as_slice(), [ToMember::Answer(_)]));
}
