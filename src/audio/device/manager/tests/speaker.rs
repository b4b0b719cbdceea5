//! The speaker: back by itself, asleep in silence, and never from headphones into a room unasked.

use super::*;
use crate::audio::status::SpeakerFault;

fn speaking() -> Desk {
    let mut desk = desk(OnUnplug::Pause);
    desk.input(Input::Sounding(true));
    desk.pass(Duration::from_secs(1), None);
    assert_eq!(desk.speaker(), Some(&SpeakerStatus::Playing { device: "HEADSET".into() }));
    desk
}

#[test]
fn after_thirty_silent_seconds_it_rests_until_there_is_sound() {
    let mut desk = speaking();
    desk.input(Input::Sounding(false));
    desk.pass(Duration::from_secs(29), None);
    assert!(desk.resting.is_empty());
    desk.pass(Duration::from_secs(2), None);
    assert_eq!(desk.resting.len(), 1);
    let before = desk.opened;
    desk.pass(Duration::from_secs(600), None);
    desk.input(Input::Sounding(true));
    assert!(desk.resting.is_empty());
    desk.pass(Duration::from_secs(3), None);
    assert_eq!(desk.opened, before, "it's the same stream");
}

#[test]
fn sound_that_would_leave_headphones_is_held() {
    let moves: [fn(&mut Desk); 3] = [
        |desk| desk.unplug("headset"),
        |desk| desk.on_stream(Side::Speaker, StreamNotice::Moved(device("built-in", Form::Loudspeaker))),
        |desk| desk.on_stream(Side::Speaker, StreamNotice::Form(Form::Loudspeaker)),
    ];
    for (number, leave) in moves.into_iter().enumerate() {
        let mut desk = speaking();
        desk.input(Input::Mic(true));
        desk.pass(Duration::from_secs(1), Some(false));
        leave(&mut desk);
        assert_eq!((desk.speaker(), desk.held), (Some(&SpeakerStatus::Paused), true), "{number}");
        assert_eq!(desk.closings(), [&MicClosing::HeadphonesGone], "{number}");
        assert!(desk.stream(Side::Microphone).is_none());
        assert_eq!(desk.resting.len(), 1, "nothing that is under way is heard either");
        desk.pass(Duration::from_secs(90), None);
        assert!(desk.held);
        desk.input(Input::Aloud);
        assert!(!desk.held && desk.resting.is_empty());
        assert!(matches!(desk.speaker(), Some(SpeakerStatus::Playing { .. })));
        assert!(desk.stream(Side::Microphone).is_none(), "it stays closed");
    }
}

#[test]
fn headphones_that_are_back_are_played_on_without_a_key() {
    let mut desk = speaking();
    desk.on_stream(Side::Speaker, StreamNotice::Form(Form::Loudspeaker));
    assert!(desk.held);
    desk.on_stream(Side::Speaker, StreamNotice::Form(Form::Headphones));
    assert!(!desk.held);
    assert!(matches!(desk.speaker(), Some(SpeakerStatus::Playing { .. })));
}

#[test]
fn whoever_wants_it_hears_on_wherever_it_goes() {
    let mut desk = desk(OnUnplug::Continue);
    desk.pass(Duration::from_secs(1), None);
    desk.unplug("headset");
    assert_eq!((desk.speaker(), desk.held), (Some(&SpeakerStatus::Playing { device: "BUILT-IN".into() }), false));
}

#[test]
fn of_unknown_devices_one_that_is_gone_counts_as_unplugged() {
    let unknown = || {
        let mut desk = desk(OnUnplug::Pause);
        desk.speakers = vec![device("usb", Form::Unknown), device("hdmi", Form::Unknown)];
        desk.input(Input::Choose(Side::Speaker, "usb".into()));
        desk.list();
        desk.pass(Duration::from_secs(1), None);
        assert!(!desk.held);
        desk
    };
    let moved = || StreamNotice::Moved(device("hdmi", Form::Unknown));
    // Somebody chose another in the mixer.
    let mut desk = unknown();
    desk.on_stream(Side::Speaker, moved());
    assert!(!desk.held);
    // It was pulled out.
    let mut desk = unknown();
    desk.speakers.remove(0);
    desk.on_stream(Side::Speaker, moved());
    assert_eq!((desk.held, desk.speaker()), (true, Some(&SpeakerStatus::Paused)));
}

#[test]
fn a_choice_is_no_unplugging() {
    let mut desk = speaking();
    desk.input(Input::Choose(Side::Speaker, "built-in".into()));
    desk.pass(Duration::from_secs(1), None);
    assert_eq!((desk.speaker(), desk.held), (Some(&SpeakerStatus::Playing { device: "BUILT-IN".into() }), false));
    assert!(desk.closings().is_empty());
}

#[test]
fn what_ended_is_opened_again_and_what_is_missing_is_told() {
    let mut desk = speaking();
    desk.on_stream(Side::Speaker, StreamNotice::Ended(Ending::Other("killed".into())));
    assert_eq!(desk.speaker(), Some(&SpeakerStatus::Fault(SpeakerFault::Other("killed".into()))));
    desk.pass(Duration::from_secs(2), None);
    assert!(matches!(desk.speaker(), Some(SpeakerStatus::Playing { .. })));

    let mut desk = desk;
    desk.speakers.truncate(1);
    desk.unplug("headset");
    assert_eq!(desk.speaker(), Some(&SpeakerStatus::Fault(SpeakerFault::Gone)));
    let before = desk.opened;
    desk.pass(Duration::from_secs(60), None);
    assert!(desk.opened - before <= 61, "once a second at most");
}

#[test]
fn a_device_that_takes_nothing_is_opened_anew() {
    let mut desk = speaking();
    let before = desk.opened;
    desk.stop(Duration::from_secs(2));
    assert_eq!(desk.opened, before + 1);
    assert!(matches!(desk.speaker(), Some(SpeakerStatus::Playing { .. })));
}

#[test]
fn a_mute_in_the_mixer_is_told() {
    let mut desk = speaking();
    desk.on_stream(Side::Speaker, StreamNotice::Muted(true));
    assert_eq!(desk.speaker(), Some(&SpeakerStatus::Fault(SpeakerFault::Muted)));
}
