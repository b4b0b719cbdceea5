//! Speech during a cut is heard later, once and in order, and costs nobody else a thing.

use std::time::Duration;

use ingle::ids::Time;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Play, Script, Step, World};

const TALK: Duration = Duration::from_secs(150);

fn at(ms: u64) -> Time {
    Time(ms * 1000)
}

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// Member 1 talks from the 5th second on; 0 and 2 listen.
fn session(talk: Duration, more: Vec<(Time, Step)>, seed: u64) -> World {
    let mut steps: Vec<_> = (0..3).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
    steps.push((at(5000), Step::Talk(1, talk)));
    steps.extend(more);
    steps.sort_by_key(|(at, _)| *at);
    World::play(&Script { members: 3, steps, end: at(6000) + talk }, seed).expect("all agree")
}

/// That each packet was heard once, in the order in which it was said, without one left out.
fn whole(world: &World, listener: usize, talker: usize) -> Vec<Play> {
    let plays: Vec<Play> = world.plays(listener).iter().filter(|play| play.talker == talker).copied().collect();
    let numbers: Vec<u16> = plays.iter().map(|play| play.number.0).collect();
    let said: Vec<u16> = (0..world.spoken(talker)).map(|n| n as u16).collect();
    let missing: Vec<_> = said.iter().filter(|n| !numbers.contains(n)).collect();
    assert_eq!(numbers, said, "{listener} of {talker}: missing {missing:?}");
    assert!(plays.windows(2).all(|pair| pair[0].heard <= pair[1].heard));
    plays
}

/// The longest from `end` on until something is heard that was said before it.
fn last_heard(plays: &[Play], end: Time) -> Duration {
    let before = plays.iter().filter(|play| play.missed && play.at_ms <= end.millis());
    before.map(|play| play.heard.since(end)).max().unwrap_or_default()
}

/// When the first is heard after the line is back.
fn first_heard(plays: &[Play], end: Time) -> Duration {
    plays.iter().find(|play| play.heard >= end).map_or(secs(999), |play| play.heard.since(end))
}

fn is_behind(world: &World, member: usize, who: usize) -> Vec<u8> {
    world.behind(member).iter().filter(|(_, other, _)| *other == who).map(|(_, _, seconds)| *seconds).collect()
}

#[test]
fn missed_speech_is_heard_once_in_order_and_harms_nobody() {
    for span in [2, 5, 12, 30, 60, 85] {
        for seed in 0..1 {
            let end = at(20_000) + secs(span);
            let world = session(TALK, vec![(at(20_000), Step::Blackout(2, secs(span)))], seed);
            let plays = whole(&world, 2, 1);
            println!(
                "{span:>2} s: sound after {:.1} s, all of it after {:.1} s; seen as {:?} s behind",
                first_heard(&plays, end).as_secs_f64(),
                last_heard(&plays, end).as_secs_f64(),
                is_behind(&world, 0, 2),
            );
            assert!(last_heard(&plays, end) < secs(100));
            let well = whole(&world, 0, 1);
            assert!(well.iter().all(|play| !play.missed), "the others hear what is live");
            assert_eq!(world.heard_in_time(0), world.spoken(1), "and in time");
            let seen = is_behind(&world, 0, 2);
            assert!(span < 5 || seen.first().is_some_and(|first| *first > 0), "{seen:?}");
            assert!(seen.is_empty() || seen.last() == Some(&0), "{seen:?}");
            assert_eq!(is_behind(&world, 2, 2).last().copied().unwrap_or(0), 0);
        }
    }
}

#[test]
fn words_said_into_a_cut_line_are_heard_by_all() {
    for span in [2, 5, 30, 60] {
        let end = at(20_000) + secs(span);
        let world = session(secs(100), vec![(at(20_000), Step::Blackout(1, secs(span)))], 1);
        for listener in [0, 2] {
            let plays = whole(&world, listener, 1);
            println!("{span:>2} s: all of it after {:.1} s", last_heard(&plays, end).as_secs_f64());
            assert!(last_heard(&plays, end) < secs(100));
        }
    }
}

#[test]
fn five_seconds_without_a_line_cost_no_word() {
    for (cut, seed) in [(vec![1], 1), (vec![2], 2), (vec![1, 2], 3), (vec![0, 1, 2], 4)] {
        let end = at(25_000);
        let more = cut.iter().map(|who| (at(20_000), Step::Blackout(*who, secs(5)))).collect();
        let world = session(secs(40), more, seed);
        for listener in [0, 2] {
            let plays = whole(&world, listener, 1);
            // When speech from after the end arrives live, behind the rest of the hole.
            let live = plays.iter().find(|play| !play.missed && play.at_ms >= end.millis());
            let live = live.map(|play| Time(play.at_ms * 1000).since(end));
            println!(
                "{cut:?} cut: {listener} hears after {:.2} s, what is live comes after {live:?}, all of it after {:.1} s",
                first_heard(&plays, end).as_secs_f64(),
                last_heard(&plays, end).as_secs_f64(),
            );
            // Where both lines were cut, each is looked for anew.
            let most = if cut.len() > 1 { Duration::from_millis(1500) } else { secs(1) };
            assert!(live.is_some_and(|live| live < most), "{live:?}");
            assert!(last_heard(&plays, end) < secs(30));
        }
    }
}

