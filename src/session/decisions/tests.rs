use super::course::{PERMITS, REASONS};
use super::*;
use crate::ids::{ActionNo, SeatId, SeatSet};
use crate::session::{Charter, DecisionEvent, Event, Fact, Op, Power, Role, Say, State, Tally, clean};
use crate::wire::{Act, Gone, limits};

struct Log(State);

impl Log {
    fn of(charter: Charter, names: &[&str]) -> Self {
        let mut log = Self(State::default());
        log.act(0, Act::None, Op::Open { title: "Tuesday".into(), name: names[0].into(), charter });
        let others: Vec<_> = (1..).zip(&names[1..]).map(|(seat, name)| (seat, *name)).collect();
        log.commit(&others, None, None);
        log
    }

    fn five() -> Self {
        Self::of(Charter::FACILITATED, &["Hal", "Ana", "Bo", "Cy", "Dee"])
    }

    fn apply_at(&mut self, at_ms: u64, fact: Fact) -> Vec<Event> {
        let index = self.0.index.next();
        let events = self.0.apply(index, at_ms, &fact);
        let back = State::from_snapshot(&self.0.snapshot());
        assert_eq!(back.as_ref(), Some(&self.0), "what comes about is sound");
        events
    }

    fn apply(&mut self, fact: Fact) -> Vec<Event> {
        self.apply_at(self.0.circle.at_ms + 1000, fact)
    }

    fn act(&mut self, seat: u8, act: Act, op: Op) -> Vec<Event> {
        self.apply(Fact::Action { seat: SeatId(seat), number: ActionNo(1), act, op: Some(op) })
    }

    fn commit(&mut self, admit: &[(u8, &str)], replace: Option<(u8, u8)>, remove: Option<u8>) -> Vec<Event> {
        self.apply(Fact::Commit {
            seat: SeatId(0),
            number: ActionNo(1),
            admitted: admit.iter().map(|(seat, name)| (SeatId(*seat), (*name).into())).collect(),
            replaced: replace.map(|(before, now)| (SeatId(before), SeatId(now))).into_iter().collect(),
            removed: remove.map(SeatId).into_iter().collect(),
        })
    }

    /// What a seat does, which has to be something that can be done.
    fn can(&mut self, seat: u8, what: Decide) -> Vec<Event> {
        assert_eq!(self.0.decisions.can_decide(SeatId(seat), &what, &self.0.circle), Ok(()), "{what:?}");
        self.act(seat, Act::None, Op::Decide(what))
    }

    /// What a seat can't do now: it changes nothing.
    fn cannot(&mut self, seat: u8, what: Decide) -> NoDecision {
        let why = self.0.decisions.can_decide(SeatId(seat), &what, &self.0.circle).expect_err("not to be done");
        let before = (self.0.decisions.clone(), self.0.circle.charter);
        assert_eq!(self.act(seat, Act::None, Op::Decide(what)), []);
        assert_eq!((self.0.decisions.clone(), self.0.circle.charter), before);
        why
    }

    fn propose(&mut self, seat: u8, text: &str) -> u32 {
        self.can(seat, Decide::Propose(text.into(), Motion::Text));
        self.0.decisions.newest
    }

    fn motion(&mut self, seat: u8, motion: Motion) -> u32 {
        self.can(seat, Decide::Propose(String::new(), motion));
        self.0.decisions.newest
    }

    fn arrival(&self, seat: u8) -> u64 {
        self.0.circle.seats[&SeatId(seat)].arrival
    }

    fn stage(&self, id: u32) -> Option<Stage> {
        self.0.decisions.proposed(id, &self.0.circle).map(|proposed| proposed.stage)
    }

    fn ballots(&mut self, id: u32, ballots: &[(u8, Choice)]) -> Vec<Event> {
        let mut last = vec![];
        for (seat, choice) in ballots {
            last = self.can(*seat, Decide::Ballot(id, *choice));
        }
        last
    }
}

