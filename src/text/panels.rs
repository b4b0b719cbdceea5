//! The words on the screen's panels.

use super::commands::Word;
use super::door::odd_name_in_short;
use super::guide::Guide;
use super::names::names;
use crate::session::{Lookalike, Phase, Room, Waiting};

/// The name of the program, for a group whose name isn't known yet.
pub const PROGRAM: &str = "ingle";

/// Above the members.
pub const IN_THE_CIRCLE: &str = "In the circle";
/// Beside it.
pub const DOOR_LOCKED: &str = "door locked";
/// I, in the list.
pub const YOU: &str = "You";
/// Above those who wait.
pub const AT_THE_DOOR: &str = "At the door";
/// Above the chat.
pub const CHAT: &str = "Written";
/// Above the words to compare.
pub const FOUR_WORDS: &str = "Four words to compare";
/// Before a line that is being written.
pub const WRITING: &str = "write: ";

/// Above a page with the same.
pub const WHO_IS_HERE: &str = "The people here";
/// Above a page with the same.
pub const YOUR_LINE: &str = "Your line";
/// Above a page with the same.
pub const GROUND_RULES: &str = "The ground rules";
/// Above a page with the same.
pub const WHAT_IS_PROPOSED: &str = "What is proposed";
/// Above a page with the same.
pub const THE_MINUTES: &str = "The minutes";
/// Above the minutes when they are read back.
pub const MINUTES_READ: &str = "The minutes are read back";
/// Above a page with the same.
pub const WHAT_IS_PRIVATE: &str = "What is private";
/// Above a page with the same.
pub const THE_AGENDA: &str = "The agenda";
/// Above a page with the same.
pub const WHAT_OTHERS_NEED: &str = "What others need to join";
/// Above a page with the same.
pub const WORDS_DIFFER: &str = "The words are different";
/// Above the help.
pub const WHAT_YOU_CAN_DO: &str = "What you can do now";
/// Above all keys and commands, of use now or not.
pub const EVERYTHING: &str = "Everything you can do";

/// Above the lines of a menu in the help, which stand behind a key.
pub fn after_key(heading: &str, key: &str) -> String {
    format!("{heading}, after {key}:")
}

/// Above the commands in the help, which are typed after a key.
pub fn commands_after(key: &str) -> String {
    format!("After {key}, a line that begins with / is a command:")
}

/// How to end a line that is being written.
pub fn send_or_stop(send: &str, stop: &str) -> String {
    format!("{send} send   {stop} stop")
}

/// What there is beyond the last row, or before the first.
pub fn more(count: usize) -> String {
    format!("{count} more")
}

/// Alarms for which there is no row.
pub fn more_vanished(count: usize) -> String {
    format!("{count} more vanished")
}

/// Newer chat below what is shown.
pub fn further_down(rows: usize) -> String {
    format!("{rows} rows further down")
}

/// How the others come in, while nobody else is here: a heading, and how to see an invitation.
pub fn alone(how: Guide) -> [String; 2] {
    let invite = how(Word::Invite, "");
    ["Others join with the code".to_owned(), format!("For an invitation to send them, {invite}.")]
}

/// What the key does that lets people in; `all` if it lets in everybody.
pub fn lets_in(key: &str, all: bool) -> String {
    if all { format!("{key}: let all in") } else { format!("{key}: let in") }
}

/// Beside somebody who waits.
pub fn waits(room: &Room, waiting: &Waiting) -> String {
    if let Some(odd) = Lookalike::of(&waiting.name, room) {
        return odd_name_in_short(&odd);
    }
    let told = match room.away_with_name(&waiting.name) {
        Some(_) => "on a new line?",
        None if waiting.agreed => "has agreed",
        None => "reads the rules",
    };
    told.to_owned()
}

