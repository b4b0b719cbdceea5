//! Microphone, speaker and how members are heard: what is wrong, and what helps.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::{name, names};
use crate::session::{Devices, MicClosing, MicFault, Room, Side, SoundEvent, Speaker, SpeakerFault, VoiceAdvice};

/// Names of devices in one sentence, and letters of one.
const NAMED: usize = 8;
const LETTERS: usize = 40;

/// What is wrong with a microphone, in capitals for the badge: as short as a screen of 40 columns needs it.
pub(super) fn mic_badge(fault: MicFault) -> &'static str {
    match fault {
        MicFault::Missing => text("devices-no-microphone"),
        MicFault::Gone => text("devices-microphone-gone"),
        MicFault::Busy => text("devices-another-program-microphone"),
        MicFault::Denied => text("devices-microphone-not-allowed"),
        MicFault::Stalled => text("devices-nothing-comes-from-microphone"),
        MicFault::Silent => text("devices-microphone-gives-only-silence"),
        MicFault::Muted => text("devices-computer-mutes-microphone"),
        MicFault::Suspended => text("devices-microphone-asleep"),
        MicFault::NoServer => text("devices-computer-sound-not"),
        MicFault::Other => text("devices-microphone-cant-used"),
    }
}

/// The same in a few words, the shortest last.
pub(super) fn mic_words(fault: MicFault) -> [&'static str; 3] {
    match fault {
        MicFault::Missing => [text("devices-no-microphone-2"), text("devices-no-mic"), text("devices-no-mic")],
        MicFault::Gone => [text("devices-microphone-gone-2"), text("devices-mic-gone"), text("devices-no-mic")],
        MicFault::Busy => {
            [text("devices-another-program-microphone-2"), text("devices-mic-use"), text("devices-no-mic")]
        }
        MicFault::Denied => {
            [text("devices-microphone-not-allowed-2"), text("devices-mic-not-allowed"), text("devices-no-mic")]
        }
        MicFault::Stalled | MicFault::Silent => {
            [text("devices-nothing-comes-from-microphone-2"), text("devices-mic-silent"), text("devices-no-mic")]
        }
        MicFault::Muted => {
            [text("devices-computer-mutes-microphone-2"), text("devices-mic-muted"), text("devices-no-mic")]
        }
        MicFault::Suspended => {
            [text("devices-microphone-asleep-2"), text("devices-mic-asleep"), text("devices-no-mic")]
        }
        MicFault::NoServer => [text("devices-computer-sound-not-2"), text("devices-no-sound"), text("devices-no-mic")],
        MicFault::Other => [text("devices-microphone-cant-used-2"), text("devices-no-mic"), text("devices-no-mic")],
    }
}

/// What is wrong with a microphone that is to be open, in a sentence.
fn mic_problem(fault: MicFault) -> &'static str {
    match fault {
        MicFault::Missing => text("devices-no-microphone-nobody-hears"),
        MicFault::Gone => text("devices-microphone-gone-nobody-hears"),
        MicFault::Busy => text("devices-another-program-using-microphone"),
        MicFault::Denied => text("devices-computer-does-not-allow"),
        MicFault::Stalled => text("devices-microphone-open-but-nothing"),
        MicFault::Silent => text("devices-microphone-open-but-only"),
        MicFault::Muted => text("devices-microphone-muted-by-computer"),
        MicFault::Suspended => text("devices-computer-put-microphone-sleep"),
        MicFault::NoServer => text("devices-computer-sound-not-moment"),
        MicFault::Other => text("devices-microphone-cant-used-nobody"),
    }
}

/// What helps: a step that nobody but the person can take, and whether another microphone might do.
fn mic_help(fault: MicFault) -> (&'static str, bool) {
    match fault {
        MicFault::Missing => (text("devices-plug-one"), true),
        MicFault::Gone => (text("devices-plug"), true),
        MicFault::Busy => (text("devices-close-program"), true),
        MicFault::Denied => (text("devices-allow-computer-settings"), true),
        MicFault::Stalled => (text("devices-unplug-plug-again"), true),
        MicFault::Silent => (text("devices-look-switch"), true),
        MicFault::Muted => (text("devices-turn-sound-settings"), true),
        MicFault::Suspended => (text("devices-wait-moment"), true),
        MicFault::NoServer => (text("devices-tried-again-by-itself"), false),
        MicFault::Other => (text("devices-close-other-programs-use"), true),
    }
}

