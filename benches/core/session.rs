//! The reducer with a full room.

use criterion::Criterion;
use ingle::ids::{ActionNo, SeatId, SeatSet};
use ingle::session::{Charter, Fact, Op, State};
use ingle::wire::Act;

fn action(by: u8, op: Op) -> Fact {
    Fact::Action { seat: SeatId(by), number: ActionNo(1), act: Act::None, op: Some(op) }
}

fn fifty() -> State {
    let mut state = State::default();
    let open = Op::Open { title: "Tuesday group".into(), name: "Member 0".into(), charter: Charter::default() };
    state.apply(state.index.next(), 0, &action(0, open));
    for seat in 1..50 {
        let admitted = vec![(SeatId(seat), format!("Member {seat}"))];
        let (replaced, removed) = (vec![], SeatSet::default());
        let fact = Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted, replaced, removed };
        state.apply(state.index.next(), 0, &fact);
    }
    assert_eq!(state.circle.seats.len(), 50);
    state
}

pub(crate) fn an_entry_among_fifty(c: &mut Criterion) {
    let mut group = c.benchmark_group("session");
    let (mut state, mut up) = (fifty(), false);
    group.bench_function("apply and hash an entry with fifty members", |b| {
        b.iter(|| {
            up = !up;
            state.apply(state.index.next(), 1000, &action(17, Op::Hand { up }));
            state.hash()
        });
    });
    group.finish();
}
