//! UDP that is blocked, dies or is too small, and web proxies on the way: members in networks of their own, on Linux as root,
//! with iptables, tinyproxy and nginx.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::harness::{Group, Person, Relay};
use super::namespace::{Namespace, ip};

/// How long a member may be out of the call when UDP dies.
pub(super) const AGAIN: Duration = Duration::from_secs(4);
/// How long it may take to get in where UDP is blocked.
pub(super) const IN: Duration = Duration::from_secs(6);
/// How long it may take until UDP carries the call again, once it works: the first try is after 15 s.
const BACK: Duration = Duration::from_secs(40);

/// A machine with a line to this one, a relay here, and a group on it. `None` if none can be made here.
pub(super) struct Scene {
    name: &'static str,
    _network: Namespace,
    pub(super) group: Group,
}

impl Scene {
    pub(super) fn make(name: &'static str, net: u8) -> Option<Self> {
        let here = format!("198.18.{net}.1");
        match Namespace::make(name, &here, &format!("198.18.{net}.2")) {
            Ok(network) => {
                let group = Group::hosted_at(Relay::at(&format!("{here}:0")), &["--open-door"]);
                Some(Self { name, _network: network, group })
            }
            Err(why) => {
                println!("skipped: no network can be made here: {}", why.trim());
                None
            }
        }
    }

    /// A rule for the machine's packets.
    pub(super) fn rule(&self, words: &str) {
        let words = words.split(' ');
        let done = Command::new("ip").args(["netns", "exec", self.name, "iptables"]).args(words).status();
        assert!(done.expect("iptables").success());
    }

    fn join(&mut self) -> Person {
        self.group.join_by(&["ip", "netns", "exec", self.name], "Ana")
    }

