//! The congestion control: how a voice is coded so that it fits its line.
//!
//! A line that is too narrow shows by a queue long before it loses anything. So the signal is delay, as in Google Congestion
//! Control (Carlucci et al., 2016): on a queue the rate goes at once below what came through, until the queue has drained. It
//! departs from GCC in three ways. A voice has a ladder of plans instead of any rate, and goes up a rung at a time; each rung up
//! that meets a queue doubles the time until the next try. Loss is no signal, because radio lines lose without being full. And a
//! queue that a lower rate doesn't shorten is taken for a way that has become longer.

use std::time::Duration;

use super::link_report::{LinkReport, PROVED, QUEUE_LONG, QUEUE_SHORT, QUEUE_STEP, TRIAL};
use super::plan::{AUTO, LAST, Plan, PlanChoice, RUNGS};
use super::repeats::Redundancy;
use crate::ids::Time;

/// Of what came through, the share that is used while a queue drains; and while a very long one does.
const USE: f64 = 0.88;
const USE_LONG: f64 = 0.72;
const QUEUE_VERY_LONG: Duration = Duration::from_millis(100);
/// After a step down the line has this long, and a round trip, to show what it did.
const SETTLE: Duration = Duration::from_millis(400);
/// How long a line must have had no queue before a rung up is tried: where the rung fits what came through a queue, or the one
/// before lasted; after a step down; and at most. A rung too many costs listeners on narrow lines half a second of delay for a
/// while.
const CLEAR: Duration = Duration::from_secs(8);
const CLEAR_AFTER_QUEUE: Duration = Duration::from_secs(30);
const CLEAR_MOST: Duration = Duration::from_secs(480);
/// Of what came through while a queue stood, the share that is sure to fit.
const FITS: f64 = 0.95;
/// The same of what probes have shown, which is less exact.
const FITS_PROBED: f64 = 0.92;
/// Over a longer round trip nothing can be asked for again: there a little loss is met by better sound of what comes.
const FAR: Duration = Duration::from_millis(300);
const LITTLE_LOSS: std::ops::Range<f64> = 0.004..0.02;
/// Where so much is lost that answers make up a good part of what is sent, most bits a second.
const MUCH_LOSS: f64 = 0.28;
const WITH_MUCH_LOSS: u32 = 9_600;
/// Most bits a second without copies, with one of each frame, and with two.
const WITH_COPIES: [u32; 3] = [u32::MAX, 12_000, 8_400];

/// One voice's plan on one line.
///
/// ```
/// use std::time::Duration;
///
/// use ingle::adapt::{LinkReport, PlanChoice, RateController, Redundancy};
/// use ingle::ids::Time;
///
/// let mut rate = RateController::new(PlanChoice::Auto);
/// assert_eq!(rate.plan(Redundancy::NONE).bitrate, 12_000);
/// // Packets wait 200 ms on the line, and 16 kbps come through: less is sent at once.
/// let report = LinkReport { queuing_delay: Duration::from_millis(200), kbps: 16.0, ..LinkReport::default() };
/// rate.report(report, Time(2_000_000));
/// assert!(rate.plan(Redundancy::NONE).bitrate < 12_000);
/// ```
pub struct RateController {
    top: usize,
    rung: usize,
    /// When the rung last changed, and since when there has been no queue.
    changed: Time,
    clear_since: Option<Time>,
    probe_backoff: Duration,
    /// What came through when a queue stood last, in kilobits a second.
    through: f64,
    /// Whether the last change was up, to more than had come through before.
    rose: bool,
    /// The rung before the last step down, the queue that led to it, and the longest since then.
    before: Option<(usize, Duration, Duration)>,
    /// Where to go on when the queue of the last step down has drained.
    rate_after_drain: Option<usize>,
    /// What of the queue isn't ours: the way has become longer.
    path_delay_shift: Duration,
    far_and_lossy: bool,
    much_loss: bool,
}

