//! Programs that crash, or are stopped.

use std::time::{Duration, SystemTime};

use serde_json::json;

use super::super::harness::signal;
use super::ear::Ear;
use super::lines::AFTER;
use super::pass;
use super::scene::{Outcome, Scene};

/// How soon all are heard again behind a relay's start.
pub(super) const RESTARTED: Duration = Duration::from_secs(5);
const STOPPED: Duration = Duration::from_secs(10);

/// The relay is killed, and started again after a while.
fn relay_back(seed: u64, times: u32, down: Duration) -> Outcome {
    let mut scene = Scene::new(seed);
    for _ in 0..times {
        scene.group.relay.crash();
        pass(down);
        scene.group.relay.start_again();
        scene.both_hear_soon(RESTARTED);
        scene.group.host.wait_within(4 * RESTARTED, json!({ "event": "restored" }));
        scene.group.host.mark();
        scene.listen(AFTER);
    }
    scene.end()
}

pub(super) fn relay_back_at_once(seed: u64) -> Outcome {
    relay_back(seed, 3, Duration::ZERO)
}

pub(super) fn relay_back_later(seed: u64) -> Outcome {
    relay_back(seed, 1, Duration::from_secs(10))
}

pub(super) fn relay_stopped(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    let relay = scene.group.relay.id();
    signal(relay, "STOP");
    pass(STOPPED);
    signal(relay, "CONT");
    scene.both_hear_soon(RESTARTED);
    scene.listen(AFTER);
    scene.end()
}

/// What her file would have played while she was stopped is not in it, so her own ear is not asked.
pub(super) fn member_stopped(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    scene.ana.signal("STOP");
    pass(STOPPED);
    scene.ana.mark();
    scene.ana.signal("CONT");
    scene.hilda_hears_soon(RESTARTED);
    let hears = scene.ana.hears(RESTARTED, json!({ "event": "speaking", "name": "Hilda", "on": true }));
    scene.must(hears, "Ana is not told that Hilda speaks");
    scene.listen(AFTER);
    scene.end()
}

pub(super) fn member_crashes(seed: u64) -> Outcome {
    let mut scene = Scene::new(seed);
    let voice = format!("file:{},loop", scene.dir.path().join("ana-01.wav").display());
    let ear = Ear(scene.dir.path().join("ana.again.wav"));
    let again = scene.group.knock_over(&scene.line.at, "Ana", &["--mic", &voice, "--speaker", &ear.argument()]);
    std::mem::replace(&mut scene.ana, again).crash();
    scene.ana_hears = ear;
    scene.ana.wait(json!({ "event": "joined" }));
    let joined = SystemTime::now();
    scene.both_hear_soon(RESTARTED);
    scene.listen(AFTER);
    println!(
        "a member who crashed is in again, and listened to for {:.1} s",
        joined.elapsed().unwrap_or_default().as_secs_f64()
    );
    scene.end()
}
