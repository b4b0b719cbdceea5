//! Microphone, speaker and how members are heard: what is wrong, and what helps.

use super::advice::{Advice, advice};
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
        MicFault::Missing => "YOU HAVE NO MICROPHONE HERE",
        MicFault::Gone => "YOUR MICROPHONE IS GONE",
        MicFault::Busy => "ANOTHER PROGRAM HAS THE MICROPHONE",
        MicFault::Denied => "THE MICROPHONE IS NOT ALLOWED HERE",
        MicFault::Stalled => "NOTHING COMES FROM YOUR MICROPHONE",
        MicFault::Silent => "YOUR MICROPHONE GIVES ONLY SILENCE",
        MicFault::Muted => "YOUR COMPUTER MUTES THE MICROPHONE",
        MicFault::Suspended => "YOUR MICROPHONE IS ASLEEP",
        MicFault::NoServer => "YOUR COMPUTER'S SOUND IS NOT THERE",
        MicFault::Other => "YOUR MICROPHONE CAN'T BE USED",
    }
}

/// The same in a few words, the shortest last.
pub(super) fn mic_words(fault: MicFault) -> [&'static str; 3] {
    match fault {
        MicFault::Missing => ["you have no microphone", "no mic", "no mic"],
        MicFault::Gone => ["your microphone is gone", "mic gone", "no mic"],
        MicFault::Busy => ["another program has your microphone", "mic in use", "no mic"],
        MicFault::Denied => ["your microphone is not allowed", "mic not allowed", "no mic"],
        MicFault::Stalled | MicFault::Silent => ["nothing comes from your microphone", "mic silent", "no mic"],
        MicFault::Muted => ["your computer mutes your microphone", "mic muted here", "no mic"],
        MicFault::Suspended => ["your microphone is asleep", "mic asleep", "no mic"],
        MicFault::NoServer => ["your computer's sound is not there", "no sound", "no mic"],
        MicFault::Other => ["your microphone can't be used", "no mic", "no mic"],
    }
}

/// What is wrong with a microphone that is to be open, in a sentence.
fn mic_problem(fault: MicFault) -> &'static str {
    match fault {
        MicFault::Missing => "You have no microphone here, so nobody hears you.",
        MicFault::Gone => "Your microphone is gone, so nobody hears you.",
        MicFault::Busy => "Another program is using your microphone, so nobody hears you.",
        MicFault::Denied => "Your computer does not allow the microphone, so nobody hears you.",
        MicFault::Stalled => "Your microphone is open, but nothing comes from it.",
        MicFault::Silent => "Your microphone is open, but only silence comes from it.",
        MicFault::Muted => "Your microphone is muted by your computer's sound settings, so nobody hears you.",
        MicFault::Suspended => "Your computer has put your microphone to sleep, so nobody hears you.",
        MicFault::NoServer => "Your computer's sound is not there at the moment, so nobody hears you.",
        MicFault::Other => "Your microphone can't be used, so nobody hears you.",
    }
}

/// What helps: a step that nobody but the person can take, and whether another microphone might do.
fn mic_help(fault: MicFault) -> (&'static str, bool) {
    match fault {
        MicFault::Missing => ("Plug one in", true),
        MicFault::Gone => ("Plug it in", true),
        MicFault::Busy => ("Close that program", true),
        MicFault::Denied => ("Allow it in the computer's settings", true),
        MicFault::Stalled => ("Unplug it and plug it in again", true),
        MicFault::Silent => ("Look for a switch on it", true),
        MicFault::Muted => ("Turn it on in the sound settings", true),
        MicFault::Suspended => ("Wait a moment", true),
        MicFault::NoServer => ("It is tried again by itself", false),
        MicFault::Other => ("Close other programs that use sound", true),
    }
}

/// What is wrong with my microphone, and what helps.
pub fn mic_fault(fault: MicFault, devices: &Devices, how: Guide) -> Advice {
    let (step, another) = mic_help(fault);
    let or = if another { format!(", or choose another: {}", how(Word::MicDevice, "")) } else { String::new() };
    let said = if fault == MicFault::Other { said(devices) } else { String::new() };
    (format!("{}{said}", mic_problem(fault)), format!("{step}{or}."))
}

/// What the system says, as more of a sentence.
fn said(devices: &Devices) -> String {
    if devices.said.is_empty() { String::new() } else { format!(" Your computer says: {}.", devices.said) }
}

/// My microphone gives sound again.
pub const MIC_WORKS: &str = "Your microphone works again.";

fn speaker_problem(fault: SpeakerFault) -> &'static str {
    match fault {
        SpeakerFault::Missing => "You have no speaker here, so you hear nothing.",
        SpeakerFault::Gone => "Your speaker is gone, so you hear nothing.",
        SpeakerFault::Busy => "Another program is using your speaker, so you hear nothing.",
        SpeakerFault::Denied => "Your computer does not allow sound, so you hear nothing.",
        SpeakerFault::NoServer => "Your computer's sound is not there, so you hear nothing.",
        SpeakerFault::Muted => "Your computer's sound is turned off, so you hear nothing.",
        SpeakerFault::Other => "Your speaker can't be used, so you hear nothing.",
    }
}

