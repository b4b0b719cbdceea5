//! The lines of the menus, and what they ask for. Which letter stands for a line is in the table of `tui::menu`.

#![allow(missing_docs, reason = "the sentences say it")]

use super::catalogue::{Text, say};

// The headings.
pub const TURNS: Text = Text::new("menus-turns");
pub const DECIDE: Text = Text::new("menus-decide");
pub const CARE: Text = Text::new("menus-care");
pub const ROLES: Text = Text::new("menus-roles");
pub const SOUND: Text = Text::new("menus-sound");
pub const NOTHING_TO_DO: Text = Text::new("menus-nothing-to-do");

// Turns.
pub const DONE: Text = Text::new("menus-done");
pub const PASS: Text = Text::new("menus-pass");
pub const LATER: Text = Text::new("menus-later");
pub const YES: Text = Text::new("menus-yes");
pub const BACK: Text = Text::new("menus-back");
pub const HAND: Text = Text::new("menus-hand");
pub const ASK: Text = Text::new("menus-ask");
pub const STICK: Text = Text::new("menus-stick");
pub const STICK_TO: Text = Text::new("menus-stick-to");
pub const STICK_DOWN: Text = Text::new("menus-stick-down");
pub const NEXT: Text = Text::new("menus-next");
pub const LEAST_FIRST: Text = Text::new("menus-least-first");
pub const FIRST_FIRST: Text = Text::new("menus-first-first");
pub const MUTE: Text = Text::new("menus-mute");
pub const MUTE_WHOM: Text = Text::new("menus-mute-whom");
pub const MUTE_ALL: Text = Text::new("menus-mute-all");
pub const UNMUTE_ALL: Text = Text::new("menus-unmute-all");
pub const CHECK_IN: Text = Text::new("menus-check-in");
pub const CHECK_OUT: Text = Text::new("menus-check-out");
pub const FREE_ROUND: Text = Text::new("menus-free-round");
pub const SECONDS: Text = Text::new("menus-seconds");
pub const SKIP_TURN: Text = Text::new("menus-skip-turn");
pub const END_ROUND: Text = Text::new("menus-end-round");
pub const AGENDA: Text = Text::new("menus-agenda");
pub const ADD_POINT: Text = Text::new("menus-add-point");
pub const POINT: Text = Text::new("menus-point");
pub const POINT_MINUTES: Text = Text::new("menus-point-minutes");
pub const NEXT_POINT: Text = Text::new("menus-next-point");
pub const CLEAR_AGENDA: Text = Text::new("menus-clear-agenda");
pub const BREAK: Text = Text::new("menus-break");
pub const BREAK_MINUTES: Text = Text::new("menus-break-minutes");
pub const END_BREAK: Text = Text::new("menus-end-break");
pub const BELL: Text = Text::new("menus-bell");
pub const BELL_MINUTES: Text = Text::new("menus-bell-minutes");

// Decide.
pub const PROPOSE: Text = Text::new("menus-propose");
pub const PROPOSE_WHAT: Text = Text::new("menus-propose-what");
pub const AGREE: Text = Text::new("menus-agree");
pub const ASIDE: Text = Text::new("menus-aside");
pub const BLOCK: Text = Text::new("menus-block");
pub const BLOCK_WHY: Text = Text::new("menus-block-why");
pub const NOT_RIGHT: Text = Text::new("menus-not-right");
pub const AMEND: Text = Text::new("menus-amend");
pub const AMEND_TO: Text = Text::new("menus-amend-to");
pub const WITHDRAW: Text = Text::new("menus-withdraw");
pub const TEST: Text = Text::new("menus-test");
pub const OPEN_VOTE: Text = Text::new("menus-open-vote");
pub const SECRET_VOTE: Text = Text::new("menus-secret-vote");
pub const END_VOTE: Text = Text::new("menus-end-vote");
pub const MOVE_FACILITATOR: Text = Text::new("menus-move-facilitator");
pub const MOVE_WHOM: Text = Text::new("menus-move-whom");
pub const CHANGE_RULES: Text = Text::new("menus-change-rules");
pub const WHICH_RULE: Text = Text::new("menus-which-rule");
pub const ASK_TO_REMOVE: Text = Text::new("menus-ask-to-remove");
pub const REMOVE_WHOM: Text = Text::new("menus-remove-whom");
pub const PROPOSAL: Text = Text::new("menus-proposal");
pub const MINUTES: Text = Text::new("menus-minutes");
pub const SAVE: Text = Text::new("menus-save");
pub const SAVE_WHERE: Text = Text::new("menus-save-where");
pub const CLOSE: Text = Text::new("menus-close");

// Care.
pub const HELP_ME: Text = Text::new("menus-help-me");
pub const PRIVATE: Text = Text::new("menus-private");
pub const PRIVATE_TO: Text = Text::new("menus-private-to");
pub const PRIVATE_WHAT: Text = Text::new("menus-private-what");
pub const HERE: Text = Text::new("menus-here");
pub const APPLAUD: Text = Text::new("menus-applaud");
pub const FOLLOW_UP: Text = Text::new("menus-follow-up");
pub const FOLLOW_UP_WHOM: Text = Text::new("menus-follow-up-whom");
pub const FOLLOW_UP_WHAT: Text = Text::new("menus-follow-up-what");
pub const HANDLED: Text = Text::new("menus-handled");
pub const HANDLED_WHOM: Text = Text::new("menus-handled-whom");
pub const NOTE: Text = Text::new("menus-note");
pub const NOTE_WHAT: Text = Text::new("menus-note-what");

// Roles.
pub const CO_FACILITATOR: Text = Text::new("menus-co-facilitator");
pub const CO_FACILITATOR_WHO: Text = Text::new("menus-co-facilitator-who");
pub const FACILITATOR: Text = Text::new("menus-facilitator");
pub const FACILITATOR_WHO: Text = Text::new("menus-facilitator-who");
pub const MEMBER: Text = Text::new("menus-member");
pub const MEMBER_WHO: Text = Text::new("menus-member-who");
pub const LEAD: Text = Text::new("menus-lead");
pub const LEAD_WHO: Text = Text::new("menus-lead-who");
pub const TAKE_BACK: Text = Text::new("menus-take-back");

// Sound.
pub const MIC_DEVICE: Text = Text::new("menus-mic-device");
pub const SPEAKER_DEVICE: Text = Text::new("menus-speaker-device");
pub const VOLUME: Text = Text::new("menus-volume");
pub const VOLUME_WHOM: Text = Text::new("menus-volume-whom");
pub const VOLUME_PERCENT: Text = Text::new("menus-volume-percent");
pub const ALOUD: Text = Text::new("menus-aloud");

/// A question about what one member alone is to read.
pub fn only_for(name: &str, question: &str) -> String {
    say!("menus-only-sees", name, question)
}
