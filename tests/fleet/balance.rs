//! A thousand relays and a hundred thousand rooms.

use std::time::Duration;

use crate::seed;
use crate::world::World;

const RELAYS: usize = 1000;
const GROUPS: usize = 100_000;

/// What was measured of a fleet that filled up.
fn filled(relays: usize, groups: usize) -> World {
    let mut world = World::new(relays, seed());
    world.run(Duration::from_secs(2));
    world.begin(groups, Duration::from_secs(60));
    world.run(Duration::from_secs(65));
    assert_eq!(world.seated(), groups);
    let rooms = || world.relays.iter().map(|relay| relay.here.len());
    let (least, most) = (rooms().min().unwrap_or(0), rooms().max().unwrap_or(0));
    let mean = groups / relays;
    let home = |group: &&crate::world::Group| group.at.is_some_and(|at| world.relays[at].region == group.region());
    let near = world.groups.iter().filter(home).count();
    println!(
        "{groups} rooms on {relays} relays: {least} to {most} each, mean {mean}; {near} in their region; {} redirects",
        world.redirects
    );
    assert!(most <= mean * 13 / 10 && least >= mean * 6 / 10, "{least} to {most}");
    assert_eq!(near, groups);
    assert!(world.redirects < groups as u64 * 2, "they are not sent round in circles");
    world
}

fn goes_through(relays: usize, groups: usize) {
    let mut world = filled(relays, groups);
    // One in a hundred dies, all at once, and as many are emptied.
    let (dead, emptied) = (relays / 100, relays / 100);
    let hit = |world: &World, from: usize, count: usize| {
        world.groups.iter().filter(|group| group.at.is_some_and(|at| (from..from + count).contains(&at))).count()
    };
    let (orphans, moved) = (hit(&world, 0, dead), hit(&world, dead, emptied));
    world.groups.iter_mut().for_each(|group| group.took = None);
    (0..dead).for_each(|at| world.kill(at));
    (dead..dead + emptied).for_each(|at| world.drain(at));
    for _ in 0..80 {
        world.run(Duration::from_millis(250));
        world.one_at_most_everywhere();
    }
    assert_eq!(world.seated(), groups, "nobody is lost");
    let absences = world.absences(|_| true);
    let at = |share: usize| absences[(absences.len() - 1) * share / 100];
    println!(
        "{orphans} rooms of {dead} dead relays, {moved} of {emptied} emptied: back after {:?} (half), {:?} (all); {} checks",
        at(50),
        at(100),
        world.checks
    );
    assert_eq!(absences.len(), orphans + moved);
    assert!(at(100) <= Duration::from_secs(8), "{:?}", at(100));
    assert!((0..dead + emptied).all(|relay| world.relays[relay].here.is_empty()), "they have none left");
    let most = world.relays.iter().map(|relay| relay.here.len()).max().unwrap_or(0);
    println!("afterwards at most {most} on one");
    assert!(most <= groups / relays * 2, "{most}");
}

#[test]
fn rooms_spread_and_outlive_dead_and_emptied_relays() {
    goes_through(100, 6_000);
}

#[test]
#[ignore = "a thousand relays and a hundred thousand rooms; make soak"]
fn a_thousand_relays_carry_a_hundred_thousand_rooms() {
    goes_through(RELAYS, GROUPS);
}
