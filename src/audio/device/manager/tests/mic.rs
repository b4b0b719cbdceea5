//! The microphone: true at every moment, and back by itself.

use super::*;
use crate::audio::status::MicFault;

const MOMENT: Duration = Duration::from_millis(300);

fn open_desk() -> Desk {
    let mut desk = desk(OnUnplug::Pause);
    desk.input(Input::Mic(true));
    desk.pass(Duration::from_secs(1), Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "WEBCAM".into() }));
    desk
}

fn fault(desk: &Desk) -> Option<&MicFault> {
    if let Some(MicStatus::Fault(fault)) = desk.mic() { Some(fault) } else { None }
}

#[test]
fn a_closed_microphone_has_no_stream() {
    let mut desk = desk(OnUnplug::Pause);
    desk.pass(Duration::from_secs(5), None);
    assert!(desk.stream(Side::Microphone).is_none());
    for _ in 0..3 {
        desk.input(Input::Mic(true));
        assert!(desk.stream(Side::Microphone).is_some());
        desk.pass(MOMENT, Some(false));
        desk.input(Input::Mic(false));
        assert!(desk.stream(Side::Microphone).is_none());
        assert_eq!(desk.mic(), Some(&MicStatus::Closed));
    }
}

#[test]
fn it_is_open_only_once_samples_come() {
    let mut desk = desk(OnUnplug::Pause);
    desk.input(Input::Mic(true));
    assert_eq!(desk.mic(), Some(&MicStatus::Opening));
    desk.pass(Duration::from_secs(3), None);
    assert_eq!(fault(&desk), Some(&MicFault::Stalled));
    desk.pass(MOMENT, Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "WEBCAM".into() }));
}

#[test]
fn what_stalls_is_told_and_opened_anew() {
    let mut desk = open_desk();
    desk.pass(Duration::from_millis(700), None);
    assert_eq!(fault(&desk), Some(&MicFault::Stalled));
    let before = desk.opened;
    desk.pass(Duration::from_secs(3), None);
    assert_eq!(desk.opened, before + 1);
    assert_eq!(fault(&desk), Some(&MicFault::Stalled), "told until it's mended");
    desk.pass(MOMENT, Some(false));
    assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })));
    assert!(desk.closings().is_empty());
}

#[test]
fn a_source_that_gives_samples_by_the_second_is_open() {
    let mut desk = open_desk();
    let before = desk.opened;
    for burst in 0..10 {
        desk.pass(Duration::from_millis(1900), None);
        assert_eq!(fault(&desk).is_some(), burst == 0, "burst {burst}");
        desk.pass(Duration::from_millis(100), Some(false));
        assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })));
    }
    // And what comes evenly again is soon missed again.
    desk.pass(Duration::from_secs(3), Some(false));
    desk.pass(Duration::from_millis(700), None);
    assert_eq!((fault(&desk), desk.opened), (Some(&MicFault::Stalled), before));
}

#[test]
fn digital_zero_is_told_after_five_seconds() {
    let mut desk = open_desk();
    desk.pass(Duration::from_millis(4500), Some(true));
    assert_eq!(fault(&desk), None);
    desk.pass(Duration::from_secs(30), Some(true));
    assert_eq!(fault(&desk), Some(&MicFault::Silent));
    // Somebody found the switch on the headset: it's the same open microphone.
    desk.pass(MOMENT, Some(false));
    assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })) && desk.closings().is_empty());
}

#[test]
fn a_mute_in_the_mixer_is_told_while_it_lasts() {
    let mut desk = open_desk();
    desk.on_stream(Side::Microphone, StreamNotice::Muted(true));
    desk.pass(Duration::from_secs(20), Some(true));
    assert_eq!(fault(&desk), Some(&MicFault::Muted));
    desk.on_stream(Side::Microphone, StreamNotice::Muted(false));
    desk.pass(MOMENT, Some(false));
    assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })) && desk.closings().is_empty());
}

#[test]
fn a_source_that_sleeps_is_told_and_waited_for() {
    let mut desk = open_desk();
    desk.on_stream(Side::Microphone, StreamNotice::Suspended(true));
    let before = desk.opened;
    desk.pass(Duration::from_secs(8), None);
    assert_eq!((fault(&desk), desk.opened), (Some(&MicFault::Suspended), before));
    desk.on_stream(Side::Microphone, StreamNotice::Suspended(false));
    desk.pass(MOMENT, Some(false));
    assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })));
}

