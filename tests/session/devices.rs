//! What those who lead learn of a microphone that gives no sound, and what stays with its owner.

use std::time::Duration;

use ingle::adapt::PlanChoice;
use ingle::session::{
    Event, Intent, Known, MicClosing, MicFault, MicStatus, Phase, Side, SoundEvent, Speaker, SpeakerFault,
    SpeakerStatus, Spending, Trouble, VoiceAdvice, Whom,
};

use crate::harness::{Hall, KEY};
use ingle::member::Start;

fn status(hall: &mut Hall, guest: u64, status: MicStatus) {
    hall.with(guest, |member, now| member.handle_mic_status(status, now));
}

fn fault(hall: &mut Hall, guest: u64, fault: MicFault) {
    status(hall, guest, MicStatus::Fault(fault, String::new()));
}

fn works(hall: &mut Hall, guest: u64) {
    status(hall, guest, MicStatus::Open("Built-in".into()));
}

/// What `at` sees of the microphone of `guest`: whether it is missing.
fn missing(hall: &Hall, at: u64, guest: u64) -> bool {
    hall.guests[&at].room().has_no_mic(hall.seat(guest))
}

/// What a guest was told of the microphone of others, since the last call.
fn told(hall: &mut Hall, guest: u64) -> Vec<bool> {
    let missing = |event| match event {
        Event::Sound(SoundEvent::NoMic { missing, .. }) => Some(missing),
        _ => None,
    };
    hall.told(guest).into_iter().filter_map(missing).collect()
}

/// Three, of whom the second has opened the microphone, and it works.
fn open() -> Hall {
    let mut hall = Hall::group(3);
    hall.wish(2, Intent::Mic { open: true });
    status(&mut hall, 2, MicStatus::Opening);
    works(&mut hall, 2);
    hall.wait(5);
    hall
}

#[test]
fn a_silent_microphone_is_shown_to_those_who_lead() {
    let mut hall = open();
    assert!(!missing(&hall, 1, 2) && told(&mut hall, 1).is_empty());
    hall.told(2);
    fault(&mut hall, 2, MicFault::Silent);
    let mic = hall.guests[&2].room().mic;
    assert!(mic.open && !mic.works() && hall.told(2) == [Event::Mic], "{mic:?}");
    hall.wait(2);
    assert!(!missing(&hall, 1, 2), "it may be mended in a moment");
    hall.wait(3);
    assert!(missing(&hall, 1, 2));
    assert!(!missing(&hall, 3, 2), "nobody else sees it");
    works(&mut hall, 2);
    hall.wait(6);
    assert!(!missing(&hall, 1, 2) && hall.guests[&2].room().mic.works());
    assert_eq!((told(&mut hall, 1), told(&mut hall, 3)), (vec![true, false], vec![]));
    assert!(!hall.has_seen("Built-in"), "no name of a device leaves the computer");
}

#[test]
fn a_co_facilitator_who_leads_later_sees_it_too() {
    let mut hall = open();
    fault(&mut hall, 2, MicFault::Gone);
    hall.wait(5);
    let seat = hall.seat(3);
    hall.wish(1, Intent::Role(seat, ingle::session::Role::CoFacilitator));
    hall.wait(1);
    assert!(missing(&hall, 3, 2));
    let code = hall.code();
    hall.come(4, "Guest 4", Start::Join(code), KEY);
    hall.wish(1, Intent::Admit(Whom::All));
    assert!(hall.guests[&4].room().state == hall.guests[&1].room().state && !missing(&hall, 4, 2));
}

#[test]
fn a_loose_plug_is_said_at_most_every_few_seconds() {
    let mut hall = open();
    told(&mut hall, 1);
    for _ in 0..20 {
        fault(&mut hall, 2, MicFault::Gone);
        hall.wait(4);
        works(&mut hall, 2);
        hall.wait(1);
    }
    let said = told(&mut hall, 1);
    assert!((2..=21).contains(&said.len()), "{} times in 100 seconds", said.len());
    assert!(said.windows(2).all(|two| two[0] != two[1]), "only what is news");
    // Shorter than it takes to count, it's never said.
    works(&mut hall, 2);
    hall.wait(10);
    told(&mut hall, 1);
    for _ in 0..20 {
        fault(&mut hall, 2, MicFault::Stalled);
        hall.wait(1);
        works(&mut hall, 2);
        hall.wait(1);
    }
    assert_eq!(told(&mut hall, 1), Vec::<bool>::new());
}

#[test]
fn whoever_closes_it_or_leaves_lacks_nothing() {
    let mut hall = open();
    fault(&mut hall, 2, MicFault::Busy);
    hall.wait(5);
    assert!(missing(&hall, 1, 2));
    hall.wish(2, Intent::Mic { open: false });
    hall.wait(6);
    assert!(!missing(&hall, 1, 2), "a closed microphone is no fault");
    hall.wish(2, Intent::Mic { open: true });
    fault(&mut hall, 2, MicFault::Busy);
    hall.wait(9);
    assert!(missing(&hall, 1, 2));
    hall.wish(2, Intent::Leave);
    hall.wait(1);
    let code = hall.code();
    hall.come(4, "Guest 2", Start::Join(code), KEY);
    hall.wish(1, Intent::Admit(Whom::All));
    hall.wait(9);
    assert!(*hall.phase(4) == Phase::In && !missing(&hall, 1, 4));
}