/// What is wrong with my microphone, and what helps.
pub fn mic_fault(fault: MicFault, devices: &Devices, how: Guide) -> Advice {
    let (step, another) = mic_help(fault);
    let said = if fault == MicFault::Other { said(devices) } else { String::new() };
    (format!("{}{said}", mic_problem(fault)), help(step, another.then(|| how(Word::MicDevice, ""))))
}

/// A step as a sentence, with the way to another device.
fn help(step: &str, another: Option<String>) -> String {
    match another {
        Some(another) => say!("devices-step-or-another", step, another),
        None => say!("devices-step", step),
    }
}

/// What the system says, as more of a sentence.
fn said(devices: &Devices) -> String {
    if devices.said.is_empty() {
        String::new()
    } else {
        format!(" {}", say!("devices-computer-says", said = devices.said))
    }
}

/// My microphone gives sound again.
pub const MIC_WORKS: Text = Text::new("devices-mic-works");

fn speaker_problem(fault: SpeakerFault) -> &'static str {
    match fault {
        SpeakerFault::Missing => text("devices-no-speaker-hear-nothing"),
        SpeakerFault::Gone => text("devices-speaker-gone-hear-nothing"),
        SpeakerFault::Busy => text("devices-another-program-using-speaker"),
        SpeakerFault::Denied => text("devices-computer-does-not-allow-sound"),
        SpeakerFault::NoServer => text("devices-computer-sound-not-hear"),
        SpeakerFault::Muted => text("devices-computer-sound-turned-off"),
        SpeakerFault::Other => text("devices-speaker-cant-used-hear"),
    }
}

/// The same for a narrow screen.
fn speaker_words(fault: SpeakerFault) -> &'static str {
    match fault {
        SpeakerFault::Missing => text("devices-no-speaker-hear-nothing-2"),
        SpeakerFault::Gone => text("devices-speaker-gone-hear-nothing-2"),
        SpeakerFault::Busy => text("devices-speaker-use-hear-nothing"),
        SpeakerFault::Denied => text("devices-sound-not-allowed-hear"),
        SpeakerFault::NoServer => text("devices-no-sound-hear-nothing"),
        SpeakerFault::Muted => text("devices-sound-turned-off-hear"),
        SpeakerFault::Other => text("devices-speaker-unusable-hear-nothing"),
    }
}

fn speaker_help(fault: SpeakerFault) -> (&'static str, bool) {
    match fault {
        SpeakerFault::Missing => (text("devices-plug-one"), true),
        SpeakerFault::Gone => (text("devices-plug"), true),
        SpeakerFault::Busy => (text("devices-close-program"), true),
        SpeakerFault::Denied => (text("devices-allow-computer-settings"), true),
        SpeakerFault::NoServer => (text("devices-tried-again-by-itself"), false),
        SpeakerFault::Muted => (text("devices-turn-sound-settings"), true),
        SpeakerFault::Other => (text("devices-close-other-programs-use"), true),
    }
}

/// How my speaker is now, in a sentence or two.
pub fn speaker(room: &Room, how: Guide) -> Vec<String> {
    match room.speaker {
        Speaker::Plays if room.devices.speaker.is_empty() => vec![text("devices-hear-group").to_owned()],
        Speaker::Plays => vec![say!("devices-hear-group-from", short = short(&room.devices.speaker))],
        Speaker::Fault(fault) => {
            let (step, another) = speaker_help(fault);
            let said = if fault == SpeakerFault::Other { said(&room.devices) } else { String::new() };
            let another = another.then(|| how(Word::SpeakerDevice, ""));
            vec![format!("{}{said}", speaker_problem(fault)), help(step, another)]
        }
        Speaker::Paused => vec![
            text("devices-headphones-unplugged-nothing-played").to_owned(),
            say!("devices-microphone-closed-too-plug", aloud = how(Word::Aloud, "")),
        ],
    }
}