/// The same for a narrow screen.
fn speaker_words(fault: SpeakerFault) -> &'static str {
    match fault {
        SpeakerFault::Missing => "No speaker: you hear nothing",
        SpeakerFault::Gone => "Speaker gone: you hear nothing",
        SpeakerFault::Busy => "Speaker in use: you hear nothing",
        SpeakerFault::Denied => "Sound not allowed: you hear nothing",
        SpeakerFault::NoServer => "No sound here: you hear nothing",
        SpeakerFault::Muted => "Sound turned off: you hear nothing",
        SpeakerFault::Other => "Speaker unusable: you hear nothing",
    }
}

fn speaker_help(fault: SpeakerFault) -> (&'static str, bool) {
    match fault {
        SpeakerFault::Missing => ("Plug one in", true),
        SpeakerFault::Gone => ("Plug it in", true),
        SpeakerFault::Busy => ("Close that program", true),
        SpeakerFault::Denied => ("Allow it in the computer's settings", true),
        SpeakerFault::NoServer => ("It is tried again by itself", false),
        SpeakerFault::Muted => ("Turn it on in the sound settings", true),
        SpeakerFault::Other => ("Close other programs that use sound", true),
    }
}

/// How my speaker is now, in a sentence or two.
pub fn speaker(room: &Room, how: Guide) -> Vec<String> {
    match room.speaker {
        Speaker::Plays if room.devices.speaker.is_empty() => vec!["You hear the group.".to_owned()],
        Speaker::Plays => vec![format!("You hear the group from {}.", short(&room.devices.speaker))],
        Speaker::Fault(fault) => {
            let (step, another) = speaker_help(fault);
            let or =
                if another { format!(", or choose another: {}", how(Word::SpeakerDevice, "")) } else { String::new() };
            let said = if fault == SpeakerFault::Other { said(&room.devices) } else { String::new() };
            vec![format!("{}{said}", speaker_problem(fault)), format!("{step}{or}.")]
        }
        Speaker::Paused => vec![
            "Your headphones were unplugged. Nothing is played, so that nobody near you hears the group.".to_owned(),
            format!("Your microphone is closed, too. Plug them in again, or {} to go on aloud.", how(Word::Aloud, "")),
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
                format!("Your headphones were unplugged: nothing is played. {aloud} to go on aloud"),
                format!("Headphones out: {aloud} to go on aloud"),
                format!("{aloud} to go on aloud"),
            ])
        }
        Speaker::Fault(fault) => {
            let (step, another) = speaker_help(fault);
            let problem = speaker_problem(fault);
            let steps = steps(step, another.then(|| keys(Word::SpeakerDevice, "")));
            let long = steps.iter().map(|step| format!("{problem} {step}"));
            Some(long.chain([speaker_words(fault).to_owned(), "You hear nothing".to_owned()]).collect())
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
    let or = another.filter(|key| !key.is_empty()).map(|key| format!(", or {key} for another")).unwrap_or_default();
    [format!("{step}{or}"), step.to_owned()]
}

/// Why this computer has closed my microphone.
fn mic_closed(why: &MicClosing, how: Guide) -> String {
    let open = how(Word::Mic, "on");
    match why {
        MicClosing::Moved(to) => format!(
            "Your computer has changed to another microphone, {}, so yours was closed. To open it, {open}.",
            short(to)
        ),
        MicClosing::BackLate => format!("Your microphone is back. It stays closed until you open it: {open}."),
        MicClosing::HeadphonesGone => {
            format!("Your headphones were unplugged, so your microphone was closed. To open it, {open}.")
        }
    }
}

/// How the others could hear me better.
pub fn voice_advice(about: VoiceAdvice) -> &'static str {
    match about {
        VoiceAdvice::TooQuiet => "The others hear you only faintly. Come closer to the microphone, or turn it up.",
        VoiceAdvice::Clipping => {
            "You are so loud that your words blur. Move back a little, or turn the microphone down."
        }
        VoiceAdvice::Wind => "Wind or breath covers your voice. Turn the microphone a little aside.",
    }
}

/// To those who lead: a member has no microphone that works, or has one again.
fn no_mic(name: &str, missing: bool) -> String {
    match missing {
        true => format!("{name} has no microphone that works at the moment. Only those who lead see this."),
        false => format!("{name}'s microphone works again."),
    }
}

