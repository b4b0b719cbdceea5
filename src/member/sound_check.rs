//! The sound check at the door: something is heard, and the microphone shown, and nothing of it is sent.

use super::context::Context;
use super::effect::Effect;
use crate::ids::Time;
use crate::session::{Event, Hearing, Phase, Room, SoundCheck, Trouble};

/// Lets me hear something, and listens to my microphone for a while. All that comes this way of what it hears is how loud it
/// is.
pub(super) fn begin(cx: &mut Context) {
    if cx.room.phase != Phase::Waiting {
        return cx.tell(Event::Trouble(Trouble::NotTaken(None)));
    }
    let check = SoundCheck::begin(cx.now);
    cx.room.check = Some(check);
    cx.effects.push(Effect::SoundCheck(true));
    cx.tell(Event::SoundCheck(check));
}

/// I am let in, or go: the check is over without a word.
pub(super) fn cancel(cx: &mut Context) {
    if cx.room.check.take().is_some_and(|check| check.listens()) {
        cx.effects.push(Effect::SoundCheck(false));
    }
}

/// The check has found this, or is playing back what it has heard.
pub(super) fn found(hearing: Hearing, cx: &mut Context) {
    match hearing {
        Hearing::Listening => {}
        Hearing::Replaying => {
            let Some(check) = cx.room.check.as_mut().filter(|check| check.hearing == Hearing::Listening) else {
                return;
            };
            check.replay();
            let check = *check;
            cx.tell(Event::SoundCheck(check));
        }
        Hearing::Well
        | Hearing::Faintly
        | Hearing::Loudly
        | Hearing::WithEcho
        | Hearing::WithNoise
        | Hearing::Nothing
        | Hearing::NoMicrophone
        | Hearing::NoSound => end(Some(hearing), cx),
    }
}

/// The system gives no sound to check.
pub(super) fn fail(cx: &mut Context) {
    end(Some(Hearing::NoSound), cx);
}

fn end(hearing: Option<Hearing>, cx: &mut Context) {
    let Some(check) = cx.room.check.as_mut().filter(|check| check.listens()) else { return };
    match hearing {
        Some(hearing) => check.end(hearing),
        None => check.finish(),
    }
    let check = *check;
    cx.effects.push(Effect::SoundCheck(false));
    cx.tell(Event::SoundCheck(check));
}

/// When the check is over.
pub(super) fn due(room: &Room) -> Time {
    room.check.map_or(Time::NEVER, |check| check.due())
}

/// Ends the check, if it's time.
pub(super) fn watch(cx: &mut Context) {
    if cx.room.check.is_some_and(|check| check.due() <= cx.now) {
        end(None, cx);
    }
}
