use proptest::prelude::*;

use super::*;
use crate::ids::{ActionNo, SeatSet};
use crate::session::{
    self, Answer, Charter, Decide, DecisionEvent, Event, Fact, How, Motion, NoDecision, Op, Power, Role, State,
    VOTE_MS, VoteKind,
};
use crate::wire::{Act, Gone};

/// Takes messages for good whose bytes are all the voter's number, and the sum of which is right.
struct Plain;

fn reads(voter: &Voter, message: &[u8]) -> Option<Point> {
    message.iter().all(|byte| u64::from(*byte) == voter.arrival).then_some([message[0]; 32])
}

impl Scrutiny for Plain {
    fn key(&self, _: &Poll, voter: &Voter, message: &[u8; KEY]) -> Option<Point> {
        reads(voter, message)
    }

    fn ballot(&self, _: &Poll, voter: &Voter, message: &[u8; BALLOT]) -> Option<Point> {
        reads(voter, message)
    }

    fn share(&self, _: &Poll, voter: &Voter, message: &[u8; SHARE]) -> Option<Point> {
        reads(voter, message)
    }

    /// "Yes" for each counted voter.
    fn tally(&self, poll: &Poll) -> Option<Tally> {
        let cast: Vec<_> = poll.electors().filter(|voter| voter.ballot.is_some()).collect();
        let whole = cast.len() == poll.electors().count() || cast.iter().all(|voter| voter.share.is_some());
        whole.then_some(Tally { yes: cast.len() as u8, no: 0, abstain: 0 })
    }
}

struct Group(State);

impl Group {
    /// So many. The seats are the orders of arrival.
    fn of(charter: Charter, count: u8) -> Self {
        let mut group = Self(State::default());
        group.apply(1000, action(0, Op::Open { title: "Tuesday".into(), name: "Member 0".into(), charter }));
        group.apply(1000, commit((1..count).map(|seat| (SeatId(seat), format!("Member {seat}"))).collect()));
        group
    }

    /// So many, who are asked to choose.
    fn voting(count: u8) -> Self {
        let mut group = Self::of(Charter::default(), count);
        group.apply(1000, decide(0, Decide::Propose("A break".into(), Motion::Text)));
        let opened = group.apply(1000, decide(1, Decide::Vote(1, VoteKind::Secret)));
        assert_eq!(opened, [Event::Decision(DecisionEvent::Vote { id: 1, kind: VoteKind::Secret, open: true })]);
        group
    }

    fn apply(&mut self, after_ms: u64, fact: Fact) -> Vec<Event> {
        let (index, at_ms) = (self.0.index.next(), self.0.circle.at_ms + after_ms);
        let events = self.0.apply_with(index, at_ms, &fact, &Plain);
        let again = State::from_snapshot(&self.0.snapshot());
        assert_eq!(again.as_ref(), Some(&self.0), "a newcomer can have the state at any time");
        events
    }

    fn poll(&self) -> &Poll {
        self.0.decisions.poll.as_ref().expect("a poll")
    }

    /// A client does what it should.
    fn act(&mut self, seat: u8) -> Vec<Event> {
        let poll = self.poll();
        let step = good(poll.stage, seat);
        self.apply(1000, action(seat, Op::Poll(poll.number, step)))
    }

    fn all(&mut self, seats: impl IntoIterator<Item = u8>) -> Vec<Event> {
        seats.into_iter().flat_map(|seat| self.act(seat)).collect()
    }

    fn gone(&mut self, seat: u8) -> Vec<Event> {
        self.apply(1000, Fact::Gone(SeatId(seat), Gone::Left))
    }

    fn due(&mut self, seat: u8, after_ms: u64) -> Vec<Event> {
        let number = self.poll().number;
        self.apply(after_ms, action(seat, Op::Poll(number, Step::Due)))
    }
}

fn good(stage: Stage, seat: u8) -> Step {
    match stage {
        Stage::Choosing => Step::Key(Bytes([seat; KEY])),
        Stage::Casting => Step::Ballot(Bytes([seat; BALLOT])),
        Stage::Recovering => Step::Share(Bytes([seat; SHARE])),
    }
}

fn action(seat: u8, op: Op) -> Fact {
    Fact::Action { seat: SeatId(seat), number: ActionNo(1), act: Act::None, op: Some(op) }
}

fn decide(seat: u8, what: Decide) -> Fact {
    action(seat, Op::Decide(what))
}

fn commit(admitted: Vec<(SeatId, String)>) -> Fact {
    let (replaced, removed) = (vec![], SeatSet::default());
    Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted, replaced, removed }
}

fn remove(seat: u8) -> Fact {
    let (replaced, removed) = (vec![], [SeatId(seat)].into_iter().collect());
    Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted: vec![], replaced, removed }
}

