//! Proposals, votes and minutes as objects.

use super::line::{LineEvent, Proposal};
use crate::session::{Answer, Became, DecisionEvent, Room};
use crate::text;

/// The object for an event about decisions; `None` if it's about a member who has left.
pub(super) fn event<'a>(event: &'a DecisionEvent, room: &'a Room) -> Option<LineEvent<'a>> {
    let name = |seat| room.state.circle.name(seat);
    Some(match event {
        DecisionEvent::Proposal { proposal: proposed, became: turned } => {
            let (answered, answer, reason) = match turned {
                Became::Answered(seat, answer) => (name(*seat), Some(word(answer)), reason(answer)),
                _ => (None, None, None),
            };
            LineEvent::Proposal(Proposal {
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
        DecisionEvent::Vote { id, kind, open } => {
            LineEvent::Vote { id: *id, kind: text::vote_kind(*kind), open: *open }
        }
        DecisionEvent::Voted { seat, choice } => LineEvent::Voted { name: name(*seat)?, choice: text::choice(*choice) },
        DecisionEvent::Result { id, tally, passed, .. } => LineEvent::Result {
            id: *id,
            yes: tally.yes,
            no: tally.no,
            abstain: tally.abstain,
            passed: *passed,
            // Each vote is its voter's signed action, and each client counts by itself.
            verified: true,
        },
        DecisionEvent::Chosen(_) => {
            let poll = room.state.decisions.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            LineEvent::Ballots { id: poll.vote, voted, of }
        }
        DecisionEvent::Counting => LineEvent::Counting { id: room.state.decisions.poll.as_ref()?.vote },
        DecisionEvent::BadBallot(seat) => LineEvent::BadBallot { name: name(*seat)? },
        DecisionEvent::Uncounted { id, count, absent } => {
            LineEvent::Uncounted { id: *id, why: text::uncounted_word(*count), absent: absent.clone() }
        }
        DecisionEvent::Charter => LineEvent::Charter { rules: text::charter(&room.state.circle.charter) },
        DecisionEvent::Minutes => minutes(room),
        DecisionEvent::MinutesAnswered { seat, right } => {
            LineEvent::MinutesAnswered { name: name(*seat)?, right: *right }
        }
        DecisionEvent::Closing => LineEvent::Closing,
        DecisionEvent::Overstepped { seat, power } => {
            LineEvent::Overstepped { name: name(*seat)?, power: power.word() }
        }
    })
}

/// The minutes as they are now.
pub(super) fn minutes(room: &Room) -> LineEvent<'static> {
    LineEvent::Minutes { text: text::minutes(room).join("\n"), read: room.state.decisions.is_read() }
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
