//! A line that is unplugged, or leads elsewhere: a member in a network of its own, on Linux as root.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use super::away_and_back;
use super::harness::{Group, Relay};

const NAMESPACE: &str = "ingle-soak";
/// This machine's end of the line, in a range that is set aside for measuring.
const HERE: &str = "198.18.77.1";
const THERE: &str = "198.18.77.2";

pub(super) fn ip(words: &str) -> Result<(), String> {
    let output = Command::new("ip").args(words.split(' ')).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The network, gone when dropped.
pub(super) struct Namespace(&'static str);

impl Namespace {
    /// Joined to this machine by a line with these two ends.
    pub(super) fn make(name: &'static str, here: &str, there: &str) -> Result<Self, String> {
        ip(&format!("netns add {name}"))?;
        let made = Self(name);
        ip(&format!("link add {name} type veth peer name there netns {name}"))?;
        ip(&format!("address add {here}/29 dev {name}"))?;
        ip(&format!("link set {name} up"))?;
        ip(&format!("-n {name} address add {there}/29 dev there"))?;
        ip(&format!("-n {name} link set there up"))?;
        Ok(made)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // The line goes with the network.
        let _ = ip(&format!("netns delete {}", self.0));
    }
}

#[test]
#[ignore = "takes 25 seconds and a network of its own; make soak"]
fn unplugged_for_a_while() {
    let _network = match Namespace::make(NAMESPACE, HERE, THERE) {
        Ok(made) => made,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let mut group = Group::hosted_at(Relay::at(&format!("{HERE}:0")), &["--open-door"]);
    let ana = group.join_by(&["ip", "netns", "exec", NAMESPACE], "Ana");
    away_and_back(group, ana, "unplugged", |_, on| {
        let state = if on { "down" } else { "up" };
        ip(&format!("-n {NAMESPACE} link set there {state}")).expect("set");
    });
}

#[test]
#[ignore = "takes a network of its own; make soak"]
fn moved_to_another_network() {
    const NAME: &str = "ingle-move";
    const HERE: &str = "198.18.78.1";
    const THERE: &str = "198.18.78.2";
    const ELSEWHERE: &str = "198.18.78.3";
    let _network = match Namespace::make(NAME, HERE, THERE) {
        Ok(made) => made,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let mut group = Group::hosted_at(Relay::at(&format!("{HERE}:0")), &["--open-door"]);
    let mut ana = group.join_by(&["ip", "netns", "exec", NAME], "Ana");
    let (host, mine) = (group.host.mark(), ana.mark());
    ip(&format!("-n {NAME} address delete {THERE}/29 dev there")).expect("gone");
    ip(&format!("-n {NAME} address add {ELSEWHERE}/29 dev there")).expect("another");
    let start = Instant::now();
    ana.say("from elsewhere");
    let heard = group.host.wait(json!({ "event": "chat", "text": "from elsewhere" })).at.duration_since(start);
    println!("moved: what is said arrives after {:.1} s", heard.as_secs_f64());
    assert!(heard < Duration::from_secs(2), "before the line is taken for cut: {heard:?}");
    group.host.say("to elsewhere");
    ana.wait(json!({ "event": "chat", "text": "to elsewhere" }));
    assert!(group.host.since(host, json!({ "event": "member", "name": "Ana" })).is_empty(), "she was never away");
    assert!(ana.since(mine, json!({ "event": "line" })).is_empty(), "her line was never cut");
}

#[test]
#[ignore = "takes a network of its own; make soak"]
fn a_cable_for_a_hotspot_and_a_vpn_that_comes_and_goes() {
    const NAME: &str = "ingle-cable";
    const AIR: &str = "ingle-air";
    const RELAY: &str = "198.18.82.1";
    let _network = match Namespace::make(NAME, "198.18.80.1", "198.18.80.2") {
        Ok(made) => made,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    ip(&format!("link add {AIR} type veth peer name air netns {NAME}")).expect("a second way");
    ip(&format!("address add 198.18.81.1/29 dev {AIR}")).expect("its near end");
    ip(&format!("address add {RELAY}/32 dev {AIR}")).expect("the relay's own address");
    ip(&format!("link set {AIR} up")).expect("up");
    ip(&format!("-n {NAME} address add 198.18.81.2/29 dev air")).expect("its far end");
    ip(&format!("-n {NAME} link set air up")).expect("up");
    ip(&format!("-n {NAME} route add default via 198.18.81.1 metric 200")).expect("by air");
    ip(&format!("-n {NAME} route add default via 198.18.80.1 metric 100")).expect("by cable");
    let mut group = Group::hosted_at(Relay::at(&format!("{RELAY}:0")), &["--open-door"]);
    let mut ana = group.join_by(&["ip", "netns", "exec", NAME], "Ana");
    let changes: [(&str, &[&str]); 4] = [
        ("by air", &["link set there down"]),
        // The route went with the link.
        ("by cable again", &["link set there up", "route add default via 198.18.80.1 metric 100"]),
        // A VPN leaves the default route alone, and stands before it; both lines stay up.
        ("by VPN", &["route add 0.0.0.0/1 via 198.18.81.1", "route add 128.0.0.0/1 via 198.18.81.1"]),
        ("without VPN again", &["route delete 0.0.0.0/1", "route delete 128.0.0.0/1"]),
    ];
    for (said, commands) in changes {
        let host = group.host.mark();
        for command in commands {
            ip(&format!("-n {NAME} {command}")).expect("set");
        }
        let start = Instant::now();
        ana.say(said);
        let heard = group.host.wait(json!({ "event": "chat", "text": said })).at.duration_since(start);
        println!("{said}: arrives after {:.1} s", heard.as_secs_f64());
        assert!(heard < Duration::from_secs(2), "{heard:?}");
        group.host.say(said);
        ana.wait(json!({ "event": "chat", "from": "Hilda", "text": said }));
        assert!(group.host.since(host, json!({ "event": "member", "name": "Ana" })).is_empty(), "she was never away");
    }
}
