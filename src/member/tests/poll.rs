//! A secret vote of four: one member of this code, and three whose messages are made without it.

use super::*;
use crate::crypto::ballot::{Choice as Chosen, Secret};
use crate::member::ballot::{Check, who};
use crate::session::poll::{AUTOMATIC_MS, BALLOT, Bytes, KEY, SHARE, Stage, Step};
use crate::session::{Choice, Decide, DecisionEvent, Motion, Tally, VoteKind};

/// The seat of the member with this code.
const ME: usize = 2;

struct Table {
    me: Member,
    others: Vec<Group>,
    secrets: Vec<Option<Secret>>,
    numbers: [u64; 4],
    rng: ChaCha20Rng,
    at_ms: u64,
    told: Vec<Event>,
    /// What I have sent and the log hasn't shown yet.
    sent: Vec<(ActionNo, Act, Blob)>,
}

impl Table {
    fn voting() -> Self {
        let mut others = four();
        let me = member(others.remove(ME));
        let mut table = Self {
            me,
            others,
            secrets: (0..4).map(|_| None).collect(),
            numbers: [9; 4],
            rng: ChaCha20Rng::seed_from_u64(3),
            at_ms: 1000,
            told: Vec::new(),
            sent: Vec::new(),
        };
        table.says(0, Op::Decide(Decide::Propose("A break".into(), Motion::Text)));
        table.says(1, Op::Decide(Decide::Vote(1, VoteKind::Secret)));
        table
    }

    fn group(&mut self, seat: usize) -> &mut Group {
        &mut self.others[seat - usize::from(seat > ME)]
    }

    fn log(&mut self, kind: EntryKind) {
        let entry = Entry { index: self.me.cx.room.state.index.next(), at_ms: self.at_ms, kind };
        self.me.handle_control(ToMember::Entry(entry, Some(Tag::default())), NOW);
        self.look();
    }

    fn look(&mut self) {
        while let Some(effect) = self.me.poll_effect() {
            match effect {
                Effect::Tell(event) => self.told.push(event),
                Effect::Control(ToRelay::Append { number, act, body, .. }) => self.sent.push((number, act, body)),
                _ => {}
            }
        }
    }

    /// Another says something.
    fn says(&mut self, seat: usize, op: Op) {
        self.numbers[seat] += 1;
        let number = self.numbers[seat];
        let kind = entry(self.group(seat), number, Act::None, &op).kind;
        self.log(kind);
    }

    /// The log shows what I have sent.
    fn show(&mut self) {
        for (number, act, body) in std::mem::take(&mut self.sent) {
            self.log(EntryKind::Action { seat: SeatId(ME as u8), number, act, body });
        }
    }

    /// What an honest client on this seat would send now.
    fn step(&mut self, seat: usize, choice: Chosen) -> Step {
        let poll = self.me.cx.room.state.decisions.poll.clone().expect("a poll");
        let voter = poll.voter(SeatId(seat as u8)).map(who).expect("a voter");
        let id = self.group(seat).id().to_vec();
        let (check, rng) = (Check(&id), &mut self.rng);
        match poll.stage {
            Stage::Choosing => {
                let (secret, message) = check.round(&poll).expect("a round").register(voter, rng);
                self.secrets[seat] = Some(secret);
                Step::Key(Bytes(message))
            }
            Stage::Casting => {
                let secret = self.secrets[seat].as_mut().expect("a key");
                Step::Ballot(Bytes(check.booth(&poll).expect("a booth").cast(voter, secret, choice, rng).expect("it")))
            }
            Stage::Recovering => {
                let secret = self.secrets[seat].as_mut().expect("a key");
                Step::Share(Bytes(check.recovery(&poll).expect("some miss").share(voter, secret, rng).expect("it")))
            }
        }
    }

    fn poll(&mut self, seat: usize, step: Step) {
        let number = self.me.cx.room.state.decisions.poll.as_ref().expect("a poll").number;
        self.says(seat, Op::Poll(number, step));
    }

