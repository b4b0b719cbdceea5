//! Looking after each other, by several programs: which members are told what.

use serde_json::json;

use crate::harness::Group;

#[test]
fn what_is_for_a_few_reaches_them_and_nobody_else() {
    let mut group = Group::with_door();
    let knocks = |group: &mut Group, name: &str, note: Option<&str>| {
        let mut person = group.knock(name, &[]);
        person.wait(json!({ "event": "waiting" }));
        if let Some(note) = note {
            person.say(&format!("/note {note}"));
            person.wait(json!({ "event": "note_sent" }));
            group.host.wait(json!({ "event": "note", "name": name, "text": note }));
        }
        group.host.say(&format!("/admit {name}"));
        person.wait(json!({ "event": "joined" }));
        person
    };
    let mut ana = knocks(&mut group, "Ana", None);
    group.host.say("/role Ana co");
    ana.wait(json!({ "event": "role", "name": "Ana", "role": "co" }));
    let mut ben = knocks(&mut group, "Ben", Some("ring my brother Otto"));
    ana.wait(json!({ "event": "note", "name": "Ben", "text": "ring my brother Otto" }));
    let mut cleo = knocks(&mut group, "Cleo", None);

    ben.say("/help-me");
    ben.wait(json!({ "event": "help_sent" }));
    for lead in [&mut group.host, &mut ana] {
        lead.wait(json!({ "event": "help", "name": "Ben" }));
    }
    ana.say("/handled Ben");
    group.host.wait(json!({ "event": "handled", "name": "Ben", "by": "Ana" }));

    cleo.say("/private ben It will be all right");
    let word = json!({ "event": "private", "from": "Cleo", "to": "Ben", "text": "It will be all right" });
    ben.wait(word.clone());
    cleo.wait(word);
    cleo.say("/private Zoe It will be all right");
    cleo.wait(json!({ "event": "error", "message": "Nobody here is called \"Zoe\"." }));
    cleo.say("/followup Ben call him");
    cleo.wait(json!({ "event": "error" }));
    ben.say("/followup Ben call 0171 555");
    for lead in [&mut group.host, &mut ana] {
        lead.wait(json!({ "event": "followup", "name": "Ben", "followup": "call 0171 555" }));
    }
    group.host.say("/handled Ben");
    group.host.wait(json!({ "event": "error", "message": "Nobody of that name has vanished or asked for help." }));
    // What all see comes last, so that everything before it has been read by then.
    cleo.say("/here");
    for person in [&mut group.host, &mut ana, &mut ben, &mut cleo] {
        person.wait(json!({ "event": "here", "name": "Cleo" }));
    }
    for (who, person) in [("Hilda", &mut group.host), ("Ana", &mut ana)] {
        assert!(person.since(0, json!({ "event": "private" })).is_empty(), "{who}");
    }
    for event in ["help", "followup", "note", "handled"] {
        assert!(cleo.since(0, json!({ "event": event })).is_empty(), "{event}");
    }
    for person in [&mut group.host, &mut ana, &mut ben, &mut cleo] {
        assert!(person.since(0, json!({ "event": "chat" })).is_empty(), "nothing fell back into the room");
    }
}
