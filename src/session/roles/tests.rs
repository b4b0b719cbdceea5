use super::*;
use crate::ids::ActionNo;
use crate::session::log::{act, apply, of};
use crate::session::{Fact, Op, State};
use crate::wire::Gone;

/// As a client does it: with what the relay is to know.
fn name(state: &mut State, by: u8, seat: u8, role: Role) -> Vec<Event> {
    let leads = state.circle.leads_after(SeatId(by), SeatId(seat), role);
    let with = if state.circle.facilitator() == Some(SeatId(by)) { Act::Doors(leads) } else { Act::None };
    act(state, by, with, Op::Role(SeatId(seat), role))
}

/// The door lets these in, and removes that one.
fn commit_by(state: &mut State, by: u8, admit: &[(u8, &str)], remove: Option<u8>) {
    let admitted = admit.iter().map(|(seat, name)| (SeatId(*seat), (*name).to_owned())).collect();
    let removed = remove.into_iter().map(SeatId).collect();
    apply(state, Fact::Commit { seat: SeatId(by), number: ActionNo(9), admitted, replaced: vec![], removed });
}

fn roles(state: &State) -> Vec<Role> {
    state.circle.by_arrival().into_iter().map(|seat| state.circle.roles.role(seat)).collect()
}

use Role::{CoFacilitator as Co, Facilitator as Fac, Member as Mem};

#[test]
fn co_facilitators_follow_in_the_order_of_naming() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn"]);
    assert_eq!(name(&mut state, 0, 2, Co), [Event::Role { seat: SeatId(2), role: Co }]);
    assert_eq!(name(&mut state, 0, 1, Co), [Event::Role { seat: SeatId(1), role: Co }]);
    assert_eq!((roles(&state), state.circle.roles.door_is_behind()), (vec![Fac, Co, Co, Mem], false));
    let events = apply(&mut state, Fact::Gone(SeatId(0), Gone::Left));
    assert!(
        events.contains(&Event::Role { seat: SeatId(2), role: Fac }) && events.contains(&Event::Facilitator(SeatId(2)))
    );
    assert!(state.circle.roles.may_admit(SeatId(2)) && state.circle.roles.chair().is_none());
}

#[test]
fn only_leads_name_roles_and_each_may_step_back() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    name(&mut state, 0, 1, Co);
    for (by, seat, role) in [(1, 1, Fac), (1, 2, Co), (2, 2, Fac), (2, 0, Mem), (2, 2, Mem), (1, 0, Mem)] {
        assert_eq!(name(&mut state, by, seat, role), [], "{by} names {seat}");
        assert_eq!(roles(&state), [Fac, Co, Mem]);
    }
    assert_eq!(name(&mut state, 1, 1, Mem), [Event::Role { seat: SeatId(1), role: Mem }]);
    assert!(state.circle.roles.door_is_behind(), "the relay does not know yet");
    act(&mut state, 0, Act::Doors(vec![SeatId(0)]), Op::Direct);
    assert!(!state.circle.roles.door_is_behind());
}

#[test]
fn a_facilitator_who_hands_on_stays_and_the_door_moves() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    let events = name(&mut state, 0, 2, Fac);
    let told = [
        Event::Role { seat: SeatId(2), role: Fac },
        Event::Role { seat: SeatId(0), role: Co },
        Event::Facilitator(SeatId(2)),
    ];
    assert_eq!(events.len(), told.len());
    assert!(told.iter().all(|event| events.contains(event)), "{events:?}");
    assert_eq!(
        (state.circle.facilitator(), state.circle.roles.leads()),
        (Some(SeatId(2)), &[SeatId(2), SeatId(0)][..])
    );
}

