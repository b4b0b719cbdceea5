//! The tour: one small step at a time, each done by the person and noticed.
//!
//! Pure: [`Tour::handle`] takes what the person did, [`Tour::handle_timeout`] is due at [`Tour::poll_timeout`] and gives what
//! is to be said or begun.

use std::time::Duration;

use crate::ids::Time;
use crate::text::{TourLine, TourStep};

/// From one line to the next, so that each can be read.
const READ: Duration = Duration::from_millis(2500);
/// From a proposal to the vote on it.
const CALL: Duration = Duration::from_millis(1500);

/// What the tour has done by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TourAct {
    /// A line is written.
    Say(TourLine),
    /// Something is proposed.
    Propose,
    /// It is put to a vote.
    CallVote,
}

/// Where the tour is.
#[derive(Debug)]
pub(super) struct Tour {
    /// The step, by its number.
    at: usize,
    /// What is still to be said or begun, and when.
    next: Vec<(Time, TourAct)>,
    /// When what was planned last is over.
    until: Time,
}

impl Tour {
    /// Begins with the first step.
    pub(super) fn begin(now: Time) -> Self {
        let mut tour = Self { at: 0, next: Vec::new(), until: now };
        tour.plan(TourAct::Say(TourLine::Welcome));
        tour.plan(TourAct::Say(TourLine::Ways));
        tour.task();
        tour
    }

    /// The person did this: whether it was asked for. Otherwise it changes nothing.
    pub(super) fn handle(&mut self, done: TourStep, now: Time) -> bool {
        let asked = self.step() == Some(done);
        if asked {
            self.go_on(TourLine::Seen(done), now);
        }
        asked
    }

    /// The person leaves the step out.
    pub(super) fn skip(&mut self, now: Time) {
        if self.step().is_some() {
            self.go_on(TourLine::Skipped, now);
        }
    }

    /// Whether it has come to its end.
    pub(super) fn is_over(&self) -> bool {
        self.step().is_none() && self.next.is_empty()
    }

    /// When [`Self::handle_timeout`] is due.
    pub(super) fn poll_timeout(&self) -> Time {
        self.next.first().map_or(Time::NEVER, |(due, _)| *due)
    }

    /// The next thing that is due.
    pub(super) fn handle_timeout(&mut self, now: Time) -> Option<TourAct> {
        self.next.first().filter(|(due, _)| *due <= now)?;
        Some(self.next.remove(0).1)
    }

    fn step(&self) -> Option<TourStep> {
        TourStep::ALL.get(self.at).copied()
    }

    fn go_on(&mut self, line: TourLine, now: Time) {
        // What was still to be said of this step is no longer of use.
        self.next.clear();
        self.until = now;
        self.at += 1;
        self.plan(TourAct::Say(line));
        self.task();
    }

    /// Plans what the step begins with.
    fn task(&mut self) {
        match self.step() {
            Some(TourStep::Vote) => {
                self.plan(TourAct::Propose);
                self.next.push((self.until + CALL, TourAct::CallVote));
                self.until = self.until + CALL;
                self.plan(TourAct::Say(TourLine::Task(TourStep::Vote)));
            }
            Some(step) => self.plan(TourAct::Say(TourLine::Task(step))),
            None => self.plan(TourAct::Say(TourLine::Over)),
        }
    }

    fn plan(&mut self, act: TourAct) {
        // The first line answers at once.
        let pause = if self.next.is_empty() { READ / 4 } else { READ };
        self.until = self.until + pause;
        self.next.push((self.until, act));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is due within a time, with the time after it.
    fn run(tour: &mut Tour, now: Time, seconds: u64) -> (Vec<TourAct>, Time) {
        let end = now + Duration::from_secs(seconds);
        (std::iter::from_fn(|| tour.handle_timeout(end)).collect(), end)
    }

    #[test]
    fn each_step_waits_for_the_person_and_is_noticed() {
        let mut tour = Tour::begin(Time(0));
        let (said, mut now) = run(&mut tour, Time(0), 60);
        let task = |step| TourAct::Say(TourLine::Task(step));
        assert_eq!(said[2..], [task(TourStep::Open)]);
        for pair in TourStep::ALL.windows(2) {
            assert_eq!(tour.poll_timeout(), Time::NEVER, "it waits at {:?}", pair[0]);
            // Other things that the person does are no step.
            tour.handle(pair[1], now);
            assert_eq!(tour.poll_timeout(), Time::NEVER);
            tour.handle(pair[0], now);
            let (said, then) = run(&mut tour, now, 60);
            assert_eq!(
                (said.first(), said.last()),
                (Some(&TourAct::Say(TourLine::Seen(pair[0]))), Some(&task(pair[1])))
            );
            now = then;
        }
        tour.handle(TourStep::Vote, now);
        assert!(!tour.is_over());
        let (said, _) = run(&mut tour, now, 60);
        assert_eq!(said.last(), Some(&TourAct::Say(TourLine::Over)));
        assert!(tour.is_over());
    }

    #[test]
    fn a_vote_is_called_before_the_person_is_asked_for_one() {
        let mut tour = Tour::begin(Time(0));
        (0..7).for_each(|_| tour.skip(Time(0)));
        let (acts, _) = run(&mut tour, Time(0), 60);
        let vote = TourAct::Say(TourLine::Task(TourStep::Vote));
        assert_eq!(acts, [TourAct::Say(TourLine::Skipped), TourAct::Propose, TourAct::CallVote, vote]);
    }

    #[test]
    fn skipping_takes_seconds_and_reading_two_minutes() {
        let mut tour = Tour::begin(Time(0));
        (0..20).for_each(|_| tour.skip(Time(0)));
        assert_eq!(run(&mut tour, Time(0), 5).0.last(), Some(&TourAct::Say(TourLine::Over)));
        assert!(tour.is_over());
        // Somebody who takes five seconds for each step.
        let (mut tour, mut now) = (Tour::begin(Time(0)), Time(0));
        for step in TourStep::ALL {
            while tour.poll_timeout() != Time::NEVER {
                now = now.max(tour.poll_timeout());
                tour.handle_timeout(now);
            }
            now = now + Duration::from_secs(5);
            tour.handle(step, now);
        }
        assert!(now < Time(0) + Duration::from_secs(120), "{now:?}");
    }
}