/// What keeps me from hearing or being heard and lasts, with what helps, in a row of several lengths, the longest first; `None`
/// if nothing does. That I hear nothing comes first, for the row of the microphone tells of that.
pub fn sound_row(room: &Room, keys: Guide) -> Option<Vec<String>> {
    match room.speaker {
        Speaker::Paused => {
            let aloud = keys(Word::Aloud, "");
            Some(vec![
                say!("devices-headphones-unplugged-nothing-played-go", aloud),
                say!("devices-headphones-out-go-aloud", aloud),
                say!("devices-go-aloud", aloud),
            ])
        }
        Speaker::Fault(fault) => {
            let (step, another) = speaker_help(fault);
            let problem = speaker_problem(fault);
            let steps = steps(step, another.then(|| keys(Word::SpeakerDevice, "")));
            let long = steps.iter().map(|step| format!("{problem} {}", say!("devices-step", step)));
            Some(long.chain([speaker_words(fault).to_owned(), text("devices-hear-nothing").to_owned()]).collect())
        }
        Speaker::Plays => {
            let fault = room.mic.fault.filter(|_| room.mic.open)?;
            let (step, another) = mic_help(fault);
            Some(steps(step, another.then(|| keys(Word::MicDevice, ""))).into())
        }
    }
}

/// A step to take, with and without the way to another device.
fn steps(step: &str, another: Option<String>) -> [String; 2] {
    let long = match another.filter(|key| !key.is_empty()) {
        Some(key) => say!("devices-step-or-key", step, key),
        None => step.to_owned(),
    };
    [long, step.to_owned()]
}

/// Why this computer has closed my microphone.
fn mic_closed(why: &MicClosing, how: Guide) -> String {
    let open = how(Word::Mic, "on");
    match why {
        MicClosing::Moved(to) => say!("devices-computer-changed-another-microphone", short = short(to), open),
        MicClosing::BackLate => say!("devices-microphone-back-stays-closed", open),
        MicClosing::HeadphonesGone => {
            say!("devices-headphones-unplugged-microphone-closed", open)
        }
    }
}

/// How the others could hear me better.
pub fn voice_advice(about: VoiceAdvice) -> &'static str {
    match about {
        VoiceAdvice::TooQuiet => text("devices-others-hear-only-faintly"),
        VoiceAdvice::Clipping => text("devices-loud-words-blur-move"),
        VoiceAdvice::Wind => text("devices-wind-breath-covers-voice"),
    }
}

/// To those who lead: a member has no microphone that works, or has one again.
fn no_mic(name: &str, missing: bool) -> String {
    match missing {
        true => say!("devices-no-microphone-works-moment", name),
        false => say!("devices-microphone-works-again", name),
    }
}

/// A member is heard louder or softer.
fn volume(name: &str, percent: u16) -> String {
    match percent {
        100 => say!("devices-hear-they-again", name),
        percent => say!("devices-hear-now-nobody-else", name, percent),
    }
}

/// What became of devices or of how a member is heard; `None` if there is nothing to say.
pub fn sound_event(event: &SoundEvent, room: &Room, how: Guide) -> Option<String> {
    match event {
        SoundEvent::Speaker => Some(speaker(room, how).join(" ")),
        SoundEvent::Devices => None,
        SoundEvent::MicClosed(why) => Some(mic_closed(why, how)),
        SoundEvent::Advice(about) => Some(voice_advice(*about).to_owned()),
        SoundEvent::NoMic { seat, missing } => Some(no_mic(name(room, *seat), *missing)),
        SoundEvent::Spending(now) => Some(super::spending(*now)),
        SoundEvent::Volume { seat, percent } => Some(volume(name(room, *seat), *percent)),
    }
}

/// For a choice between `[mic]` and `[speaker]` in a sentence.
fn side(side: Side) -> &'static str {
    match side {
        Side::Mic => "mic",
        Side::Speaker => "speaker",
    }
}

fn device_word(side: Side) -> Word {
    match side {
        Side::Mic => Word::MicDevice,
        Side::Speaker => Word::SpeakerDevice,
    }
}

/// What stands above them.
pub fn device_heading(side: Side) -> &'static str {
    match side {
        Side::Mic => text("devices-microphones"),
        Side::Speaker => text("devices-speakers"),
    }
}

/// The devices there are, a line each, with the one in use marked, and how to choose one.
pub fn device_list(which: Side, room: &Room, how: Guide) -> Vec<String> {
    let side = side(which);
    let devices = &room.devices;
    let Some(all) = devices.all(which) else { return vec![say!("devices-not-known-yet", side)] };
    if all.is_empty() {
        return vec![format!("{} {}", say!("devices-none", side), text("devices-plug-in"))];
    }
    let mut lines: Vec<_> = (1..).zip(all).map(|(number, name)| line(number, name, devices.used(which))).collect();
    lines.push(say!("devices-choose-one", how = how(device_word(which), "NUMBER")));
    lines
}

