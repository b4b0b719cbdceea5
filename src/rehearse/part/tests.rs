//! A group that is played by its parts, entry by entry, with the reducer of every group.

use std::collections::BTreeMap;

use super::*;
use crate::session::fixture::{NOW, act, group};
use crate::session::{CareEvent, Gesture, Op, Power, Proposal, Stage, VoteKind};
use crate::wire::Act;

/// Every utterance takes as long.
const LENGTH: Duration = Duration::from_secs(5);
/// The person.
const YOU: SeatId = SeatId(0);

/// The person's group, and what the five have done in it.
struct Played {
    room: Room,
    parts: Vec<Part>,
    now: Time,
    done: Vec<(u64, Who, Deed)>,
}

impl Played {
    fn begin() -> Self {
        let room = group(&["You", "Ana", "Bo", "Cyn", "Dee", "Eli"], 0);
        let parts = Who::ALL.map(|who| Part::new(who, |_| LENGTH)).into();
        Self { room, parts, now: NOW, done: Vec::new() }
    }

    fn of(&self, who: Who) -> Room {
        Room { me: Some(SeatId(who as u8 + 1)), ..self.room.clone() }
    }

    /// The person does something.
    fn person(&mut self, op: Op) {
        act(&mut self.room, 0, Act::None, op);
    }

    fn tell(&mut self, event: &Event) {
        for who in Who::ALL {
            let room = self.of(who);
            self.parts[who as usize].notice(event, &room, YOU, self.now);
        }
    }

    /// Lets time pass; what is done goes into the log at once.
    fn run(&mut self, seconds: u64) {
        for _ in 0..seconds * 10 {
            self.now = self.now + Duration::from_millis(100);
            self.room.clock = (self.now, self.room.state.circle.at_ms);
            for who in Who::ALL {
                let room = self.of(who);
                self.parts[who as usize].look(&room, YOU, self.now);
                loop {
                    let room = self.of(who);
                    let Some(deed) = self.parts[who as usize].take(&room, YOU, self.now) else { break };
                    self.carry_out(who, &deed);
                    self.done.push((self.now.since(NOW).as_secs(), who, deed));
                }
                assert!(self.parts[who as usize].due() > self.now, "what was due is done");
            }
        }
    }

    fn carry_out(&mut self, who: Who, deed: &Deed) {
        let by = who as u8 + 1;
        match deed {
            Deed::Do(Intent::Turn(turn)) => act(&mut self.room, by, Act::None, Op::Turn(turn.clone())),
            Deed::Do(Intent::Decide(what)) => act(&mut self.room, by, Act::None, Op::Decide(what.clone())),
            Deed::Do(Intent::Stick(to)) => act(&mut self.room, by, Act::Stick(*to), Op::Direct),
            _ => {}
        }
    }

    fn said(&self) -> Vec<&'static str> {
        self.done
            .iter()
            .filter_map(|(_, _, deed)| if let Deed::Say(name) = deed { Some(*name) } else { None })
            .collect()
    }

    fn wrote(&self, part: &str) -> usize {
        let has = |deed: &Deed| matches!(deed, Deed::Do(Intent::Chat(line) | Intent::Private(_, line)) if line.contains(part));
        self.done.iter().filter(|(_, _, deed)| has(deed)).count()
    }

    fn current(&self) -> &Proposal {
        self.room.state.decisions.current().expect("a proposal")
    }

    fn propose(&mut self, text: &str) -> u32 {
        self.person(Op::Decide(Decide::Propose(text.to_owned(), Motion::Text)));
        self.current().id
    }
}

#[test]
fn each_has_a_turn_in_a_round_and_one_passes() {
    let mut played = Played::begin();
    played.person(Op::Turn(Turn::Round(RoundKind::CheckIn, None)));
    played.run(60);
    assert!(played.done.is_empty(), "it is the person's turn, for as long as they like");
    played.person(Op::Turn(Turn::Done));
    played.run(60);
    assert_eq!(played.said(), ["ana-06", "bo-02", "cyn-05", "eli-05"]);
    assert_eq!(played.wrote("I pass this time"), 1);
    assert!(played.room.state.turns.round.is_none(), "the round is over");
    let begun: Vec<u64> = played.done.iter().filter(|(_, _, deed)| matches!(deed, Deed::Say(_))).map(|d| d.0).collect();
    assert!(begun.windows(2).all(|pair| pair[1] - pair[0] >= 6), "nobody is interrupted: {begun:?}");
    // Another kind of round is spoken in too, and nobody passes.
    played.person(Op::Turn(Turn::Round(RoundKind::CheckOut, None)));
    played.person(Op::Turn(Turn::Pass));
    played.run(60);
    assert_eq!(played.said()[4..], ["ana-07", "bo-04", "cyn-04", "dee-06", "eli-06"]);
    assert!(played.room.state.turns.round.is_none());
}

