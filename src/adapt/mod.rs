//! What is sent, and how, for a plan or a line: pure functions of what the far end of a hop has seen.
//!
//! QUIC's congestion control is switched off for voice, so a rate controller takes its place: [`PlanSelector`] on a talker's
//! way up and [`Capacity`] on a listener's way down choose by it. Each names the algorithm that it follows, and where it departs from it.

mod backfill;
mod bottleneck;
mod capacity;
mod delay_estimator;
mod link_receiver;
mod link_report;
mod loss_estimator;
mod nack;
mod plan;
mod plan_selector;
mod probes;
mod rate_config;
mod rate_controller;
mod redundancy;
mod repeats;
mod ring;
mod sequence_window;
mod two_ways;
pub mod work;

pub use backfill::{Backfill, GivenUp, HOLE_TIME, LONGEST_HOLE, hole_from};
pub use capacity::{Capacity, Fit, layers_below, voice_kbps};
pub use delay_estimator::DelayEstimator;
pub use link_receiver::{Arrival, LinkReceiver};
pub use link_report::LinkReport;
pub use loss_estimator::LossEstimator;
pub use nack::{NackTracker, ONCE};
pub use plan::{Plan, PlanChoice, THIN_LAYER};
pub use plan_selector::PlanSelector;
pub use probes::{PROBE_EVERY, PROBES, ProbeTrain};
pub use redundancy::RedundancyController;
pub use repeats::Redundancy;
pub use ring::Ring;
pub use sequence_window::SequenceWindow;
pub use two_ways::{TwoWays, Way};
