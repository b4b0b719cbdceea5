//! Proposals, votes and minutes as objects.

use serde::Serialize;

use super::Event;
use crate::session::{Answer, Became, Happening, Room};
use crate::text;

/// A proposal, and who has answered it if that is what is told.
#[derive(Serialize)]
pub(super) struct Proposal<'a> {
    id: u32,
    text: String,
    by: &'a str,
    stage: &'a str,
    agree: usize,
    aside: usize,
    block: usize,
    waiting: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// The object for a happening about decisions; `None` if it's about something else, or about somebody who has gone.
pub(super) fn event<'a>(happening: &'a Happening, room: &'a Room) -> Option<Event<'a>> {
    let name = |seat| room.state.name(seat);
    Some(match happening {
        Happening::Proposal(proposed, turned) => {
            let (answered, answer, reason) = match turned {
                Became::Answered(seat, answer) => (name(*seat), Some(word(answer)), reason(answer)),
                _ => (None, None, None),
            };
            Event::Proposal(Proposal {
                id: proposed.id,
                text: text::proposed(proposed, room),
                by: &proposed.by,
                stage: text::stage(proposed.stage),
                agree: proposed.agree,
                aside: proposed.aside,
                block: proposed.block,
                waiting: proposed.waiting,
                answered,
                answer,
                reason,
            })
        }
        Happening::Vote(id, kind, open) => Event::Vote { id: *id, kind: text::vote_kind(*kind), open: *open },
        Happening::Voted(seat, choice) => Event::Voted { name: name(*seat)?, choice: text::choice(*choice) },
        Happening::Result { id, tally, passed, .. } => Event::Result {
            id: *id,
            yes: tally.yes,
            no: tally.no,
            abstain: tally.abstain,
            passed: *passed,
            // Each vote is its voter's signed action, and each client counts by itself.
            verified: true,
        },
        Happening::Chosen(_) => {
            let poll = room.state.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            Event::Ballots { id: poll.vote, voted, of }
        }
        Happening::Counting => Event::Counting { id: room.state.poll.as_ref()?.vote },
        Happening::BadBallot(seat) => Event::BadBallot { name: name(*seat)? },
        Happening::Uncounted(id, count) => Event::Uncounted { id: *id, why: text::uncounted_word(*count) },
        Happening::Charter => Event::Charter { rules: text::charter(&room.state.charter) },
        Happening::Minutes => minutes(room),
        Happening::MinutesAnswered(seat, right) => Event::MinutesAnswered { name: name(*seat)?, right: *right },
        Happening::Closing => Event::Closing,
        Happening::Overstepped(seat, power) => Event::Overstepped { name: name(*seat)?, power: power.word() },
        Happening::Receipt(receipt) => Event::Receipt { text: text::receipt(receipt) },
        Happening::Saved(path) => Event::Saved { path },
        _ => return None,
    })
}

/// The minutes as they are now.
pub(super) fn minutes(room: &Room) -> Event<'static> {
    Event::Minutes { text: text::minutes(room).join("\n"), read: room.state.decisions.is_read() }
}

fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Agree => "agree",
        Answer::Aside => "aside",
        Answer::Block(_) => "block",
    }
}

fn reason(answer: &Answer) -> Option<&str> {
    if let Answer::Block(reason) = answer { Some(reason) } else { None }
}
