//! Two ways at once with real programs: a member with a cable and a hotspot, one of which dies while she speaks; on Linux as root.

use std::time::Duration;

use serde_json::json;

use super::harness::{Group, Person, Relay, sound};
use super::namespace::{Namespace, ip};

/// A machine with a cable, which its system prefers, and a hotspot; both lead to the relay's address.
fn two_lines(name: &'static str, air: &str, net: u8, relay: &str) -> Result<Namespace, String> {
    let network = Namespace::make(name, &format!("198.18.{net}.1"), &format!("198.18.{net}.2"))?;
    let beside = net + 1;
    ip(&format!("link add {air} type veth peer name air netns {name}"))?;
    ip(&format!("address add 198.18.{beside}.1/29 dev {air}"))?;
    ip(&format!("address add {relay}/32 dev {air}"))?;
    ip(&format!("link set {air} up"))?;
    ip(&format!("-n {name} address add 198.18.{beside}.2/29 dev air"))?;
    ip(&format!("-n {name} link set air up"))?;
    ip(&format!("-n {name} route add default via 198.18.{beside}.1 dev air metric 200"))?;
    ip(&format!("-n {name} route add default via 198.18.{net}.1 dev there metric 100"))?;
    Ok(network)
}

#[test]
#[ignore = "takes a minute and a network of its own; make soak"]
fn one_of_two_ways_dies_and_nobody_hears_it() {
    // Both ends stay up, and nothing passes any more: the system sees nothing of it.
    for (name, air, net, dies) in [("ingle-way1", "ingle-air1", 131, "there"), ("ingle-way2", "ingle-air2", 133, "air")]
    {
        let relay = format!("198.18.{}.1", net + 4);
        let _network = match two_lines(name, air, net, &relay) {
            Ok(made) => made,
            Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
        };
        let dir = tempfile::tempdir().expect("a directory");
        let heard = dir.path().join("heard.wav");
        let mut group = Group::hosted_at(
            Relay::at(&format!("{relay}:0")),
            &["--open-door", "--mic", "null", "--speaker", &format!("file:{}", heard.display())],
        );
        let spoken = sound::write_voice(dir.path(), "ana-01", Duration::from_secs(8));
        let mic = format!("file:{}", spoken.display());
        let starter = ["ip", "netns", "exec", name, "env", "INGLE_ALSO_VIA=air"];
        let mut ana = Person::start_by(
            &starter,
            &["join", &group.code, "--relay", &group.relay.at, "--name", "Ana", "--mic", &mic, "--speaker", "null"],
        );
        ana.wait(json!({ "event": "joined" }));
        ana.wait(json!({ "event": "second_way", "via": "air", "state": "carries", "first_silent": false }));
        let mark = ana.mark();
        group.host.wait(json!({ "event": "speaking", "name": "Ana", "on": true }));
        std::thread::sleep(Duration::from_millis(1500));
        ip(&format!("netns exec {name} iptables -A OUTPUT -o {dies} -j DROP")).expect("dead up");
        ip(&format!("netns exec {name} iptables -A INPUT -i {dies} -j DROP")).expect("dead down");
        group.host.wait(json!({ "event": "speaking", "name": "Ana", "on": false }));
        ana.say("by the other way");
        group.host.wait_within(Duration::from_secs(8), json!({ "event": "chat", "text": "by the other way" }));
        for never in [json!({ "event": "line" }), json!({ "event": "knock" })] {
            assert!(ana.since(mark, never).is_empty(), "her line was never cut");
        }
        group.host.say("/quit");
        assert_eq!(group.host.end().code, Some(0));
        let found = sound::likeness(&spoken, &heard);
        println!("{dies} dies: likeness {:.3}, mouth to ear {:.0} ms", found.likeness, found.delay_ms);
        assert!(found.likeness > 0.85, "{found:?}");
    }
}
