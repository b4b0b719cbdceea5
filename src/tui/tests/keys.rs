//! What keys do.

use std::time::Duration;

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::super::keymap::{Context, KEYMAP, Who};
use super::super::{Focus, Model, Page, TuiEvent, update};
use super::{key, press, shown, type_in};
use crate::command::Command;
use crate::ids::{Attempt, SeatId};
use crate::session::Act;
use crate::session::Op;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{Event, Intent, Phase, Room, Whom};

fn ctrl(c: char) -> TuiEvent {
    TuiEvent::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

fn screen() -> Model {
    Model::new(80, 24)
}

#[test]
fn my_microphone_and_my_hand() {
    let (mut model, mut room) = (screen(), nine(8));
    assert_eq!(press(&mut model, &room, ' '), intent(Intent::Mic { open: true }));
    assert_eq!(press(&mut model, &room, 'r'), intent(Intent::Hand { up: true }));
    open(&mut room, 1);
    act(&mut room, 8, Act::None, Op::Hand { up: true });
    assert_eq!(press(&mut model, &room, ' '), intent(Intent::Mic { open: false }));
    assert_eq!(press(&mut model, &room, 'r'), intent(Intent::Hand { up: false }));
}

#[test]
fn a_facilitator_mutes_the_selected_and_lifts_again() {
    let (mut model, mut room) = (screen(), nine(0));
    assert_eq!(press(&mut model, &room, 'm'), []);
    assert_eq!(notice(&model), "Nobody is selected. Choose someone with the arrow keys first.");
    // Arrival without me: Ana, Bo, Cyn.
    type_in(&mut model, &room, "jj");
    assert_eq!(press(&mut model, &room, 'm'), intent(Intent::Mute { whom: Whom::One(SeatId(2)), muted: true }));
    act(&mut room, 0, Act::FloorMute([SeatId(2)].into_iter().collect(), true), Op::Direct);
    assert_eq!(press(&mut model, &room, 'm'), intent(Intent::Mute { whom: Whom::One(SeatId(2)), muted: false }));
    assert_eq!(press(&mut model, &room, 'M'), intent(Intent::Mute { whom: Whom::All, muted: true }));
    let others = (1..9).map(SeatId).collect();
    act(&mut room, 0, Act::FloorMute(others, true), Op::Direct);
    assert_eq!(press(&mut model, &room, 'M'), intent(Intent::Mute { whom: Whom::All, muted: false }));
    assert_eq!(press(&mut model, &room, 'l'), intent(Intent::Lock { locked: true }));
}

#[test]
fn the_selection_stays_on_the_person() {
    let (mut model, mut room) = (screen(), nine(0));
    type_in(&mut model, &room, "jjj");
    commit(&mut room, &[], &[1]);
    assert_eq!(press(&mut model, &room, 'm'), intent(Intent::Mute { whom: Whom::One(SeatId(3)), muted: true }));
    // Someone else takes the seat: nobody is selected any more, and the arrows go on from there.
    commit(&mut room, &[(3, "New")], &[3]);
    assert_eq!(press(&mut model, &room, 'm'), []);
    assert!(!shown(&model, &room, (80, 24)).contains("› Bo"));
    type_in(&mut model, &room, "k");
    assert!(model.picked.is_some_and(|pick| pick.seat(&room).is_some()));
}

#[test]
fn removing_asks_first_and_means_only_the_one_who_was_asked_for() {
    let (mut model, mut room) = (screen(), nine(0));
    model.picked = Pick::new(&room, SeatId(4));
    assert_eq!(press(&mut model, &room, 'x'), []);
    assert_eq!(press(&mut model, &room, 'n'), []);
    assert_eq!(model.page, None);
    type_in(&mut model, &room, "x");
    assert_eq!(press(&mut model, &room, 'y'), intent(Intent::Remove(SeatId(4))));
    type_in(&mut model, &room, "x");
    commit(&mut room, &[], &[4]);
    assert_eq!(press(&mut model, &room, 'y'), []);
    model.picked = Pick::new(&room, SeatId(0));
    assert_eq!(press(&mut model, &room, 'x'), []);
    assert!(notice(&model).starts_with("That is you."));
}

#[test]
fn the_door() {
    let (mut model, mut room) = (screen(), nine(0));
    assert_eq!(press(&mut model, &room, 'a'), []);
    assert!(notice(&model).starts_with("Nobody is at the door."));
    knock(&mut room, 1, "Jo", 9);
    knock(&mut room, 2, "Kim", 5);
    assert_eq!(press(&mut model, &room, 'a'), intent(Intent::Admit(Whom::One(Attempt(1)))));
    assert_eq!(press(&mut model, &room, 'A'), intent(Intent::Admit(Whom::All)));
    update(&mut model, &room, &key(KeyCode::Tab), NOW);
    assert_eq!(model.focus(&room), Focus::Door);
    type_in(&mut model, &room, "jj");
    assert_eq!(press(&mut model, &room, 'a'), intent(Intent::Admit(Whom::One(Attempt(2)))));
    type_in(&mut model, &room, "x");
    assert_eq!(press(&mut model, &room, 'y'), intent(Intent::TurnAway(Attempt(2))));
    // The person who was selected goes away: nobody else is let in instead.
    room.door.pop();
    assert_eq!(press(&mut model, &room, 'a'), []);
    assert!(notice(&model).starts_with("The person you selected is no longer waiting."));
    room.door.clear();
    assert_eq!(model.focus(&room), Focus::Roster);
}

#[test]
fn a_key_gives_a_place_back_while_somebody_may_be_back() {
    let (mut room, mut model) = (nine(0), screen());
    assert_eq!(press(&mut model, &room, 'B'), []);
    commit(&mut room, &[(20, "Gus"), (21, "Gus")], &[]);
    let asked = Event::Namesake { seat: SeatId(20), name: "Gus 2".to_owned(), was: "Gus".to_owned() };
    model.hear(&asked, &room, NOW);
    assert!(notice(&model).contains("press B: Gus's place, vote and role are theirs again."), "{}", notice(&model));
    assert!(shown(&model, &room, (80, 24)).contains("B give back"));
    assert_eq!(press(&mut model, &room, 'B'), intent(Intent::GiveBack(SeatId(20))));
    model.picked = Pick::new(&room, SeatId(21));
    assert_eq!(press(&mut model, &room, 'B'), intent(Intent::GiveBack(SeatId(21))));
    let theirs = Room { me: Some(SeatId(1)), ..room };
    assert_eq!(press(&mut model, &theirs, 'B'), [], "only the facilitator is asked");
}

#[test]
fn at_the_door_i_agree_check_my_sound_and_read() {
    let (mut model, mut room) = (screen(), Room { phase: Phase::Waiting, ..Room::default() });
    assert_eq!(press(&mut model, &room, 'a'), intent(Intent::Agree));
    assert_eq!(press(&mut model, &room, 's'), intent(Intent::SoundCheck));
    for (key, heading) in [('g', "The ground rules"), ('p', "What is private")] {
        type_in(&mut model, &room, &key.to_string());
        assert!(shown(&model, &room, (80, 24)).contains(heading));
        type_in(&mut model, &room, "q");
    }
    room.phase = Phase::Connecting;
    assert_eq!(press(&mut model, &room, 'a'), []);
    assert!(notice(&model).starts_with("You are not in the circle yet."));
    // Inside the same letters mean something else.
    assert_eq!(press(&mut model, &nine(8), 's'), []);
}

#[test]
fn a_listener_answers_with_y_and_n_and_all_other_keys_stay() {
    let (mut model, mut room) = (screen(), nine(8));
    assert_eq!(press(&mut model, &room, 'y'), []);
    compare(&mut room, 5);
    assert_eq!(model.context(&room), Context::Comparing);
    let words = room.words.take();
    assert_eq!(
        (model.context(&room), press(&mut model, &room, 'y')),
        (Context::Room, vec![]),
        "nothing to compare yet"
    );
    room.words = words;
    assert_eq!(press(&mut model, &room, 'y'), intent(Intent::Verified { same: true }));
    assert_eq!(press(&mut model, &room, 'n'), intent(Intent::Verified { same: false }));
    assert_eq!(press(&mut model, &room, 'r'), intent(Intent::Hand { up: true }));
    assert_eq!(press(&mut model, &room, ' '), intent(Intent::Mic { open: true }));
    act(&mut room, 8, Act::None, Op::Verified { same: true });
    assert_eq!(model.context(&room), Context::Room);
    // The reader has nothing to answer, and the keys of the circle.
    let mut room = nine(0);
    assert_eq!(press(&mut model, &room, 'v'), intent(Intent::Verify));
    compare(&mut room, 5);
    assert_eq!(press(&mut model, &room, 'n'), intent(Intent::NewCode));
    assert_eq!(press(&mut model, &group(&["Hal"], 0), 'v'), []);
    assert!(notice(&model).starts_with("Nobody else is here."));
}

#[test]
fn words_that_differ_are_told_on_a_page_that_stays() {
    let (mut model, room) = (screen(), nine(8));
    model.hear(&Event::VerifyOver(crate::session::Outcome::Differ), &room, NOW);
    update(&mut model, &room, &TuiEvent::Tick, NOW + Duration::from_secs(60));
    assert!(shown(&model, &room, (80, 24)).contains("The words are different"));
    assert!(shown(&model, &room, (40, 12)).contains("nothing private"));
    type_in(&mut model, &room, "q");
    assert_eq!(model.page, None);
}

#[test]
fn who_is_not_the_facilitator_is_told_so_and_not_shown_the_keys() {
    let (mut model, room) = (screen(), nine(8));
    for binding in KEYMAP.iter().filter(|b| b.who != Who::Everybody && b.contexts.contains(&Context::Room)) {
        model.notice = None;
        assert_eq!(update(&mut model, &room, &key(binding.keys[0].code), NOW), [], "{}", binding.label);
        assert_eq!(
            notice(&model),
            "Only the facilitator can do that. You can ask the facilitator, aloud or in writing."
        );
        model.notice = None;
        let footer = shown(&model, &room, (200, 24)).lines().last().unwrap_or_default().to_owned();
        assert!(!footer.contains(binding.footer.map_or("\0", |(_, word)| word.get())), "{footer}");
    }
}

#[test]
fn only_keys_that_go_down_count() {
    let event = |kind| TerminalEvent::Key(KeyEvent { kind, ..KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE) });
    // One that goes up ends what was held, and does nothing else.
    let up = TuiEvent::from_terminal(event(KeyEventKind::Release)).expect("an event");
    assert_eq!(update(&mut screen(), &nine(8), &up, NOW), []);
    assert!(TuiEvent::from_terminal(event(KeyEventKind::Press)).is_some());
    assert_eq!(TuiEvent::from_terminal(TerminalEvent::FocusGained), None);
    assert_eq!(update(&mut screen(), &nine(8), &TuiEvent::FocusLost, NOW), []);
    assert_eq!(TuiEvent::from_terminal(TerminalEvent::Resize(0, 0)), Some(TuiEvent::Resize(0, 0)));
}

