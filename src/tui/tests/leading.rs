//! Choosing who leads, giving the role back, handing over; and what stands on the screen for as long as it matters.

use super::super::Model;
use super::*;
use crate::ids::{ActionNo, SeatId};
use crate::session::fixture::*;
use crate::session::{Act, Event, Fact, Intent, LetsIn, Op, Phase, Presence, Room};

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

/// The group of nine once Hal, its facilitator, has gone; Ana chairs it.
fn chaired(me: u8) -> Room {
    let mut room = nine(me);
    lost(&mut room, 0);
    room
}

fn choose(room: &mut Room, by: u8, whom: u8) {
    act(room, by, Act::Doors(vec![SeatId(whom)]), Op::Choose(SeatId(whom)));
}

#[test]
fn who_leads_is_chosen_by_one_key_that_says_whom() {
    let mut room = chaired(8);
    let mut model = Model::new(80, 24);
    let says = |model: &Model, room: &Room, what: &str| {
        for size in [(80, 24), (40, 12), (80, 6)] {
            let mut model = model.clone();
            model.size = size;
            let screen = shown(&model, room, size);
            let words: Vec<_> = screen.split_whitespace().filter(|word| *word != "›").collect();
            assert!(words.join(" ").contains(what), "{screen}");
        }
    };
    says(&model, &room, "To offer yourself");
    assert_eq!(press(&mut model, &room, 'f'), intent(Intent::Choose(SeatId(8))));
    choose(&mut room, 1, 1);
    says(&model, &room, "To choose Ana");
    assert_eq!(press(&mut model, &room, 'f'), intent(Intent::Choose(SeatId(1))));
    choose(&mut room, 8, 1);
    says(&model, &room, "You chose Ana");
    // Whoever is selected counts for more, and it stays on the screen after any notice.
    press(&mut model, &room, 'j');
    press(&mut model, &room, 'j');
    let selected = model.picked.expect("somebody").seat;
    assert_eq!(press(&mut model, &room, 'f'), intent(Intent::Choose(selected)));
    insta::assert_snapshot!("chaired_full", shown(&model, &room, (80, 24)));
    insta::assert_snapshot!("chaired_small", shown(&model, &room, (40, 12)));
    // Where somebody leads the key means nothing.
    assert_eq!(press(&mut model, &nine(8), 'f'), []);
}

#[test]
fn a_held_door_stays_on_the_screen_until_it_is_dealt_with() {
    let mut room = nine(0);
    room.try_waits = true;
    let mut model = Model::new(80, 24);
    model.hear(&Event::TryWaits, &room, seconds_ago(60));
    model.tick(&room, NOW);
    assert_eq!(model.notice, None);
    assert!(shown(&model, &room, (80, 24)).contains("can't try the words"));
    room.try_waits = false;
    assert!(!shown(&model, &room, (80, 24)).contains("can't try the words"));
}

#[test]
fn at_the_door_it_says_who_can_let_me_in() {
    let mut room = nine(8);
    (room.phase, room.me) = (Phase::Waiting, None);
    let model = Model::new(80, 24);
    for (who, says) in
        [(LetsIn::Member("Ana".into()), "Ana can let you in."), (LetsIn::Nobody, "Nobody can let you in")]
    {
        room.lets_in = Some(who);
        assert!(shown(&model, &room, (80, 24)).contains(says));
    }
    (room.phase, room.lets_in, room.door_silent) = (Phase::Connecting, None, true);
    for size in [(80, 24), (40, 12)] {
        assert!(shown(&model, &room, size).contains("has not answered yet"));
    }
}

#[test]
fn leaving_as_facilitator_hands_over_to_the_selected_member() {
    let mut room = nine(0);
    let mut model = Model::new(80, 24);
    press(&mut model, &room, 'j');
    press(&mut model, &room, 'j');
    let next = model.picked.expect("somebody").seat;
    press(&mut model, &room, 'q');
    let name = room.state.circle.name(next).expect("there").to_owned();
    assert!(shown(&model, &room, (80, 24)).contains(&format!("hand over to {name}")));
    assert_eq!(press(&mut model, &room, 'y'), intent(Intent::HandOver(next)));
    // Nobody is left whose line is good.
    for seat in 1..9 {
        room.presence.insert(SeatId(seat), (Presence::Away, NOW));
    }
    press(&mut model, &room, 'q');
    assert!(shown(&model, &room, (80, 24)).contains("Nobody can take over at the moment"));
    assert_eq!(press(&mut model, &room, 'y'), [Command::Quit]);
    room.relay_here = true;
    room.presence.clear();
    press(&mut model, &room, 'q');
    assert!(shown(&model, &room, (80, 24)).contains("meets through this computer"));
}

#[test]
fn the_role_is_given_back_by_one_key() {
    let mut room = nine(1);
    lost(&mut room, 0);
    for by in 1..=5 {
        choose(&mut room, by, 1);
    }
    let (index, at_ms) = (room.state.index.next(), room.state.circle.at_ms);
    let admitted = vec![(SeatId(30), "Hal".to_owned())];
    let number = ActionNo(index.0);
    let (replaced, removed) = Default::default();
    let fact = Fact::Commit { seat: SeatId(1), number, admitted, replaced, removed };
    room.state.apply(index, at_ms, &fact);
    let mut model = Model::new(80, 24);
    assert!(shown(&model, &room, (80, 24)).contains("B give back"));
    model.hear(&Event::LedBefore { seat: SeatId(30), name: "Hal".to_owned() }, &room, NOW);
    assert!(shown(&model, &room, (80, 24)).contains("Hal, who led the group before, is here again."));
    assert_eq!(press(&mut model, &room, 'B'), intent(Intent::GiveBack(SeatId(30))));
}
