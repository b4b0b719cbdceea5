//! Secret votes, in sentences.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::names;
use crate::session::Room;
use crate::session::poll::{Count, FEW_VOTERS};

/// What a voter must know in a secret vote with few others.
pub(super) const FEW: Text = Text::new("ballot-few");
/// What I hear when my vote is in.
pub const VOTE_IN: Text = Text::new("ballot-vote-in");
/// The time to vote is over, and the result comes in a moment.
pub const COUNTING: Text = Text::new("ballot-counting");

/// What is said when a secret vote opens.
pub fn secret_vote(room: &Room) -> Vec<&'static str> {
    let few = room.state.decisions.poll.as_ref().is_some_and(|poll| poll.turnout().1 < FEW_VOTERS);
    let mut lines = vec![text("ballot-nobody-sees-how-anybody")];
    lines.extend(few.then_some(FEW.get()));
    lines
}

/// How far a secret vote is, in a few words and in fewer.
pub fn turnout(room: &Room) -> Option<[String; 2]> {
    let poll = room.state.decisions.poll.as_ref()?;
    if !poll.is_asking() {
        return Some([text("ballot-counted-now").to_owned(), text("ballot-counted-now-short").to_owned()]);
    }
    let (voted, of) = poll.turnout();
    let few = of < FEW_VOTERS;
    Some([say!("ballot-turnout", voted, of, few), say!("ballot-turnout-short", voted, of, few)])
}

/// A member's program has sent what doesn't count.
pub fn bad_ballot(name: &str) -> String {
    say!("ballot-program-sent-ballot-not", name)
}

/// A secret vote came to nothing, and what can be done: without those of these names it can't be counted.
pub fn uncounted(count: Count, absent: &[String], how: Guide) -> Vec<String> {
    let fresh = || say!("ballot-ask-group-again-make", propose = how(Word::Propose, "TEXT"));
    match count {
        Count::TooFew | Count::Tally(_) => {
            vec![text("ballot-too-few-voted-keep").to_owned()]
        }
        Count::Incomplete => {
            vec![
                say!("ballot-missing", count = absent.len(), names = names(absent)),
                text("ballot-please-dont-simply-vote").to_owned(),
                fresh(),
            ]
        }
        Count::Failed => vec![text("ballot-ballots-did-not-add").to_owned(), fresh()],
    }
}

/// The same in a word for scripts. The words stay.
pub fn uncounted_word(count: Count) -> &'static str {
    match count {
        Count::TooFew | Count::Tally(_) => "too_few",
        Count::Incomplete => "incomplete",
        Count::Failed => "failed",
    }
}
