//! Which frames are sent again unasked on a hop that loses some of them.
//!
//! The idea is that of RFC 2198 (redundant audio data): behind a later frame, in the same datagram, a frame costs its bytes but
//! no packet. It departs from it in that the copy is the sealed frame itself, not a cheaper coding, which a relay couldn't make;
//! and that the distance follows the length of the gaps, so that a frame and its copy don't fall into the same one.

use std::time::Duration;

use super::link_report::{LinkReport, ROOM_KBPS};
use super::loss_estimator::burstiness;
use super::nack;
use super::plan::{Plan, PlanChoice};
use super::rate_config::QUEUE_LONG;
use super::repeats::Redundancy;
use crate::ids::Time;

/// How long a line must have been better before less is repeated on it.
const BETTER_FOR: Duration = Duration::from_secs(5);
/// For one and for two copies, the share lost from which on they are sent, and down to which they stay.
type Shares = [(f64, f64); 2];
/// On a near line what is lost is asked for again, which is cheaper unless most is lost; on a far one an answer would come too late.
const NEAR: Shares = [(0.60, 0.50), (0.75, 0.65)];
const FAR: Shares = [(0.022, 0.014), (0.30, 0.22)];
/// Where data is no matter a copy is sooner than any answer: one from where there is a loss at all, and two from where those that
/// are lost with their copy are heard. At 5 % two copies of each frame of 20 ms score 0.15 PESQ more than one.
const FULL: Shares = [(0.01, 0.005), (0.03, 0.02)];
/// From this queue on copies make it worse, and would again before long: they are tried again after this time at first, and after
/// twice the time each time that they did, up to the last.
const QUEUE_FULL: Duration = Duration::from_millis(80);
const FULL_FOR: Duration = Duration::from_secs(20);
const FULL_MOST: Duration = Duration::from_secs(320);
/// Steps of the distance beyond [`NEAREST`], by the [`burstiness`] that enters and that leaves each.
const FARTHER: [(f64, f64); 3] = [(1.3, 1.15), (1.9, 1.5), (3.2, 2.7)];
/// The distance where each loss is by itself: the copy comes with the next frame.
const NEAREST: u8 = 1;

/// The rule for one hop of which only this is known: the share it loses, the mean length of its gaps, and its round trip.
pub(super) fn on(choice: PlanChoice, loss: f64, gap: f64, rtt: Duration) -> Redundancy {
    match reached(loss, shares(choice, rtt)) {
        0 => Redundancy::NONE,
        copies => Redundancy { copies, distance: NEAREST + reached(burstiness(loss, gap), &FARTHER) },
    }
}

/// Where a hop of this plan is repaired by copies.
fn shares(choice: PlanChoice, rtt: Duration) -> &'static Shares {
    match choice {
        PlanChoice::Full => &FULL,
        PlanChoice::Auto | PlanChoice::Thin if rtt > nack::WORTH => &FAR,
        PlanChoice::Auto | PlanChoice::Thin => &NEAR,
    }
}

/// How many copies the line has room for, by what is known of it.
fn room(choice: PlanChoice, capacity_kbps: Option<f64>) -> u8 {
    let Some(most) = capacity_kbps else { return 2 };
    match choice {
        PlanChoice::Full => {
            let fits = |copies| Plan::from(choice).kbps(Redundancy { copies, distance: NEAREST }) <= most;
            (1..=2).rev().find(|copies| fits(*copies)).unwrap_or(0)
        }
        // They are coded with fewer bits where there are copies.
        PlanChoice::Auto | PlanChoice::Thin => {
            if most >= ROOM_KBPS {
                2
            } else {
                0
            }
        }
    }
}

/// The number of steps that `of` has entered.
fn reached(of: f64, table: &[(f64, f64)]) -> u8 {
    table.iter().filter(|(enter, _)| of >= *enter).count() as u8
}

/// A number that rises at once and falls after [`BETTER_FOR`].
#[derive(Default)]
struct Steady {
    value: u8,
    /// What has been enough, and since when less than `value` has.
    enough: Option<(u8, Time)>,
}

impl Steady {
    /// The value is the number of `table`'s steps that `of` has entered, or entered before and not left.
    fn follow(&mut self, of: f64, table: &[(f64, f64)], now: Time) {
        self.settle(now);
        let reached = reached(of, table);
        let kept = table.iter().filter(|(_, leave)| of >= *leave).count() as u8;
        if reached >= self.value || kept >= self.value {
            self.value = self.value.max(reached);
            self.enough = None;
        } else {
            // It falls to what has been enough for all of the time.
            let (most, since) = self.enough.unwrap_or((kept, now));
            self.enough = Some((most.max(kept), since));
        }
    }

    fn settle(&mut self, now: Time) {
        if let Some((value, _)) = self.enough.filter(|(_, since)| now.since(*since) >= BETTER_FOR) {
            *self = Self { value, enough: None };
        }
    }
}

