//! Turns against a naive model, and what each of them says.

mod naive;

use super::*;
use crate::ids::{ActionNo, SeatSet};
use crate::session::{Charter, Fact, Op, State};
use crate::wire::{Act, Gone, limits};

/// A group, and the time of its next entry in milliseconds.
pub(super) struct Log {
    pub state: State,
    pub now_ms: u64,
}

impl Log {
    pub(super) fn of(count: u8) -> Self {
        let mut log = Self { state: State::default(), now_ms: 0 };
        log.act(0, Act::None, Op::Open { title: "Tuesday".into(), name: "Hal".into(), charter: Charter::default() });
        (1..count).for_each(|seat| drop(log.admit(seat)));
        log
    }

    pub(super) fn apply(&mut self, fact: &Fact) -> Vec<Event> {
        self.now_ms += 10;
        let index = self.state.index.next();
        self.state.apply(index, self.now_ms, fact)
    }

    pub(super) fn act(&mut self, seat: u8, act: Act, op: Op) -> Vec<Event> {
        self.apply(&Fact::Action { seat: SeatId(seat), number: ActionNo(1), act, op: Some(op) })
    }

    pub(super) fn turn(&mut self, seat: u8, turn: Turn) -> Vec<TurnEvent> {
        turned(self.act(seat, Act::None, Op::Turn(turn)))
    }

    pub(super) fn direct(&mut self, seat: u8, act: Act) -> Vec<TurnEvent> {
        turned(self.act(seat, act, Op::Direct))
    }

    pub(super) fn admit(&mut self, seat: u8) -> Vec<Event> {
        let admitted = vec![(SeatId(seat), format!("Member {seat}"))];
        let (replaced, removed) = Default::default();
        let door = self.state.circle.facilitator().expect("a facilitator");
        self.apply(&Fact::Commit { seat: door, number: ActionNo(1), admitted, replaced, removed })
    }

    /// Somebody comes in on the seat `now` by the name of the member on `before`, and is that member, says the door: what is
    /// told of that.
    fn back(&mut self, before: u8, now: u8) -> Vec<TurnEvent> {
        let name = self.state.circle.name(SeatId(before)).expect("a member").to_owned();
        let commit = |admitted, replaced| Fact::Commit {
            seat: SeatId(0),
            number: ActionNo(1),
            admitted,
            replaced,
            removed: SeatSet::default(),
        };
        self.apply(&commit(vec![(SeatId(now), name)], vec![]));
        let told = turned(self.apply(&commit(vec![], vec![(SeatId(before), SeatId(now))])));
        assert_eq!(State::from_snapshot(&self.state.snapshot()), Some(self.state.clone()));
        told
    }

    pub(super) fn leave(&mut self, seat: u8) -> Vec<Event> {
        self.apply(&Fact::Gone(SeatId(seat), Gone::Left))
    }

    fn pass(&mut self, seconds: u64) {
        self.now_ms += seconds * 1000;
    }

    fn heard(&self) -> Vec<u8> {
        let seats = self
            .state
            .circle
            .seats
            .keys()
            .filter(|seat| !self.state.turns.floor.hushes(**seat, &self.state.circle, self.now_ms));
        seats.map(|seat| seat.0).collect()
    }

    fn order(&self) -> (Option<u8>, Vec<u8>) {
        let round = self.state.turns.round.as_ref().expect("a round");
        (round.now.map(|seat| seat.0), round.order.iter().map(|seat| seat.0).collect())
    }
}

fn turned(events: Vec<Event>) -> Vec<TurnEvent> {
    let turned = |event| if let Event::Turn(turned) = event { Some(turned) } else { None };
    events.into_iter().filter_map(turned).collect()
}

#[test]
fn a_mute_of_all_ends_by_itself_whoever_is_there_by_then() {
    let mut log = Log::of(3);
    assert_eq!(log.direct(1, Act::MuteAll(180)), [], "only the facilitator");
    assert_eq!(log.direct(0, Act::MuteAll(181)), [], "no longer than the group has agreed");
    assert_eq!(log.direct(0, Act::MuteAll(180)), [TurnEvent::MuteAll { on: true }]);
    let ends = log.now_ms + 180_000;
    assert_eq!(log.state.turns.due(), [(ends, TurnEvent::MuteAll { on: false })]);
    assert_eq!(log.heard(), [0]);
    // A newcomer is quiet too, and when the facilitator goes the next one is heard.
    log.admit(3);
    assert_eq!(log.heard(), [0]);
    log.leave(0);
    assert_eq!(log.heard(), [1]);
    log.now_ms = ends - 1;
    assert_eq!(log.heard(), [1]);
    log.now_ms = ends;
    assert_eq!(log.heard(), [1, 2, 3]);
}

