//! Private words: who reads them, who doesn't, and that none ever goes to all.

use std::time::Duration;

use ingle::member::Start;
use ingle::session::{CareEvent, Event, Gesture, Intent, Phase, Role, Trouble, Whom};
use ingle::sim::{Script, Step, World};

use crate::fault_script::{fault_script, seeds};
use crate::harness::{Hall, KEY};

const WORD: &str = "marmalade behind the curtain";

/// This many people, the host first; guest 2 is co-facilitator, and the events so far are dropped.
fn group(count: u64) -> Hall {
    let mut harness = Hall::group(count);
    let second = harness.seat(2);
    harness.wish(1, Intent::Role(second, Role::CoFacilitator));
    forget(&mut harness);
    harness
}

fn forget(harness: &mut Hall) {
    for guest in 1..=9 {
        harness.told(guest);
    }
}

/// Whether anything that a guest was told or has on the screen holds these words.
fn knows(harness: &mut Hall, guest: u64, words: &str) -> bool {
    let told = harness.told(guest).iter().any(|told| match told {
        Event::Care(
            CareEvent::FollowUp { text, .. } | CareEvent::Note { text, .. } | CareEvent::KnockNote { note: text, .. },
        ) => text.text().contains(words),
        other => format!("{other:?}").contains(words),
    });
    let room = harness.guests[&guest].room();
    let secrets = room.confided.follow_ups.values().chain(room.confided.notes.values());
    told || room.chat.iter().any(|line| line.text.contains(words))
        || secrets.into_iter().any(|secret| secret.text().contains(words))
}

fn all_agree(harness: &Hall, guests: &[u64]) {
    let hash = |guest: u64| harness.guests[&guest].room().state.hash();
    for guest in guests {
        assert_eq!(hash(*guest), hash(guests[0]), "{guest}");
    }
}

#[test]
fn a_private_word_is_read_by_two_members_and_nobody_else() {
    let mut harness = group(5);
    let fourth = harness.seat(4);
    harness.wish(3, Intent::Private(fourth, WORD.into()));
    for guest in [3, 4] {
        let line = harness.guests[&guest].room().chat.back().expect("a line").clone();
        assert_eq!((line.from.as_str(), line.only.as_deref()), ("Guest 3", Some("Guest 4")), "{guest}");
        let told = harness.told(guest);
        let said = |told: &Event| match told {
            Event::Care(CareEvent::Private { from, to, text, mine }) => {
                (from == "Guest 3" && to == "Guest 4" && text == WORD).then_some(*mine)
            }
            _ => None,
        };
        assert_eq!(told.iter().filter_map(said).collect::<Vec<_>>(), [guest == 3], "{guest}");
    }
    for guest in [1, 2, 5] {
        assert!(!knows(&mut harness, guest, WORD) && harness.guests[&guest].room().chat.is_empty(), "{guest}");
    }
    for word in WORD.split(' ').filter(|word| word.len() > 4) {
        assert!(!harness.has_seen(word), "the relay saw {word:?}");
    }
    all_agree(&harness, &[1, 2, 3, 4, 5]);
    // To myself, or to a seat that is nobody's: refused, and told to nobody.
    let own = harness.seat(3);
    harness.wish(3, Intent::Private(own, "talking to myself".into()));
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::NotTaken(None))));
    assert!((1..=5).all(|guest| harness.guests[&guest].room().chat.iter().all(|line| line.only.is_some())));
}

#[test]
fn a_private_word_to_who_has_gone_comes_back_and_reaches_nobody() {
    let mut harness = group(4);
    let (third, fourth) = (harness.seat(3), harness.seat(4));
    harness.cut_line(3);
    harness.wish(3, Intent::Private(fourth, WORD.into()));
    harness.wish(4, Intent::Leave);
    // Somebody else has the seat by the time that the line is back.
    let code = harness.code();
    harness.come(5, "Guest 4", Start::Join(code), KEY);
    harness.wish(1, Intent::Admit(Whom::All));
    assert_eq!(harness.seat(5), fourth, "the same seat, and even the same name");
    forget(&mut harness);
    harness.connect(3, KEY);
    assert_eq!((harness.phase(3), harness.seat(3)), (&Phase::In, third));
    let lost = Event::Trouble(Trouble::PrivateLost("Guest 4".into(), WORD.into()));
    assert_eq!(harness.told(3).iter().filter(|told| **told == lost).count(), 1);
    for guest in [1, 2, 3, 5] {
        assert!(!knows(&mut harness, guest, WORD), "{guest}");
    }
    all_agree(&harness, &[1, 2, 3, 5]);
}