    fn acts(&mut self, seats: &[usize], choice: Chosen) {
        for seat in seats {
            let step = self.step(*seat, choice);
            self.poll(*seat, step);
        }
    }

    fn choose(&mut self, choice: Choice) {
        self.me.handle_intent(Intent::Decide(Decide::Ballot(1, choice)), NOW);
        self.look();
    }

    /// All have published their keys, I too.
    fn keyed() -> Self {
        let mut table = Self::voting();
        table.acts(&[0, 1], Chosen::Yes);
        table.choose(Choice::No);
        table.choose(Choice::Yes);
        assert_eq!(table.sent.len(), 1, "to think again sends nothing");
        table.show();
        table.acts(&[3], Chosen::Yes);
        assert_eq!(table.stage(), Stage::Casting);
        table
    }

    fn stage(&self) -> Stage {
        self.me.cx.room.state.decisions.poll.as_ref().expect("a poll").stage
    }

    fn result(&self) -> Option<Tally> {
        self.told.iter().find_map(|told| match told {
            Event::Decision(DecisionEvent::Result { tally, .. }) => Some(*tally),
            _ => None,
        })
    }
}

/// The same with one bit flipped.
fn spoilt(step: &Step, bit: usize) -> Step {
    fn flip<const N: usize>(bytes: &Bytes<N>, bit: usize) -> Bytes<N> {
        let mut other = *bytes;
        other.0[bit / 8 % N] ^= 1 << (bit % 8);
        other
    }
    match step {
        Step::Key(bytes) => Step::Key(flip::<KEY>(bytes, bit)),
        Step::Ballot(bytes) => Step::Ballot(flip::<BALLOT>(bytes, bit)),
        Step::Share(bytes) => Step::Share(flip::<SHARE>(bytes, bit)),
        Step::Due => Step::Due,
    }
}

#[test]
fn a_secret_vote_of_four_is_counted_by_me_alone() {
    let mut table = Table::keyed();
    table.show();
    table.acts(&[0, 1], Chosen::No);
    assert_eq!(table.result(), None);
    table.acts(&[3], Chosen::Abstain);
    assert_eq!(table.result(), Some(Tally { yes: 1, no: 2, abstain: 1 }));
    assert!(table.me.balloting.is_empty(), "nothing is left of how I voted");
}

#[test]
fn a_voter_without_a_proof_is_named_and_not_counted() {
    let mut table = Table::voting();
    let named = Event::Decision(DecisionEvent::BadBallot(SeatId(1)));
    let times = |table: &Table| table.told.iter().filter(|told| **told == named).count();
    let key = table.step(1, Chosen::Yes);
    table.poll(1, spoilt(&key, 300));
    table.poll(1, spoilt(&key, 301));
    assert_eq!(times(&table), 1);
    assert!(table.me.cx.room.state.decisions.poll.as_ref().expect("a poll").electors().next().is_none());
    // With another's message it's the same.
    let other = table.step(0, Chosen::Yes);
    table.poll(3, other);
    assert!(table.told.contains(&Event::Decision(DecisionEvent::BadBallot(SeatId(3)))));

    let mut table = Table::keyed();
    table.show();
    table.acts(&[0, 3], Chosen::Yes);
    let ballot = table.step(1, Chosen::Yes);
    for bit in [0, 255, 256, 1000, 1407] {
        table.poll(1, spoilt(&ballot, bit));
    }
    assert_eq!((times(&table), table.stage()), (1, Stage::Casting));
    table.at_ms += AUTOMATIC_MS;
    table.poll(0, Step::Due);
    assert_eq!(table.stage(), Stage::Recovering);
    let share = table.step(0, Chosen::Yes);
    table.poll(0, spoilt(&share, 9));
    assert!(table.told.contains(&Event::Decision(DecisionEvent::BadBallot(SeatId(0)))));
    table.poll(0, share);
    table.show();
    table.acts(&[3], Chosen::Yes);
    assert_eq!(table.result(), Some(Tally { yes: 3, no: 0, abstain: 0 }));
}

