//! The reducer with a full room.

use criterion::Criterion;
use ingle::ids::{ActionNo, Attempt, SeatId};
use ingle::session::{Fact, Op, State};
use ingle::wire::Act;

fn action(by: u8, act: Act, admitted: Option<u8>, op: Op) -> Fact {
    Fact::Action { seat: SeatId(by), number: ActionNo(1), act, admitted: admitted.map(SeatId), op: Some(op) }
}

fn fifty() -> State {
    let mut state = State::default();
    let open = Op::Open { title: "Tuesday group".into(), name: "Member 0".into() };
    state.apply(state.index.next(), 0, &action(0, Act::None, None, open));
    for seat in 1..50 {
        let admit = Act::Admit { attempt: Attempt(seat.into()), replaces: None };
        let named = Op::Admit { name: format!("Member {seat}") };
        state.apply(state.index.next(), 0, &action(0, admit, Some(seat), named));
    }
    assert_eq!(state.seats.len(), 50);
    state
}

pub fn an_entry_among_fifty(c: &mut Criterion) {
    let mut group = c.benchmark_group("session");
    let (mut state, mut up) = (fifty(), false);
    group.bench_function("apply and hash an entry with fifty members", |b| {
        b.iter(|| {
            up = !up;
            state.apply(state.index.next(), 1000, &action(17, Act::None, None, Op::Hand(up)));
            state.hash()
        });
    });
    group.finish();
}