/// What one hop needs: more at once, less after a while.
#[derive(Default)]
pub struct RedundancyController {
    choice: PlanChoice,
    copies: Steady,
    farther: Steady,
    /// The most copies that the line has room for.
    room: u8,
    /// Until when the line has no room, and for how long that was assumed last.
    full_until: Time,
    wait: Duration,
}

impl RedundancyController {
    /// For a hop on which what is sent costs what this plan says.
    pub fn new(choice: PlanChoice) -> Self {
        Self { choice, ..Self::default() }
    }

    /// Another plan from now on. What was sent for the sake of the one before ends at once.
    pub fn set_choice(&mut self, choice: PlanChoice) {
        if std::mem::replace(&mut self.choice, choice) != choice {
            (self.copies, self.farther) = (Steady::default(), Steady::default());
        }
    }

    /// The far end reports how the hop does, and the mean length of its gaps. What is no number counts as no loss. Whether copies that
    /// data was no matter for have just ended because of a queue: the voice itself hasn't shown yet whether it fits.
    pub fn report(&mut self, report: LinkReport, gap: f64, now: Time) -> bool {
        let LinkReport { loss, queuing_delay: queue, rtt, .. } = report;
        let loss = if loss.is_finite() { loss.clamp(0.0, 1.0) } else { 0.0 };
        let gap = if gap.is_finite() { gap.clamp(1.0, 16.0) } else { 1.0 };
        let full = self.choice == PlanChoice::Full;
        let gives_way = full && self.copies.value > 0 && queue >= QUEUE_LONG;
        if queue >= QUEUE_FULL || gives_way {
            if self.copies.value > 0 {
                self.wait = (self.wait * 2).min(FULL_MOST);
            }
            (self.copies, self.wait) = (Steady::default(), self.wait.max(FULL_FOR));
            self.full_until = self.full_until.max(now + self.wait);
        }
        self.room = room(self.choice, report.capacity_kbps);
        if now >= self.full_until && self.room > 0 {
            self.copies.follow(loss, shares(self.choice, rtt), now);
            self.farther.follow(burstiness(loss, gap), &FARTHER, now);
        }
        gives_way
    }