#[test]
fn a_ballot_that_would_come_too_late_is_not_sent() {
    let mut table = Table::keyed();
    let mine = table.sent.pop().expect("my ballot");
    assert!(table.sent.is_empty());
    // It was never shown, and the line breaks.
    table.me.handle_disconnected(NOW);
    table.me.handle_connected([0; 32], NOW);
    let head = Index(table.me.cx.room.state.index.0 + 4);
    table.me.handle_control(ToMember::Resumed { head, last: ActionNo(mine.0.0 - 1) }, NOW);
    table.look();
    table.acts(&[0, 1, 3], Chosen::Yes);
    assert!(table.sent.is_empty(), "nothing goes before all is known");
    table.at_ms += AUTOMATIC_MS;
    table.poll(0, Step::Due);
    assert_eq!(table.stage(), Stage::Recovering);
    let [(number, _, body)] = &table.sent[..] else { panic!("one action has its number: {}", table.sent.len()) };
    assert_eq!(*number, mine.0);
    assert_ne!(*body, mine.2);
    let plain = table.others[0].open(body.bytes(), SeatId(ME as u8), &bound(*number, &Act::None)).expect("opens");
    let said = StateHistory::default().read(&plain).expect("a body");
    assert_eq!(said.0, Op::Poll(0, Step::Due), "only a word that says nothing");
}

#[test]
fn choosing_during_the_count_is_refused() {
    let mut table = Table::keyed();
    table.told.clear();
    table.choose(Choice::No);
    let why = crate::session::NoDecision::Counting;
    assert_eq!(table.told, [Event::Trouble(Trouble::NoDecision(why))]);
}

fn watch_poll(me: &mut Member, now: Time) {
    me.cx.now = now;
    me.balloting.watch(&mut me.log, &mut me.cx);
}

#[test]
fn i_say_that_the_time_is_over_if_nobody_before_me_does() {
    let mut table = Table::voting();
    table.acts(&[0, 1, 3], Chosen::Yes);
    let due = table.me.balloting.due(&table.me.cx);
    assert!(due > NOW && due < Time::NEVER && table.me.poll_timeout() <= due);
    watch_poll(&mut table.me, Time(due.0 - 1));
    table.look();
    assert!(table.sent.is_empty());
    table.at_ms += due.since(NOW).as_millis() as u64;
    watch_poll(&mut table.me, due);
    table.look();
    table.show();
    assert_eq!(table.stage(), Stage::Casting);
    table.acts(&[0, 1, 3], Chosen::Yes);
    assert_eq!(table.result(), Some(Tally { yes: 3, no: 0, abstain: 0 }), "I had not chosen");
}

