//! The door, from both sides.

use super::advice::Advice;
use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use super::invite::SHORT_FORM;
use super::lobby::rules;
use super::verify::privacy_in_short;
use crate::session::{Invitation, LetsIn, Lookalike, Room};

/// The group is open, or has another code: what others join with. `first` if it has just been opened.
pub fn hosting(invitation: &Invitation, first: bool, how: Guide) -> Vec<String> {
    let mut lines = vec![say!("door-hosting", first), String::new()];
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
    say!("door-relay-key-guests-who", key)
}

/// What others join with, as far as it is known here.
pub fn invite(invitation: Option<&Invitation>, code: Option<&str>) -> Vec<String> {
    match (invitation, code) {
        (Some(invitation), _) => {
            let text = invitation.text.lines().map(str::to_owned).chain([String::new()]);
            text.chain(short(invitation)).chain(about_relay(invitation)).collect()
        }
        (None, Some(code)) => vec![say!("door-others-join-code", code)],
        (None, None) => vec![text("door-code-not-known-please").to_owned()],
    }
}

/// I am at the door.
pub fn waiting(room: &Room, how: Guide) -> Vec<String> {
    let mut lines = vec![say!("door-door-please-wait-let", title = room.state.title)];
    lines.extend(rules(room));
    let (agree, sound) = (how(Word::Agree, ""), how(Word::Sound, ""));
    lines.push(say!("door-agree-them-check-sound", agree, sound));
    lines.push(privacy_in_short(how));
    lines
}

/// At the door: the member who can let me in.
pub fn lets_in_me(who: &LetsIn) -> String {
    match who {
        LetsIn::Member(name) => say!("door-can-let", name),
        LetsIn::Nobody => text("door-nobody-can-let-moment").to_owned(),
    }
}

/// At the door, which hasn't answered for a while. It may have no group at all, and nobody tells which it is.
pub fn door_silent() -> &'static str {
    text("door-door-not-answered-yet")
}

/// I have agreed to the ground rules.
pub const AGREED: Text = Text::new("door-agreed");

/// I am in.
pub fn joined(room: &Room) -> String {
    say!("door-circle", title = room.state.title)
}

/// What to do first.
pub fn first_steps(how: Guide) -> String {
    say!("door-open-microphone-see-all", mic = how(Word::Mic, "on"), help = how(Word::Help, ""))
}

/// Someone knocks; with a warning, if the name is odd.
pub fn knock(room: &Room, name: &str, how: Guide) -> String {
    let admit = how(Word::Admit, name);
    match Lookalike::of(name, room) {
        Some(odd) => say!("door-knock-odd", name, odd = odd_name(&odd), admit),
        None => say!("door-knock", name, admit),
    }
}

/// What is odd about the name of somebody at the door.
pub fn odd_name(odd: &Lookalike) -> String {
    match odd {
        Lookalike::Same(name) => say!("door-already-make-sure-who", name),
        Lookalike::Like(name) => say!("door-name-looks-like-s", name),
        Lookalike::Mixed => text("door-name-mixes-letters-several").to_owned(),
    }
}

/// The same beside the name.
pub(super) fn odd_name_in_short(odd: &Lookalike) -> String {
    match odd {
        Lookalike::Same(name) => say!("door-is-here", name),
        Lookalike::Like(name) => say!("door-looks-like", name),
        Lookalike::Mixed => text("door-mixed-alphabets").to_owned(),
    }
}

/// Someone who waits has agreed to the ground rules.
pub fn knock_agreed(name: &str) -> String {
    say!("door-door-agreed-ground-rules", name)
}

/// Someone who knocked went away.
pub fn knock_over(name: &str) -> String {
    say!("door-no-longer-waiting-door", name)
}

/// Someone tried words that don't open the door; if it is `held`, nobody else can try before the facilitator says yes.
pub fn wrong_words(tries: u32, held: bool, how: Guide) -> String {
    let wrong = say!("door-wrong-words", tries);
    if held { format!("{wrong} {}", say!("door-wrong-words-held", yes = how(Word::Try, ""))) } else { wrong }
}

/// Someone came whose try at the words needs the facilitator's yes.
pub fn try_waits(how: Guide) -> String {
    say!("door-someone-door-cant-try", try = how(Word::Try, ""))
}

/// The same for as long as it is so, without the way.
pub fn try_waits_in_short() -> &'static str {
    text("door-someone-door-cant-try-words")
}

/// The words of the code were drawn anew.
pub fn new_code(how: Guide) -> String {
    let see = how(Word::Invite, "");
    say!("door-code-new-words-old", see)
}

/// The door was locked or unlocked.
pub fn locked(locked: bool) -> &'static str {
    if locked { text("door-door-locked-nobody-can") } else { text("door-door-unlocked") }
}
