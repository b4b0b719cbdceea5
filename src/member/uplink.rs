//! My way up: how my voice is coded for it, and my latest frames, sent again where it loses them.

use std::collections::VecDeque;
use std::time::Duration;

use crate::adapt::{
    LinkReport, ONCE, Plan, PlanChoice, PlanSelector, ProbeTrain, Redundancy, RedundancyController, Ring, THIN_LAYER,
};
use crate::ids::{FrameNo, Time};
use crate::wire::{Frame, Missing, Probe, Reception, RetransmitUp, SendStamp, UpBundle, bundle, limits};

/// The most frames that can be asked for, and for how long: what is older would come too late to be heard.
const KEPT: usize = 64;
const FOR: Duration = Duration::from_millis(1500);
/// How often at most one frame is sent again because it is asked for.
const ANSWERS: u8 = 8;
/// After this long without a frame nothing of mine is on the line.
const SILENT: Duration = Duration::from_secs(1);
/// With a queuing delay of this much there is no room for the thin layer; it's tried again after the second.
const TOO_MUCH: Duration = Duration::from_millis(80);
const AGAIN_AFTER: Duration = Duration::from_secs(60);

struct Kept {
    sent: Time,
    frame: Frame,
    thin: Option<Frame>,
    answers: u8,
    answered: Time,
}

/// My way up: how my voice is coded for it, and what is sent on it again.
pub(super) struct Uplink {
    plan_selector: PlanSelector,
    redundancy: RedundancyController,
    ring: Ring<Frame>,
    kept: VecDeque<Kept>,
    /// To be sent again after the next frame.
    behind: Vec<Frame>,
    report: LinkReport,
    /// How many answers may still be given, as of this time.
    allowed: (f64, Time),
    plan: Plan,
    /// Whether listeners need the thin layer.
    thin_wanted: bool,
    /// Whether it's coded.
    thin_coded: bool,
    /// From when on there may be room for it.
    thin_room: Time,
    probes: ProbeTrain,
}

impl Uplink {
    pub(super) fn new(choice: PlanChoice, now: Time) -> Self {
        let plan_selector = PlanSelector::new(choice);
        Self {
            plan: plan_selector.plan(Redundancy::NONE),
            plan_selector,
            redundancy: RedundancyController::new(choice),
            ring: Ring::default(),
            kept: VecDeque::new(),
            behind: Vec::new(),
            report: LinkReport::default(),
            allowed: (f64::from(limits::ANSWERS_BURST), now),
            thin_wanted: false,
            thin_coded: false,
            thin_room: now,
            probes: ProbeTrain::default(),
        }
    }

    /// From here on the way up shows how it does, before I talk.
    pub(super) fn begin_probing(&mut self, now: Time) {
        self.probes = ProbeTrain::starting(now);
    }

    /// Somebody waits for what I say or hear now: probes give way to it.
    pub(super) fn hold_probes(&mut self, now: Time) {
        self.probes.hold(now);
    }

    /// The datagram of the next probe, if it's time.
    pub(super) fn next_probe(&mut self, now: Time) -> Option<Vec<u8>> {
        let number = self.probes.take(self.report.queuing_delay, now)?;
        Some(Probe { sent: SendStamp::at(now), number }.encode())
    }

    /// What the relay reports of my way up; the round trip is measured here.
    pub(super) fn reported(&mut self, seen: Reception, round: Duration, now: Time) {
        self.report = LinkReport {
            loss: seen.loss.share(),
            queuing_delay: seen.queue(),
            kbps: seen.kbps(),
            rtt: round,
            capacity_kbps: seen.most(),
        };
        if self.redundancy.report(self.report, seen.loss.gap(), now) {
            return self.plan_selector.spare(now);
        }
        if self.thin_coded && self.report.queuing_delay >= TOO_MUCH {
            // The layer that few need gives way before the one that all hear.
            self.thin_room = now + AGAIN_AFTER;
            return;
        }
        if self.kept.back().is_none_or(|last| now.since(last.sent) >= SILENT) {
            self.plan_selector.probed(self.report, now);
        } else {
            self.plan_selector.report(self.report, now);
        }
    }

    /// Another plan from now on.
    pub(super) fn choose(&mut self, choice: PlanChoice) {
        self.plan_selector.choose(choice);
        self.redundancy.set_choice(choice);
    }

    /// How much to send again unasked: nothing where the line is too narrow for the voice itself.
    fn repeats(&mut self, now: Time) -> Redundancy {
        if self.plan_selector.is_narrow() { Redundancy::NONE } else { self.redundancy.repeats(now) }
    }