#[test]
fn who_is_muted_writes_in_the_turn_and_hands_on() {
    let mut played = Played::begin();
    act(&mut played.room, 0, Act::FloorMute([SeatId(1)].into_iter().collect(), true), Op::Direct);
    played.person(Op::Turn(Turn::Round(RoundKind::CheckIn, None)));
    played.person(Op::Turn(Turn::Done));
    played.run(60);
    assert_eq!(played.said(), ["bo-02", "cyn-05", "eli-05"]);
    assert_eq!(played.wrote("so I write"), 1);
    assert!(played.room.state.turns.round.is_none());
}

#[test]
fn each_of_the_persons_proposals_gets_another_answer() {
    let mut played = Played::begin();
    let first = played.propose("Tea at five");
    played.run(3);
    assert!(played.done.is_empty(), "people read first");
    played.run(20);
    assert_eq!(played.current().answered(), [5, 1, 0]);
    played.person(Op::Decide(Decide::Test(first)));
    assert!(played.room.state.decisions.open.is_empty(), "agreed");

    let second = played.propose("Cake at six");
    played.run(20);
    assert_eq!(played.current().answered(), [5, 0, 1]);
    assert_eq!(played.wrote("/amend"), 1);
    played.person(Op::Decide(Decide::Amend(second, "A cake for all at six".to_owned())));
    played.run(20);
    assert_eq!(played.current().answered(), [6, 0, 0]);
    played.person(Op::Decide(Decide::Test(second)));

    played.propose("A song");
    played.run(20);
    assert_eq!(played.current().answered(), [6, 0, 0]);
    let times: BTreeMap<Who, usize> = played.done.iter().fold(BTreeMap::new(), |mut times, (_, who, deed)| {
        *times.entry(*who).or_default() += usize::from(matches!(deed, Deed::Do(Intent::Decide(Decide::Answer(..)))));
        times
    });
    assert!(times.values().all(|count| *count == 4), "each answers once what waits for an answer: {times:?}");
}

#[test]
fn votes_are_cast_one_after_the_other() {
    let mut played = Played::begin();
    let id = played.propose("Tea at five");
    played.person(Op::Decide(Decide::Vote(id, VoteKind::Open)));
    played.run(30);
    let tally = played.room.state.decisions.vote().expect("the person has not voted").1.tally();
    assert_eq!((tally.yes, tally.no, tally.abstain), (3, 1, 1));
    let cast: Vec<u64> = played.done.iter().map(|(when, ..)| *when).collect();
    assert!(cast.len() >= 5 && cast.windows(2).all(|pair| pair[1] - pair[0] >= 1), "{cast:?}");
}

#[test]
fn in_a_secret_vote_each_chooses_as_long_as_they_are_asked() {
    let mut played = Played::begin();
    let id = played.propose("Tea at five");
    played.person(Op::Decide(Decide::Vote(id, VoteKind::Secret)));
    played.run(14);
    let chosen = |played: &Played, who: Who| {
        let ballot = |deed: &Deed| matches!(deed, Deed::Do(Intent::Decide(Decide::Ballot(..))));
        played.done.iter().filter(|(_, by, deed)| *by == who && ballot(deed)).count()
    };
    assert!(Who::ALL.iter().all(|who| chosen(&played, *who) == 1));
    // Nobody's key has come into the log here, so they say it once more, and not without end.
    played.run(15);
    assert!(Who::ALL.iter().all(|who| (2..=3).contains(&chosen(&played, *who))));
}

