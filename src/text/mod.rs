//! Every sentence a person can read: plain words, no blame, and after each problem what to do next.

mod end;
mod figures;
mod invite;
mod relay;
mod sign;
mod told;
mod trouble;

pub use end::{ended, reason};
pub use figures::{LineState, bytes, kbps, line_state, span};
pub use invite::{explain_privacy, invitation};
pub use relay::{ask_for_key, changed_key, damaged_line, new_relay, no_key, other_key, unkept_relay, unread_relays};
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
