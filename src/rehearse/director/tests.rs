//! Whole rehearsals in virtual time.

use super::*;
use crate::rehearse::script::Who::{Ana, Bo, Cyn, Dee, Eli};
use crate::rehearse::voices::PACKET;

/// Every utterance of the tests takes about as long as the recorded ones do on average.
const LENGTH: Duration = Duration::from_millis(5500);

/// A director, a clock, and what was ordered when.
struct Rehearsal {
    director: Director<fn(&str) -> Duration>,
    now: Time,
    done: Vec<(Time, Who, Order)>,
}

impl Rehearsal {
    /// All five come in the first two seconds.
    fn begin() -> Self {
        let mut this = Self { director: Director::new(|_| LENGTH, false), now: Time(0), done: Vec::new() };
        for who in Who::ALL {
            this.saw(who, Saw::Came);
            this.run(0.4);
        }
        this
    }

    /// Lets time pass, in steps from one wake-up to the next.
    fn run(&mut self, seconds: f64) {
        let end = self.now + Duration::from_secs_f64(seconds);
        while self.director.poll_timeout() <= end {
            let due = self.director.poll_timeout();
            self.now = self.now.max(due);
            self.director.handle_timeout(self.now);
            self.collect();
            assert!(self.director.poll_timeout() > self.now, "what was due is done");
        }
        self.now = end;
    }

    fn saw(&mut self, who: Who, saw: Saw) {
        self.director.handle(who, saw, self.now);
        self.director.handle_timeout(self.now);
        self.collect();
    }

    /// The person does something that everybody sees.
    fn person(&mut self, did: Did) {
        Who::ALL.iter().for_each(|who| self.saw(*who, Saw::Person(did)));
    }

    fn mute_all(&mut self, muted: bool) {
        Who::ALL.iter().for_each(|who| self.saw(*who, Saw::Muted(muted)));
    }

    fn collect(&mut self) {
        let now = self.now;
        self.done.extend(std::iter::from_fn(|| self.director.poll_order()).map(|(who, order)| (now, who, order)));
    }

    /// Runs until an utterance begins, for up to five minutes.
    fn run_until(&mut self, utterance: &str) {
        for _ in 0..3000 {
            if self.when(utterance).is_some() {
                return;
            }
            self.run(0.1);
        }
        panic!("{utterance} was not said: {:?}", self.said());
    }

    fn when(&self, utterance: &str) -> Option<Time> {
        self.done.iter().find(|(_, _, order)| matches!(order, Order::Say(name) if *name == utterance)).map(|d| d.0)
    }

    fn said(&self) -> Vec<&'static str> {
        self.done
            .iter()
            .filter_map(|(_, _, order)| if let Order::Say(name) = order { Some(*name) } else { None })
            .collect()
    }

    fn written(&self) -> Vec<&str> {
        self.done
            .iter()
            .filter_map(|(_, _, order)| if let Order::Write(line) = order { Some(&**line) } else { None })
            .collect()
    }

    fn wrote(&self, part: &str) -> usize {
        self.written().iter().filter(|line| line.contains(part)).count()
    }
}

fn seconds(from: Time, to: Time) -> f64 {
    to.since(from).as_secs_f64()
}

#[test]
fn left_alone_it_runs_through_and_goes_on_quietly() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(400.0);
    let order = [
        "ana-01", "bo-01", "cyn-01", "dee-01", "eli-01", "ana-02", "ana-03", "bo-02", "dee-02", "cyn-02", "eli-02",
        "eli-03", "dee-03", "bo-03", "ana-04",
    ];
    assert_eq!(rehearsal.said()[..order.len()], order);
    let hands: Vec<_> = rehearsal.done.iter().filter(|(_, _, order)| matches!(order, Order::Hand(_))).collect();
    assert!(matches!(hands[..], [(_, Cyn, Order::Hand(true)), (_, Cyn, Order::Hand(false))]));
    let lines = rehearsal.written().len();
    rehearsal.run(3.0 * 3600.0);
    assert_eq!(rehearsal.written().len(), lines, "the quiet part writes nothing");
    let rounds = rehearsal.said().iter().filter(|name| **name == "bo-05").count();
    assert!((40..60).contains(&rounds), "{rounds} rounds in three hours");
    assert_eq!(rehearsal.said().iter().filter(|name| **name == "ana-01").count(), 1);
}

