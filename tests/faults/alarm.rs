//! The quiet alarm about a member who vanishes: which members see it, when, with what, and for how long.

use std::time::{Duration, Instant};

use serde_json::json;

use super::GONE;
use super::harness::Group;

#[test]
#[ignore = "takes two minutes; make soak"]
fn an_alarm_stays_with_those_who_lead_until_it_is_cleared() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    let mut cleo = group.join("Cleo", &[]);
    group.host.say("/role Ben co");
    ben.wait(json!({ "event": "role", "name": "Ben", "role": "co" }));
    ana.say("/followup Ana call 0171 555");
    for lead in [&mut group.host, &mut ben] {
        lead.wait(json!({ "event": "followup", "name": "Ana", "followup": "call 0171 555" }));
    }
    // A goodbye raises no alarm.
    let mut dee = group.join("Dee", &[]);
    dee.say("/quit");
    ben.wait(json!({ "event": "member", "name": "Dee", "state": "gone" }));

    let start = Instant::now();
    ana.crash();
    for lead in [&mut group.host, &mut ben] {
        let alarm = json!({ "event": "alarm", "name": "Ana", "followup": "call 0171 555" });
        let after = lead.wait_within(Duration::from_secs(110), alarm).at.duration_since(start);
        println!("vanished: told after {:.1} s", after.as_secs_f64());
        assert!(GONE.contains(&after.as_secs()), "not while the seat is held: {after:?}");
        assert!(lead.since(0, json!({ "event": "alarm", "name": "Dee" })).is_empty());
    }
    // It stays: her return doesn't clear it, and nobody else can.
    let _ana = group.join("Ana", &[]);
    cleo.say("/handled Ana");
    cleo.wait(json!({ "event": "error" }));
    ben.say("/handled Ana");
    for lead in [&mut group.host, &mut ben] {
        lead.wait(json!({ "event": "handled", "name": "Ana", "by": "Ben" }));
    }
    group.host.say("/handled Ana");
    group.host.wait(json!({ "event": "error", "message": "Nobody of that name has vanished or asked for help." }));
    cleo.say("/here");
    cleo.wait(json!({ "event": "here", "name": "Cleo" }));
    for event in ["alarm", "followup", "handled"] {
        assert!(cleo.since(0, json!({ "event": event })).is_empty(), "{event} is for those who lead");
    }
}
