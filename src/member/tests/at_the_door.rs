//! A member at the door: ground rules and the sound check; and how a comparison ends by time.

use super::*;
use crate::crypto::code::Code;
use crate::crypto::knock::{Half, Sealed, Side};
use crate::ids::{Nameplate, RoomId};
use crate::member::flight::{self, Introduction, Reception, ToDoor, ToJoiner, Welcome};
use crate::member::{comparison, sound_check};
use crate::session::{Hearing, Outcome, VERIFY_MS};
use crate::wire::{Hello, Purpose, RoomState, Tag, Ticket};

const SECOND: u64 = 1_000_000;

fn at_the_door(mic_open: bool) -> Member {
    let code = Code::parse("4821-otter-lamp-violin").unwrap_or_else(|error| panic!("{error}"));
    let mut member = Member::new(config("Ana", Start::Join(code), mic_open), [1; 32], Time(0));
    member.handle_connected([5; 32], Time(0));
    member.cx.room.phase = Phase::Waiting;
    effects(&mut member);
    member
}

fn effects(member: &mut Member) -> Vec<Effect> {
    std::iter::from_fn(|| member.poll_effect()).collect()
}

fn check_due(member: &Member) -> Time {
    let room = member.room();
    sound_check::due(room).min(comparison::due(room))
}

fn watch_check(member: &mut Member, now: Time) {
    member.cx.now = now;
    sound_check::watch(&mut member.cx);
    comparison::watch(&mut member.cx);
}

fn told(member: &mut Member) -> Vec<Event> {
    let told = |effect| if let Effect::Tell(event) = effect { Some(event) } else { None };
    effects(member).into_iter().filter_map(told).filter(|told| !matches!(told, Event::Link(_))).collect()
}

#[test]
fn agreeing_to_the_rules_is_told_once() {
    let mut member = at_the_door(false);
    for expected in [vec![Event::Agreed], vec![]] {
        member.handle_intent(Intent::Agree, Time(0));
        assert_eq!(told(&mut member), expected);
        assert!(member.room().agreed);
    }
}

#[test]
fn a_sound_check_listens_for_a_while_and_sends_nothing() {
    let mut member = at_the_door(true);
    member.handle_intent(Intent::SoundCheck, Time(0));
    assert!(effects(&mut member).iter().any(|effect| matches!(effect, Effect::SoundCheck(true))));
    let due = check_due(&member);
    assert!(due > Time(5 * SECOND) && member.poll_timeout() <= due);
    for second in 2..5 {
        member.handle_check_level(4, Time(second * SECOND));
        // Even if something were coded, nothing of it would leave.
        let packet = vec![1; 90];
        member.handle_spoken(
            Spoken { tick: 0, level: 4, start: true, end: false, packet, thin: None },
            Time(second * SECOND),
        );
        assert!(effects(&mut member).is_empty());
        assert_eq!((member.room().check.map(|check| check.level), member.room().mic.level), (Some(4), 0));
    }
    watch_check(&mut member, due);
    let last = effects(&mut member);
    assert!(matches!(last.as_slice(), [Effect::SoundCheck(false), Effect::Tell(Event::SoundCheck(check))]
        if check.hearing == Hearing::Well));
    assert_eq!(check_due(&member), Time::NEVER);
    assert!(member.room().mic.open, "the person's own choice stays");
}

#[test]
fn a_sound_check_plays_the_sentence_back_and_says_its_verdict() {
    let mut member = at_the_door(false);
    member.handle_intent(Intent::SoundCheck, Time(0));
    told(&mut member);
    member.handle_check_found(Hearing::Replaying, Time(8 * SECOND));
    member.handle_check_found(Hearing::Replaying, Time(8 * SECOND));
    let heard: Vec<_> = told(&mut member);
    assert!(matches!(heard.as_slice(), [Event::SoundCheck(check)] if check.hearing == Hearing::Replaying));
    assert!(check_due(&member) > Time(14 * SECOND));
    member.handle_check_found(Hearing::WithEcho, Time(12 * SECOND));
    let last = effects(&mut member);
    assert!(matches!(last.as_slice(), [Effect::SoundCheck(false), Effect::Tell(Event::SoundCheck(check))]
        if check.hearing == Hearing::WithEcho));
    member.handle_check_found(Hearing::Well, Time(13 * SECOND));
    assert!(effects(&mut member).is_empty(), "it is over");
}

