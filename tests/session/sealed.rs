//! What a curious relay learns from every byte, and what a malicious one can do.

use std::time::Duration;

use ingle::crypto::code::Code;
use ingle::ids::Time;
use ingle::member::Start;
use ingle::session::{Charter, Ended, Event, Intent, Phase, Trouble, Whom};
use ingle::wire::{Act, Blob, EntryKind, ToMember};

use crate::harness::{Hall, KEY};

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
    let mut harness = Hall::new();
    harness.come(
        1,
        NAMES[0],
        Start::Host { title: "Lighthouse evening".into(), open_door: true, charter: Charter::default() },
        KEY,
    );
    let code = harness.code();
    for (guest, name) in (2..).zip(&NAMES[1..]) {
        harness.come(guest, name, Start::Join(code.clone()), KEY);
        assert_eq!(*harness.phase(guest), Phase::In);
    }
    (harness, code)
}

fn everybody_agrees(harness: &Hall, guests: &[u64]) {
    let first = &harness.guests[&guests[0]];
    for guest in guests {
        let member = &harness.guests[guest];
        assert_eq!(*harness.phase(*guest), Phase::In);
        assert_eq!((member.room().state.hash(), member.epoch()), (first.room().state.hash(), first.epoch()), "{guest}");
    }
}

#[test]
fn a_relay_that_keeps_every_byte_learns_nothing_of_an_evening() {
    let (mut harness, code) = six();
    let packets: Vec<_> = (0..50).map(packet).collect();
    harness.say(3, &packets);
    for guest in [1, 2, 4, 5, 6] {
        let heard = harness.heard(guest);
        assert_eq!(
            heard.iter().map(|heard| heard.packet.clone()).collect::<Vec<_>>(),
            packets,
            "all arrived at {guest}"
        );
    }
    harness.wish(4, Intent::Chat(CHAT.into()));
    harness.wish(5, Intent::Hand { up: true });
    harness.wish(2, Intent::Chat("yes, I agree to that".into()));
    let (cynthia, eleanor) = (harness.seat(4), harness.seat(6));
    harness.wish(1, Intent::Mute { whom: Whom::One(cynthia), muted: true });
    harness.wish(1, Intent::Remove(eleanor));
    assert_eq!(*harness.phase(6), Phase::Over(Ended::Removed));
    harness.say(2, &packets[..10]);
    everybody_agrees(&harness, &[1, 2, 3, 4, 5]);
    assert_eq!(harness.guests[&3].room().chat.len(), 2);

    let words = code.spoken();
    let secrets = NAMES.iter().copied().chain(words.split('-').skip(1)).chain(CHAT.split(' ').filter(|w| w.len() > 3));
    for secret in secrets.chain(["Lighthouse", "agree", "spoken words"]) {
        assert!(!harness.has_seen(secret), "the relay saw {secret:?}");
    }
    // Not even pieces of a packet: four bytes in a row may meet by chance, eight don't.
    for packet in &packets {
        for piece in packet.chunks_exact(8) {
            assert!(!harness.seen.windows(8).any(|window| window == piece));
        }
    }
}

#[test]
fn equal_things_said_do_not_look_equal_to_the_relay() {
    let (mut harness, _) = six();
    harness.seen.clear();
    harness.wish(2, Intent::Chat("yes".into()));
    let yes = std::mem::take(&mut harness.seen);
    harness.wish(2, Intent::Chat("no, not at all".into()));
    let no = std::mem::take(&mut harness.seen);
    harness.wish(3, Intent::Hand { up: true });
    let hand = std::mem::take(&mut harness.seen);
    assert_eq!((yes.len(), yes.len()), (no.len(), hand.len()), "a short line, a longer one and a hand have one length");
}

/// What becomes of the group if the relay changes one kind of message to one guest.
fn with_meddling(meddle: impl FnMut(u64, &mut ToMember) -> bool + 'static, act: impl FnOnce(&mut Hall)) -> Hall {
    let (mut harness, _) = six();
    harness.meddling = Some(Box::new(meddle));
    act(&mut harness);
    harness
}

fn action(message: &mut ToMember) -> Option<(&mut Act, &mut Blob)> {
    match message {
        ToMember::Entry(entry, _) => match &mut entry.kind {
            EntryKind::Action { act, body, .. } => Some((act, body)),
            EntryKind::Gone(..) | EntryKind::Lapsed(_) | EntryKind::Restored(_) => None,
        },
        _ => None,
    }
}

#[test]
fn a_body_changed_on_the_way_is_dropped_and_noticed() {
    let mut harness = with_meddling(
        |guest, message| {
            if let Some((_, body)) = action(message).filter(|_| guest == 3) {
                let mut bytes = body.bytes().to_vec();
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
                *body = Blob::new(bytes).expect("as long as before");
            }
            true
        },
        |harness| harness.wish(2, Intent::Chat(CHAT.into())),
    );
    assert!(harness.guests[&3].room().chat.is_empty());
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::Diverged)));
    assert_eq!(harness.guests[&4].room().chat.len(), 1);
    harness.meddling = None;
    harness.now = harness.now + Duration::from_secs(31);
    harness.wish(4, Intent::Hand { up: true });
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::Diverged)), "the others have seen something else");
}

