//! Proposals, votes and minutes in sentences.

use crate::session::{Answer, Became, Event, Proposed, Room, Stage};
use crate::text;

/// The sentences for a happening about decisions; often none.
pub(super) fn sentences(event: &Event, room: &Room) -> Vec<String> {
    let name = |seat| room.state.name(seat).unwrap_or("Someone");
    match event {
        Event::Proposal { proposal: proposed, became: turned } => proposal(proposed, turned, room),
        Event::Vote { id, open: true, .. } => {
            let Some(proposed) = room.state.proposed(*id) else { return vec![] };
            let mut lines = vec![format!("A vote: {}", stopped(&text::proposed(&proposed, room)))];
            if room.me.is_some_and(|me| room.state.to_vote(me).is_some()) {
                lines.push("To vote, type /ballot yes, /ballot no or /ballot abstain.".to_owned());
            }
            lines
        }
        Event::Voted { seat, choice } if room.me == Some(*seat) => {
            vec![format!("Your vote: {}.", text::choice(*choice))]
        }
        Event::Result { tally, passed, .. } => vec![text::result(*tally, *passed)],
        Event::Charter => {
            let mut lines = vec!["The ground rules have changed.".to_owned()];
            lines.extend(text::rules(room));
            lines
        }
        Event::Minutes => {
            let mut lines = text::minutes(room);
            lines.push(
                "If they are right, type /agree; if not, /block. To keep a copy, type /save and a name.".to_owned(),
            );
            lines
        }
        Event::MinutesAnswered { seat, right: false } => {
            vec![format!("{} says that the minutes are not right.", name(*seat))]
        }
        Event::MinutesAnswered { seat, right: true } if room.me == Some(*seat) => vec![text::minutes_agreed(room)],
        Event::Closing => {
            let mut lines = vec!["The group comes to its close.".to_owned()];
            if room.am_facilitator() {
                lines.push("Once everybody is ready, type /close again to end it.".to_owned());
            }
            lines
        }
        Event::Overstepped { seat, power } => vec![text::overstepped(name(*seat), *power)],
        Event::Receipt(receipt) => vec![text::receipt(receipt)],
        Event::Saved(path) => vec![text::minutes_kept(path)],
        _ => vec![],
    }
}

fn proposal(proposed: &Proposed, turned: &Became, room: &Room) -> Vec<String> {
    let what = stopped(&text::proposed(proposed, room));
    let mine = |seat| room.me == Some(seat);
    match (turned, proposed.stage) {
        (Became::Made, Stage::Waiting) => {
            vec![format!("{} proposes: {what} It waits for what is talked over now.", proposed.by)]
        }
        // What is put to a vote at once is not answered otherwise.
        (Became::Made, _) if room.state.decisions.vote().is_some_and(|(voted, _)| voted.id == proposed.id) => {
            vec![format!("{} proposes: {what}", proposed.by)]
        }
        (Became::Made, _) => vec![format!("{} proposes: {what}", proposed.by), ANSWER.to_owned()],
        (Became::Amended, _) => {
            vec![format!("{} now proposes: {what} Please answer anew.", proposed.by), ANSWER.to_owned()]
        }
        (Became::Answered(seat, answer), _) if mine(*seat) => {
            vec![format!("Your answer: {}. {}", text::answer(Some(answer)), text::counted(proposed))]
        }
        (Became::Answered(seat, Answer::Block(reason)), _) => {
            let name = room.state.name(*seat).unwrap_or("Someone");
            vec![format!("{name} blocks: {}", if reason.is_empty() { "no reason is told." } else { reason })]
        }
        // The others' answers would talk over those who speak; the end tells of all.
        (Became::Answered(..), _) => vec![],
        (Became::Tested, _) if room.me.is_some_and(|me| waits(proposed, me, room)) => {
            vec![format!("Is there agreement? {what}"), ANSWER.to_owned()]
        }
        (Became::Tested, _) => vec![format!("Is there agreement? {what} Everybody is asked.")],
        (Became::Came, Stage::Agreed) => vec![format!("Agreed: {what} {}", text::counted(proposed))],
        (Became::Came, Stage::Withdrawn) => vec![format!("{} takes the proposal back: {what}", proposed.by)],
        (Became::Came, Stage::LeftOpen) => vec![format!("Not decided: {what}")],
        (Became::Came, Stage::Passed) => vec![format!("Decided: {what}")],
        (Became::Came, Stage::Rejected) => vec![],
        (Became::Came, _) => vec![
            format!("There is no agreement yet: {what} {}", text::counted(proposed)),
            "It can be changed with /amend, taken back with /withdraw, or put to a vote with /vote.".to_owned(),
        ],
    }
}

const ANSWER: &str = "To agree, type /agree; to stand aside, /aside; to block, /block and why.";

fn waits(proposed: &Proposed, me: crate::ids::SeatId, room: &Room) -> bool {
    room.state.to_answer(me).is_some_and(|waits| waits.id == proposed.id)
}

/// With a full stop, unless what people wrote ends in something like it.
fn stopped(sentence: &str) -> String {
    let end = if sentence.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{sentence}{end}")
}