/// Those for whom there is no row.
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// All who wait, in a line.
pub fn at_the_door(room: &Room) -> String {
    let called = |waiting: &Waiting| match Lookalike::of(&waiting.name, room) {
        Some(odd) => format!("{} ({})", waiting.name, odd_name_in_short(&odd)),
        None => format!("{}{}", waiting.name, if waiting.agreed { " (agreed)" } else { "" }),
    };
    format!("{AT_THE_DOOR}: {}", names(&room.door.iter().map(called).collect::<Vec<_>>()))
}

/// How many are here, in a line.
pub fn how_many(room: &Room) -> String {
    let locked = if room.state.locked { format!(", {DOOR_LOCKED}") } else { String::new() };
    format!("{} in the circle{locked}", room.state.circle.seats.len())
}

/// What to know before a member is removed: a question, and a hint.
pub fn remove_question(name: Option<&str>, how: Guide) -> [String; 2] {
    let name = name.unwrap_or("someone who is gone");
    let lock = how(Word::Lock, "");
    let hint = format!("Anybody with the code can knock again. To lock the door, {lock}.");
    [format!("Remove {name} from the group?"), hint]
}

/// What to know before the group is ended: a question, and a hint.
pub fn end_question() -> [String; 2] {
    let hint = "If something was decided, the minutes are read back first.";
    ["End the group for everybody?".to_owned(), hint.to_owned()]
}

/// What to know before somebody is turned away: a question, and a hint.
pub fn decline_question(name: Option<&str>) -> [String; 2] {
    let name = name.unwrap_or("someone who went away");
    [format!("Turn {name} away?"), "They can knock again with the same code.".to_owned()]
}

/// Looking for the group: a heading, and what to know.
pub const LOOKING: [&str; 3] =
    ["Looking for the group.", "On a slow line this can take half a minute.", "You don't have to do anything."];
/// At the door.
pub const YOU_WAIT: &str = "You are at the door, waiting to be let in.";
/// What the others know of me there.
pub const NAME_IS_SEEN: &str = "The facilitator sees your name. Nobody hears anybody yet.";

/// Above the ground rules, at the door.
pub fn rules_heading(agreed: bool, how: Guide) -> String {
    if agreed {
        "You have agreed to the ground rules.".to_owned()
    } else {
        format!("The ground rules. To agree to them, {}:", how(Word::Agree, ""))
    }
}

/// Where there is no room for all of them.
pub fn more_rules(how: Guide) -> String {
    format!("For how this group decides, {}.", how(Word::Rules, ""))
}

/// Where there is no room for any of them.
pub fn rules_in_short(agreed: bool, how: Guide) -> String {
    if agreed {
        return rules_heading(agreed, how);
    }
    format!("To read the ground rules, {}; to agree to them, {}.", how(Word::Rules, ""), how(Word::Agree, ""))
}

/// The sound check that can be done meanwhile; in short where there is little room.
pub fn check_your_sound(short: bool, how: Guide) -> String {
    let check = how(Word::Sound, "");
    if short {
        format!("For a sound check, {check}.")
    } else {
        format!("To check your sound meanwhile, {check}: two soft notes, and a meter.")
    }
}

/// Before the meter of the sound check.
pub const SOUND_CHECK: &str = "Sound check";

/// How long I was in the circle.
pub fn stayed(length: &str) -> String {
    format!("You were in the circle for {length}.")
}

/// At the end.
pub const NOTHING_KEPT: &str = "Your microphone is closed. ingle kept nothing of what was said or written.";

/// How much data has been used, and at what rate.
pub fn data(rate: &str, used: &str) -> String {
    format!("{rate}   {used} so far")
}

/// What goes on in a few words, before and after the circle.
pub fn phase(room: &Room) -> Option<[&'static str; 2]> {
    match room.phase {
        Phase::Connecting => Some(["Looking for the group", "looking"]),
        Phase::Waiting => Some(["You are at the door", "at the door"]),
        Phase::In | Phase::Returning(_) | Phase::Over(_) => None,
    }
}
