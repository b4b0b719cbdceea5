//! The first evening of a newcomer: a slip in the code, the door, the rules, the words; then taken out.

use serde_json::json;

use crate::harness::{Ended, Group, Person, Running, SILENT, ingle};

/// The code with something else in the place of its last word.
fn with_last_word(code: &str, word: &str) -> String {
    let (rest, _) = code.rsplit_once('-').expect("words");
    format!("{rest}-{word}")
}

fn join<'a>(code: &'a str, relay: &'a str) -> Vec<&'a str> {
    [&["join", code, "--relay", relay, "--name", "Ana"], &SILENT[..]].concat()
}

/// Whatever is wrong with a code, it's one sentence for that and one for what to do.
fn refused(ended: &Ended) {
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.out.starts_with("There is no group with this code at the moment. Check the code"), "{ended:?}");
}

#[test]
fn a_newcomer_slips_comes_in_compares_words_and_is_removed() {
    let mut group = Group::with_door();
    let at = group.relay.at.clone();
    let last = group.code.rsplit('-').next().expect("a word").to_owned();

    // A letter too many: told before anybody is called.
    let slip = format!("{}q", group.code);
    let ended = Running::start(&mut ingle(&join(&slip, &at))).end();
    ended.failed(2, &format!("\"{last}q\" is not one of the words that codes are made of."), "Check the code");
    // Another word of the list: the door says no, and its keeper hears of it.
    let other = with_last_word(&group.code, if last == "lamp" { "otter" } else { "lamp" });
    let ended = Running::start(&mut ingle(&join(&other, &at))).end();
    refused(&ended);
    group.host.wait(json!({ "event": "wrong_words", "tries": 1, "held": false }));

    let mut ana = Person::start(&join(&group.code, &at));
    ana.wait(json!({ "event": "waiting" }));
    group.host.wait(json!({ "event": "knock", "name": "Ana", "agreed": false }));
    ana.say("/rules");
    ana.wait(json!({ "event": "rules" }));
    ana.say("/agree");
    ana.wait(json!({ "event": "agreed" }));
    group.host.wait(json!({ "event": "agreed", "name": "Ana" }));
    assert_eq!(group.host.roster(), ["Hilda"], "a guest who agrees still waits for a yes");
    group.host.say("/admit Ana");
    ana.wait(json!({ "event": "joined", "me": "Ana", "members": ["Hilda", "Ana"] }));
    let mut ben = group.knock("Ben", &[]);
    group.host.wait(json!({ "event": "knock", "name": "Ben" }));
    group.host.say("/admit Ben");
    ben.wait(json!({ "event": "joined" }));

    group.host.say("/verify");
    let words = group.host.wait(json!({ "event": "verify" })).event["words"].clone();
    assert_eq!(words.as_array().map(Vec::len), Some(4));
    for person in [&mut ana, &mut ben] {
        person.wait(json!({ "event": "verify", "words": words }));
        person.say("/match");
    }
    for person in [&mut group.host, &mut ana, &mut ben] {
        person.wait(json!({ "event": "verified", "name": "Ana", "match": true }));
        person.wait(json!({ "event": "verify_over", "outcome": "same", "same": 3, "of": 3 }));
    }

    group.host.say("/remove Ana");
    let closed = ana.wait(json!({ "event": "closed", "reason": "removed" })).event.clone();
    assert_eq!(closed["message"], "The facilitator has taken you out of the group.");
    assert!(closed["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
    assert_eq!(ana.end().code, Some(0));
    ben.wait(json!({ "event": "member", "name": "Ana", "state": "gone" }));
    group.host.wait(json!({ "event": "new_code" }));
    group.host.say("/invite");
    let new = group.host.wait(json!({ "event": "invite" })).event["code"].as_str().expect("a code").to_owned();
    assert_ne!(group.code, new);
    let ended = Running::start(&mut ingle(&join(&group.code, &at))).end();
    refused(&ended);
    let mut ana = Person::start(&join(&new, &at));
    group.host.wait(json!({ "event": "knock", "name": "Ana" }));
    group.host.say("/admit Ana");
    ana.wait(json!({ "event": "joined", "me": "Ana", "members": ["Hilda", "Ben", "Ana"] }));
}
