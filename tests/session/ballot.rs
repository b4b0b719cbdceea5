//! Secret votes of whole groups: whoever drops out, the rest is counted and all agree on the result; and what it costs.

use std::time::Duration;

use ingle::ids::Time;
use ingle::session::poll::Count;
use ingle::session::{Choice, Decide, DecisionEvent, Event, Intent, Motion, Tally, VoteKind};
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Step, World};
use ingle::wire::limits;

/// A group of this many members in which a secret vote has been opened.
fn voting(count: usize, seed: u64) -> World {
    let mut world = World::new(count, seed);
    world.take_step(Step::Start(0));
    world.pass(Duration::from_secs(2));
    for member in 1..count {
        world.take_step(Step::Start(member));
        world.pass(Duration::from_millis(600));
    }
    world.pass(Duration::from_secs(5));
    world.want(1, Intent::Decide(Decide::Propose("A break at three".into(), Motion::Text)));
    world.pass(Duration::from_secs(2));
    world.want(0, Intent::Decide(Decide::Vote(1, VoteKind::Secret)));
    world.pass(Duration::from_secs(2));
    for member in 0..count {
        let room = world.room(member).expect("runs");
        let asked = room.me.is_some_and(|me| room.state.decisions.to_vote(me).is_some());
        assert!(asked, "member {member} of {count} is asked to vote");
    }
    world.told_since();
    world
}

fn choice(member: usize) -> Choice {
    [Choice::Yes, Choice::No, Choice::Yes, Choice::Abstain][member % 4]
}

fn choose(world: &mut World, member: usize) {
    world.want(member, Intent::Decide(Decide::Ballot(1, choice(member))));
}

fn tally(members: impl Iterator<Item = usize>) -> Tally {
    members.fold(Tally::default(), |mut tally, member| {
        match choice(member) {
            Choice::Yes => tally.yes += 1,
            Choice::No => tally.no += 1,
            Choice::Abstain => tally.abstain += 1,
        }
        tally
    })
}

/// Until all these have been told the result, or three minutes have passed: what they were told, and how long it took.
fn result(world: &mut World, of: &[usize], patience: Duration) -> (Vec<(usize, Tally)>, Duration) {
    let start = world.now();
    let mut results = Vec::new();
    while world.now().since(start) < patience {
        world.pass(Duration::from_millis(20));
        for (member, told) in world.told_since() {
            if let Event::Decision(DecisionEvent::Result { tally, .. }) = told {
                results.push((member, tally));
            }
        }
        if of.iter().all(|member| results.iter().any(|(told, _)| told == member)) {
            break;
        }
    }
    results.sort_unstable_by_key(|(member, _)| *member);
    (results, world.now().since(start))
}

fn all(members: &[usize], tally: Tally) -> Vec<(usize, Tally)> {
    members.iter().map(|member| (*member, tally)).collect()
}

/// Thirty choose, a second after each other or all at once, on lines of 16 kbps and 600 ms to and fro: the most that anybody
/// sends and gets, and how long the last voter waits for the result.
fn thirty_on_narrow_lines(apart: Duration) -> ([u64; 2], Duration) {
    let mut world = voting(30, 1);
    let members: Vec<usize> = (0..30).collect();
    let far = Quality { delay: Duration::from_millis(300), ..Quality::GOOD };
    members.iter().for_each(|member| world.take_step(Step::Line(*member, far)));
    world.narrow(16.0);
    let bytes = |world: &World, at: usize| [Way::Up, Way::Down].map(|way| world.streamed(at, way).bytes);
    let before: Vec<_> = members.iter().map(|at| bytes(&world, *at)).collect();
    for member in &members {
        world.pass(apart);
        choose(&mut world, *member);
    }
    let (results, took) = result(&mut world, &members, Duration::from_secs(30));
    assert_eq!(results, all(&members, tally(0..30)));
    let mut most = [0; 2];
    for member in members {
        let now = bytes(&world, member);
        most = [0, 1].map(|way| most[way].max(now[way] - before[member][way]));
    }
    world.settle().expect("all agree");
    (most, took)
}

