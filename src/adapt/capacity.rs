//! What one listener's way down carries: how many voices, and in which layer.
//!
//! The estimate follows the same rules as the talker's [`super::RateController`], on any rate instead of a ladder of plans; what
//! fits it is chosen as a selective forwarding unit chooses among simulcast layers (RFC 7667, section 3.7). Probes bound it
//! before anybody talks.

use std::time::Duration;

use super::link_report::{LinkReport, PROVED, QUEUE_LONG, QUEUE_SHORT, QUEUE_STEP, TRIAL};
use super::plan::{Plan, PlanChoice, THIN_LAYER};
use super::repeats::Redundancy;
use crate::ids::{Layer, Time, overhead};

/// Of what came through, the share that is counted on. Of probes it is more, because they are fewer than a voice's datagrams, and
/// share the line with those of the other way and what acknowledges them.
const USE: f64 = 0.92;
const USE_PROBES: f64 = 2.4;
/// From one step down to the next, at least; and while the queue shrinks.
const SETTLE: Duration = Duration::from_millis(900);
const DRAINS: Duration = Duration::from_secs(3);
/// A queue of this length is to be drained fast: this share of the line is used until it is.
const QUEUE_VERY_LONG: Duration = Duration::from_millis(160);
const USE_DRAINING: f64 = 0.7;
const SEEN_AFTER: Duration = Duration::from_millis(120);
/// A bundle of several voices can be this many bytes longer than the shortest, and takes longer to pass a narrow line: that is no
/// queue.
const UNEVEN: f64 = 170.0;
/// How long a line must have had no queue before more is tried, at first and at most, and how much more.
const CLEAR: Duration = Duration::from_secs(30);
const CLEAR_MOST: Duration = Duration::from_secs(480);
const MORE: f64 = 1.25;
/// A line of which a smaller share was used says nothing of more.
const USED: f64 = 0.5;
/// In kilobits a second, what any line has for one voice, and what carries all that can be sent.
const LEAST: f64 = 8.0;
const ALL: f64 = 96.0;

/// What a bundle costs beside its frames, in bytes at the IP level.
const AROUND: f64 = (overhead::DATAGRAM + overhead::DOWN_BUNDLE) as f64;
/// What a frame in it costs beside what is sealed.
const AROUND_FRAME: f64 = (overhead::FRAME_HEAD + overhead::FRAME_LENGTH) as f64;
/// What is sealed of a frame beside its packet; in the thin layer one more.
const SEALED: usize = overhead::TICK + overhead::TAG;

/// What the way down to one listener carries, from how the listener reports that it does.
pub struct Capacity {
    /// In kilobits a second; `None` as long as nothing is known against any rate.
    kbps: Option<f64>,
    changed: Time,
    clear_since: Option<Time>,
    probe_backoff: Duration,
    /// Whether the last change was to more.
    rose: bool,
    /// Until when a queue is being drained.
    drains: Time,
    /// What was counted on before the step down, the queue that led to it, and the longest since then.
    before: Option<(Option<f64>, Duration, Duration)>,
    /// What of the queue isn't ours: the way has become longer. And what was ours in the last report.
    path_delay_shift: Duration,
    queue: Duration,
}

impl Capacity {
    /// Of a line of which nothing is known.
    pub fn new(now: Time) -> Self {
        Self {
            kbps: None,
            changed: now,
            clear_since: None,
            probe_backoff: CLEAR,
            rose: false,
            drains: now,
            before: None,
            path_delay_shift: Duration::ZERO,
            queue: Duration::ZERO,
        }
    }

