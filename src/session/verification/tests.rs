use proptest::prelude::*;

use super::*;
use crate::ids::ActionNo;
use crate::session::{Fact, Op, State};
use crate::wire::{Act, Gone};

#[derive(Default)]
struct Log(State);

impl Log {
    fn of(names: &[&str]) -> Self {
        let mut log = Self::default();
        log.act(
            0,
            0,
            Act::None,
            Op::Open { title: "Tuesday".into(), name: names[0].into(), charter: Default::default() },
        );
        for (seat, name) in (0..).zip(names).skip(1) {
            log.admit(seat, name);
        }
        log
    }

    /// An entry so many milliseconds after the last.
    fn apply(&mut self, after_ms: u64, fact: &Fact) -> Vec<Event> {
        let (index, at_ms) = (self.0.index.next(), self.0.circle.at_ms + after_ms);
        let events = self.0.apply(index, at_ms, fact);
        let snapshot = self.0.snapshot();
        assert_eq!(State::from_snapshot(&snapshot).as_ref(), Some(&self.0), "a snapshot comes back whole");
        events
    }

    fn act(&mut self, after_ms: u64, seat: u8, act: Act, op: Op) -> Vec<Event> {
        self.apply(after_ms, &Fact::Action { seat: SeatId(seat), number: ActionNo(1), act, op: Some(op) })
    }

    fn admit(&mut self, seat: u8, name: &str) -> Vec<Event> {
        let by = self.0.circle.facilitator().unwrap_or(SeatId(0));
        let admitted = vec![(SeatId(seat), name.into())];
        let (replaced, removed) = Default::default();
        self.apply(10, &Fact::Commit { seat: by, number: ActionNo(1), admitted, replaced, removed })
    }

    fn verify(&mut self) -> Vec<Event> {
        self.act(10, 0, Act::None, Op::Verify)
    }

    fn say(&mut self, seat: u8, same: bool) -> Vec<Event> {
        self.act(1000, seat, Act::None, Op::Verified { same })
    }

    fn gone(&mut self, seat: u8) -> Vec<Event> {
        self.apply(10, &Fact::Gone(SeatId(seat), Gone::Left))
    }

    fn standing(&self) -> Standing<'_> {
        self.0.verification.standing(&self.0.circle, self.0.circle.at_ms)
    }
}

fn over(outcome: Outcome) -> Event {
    Event::VerifyOver(outcome)
}

#[test]
fn all_have_the_same_words_and_a_later_arrival_is_named() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    assert_eq!(log.standing(), Standing::Unverified);
    assert_eq!(log.verify(), [Event::Verify]);
    assert_eq!(log.standing(), Standing::Comparing);
    assert_eq!(log.0.verification.listeners(&log.0.circle), [SeatId(1), SeatId(2)]);
    assert_eq!(log.say(1, true), [Event::Verified { seat: SeatId(1), same: true }]);
    assert_eq!(log.0.verification.outcome(&log.0.circle), Some(Outcome::Unfinished { same: 2, of: 3 }));
    assert_eq!(log.say(2, true), [Event::Verified { seat: SeatId(2), same: true }, over(Outcome::Same(3))]);
    assert_eq!(log.standing(), Standing::Verified);
    log.admit(3, "Cyn");
    log.admit(4, "Dee");
    assert_eq!(
        (log.standing(), log.0.verification.unverified_since(&log.0.circle)),
        (Standing::Since("Cyn"), Some("Cyn"))
    );
    log.gone(3);
    assert_eq!(log.standing(), Standing::Since("Dee"));
    log.gone(4);
    assert_eq!(log.standing(), Standing::Verified);
}

#[test]
fn the_facilitator_starts_and_listeners_answer_once_in_time() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    assert_eq!(log.act(10, 1, Act::None, Op::Verify), []);
    assert_eq!(log.say(1, true), [], "nothing was asked");
    log.verify();
    log.admit(3, "Cyn");
    for (seat, why) in [(0, "the reader"), (3, "who came later"), (9, "a stranger")] {
        assert_eq!(log.say(seat, true), [], "{why}");
    }
    assert_eq!(log.say(1, true).len(), 1);
    assert_eq!(log.say(1, false), [], "once");
    let started = log.0.verification.last.as_ref().map(|verification| verification.started_ms).unwrap_or_default();
    let rest = started + VERIFY_MS - log.0.circle.at_ms;
    assert_eq!(log.act(rest + 1, 2, Act::None, Op::Verified { same: true }), [], "too late");
    assert_eq!(log.standing(), Standing::Unverified);
    assert_eq!(log.0.verification.outcome(&log.0.circle), Some(Outcome::Unfinished { same: 2, of: 3 }));
    log.verify();
    assert_eq!(log.act(VERIFY_MS, 1, Act::None, Op::Verified { same: true }).len(), 1, "in the last moment");
}

