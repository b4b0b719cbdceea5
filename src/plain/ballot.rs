//! Secret votes in sentences.

use crate::session::{Event, Room, VoteKind};
use crate::text;

/// What is added to the sentences for a happening if a secret vote is meant.
pub(super) fn sentences(event: &Event, room: &Room) -> Vec<String> {
    let name = |seat| room.state.name(seat).unwrap_or("Someone");
    match event {
        Event::Vote { kind: VoteKind::Secret, open: true, .. } => {
            text::secret_vote(room).into_iter().map(str::to_owned).collect()
        }
        Event::Chosen(seat) => {
            let mine = (room.me == Some(*seat)).then(|| text::VOTE_IN.to_owned());
            let turnout = text::turnout(room).map(|[turnout, _]| format!("{turnout}."));
            mine.into_iter()
                .chain(turnout.filter(|_| room.state.poll.as_ref().is_some_and(|poll| poll.is_asking())))
                .collect()
        }
        Event::Counting => vec![text::COUNTING.to_owned()],
        Event::BadBallot(seat) => vec![text::bad_ballot(name(*seat))],
        Event::Uncounted { count, .. } => vec![text::uncounted(*count).to_owned()],
        _ => vec![],
    }
}