impl RateController {
    /// Begins with the plan of this choice, and never goes above it.
    pub fn new(choice: PlanChoice) -> Self {
        Self {
            top: choice.top(),
            rung: choice.top(),
            changed: Time(0),
            clear_since: None,
            probe_backoff: CLEAR,
            through: 0.0,
            rose: false,
            before: None,
            rate_after_drain: None,
            path_delay_shift: Duration::ZERO,
            far_and_lossy: false,
            much_loss: false,
        }
    }

    /// The far end reports how the line does while a voice is sent on it.
    pub fn report(&mut self, report: LinkReport, now: Time) {
        let LinkReport { loss, queuing_delay: queue, kbps, rtt, .. } = report;
        self.far_and_lossy = match self.far_and_lossy {
            true => rtt >= FAR && loss < 2.0 * LITTLE_LOSS.end && loss > LITTLE_LOSS.start / 2.0,
            false => rtt >= FAR && LITTLE_LOSS.contains(&loss),
        };
        self.much_loss = loss >= if self.much_loss { MUCH_LOSS * 0.8 } else { MUCH_LOSS };
        self.path_delay_shift = self.path_delay_shift.min(queue);
        let queue = queue - self.path_delay_shift;
        let passed = now.since(self.changed);
        if let Some((_, _, longest)) = &mut self.before {
            *longest = queue.max(*longest);
        }
        if queue >= QUEUE_LONG {
            self.clear_since = None;
            match self.before {
                // As long as a step down may still help, only a queue that grows calls for another.
                Some((_, then, _)) if passed < PROVED + rtt && queue < then + QUEUE_STEP => {}
                Some((rung, then, _))
                    if passed >= PROVED + rtt
                        && queue + QUEUE_STEP >= then
                        && report.passes(RUNGS[self.rung].kbps(Redundancy::NONE)) =>
                {
                    (self.rung, self.changed, self.before, self.path_delay_shift) =
                        (rung, now, None, self.path_delay_shift + queue);
                }
                _ if passed >= SETTLE + rtt => self.down(queue, kbps, now),
                _ => {}
            }
        } else if queue >= QUEUE_SHORT {
            self.clear_since = None;
            if let Some((rung, then, longest)) = self.before
                && passed >= PROVED + rtt
                && longest < then + QUEUE_STEP
                && report.passes(RUNGS[self.rung].kbps(Redundancy::NONE))
            {
                (self.rung, self.changed, self.before, self.path_delay_shift) =
                    (rung, now, None, self.path_delay_shift + queue);
            }
        } else {
            self.before = None;
            if let Some(rung) = self.rate_after_drain.take().filter(|rung| *rung < self.rung) {
                (self.rung, self.changed) = (rung, now);
            }
            let clear_since = *self.clear_since.get_or_insert(now);
            if self.rung > self.top {
                let up = RUNGS[self.rung - 1].kbps(Redundancy::NONE);
                let fits = up <= self.through * FITS;
                let probe_backoff = if fits { CLEAR } else { self.probe_backoff };
                let carried = report.capacity_kbps.is_none_or(|most| up <= most * FITS);
                if carried && now.since(clear_since) >= probe_backoff && now.since(self.changed) >= probe_backoff {
                    (self.rung, self.changed, self.rose) = (self.rung - 1, now, !fits);
                }
            }
        }
        if self.rose && now.since(self.changed) >= TRIAL {
            (self.rose, self.probe_backoff) = (false, (self.probe_backoff / 2).max(CLEAR));
        }
    }

    /// Another plan was chosen: the line is taken to carry it until it shows otherwise.
    pub fn choose(&mut self, choice: PlanChoice) {
        if choice.top() != self.top {
            *self = Self::new(choice);
        }
    }

    /// Copies that made a queue were given up: whether the voice itself does shows after a moment.
    pub fn spare(&mut self, now: Time) {
        self.changed = now;
    }