#[test]
fn a_decided_facilitator_gets_the_door_from_more_than_half() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn"]);
    let mut events = vec![];
    assert!(state.circle.set_role(SeatId(1), Fac, &mut events));
    assert_eq!((roles(&state), state.circle.facilitator()), (vec![Mem, Fac, Mem, Mem], Some(SeatId(0))));
    let wanted = Act::Doors(state.circle.roles.leads().to_vec());
    for by in [1, 2] {
        act(&mut state, by, wanted.clone(), Op::Direct);
        assert!(state.circle.facilitator() == Some(SeatId(0)) && state.circle.roles.has_named(SeatId(by)));
    }
    let events = act(&mut state, 3, wanted, Op::Direct);
    assert_eq!((events, state.circle.facilitator()), (vec![Event::Facilitator(SeatId(1))], Some(SeatId(1))));
    assert!(!state.circle.roles.may_admit(SeatId(0)) && state.circle.roles.may_admit(SeatId(1)));
}

#[test]
fn what_nobody_has_signed_names_nobody() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    for seat in [0, 1, 2] {
        let (act, number) = (Act::Doors(vec![SeatId(2)]), ActionNo(1));
        apply(&mut state, Fact::Action { seat: SeatId(seat), number, act, op: None });
    }
    assert_eq!(state.circle.facilitator(), Some(SeatId(0)));
}

#[test]
fn a_line_that_is_gone_hands_over_and_is_offered_back() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    name(&mut state, 0, 2, Co);
    act(&mut state, 0, Act::FloorMute([SeatId(2)].into_iter().collect(), true), Op::Direct);
    let events = apply(&mut state, Fact::Lapsed(SeatId(0)));
    assert_eq!(events, [Event::Facilitator(SeatId(2)), Event::Muted { seat: SeatId(2), muted: false }]);
    assert_eq!(roles(&state), [Fac, Mem, Co], "the roles stay");
    assert!(state.circle.roles.can_take_back(SeatId(0)) && !state.circle.roles.can_take_back(SeatId(2)));
    assert_eq!(name(&mut state, 2, 1, Fac), [], "who stands in names nobody");
    assert_eq!(act(&mut state, 0, Act::TakeBack, Op::Direct), [Event::Facilitator(SeatId(0))]);
    assert!(!state.circle.roles.can_take_back(SeatId(0)));
}

#[test]
fn without_leads_there_is_a_chair() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    apply(&mut state, Fact::Gone(SeatId(0), Gone::Lost));
    assert_eq!((state.circle.roles.chair(), state.circle.facilitator()), (Some(SeatId(1)), Some(SeatId(1))));
    assert!(!state.circle.roles.may_admit(SeatId(1)));
    assert_eq!(act(&mut state, 1, Act::Close, Op::Direct), []);
    assert!(!state.closed);
    let mut events = vec![];
    assert!(!state.circle.clone().set_role(SeatId(1), Co, &mut events), "who leads alone is the facilitator");
    assert!(state.circle.set_role(SeatId(2), Fac, &mut events));
    act(&mut state, 1, Act::Doors(vec![SeatId(2)]), Op::Direct);
    assert_eq!(state.circle.roles.chair(), Some(SeatId(1)), "a chair's word alone names nobody");
    act(&mut state, 2, Act::Doors(vec![SeatId(2)]), Op::Direct);
    assert!(state.circle.roles.may_admit(SeatId(2)) && state.circle.roles.chair().is_none());
}

/// A member's choice, as a client says it.
fn choose(state: &mut State, by: u8, whom: u8) -> Vec<Event> {
    act(state, by, Act::Doors(vec![SeatId(whom)]), Op::Choose(SeatId(whom)))
}

#[test]
fn more_than_half_of_those_left_choose_who_leads() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn"]);
    assert_eq!(choose(&mut state, 1, 1), [], "Hal leads");
    act(&mut state, 1, Act::Doors(vec![SeatId(0)]), Op::Direct);
    apply(&mut state, Fact::Lapsed(SeatId(0)));
    let chosen = |seat, whom| Event::Choice { seat: SeatId(seat), whom: SeatId(whom) };
    assert_eq!(choose(&mut state, 2, 2), [chosen(2, 2)]);
    assert_eq!(choose(&mut state, 2, 2), [], "once");
    assert_eq!(choose(&mut state, 3, 0), [], "who led takes the group back");
    let all = &state.circle.roles;
    assert_eq!((all.leading(), all.choices_of(SeatId(2)), all.majority()), (Some(SeatId(2)), 1, 2));
    let events = choose(&mut state, 1, 2);
    let told = [
        chosen(1, 2),
        Event::Role { seat: SeatId(0), role: Co },
        Event::Role { seat: SeatId(2), role: Fac },
        Event::Facilitator(SeatId(2)),
    ];
    assert_eq!(events, told);
    assert_eq!((roles(&state), state.circle.roles.replaced()), (vec![Co, Mem, Fac, Mem], Some(SeatId(0))));
    // What was lost is given back by hand, and then nothing more is.
    name(&mut state, 2, 0, Fac);
    assert_eq!((roles(&state), state.circle.roles.replaced()), (vec![Fac, Mem, Co, Mem], None));
}

