//! A name that leads nowhere over IPv6, and a clock that is a year wrong: members in networks of their own, on Linux as root.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;

use super::harness::{Person, SILENT};
use super::namespace::ip;
use super::slow_road::{AGAIN, IN, Scene, talk};

/// How long an address that leads nowhere may hold up a newcomer.
const DEAD_ADDRESS: Duration = Duration::from_secs(2);

/// What a network's machines know by name, gone when dropped.
struct Names(PathBuf);

impl Names {
    /// `ip netns exec` puts these files in the place of the system's.
    fn of(network: &str, hosts: &str) -> Self {
        let dir = Path::new("/etc/netns").join(network);
        fs::create_dir_all(&dir).expect("a directory");
        fs::write(dir.join("hosts"), hosts).expect("written");
        Self(dir)
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        // Perhaps gone already.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
#[ignore = "takes networks of its own; make soak"]
fn a_dead_ipv6_address_beside_a_good_one_costs_a_moment() {
    // What becomes of packets to the dead address, and whether UDP passes at all.
    let cases: [(&str, u8, &[&str], bool); 4] = [
        ("ingle-aaaa1", 141, &[], true),
        ("ingle-aaaa2", 142, &["-A OUTPUT -d 2001:db8:9::1 -j DROP"], true),
        ("ingle-aaaa3", 143, &["-A OUTPUT -d 2001:db8:9::1 -j REJECT"], true),
        ("ingle-aaaa4", 144, &["-A OUTPUT -d 2001:db8:9::1 -j DROP"], false),
    ];
    for (name, net, rules, udp) in cases {
        let Some(mut scene) = Scene::make(name, net) else { return };
        let _names =
            Names::of(name, &format!("127.0.0.1 localhost\n2001:db8:9::1 relay.test\n198.18.{net}.1 relay.test\n"));
        ip(&format!("-n {name} address add 2001:db8:9::2/64 dev there nodad")).expect("an address");
        for rule in rules {
            ip(&format!("netns exec {name} ip6tables {rule}")).expect("a rule");
        }
        if !udp {
            scene.rule("-A OUTPUT -p udp -j DROP");
        }
        let (_, port) = scene.group.relay.at.rsplit_once(':').expect("a port");
        let relay = format!("relay.test:{port}");
        let arguments = ["join", &scene.group.code, "--relay", &relay, "--name", "Ana"];
        let start = Instant::now();
        let mut ana = Person::start_by(&["ip", "netns", "exec", name], &[&arguments, &SILENT[..]].concat());
        ana.wait(json!({ "event": "joined" }));
        println!("{rules:?}, UDP {udp}: in after {:?}", start.elapsed());
        assert!(start.elapsed() < if udp { DEAD_ADDRESS } else { IN });
        talk(&mut scene.group, &mut ana, "by the other address");
    }
}

/// Debian's library for clocks that are wrong; `tools/setup.sh soak` installs it.
fn wrong_clock() -> Option<String> {
    let dirs = fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok).map(|dir| dir.path());
    let all = dirs.map(|dir| dir.join("faketime/libfaketimeMT.so.1"));
    let found = all.filter(|path| path.exists()).map(|path| path.display().to_string()).next();
    if found.is_none() {
        println!("skipped: this needs libfaketime; tools/setup.sh soak installs it");
    }
    found
}

#[test]
#[ignore = "takes networks of its own and libfaketime; make soak"]
fn a_clock_that_is_a_year_wrong_keeps_nobody_out() {
    let Some(library) = wrong_clock() else { return };
    for (name, net, wrong, udp) in
        [("ingle-late", 151, "-365d", true), ("ingle-early", 152, "+365d", true), ("ingle-clock", 153, "+365d", false)]
    {
        let Some(mut scene) = Scene::make(name, net) else { return };
        if !udp {
            scene.rule("-A OUTPUT -p udp -j DROP");
        }
        let (preload, time) = (format!("LD_PRELOAD={library}"), format!("FAKETIME={wrong}"));
        let starter = ["ip", "netns", "exec", name, "env", &preload, &time, "FAKETIME_DONT_FAKE_MONOTONIC=1"];
        let mut ana = scene.group.join_by(&starter, "Ana");
        talk(&mut scene.group, &mut ana, "in another year");
        // Her seat's ticket is good at a relay that has forgotten all, and sees another year than she does.
        let mine = ana.mark();
        scene.group.relay.crash();
        std::thread::sleep(AGAIN);
        scene.group.relay.start_again();
        let again = "at a relay that was started again";
        ana.say(again);
        scene.group.host.wait(json!({ "event": "chat", "text": again }));
        assert!(ana.since(mine, json!({ "event": "joined" })).is_empty(), "she kept her seat");
    }
}
