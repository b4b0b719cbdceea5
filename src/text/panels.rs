//! The words on the screen's panels.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::door::odd_name_in_short;
use super::guide::Guide;
use super::names::names;
use crate::session::{Lookalike, Phase, Room, Waiting};

/// The name of the program, for a group whose name isn't known yet.
pub const PROGRAM: &str = "ingle";

/// Above the members.
pub const IN_THE_CIRCLE: Text = Text::new("panels-in-the-circle");
/// Beside it.
pub const DOOR_LOCKED: Text = Text::new("panels-door-locked");
/// I, in the list.
pub const YOU: Text = Text::new("panels-you");
/// Above those who wait.
pub const AT_THE_DOOR: Text = Text::new("panels-at-the-door");
/// Above the chat.
pub const CHAT: Text = Text::new("panels-chat");
/// Above the words to compare.
pub const FOUR_WORDS: Text = Text::new("panels-four-words");
/// Before a line that is being written.
pub const WRITING: Text = Text::new("panels-writing");

/// Above a page with the same.
pub const WHO_IS_HERE: Text = Text::new("panels-who-is-here");
/// Above a page with the same.
pub const YOUR_LINE: Text = Text::new("panels-your-line");
/// Above a page with the same.
pub const GROUND_RULES: Text = Text::new("panels-ground-rules");
/// Above a page with the same.
pub const WHAT_IS_PROPOSED: Text = Text::new("panels-what-is-proposed");
/// Above a page with the same.
pub const THE_MINUTES: Text = Text::new("panels-the-minutes");
/// Above the minutes when they are read back.
pub const MINUTES_READ: Text = Text::new("panels-minutes-read");
/// Above a page with the same.
pub const WHAT_IS_PRIVATE: Text = Text::new("panels-what-is-private");
/// Above a page with the same.
pub const THE_AGENDA: Text = Text::new("panels-the-agenda");
/// Above a page with the same.
pub const WHAT_OTHERS_NEED: Text = Text::new("panels-what-others-need");
/// Above a page with the same.
pub const WORDS_DIFFER: Text = Text::new("panels-words-differ");
/// Above the help.
pub const WHAT_YOU_CAN_DO: Text = Text::new("panels-what-you-can-do");
/// Above all keys and commands, of use now or not.
pub const EVERYTHING: Text = Text::new("panels-everything");

/// Above the lines of a menu in the help, which stand behind a key.
pub fn after_key(heading: &str, key: &str) -> String {
    say!("panels-after", heading, key)
}

/// Above the commands in the help, which are typed after a key.
pub fn commands_after(key: &str) -> String {
    say!("panels-after-line-begins-command", key)
}

/// How to end a line that is being written.
pub fn send_or_stop(send: &str, stop: &str) -> String {
    say!("panels-send-stop", send, stop)
}

/// What there is beyond the last row, or before the first.
pub fn more(count: usize) -> String {
    say!("panels-more", count)
}

/// Alarms for which there is no row.
pub fn more_vanished(count: usize) -> String {
    say!("panels-more-vanished", count)
}

/// Newer chat below what is shown.
pub fn further_down(rows: usize) -> String {
    say!("panels-rows-further-down", rows)
}

/// How the others come in, while nobody else is here: a heading, and how to see an invitation.
pub fn alone(how: Guide) -> [String; 2] {
    let invite = how(Word::Invite, "");
    [text("panels-others-join-code").to_owned(), say!("panels-invitation-send-them", invite)]
}

/// What the key does that lets people in; `all` if it lets in everybody.
pub fn lets_in(key: &str, all: bool) -> String {
    say!("panels-lets-in", key, all)
}

/// Beside somebody who waits.
pub fn waits(room: &Room, waiting: &Waiting) -> String {
    if let Some(odd) = Lookalike::of(&waiting.name, room) {
        return odd_name_in_short(&odd);
    }
    let told = match room.away_with_name(&waiting.name) {
        Some(_) => text("panels-new-line"),
        None if waiting.agreed => text("panels-agreed"),
        None => text("panels-reads-rules"),
    };
    told.to_owned()
}

