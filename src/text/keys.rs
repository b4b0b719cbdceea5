//! What the keys of the screen do. Which key does it is in the table of `tui::keymap`.

#![allow(missing_docs, reason = "the sentences say it")]

use super::advice::{Advice, advice};

/// A key's word in the footer, and its sentence in the help; the sentence is empty if another key's says it.
#[derive(Clone, Copy, Debug)]
pub struct KeyText {
    /// The word in the footer.
    pub word: &'static str,
    /// The sentence in the help.
    pub help: &'static str,
}

const fn key(word: &'static str, help: &'static str) -> KeyText {
    KeyText { word, help }
}

pub const MIC: KeyText = key("mic", "Open or close your microphone.");
pub const SAME: KeyText = key("the same words", "When words are compared: yours are the same.");
pub const DIFFER: KeyText = key("other words", "When words are compared: yours are different.");
pub const VOTE_YES: KeyText = key("yes", "When there is a vote: yes.");
pub const VOTE_NO: KeyText = key("no", "When there is a vote: no.");
pub const ABSTAIN: KeyText = key("abstain", "When there is a vote: neither yes nor no.");
pub const AGREE: KeyText = key("agree", "When something is proposed or read back: agree.");
pub const ASIDE: KeyText = key("stand aside", "When something is proposed: stand aside.");
pub const BLOCK: KeyText = key("block", "When something is proposed or read back: block, and say why.");
pub const LEAD: KeyText = key(
    "choose who leads",
    "While no facilitator is here: choose the selected member, whom others chose, or yourself.",
);
pub const DONE: KeyText = key("finished", "When it is your turn in a round: finish it.");
pub const PASS: KeyText = key("pass", "When it is your turn in a round: pass.");
pub const LATER: KeyText = key("later", "When it is your turn in a round: move it to the end.");
pub const AGREE_TO_RULES: KeyText = key("agree", "Agree to the ground rules.");
pub const SOUND_CHECK: KeyText =
    key("sound check", "Check your sound: two soft notes, and a meter for you. Nothing is sent.");
pub const RULES: KeyText = key("rules", "Read the ground rules.");
pub const NOTE: KeyText = key("note", "Leave a note for those who lead, such as whom to call.");
pub const ADMIT: KeyText = key("admit", "Let in whoever is selected at the door, or else whoever came first.");
pub const ADMIT_ALL: KeyText = key("", "Let in everybody who is waiting.");
pub const MUTE: KeyText = key("mute", "Mute the selected member, or let them speak again.");
pub const MUTE_ALL: KeyText = key("mute all", "Mute everybody but yourself for a while, or let everybody speak again.");
pub const NEXT: KeyText = key("next", "Give the floor to the next raised hand, or to whoever asks to speak.");
pub const REMOVE: KeyText =
    key("remove", "Remove the selected member, or turn away whoever is selected at the door. Asks first.");
pub const LOCK: KeyText = key("lock", "Lock the door, or unlock it.");
pub const GIVE_BACK: KeyText = key("give back", "Give somebody who is back their place, vote and role again.");
pub const TRY: KeyText = key("", "Let one more person try the code, after too many wrong tries.");
pub const NEW_CODE: KeyText = key("", "Change the words of the code. Everybody inside stays inside.");
pub const VERIFY: KeyText = key("", "Compare four words with everybody, to make sure that nobody is listening in.");
pub const HAND: KeyText = key("hand", "Raise your hand, or lower it.");
pub const TURNS: KeyText = key("turns", "Turns: see or change who is speaking and who is next.");
pub const DECIDE: KeyText = key("decide", "Decide: propose, agree, vote, and read the minutes.");
pub const CARE: KeyText = key("care", "Care: ask for help, write privately, look after each other.");
pub const ROLES: KeyText = key("", "Roles: see or change who leads and who takes over.");
pub const SOUND: KeyText = key("", "Sound: choose devices, or hear a member louder or softer.");
pub const ALOUD: KeyText = key("go on aloud", "When your headphones were unplugged: go on aloud.");
pub const LOUDER: KeyText = key("", "Hear the selected member louder or softer.");
pub const WRITE: KeyText = key("write", "Write a line to everybody, or type a command.");
pub const PANELS: KeyText =
    key("panels", "Move between the circle, the door and the chat. On a small screen, read the chat.");