fn block(why: &str) -> Answer {
    Answer::Block(why.into())
}

#[test]
fn all_who_are_asked_agree_and_it_is_in_the_minutes() {
    let mut log = Log::five();
    let id = log.propose(1, " Break at \u{1b}three ");
    assert_eq!(log.0.decisions.proposed(id, &log.0.circle).expect("open").text, "Break at three");
    log.can(1, Decide::Test(id));
    assert_eq!(log.stage(id), Some(Stage::Testing));
    for seat in [0, 2, 3] {
        log.can(seat, Decide::Answer(id, Answer::Agree));
    }
    assert!(log.0.decisions.test_waits_for(&log.0.decisions.open[0], SeatId(4), &log.0.circle));
    let events = log.can(4, Decide::Answer(id, Answer::Aside));
    assert!(
        matches!(events.last(), Some(Event::Decision(DecisionEvent::Proposal { proposal: told, became: Became::Came })) if told.stage == Stage::Agreed)
    );
    assert_eq!(log.0.decisions.past[0].how, How::Agreed { agree: 4, aside: 1, block: 0 });
    assert_eq!(log.0.decisions.past[0].by, "Ana");
    assert_eq!(log.cannot(2, Decide::Answer(id, Answer::Agree)), NoDecision::Nothing);
}

#[test]
fn a_block_keeps_from_agreement_unless_the_charter_lets_one_be() {
    for (charter, agreed) in [(Charter::FACILITATED, false), (Charter::PEER, true)] {
        let mut log = Log::of(charter, &["Hal", "Ana", "Bo", "Cy"]);
        let id = log.propose(1, "Meet twice a week");
        log.can(0, Decide::Answer(id, Answer::Agree));
        log.can(2, Decide::Answer(id, block("I can't come twice")));
        log.can(3, Decide::Answer(id, Answer::Agree));
        log.can(1, Decide::Test(id));
        assert_eq!(log.stage(id).is_none(), agreed, "all had answered, so the test is over at once");
        if !agreed {
            assert_eq!(log.stage(id), Some(Stage::Open));
            log.can(1, Decide::Amend(id, "Meet every ten days".into()));
            assert_eq!(
                log.0.decisions.proposed(id, &log.0.circle).map(|told| (told.stage, told.agree)),
                Some((Stage::Discussion, 1))
            );
        }
    }
}

#[test]
fn a_test_ends_by_time_and_silence_is_not_agreement() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    log.can(1, Decide::Test(id));
    assert_eq!(log.cannot(3, Decide::Due(id)), NoDecision::NotDue);
    let late = log.0.circle.at_ms + TEST_MS;
    let due = Op::Decide(Decide::Due(id));
    log.apply_at(late, Fact::Action { seat: SeatId(3), number: ActionNo(1), act: Act::None, op: Some(due) });
    assert_eq!(log.stage(id), Some(Stage::Open), "one of five");
}

#[test]
fn only_the_proposer_changes_it_and_not_during_a_vote() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    assert_eq!(log.cannot(2, Decide::Amend(id, "Break at four".into())), NoDecision::NotMine);
    assert_eq!(log.cannot(0, Decide::Withdraw(id)), NoDecision::NotMine);
    assert_eq!(log.cannot(1, Decide::Amend(id, "\u{200b} ".into())), NoDecision::Blank);
    assert_eq!(log.cannot(2, Decide::Answer(id, block(" \u{7}"))), NoDecision::Blank);
    log.can(2, Decide::Vote(id, VoteKind::Open));
    assert_eq!(log.cannot(1, Decide::Amend(id, "Break at four".into())), NoDecision::Voting);
    assert_eq!(log.cannot(1, Decide::Withdraw(id)), NoDecision::Voting);
    assert_eq!(log.cannot(3, Decide::Answer(id, Answer::Agree)), NoDecision::Voting);
    assert_eq!(log.cannot(3, Decide::Test(id)), NoDecision::Voting);
    let other = log.propose(2, "Sing a song");
    assert_eq!(log.cannot(2, Decide::Vote(other, VoteKind::Open)), NoDecision::Voting);
    let gone = log.apply(Fact::Gone(SeatId(1), Gone::Left));
    assert!(!gone.is_empty());
    log.commit(&[(1, "Eve")], None, None);
    let third = log.propose(3, "Close early");
    log.ballots(id, &[(0, Choice::No), (2, Choice::No), (3, Choice::No), (4, Choice::No)]);
    assert_eq!(log.cannot(1, Decide::Withdraw(other)), NoDecision::NotMine, "the seat's next holder is another");
    log.can(2, Decide::Withdraw(other));
    log.can(3, Decide::Withdraw(third));
    assert_eq!(log.0.decisions.open, []);
}