/// A member is heard louder or softer.
fn volume(name: &str, percent: u16) -> String {
    match percent {
        100 => format!("You hear {name} as they are again."),
        percent => format!("You hear {name} at {percent} % now. Nobody else notices."),
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

fn side(side: Side) -> [&'static str; 2] {
    match side {
        Side::Mic => ["microphone", "microphones"],
        Side::Speaker => ["speaker", "speakers"],
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
        Side::Mic => "Microphones",
        Side::Speaker => "Speakers",
    }
}

/// The devices there are, a line each, with the one in use marked, and how to choose one.
pub fn device_list(which: Side, room: &Room, how: Guide) -> Vec<String> {
    let [one, several] = side(which);
    let devices = &room.devices;
    let Some(all) = devices.all(which) else { return vec![format!("Which {several} there are is not known yet.")] };
    if all.is_empty() {
        return vec![format!("No {one} was found. Plug one in; it is found by itself.")];
    }
    let mut lines: Vec<_> = (1..).zip(all).map(|(number, name)| line(number, name, devices.used(which))).collect();
    lines.push(format!("To choose one, {}.", how(device_word(which), "NUMBER")));
    lines
}

fn line(number: usize, name: &str, used: &str) -> String {
    let mark = if name == used { " (in use)" } else { "" };
    format!("{number}: {}{mark}", short(name))
}

/// The question which device is to be used, with all of them.
pub fn which_device(which: Side, room: &Room) -> String {
    let [one, several] = side(which);
    let devices = &room.devices;
    match devices.all(which) {
        None => format!("Which {one}? Write a part of its name."),
        Some([]) => format!("No {one} was found. Plug one in."),
        Some(all) => {
            let listed = (1..).zip(all.iter().take(NAMED)).map(|(n, name)| line(n, name, devices.used(which)));
            let more = if all.len() > NAMED { format!(" And {} more.", all.len() - NAMED) } else { String::new() };
            format!("Which of the {several}? Write its number. {}.{more}", listed.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The same without them.
pub fn which_device_in_short(which: Side) -> String {
    format!("Which {}?", side(which)[0])
}

/// No device has this name, or several have.
pub fn no_such_device(which: Side, typed: &str, all: &[String]) -> Advice {
    let [one, several] = side(which);
    let typed: String = typed.chars().take(LETTERS).collect();
    let known: Vec<_> = all.iter().take(NAMED).map(|name| short(name)).collect();
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    match known.as_slice() {
        [] => advice(format!("No {one} was found."), "Plug one in; it is found by itself."),
        known => advice(
            format!("No {one} is called \"{typed}\", or several are."),
            format!("The {several} are: {}.", names(known)),
        ),
    }
}

/// A percentage that can't be.
pub fn no_such_volume(how: Guide) -> Advice {
    let (least, most) = (Room::VOLUMES.start(), Room::VOLUMES.end());
    advice(
        format!("A member can be heard at {least} to {most} %."),
        format!("For example, {}.", how(Word::Volume, "Ana 150")),
    )
}

/// I am the one who is to be heard louder.
pub fn own_volume() -> Advice {
    advice("That is you.", "You can hear the others louder or softer.")
}

/// I have no microphone, so it can't be opened.
pub(super) fn no_microphone(how: Guide) -> Advice {
    advice(
        "You have no microphone here, so nobody can hear you. You can listen and write.",
        format!("To choose one, {}.", how(Word::MicDevice, "")),
    )
}

/// My microphone is a file.
pub(super) fn file_microphone() -> Advice {
    advice("Your microphone is a sound file, and stays one.", "To use another, start ingle without --mic.")
}

/// Nothing is paused.
pub(super) fn nothing_paused() -> Advice {
    advice("Nothing is paused.", "This is for when your headphones were unplugged.")
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
    use crate::text::guide::any_guide;

    #[test]
    fn every_fault_has_its_words_and_a_step() {
        let devices = Devices::default();
        for fault in MicFault::ALL {
            assert!(mic_badge(fault).len() <= 35, "{fault:?} has no room on a small screen");
            let words = mic_words(fault);
            assert!(words[0].len() <= 36 && words[1].len() <= 15 && words[2].len() <= 6, "{words:?}");
            let (problem, help) = mic_fault(fault, &devices, any_guide);
            assert!(problem.ends_with('.') && help.ends_with('.') && problem.len() <= 100, "{problem} {help}");
            assert!(mic_help(fault).0.len() <= 36, "{fault:?} has no room on a small screen");
        }
        for fault in SpeakerFault::ALL {
            let room = Room { speaker: Speaker::Fault(fault), ..Room::default() };
            assert!(speaker(&room, any_guide).iter().all(|line| line.ends_with('.')));
            let row = sound_row(&room, |_, _| "z s".to_owned()).unwrap_or_default();
            assert!(row.len() == 4 && row[2].len() <= 36 && row[3].len() <= 20, "{row:?}");
        }
    }

    #[test]
    fn what_the_system_says_is_passed_on_for_faults_without_a_name() {
        let devices = Devices { said: "no such port".into(), ..Devices::default() };
        assert!(mic_fault(MicFault::Other, &devices, any_guide).0.ends_with("Your computer says: no such port."));
        assert!(!mic_fault(MicFault::Gone, &devices, any_guide).0.contains("port"));
    }
}
