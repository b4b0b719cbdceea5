//! The words for hardly any screen, in several lengths.

use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use super::panels::phase;
use super::status::speaking;
use crate::ids::Time;
use crate::session::{Comparing, Phase, Room};

/// One line in several lengths, the longest first.
pub type Lengths = Vec<String>;

/// What goes on, in a sentence and in a word or two.
pub fn state(room: &Room, now: Time) -> [String; 2] {
    if let Some(words) = phase(room) {
        return words.map(str::to_owned);
    }
    match &room.phase {
        Phase::Over(ended) => [super::end::ended(ended).0, text("strip-over").to_owned()],
        _ if room.me.is_some_and(|me| room.state.turns.is_turn_of(me)) && room.phase == Phase::In => {
            [text("strip-turn").to_owned(), text("strip-turn-2").to_owned()]
        }
        _ => {
            let speakers = room.speakers().into_iter().filter(|seat| !room.floor_muted(*seat)).collect::<Vec<_>>();
            let speaks = match speakers.as_slice() {
                _ if matches!(room.phase, Phase::Returning(_)) => speaking(room, now).0,
                [] => text("strip-nobody-speaks").to_owned(),
                [one] if room.me != Some(*one) => say!("strip-speaks", name = name(room, *one)),
                _ => speaking(room, now).0,
            };
            [speaks, first_speaker(room)]
        }
    }
}

fn first_speaker(room: &Room) -> String {
    if matches!(room.phase, Phase::Returning(_)) {
        return text("strip-line-cut").to_owned();
    }
    let first = room.speakers().into_iter().find(|seat| !room.floor_muted(*seat));
    first.and_then(|seat| room.state.circle.name(seat)).unwrap_or(text("strip-quiet")).to_owned()
}

/// The way out.
pub fn leave(room: &Room, keys: Guide) -> String {
    let word = if matches!(room.phase, Phase::Over(_)) { text("strip-close") } else { text("strip-leave") };
    format!("{} {word}", keys(Word::Quit, ""))
}

/// The way to the help.
pub fn help(keys: Guide) -> String {
    say!("strip-help", help = keys(Word::Help, ""))
}

/// What I can do at the door, at length and in short.
pub fn at_the_door(keys: Guide) -> [String; 2] {
    let (rules, agree, sound) = (keys(Word::Rules, ""), keys(Word::Agree, ""), keys(Word::Sound, ""));
    [say!("strip-rules-agree-sound-check", rules, agree, sound), say!("strip-agree", agree)]
}

/// The keys that always work, in several lengths.
pub fn keys_row(room: &Room, keys: Guide) -> Lengths {
    let leave = leave(room, keys);
    let (help, quit) = (help(keys), keys(Word::Quit, ""));
    let short = format!("{} {quit}", keys(Word::Help, ""));
    match room.phase {
        Phase::Waiting => {
            let (rules, agree, sound) = (keys(Word::Rules, ""), keys(Word::Agree, ""), keys(Word::Sound, ""));
            let long = say!("strip-rules-agree-sound", rules, agree, sound, leave);
            vec![long, say!("strip-agree-2", agree, leave), short]
        }
        Phase::In | Phase::Returning(_) => {
            let mic = keys(Word::Mic, "on");
            vec![say!("strip-mic", mic, help, leave), format!("{help}  {leave}"), short]
        }
        Phase::Connecting | Phase::Over(_) => vec![leave, quit],
    }
}

/// The words that are compared; `None` if nothing is asked of me.
pub fn comparing(room: &Room, now: Time, keys: Guide) -> Option<Lengths> {
    let (part, _) = room.comparing(now)?;
    let words = room.words.map_or_else(|| super::verify::WORDS_COME.to_owned(), |words| words.join(" "));
    Some(match part {
        Comparing::Read => vec![say!("strip-read-aloud", words), words],
        Comparing::Listen => {
            let (same, differ) = (keys(Word::Match, ""), keys(Word::Mismatch, ""));
            vec![
                say!("strip-do-hear-same-not", words, same, differ),
                format!("{words}? {same} {differ}"),
                format!("{same} {differ}"),
            ]
        }
        Comparing::Answered => vec![super::verify::verify_progress(room), text("strip-comparing").to_owned()],
    })
}

/// The keys that answer a question.
#[derive(Clone, Copy, Debug)]
pub struct YesNo<'a> {
    /// Yes.
    pub yes: &'a str,
    /// No, or back.
    pub no: &'a str,
    /// To end the group for everybody, for those who can.
    pub all: Option<&'a str>,
}

/// Whether to leave, and hand over to the member of this name.
pub fn leave_question(next: Option<&str>, keys: YesNo<'_>) -> Lengths {
    let YesNo { yes, no, .. } = keys;
    match keys.all {
        Some(all) if let Some(next) = next => vec![
            say!("strip-leave-hand-over-end", yes, next, all, no),
            say!("strip-leave-leads-end-stay", yes, next, all, no),
            say!("strip-leave-2", yes, no, all),
        ],
        Some(all) => vec![say!("strip-leave-end-all", yes, no, all), say!("strip-leave-2", yes, no, all)],
        None => vec![say!("strip-leave-group", yes, no), say!("strip-leave-3", yes, no)],
    }
}

/// Whether to remove a member.
pub fn remove_question(name: Option<&str>, keys: YesNo<'_>) -> Lengths {
    let (name, YesNo { yes, no, .. }) = (name.unwrap_or(text("strip-someone-who-gone")), keys);
    vec![say!("strip-remove", name, yes, no), say!("strip-remove-2", yes, no)]
}

/// Whether to end the group.
pub fn end_question(keys: YesNo<'_>) -> Lengths {
    let YesNo { yes, no, .. } = keys;
    vec![say!("strip-end-group-everybody", yes, no), say!("strip-end-all", yes, no)]
}

/// Whether to turn somebody away.
pub fn decline_question(name: Option<&str>, keys: YesNo<'_>) -> Lengths {
    let (name, YesNo { yes, no, .. }) = (name.unwrap_or(text("strip-someone-who-went-away")), keys);
    vec![say!("strip-turn-away", name, yes, no), say!("strip-turn-away-2", yes, no)]
}

/// The keys that matter most, in place of the help.
pub fn help_page(keys: Guide, write: &str, back: &str) -> Lengths {
    let (mic, hand, quit) = (keys(Word::Mic, "on"), keys(Word::Hand, ""), keys(Word::Quit, ""));
    let all = [
        (mic.as_str(), text("strip-mic-2")),
        (&hand, text("strip-hand")),
        (write, text("strip-write")),
        (&quit, text("strip-leave-4")),
        (back, text("strip-back")),
    ];
    let here: Vec<_> = all.into_iter().filter(|(key, _)| !key.is_empty()).collect();
    let long: Vec<_> = here.iter().map(|(key, does)| format!("{key} {does}")).collect();
    let short: Vec<_> = here.iter().map(|(key, _)| *key).collect();
    vec![long.join(", "), short.join(" ")]
}

/// The way back from a page.
pub fn back(key: &str) -> String {
    say!("strip-back-2", key)
}

/// The keys of a menu in a row.
pub fn menu(heading: &str, lines: &[String], back: &str) -> Lengths {
    let keys = lines.join(" ");
    vec![format!("{heading}: {keys}, {}", self::back(back)), keys]
}