#[test]
fn a_mute_of_all_goes_on_only_if_most_say_yes() {
    let mut log = Log::of(5);
    assert_eq!(log.turn(0, Turn::AskMuteAll), [], "nothing to renew");
    log.direct(0, Act::MuteAll(180));
    assert_eq!(log.direct(0, Act::MuteAll(180)), [], "not without asking");
    assert_eq!(log.turn(1, Turn::AskMuteAll), []);
    assert_eq!(log.turn(0, Turn::AskMuteAll), [TurnEvent::MuteAllAsked]);
    assert_eq!(log.turn(0, Turn::Yes), [], "who asks has said yes");
    assert_eq!(log.turn(1, Turn::Yes), [TurnEvent::MuteAllYes(SeatId(1))]);
    assert_eq!(log.direct(0, Act::MuteAll(180)), [], "two of five are not most");
    assert_eq!(log.turn(1, Turn::Yes), [], "nobody counts twice");
    assert_eq!(log.turn(2, Turn::Yes), [TurnEvent::MuteAllYes(SeatId(2)), TurnEvent::MuteAllAgreed]);
    log.pass(30);
    assert_eq!(log.direct(0, Act::MuteAll(180)), [TurnEvent::MuteAll { on: true }]);
    assert_eq!(log.state.turns.floor.mute_all_until(log.now_ms), Some(log.now_ms + 180_000));
    // Just after its end it's still going on; a minute later it's another.
    log.pass(180 + 59);
    assert_eq!(log.direct(0, Act::MuteAll(180)), []);
    log.pass(1);
    assert_eq!(log.direct(0, Act::MuteAll(180)), [TurnEvent::MuteAll { on: true }]);
    // A question has a minute, and what was said to one doesn't count for the next.
    log.turn(0, Turn::AskMuteAll);
    log.turn(1, Turn::Yes);
    log.pass(60);
    assert_eq!(log.turn(2, Turn::Yes), []);
    assert_eq!(log.turn(0, Turn::AskMuteAll), [TurnEvent::MuteAllAsked]);
    assert_eq!(log.turn(2, Turn::Yes), [TurnEvent::MuteAllYes(SeatId(2))]);
    // Of three, two are most.
    log.leave(3);
    assert_eq!(turned(log.leave(4)), [TurnEvent::MuteAllAgreed]);
    assert_eq!(log.direct(0, Act::MuteAll(0)), [TurnEvent::MuteAll { on: false }]);
    assert_eq!(log.direct(0, Act::MuteAll(0)), []);
    assert_eq!(log.heard(), [0, 1, 2]);
}

#[test]
fn the_holder_passes_the_stick_on_and_the_facilitator_takes_it() {
    let mut log = Log::of(4);
    let stick = |to: Option<u8>| Act::Stick(to.map(SeatId));
    assert_eq!(log.direct(1, stick(Some(1))), [], "nobody takes it");
    log.turn(2, Turn::Ask { up: true });
    log.direct(0, Act::MuteAll(60));
    let given = [TurnEvent::MuteAll { on: false }, TurnEvent::Stick(Some(SeatId(2))), TurnEvent::Heeded(SeatId(2))];
    assert_eq!(log.direct(0, stick(Some(2))), given);
    assert_eq!(log.heard(), [2]);
    assert_eq!(log.direct(1, stick(None)), []);
    assert_eq!(log.direct(2, stick(Some(9))), [], "nobody sits there");
    assert_eq!(log.direct(2, stick(Some(3))), [TurnEvent::Stick(Some(SeatId(3)))]);
    assert_eq!(log.direct(2, stick(Some(2))), [], "who had it has it no more");
    assert_eq!(log.direct(0, stick(Some(0))), [TurnEvent::Stick(Some(SeatId(0)))]);
    assert_eq!(log.direct(0, stick(Some(1))), [TurnEvent::Stick(Some(SeatId(1)))]);
    assert_eq!(turned(log.leave(1)), [TurnEvent::Stick(None)]);
    assert_eq!(log.heard(), [0, 2, 3]);
    log.direct(0, stick(Some(2)));
    assert_eq!(log.direct(2, stick(None)), [TurnEvent::Stick(None)]);
    // A mute of all takes it out of a hand.
    log.direct(0, stick(Some(2)));
    log.pass(61);
    assert_eq!(log.direct(0, Act::MuteAll(9)), [TurnEvent::Stick(None), TurnEvent::MuteAll { on: true }]);
}

