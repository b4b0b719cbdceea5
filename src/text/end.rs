//! How it ended.

use super::advice::{Advice, advice};
use super::trouble::refusal;
use crate::session::Ended;

/// How it ended in one sentence, and a last word or what to do next in another.
pub fn ended(ended: &Ended) -> Advice {
    match ended {
        Ended::Left => advice("You have left the group.", "Thank you for being there."),
        Ended::Closed => advice("The group is over.", "Thank you for being there."),
        Ended::Removed => advice(
            "The facilitator has taken you out of the group.",
            "If you think this is a mistake, please contact the facilitator.",
        ),
        Ended::TurnedAway => advice(
            "The facilitator can't let you in at the moment.",
            "Please contact the facilitator, or try again later.",
        ),
        Ended::Refused(why) => refusal(*why),
        Ended::RelayStopped => advice(
            "The relay has stopped, and the group with it.",
            "Please meet again with a new code, once the relay has been started again.",
        ),
        Ended::Intercepted => advice(
            "Someone may be intercepting this connection, so you were not let in.",
            "Please don't try again from this network; speak with the facilitator by telephone.",
        ),
        Ended::LeftHanging => advice(
            "The door broke off three times after checking your words, so ingle has stopped.",
            "It may be the line, or somebody who is guessing words. Ask the facilitator for a new code.",
        ),
        Ended::KeysLost => advice(
            "Something from the relay does not fit the group's keys, so ingle has stopped to keep you safe.",
            "Join again with the code; if it happens again, meet at another relay.",
        ),
        Ended::LineLost => advice(
            "Your line did not come back, and your seat is no longer kept.",
            "Join again with the same code as soon as your line is better.",
        ),
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
