//! Networks, disks and devices that change or go away. Some need root: where they can't be had, the table says that a case was
//! skipped.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use super::super::harness::{Group, Person, Proxy, Relay, SILENT, SoundServer, program, sound};
use super::super::namespace::{Namespace, ip};
use super::ear::Ear;
use super::lines::{AFTER, MOVED};
use super::pass;
use super::programs::RESTARTED;
use super::scene::{Outcome, Scene};

const NETWORK: &str = "ingle-faults";

/// Ana's computer gets another address in its network.
pub(super) fn moved(_: u64) -> Outcome {
    let at = |last: u8| format!("198.18.79.{last}");
    let _network = match Namespace::make(NETWORK, &at(1), &at(2)) {
        Ok(made) => made,
        Err(why) => return Outcome::skipped(&why),
    };
    let relay = Relay::at(&format!("{}:0", at(1)));
    let line = Proxy::to(&relay.at);
    let mut scene = Scene::with(relay, line, |group, more| {
        let arguments = [&["join", &group.code, "--relay", &group.relay.at, "--name", "Ana"], more].concat();
        Person::start_by(&["ip", "netns", "exec", NETWORK], &arguments)
    });
    for last in 2..5 {
        ip(&format!("-n {NETWORK} address delete {}/29 dev there", at(last))).expect("gone");
        ip(&format!("-n {NETWORK} address add {}/29 dev there", at(last + 1))).expect("another");
        scene.both_hear_soon(MOVED);
        scene.listen(AFTER);
    }
    scene.end()
}

/// A small disk, gone when dropped.
struct Disk(Option<TempDir>);

impl Disk {
    fn new(size: &str) -> Result<Self, String> {
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "ingle-faults"]).arg(dir.path());
        let done = mount.output().map_err(|error| error.to_string())?;
        if done.status.success() {
            Ok(Self(Some(dir)))
        } else {
            Err(String::from_utf8_lossy(&done.stderr).into_owned())
        }
    }

    fn path(&self) -> &Path {
        self.0.as_ref().expect("there until dropped").path()
    }

    /// Nothing more can be written.
    fn fill(&self) {
        // It is cut off where the disk ends.
        let _ = std::fs::write(self.path().join("full"), vec![7; 16 << 20]);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Its files may still be open: then it goes with the last of them.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
        self.0.take();
    }
}

pub(super) fn relays_disk_full(seed: u64) -> Outcome {
    let disk = match Disk::new("64k") {
        Ok(disk) => disk,
        Err(why) => return Outcome::skipped(&why),
    };
    let dir = TempDir::new_in(disk.path()).expect("a directory");
    let mut scene = Scene::at(Relay::keeping("127.0.0.1:0", dir), seed);
    disk.fill();
    scene.group.relay.crash();
    scene.group.relay.start_again();
    scene.both_hear_soon(RESTARTED);
    scene.group.host.wait_within(4 * RESTARTED, json!({ "event": "restored" }));
    scene.listen(AFTER);
    // One without a key has nowhere to put it.
    let other = Command::new(program(env!("CARGO_BIN_EXE_ingle-relay")))
        .args(["--listen", "127.0.0.1:0", "--data-dir"])
        .arg(disk.path().join("other"))
        .output()
        .expect("ran");
    let said = String::from_utf8_lossy(&other.stderr).into_owned();
    scene.must(other.status.code() == Some(1), "a relay without room for its key goes on");
    scene.must(said.contains("can't be used") && said.lines().count() <= 2, &format!("it says: {said:?}"));
    let outcome = scene.end();
    drop(disk);
    outcome
}

/// Whatever she would keep finds no room: her settings, the relays that she knows, what her speaker plays.
pub(super) fn members_disk_full(seed: u64) -> Outcome {
    let disk = match Disk::new("600k") {
        Ok(disk) => disk,
        Err(why) => return Outcome::skipped(&why),
    };
    let relay = Relay::start();
    let line = Proxy::seeded(&relay.at, seed);
    let over = line.at.clone();
    let mut scene = Scene::with(relay, line, |group, more| {
        let ear = Ear(disk.path().join("ana.wav"));
        let speaker = ear.argument();
        let arguments =
            ["join", &group.code, "--relay", &over, "--name", "Ana", more[0], more[1], "--speaker", &speaker];
        Person::at_home(disk.path(), &arguments)
    });
    disk.fill();
    scene.ana.mark();
    pass(AFTER);
    scene.hilda_hears_soon(Duration::from_secs(1));
    scene.ana.say("my disk is full");
    let said = scene.group.host.hears(RESTARTED, json!({ "event": "chat", "text": "my disk is full" }));
    scene.must(said, "what Ana writes is not read");
    scene.listen(AFTER);
    let outcome = scene.end();
    drop(disk);
    outcome
}

/// A group whose host has real devices, on a sound server of our own.
fn on_devices(what: impl FnOnce(&mut SoundServer, &mut Group) -> Result<(), String>) -> Outcome {
    let Some(mut server) = SoundServer::start() else { return Outcome::skipped("there is no pulseaudio") };
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "ana-01", Duration::ZERO));
    let relay = Relay::start();
    let address = server.address();
    let mut host = Person::on_sound(&address, &["host", "--relay", &relay.at, "--name", "Hilda", "--open-door"]);
    let hosting = host.wait(json!({ "event": "hosting" })).event.clone();
    let code = hosting["code"].as_str().expect("a code").to_owned();
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    host.say("/mic on");
    host.wait(json!({ "event": "mic", "status": "open" }));
    let mut group = Group { relay, host, code };
    let ana = group.join("Ana", &["--mic", &voice, "--speaker", "null"]);
    let ben = group.join("Ben", &SILENT);
    group.host.wait(json!({ "event": "speaking", "name": "Ana", "on": true }));
    let mut outcome = Outcome::default();
    outcome.wrong.extend(what(&mut server, &mut group).err());
    let Group { mut relay, host, .. } = group;
    let mut people = vec![host, ana, ben];
    match super::scene::agree(&mut people) {
        Ok(states) => outcome.states = states,
        Err(why) => outcome.wrong.push(why),
    }
    super::scene::leave(people, &mut outcome);
    relay.end();
    outcome
}

pub(super) fn sound_server_dies(_: u64) -> Outcome {
    on_devices(|server, group| {
        group.host.mark();
        server.die();
        if !group.host.hears(RESTARTED, json!({ "event": "mic", "status": "fault" })) {
            return Err("nobody is told that the microphone is gone".into());
        }
        pass(Duration::from_secs(3));
        group.host.mark();
        server.start_again();
        for wanted in [json!({ "event": "mic", "status": "open" }), json!({ "event": "speaker", "status": "plays" })] {
            if !group.host.hears(RESTARTED, wanted.clone()) {
                return Err(format!("{wanted} not within {RESTARTED:?}"));
            }
        }
        Ok(())
    })
}

/// Another device takes its place, or none: what is said of it is true, and the group hears nothing of it.
pub(super) fn microphone_unplugged(_: u64) -> Outcome {
    on_devices(|server, group| {
        group.host.mark();
        server.unplug("source_name=mic");
        if !group.host.hears(RESTARTED, json!({ "event": "mic" })) {
            return Err("nobody is told that the microphone is gone".into());
        }
        group.host.say("still here");
        Ok(())
    })
}