#[test]
fn the_facilitator_sets_the_order_of_hands_and_who_is_next() {
    let mut log = Log::of(5);
    let seats = |seats: &[u8]| seats.iter().copied().map(SeatId).collect::<Vec<_>>();
    for seat in [3, 1, 2] {
        log.act(seat, Act::None, Op::Hand { up: true });
    }
    assert_eq!(log.turn(1, Turn::Order(Order::Least)), []);
    assert_eq!(log.turn(0, Turn::Least(seats(&[1]))), [], "in another order there is no least");
    assert_eq!(log.turn(0, Turn::Order(Order::Least)), [TurnEvent::Ordered]);
    assert_eq!(log.state.turns.queue.in_order(), seats(&[3, 1, 2]));
    assert_eq!(log.turn(0, Turn::Least(seats(&[2, 2, 63, 4, 3]))), [TurnEvent::Queue]);
    assert_eq!(log.state.turns.queue.in_order(), seats(&[2, 3, 1]), "who is not named comes after");
    log.turn(4, Turn::Ask { up: true });
    assert_eq!(log.turn(0, Turn::Next(SeatId(0))), [], "who wants nothing is not called");
    assert_eq!(log.turn(0, Turn::Next(SeatId(2))), [TurnEvent::Next(SeatId(2))]);
    assert_eq!(log.turn(0, Turn::Next(SeatId(4))), [TurnEvent::Next(SeatId(4)), TurnEvent::Heeded(SeatId(4))]);
    // Who raises a hand again comes at the end.
    log.act(2, Act::None, Op::Hand { up: true });
    assert_eq!(log.state.turns.queue.in_order(), seats(&[3, 1, 2]));
    log.turn(0, Turn::Order(Order::Hands));
    assert_eq!(log.state.turns.queue.in_order(), seats(&[3, 1, 2]));
}

#[test]
fn a_round_goes_by_arrival_and_lets_all_pass_wait_or_be_late() {
    let mut log = Log::of(4);
    assert_eq!(log.turn(1, Turn::Round(RoundKind::CheckIn, None)), []);
    assert_eq!(log.turn(0, Turn::Round(RoundKind::CheckIn, Some(9))), []);
    let began = [TurnEvent::RoundBegan, TurnEvent::RoundTurn(Some(SeatId(0)))];
    assert_eq!(log.turn(0, Turn::Round(RoundKind::CheckIn, Some(90))), began);
    assert_eq!(log.state.turns.due(), [(log.now_ms + 90_000, TurnEvent::RoundTime(SeatId(0)))]);
    assert_eq!(log.turn(0, Turn::Round(RoundKind::Free, None)), [], "one at a time");
    assert_eq!(log.turn(1, Turn::Done), [], "it's another's turn");
    log.turn(0, Turn::Done);
    log.turn(1, Turn::Later);
    assert_eq!(log.order(), (Some(2), vec![3, 1]));
    log.admit(4);
    assert_eq!(log.order(), (Some(2), vec![3, 1, 4]));
    assert_eq!(log.turn(2, Turn::Pass)[0], TurnEvent::RoundPassed(SeatId(2)));
    assert_eq!(log.turn(1, Turn::Skip(SeatId(3))), []);
    assert_eq!(log.turn(0, Turn::Skip(SeatId(1))), [], "it's another's turn");
    log.turn(0, Turn::Skip(SeatId(3)));
    let round = log.state.turns.round.clone().expect("a round");
    assert_eq!((round.place(), round.place_of(SeatId(4))), ((4, 5), Some(5)));
    log.leave(1);
    assert_eq!(log.order(), (Some(4), vec![]));
    assert_eq!(log.turn(4, Turn::Later), [], "the last can't wait for others");
    assert_eq!(log.turn(4, Turn::Done), [TurnEvent::RoundOver]);
    assert_eq!(log.turn(4, Turn::Done), []);
}

