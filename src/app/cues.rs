//! Which of what happens has a soft sound.

use std::time::Duration;

use crate::audio::Cue;
use crate::ids::Time;
use crate::session::{Departure, Event, Room, TurnEvent};

/// Comings and goings that follow each other faster than this have one sound.
const APART: Duration = Duration::from_secs(3);

/// Chooses sounds, if any are wanted.
#[derive(Debug)]
pub(super) struct Cues {
    wanted: bool,
    /// When a coming or going had its sound last.
    told: Option<Time>,
}

impl Cues {
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, told: None }
    }

    /// The sound for an event. What I do myself has none.
    pub(super) fn handle(&mut self, event: &Event, room: &Room, now: Time) -> Option<Cue> {
        let cue = cue(event, room).filter(|_| self.wanted)?;
        if cue == Cue::Turn {
            return Some(cue);
        }
        let soon = self.told.is_some_and(|told| now.since(told) < APART);
        self.told = Some(now);
        (!soon).then_some(cue)
    }
}

fn cue(event: &Event, room: &Room) -> Option<Cue> {
    let me = |seat| room.me == Some(seat);
    // Whoever comes in is not greeted by all the others.
    let inside = room.me.is_some();
    if let Event::Arrived { seat, .. } = event {
        return (inside && !me(*seat)).then_some(Cue::Join);
    }
    if let Event::Departed { seat, why, .. } = event {
        return (inside && !me(*seat) && *why != Departure::Returned).then_some(Cue::Leave);
    }
    let (Event::Turn(TurnEvent::RoundTurn(Some(seat))) | Event::Turn(TurnEvent::Next(seat))) = event else {
        return None;
    };
    me(*seat).then_some(Cue::Turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use crate::session::fixture::{NOW, nine};

    fn arrived(seat: u8) -> Event {
        Event::Arrived { seat: SeatId(seat), name: "Jo".to_owned() }
    }

    fn departed(seat: u8, why: Departure) -> Event {
        Event::Departed { seat: SeatId(seat), name: "Jo".to_owned(), why }
    }

    #[test]
    fn comings_goings_and_my_turn_have_a_sound() {
        let room = nine(3);
        let of = |event: &Event| Cues::new(true).handle(event, &room, NOW);
        let turn = |seat| Event::Turn(TurnEvent::RoundTurn(Some(SeatId(seat))));
        assert_eq!(of(&arrived(5)), Some(Cue::Join));
        assert_eq!(of(&departed(5, Departure::Removed)), Some(Cue::Leave));
        assert_eq!([of(&turn(3)), of(&Event::Turn(TurnEvent::Next(SeatId(3))))], [Some(Cue::Turn); 2]);
        // What I do, others' turns, and the second line of one who is back have none.
        let none =
            [arrived(3), departed(3, Departure::Removed), turn(5), departed(5, Departure::Returned), Event::Joined];
        assert!(none.iter().all(|event| of(event).is_none()));
        assert_eq!(Cues::new(false).handle(&turn(3), &room, NOW), None);
    }

    #[test]
    fn twenty_who_come_at_once_have_one_sound() {
        let room = nine(3);
        let mut cues = Cues::new(true);
        let came = (0..20).filter_map(|at| cues.handle(&arrived(5), &room, NOW + Duration::from_millis(at * 400)));
        assert_eq!(came.count(), 1);
        assert_eq!(cues.handle(&Event::Turn(TurnEvent::Next(SeatId(3))), &room, NOW), Some(Cue::Turn));
        assert_eq!(cues.handle(&arrived(5), &room, NOW + Duration::from_secs(60)), Some(Cue::Join));
    }
}
