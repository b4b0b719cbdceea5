//! A second way follows the first to another relay.

use super::*;
use crate::wire::{Hello, Purpose, Refusal, Ticket};

fn asked(me: &mut Member) -> Vec<&'static str> {
    me.handle_timeout(me.cx.now);
    let word = |effect| match effect {
        Effect::DialSecond => Some("dial"),
        Effect::DropSecond => Some("drop"),
        Effect::SecondControl(ToRelay::Hello(Hello { purpose: Purpose::SecondWay(_), .. })) => Some("greet"),
        _ => None,
    };
    std::iter::from_fn(|| me.poll_effect()).filter_map(word).collect()
}

/// A member with a seat at relay 0, to which a second way leads as far as `made` says.
fn with_second_way(made: usize) -> Member {
    let mut me = member(four().remove(1));
    me.connection.set_ticket(Some(Ticket([1; Ticket::LEN])));
    me.want_second_way("wlan1".into());
    let steps: [fn(&mut Member); 2] =
        [|me| me.handle_second_connected([0; 32], NOW), |me| me.handle_second_control(&ToMember::SecondWay, NOW)];
    assert_eq!(asked(&mut me), ["dial"]);
    steps.iter().take(made).for_each(|step| step(&mut me));
    assert_eq!(asked(&mut me), ["greet"].into_iter().take(made).collect::<Vec<_>>());
    me
}

#[test]
fn a_second_way_follows_the_first_to_another_relay_at_once() {
    for made in 0..3 {
        let mut me = with_second_way(made);
        me.handle_disconnected(NOW);
        me.handle_connected([1; 32], NOW);
        assert_eq!(asked(&mut me), ["drop"], "{made}: the room is elsewhere, and the first has no seat there yet");
        me.connection.back(&mut me.cx);
        assert_eq!(asked(&mut me), ["dial"], "{made}");
        me.handle_second_connected([1; 32], NOW);
        assert_eq!(asked(&mut me), ["greet"], "{made}");
    }
}

#[test]
fn a_second_way_that_came_too_late_follows_all_the_same() {
    let mut me = with_second_way(1);
    // The relay has given the room away, and the first way hears of it a moment later.
    me.handle_second_control(&ToMember::Refused(Refusal::SeatGone), NOW);
    assert_eq!(asked(&mut me), ["drop"]);
    me.handle_disconnected(NOW);
    me.handle_connected([1; 32], NOW);
    me.connection.back(&mut me.cx);
    assert_eq!(asked(&mut me), ["dial"]);
}

#[test]
fn a_second_way_stays_where_the_first_comes_back_to_its_relay() {
    let mut me = with_second_way(2);
    me.handle_disconnected(NOW);
    me.handle_connected([0; 32], NOW);
    me.connection.back(&mut me.cx);
    assert!(asked(&mut me).is_empty());
}