#[test]
fn late_arrivals_do_not_vote_and_votes_of_the_gone_count() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    log.can(4, Decide::Vote(id, VoteKind::Open));
    log.commit(&[(5, "Eve")], None, None);
    assert_eq!(log.cannot(5, Decide::Ballot(id, Choice::No)), NoDecision::NoVoter);
    log.ballots(id, &[(1, Choice::Yes), (2, Choice::No), (2, Choice::Yes)]);
    log.apply(Fact::Gone(SeatId(2), Gone::Lost));
    log.apply(Fact::Gone(SeatId(4), Gone::Lost));
    log.commit(&[(2, "Flo")], None, None);
    assert_eq!(log.cannot(2, Decide::Ballot(id, Choice::No)), NoDecision::NoVoter, "Bo's vote is not Flo's");
    let events = log.ballots(id, &[(0, Choice::Abstain), (3, Choice::No)]);
    let tally = Tally { yes: 2, no: 1, abstain: 1 };
    assert!(
        events.contains(&Event::Decision(DecisionEvent::Result { id, kind: VoteKind::Open, tally, passed: true })),
        "{events:?}"
    );
    assert_eq!(log.0.decisions.past[0].how, How::Passed(VoteKind::Open, tally));
}

#[test]
fn a_member_whose_line_was_lost_votes_from_the_new_seat() {
    let mut log = Log::of(Charter::FACILITATED, &["Hal", "Ana", "Bo"]);
    let id = log.propose(1, "Break at three");
    log.can(1, Decide::Vote(id, VoteKind::Open));
    log.ballots(id, &[(0, Choice::No), (1, Choice::No)]);
    log.commit(&[(7, "Bo")], None, None);
    assert_eq!(log.cannot(7, Decide::Ballot(id, Choice::No)), NoDecision::NoVoter, "anybody could say that name");
    let back = log.commit(&[], Some((2, 7)), None);
    assert!(
        !back.iter().any(|event| matches!(event, Event::Decision(DecisionEvent::Result { .. }))),
        "the vote waits for the member who comes back"
    );
    let events = log.can(7, Decide::Ballot(id, Choice::No));
    let tally = Tally { no: 3, ..Tally::default() };
    assert!(events.contains(&Event::Decision(DecisionEvent::Result {
        id,
        kind: VoteKind::Open,
        tally,
        passed: false
    })));
}

#[test]
fn a_comparison_ends_when_the_last_awaited_member_goes() {
    let mut log = Log::of(Charter::FACILITATED, &["Hal", "Ana", "Bo"]);
    let (id, second) = (log.propose(1, "Break at three"), log.propose(0, "Sing a song"));
    log.can(1, Decide::Test(id));
    log.can(0, Decide::Answer(id, Answer::Agree));
    log.apply(Fact::Gone(SeatId(2), Gone::Lost));
    assert_eq!(log.0.decisions.past.len(), 1);
    log.commit(&[(2, "Cy")], None, None);
    log.can(0, Decide::Vote(second, VoteKind::Open));
    log.ballots(second, &[(0, Choice::Yes), (1, Choice::Yes)]);
    let events = log.apply(Fact::Gone(SeatId(2), Gone::Left));
    assert!(events.iter().any(|event| matches!(event, Event::Decision(DecisionEvent::Result { passed: true, .. }))));
}

