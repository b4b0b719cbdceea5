use proptest::prelude::*;

use super::*;
use crate::ids::{ActionNo, Index, SeatId};
use crate::wire::{Act, Gone, limits};

struct Log(State);

impl Log {
    fn of(names: &[&str]) -> Self {
        let mut log = Self(State::default());
        log.act(0, Act::None, Op::Open { title: "Tuesday".into(), name: names[0].into(), charter: Charter::default() });
        for (seat, name) in names.iter().enumerate().skip(1) {
            log.admit(seat as u8, name);
        }
        log
    }

    fn apply(&mut self, fact: Fact) -> Vec<Event> {
        let index = self.0.index.next();
        self.0.apply(index, index.0 * 1000, &fact)
    }

    fn act(&mut self, seat: u8, act: Act, op: Op) -> Vec<Event> {
        self.apply(Fact::Action { seat: SeatId(seat), number: ActionNo(1), act, op: Some(op) })
    }

    fn commit(&mut self, by: u8, admit: &[(u8, &str)], replace: Option<(u8, u8)>, remove: Option<u8>) -> Vec<Event> {
        self.apply(Fact::Commit {
            seat: SeatId(by),
            number: ActionNo(1),
            admitted: admit.iter().map(|(seat, name)| (SeatId(*seat), (*name).into())).collect(),
            replaced: replace.map(|(before, now)| (SeatId(before), SeatId(now))).into_iter().collect(),
            removed: remove.map(SeatId).into_iter().collect(),
        })
    }

    fn admit(&mut self, seat: u8, name: &str) -> Vec<Event> {
        self.commit(0, &[(seat, name)], None, None)
    }

    /// The member on one seat is the one who had another, says the door.
    fn give_back(&mut self, before: u8, now: u8) -> Vec<Event> {
        self.commit(0, &[], Some((before, now)), None)
    }
}

fn arrived(seat: u8, name: &str) -> Event {
    Event::Arrived { seat: SeatId(seat), name: name.into() }
}

#[test]
fn two_people_with_one_name_are_told_apart() {
    let log = Log::of(&["Hal", "Ana", "ana", "ANA"]);
    let names: Vec<_> = log.0.circle.seats.values().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Hal", "Ana", "ana 2", "ANA 3"]);
}

#[test]
fn whoever_comes_in_is_told_apart_by_every_client() {
    let log = Log::of(&[
        "Hal",
        "H\u{430}l",
        "HaI",
        "Ha1",
        "H\u{1ea1}l",
        "\u{ff28}\u{ff41}\u{ff4c}",
        "You",
        "FACILITATOR",
        "Moderator",
    ]);
    let names: Vec<_> = log.0.circle.seats.values().map(|member| member.name.as_str()).collect();
    let wanted = [
        "Hal",
        "H\u{430}l 2",
        "HaI 3",
        "Ha1 4",
        "H\u{1ea1}l 5",
        "\u{ff28}\u{ff41}\u{ff4c} 6",
        "Someone",
        "Someone 2",
        "Someone 3",
    ];
    assert_eq!(names, wanted);
    // Whoever looks like a member who is gone is not taken for them.
    assert_eq!(log.0.circle.namesake(SeatId(2)), None);
    // A rehearsal's person.
    assert_eq!(Log::of(&["You"]).0.circle.name(SeatId(0)), Some("You"));
}

/// Ana leads at Hal's side, has a hand up, the stick, and a vote.
fn with_ana() -> Log {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(0, Act::Doors(vec![SeatId(0), SeatId(1)]), Op::Role(SeatId(1), Role::CoFacilitator));
    log.act(1, Act::None, Op::Hand { up: true });
    log.act(0, Act::Stick(Some(SeatId(1))), Op::Direct);
    log.act(2, Act::None, Op::Decide(Decide::Propose("A break".into(), Motion::Text)));
    log.act(0, Act::None, Op::Decide(Decide::Vote(1, VoteKind::Open)));
    log
}

/// What the holder of a seat has that gives power.
fn has(log: &Log, seat: u8) -> [bool; 4] {
    let (seat, state) = (SeatId(seat), &log.0);
    let vote = state.decisions.vote().is_some_and(|(_, vote)| vote.voter(seat).is_some());
    let [hand, stick] = [state.turns.queue.hands.contains(&seat), state.turns.floor.holder == Some(seat)];
    [hand, stick, vote, state.circle.roles.is_lead(seat)]
}

#[test]
fn somebody_of_an_absent_members_name_has_nothing_of_theirs() {
    let mut log = with_ana();
    assert_eq!(log.admit(7, "ana"), [arrived(7, "ana 2")]);
    assert_eq!((has(&log, 1), has(&log, 7)), ([true; 4], [false; 4]));
    assert_eq!(log.0.circle.namesake(SeatId(7)), Some(SeatId(1)));
    // Nor once the seat is given up.
    log.apply(Fact::Gone(SeatId(1), Gone::Lost));
    assert_eq!(has(&log, 7), [false; 4]);
}

