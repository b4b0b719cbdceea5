//! How a voice is coded so that it fits its line: a ladder of plans, of which the best that the line carries is used.

use std::time::Duration;

use super::link_report::LinkReport;
use super::plan::{AUTO, LAST, Plan, PlanChoice, RUNGS};
use super::rate_config::RateConfig;
use super::rate_controller::{Offer, RateController};
use super::repeats::Redundancy;
use crate::ids::Time;

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
/// use ingle::adapt::{LinkReport, PlanChoice, PlanSelector, Redundancy};
/// use ingle::ids::Time;
///
/// let mut plans = PlanSelector::new(PlanChoice::Auto);
/// assert_eq!(plans.plan(Redundancy::NONE).bitrate, 12_000);
/// // Packets wait 200 ms on the line, and 16 kbps come through: less is sent at once.
/// let report = LinkReport { queuing_delay: Duration::from_millis(200), kbps: 16.0, ..LinkReport::default() };
/// plans.report(report, Time(2_000_000));
/// assert!(plans.plan(Redundancy::NONE).bitrate < 12_000);
/// ```
pub struct PlanSelector {
    top: usize,
    rate_controller: RateController,
    far_and_lossy: bool,
    much_loss: bool,
}

impl PlanSelector {
    /// Begins with the plan of this choice, and never goes above it.
    pub fn new(choice: PlanChoice) -> Self {
        Self {
            top: choice.top(),
            rate_controller: RateController::new(&RateConfig::UPLINK, Time(0)),
            far_and_lossy: false,
            much_loss: false,
        }
    }

    /// The far end reports how the line does while a voice is sent on it.
    pub fn report(&mut self, report: LinkReport, now: Time) {
        let LinkReport { loss, rtt, .. } = report;
        self.far_and_lossy = match self.far_and_lossy {
            true => rtt >= FAR && loss < 2.0 * LITTLE_LOSS.end && loss > LITTLE_LOSS.start / 2.0,
            false => rtt >= FAR && LITTLE_LOSS.contains(&loss),
        };
        self.much_loss = loss >= if self.much_loss { MUCH_LOSS * 0.8 } else { MUCH_LOSS };
        let rung = self.rung();
        let next_kbps = (rung > self.top).then(|| kbps(rung - 1));
        self.rate_controller.report(&report, Offer { sent_kbps: Some(kbps(rung)), next_kbps }, now);
    }

    /// The far end reports how the line does while nothing but probes is sent on it.
    pub fn probed(&mut self, report: LinkReport, now: Time) {
        self.rate_controller.probed(&report, now);
    }

    /// Another plan was chosen: the line is taken to carry it until it shows otherwise.
    pub fn choose(&mut self, choice: PlanChoice) {
        if choice.top() != self.top {
            *self = Self::new(choice);
        }
    }

    /// Copies that made a queue were given up: whether the voice itself does shows after a moment.
    pub fn spare(&mut self, now: Time) {
        self.rate_controller.spare(now);
    }

    /// Whether the line is too narrow for what was chosen, and so for anything beside it.
    pub fn is_narrow(&self) -> bool {
        self.rung() > self.top
    }

    /// The best plan that the line carries, from what was chosen down.
    fn rung(&self) -> usize {
        let Some(limit) = self.rate_controller.limit_kbps() else { return self.top };
        (self.top..=LAST).find(|rung| kbps(*rung) <= limit).unwrap_or(LAST)
    }

    /// How to code from now on, where frames are repeated as `repeats` says.
    pub fn plan(&self, repeats: Redundancy) -> Plan {
        let at = self.rung();
        let rung = RUNGS[at];
        if self.far_and_lossy && at == AUTO && repeats == Redundancy::NONE {
            return RUNGS[AUTO - 1];
        }
        if at == 0 {
            return rung; // It was chosen where data is no matter, and so are copies.
        }
        let most = WITH_COPIES[usize::from(repeats.copies).min(2)];
        let most = if self.much_loss { most.min(WITH_MUCH_LOSS) } else { most };
        Plan { bitrate: rung.bitrate.min(most), ..rung }
    }
}

