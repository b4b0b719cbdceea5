//! What is asked and said before the screen opens, and why a session did not come about.

use super::advice::{Advice, advice};

/// The question for the relay.
pub const WHICH_RELAY: &str = "Which relay does the group meet at? HOST:PORT: ";
/// The question for the name.
pub const WHICH_NAME: &str = "What should the others call you? ";
/// The practice group's name.
pub const PRACTICE_GROUP: &str = "Practice group";
/// The person's name in a rehearsal, if none was given.
pub const PRACTICE_NAME: &str = "You";
/// At the start of a rehearsal, so that nobody takes the five for people.
pub const REHEARSAL: &str =
    "This is a rehearsal: the five who join you are recorded voices, and nothing leaves this computer.";

/// At the start of a host whose program ended without a goodbye, with the question whether to go back.
pub fn which_words(number: u16, relay: &str) -> String {
    format!(
        "ingle ended here without a goodbye while you hosted group {number} at {relay}.\nThe group may go on without you. \
         Somebody there has to let you in; then your place and your\nrole can be given back to you, if you use the same name \
         as before.\nType its three words to go back, or press Enter to begin a new group: "
    )
}

/// The same where nothing can be asked.
pub fn left_behind(number: u16, relay: &str) -> String {
    format!(
        "ingle ended here without a goodbye while you hosted group {number} at {relay}, which may go on without you. To go \
         back, leave this group and use the old code with the same name: ingle join {number}-WORD-WORD-WORD --relay {relay}."
    )
}

/// The code of another group was typed.
pub fn another_number(number: u16) -> String {
    format!("The words of group {number} are needed here.")
}

/// A link was opened: the question whether to follow it.
pub fn follow_link(number: u16, relay: &str) -> String {
    let at = if relay.is_empty() { String::new() } else { format!(" at {relay}") };
    format!(
        "A link asks to join group {number}{at}.\nThe relay will see this computer's address, and whoever leads the group your \
         name.\nType yes if you expected this, or press Enter to stop: "
    )
}

/// No code, and nobody to ask for one.
pub fn code_missing() -> Advice {
    advice("There is no code to join with.", "Write it after join: ingle join 4821-otter-lamp-violin.")
}

/// What was typed is no code; `why` is a sentence.
pub fn not_a_code(why: &str) -> Advice {
    advice(why, "Check the code, or ask whoever invited you to read it to you.")
}

/// A name that would be taken for somebody or something else.
pub fn no_name(name: &str) -> Advice {
    advice(
        format!("Nobody can be called \"{name}\" here, since it could be taken for somebody else."),
        "Choose another name, such as your first name.",
    )
}

/// The same, with the question once more.
pub fn ask_again(why: &str) -> String {
    format!("{why}\nPlease try again: ")
}

/// No relay, and nobody to ask for one; `looked` if none was found on this network.
pub fn relay_missing(looked: bool) -> Advice {
    let also = if looked { ", and there is none on this network" } else { "" };
    advice(
        format!("It is not known which relay the group meets at{also}."),
        "Paste the whole invitation, or write the relay after the code: --relay HOST:PORT.",
    )
}

/// The key of this computer's relay can't be kept; `why` is a sentence.
pub fn fresh_key(why: &str) -> String {
    format!("{why} So this computer's relay has a new key this time, and guests who have met it before are warned.")
}

/// Said while relays are looked for, before the screen opens.
pub const LOOKING: &str = "No relay is named, so ingle looks for one on this network.";

/// No relay on this network, nor the one that was used last, has led to the group's door.
pub fn no_door() -> Advice {
    advice(
        "None of the relays that ingle has found answers for your group.",
        "Paste the whole invitation, or write the relay after the code: --relay HOST:PORT.",
    )
}

/// This computer is to be the relay, and has no network.
pub const NO_NETWORK: &str = "This computer has no network at the moment, so only programs on it can join.";

/// How a rehearsal goes on without a device; `error` is a sentence about it, and `speaker` whether the speaker is missing.
pub fn without_device(error: &str, speaker: bool, who: &str) -> String {
    let instead =
        if speaker { format!("To see who speaks, {who}.") } else { "You can still hear the others.".to_owned() };
    format!("{error} {instead}")
}

/// The same for a screen, which shows it by itself.
pub fn without_device_on_screen(error: &str, speaker: bool) -> String {
    let instead = if speaker { "The screen shows who is speaking." } else { "You can still hear the others." };
    format!("{error} {instead}")
}

/// How a session goes on where devices are missing or can't be used; `error` is a sentence about it.
pub fn going_on_without(error: &str, mic: bool, speaker: bool) -> String {
    let can = match (mic, speaker) {
        (true, true) => "You can read and write, and the screen shows who speaks.",
        (true, false) => "You can listen and write.",
        (false, _) => "You can speak and write, and the screen shows who speaks.",
    };
    format!("{error} {can} What you plug in now is found by itself.")
}

/// The system refused something that it always gives.
pub fn cannot_run(error: &str) -> Advice {
    advice(
        format!("ingle can't run on this computer: {error}."),
        "Close other programs or restart the computer, then try again.",
    )
}

/// There is nobody to show anything to.
pub fn nobody_reads() -> Advice {
    advice(
        "Nobody reads what ingle writes any more, so it has left the group.",
        "Start it in a terminal, or keep the program that reads its output running.",
    )
}

/// Nothing can be typed any more, and the session goes on.
pub fn input_over(was_open: bool) -> Advice {
    let closed = if was_open { ", so your microphone is closed" } else { "" };
    advice(
        format!("Nothing can be typed here any more{closed}."),
        "You stay in the group and hear it, with your microphone closed. To leave, end ingle.",
    )
}

/// Told beside the output, while nothing of that is read.
pub fn output_stands_still() -> &'static str {
    "Nobody reads what ingle writes at the moment, so your microphone is closed. You stay in the group and hear it."
}

/// What was written stood still for a while.
pub fn output_stood_still() -> Advice {
    advice(
        "Nothing could be shown here for a while, so your microphone is closed.",
        "It stays closed until you open it.",
    )
}

/// A fault of the program, at this place in its source.
pub fn fault(place: &str) -> String {
    format!("ingle has stopped because of a fault of its own ({place}).\nYour microphone is closed. Please join again.")
}

/// What to do when the sound has failed in a session.
pub const SOUND_FAILED: &str = "You can still write. To hear and speak again, leave and come back.";
