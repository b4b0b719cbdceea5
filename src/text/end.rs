//! How it ended.

use super::advice::{Advice, advice};
use super::catalogue::text;
use super::trouble::refusal;
use crate::session::Ended;

/// How it ended in one sentence, and a last word or what to do next in another.
pub fn ended(ended: &Ended) -> Advice {
    match ended {
        Ended::Left => advice(text("end-left-group"), text("end-thank-being")),
        Ended::Closed => advice(text("end-group-over"), text("end-thank-being")),
        Ended::Removed => advice(text("end-facilitator-taken-out-group"), text("end-if-think-mistake-please")),
        Ended::TurnedAway => {
            advice(text("end-facilitator-cant-let-moment"), text("end-please-contact-facilitator-try"))
        }
        Ended::Refused(why) => refusal(*why),
        Ended::RelayStopped => advice(text("end-relay-stopped-group"), text("end-please-meet-again-new")),
        Ended::Intercepted => {
            advice(text("end-someone-may-intercepting-connection"), text("end-please-dont-try-again"))
        }
        Ended::LeftHanging => advice(text("end-door-broke-off-three"), text("end-may-line-somebody-who")),
        Ended::KeysLost => advice(text("end-something-from-relay-does"), text("end-join-again-code-if")),
        Ended::LineLost => advice(text("end-line-did-not-come"), text("end-join-again-same-code")),
    }
}

/// The same in one word, for scripts. The words stay.
pub fn reason(ended: &Ended) -> &'static str {
    match ended {
        Ended::Left => "left",
        Ended::Closed => "closed",
        Ended::Removed => "removed",
        Ended::TurnedAway => "turned_away",
        Ended::Refused(_) => "refused",
        Ended::RelayStopped => "relay_stopped",
        Ended::Intercepted => "intercepted",
        Ended::LeftHanging => "left_hanging",
        Ended::KeysLost => "keys_lost",
        Ended::LineLost => "line_lost",
    }
}