#[test]
fn thirty_are_counted_with_little_and_soon() {
    let cases = [("a second after each other", 1, [652, 18_596], 6640), ("all at once", 0, [652, 16_926], 10_000)];
    for (how, apart, bytes, ms) in cases {
        let (most, took) = thirty_on_narrow_lines(Duration::from_secs(apart));
        let [up, down] = most;
        println!(
            "a secret vote of 30 who choose {how}: {up} bytes up and {down} down a member, the result {:.2} s after the \
             last choice, at 16 kbps and a round trip of 600 ms",
            took.as_secs_f64()
        );
        assert!(up + down <= 30_000 && took <= Duration::from_secs(10), "{how}: {up} and {down}, {took:?}");
        // Exactly; what makes a step of a vote longer is to be seen here.
        assert_eq!((most, took.as_millis()), (bytes, ms), "{how}");
    }
}

/// Some crash before they choose, some between their keys and their ballots, some between their ballots and their shares:
/// then nothing is counted, for whoever keeps something back knows a sum that includes those.
#[test]
fn the_rest_is_counted_unless_a_ballot_would_be_left_out() {
    let cases = [
        (3, 0, 0, 0),
        (4, 1, 0, 0),
        (4, 0, 1, 0),
        (6, 2, 1, 0),
        (6, 0, 1, 2),
        (7, 0, 4, 0),
        (9, 6, 0, 0),
        (9, 2, 2, 2),
        (12, 3, 4, 1),
        (16, 0, 13, 0),
    ];
    for (seed, (count, silent, keyed, cast)) in cases.into_iter().enumerate() {
        let case = format!("{count} less {silent}, {keyed} and {cast}");
        let mut world = voting(count, seed as u64 + 10);
        let (choosing, casting, stay) = (count - silent, count - silent - keyed, count - silent - keyed - cast);
        (choosing..count).for_each(|member| world.take_step(Step::Crash(member)));
        world.pass(Duration::from_secs(120));
        (0..choosing).for_each(|member| choose(&mut world, member));
        // The keys have come to the relay; nobody has heard of it.
        world.pass(Duration::from_millis(30));
        (casting..choosing).for_each(|member| world.take_step(Step::Crash(member)));
        // The ballots as well.
        world.pass(Duration::from_millis(1000));
        (stay..casting).for_each(|member| world.take_step(Step::Crash(member)));
        let members: Vec<usize> = (0..stay).collect();
        if keyed > 0 && cast > 0 {
            world.pass(Duration::from_secs(600));
            let told = world.told_since();
            let ends = |told: &Event| {
                matches!(told, Event::Decision(DecisionEvent::Uncounted { .. } | DecisionEvent::Result { .. }))
            };
            let ends: Vec<_> = told.into_iter().filter(|(member, told)| *member < stay && ends(told)).collect();
            assert_eq!(ends.len(), stay, "{case}: {ends:?}");
            for (_, end) in ends {
                let Event::Decision(DecisionEvent::Uncounted { count: Count::Incomplete, absent, .. }) = &end else {
                    panic!("{case}: {end:?}")
                };
                let gone = |name: &String| (stay..choosing).any(|member| *name == format!("Member {member}"));
                assert!(absent.len() > keyed && absent.iter().all(gone), "{case}: {absent:?}");
            }
        } else {
            let (results, took) = result(&mut world, &members, Duration::from_secs(600));
            assert_eq!(results, all(&members, tally(0..casting)), "{case}: {took:?}");
        }
        world.settle().unwrap_or_else(|fault| panic!("{case}: {fault}"));
    }
}

/// Lines are cut while the ballots go round, for longer than a seat is held or not: whoever is counted, all agree.
#[test]
fn a_line_cut_during_the_count_changes_nothing_on_return() {
    for seed in 0..8 {
        let mut world = voting(6, seed + 50);
        (0..6).for_each(|member| choose(&mut world, member));
        world.pass(Duration::from_millis(30 + seed * 15));
        let away = Duration::from_secs(if seed % 2 == 0 { 40 } else { 150 });
        world.take_step(Step::Blackout(5, away));
        let members = [0, 1, 2, 3, 4];
        let (results, _) = result(&mut world, &members, Duration::from_secs(400));
        let first = results.first().map(|(_, tally)| *tally);
        assert_eq!(results.iter().filter(|(member, _)| *member < 5).count(), 5, "seed {seed}: {results:?}");
        assert!(results.iter().all(|(_, tally)| Some(*tally) == first), "seed {seed}: {results:?}");
        if seed % 2 == 0 {
            assert_eq!(first, Some(tally(0..6)), "seed {seed}: who is back within the seat's time is counted");
        }
        // Packets on a dark line arrive when it is over.
        world.pass(away);
        world.settle().unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
    }
}