#[test]
fn a_call_for_help_stays_with_leaders_until_handled() {
    let mut harness = group(4);
    harness.wish(4, Intent::HelpMe);
    for guest in [1, 2] {
        assert!(harness.told(guest).contains(&Event::Care(CareEvent::Help("Guest 4".into()))), "{guest}");
        assert!(harness.guests[&guest].room().needs_help(harness.seat(4)));
    }
    assert!(harness.told(4).contains(&Event::Care(CareEvent::HelpSent)));
    let others = harness.told(3);
    assert!(
        !others.iter().any(|told| matches!(told, Event::Care(CareEvent::Help(_) | CareEvent::HelpSent))),
        "{others:?}"
    );
    assert!(harness.guests[&3].room().confided.help.is_empty());
    let arrival = harness.guests[&1].room().state.circle.seats[&harness.seat(4)].arrival;
    harness.wish(3, Intent::Handled(arrival));
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::NotFacilitator)));
    harness.wish(2, Intent::Handled(arrival));
    for guest in [1, 2] {
        let seen = Event::Care(CareEvent::SeenTo { by: "Guest 2".into(), name: "Guest 4".into() });
        assert!(
            harness.told(guest).contains(&seen) && harness.guests[&guest].room().confided.help.is_empty(),
            "{guest}"
        );
    }
    harness.wish(1, Intent::Handled(arrival));
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::NothingToHandle)));
    all_agree(&harness, &[1, 2, 3, 4]);
}

#[test]
fn without_anybody_who_leads_nobody_is_told_and_it_is_said() {
    let mut harness = group(2);
    harness.wish(2, Intent::Role(harness.seat(2), Role::Member));
    harness.wish(1, Intent::HelpMe);
    assert!(harness.told(1).contains(&Event::Trouble(Trouble::NobodyLeads)));
}

#[test]
fn a_vanished_member_raises_an_alarm_until_it_is_handled() {
    let mut harness = group(5);
    let (fourth, fifth) = (harness.seat(4), harness.seat(5));
    harness.wish(4, Intent::FollowUp(fourth, "call 0171 555 marmalade".into()));
    harness.wish(4, Intent::FollowUp(fifth, "not mine to say".into()));
    assert!(harness.told(4).contains(&Event::Trouble(Trouble::NotFacilitator)));
    harness.wish(2, Intent::FollowUp(fifth, "call the sister".into()));
    for guest in [1, 2] {
        assert!(knows(&mut harness, guest, "0171 555") && knows(&mut harness, guest, "the sister"), "{guest}");
    }
    assert!(!knows(&mut harness, 3, "0171 555") && !knows(&mut harness, 3, "the sister"));
    assert!(!harness.has_seen("marmalade") && !harness.has_seen("sister"), "nor does the relay know it");
    let arrival = harness.guests[&1].room().state.circle.seats[&fourth].arrival;
    harness.cut_line(4);
    harness.wish(5, Intent::Leave);
    harness.wait(89);
    assert!(harness.guests[&1].room().state.care.alarms().is_empty(), "who says goodbye has not vanished");
    harness.wait(3);
    let alarm = Event::Care(CareEvent::Alarm { arrival, name: "Guest 4".into() });
    for guest in [1, 2, 3] {
        assert_eq!(harness.told(guest).contains(&alarm), guest < 3, "{guest}");
        let room = harness.guests[&guest].room();
        assert_eq!(room.state.care.alarms().len(), 1);
        assert_eq!(room.confided.follow_ups.contains_key(&arrival), guest < 3, "{guest}");
    }
    harness.wait(600);
    assert_eq!(harness.guests[&2].room().state.care.alarms().len(), 1, "it stays");
    let code = harness.code();
    harness.come(6, "Guest 4", Start::Join(code), KEY);
    harness.wish(1, Intent::Admit(Whom::All));
    assert!(harness.guests[&1].room().state.care.alarms()[0].back, "whoever has come in may be another");
    harness.wish(3, Intent::Handled(arrival));
    assert_eq!(harness.guests[&1].room().state.care.alarms().len(), 1);
    harness.wish(2, Intent::Handled(arrival));
    for guest in [1, 2, 3, 6] {
        let room = harness.guests[&guest].room();
        assert!(room.state.care.alarms().is_empty() && !room.confided.follow_ups.contains_key(&arrival), "{guest}");
    }
    all_agree(&harness, &[1, 2, 3, 6]);
}

