//! Relays that stand still, and a registry that is away.

use std::time::Duration;

use crate::seed;
use crate::world::World;

fn filled(relays: usize, groups: usize) -> World {
    let mut world = World::new(relays, seed());
    world.run(Duration::from_secs(2));
    world.begin(groups, Duration::from_secs(20));
    world.run(Duration::from_secs(25));
    assert_eq!(world.seated(), groups);
    world
}

#[test]
fn a_relay_that_stood_still_sends_nothing_for_what_others_took() {
    let mut world = filled(12, 600);
    let had = world.relays[3].here.clone();
    assert!(had.len() > 20 && world.sends(3));
    world.stop(3);
    world.run(Duration::from_secs(12));
    assert_eq!(world.seated(), 600, "its groups are elsewhere");
    assert_eq!(world.relays[3].here, had, "it doesn't know yet");
    world.go_on(3);
    assert!(!world.sends(3), "not a packet before it has asked");
    world.run(Duration::from_secs(2));
    world.one_at_most_everywhere();
    assert!(world.sends(3) && world.relays[3].here.is_empty(), "it's one of them again, without those rooms");
}

#[test]
fn a_relay_that_stood_still_for_a_moment_keeps_its_rooms() {
    let mut world = filled(12, 600);
    let had = world.relays[3].here.clone();
    world.stop(3);
    world.run(Duration::from_millis(1200));
    world.go_on(3);
    assert!(world.sends(3), "nobody else can have them");
    world.run(Duration::from_secs(4));
    assert_eq!((world.seated(), &world.relays[3].here), (600, &had));
}

#[test]
fn what_runs_goes_on_while_the_registry_is_away() {
    let mut world = filled(12, 600);
    world.set_away(true);
    world.run(Duration::from_secs(10));
    world.begin(50, Duration::from_secs(5));
    for _ in 0..240 {
        world.run(Duration::from_millis(250));
        assert!((0..12).all(|at| world.sends(at)));
    }
    assert_eq!(world.seated(), 600, "new groups wait, and nobody else does");
    world.set_away(false);
    world.run(Duration::from_secs(5));
    world.one_at_most_everywhere();
    assert_eq!(world.seated(), 650);
}

#[test]
fn a_relay_that_stood_still_without_a_registry_asks_it_first() {
    let mut world = filled(12, 600);
    world.set_away(true);
    world.run(Duration::from_secs(10));
    world.stop(3);
    world.run(Duration::from_secs(2));
    world.go_on(3);
    world.run(Duration::from_secs(10));
    assert!(!world.sends(3), "it may have been away for this relay alone");
    world.set_away(false);
    world.run(Duration::from_secs(3));
    assert!(world.sends(3));
}

#[test]
fn no_room_is_ever_sent_for_by_two_relays() {
    let mut world = filled(20, 1000);
    let mut stopped = Vec::new();
    for round in 0..400 {
        let at = world.pick(20) as usize;
        match world.pick(12) {
            0 if stopped.len() < 4 && !stopped.contains(&at) => {
                world.stop(at);
                stopped.push(at);
            }
            1 | 2 => stopped.drain(..).for_each(|at| world.go_on(at)),
            3 => world.set_away(true),
            4 | 5 => world.set_away(false),
            _ => {}
        }
        let wait = Duration::from_millis(100 + world.pick(900));
        world.run(wait);
        world.one_at_most_everywhere();
        assert!(world.groups.len() == 1000, "{round}");
    }
    world.set_away(false);
    stopped.into_iter().for_each(|at| world.go_on(at));
    world.run(Duration::from_secs(30));
    println!("{} checks, {} redirects", world.checks, world.redirects);
    assert_eq!(world.seated(), 1000, "all are together again");
}