#[test]
fn a_sound_check_without_sound_is_over_at_once() {
    let mut member = at_the_door(false);
    member.handle_intent(Intent::SoundCheck, Time(0));
    told(&mut member);
    member.handle_check_failed();
    member.handle_check_failed();
    let heard: Vec<_> = told(&mut member);
    assert!(matches!(heard.as_slice(), [Event::SoundCheck(check)] if check.hearing == Hearing::NoSound));
}

#[test]
fn coming_in_or_going_ends_the_sound_check() {
    let mut member = at_the_door(false);
    let left = |member: &mut Member| member.end(Ended::TurnedAway);
    for go in [Member::joined, left] {
        member.cx.room.phase = Phase::Waiting;
        member.handle_intent(Intent::SoundCheck, Time(0));
        effects(&mut member);
        go(&mut member);
        let stops = |effect: &Effect| matches!(effect, Effect::SoundCheck(false));
        assert_eq!(effects(&mut member).iter().filter(|effect| stops(effect)).count(), 1);
        assert_eq!(member.room().check, None);
    }
}

#[test]
fn a_comparison_that_runs_out_of_time_is_told_once() {
    let mut member = at_the_door(false);
    member.cx.room.me = Some(SeatId(1));
    let (seat, number) = (SeatId(0), ActionNo(1));
    let action = |op| Fact::Action { seat, number, act: Act::None, op: Some(op) };
    let (replaced, removed) = (vec![], SeatSet::default());
    let facts = [
        action(Op::Open { title: "Tuesday".into(), name: "Hal".into(), charter: Charter::default() }),
        Fact::Commit { seat, number, admitted: vec![(SeatId(1), "Ana".into())], replaced, removed },
        action(Op::Verify),
    ];
    for fact in facts {
        let index = member.cx.room.state.index.next();
        member.cx.room.state.apply(index, 5000, &fact);
    }
    member.cx.room.clock = (Time(7 * SECOND), 5000);
    let due = check_due(&member);
    assert_eq!(due, Time(7 * SECOND + (VERIFY_MS + 1) * 1000));
    watch_check(&mut member, Time(due.0 - 1));
    assert_eq!(told(&mut member), []);
    for expected in [vec![Event::VerifyOver(Outcome::Unfinished { same: 1, of: 2 })], vec![]] {
        watch_check(&mut member, due);
        assert_eq!(told(&mut member), expected);
    }
    assert_eq!(check_due(&member), Time::NEVER);
}

/// What a member sends next on the control stream.
fn said(member: &mut Member) -> ToRelay {
    let control = |effect| if let Effect::Control(message) = effect { Some(message) } else { None };
    effects(member).into_iter().find_map(control).expect("something is said")
}

