//! The real program on a sound server of our own: what happens to devices is said, and sound comes back by itself.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Person, Relay, SoundServer, until};

/// A stopped process is away for longer than this before its microphone comes back closed.
const LONG: Duration = Duration::from_secs(11);

fn mic(status: &str) -> Value {
    json!({ "event": "mic", "status": status })
}

fn host(daemon: &SoundServer, relay: &Relay) -> Person {
    let mut host =
        Person::on_sound(&daemon.address(), &["host", "--relay", &relay.at, "--name", "Hilda", "--open-door"]);
    host.wait(json!({ "event": "hosting" }));
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    host
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn a_microphone_is_recorded_only_while_it_is_open() {
    let Some(daemon) = SoundServer::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    assert_eq!(daemon.recordings(), 0);
    host.say("/mic on");
    host.wait(mic("open"));
    assert_eq!(daemon.recordings(), 1);
    host.say("/mic off");
    host.wait(mic("closed"));
    until("the stream is gone", || daemon.recordings() == 0);
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn sound_is_back_after_a_stop_and_after_the_servers_end() {
    let Some(mut daemon) = SoundServer::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    host.say("/mic on");
    host.wait(mic("open"));
    host.mark();
    host.signal("STOP");
    std::thread::sleep(Duration::from_secs(2));
    host.signal("CONT");
    host.wait(mic("open"));
    assert_eq!(daemon.recordings(), 1);

    host.mark();
    daemon.restart();
    host.wait(mic("fault"));
    host.wait(mic("open"));
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    assert_eq!(daemon.recordings(), 1);

    // Much can have happened around it: it comes back closed.
    host.mark();
    host.signal("STOP");
    std::thread::sleep(LONG);
    host.signal("CONT");
    host.wait(json!({ "event": "mic_closed" }));
    until("the stream is gone", || daemon.recordings() == 0);
}

#[test]
#[ignore = "needs a sound server and real time; make soak"]
fn unplugged_headphones_play_nothing_until_one_says_so() {
    let Some(daemon) = SoundServer::start() else { return };
    let relay = Relay::start();
    let mut host = host(&daemon, &relay);
    host.say("/mic on");
    host.wait(mic("open"));
    host.mark();
    daemon.unplug("sink_name=ears");
    host.wait(json!({ "event": "speaker", "status": "paused" }));
    until("nothing is recorded", || daemon.recordings() == 0);
    let corked = || daemon.control(&["list", "sink-inputs"]).unwrap_or_default().contains("Corked: yes");
    until("nothing is played", corked);
    host.say("/aloud");
    host.wait(json!({ "event": "speaker", "status": "plays" }));
    until("it's played again", || !corked());
}
