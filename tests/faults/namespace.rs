//! A line that is unplugged: a member in a network of its own, on Linux as root.

use std::process::Command;

use super::away_and_back;
use super::harness::{Group, Relay};

const NAMESPACE: &str = "ingle-soak";
/// This machine's end of the line, in a range that is set aside for measuring.
const HERE: &str = "198.18.77.1";
const THERE: &str = "198.18.77.2";

fn ip(words: &str) -> Result<(), String> {
    let output = Command::new("ip").args(words.split(' ')).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The network, gone when dropped.
struct Namespace;

impl Namespace {
    fn make() -> Result<Self, String> {
        ip(&format!("netns add {NAMESPACE}"))?;
        let made = Self;
        ip(&format!("link add ingle-here type veth peer name ingle-there netns {NAMESPACE}"))?;
        ip(&format!("address add {HERE}/30 dev ingle-here"))?;
        ip("link set ingle-here up")?;
        ip(&format!("-n {NAMESPACE} address add {THERE}/30 dev ingle-there"))?;
        ip(&format!("-n {NAMESPACE} link set ingle-there up"))?;
        Ok(made)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // The line goes with the network.
        let _ = ip(&format!("netns delete {NAMESPACE}"));
    }
}

#[test]
#[ignore = "takes 25 seconds and a network of its own; make soak"]
fn unplugged_for_a_while() {
    let _network = match Namespace::make() {
        Ok(made) => made,
        Err(why) => return println!("skipped: no network can be made here: {}", why.trim()),
    };
    let mut group = Group::hosted_at(Relay::at(&format!("{HERE}:0")), &["--open-door"]);
    let ana = group.join_by(&["ip", "netns", "exec", NAMESPACE], "Ana");
    away_and_back(group, ana, "unplugged", |_, on| {
        let state = if on { "down" } else { "up" };
        ip(&format!("-n {NAMESPACE} link set ingle-there {state}")).expect("set");
    });
}