#[test]
fn two_may_overlap_and_three_never_do() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(400.0);
    let begun: Vec<Time> = rehearsal.done.iter().filter(|d| matches!(d.2, Order::Say(_))).map(|d| d.0).collect();
    let at_once = |now: Time| begun.iter().filter(|then| **then <= now && now.since(**then) < LENGTH).count();
    assert!(begun.iter().all(|then| at_once(*then) <= 2));
    assert!(begun.iter().any(|then| at_once(*then) == 2));
}

#[test]
fn the_line_stays_bad_for_as_long_as_a_relay_needs_to_notice() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(200.0);
    rehearsal.run(100.0);
    let line = |bad: bool| rehearsal.done.iter().find(|d| d.2 == Order::BadLine(bad)).expect("ordered");
    let (bad, good) = (line(true), line(false));
    assert_eq!((bad.1, good.1), (Eli, Eli));
    let spoken = rehearsal.when("eli-02").expect("said");
    assert!(bad.0 < spoken && good.0 > spoken && good.0 < rehearsal.when("eli-03").expect("said"));
    // The relay takes the share of loss of 80 frames, and Eli has said 88 in his first utterance.
    assert!(seconds(spoken, good.0) > 72.0 * PACKET.as_secs_f64());
}

#[test]
fn a_mute_cuts_ana_short_and_the_group_waits_until_it_ends() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("ana-03");
    rehearsal.run(2.0);
    rehearsal.saw(Ana, Saw::Muted(true));
    rehearsal.run(4.0);
    assert_eq!(rehearsal.wrote("Ana is muted now"), 1);
    let lifted = rehearsal.now;
    rehearsal.saw(Ana, Saw::Muted(false));
    while rehearsal.wrote("check-in round") == 0 {
        rehearsal.run(0.1);
    }
    assert!((2.0..3.5).contains(&seconds(lifted, rehearsal.now)));
    assert_eq!(rehearsal.wrote("Thank you, I can speak again."), 1);
}

#[test]
fn without_the_one_who_stays_muted_it_goes_on() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("ana-01");
    rehearsal.saw(Bo, Saw::Muted(true));
    rehearsal.run(450.0);
    let said = rehearsal.said();
    assert!(!said.iter().any(|name| name.starts_with("bo")), "{said:?}");
    assert!(["cyn-01", "ana-04", "cyn-03"].iter().all(|name| said.contains(name)));
}

#[test]
fn without_the_one_who_was_removed_it_goes_on_at_once() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("cyn-01");
    rehearsal.run(1.0);
    let removed = rehearsal.now;
    rehearsal.saw(Cyn, Saw::Went(true));
    rehearsal.run_until("dee-01");
    assert!(seconds(removed, rehearsal.now) < 2.0, "nobody waits for what is not said");
    rehearsal.run(200.0);
    assert_eq!(rehearsal.wrote("Cyn is out of the group now"), 1);
    assert!(rehearsal.done.iter().all(|(when, who, _)| *who != Cyn || *when <= removed));
}

#[test]
fn while_all_are_muted_it_is_quiet_as_long_as_they_like() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("dee-01");
    rehearsal.mute_all(true);
    let said = rehearsal.said().len();
    rehearsal.run(600.0);
    assert_eq!(rehearsal.said().len(), said);
    assert_eq!(rehearsal.wrote("All of us are muted now"), 1);
    let lifted = rehearsal.now;
    rehearsal.mute_all(false);
    rehearsal.run_until("eli-01");
    assert!((2.0..4.0).contains(&seconds(lifted, rehearsal.now)), "time to open the microphone and no more");
    assert_eq!(rehearsal.wrote("Thank you"), 1);
}

#[test]
fn nobody_talks_over_the_person() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("ana-01");
    rehearsal.run(4.0);
    rehearsal.person(Did::Speak(true));
    rehearsal.run(9.0);
    assert_eq!(rehearsal.said(), ["ana-01"]);
    rehearsal.person(Did::Speak(false));
    rehearsal.run(1.0);
    assert_eq!(rehearsal.said(), ["ana-01"]);
    rehearsal.run(2.0);
    assert_eq!(rehearsal.said(), ["ana-01", "bo-01"]);
    assert_eq!(rehearsal.wrote("We hear you well"), 1);
    // A microphone that never falls silent doesn't hold the group for ever.
    rehearsal.person(Did::Speak(true));
    rehearsal.run(200.0);
    assert!(rehearsal.said().len() > 6);
}