#[test]
fn their_own_proposal_is_tested_and_gives_way_to_the_persons() {
    let mut played = Played::begin();
    let own = Op::Decide(Decide::Propose("Five minutes of break".to_owned(), Motion::Text));
    act(&mut played.room, 4, Act::None, own.clone());
    let id = played.current().id;
    played.run(120);
    assert_eq!(played.current().stage(0), Stage::Discussion, "the person need not hurry");
    played.person(Op::Decide(Decide::Answer(id, Answer::Agree)));
    played.run(5);
    assert!(played.room.state.decisions.open.is_empty(), "agreed");

    act(&mut played.room, 4, Act::None, own);
    let theirs = played.current().id;
    played.run(20);
    played.person(Op::Decide(Decide::Propose("Tea at five".to_owned(), Motion::Text)));
    played.run(5);
    assert_ne!(played.current().id, theirs);
    assert_eq!(played.wrote("Yours comes first"), 1);
}

#[test]
fn the_stick_is_spoken_with_and_comes_back() {
    let mut played = Played::begin();
    act(&mut played.room, 0, Act::Stick(Some(SeatId(3))), Op::Direct);
    played.tell(&Event::Turn(TurnEvent::Stick(Some(SeatId(3)))));
    assert!(is_at_something(&played.room, played.now));
    played.run(20);
    assert_eq!(played.said(), ["cyn-04"]);
    assert_eq!(played.room.state.turns.floor.holder, Some(YOU));
    assert_eq!(played.wrote("only I am heard"), 1);
    act(&mut played.room, 0, Act::Stick(None), Op::Direct);
    assert!(!is_at_something(&played.room, played.now));
}

#[test]
fn they_come_back_from_a_break_and_wait_for_the_person() {
    let mut played = Played::begin();
    played.person(Op::Turn(Turn::Break(5)));
    played.run(5);
    assert!(played.done.is_empty());
    played.run(30);
    let rest = played.room.state.turns.pause.expect("the person is not back");
    assert_eq!(rest.back.iter().count(), 5);
    played.person(Op::Turn(Turn::Back));
    assert!(played.room.state.turns.pause.is_none());
}

#[test]
fn who_is_called_speaks_and_who_is_given_a_role_thanks() {
    let mut played = Played::begin();
    played.tell(&Event::Turn(TurnEvent::Next(SeatId(3))));
    played.tell(&Event::Role { seat: SeatId(2), role: Role::CoFacilitator });
    played.tell(&Event::Care(CareEvent::Gesture { seat: YOU, gesture: Gesture::Here }));
    played.run(30);
    assert_eq!(played.said(), ["cyn-02"]);
    assert_eq!((played.wrote("I lead with you"), played.wrote("No words are needed")), (1, 1));
    // The lead is given back.
    let mut room = group(&["You", "Ana", "Bo"], 1);
    act(&mut room, 0, Act::Doors(vec![SeatId(1), YOU]), Op::Role(SeatId(1), Role::Facilitator));
    assert_eq!(room.state.circle.roles.role(SeatId(1)), Role::Facilitator);
    let mut part = Part::new(Who::Ana, |_| LENGTH);
    part.look(&room, YOU, NOW);
    assert_eq!(part.take(&room, YOU, NOW + Duration::from_secs(10)), None);
    let given_back = Deed::Do(Intent::Role(YOU, Role::Facilitator));
    assert_eq!(part.take(&room, YOU, NOW + LEADS), Some(given_back));
}

#[test]
fn minutes_are_right_and_a_longer_quiet_is_agreed_to() {
    let mut played = Played::begin();
    let id = played.propose("Tea at five");
    played.run(20);
    played.person(Op::Decide(Decide::Test(id)));
    played.person(Op::Decide(Decide::ReadBack));
    played.run(10);
    let read = played.room.state.decisions.read.as_ref().expect("read");
    assert!(read.answers.len() == 5 && read.answers.values().all(|right| *right));
    assert!(played.room.state.circle.charter.may_alone(Power::MuteAll));
    act(&mut played.room, 0, Act::MuteAll(60), Op::Direct);
    played.person(Op::Turn(Turn::AskMuteAll));
    played.run(10);
    assert!(played.room.state.turns.floor.mute_all_agreed(&played.room.state.circle, played.room.state.circle.at_ms));
}

#[test]
fn what_is_written_has_an_end_however_busy_the_person_is() {
    let mut played = Played::begin();
    for _ in 0..100 {
        let word =
            Event::Care(CareEvent::Private { from: "You".into(), to: "Bo".into(), text: "Hello".into(), mine: false });
        played.tell(&word);
        played.run(3);
    }
    assert_eq!(played.wrote("Only you and I"), 5 * usize::from(LINES));
}
