//! Talkers are told who hears them, and it costs next to nothing.

use std::time::Duration;

use ingle::adapt::PROBES;
use ingle::ids::{Time, overhead};
use ingle::session::HeardBy;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Script, Step, World};

fn at(secs: u64) -> Time {
    Time(secs * 1_000_000)
}

/// Five of whom member 1 talks for a minute and a half from the 5th second on.
fn session(more: Vec<(Time, Step)>) -> World {
    let mut steps: Vec<_> = (0..5).map(|member| (Time(member as u64 * 500_000), Step::Start(member))).collect();
    steps.push((at(5), Step::Talk(1, Duration::from_secs(90))));
    steps.extend(more);
    steps.sort_by_key(|(at, _)| *at);
    World::play(&Script { members: 5, steps, end: at(100) }, 3).expect("all agree")
}

/// What the talker knew at a moment: how many listen, how many hear it, and which members lose words.
fn known(world: &World, when: Time) -> (u8, u8, Vec<usize>) {
    let told = world.heard_by(1).iter().rev().find(|(at, _)| *at <= when);
    let HeardBy { of, hear, losing } = told.map_or_else(HeardBy::default, |(_, heard)| *heard);
    (of, hear, losing.iter().filter_map(|seat| world.member_on(seat)).collect())
}

#[test]
fn a_talker_knows_who_hears_it_who_loses_words_and_who_is_away() {
    let bad = Quality { loss: 0.75, ..Quality::GOOD };
    let world = session(vec![
        (at(20), Step::Line(3, bad)),
        (at(50), Step::Line(3, Quality::GOOD)),
        (at(75), Step::Blackout(2, Duration::from_secs(15))),
    ]);
    println!("{:?}", world.heard_by(1));
    assert_eq!(known(&world, at(15)), (4, 4, vec![]), "all hear it within seconds");
    // On such a line what is said of it gets lost too, now and then.
    let losing = (25..50).filter(|when| known(&world, at(*when)) == (4, 3, vec![3])).count();
    assert!(losing >= 10, "for {losing} of 25 s");
    assert_eq!(known(&world, at(70)), (4, 4, vec![]), "and so it's told when all is well again");
    assert_eq!(known(&world, at(86)), (4, 3, vec![]), "who is away hears nothing, and the roster says that");
    for other in [0, 2, 3, 4] {
        assert!(world.heard_by(other).is_empty(), "who is silent is told nothing");
    }
}

#[test]
fn knowing_it_costs_less_than_a_third_of_a_kilobit_a_second() {
    // All that is sent to the talker while it talks is this report.
    let world = session(vec![]);
    let down = world.carried(1, Way::Down);
    // But for what shows its line when it comes in.
    let all = down.ip_bytes() - u64::from(PROBES) * (104 + overhead::DATAGRAM as u64);
    let kbps = all as f64 * 8.0 / 1000.0 / 90.0;
    println!("{} datagrams down to the talker, {kbps:.3} kbps", down.datagrams);
    assert!(kbps < 0.1, "{kbps}");
}
