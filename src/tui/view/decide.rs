//! What the group is deciding: the vote, the proposal or the minutes, and what is asked of me.

use std::time::Duration;

use super::Scene;
use crate::session::{Proposal, Room, Vote, VoteKind};
use crate::text;
use crate::tui::canvas::{Canvas, width, wrap};

/// Rows of the panel: a heading, two of the text, the counts, and my answer.
const ROWS: u16 = 5;

/// Rows that the panel needs; none without anything to decide.
pub(super) fn rows(room: &Room) -> u16 {
    let decisions = &room.state.decisions;
    if decisions.current().is_some() {
        ROWS
    } else if decisions.closing || room.me.is_some_and(|me| room.state.minutes_wait_for(me)) {
        3
    } else {
        0
    }
}

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
    room.me.and_then(|me| room.state.to_answer(me)).or(room.state.decisions.current())
}

fn words(room: &Room, proposal: &Proposal) -> String {
    text::proposal(&proposal.text, proposal.motion, Some(&room.state.charter))
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
    let after = canvas.put(0, 0, &format!("Proposal by {}", proposal.name), theme.heading());
    let waiting = room.state.decisions.open.len() - 1;
    let note = match (&proposal.test, proposal.tested, waiting) {
        (Some(_), ..) => "is there agreement?".to_owned(),
        (None, true, _) => "no agreement yet".to_owned(),
        (None, false, 0) => String::new(),
        (None, false, waiting) => format!("{waiting} more after it"),
    };
    if after + 2 + (note.len() as u16) < right {
        canvas.put_right(right, 0, &note, theme.faint());
    }
    let taken = two_rows(&words(room, proposal), canvas);
    if let Some(told) = room.state.proposed(proposal.id) {
        let [long, short] = text::counts(&told);
        let counts = if width(&long) <= right { long } else { short };
        canvas.put_within(0, taken + 1, right, &counts, theme.text());
    }
    let answer = room.me.and_then(|me| proposal.answers.get(&me));
    asked(taken + 2, &format!("your answer: {}", text::answer(answer)), "a s b", answer.is_none(), canvas);
}

fn voting(scene: Scene<'_>, proposal: &Proposal, vote: &Vote, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let right = canvas.width();
    let kind = match vote.kind {
        VoteKind::Open => "Open vote",
        VoteKind::Secret => "Secret vote",
    };
    canvas.put(0, 0, &format!("{kind}, proposed by {}", proposal.name), theme.heading());
    let left = vote.until_ms.saturating_sub(room.group_ms(scene.now));
    canvas.put_right(right, 0, &text::span(Duration::from_millis(left)), theme.text());
    let taken = two_rows(&words(room, proposal), canvas);
    let tally = vote.tally();
    if vote.kind == VoteKind::Secret {
        return secretly(room, taken, canvas);
    }
    if vote.kind == VoteKind::Open {
        let waiting = vote.electorate().saturating_sub(tally.ballots());
        let counts = format!("yes {}   no {}   abstain {}   waiting {waiting}", tally.yes, tally.no, tally.abstain);
        canvas.put_within(0, taken + 1, right, &counts, theme.text());
    }
    match room.me.and_then(|me| vote.voter(me)) {
        Some(voter) => {
            let mine = voter.choice.map_or("not yet", text::choice);
            asked(taken + 2, &format!("your vote: {mine}"), "y n u", voter.choice.is_none(), canvas);
        }
        None => {
            canvas.put(0, taken + 2, "it began before you came", theme.faint());
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
    let Some(poll) = &room.state.poll else { return };
    let waits = room.me.is_some_and(|me| poll.asks(me));
    match room.me.and_then(|me| poll.voter(me)) {
        Some(_) => asked(taken + 2, if waits { "your vote: not yet" } else { "your vote: in" }, "y n u", waits, canvas),
        None => {
            canvas.put(0, taken + 2, "it began before you came", theme.faint());
        }
    }
}

fn minutes(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let decisions = &room.state.decisions;
    let heading = match (decisions.closing, &decisions.read) {
        (true, None) => "The group comes to its close",
        (true, Some(_)) => "The close: are the minutes right?",
        (false, _) => "Are the minutes right?",
    };
    canvas.put(0, 0, heading, theme.heading());
    if decisions.read.is_none() {
        return;
    }
    let [right, wrong] = room.state.decisions.read.as_ref().map_or([0, 0], |read| read.answered());
    let waiting = room.state.seats.len().saturating_sub(right + wrong);
    let counts = format!("agree {right}   not right {wrong}   waiting {waiting}");
    canvas.put_within(0, 1, canvas.width(), &counts, theme.text());
    let waits = room.me.is_some_and(|me| room.state.minutes_wait_for(me));
    let answers = room.state.decisions.read.as_ref().map(|read| &read.answers);
    let mine = room.me.and_then(|me| answers?.get(&me));
    let mine = match mine {
        Some(true) => "agree",
        Some(false) => "not right",
        None => "not yet",
    };
    asked(2, &format!("your answer: {mine}"), "a b", waits, canvas);
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

/// What is asked of me in one line of several lengths, the longest first; `None` if nothing is.
pub(super) fn line(room: &Room) -> Option<Vec<String>> {
    let me = room.me?;
    if let Some((proposal, vote)) = room.state.to_vote(me) {
        let text = words(room, proposal);
        let kind = if vote.kind == VoteKind::Secret { "Secret vote" } else { "Vote" };
        return Some(vec![
            format!("{kind}: {text} y yes, n no, u abstain"),
            format!("y n u: {text}"),
            "vote: y n u".into(),
        ]);
    }
    if let Some(proposal) = room.state.to_answer(me) {
        let text = words(room, proposal);
        return Some(vec![
            format!("{} proposes: {text} a agree, s stand aside, b block", proposal.name),
            format!("a s b: {text}"),
            "agree? a s b".into(),
        ]);
    }
    let wait =
        ["The minutes were read back: are they right? a yes, b no", "Are the minutes right? a yes, b no", "right? a b"];
    room.state.minutes_wait_for(me).then(|| wait.map(str::to_owned).into())
}

/// The same where the row of keys says what to press, in one length.
pub(super) fn asked_in_short(room: &Room) -> Option<String> {
    let me = room.me?;
    if let Some((proposal, vote)) = room.state.to_vote(me) {
        let kind = if vote.kind == VoteKind::Secret { "Secret vote" } else { "Vote" };
        return Some(format!("{kind}: {}", words(room, proposal)));
    }
    if let Some(proposal) = room.state.to_answer(me) {
        return Some(format!("{} proposes: {}", proposal.name, words(room, proposal)));
    }
    room.state.minutes_wait_for(me).then(|| "Are the minutes right? a yes, b no".to_owned())
}
