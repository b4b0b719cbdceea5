//! A group as it comes about entry by entry, each state of which is one that a newcomer takes.

use super::{Charter, Event, Fact, Op, State};
use crate::ids::{ActionNo, SeatId, SeatSet};
use crate::wire::Act;

/// These members, the first of them the facilitator.
pub(super) fn of(names: &[&str]) -> State {
    let mut state = State::default();
    let open = Op::Open { title: "Tuesday".into(), name: names[0].into(), charter: Charter::default() };
    act(&mut state, 0, Act::None, open);
    let admitted = (1..).map(SeatId).zip(names[1..].iter().map(|name| (*name).to_owned())).collect();
    let (replaced, removed) = (vec![], SeatSet::default());
    apply(&mut state, Fact::Commit { seat: SeatId(0), number: ActionNo(2), admitted, replaced, removed });
    state
}

pub(super) fn apply(state: &mut State, fact: Fact) -> Vec<Event> {
    let index = state.index.next();
    let events = state.apply(index, index.0 * 1000, &fact);
    let back = State::from_snapshot(&state.snapshot());
    assert_eq!(back.as_ref(), Some(&*state), "every state that comes about is one that a newcomer takes");
    events
}

pub(super) fn act(state: &mut State, by: u8, act: Act, op: Op) -> Vec<Event> {
    apply(state, Fact::Action { seat: SeatId(by), number: ActionNo(1), act, op: Some(op) })
}
