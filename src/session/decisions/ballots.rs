//! The course of a secret vote: its poll begins, takes what the voters' clients say, and comes to a count.

use super::{Decisions, VoteKind};
use crate::ids::SeatId;
use crate::session::poll::{Poll, Progress, Scrutiny, Step, Taken};
use crate::session::{Circle, DecisionEvent, Event};

impl Decisions {
    /// Begins a poll on a vote among all who are here.
    pub(super) fn open_poll(&mut self, vote: u32, until_ms: u64, circle: &Circle) {
        self.polls = self.polls.saturating_add(1);
        self.poll = Some(Poll::new(vote, self.polls, until_ms, &circle.seats));
    }

    /// Nobody more is waited for to choose.
    pub(super) fn end_choosing(&mut self, at_ms: u64) {
        if let Some(poll) = self.poll.as_mut().filter(|poll| poll.is_asking()) {
            poll.until_ms = at_ms;
        }
    }

    /// A voter's client says something.
    pub(in crate::session) fn poll_step(
        &mut self,
        by: SeatId,
        number: u32,
        step: &Step,
        scrutiny: &dyn Scrutiny,
        events: &mut Vec<Event>,
    ) {
        let Some(poll) = self.poll.as_mut().filter(|poll| poll.takes(number, step)) else { return };
        let first = poll.is_asking();
        match poll.take(by, step, scrutiny) {
            Some(Taken::Good) if first => events.push(Event::Decision(DecisionEvent::Chosen(by))),
            Some(Taken::Caught) => events.push(Event::Decision(DecisionEvent::BadBallot(by))),
            Some(Taken::Good) | None => {}
        }
    }

    /// A seat was given up.
    pub(in crate::session) fn poll_left(&mut self, seat: SeatId) {
        self.poll.iter_mut().for_each(|poll| poll.depart(seat));
    }

    /// Goes on as far as it goes, after each entry.
    pub(in crate::session) fn poll_goes_on(
        &mut self,
        scrutiny: &dyn Scrutiny,
        circle: &mut Circle,
        events: &mut Vec<Event>,
    ) {
        while let Some(poll) = self.poll.as_mut().filter(|poll| poll.is_ripe(circle.at_ms)) {
            let absent = poll.absent(circle.at_ms);
            let (vote, progress) = (poll.vote, poll.go_on(circle.at_ms, scrutiny));
            let count = match progress {
                Progress::On => continue,
                Progress::Counting => {
                    events.push(Event::Decision(DecisionEvent::Counting));
                    continue;
                }
                Progress::Over(count) => count,
            };
            self.poll = None;
            return self.polled(vote, count, absent, circle, events);
        }
    }

    /// Whether what a snapshot says of a poll could have come about.
    pub(super) fn poll_is_sound(&self, circle: &Circle) -> bool {
        let vote = self.vote().filter(|(_, vote)| vote.kind == VoteKind::Secret).map(|(proposal, _)| proposal.id);
        match self.poll.as_ref().filter(|poll| Some(poll.vote) == vote) {
            Some(poll) => {
                poll.number <= self.polls
                    && poll.is_sound(circle.arrivals, |(seat, arrival)| circle.arrival(seat) == Some(arrival))
            }
            None => vote.is_none() && self.poll.is_none(),
        }
    }
}
