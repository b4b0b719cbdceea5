//! The words on the panel for what the group decides.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::decisions::{answer, proposal, voted};
use super::guide::Guide;
use crate::session::{Answer, Choice, Proposal, Room, Tally, VoteKind};

/// What a proposal says.
pub fn proposal_words(room: &Room, open: &Proposal) -> String {
    proposal(&open.text, open.motion, Some(&room.state.circle.charter))
}

/// Above a proposal.
pub fn proposal_by(name: &str) -> String {
    say!("decide-panel-proposal-by", name)
}

/// Beside that: how far it is, or how many more there are.
pub fn proposal_note(open: &Proposal, waiting: usize) -> String {
    match (&open.test, open.tested, waiting) {
        (Some(_), ..) => text("decide-panel-agreement").to_owned(),
        (None, true, _) => text("decide-panel-no-agreement-yet").to_owned(),
        (None, false, 0) => String::new(),
        (None, false, waiting) => say!("decide-panel-more-after", waiting),
    }
}

/// What I have said.
pub fn your_answer(mine: Option<&Answer>) -> String {
    say!("decide-panel-answer", answer = answer(mine))
}

fn kind(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Open => text("decide-panel-open-vote"),
        VoteKind::Secret => text("decide-panel-secret-vote"),
    }
}

/// Before what is voted on.
fn kind_in_short(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Open => text("decide-vote"),
        VoteKind::Secret => text("decide-secret-vote"),
    }
}

/// Above a vote.
pub fn vote_by(of: VoteKind, name: &str) -> String {
    say!("decide-panel-proposed-by", kind = kind(of), name)
}

/// How an open vote stands.
pub fn vote_counts(tally: Tally, waiting: usize) -> String {
    say!("decide-panel-yes-no-abstain-waiting", yes = tally.yes, no = tally.no, abstain = tally.abstain, waiting)
}

/// What I have voted.
pub fn your_vote(mine: Option<Choice>) -> String {
    say!("decide-panel-vote", value = mine.map_or(text("decide-not-yet"), voted))
}

/// Whether I have voted in secret.
pub fn your_secret_vote(waits: bool) -> &'static str {
    if waits { text("decide-panel-vote-not-yet") } else { text("decide-panel-vote-2") }
}

/// To a member who came after the vote had begun.
pub const BEGAN_BEFORE: Text = Text::new("decide-panel-began-before");

/// Above the minutes.
pub fn minutes_heading(closing: bool, read: bool) -> &'static str {
    match (closing, read) {
        (true, false) => text("decide-panel-group-coming-close"),
        (true, true) => text("decide-panel-close-minutes-right"),
        (false, _) => text("decide-panel-minutes-right"),
    }
}

/// What the group has said of the minutes.
pub fn minutes_counts(right: usize, wrong: usize, waiting: usize) -> String {
    say!("decide-panel-right-not-right-waiting", right, wrong, waiting)
}

/// What I have said of them.
pub fn your_word_on_minutes(mine: Option<bool>) -> String {
    let mine = match mine {
        Some(true) => text("decide-panel-right"),
        Some(false) => text("decide-panel-not-right"),
        None => text("decide-panel-not-yet"),
    };
    say!("decide-panel-answer-2", mine)
}

/// What is asked of me in one line of several lengths, the longest first; `None` if nothing is. `keys` calls the keys for a command.
pub fn asked_of_me(room: &Room, keys: Guide) -> Option<Vec<String>> {
    let me = room.me?;
    if let Some((open, vote)) = room.state.decisions.to_vote(me) {
        let text = proposal_words(room, open);
        let kind = kind_in_short(vote.kind);
        let [yes, no, abstain] = ["yes", "no", "abstain"].map(|choice| keys(Word::Ballot, choice));
        return Some(vec![
            say!("decide-panel-yes-no-abstain", kind, text, yes, no, abstain),
            format!("{yes} {no} {abstain}: {text}"),
            say!("decide-panel-vote-3", yes, no, abstain),
        ]);
    }
    let [agree, aside, block] = [Word::Agree, Word::Aside, Word::Block].map(|word| keys(word, ""));
    if let Some(open) = room.state.decisions.to_answer(me) {
        let text = proposal_words(room, open);
        return Some(vec![
            say!("decide-panel-proposes-agree-stand-aside", name = open.name, text, agree, aside, block),
            format!("{agree} {aside} {block}: {text}"),
            say!("decide-panel-agree", agree, aside, block),
        ]);
    }
    room.state.decisions.minutes_wait_for(me, &room.state.circle).then(|| {
        vec![
            say!("decide-panel-minutes-read-back-they", agree, block),
            say!("decide-panel-minutes-right-yes-no", agree, block),
            say!("decide-panel-right-2", agree, block),
        ]
    })
}

/// The same where the row of keys says what to press, in one length.
pub fn asked_in_short(room: &Room, keys: Guide) -> Option<String> {
    let me = room.me?;
    if let Some((open, vote)) = room.state.decisions.to_vote(me) {
        let kind = kind_in_short(vote.kind);
        return Some(format!("{kind}: {}", proposal_words(room, open)));
    }
    if let Some(open) = room.state.decisions.to_answer(me) {
        return Some(say!("decide-panel-proposes", name = open.name, proposal_words = proposal_words(room, open)));
    }
    let [agree, block] = [Word::Agree, Word::Block].map(|word| keys(word, ""));
    room.state
        .decisions
        .minutes_wait_for(me, &room.state.circle)
        .then(|| say!("decide-panel-minutes-right-yes-no", agree, block))
}

/// Before the keys for a page with all of it.
pub const READ: Text = Text::new("decide-panel-read");
