//! Screens in other languages than English: whole, and nothing cut off.

use insta::assert_snapshot;

use super::{buffer, press, shown, text};
use crate::ids::SeatId;
use crate::session::fixture::*;
use crate::session::{Act, Answer, Decide, Motion, Op, Phase, Room, RoundKind, Turn, VoteKind};
use crate::text::Language;
use crate::tui::{Model, Theme};

const FULL: (u16, u16) = (80, 24);

/// Rooms as members see them through an evening, by name, with the key that is pressed at last.
fn evening() -> Vec<(&'static str, Room, Option<char>)> {
    let mut door = Room { phase: Phase::Waiting, ..Room::default() };
    door.state.title = "Dienstagsgruppe".to_owned();
    let mut round = nine(8);
    round.state.circle.at_ms = round.clock.1 - 60_000;
    act(&mut round, 0, Act::None, Op::Turn(Turn::Round(RoundKind::CheckIn, Some(120))));
    let mut mine = round.clone();
    mine.me = Some(SeatId(0));
    let decided = |what: Decide, room: &mut Room| act(room, 4, Act::None, Op::Decide(what));
    let mut proposal = nine(8);
    proposal.state.circle.at_ms = 3_000_000;
    decided(Decide::Propose("Pause um drei, zurück um Viertel nach.".into(), Motion::Text), &mut proposal);
    act(&mut proposal, 6, Act::None, Op::Decide(Decide::Answer(1, Answer::Aside)));
    let mut vote = proposal.clone();
    act(&mut vote, 0, Act::None, Op::Decide(Decide::Vote(1, VoteKind::Open)));
    let mut host = nine(0);
    knock(&mut host, 1, "Jo", 40);
    knock(&mut host, 2, "Gus", 12);
    host.door[0].agreed = true;
    vec![
        ("door", door, None),
        ("member", nine(8), None),
        ("host", host.clone(), None),
        ("round", round, None),
        ("round_mine", mine, None),
        ("proposal", proposal, None),
        ("vote", vote, None),
        ("help", nine(8), Some('?')),
        ("turns", host.clone(), Some('t')),
        ("decide", host.clone(), Some('d')),
        ("leave", host, Some('q')),
    ]
}

#[test]
fn an_evening_in_german() {
    Language::German.speak(|| {
        for (name, room, key) in evening() {
            let mut model = Model::new(FULL.0, FULL.1);
            if let Some(key) = key {
                press(&mut model, &room, key);
            }
            assert_snapshot!(format!("german_{name}"), shown(&model, &room, FULL));
            let ascii = text(&buffer(&model, &room, FULL, Theme::new(false, true)).0);
            assert!(ascii.is_ascii(), "{ascii}");
        }
    });
}
