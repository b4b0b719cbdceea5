//! What a relay learns that keeps every byte, and what it can do that doesn't keep to its part.

use std::time::Duration;

use ingle::crypto::code::Code;
use ingle::ids::Time;
use ingle::member::Start;
use ingle::session::{Charter, Ended, Happening, Intent, Phase, Trouble, Whom};
use ingle::wire::{Act, Blob, EntryKind, ToMember};

use crate::hall::{Hall, KEY};

const NAMES: [&str; 6] = ["Halvard", "Annemarie", "Bogdana", "Cynthia", "Deepika", "Eleanor"];
const CHAT: &str = "my sister does not know that I am here";

/// A packet of speech as no random bytes would be.
fn packet(at: usize) -> Vec<u8> {
    let mut packet = b"\x98spoken words of packet ".to_vec();
    packet.extend(format!("{at:04}").bytes().cycle().take(80));
    packet
}

/// Six people, the host among them.
fn six() -> (Hall, Code) {
    let mut hall = Hall::new();
    hall.come(
        1,
        NAMES[0],
        Start::Host { title: "Lighthouse evening".into(), open_door: true, charter: Charter::default() },
        KEY,
    );
    let code = hall.code();
    for (guest, name) in (2..).zip(&NAMES[1..]) {
        hall.come(guest, name, Start::Join(code.clone()), KEY);
        assert_eq!(*hall.phase(guest), Phase::In);
    }
    (hall, code)
}

fn everybody_agrees(hall: &Hall, guests: &[u64]) {
    let first = &hall.guests[&guests[0]];
    for guest in guests {
        let member = &hall.guests[guest];
        assert_eq!(*hall.phase(*guest), Phase::In);
        assert_eq!((member.room().state.hash(), member.epoch()), (first.room().state.hash(), first.epoch()), "{guest}");
    }
}

#[test]
fn a_relay_that_keeps_every_byte_finds_nothing_of_an_evening_of_six() {
    let (mut hall, code) = six();
    let packets: Vec<_> = (0..50).map(packet).collect();
    hall.say(3, &packets);
    for guest in [1, 2, 4, 5, 6] {
        let heard = hall.heard(guest);
        assert_eq!(
            heard.iter().map(|heard| heard.packet.clone()).collect::<Vec<_>>(),
            packets,
            "all arrived at {guest}"
        );
    }
    hall.wish(4, Intent::Chat(CHAT.into()));
    hall.wish(5, Intent::Hand(true));
    hall.wish(2, Intent::Chat("yes, I agree to that".into()));
    let (cynthia, eleanor) = (hall.seat(4), hall.seat(6));
    hall.wish(1, Intent::FloorMute(Whom::One(cynthia), true));
    hall.wish(1, Intent::Remove(eleanor));
    assert_eq!(*hall.phase(6), Phase::Over(Ended::Removed));
    hall.say(2, &packets[..10]);
    everybody_agrees(&hall, &[1, 2, 3, 4, 5]);
    assert_eq!(hall.guests[&3].room().chat.len(), 2);

    let words = code.spoken();
    let secrets = NAMES.iter().copied().chain(words.split('-').skip(1)).chain(CHAT.split(' ').filter(|w| w.len() > 3));
    for secret in secrets.chain(["Lighthouse", "agree", "spoken words"]) {
        assert!(!hall.has_seen(secret), "the relay saw {secret:?}");
    }
    // Not even pieces of a packet: four bytes in a row may meet by chance, eight don't.
    for packet in &packets {
        for piece in packet.chunks_exact(8) {
            assert!(!hall.seen.windows(8).any(|window| window == piece));
        }
    }
}

#[test]
fn equal_things_said_do_not_look_equal_to_the_relay() {
    let (mut hall, _) = six();
    hall.seen.clear();
    hall.wish(2, Intent::Chat("yes".into()));
    let yes = std::mem::take(&mut hall.seen);
    hall.wish(2, Intent::Chat("no, not at all".into()));
    let no = std::mem::take(&mut hall.seen);
    hall.wish(3, Intent::Hand(true));
    let hand = std::mem::take(&mut hall.seen);
    assert_eq!((yes.len(), yes.len()), (no.len(), hand.len()), "a short line, a longer one and a hand have one length");
}

/// What becomes of the group if the relay changes one kind of message to one guest.
fn with_meddling(meddle: impl FnMut(u64, &mut ToMember) -> bool + 'static, act: impl FnOnce(&mut Hall)) -> Hall {
    let (mut hall, _) = six();
    hall.meddling = Some(Box::new(meddle));
    act(&mut hall);
    hall
}

fn action(message: &mut ToMember) -> Option<(&mut Act, &mut Blob)> {
    match message {
        ToMember::Entry(entry) => match &mut entry.kind {
            EntryKind::Action { act, body, .. } => Some((act, body)),
            EntryKind::Gone(..) | EntryKind::Lapsed(_) => None,
        },
        _ => None,
    }
}

#[test]
fn a_body_that_was_changed_on_the_way_says_nothing_and_is_noticed() {
    let mut hall = with_meddling(
        |guest, message| {
            if let Some((_, body)) = action(message).filter(|_| guest == 3) {
                let mut bytes = body.bytes().to_vec();
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
                *body = Blob::new(bytes).expect("as long as before");
            }
            true
        },
        |hall| hall.wish(2, Intent::Chat(CHAT.into())),
    );
    assert!(hall.guests[&3].room().chat.is_empty());
    assert!(hall.told(3).contains(&Happening::Trouble(Trouble::Diverged)));
    assert_eq!(hall.guests[&4].room().chat.len(), 1);
    hall.meddling = None;
    hall.now = hall.now + Duration::from_secs(31);
    hall.wish(4, Intent::Hand(true));
    assert!(hall.told(3).contains(&Happening::Trouble(Trouble::Diverged)), "the others have seen something else");
}