#[test]
fn a_cough_is_not_answered() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(10.0);
    rehearsal.person(Did::Speak(true));
    rehearsal.run(0.3);
    rehearsal.person(Did::Speak(false));
    rehearsal.run(10.0);
    assert_eq!(rehearsal.wrote("We hear you"), 0);
}

#[test]
fn what_the_person_does_is_answered_once_though_five_see_it() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(5.0);
    rehearsal.person(Did::Hand(true));
    rehearsal.person(Did::Write);
    rehearsal.run(5.0);
    assert_eq!((rehearsal.wrote("I see your hand"), rehearsal.wrote("I can read you")), (1, 1));
    // With Ana gone it is another who tells.
    rehearsal.saw(Ana, Saw::Went(true));
    rehearsal.person(Did::Hand(true));
    rehearsal.run(5.0);
    assert_eq!(rehearsal.wrote("Your hand is up"), 1);
}

#[test]
fn a_greeting_is_waited_for() {
    let until_ana = |speak: bool| {
        let mut rehearsal = Rehearsal::begin();
        rehearsal.run_until("eli-01");
        let begun = rehearsal.now;
        rehearsal.run(8.0);
        if speak {
            rehearsal.person(Did::Speak(true));
            rehearsal.run(2.0);
            rehearsal.person(Did::Speak(false));
        }
        rehearsal.run_until("ana-02");
        (seconds(begun, rehearsal.now), rehearsal.wrote("We hear you well"))
    };
    let ((silent, no_answer), (greeted, answer)) = (until_ana(false), until_ana(true));
    assert_eq!((no_answer, answer), (0, 1));
    assert!(greeted + 2.0 < silent, "{greeted} s greeted, {silent} s silent");
}

#[test]
fn one_who_never_comes_is_not_waited_for_long() {
    let mut rehearsal = Rehearsal { director: Director::new(|_| LENGTH, false), now: Time(0), done: Vec::new() };
    rehearsal.run(3600.0);
    assert!(rehearsal.done.is_empty());
    [Ana, Bo, Cyn].iter().for_each(|who| rehearsal.saw(*who, Saw::Came));
    let came = rehearsal.now;
    rehearsal.run_until("ana-01");
    assert!((5.0..7.0).contains(&seconds(came, rehearsal.now)));
    rehearsal.run(600.0);
    assert!(rehearsal.done.iter().all(|(_, who, _)| ![Dee, Eli].contains(who)));
}

#[test]
fn with_everybody_removed_there_is_nothing_to_do() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(5.0);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Went(true)));
    let done = rehearsal.done.len();
    rehearsal.run(3600.0);
    assert_eq!(rehearsal.done.len(), done);
    assert_eq!(rehearsal.director.poll_timeout(), Time::NEVER);
}

#[test]
fn when_the_person_leaves_everybody_does() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(5.0);
    rehearsal.done.clear();
    rehearsal.person(Did::Leave);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Went(false)));
    rehearsal.run(3600.0);
    let left: Vec<_> = rehearsal.done.iter().map(|(_, who, order)| (*who, order.clone())).collect();
    assert_eq!(left, Who::ALL.map(|who| (who, Order::Leave)));
}

#[test]
fn a_round_is_suggested_and_the_script_waits_for_it() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run_until("ana-03");
    while rehearsal.wrote("check-in round") == 0 {
        rehearsal.run(0.1);
    }
    let said = rehearsal.said().len();
    rehearsal.person(Did::Part);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Busy(true)));
    rehearsal.run(600.0);
    assert_eq!(rehearsal.said().len(), said, "as long as the round goes on");
    rehearsal.saw(Bo, Saw::Said("bo-02"));
    let over = rehearsal.now;
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Busy(false)));
    rehearsal.run_until("dee-02");
    assert!((1.0..9.0).contains(&seconds(over, rehearsal.now)), "{}", seconds(over, rehearsal.now));
    assert!(!rehearsal.said().contains(&"bo-02"), "what was said in the round is not said again");
}

#[test]
fn after_a_round_none_is_suggested() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(5.0);
    rehearsal.saw(Ana, Saw::Said("ana-06"));
    rehearsal.run_until("dee-02");
    assert_eq!(rehearsal.wrote("check-in round"), 0);
}