#[test]
fn leaving_asks_first() {
    let (mut model, room) = (screen(), nine(8));
    for leave in [key(KeyCode::Char('q')), ctrl('c')] {
        assert_eq!(update(&mut model, &room, &leave, NOW), []);
        assert_eq!(model.page, Some(Page::Leave(None)));
        // A member can't end the group.
        assert_eq!(press(&mut model, &room, 'e'), []);
        assert_eq!(update(&mut model, &room, &key(KeyCode::Esc), NOW), []);
        assert_eq!(model.page, None);
    }
    update(&mut model, &room, &ctrl('c'), NOW);
    assert_eq!(update(&mut model, &room, &ctrl('c'), NOW), [Command::Quit]);
    let room = nine(0);
    type_in(&mut model, &room, "q");
    assert_eq!(press(&mut model, &room, 'e'), intent(Intent::Close));
    type_in(&mut model, &room, "q");
    assert_eq!(press(&mut model, &room, 'y'), [Command::Quit]);
    let nowhere = Room::default();
    assert_eq!(press(&mut model, &nowhere, 'q'), [Command::Quit]);
    let over = Room { phase: Phase::Over(crate::session::Ended::Closed), ..nine(0) };
    assert_eq!(press(&mut model, &over, ' '), [Command::Quit]);
}