#[test]
fn half_the_votes_let_the_facilitator_end_a_vote_and_time_does() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    log.can(1, Decide::Vote(id, VoteKind::Open));
    log.ballots(id, &[(1, Choice::Yes), (2, Choice::Yes)]);
    assert_eq!(log.cannot(0, Decide::EndVote(id)), NoDecision::TooFew);
    log.ballots(id, &[(3, Choice::No)]);
    assert_eq!(log.cannot(1, Decide::EndVote(id)), NoDecision::NotFacilitator);
    log.can(0, Decide::EndVote(id));
    assert_eq!(log.0.decisions.past.len(), 1);
    let id = log.propose(1, "Sing a song");
    log.can(1, Decide::Vote(id, VoteKind::Open));
    log.ballots(id, &[(1, Choice::Yes), (2, Choice::Yes)]);
    let late = log.0.circle.at_ms + VOTE_MS;
    let due = Op::Decide(Decide::Due(id));
    log.apply_at(late, Fact::Action { seat: SeatId(4), number: ActionNo(1), act: Act::None, op: Some(due) });
    assert!(matches!(log.0.decisions.past[1].how, How::Rejected(..)), "two of five are too few, whatever they say");
}

#[test]
fn a_vote_is_called_once() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    log.can(1, Decide::Vote(id, VoteKind::Open));
    assert_eq!(log.cannot(1, Decide::Vote(id, VoteKind::Open)), NoDecision::Voting);
    log.can(2, Decide::Vote(id, VoteKind::Secret));
    assert_eq!(log.cannot(1, Decide::Vote(id, VoteKind::Secret)), NoDecision::Voting);
    log.can(1, Decide::Vote(id, VoteKind::Open));
    log.can(3, Decide::Ballot(id, Choice::Yes));
    assert_eq!(log.cannot(1, Decide::Vote(id, VoteKind::Secret)), NoDecision::Voting, "somebody has voted");
}

#[test]
fn the_charter_changes_by_vote_at_any_time() {
    let mut log = Log::five();
    let first = log.propose(1, "Break at three");
    log.can(1, Decide::Test(first));
    assert_eq!(log.cannot(2, Decide::Propose(String::new(), Motion::Charter(Charter::FACILITATED))), NoDecision::IsSo);
    let id = log.motion(2, Motion::Charter(Charter::PEER));
    assert_eq!((log.stage(id), log.0.decisions.open[0].id), (Some(Stage::Voting), id), "a vote at once");
    log.can(4, Decide::Answer(first, Answer::Agree));
    let events =
        log.ballots(id, &[(2, Choice::Yes), (3, Choice::Yes), (4, Choice::Yes), (0, Choice::No), (1, Choice::No)]);
    assert!(events.contains(&Event::Decision(DecisionEvent::Charter)));
    assert_eq!(log.0.circle.charter, Charter::PEER);
    assert_eq!(log.0.decisions.open[0].id, first, "and on with what was talked over");
}

#[test]
fn a_decided_role_goes_to_the_person_meant_or_to_nobody() {
    let mut log = Log::five();
    let ana = Motion::Role(SeatId(1), log.arrival(1), Role::Facilitator);
    assert_eq!(
        log.cannot(3, Decide::Propose(String::new(), Motion::Role(SeatId(1), 99, Role::Facilitator))),
        NoDecision::IsSo
    );
    let id = log.motion(3, ana);
    assert_eq!(log.0.decisions.proposed(id, &log.0.circle).map(|told| told.text), Some("Ana".to_owned()));
    log.apply(Fact::Gone(SeatId(1), Gone::Left));
    log.commit(&[(1, "Eve")], None, None);
    log.ballots(id, &[(0, Choice::No), (2, Choice::Yes), (3, Choice::Yes), (4, Choice::Yes)]);
    assert!(matches!(log.0.decisions.past[0].how, How::Passed(..)));
    assert_eq!(log.0.circle.roles.role(SeatId(1)), Role::Member, "Eve was not meant");
}

