//! What the group is deciding: the vote, the proposal or the minutes, and what is asked of me.

use std::time::Duration;

use super::scene::Scene;
use crate::session::{Proposal, Room, Vote, VoteKind};
use crate::text::{self, Word};
use crate::tui::canvas::{Canvas, width, wrap};
use crate::tui::guide::keys;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    if canvas.height() == 0 {
        return;
    }
    let room = scene.room;
    match (room.state.decisions.vote(), room.state.decisions.current()) {
        (Some((proposal, vote)), _) => voting(scene, proposal, vote, canvas),
        (None, Some(proposal)) => proposed(scene, shown(room).unwrap_or(proposal), canvas),
        (None, None) => minutes(scene, canvas),
    }
}

/// The proposal that waits for me, or else the one that is talked over.
fn shown(room: &Room) -> Option<&Proposal> {
    room.me.and_then(|me| room.state.decisions.to_answer(me)).or(room.state.decisions.current())
}

/// The text in two rows. Returns how many it took.
fn two_rows(text: &str, canvas: &mut Canvas<'_>) -> u16 {
    let theme = canvas.theme;
    let lines = wrap(&format!("\"{text}\""), canvas.width());
    let cut = if lines.len() > 2 { theme.glyphs.more } else { "" };
    for (y, line) in (1..).zip(lines.iter().take(2)) {
        let end = canvas.put(0, y, line, theme.text());
        if y == 2 && !cut.is_empty() {
            canvas.put(end.min(canvas.width().saturating_sub(1)), y, cut, theme.text());
        }
    }
    lines.len().min(2) as u16
}

fn proposed(scene: Scene<'_>, proposal: &Proposal, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let right = canvas.width();
    let after = canvas.put(0, 0, &text::proposal_by(&proposal.name), theme.heading());
    let waiting = room.state.decisions.open.len() - 1;
    let note = text::proposal_note(proposal, waiting);
    if after + 2 + (note.len() as u16) < right {
        canvas.put_right(right, 0, &note, theme.faint());
    }
    let taken = two_rows(&text::proposal_words(room, proposal), canvas);
    if let Some(told) = room.state.decisions.proposed(proposal.id, &room.state.circle) {
        let [long, short] = text::counts(&told);
        let counts = if width(&long) <= right { long } else { short };
        canvas.put_within(0, taken + 1, right, &counts, theme.text());
    }
    let answer = room.me.and_then(|me| proposal.answers.get(&me));
    let keys = keys_in_a_row(room, &[(Word::Agree, ""), (Word::Aside, ""), (Word::Block, "")]);
    asked(taken + 2, &text::your_answer(answer), &keys, answer.is_none(), canvas);
}

fn voting(scene: Scene<'_>, proposal: &Proposal, vote: &Vote, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let right = canvas.width();
    canvas.put(0, 0, &text::vote_by(vote.kind, &proposal.name), theme.heading());
    let left = vote.until_ms.saturating_sub(room.group_ms(scene.now));
    canvas.put_right(right, 0, &text::span(Duration::from_millis(left)), theme.text());
    let taken = two_rows(&text::proposal_words(room, proposal), canvas);
    let tally = vote.tally();
    if vote.kind == VoteKind::Secret {
        return secretly(room, taken, canvas);
    }
    if vote.kind == VoteKind::Open {
        let waiting = vote.electorate().saturating_sub(tally.ballots());
        canvas.put_within(0, taken + 1, right, &text::vote_counts(tally, waiting), theme.text());
    }
    match room.me.and_then(|me| vote.voter(me)) {
        Some(voter) => {
            asked(taken + 2, &text::your_vote(voter.choice), &ballot_keys(room), voter.choice.is_none(), canvas);
        }
        None => {
            canvas.put(0, taken + 2, text::BEGAN_BEFORE.get(), theme.faint());
        }
    }
}

/// How far a secret vote is. What anybody has chosen, I too, is on no screen.
fn secretly(room: &Room, taken: u16, canvas: &mut Canvas<'_>) {
    let (theme, right) = (canvas.theme, canvas.width());
    if let Some([long, short]) = text::turnout(room) {
        let turnout = if width(&long) <= right { long } else { short };
        canvas.put_within(0, taken + 1, right, &turnout, theme.text());
    }
    let Some(poll) = &room.state.decisions.poll else { return };
    let waits = room.me.is_some_and(|me| poll.asks(me));
    match room.me.and_then(|me| poll.voter(me)) {
        Some(_) => asked(taken + 2, text::your_secret_vote(waits), &ballot_keys(room), waits, canvas),
        None => {
            canvas.put(0, taken + 2, text::BEGAN_BEFORE.get(), theme.faint());
        }
    }
}

fn minutes(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let decisions = &room.state.decisions;
    canvas.put(0, 0, text::minutes_heading(decisions.closing, decisions.read.is_some()), theme.heading());
    if decisions.read.is_none() {
        return;
    }
    let [right, wrong] = room.state.decisions.read.as_ref().map_or([0, 0], |read| read.answered());
    let waiting = room.state.circle.seats.len().saturating_sub(right + wrong);
    canvas.put_within(0, 1, canvas.width(), &text::minutes_counts(right, wrong, waiting), theme.text());
    let waits = room.me.is_some_and(|me| room.state.decisions.minutes_wait_for(me, &room.state.circle));
    let answers = room.state.decisions.read.as_ref().map(|read| &read.answers);
    let mine = room.me.and_then(|me| answers?.get(&me).copied());
    let keys = keys_in_a_row(room, &[(Word::Agree, ""), (Word::Block, "")]);
    asked(2, &text::your_word_on_minutes(mine), &keys, waits, canvas);
}

/// The keys for these commands, with what follows each.
fn keys_in_a_row(room: &Room, commands: &[(Word, &str)]) -> String {
    let all: Vec<_> = commands.iter().map(|(word, rest)| keys(room)(*word, rest)).collect();
    all.join(" ")
}

fn ballot_keys(room: &Room) -> String {
    keys_in_a_row(room, &["yes", "no", "abstain"].map(|choice| (Word::Ballot, choice)))
}

/// What I have said, and the keys to say it.
fn asked(y: u16, said: &str, keys: &str, waits: bool, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.put(0, y, said, if waits { theme.heading() } else { theme.text() });
    if waits {
        let right = canvas.width();
        canvas.put_right(right, y, keys, theme.heading());
    }
}
