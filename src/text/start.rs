//! What is asked and said before the screen opens, and why a session did not come about.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};

/// The question for the relay.
pub const WHICH_RELAY: Text = Text::new("start-which-relay");
/// The question for the name.
pub const WHICH_NAME: Text = Text::new("start-which-name");
/// The practice group's name.
pub const PRACTICE_GROUP: Text = Text::new("start-practice-group");
/// The person's name in a rehearsal, if none was given.
pub const PRACTICE_NAME: Text = Text::new("start-practice-name");
/// At the start of a rehearsal, so that nobody takes the five for people.
pub const REHEARSAL: Text = Text::new("start-rehearsal");

/// At the start of a host whose program ended without a goodbye, with the question whether to go back.
pub fn which_words(number: u16, relay: &str) -> String {
    say!("start-ingle-ended-without-goodbye", number, relay)
}

/// The same where nothing can be asked.
pub fn left_behind(number: u16, relay: &str) -> String {
    say!("start-ingle-ended-without-goodbye-while", number, relay)
}

/// The code of another group was typed.
pub fn another_number(number: u16) -> String {
    say!("start-words-group-needed", number)
}

/// A link was opened: the question whether to follow it.
pub fn follow_link(number: u16, relay: &str) -> String {
    let number = number.to_string();
    say!("start-follow-link", number, named = !relay.is_empty(), relay)
}

/// No code, and nobody to ask for one.
pub fn code_missing() -> Advice {
    advice(text("start-no-code-join"), text("start-write-after-join-ingle"))
}

/// What was typed is no code; `why` is a sentence.
pub fn not_a_code(why: &str) -> Advice {
    advice(why, text("start-check-code-ask-whoever"))
}

/// A name that would be taken for somebody or something else.
pub fn no_name(name: &str) -> Advice {
    advice(say!("start-nobody-can-called-since", name), text("start-choose-another-name-such"))
}

/// The same, with the question once more.
pub fn ask_again(why: &str) -> String {
    say!("start-please-try-again", why)
}

/// No relay, and nobody to ask for one; `looked` if none was found on this network.
pub fn relay_missing(looked: bool) -> Advice {
    advice(say!("start-relay-missing", looked), text("start-paste-whole-invitation-write"))
}

/// The key of this computer's relay can't be kept; `why` is a sentence.
pub fn fresh_key(why: &str) -> String {
    say!("start-computer-relay-new-key", why)
}

/// Said while relays are looked for, before the screen opens.
pub const LOOKING: Text = Text::new("start-looking");

/// No relay on this network, nor the one that was used last, has led to the group's door.
pub fn no_door() -> Advice {
    advice(text("start-none-relays-ingle-found"), text("start-paste-whole-invitation-write"))
}

/// This computer is to be the relay, and has no network.
pub const NO_NETWORK: Text = Text::new("start-no-network");

/// How a rehearsal goes on without a device; `error` is a sentence about it, and `speaker` whether the speaker is missing.
pub fn without_device(error: &str, speaker: bool, who: &str) -> String {
    let instead =
        if speaker { say!("start-see-who-speaks", who) } else { text("start-can-still-hear-others").to_owned() };
    format!("{error} {instead}")
}

/// The same for a screen, which shows it by itself.
pub fn without_device_on_screen(error: &str, speaker: bool) -> String {
    let instead = if speaker { text("start-screen-shows-who-speaking") } else { text("start-can-still-hear-others") };
    format!("{error} {instead}")
}

/// How a session goes on where devices are missing or can't be used; `error` is a sentence about it.
pub fn going_on_without(error: &str, mic: bool, speaker: bool) -> String {
    let can = match (mic, speaker) {
        (true, true) => text("start-can-read-write-screen"),
        (true, false) => text("start-can-listen-write"),
        (false, _) => text("start-can-speak-write-screen"),
    };
    say!("start-what-plug-now-found", error, can)
}

/// The system refused something that it always gives.
pub fn cannot_run(error: &str) -> Advice {
    advice(say!("start-ingle-cant-run-computer", error), text("start-close-other-programs-restart"))
}

/// There is nobody to show anything to.
pub fn nobody_reads() -> Advice {
    advice(text("start-nobody-reads-what-ingle"), text("start-start-terminal-keep-program"))
}

/// Nothing can be typed any more, and the session goes on.
pub fn input_over(was_open: bool) -> Advice {
    advice(say!("start-input-over", was_open), text("start-stay-group-hear-microphone"))
}

/// Told beside the output, while nothing of that is read.
pub fn output_stands_still() -> &'static str {
    text("start-nobody-reads-what-ingle-writes")
}

/// What was written stood still for a while.
pub fn output_stood_still() -> Advice {
    advice(text("start-nothing-could-shown-while"), text("start-stays-closed-until-open"))
}

/// A fault of the program, at this place in its source.
pub fn fault(place: &str) -> String {
    say!("start-ingle-stopped-because-fault", place)
}

/// What to do when the sound has failed in a session.
pub const SOUND_FAILED: Text = Text::new("start-sound-failed");