/// Those for whom there is no row.
pub fn and_more(count: usize) -> String {
    say!("panels-more-2", count)
}

/// All who wait, in a line.
pub fn at_the_door(room: &Room) -> String {
    let called = |waiting: &Waiting| match Lookalike::of(&waiting.name, room) {
        Some(odd) => format!("{} ({})", waiting.name, odd_name_in_short(&odd)),
        None if waiting.agreed => say!("panels-has-agreed", name = waiting.name),
        None => waiting.name.clone(),
    };
    format!("{AT_THE_DOOR}: {}", names(&room.door.iter().map(called).collect::<Vec<_>>()))
}

/// How many are here, in a line.
pub fn how_many(room: &Room) -> String {
    say!("panels-how-many", count = room.state.circle.seats.len(), locked = room.state.locked)
}

/// What to know before a member is removed: a question, and a hint.
pub fn remove_question(name: Option<&str>, how: Guide) -> [String; 2] {
    let name = name.unwrap_or(text("panels-someone-who-gone"));
    let lock = how(Word::Lock, "");
    let hint = say!("panels-anybody-code-can-knock", lock);
    [say!("panels-remove-from-group", name), hint]
}

/// What to know before the group is ended: a question, and a hint.
pub fn end_question() -> [String; 2] {
    let hint = text("panels-if-something-decided-minutes");
    [text("panels-end-group-everybody").to_owned(), hint.to_owned()]
}

/// What to know before somebody is turned away: a question, and a hint.
pub fn decline_question(name: Option<&str>) -> [String; 2] {
    let name = name.unwrap_or(text("panels-someone-who-went-away"));
    [say!("panels-turn-away", name), text("panels-they-can-knock-again").to_owned()]
}

/// Looking for the group: a heading, and what to know.
pub const LOOKING: [Text; 3] =
    [Text::new("panels-looking-1"), Text::new("panels-looking-2"), Text::new("panels-looking-3")];
/// At the door.
pub const YOU_WAIT: Text = Text::new("panels-you-wait");
/// What the others know of me there.
pub const NAME_IS_SEEN: Text = Text::new("panels-name-is-seen");

/// Above the ground rules, at the door.
pub fn rules_heading(agreed: bool, how: Guide) -> String {
    if agreed {
        text("panels-agreed-ground-rules").to_owned()
    } else {
        say!("panels-ground-rules-agree-them", agree = how(Word::Agree, ""))
    }
}

/// Where there is no room for all of them.
pub fn more_rules(how: Guide) -> String {
    say!("panels-how-group-decides", rules = how(Word::Rules, ""))
}

/// Where there is no room for any of them.
pub fn rules_in_short(agreed: bool, how: Guide) -> String {
    if agreed {
        return rules_heading(agreed, how);
    }
    say!("panels-read-ground-rules-agree", rules = how(Word::Rules, ""), agree = how(Word::Agree, ""))
}

/// The sound check that can be done meanwhile; in short where there is little room.
pub fn check_your_sound(short: bool, how: Guide) -> String {
    let check = how(Word::Sound, "");
    if short { say!("panels-sound-check", check) } else { say!("panels-check-sound-meanwhile-two", check) }
}

/// Before the meter of the sound check.
pub const SOUND_CHECK: Text = Text::new("panels-sound-check-2");

/// How long I was in the circle.
pub fn stayed(length: &str) -> String {
    say!("panels-circle", length)
}

/// At the end.
pub const NOTHING_KEPT: Text = Text::new("panels-nothing-kept");

/// How much data has been used, and at what rate.
pub fn data(rate: &str, used: &str) -> String {
    say!("panels-far", rate, used)
}

/// What goes on in a few words, before and after the circle.
pub fn phase(room: &Room) -> Option<[&'static str; 2]> {
    match room.phase {
        Phase::Connecting => Some([text("panels-looking-group"), text("panels-looking")]),
        Phase::Waiting => Some([text("panels-door"), text("panels-door-2")]),
        Phase::In | Phase::Returning(_) | Phase::Over(_) => None,
    }
}
