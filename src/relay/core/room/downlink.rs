//! The way down to one member: what was sent on it, what is sent on it again, and what it can carry.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::adapt::{
    Capacity, LinkReport, ONCE, PROBE_EVERY, PlanChoice, ProbeTrain, Redundancy, RedundancyController, work,
};
use crate::ids::{FrameNo, Layer, ProbeNo, SeatId, Time};
use crate::relay::core::bucket::Bucket;
use crate::wire::{Frame, Missing, Pulse, limits};

/// Bundles that can be asked for. Sequences come again after 128.
const KEPT: usize = 48;
/// How often one bundle is sent again.
const ANSWERS: u8 = 8;
/// A report tells of what was sent within this time.
const LATELY: Duration = Duration::from_secs(2);
/// Most frames that go behind one bundle.
const BEHIND: usize = 4;
/// Most frames that wait to go behind the next bundles.
const BEHIND_KEPT: usize = 32;

/// Which frame of which layer of a talker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameName {
    pub(super) talker: SeatId,
    pub(super) number: FrameNo,
    pub(super) layer: Layer,
}

impl FrameName {
    pub(super) fn of(frame: &Frame) -> Self {
        let head = &frame.head;
        Self { talker: head.kid.seat(), number: head.number, layer: head.layer }
    }
}

/// A bundle that was sent.
struct Sent {
    /// Listeners who were sent the same share them.
    frames: Arc<[FrameName]>,
    answers: u8,
    answered: Option<Time>,
}

/// A bundle to be sent again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Retransmission {
    pub(super) sequence: u8,
    pub(super) frames: Arc<[FrameName]>,
}

/// What goes down to one member.
pub(super) struct Downlink {
    /// Of the next bundle.
    sequence: u8,
    sent: VecDeque<Sent>,
    redundancy: RedundancyController,
    answers: Bucket,
    /// To be sent again behind the next bundles.
    behind: Vec<FrameName>,
    report: LinkReport,
    capacity: Capacity,
    /// When the last bundle was sent.
    spoke: Option<Time>,
    probes: ProbeTrain,
}

impl Downlink {
    pub(super) fn new(now: Time) -> Self {
        Self {
            sequence: 0,
            sent: VecDeque::new(),
            redundancy: RedundancyController::default(),
            answers: Bucket::of(limits::ANSWERS_BURST, limits::ANSWERS_PER_SECOND, now),
            behind: Vec::new(),
            report: LinkReport::default(),
            capacity: Capacity::new(now),
            spoke: None,
            probes: ProbeTrain::default(),
        }
    }

    /// The member says how this line does, on which what is sent costs what `choice` says.
    pub(super) fn reported(&mut self, pulse: Pulse, choice: PlanChoice, now: Time) {
        let reception = pulse.reception;
        self.report = LinkReport {
            loss: reception.loss.share(),
            queuing_delay: reception.queue(),
            kbps: reception.kbps(),
            rtt: pulse.round(),
            capacity_kbps: reception.most(),
        };
        self.redundancy.set_choice(choice);
        if self.redundancy.report(self.report, reception.loss.gap(), now) {
            return;
        }
        let voices = self.spoke.is_some_and(|at| now.since(at) < LATELY);
        self.capacity.report(self.report, voices, now);
    }

    /// What was said of the line last.
    pub(super) fn report(&self) -> LinkReport {
        self.report
    }

    /// What is to be sent again on it unasked.
    pub(super) fn redundancy(&mut self, now: Time) -> Redundancy {
        self.redundancy.repeats(now)
    }

    /// What it carries.
    pub(super) fn capacity(&self) -> &Capacity {
        &self.capacity
    }

    // Probes.

    /// The line is new: a row of probes shows how it does before anybody is heard on it.
    pub(super) fn start_probing(&mut self, now: Time) {
        self.probes = ProbeTrain::starting(now + PROBE_EVERY);
    }

    /// Somebody waits for what this member is told or says now: probes give way to it.
    pub(super) fn hold_probes(&mut self, now: Time) {
        self.probes.hold(now);
    }

    /// When [`Self::take_probe`] is due.
    pub(super) fn probe_due(&self) -> Time {
        self.probes.due()
    }

    /// The number of the probe that is to be sent now.
    pub(super) fn take_probe(&mut self, now: Time) -> Option<ProbeNo> {
        self.probes.take(self.report.queuing_delay, now)
    }

    // Bundles.

    /// The sequence of the next bundle.
    pub(super) fn sequence(&self) -> u8 {
        self.sequence
    }

    /// The next bundle goes out, with these frames.
    pub(super) fn sent(&mut self, frames: Arc<[FrameName]>, now: Time) {
        self.spoke = Some(now);
        if self.sent.is_empty() {
            // No more than are kept, where doubling would take a third more.
            self.sent.reserve_exact(KEPT);
        }
        if self.sent.len() >= KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back(Sent { frames, answers: 0, answered: None });
        self.sequence = (self.sequence + 1) & 0x7f;
    }

    /// Frames that the next bundle has behind its own because they were asked for.
    pub(super) fn take_behind(&mut self) -> Vec<FrameName> {
        let now = self.behind.len().min(BEHIND);
        self.behind.drain(..now).collect()
    }

    /// These go behind the next bundles, some each time.
    pub(super) fn send_behind(&mut self, frames: impl Iterator<Item = FrameName>) {
        self.behind.extend(frames);
        self.behind.truncate(BEHIND_KEPT);
    }

    /// What to send again of all that the member misses. Left out is what was never sent, was sent too often, or is asked for
    /// too fast.
    pub(super) fn answer(&mut self, missing: Missing, now: Time) -> Vec<Retransmission> {
        let mut answers = Vec::new();
        for sequence in missing.numbers().map(|number| (number & 0x7f) as u8) {
            work::count(1);
            let back = usize::from(self.sequence.wrapping_sub(sequence).wrapping_sub(1) & 0x7f);
            let sent = self.sent.len().checked_sub(back + 1).and_then(|at| self.sent.get_mut(at));
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
                self.behind.extend(sent.frames.iter().take(2));
            }
            answers.push(Retransmission { sequence, frames: sent.frames.clone() });
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

    fn names(number: u16) -> Arc<[FrameName]> {
        [FrameName { talker: SeatId(1), number: FrameNo(number), layer: Layer::Full }].into()
    }

    #[test]
    fn a_bundle_is_sent_again_on_request_but_not_endlessly() {
        let mut line = Downlink::new(at(0));
        for number in 0..100 {
            assert_eq!(u16::from(line.sequence()), number);
            line.sent(names(number), at(0));
        }
        let ask = |first, more| Missing { first, more };
        let again = |sequence: u8| Retransmission { sequence, frames: names(sequence.into()) };
        assert_eq!(line.answer(ask(98, 0b11), at(0)), [again(98), again(99)]);
        assert_eq!(line.answer(ask(3, 0), at(0)), [], "too long ago");
        let answers: usize = (0..1000).map(|ms| line.answer(ask(60, u16::MAX), at(ms)).len()).sum();
        assert!(answers <= usize::from(ANSWERS) * 17, "{answers}");
        let flood: usize = (0..1000)
            .map(|ms| {
                line.sent(names(ms), at(ms.into()));
                line.answer(ask(u16::from(line.sequence) + 111, u16::MAX), at(ms.into())).len()
            })
            .sum();
        assert!(flood <= (limits::ANSWERS_BURST + limits::ANSWERS_PER_SECOND) as usize, "{flood}");
    }
}