/// A joiner is let in by a door that gives Bo another name, or a number. With `at_once` the keys go ahead, and nothing says before
/// that the door has the words.
fn let_in_with(name_for_bo: &str, at_once: bool) -> Vec<Event> {
    let code = Code::parse("4821-otter-lamp-violin").unwrap_or_else(|error| panic!("{error}"));
    let mut ana = at_the_door(false);
    ana.cx.room.phase = Phase::Connecting;
    ana.handle_connected([5; 32], Time(0));
    let ToRelay::Hello(Hello { purpose: Purpose::Knock(nameplate, first), .. }) = said(&mut ana) else {
        panic!("knocks")
    };
    let Some(ToDoor::Spake { attempt, message }) = flight::read(first.bytes()) else { panic!("a first flight") };
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let half = Half::start(Side::Door, &code.words, nameplate, &attempt, &mut rng);
    let answer = flight::body(&ToJoiner::Spake { message: half.message().to_vec() });
    let keys = half.finish(&message.try_into().expect("33 bytes")).unwrap_or_else(|error| panic!("{error}"));
    ana.handle_control(ToMember::Answer(answer), Time(0));
    let ToRelay::Knock(third) = said(&mut ana) else { panic!("goes on") };
    let Some(ToDoor::Confirm { sealed, .. }) = flight::read(third.bytes()) else { panic!("a confirmation") };
    let introduction = keys.open(Sealed::Introduction, &sealed).expect("opens");
    let package = flight::read::<Introduction>(&introduction).expect("whole").key_package().to_vec();
    if !at_once {
        let reception = Reception::new(keys.confirmation(Side::Door), "Tuesday", &Charter::default(), 0, [5; 32]);
        let sealed = keys.seal(Sealed::Reception, &flight::write(&reception));
        ana.handle_control(ToMember::Answer(flight::body(&ToJoiner::Confirm { sealed })), Time(0));
    }

    let mut groups = four();
    let commit = groups[0].commit(b"", SeatSet::default(), &[package], false).expect("a commit");
    let mut told = State::default();
    let open = Op::Open { title: "Tuesday".into(), name: "Hal".into(), charter: Charter::default() };
    let (seat, number) = (SeatId(0), ActionNo(1));
    told.apply(Index(1), 0, &Fact::Action { seat, number, act: Act::None, op: Some(open) });
    let names = ["Ana", name_for_bo, "Cy", "Ana"];
    let admitted = (1..).map(SeatId).zip(names.map(str::to_owned)).collect();
    let (replaced, removed) = Default::default();
    told.apply(Index(2), 0, &Fact::Commit { seat, number: ActionNo(2), admitted, replaced, removed });
    let mut mls = commit.welcomes[0].clone();
    if at_once {
        // The second commit is the one that the relay takes; the first comes again late.
        for (number, keys_ahead) in [(1, vec![7; 40]), (2, std::mem::take(&mut mls)), (1, vec![7; 40])] {
            let ahead = flight::write(&Welcome::new(keys_ahead, Vec::new()));
            let sealed = keys.seal_numbered(Sealed::Keys, number, &ahead);
            ana.handle_control(ToMember::Answer(flight::body(&ToJoiner::Keys { number, sealed })), Time(0));
        }
        assert_eq!(ana.cx.room.phase, Phase::Connecting);
    }
    let welcome = flight::write(&Welcome::new(mls, told.snapshot()));
    let body = Blob::new(keys.seal(Sealed::Welcome, &welcome)).expect("fits");
    ana.handle_control(
        ToMember::Seated {
            seat: commit.seats[0],
            ticket: Ticket([1; Ticket::LEN]),
            index: Index(2),
            body,
            state: Box::new(RoomState::open(RoomId([1; 8]), Nameplate(4821), SeatId(0))),
            tag: Tag::default(),
        },
        Time(0),
    );
    assert_eq!(ana.cx.room.phase, Phase::In);
    self::told(&mut ana)
}

#[test]
fn a_door_that_misnames_a_member_is_found_out() {
    let misnamed = |events: Vec<Event>| -> Vec<(String, String)> {
        let names = |event| if let Event::Trouble(Trouble::Misnamed(names)) = event { Some(names) } else { None };
        events.into_iter().find_map(names).unwrap_or_default()
    };
    assert_eq!(misnamed(let_in_with("Zoe", false)), [("Zoe".to_owned(), "Bo".to_owned())]);
    assert_eq!(misnamed(let_in_with("Bo 1", false)), [("Bo 1".to_owned(), "Bo".to_owned())]);
    for fine in ["Bo", "Bo 2", "Bo 17"] {
        assert_eq!(misnamed(let_in_with(fine, false)), []);
    }
}

#[test]
fn a_welcome_whose_keys_went_ahead_lets_in_without_another_word() {
    assert!(let_in_with("Bo", true).contains(&Event::Joined));
}

#[test]
fn a_room_is_taken_only_when_asked_for() {
    let hosting = |nameplate| ToMember::Hosting {
        ticket: Ticket([nameplate as u8; Ticket::LEN]),
        state: Box::new(RoomState::open(RoomId([1; 8]), Nameplate(nameplate), SeatId(0))),
        tag: Tag::default(),
    };
    let mut host = Member::new(config("Hal", host("Tuesday"), false), [1; 32], Time(0));
    host.handle_connected([5; 32], Time(0));
    host.handle_control(hosting(4821), Time(0));
    let (group, code) = (host.log.group_id().to_vec(), host.cx.room.code.clone());
    assert!(code.as_deref().is_some_and(|code| code.starts_with("4821-")));
    effects(&mut host);
    host.handle_control(hosting(1234), Time(0));
    assert_eq!((host.log.group_id(), &host.cx.room.code), (&group[..], &code));
    assert!(effects(&mut host).is_empty());
    // Nor on another link, which is to lead back to the first.
    host.handle_disconnected(Time(0));
    host.handle_connected([5; 32], Time(0));
    effects(&mut host);
    host.handle_control(hosting(1234), Time(0));
    assert_eq!((host.log.group_id(), &host.cx.room.code), (&group[..], &code));
}
