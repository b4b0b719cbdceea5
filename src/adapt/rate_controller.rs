//! The congestion control of both ways: what a line carries, from how its far end reports that it does.
//!
//! A line that is too narrow shows by a queue long before it loses anything. So the signal is delay, as in Google Congestion
//! Control (Carlucci et al., 2016): on a queue the limit goes at once below what came through, until the queue has drained. It
//! departs from GCC in three ways. It goes up by steps that its user names, since a voice has a ladder of plans; each step up
//! that meets a queue doubles the time until the next try. Loss is no signal, because radio lines lose without being full. And
//! a queue that a lower rate doesn't shorten is taken for a way that has become longer.

use std::time::Duration;

use super::link_report::LinkReport;
use super::rate_config::{QUEUE_LONG, QUEUE_SHORT, RateConfig};
use crate::ids::Time;

/// What is sent now, and could be sent next, in kilobits a second at the IP level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// `None` where it depends on who talks.
    pub(super) sent_kbps: Option<f64>,
    /// The next step up; `None` where there is no use for more.
    pub(super) next_kbps: Option<f64>,
}

/// What follows from a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Decision {
    /// A queue stands; what was done lately may still help.
    Wait,
    /// The line is clear, and nothing more is tried yet.
    Hold,
    /// The line is clear, and was for long enough to try the next step.
    Up,
    /// The queue calls for less.
    Down,
    /// The last steps down didn't shorten the queue, so it is none of ours: the way has become longer.
    LongerWay,
}

/// The last step down, as long as it may still help.
#[derive(Clone, Copy, Debug)]
struct StepDown {
    /// The limit before it, or before the first of several in a row.
    limit_kbps: Option<f64>,
    /// The queue that led to it, and the longest since then.
    queue: Duration,
    longest: Duration,
}

/// What is known of a line.
#[derive(Clone, Debug)]
pub(super) struct RateState {
    /// In kilobits a second; `None` while nothing is known against any rate.
    limit_kbps: Option<f64>,
    /// Whether a very long queue is still being drained.
    drains: bool,
    /// When the limit last changed, and since when there has been no queue.
    changed: Time,
    clear_since: Option<Time>,
    probe_backoff: Duration,
    /// What came through when a queue stood last, in kilobits a second.
    through_kbps: f64,
    /// Whether the last change was up, to more than had come through before.
    on_trial: bool,
    step_down: Option<StepDown>,
    /// What of the queuing delay isn't ours: the way has become longer.
    path_delay_shift: Duration,
}

/// Decides what a report calls for.
pub(super) fn evaluate(
    config: &RateConfig,
    state: &RateState,
    report: &LinkReport,
    offer: Offer,
    now: Time,
) -> Decision {
    let queue = report.queuing_delay.saturating_sub(state.path_delay_shift);
    let passed = now.since(state.changed);
    // What left before a change is still in the queue, and what comes of it is known a round trip later.
    let shows_after = report.rtt + queue;
    let proved = passed >= config.proved + shows_after;
    // A long datagram takes longer to pass a narrow line; what a step up has led to shows at once.
    let uneven_ms = state.limit_kbps.filter(|_| !state.on_trial).map_or(0.0, |kbps| config.uneven_bytes * 8.0 / kbps);
    let uneven = Duration::from_secs_f64(uneven_ms / 1000.0);
    if queue >= QUEUE_SHORT
        && let Some(step) = state.step_down
    {
        let of_no_use = queue + config.queue_step > step.longest && step.longest < step.queue + config.queue_step;
        if proved && of_no_use && offer.sent_kbps.is_none_or(|sent| report.passes(sent)) {
            return Decision::LongerWay;
        }
        // As long as a step down may still help, only a queue that grows calls for another.
        if !proved && queue < step.queue + config.queue_step {
            return Decision::Wait;
        }
    }
    if queue >= QUEUE_LONG + uneven {
        let settled = passed >= config.settle + shows_after;
        let known = report.kbps > 0.0; // Otherwise too little has come to tell.
        return if known && (state.on_trial || settled) { Decision::Down } else { Decision::Wait };
    }
    if queue >= QUEUE_SHORT + uneven {
        return Decision::Wait;
    }
    let (Some(limit), Some(next)) = (state.limit_kbps, offer.next_kbps) else { return Decision::Hold };
    let backoff = if next <= state.through_kbps * config.sure_of_through { config.clear } else { state.probe_backoff };
    let clear = state.clear_since.is_some_and(|since| now.since(since) >= backoff) && passed >= backoff;
    let carried = report.capacity_kbps.is_none_or(|most| next <= most * config.sure_of_through);
    if clear && carried && report.kbps >= limit * config.used { Decision::Up } else { Decision::Hold }
}