#[test]
fn writing_sends_chat_and_commands_and_keeps_what_is_wrong() {
    let (mut model, room) = (screen(), nine(0));
    let send = |model: &mut Model, line: &str| {
        if model.context(&room) != Context::Writing {
            update(model, &room, &key(KeyCode::Enter), NOW);
        }
        type_in(model, &room, line);
        update(model, &room, &key(KeyCode::Enter), NOW)
    };
    assert_eq!(send(&mut model, "mq hello "), intent(Intent::Chat("mq hello".to_owned())));
    assert_eq!(send(&mut model, "   "), []);
    assert_eq!(model.context(&room), Context::Room);
    assert_eq!(send(&mut model, "/mute an"), intent(Intent::Mute { whom: Whom::One(SeatId(1)), muted: true }));
    assert_eq!(send(&mut model, "/mut"), []);
    assert_eq!(notice(&model), "There is no /mut. Did you mean /mute?");
    assert_eq!(send(&mut model, "e Bo"), intent(Intent::Mute { whom: Whom::One(SeatId(2)), muted: true }));
    // To leave is asked about.
    assert_eq!(send(&mut model, "/quit"), []);
    assert_eq!(press(&mut model, &room, 'y'), [Command::Quit]);
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    update(&mut model, &room, &TuiEvent::Paste("q\ny".to_owned()), NOW);
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(Intent::Chat("q y".to_owned())));
    // Elsewhere it is asked about.
    assert_eq!(update(&mut model, &room, &TuiEvent::Paste("qy".to_owned()), NOW), []);
    assert_eq!((&model.page, model.context(&room)), (&None, Context::Writing));
}

