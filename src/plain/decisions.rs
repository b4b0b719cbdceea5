//! Proposals, votes and minutes in sentences.

use crate::command::typed;
use crate::session::{Event, Room, VoteKind};
use crate::text;

/// The sentences for an event about decisions; often none.
pub(super) fn sentences(event: &Event, room: &Room) -> Vec<String> {
    let name = |seat| text::name(room, seat);
    let me = |seat| room.me == Some(seat);
    match event {
        Event::Proposal { proposal, became } => text::proposal_sentences(proposal, became, room, typed),
        Event::Vote { id, kind, open: true } => {
            let mut lines = text::vote_sentences(*id, room, typed);
            if *kind == VoteKind::Secret {
                lines.extend(text::secret_vote(room).into_iter().map(str::to_owned));
            }
            lines
        }
        Event::Voted { seat, choice } if me(*seat) => vec![text::my_vote(*choice)],
        Event::Result { tally, passed, .. } => vec![text::result(*tally, *passed)],
        Event::Chosen(seat) => {
            let mine = me(*seat).then(|| text::VOTE_IN.to_owned());
            let turnout = text::turnout(room).map(|[turnout, _]| format!("{turnout}."));
            let asking = room.state.decisions.poll.as_ref().is_some_and(|poll| poll.is_asking());
            mine.into_iter().chain(turnout.filter(|_| asking)).collect()
        }
        Event::Counting => vec![text::COUNTING.to_owned()],
        Event::BadBallot(seat) => vec![text::bad_ballot(name(*seat))],
        Event::Uncounted { count, absent, .. } => text::uncounted(*count, absent, typed),
        Event::Charter => {
            let mut lines = vec![text::RULES_CHANGED.to_owned()];
            lines.extend(text::rules(room));
            lines
        }
        Event::Minutes => {
            let mut lines = text::minutes(room);
            lines.push(text::minutes_task(typed));
            lines
        }
        Event::MinutesAnswered { seat, right: false } => vec![text::minutes_wrong(name(*seat))],
        Event::MinutesAnswered { seat, right: true } if me(*seat) => vec![text::minutes_agreed(room)],
        Event::Closing => vec![text::closing(room, typed)],
        Event::Overstepped { seat, power } => vec![text::overstepped(name(*seat), *power)],
        Event::Receipt(receipt) => vec![text::receipt(receipt)],
        Event::Saved(path) => vec![text::minutes_kept(path)],
        // The others' votes and answers would talk over those who speak; the end tells of all.
        _ => vec![],
    }
}