#[test]
fn the_relay_can_not_swap_the_act_of_a_facilitators_action() {
    let mut harness = with_meddling(
        |guest, message| {
            if let Some((act, _)) = action(message).filter(|(act, _)| guest > 1 && matches!(act, Act::FloorMute(..))) {
                *act = Act::Close;
            }
            true
        },
        |harness| {
            let seat = harness.seat(3);
            harness.wish(1, Intent::Mute { whom: Whom::One(seat), muted: true });
        },
    );
    assert_eq!(*harness.phase(2), Phase::In);
    assert!(harness.told(2).contains(&Event::Trouble(Trouble::Diverged)));
}

#[test]
fn my_own_action_comes_back_as_i_sent_it_or_i_stop() {
    let harness = with_meddling(
        |guest, message| {
            if let Some((_, body)) = action(message).filter(|_| guest == 2) {
                *body = Blob::new(vec![1; 200]).expect("small");
            }
            true
        },
        |harness| harness.wish(2, Intent::Chat(CHAT.into())),
    );
    assert_eq!(*harness.phase(2), Phase::Over(Ended::KeysLost));
}

#[test]
fn a_commit_whose_seats_differ_from_its_act_is_refused() {
    let harness = with_meddling(
        |guest, message| {
            if let Some((Act::Commit { remove, .. }, _)) = action(message).filter(|_| guest == 3) {
                *remove = Default::default();
            }
            true
        },
        |harness| {
            let seat = harness.seat(6);
            harness.wish(1, Intent::Remove(seat));
        },
    );
    assert_eq!(*harness.phase(3), Phase::Over(Ended::KeysLost), "better out than fooled about who listens");
    assert_eq!(*harness.phase(4), Phase::In);
}

#[test]
fn an_action_replayed_or_in_anothers_name_does_nothing() {
    let mut kept: Option<ToMember> = None;
    let mut harness = with_meddling(
        move |guest, message| {
            if guest != 3 {
                return true;
            }
            // The second line of chat is replaced by the first, at the second's place and then in another's name.
            match (&kept, &mut *message) {
                (None, ToMember::Entry(..)) => kept = Some(message.clone()),
                (Some(ToMember::Entry(first, _)), ToMember::Entry(entry, _)) => {
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
        |harness| {
            for line in 0..4 {
                harness.wish(2, Intent::Chat(format!("line {line}")));
            }
        },
    );
    assert_eq!(harness.guests[&3].room().chat.len(), 1);
    assert_eq!(harness.guests[&4].room().chat.len(), 4);
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::Diverged)));
}

#[test]
fn all_who_wait_come_in_with_one_commit() {
    let mut harness = Hall::new();
    let code = harness.host(false);
    for (guest, name) in (2..).zip(&NAMES[1..]) {
        harness.come(guest, name, Start::Join(code.clone()), KEY);
        harness.pass(Duration::from_millis(100));
    }
    harness.wish(1, Intent::Admit(Whom::All));
    everybody_agrees(&harness, &[1, 2, 3, 4, 5, 6]);
    let (epoch, _) = harness.guests[&1].epoch().expect("keys");
    assert_eq!(epoch.0, 1, "five newcomers, one commit");
}

#[test]
fn a_member_who_left_or_was_lost_is_cut_off_from_what_follows() {
    let (mut harness, _) = six();
    let before = harness.guests[&2].epoch().expect("keys").0;
    harness.wish(3, Intent::Leave);
    assert!(harness.guests[&2].epoch().expect("keys").0 > before, "new keys without who left");
    harness.wish(1, Intent::Leave);
    everybody_agrees(&harness, &[2, 4, 5, 6]);
    assert!(harness.guests[&2].room().am_facilitator());
    let after = harness.guests[&2].epoch().expect("keys").0;
    assert!(after.0 >= before.0 + 2, "the next door cuts off the one before");
    harness.say(4, &[packet(0), packet(1)]);
    assert_eq!(harness.heard(5).len(), 2);
}

#[test]
fn a_newcomer_in_a_removed_members_seat_stays() {
    let (mut harness, _) = six();
    let seat = harness.seat(4);
    harness.wish(1, Intent::Remove(seat));
    harness.come(7, "Frederika", Start::Join(harness.code()), KEY);
    assert_eq!(harness.seat(7), seat, "the lowest that is free");
    harness.wish(2, Intent::Hand { up: true });
    harness.pass(Duration::from_secs(2));
    everybody_agrees(&harness, &[1, 2, 3, 5, 6, 7]);
}

#[test]
fn nothing_counts_time_from_a_clock() {
    // Members whose clocks begin elsewhere have the same keys: nothing in them is a date.
    let (mut early, mut late) = (Hall::new(), Hall::new());
    late.now = Time(u64::from(u32::MAX) * 1_000_000);
    let authenticator = |harness: &mut Hall| {
        let code = harness.host(true);
        harness.come(2, "Annemarie", Start::Join(code), KEY);
        harness.guests[&2].epoch()
    };
    assert_eq!(authenticator(&mut early), authenticator(&mut late));
}