#[test]
fn another_device_closes_it() {
    let mut desk = open_desk();
    desk.unplug("webcam");
    assert_eq!(fault(&desk), Some(&MicFault::Gone));
    desk.pass(Duration::from_secs(4), Some(false));
    assert!(desk.stream(Side::Microphone).is_none());
    assert_eq!(desk.closings(), [&MicClosing::Moved { to: "LINE".into() }]);
    assert_eq!(desk.mic(), Some(&MicStatus::Closed));

    let mut desk = open_desk();
    desk.on_stream(Side::Microphone, StreamNotice::Moved(device("line", Form::Unknown)));
    assert_eq!(desk.closings(), [&MicClosing::Moved { to: "LINE".into() }]);
    assert!(desk.stream(Side::Microphone).is_none());
}

#[test]
fn the_device_in_use_is_waited_for_while_another_is_there() {
    let mut desk = open_desk();
    desk.down();
    desk.pass(Duration::from_secs(1), None);
    desk.mics.reverse();
    desk.back();
    desk.pass(Duration::from_millis(500), Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "WEBCAM".into() }));

    desk.unplug("webcam");
    desk.pass(Duration::from_secs(2), Some(false));
    desk.mics.push(device("webcam", Form::Unknown));
    desk.list();
    desk.pass(Duration::from_millis(500), Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "WEBCAM".into() }));
    assert!(desk.closings().is_empty());
}

#[test]
fn replugged_soon_it_goes_on_and_late_it_is_closed() {
    for (away, closed) in [(4, false), (15, true)] {
        let mut desk = open_desk();
        desk.mics.truncate(1);
        desk.unplug("webcam");
        assert_eq!(fault(&desk), Some(&MicFault::Gone));
        desk.pass(Duration::from_secs(away), None);
        assert_eq!(fault(&desk), Some(&MicFault::Gone), "as long as it's gone");
        desk.mics.push(device("webcam", Form::Unknown));
        desk.list();
        desk.pass(Duration::from_secs(1), Some(false));
        assert_eq!(desk.closings(), if closed { vec![&MicClosing::BackLate] } else { vec![] }, "{away} s");
        assert_eq!(desk.stream(Side::Microphone).is_some(), !closed);
    }
}

#[test]
fn a_server_that_comes_back_has_its_sound_again() {
    let mut desk = open_desk();
    desk.down();
    assert_eq!(fault(&desk), Some(&MicFault::NoServer));
    desk.pass(Duration::from_secs(4), None);
    assert_eq!(fault(&desk), Some(&MicFault::NoServer), "as long as it's gone");
    desk.back();
    assert!(desk.stream(Side::Speaker).is_some(), "at once");
    desk.pass(MOMENT, Some(false));
    assert!(matches!(desk.mic(), Some(MicStatus::Open { .. })) && desk.closings().is_empty());
}

#[test]
fn a_process_that_stood_still_goes_on_or_is_closed() {
    for (stood, closed) in [(2, false), (30, true), (600, true)] {
        let mut desk = open_desk();
        desk.stop(Duration::from_secs(stood));
        desk.pass(Duration::from_millis(500), Some(false));
        assert_eq!(desk.closings(), if closed { vec![&MicClosing::BackLate] } else { vec![] }, "{stood} s");
        assert_eq!(matches!(desk.mic(), Some(MicStatus::Open { .. })), !closed, "{stood} s");
    }
}

#[test]
fn a_chosen_device_is_used_though_another_was_open() {
    let mut desk = open_desk();
    desk.input(Input::Choose(Side::Microphone, "line".into()));
    desk.pass(MOMENT, Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "LINE".into() }));
    assert!(desk.closings().is_empty());
    desk.input(Input::Choose(Side::Microphone, "drum".into()));
    desk.pass(Duration::from_secs(5), None);
    assert_eq!(fault(&desk), Some(&MicFault::Missing));
}

#[test]
fn a_default_that_is_no_microphone_leaves_the_others() {
    let mut desk = desk(OnUnplug::Pause);
    desk.no_default = true;
    desk.input(Input::Mic(true));
    assert_eq!(fault(&desk), Some(&MicFault::Missing));
    desk.pass(Duration::from_secs(2), Some(false));
    assert_eq!(desk.mic(), Some(&MicStatus::Open { device: "WEBCAM".into() }));
}

#[test]
fn without_a_microphone_opening_says_so() {
    let mut desk = desk(OnUnplug::Pause);
    desk.mics.clear();
    desk.list();
    desk.input(Input::Mic(true));
    assert_eq!(fault(&desk), Some(&MicFault::Missing));
    desk.pass(Duration::from_secs(60), None);
    let manager = Manager::new(&MicSpec::Null, &SpeakerSpec::Null, OnUnplug::Pause, Time::default());
    let mut desk = Desk { manager, ..desk };
    desk.input(Input::Mic(true));
    assert_eq!(fault(&desk), Some(&MicFault::Missing));
}
