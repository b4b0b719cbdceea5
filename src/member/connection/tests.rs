//! When another link is asked for, and when UDP is tried again.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::super::effect::Effects;
use super::*;
use crate::session::Room;
use crate::wire::Host;

#[test]
fn patience_grows_with_loss_and_with_the_round_trip() {
    let ms = |loss, rtt| patience(loss, Duration::from_millis(rtt)).as_millis();
    assert_eq!([ms(0.0, 0), ms(0.0, 200)], [1421, 1821]);
    assert!((1900..2300).contains(&ms(0.1, 0)) && (3000..4000).contains(&ms(0.36, 0)));
    assert_eq!([ms(0.7, 0), ms(1.0, 0), ms(0.0, 9000)], [5000; 3], "then it's taken for cut anyway");
}

const NOW: Time = Time(1_000_000);

/// A member in the circle at this time.
fn context() -> Context {
    Context {
        room: Room { phase: Phase::In, ..Room::default() },
        effects: Effects::starting_with(Effect::Dial),
        rng: ChaCha20Rng::from_seed([0; 32]),
        now: NOW,
        line_up: false,
        second_up: false,
        relay_key: [0; 32],
    }
}

fn connected(cx: &mut Context) -> Connection {
    let mut connection = Connection::new(cx.now);
    connection.set_ticket(Some(Ticket([1; Ticket::LEN])));
    connection.connected([0; 32], cx);
    asked(cx);
    connection
}

/// What was asked for, in a word each.
fn asked(cx: &mut Context) -> Vec<&'static str> {
    let word = |effect| match effect {
        Effect::Race => Some("race"),
        Effect::EndRace => Some("end"),
        Effect::Upgrade => Some("upgrade"),
        Effect::Tell(Event::Road(Road::Tcp)) => Some("slow"),
        Effect::Tell(Event::Road(Road::Udp)) => Some("fast"),
        _ => None,
    };
    std::iter::from_fn(|| cx.effects.pop()).filter_map(word).collect()
}

fn follow(connection: &mut Connection, road: Road, unanswered: u64, cx: &mut Context) -> Vec<&'static str> {
    let unanswered = Duration::from_millis(unanswered);
    connection.follow(&LineCounts { road, unanswered, ..LineCounts::default() }, 0.0, cx);
    asked(cx)
}

fn pass(connection: &mut Connection, seconds: u64, cx: &mut Context) -> Vec<&'static str> {
    for _ in 0..seconds {
        cx.now = cx.now + Duration::from_secs(1);
        connection.heard(cx);
        connection.watch(cx).expect("not over");
    }
    asked(cx)
}

#[test]
fn a_line_that_is_not_answered_is_raced_before_it_is_cut() {
    let mut cx = context();
    let mut connection = connected(&mut cx);
    assert!(follow(&mut connection, Road::Udp, 1400, &mut cx).is_empty());
    assert_eq!(follow(&mut connection, Road::Udp, 1500, &mut cx), ["race"]);
    assert_eq!(cx.room.phase, Phase::In, "it may be the way up alone");
    assert!(follow(&mut connection, Road::Udp, 2000, &mut cx).is_empty(), "one race at a time");
    assert_eq!(follow(&mut connection, Road::Udp, 0, &mut cx), ["end"], "it was only late");
    assert_eq!(follow(&mut connection, Road::Udp, 1500, &mut cx), ["race"]);
    // Nothing is heard either: the screen says so after five seconds, as before.
    cx.now = cx.now + SILENT;
    assert!(connection.due() <= cx.now);
    connection.watch(&mut cx).expect("not over");
    assert!(matches!(cx.room.phase, Phase::Returning(_)));
}

#[test]
fn a_member_without_a_seat_wins_nothing_by_a_race() {
    let mut cx = context();
    let mut connection = connected(&mut cx);
    connection.set_ticket(None);
    assert!(follow(&mut connection, Road::Udp, 4000, &mut cx).is_empty());
}

#[test]
fn on_the_slow_road_udp_is_tried_again_less_and_less_often() {
    let mut cx = context();
    let mut connection = connected(&mut cx);
    assert_eq!(follow(&mut connection, Road::Tcp, 0, &mut cx), ["slow"]);
    for wait in [15, 30, 60, 60] {
        assert!(pass(&mut connection, wait - 1, &mut cx).is_empty(), "{wait}");
        assert_eq!(pass(&mut connection, 1, &mut cx), ["upgrade"], "{wait}");
        connection.unreached(&mut cx);
        assert_eq!(cx.room.phase, Phase::In, "nothing was lost");
    }
    assert_eq!(pass(&mut connection, 60, &mut cx), ["upgrade"]);
    connection.connected([0; 32], &mut cx);
    connection.back(&mut cx);
    assert_eq!(follow(&mut connection, Road::Udp, 0, &mut cx), ["fast"]);
    assert!(pass(&mut connection, 100, &mut cx).is_empty(), "UDP carries the line");
    // Having held for long, it is trusted again.
    follow(&mut connection, Road::Udp, 0, &mut cx);
    follow(&mut connection, Road::Tcp, 0, &mut cx);
    assert_eq!(pass(&mut connection, 15, &mut cx), ["upgrade"]);
}

#[test]
fn an_upgrade_gives_way_to_a_race() {
    let mut cx = context();
    let mut connection = connected(&mut cx);
    follow(&mut connection, Road::Tcp, 0, &mut cx);
    assert_eq!(pass(&mut connection, 15, &mut cx), ["upgrade"]);
    cx.now = cx.now + SILENT;
    connection.watch(&mut cx).expect("not over");
    assert_eq!(asked(&mut cx), ["race"]);
}

#[test]
fn a_member_is_sent_on_only_so_often() {
    let mut cx = context();
    let mut connection = connected(&mut cx);
    let host = |n| Host::try_from(format!("relay-{n}.example:4433")).expect("a host");
    let mut sent_on = |n, connection: &mut Connection| {
        connection.elsewhere(RelayAt { host: host(n), key: [n; 32] }, &mut cx);
        let effects: Vec<Effect> = std::iter::from_fn(|| cx.effects.pop()).collect();
        assert!(matches!(&effects[0], Effect::Follow(relay) if relay.host == host(n)));
        let dials = effects.iter().any(|effect| matches!(effect, Effect::Dial));
        connection.connected([n; 32], &mut cx);
        dials
    };
    for n in 0..limits::REDIRECTS as u8 {
        assert!(sent_on(n, &mut connection), "{n}");
    }
    assert!(!sent_on(99, &mut connection), "it comes again later");
    assert!(sent_on(1, &mut connection), "and then as before");
}

#[test]
fn a_first_call_that_nobody_answers_is_told_of_in_time() {
    let mut cx = context();
    cx.room.phase = Phase::Connecting;
    cx.effects.clear();
    let mut connection = Connection::new(cx.now);
    let told = connection.due();
    assert!(told.since(cx.now) < Duration::from_secs(5), "{told:?}");
    for _ in 0..2 {
        cx.now = told;
        assert!(connection.watch(&mut cx).is_ok());
    }
    assert!(matches!(cx.effects.pop(), Some(Effect::Tell(Event::Trouble(Trouble::NoAnswerYet)))));
    assert!(cx.effects.pop().is_none() && connection.due() == Time::NEVER, "once");
    // Where there was an answer, nobody is told of none.
    let mut connection = Connection::new(cx.now);
    connection.connected([0; 32], &mut cx);
    assert!(connection.due() > cx.now + NO_ANSWER);
}