    /// The listener reports how its line does, on which there were voices lately, or only probes.
    pub fn report(&mut self, report: LinkReport, voices: bool, now: Time) {
        if !voices {
            return self.probed(report);
        }
        let LinkReport { queuing_delay: queue, kbps, rtt, .. } = report;
        self.path_delay_shift = self.path_delay_shift.min(queue);
        let queue = queue - self.path_delay_shift;
        let passed = now.since(self.changed);
        let uneven = Duration::from_secs_f64(self.kbps.map_or(0.0, |kbps| UNEVEN * 8.0 / 1000.0 / kbps));
        let shrinks = queue < std::mem::replace(&mut self.queue, queue);
        if let Some((_, _, longest)) = &mut self.before {
            *longest = queue.max(*longest);
        }
        if let Some((before, then, longest)) = self.before
            && passed >= PROVED + rtt
            && queue >= QUEUE_SHORT
            && longest < then + QUEUE_STEP
            && queue + QUEUE_STEP > longest
        {
            (self.kbps, self.changed, self.before) = (before, now, None);
            self.path_delay_shift += queue;
        } else if queue >= if self.rose { QUEUE_LONG } else { QUEUE_LONG + uneven } {
            // What the step up has led to shows at once.
            self.clear_since = None;
            match self.before {
                Some((_, then, _)) if passed < PROVED + rtt && queue < then + QUEUE_STEP => {}
                _ if kbps <= 0.0 => {} // Too little has come to tell.
                _ if self.rose || passed >= SETTLE + rtt && !shrinks || passed >= DRAINS => {
                    self.found_less(queue, kbps, rtt, now);
                }
                _ => {}
            }
        } else if queue >= QUEUE_SHORT + uneven {
            self.clear_since = None;
        } else {
            self.before.take_if(|_| queue < QUEUE_SHORT);
            let clear_since = *self.clear_since.get_or_insert(now);
            let used = |most: &f64| kbps >= most * USED;
            if let Some(most) = self.kbps.filter(used)
                && now.since(clear_since) >= self.probe_backoff
                && passed >= self.probe_backoff
                && report.capacity_kbps.is_none_or(|known| known > most)
            {
                let more = most * MORE;
                (self.kbps, self.changed, self.rose) = ((more < ALL).then_some(more), now, true);
            }
        }
        if self.rose && now.since(self.changed) >= TRIAL {
            (self.rose, self.probe_backoff) = (false, (self.probe_backoff / 2).max(CLEAR));
        }
    }

    fn probed(&mut self, report: LinkReport) {
        let LinkReport { queuing_delay: queue, kbps, capacity_kbps: most, .. } = report;
        if let Some(most) = most.filter(|most| most.is_finite()) {
            let most = most.clamp(LEAST, ALL);
            self.kbps = Some(self.kbps.map_or(most, |before| before.min(most)));
        } else if queue >= QUEUE_LONG && kbps.is_finite() && !report.passes_probes() {
            // The same probes are reported until there is something else, so they are no reason for less and less.
            let through = (kbps * USE_PROBES).clamp(LEAST, ALL);
            self.kbps = Some(self.kbps.map_or(through, |before| before.max(through)));
        }
    }

    fn found_less(&mut self, queue: Duration, kbps: f64, rtt: Duration, now: Time) {
        if queue >= QUEUE_VERY_LONG || self.rose {
            // It has grown since it was seen, and drains by what isn't used of the line.
            self.drains = now + (queue + rtt + SEEN_AFTER).div_f64(1.0 - USE_DRAINING);
        }
        if std::mem::take(&mut self.rose) {
            self.probe_backoff = (self.probe_backoff * 2).min(CLEAR_MOST);
        } else {
            self.before.get_or_insert((self.kbps, queue, queue));
        }
        let through = if kbps.is_finite() { kbps * USE } else { LEAST };
        // No more comes through than is sent, but with a queue less is to be sent in any case.
        let most = self.kbps.map_or(ALL, |before| before * USE);
        (self.kbps, self.changed) = (Some(through.min(most).max(LEAST)), now);
    }

    /// What it carries in kilobits a second at the IP level; `None` as long as that's enough for anything.
    pub fn kbps(&self, now: Time) -> Option<f64> {
        self.kbps.map(|kbps| if now < self.drains { kbps * USE_DRAINING } else { kbps })
    }

    /// What fits, of talkers whose voices cost `full` kilobits a second in the full layer ([`voice_kbps`]), in the order in which
    /// they came.
    pub fn fit(&self, full: &[f64], now: Time) -> Fit {
        let Some(most) = self.kbps(now) else { return Fit { voices: full.len().max(1), layer: Layer::Full } };
        let thin_voice = voice_kbps(THIN_LAYER.packet_bytes() + SEALED + overhead::THIN_COUNT, thin_interval());
        for voices in (1..=full.len()).rev() {
            let full = full.iter().take(voices);
            if full.clone().sum::<f64>() + AROUND * 8.0 / 60.0 <= most {
                return Fit { voices, layer: Layer::Full };
            }
            let thin = full.map(|full| full.min(thin_voice)).sum::<f64>();
            if thin + AROUND * 8.0 / thin_interval().as_millis() as f64 <= most {
                return Fit { voices, layer: Layer::Thin };
            }
        }
        Fit { voices: 1, layer: Layer::Thin }
    }
}

/// What is sent to a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Talkers at once, from 1 on.
    pub voices: usize,
    /// The layer in which they are sent; a talker who has no thin one is sent in full.
    pub layer: Layer,
}