/// The result, and that the proposal is decided.
fn is_counted(events: &[Event], yes: u8) -> bool {
    let tally = Tally { yes, no: 0, abstain: 0 };
    let result = Event::Decision(DecisionEvent::Result { id: 1, kind: VoteKind::Secret, tally, passed: true });
    matches!(events, [Event::Decision(DecisionEvent::Vote { open: false, .. }), first, Event::Decision(DecisionEvent::Proposal { .. })] if *first == result)
}

fn too_few() -> Event {
    Event::Decision(DecisionEvent::Uncounted { id: 1, count: Count::TooFew, absent: vec![] })
}

/// The vote is over without a count, for want of these, and the proposal with it: no second vote on it follows.
fn is_incomplete(group: &Group, events: &[Event], absent: &[u8]) -> bool {
    let absent = absent.iter().map(|seat| format!("Member {seat}")).collect();
    let uncounted = Event::Decision(DecisionEvent::Uncounted { id: 1, count: Count::Incomplete, absent });
    let left = |event: &Event| matches!(event, Event::Decision(DecisionEvent::Proposal { proposal, .. }) if proposal.stage == session::Stage::LeftOpen);
    let again = Decide::Vote(1, VoteKind::Secret);
    events.contains(&uncounted)
        && events.iter().any(left)
        && group.0.decisions.poll.is_none()
        && group.0.decisions.can_decide(SeatId(0), &again, &group.0.circle) == Err(NoDecision::Nothing)
}

#[test]
fn all_choose_and_all_are_counted() {
    let mut group = Group::voting(5);
    let mut expected: Vec<Event> = (0..5).map(|seat| Event::Decision(DecisionEvent::Chosen(SeatId(seat)))).collect();
    expected.push(Event::Decision(DecisionEvent::Counting));
    assert_eq!(group.all(0..5), expected);
    assert!(is_counted(&group.all(0..5), 5));
    assert_eq!(group.0.decisions.poll, None);
}

#[test]
fn a_late_voter_is_not_waited_for_and_the_rest_is_counted() {
    let mut group = Group::voting(5);
    group.all(0..4);
    assert_eq!(group.due(2, VOTE_MS - 5000), [], "there are seconds left");
    assert_eq!(group.due(2, 1000), [Event::Decision(DecisionEvent::Counting)]);
    assert_eq!(group.act(4), [], "too late");
    assert!(is_counted(&group.all(0..4), 4));
}

#[test]
fn a_voter_gone_before_the_ballots_is_not_missed() {
    let mut group = Group::voting(5);
    group.all(0..4);
    group.gone(1);
    let last = group.gone(4);
    assert!(last.contains(&Event::Decision(DecisionEvent::Counting)), "{last:?}");
    assert_eq!(group.poll().electors().count(), 3);
    assert!(is_counted(&group.all([0, 2, 3]), 3));
}

#[test]
fn a_voter_gone_without_a_ballot_is_taken_off_the_sum() {
    let mut group = Group::voting(5);
    group.all(0..5);
    group.all(0..4);
    group.gone(4);
    assert_eq!(group.poll().stage, Stage::Recovering);
    assert!(is_counted(&group.all(0..4), 4));
}

#[test]
fn a_silent_voter_is_taken_off_the_sum_after_the_seats_hold() {
    assert!(AUTOMATIC_MS > limits::SEAT_HELD.as_millis() as u64);
    let mut group = Group::voting(5);
    group.all(0..5);
    group.all(0..4);
    group.due(0, AUTOMATIC_MS - 5000);
    assert_eq!(group.poll().stage, Stage::Casting);
    group.due(0, 5000);
    assert_eq!(group.poll().stage, Stage::Recovering);
    assert!(!group.poll().takes(1, &Step::Ballot(Bytes([4; BALLOT]))));
    let late = action(4, Op::Poll(1, Step::Ballot(Bytes([4; BALLOT]))));
    assert_eq!(group.apply(10, late), []);
    assert!(is_counted(&group.all(0..4), 4));
}

#[test]
fn a_ballot_of_the_gone_counts_if_all_others_come() {
    let mut group = Group::voting(6);
    group.all(0..6);
    group.all(0..3);
    group.gone(1);
    assert!(is_counted(&group.all(3..6), 6));
}

/// Somebody who keeps a ballot back knows the sum of all; one of all but the voter who left would tell that vote.
#[test]
fn no_count_leaves_out_a_voter_whose_ballot_is_in() {
    for silent in [false, true] {
        let mut group = Group::voting(6);
        group.all(0..6);
        group.all(0..5);
        group.apply(1000, remove(1));
        assert_eq!(group.poll().stage, Stage::Casting, "the ballot that is missing may still come");
        let events = if silent { group.due(0, AUTOMATIC_MS) } else { group.gone(5) };
        assert!(is_incomplete(&group, &events, &[1, 5]), "{events:?}");
    }
}

