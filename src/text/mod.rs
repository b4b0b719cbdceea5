//! Every sentence a person can read: plain words, no blame, and after each problem what to do next.

mod ballot;
mod behind;
mod care;
mod charter;
mod code;
mod decisions;
mod end;
mod figures;
mod invite;
mod lobby;
mod minutes;
mod relay;
mod roles;
mod sign;
mod status;
mod trouble;
mod turns;
mod verify;

pub use ballot::{COUNTING, VOTE_IN, bad_ballot, secret_vote, turnout, uncounted, uncounted_word};
pub use behind::{LIVE_AGAIN, i_am_behind, member_behind, member_live};
pub use care::{alarm, alarm_short, cared, chat_text, private_lost};
pub use charter::{charter, charter_changes, charter_error, long_charter, no_charter, odd_charter, wrong_charter};
pub use code::{
    CODE_PROMPT, CODE_PROMPT_SHORT, code_complete, code_hint, code_no_word, code_nothing_to_complete, code_number,
    code_short_word, code_too_many, code_words,
};
pub use decisions::{
    MINUTES_TASK, answer, ask_the_group, choice, counted, counts, decided_so_far, deed, no_decision, overstepped,
    proposal, proposal_told, proposals, proposed, result, stage, tally, vote_kind, vote_told,
};
pub use end::{ended, reason};
pub use figures::{LineState, bytes, kbps, line_state, span};
pub use invite::invitation;
pub use lobby::{NOTHING_IS_SENT, agreement, first_rules, ground_rules, hearing, rules, sound_check};
pub use minutes::{
    minutes, minutes_agreed, minutes_file, minutes_kept, minutes_not_kept, minutes_not_read, receipt, receipt_of,
};
pub use relay::{ask_for_key, changed_key, damaged_line, new_relay, no_key, other_key, unkept_relay, unread_relays};
pub use roles::{ROLES_ARE_GIVEN, can_take_back, has_role, held_by, role};
pub use sign::{Sign, signs};
pub use status::{heard_by, heard_by_few, leave_question, link, names, speaking, speaking_short, who};
pub use trouble::{refusal, trouble, try_waits, wrong_words};
pub use turns::{
    TurnBlock, agenda, my_share, not_now, nudge, ordinal, round_kind, talks_muted, turn_blocks, turned, why_muted,
};
pub use verify::{
    WORDS_COME, explain_privacy, no_words, privacy, privacy_mark, standing, verified, verify_over, verify_progress,
    verify_task, words_differ,
};

/// A problem, and what to do next.
pub type Advice = (String, String);

fn advice(message: &str, hint: &str) -> Advice {
    (message.to_owned(), hint.to_owned())
}