#[test]
fn a_computer_without_a_microphone_says_so() {
    let mut hall = Hall::group(2);
    hall.no_mic = true;
    let code = hall.code();
    hall.come(3, "Guest 3", Start::Join(code), KEY);
    hall.wish(1, Intent::Admit(Whom::All));
    hall.told(3);
    hall.wish(3, Intent::Mic { open: true });
    assert!(hall.told(3).contains(&Event::Trouble(Trouble::NoMicrophone)));
    assert!(!hall.guests[&3].room().mic.open && hall.guests[&3].room().mic.missing);
    hall.wait(5);
    assert!(missing(&hall, 1, 3));
    hall.wish(3, Intent::Device(Side::Mic, String::new()));
    hall.wish(3, Intent::Mic { open: true });
    hall.wait(6);
    assert!(hall.guests[&3].room().mic.open && !missing(&hall, 1, 3));
    let known = |mics: &[&str]| Known { mics: mics.iter().map(|name| (*name).into()).collect(), speakers: vec![] };
    hall.with(2, |member, now| member.handle_devices(known(&[]), now));
    hall.told(2);
    assert!(hall.guests[&2].room().mic.missing);
    hall.wait(5);
    assert!(missing(&hall, 1, 2));
    hall.with(2, |member, now| member.handle_devices(known(&["USB headset"]), now));
    hall.wait(6);
    assert!(!missing(&hall, 1, 2));
    hall.wish(2, Intent::Mic { open: true });
    assert!(hall.guests[&2].room().mic.open);
}

#[test]
fn it_is_said_again_after_a_cut_line() {
    let mut hall = open();
    hall.cut_line(2);
    fault(&mut hall, 2, MicFault::Gone);
    hall.wait(5);
    assert!(!missing(&hall, 1, 2));
    hall.connect(2, KEY);
    hall.wait(5);
    assert!(missing(&hall, 1, 2));
}

#[test]
fn no_fault_of_sound_throws_anybody_out_at_the_door_or_inside() {
    let mics = [MicStatus::Closed, MicStatus::Opening, MicStatus::Open("Built-in".into())].into_iter();
    let mics: Vec<_> = mics.chain(MicFault::ALL.map(|fault| MicStatus::Fault(fault, "no port".into()))).collect();
    let speakers = [SpeakerStatus::Plays("Built-in".into()), SpeakerStatus::Paused].into_iter();
    let faults = SpeakerFault::ALL.map(|fault| SpeakerStatus::Fault(fault, "no port".into()));
    let speakers: Vec<_> = speakers.chain(faults).collect();
    let mut hall = Hall::group(1);
    let code = hall.code();
    hall.come(2, "Ana", Start::Join(code), KEY);
    for inside in [false, true] {
        assert_eq!(*hall.phase(2), if inside { Phase::In } else { Phase::Waiting });
        for mic in &mics {
            for speaker in &speakers {
                for known in [Known::default(), Known { mics: vec!["A".into()], speakers: vec!["B".into()] }] {
                    hall.wish(2, Intent::Mic { open: true });
                    status(&mut hall, 2, mic.clone());
                    hall.with(2, |member, now| member.handle_speaker_status(speaker.clone(), now));
                    hall.with(2, |member, now| member.handle_devices(known, now));
                    assert_eq!(*hall.phase(2), if inside { Phase::In } else { Phase::Waiting });
                }
            }
        }
        hall.wait(2);
        if inside {
            hall.wish(2, Intent::Chat("I am here".into()));
            assert!(hall.told(1).iter().any(|event| matches!(event, Event::Chat { .. })));
        } else {
            hall.wish(1, Intent::Admit(Whom::All));
        }
    }
}

#[test]
fn an_open_microphone_shows_as_open_only_once_samples_come() {
    let mut hall = open();
    hall.wish(2, Intent::Mic { open: false });
    status(&mut hall, 2, MicStatus::Closed);
    hall.wish(2, Intent::Mic { open: true });
    let mic = |hall: &Hall| hall.guests[&2].room().mic;
    assert!(mic(&hall).open && mic(&hall).opening && !mic(&hall).works());
    hall.with(2, |member, _| member.handle_mic_level(5));
    assert_eq!(mic(&hall).level, 0);
    works(&mut hall, 2);
    hall.with(2, |member, _| member.handle_mic_level(5));
    assert!(mic(&hall).works() && mic(&hall).level == 5);
    fault(&mut hall, 2, MicFault::Muted);
    assert_eq!(mic(&hall).level, 0);
    // News of a microphone that was closed meanwhile is old.
    hall.wish(2, Intent::Mic { open: false });
    works(&mut hall, 2);
    fault(&mut hall, 2, MicFault::Stalled);
    assert!(!mic(&hall).open && mic(&hall).fault.is_none());
}

