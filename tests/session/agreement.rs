use std::time::Duration;

use ingle::ids::{Index, Time};
use ingle::sim::network::Quality;
use ingle::sim::{Script, Step, World};

use crate::fault_script::range;

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

#[test]
fn all_who_are_connected_agree_whatever_the_lines_do() {
    let (mut entries, mut lines, mut private) = (0, 0, 0);
    for seed in range(200) {
        let world = World::play(&Script::drawn(seed), seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        entries += world.witness().entries();
        lines += world.witness().lines();
        let told = world.told_in_private();
        assert_eq!(told.astray, Vec::<String>::new(), "seed {seed}");
        private += told.read;
    }
    let count = range(200).count();
    println!("{count} seeds, {entries} log entries, {lines} lines of chat, {private} private words");
    assert!(count < 20 || (lines > count * 3 && private > count / 4), "the scripts do too little");
}

#[test]
fn one_seed_gives_one_session() {
    let trace = |seed| World::play(&Script::drawn(seed), seed).map(|world| world.trace());
    assert_eq!(trace(11), trace(11));
    assert_ne!(trace(11), trace(12));
}

#[test]
fn a_member_that_skips_an_entry_is_found_out() {
    let steps = vec![
        (at(0), Step::Start(0)),
        (at(1000), Step::Start(1)),
        (at(1500), Step::Start(2)),
        (at(5000), Step::Hand(2, true)),
        (at(6000), Step::Chat(1)),
    ];
    let script = Script { members: 3, steps, end: at(10_000) };
    assert!(World::play(&script, 1).is_ok());
    let fault = World::play_with_fault(&script, 1, 1, Index(4)).err().expect("the fault is found");
    assert!(fault.contains("differ after entry 4"), "{fault}");
}

#[test]
fn twelve_on_a_lossy_line_hear_one_talker() {
    let (delay, jitter) = (Duration::from_millis(80), Duration::from_millis(60));
    let bad = Quality { loss: 0.2, burst: 0.0, delay, jitter, doubled: 0.05, rate: None };
    let mut steps: Vec<_> =
        (0..12).map(|member| (at(member * 100 + 300 * member.min(1)), Step::Start(member as usize))).collect();
    steps.extend((0..12).map(|member| (at(3000), Step::Line(member, bad))));
    steps.push((at(4000), Step::Talk(3, Duration::from_secs(30))));
    steps.sort_by_key(|(time, _)| *time);
    let world = World::play(&Script { members: 12, steps, end: at(40_000) }, 6).expect("all agree");
    for member in (0..12).filter(|member| *member != 3) {
        let share = world.heard(member) as f64 / 500.0;
        // A listener taken for narrow for a moment gets some of it in both layers.
        assert!((0.95..=1.2).contains(&share), "member {member} got {share} of the packets over two lines at 20 %");
    }
}

#[test]
fn an_absent_member_returns_to_the_same_seat_and_loses_nothing() {
    for fault in [Step::Blackout(1, Duration::from_secs(20)), Step::Freeze(1, Duration::from_secs(20)), Step::Rebind(1)]
    {
        let steps = vec![
            (at(0), Step::Start(0)),
            (at(1000), Step::Start(1)),
            (at(5000), fault),
            (at(5100), Step::Chat(1)),
            (at(9000), Step::Chat(0)),
        ];
        let world = World::play(&Script { members: 2, steps, end: at(60_000) }, 3).expect("all agree");
        let state = world.state(1).expect("in");
        assert_eq!(state.circle.seats.len(), 2);
        assert_eq!(
            state.circle.seats.values().map(|member| member.arrival).max(),
            Some(1),
            "nobody had to knock again"
        );
        assert!(world.witness().line("line 1.1").is_some() && world.witness().line("line 0.1").is_some());
    }
}

#[test]
fn a_crashed_member_may_return_at_once_under_its_name() {
    for again in [5500, 11_000] {
        let steps = vec![
            (at(0), Step::Start(0)),
            (at(1000), Step::Start(1)),
            (at(5000), Step::Crash(1)),
            (at(again), Step::Start(1)),
        ];
        let world = World::play(&Script { members: 2, steps, end: at(15_000) }, 3).expect("all agree");
        let names: Vec<_> =
            world.state(0).expect("in").circle.seats.values().map(|member| member.name.clone()).collect();
        assert_eq!(names, ["Member 0", "Member 1"]);
    }
}

#[test]
fn fifty_members_come_and_the_fifty_first_is_told() {
    let mut steps = vec![(at(0), Step::Start(0))];
    steps.extend((1..51).map(|member| (at(1000 + member * 20), Step::Start(member as usize))));
    let world = World::play(&Script { members: 51, steps, end: at(10_000) }, 9).expect("all agree");
    assert_eq!(world.state(0).expect("in").circle.seats.len(), 50);
    assert_eq!((0..51).filter(|member| world.state(*member).is_some()).count(), 50);
    println!("the keys of fifty are number {:?}", world.epoch(0));
}

#[test]
fn when_the_relay_forgets_the_group_everybody_is_told() {
    let mut steps: Vec<_> = (0..4).map(|member| (at(member * 500), Step::Start(member as usize))).collect();
    steps.push((at(5000), Step::Chat(2)));
    steps.push((at(8000), Step::ReplaceRelay));
    let world = World::play(&Script { members: 4, steps, end: at(20_000) }, 2).expect("nobody is left hanging");
    assert!((0..4).all(|member| world.state(member).is_none() && world.is_over(member)));
}

#[test]
fn more_come_to_a_door_that_nobody_opens_than_may_wait_there() {
    let mut steps = vec![(at(0), Step::Start(0)), (at(1000), Step::Start(1)), (at(5000), Step::Crash(0))];
    steps.extend((2..22).map(|member| (at(30_000 + member * 100), Step::Start(member as usize))));
    let world =
        World::play(&Script { members: 22, steps, end: at(40_000) }, 4).expect("who finds no place tries again");
    assert!(
        world.state(1).is_some_and(|state| state.circle.roles.chair().is_some()),
        "who is left is chair, and lets nobody in"
    );
    assert!((2..22).all(|member| world.state(member).is_none() && !world.is_over(member)));
}