/// What a rung costs without copies.
fn kbps(rung: usize) -> f64 {
    RUNGS[rung].kbps(Redundancy::NONE)
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
    fn drive(controller: &mut PlanSelector, seconds: u64, kbps: impl Fn(u64) -> f64) -> (Vec<u64>, u32) {
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
            PlanSelector::new(PlanChoice::Auto)
                .plan(Redundancy { copies, distance: 2 })
                .kbps(Redundancy { copies, distance: 2 })
        };
        assert!(copies(1) <= 35.0 && copies(2) <= 39.0, "{} {}", copies(1), copies(2));
    }

    #[test]
    fn a_wide_line_changes_nothing() {
        for choice in [PlanChoice::Auto, PlanChoice::Thin, PlanChoice::Full] {
            let mut controller = PlanSelector::new(choice);
            let (queues, changes) = drive(&mut controller, 600, |_| 64.0);
            assert_eq!((queues.iter().max(), changes), (Some(&0), 0));
        }
    }

    #[test]
    fn a_line_that_narrows_has_no_long_queue_two_seconds_later() {
        for choice in [PlanChoice::Auto, PlanChoice::Full] {
            let mut controller = PlanSelector::new(choice);
            let (queues, _) = drive(&mut controller, 60, |second| if second < 10 { 64.0 } else { 16.0 });
            let after = queues.iter().skip(12 * 20).max().copied().unwrap_or(0);
            let most = queues.iter().max().copied().unwrap_or(0);
            println!("{choice:?}: at most {most} ms, from 2 s on {after} ms");
            assert!(after < 200, "{choice:?}: {after}");
        }
    }

    #[test]
    fn a_way_that_becomes_longer_is_no_queue() {
        let mut controller = PlanSelector::new(PlanChoice::Auto);
        let mut worst = AUTO;
        for step in 0..240 {
            let way = if step < 40 { 0 } else { 260 };
            let kbps = RUNGS[controller.rung()].kbps(Redundancy::NONE);
            controller.report(
                LinkReport { loss: 0.2, queuing_delay: ms(way), kbps: kbps * 0.75, rtt: ms(200), capacity_kbps: None },
                at(step * 250),
            );
            worst = worst.max(controller.rung());
            assert!(step < 60 || controller.rung() == AUTO, "step {step}: rung {}", controller.rung());
        }
        assert!(worst > AUTO, "it was tried");
    }

    #[test]
    fn too_much_is_tried_rarely_and_what_fits_again_is_found() {
        let mut controller = PlanSelector::new(PlanChoice::Auto);
        let (queues, changes) = drive(&mut controller, 1800, |_| 16.0);
        println!(
            "{changes} changes in half an hour, a queue of more than 150 ms {} of 36000 times",
            queues.iter().filter(|queue| **queue > 150).count()
        );
        assert!(changes <= 50, "{changes}");
        let mut controller = PlanSelector::new(PlanChoice::Auto);
        drive(&mut controller, 120, |second| if second < 30 { 14.0 } else { 64.0 });
        assert_eq!(controller.rung(), AUTO);
    }

    #[test]
    fn a_far_line_with_a_little_loss_gets_better_sound() {
        let bitrate = |loss, rtt| {
            let mut controller = PlanSelector::new(PlanChoice::Auto);
            controller.report(LinkReport { loss, rtt: ms(rtt), ..LinkReport::default() }, at(0));
            controller.plan(Redundancy::NONE).bitrate
        };
        assert_eq!([bitrate(0.01, 600), bitrate(0.01, 100), bitrate(0.0, 600)], [16_000, 12_000, 12_000]);
    }

    #[test]
    fn impossible_figures_do_no_harm() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let mut controller = PlanSelector::new(PlanChoice::Full);
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
