//! The door, from both sides.

use super::advice::Advice;
use super::commands::Word;
use super::guide::Guide;
use super::invite::SHORT_FORM;
use super::lobby::rules;
use super::verify::privacy_in_short;
use crate::session::{Invitation, LetsIn, Lookalike, Room};

/// The group is open, or has another code: what others join with. `first` if it has just been opened.
pub fn hosting(invitation: &Invitation, first: bool, how: Guide) -> Vec<String> {
    let open = if first { "The group is open." } else { "This is the code now." };
    let mut lines = vec![format!("{open} Send this to the people you want to meet:"), String::new()];
    lines.extend(invitation.text.lines().map(str::to_owned));
    lines.push(String::new());
    lines.extend(short(invitation));
    lines.extend(about_relay(invitation));
    lines.push(privacy_in_short(how));
    lines
}

/// The form for a text message, if it is known.
fn short(invitation: &Invitation) -> Vec<String> {
    match invitation.short.as_str() {
        "" => vec![],
        short => vec![SHORT_FORM.to_owned(), short.to_owned(), String::new()],
    }
}

/// Beside an invitation: which relay it is, and who can reach it.
fn about_relay(invitation: &Invitation) -> Vec<String> {
    let reach = invitation.reach.map(|reach| both(super::reach::reach(reach)));
    [relay_key(&invitation.key)].into_iter().chain(reach).collect()
}

fn both((message, hint): Advice) -> String {
    if hint.is_empty() { message } else { format!("{message} {hint}") }
}

/// Which relay it is, beside an invitation.
fn relay_key(key: &str) -> String {
    format!("The relay's key is {key}. Guests who have not met this relay before are shown the same key.")
}

/// What others join with, as far as it is known here.
pub fn invite(invitation: Option<&Invitation>, code: Option<&str>) -> Vec<String> {
    match (invitation, code) {
        (Some(invitation), _) => {
            let text = invitation.text.lines().map(str::to_owned).chain([String::new()]);
            text.chain(short(invitation)).chain(about_relay(invitation)).collect()
        }
        (None, Some(code)) => vec![format!("Others join with the code {code}.")],
        (None, None) => vec!["The code is not known here. Please ask the facilitator for it.".to_owned()],
    }
}

/// I am at the door.
pub fn waiting(room: &Room, how: Guide) -> Vec<String> {
    let mut lines = vec![format!("You are at the door of \"{}\". Please wait to be let in.", room.state.title)];
    lines.extend(rules(room));
    let (agree, sound) = (how(Word::Agree, ""), how(Word::Sound, ""));
    lines.push(format!("To agree to them, {agree}. To check your sound while you wait, {sound}."));
    lines.push(privacy_in_short(how));
    lines
}

/// At the door: the member who can let me in.
pub fn lets_in_me(who: &LetsIn) -> String {
    match who {
        LetsIn::Member(name) => format!("{name} can let you in."),
        LetsIn::Nobody => {
            "Nobody can let you in at the moment. The group has been asked to choose somebody who leads it.".to_owned()
        }
    }
}

/// At the door, which hasn't answered for a while. It may have no group at all, and nobody tells which it is.
pub fn door_silent() -> &'static str {
    "The door has not answered yet. Perhaps nobody is at it now, or the facilitator has to say yes first, after several wrong \
     codes. ingle keeps waiting. If it takes long, check the code with whoever sent it."
}

/// I have agreed to the ground rules.
pub const AGREED: &str = "You have agreed to the ground rules, and the facilitator sees it. Please wait.";

/// I am in.
pub fn joined(room: &Room) -> String {
    format!("You are in the circle: {}.", room.state.title)
}

/// What to do first.
pub fn first_steps(how: Guide) -> String {
    format!("To open your microphone, {}. To see all you can do, {}.", how(Word::Mic, "on"), how(Word::Help, ""))
}

/// Someone knocks; with a warning, if the name is odd.
pub fn knock(room: &Room, name: &str, how: Guide) -> String {
    let odd = Lookalike::of(name, room).map(|odd| format!(" {}", odd_name(&odd))).unwrap_or_default();
    format!("{name} is at the door.{odd} To let {name} in, {}.", how(Word::Admit, name))
}

/// What is odd about the name of somebody at the door.
pub fn odd_name(odd: &Lookalike) -> String {
    match odd {
        Lookalike::Same(name) => format!("{name} is here already, so make sure who it is."),
        Lookalike::Like(name) => format!("The name looks like {name}'s, so make sure who it is."),
        Lookalike::Mixed => "The name mixes letters of several alphabets, so make sure who it is.".to_owned(),
    }
}

/// The same beside the name.
pub(super) fn odd_name_in_short(odd: &Lookalike) -> String {
    match odd {
        Lookalike::Same(name) => format!("{name} is here!"),
        Lookalike::Like(name) => format!("looks like {name}!"),
        Lookalike::Mixed => "mixed alphabets!".to_owned(),
    }
}

/// Someone who waits has agreed to the ground rules.
pub fn knock_agreed(name: &str) -> String {
    format!("{name}, at the door, has agreed to the ground rules.")
}

/// Someone who knocked went away.
pub fn knock_over(name: &str) -> String {
    format!("{name} is no longer waiting at the door.")
}

/// Someone tried words that don't open the door; if it is `held`, nobody else can try before the facilitator says yes.
pub fn wrong_words(tries: u32, held: bool, how: Guide) -> String {
    let so_far = if tries == 1 { "once".to_owned() } else { format!("{tries} times") };
    let yes = || format!(" Nobody else can try now; to let one more person try, {}.", how(Word::Try, ""));
    let next = if held { yes() } else { String::new() };
    format!("Someone at the door had the wrong words: {so_far} so far. The door stayed shut.{next}")
}

/// Someone came whose try at the words needs the facilitator's yes.
pub fn try_waits(how: Guide) -> String {
    format!("Someone is at the door, and can't try the words yet. To let them try, {}.", how(Word::Try, ""))
}

/// The same for as long as it is so, without the way.
pub fn try_waits_in_short() -> &'static str {
    "Someone at the door can't try the words until you say yes."
}

/// The words of the code were drawn anew.
pub fn new_code(how: Guide) -> String {
    let see = how(Word::Invite, "");
    format!("The code has new words; the old ones no longer open the door. To see it, {see}. Everybody inside stays.")
}

/// The door was locked or unlocked.
pub fn locked(locked: bool) -> &'static str {
    if locked { "The door is locked: nobody can knock." } else { "The door is unlocked." }
}
