//! Comparing the four words, which ends by time.

use std::time::Duration;

use super::context::Context;
use super::effect::Effect;
use super::log::Log;
use crate::ids::Time;
use crate::session::{Event, Room};

/// All are asked to compare the words that come of the present keys.
pub(super) fn begin(log: &Log, cx: &mut Context) {
    (cx.room.words, cx.room.verify_over) = (None, false);
    if let Some(secret) = log.keys().and_then(|keys| keys.group.verify_secret().ok()) {
        cx.effects.push(Effect::MakeWords(secret));
    }
    cx.tell(Event::Verify);
}

/// The words are made. Those of a comparison that is over, or of keys that have passed, are too late.
pub(super) fn words(words: [&'static str; 4], cx: &mut Context) {
    if cx.room.state.verification.last.is_some() && !cx.room.verify_over {
        cx.room.words = Some(words);
        cx.tell(Event::Words(words));
    }
}

/// When the time to compare the words is over: the first moment at which there is none left.
pub(super) fn due(room: &Room) -> Time {
    let Some(verification) = room.state.verification.last.as_ref().filter(|_| !room.verify_over) else {
        return Time::NEVER;
    };
    let (read, group_ms) = room.clock;
    let left = verification.left_ms(group_ms).map_or(0, |left| left.saturating_add(1));
    read + Duration::from_millis(left)
}

/// Tells how the comparison ended, if its time is over.
pub(super) fn watch(cx: &mut Context) {
    if due(&cx.room) <= cx.now {
        cx.room.verify_over = true;
        if let Some(outcome) = cx.room.state.verification.outcome(&cx.room.state.circle) {
            cx.tell(Event::VerifyOver(outcome));
        }
    }
}
