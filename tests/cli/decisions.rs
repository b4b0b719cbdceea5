//! Proposals, votes, minutes and the close, by several programs.

use serde_json::{Value, json};

use crate::harness::{Group, Person};

fn stage(person: &mut Person, stage: &str) -> Value {
    person.wait(json!({ "event": "proposal", "stage": stage })).event.clone()
}

#[test]
fn a_group_agrees_votes_reads_its_minutes_and_closes() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);

    // By agreement.
    ana.say("/propose Break at three");
    for person in [&mut group.host, &mut ben] {
        let told = stage(person, "discussion");
        assert_eq!((&told["text"], &told["by"], &told["agree"]), (&json!("Break at three"), &json!("Ana"), &json!(1)));
    }
    ben.say("/amend Mine now");
    ben.wait(
        json!({ "event": "error", "message": "Only the member who made the proposal can change or withdraw it." }),
    );
    ben.say("/block I must leave before");
    let blocked = json!({ "event": "proposal", "answered": "Ben", "answer": "block", "reason": "I must leave before" });
    ana.wait(blocked);
    ana.say("/amend Break at two");
    ben.wait(json!({ "event": "proposal", "text": "Break at two", "block": 0 }));
    ana.say("/test");
    stage(&mut ben, "testing");
    ben.say("/agree");
    group.host.say("/aside");
    for person in [&mut group.host, &mut ana, &mut ben] {
        let told = stage(person, "agreed");
        assert_eq!((&told["agree"], &told["aside"], &told["block"]), (&json!(2), &json!(1), &json!(0)));
    }

    // By vote; a later member has none.
    ben.say("/propose Sing a song");
    ana.wait(json!({ "event": "proposal", "stage": "discussion", "text": "Sing a song" }));
    ana.say("/vote open");
    ben.wait(json!({ "event": "vote", "kind": "open", "open": true }));
    let mut cleo = group.join("Cleo", &[]);
    cleo.say("/ballot yes");
    cleo.wait(json!({ "event": "error", "message": "This vote began before you came." }));
    ana.say("/ballot no");
    ben.say("/ballot yes");
    group.host.say("/ballot abstain");
    let result = json!({ "event": "result", "yes": 1, "no": 1, "abstain": 1, "passed": false, "verified": true });
    for person in [&mut group.host, &mut ana, &mut ben, &mut cleo] {
        person.wait(json!({ "event": "vote", "open": false }));
        person.wait(result.clone());
    }

    // Nothing is kept before everybody has read it.
    let path = dir.path().join("minutes.md").display().to_string();
    ben.say(&format!("/save {path}"));
    let error = ben.wait(json!({ "event": "error" })).event["message"].clone();
    assert_eq!(error, "The group has not heard the minutes as they are now.");
    group.host.say("/close");
    let text = "Minutes of The group.\n1. Break at two. Proposed by Ana. Agreed: 2 for it, 1 stood aside.\n2. Sing a song. \
                Proposed by Ben. Not passed by an open vote: 1 yes, 1 no, 1 abstained.";
    for person in [&mut group.host, &mut ana, &mut ben, &mut cleo] {
        person.wait(json!({ "event": "closing" }));
        person.wait(json!({ "event": "minutes", "text": text, "read": true }));
        person.say("/agree");
        person.wait(json!({ "event": "minutes_answered", "right": true }));
    }
    for name in ["Hilda", "Ana", "Ben", "Cleo"] {
        let seen = ben.since(0, json!({ "event": "minutes_answered", "name": name })).len();
        if seen == 0 {
            ben.wait(json!({ "event": "minutes_answered", "name": name }));
        }
    }
    ben.say(&format!("/save {path}"));
    ben.wait(json!({ "event": "saved", "path": path }));
    let kept = std::fs::read_to_string(&path).expect("kept");
    assert!(
        kept.starts_with("# Minutes of The group\n") && kept.ends_with("Agreed by all 4 who were here.\n"),
        "{kept}"
    );
    ben.say(&format!("/save {path}"));
    assert!(ben.wait(json!({ "event": "error" })).event["message"].as_str().is_some_and(|why| why.contains("already")));
    ben.say("/save /no/such/place/minutes.md");
    assert!(
        ben.wait(json!({ "event": "error" })).event["message"]
            .as_str()
            .is_some_and(|why| why.contains("does not exist"))
    );
    group.host.say("/close");
    for person in [group.host, ana, ben, cleo] {
        let mut person = person;
        let receipt = person.wait(json!({ "event": "receipt" })).event["text"].as_str().expect("text").to_owned();
        assert!(receipt.contains("decided: \"Break at two\"") && receipt.contains("keys destroyed"), "{receipt}");
        assert!(!receipt.contains('\n') && receipt.contains(" in the circle with "), "{receipt}");
        person.wait(json!({ "event": "closed", "reason": "closed" }));
    }
}

