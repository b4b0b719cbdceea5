//! Secret votes, in sentences.

use super::commands::Word;
use super::guide::Guide;
use super::names::names;
use crate::session::Room;
use crate::session::poll::{Count, FEW_VOTERS};

/// What a voter must know in a secret vote with few others.
pub(super) const FEW: &str = "With so few voters the result can show how somebody voted.";
/// What I hear when my vote is in.
pub const VOTE_IN: &str = "Your vote is in. Nobody can see it. You can change it until everybody has voted.";
/// The time to vote is over, and the result comes in a moment.
pub const COUNTING: &str = "The ballots are in and are being counted.";

/// What is said when a secret vote opens.
pub fn secret_vote(room: &Room) -> Vec<&'static str> {
    let few = room.state.decisions.poll.as_ref().is_some_and(|poll| poll.turnout().1 < FEW_VOTERS);
    let mut lines = vec!["Nobody sees how anybody votes, only the totals."];
    lines.extend(few.then_some(FEW));
    lines
}

/// How far a secret vote is, in a few words and in fewer.
pub fn turnout(room: &Room) -> Option<[String; 2]> {
    let poll = room.state.decisions.poll.as_ref()?;
    if !poll.is_asking() {
        return Some(["the ballots are being counted".to_owned(), "being counted".to_owned()]);
    }
    let (voted, of) = poll.turnout();
    let short = format!("{voted} of {of} have voted");
    let long = if of < FEW_VOTERS { format!("{short}; so few that the result can show who") } else { short.clone() };
    let short = if of < FEW_VOTERS { format!("{voted} of {of} voted: so few can show who") } else { short };
    Some([long, short])
}

/// A member's program has sent what doesn't count.
pub fn bad_ballot(name: &str) -> String {
    format!("{name}'s program sent a ballot that is not valid, so it does not count.")
}

/// A secret vote came to nothing, and what can be done: without those of these names it can't be counted.
pub fn uncounted(count: Count, absent: &[String], how: Guide) -> Vec<String> {
    let fresh = || format!("To ask the group again, make a fresh proposal: {}.", how(Word::Propose, "TEXT"));
    match count {
        Count::TooFew | Count::Tally(_) => {
            vec!["Too few have voted to keep the votes secret, so nothing was counted.".to_owned()]
        }
        Count::Incomplete => {
            let (are, whom) = if let [one] = absent { ("is", one.clone()) } else { ("are", names(absent)) };
            vec![
                format!("{whom} {are} missing in the count, so the secret vote can't be counted."),
                "Please don't simply vote again the same way: two totals could show how one of you voted.".to_owned(),
                fresh(),
            ]
        }
        Count::Failed => vec!["The ballots did not add up, so nothing was counted.".to_owned(), fresh()],
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
