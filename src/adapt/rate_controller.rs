//! The congestion control: how a voice is coded so that it fits its line. QUIC's own is switched off, so this must be it.
//!
//! A line that is too narrow shows by a queue long before it loses anything. Then the plan goes down at once to what came
//! through, less what the queue needs to drain; and up again a rung at a time, after a while, and after twice the while where
//! the rung before did not last.

use std::time::Duration;

use super::nack::TWICE_FROM;
use super::redundancy::ROOM;
use super::{Plan, PlanChoice, Redundancy};
use crate::ids::Time;

/// IP, UDP and QUIC around a datagram, a bundle's stamp, a frame's head, media time and tag.
const AROUND: u32 = 53 + 1 + 4 + 1 + 8;
/// What a repeated frame has beyond its sound.
const AROUND_REPEAT: u32 = 6 + 1 + 8;

/// From the best sound to the narrowest line.
const RUNGS: [Plan; 10] = [
    Plan::of(24_000, 20, 1),
    Plan::of(24_000, 40, 1),
    Plan::of(16_000, 60, 1),
    Plan::of(12_000, 60, 1),
    Plan::of(10_000, 60, 1),
    Plan::of(8_000, 60, 1),
    Plan::of(8_000, 40, 2),
    Plan::of(9_600, 60, 2),
    Plan::of(8_000, 60, 2),
    Plan::of(6_000, 60, 2),
];
/// Where each choice begins; it never goes above.
const AUTO: usize = 3;
const THIN: usize = 8;
const LAST: usize = RUNGS.len() - 1;

/// How the thin layer is coded, as far as a packet is whole.
pub const THIN_LAYER: Plan = RUNGS[THIN];

/// A queue that is longer than this is too long, and one shorter than that is none.
const LONG: Duration = Duration::from_millis(60);
const SHORT: Duration = Duration::from_millis(40);
/// Of what came through, the share that is used while a queue drains; and where it is very long.
const USE: f64 = 0.88;
const USE_LONG: f64 = 0.72;
const VERY_LONG: Duration = Duration::from_millis(100);
/// After a step down the line has this long, and a round trip, to show what it did.
const SETTLE: Duration = Duration::from_millis(400);
/// A queue that a step down has made no shorter by so much after so long is no queue of ours: the way has become longer.
const SHRINKS: Duration = Duration::from_millis(60);
const PROVED: Duration = Duration::from_millis(1500);
/// What of the voice must come through a line that isn't too narrow for it, as far as a moment with losses shows it; and of probes.
const PASSES: f64 = 0.6;
/// What probes cost: 157 bytes on average each 90 ms.
const PROBES_KBPS: f64 = 13.9;
/// How long a line must have had no queue before a rung up is tried: where it fits what came through a queue or the one before
/// lasted, else at first, and at most. A rung too many costs listeners on narrow lines more than half a second of delay, for a while.
const CALM: Duration = Duration::from_secs(8);
const CALM_AFTER: Duration = Duration::from_secs(30);
const CALM_MOST: Duration = Duration::from_secs(480);
/// Of what came through while a queue stood, the share that is taken for sure to fit.
const FITS: f64 = 0.95;
/// The same of what probes have shown, which is less exact.
const FITS_KNOWN: f64 = 0.92;
/// A rung up that meets a queue within this time was one too many.
const TRIAL: Duration = Duration::from_secs(10);
/// Over a longer round trip nothing can be asked for again: there a little loss is met by better sound of what comes.
const FAR: Duration = Duration::from_millis(300);
const LITTLE_LOSS: std::ops::Range<f64> = 0.004..0.02;
/// Where so much is lost that answers make up a good part of what is sent, most bits a second.
const MUCH_LOSS: f64 = 0.28;
const WITH_MUCH_LOSS: u32 = 9_600;
/// Most bits a second without copies, with one of each frame, and with two.
const WITH_COPIES: [u32; 3] = [u32::MAX, 12_000, 8_400];