    /// What to send again now.
    pub fn repeats(&mut self, now: Time) -> Redundancy {
        self.copies.settle(now);
        self.farther.settle(now);
        let most = if self.choice == PlanChoice::Full { self.room } else { u8::MAX };
        match self.copies.value.min(most) {
            0 => Redundancy::NONE,
            copies => Redundancy { copies, distance: NEAREST + self.farther.value },
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::{RngCore, SeedableRng};

    use super::super::LossEstimator;
    use super::*;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    /// A line whose round trip is too long to ask for anything.
    fn far(loss: f64) -> LinkReport {
        LinkReport { loss, rtt: Duration::from_millis(500), ..LinkReport::default() }
    }

    fn first(loss: f64, gap: f64) -> (u8, u8) {
        let mut redundancy = RedundancyController::default();
        redundancy.report(far(loss), gap, at(0));
        let Redundancy { copies, distance } = redundancy.repeats(at(0));
        (copies, distance)
    }

    #[test]
    fn repeats_follow_the_share_and_the_length_of_gaps() {
        assert_eq!([first(0.0, 1.0), first(0.01, 1.0), first(0.020, 3.0)], [(0, 0); 3]);
        assert_eq!([first(0.05, 1.05), first(0.05, 1.5)], [(1, 1), (1, 2)]);
        assert_eq!(first(0.10, 3.0), (1, 3), "bursts of three");
        assert_eq!(first(0.10, 4.5), (1, 4));
        assert_eq!(first(0.20, 1.25), (1, 1));
        assert_eq!(first(0.40, 1.67), (2, 1));
        let back = |copies, distance| Redundancy { copies, distance }.back().collect::<Vec<_>>();
        assert_eq!((back(0, 0), back(1, 3), back(2, 2)), (vec![], vec![3], vec![2, 4]));
    }

    #[test]
    fn near_lines_repeat_only_much_loss_and_full_lines_nothing() {
        let copies = |loss, rtt, queue| {
            let mut redundancy = RedundancyController::default();
            let (rtt, queue) = (Duration::from_millis(rtt), Duration::from_millis(queue));
            redundancy.report(LinkReport { loss, rtt, queuing_delay: queue, ..LinkReport::default() }, 1.2, at(0));
            redundancy.repeats(at(0)).copies
        };
        assert_eq!([copies(0.1, 80, 0), copies(0.25, 80, 0), copies(0.65, 80, 0), copies(0.75, 80, 0)], [0, 0, 1, 2]);
        assert_eq!([copies(0.1, 500, 0), copies(0.1, 500, 100), copies(0.75, 80, 100)], [1, 0, 0]);
    }

    #[test]
    fn where_data_is_no_matter_copies_come_before_answers() {
        let full = |loss, queue, capacity_kbps| {
            let mut redundancy = RedundancyController::new(PlanChoice::Full);
            let (rtt, queuing_delay) = (Duration::from_millis(80), Duration::from_millis(queue));
            redundancy.report(LinkReport { loss, rtt, queuing_delay, capacity_kbps, kbps: 50.0 }, 1.1, at(0));
            redundancy.repeats(at(0)).copies
        };
        assert_eq!([full(0.0, 0, None), full(0.015, 0, None), full(0.05, 0, None), full(0.2, 0, None)], [0, 1, 2, 2]);
        assert_eq!([full(0.05, 0, Some(64.0)), full(0.05, 0, Some(96.0)), full(0.05, 0, Some(112.0))], [0, 1, 2]);
        // A queue ends them at once, and the voice is left to show by itself whether it fits.
        let mut redundancy = RedundancyController::new(PlanChoice::Full);
        let report = |queue| LinkReport {
            loss: 0.05,
            rtt: Duration::from_millis(80),
            queuing_delay: Duration::from_millis(queue),
            ..LinkReport::default()
        };
        assert!(!redundancy.report(report(0), 1.1, at(0)));
        assert!(redundancy.report(report(70), 1.1, at(2000)));
        assert_eq!(redundancy.repeats(at(2000)), Redundancy::NONE);
        assert!(!redundancy.report(report(70), 1.1, at(2250)));
        assert!(!redundancy.report(report(0), 1.1, at(30_000)));
        assert_eq!(redundancy.repeats(at(30_000)).copies, 2, "tried again after a while");
        redundancy.set_choice(PlanChoice::Auto);
        assert_eq!(redundancy.repeats(at(30_000)), Redundancy::NONE, "another plan, at once");
    }

    #[test]
    fn impossible_figures_do_no_harm() {
        for wrong in [f64::NAN, f64::INFINITY, -3.0, 0.0, 1.0, 1e300] {
            for gap in [f64::NAN, f64::NEG_INFINITY, 0.0, 1e300] {
                let (copies, distance) = first(wrong, gap);
                assert!(copies <= 2 && distance <= 4);
            }
        }
    }

    #[test]
    fn more_comes_at_once_and_less_after_a_while() {
        let mut redundancy = RedundancyController::default();
        redundancy.report(far(0.4), 1.7, at(0));
        assert_eq!(redundancy.repeats(at(0)).copies, 2);
        redundancy.report(far(0.2), 1.2, at(1000));
        assert_eq!(redundancy.repeats(at(5900)).copies, 2);
        assert_eq!(redundancy.repeats(at(6000)).copies, 1);
        redundancy.report(far(0.0), 1.0, at(7000));
        redundancy.report(far(0.0), 1.0, at(9000));
        assert_eq!(redundancy.repeats(at(11_900)).copies, 1);
        assert_eq!(redundancy.repeats(at(12_000)), Redundancy::NONE, "without another report");
        redundancy.report(far(0.4), 1.7, at(12_100));
        assert_eq!(redundancy.repeats(at(12_100)).copies, 2);
    }

    #[test]
    fn a_moment_of_luck_changes_nothing() {
        let mut redundancy = RedundancyController::default();
        for second in 0..60 {
            redundancy.report(far(if second % 4 == 0 { 0.05 } else { 0.0 }), 1.0, at(second * 1000));
            assert_eq!(
                redundancy.repeats(at(second * 1000 + 900)),
                Redundancy { copies: 1, distance: 1 },
                "{second} s"
            );
        }
    }

    /// How often the plan changes in ten minutes, and how many packets have which number of copies, on a steady line.
    fn noisy(loss: f64, gap: f64) -> (u32, [u32; 3]) {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let mut chance = || f64::from(rng.next_u32()) / f64::from(u32::MAX);
        let (mut losses, mut redundancy, mut bad) = (LossEstimator::new(16), RedundancyController::default(), false);
        let (mut changes, mut time, mut last) = (0, [0; 3], Redundancy::NONE);
        for n in 0..10_000_u16 {
            bad = chance() < if bad { 1.0 - 1.0 / gap } else { loss / (gap * (1.0 - loss)) };
            if !bad {
                losses.arrived(n);
            }
            let now = at(u64::from(n) * 60);
            if n % 33 == 0 {
                redundancy.report(far(losses.loss()), losses.gap(), now);
            }
            let repeats = redundancy.repeats(now);
            changes += u32::from(repeats.copies != last.copies);
            last = repeats;
            time[usize::from(repeats.copies)] += 1;
        }
        (changes, time)
    }

    #[test]
    fn a_steady_line_has_a_steady_plan() {
        assert_eq!(noisy(0.0, 1.0), (0, [10_000, 0, 0]));
        for (loss, gap, copies) in
            [(0.01, 1.0, 0), (0.03, 1.03, 1), (0.05, 1.05, 1), (0.10, 3.0, 1), (0.20, 1.25, 1), (0.40, 1.67, 2)]
        {
            let (changes, time) = noisy(loss, gap);
            println!("{loss} in gaps of {gap}: {changes} changes in 10 min, {time:?}");
            assert!(changes <= 12, "{loss}: {changes} changes");
            // What is near the threshold crosses it at times.
            let most = if loss < 0.02 { 8000 } else { 9000 };
            assert!(time[copies] > most, "{loss}: {time:?}");
        }
    }
}