#[test]
fn a_choice_counts_once_somebody_goes() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn"]);
    apply(&mut state, Fact::Gone(SeatId(0), Gone::Left));
    choose(&mut state, 1, 1);
    let events = apply(&mut state, Fact::Gone(SeatId(3), Gone::Lost));
    assert!(!events.iter().any(|event| matches!(event, Event::Role { .. })), "one of two");
    let events = apply(&mut state, Fact::Gone(SeatId(2), Gone::Lost));
    assert!(events.contains(&Event::Role { seat: SeatId(1), role: Fac }), "{events:?}");
    assert!(state.circle.roles.may_admit(SeatId(1)));
    assert!(State::from_snapshot(&state.snapshot()).is_some());
}

#[test]
fn whoever_led_and_came_in_again_beside_the_seat_is_known() {
    let mut state = of(&["Hal", "Ana", "Bo"]);
    name(&mut state, 0, 1, Co);
    apply(&mut state, Fact::Lapsed(SeatId(0)));
    commit_by(&mut state, 1, &[(5, "Hal")], None);
    assert_eq!((state.circle.name(SeatId(5)), state.circle.roles.replaced()), (Some("Hal 2"), None));
    apply(&mut state, Fact::Gone(SeatId(0), Gone::Lost));
    assert_eq!(state.circle.roles.replaced(), Some(SeatId(5)));
}

#[test]
fn whoever_led_is_known_again_by_name_until_removed() {
    for (why, known) in [(Gone::Left, true), (Gone::Lost, true)] {
        let mut state = of(&["Hal", "Ana", "Bo"]);
        name(&mut state, 0, 1, Co);
        apply(&mut state, Fact::Gone(SeatId(0), why));
        commit_by(&mut state, 1, &[(5, "Hal")], None);
        assert_eq!(state.circle.roles.replaced(), known.then_some(SeatId(5)));
        commit_by(&mut state, 1, &[], Some(5));
        assert_eq!(state.circle.roles.replaced(), None);
        commit_by(&mut state, 1, &[(6, "Hal")], None);
        assert_eq!(state.circle.roles.replaced(), None, "not after a removal");
        assert!(State::from_snapshot(&state.snapshot()).is_some());
    }
}

#[test]
fn the_number_of_leads_is_bounded() {
    let mut state = of(&["Hal", "Ana", "Bo", "Cyn", "Dee", "Eli"]);
    for seat in 1..=5 {
        name(&mut state, 0, seat, Co);
    }
    assert_eq!(state.circle.roles.leads().len(), limits::LEADS);
    name(&mut state, 0, 5, Fac);
    assert_eq!(state.circle.roles.leads(), [5, 1, 2, 3].map(SeatId), "there is no room for the one before");
}

#[test]
fn false_snapshots_are_refused() {
    let state = of(&["Hal", "Ana", "Bo"]);
    let spoilt = |spoil: &dyn Fn(&mut State)| {
        let mut state = state.clone();
        spoil(&mut state);
        State::from_snapshot(&state.snapshot())
    };
    assert!(spoilt(&|_| ()).is_some());
    assert!(spoilt(&|state| state.circle.roles.leads.push(SeatId(0))).is_none());
    assert!(spoilt(&|state| state.circle.roles.leads.push(SeatId(9))).is_none());
    assert!(spoilt(&|state| state.circle.roles.doors.depart(SeatId(2))).is_none());
    assert!(spoilt(&|state| state.circle.roles.doors.arrive(SeatId(1))).is_none(), "another order of arrival");
}