#[test]
fn the_doors_yes_gives_a_member_all_of_the_old_seat_back() {
    let mut log = with_ana();
    log.admit(7, "Ana");
    let events = log.give_back(1, 7);
    assert_eq!((has(&log, 1), has(&log, 7)), ([false; 4], [true; 4]));
    assert_eq!(log.0.circle.roles.role(SeatId(7)), Role::CoFacilitator);
    let left = Event::Departed { seat: SeatId(1), name: "Ana".into(), why: Departure::Returned };
    let back = Event::Returned { seat: SeatId(7), name: "Ana".into(), was: "Ana 2".into() };
    assert!(events.contains(&left) && events.last() == Some(&back), "{events:?}");
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Role { seat: SeatId(1), .. } | Event::Turn(TurnEvent::Stick(None))))
    );
    assert_eq!(log.0.circle.name(SeatId(7)), Some("Ana"));
    assert_eq!(State::from_snapshot(&log.0.snapshot()).as_ref(), Some(&log.0));
    // Only the door can say so. A seat whose keys are gone is given up, even if nobody has its place.
    for (by, before, now, left) in [(2, 7, 2, 3), (0, 9, 7, 3), (0, 7, 9, 2)] {
        log.commit(by, &[], Some((before, now)), None);
        assert_eq!(log.0.circle.seats.len(), left);
    }
}

/// Both seats were there when the vote was opened; what is voted on the new one counts.
#[test]
fn a_member_with_two_seats_has_one_vote() {
    for (old, new, yes) in [(true, false, 1), (false, true, 0), (true, true, 0)] {
        let mut log = Log::of(&["Hal", "Ana", "Bo", "Ana"]);
        log.act(2, Act::None, Op::Decide(Decide::Propose("A break".into(), Motion::Text)));
        log.act(0, Act::None, Op::Decide(Decide::Vote(1, VoteKind::Open)));
        let votes = [(0, Choice::Abstain, true), (1, Choice::Yes, old), (3, Choice::No, new)];
        for (seat, choice, _) in votes.into_iter().filter(|(.., does)| *does) {
            log.act(seat, Act::None, Op::Decide(Decide::Ballot(1, choice)));
        }
        log.give_back(1, 3);
        let events = log.act(2, Act::None, Op::Decide(Decide::Ballot(1, Choice::Abstain)));
        let wanted = Tally { yes, no: 1 - yes, abstain: 2 };
        let counted =
            |event: &Event| matches!(event, Event::Decision(DecisionEvent::Result { tally, .. }) if *tally == wanted);
        assert!(events.iter().any(counted), "{events:?}");
    }
}

#[test]
fn whoever_knocks_by_a_muted_members_name_is_muted() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(0, Act::FloorMute([SeatId(1)].into_iter().collect(), true), Op::Direct);
    assert_eq!(log.admit(7, "Ana"), [arrived(7, "Ana 2"), Event::Muted { seat: SeatId(7), muted: true }]);
    // Unmuted before it was known that it's Ana.
    log.act(0, Act::FloorMute([SeatId(7)].into_iter().collect(), false), Op::Direct);
    assert!(log.give_back(1, 7).contains(&Event::Muted { seat: SeatId(7), muted: true }));
}

#[test]
fn only_the_facilitator_mutes_lets_in_removes_locks_and_closes() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(1, Act::None, Op::Hand { up: true });
    type ActBy = fn(&mut Log, u8) -> Vec<Event>;
    let acts: [ActBy; 5] = [
        |log, by| log.act(by, Act::FloorMute([SeatId(2)].into_iter().collect(), true), Op::Direct),
        |log, by| log.act(by, Act::Lock(true), Op::Direct),
        |log, by| log.commit(by, &[(5, "Eve")], None, None),
        |log, by| log.commit(by, &[], None, Some(2)),
        |log, by| log.act(by, Act::Close, Op::Direct),
    ];
    for act in acts {
        let before = log.0.clone();
        assert_eq!(act(&mut log, 1), []);
        let after = log.0.clone();
        assert_eq!(
            (after.circle.seats, after.locked, after.closed),
            (before.circle.seats, before.locked, before.closed)
        );
        assert_ne!(act(&mut log, 0), []);
    }
}

#[test]
fn one_commit_takes_seats_and_gives_them() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    let events = log.commit(0, &[(1, "Cy"), (3, "Dee")], None, Some(1));
    let left = Event::Departed { seat: SeatId(1), name: "Ana".into(), why: Departure::Removed };
    assert_eq!(events, [left, arrived(1, "Cy"), arrived(3, "Dee")]);
    assert_eq!(log.0.circle.name(SeatId(1)), Some("Cy"));
}

