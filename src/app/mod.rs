//! The only loop that waits: it owns the member's core, the link, the sound and the face, and carries out effects.

mod attendance;
mod cues;
mod devices;
mod dialling;
mod elsewhere;
mod face;
mod failure;
mod former;
mod input;
mod invitation;
mod keys;
mod leaving;
mod link;
mod minutes;
mod output;
mod person;
mod quiet;
mod second;
mod seek;
mod session;
mod setup;
mod signals;
mod sound;
mod trust;
mod unattended;
mod watch;
mod ways;

pub use attendance::{attend, end_within};
pub use face::FaceChoice;
pub use failure::Failure;
pub use link::{at, counts, hang_up, next};
pub use quiet::{hush as quiet, restore as loud};
pub use session::run;
pub use setup::{Clock, Outside, Setup, Sought, Trust};
pub(crate) use signals::stop_self;
pub use watch::Watched;