pub const SELECT: KeyText = key("", "Select someone, or scroll the chat.");
pub const SCROLL_CHAT: KeyText = key("", "Scroll the chat. On a small screen, read it.");
pub const SKIP: KeyText = key("", "While you catch up on what you missed: skip the rest of it.");
pub const PEOPLE: KeyText = key("", "See who is here, how they are, and all that is going on.");
pub const LINE: KeyText = key("", "See how good your line is, and how much data it has used.");
pub const PLAN: KeyText = key("", "Take more or less data for your voice: auto, thin, full, by turns.");
pub const INVITE: KeyText = key("", "See what others need to join.");
pub const PRIVACY: KeyText = key("privacy", "Read what is private, and what the relay can see.");
pub const CLEAR: KeyText = key("", "Select nobody.");
pub const SEND: KeyText = key("send", "Send the line.");
pub const STOP_WRITING: KeyText = key("stop writing", "Stop writing.");
pub const YES: KeyText = key("yes", "Yes.");
pub const NO: KeyText = key("no", "No.");
pub const END_FOR_ALL: KeyText = key("end for all", "When leaving: end the group for everybody.");
pub const SCROLL_UP: KeyText = key("", "Scroll up.");
pub const SELECT_LINE: KeyText = key("", "Select a line.");
pub const CHOOSE: KeyText = key("choose", "Do what the selected line says.");
pub const SCROLL_DOWN: KeyText = key("more", "Scroll down.");
pub const BACK: KeyText = key("back", "Back to the group.");
pub const HELP: KeyText = key("help", "Show every key and command.");
pub const LEAVE: KeyText = key("leave", "Leave. Asks first.");
pub const CLOSE: KeyText = key("close", "Close the program.");
pub const CLOSE_MIC: KeyText = key("", "Close your microphone at once, wherever you are.");
pub const SUSPEND: KeyText = key("", "Close the microphone and go back to the shell for a while.");
pub const REDRAW: KeyText = key("", "Redraw the screen.");
/// For a key whose sentence stands with another key of the same name.
pub const AS_ABOVE: KeyText = key("", "");

/// The word of [`AGREE`] when the minutes are asked about.
pub const MINUTES_RIGHT: &str = "right";
/// The word of [`BLOCK`] when the minutes are asked about.
pub const MINUTES_NOT_RIGHT: &str = "not right";

/// A word of the footer where there is little room.
pub fn shorter(word: &'static str) -> &'static str {
    match word {
        "stand aside" => "aside",
        "the same words" => "same",
        "other words" => "other",
        "choose who leads" => "lead",
        word => word,
    }
}

/// Keys that were chosen are not written as they have to be.
pub fn bind_form(written: &str) -> Advice {
    advice(format!("\"{written}\" chooses no key."), "Write what it does and its keys, such as hand=h or mic=f5.")
}

/// No action is called so.
pub fn bind_no_action(name: &str, nearest: &str) -> Advice {
    advice(format!("Nothing that a key does is called \"{name}\"."), format!("Did you mean {nearest}?"))
}

/// No key is called so.
pub fn bind_no_key(key: &str) -> Advice {
    let hint = "A key is a letter or sign, or a name such as space, tab, pgup, f5 or ctrl-t.";
    advice(format!("No key is called \"{key}\"."), hint)
}

/// It would write a letter.
pub fn bind_letter(key: &str) -> Advice {
    let hint = "Choose one with ctrl, or a key that writes nothing, such as f5.";
    advice(format!("\"{key}\" can't be the key for this, since it works while you write, too."), hint)
}

/// One key would do two things.
pub fn bind_twice(key: &str, one: &str, other: &str) -> Advice {
    advice(format!("The key {key} would do two things: {one} and {other}."), "Choose another key for one of them.")
}

/// The menus have this letter.
pub fn bind_in_menus(key: &str) -> Advice {
    advice(format!("The key {key} is a letter of the menus, where this works too."), "Choose a key that is no letter.")
}