/// Whoever comes in during a secret vote has no part in it, and the same state as all others: also a member whose program
/// knocks anew, for whoever knew the name could do that.
#[test]
fn whoever_comes_in_by_a_voters_name_only_watches() {
    let mut world = World::new(6, 77);
    world.take_step(Step::Start(0));
    world.pass(Duration::from_secs(2));
    (1..5).for_each(|member| world.take_step(Step::Start(member)));
    world.pass(Duration::from_secs(8));
    world.want(1, Intent::Decide(Decide::Propose("A break at three".into(), Motion::Text)));
    world.pass(Duration::from_secs(2));
    world.want(0, Intent::Decide(Decide::Vote(1, VoteKind::Secret)));
    world.pass(Duration::from_secs(2));
    world.told_since();
    choose(&mut world, 4);
    world.pass(Duration::from_secs(1));
    world.take_step(Step::Crash(4));
    world.pass(Duration::from_secs(8));
    world.take_step(Step::Start(4));
    world.take_step(Step::Start(5));
    world.pass(Duration::from_secs(30));
    let asked = |world: &World, member: usize| {
        let room = world.room(member).expect("runs");
        room.me.is_some_and(|me| room.state.decisions.to_vote(me).is_some())
    };
    assert!(!asked(&world, 4) && !asked(&world, 5));
    (0..6).for_each(|member| choose(&mut world, member));
    let everybody: Vec<usize> = (0..6).collect();
    let (results, _) = result(&mut world, &everybody, Duration::from_secs(150));
    assert_eq!(results, all(&everybody, tally(0..4)));
    world.settle().expect("all agree");
}

/// A member who crashes while the ballots go round takes the secret along: once the seat is given up, the others are counted
/// without it. Whoever comes in by the name meanwhile has the same result, and a choice that comes then is refused with a word.
#[test]
fn a_voter_who_crashes_during_the_count_is_not_counted() {
    let mut world = voting(5, 95);
    (0..5).for_each(|member| choose(&mut world, member));
    world.pass(Duration::from_millis(30));
    world.take_step(Step::Crash(4));
    world.pass(Duration::from_secs(8));
    world.take_step(Step::Start(4));
    let (results, took) = result(&mut world, &[0, 1, 2, 3], Duration::from_secs(150));
    assert_eq!(
        results.into_iter().filter(|(member, _)| *member < 4).collect::<Vec<_>>(),
        all(&[0, 1, 2, 3], tally(0..4))
    );
    assert!(took < limits::SEAT_HELD + Duration::from_secs(10), "{took:?}");
    world.pass(Duration::from_secs(20));
    let state = |world: &World, member: usize| world.room(member).expect("runs").state.hash();
    assert_eq!(state(&world, 4), state(&world, 0));
    world.told_since();
    choose(&mut world, 4);
    let told = world.told_since();
    assert!(told.iter().any(|(member, told)| *member == 4 && matches!(told, Event::Trouble(_))), "{told:?}");
    world.settle().expect("all agree");
}

/// A member who has not chosen in time is not waited for, even if all sit still.
#[test]
fn a_vote_ends_by_itself() {
    let mut world = voting(4, 90);
    (0..3).for_each(|member| choose(&mut world, member));
    let members: Vec<usize> = (0..4).collect();
    let (results, took) = result(&mut world, &members, Duration::from_secs(400));
    assert_eq!(results, all(&members, tally(0..3)));
    assert!(took > Duration::from_secs(290) && took < Duration::from_secs(320), "{took:?}");
    assert!(world.now() > Time(0));
}
