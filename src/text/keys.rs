//! What the keys of the screen do. Which key does it is in the table of `tui::keymap`.

#![allow(missing_docs, reason = "the sentences say it")]

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};

pub use super::key_text::KeyText;
use super::key_text::key;
pub use super::qr::{COPY, COPY_INVITE, COPY_SHORT, PICTURE};
pub use super::search::{SEARCH, SEARCH_DONE, SEARCH_STOP};

pub const MIC: KeyText = key(Text::new("keys-mic"), Text::new("keys-mic-help"));
pub const SAME: KeyText = key(Text::new("keys-same"), Text::new("keys-same-help"));
pub const DIFFER: KeyText = key(Text::new("keys-differ"), Text::new("keys-differ-help"));
pub const VOTE_YES: KeyText = key(Text::new("keys-vote-yes"), Text::new("keys-vote-yes-help"));
pub const VOTE_NO: KeyText = key(Text::new("keys-vote-no"), Text::new("keys-vote-no-help"));
pub const ABSTAIN: KeyText = key(Text::new("keys-abstain"), Text::new("keys-abstain-help"));
pub const AGREE: KeyText = key(Text::new("keys-agree"), Text::new("keys-agree-help"));
pub const ASIDE: KeyText = key(Text::new("keys-aside"), Text::new("keys-aside-help"));
pub const BLOCK: KeyText = key(Text::new("keys-block"), Text::new("keys-block-help"));
pub const LEAD: KeyText = key(Text::new("keys-lead"), Text::new("keys-lead-help"));
pub const DONE: KeyText = key(Text::new("keys-done"), Text::new("keys-done-help"));
pub const PASS: KeyText = key(Text::new("keys-pass"), Text::new("keys-pass-help"));
pub const LATER: KeyText = key(Text::new("keys-later"), Text::new("keys-later-help"));
pub const AGREE_TO_RULES: KeyText = key(Text::new("keys-agree-to-rules"), Text::new("keys-agree-to-rules-help"));
pub const SOUND_CHECK: KeyText = key(Text::new("keys-sound-check"), Text::new("keys-sound-check-help"));
pub const RULES: KeyText = key(Text::new("keys-rules"), Text::new("keys-rules-help"));
pub const NOTE: KeyText = key(Text::new("keys-note"), Text::new("keys-note-help"));
pub const ADMIT: KeyText = key(Text::new("keys-admit"), Text::new("keys-admit-help"));
pub const ADMIT_ALL: KeyText = key(Text::NONE, Text::new("keys-admit-all-help"));
pub const MUTE: KeyText = key(Text::new("keys-mute"), Text::new("keys-mute-help"));
pub const MUTE_ALL: KeyText = key(Text::new("keys-mute-all"), Text::new("keys-mute-all-help"));
pub const NEXT: KeyText = key(Text::new("keys-next"), Text::new("keys-next-help"));
pub const REMOVE: KeyText = key(Text::new("keys-remove"), Text::new("keys-remove-help"));
pub const LOCK: KeyText = key(Text::new("keys-lock"), Text::new("keys-lock-help"));
pub const GIVE_BACK: KeyText = key(Text::new("keys-give-back"), Text::new("keys-give-back-help"));
pub const TRY: KeyText = key(Text::NONE, Text::new("keys-try-help"));
pub const NEW_CODE: KeyText = key(Text::NONE, Text::new("keys-new-code-help"));
pub const VERIFY: KeyText = key(Text::NONE, Text::new("keys-verify-help"));
pub const HAND: KeyText = key(Text::new("keys-hand"), Text::new("keys-hand-help"));
pub const TURNS: KeyText = key(Text::new("keys-turns"), Text::new("keys-turns-help"));
pub const DECIDE: KeyText = key(Text::new("keys-decide"), Text::new("keys-decide-help"));
pub const CARE: KeyText = key(Text::new("keys-care"), Text::new("keys-care-help"));
pub const ROLES: KeyText = key(Text::NONE, Text::new("keys-roles-help"));
pub const SOUND: KeyText = key(Text::NONE, Text::new("keys-sound-help"));
pub const ALOUD: KeyText = key(Text::new("keys-aloud"), Text::new("keys-aloud-help"));
pub const LOUDER: KeyText = key(Text::NONE, Text::new("keys-louder-help"));
pub const WRITE: KeyText = key(Text::new("keys-write"), Text::new("keys-write-help"));
pub const PANELS: KeyText = key(Text::new("keys-panels"), Text::new("keys-panels-help"));
pub const SELECT: KeyText = key(Text::NONE, Text::new("keys-select-help"));
pub const SCROLL_CHAT: KeyText = key(Text::NONE, Text::new("keys-scroll-chat-help"));
pub const SKIP: KeyText = key(Text::NONE, Text::new("keys-skip-help"));
pub const PEOPLE: KeyText = key(Text::NONE, Text::new("keys-people-help"));
pub const LINE: KeyText = key(Text::NONE, Text::new("keys-line-help"));
pub const PLAN: KeyText = key(Text::NONE, Text::new("keys-plan-help"));
pub const INVITE: KeyText = key(Text::NONE, Text::new("keys-invite-help"));
pub const PRIVACY: KeyText = key(Text::new("keys-privacy"), Text::new("keys-privacy-help"));
pub const CLEAR: KeyText = key(Text::NONE, Text::new("keys-clear-help"));
pub const SEND: KeyText = key(Text::new("keys-send"), Text::new("keys-send-help"));
pub const STOP_WRITING: KeyText = key(Text::new("keys-stop-writing"), Text::new("keys-stop-writing-help"));
pub const YES: KeyText = key(Text::new("keys-yes"), Text::new("keys-yes-help"));
pub const NO: KeyText = key(Text::new("keys-no"), Text::new("keys-no-help"));
pub const END_FOR_ALL: KeyText = key(Text::new("keys-end-for-all"), Text::new("keys-end-for-all-help"));
pub const SCROLL_UP: KeyText = key(Text::NONE, Text::new("keys-scroll-up-help"));
pub const SELECT_LINE: KeyText = key(Text::NONE, Text::new("keys-select-line-help"));
pub const CHOOSE: KeyText = key(Text::new("keys-choose"), Text::new("keys-choose-help"));
pub const SCROLL_DOWN: KeyText = key(Text::new("keys-scroll-down"), Text::new("keys-scroll-down-help"));
pub const BACK: KeyText = key(Text::new("keys-back"), Text::new("keys-back-help"));
pub const HELP: KeyText = key(Text::new("keys-help"), Text::new("keys-help-help"));
pub const LEAVE: KeyText = key(Text::new("keys-leave"), Text::new("keys-leave-help"));
pub const CLOSE: KeyText = key(Text::new("keys-close"), Text::new("keys-close-help"));
pub const CLOSE_MIC: KeyText = key(Text::NONE, Text::new("keys-close-mic-help"));
pub const SUSPEND: KeyText = key(Text::NONE, Text::new("keys-suspend-help"));
pub const REDRAW: KeyText = key(Text::NONE, Text::new("keys-redraw-help"));
/// For a key whose sentence stands with another key of the same name.
pub const AS_ABOVE: KeyText = key(Text::NONE, Text::NONE);

