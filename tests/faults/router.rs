//! A host behind a router that gives ports, one that doesn't, and guests outside: on Linux as root, with a real miniupnpd.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::harness::{Person, SILENT};
use super::namespace::ip;

const INSIDE: &str = "192.168.77";
/// An address that routers take for one of the whole internet. It is in a network that leads nowhere.
const OUTSIDE: &str = "6.6.6";

/// A home with a router, and a machine outside. All of it is gone when dropped.
pub(super) struct Home {
    name: &'static str,
    daemon: Option<Child>,
    relay: Option<Child>,
    files: TempDir,
}

impl Home {
    pub(super) fn make(name: &'static str) -> Result<Self, String> {
        let home = Self { name, daemon: None, relay: None, files: tempfile::tempdir().expect("a directory") };
        for place in ["home", "router", "out"] {
            ip(&format!("netns add {name}-{place}"))?;
            ip(&format!("-n {name}-{place} link set lo up"))?;
        }
        for (place, side, net) in [("home", "lan", INSIDE), ("out", "wan", OUTSIDE)] {
            ip(&format!("link add {side} netns {name}-router type veth peer name eth0 netns {name}-{place}"))?;
            ip(&format!("-n {name}-router address add {net}.1/24 dev {side}"))?;
            ip(&format!("-n {name}-{place} address add {net}.2/24 dev eth0"))?;
            ip(&format!("-n {name}-router link set {side} up"))?;
            ip(&format!("-n {name}-{place} link set eth0 up"))?;
        }
        ip(&format!("-n {name}-home route add default via {INSIDE}.1"))?;
        home.router(&["sysctl", "-qw", "net.ipv4.ip_forward=1"])?;
        let rules = home.files.path().join("rules");
        fs::write(
            &rules,
            "table inet filter {
               chain forward {
                 type filter hook forward priority 0; policy drop;
                 iifname lan accept; ct state established,related accept; jump opened;
               }
               chain opened { }
               chain before { type nat hook prerouting priority -100; jump moved; }
               chain moved { }
               chain after { type nat hook postrouting priority 100; oifname wan masquerade; jump moved_after; }
               chain moved_after { }
             }",
        )
        .map_err(|error| error.to_string())?;
        home.router(&["nft", "-f", &rules.display().to_string()])?;
        Ok(home)
    }

    pub(super) fn router(&self, command: &[&str]) -> Result<String, String> {
        let place = format!("{}-router", self.name);
        let output = Command::new("ip").args(["netns", "exec", &place]).args(command).output();
        let output = output.map_err(|error| error.to_string())?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(said(&output.stdout)) } else { Err(said(&output.stderr)) }
    }

    fn start(&self, place: &str, program: &str, arguments: &[&str]) -> std::io::Result<Child> {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &format!("{}-{place}", self.name), program]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    }

    /// The router gives ports from now on: by UPnP alone, or by PCP as well.
    fn give_ports(&mut self, pcp: bool) {
        let place = |name: &str| self.files.path().join(name).display().to_string();
        let config = format!(
            "ext_ifname=wan\nlistening_ip=lan\nenable_natpmp={}\nenable_upnp=yes\nupnp_table_name=filter\n\
             upnp_nat_table_name=filter\nupnp_forward_chain=opened\nupnp_nat_chain=moved\n\
             upnp_nat_postrouting_chain=moved_after\nuuid=00000000-0000-0000-0000-000000000001\n\
             allow 1024-65535 {INSIDE}.0/24 1024-65535\nlease_file={}\n",
            if pcp { "yes" } else { "no" },
            place("leases"),
        );
        fs::write(place("config"), config).expect("written");
        let arguments = ["-d", "-f", &place("config"), "-P", &place("pid")];
        self.daemon = Some(self.start("router", "miniupnpd", &arguments).expect("miniupnpd"));
        super::harness::until("the router listens", || {
            self.router(&["ss", "-Hlun", "sport = :1900"]).is_ok_and(|listening| !listening.is_empty())
        });
    }

    /// A relay outside, gone with the home.
    pub(super) fn start_relay(&mut self, listen: &str) {
        let relay = self.start("out", env!("CARGO_BIN_EXE_ingle-relay"), &["--listen", listen]);
        self.relay = Some(relay.expect("started"));
    }

    fn person(&self, place: &str, arguments: &[&str]) -> Person {
        self.person_with(place, &[arguments, &SILENT[..]].concat())
    }

    /// Somebody whose microphone and loudspeaker are among the arguments.
    pub(super) fn person_with(&self, place: &str, arguments: &[&str]) -> Person {
        let place = format!("{}-{place}", self.name);
        let starter = ["ip", "netns", "exec", &place, "env", "-u", "INGLE_NO_PORT_MAPPING"];
        Person::start_by(&starter, arguments)
    }

    /// A host in the home, its code, and what it is told of who can reach it.
    fn host(&self, more: &[&str]) -> (Person, String, Value) {
        let mut host = self.person("home", &[&["host", "--open-door", "--name", "Hilda"], more].concat());
        let code = host.wait(json!({ "event": "hosting" })).event["code"].as_str().expect("a code").to_owned();
        let reach = host.wait_within(Duration::from_secs(20), json!({ "event": "reach" })).event.clone();
        (host, code, reach)
    }

    /// What the router passes on to the host.
    fn passed_on(&self) -> bool {
        self.router(&["nft", "list", "chain", "inet", "filter", "moved"]).is_ok_and(|rules| rules.contains(":4433"))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        for child in [&mut self.daemon, &mut self.relay].into_iter().flatten() {
            // Gone already, perhaps.
            let _ = child.kill();
            let _ = child.wait();
        }
        for place in ["home", "router", "out"] {
            let _ = ip(&format!("netns delete {}-{place}", self.name));
        }
    }
}

