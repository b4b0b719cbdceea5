//! A network without any relay and without a way out, on Linux as root: two machines on one bridge, and a code.

use std::time::{Duration, Instant};

use serde_json::json;

use super::harness::{Person, SILENT};
use super::namespace::ip;

/// A bridge, with machines on it. All of it is gone when dropped.
struct Island {
    bridge: &'static str,
    machines: Vec<String>,
}

impl Island {
    /// Each machine has one address, in a range that is set aside for measuring or for examples.
    fn of(bridge: &'static str, addresses: &[&str]) -> Result<Self, String> {
        ip(&format!("link add {bridge} type bridge mcast_snooping 0"))?;
        let mut island = Self { bridge, machines: vec![] };
        ip(&format!("link set {bridge} up"))?;
        for (nth, address) in addresses.iter().enumerate() {
            let name = format!("{bridge}-{nth}");
            ip(&format!("netns add {name}"))?;
            island.machines.push(name.clone());
            ip(&format!("link add {name} type veth peer name eth0 netns {name}"))?;
            ip(&format!("link set {name} master {bridge} up"))?;
            ip(&format!("-n {name} link set lo up"))?;
            // Nobody else is here who might have the address, so it may be used at once.
            let at_once = if address.contains(':') { " nodad" } else { "" };
            ip(&format!("-n {name} address add {address} dev eth0{at_once}"))?;
            ip(&format!("-n {name} link set eth0 up"))?;
        }
        Ok(island)
    }

    /// A program on one of the machines, with nothing that it knows from before.
    fn run(&self, machine: usize, arguments: &[&str]) -> Person {
        let starter = ["ip", "netns", "exec", &self.machines[machine], "env", "-u", "INGLE_NO_DISCOVERY"];
        Person::start_by(&starter, &[arguments, &SILENT[..]].concat())
    }
}

impl Drop for Island {
    fn drop(&mut self) {
        // The lines go with the networks.
        for machine in &self.machines {
            let _ = ip(&format!("netns delete {machine}"));
        }
        let _ = ip(&format!("link delete {}", self.bridge));
    }
}

/// A group on the first machine, and its code and ways.
fn host(island: &Island, machine: usize, name: &str) -> (Person, String, String) {
    let mut host = island.run(machine, &["host", "--open-door", "--name", name, "--title", name]);
    let event = host.wait(json!({ "event": "hosting" })).event.clone();
    let text = |name: &str| event[name].as_str().expect("a text").to_owned();
    (host, text("code"), text("relay"))
}

/// Comes in by the code alone. From being told of the relay to being in takes at most a second.
fn by_code_alone(island: &Island, machine: usize, code: &str) -> Person {
    let start = Instant::now();
    let mut guest = island.run(machine, &["join", code, "--name", "Ana"]);
    let found = guest.wait(json!({ "event": "relay_found", "nearby": true })).at;
    let joined = guest.wait(json!({ "event": "joined" })).at;
    let took = joined.duration_since(found);
    println!("island: found after {:.2} s, in {:.2} s later", (found - start).as_secs_f64(), took.as_secs_f64());
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(joined.duration_since(start) < Duration::from_secs(2), "{:?}", joined.duration_since(start));
    guest
}

#[test]
#[ignore = "takes a network of its own; make soak"]
fn on_an_island_a_code_alone_is_enough() {
    let island = match Island::of("ingle-isle", &["198.18.80.1/24", "198.18.80.2/24"]) {
        Ok(island) => island,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let (mut hilda, code, relay) = host(&island, 0, "Hilda");
    assert_eq!(relay, "198.18.80.1:4433");
    let mut ana = by_code_alone(&island, 1, &code);
    hilda.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    ana.say("hello");
    hilda.wait(json!({ "event": "chat", "text": "hello" }));
    // Wrong words find the relay too, and not the door.
    let wrong = format!("{}-otter-lamp-violin", code.split('-').next().expect("a number"));
    let mut stranger = island.run(1, &["join", &wrong, "--name", "Eve"]);
    stranger.wait(json!({ "event": "relay_found" }));
    hilda.wait(json!({ "event": "wrong_words" }));
    drop(stranger);
    // Once the host is gone, nothing is found.
    hilda.say("/quit");
    ana.wait(json!({ "event": "closed" }));
    assert_eq!(hilda.end().code, Some(0));
    island.run(1, &["join", &code]).end().failed(2, "there is none on this network", "--relay HOST:PORT");
}

#[test]
#[ignore = "takes a network of its own; make soak"]
fn of_several_relays_on_a_network_the_groups_own_is_found() {
    let addresses = ["198.18.81.1/24", "198.18.81.2/24", "198.18.81.3/24", "198.18.81.4/24"];
    let island = match Island::of("ingle-isles", &addresses) {
        Ok(island) => island,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let mut groups: Vec<_> = (0..3).map(|nth| host(&island, nth, &format!("Hilda {nth}"))).collect();
    for nth in [1, 2, 0] {
        let (hilda, code, relay) = &mut groups[nth];
        let mut ana = by_code_alone(&island, 3, code);
        hilda.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
        let told = ana.since(0, json!({ "event": "relay_found", "relay": relay })).len();
        assert_eq!(told, 1, "she is told of the relay that has the group");
        ana.say("/quit");
        assert_eq!(ana.end().code, Some(0));
        hilda.wait(json!({ "event": "member", "name": "Ana", "state": "gone" }));
    }
}

#[test]
#[ignore = "takes a network of its own; make soak"]
fn where_there_is_only_ipv6_the_invitation_says_so() {
    let island = match Island::of("ingle-six", &["2001:db8:77::1/64", "2001:db8:77::2/64"]) {
        Ok(island) => island,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let (mut hilda, code, relay) = host(&island, 0, "Hilda");
    assert_eq!(relay, "2001:db8:77::1");
    let mut ana = by_code_alone(&island, 1, &code);
    hilda.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    ana.say("/quit");
    let mut ben = island.run(1, &["join", &code, "--relay", &relay, "--name", "Ben"]);
    ben.wait(json!({ "event": "joined" }));
    // A machine without any network says that it has none.
    ip(&format!("-n {} link set eth0 down", island.machines[1])).expect("set");
    let mut alone = island.run(1, &["host", "--name", "Zoe"]);
    let relay = alone.wait(json!({ "event": "hosting" })).event["relay"].clone();
    assert_eq!(relay, "127.0.0.1:4433");
    let told = alone.wait(json!({ "event": "error" })).event["message"].clone();
    assert!(told.as_str().is_some_and(|told| told.contains("has no network")), "{told}");
}