/// How a line does, as its far end says.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkReport {
    /// Share lost, `0.0..=1.0`.
    pub loss: f64,
    /// How long everything waits.
    pub queuing_delay: Duration,
    /// What came through at the IP level, in kilobits a second.
    pub kbps: f64,
    /// The round trip; zero while it is not known.
    pub rtt: Duration,
    /// What can come through at most, in kilobits a second; `None` where nothing is known against more.
    pub capacity_kbps: Option<f64>,
}

impl LinkReport {
    /// Whether, as far as they aren't lost, probes come through as fast as they are sent.
    pub(super) fn all_probes(&self) -> bool {
        self.kbps >= PASSES * (1.0 - self.loss) * PROBES_KBPS
    }

    /// Whether what is asked for on this line is worth sending twice: it loses enough, and has room.
    pub fn answer_twice(&self) -> bool {
        self.loss >= TWICE_FROM && self.queuing_delay < SHORT && self.capacity_kbps.is_none_or(|most| most >= ROOM)
    }
}

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
    /// Whether the last change was up to what had not come through before.
    rose: bool,
    /// The rung before the last step down, the queue that led to it, and the longest since then.
    before: Option<(usize, Duration, Duration)>,
    /// Where to go on when the queue of the last step down has drained.
    rate_after_drain: Option<usize>,
    /// What isn't ours of the queue.
    path_delay_shift: Duration,
    far_and_lossy: bool,
    much_loss: bool,
}

impl RateController {
    /// As a person chose.
    pub fn new(choice: PlanChoice) -> Self {
        let top = match choice {
            PlanChoice::Full => 0,
            PlanChoice::Auto => AUTO,
            PlanChoice::Thin => THIN,
        };
        Self {
            top,
            rung: top,
            changed: Time(0),
            clear_since: None,
            probe_backoff: CALM,
            through: 0.0,
            rose: false,
            before: None,
            rate_after_drain: None,
            path_delay_shift: Duration::ZERO,
            far_and_lossy: false,
            much_loss: false,
        }
    }

    /// The far end says how the line does.
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
        if queue >= LONG {
            self.clear_since = None;
            match self.before {
                // As long as a step down may still help, only a queue that grows calls for another.
                Some((_, then, _)) if passed < PROVED + rtt && queue < then + SHRINKS => {}
                Some((rung, then, _))
                    if passed >= PROVED + rtt && queue + SHRINKS >= then && Self::passes(self.rung, report) =>
                {
                    (self.rung, self.changed, self.before, self.path_delay_shift) =
                        (rung, now, None, self.path_delay_shift + queue);
                }
                _ if passed >= SETTLE + rtt => self.down(queue, kbps, now),
                _ => {}
            }
        } else if queue >= SHORT {
            self.clear_since = None;
            if let Some((rung, then, longest)) = self.before
                && passed >= PROVED + rtt
                && longest < then + SHRINKS
                && Self::passes(self.rung, report)
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
                let probe_backoff = if fits { CALM } else { self.probe_backoff };
                let carried = report.capacity_kbps.is_none_or(|most| up <= most * FITS);
                if carried && now.since(clear_since) >= probe_backoff && now.since(self.changed) >= probe_backoff {
                    (self.rung, self.changed, self.rose) = (self.rung - 1, now, !fits);
                }
            }
        }
        if self.rose && now.since(self.changed) >= TRIAL {
            (self.rose, self.probe_backoff) = (false, (self.probe_backoff / 2).max(CALM));
        }
    }

    /// The far end says how the line does while nothing but probes is sent on it: where all of them come through what looks like a
    /// queue is a way that has become longer, and what stands of them drains by itself.
    pub fn probed(&mut self, report: LinkReport, now: Time) {
        if !self.is_narrow() && !report.all_probes() {
            self.report(report, now);
        }
        self.rung = self.rate_after_drain.take().map_or(self.rung, |rung| rung.min(self.rung));
        if let Some(most) = report.capacity_kbps {
            self.fit(most, now);
        }
    }

    /// The line carries no more than this: what fits it is taken before anything waits.
    fn fit(&mut self, most: f64, now: Time) {
        let fits = |rung: &usize| RUNGS[*rung].kbps(Redundancy::NONE) <= most * FITS_KNOWN;
        let rung = (self.top..=LAST).find(fits).unwrap_or(LAST);
        if rung > self.top {
            (self.rung, self.through, self.changed) = (rung, most, now);
            self.probe_backoff = self.probe_backoff.max(CALM_AFTER);
        }
    }

    /// Whether the line is too narrow for what was chosen, and so for anything beside it.
    pub fn is_narrow(&self) -> bool {
        self.rung > self.top
    }

    /// Whether so much of what is sent on this rung, and not lost, comes through.
    fn passes(rung: usize, LinkReport { kbps, loss, .. }: LinkReport) -> bool {
        kbps >= PASSES * (1.0 - loss) * RUNGS[rung].kbps(Redundancy::NONE)
    }

    fn down(&mut self, queue: Duration, kbps: f64, now: Time) {
        if std::mem::take(&mut self.rose) && now.since(self.changed) < TRIAL {
            self.probe_backoff = (self.probe_backoff * 2).min(CALM_MOST);
        }
        self.probe_backoff = self.probe_backoff.max(CALM_AFTER);
        self.through = kbps;
        let next = (self.rung + 1).min(LAST);
        let within = |share: f64| {
            let fits = |rung: &usize| RUNGS[*rung].kbps(Redundancy::NONE) <= kbps * share || kbps <= 0.0;
            (next..=LAST).find(fits).unwrap_or(LAST)
        };
        self.before = Some((self.rung, queue, queue));
        self.rate_after_drain = Some(within(USE));
        self.rung = within(if queue >= VERY_LONG { USE_LONG } else { USE });
        self.changed = now;
    }

    /// How to code from now on, where frames are repeated like this.
    pub fn plan(&self, repeats: Redundancy) -> Plan {
        let rung = RUNGS[self.rung];
        if self.far_and_lossy && self.rung == AUTO && repeats == Redundancy::NONE {
            return RUNGS[AUTO - 1];
        }
        let most = WITH_COPIES[usize::from(repeats.copies).min(2)];
        let most = if self.much_loss { most.min(WITH_MUCH_LOSS) } else { most };
        Plan { bitrate: rung.bitrate.min(most), ..rung }
    }
}

