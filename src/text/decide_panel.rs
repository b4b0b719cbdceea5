//! The words on the panel for what the group decides.

use super::commands::Word;
use super::decisions::{answer, choice, proposal};
use super::guide::Guide;
use crate::session::{Answer, Choice, Proposal, Room, Tally, VoteKind};

/// What a proposal says.
pub fn proposal_words(room: &Room, open: &Proposal) -> String {
    proposal(&open.text, open.motion, Some(&room.state.circle.charter))
}

/// Above a proposal.
pub fn proposal_by(name: &str) -> String {
    format!("Proposal by {name}")
}

/// Beside that: how far it is, or how many more there are.
pub fn proposal_note(open: &Proposal, waiting: usize) -> String {
    match (&open.test, open.tested, waiting) {
        (Some(_), ..) => "is there agreement?".to_owned(),
        (None, true, _) => "no agreement yet".to_owned(),
        (None, false, 0) => String::new(),
        (None, false, waiting) => format!("{waiting} more after it"),
    }
}

/// What I have said.
pub fn your_answer(mine: Option<&Answer>) -> String {
    format!("your answer: {}", answer(mine))
}

fn kind(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Open => "Open vote",
        VoteKind::Secret => "Secret vote",
    }
}

/// Above a vote.
pub fn vote_by(of: VoteKind, name: &str) -> String {
    format!("{}, proposed by {name}", kind(of))
}

/// How an open vote stands.
pub fn vote_counts(tally: Tally, waiting: usize) -> String {
    format!("yes {}   no {}   abstain {}   waiting {waiting}", tally.yes, tally.no, tally.abstain)
}

/// What I have voted.
pub fn your_vote(mine: Option<Choice>) -> String {
    format!("your vote: {}", mine.map_or("not yet", choice))
}

/// Whether I have voted in secret.
pub fn your_secret_vote(waits: bool) -> &'static str {
    if waits { "your vote: not yet" } else { "your vote: in" }
}

/// To a member who came after the vote had begun.
pub const BEGAN_BEFORE: &str = "it began before you came";

/// Above the minutes.
pub fn minutes_heading(closing: bool, read: bool) -> &'static str {
    match (closing, read) {
        (true, false) => "The group is coming to its close",
        (true, true) => "The close: are the minutes right?",
        (false, _) => "Are the minutes right?",
    }
}

/// What the group has said of the minutes.
pub fn minutes_counts(right: usize, wrong: usize, waiting: usize) -> String {
    format!("right {right}   not right {wrong}   waiting {waiting}")
}

/// What I have said of them.
pub fn your_word_on_minutes(mine: Option<bool>) -> String {
    let mine = match mine {
        Some(true) => "right",
        Some(false) => "not right",
        None => "not yet",
    };
    format!("your answer: {mine}")
}

/// What is asked of me in one line of several lengths, the longest first; `None` if nothing is. `keys` calls the keys for a command.
pub fn asked_of_me(room: &Room, keys: Guide) -> Option<Vec<String>> {
    let me = room.me?;
    if let Some((open, vote)) = room.state.decisions.to_vote(me) {
        let text = proposal_words(room, open);
        let kind = if vote.kind == VoteKind::Secret { "Secret vote" } else { "Vote" };
        let [yes, no, abstain] = ["yes", "no", "abstain"].map(|choice| keys(Word::Ballot, choice));
        return Some(vec![
            format!("{kind}: {text} {yes} yes, {no} no, {abstain} abstain"),
            format!("{yes} {no} {abstain}: {text}"),
            format!("vote: {yes} {no} {abstain}"),
        ]);
    }
    let [agree, aside, block] = [Word::Agree, Word::Aside, Word::Block].map(|word| keys(word, ""));
    if let Some(open) = room.state.decisions.to_answer(me) {
        let text = proposal_words(room, open);
        return Some(vec![
            format!("{} proposes: {text} {agree} agree, {aside} stand aside, {block} block", open.name),
            format!("{agree} {aside} {block}: {text}"),
            format!("agree? {agree} {aside} {block}"),
        ]);
    }
    room.state.decisions.minutes_wait_for(me, &room.state.circle).then(|| {
        vec![
            format!("The minutes were read back: are they right? {agree} yes, {block} no"),
            format!("Are the minutes right? {agree} yes, {block} no"),
            format!("right? {agree} {block}"),
        ]
    })
}

/// The same where the row of keys says what to press, in one length.
pub fn asked_in_short(room: &Room, keys: Guide) -> Option<String> {
    let me = room.me?;
    if let Some((open, vote)) = room.state.decisions.to_vote(me) {
        let kind = if vote.kind == VoteKind::Secret { "Secret vote" } else { "Vote" };
        return Some(format!("{kind}: {}", proposal_words(room, open)));
    }
    if let Some(open) = room.state.decisions.to_answer(me) {
        return Some(format!("{} proposes: {}", open.name, proposal_words(room, open)));
    }
    let [agree, block] = [Word::Agree, Word::Block].map(|word| keys(word, ""));
    room.state
        .decisions
        .minutes_wait_for(me, &room.state.circle)
        .then(|| format!("Are the minutes right? {agree} yes, {block} no"))
}

/// Before the keys for a page with all of it.
pub const READ: &str = "read";
