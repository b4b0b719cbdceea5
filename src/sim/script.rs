//! What people and lines do in a simulated session, written by hand or drawn from a seed.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::network::{Quality, Way};
use crate::ids::{SeatId, Time};
use crate::session::{Order, Role, RoundKind, Turn};

/// One thing that happens. Members are numbered from 0, the host.
#[derive(Clone, Debug)]
pub enum Step {
    /// The member starts its program and joins (0: hosts).
    Start(usize),
    /// The member writes a line that nobody else writes.
    Chat(usize),
    /// The member raises or lowers its hand.
    Hand(usize, bool),
    /// The member opens its microphone and talks for this long.
    Talk(usize, Duration),
    /// From now on everything that is heard is kept, with its time: [`super::World::recorded`].
    Record(usize),
    /// The member, if it is the facilitator, mutes another or lifts the mute.
    Mute(usize, usize, bool),
    /// The member, if it is the facilitator, mutes everybody else or lifts that.
    MuteAll(usize, bool),
    /// The member, if it is the facilitator, locks or unlocks the door.
    Lock(usize, bool),
    /// The member, if it is the facilitator, lets one more try the code.
    AllowTry(usize),
    /// The member, if it is the facilitator, lets in all who wait.
    Admit(usize),
    /// The member, if it may, gives another or itself a role.
    Role(usize, usize, Role),
    /// The member takes the group back if its line was gone.
    TakeBack(usize),
    /// The member, if it is the facilitator, removes another.
    Remove(usize, usize),
    /// The member doesn't want to hear what it has missed.
    Skip(usize),
    /// The member says goodbye.
    Leave(usize),
    /// The member's program ends without a word.
    Crash(usize),
    /// The member's program stands still for this long.
    Freeze(usize, Duration),
    /// Nothing passes on the member's line for this long.
    Blackout(usize, Duration),
    /// One direction of a member's line is dark.
    OneWay(usize, Way, Duration),
    /// The member's address changes: nothing passes on its present connection ever again.
    Rebind(usize),
    /// The relay's program ends, and starts anew after this long, with nothing but its key.
    RestartRelay(Duration),
    /// The relay's program ends, and another relay is in its place.
    ReplaceRelay,
    /// The member's line is like this from now on.
    Line(usize, Quality),
    /// The member does something about turns, whether it may or not.
    Turn(usize, Turn),
    /// The member gives another the talking stick, or puts it down.
    Stick(usize, Option<usize>),
    /// The member does something about decisions that is drawn from this number, whether it can be done or not.
    Decide(usize, u64),
    /// The member does something about care that is drawn from this number, whether it can be done or not.
    Care(usize, u64),
}

/// Steps with their times, in order.
#[derive(Clone, Debug)]
pub struct Script {
    /// How many members there are at most.
    pub members: usize,
    /// When each thing happens.
    pub steps: Vec<(Time, Step)>,
    /// When nothing more happens, and all lines are good again.
    pub end: Time,
}

impl Script {
    /// A session of 2 to 14 people with a bit of everything, drawn from a seed. Every twentieth has up to 50.
    pub fn drawn(seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut below = move |n: u64| rng.next_u64() % n;
        let members = if seed % 20 == 19 { 2 + below(49) } else { 2 + below(13) } as usize;
        let end = Time(90_000_000);
        let mut steps = vec![(Time(0), Step::Start(0))];
        for member in 1..members {
            steps.push((Time(2_000_000 + below(20_000_000)), Step::Start(member)));
        }
        let span_ms = Duration::from_millis;
        for _ in 0..10 + below(40) + members as u64 * 3 {
            let at = Time(3_000_000 + below(end.0 - 3_000_000));
            let (who, whom) = (below(members as u64) as usize, below(members as u64) as usize);
            let step = match below(70) {
                0..=11 => Step::Chat(who),
                12..=15 => Step::Hand(who, below(2) == 0),
                16..=20 => Step::Talk(who, span_ms(500 + below(5000))),
                21..=23 => Step::Mute(0, whom, below(3) > 0),
                24 => Step::MuteAll(who, below(2) == 0),
                25 => Step::Lock(0, below(4) == 0),
                26 if whom > 0 => Step::Remove(0, whom),
                27 if who > 0 => Step::Leave(who),
                28 => Step::Crash(who),
                29 => Step::Freeze(who, span_ms(below(25_000))),
                30..=31 => Step::Blackout(who, span_ms(below(30_000))),
                32 => Step::Rebind(who),
                33 => Step::Start(who),
                40..=41 => Step::Role(0, whom, [Role::CoFacilitator, Role::Facilitator][usize::from(below(4) == 0)]),
                42..=43 => {
                    let roles = [Role::CoFacilitator, Role::Facilitator, Role::Member];
                    Step::Role(who, whom, roles[below(3) as usize])
                }
                44..=45 => Step::TakeBack(who),
                46 => Step::Stick(who, (below(3) > 0).then_some(whom)),
                47..=57 => Step::Turn(who, turn(below(20), SeatId(below(members as u64) as u8))),
                58..=65 => Step::Decide(who, below(u64::MAX)),
                66..=69 => Step::Care(who, below(u64::MAX)),
                _ => Step::Line(
                    who,
                    Quality {
                        loss: [0.0, 0.05, 0.2, 0.4][below(4) as usize],
                        burst: 0.0,
                        delay: span_ms(5 + below(300)),
                        jitter: span_ms(below(150)),
                        doubled: [0.0, 0.02, 0.1][below(3) as usize],
                        rate: [None, None, Some((48.0, 20)), Some((16.0, 10))][below(4) as usize],
                    },
                ),
            };
            steps.push((at, step));
        }
        if below(25) == 0 {
            steps.push((Time(3_000_000 + below(end.0 - 3_000_000)), Step::ReplaceRelay));
        }
        if below(3) == 0 {
            for _ in 0..1 + below(2) {
                let down = span_ms([0, 200, 2000, 20_000][below(4) as usize]);
                steps.push((Time(3_000_000 + below(end.0 - 3_000_000)), Step::RestartRelay(down)));
            }
        }
        steps.sort_by_key(|(at, _)| *at);
        Self { members, steps, end }
    }
}

/// One of the things that can be done about turns.
fn turn(which: u64, seat: SeatId) -> Turn {
    match which {
        0 => Turn::Ask { up: true },
        1 => Turn::Ask { up: false },
        2 => Turn::AskMuteAll,
        3 => Turn::Yes,
        4 => Turn::Order(Order::Least),
        5 => Turn::Order(Order::Hands),
        6 => Turn::Next(seat),
        7 => Turn::Round(RoundKind::CheckIn, Some(20)),
        8 => Turn::Skip(seat),
        9 => Turn::EndRound,
        10..=12 => Turn::Done,
        13 => Turn::Pass,
        14 => Turn::Later,
        15 => Turn::Point("Money".to_owned(), 1),
        16 => Turn::NextPoint,
        17 => Turn::Break(1),
        18 => Turn::Back,
        _ => Turn::Bell(Some(1)),
    }
}
