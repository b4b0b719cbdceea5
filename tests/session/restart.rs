//! A member who crashes or leaves and comes back by the same name finds what was theirs.

use std::time::Duration;

use ingle::ids::SeatId;
use ingle::session::{Event, Intent, Member, Role, Trouble, Turn, TurnEvent, Whom};
use ingle::sim::network::Way;
use ingle::sim::{Step, World};

fn group(count: usize, seed: u64) -> World {
    let mut world = World::new(count, seed);
    world.take_step(Step::Start(0));
    world.pass(Duration::from_secs(2));
    (1..count).for_each(|member| world.take_step(Step::Start(member)));
    world.pass(Duration::from_secs(10));
    world.told_since();
    world
}

fn seat(world: &World, member: usize) -> SeatId {
    world.room(member).and_then(|room| room.me).expect("in")
}

fn holder(world: &World, member: usize, of: SeatId) -> Member {
    world.room(member).expect("runs").state.circle.seats[&of].clone()
}

/// The member's program crashes, or says goodbye, and runs again after `away`.
fn restart(world: &mut World, member: usize, step: Step, away: u64) {
    world.take_step(step);
    world.pass(Duration::from_secs(away));
    world.take_step(Step::Start(member));
    world.pass(Duration::from_secs(20));
}

/// Whether a member hears another who talks for three seconds, and how many bytes come down meanwhile.
fn hears(world: &mut World, listener: usize, talker: usize) -> (bool, u64) {
    let (heard, before) = (world.heard(listener), world.carried(listener, Way::Down).bytes);
    world.take_step(Step::Talk(talker, Duration::from_secs(3)));
    world.pass(Duration::from_secs(5));
    let packets = world.heard(listener) - heard;
    assert!(packets == 0 || packets > 40, "{packets} packets");
    (packets > 0, world.carried(listener, Way::Down).bytes - before)
}

#[test]
fn a_facilitators_mute_outlives_a_restart_until_lifted() {
    // Back before the seat was given up, and after; and knocking again after a goodbye.
    let ways = [(Step::Crash(2), 8), (Step::Crash(2), 150), (Step::Leave(2), 5)];
    for (seed, (step, away)) in ways.into_iter().enumerate() {
        let case = format!("{step:?}, away for {away} s");
        let mut world = group(4, 300 + seed as u64);
        let (_, loud) = hears(&mut world, 1, 2);
        world.take_step(Step::Mute(0, 2, true));
        world.pass(Duration::from_secs(1));
        let before = holder(&world, 1, seat(&world, 2));
        world.told_since();
        restart(&mut world, 2, step, away);
        let now = seat(&world, 2);
        let after = holder(&world, 1, now);
        assert_eq!((&before.name, before.muted), (&after.name, true), "{case}");
        assert!(before.arrival < after.arrival && after.muted, "{case}: {after:?}");
        let told = world.told_since();
        assert!(
            told.iter().any(|told| matches!(told, (1, Event::Muted { seat, muted: true }) if *seat == now)),
            "{case}"
        );
        assert!(world.room(2).expect("in").am_floor_muted(), "{case}");
        let (heard, quiet) = hears(&mut world, 1, 2);
        // Nor does the relay pass anything on for listeners to drop.
        assert!(!heard && quiet * 3 < loud, "{case}: {quiet} bytes, of {loud} when it is heard");
        world.take_step(Step::Mute(0, 2, false));
        world.pass(Duration::from_secs(1));
        assert!(hears(&mut world, 1, 2).0, "{case}");
        // A lifted mute stays lifted.
        restart(&mut world, 2, Step::Crash(2), 8);
        assert!(hears(&mut world, 1, 2).0, "{case}");
        world.settle().unwrap_or_else(|fault| panic!("{case}: {fault}"));
    }
}

/// Mutes lifted while the program was gone, and those of a removed member who is let in again.
#[test]
fn a_mute_lifted_or_ended_by_removal_does_not_come_back() {
    let mut world = group(4, 310);
    let mute = |world: &mut World, muted| {
        let whom = Whom::One(seat(world, 2));
        world.want(0, Intent::Mute { whom, muted });
        world.pass(Duration::from_secs(1));
    };
    mute(&mut world, true);
    world.take_step(Step::Crash(2));
    world.pass(Duration::from_secs(8));
    let gone = Whom::One(SeatId(2));
    world.want(0, Intent::Mute { whom: gone, muted: false });
    restart(&mut world, 2, Step::Crash(2), 1);
    assert!(hears(&mut world, 1, 2).0);
    mute(&mut world, true);
    restart(&mut world, 2, Step::Remove(0, 2), 5);
    assert!(hears(&mut world, 1, 2).0);
    world.settle().expect("all agree");
}

#[test]
fn a_member_back_soon_finds_hand_question_and_stick_again() {
    for (away, kept) in [(8, true), (150, false)] {
        let mut world = group(5, 320);
        for member in [3, 2, 4] {
            world.want(member, Intent::Hand { up: true });
            world.pass(Duration::from_secs(1));
        }
        world.want(2, Intent::Turn(Turn::Ask { up: true }));
        world.pass(Duration::from_secs(1));
        restart(&mut world, 2, Step::Crash(2), away);
        let [two, three, four] = [2, 3, 4].map(|member| seat(&world, member));
        let state = world.room(1).expect("in").state.clone();
        assert_eq!(state.turns.queue.hands, if kept { vec![three, two, four] } else { vec![three, four] });
        assert_eq!(state.turns.floor.asks, if kept { vec![two] } else { vec![] });
        world.want(0, Intent::Stick(Some(two)));
        world.pass(Duration::from_secs(1));
        world.told_since();
        restart(&mut world, 2, Step::Crash(2), away);
        let two = seat(&world, 2);
        let state = world.room(1).expect("in").state.clone();
        assert_eq!(state.turns.floor.holder, kept.then_some(two));
        let told = world.told_since();
        let stick = |told: &&(usize, Event)| matches!(told, (1, Event::Turn(TurnEvent::Stick(_))));
        let stick: Vec<_> = told.iter().filter(stick).collect();
        assert!(
            matches!(stick[..], [(1, Event::Turn(TurnEvent::Stick(to)))] if *to == kept.then_some(two)),
            "{stick:?}"
        );
        let refused = |told: &(usize, Event)| matches!(told.1, Event::Trouble(Trouble::NotTaken(_)));
        assert!(!told.iter().any(refused), "what is said again for the relay troubles nobody");
        // The relay has it too: the holder is heard, and another isn't.
        assert!(hears(&mut world, 1, 2).0);
        assert_eq!(hears(&mut world, 1, 3).0, !kept);
        world.settle().expect("all agree");
    }
}

#[test]
fn a_host_whose_seat_is_gone_knocks_like_anybody() {
    let mut world = group(4, 340);
    world.take_step(Step::Role(0, 1, Role::CoFacilitator));
    world.pass(Duration::from_secs(2));
    world.take_step(Step::Blackout(0, Duration::from_secs(150)));
    world.pass(Duration::from_secs(160));
    world.take_step(Step::Admit(1));
    world.pass(Duration::from_secs(10));
    let back = seat(&world, 0);
    assert_eq!(world.state(1).expect("in").circle.seats.len(), 4);
    assert_eq!(holder(&world, 1, back).name, world.room(0).expect("in").state.circle.seats[&back].name);
    assert_eq!(world.state(0).map(|state| state.hash()), world.state(2).map(|state| state.hash()));
}
