//! Faults that last as long as in life. `make soak` runs them all at once; each prints what it measured.

mod alarm;
#[cfg(target_os = "linux")]
mod catalogue;
mod flood;
#[path = "../cli/harness/mod.rs"]
mod harness;
mod hole;
mod idle;
#[cfg(target_os = "linux")]
mod island;
#[cfg(target_os = "linux")]
mod names_and_clocks;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(target_os = "linux")]
mod night;
#[cfg(target_os = "linux")]
mod port_changes;
#[path = "../process/mod.rs"]
mod process;
#[cfg(target_os = "linux")]
mod router;
#[cfg(target_os = "linux")]
mod second_way;
#[cfg(target_os = "linux")]
mod slow_road;
#[path = "../relay/stranger.rs"]
mod stranger;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use harness::{Group, Person, Proxy};

/// The time for which a member is stopped or cut off.
const FAULT: Duration = Duration::from_secs(20);
/// Nearly as long as a seat is held.
const LONG_FAULT: Duration = Duration::from_secs(88);
/// How long a line may take to be back once it is good again.
const BACK: Duration = Duration::from_secs(5);
/// The others must see a member as away within this time.
const AWAY: Duration = Duration::from_secs(7);
/// Seconds that a seat is held, and what a busy machine adds.
const GONE: std::ops::Range<u64> = 88..100;

fn member(name: &str, state: &str) -> Value {
    json!({ "event": "member", "name": name, "state": state })
}

/// A fault of Ana's from its beginning to its end, in a group of three: she is away in time, and back in her seat by
/// herself. What was written on both sides meanwhile arrives once.
fn away_and_back(group: Group, ana: Person, what: &str, fault: impl Fn(&Person, bool)) {
    away_and_back_after(FAULT, group, ana, what, fault);
}

/// The same with a fault that lasts for `span`.
fn away_and_back_after(span: Duration, mut group: Group, mut ana: Person, what: &str, fault: impl Fn(&Person, bool)) {
    let mut ben = group.join("Ben", &[]);
    ana.wait(member("Ben", "here"));
    let (host, mine, theirs) = (group.host.mark(), ana.mark(), ben.mark());
    let start = Instant::now();
    fault(&ana, true);
    for person in [&mut group.host, &mut ben] {
        let away = person.wait(member("Ana", "away")).at.duration_since(start);
        println!("{what}: away after {:.1} s", away.as_secs_f64());
        assert!(away < AWAY, "{away:?}");
    }
    group.host.say("while you were away");
    ana.say("while I was away");
    // The fault is what is waited for here.
    std::thread::sleep(span.saturating_sub(start.elapsed()));
    let back = Instant::now();
    fault(&ana, false);
    for person in [&mut group.host, &mut ben] {
        let here = person.wait(member("Ana", "here")).at.duration_since(back);
        println!("{what}: back after {:.1} s", here.as_secs_f64());
        assert!(here < BACK, "{here:?}");
    }
    ana.wait(json!({ "event": "chat", "text": "while you were away" }));
    let heard = ana.wait(json!({ "event": "chat", "text": "while I was away" })).at.duration_since(back);
    println!("{what}: everything has arrived after {:.1} s", heard.as_secs_f64());
    group.host.wait(json!({ "event": "chat", "text": "while I was away" }));
    ana.say("the end");
    for (person, mark) in [(&mut group.host, host), (&mut ben, theirs), (&mut ana, mine)] {
        person.wait(json!({ "event": "chat", "text": "the end" }));
        for once in ["while I was away", "while you were away"] {
            assert_eq!(person.since(mark, json!({ "event": "chat", "text": once })).len(), 1);
        }
        for never in [json!({ "event": "knock" }), json!({ "event": "joined" }), member("Ana", "gone")] {
            assert!(person.since(mark, never).is_empty());
        }
        assert_eq!(person.roster(), ["Ana", "Ben", "Hilda"]);
    }
}

