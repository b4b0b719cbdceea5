//! Every sentence a person can read: plain words, no blame, and after each problem what to do next.

mod code;
mod end;
mod figures;
mod invite;
mod sign;
mod told;
mod trouble;

pub use code::{
    CODE_PROMPT, CODE_PROMPT_SHORT, code_complete, code_hint, code_no_word, code_nothing_to_complete, code_number, code_short_word,
    code_too_many, code_words,
};
pub use end::{ended, reason};
pub use figures::{LineState, bytes, kbps, line_state, span};
pub use invite::{explain_privacy, invitation};
pub use sign::{Sign, signs};
pub use told::{leave_question, link, names, speaking, speaking_short, who};
pub use trouble::{refusal, trouble, wrong_words};

/// The mark that every screen carries until voice and words are encrypted from member to member.
pub const NOT_PRIVATE: &str = "not private yet";

/// A problem, and what to do next.
pub type Advice = (String, String);

fn advice(message: &str, hint: &str) -> Advice {
    (message.to_owned(), hint.to_owned())
}