#[test]
fn a_note_at_the_door_is_for_leaders_and_ends_with_the_group() {
    let mut harness = group(3);
    let code = harness.code();
    harness.come(4, "Ana", Start::Join(code), KEY);
    harness.wish(4, Intent::Note("ring Marmaduke on 0555".into()));
    assert!(harness.told(4).contains(&Event::Care(CareEvent::NoteSent)));
    harness.wish(4, Intent::Note("another".into()));
    assert!(harness.told(4).contains(&Event::Trouble(Trouble::NoteGiven)));
    assert!(knows(&mut harness, 1, "Marmaduke"));
    assert!(!knows(&mut harness, 2, "Marmaduke"), "before she is in, it is with the door");
    harness.wish(1, Intent::Admit(Whom::All));
    let arrival = harness.guests[&1].room().state.circle.seats[&harness.seat(4)].arrival;
    for guest in [1, 2] {
        assert_eq!(harness.guests[&guest].room().confided.notes[&arrival].text(), "ring Marmaduke on 0555", "{guest}");
    }
    assert!(!knows(&mut harness, 3, "Marmaduke") && !harness.has_seen("Marmaduke"));
    // A new leader learns what the leaders know; one who no longer leads forgets it.
    let (second, third) = (harness.seat(2), harness.seat(3));
    harness.wish(1, Intent::Role(third, Role::CoFacilitator));
    assert!(knows(&mut harness, 3, "Marmaduke"));
    harness.wish(1, Intent::Role(second, Role::Member));
    assert!(harness.guests[&2].room().confided.notes.is_empty());
    harness.wish(1, Intent::CloseNow);
    for guest in 1..=4 {
        assert!(matches!(harness.phase(guest), Phase::Over(_)), "{guest}");
        let room = harness.guests[&guest].room();
        assert!(room.confided.notes.is_empty() && room.note.is_none() && room.chat.is_empty(), "{guest}");
    }
}

#[test]
fn a_sign_without_a_word_is_seen_by_all() {
    let mut harness = group(3);
    harness.wish(3, Intent::Gesture(Gesture::Here));
    let third = harness.seat(3);
    for guest in 1..=3 {
        assert!(
            harness.told(guest).contains(&Event::Care(CareEvent::Gesture { seat: third, gesture: Gesture::Here })),
            "{guest}"
        );
        assert!(harness.guests[&guest].room().gestures.contains_key(&third), "{guest}");
    }
    harness.wish(3, Intent::Leave);
    assert!(!harness.guests[&1].room().gestures.contains_key(&third), "whoever gets the seat has not said so");
}

#[test]
fn applause_is_seen_by_all_for_three_seconds_and_not_renewed() {
    let mut harness = group(3);
    let third = harness.seat(3);
    let sees = |harness: &Hall, guest: u64| harness.guests[&guest].room().gesture(third, harness.now);
    harness.wish(3, Intent::Gesture(Gesture::Applause));
    for guest in 1..=3 {
        assert!(
            harness.told(guest).contains(&Event::Care(CareEvent::Gesture { seat: third, gesture: Gesture::Applause })),
            "{guest}"
        );
        assert_eq!(sees(&harness, guest), Some(Gesture::Applause), "{guest}");
    }
    harness.wish(3, Intent::Gesture(Gesture::Applause));
    assert!(harness.told(3).contains(&Event::Trouble(Trouble::TooFast)));
    assert_eq!(harness.told(1), [], "the second one came too soon");
    harness.wait(4);
    assert_eq!((1..=3).map(|guest| sees(&harness, guest)).collect::<Vec<_>>(), [None; 3]);
}

/// Members who confide in each other.
fn evening(members: usize, seed: u64) -> Script {
    fault_script(members, seed, 0.2, Duration::from_millis(400), 40, |kind, who, draw| match kind {
        4 => Step::Role(0, who, Role::CoFacilitator),
        5 => Step::Role(0, who, Role::Member),
        6 => Step::Chat(who),
        _ => Step::Care(who, draw.below(u64::MAX)),
    })
}

#[test]
fn over_bad_lines_a_private_word_reaches_its_reader_or_nobody() {
    let seeds = seeds(20);
    let mut words = (0, 0, 0);
    for seed in 0..seeds.min(200) {
        let members = 3 + seed as usize % 5;
        let world = World::play(&evening(members, seed), seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        let told = world.told_in_private();
        assert_eq!(told.astray, Vec::<String>::new(), "seed {seed}");
        words = (words.0 + told.sent, words.1 + told.read, words.2 + told.returned);
    }
    println!("{seeds} groups: {} private words out, {} read, {} came back", words.0, words.1, words.2);
    assert!(words.0 as u64 > seeds * 3 && words.1 as u64 > seeds * 3, "too little is said");
    assert!(words.1 <= words.0, "nothing is read that was not told as sent");
}

#[test]
fn a_new_facilitator_knows_the_follow_ups_of_the_one_before() {
    let mut harness = Hall::group(7);
    for guest in [2, 3, 4] {
        let seat = harness.seat(guest);
        harness.wish(1, Intent::Role(seat, Role::CoFacilitator));
    }
    let (sixth, seventh) = (harness.seat(6), harness.seat(7));
    harness.wish(1, Intent::FollowUp(sixth, WORD.into()));
    harness.wish(1, Intent::Role(seventh, Role::Facilitator));
    harness.wait(2);
    assert!(!harness.guests[&1].room().am_lead(), "as many lead as can");
    assert!(knows(&mut harness, 7, WORD) && knows(&mut harness, 2, WORD));
    assert!(!harness.guests[&1].room().confided.follow_ups.values().any(|text| text.text() == WORD));
}
