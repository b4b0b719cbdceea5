//! An evening of six in the simulator: real members and a real relay core in virtual time, on lines that lose packets, carry little
//! or go dark, with a facilitator whose program crashes. The same seed gives the same evening, event for event.
//!
//!     cargo run --release --example evening --features sim -- 7

use std::time::Duration;

use ingle::session::{Role, RoundKind, Turn};
use ingle::sim::network::Quality;
use ingle::sim::{Step, World};

const MEMBERS: usize = 6;

fn main() -> Result<(), String> {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut world = World::new(MEMBERS, seed);
    let seconds = Duration::from_secs;

    // Member 0 opens the group, the others come by its code, and the first of them is to follow it.
    for member in 0..MEMBERS {
        world.take_step(Step::Start(member));
        world.pass(seconds(10));
    }
    world.take_step(Step::Role(0, 1, Role::CoFacilitator));
    tell(&mut world, "all have come");

    // A line that loses a fifth of its packets each way, and one of 16 kbps on which at most ten packets wait.
    world.take_step(Step::Line(4, Quality { loss: 0.2, ..Quality::GOOD }));
    world.take_step(Step::Line(5, Quality { rate: Some((16.0, 10)), ..Quality::GOOD }));
    world.take_step(Step::Turn(0, Turn::Round(RoundKind::CheckIn, None)));
    world.pass(seconds(2));
    while let Some(member) = has_the_turn(&world) {
        world.take_step(Step::Talk(member, seconds(30)));
        world.pass(seconds(35));
        world.take_step(Step::Turn(member, Turn::Done));
        world.pass(seconds(2));
    }
    tell(&mut world, "everybody has had a turn in the round");

    // One line is dark for 20 s while another member talks: what was missed is heard afterwards.
    world.take_step(Step::Talk(3, seconds(40)));
    world.pass(seconds(5));
    world.take_step(Step::Blackout(2, seconds(20)));
    world.pass(seconds(120));
    tell(&mut world, "a line was dark for 20 s");

    world.take_step(Step::Crash(0));
    world.pass(seconds(30));
    tell(&mut world, "the facilitator's program has crashed");
    world.take_step(Step::Start(0));
    world.pass(seconds(60));
    tell(&mut world, "it was started again");

    // Two minutes on good lines; an error if any two members disagree about anything.
    world.settle()?;
    tell(&mut world, "all is settled, and all members agree");
    for member in 0..MEMBERS {
        println!("  member {member} was given {} packets of voice", world.heard(member));
    }
    Ok(())
}

/// The member whose turn it is in the round.
fn has_the_turn(world: &World) -> Option<usize> {
    let seat = world.room(0)?.state.turns.round.as_ref()?.now?;
    world.member_on(seat)
}

fn tell(world: &mut World, what: &str) {
    let at = world.now().0 / 1_000_000;
    let sees = |member: usize| Some((member, world.state(member)?));
    let Some((witness, state)) = (0..MEMBERS).rev().find_map(sees) else { return };
    let leads = state.circle.facilitator().and_then(|seat| state.circle.name(seat)).unwrap_or("nobody");
    println!(
        "{:02}:{:02}  {what}; member {witness} sees {} in the circle, led by {leads}",
        at / 60,
        at % 60,
        state.circle.seats.len()
    );
}
