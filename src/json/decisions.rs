//! Proposals, votes and minutes as objects.

use super::line::{LineEvent, Proposal};
use crate::session::{Answer, Became, Event, Room};
use crate::text;

/// The object for a event about decisions; `None` if it's about something else, or about a member who has left.
pub(super) fn event<'a>(event: &'a Event, room: &'a Room) -> Option<LineEvent<'a>> {
    let name = |seat| room.state.circle.name(seat);
    Some(match event {
        Event::Proposal { proposal: proposed, became: turned } => {
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
        Event::Vote { id, kind, open } => LineEvent::Vote { id: *id, kind: text::vote_kind(*kind), open: *open },
        Event::Voted { seat, choice } => LineEvent::Voted { name: name(*seat)?, choice: text::choice(*choice) },
        Event::Result { id, tally, passed, .. } => LineEvent::Result {
            id: *id,
            yes: tally.yes,
            no: tally.no,
            abstain: tally.abstain,
            passed: *passed,
            // Each vote is its voter's signed action, and each client counts by itself.
            verified: true,
        },
        Event::Chosen(_) => {
            let poll = room.state.decisions.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            LineEvent::Ballots { id: poll.vote, voted, of }
        }
        Event::Counting => LineEvent::Counting { id: room.state.decisions.poll.as_ref()?.vote },
        Event::BadBallot(seat) => LineEvent::BadBallot { name: name(*seat)? },
        Event::Uncounted { id, count, absent } => {
            LineEvent::Uncounted { id: *id, why: text::uncounted_word(*count), absent: absent.clone() }
        }
        Event::Charter => LineEvent::Charter { rules: text::charter(&room.state.circle.charter) },
        Event::Minutes => minutes(room),
        Event::MinutesAnswered { seat, right } => LineEvent::MinutesAnswered { name: name(*seat)?, right: *right },
        Event::Closing => LineEvent::Closing,
        Event::Overstepped { seat, power } => LineEvent::Overstepped { name: name(*seat)?, power: power.word() },
        Event::Receipt(receipt) => LineEvent::Receipt { text: text::receipt(receipt) },
        Event::Saved(path) => LineEvent::Saved { path },
        _ => return None,
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