    /// The far end reports how the line does while nothing but probes is sent on it. Where all of them come through, what looks
    /// like a queue is a way that has become longer; a queue of probes drains by itself.
    pub fn probed(&mut self, report: LinkReport, now: Time) {
        if !self.is_narrow() && !report.passes_probes() {
            self.report(report, now);
        }
        self.rung = self.rate_after_drain.take().map_or(self.rung, |rung| rung.min(self.rung));
        if let Some(most) = report.capacity_kbps {
            self.fit(most, now);
        }
    }

    /// The line carries no more than `most` kilobits a second: a plan that fits is taken before anything waits.
    fn fit(&mut self, most: f64, now: Time) {
        let fits = |rung: &usize| RUNGS[*rung].kbps(Redundancy::NONE) <= most * FITS_PROBED;
        let rung = (self.top..=LAST).find(fits).unwrap_or(LAST);
        if rung > self.top {
            (self.rung, self.through, self.changed) = (rung, most, now);
            self.probe_backoff = self.probe_backoff.max(CLEAR_AFTER_QUEUE);
        }
    }

    /// Whether the line is too narrow for what was chosen, and so for anything beside it.
    pub fn is_narrow(&self) -> bool {
        self.rung > self.top
    }

    fn down(&mut self, queue: Duration, kbps: f64, now: Time) {
        if std::mem::take(&mut self.rose) && now.since(self.changed) < TRIAL {
            self.probe_backoff = (self.probe_backoff * 2).min(CLEAR_MOST);
        }
        self.probe_backoff = self.probe_backoff.max(CLEAR_AFTER_QUEUE);
        self.through = kbps;
        let next = (self.rung + 1).min(LAST);
        let within = |share: f64| {
            let fits = |rung: &usize| RUNGS[*rung].kbps(Redundancy::NONE) <= kbps * share || kbps <= 0.0;
            (next..=LAST).find(fits).unwrap_or(LAST)
        };
        self.before = Some((self.rung, queue, queue));
        self.rate_after_drain = Some(within(USE));
        self.rung = within(if queue >= QUEUE_VERY_LONG { USE_LONG } else { USE });
        self.changed = now;
    }