#[test]
fn a_second_opening_changes_nothing() {
    let mut log = Log::of(&["Hal", "Ana"]);
    assert_eq!(
        log.act(1, Act::None, Op::Open { title: "Mine".into(), name: "Ana".into(), charter: Charter::default() }),
        []
    );
    assert_eq!(log.0.title, "Tuesday");
}

#[test]
fn the_facilitators_role_goes_to_the_longest_present() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(0, Act::FloorMute([SeatId(1), SeatId(2)].into_iter().collect(), true), Op::Direct);
    let events = log.apply(Fact::Gone(SeatId(0), Gone::Left));
    assert!(
        events.contains(&Event::Facilitator(SeatId(1)))
            && events.contains(&Event::Muted { seat: SeatId(1), muted: false })
    );
    assert_eq!(log.0.circle.facilitator(), Some(SeatId(1)));
    assert!(log.0.circle.is_muted(SeatId(2)), "the others stay as they were");
}

#[test]
fn hands_keep_their_order_and_go_down_with_their_owner() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.act(2, Act::None, Op::Hand { up: true });
    log.act(1, Act::None, Op::Hand { up: true });
    assert_eq!(log.act(2, Act::None, Op::Hand { up: true }), []);
    assert_eq!(log.0.turns.queue.hands, [SeatId(2), SeatId(1)]);
    log.apply(Fact::Gone(SeatId(2), Gone::Lost));
    assert_eq!(log.0.turns.queue.hands, [SeatId(1)]);
}

#[test]
fn chat_is_cleaned_and_counts_in_the_hash() {
    let (mut a, mut b) = (Log::of(&["Hal", "Ana"]), Log::of(&["Hal", "Ana"]));
    assert_eq!(a.0.hash(), b.0.hash());
    let said = a.act(1, Act::None, Op::Chat("hello\u{1b}[2J".into()));
    assert_eq!(said, [Event::Chat { seat: SeatId(1), from: "Ana".into(), text: "hello[2J".into() }]);
    b.act(1, Act::None, Op::Chat("hallo".into()));
    assert_ne!(a.0.hash(), b.0.hash());
}

#[test]
fn unreadable_bodies_and_strangers_only_move_the_index() {
    let mut log = Log::of(&["Hal", "Ana"]);
    let before = log.0.circle.seats.clone();
    let (seat, number) = (SeatId(9), ActionNo(1));
    log.apply(Fact::Action { seat, number, act: Act::None, op: None });
    assert_eq!(log.act(9, Act::None, Op::Chat("boo".into())), []);
    assert_eq!(log.0.circle.seats, before);
    assert_eq!(log.0.index, Index(4));
}

#[test]
fn an_operation_that_is_too_long_is_refused() {
    let mut bytes = Op::Hand { up: true }.encode().expect("small");
    assert_eq!(Op::decode(&bytes), Some(Op::Hand { up: true }));
    bytes.push(0);
    assert_eq!(Op::decode(&bytes), None);
    let text = |chars: usize| Op::Chat("x".repeat(chars));
    assert!(
        text(limits::OP - 3).encode().is_some_and(|bytes| bytes.len() == limits::OP && Op::decode(&bytes).is_some())
    );
    assert_eq!(text(limits::OP - 2).encode(), None);
    let over = postcard::to_stdvec(&text(limits::OP - 2)).expect("written");
    assert_eq!(Op::decode(&over), None);
}

#[test]
fn a_snapshot_comes_back_whole_and_a_false_one_is_refused() {
    let mut log = Log::of(&["Hal", "Ana"]);
    log.act(1, Act::None, Op::Hand { up: true });
    let snapshot = log.0.snapshot();
    assert_eq!(State::from_snapshot(&snapshot).map(|state| state.hash()), Some(log.0.hash()));
    let spoilt = |spoil: &dyn Fn(&mut State)| {
        let mut state = log.0.clone();
        spoil(&mut state);
        State::from_snapshot(&state.snapshot())
    };
    assert_eq!(spoilt(&|state| state.circle.seats.get_mut(&SeatId(1)).expect("Ana").name = "A\u{1b}[2J".into()), None);
    assert_eq!(spoilt(&|state| state.title = "t".repeat(4000)), None);
    assert_eq!(spoilt(&|state| state.turns.queue.hands.push(SeatId(1))), None);
    assert_eq!(spoilt(&|state| state.turns.queue.hands.push(SeatId(7))), None);
    let ana = log.0.circle.seats[&SeatId(1)].clone();
    assert_eq!(spoilt(&|state| drop(state.circle.seats.insert(SeatId(200), ana.clone()))), None);
}