#[test]
fn a_microphone_that_the_computer_closed_stays_closed() {
    for why in [MicClosing::Moved("Webcam".into()), MicClosing::BackLate, MicClosing::HeadphonesGone] {
        let mut hall = open();
        hall.told(2);
        hall.with(2, |member, now| member.handle_mic_closed(why.clone(), now));
        assert_eq!(hall.told(2), [Event::Mic, Event::Sound(SoundEvent::MicClosed(why.clone()))]);
        works(&mut hall, 2);
        hall.wait(3);
        assert!(!hall.guests[&2].room().mic.open);
        // Closed already, there is nothing to say.
        hall.told(2);
        hall.with(2, |member, now| member.handle_mic_closed(why, now));
        assert!(!hall.told(2).iter().any(|event| matches!(event, Event::Sound(_))));
    }
}

#[test]
fn unplugged_headphones_close_the_microphone_too() {
    let mut hall = open();
    hall.wish(2, Intent::PlayAloud);
    assert!(hall.told(2).contains(&Event::Trouble(Trouble::NothingPaused)));
    hall.with(2, |member, now| member.handle_speaker_status(SpeakerStatus::Paused, now));
    let room = hall.guests[&2].room();
    assert!(room.speaker == Speaker::Paused && !room.mic.open);
    assert_eq!(hall.told(2), [Event::Mic, Event::Sound(SoundEvent::Speaker)]);
    hall.wish(2, Intent::PlayAloud);
    hall.with(2, |member, now| member.handle_speaker_status(SpeakerStatus::Plays("Built-in".into()), now));
    assert_eq!(hall.told(2), [Event::Sound(SoundEvent::Speaker)]);
    assert!(!hall.guests[&2].room().mic.open, "nobody opens it but its owner");
}

#[test]
fn advice_comes_now_and_then_and_only_to_whom_is_heard() {
    let mut hall = open();
    let advice = |hall: &mut Hall| {
        let events = hall.told(2);
        events.iter().filter(|event| matches!(event, Event::Sound(SoundEvent::Advice(_)))).count()
    };
    for _ in 0..250 {
        hall.with(2, |member, now| member.handle_advice(VoiceAdvice::TooQuiet, now));
        hall.with(2, |member, now| member.handle_advice(VoiceAdvice::Wind, now));
        hall.wait(1);
    }
    assert_eq!(advice(&mut hall), 3, "at the start, after two minutes and after four");
    hall.now = hall.now + Duration::from_secs(60);
    let seat = hall.seat(2);
    hall.wish(1, Intent::Mute { whom: Whom::One(seat), muted: true });
    hall.with(2, |member, now| member.handle_advice(VoiceAdvice::Clipping, now));
    assert_eq!(advice(&mut hall), 0);
}

#[test]
fn a_plan_is_changed_while_talking_and_kept_after_a_cut() {
    let mut hall = Hall::group(2);
    assert_eq!(hall.guests[&2].room().spending, Spending::Auto);
    hall.wish(2, Intent::Spend(Spending::Full));
    assert!(hall.told(2).contains(&Event::Sound(SoundEvent::Spending(Spending::Full))));
    assert_eq!(hall.guests[&2].room().spending, Spending::Full);
    assert_eq!(hall.plans(2), [PlanChoice::Full.into()], "the encoder is told");
    hall.cut_line(2);
    hall.wait(5);
    hall.connect(2, KEY);
    hall.wait(1);
    assert_eq!(hall.guests[&2].room().spending, Spending::Full);
    hall.wish(2, Intent::Spend(Spending::Thin));
    assert_eq!(hall.plans(2).last(), Some(&PlanChoice::Thin.into()));
    assert_eq!(hall.guests[&1].room().spending, Spending::Auto, "nobody else's");
}

#[test]
fn a_volume_is_mine_alone_and_outlives_a_new_seat() {
    let mut hall = Hall::group(3);
    let seat = hall.seat(3);
    hall.wish(2, Intent::Volume(seat, 500));
    assert_eq!(hall.guests[&2].room().volume(seat), 200, "no more than there is");
    assert_eq!(hall.guests[&1].room().volume(seat), 100);
    assert!(hall.told(2).contains(&Event::Sound(SoundEvent::Volume { seat, percent: 200 })));
    hall.wish(3, Intent::Leave);
    hall.wait(1);
    let code = hall.code();
    hall.come(4, "Guest 3", Start::Join(code), KEY);
    hall.wish(1, Intent::Admit(Whom::All));
    let seat = hall.seat(4);
    assert_eq!(hall.guests[&2].room().volume(seat), 200);
    assert_eq!(hall.volumes(2).last(), Some(&(seat, 200)), "and playout knows");
    hall.wish(2, Intent::Volume(seat, 100));
    assert!(hall.guests[&2].room().volumes.is_empty());
    let me = hall.seat(2);
    hall.wish(2, Intent::Volume(me, 50));
    assert_eq!(hall.guests[&2].room().volume(me), 100);
}