#[test]
fn dee_proposes_and_the_person_is_waited_for() {
    let after = |answers: bool| {
        let mut rehearsal = Rehearsal::begin();
        rehearsal.run_until("dee-03");
        rehearsal.run(12.0);
        let is_proposal = |order: &Order| matches!(order, Order::Do(Intent::Decide(Decide::Propose(..))));
        assert!(rehearsal.done.iter().any(|(_, who, order)| *who == Dee && is_proposal(order)));
        if answers {
            rehearsal.person(Did::Part);
        }
        rehearsal.run_until("bo-03");
        seconds(rehearsal.when("dee-03").expect("said"), rehearsal.now)
    };
    let (answered, ignored) = (after(true), after(false));
    assert!(answered < 20.0 && (40.0..60.0).contains(&ignored), "{answered} {ignored}");
}

#[test]
fn the_stick_is_no_mute_of_all() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(5.0);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Hushed(true)));
    rehearsal.run(30.0);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Hushed(false)));
    rehearsal.run(10.0);
    assert_eq!((rehearsal.wrote("muted"), rehearsal.wrote("I can speak again")), (0, 0));
}

#[test]
fn the_tour_is_taken_twice_while_the_script_waits() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.run(4.0);
    assert_eq!(rehearsal.wrote("tour of two minutes"), 1);
    rehearsal.person(Did::Tour(TourWord::Begin));
    let said = rehearsal.said().len();
    rehearsal.run(60.0);
    assert_eq!((rehearsal.said().len(), rehearsal.wrote("To open your microphone")), (said, 1));
    rehearsal.director.watched(Watched::Mic(true), rehearsal.now);
    rehearsal.run(10.0);
    assert_eq!((rehearsal.wrote("we hear you"), rehearsal.wrote("close it again")), (1, 1));
    rehearsal.director.watched(Watched::Mic(false), rehearsal.now);
    rehearsal.run(10.0);
    rehearsal.person(Did::Hand(true));
    rehearsal.run(10.0);
    assert_eq!((rehearsal.wrote("We see your hand."), rehearsal.wrote("To see what you can do")), (1, 1));
    rehearsal.director.watched(Watched::Help, rehearsal.now);
    rehearsal.run(10.0);
    for step in [TourStep::Round, TourStep::Finish, TourStep::End] {
        rehearsal.person(Did::Step(step));
        rehearsal.run(10.0);
    }
    let vote = |rehearsal: &Rehearsal| rehearsal.done.iter().filter(|done| done.2 == Order::CallVote).count();
    assert_eq!((vote(&rehearsal), rehearsal.wrote("Bo asks for a vote.")), (1, 1));
    rehearsal.person(Did::Step(TourStep::Vote));
    rehearsal.run(30.0);
    assert_eq!(rehearsal.wrote("That was the tour."), 1);
    assert!(rehearsal.said().len() > said, "the script goes on");
    // Again, shortened, and ended.
    rehearsal.person(Did::Tour(TourWord::Begin));
    rehearsal.run(10.0);
    rehearsal.person(Did::Tour(TourWord::Skip));
    rehearsal.run(10.0);
    assert_eq!(rehearsal.wrote("close it again"), 2);
    rehearsal.person(Did::Tour(TourWord::Stop));
    rehearsal.run(10.0);
    assert_eq!(rehearsal.wrote("The tour ends here."), 1);
}

#[test]
fn it_begins_with_the_tour_if_asked_for() {
    let mut rehearsal = Rehearsal::begin();
    rehearsal.director = Director::new(|_| LENGTH, true);
    Who::ALL.iter().for_each(|who| rehearsal.saw(*who, Saw::Came));
    rehearsal.run(30.0);
    assert_eq!((rehearsal.wrote("Welcome to the tour."), rehearsal.wrote("tour of two minutes")), (1, 0));
    assert!(rehearsal.said().is_empty());
}

#[test]
fn lines_of_the_tour_fit_the_chat() {
    let steps = TourStep::ALL.into_iter().flat_map(|step| [TourLine::Task(step), TourLine::Seen(step)]);
    let others =
        [TourLine::Offer, TourLine::Welcome, TourLine::Ways, TourLine::Skipped, TourLine::Over, TourLine::Stopped];
    for line in steps.chain(others) {
        let line = words::tour(line);
        assert!(line == crate::session::clean::chat(&line) && line.len() <= 80, "{line:?}");
    }
}
