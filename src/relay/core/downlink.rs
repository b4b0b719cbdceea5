//! The way down to one member: what was sent on it, what is sent on it again, and what it can carry.

use std::collections::VecDeque;
use std::time::Duration;

use super::bucket::Bucket;
use crate::adapt::{Capacity, LinkReport, ONCE, Redundancy, RedundancyController};
use crate::ids::{FrameNo, SeatId, Time};
use crate::wire::{Missing, Pulse, limits};

/// Bundles that can be asked for; by then a sequence comes again.
const KEPT: usize = 48;
/// How often one bundle is sent again.
const ANSWERS: u8 = 8;
/// Where everything waits for so long nothing is sent twice.
/// What was sent within this time is what a report tells of.
const LATELY: Duration = Duration::from_secs(2);
/// Most frames that go behind one bundle.
const BEHIND: usize = 4;

/// A frame: whose, which, and whether of the thin layer.
pub(super) type Name = (SeatId, FrameNo, bool);
/// Which frames a bundle had.
pub(super) type Names = Vec<Name>;

struct Sent {
    sequence: u8,
    names: Names,
    answers: u8,
    answered: Option<Time>,
}

pub(super) struct Downlink {
    sequence: u8,
    sent: VecDeque<Sent>,
    redundancy: RedundancyController,
    answers: Bucket,
    /// To be sent again behind the next bundle.
    behind: Names,
    report: LinkReport,
    capacity: Capacity,
    /// When a bundle was sent last.
    spoke: Option<Time>,
}

impl Downlink {
    pub(super) fn new(now: Time) -> Self {
        Self {
            sequence: 0,
            sent: VecDeque::new(),
            redundancy: RedundancyController::default(),
            answers: Bucket::of(limits::ANSWERS_BURST, limits::ANSWERS_PER_SECOND, now),
            behind: Names::new(),
            report: LinkReport::default(),
            capacity: Capacity::new(now),
            spoke: None,
        }
    }

    /// How long everything waits on it, as the member says.
    pub(super) fn queue(&self) -> Duration {
        self.report.queuing_delay
    }

    /// What the member says of it.
    pub(super) fn reported(&mut self, pulse: Pulse, now: Time) {
        let reception = pulse.reception;
        let (share, queue) = (reception.loss.share(), reception.queue());
        let (kbps, most) = (reception.kbps(), reception.most());
        self.report = LinkReport { loss: share, queuing_delay: queue, kbps, rtt: pulse.round(), capacity_kbps: most };
        self.redundancy.report(self.report, reception.loss.gap(), now);
        let voices = self.spoke.is_some_and(|at| now.since(at) < LATELY);
        self.capacity.report(self.report, voices, now);
    }

    /// How the line does, as was said last.
    pub(super) fn report(&self) -> LinkReport {
        self.report
    }

    /// What is to be sent again on it unasked.
    pub(super) fn repeats(&mut self, now: Time) -> Redundancy {
        self.redundancy.repeats(now)
    }

    /// What it carries.
    pub(super) fn capacity(&self) -> &Capacity {
        &self.capacity
    }

    /// A bundle of these frames goes out; its sequence.
    pub(super) fn send(&mut self, names: Names, now: Time) -> u8 {
        self.spoke = Some(now);
        let sequence = self.sequence;
        self.sequence = (sequence + 1) & 0x7f;
        if self.sent.len() >= KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back(Sent { sequence, names, answers: 0, answered: None });
        sequence
    }

    /// What the next bundle has behind it because it was asked for.
    pub(super) fn behind(&mut self) -> Names {
        let now = self.behind.len().min(BEHIND);
        self.behind.drain(..now).collect()
    }

    /// These go behind the next bundles, some each time.
    pub(super) fn send_behind(&mut self, names: impl Iterator<Item = Name>) {
        self.behind.extend(names);
    }

    /// What to send again of all that the member misses: each bundle's sequence and frames. What was never sent, or too often,
    /// or what is asked for too fast, isn't.
    pub(super) fn answer(&mut self, missing: Missing, now: Time) -> Vec<(u8, Names)> {
        let mut answers = Vec::new();
        for sequence in missing.numbers().map(|number| (number & 0x7f) as u8) {
            let sent = self.sent.iter_mut().rev().find(|sent| sent.sequence == sequence);
            let Some(sent) =
                sent.filter(|sent| sent.answers < ANSWERS && sent.answered.is_none_or(|at| now.since(at) >= ONCE))
            else {
                continue;
            };
            if !self.answers.take(now) {
                break;
            }
            sent.answers += 1;
            sent.answered = Some(now);
            // The second time behind the next bundle.
            if self.report.answer_twice() && self.behind.len() < BEHIND {
                self.behind.extend(sent.names.iter().take(2));
            }
            answers.push((sequence, sent.names.clone()));
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    #[test]
    fn asking_is_answered_some_times_and_not_without_end() {
        let mut line = Downlink::new(at(0));
        for number in 0..100 {
            assert_eq!(u16::from(line.send(vec![(SeatId(1), FrameNo(number), false)], at(0))), number);
        }
        let ask = |first, more| Missing { first, more };
        assert_eq!(
            line.answer(ask(98, 0b11), at(0)),
            [(98, vec![(SeatId(1), FrameNo(98), false)]), (99, vec![(SeatId(1), FrameNo(99), false)])]
        );
        assert_eq!(line.answer(ask(3, 0), at(0)), [], "too long ago");
        let answers: usize = (0..1000).map(|ms| line.answer(ask(60, u16::MAX), at(ms)).len()).sum();
        assert!(answers <= usize::from(ANSWERS) * 17, "{answers}");
        let flood: usize = (0..1000)
            .map(|ms| {
                line.send(vec![(SeatId(1), FrameNo(ms), false)], at(ms.into()));
                line.answer(ask(u16::from(line.sequence) + 111, u16::MAX), at(ms.into())).len()
            })
            .sum();
        assert!(flood <= (limits::ANSWERS_BURST + limits::ANSWERS_PER_SECOND) as usize, "{flood}");
    }
}