#[test]
#[ignore = "takes 25 seconds; make soak"]
fn stopped_for_a_while() {
    let mut group = Group::open();
    let ana = group.join("Ana", &[]);
    away_and_back(group, ana, "stopped", |ana, on| ana.signal(if on { "STOP" } else { "CONT" }));
}

#[test]
#[ignore = "takes a minute; make soak"]
fn asleep_for_a_minute() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mark = ana.mark();
    ana.signal("STOP");
    group.host.wait(member("Ana", "away"));
    // The fault is what is waited for here.
    std::thread::sleep(Duration::from_secs(60));
    ana.signal("CONT");
    let awake = Instant::now();
    ana.say("awake");
    let heard = group.host.wait(json!({ "event": "chat", "text": "awake" })).at.duration_since(awake);
    println!("asleep: what she says arrives after {:.1} s", heard.as_secs_f64());
    assert!(heard < Duration::from_secs(2), "{heard:?}");
    assert!(ana.since(mark, json!({ "event": "joined" })).is_empty(), "she kept her seat");
}

#[test]
#[ignore = "takes 25 seconds; make soak"]
fn cut_off_for_a_while() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let ana = group.join_over(&proxy.at, "Ana");
    away_and_back(group, ana, "cut", |_, on| proxy.cut(on));
}

#[test]
#[ignore = "takes 25 seconds; make soak"]
fn cut_off_in_one_direction_for_a_while() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let ana = group.join_over(&proxy.at, "Ana");
    away_and_back(group, ana, "cut downwards", |_, on| proxy.deafen(on));
}

#[test]
#[ignore = "takes 25 seconds; make soak"]
fn cut_off_for_a_while_and_back_at_another_address() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let ana = group.join_over(&proxy.at, "Ana");
    away_and_back(group, ana, "cut, new address", |_, on| {
        proxy.cut(on);
        proxy.rebind();
    });
}

#[test]
#[ignore = "takes 95 seconds; make soak"]
fn cut_off_nearly_as_long_as_a_seat_is_held() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let ana = group.join_over(&proxy.at, "Ana");
    away_and_back_after(LONG_FAULT, group, ana, "cut for long", |_, on| proxy.cut(on));
}

#[test]
#[ignore = "takes 10 seconds; make soak"]
fn a_firewall_that_forgets_a_connection_costs_six_seconds() {
    let mut group = Group::open();
    let proxy = Proxy::to(&group.relay.at);
    let mut ana = group.join_over(&proxy.at, "Ana");
    let mark = ana.mark();
    let start = Instant::now();
    proxy.strand();
    ana.say("into nowhere");
    let heard = group.host.wait(json!({ "event": "chat", "text": "into nowhere" })).at.duration_since(start);
    println!("forgotten: what was said meanwhile arrives after {:.1} s", heard.as_secs_f64());
    assert!(heard < Duration::from_secs(8), "{heard:?}");
    group.host.say("and back");
    ana.wait(json!({ "event": "chat", "text": "and back" }));
    assert_eq!(ana.since(mark, json!({ "event": "line", "back": true })).len(), 1);
    for never in [json!({ "event": "knock" }), json!({ "event": "joined" }), member("Ana", "gone")] {
        assert!(ana.since(mark, never).is_empty());
    }
}

#[test]
#[ignore = "takes two minutes; make soak"]
fn crashed_for_good() {
    let mut group = Group::open();
    let ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    let start = Instant::now();
    ana.crash();
    let away = ben.wait(member("Ana", "away")).at.duration_since(start);
    println!("crashed: away after {:.1} s", away.as_secs_f64());
    assert!(away < AWAY, "{away:?}");
    let gone = ben.wait_within(Duration::from_secs(100), member("Ana", "gone")).at.duration_since(start);
    println!("crashed: gone after {:.1} s", gone.as_secs_f64());
    assert!(GONE.contains(&gone.as_secs()), "{gone:?}");
    let _ana = group.join("Ana", &[]);
    assert_eq!(group.host.roster(), ["Ana", "Ben", "Hilda"]);
}