    /// The plan to code by from now on, if it is a new one.
    pub(super) fn new_plan(&mut self, now: Time) -> Option<Plan> {
        let repeats = self.repeats(now);
        let plan = self.plan_selector.plan(repeats);
        (std::mem::replace(&mut self.plan, plan) != plan).then_some(plan)
    }

    /// Whether listeners need the thin layer of what I say.
    pub(super) fn set_layers(&mut self, thin: bool) {
        self.thin_wanted = thin;
    }

    /// Whether to code the thin layer too from now on, if that is news. There must be room for it, and a use: there is none
    /// if the full layer takes hardly more.
    pub(super) fn new_layers(&mut self, now: Time) -> Option<bool> {
        let of_use = self.plan.kbps(Redundancy::NONE) > THIN_LAYER.kbps(Redundancy::NONE) * 1.2;
        let coded = self.thin_wanted && of_use && !self.plan_selector.is_narrow() && now >= self.thin_room;
        (std::mem::replace(&mut self.thin_coded, coded) != coded).then_some(coded)
    }

    /// The datagram for a new frame, with its thin frame if there is one, and with earlier ones that are to be sent again.
    pub(super) fn datagram(&mut self, frame: Frame, thin: Option<Frame>, now: Time) -> Option<Vec<u8>> {
        let repeats = self.repeats(now);
        let mut frames = vec![frame.clone()];
        frames.extend(thin.clone());
        let new = frames.len();
        frames.extend(self.ring.behind(repeats, now).cloned());
        for frame in std::mem::take(&mut self.behind) {
            if !frames.contains(&frame) {
                frames.push(frame);
            }
        }
        bundle::fit(&mut frames, new);
        let end = frame.head.end && repeats != Redundancy::NONE;
        self.keep(frame.clone(), thin, now);
        self.ring.push(vec![frame], end, now);
        UpBundle { sent: SendStamp::at(now), frames }.encode().ok()
    }

    fn keep(&mut self, frame: Frame, thin: Option<Frame>, now: Time) {
        if self.kept.len() >= KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Kept { sent: now, frame, thin, answers: 0, answered: Time(0) });
    }

    /// The datagram with the frames that the relay misses, unless they are too old, or are asked for too often or too fast.
    pub(super) fn answer(&mut self, missing: Missing, now: Time) -> Option<Vec<u8>> {
        let (tokens, at) = self.allowed;
        let earned = now.since(at).as_secs_f64() * f64::from(limits::ANSWERS_PER_SECOND);
        let mut tokens = (tokens + earned).min(limits::ANSWERS_BURST.into());
        let mut frames = Vec::new();
        for number in missing.numbers().map(FrameNo) {
            let mut fresh = self.kept.iter_mut().rev().take_while(|kept| now.since(kept.sent) <= FOR);
            let kept = fresh.find(|kept| {
                kept.frame.head.number == number && kept.answers < ANSWERS && now.since(kept.answered) >= ONCE
            });
            let Some(kept) = kept.filter(|_| tokens >= 1.0) else { continue };
            tokens -= 1.0;
            kept.answers += 1;
            kept.answered = now;
            frames.push(kept.frame.clone());
            frames.extend(kept.thin.clone());
        }
        self.allowed = (tokens, now);
        if frames.is_empty() {
            return None;
        }
        bundle::fit(&mut frames, 1);
        // They go a second time after the next frame.
        if self.report.answer_twice() {
            self.behind = frames.iter().take(2).cloned().collect();
        }
        RetransmitUp(frames).encode().ok()
    }

    /// When [`Self::tail`] or [`Self::next_probe`] is due.
    pub(super) fn due(&self) -> Time {
        self.ring.due().min(self.probes.due())
    }

    /// The datagram that is due after the end of a spurt, if one is.
    pub(super) fn tail(&mut self, now: Time) -> Option<Vec<u8>> {
        let step = self.ring.step(now)?;
        let repeats = self.repeats(now);
        let mut frames: Vec<Frame> = self.ring.tail(repeats, step, now).cloned().collect();
        bundle::fit(&mut frames, 1);
        UpBundle { sent: SendStamp::at(now), frames }.encode().ok()
    }

    /// Nothing that I have said is sent again.
    pub(super) fn forget(&mut self) {
        (self.ring, self.behind) = (Ring::default(), Vec::new());
        self.kept.clear();
    }
}