#[test]
fn an_absent_member_is_passed_over_and_next_on_return() {
    let mut log = Log::of(4);
    log.turn(0, Turn::Round(RoundKind::Free, None));
    assert_eq!(log.turn(2, Turn::Absent(SeatId(1))), [], "it's not their turn");
    log.turn(0, Turn::Done);
    let over = [TurnEvent::RoundSkipped { seat: SeatId(1), away: true }, TurnEvent::RoundTurn(Some(SeatId(2)))];
    assert_eq!(log.turn(3, Turn::Absent(SeatId(1))), over);
    assert_eq!(log.turn(1, Turn::Return), [TurnEvent::RoundReturned(SeatId(1))]);
    assert_eq!(log.order(), (Some(2), vec![1, 3]));
    log.turn(2, Turn::Done);
    log.turn(0, Turn::Absent(SeatId(1)));
    log.turn(3, Turn::Done);
    // The round waits for those who may come back, and begins again with them.
    assert_eq!(log.order(), (None, vec![]));
    assert_eq!(log.turn(1, Turn::Return), [TurnEvent::RoundReturned(SeatId(1)), TurnEvent::RoundTurn(Some(SeatId(1)))]);
    log.turn(0, Turn::Absent(SeatId(1)));
    assert_eq!(turned(log.leave(1)), [TurnEvent::RoundOver]);
}

#[test]
fn the_agenda_has_an_end_and_its_points_are_clean() {
    let mut log = Log::of(2);
    assert_eq!(log.turn(1, Turn::Point("Money".into(), 5)), []);
    assert_eq!(log.turn(0, Turn::Point(" \u{202e} ".into(), 5)), []);
    assert_eq!(log.turn(0, Turn::Point("Money".into(), 0)), []);
    assert_eq!(log.turn(0, Turn::Point("Money".into(), 481)), []);
    assert_eq!(log.turn(0, Turn::NextPoint), []);
    for _ in 0..limits::AGENDA {
        assert_eq!(log.turn(0, Turn::Point(format!("Mon\u{1b}ey {}", "x".repeat(200)), 5)), [TurnEvent::Agenda]);
    }
    assert_eq!(log.turn(0, Turn::Point("One more".into(), 5)), []);
    assert!(log.state.turns.agenda.points.iter().all(|point| point.text.chars().count() == limits::POINT_CHARS));
    assert_eq!(log.turn(0, Turn::NextPoint), [TurnEvent::Point(Some(0))]);
    assert_eq!(log.state.turns.due(), [(log.now_ms + 300_000, TurnEvent::PointTime)]);
    (1..limits::AGENDA).for_each(|_| drop(log.turn(0, Turn::NextPoint)));
    assert_eq!(log.turn(0, Turn::NextPoint), [TurnEvent::Point(None)]);
    assert_eq!(log.turn(0, Turn::ClearAgenda), []);
}

#[test]
fn a_break_is_over_when_all_are_back_and_the_bell_rings_twice() {
    let mut log = Log::of(3);
    assert_eq!(log.turn(1, Turn::Break(5)), []);
    assert_eq!(log.turn(0, Turn::Break(0)), []);
    assert_eq!(log.turn(0, Turn::Break(121)), []);
    assert_eq!(log.turn(0, Turn::Break(5)), [TurnEvent::BreakBegan]);
    let ends = log.now_ms + 300_000;
    assert_eq!(log.turn(0, Turn::Break(5)), []);
    assert_eq!(log.turn(0, Turn::Back), [TurnEvent::Back(SeatId(0))]);
    assert_eq!(log.turn(0, Turn::Back), []);
    assert_eq!(log.turn(0, Turn::Bell(Some(20))), [TurnEvent::BellSet]);
    let bell = log.now_ms + 1_200_000;
    let due = [(ends, TurnEvent::BreakTime), (bell - BELL_SOON_MS, TurnEvent::BellSoon), (bell, TurnEvent::Bell)];
    assert_eq!(log.state.turns.due(), due);
    log.turn(1, Turn::Back);
    // Nobody waits for a member who has gone.
    assert_eq!(turned(log.leave(2)), [TurnEvent::BreakOver]);
    assert_eq!(log.turn(1, Turn::Back), []);
    log.turn(0, Turn::Break(5));
    assert_eq!(log.turn(0, Turn::EndBreak), [TurnEvent::BreakOver]);
    assert_eq!(log.turn(0, Turn::Bell(None)), [TurnEvent::BellSet]);
    assert_eq!(log.turn(0, Turn::Bell(None)), []);
    // Too late to say that it's soon.
    log.turn(0, Turn::Bell(Some(5)));
    assert_eq!(log.state.turns.due(), [(log.now_ms + 300_000, TurnEvent::Bell)]);
}