#[test]
fn words_said_only_during_a_cut_are_heard_too() {
    // A sentence that begins and ends within the hole, on either side of it; and one whose end falls into it.
    for (cut, hole) in [(1, 40_000), (2, 40_000), (1, 24_000), (2, 24_000)] {
        let more = vec![
            (at(hole), Step::Blackout(cut, secs(12))),
            (at(hole + 2000), Step::Talk(1, secs(5))),
            (at(90_000), Step::Hand(1, true)),
        ];
        let world = session(secs(22), more, 1);
        let plays = whole(&world, 2, 1);
        assert!(last_heard(&plays, at(hole) + secs(12)) < secs(20), "{cut} {hole}");
    }
}

#[test]
fn a_line_that_comes_back_elsewhere_misses_nothing() {
    for who in [1, 2] {
        let more = vec![(at(20_000), Step::Blackout(who, secs(20))), (at(25_000), Step::Rebind(who))];
        whole(&session(secs(60), more, 2), 2, 1);
    }
}

#[test]
fn words_of_several_talkers_are_heard_in_their_order() {
    let mut more = vec![(at(20_000), Step::Blackout(2, secs(30)))];
    // 0 answers 1 in turns of four seconds.
    for turn in 0..4 {
        more.push((at(21_000 + turn * 7000), Step::Talk(0, secs(4))));
    }
    let world = session(secs(12), more, 1);
    let plays = world.plays(2);
    whole(&world, 2, 0);
    whole(&world, 2, 1);
    let missed: Vec<&Play> = plays.iter().filter(|play| play.missed).collect();
    assert!(missed.len() > 200);
    assert!(missed.windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms + 120), "in order within a packet or two");
}

#[test]
fn a_hole_in_which_somebody_comes_in_or_goes_is_filled_too() {
    // The keys change in the middle of it. The relay here answers at once, so that even what was said with keys that are given
    // up 10 s after somebody has left is there in time.
    for step in [Step::Start(3), Step::Leave(3)] {
        let mut steps: Vec<_> = (0..4).map(|member| (at(member as u64 * 500), Step::Start(member))).collect();
        if let Step::Start(_) = step {
            steps.pop();
        }
        steps.push((at(5000), Step::Talk(1, secs(60))));
        steps.push((at(20_000), Step::Blackout(2, secs(30))));
        steps.push((at(30_000), step));
        let world = World::play(&Script { members: 4, steps, end: at(70_000) }, 1).expect("all agree");
        whole(&world, 2, 1);
    }
}

#[test]
fn all_of_a_hole_is_heard_over_lossy_and_narrow_lines() {
    let narrow = |kbps| Quality { rate: Some((kbps, 40)), delay: Duration::from_millis(60), ..Quality::GOOD };
    let lossy = |loss| Quality { loss, ..Quality::GOOD };
    let lines = [("32 kbps", narrow(32.0)), ("20 %", lossy(0.2)), ("5 %", lossy(0.05))];
    for (name, line) in lines {
        let (begin, end) = (at(20_000), at(50_000));
        let more = vec![(at(4000), Step::Line(2, line)), (begin, Step::Blackout(2, secs(30)))];
        let mut world = session(TALK, more, 1);
        let waited = world.queued(2, Way::Down);
        let plays: Vec<&Play> = world.plays(2).iter().collect();
        // Packets are 60 ms apart; those that a bad line loses one by one are no hole.
        let first = (20_000 - 5000) / 60;
        let said: Vec<u16> = (first + 2..first + 498).collect();
        let heard: Vec<u16> = plays.iter().map(|play| play.number.0).filter(|n| said.contains(n)).collect();
        let owned: Vec<Play> = plays.into_iter().copied().collect();
        println!(
            "{name}: {} of {}, all of it after {:.1} s, waited for at most {:?}",
            heard.len(),
            said.len(),
            last_heard(&owned, end).as_secs_f64(),
            waited,
        );
        assert_eq!(heard, said, "{name}");
        assert!(last_heard(&owned, end) < secs(100), "{name}");
        assert!(waited < Duration::from_millis(350), "{name}: {waited:?}");
        assert!(world.plays(0).iter().all(|play| !play.missed), "nobody else notices");
    }
}

#[test]
fn missed_speech_can_be_skipped() {
    let more = vec![(at(20_000), Step::Blackout(2, secs(30))), (at(54_000), Step::Skip(2))];
    let world = session(secs(100), more, 1);
    let late = world.plays(2).iter().filter(|play| play.heard > at(54_100) && play.missed).count();
    assert_eq!(late, 0, "what is heard from then on is live");
    assert!(world.plays(2).iter().any(|play| play.heard > at(100_000)));
    assert_eq!(is_behind(&world, 0, 2).last(), Some(&0));
}

#[test]
fn a_member_muted_meanwhile_is_not_heard_later() {
    let mute = |muted, ms| (at(ms), Step::Mute(0, 1, muted));
    // The simulation itself finds a muted voice that is played.
    for cut in [1, 2] {
        let more = vec![(at(20_000), Step::Blackout(cut, secs(20))), mute(true, 30_000), mute(false, 60_000)];
        let world = session(secs(50), more, 1);
        assert!(world.plays(0).len() < 900);
    }
}