#[test]
fn a_secret_vote_is_counted_by_all_and_shows_no_choice() {
    let mut group = Group::open();
    let mut voters = vec![group.join("Ana", &[]), group.join("Ben", &[])];
    voters[0].say("/propose Break at three");
    stage(&mut group.host, "discussion");
    group.host.say("/vote secret");
    for voter in &mut voters {
        voter.wait(json!({ "event": "vote", "kind": "secret", "open": true }));
    }
    let mut late = group.join("Late", &[]);
    late.say("/ballot yes");
    late.wait(json!({ "event": "error", "message": "This vote began before you came." }));
    group.host.say("/ballot yes");
    voters[0].say("/ballot no");
    voters[1].wait(json!({ "event": "ballots", "id": 1, "voted": 2, "of": 3 }));
    voters[1].say("/ballot yes");
    voters.extend([group.host, late]);
    for mut person in voters {
        person.wait(json!({ "event": "counting", "id": 1 }));
        person.wait(json!({ "event": "vote", "kind": "secret", "open": false }));
        person.wait(json!({
            "event": "result", "id": 1, "yes": 2, "no": 1, "abstain": 0, "passed": true, "verified": true
        }));
        assert!(person.since(0, json!({ "event": "voted" })).is_empty(), "nobody is told what anybody has voted");
    }
}

#[test]
fn what_the_charter_gives_to_the_group_needs_its_yes() {
    let mut group = Group::hosted(&["--open-door", "--charter", "shared"]);
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    group.host.say("/remove Ben");
    group.host.wait(json!({ "event": "error", "message": "By the ground rules this needs the group's yes." }));
    group.host.say("/close");
    group.host.wait(json!({ "event": "error", "hint": "To ask for it, type /motion close." }));
    ana.say("/motion remove Ben");
    stage(&mut group.host, "discussion");
    stage(&mut ana, "discussion");
    ana.say("/vote open");
    for person in [&mut group.host, &mut ana, &mut ben] {
        person.wait(json!({ "event": "vote", "open": true }));
        person.say("/ballot yes");
    }
    group.host.wait(json!({ "event": "result", "yes": 3, "passed": true }));
    group.host.say("/remove Ben");
    ana.wait(json!({ "event": "member", "name": "Ben", "state": "gone" }));
    // The removed member knows the old code.
    let code = group.host.wait(json!({ "event": "new_code" })).event.clone();
    assert_eq!(code["event"], "new_code");
    group.host.say("/invite");
    let invite = group.host.wait(json!({ "event": "invite" })).event["code"].clone();
    group.code = invite.as_str().expect("a code").to_owned();
    assert!(ana.since(0, json!({ "event": "overstepped" })).is_empty());
    // The charter itself, by a vote that begins at once; a newcomer reads it as it is then.
    ana.say("/motion charter close facilitator");
    for person in [&mut group.host, &mut ana] {
        person.wait(json!({ "event": "vote", "open": true }));
        person.say("/ballot yes");
    }
    let rules = ana.wait(json!({ "event": "charter" })).event["rules"].clone();
    let rule = rules.as_array().expect("a list")[0].as_str().expect("a sentence").to_owned();
    assert!(rule.starts_with("The facilitator alone may") && rule.contains("end the group"), "{rule}");
    let mut cleo = group.join("Cleo", &[]);
    cleo.say("/rules");
    let read = cleo.wait(json!({ "event": "rules" })).event["rules"].clone();
    assert!(read.as_array().expect("a list").contains(&json!(rule)), "{read}");
    ana.say("/motion charter threshold anything");
    ana.wait(json!({ "event": "error", "message": "\"threshold\" can't be \"anything\"." }));
}
