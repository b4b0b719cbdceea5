//! What one listener's way down carries: how many voices, and in which layer.
//!
//! The limit is that of a rate controller, as on a talker's way up; what fits it is chosen as a selective forwarding unit chooses
//! among simulcast layers (RFC 7667, section 3.7).

use std::time::Duration;

use super::link_report::LinkReport;
use super::plan::{Plan, PlanChoice, THIN_LAYER};
use super::rate_config::RateConfig;
use super::rate_controller::{Offer, RateController};
use super::repeats::Redundancy;
use crate::ids::{Layer, Time, overhead};

/// The next step up of a line that was clear for long.
const MORE: f64 = 1.25;
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
pub struct Capacity(RateController);

impl Capacity {
    /// Of a line of which nothing is known.
    pub fn new(now: Time) -> Self {
        Self(RateController::new(&RateConfig::DOWNLINK, now))
    }

    /// The listener reports how its line does, on which there were voices lately, or only probes.
    pub fn report(&mut self, report: LinkReport, voices: bool, now: Time) {
        if !voices {
            return self.0.probed(&report, now);
        }
        let next_kbps = self.kbps().map(|limit| limit * MORE);
        self.0.report(&report, Offer { sent_kbps: None, next_kbps }, now);
    }

    /// What it carries in kilobits a second at the IP level, from 8 on; `None` as long as that's enough for anything.
    pub fn kbps(&self) -> Option<f64> {
        self.0.limit_kbps().filter(|kbps| *kbps < ALL).map(|kbps| kbps.max(LEAST))
    }

    /// What fits, of talkers whose voices cost `full` kilobits a second in the full layer ([`voice_kbps`]), in the order in which
    /// they came.
    pub fn fit(&self, full: &[f64]) -> Fit {
        let Some(most) = self.kbps() else { return Fit { voices: full.len().max(1), layer: Layer::Full } };
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
        let mut line = Capacity::new(at(0));
        line.report(
            LinkReport { capacity_kbps: Some(kbps / RateConfig::DOWNLINK.sure_of_probed), ..report(0, 0.0) },
            false,
            at(0),
        );
        line
    }

    /// A voice of the usual plan, beside its bundle.
    fn usual() -> f64 {
        voice_kbps(99, Duration::from_millis(60))
    }

    #[test]
    fn what_does_not_fit_in_full_is_thin_and_then_fewer() {
        let fits = |kbps| {
            let all = [1, 2, 3].map(|talkers| of(kbps).fit(&vec![usual(); talkers]));
            all.map(|fit| (fit.voices, if fit.layer == Layer::Thin { "thin" } else { "full" }))
        };
        assert_eq!(fits(60.0), [(1, "full"), (2, "full"), (3, "full")]);
        assert_eq!(fits(40.0), [(1, "full"), (2, "full"), (3, "thin")]);
        assert_eq!(fits(24.0), [(1, "full"), (2, "thin"), (2, "thin")]);
        assert_eq!(fits(15.0), [(1, "thin"); 3]);
        assert_eq!(fits(LEAST), [(1, "thin"); 3]);
        assert_eq!(Capacity::new(at(0)).fit(&[usual(); 3]), Fit { voices: 3, layer: Layer::Full });
        assert_eq!(Capacity::new(at(0)).fit(&[]), Fit { voices: 1, layer: Layer::Full });
    }

    #[test]
    fn a_queue_shows_what_fits_and_a_clear_line_is_tried_again() {
        let mut line = Capacity::new(at(0));
        line.report(report(90, 16.0), true, at(1300));
        let fits = Some(16.0 * RateConfig::DOWNLINK.use_of_through);
        assert_eq!(line.kbps(), fits);
        line.report(report(110, 16.0), true, at(1500));
        assert_eq!(line.kbps(), fits, "it has a moment to show what that did");
        (2..60).for_each(|second| line.report(report(0, 1.0), true, at(second * 1000)));
        assert_eq!(line.kbps(), fits, "nobody has talked");
        line.report(report(0, 12.6), true, at(60_000));
        assert_eq!(line.kbps(), fits.map(|kbps| kbps * MORE));
        line.report(report(90, 16.0), true, at(62_000));
        let tried = |line: &mut Capacity, from: u64| {
            let before = line.kbps();
            (from..).find(|second| {
                line.report(report(0, 12.6), true, at(second * 1000));
                line.kbps() > before
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
            least = least.min(line.kbps().unwrap_or(ALL));
        }
        assert!(least < ALL, "it was tried");
        assert_eq!(line.kbps(), None);
    }

    #[test]
    fn impossible_figures_do_no_harm() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let mut line = Capacity::new(at(0));
            for second in 0..100 {
                line.report(report(if second % 2 == 0 { 90 } else { 0 }, wrong), true, at(second * 1000));
                assert!(line.kbps().is_none_or(|kbps| (LEAST..=ALL).contains(&kbps)), "{:?}", line.kbps());
                assert!((1..=3).contains(&line.fit(&[usual(); 3]).voices));
            }
        }
    }
}