impl Plan {
    const fn of(bitrate: u32, frame_ms: u16, frames_per_packet: u16) -> Self {
        Self { bitrate, frame_ms, frames_per_packet }
    }

    /// What a talker sends with it at the IP level, in kilobits a second.
    pub fn kbps(self, repeats: Redundancy) -> f64 {
        let sound = self.frame_bytes() as u32 * u32::from(self.frames_per_packet);
        let bytes = AROUND + sound + u32::from(repeats.copies) * (AROUND_REPEAT + sound);
        f64::from(bytes) * 8.0 / f64::from(self.packet_ms())
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

    /// A talker behind a line of `kbps(second)` for `seconds`, told of its way up every 250 ms: the queue, and changes of plan.
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
    fn the_rungs_go_down_and_fit_what_is_promised() {
        let wire: Vec<f64> = RUNGS.iter().map(|plan| plan.kbps(Redundancy::NONE)).collect();
        assert!(wire.windows(2).all(|pair| pair[0] >= pair[1]), "{wire:?}");
        assert!(wire[0] <= 52.0 && wire[AUTO] <= 21.0 && wire[THIN] <= 13.2 && wire[LAST] <= 11.0, "{wire:?}");
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
    fn what_was_too_much_is_tried_again_seldom_and_what_fits_again_is_found() {
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
    fn a_far_line_that_loses_a_little_gets_better_sound_and_a_near_one_does_not() {
        let bitrate = |loss, rtt| {
            let mut controller = RateController::new(PlanChoice::Auto);
            controller.report(LinkReport { loss, rtt: ms(rtt), ..LinkReport::default() }, at(0));
            controller.plan(Redundancy::NONE).bitrate
        };
        assert_eq!([bitrate(0.01, 600), bitrate(0.01, 100), bitrate(0.0, 600)], [16_000, 12_000, 12_000]);
    }

    #[test]
    fn what_nobody_can_have_measured_does_no_harm() {
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