#[test]
fn other_words_are_an_alarm_that_stays() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.verify();
    assert_eq!(log.say(1, true).len(), 1);
    assert_eq!(log.say(2, false), [Event::Verified { seat: SeatId(2), same: false }, over(Outcome::Differ)]);
    assert_eq!(log.standing(), Standing::Differ);
    assert_eq!(log.gone(2).len(), 1, "who said so is gone, and nothing is over a second time");
    assert_eq!((log.standing(), log.0.verification.outcome(&log.0.circle)), (Standing::Differ, Some(Outcome::Differ)));
    log.verify();
    assert_eq!(log.say(1, true).last(), Some(&over(Outcome::Same(2))));
    assert_eq!(log.standing(), Standing::Verified);
}

#[test]
fn nobody_waits_for_a_member_who_has_left() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.verify();
    log.say(1, true);
    assert_eq!(log.gone(2).last(), Some(&over(Outcome::Same(2))));
    log.verify();
    log.gone(1);
    assert_eq!(log.standing(), Standing::Verified, "as it was before");
    assert_eq!(log.verify(), [], "alone there is nothing to compare");
}

#[test]
fn without_a_reader_it_is_over() {
    let mut log = Log::of(&["Hal", "Ana", "Bo", "Cyn"]);
    log.verify();
    log.say(1, true);
    let events = log.gone(0);
    assert!(events.contains(&over(Outcome::Unfinished { same: 2, of: 4 })), "{events:?}");
    assert_eq!((log.say(2, true), log.standing()), (vec![], Standing::Unverified));
}

#[test]
fn a_false_snapshot_is_refused() {
    let mut log = Log::of(&["Hal", "Ana", "Bo"]);
    log.verify();
    log.say(1, true);
    let spoilt = |spoil: &dyn Fn(&mut State, &mut Comparison)| {
        let mut state = log.0.clone();
        let mut verification = state.verification.last.take().expect("under way");
        spoil(&mut state, &mut verification);
        state.verification.last = Some(verification);
        State::from_snapshot(&state.snapshot())
    };
    assert!(spoilt(&|_, _| {}).is_some());
    assert_eq!(spoilt(&|_, verification| _ = verification.answers.insert(SeatId(0), true)), None, "the reader");
    assert_eq!(spoilt(&|_, verification| _ = verification.answers.insert(SeatId(7), true)), None, "nobody");
    assert_eq!(spoilt(&|_, verification| _ = verification.answers.insert(SeatId(2), false)), None, "no alarm");
    assert_eq!(spoilt(&|_, verification| verification.started_ms += 1_000_000), None, "in time to come");
    assert_eq!(spoilt(&|_, verification| verification.arrivals += 1), None, "more than came");
    assert_eq!(spoilt(&|_, verification| verification.differed = true), None, "an alarm is the end");
    assert_eq!(spoilt(&|state, _| state.verification.verified = Some(99)), None, "more than came");
}

proptest! {
    /// Whatever comes: nobody is called verified who did not answer, and answers are only those of listeners.
    #[test]
    fn verified_means_that_everybody_here_has_said_so(steps in prop::collection::vec((0u8..6, 0u8..6, any::<bool>()), 0..60)) {
        let mut log = Log::of(&["Hal", "Ana", "Bo"]);
        let mut said: BTreeMap<u64, bool> = BTreeMap::new();
        for (what, seat, flag) in steps {
            let arrival = |log: &Log| log.0.circle.seats.get(&SeatId(seat)).map(|member| member.arrival);
            let events = match what {
                0 => log.act(10, seat, Act::None, Op::Verify),
                1 | 2 => log.say(seat, flag || what == 1),
                3 if !log.0.circle.seats.contains_key(&SeatId(seat)) => log.admit(seat, "New"),
                4 if log.0.circle.seats.len() > 1 && log.0.circle.seats.contains_key(&SeatId(seat)) => log.gone(seat),
                _ => log.act(VERIFY_MS / 3, seat, Act::None, Op::Hand { up: flag }),
            };
            if events.contains(&Event::Verify) {
                said.clear();
            }
            if let Some(Event::Verified { same, .. }) = events.first() {
                said.extend(arrival(&log).map(|arrival| (arrival, *same)));
            }
            if let Some(Event::VerifyOver(Outcome::Same(count))) = events.last() {
                let reader = log.0.verification.last.as_ref().map(|verification| verification.reader);
                prop_assert_eq!(log.0.verification.listeners(&log.0.circle).len() + 1, *count);
                prop_assert!(reader.is_some_and(|reader| log.0.circle.seats.contains_key(&reader)));
                for seat in log.0.verification.listeners(&log.0.circle) {
                    prop_assert_eq!(said.get(&log.0.circle.seats[&seat].arrival), Some(&true));
                }
                prop_assert!(said.values().all(|same| *same));
            }
        }
    }
}
