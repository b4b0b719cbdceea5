use super::*;
use crate::ids::{ActionNo, SeatSet};
use crate::session::log::{act, apply, of};
use crate::session::{Fact, Gesture, Op, Role, Secret, State};
use crate::wire::{Act, Gone};

fn arrive(state: &mut State, seat: u8, name: &str) {
    let admitted = vec![(SeatId(seat), name.to_owned())];
    let (replaced, removed) = (vec![], SeatSet::default());
    apply(state, Fact::Commit { seat: SeatId(0), number: ActionNo(2), admitted, replaced, removed });
}

#[test]
fn only_vanishing_raises_an_alarm_and_only_leads_see_to_it() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn"]);
    let doors = state.circle.leads_after(SeatId(0), SeatId(2), Role::CoFacilitator);
    act(&mut state, 0, Act::Doors(doors), Op::Role(SeatId(2), Role::CoFacilitator));
    let events = apply(&mut state, Fact::Gone(SeatId(3), Gone::Left));
    assert!(
        !events.iter().any(|event| matches!(event, Event::Care(CareEvent::Alarm { .. })))
            && state.care.alarms().is_empty()
    );
    let arrival = state.circle.seats[&SeatId(1)].arrival;
    arrive(&mut state, 3, "Dee");
    let events = apply(&mut state, Fact::Gone(SeatId(1), Gone::Lost));
    assert!(events.contains(&Event::Care(CareEvent::Alarm { arrival, name: "Ana".into() })));
    assert_eq!(act(&mut state, 3, Act::None, Op::SeenTo(arrival)), []);
    assert_eq!(act(&mut state, 0, Act::None, Op::SeenTo(arrival + 1)), []);
    assert!(!state.care.alarms()[0].back);
    arrive(&mut state, 1, "ana");
    assert!(state.care.alarms()[0].back && state.circle.seat_arrived(arrival).is_none());
    let seen = Event::Care(CareEvent::SeenTo { by: "Bo".into(), name: "Ana".into() });
    assert_eq!(act(&mut state, 2, Act::None, Op::SeenTo(arrival)), [seen]);
    assert_eq!(act(&mut state, 2, Act::None, Op::SeenTo(arrival)), []);
}

#[test]
fn what_is_sealed_to_a_few_leaves_no_trace_in_the_state() {
    let mut state = of(&["Hal", "Ana"]);
    let (before, index) = (state.clone(), state.index.next());
    act(&mut state, 1, Act::None, Op::Private(vec![7; 100]));
    act(&mut state, 1, Act::None, Op::Gesture(Gesture::Here));
    let (mut one, mut other) = (before.clone(), before);
    let fact = |body: Vec<u8>| Fact::Action {
        seat: SeatId(1),
        number: ActionNo(9),
        act: Act::None,
        op: Some(Op::Private(body)),
    };
    one.apply(index, 9000, &fact(vec![]));
    other.apply(index, 9000, &fact(vec![1; 1000]));
    assert_eq!(one.hash(), other.hash(), "its writer, who has no need to open it, has the same state");
    assert_eq!(act(&mut state, 9, Act::None, Op::Gesture(Gesture::Here)), [], "nobody has that seat");
}

#[test]
fn only_the_door_says_that_the_words_of_the_code_are_new() {
    let mut state = of(&["Hal", "Ana"]);
    act(&mut state, 1, Act::None, Op::CodeChanged);
    assert_eq!(state.code_age, 0);
    act(&mut state, 0, Act::None, Op::CodeChanged);
    assert_eq!(state.code_age, 1);
}

#[test]
fn alarms_have_a_bound_and_a_made_up_one_is_refused() {
    let mut state = of(&["Hal"]);
    for number in 0..limits::ALARMS + 3 {
        arrive(&mut state, 1, &format!("Guest {number}"));
        apply(&mut state, Fact::Gone(SeatId(1), Gone::Lost));
    }
    assert_eq!((state.care.alarms().len(), state.care.alarms()[0].name.as_str()), (limits::ALARMS, "Guest 3"));
    let made_up = |alter: fn(&mut Vec<Alarm>)| {
        let mut wrong = state.clone();
        alter(&mut wrong.care.alarms);
        State::from_snapshot(&wrong.snapshot())
    };
    assert!(made_up(|_| ()).is_some());
    assert!(made_up(|alarms| alarms.push(alarms[0].clone())).is_none());
    assert!(made_up(|alarms| alarms[1] = alarms[0].clone()).is_none());
    assert!(made_up(|alarms| alarms[0].name = "a\u{1b}[2J".into()).is_none());
    assert!(made_up(|alarms| alarms[0].arrival = 0).is_none(), "somebody who is here");
    assert!(made_up(|alarms| alarms[0].arrival = u64::MAX).is_none());
}

#[test]
fn what_is_told_in_confidence_is_short_clean_and_not_printed() {
    let secret = Secret::new(&format!(" call\u{1b}[31m{}", "x".repeat(1000)));
    assert_eq!(secret.text().chars().count(), limits::PRIVATE_CHARS);
    assert!(!secret.text().contains('\u{1b}') && Secret::new(" \n ").is_empty());
    assert_eq!(format!("{secret:?}"), "Secret");
}

#[test]
fn a_member_applauds_at_most_once_in_three_seconds() {
    let mut state = of(&["Hal", "Ana"]);
    let (ana, start) = (SeatId(1), state.circle.at_ms);
    let mut applaud = |seat: SeatId, gesture, after_ms| {
        let fact = Fact::Action { seat, number: ActionNo(1), act: Act::None, op: Some(Op::Gesture(gesture)) };
        state.apply(state.index.next(), start + after_ms, &fact).len()
    };
    assert_eq!(applaud(ana, Gesture::Applause, 1000), 1);
    assert_eq!(applaud(ana, Gesture::Applause, 3999), 0);
    assert_eq!(applaud(SeatId(0), Gesture::Applause, 3999), 1, "each for themselves");
    assert_eq!(applaud(ana, Gesture::Here, 3999), 1, "being here needs no pause");
    assert_eq!(applaud(ana, Gesture::Applause, 4000), 1);
    assert_eq!(applaud(SeatId(9), Gesture::Applause, 9000), 0, "nobody has that seat");
}
