use super::*;
use crate::ids::{ActionNo, Attempt, Index, SeatId};
use crate::wire::{Act, Gone};

struct Log(State);

impl Log {
    fn of(names: &[&str]) -> Self {
        let mut log = Self(State::default());
        log.act(0, Act::None, None, Op::Open { title: "Tuesday".into(), name: names[0].into() });
        for (seat, name) in names.iter().enumerate().skip(1) {
            log.admit(seat as u8, name, None);
        }
        log
    }

    fn apply(&mut self, fact: Fact) -> Vec<Change> {
        let index = self.0.index.next();
        self.0.apply(index, index.0 * 1000, &fact)
    }

    fn act(&mut self, seat: u8, act: Act, admitted: Option<u8>, op: Op) -> Vec<Change> {
        let seat = SeatId(seat);
        self.apply(Fact::Action { seat, number: ActionNo(1), act, admitted: admitted.map(SeatId), op: Some(op) })
    }

    fn admit(&mut self, seat: u8, name: &str, replaces: Option<u8>) -> Vec<Change> {
        let act = Act::Admit { attempt: Attempt(1), replaces: replaces.map(SeatId) };
        self.act(0, act, Some(seat), Op::Admit { name: name.into() })
    }
}

#[test]
fn two_people_with_one_name_are_told_apart() {
    let log = Log::of(&["Hal", "Ana", "ana", "ANA"]);
    let names: Vec<_> = log.0.seats.values().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Hal", "Ana", "ana 2", "ANA 3"]);
}

#[test]
fn who_comes_back_on_a_new_line_keeps_the_name() {
    let mut log = Log::of(&["Hal", "Ana"]);
    let changes = log.admit(2, "Ana", Some(1));
    let left = Change::Departed { seat: SeatId(1), name: "Ana".into(), why: Departure::Returned };
    assert_eq!(changes, [left, Change::Arrived(SeatId(2))]);
    assert_eq!(log.0.name(SeatId(2)), Some("Ana"));
}

#[test]
fn only_the_facilitator_mutes_removes_locks_and_closes() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(1, Act::None, None, Op::Hand(true));
    for act in [
        Act::FloorMute([SeatId(2)].into_iter().collect(), true),
        Act::Remove(SeatId(2)),
        Act::Lock(true),
        Act::Close,
        Act::Admit { attempt: Attempt(9), replaces: None },
    ] {
        let before = log.0.clone();
        let op = if matches!(act, Act::Admit { .. }) { Op::Admit { name: "Eve".into() } } else { Op::Direct };
        assert_eq!(log.act(1, act.clone(), Some(5), op.clone()), []);
        let mut after = log.0.clone();
        (after.index, after.at_ms) = (before.index, before.at_ms);
        assert_eq!((after.seats, after.locked, after.closed), (before.seats, before.locked, before.closed));
        assert_ne!(log.act(0, act, Some(5), op), []);
    }
}

#[test]
fn a_second_opening_changes_nothing() {
    let mut log = Log::of(&["Hal", "Ana"]);
    assert_eq!(log.act(1, Act::None, None, Op::Open { title: "Mine".into(), name: "Ana".into() }), []);
    assert_eq!(log.0.title, "Tuesday");
}

#[test]
fn the_facilitators_role_goes_to_who_was_there_longest() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(0, Act::FloorMute([SeatId(1), SeatId(2)].into_iter().collect(), true), None, Op::Direct);
    let changes = log.apply(Fact::Gone(SeatId(0), Gone::Left));
    assert!(changes.contains(&Change::Facilitator(SeatId(1))) && changes.contains(&Change::Floor(SeatId(1), false)));
    assert_eq!(log.0.facilitator(), Some(SeatId(1)));
    assert!(log.0.floor_muted(SeatId(2)), "the others stay as they were");
}

#[test]
fn hands_keep_their_order_and_go_down_with_their_owner() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(2, Act::None, None, Op::Hand(true));
    log.act(1, Act::None, None, Op::Hand(true));
    assert_eq!(log.act(2, Act::None, None, Op::Hand(true)), []);
    assert_eq!(log.0.hands, [SeatId(2), SeatId(1)]);
    log.apply(Fact::Gone(SeatId(2), Gone::Lost));
    assert_eq!(log.0.hands, [SeatId(1)]);
}

#[test]
fn chat_is_cleaned_and_counts_in_the_hash() {
    let (mut a, mut b) = (Log::of(&["Hal", "Ana"]), Log::of(&["Hal", "Ana"]));
    assert_eq!(a.0.hash(), b.0.hash());
    let said = a.act(1, Act::None, None, Op::Chat("hello\u{1b}[2J".into()));
    assert_eq!(said, [Change::Chat(SeatId(1), "hello[2J".into())]);
    b.act(1, Act::None, None, Op::Chat("hallo".into()));
    assert_ne!(a.0.hash(), b.0.hash());
}

#[test]
fn an_unreadable_body_and_a_strangers_action_only_move_the_index() {
    let mut log = Log::of(&["Hal", "Ana"]);
    let before = log.0.seats.clone();
    let (seat, number) = (SeatId(9), ActionNo(1));
    log.apply(Fact::Action { seat, number, act: Act::None, admitted: None, op: None });
    assert_eq!(log.act(9, Act::None, None, Op::Chat("boo".into())), []);
    assert_eq!(log.0.seats, before);
    assert_eq!(log.0.index, Index(4));
}

#[test]
fn a_body_with_bytes_after_it_is_no_operation() {
    let mut bytes = Op::Hand(true).encode().expect("small").bytes().to_vec();
    assert_eq!(Op::decode(&crate::wire::Blob::new(bytes.clone()).expect("small")), Some(Op::Hand(true)));
    bytes.push(0);
    assert_eq!(Op::decode(&crate::wire::Blob::new(bytes).expect("small")), None);
}

#[test]
fn a_snapshot_comes_back_whole_and_a_false_one_is_refused() {
    let mut log = Log::of(&["Hal", "Ana"]);
    log.act(1, Act::None, None, Op::Hand(true));
    let snapshot = log.0.snapshot().expect("small");
    assert_eq!(State::from_snapshot(&snapshot).map(|state| state.hash()), Some(log.0.hash()));
    let spoilt = |spoil: &dyn Fn(&mut State)| {
        let mut state = log.0.clone();
        spoil(&mut state);
        State::from_snapshot(&state.snapshot().expect("small"))
    };
    assert_eq!(spoilt(&|state| state.seats.get_mut(&SeatId(1)).expect("Ana").name = "A\u{1b}[2J".into()), None);
    assert_eq!(spoilt(&|state| state.title = "t".repeat(4000)), None);
    assert_eq!(spoilt(&|state| state.hands.push(SeatId(1))), None);
    assert_eq!(spoilt(&|state| state.hands.push(SeatId(7))), None);
    let ana = log.0.seats[&SeatId(1)].clone();
    assert_eq!(spoilt(&|state| drop(state.seats.insert(SeatId(200), ana.clone()))), None);
}