#[test]
fn without_a_share_nothing_is_counted_and_no_poll_follows() {
    for silent in [false, true] {
        let mut group = Group::voting(6);
        group.all(0..6);
        group.all(0..5);
        group.gone(5);
        group.all(0..4);
        let events = if silent { group.due(0, AUTOMATIC_MS) } else { group.gone(4) };
        assert!(is_incomplete(&group, &events, &[4, 5]), "{events:?}");
    }
    // Not even while all others could still give theirs: the one who went has given a ballot.
    let mut group = Group::voting(6);
    group.all(0..6);
    group.all(0..5);
    group.gone(5);
    let events = group.gone(4);
    assert!(is_incomplete(&group, &events, &[4, 5]), "{events:?}");
}

/// The group is asked whether to close before the vote begins, and says yes while it runs.
#[test]
fn a_close_that_the_group_wants_ends_a_secret_vote() {
    for (keys, ballots) in [(0, 0), (2, 0), (4, 0), (4, 2)] {
        let mut group = Group::of(Charter::PEER, 4);
        group.apply(10, decide(1, Decide::Propose(String::new(), Motion::Permit(Power::Close, None))));
        group.apply(10, decide(1, Decide::Test(1)));
        let role = Motion::Role(SeatId(1), 1, Role::CoFacilitator);
        group.apply(10, decide(2, Decide::Propose(String::new(), role)));
        group.apply(10, decide(2, Decide::Vote(2, VoteKind::Secret)));
        group.all(0..keys);
        group.all(0..ballots);
        let number = group.poll().number;
        let events: Vec<Event> = [0, 2, 3]
            .into_iter()
            .flat_map(|seat| group.apply(10, decide(seat, Decide::Answer(1, Answer::Agree))))
            .collect();
        assert!(events.contains(&Event::Decision(DecisionEvent::Closing)), "{events:?}");
        assert_eq!((&group.0.decisions.poll, group.0.decisions.vote()), (&None, None));
        assert_eq!(group.0.decisions.past.last().map(|past| (past.id, past.how)), Some((2, How::LeftOpen)));
        assert_eq!(group.apply(10, action(3, Op::Poll(number, good(Stage::Casting, 3)))), []);
    }
}

#[test]
fn too_few_are_not_counted() {
    let mut two = Group::voting(3);
    two.gone(2);
    two.due(0, VOTE_MS);
    assert_eq!(two.0.decisions.poll, None);
    let again = Decide::Vote(1, VoteKind::Secret);
    assert_eq!(two.0.decisions.can_decide(SeatId(0), &again, &two.0.circle), Err(NoDecision::Few));
    assert_eq!(two.apply(10, decide(0, again)), []);
    let mut group = Group::voting(3);
    group.all([0, 1]);
    assert_eq!(group.due(0, VOTE_MS), [too_few()]);
    // What was not counted without a ballot can be voted on again.
    assert_ne!(group.apply(10, decide(0, Decide::Vote(1, VoteKind::Secret))), []);
    let mut group = Group::voting(3);
    group.all(0..3);
    group.all(0..2);
    let events = group.gone(2);
    assert!(is_incomplete(&group, &events, &[2]), "{events:?}");
}

#[test]
fn a_bad_message_names_its_sender_once_and_does_not_count() {
    let mut group = Group::voting(4);
    let bad = |group: &mut Group| {
        let (number, stage) = (group.poll().number, group.poll().stage);
        let caught = group.apply(10, action(2, Op::Poll(number, good(stage, 3))));
        group.0.decisions.poll.as_mut().expect("a poll").voters[2].caught = false;
        caught
    };
    assert_eq!(bad(&mut group), [Event::Decision(DecisionEvent::BadBallot(SeatId(2)))]);
    group.all(0..4);
    assert_eq!(bad(&mut group), [Event::Decision(DecisionEvent::BadBallot(SeatId(2)))]);
    let (number, stage) = (group.poll().number, group.poll().stage);
    for expected in [vec![Event::Decision(DecisionEvent::BadBallot(SeatId(2)))], vec![]] {
        assert_eq!(group.apply(10, action(2, Op::Poll(number, good(stage, 3)))), expected);
    }
    group.all([0, 1, 3]);
    group.due(0, AUTOMATIC_MS);
    assert_eq!(group.poll().stage, Stage::Recovering);
    assert!(is_counted(&group.all([0, 1, 3]), 3));
}