    /// The time until Ana is on this road, after which each reads what the other writes.
    fn until_on(&mut self, ana: &mut Person, mark: usize, road: &str, patience: Duration) -> Duration {
        let start = Instant::now();
        while ana.since(mark, json!({ "event": "road", "road": road })).is_empty() {
            assert!(start.elapsed() < patience, "not on {road} after {patience:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
        let took = start.elapsed();
        talk(&mut self.group, ana, road);
        took
    }
}

/// Each reads what the other writes.
pub(super) fn talk(group: &mut Group, ana: &mut Person, words: &str) {
    let chat = |words: &str| json!({ "event": "chat", "text": words });
    group.host.say(words);
    ana.wait_within(AGAIN, chat(words));
    ana.say(&format!("{words} too"));
    group.host.wait_within(AGAIN, chat(&format!("{words} too")));
}

fn lost(person: &mut Person) -> Vec<Value> {
    person.since(0, json!({ "event": "line", "back": false })).into_iter().cloned().collect()
}

#[test]
#[ignore = "takes half a minute and networks of its own; make soak"]
fn where_udp_is_blocked_members_get_in() {
    let rules = [
        ("ingle-drop", 101, ["-A OUTPUT -p udp -j DROP"].as_slice()),
        ("ingle-swallow", 102, &["-A INPUT -p udp -j DROP"]),
        ("ingle-reject", 103, &["-A OUTPUT -p udp -j REJECT"]),
    ];
    for (name, net, rules) in rules {
        let Some(mut scene) = Scene::make(name, net) else { return };
        rules.iter().for_each(|rule| scene.rule(rule));
        let start = Instant::now();
        let mut ana = scene.join();
        println!("{rules:?}: in after {:?}", start.elapsed());
        assert!(start.elapsed() < IN);
        scene.until_on(&mut ana, 0, "tcp", AGAIN);
    }
}

#[test]
#[ignore = "takes networks of its own; make soak"]
fn a_path_that_swallows_long_packets_lets_members_in() {
    for (name, net, mtu, road) in [
        ("ingle-1280", 105, 1280, "udp"),
        ("ingle-1228", 106, 1228, "udp"),
        ("ingle-1220", 107, 1220, "tcp"),
        ("ingle-1100", 108, 1100, "tcp"),
    ] {
        let Some(mut scene) = Scene::make(name, net) else { return };
        // Each packet is counted by itself, and not with those that leave with it.
        ip(&format!("link set {name} gso_max_segs 1")).expect("set");
        ip(&format!("-n {name} link set there gso_max_segs 1")).expect("set");
        for chain in ["INPUT", "OUTPUT"] {
            scene.rule(&format!("-A {chain} -m length --length {}: -j DROP", mtu + 1));
        }
        let start = Instant::now();
        let mut ana = scene.join();
        println!("MTU {mtu}: in after {:?}", start.elapsed());
        assert!(start.elapsed() < IN);
        match road {
            "tcp" => drop(scene.until_on(&mut ana, 0, road, AGAIN)),
            _ => assert!(ana.since(0, json!({ "event": "road", "road": "tcp" })).is_empty()),
        }
        // The longest that can be said takes more than one packet on the smallest path.
        talk(&mut scene.group, &mut ana, &["long"; 90].join(" "));
    }
}

#[test]
#[ignore = "takes two minutes and networks of its own; make soak"]
fn when_udp_dies_a_call_goes_on_and_comes_back_to_it() {
    let rules = [
        ("ingle-dies", 111, ["-A OUTPUT -p udp -j DROP", "-A INPUT -p udp -j DROP"].as_slice()),
        ("ingle-refused", 112, &["-A OUTPUT -p udp -j REJECT"]),
        ("ingle-up", 113, &["-A OUTPUT -p udp -j DROP"]),
        ("ingle-down", 114, &["-A INPUT -p udp -j DROP"]),
    ];
    for (name, net, rules) in rules {
        let Some(mut scene) = Scene::make(name, net) else { return };
        let mut ana = scene.join();
        talk(&mut scene.group, &mut ana, "udp first");
        let mark = ana.mark();
        rules.iter().for_each(|rule| scene.rule(rule));
        let took = scene.until_on(&mut ana, mark, "tcp", Duration::from_secs(7));
        println!("{rules:?}: on the slow road after {took:?}");
        let mark = ana.mark();
        scene.rule("-F");
        let took = scene.until_on(&mut ana, mark, "udp", BACK);
        println!("back after {took:?}, the line taken for cut: {:?}", lost(&mut ana));
    }
}

/// A program of the system's, ended when dropped.
struct Helper(Child);

impl Helper {
    fn start(command: &mut Command) -> Option<Self> {
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        started.map_err(|error| println!("skipped: {command:?}: {error}")).ok().map(Self)
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn written(name: &str, text: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join(name), text).expect("written");
    dir
}

#[test]
#[ignore = "starts tinyproxy in a network of its own; make soak"]
fn where_only_a_web_proxy_leads_out_it_is_asked_to_connect() {
    let Some(mut scene) = Scene::make("ingle-proxy", 121) else { return };
    let dir = written(
        "conf",
        "Port 3128\nListen 198.18.121.1\nAllow 198.18.121.2\nBasicAuth ana secret\nLogLevel Connect\nMaxClients 10\n",
    );
    let mut command = Command::new("tinyproxy");
    let Some(_proxy) = Helper::start(command.args(["-d", "-c"]).arg(dir.path().join("conf"))) else { return };
    // Nothing but the proxy.
    scene.rule("-A OUTPUT -p udp -j DROP");
    scene.rule("-A OUTPUT -p tcp --dport 3128 -j ACCEPT");
    scene.rule("-A OUTPUT -p tcp --syn -j REJECT");
    std::thread::sleep(Duration::from_millis(500));
    let through = "HTTPS_PROXY=http://ana:secret@198.18.121.1:3128";
    let mut ana = scene.group.join_by(&["ip", "netns", "exec", "ingle-proxy", "env", through], "Ana");
    scene.until_on(&mut ana, 0, "tcp", AGAIN);
}