#[test]
fn the_chat_scrolls_and_keeps_its_place_when_more_is_written() {
    let (mut model, mut room) = (screen(), nine(8));
    for line in 0..60 {
        write(&mut room, "Bo", &format!("line {line}"));
    }
    assert!(shown(&model, &room, (80, 24)).contains("line 59"));
    update(&mut model, &room, &key(KeyCode::PageUp), NOW);
    let before = shown(&model, &room, (80, 24));
    assert!(!before.contains("line 59") && before.contains("line 40"));
    write(&mut room, "Bo", "one more");
    model.hear(&Event::Chat { seat: SeatId(2), from: "Bo".to_owned(), text: "one more".to_owned() }, &room, NOW);
    let after = shown(&model, &room, (80, 24));
    assert!(after.contains("line 40") && !after.contains("one more"));
    (0..99).for_each(|_| drop(update(&mut model, &room, &key(KeyCode::PageUp), NOW)));
    assert!(shown(&model, &room, (80, 24)).contains("thank you, that helped me"));
    (0..99).for_each(|_| drop(update(&mut model, &room, &key(KeyCode::PageDown), NOW)));
    assert!(shown(&model, &room, (80, 24)).contains("one more"));
}

#[test]
fn stepping_away_closes_the_microphone_first() {
    let (mut model, room) = (screen(), nine(8));
    assert_eq!(
        update(&mut model, &room, &ctrl('z'), NOW),
        [Command::Intent(Intent::Mic { open: false }), Command::Suspend]
    );
}

#[test]
fn nobody_who_came_in_is_asked_to_wait() {
    let room = nine(8);
    let mut model = Model::new(60, 16);
    model.hear(&Event::Agreed, &room, NOW);
    assert!(notice(&model).contains("Please wait"), "{}", notice(&model));
    model.hear(&Event::Joined, &room, NOW);
    assert_eq!(model.notice, None);
    // What else was said stays to be read.
    model.say("The relay's key is new.", NOW);
    model.hear(&Event::Joined, &room, NOW);
    assert_eq!(notice(&model), "The relay's key is new.");
}

#[test]
fn notices_go_by_themselves_and_outlive_a_key_while_young() {
    let (mut model, room) = (screen(), nine(8));
    model.say("Something.", seconds_ago(9));
    update(&mut model, &room, &key(KeyCode::Down), seconds_ago(8));
    assert_eq!(notice(&model), "Something.");
    update(&mut model, &room, &key(KeyCode::Down), seconds_ago(6));
    assert_eq!(notice(&model), "");
    model.say("Something.", seconds_ago(9));
    update(&mut model, &room, &TuiEvent::Tick, NOW);
    assert_eq!(notice(&model), "");
}

#[test]
fn it_is_drawn_again_only_when_something_changed() {
    let (mut model, mut room) = (screen(), group(&["Hal", "Ana"], 1));
    assert!(model.take_dirty());
    update(&mut model, &room, &TuiEvent::Tick, NOW);
    model.take_dirty();
    let tick = |model: &mut Model, room: &Room, ms| {
        update(model, room, &TuiEvent::Tick, NOW + Duration::from_millis(ms));
        model.take_dirty()
    };
    model.hear(&Event::State { index: crate::ids::Index(9), hash: [0; 32] }, &room, NOW);
    assert!(!tick(&mut model, &room, 100) && !tick(&mut model, &room, 900));
    assert!(tick(&mut model, &room, 1000));
    assert_eq!(model.next_tick(&room, NOW + Duration::from_millis(1000)), Duration::from_secs(1));
    speak(&mut room, 0, 4, 0);
    assert!(tick(&mut model, &room, 1100));
    // Levels move ten times a second at most, however often it ticks.
    let drawn = (1101..2000).filter(|ms| tick(&mut model, &room, *ms)).count();
    assert!((8..=10).contains(&drawn), "{drawn}");
    assert_eq!(model.next_tick(&room, NOW), Duration::from_millis(100));
}