#[test]
fn what_needs_the_group_is_allowed_once_and_told_of_otherwise() {
    let mut log = Log::of(Charter::SHARED, &["Hal", "Ana", "Bo", "Cy"]);
    let bo = Some((SeatId(2), log.arrival(2)));
    assert!(
        !log.0.decisions.may(Power::Remove, Some(SeatId(2)), &log.0.circle)
            && log.0.decisions.may(Power::MuteAll, None, &log.0.circle)
    );
    assert_eq!(
        log.cannot(1, Decide::Propose(String::new(), Motion::Permit(Power::MuteAll, None))),
        NoDecision::Allowed
    );
    assert_eq!(log.cannot(1, Decide::Propose(String::new(), Motion::Permit(Power::Remove, None))), NoDecision::IsSo);
    let id = log.motion(1, Motion::Permit(Power::Remove, bo));
    for seat in [0, 2, 3] {
        log.can(seat, Decide::Answer(id, Answer::Agree));
    }
    log.can(1, Decide::Test(id));
    assert!(
        log.0.decisions.may(Power::Remove, Some(SeatId(2)), &log.0.circle)
            && !log.0.decisions.may(Power::Remove, Some(SeatId(3)), &log.0.circle)
    );
    let removed = log.commit(&[], None, Some(2));
    assert!(!removed.iter().any(|event| matches!(event, Event::Decision(DecisionEvent::Overstepped { .. }))));
    let removed = log.commit(&[], None, Some(3));
    assert!(removed.contains(&Event::Decision(DecisionEvent::Overstepped { seat: SeatId(0), power: Power::Remove })));
    log.commit(&[(2, "Dee")], None, None);
    assert!(!log.0.decisions.may(Power::Remove, Some(SeatId(2)), &log.0.circle), "it was about Bo");
    let closed = log.act(0, Act::Close, Op::Direct);
    assert!(closed.contains(&Event::Decision(DecisionEvent::Overstepped { seat: SeatId(0), power: Power::Close })));
}

#[test]
fn muting_all_without_the_groups_yes_is_told() {
    let mut log = Log::of(Charter::PEER, &["Hal", "Ana", "Bo"]);
    let all: SeatSet = [SeatId(1), SeatId(2)].into_iter().collect();
    let events = log.act(0, Act::FloorMute(all, true), Op::Direct);
    assert!(events.contains(&Event::Decision(DecisionEvent::Overstepped { seat: SeatId(0), power: Power::MuteAll })));
    let one: SeatSet = [SeatId(1)].into_iter().collect();
    assert!(
        !log.act(0, Act::FloorMute(one, false), Op::Direct)
            .iter()
            .any(|c| matches!(c, Event::Decision(DecisionEvent::Overstepped { .. })))
    );
    let events = log.act(0, Act::FloorMute(one, true), Op::Direct);
    assert_eq!(events, [Event::Muted { seat: SeatId(1), muted: true }]);
}

