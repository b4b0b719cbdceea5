//! How the program is started, and how it ends by itself.

use serde_json::json;

use crate::harness::{Group, Person, Relay, Running, SILENT, ingle};

fn run(arguments: &[&str]) -> crate::harness::Ended {
    Running::start(&mut ingle(arguments)).end()
}

#[test]
fn without_a_word_it_says_what_there_is() {
    let nothing = run(&[]);
    assert_eq!(nothing.code, Some(2));
    for verb in ["host", "join", "rehearse"] {
        assert!(nothing.err.contains(verb), "{nothing:?}");
        let help = run(&[verb, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
        assert!(help.out.contains("--speaker"), "{help:?}");
    }
    assert_eq!(run(&["--help"]).code, Some(0));
    assert_eq!(run(&["--version"]).out, format!("ingle {}\n", env!("CARGO_PKG_VERSION")));
    run(&["sing"]).failed(2, "ingle has no command “sing”.", "ingle --help");
    run(&["host", "--sing"]).failed(2, "“--sing” isn't known here.", "ingle host --help");
    run(&["host", "--seconds", "x"]).failed(2, "--seconds can't be “x”.", "ingle host --help");
    run(&["host", "--plain", "--json"]).failed(
        2,
        "--plain and --json can't be used together.",
        "Leave one of them out.",
    );
}

#[test]
fn without_a_terminal_it_speaks_in_sentences_and_leaves_in_time() {
    let relay = Relay::start();
    let arguments = [&["host", "--relay", &relay.at, "--title", "Tuesday", "--seconds", "1"], &SILENT[..]].concat();
    let ended = run(&arguments);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.out.contains("You are in the circle: Tuesday.\n"), "{ended:?}");
    assert!(ended.out.ends_with("You have left the group. Thank you for being there.\n"), "{ended:?}");
    assert!(!ended.out.contains(['{', '\u{1b}']), "{ended:?}");
}

#[test]
fn a_pasted_invitation_is_joined_over_the_hosts_own_computer() {
    let hosting = ["host", "--listen", "127.0.0.1:0", "--open-door", "--name", "Hilda"];
    let mut host = Person::start(&[&hosting, &SILENT[..]].concat());
    let invitation = host.wait(json!({ "event": "hosting" })).event["invitation"].clone();
    let mut ana = Person::start(&[&["join", invitation.as_str().expect("a text")], &SILENT[..]].concat());
    ana.wait(json!({ "event": "joined", "members": ["Hilda", "Someone"] }));
    // The invitation as words of the command line, as it is without quotes.
    let words: Vec<_> = invitation.as_str().expect("a text").split_whitespace().collect();
    let from = words.iter().position(|word| *word == "join").expect("the command");
    let mut ben = Person::start(&[&["join", "--name", "Ben"], &words[from + 1..from + 4], &SILENT[..]].concat());
    ben.wait(json!({ "event": "joined", "me": "Ben" }));
    // Without that computer the group can't go on, so everybody is told that it is over.
    host.say("/quit");
    for mut person in [host, ana, ben] {
        person.wait(json!({ "event": "closed", "reason": "closed" }));
        assert_eq!(person.end().code, Some(0));
    }
}

#[test]
fn a_relay_elsewhere_finds_out_who_can_come_in_to_a_host() {
    let relay = Relay::start();
    let start = |onlooker: &str| {
        let hosting = ["host", "--listen", "127.0.0.1:0", "--open-door", "--check-via", onlooker];
        Person::start(&[&hosting, &SILENT[..]].concat())
    };
    let mut host = start(&relay.at);
    let code = host.wait(json!({ "event": "hosting" })).event["code"].as_str().expect("a code").to_owned();
    let told = host.wait(json!({ "event": "reach", "who": "everybody" })).event.clone();
    assert!(told["message"].as_str().is_some_and(|told| told.contains("tested from outside")), "{told}");
    assert!(told["invitation"].as_str().is_some_and(|text| text.contains(&code)), "{told}");
    // Nobody looks on, so nothing is claimed.
    let mut host = start("127.0.0.1:9");
    let told = host.wait(json!({ "event": "reach", "who": "network" })).event.clone();
    assert!(told["message"].as_str().is_some_and(|told| told.contains("gives no way in")), "{told}");
    assert!(told["hint"].as_str().is_some_and(|told| told.contains("UDP port")), "{told}");
    run(&[&["host", "--check-via", "a b"], &SILENT[..]].concat()).failed(
        2,
        "is not the address of a relay",
        "NAME:PORT",
    );
}

#[test]
fn a_taken_port_is_a_sentence() {
    let taken = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("bound").to_string();
    let ended = run(&[&["host", "--listen", &at], &SILENT[..]].concat());
    ended.failed(1, &format!("Another program already listens on {at}."), "port");
    let ended = run(&[&["host", "--listen", "over here"], &SILENT[..]].concat());
    ended.failed(2, "“over here” is not an address to listen on.", "0.0.0.0:4433");
    let ended = run(&[&["host", "--listen", "no.such.name.invalid"], &SILENT[..]].concat());
    ended.failed(2, "No machine with the name “no.such.name.invalid” can be found.", "4433");
}

#[test]
fn a_closed_input_is_no_reason_to_leave() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    ana.fall_silent();
    group.host.say("still there?");
    ana.wait(json!({ "event": "chat", "text": "still there?" }));
    ana.wait(json!({ "event": "link" }));
    ana.signal("TERM");
    ana.wait(json!({ "event": "closed", "reason": "left" }));
    assert_eq!(ana.end().code, Some(0));
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "gone" }));
}
