//! Members who leave, vanish and come back.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{Group, Person, Proxy};

/// The relay calls a member away after 4.5 s of silence; the rest is for a busy machine.
const AWAY: Duration = Duration::from_secs(8);

fn member(name: &str, state: &str) -> Value {
    json!({ "event": "member", "name": name, "state": state })
}

fn seconds_until(person: &mut Person, start: Instant, pattern: Value) -> Duration {
    person.wait(pattern).at.duration_since(start)
}

/// Each reads what the other writes.
fn talk(group: &mut Group, other: &mut Person, words: &str) {
    group.host.say(words);
    other.wait(json!({ "event": "chat", "from": "Hilda", "text": words }));
    other.say(words);
    group.host.wait(json!({ "event": "chat", "text": words, "from": "Ana" }));
}

#[test]
fn a_member_who_quits_is_gone_for_everybody_at_once() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    ana.wait(member("Ben", "here"));
    ben.say("/quit");
    for person in [&mut group.host, &mut ana] {
        person.wait(member("Ben", "gone"));
        assert!(person.since(0, member("Ben", "away")).is_empty(), "nobody had to notice it by his silence");
    }
    assert_eq!(ben.end().code, Some(0));
    assert_eq!(group.host.roster(), ["Ana", "Hilda"]);
}

#[test]
#[ignore = "waits 5 seconds until a silent line is noticed; make soak"]
fn a_stopped_member_is_away_and_back_without_a_knock() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let start = Instant::now();
    ana.signal("STOP");
    let took = seconds_until(&mut group.host, start, member("Ana", "away"));
    println!("away after {:.1} s", took.as_secs_f64());
    assert!(took < AWAY, "{took:?}");
    let (host, mine) = (group.host.mark(), ana.mark());
    ana.signal("CONT");
    group.host.wait(member("Ana", "here"));
    talk(&mut group, &mut ana, "all there");
    assert!(group.host.since(host, json!({ "event": "knock" })).is_empty());
    assert!(group.host.since(host, member("Ana", "gone")).is_empty());
    assert!(ana.since(mine, json!({ "event": "joined" })).is_empty());
    assert_eq!(group.host.roster(), ["Ana", "Hilda"]);
}

#[test]
#[ignore = "waits 5 seconds until a silent line is noticed; make soak"]
fn a_member_who_is_cut_off_is_away_and_back_without_a_knock() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let mut ana = group.join_over(&proxy.at, "Ana");
    let (host, start) = (group.host.mark(), Instant::now());
    proxy.cut(true);
    let took = seconds_until(&mut group.host, start, member("Ana", "away"));
    println!("away after {:.1} s", took.as_secs_f64());
    assert!(took < AWAY, "{took:?}");
    // She is told as well. What is said meanwhile reaches her later, and the other way round.
    ana.wait(json!({ "event": "line", "back": false }));
    group.host.say("while you were away");
    ana.say("while I was away");
    let back = Instant::now();
    proxy.cut(false);
    let took = seconds_until(&mut group.host, back, member("Ana", "here"));
    println!("back after {:.1} s", took.as_secs_f64());
    ana.wait(json!({ "event": "line", "back": true }));
    ana.wait(json!({ "event": "chat", "text": "while you were away" }));
    group.host.wait(json!({ "event": "chat", "from": "Ana", "text": "while I was away" }));
    assert!(group.host.since(host, json!({ "event": "knock" })).is_empty());
    assert_eq!(group.host.since(host, json!({ "event": "chat", "text": "while I was away" })).len(), 1);
    assert_eq!(group.host.roster(), ["Ana", "Hilda"]);
}

#[test]
fn a_new_address_is_not_noticed() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let mut ana = group.join_over(&proxy.at, "Ana");
    let host = group.host.mark();
    talk(&mut group, &mut ana, "before");
    for round in 0..3 {
        proxy.rebind();
        // Only she can show the relay her new address, and does so with what she sends.
        let words = format!("after {round}");
        ana.say(&words);
        group.host.wait(json!({ "event": "chat", "from": "Ana", "text": words }));
        talk(&mut group, &mut ana, &format!("and back {round}"));
    }
    assert!(group.host.since(host, json!({ "event": "member", "name": "Ana" })).is_empty());
}

#[test]
#[ignore = "waits 5 seconds until a silent line is noticed; make soak"]
fn a_member_who_crashed_may_join_again_under_the_same_name() {
    let mut group = Group::open();
    let ana = group.join("Ana", &[]);
    let start = Instant::now();
    ana.crash();
    let took = seconds_until(&mut group.host, start, member("Ana", "away"));
    println!("away after {:.1} s", took.as_secs_f64());
    assert!(took < AWAY, "{took:?}");
    let mut again = group.knock("Ana", &[]);
    again.wait(json!({ "event": "joined", "me": "Ana 2" }));
    group.host.wait(json!({ "event": "namesake", "name": "Ana 2", "was": "Ana" }));
    group.host.say("/giveback Ana");
    group.host.wait(member("Ana", "gone"));
    again.wait(json!({ "event": "returned", "name": "Ana" }));
    assert_eq!(group.host.roster(), ["Ana", "Hilda"]);
    assert_eq!(again.roster(), ["Ana", "Hilda"]);
    talk(&mut group, &mut again, "there again");
}