/// Eve facilitates, with a program of her own that keeps its ballot back until it knows the sum.
#[test]
fn a_facilitator_who_removes_a_voter_learns_no_vote() {
    use crate::session::poll::Count;
    use crate::session::{Charter, Fact, State};
    let check = Check(b"group id");
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    let (mut state, mut at_ms, mut events) = (State::default(), 0_u64, Vec::new());
    let seats = |seats: &[u8]| seats.iter().map(|seat| SeatId(*seat)).collect::<SeatSet>();
    let commit = |admitted: Vec<(SeatId, String)>, removed| Fact::Commit {
        seat: SeatId(0),
        number: ActionNo(1),
        admitted,
        replaced: vec![],
        removed,
    };
    let act = |seat: u8, op| Fact::Action { seat: SeatId(seat), number: ActionNo(1), act: Act::None, op: Some(op) };
    let mut apply = |state: &mut State, after: u64, fact: Fact| {
        at_ms += after;
        let new = state.apply_with(state.index.next(), at_ms, &fact, &check);
        events.extend(new);
    };
    let open = Op::Open { title: "T".into(), name: "Eve".into(), charter: Charter::default() };
    apply(&mut state, 10, act(0, open));
    let names = ["Vic", "Ana", "Bo", "Cy", "Di"];
    let come = (1..).map(SeatId).zip(names.map(str::to_owned)).collect();
    apply(&mut state, 10, commit(come, seats(&[])));
    apply(&mut state, 10, act(2, Op::Decide(Decide::Propose("A break".into(), Motion::Text))));
    apply(&mut state, 10, act(2, Op::Decide(Decide::Vote(1, VoteKind::Secret))));
    // Eve is 0; Vic is 1, and votes no.
    let choice = |seat: u8| match seat {
        1 | 4 => Chosen::No,
        2 | 3 => Chosen::Yes,
        _ => Chosen::Abstain,
    };
    let mut secrets: std::collections::BTreeMap<(u32, u8), Secret> = Default::default();
    let voter =
        |state: &State, seat: u8| who(state.decisions.poll.as_ref().expect("a poll").voter(SeatId(seat)).expect("one"));
    let keys = |state: &State, seat: u8, rng: &mut ChaCha20Rng| {
        let poll = state.decisions.poll.as_ref().expect("a poll");
        let (secret, message) = check.round(poll).expect("a round").register(voter(state, seat), rng);
        (poll.number, secret, message)
    };
    for seat in 0..6 {
        let (number, secret, message) = keys(&state, seat, &mut rng);
        secrets.insert((number, seat), secret);
        apply(&mut state, 10, act(seat, Op::Poll(number, Step::Key(Bytes(message)))));
    }
    for seat in 1..6 {
        let poll = state.decisions.poll.clone().expect("a poll");
        let secret = secrets.get_mut(&(poll.number, seat)).expect("a key");
        let message =
            check.booth(&poll).expect("booth").cast(voter(&state, seat), secret, choice(seat), &mut rng).expect("cast");
        apply(&mut state, 10, act(seat, Op::Poll(poll.number, Step::Ballot(Bytes(message)))));
    }
    // Eve's changed program keeps her ballot back, and counts for herself.
    let poll = state.decisions.poll.clone().expect("still casting");
    assert_eq!((poll.stage, poll.number), (Stage::Casting, 1));
    let booth = check.booth(&poll).expect("booth");
    let secret = secrets.get_mut(&(1, 0)).expect("a key");
    let mine = booth.cast(voter(&state, 0), secret, Chosen::Abstain, &mut rng).expect("cast");
    let mut point = [0; 32];
    point.copy_from_slice(&mine[..32]);
    let mut ballots: Vec<_> = poll.voters.iter().filter_map(|voter| Some((who(voter), voter.ballot?))).collect();
    ballots.push((voter(&state, 0), point));
    let private = booth.tally(&ballots).expect("adds up");
    // She removes Vic, and waits until the time is over. No relay helps her.
    apply(&mut state, 10, commit(vec![], seats(&[1])));
    apply(&mut state, AUTOMATIC_MS, act(2, Op::Poll(1, Step::Due)));
    // Nor can the proposal be voted on once more, by anybody.
    assert_eq!((&state.decisions.poll, state.decisions.vote()), (&None, None), "no poll follows by itself");
    apply(&mut state, 10, act(0, Op::Decide(Decide::Vote(1, VoteKind::Secret))));
    assert_eq!(state.decisions.vote(), None);
    let absent = vec!["Eve".to_owned(), "Vic".to_owned()];
    assert!(
        events.contains(&Event::Decision(DecisionEvent::Uncounted { id: 1, count: Count::Incomplete, absent })),
        "{events:?}"
    );
    let counted = events.iter().any(|event| matches!(event, Event::Decision(DecisionEvent::Result { .. })));
    assert!(!counted, "the sum of {private:?} that she knows is the only one");
}