fn has_router() -> bool {
    let there = ["miniupnpd", "nft", "ss"].iter().all(|name| Command::new(name).arg("-h").output().is_ok());
    if !there {
        println!("skipped: this needs miniupnpd, nft and ss; tools/setup.sh soak installs them");
    }
    there
}

/// A guest outside comes in with the invitation as it is after the router has answered, and the port is given back at the end.
fn a_guest_from_outside_comes_in(name: &'static str, pcp: bool) {
    if !has_router() {
        return;
    }
    let mut home = match Home::make(name) {
        Ok(home) => home,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    home.give_ports(pcp);
    let (mut host, _, reach) = home.host(&[]);
    let ways = format!("{OUTSIDE}.1:4433,{INSIDE}.2:4433");
    assert_eq!((&reach["who"], &reach["relay"]), (&json!("untested"), &json!(ways)), "{reach}");
    let invitation = reach["invitation"].as_str().expect("a text").to_owned();
    let mut guest = home.person("out", &["join", &invitation, "--name", "Ana"]);
    guest.wait(json!({ "event": "joined" }));
    host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    assert!(home.passed_on());
    // Where UDP is blocked outside, the same port leads in over TCP.
    ip(&format!("netns exec {name}-out iptables -A OUTPUT -p udp -j DROP")).expect("blocked");
    let mut slow = home.person("out", &["join", &invitation, "--name", "Ben"]);
    slow.wait_within(Duration::from_secs(20), json!({ "event": "road", "road": "tcp" }));
    slow.wait(json!({ "event": "joined" }));
    ip(&format!("netns exec {name}-out iptables -F")).expect("open again");
    host.say("/quit");
    assert_eq!(host.end().code, Some(0));
    assert!(!home.passed_on(), "the port is given back");
    // With a relay outside that looks on, it is known.
    home.start_relay(&format!("{OUTSIDE}.2:7000"));
    let (mut host, _, reach) = home.host(&["--check-via", &format!("{OUTSIDE}.2:7000")]);
    assert_eq!(reach["who"], "everybody", "{reach}");
    host.say("/quit");
    assert_eq!(host.end().code, Some(0));
}

#[test]
#[ignore = "takes networks of its own and miniupnpd; make soak"]
fn behind_a_router_with_pcp_a_guest_from_outside_comes_in() {
    a_guest_from_outside_comes_in("ingle-pcp", true);
}

#[test]
#[ignore = "takes networks of its own and miniupnpd; make soak"]
fn behind_a_router_with_upnp_a_guest_from_outside_comes_in() {
    a_guest_from_outside_comes_in("ingle-upnp", false);
}

#[test]
#[ignore = "takes networks of its own; make soak"]
fn behind_a_router_that_gives_nothing_the_truth_is_told() {
    if !has_router() {
        return;
    }
    let mut home = match Home::make("ingle-shut") {
        Ok(home) => home,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let (host, code, reach) = home.host(&[]);
    assert_eq!(reach["who"], "network", "{reach}");
    assert!(reach["message"].as_str().is_some_and(|told| told.contains("gives no way in")), "{reach}");
    assert!(reach["hint"].as_str().is_some_and(|told| told.contains("UDP port 4433")), "{reach}");
    let far = format!("{OUTSIDE}.1");
    home.person("out", &["join", &code, "--relay", &far]).end().failed(1, "Nothing answers", "Check the port");
    drop(host);
    home.start_relay(&format!("{OUTSIDE}.2:7000"));
    let (_host, _, reach) = home.host(&["--check-via", &format!("{OUTSIDE}.2:7000")]);
    assert_eq!(reach["who"], "network", "{reach}");
    assert!(reach["message"].as_str().is_some_and(|told| told.contains("has arrived")), "{reach}");
}