#[test]
fn a_member_back_on_a_new_line_keeps_the_place_in_the_round() {
    let [one, three, four, five] = [1, 3, 4, 5].map(SeatId);
    let round = || {
        let mut log = Log::of(4);
        log.turn(0, Turn::Round(RoundKind::CheckIn, None));
        log.turn(0, Turn::Done);
        log
    };
    // Those who wait go on waiting, and those who have had their turn have had it.
    let mut log = round();
    assert_eq!(log.back(2, 4), []);
    assert_eq!(log.order(), (Some(1), vec![4, 3]));
    log.turn(1, Turn::Done);
    assert_eq!(log.back(1, 2), []);
    assert_eq!(log.order(), (Some(4), vec![3]));
    // The member whose turn it is still has it.
    assert_eq!(log.back(4, 5), [TurnEvent::RoundTurn(Some(five))]);
    assert_eq!(log.order(), (Some(5), vec![3]));
    log.turn(5, Turn::Done);
    log.turn(3, Turn::Done);
    assert_eq!(log.state.turns.round, None);
    // A member who was passed over is next, even when all others are done.
    let mut log = round();
    log.turn(0, Turn::Absent(one));
    assert_eq!(log.back(1, 4), [TurnEvent::RoundReturned(four)]);
    assert_eq!(log.order(), (Some(2), vec![4, 3]));
    log.turn(2, Turn::Done);
    log.turn(4, Turn::Done);
    log.turn(0, Turn::Absent(three));
    assert_eq!(log.order(), (None, vec![]));
    // On the new seat it's their turn at once, since nobody else waits for one.
    assert_eq!(log.back(3, 5), []);
    assert_eq!(log.order(), (Some(5), vec![]));
    assert_eq!(log.turn(5, Turn::Done), [TurnEvent::RoundOver]);
    // One who has had a turn on the new seat has had it, and so the turn on the old one goes on.
    let mut log = round();
    let admitted = vec![(SeatId(4), "Member 1".to_owned())];
    let (replaced, removed) = (vec![], SeatSet::default());
    log.apply(&Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted, replaced, removed });
    for seat in [1, 2, 3] {
        log.turn(seat, Turn::Later);
    }
    assert_eq!(log.order(), (Some(4), vec![1, 2, 3]));
    log.turn(4, Turn::Done);
    assert_eq!(log.order(), (Some(1), vec![2, 3]));
    let replaced = vec![(one, four)];
    let told =
        turned(log.apply(&Fact::Commit { seat: SeatId(0), number: ActionNo(1), admitted: vec![], replaced, removed }));
    assert_eq!(told, [TurnEvent::RoundTurn(Some(SeatId(2)))]);
}