#[test]
fn the_minutes_are_read_back_at_the_close_and_agreed() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    for seat in [0, 2, 3, 4] {
        log.can(seat, Decide::Answer(id, Answer::Agree));
    }
    log.can(1, Decide::Test(id));
    assert!(!log.0.decisions.is_read());
    assert_eq!(log.cannot(1, Decide::Minutes { right: true }), NoDecision::NotRead);
    assert_eq!(log.cannot(1, Decide::ReadBack), NoDecision::NotFacilitator);
    assert_eq!(log.cannot(1, Decide::Close), NoDecision::NotFacilitator);
    let left = log.propose(2, "Sing a song");
    log.can(0, Decide::ReadBack);
    assert!(log.0.decisions.is_read());
    let events = log.can(0, Decide::Close);
    assert!(
        events.contains(&Event::Decision(DecisionEvent::Closing))
            && events.contains(&Event::Decision(DecisionEvent::Minutes))
    );
    assert_eq!(log.0.decisions.past.last().map(|past| (past.id, past.how)), Some((left, How::LeftOpen)));
    assert!(log.0.decisions.is_read() && log.0.decisions.minutes_wait_for(SeatId(3), &log.0.circle));
    log.can(3, Decide::Minutes { right: true });
    log.can(4, Decide::Minutes { right: false });
    assert_eq!(log.0.decisions.read.as_ref().map(Reading::answered), Some([1, 1]));
    assert_eq!(log.cannot(1, Decide::Propose("Once more".into(), Motion::Text)), NoDecision::Closing);
    assert_eq!(log.cannot(0, Decide::Close), NoDecision::Closing);
}

#[test]
fn the_group_itself_can_bring_the_close() {
    let mut log = Log::of(Charter::SHARED, &["Hal", "Ana", "Bo"]);
    assert_eq!(log.cannot(0, Decide::Close), NoDecision::Charter(Say::Group));
    let id = log.motion(1, Motion::Permit(Power::Close, None));
    log.can(1, Decide::Vote(id, VoteKind::Open));
    let events = log.ballots(id, &[(0, Choice::No), (1, Choice::Yes), (2, Choice::Yes)]);
    assert!(events.contains(&Event::Decision(DecisionEvent::Closing)) && log.0.decisions.closing);
    let closed = log.act(0, Act::Close, Op::Direct);
    assert_eq!(closed, [Event::Closed(crate::session::Ended::Closed)], "with the group's yes");
}

#[test]
fn the_charter_says_who_may_call_a_vote() {
    let by = |word: &str| Charter::FACILITATED.with("vote", word).expect("sound");
    let mut log = Log::of(by("facilitator"), &["Hal", "Ana", "Bo"]);
    let id = log.propose(1, "Break at three");
    assert_eq!(log.cannot(1, Decide::Vote(id, VoteKind::Open)), NoDecision::Charter(Say::Facilitator));
    log.can(0, Decide::Vote(id, VoteKind::Open));
    let mut log = Log::of(by("group"), &["Hal", "Ana", "Bo"]);
    let id = log.propose(1, "Break at three");
    assert_eq!(log.cannot(0, Decide::Vote(id, VoteKind::Open)), NoDecision::Charter(Say::Group));
    log.can(0, Decide::Answer(id, block("not so early")));
    log.can(2, Decide::Answer(id, Answer::Agree));
    log.can(1, Decide::Test(id));
    log.can(2, Decide::Vote(id, VoteKind::Open));
}