#[test]
fn a_stranger_a_newcomer_and_another_polls_message_say_nothing() {
    let mut group = Group::voting(4);
    group.apply(10, commit(vec![(SeatId(9), "Late".into())]));
    let key = |seat: u8| Op::Poll(1, good(Stage::Choosing, seat));
    for fact in [
        action(9, Op::Poll(1, Step::Key(Bytes([4; KEY])))),
        action(40, key(40)),
        action(1, Op::Poll(2, good(Stage::Choosing, 1))),
        action(1, Op::Poll(1, good(Stage::Casting, 1))),
        action(1, Op::Poll(1, good(Stage::Recovering, 1))),
        Fact::Action { seat: SeatId(1), number: ActionNo(1), act: Act::Lock(true), op: Some(key(1)) },
    ] {
        let before = group.poll().clone();
        assert_eq!(group.apply(10, fact), []);
        assert_eq!(*group.poll(), before);
    }
    // Nor does the next holder of a voter's seat.
    group.gone(3);
    group.apply(10, commit(vec![(SeatId(3), "New".into())]));
    assert_eq!(group.apply(10, action(3, Op::Poll(1, Step::Key(Bytes([3; KEY]))))), []);
    group.all(0..3);
    assert!(is_counted(&group.all(0..3), 3));
}

/// The door's program would not say so now; the reducer doesn't rely on that.
#[test]
fn during_a_secret_vote_no_place_is_given_back() {
    let mut group = Group::voting(5);
    group.all([0, 1]);
    group.apply(10, action(4, Op::Hand { up: true }));
    group.apply(10, commit(vec![(SeatId(9), "Member 4".into())]));
    let removed = SeatSet::default();
    let replaced = vec![(SeatId(4), SeatId(9))];
    group.apply(10, Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted: vec![], replaced, removed });
    assert_eq!(group.0.circle.name(SeatId(9)), Some("Member 4 2"));
    assert!(group.0.turns.queue.hands.is_empty() && group.poll().voter(SeatId(9)).is_none());
    assert_eq!(group.apply(10, action(9, Op::Poll(1, Step::Key(Bytes([4; KEY]))))), []);
    group.all([2, 3]);
    assert!(is_counted(&group.all(0..4), 4));
}

#[test]
fn without_scrutiny_nothing_is_taken_for_good() {
    let mut group = Group::voting(3);
    let index = group.0.index.next();
    let key = action(1, Op::Poll(1, good(Stage::Choosing, 1)));
    assert_eq!(
        group.0.apply(index, group.0.circle.at_ms, &key),
        [Event::Decision(DecisionEvent::BadBallot(SeatId(1)))]
    );
}

#[test]
fn a_step_is_as_long_as_its_bytes_and_two() {
    for (step, bytes) in [
        (good(Stage::Choosing, 200), KEY),
        (good(Stage::Casting, 200), BALLOT),
        (good(Stage::Recovering, 200), SHARE),
        (Step::Due, 0),
    ] {
        let op = Op::Poll(9, step);
        let written = op.encode().expect("short enough");
        assert_eq!(written.len(), bytes + 3);
        assert_eq!(Op::decode(&written), Some(op));
        assert!((0..written.len()).all(|len| Op::decode(&written[..len]).is_none()));
    }
}

proptest! {
    /// Whoever does what, in whatever order: it comes to an end, and at it those are counted who did all they should.
    #[test]
    fn every_course_of_events_ends(
        count in 3_u8..=12,
        events in prop::collection::vec((0_u8..12, 0_u8..16), 0..150),
    ) {
        let mut group = Group::voting(count);
        let mut end = None;
        let mut go = |group: &mut Group, event: (u8, u8)| {
            if end.is_some() {
                return;
            }
            let (seat, number) = (event.0 % count, group.poll().number);
            let events = match event.1 {
                // Somebody stays: a group of nobody has no state that anybody could take.
                0 if group.0.circle.seats.len() > 1 => group.gone(seat),
                0 => group.due(seat, 20_000),
                1 => group.due(seat, 20_000),
                2 => group.apply(10, action(seat, Op::Poll(number, good(Stage::Casting, seat.wrapping_add(1))))),
                3 => group.apply(10, action(seat, Op::Poll(number, good(Stage::Recovering, seat)))),
                _ => group.act(seat),
            };
            end = events.into_iter().find_map(|event| match event {
                Event::Decision(DecisionEvent::Result { tally, .. }) => Some(Count::Tally(tally)),
                Event::Decision(DecisionEvent::Uncounted { id: 1, count, .. }) => Some(count),
                _ => None,
            });
        };
        for event in events {
            go(&mut group, event);
        }
        for _ in 0..count {
            for _ in 0..20 {
                go(&mut group, (0, 1));
            }
        }
        prop_assert!(end.is_some() && group.0.decisions.poll.is_none());
        let fits = match end {
            Some(Count::Tally(tally)) => (LEAST_VOTERS..=usize::from(count)).contains(&tally.ballots()),
            other => matches!(other, Some(Count::TooFew | Count::Incomplete)),
        };
        prop_assert!(fits, "{end:?}");
    }
}