/// What a voice costs in kilobits a second at the IP level, beside its bundle: frames of `bytes`, sealed, one each `interval`.
pub fn voice_kbps(bytes: usize, interval: Duration) -> f64 {
    (bytes as f64 + AROUND_FRAME) * 8.0 / interval.as_millis().max(1) as f64
}

/// What the line of a listener with this many `others` must carry to do without the thin layer, in kilobits a second: two voices of
/// the usual plan, or one where there is no second.
pub fn layers_below(others: usize) -> f64 {
    let usual = Plan::from(PlanChoice::Auto);
    let second = voice_kbps(usual.packet_bytes() + SEALED, Duration::from_millis(usual.packet_ms().into()));
    usual.kbps(Redundancy::NONE) + if others > 1 { second } else { 0.0 }
}

fn thin_interval() -> Duration {
    Duration::from_millis(THIN_LAYER.packet_ms().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    fn report(queue: u64, kbps: f64) -> LinkReport {
        LinkReport {
            queuing_delay: Duration::from_millis(queue),
            kbps,
            rtt: Duration::from_millis(100),
            ..LinkReport::default()
        }
    }

    fn of(kbps: f64) -> Capacity {
        Capacity { kbps: Some(kbps), ..Capacity::new(at(0)) }
    }

    /// A voice of the usual plan, beside its bundle.
    fn usual() -> f64 {
        voice_kbps(99, Duration::from_millis(60))
    }

    #[test]
    fn what_does_not_fit_in_full_is_thin_and_then_fewer() {
        let fits = |kbps| {
            let all = [1, 2, 3].map(|talkers| of(kbps).fit(&vec![usual(); talkers], at(0)));
            all.map(|fit| (fit.voices, if fit.layer == Layer::Thin { "thin" } else { "full" }))
        };
        assert_eq!(fits(60.0), [(1, "full"), (2, "full"), (3, "full")]);
        assert_eq!(fits(40.0), [(1, "full"), (2, "full"), (3, "thin")]);
        assert_eq!(fits(24.0), [(1, "full"), (2, "thin"), (2, "thin")]);
        assert_eq!(fits(15.0), [(1, "thin"); 3]);
        assert_eq!(fits(LEAST), [(1, "thin"); 3]);
        assert_eq!(Capacity::new(at(0)).fit(&[usual(); 3], at(0)), Fit { voices: 3, layer: Layer::Full });
        assert_eq!(Capacity::new(at(0)).fit(&[], at(0)), Fit { voices: 1, layer: Layer::Full });
    }

    #[test]
    fn a_queue_shows_what_fits_and_a_clear_line_is_tried_again() {
        let mut line = Capacity::new(at(0));
        line.report(report(120, 16.0), true, at(1000));
        assert_eq!(line.kbps, Some(16.0 * USE));
        line.report(report(200, 16.0), true, at(1200));
        assert_eq!(line.kbps, Some(16.0 * USE), "it has a moment to show what that did");
        line.report(report(0, 1.0), true, at(1500));
        (2..60).for_each(|second| line.report(report(0, 1.0), true, at(second * 1000)));
        assert_eq!(line.kbps, Some(16.0 * USE), "nobody has talked");
        line.report(report(0, 12.6), true, at(60_000));
        assert_eq!(line.kbps, Some(16.0 * USE * MORE));
        line.report(report(100, 16.0), true, at(62_000));
        let tried = |line: &mut Capacity, from: u64| {
            let before = line.kbps;
            (from..).find(|second| {
                line.report(report(0, 12.6), true, at(second * 1000));
                line.kbps != before
            })
        };
        assert_eq!(tried(&mut line, 63), Some(123), "what was too much is tried again later");
    }

    #[test]
    fn a_way_that_becomes_longer_is_no_queue() {
        let mut line = Capacity::new(at(0));
        let mut least: f64 = ALL;
        for step in 0..40 {
            line.report(report(if step < 4 { 0 } else { 110 + step % 3 * 10 }, 21.0), true, at(step * 300));
            least = least.min(line.kbps(at(step * 300)).unwrap_or(ALL));
        }
        assert!(least < ALL, "it was tried");
        assert_eq!(line.kbps, None);
    }

    #[test]
    fn impossible_figures_do_no_harm() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let mut line = Capacity::new(at(0));
            for second in 0..100 {
                line.report(report(if second % 2 == 0 { 90 } else { 0 }, wrong), true, at(second * 1000));
                assert!(line.kbps.is_none_or(|kbps| (LEAST..=ALL).contains(&kbps)), "{:?}", line.kbps);
                assert!((1..=3).contains(&line.fit(&[usual(); 3], at(second * 1000)).voices));
            }
        }
    }
}