#[test]
fn a_snapshot_of_turns_that_can_not_have_come_about_is_refused() {
    let mut log = Log::of(4);
    log.turn(1, Turn::Ask { up: true });
    log.act(2, Act::None, Op::Hand { up: true });
    log.turn(0, Turn::Order(Order::Least));
    log.turn(0, Turn::Least(vec![SeatId(2)]));
    log.turn(0, Turn::Round(RoundKind::CheckIn, Some(60)));
    log.turn(0, Turn::Done);
    log.turn(0, Turn::Absent(SeatId(1)));
    log.turn(0, Turn::Point("Money".into(), 5));
    log.turn(0, Turn::NextPoint);
    log.turn(0, Turn::Break(5));
    log.turn(0, Turn::Bell(Some(60)));
    log.direct(0, Act::MuteAll(180));
    log.turn(0, Turn::AskMuteAll);
    let good = log.state.clone();
    assert_eq!(State::from_snapshot(&good.snapshot()), Some(good.clone()));
    let late = good.circle.at_ms + 100_000_000;
    let stranger: SeatSet = [SeatId(50)].into_iter().collect();
    type Wrong<'a> = (&'a str, &'a dyn Fn(&mut Turns));
    let wrongs: &[Wrong] = &[
        ("a stranger has the stick", &|turns| turns.floor.holder = Some(SeatId(50))),
        ("a stranger asks", &|turns| turns.floor.asks.push(SeatId(50))),
        ("one asks twice", &|turns| turns.floor.asks.push(SeatId(1))),
        ("quiet without end", &|turns| turns.floor.mute_all = Some(MuteAll { until_ms: late, lifted: false })),
        ("lifted in the future", &|turns| turns.floor.mute_all = Some(MuteAll { until_ms: late, lifted: true })),
        ("a question without end", &|turns| turns.floor.asked.iter_mut().for_each(|asked| asked.until_ms = late)),
        ("a stranger says yes", &|turns| turns.floor.asked.iter_mut().for_each(|asked| asked.yes = stranger)),
        ("an order of no hands", &|turns| turns.queue.order = Order::Hands),
        ("a round without someone", &|turns| _ = turns.round.as_mut().map(|round| round.order.pop())),
        ("a stranger in the round", &|turns| _ = turns.round.as_mut().map(|round| round.order.push(SeatId(50)))),
        ("one twice in the round", &|turns| _ = turns.round.as_mut().map(|round| round.done.insert(SeatId(2)))),
        ("nobody's turn", &|turns| {
            let Some(round) = &mut turns.round else { return };
            round.order.extend(round.now.take());
        }),
        ("a turn in the future", &|turns| _ = turns.round.as_mut().map(|round| round.since_ms = late)),
        ("no time", &|turns| _ = turns.round.as_mut().map(|round| round.seconds = Some(1))),
        ("a long agenda", &|turns| {
            let point = turns.agenda.points[0].clone();
            turns.agenda.points = vec![point; limits::AGENDA + 1];
        }),
        ("no point", &|turns| turns.agenda.now = Some((1, 0))),
        ("a point in the future", &|turns| turns.agenda.now = Some((0, late))),
        ("an unclean point", &|turns| turns.agenda.points[0].text.push('\u{1b}')),
        ("no minutes", &|turns| turns.agenda.points[0].minutes = 0),
        ("a break without end", &|turns| turns.pause.iter_mut().for_each(|pause| pause.until_ms = late)),
        ("a stranger is back", &|turns| turns.pause.iter_mut().for_each(|pause| pause.back = stranger)),
        ("no bell", &|turns| turns.bell.iter_mut().for_each(|bell| bell.at_ms = late)),
        ("a bell set in the future", &|turns| turns.bell.iter_mut().for_each(|bell| bell.set_ms = late)),
    ];
    for (what, wrong) in wrongs {
        let mut state = good.clone();
        wrong(&mut state.turns);
        assert_ne!(state, good, "{what}");
        assert_eq!(State::from_snapshot(&state.snapshot()), None, "{what}");
    }
}

#[test]
fn times_at_the_end_of_all_time_do_no_harm() {
    let mut log = Log::of(3);
    log.now_ms = limits::GROUP_MS - 1000;
    log.direct(0, Act::MuteAll(180));
    log.turn(0, Turn::AskMuteAll);
    log.turn(0, Turn::Round(RoundKind::Free, Some(1800)));
    log.turn(0, Turn::Point("Money".into(), 480));
    log.turn(0, Turn::NextPoint);
    log.turn(0, Turn::Break(120));
    log.turn(0, Turn::Bell(Some(720)));
    assert_eq!(log.heard(), [0]);
    assert!(log.state.turns.due().len() >= 5);
    assert_eq!(State::from_snapshot(&log.state.snapshot()), Some(log.state.clone()));
}
