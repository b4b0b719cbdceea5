//! What is proposed, voted on and read back, and the keys for it.

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use super::{key, press, shown, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::fixture::*;
use crate::session::{
    Act, Answer, Became, Choice, Decide, DecisionEvent, Ended, Event, Intent, Motion, Op, Phase, Room, VoteKind,
};
use crate::tui::keymap::Context;
use crate::tui::{Model, update};

const FULL: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (40, 12);
const LINE: (u16, u16) = (80, 1);

fn decide(room: &mut Room, by: u8, what: Decide) {
    act(room, by, Act::None, Op::Decide(what));
}

fn proposed(me: u8) -> Room {
    let mut room = nine(me);
    room.state.circle.at_ms = 3_000_000;
    decide(&mut room, 4, Decide::Propose("Break at three, back by quarter past.".into(), Motion::Text));
    for seat in [1, 2, 3, 5] {
        decide(&mut room, seat, Decide::Answer(1, Answer::Agree));
    }
    decide(&mut room, 6, Decide::Answer(1, Answer::Aside));
    room
}

/// A secret vote that has just begun.
pub(super) fn secret(me: u8) -> Room {
    let mut room = proposed(me);
    decide(&mut room, 4, Decide::Vote(1, VoteKind::Secret));
    room
}

fn keys(model: &mut Model, room: &Room, c: char) -> Vec<Command> {
    update(model, room, &key(KeyCode::Char(c)), NOW)
}

fn intend(what: Decide) -> Vec<Command> {
    vec![Command::Intent(Intent::Decide(what))]
}

#[test]
fn a_proposal_waits_for_my_answer() {
    let mut room = proposed(8);
    let mut model = Model::new(FULL.0, FULL.1);
    for (name, size) in [("proposal_full", FULL), ("proposal_small", SMALL), ("proposal_line", LINE)] {
        assert_snapshot!(name, shown(&model, &room, size));
    }
    let made = room.state.decisions.proposed(1, &room.state.circle).expect("it is open");
    let told = |me: u8| {
        let mut model = Model::new(FULL.0, FULL.1);
        model.hear(
            &Event::Decision(DecisionEvent::Proposal { proposal: Box::new(made.clone()), became: Became::Made }),
            &proposed(me),
            NOW,
        );
        model.notice.expect("something is said").text
    };
    assert_eq!(told(8), "Dee proposes something: please answer.");
    assert_eq!(told(4), "Your proposal is before the group; the others are being asked.");
    assert_eq!(model.context(&room), Context::Deciding);
    assert_eq!(keys(&mut model, &room, 'a'), intend(Decide::Answer(1, Answer::Agree)));
    assert_eq!(keys(&mut model, &room, 's'), intend(Decide::Answer(1, Answer::Aside)));
    assert_eq!(keys(&mut model, &room, 'b'), []);
    assert_eq!(model.context(&room), Context::Writing, "a block needs a reason");
    type_in(&mut model, &room, "I must leave before");
    let blocked = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(blocked, intend(Decide::Answer(1, Answer::Block("I must leave before".into()))));
    // The ways to all else are still to be seen, also for the member who holds the door.
    let mut host = proposed(0);
    knock(&mut host, 1, "Jo", 40);
    assert_snapshot!("proposal_door_full", shown(&Model::new(FULL.0, FULL.1), &host, FULL));
    assert_snapshot!("proposal_door_small", shown(&Model::new(FULL.0, FULL.1), &host, SMALL));
    for screen in [shown(&model, &room, FULL), shown(&Model::new(FULL.0, FULL.1), &host, FULL)] {
        for keys in ["a agree", "s aside", "b block", "w turns", "d decide", "c care", "? help", "q leave"] {
            assert!(screen.contains(keys), "{keys} in\n{screen}");
        }
    }
    decide(&mut room, 8, Decide::Answer(1, Answer::Agree));
    assert_eq!(model.context(&room), Context::Room);
    assert_snapshot!("answered_full", shown(&model, &room, FULL));
    assert_snapshot!("answered_small", shown(&model, &room, SMALL));
    press(&mut model, &room, 'd');
    assert_snapshot!("decide_menu_full", shown(&model, &room, FULL));
    assert_snapshot!("decide_menu_small", shown(&model, &room, SMALL));
    assert_eq!(keys(&mut model, &room, 't'), intend(Decide::Test(1)));
    press(&mut model, &room, 'd');
    assert_eq!(keys(&mut model, &room, 'o'), intend(Decide::Vote(1, VoteKind::Open)));
    decide(&mut room, 2, Decide::Answer(1, Answer::Block("It is too early for me".into())));
    press(&mut model, &room, 'd');
    press(&mut model, &room, 'i');
    assert_snapshot!("proposal_page_full", shown(&model, &room, FULL));
    assert_snapshot!("proposal_page_small", shown(&model, &room, SMALL));
}

#[test]
fn a_vote_waits_for_my_ballot() {
    let mut room = proposed(8);
    decide(&mut room, 4, Decide::Vote(1, VoteKind::Open));
    decide(&mut room, 1, Decide::Ballot(1, Choice::Yes));
    let mut model = Model::new(FULL.0, FULL.1);
    for (name, size) in [("vote_full", FULL), ("vote_small", SMALL), ("vote_line", LINE)] {
        assert_snapshot!(name, shown(&model, &room, size));
    }
    assert_eq!(model.context(&room), Context::Voting);
    for (c, choice) in [('y', Choice::Yes), ('n', Choice::No), ('u', Choice::Abstain)] {
        assert_eq!(keys(&mut model, &room, c), intend(Decide::Ballot(1, choice)));
    }
    decide(&mut room, 8, Decide::Ballot(1, Choice::No));
    assert_eq!(model.context(&room), Context::Room);
    assert_snapshot!("voted_full", shown(&model, &room, FULL));
    assert_snapshot!("voted_small", shown(&model, &room, SMALL));
    assert!(shown(&model, &room, SMALL).contains("Vote: yes 1 no 1 abstain 0 waiting 7"));
}

#[test]
fn a_secret_vote_shows_its_turnout_and_warns_when_few_vote() {
    let mut room = proposed(8);
    let mut model = Model::new(FULL.0, FULL.1);
    press(&mut model, &room, 'd');
    assert_eq!(keys(&mut model, &room, 'v'), intend(Decide::Vote(1, VoteKind::Secret)));
    room = secret(8);
    model.hear(&Event::Decision(DecisionEvent::Vote { id: 1, kind: VoteKind::Secret, open: true }), &room, NOW);
    for (name, size) in [("secret_full", FULL), ("secret_small", SMALL), ("secret_line", LINE)] {
        assert_snapshot!(name, shown(&model, &room, size));
    }
    assert_eq!(model.context(&room), Context::Voting);
    assert_eq!(keys(&mut model, &room, 'n'), intend(Decide::Ballot(1, Choice::No)));
    let mut three = group(&["Hal", "Ana", "Bo"], 2);
    decide(&mut three, 1, Decide::Propose("Break at three, back by quarter past.".into(), Motion::Text));
    decide(&mut three, 0, Decide::Vote(1, VoteKind::Secret));
    let mut model = Model::new(FULL.0, FULL.1);
    model.hear(&Event::Decision(DecisionEvent::Vote { id: 1, kind: VoteKind::Secret, open: true }), &three, NOW);
    for (name, size) in [("secret_three_full", FULL), ("secret_three_small", SMALL)] {
        assert_snapshot!(name, shown(&model, &three, size));
    }
    commit(&mut three, &[(3, "Cyn")], &[]);
    three.me = Some(SeatId(3));
    assert_eq!(model.context(&three), Context::Room, "who came later has no vote");
    assert_snapshot!("secret_late_full", shown(&model, &three, FULL));
    assert_snapshot!("secret_late_small", shown(&model, &three, SMALL));
}

#[test]
fn the_minutes_are_read_back_and_the_receipt_stays() {
    let mut room = proposed(8);
    for seat in [0, 7, 8] {
        decide(&mut room, seat, Decide::Answer(1, Answer::Agree));
    }
    decide(&mut room, 4, Decide::Test(1));
    decide(&mut room, 0, Decide::Close);
    let mut model = Model::new(FULL.0, FULL.1);
    model.hear(&Event::Decision(DecisionEvent::Closing), &room, NOW);
    model.hear(&Event::Decision(DecisionEvent::Minutes), &room, NOW);
    for (name, size) in [("minutes_full", FULL), ("minutes_small", SMALL)] {
        assert_snapshot!(name, shown(&model, &room, size));
    }
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert_snapshot!("closing_full", shown(&model, &room, FULL));
    assert_snapshot!("closing_small", shown(&model, &room, SMALL));
    assert_eq!(keys(&mut model, &room, 'a'), intend(Decide::Minutes { right: true }));
    assert_eq!(
        keys(&mut model, &room, 'b'),
        intend(Decide::Minutes { right: false }),
        "no reason is asked for that nobody keeps"
    );
    assert!(shown(&model, &room, FULL).contains("a right   b not right"));
    press(&mut model, &room, 'd');
    assert_eq!(keys(&mut model, &room, 'k'), []);
    type_in(&mut model, &room, "minutes.md");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), [Command::Save("minutes.md".into())]);
    model.hear(&Event::Joined, &room, seconds_ago(3130));
    room.roster().into_iter().for_each(|seat| room.meet(seat));
    room.receipt = Some(room.receipt_at(3_130_000));
    room.phase = Phase::Over(Ended::Closed);
    model.hear(&Event::Closed(Ended::Closed), &room, NOW);
    assert_snapshot!("receipt_full", shown(&model, &room, FULL));
    assert_snapshot!("receipt_small", shown(&model, &room, SMALL));
    model.size = SMALL;
    (0..9).for_each(|_| drop(update(&mut model, &room, &key(KeyCode::Down), NOW)));
    assert_snapshot!("receipt_end_small", shown(&model, &room, SMALL));
}