#[test]
fn proposals_and_minutes_have_their_bounds() {
    let names: Vec<String> = (0..limits::MEMBERS).map(|at| format!("{}{at}", "é".repeat(20))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut log = Log::of(Charter::FACILITATED, &names);
    let long = "é".repeat(9_000 / 10);
    for _ in 0..limits::PROPOSALS_EACH {
        log.propose(1, &long);
    }
    assert_eq!(log.cannot(1, Decide::Propose(long.clone(), Motion::Text)), NoDecision::Many);
    assert_eq!(log.0.decisions.open[0].text.chars().count(), limits::PROPOSAL_CHARS);
    for seat in 2..5 {
        log.propose(seat, &long);
        log.propose(seat, &long);
    }
    assert_eq!(log.cannot(9, Decide::Propose(long.clone(), Motion::Text)), NoDecision::Many);
    let first = log.0.decisions.open[0].id;
    for seat in 0..limits::MEMBERS as u8 {
        log.can(seat, Decide::Answer(first, block(&"é".repeat(500))));
    }
    assert!(log.0.decisions.reasons(None) <= REASONS);
    assert!(log.0.decisions.open[0].answers.values().all(|answer| matches!(answer, Answer::Block(_))));
    // Decided one after another until there is no room for more words.
    while let Some(current) = log.0.decisions.current().map(|current| current.id) {
        log.can(0, Decide::Vote(current, VoteKind::Open));
        for seat in 0..limits::MEMBERS as u8 {
            log.can(seat, Decide::Ballot(current, Choice::Yes));
        }
        let again = Decide::Propose(long.clone(), Motion::Text);
        if log.0.decisions.can_decide(SeatId(1), &again, &log.0.circle).is_ok() {
            log.can(1, again);
        }
    }
    assert_eq!(log.cannot(1, Decide::Propose(long, Motion::Text)), NoDecision::Full);
    let size = log.0.snapshot().len();
    println!("the fullest state takes {size} bytes");
    assert!(size < 24 * 1024, "{size} bytes must leave room for the keys of fifty in one envelope");
}

#[test]
fn a_snapshot_with_decisions_that_could_not_be_is_refused() {
    let mut log = Log::five();
    let id = log.propose(1, "Break at three");
    log.propose(2, "Sing a song");
    log.can(0, Decide::Vote(id, VoteKind::Open));
    log.can(0, Decide::ReadBack);
    let spoilt = |spoil: &dyn Fn(&mut Decisions)| {
        let mut state = log.0.clone();
        spoil(&mut state.decisions);
        State::from_snapshot(&state.snapshot()).is_none()
    };
    assert!(!spoilt(&|_| ()));
    assert!(spoilt(&|decisions| decisions.open[0].text = "a\u{202e}b".into()));
    assert!(spoilt(&|decisions| decisions.open[0].text.clear()));
    assert!(spoilt(&|decisions| decisions.open[1].name = "x".repeat(99)));
    assert!(spoilt(&|decisions| decisions.open[0].id = 9));
    assert!(spoilt(&|decisions| decisions.open[1].id = id));
    assert!(spoilt(&|decisions| drop(decisions.open[1].answers.insert(SeatId(40), Answer::Agree))));
    assert!(spoilt(&|decisions| drop(decisions.open[1].answers.insert(SeatId(1), block("\u{1b}[2J")))));
    assert!(spoilt(&|decisions| decisions.open[1].vote = decisions.open[0].vote.clone()));
    assert!(spoilt(&|decisions| decisions.open[0].vote.as_mut().expect("a vote").voters[0].arrival = 77));
    assert!(spoilt(&|decisions| decisions.permits = vec![(Power::Close, None); PERMITS + 1]));
    assert!(spoilt(&|decisions| _ = decisions.read.as_mut().expect("read").answers.insert(SeatId(40), true)));
    assert!(spoilt(&|decisions| {
        let many = (3..80).map(|id| Decided {
            id,
            text: "Yes".into(),
            motion: Motion::Text,
            by: "Ana".into(),
            how: How::LeftOpen,
            at_ms: 0,
        });
        decisions.past = many.collect();
        decisions.newest = 99;
    }));
    assert_eq!(clean::proposal("Break at three"), "Break at three");
}

#[test]
fn without_a_facilitator_the_charter_says_who_is_next() {
    for (charter, chosen) in [(Charter::PEER, Some(SeatId(2))), (Charter::FACILITATED, None)] {
        let mut log = Log::of(charter, &["Hal", "Ana", "Bo"]);
        log.apply(Fact::Gone(SeatId(0), Gone::Left));
        log.commit(&[], None, None);
        assert_eq!(
            log.0.circle.roles.leads().first().copied(),
            chosen.map(|_| SeatId(1)),
            "after the first the second"
        );
        log.apply(Fact::Gone(SeatId(1), Gone::Left));
        assert_eq!(log.0.circle.roles.leads().first().copied(), chosen);
    }
}