/// The limit of one line.
pub(super) struct RateController {
    config: &'static RateConfig,
    state: RateState,
}

impl RateController {
    /// Of a line of which nothing is known.
    pub(super) fn new(config: &'static RateConfig, now: Time) -> Self {
        let state = RateState {
            limit_kbps: None,
            drains: false,
            changed: now,
            clear_since: None,
            probe_backoff: config.clear,
            through_kbps: 0.0,
            on_trial: false,
            step_down: None,
            path_delay_shift: Duration::ZERO,
        };
        Self { config, state }
    }

    /// What the line carries, in kilobits a second at the IP level; `None` while nothing is known against any rate.
    pub(super) fn limit_kbps(&self) -> Option<f64> {
        let share = if self.state.drains { self.config.use_draining } else { 1.0 };
        self.state.limit_kbps.map(|kbps| kbps * share)
    }

    /// The far end reports how the line does while `offer` is sent on it.
    pub(super) fn report(&mut self, report: &LinkReport, offer: Offer, now: Time) {
        let state = &mut self.state;
        state.path_delay_shift = state.path_delay_shift.min(report.queuing_delay);
        let queue = report.queuing_delay - state.path_delay_shift;
        if let Some(step) = &mut state.step_down {
            step.longest = queue.max(step.longest);
        }
        let decision = evaluate(self.config, state, report, offer, now);
        if let Decision::Hold | Decision::Up = decision {
            state.clear_since.get_or_insert(now);
            state.step_down.take_if(|_| queue < QUEUE_SHORT);
            state.drains = false;
        } else {
            state.clear_since = None;
        }
        match decision {
            Decision::Wait | Decision::Hold => {}
            Decision::Up => {
                let next = offer.next_kbps;
                state.on_trial = next.is_some_and(|next| next > state.through_kbps * self.config.sure_of_through);
                (state.limit_kbps, state.changed) = (next, now);
            }
            Decision::Down => self.down(report.kbps, offer.sent_kbps, queue, now),
            Decision::LongerWay => {
                let before = state.step_down.take().and_then(|step| step.limit_kbps);
                (state.limit_kbps, state.changed, state.drains) = (before, now, false);
                state.path_delay_shift += queue;
            }
        }
        let state = &mut self.state;
        if state.on_trial && now.since(state.changed) >= self.config.trial {
            state.on_trial = false;
            state.probe_backoff = (state.probe_backoff / 2).max(self.config.clear);
        }
    }

    fn down(&mut self, through: f64, sent: Option<f64>, queue: Duration, now: Time) {
        let (config, state) = (self.config, &mut self.state);
        if std::mem::take(&mut state.on_trial) {
            state.probe_backoff = (state.probe_backoff * 2).min(config.clear_most);
        }
        let first = state.step_down.map_or(state.limit_kbps, |step| step.limit_kbps);
        state.step_down = Some(StepDown { limit_kbps: first, queue, longest: queue });
        // No more comes through than is sent, but with a queue less is to be sent in any case.
        state.through_kbps = through.min(sent.or(state.limit_kbps).unwrap_or(f64::MAX));
        state.drains = queue >= config.queue_very_long;
        self.limit(self.state.through_kbps * config.use_of_through, now);
    }

    /// No more than this from now on, and no sooner more than after a queue.
    fn limit(&mut self, kbps: f64, now: Time) {
        let state = &mut self.state;
        (state.limit_kbps, state.changed) = (Some(kbps), now);
        state.probe_backoff = state.probe_backoff.max(self.config.clear_after_queue);
    }

    /// The far end reports how the line does while nothing but probes is sent on it. Where all of them come through, what looks
    /// like a queue is a way that has become longer; a queue of probes drains by itself.
    pub(super) fn probed(&mut self, report: &LinkReport, now: Time) {
        let (config, state) = (self.config, &mut self.state);
        state.drains = false;
        if let Some(most) = report.capacity_kbps.filter(|most| most.is_finite()) {
            let sure = most * config.sure_of_probed;
            if state.limit_kbps.is_none_or(|limit| sure < limit) {
                state.through_kbps = most;
                self.limit(sure, now);
            }
        } else if state.limit_kbps.is_none()
            && report.queuing_delay >= QUEUE_LONG
            && report.kbps > 0.0
            && !report.passes_probes()
        {
            // The same probes are reported until there is something else, so they are no reason for less and less.
            self.limit(report.kbps * config.use_of_probes, now);
        }
    }

    /// Something beside the voice made a queue, and was given up: whether the voice itself does shows after a moment.
    pub(super) fn spare(&mut self, now: Time) {
        self.state.changed = now;
    }
}

#[cfg(test)]
mod lines;
