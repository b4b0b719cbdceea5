//! Proposals, votes and minutes in sentences.

use crate::command::typed;
use crate::session::{DecisionEvent, Room, VoteKind};
use crate::text;

/// The sentences for an event about decisions; often none.
pub(super) fn sentences(event: &DecisionEvent, room: &Room) -> Vec<String> {
    let name = |seat| text::name(room, seat);
    let me = |seat| room.me == Some(seat);
    match event {
        DecisionEvent::Proposal { proposal, became } => text::proposal_sentences(proposal, became, room, typed),
        DecisionEvent::Vote { id, kind, open: true } => {
            let mut lines = text::vote_sentences(*id, room, typed);
            if *kind == VoteKind::Secret {
                lines.extend(text::secret_vote(room).into_iter().map(str::to_owned));
            }
            lines
        }
        DecisionEvent::Voted { seat, choice } if me(*seat) => vec![text::my_vote(*choice)],
        DecisionEvent::Result { tally, passed, .. } => vec![text::result(*tally, *passed)],
        DecisionEvent::Chosen(seat) => {
            let mine = me(*seat).then(|| text::VOTE_IN.to_owned());
            let turnout = text::turnout(room).map(|[turnout, _]| format!("{turnout}."));
            let asking = room.state.decisions.poll.as_ref().is_some_and(|poll| poll.is_asking());
            mine.into_iter().chain(turnout.filter(|_| asking)).collect()
        }
        DecisionEvent::Counting => vec![text::COUNTING.to_owned()],
        DecisionEvent::BadBallot(seat) => vec![text::bad_ballot(name(*seat))],
        DecisionEvent::Uncounted { count, absent, .. } => text::uncounted(*count, absent, typed),
        DecisionEvent::Charter => {
            let mut lines = vec![text::RULES_CHANGED.to_owned()];
            lines.extend(text::rules(room));
            lines
        }
        DecisionEvent::Minutes => {
            let mut lines = text::minutes(room);
            lines.push(text::minutes_task(typed));
            lines
        }
        DecisionEvent::MinutesAnswered { seat, right: false } => vec![text::minutes_wrong(name(*seat))],
        DecisionEvent::MinutesAnswered { seat, right: true } if me(*seat) => vec![text::minutes_agreed(room)],
        DecisionEvent::Closing => vec![text::closing(room, typed)],
        DecisionEvent::Overstepped { seat, power } => vec![text::overstepped(name(*seat), *power)],
        // The others' votes and answers would talk over those who speak; the end tells of all.
        DecisionEvent::Vote { open: false, .. }
        | DecisionEvent::Voted { .. }
        | DecisionEvent::MinutesAnswered { right: true, .. } => vec![],
    }
}