#[test]
fn time_runs_neither_back_nor_without_end() {
    let mut state = Log::of(&["Hal", "Ana"]).0;
    let mut apply = |at_ms: u64| {
        let index = state.index.next();
        state.apply(index, at_ms, &Fact::Action { seat: SeatId(9), number: ActionNo(1), act: Act::None, op: None });
        state.circle.at_ms
    };
    assert_eq!(
        [apply(90_000), apply(5), apply(u64::MAX), apply(7)],
        [90_000, 90_000, limits::GROUP_MS, limits::GROUP_MS]
    );
    let mut snapshot = Log::of(&["Hal", "Ana"]).0;
    snapshot.circle.at_ms = limits::GROUP_MS + 1;
    assert_eq!(State::from_snapshot(&snapshot.snapshot()), None);
}

proptest! {
    /// Whoever comes, goes, and gets a place back, whatever is under way: a newcomer can take over the state at any time.
    #[test]
    fn a_place_given_back_leaves_a_sound_state(steps in prop::collection::vec((0_u8..16, 0_u8..8, 0_u8..8), 0..100)) {
        let mut log = Log::of(&["Hal", "Ana", "Bo", "Cy"]);
        for (what, a, b) in steps {
            let door = log.0.circle.facilitator().map_or(0, |seat| seat.0);
            let has_turn = log.0.turns.round.as_ref().and_then(|round| round.now).map_or(a, |seat| seat.0);
            let turn = |log: &mut Log, by, turn| log.act(by, Act::None, Op::Turn(turn));
            match what {
                0 => log.act(a, Act::None, Op::Hand { up: true }),
                1 => turn(&mut log, a, Turn::Ask { up: true }),
                2 => log.act(door, Act::Stick(Some(SeatId(b))), Op::Direct),
                3 => turn(&mut log, door, Turn::Round(RoundKind::Free, None)),
                4 => turn(&mut log, has_turn, Turn::Done),
                5 => turn(&mut log, has_turn, Turn::Later),
                6 => turn(&mut log, door, Turn::Absent(SeatId(has_turn))),
                7 => turn(&mut log, a, Turn::Return),
                8 => turn(&mut log, if a < 4 { door } else { b }, if a < 4 { Turn::Break(5) } else { Turn::Back }),
                9 => log.act(door, Act::None, Op::Role(SeatId(b), Role::CoFacilitator)),
                10 => log.act(a, Act::None, Op::Decide(Decide::Propose("A break".into(), Motion::Text))),
                11 => {
                    let id = log.0.decisions.current().map_or(1, |proposal| proposal.id);
                    let kind = if b < 4 { VoteKind::Open } else { VoteKind::Secret };
                    log.act(door, Act::None, Op::Decide(Decide::Vote(id, kind)));
                    log.act(a, Act::None, Op::Decide(Decide::Ballot(id, Choice::Yes)))
                }
                12 if log.0.circle.seats.len() > 2 => log.apply(Fact::Gone(SeatId(a), Gone::Lost)),
                13 if !log.0.circle.seats.contains_key(&SeatId(a)) => {
                    let name = log.0.circle.name(SeatId(b)).unwrap_or("Zoe").to_owned();
                    log.commit(door, &[(a, &name)], None, None)
                }
                _ if a != door => log.commit(door, &[], Some((a, b)), None),
                _ => vec![],
            };
            let taken = State::from_snapshot(&log.0.snapshot());
            prop_assert_eq!(taken.as_ref(), Some(&log.0), "after {:?}", (what, a, b));
            let names: Vec<String> = log.0.circle.seats.values().map(|member| member.name.to_lowercase()).collect();
            prop_assert!(names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1));
        }
    }
}

#[test]
fn a_missing_microphone_is_said_once_and_of_oneself_only() {
    let mut log = Log::of(&["Hal", "Ana"]);
    let before = log.0.hash();
    assert_eq!(log.act(9, Act::None, Op::NoMic(true)), [], "nobody has that seat");
    let said = |missing| Event::Sound(SoundEvent::NoMic { seat: SeatId(1), missing });
    assert_eq!(log.act(1, Act::None, Op::NoMic(true)), [said(true)]);
    assert_ne!(log.0.hash(), before);
    assert_eq!(log.act(1, Act::None, Op::NoMic(true)), []);
    assert!(State::from_snapshot(&log.0.snapshot()).is_some_and(|state| state.circle.seats[&SeatId(1)].no_mic));
    // However often it changes, the state is as large as before.
    let size = log.0.snapshot().len();
    for turn in 0..1000 {
        log.act(1, Act::None, Op::NoMic(turn % 2 == 0));
    }
    assert!(log.0.snapshot().len() <= size + 2);
    log.act(1, Act::None, Op::NoMic(true));
    log.apply(Fact::Gone(SeatId(1), Gone::Left));
    log.admit(1, "Ana");
    assert!(!log.0.circle.seats[&SeatId(1)].no_mic, "whoever comes anew has one until they say otherwise");
}