#[test]
fn the_relay_can_not_put_another_act_beside_what_the_facilitator_said() {
    let mut hall = with_meddling(
        |guest, message| {
            if let Some((act, _)) = action(message).filter(|(act, _)| guest > 1 && matches!(act, Act::FloorMute(..))) {
                *act = Act::Close;
            }
            true
        },
        |hall| {
            let seat = hall.seat(3);
            hall.wish(1, Intent::FloorMute(Whom::One(seat), true));
        },
    );
    assert_eq!(*hall.phase(2), Phase::In);
    assert!(hall.told(2).contains(&Happening::Trouble(Trouble::Diverged)));
}

#[test]
fn my_own_action_comes_back_as_i_sent_it_or_i_stop() {
    let hall = with_meddling(
        |guest, message| {
            if let Some((_, body)) = action(message).filter(|_| guest == 2) {
                *body = Blob::new(vec![1; 200]).expect("small");
            }
            true
        },
        |hall| hall.wish(2, Intent::Chat(CHAT.into())),
    );
    assert_eq!(*hall.phase(2), Phase::Over(Ended::KeysLost));
}

#[test]
fn a_commit_that_gives_other_seats_than_its_act_says_is_not_taken() {
    let hall = with_meddling(
        |guest, message| {
            if let Some((Act::Commit { remove, .. }, _)) = action(message).filter(|_| guest == 3) {
                *remove = Default::default();
            }
            true
        },
        |hall| {
            let seat = hall.seat(6);
            hall.wish(1, Intent::Remove(seat));
        },
    );
    assert_eq!(*hall.phase(3), Phase::Over(Ended::KeysLost), "better out than fooled about who listens");
    assert_eq!(*hall.phase(4), Phase::In);
}

#[test]
fn an_action_that_is_shown_again_or_in_anothers_name_does_nothing() {
    let mut kept: Option<ToMember> = None;
    let mut hall = with_meddling(
        move |guest, message| {
            if guest != 3 {
                return true;
            }
            // The second line of chat is replaced by the first, at the second's place and then in another's name.
            match (&kept, &mut *message) {
                (None, ToMember::Entry(_)) => kept = Some(message.clone()),
                (Some(ToMember::Entry(first)), ToMember::Entry(entry)) => {
                    let mut again = first.kind.clone();
                    if let (EntryKind::Action { seat, .. }, true) = (&mut again, entry.index.0 % 2 == 0) {
                        seat.0 = 4;
                    }
                    entry.kind = again;
                }
                _ => {}
            }
            true
        },
        |hall| {
            for line in 0..4 {
                hall.wish(2, Intent::Chat(format!("line {line}")));
            }
        },
    );
    assert_eq!(hall.guests[&3].room().chat.len(), 1);
    assert_eq!(hall.guests[&4].room().chat.len(), 4);
    assert!(hall.told(3).contains(&Happening::Trouble(Trouble::Diverged)));
}

#[test]
fn all_who_wait_come_in_with_one_commit() {
    let mut hall = Hall::new();
    let code = hall.host(false);
    for (guest, name) in (2..).zip(&NAMES[1..]) {
        hall.come(guest, name, Start::Join(code.clone()), KEY);
        hall.pass(Duration::from_millis(100));
    }
    hall.wish(1, Intent::Admit(Whom::All));
    everybody_agrees(&hall, &[1, 2, 3, 4, 5, 6]);
    let (epoch, _) = hall.guests[&1].epoch().expect("keys");
    assert_eq!(epoch.0, 1, "five newcomers, one commit");
}

#[test]
fn who_leaves_or_is_lost_is_cut_off_from_what_follows_and_the_door_goes_on() {
    let (mut hall, _) = six();
    let before = hall.guests[&2].epoch().expect("keys").0;
    hall.wish(3, Intent::Leave);
    assert!(hall.guests[&2].epoch().expect("keys").0 > before, "new keys without who left");
    hall.wish(1, Intent::Leave);
    everybody_agrees(&hall, &[2, 4, 5, 6]);
    assert!(hall.guests[&2].room().am_facilitator());
    let after = hall.guests[&2].epoch().expect("keys").0;
    assert!(after.0 >= before.0 + 2, "the next door cuts off the one before");
    hall.say(4, &[packet(0), packet(1)]);
    assert_eq!(hall.heard(5).len(), 2);
}

#[test]
fn who_gets_the_seat_of_a_removed_member_stays() {
    let (mut hall, _) = six();
    let seat = hall.seat(4);
    hall.wish(1, Intent::Remove(seat));
    hall.come(7, "Frederika", Start::Join(hall.code()), KEY);
    assert_eq!(hall.seat(7), seat, "the lowest that is free");
    hall.wish(2, Intent::Hand(true));
    hall.pass(Duration::from_secs(2));
    everybody_agrees(&hall, &[1, 2, 3, 5, 6, 7]);
}

#[test]
fn nothing_counts_time_from_a_clock() {
    // Members whose clocks begin elsewhere have the same keys: nothing in them is a date.
    let (mut early, mut late) = (Hall::new(), Hall::new());
    late.now = Time(u64::from(u32::MAX) * 1_000_000);
    let authenticator = |hall: &mut Hall| {
        let code = hall.host(true);
        hall.come(2, "Annemarie", Start::Join(code), KEY);
        hall.guests[&2].epoch()
    };
    assert_eq!(authenticator(&mut early), authenticator(&mut late));
}