fn line(number: usize, name: &str, used: &str) -> String {
    say!("devices-line", number, name = short(name), used = name == used)
}

/// The question which device is to be used, with all of them.
pub fn which_device(which: Side, room: &Room) -> String {
    let side = side(which);
    let devices = &room.devices;
    match devices.all(which) {
        None => say!("devices-which-by-name", side),
        Some([]) => format!("{} {}", say!("devices-none", side), text("devices-plug-in-short")),
        Some(all) => {
            let listed = (1..).zip(all.iter().take(NAMED)).map(|(n, name)| line(n, name, devices.used(which)));
            let listed = listed.collect::<Vec<_>>().join(", ");
            say!("devices-which", side, listed, more = all.len().saturating_sub(NAMED))
        }
    }
}

/// The same without them.
pub fn which_device_in_short(which: Side) -> String {
    say!("devices-which-short", side = side(which))
}

/// No device has this name, or several have.
pub fn no_such_device(which: Side, typed: &str, all: &[String]) -> Advice {
    let side = side(which);
    let typed: String = typed.chars().take(LETTERS).collect();
    let known: Vec<_> = all.iter().take(NAMED).map(|name| short(name)).collect();
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    match known.as_slice() {
        [] => advice(say!("devices-none", side), text("devices-plug-in")),
        known => advice(say!("devices-none-called", side, typed), say!("devices-are", side, names = names(known))),
    }
}

/// A percentage that can't be.
pub fn no_such_volume(how: Guide) -> Advice {
    let (least, most) = (Room::VOLUMES.start(), Room::VOLUMES.end());
    advice(
        say!("devices-member-can-heard", least, most),
        say!("devices-example", volume = how(Word::Volume, "Ana 150")),
    )
}

/// I am the one who is to be heard louder.
pub fn own_volume() -> Advice {
    advice(text("devices-that-is-you"), text("devices-can-hear-others-louder"))
}

/// I have no microphone, so it can't be opened.
pub(super) fn no_microphone(how: Guide) -> Advice {
    advice(
        text("devices-no-microphone-nobody-can"),
        say!("devices-choose-one-2", mic_device = how(Word::MicDevice, "")),
    )
}

/// My microphone is a file.
pub(super) fn file_microphone() -> Advice {
    advice(text("devices-microphone-sound-file-stays"), text("devices-use-another-start-ingle"))
}

/// Nothing is paused.
pub(super) fn nothing_paused() -> Advice {
    advice(text("devices-nothing-paused"), text("devices-when-headphones-unplugged"))
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    format!("{}...", name.chars().take(LETTERS - 3).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::text::guide::any_guide;

    #[test]
    fn every_fault_has_its_words_and_a_step() {
        for language in Language::ALL {
            // The shortest words of English fit six columns.
            language.speak(|| every_fault_fits(if language == Language::English { 6 } else { 10 }));
        }
    }

    fn every_fault_fits(shortest: usize) {
        let long = |text: &str| text.chars().count();
        let devices = Devices::default();
        for fault in MicFault::ALL {
            assert!(long(mic_badge(fault)) <= 35, "{fault:?} has no room on a small screen");
            let words = mic_words(fault);
            assert!(long(words[0]) <= 36 && long(words[1]) <= 15 && long(words[2]) <= shortest, "{words:?}");
            let (problem, help) = mic_fault(fault, &devices, any_guide);
            assert!(problem.ends_with('.') && help.ends_with('.') && long(&problem) <= 100, "{problem} {help}");
            assert!(long(mic_help(fault).0) <= 36, "{fault:?} has no room on a small screen");
        }
        for fault in SpeakerFault::ALL {
            let room = Room { speaker: Speaker::Fault(fault), ..Room::default() };
            assert!(speaker(&room, any_guide).iter().all(|line| line.ends_with('.')));
            let row = sound_row(&room, |_, _| "z s".to_owned()).unwrap_or_default();
            assert!(row.len() == 4 && long(&row[2]) <= 36 && long(&row[3]) <= 20, "{row:?}");
        }
    }

    #[test]
    fn what_the_system_says_is_passed_on_for_faults_without_a_name() {
        let devices = Devices { said: "no such port".into(), ..Devices::default() };
        assert!(mic_fault(MicFault::Other, &devices, any_guide).0.ends_with("Your computer says: no such port."));
        assert!(!mic_fault(MicFault::Gone, &devices, any_guide).0.contains("port"));
    }
}
