//! The helper in `examples/bot.rs`, in a real group.

use serde_json::json;

use crate::harness::{Group, SILENT, ingle};

#[path = "../../examples/bot.rs"]
mod example;

#[test]
fn the_example_bot_greets_newcomers_and_tells_hands() {
    let mut group = Group::open();
    let joins = ["join", &group.code, "--relay", &group.relay.at, "--json", "--name", "Greeter"];
    let mut program = ingle(&[&joins, &SILENT[..]].concat());
    let bot = std::thread::spawn(move || example::serve(&mut program));
    group.host.wait(json!({ "event": "member", "name": "Greeter", "state": "here" }));
    let mut ana = group.join("Ana", &[]);
    let welcome = group.host.wait(json!({ "event": "chat", "from": "Greeter" })).event.clone();
    assert!(welcome["text"].as_str().is_some_and(|text| text.starts_with("Welcome, Ana.")), "{welcome}");
    ana.say("/hand");
    group.host.wait(json!({ "event": "hand", "name": "Ana", "up": true }));
    ana.say("hands?");
    group.host.wait(json!({ "event": "chat", "from": "Greeter", "text": "Hands up, in order: Ana." }));
    group.host.say("/close");
    assert!(bot.join().is_ok_and(|served| served.is_ok()));
}