/// The word of [`AGREE`] when the minutes are asked about.
pub const MINUTES_RIGHT: Text = Text::new("keys-minutes-right");
/// The word of [`BLOCK`] when the minutes are asked about.
pub const MINUTES_NOT_RIGHT: Text = Text::new("keys-minutes-not-right");

/// A word of the footer where there is little room.
pub fn shorter(word: &'static str) -> &'static str {
    let shorter = [
        (ASIDE.word, text("keys-aside-short")),
        (SAME.word, text("keys-same-short")),
        (DIFFER.word, text("keys-differ-short")),
        (LEAD.word, text("keys-lead-short")),
    ];
    shorter.into_iter().find(|(long, _)| long.get() == word).map_or(word, |(_, short)| short)
}

/// Keys that were chosen are not written as they have to be.
pub fn bind_form(written: &str) -> Advice {
    advice(say!("keys-chooses-no-key", written), text("keys-write-what-does-keys"))
}

/// No action is called so.
pub fn bind_no_action(name: &str, nearest: &str) -> Advice {
    advice(say!("keys-nothing-key-does-called", name), say!("keys-did-mean", nearest))
}

/// No key is called so.
pub fn bind_no_key(key: &str) -> Advice {
    let hint = text("keys-key-letter-sign-name");
    advice(say!("keys-no-key-called", key), hint)
}

/// It would write a letter.
pub fn bind_letter(key: &str) -> Advice {
    let hint = text("keys-choose-one-ctrl-key");
    advice(say!("keys-cant-key-since-works", key), hint)
}

/// One key would do two things.
pub fn bind_twice(key: &str, one: &str, other: &str) -> Advice {
    advice(say!("keys-key-would-do-two", key, one, other), text("keys-choose-another-key-one"))
}

/// The menus have this letter.
pub fn bind_in_menus(key: &str) -> Advice {
    advice(say!("keys-key-letter-menus-where", key), text("keys-choose-key-no-letter"))
}
