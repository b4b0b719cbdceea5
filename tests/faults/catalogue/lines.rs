//! Lines that lose, delay and double packets, go black, or are forgotten by what lies on them.

use std::time::{Duration, SystemTime};

use serde_json::json;

use super::super::harness::{Group, Proxy, sound};
use super::ear::Ear;
use super::scene::{Again, Outcome, Scene, agree};
use super::{pass, scene};

/// How soon a line that is good again carries a voice.
pub(super) const AGAIN: Duration = Duration::from_secs(2);
/// How soon one does that was black for long, since it's tried less often then.
const LONG: Duration = Duration::from_secs(5);
/// How soon a voice comes from another address.
pub(super) const MOVED: Duration = Duration::from_millis(1500);
/// How long a line is bad.
const BAD: Duration = Duration::from_secs(15);
/// How long people are listened to behind a fault.
pub(super) const AFTER: Duration = Duration::from_secs(6);
/// How long a line may take to be known as dead when packets pass in one direction, or none that it knows, and another to be had.
const FOUND_OUT: Duration = Duration::from_secs(8);

/// A line as these words say, of whose voices at least this share is heard.
pub(super) fn bad(words: &str, share: f64, seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    let mark = scene.ana.mark();
    scene.line.set(words);
    // The first seconds are for the estimators.
    pass(Duration::from_secs(3));
    let from = SystemTime::now();
    pass(BAD);
    let to = SystemTime::now();
    scene.line.set("");
    scene.both_hear_soon(AGAIN);
    scene.listen(AFTER);
    for (name, heard) in ["Ana", "Hilda"].into_iter().zip(scene.shares(from, to)) {
        println!("{words}: {name} heard {:.0} % of what is heard in peace", heard * 100.0);
        scene.must(heard >= share, &format!("{name} heard {:.0} %", heard * 100.0));
    }
    let lost = scene.ana.since(mark, json!({ "event": "joined" })).len();
    scene.must(lost == 0, "Ana lost her seat");
    scene.end()
}

pub(super) fn blackout(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    scene.line.cut(true);
    pass(Duration::from_secs(30));
    scene.line.cut(false);
    scene.both_hear_soon(LONG);
    scene.listen(AFTER);
    scene.end()
}

pub(super) fn one_way(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    scene.line.deafen(true);
    pass(Duration::from_secs(12));
    scene.line.deafen(false);
    scene.both_hear_soon(AGAIN);
    scene.listen(AFTER);
    scene.end()
}

pub(super) fn rebound(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    let mark = scene.ana.mark();
    for _ in 0..3 {
        scene.line.rebind();
        scene.both_hear_soon(MOVED);
        scene.listen(Duration::from_secs(4));
    }
    let cut = scene.ana.since(mark, json!({ "event": "line" })).len();
    scene.must(cut == 0, "the line was taken for cut");
    scene.end()
}

pub(super) fn stranded(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    scene.line.strand();
    scene.both_hear_soon(FOUND_OUT);
    scene.listen(FOUND_OUT + AFTER);
    scene.end()
}

/// Six members hear Hilda, and all their lines are black for ten seconds. The time within which 95 of 100 hear her again.
pub(super) fn six_blackouts(seed: u64) -> Outcome {
    const BLACK: Duration = Duration::from_secs(10);
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "bo-01", Duration::ZERO));
    let group = Group::hosted(&["--open-door", "--mic", &voice, "--speaker", "null"]);
    let names = ["Ana", "Ben", "Cleo", "Dora", "Emil", "Fay"];
    let lines: Vec<Proxy> = (0..6).map(|at| Proxy::seeded(&group.relay.at, seed * 10 + at)).collect();
    let ears: Vec<Ear> = names.iter().map(|name| Ear(dir.path().join(name).with_extension("wav"))).collect();
    let mut people = Vec::new();
    for ((name, line), ear) in names.iter().zip(&lines).zip(&ears) {
        line.set("delay 40ms 10ms loss 1%");
        let mut person = group.knock_over(&line.at, name, &["--mic", "null", "--speaker", &ear.argument()]);
        person.wait(json!({ "event": "joined" }));
        person.wait(json!({ "event": "speaking", "name": "Hilda", "on": true }));
        people.push(person);
    }
    let mut ends = Vec::new();
    for _ in 0..4 {
        pass(AFTER);
        lines.iter().for_each(|line| line.cut(true));
        pass(BLACK);
        lines.iter().for_each(|line| line.cut(false));
        ends.push(SystemTime::now());
    }
    pass(AFTER);
    let mut outcome = Outcome::default();
    let Group { mut relay, host, .. } = group;
    people.insert(0, host);
    match agree(&mut people) {
        Ok(states) => outcome.states = states,
        Err(why) => outcome.wrong.push(why),
    }
    scene::leave(people, &mut outcome);
    relay.end();
    let of = |end: &SystemTime| ears.iter().map(|ear| ear.heard_after(*end, *end + AFTER)).collect::<Vec<_>>();
    let mut after: Vec<Duration> = ends.iter().flat_map(of).map(|after| after.unwrap_or(Duration::MAX)).collect();
    after.sort_unstable();
    let at = |percent: usize| after[(after.len() * percent).div_ceil(100) - 1];
    println!("six blackouts: half hear again within {:?}, the last of {} within {:?}", at(50), after.len(), at(100));
    outcome.again.push(Again { whom: "95 % of 24", after: Some(at(95)), most: AGAIN });
    outcome
}
