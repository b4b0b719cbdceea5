//! What is worth a sign outside of the window. It names nobody: others may see it.

use super::catalogue::text;
use crate::session::{CareEvent, Event, Room, TurnEvent};

/// The sentence for something that waits for this person; none for most of what happens.
pub fn attention(event: &Event, room: &Room) -> Option<&'static str> {
    let me = |seat| room.me == Some(seat);
    if matches!(event, Event::Turn(TurnEvent::RoundTurn(Some(seat))) if me(*seat)) {
        return Some(text("attention-turn"));
    }
    if matches!(event, Event::Turn(TurnEvent::Next(seat)) if me(*seat)) {
        return Some(text("attention-next-speak"));
    }
    if matches!(event, Event::Turn(TurnEvent::BreakTime)) {
        return Some(text("attention-break-over"));
    }
    if matches!(event, Event::Knock { attempt, .. } if room.waits(*attempt) && room.am_facilitator()) {
        return Some(text("attention-somebody-door"));
    }
    if matches!(event, Event::Care(CareEvent::Help(_))) {
        return Some(text("attention-somebody-asks-help"));
    }
    if matches!(event, Event::Care(CareEvent::Private { mine: false, .. })) {
        return Some(text("attention-private-message"));
    }
    matches!(event, Event::Joined).then_some(text("attention-circle"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Attempt, SeatId};
    use crate::session::fixture::{knock, nine};

    #[test]
    fn signs_outside_of_the_window_name_nobody() {
        let mut room = nine(0);
        knock(&mut room, 1, "Jo", 3);
        let knock = Event::Knock { attempt: Attempt(1), name: "Jo".to_owned() };
        let turn = |seat| Event::Turn(TurnEvent::RoundTurn(Some(SeatId(seat))));
        let help = Event::Care(CareEvent::Help("Ana".to_owned()));
        let told = [&knock, &turn(0), &turn(1), &help].map(|event| attention(event, &room));
        assert_eq!(
            told,
            [Some("Somebody is at the door."), Some("It is your turn."), None, Some("Somebody asks for help.")]
        );
        let names = ["Jo", "Ana", room.state.title.as_str()];
        assert!(told.iter().flatten().all(|told| names.iter().all(|name| !told.contains(name))));
    }
}