    /// How to code from now on, where frames are repeated as `repeats` says.
    pub fn plan(&self, repeats: Redundancy) -> Plan {
        let rung = RUNGS[self.rung];
        if self.far_and_lossy && self.rung == AUTO && repeats == Redundancy::NONE {
            return RUNGS[AUTO - 1];
        }
        if self.rung == 0 {
            return rung; // It was chosen where data is no matter, and so are copies.
        }
        let most = WITH_COPIES[usize::from(repeats.copies).min(2)];
        let most = if self.much_loss { most.min(WITH_MUCH_LOSS) } else { most };
        Plan { bitrate: rung.bitrate.min(most), ..rung }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    /// A talker behind a line of `kbps(second)` for `seconds`, with a report of its way up every 250 ms: the queue in milliseconds,
    /// and how often the plan changed.
    fn drive(controller: &mut RateController, seconds: u64, kbps: impl Fn(u64) -> f64) -> (Vec<u64>, u32) {
        let (mut queue, mut queues, mut changes) = (0.0_f64, vec![], 0);
        let mut last = controller.plan(Redundancy::NONE);
        for step in 0..seconds * 20 {
            let (now, line) = (step * 50, kbps(step / 20));
            let plan = controller.plan(Redundancy::NONE);
            changes += u32::from(plan != last);
            last = plan;
            let rate = plan.kbps(Redundancy::NONE);
            queue = (queue + (rate / line - 1.0) * 50.0).clamp(0.0, 3000.0);
            queues.push(queue as u64);
            if step % 5 == 0 {
                let through = if queue > 0.0 { line } else { rate.min(line) };
                let report = LinkReport {
                    loss: 0.0,
                    queuing_delay: ms(queue as u64),
                    kbps: through,
                    rtt: ms(100),
                    capacity_kbps: None,
                };
                controller.report(report, at(now));
            }
        }
        (queues, changes)
    }

    #[test]
    fn plans_with_copies_cost_what_is_promised() {
        let copies = |copies| {
            RateController::new(PlanChoice::Auto)
                .plan(Redundancy { copies, distance: 2 })
                .kbps(Redundancy { copies, distance: 2 })
        };
        assert!(copies(1) <= 35.0 && copies(2) <= 39.0, "{} {}", copies(1), copies(2));
    }

    #[test]
    fn a_wide_line_changes_nothing() {
        for choice in [PlanChoice::Auto, PlanChoice::Thin, PlanChoice::Full] {
            let mut controller = RateController::new(choice);
            let (queues, changes) = drive(&mut controller, 600, |_| 64.0);
            assert_eq!((queues.iter().max(), changes), (Some(&0), 0));
        }
    }

    #[test]
    fn a_line_that_narrows_has_no_long_queue_two_seconds_later() {
        for choice in [PlanChoice::Auto, PlanChoice::Full] {
            let mut controller = RateController::new(choice);
            let (queues, _) = drive(&mut controller, 60, |second| if second < 10 { 64.0 } else { 16.0 });
            let after = queues.iter().skip(12 * 20).max().copied().unwrap_or(0);
            let most = queues.iter().max().copied().unwrap_or(0);
            println!("{choice:?}: at most {most} ms, from 2 s on {after} ms");
            assert!(after < 200, "{choice:?}: {after}");
        }
    }

    #[test]
    fn a_way_that_becomes_longer_is_no_queue() {
        let mut controller = RateController::new(PlanChoice::Auto);
        let mut worst = AUTO;
        for step in 0..240 {
            let way = if step < 40 { 0 } else { 260 };
            let kbps = RUNGS[controller.rung].kbps(Redundancy::NONE);
            controller.report(
                LinkReport { loss: 0.2, queuing_delay: ms(way), kbps: kbps * 0.75, rtt: ms(200), capacity_kbps: None },
                at(step * 250),
            );
            worst = worst.max(controller.rung);
            assert!(step < 60 || controller.rung == AUTO, "step {step}: rung {}", controller.rung);
        }
        assert!(worst > AUTO, "it was tried");
    }

    #[test]
    fn too_much_is_tried_rarely_and_what_fits_again_is_found() {
        let mut controller = RateController::new(PlanChoice::Auto);
        let (queues, changes) = drive(&mut controller, 1800, |_| 16.0);
        println!(
            "{changes} changes in half an hour, a queue of more than 150 ms {} of 36000 times",
            queues.iter().filter(|queue| **queue > 150).count()
        );
        assert!(changes <= 50, "{changes}");
        let mut controller = RateController::new(PlanChoice::Auto);
        drive(&mut controller, 120, |second| if second < 30 { 14.0 } else { 64.0 });
        assert_eq!(controller.rung, AUTO);
    }

    #[test]
    fn a_far_line_with_a_little_loss_gets_better_sound() {
        let bitrate = |loss, rtt| {
            let mut controller = RateController::new(PlanChoice::Auto);
            controller.report(LinkReport { loss, rtt: ms(rtt), ..LinkReport::default() }, at(0));
            controller.plan(Redundancy::NONE).bitrate
        };
        assert_eq!([bitrate(0.01, 600), bitrate(0.01, 100), bitrate(0.0, 600)], [16_000, 12_000, 12_000]);
    }

    #[test]
    fn impossible_figures_do_no_harm() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let mut controller = RateController::new(PlanChoice::Full);
            for second in 0..100 {
                let report = LinkReport {
                    loss: wrong,
                    queuing_delay: ms(90),
                    kbps: wrong,
                    rtt: ms(0),
                    capacity_kbps: Some(wrong),
                };
                controller.report(report, at(second * 1000));
                assert!((6_000..=24_000).contains(&controller.plan(Redundancy::NONE).bitrate));
            }
        }
    }
}
