//! `ingle rehearse` as a person or a program starts it. Its members' parts are tested in virtual time in `src/rehearse`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longer than anything here takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn command(face: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingle"));
    command.env_remove("INGLE_NAME").args(["rehearse", face, "--mic", "null", "--speaker", "null"]);
    command
}

/// A rehearsal under way, told in JSON.
struct Rehearsal {
    child: Child,
    typed: ChildStdin,
    lines: Receiver<Value>,
    seen: Vec<Value>,
}

impl Rehearsal {
    fn start() -> Self {
        let mut child = command("--json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let (sender, lines) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let Ok(value) = serde_json::from_str(&line) else { panic!("not JSON: {line}") };
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        Self { typed: child.stdin.take().expect("piped"), child, lines, seen: Vec::new() }
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.typed, "{line}").expect("read by the program");
    }

    /// Waits for an event with these fields, seen from now on.
    fn wait(&mut self, event: &str, fields: &[(&str, Value)]) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(value) = self.lines.recv_timeout(left) else {
                panic!("no {event} with {fields:?} after {:#?}", self.seen);
            };
            let matches = value["event"] == event && fields.iter().all(|(key, wanted)| value[*key] == *wanted);
            if !["link", "state"].iter().any(|often| value["event"] == *often) {
                self.seen.push(value.clone());
            }
            if matches {
                return value;
            }
        }
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        // Gone already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn five_come_and_speak_and_the_person_mutes_one() {
    let mut rehearsal = Rehearsal::start();
    rehearsal.wait("joined", &[("me", "You".into())]);
    for name in ["Ana", "Bo", "Cyn", "Dee", "Eli"] {
        rehearsal.wait("member", &[("name", name.into()), ("state", "here".into())]);
    }
    rehearsal.wait("speaking", &[("name", "Ana".into()), ("on", true.into())]);
    rehearsal.type_line("/mute Ana");
    rehearsal.wait("floor", &[("name", "Ana".into()), ("muted", true.into())]);
    let silent = rehearsal.seen.iter().rposition(|value| value["event"] == "speaking" && value["on"] == false);
    assert!(silent.is_some(), "she is no longer shown as speaking: {:#?}", rehearsal.seen);
    let next = rehearsal.wait("speaking", &[("on", true.into())]);
    assert_eq!(next["name"], "Bo", "the group goes on without her");

    rehearsal.type_line("/unmute Ana");
    rehearsal.wait("floor", &[("name", "Ana".into()), ("muted", false.into())]);
    rehearsal.wait("chat", &[("from", "Ana".into())]);

    rehearsal.type_line("/remove Eli");
    rehearsal.wait("member", &[("name", "Eli".into()), ("state", "gone".into())]);
    rehearsal.type_line("/close");
    rehearsal.wait("closed", &[]);
    assert_eq!(rehearsal.child.wait().expect("ended").code(), Some(0));
}

#[test]
fn the_tour_goes_on_with_what_the_person_does() {
    let mut rehearsal = Rehearsal::start();
    let shows = |rehearsal: &mut Rehearsal, part: &str| {
        while !rehearsal.wait("chat", &[])["text"].as_str().is_some_and(|text| text.contains(part)) {}
    };
    rehearsal.wait("member", &[("name", "Eli".into()), ("state", "here".into())]);
    shows(&mut rehearsal, "write to us: tour");
    let steps = [
        ("tour", "To open your microphone"),
        ("skip", "close it again"),
        ("skip", "raise your hand"),
        ("/hand", "We see your hand."),
        ("/help", "To begin a round"),
        ("/round checkin", "To finish your turn"),
        ("/done", "To end the round early"),
        ("/round end", "Bo asks for a vote."),
        ("/ballot yes", "That was the tour."),
        ("tour", "Welcome to the tour."),
        ("stop", "The tour ends here."),
    ];
    for (typed, answer) in steps {
        rehearsal.type_line(typed);
        shows(&mut rehearsal, answer);
    }
}

fn all_come(rehearsal: &mut Rehearsal) {
    for name in ["Ana", "Bo", "Cyn", "Dee", "Eli"] {
        rehearsal.wait("member", &[("name", name.into()), ("state", "here".into())]);
    }
}

#[test]
#[ignore = "speaks for 40 seconds; make soak"]
fn a_check_in_round_comes_to_its_end() {
    let mut rehearsal = Rehearsal::start();
    all_come(&mut rehearsal);
    // A round: the person first, then each of the five; one of them passes.
    rehearsal.type_line("/round checkin");
    rehearsal.wait("round", &[("kind", "checkin".into()), ("now", "You".into())]);
    rehearsal.type_line("/done");
    for name in ["Ana", "Bo", "Cyn", "Dee", "Eli"] {
        rehearsal.wait("round", &[("kind", "checkin".into()), ("now", name.into())]);
        if name == "Dee" {
            rehearsal.wait("round", &[("news", "passed".into()), ("name", "Dee".into())]);
        } else {
            rehearsal.wait("speaking", &[("name", name.into()), ("on", true.into())]);
        }
    }
    rehearsal.wait("round", &[("news", "over".into())]);
    let last = rehearsal.seen.iter().rposition(|value| value["event"] == "round" && value["news"] == "turn");
    let first = rehearsal.seen.iter().position(|value| value["event"] == "round" && value["now"] == "Bo");
    let spoke = |value: &&Value| value["event"] == "speaking" && value["on"] == true;
    let voices: Vec<_> = rehearsal.seen[first.unwrap_or(0)..last.unwrap_or(0)].iter().filter(spoke).collect();
    assert_eq!(voices.len(), 2, "only the members whose turn it is talk, Bo and Cyn: {voices:#?}");
}

#[test]
#[ignore = "takes 75 seconds; make soak"]
fn proposals_are_answered_and_both_kinds_of_vote_end() {
    let mut rehearsal = Rehearsal::start();
    all_come(&mut rehearsal);
    // A proposal of the person's: all answer, one stands aside.
    rehearsal.type_line("/propose Tea at five");
    let told = rehearsal.wait("proposal", &[("waiting", 0.into())]);
    assert_eq!((&told["agree"], &told["aside"], &told["block"]), (&5.into(), &1.into(), &0.into()));
    rehearsal.type_line("/test");
    rehearsal.wait("proposal", &[("stage", "agreed".into())]);

    // The next is blocked until it says something else, and then voted on.
    rehearsal.type_line("/propose Cake at six");
    let blocked = rehearsal.wait("proposal", &[("answered", "Dee".into()), ("answer", "block".into())]);
    assert!(blocked["reason"].as_str().is_some_and(|reason| reason.len() > 10), "{blocked}");
    rehearsal.type_line("/amend A cake for all at six");
    rehearsal.wait("proposal", &[("answered", "Dee".into()), ("answer", "agree".into())]);
    rehearsal.type_line("/vote open");
    rehearsal.wait("vote", &[("kind", "open".into()), ("open", true.into())]);
    rehearsal.type_line("/ballot yes");
    let result = rehearsal.wait("result", &[]);
    assert_eq!((&result["yes"], &result["no"], &result["abstain"]), (&4.into(), &1.into(), &1.into()), "{result}");

    rehearsal.type_line("/propose A song at the end");
    rehearsal.wait("proposal", &[("text", "A song at the end".into())]);
    rehearsal.type_line("/vote secret");
    rehearsal.wait("vote", &[("kind", "secret".into()), ("open", true.into())]);
    rehearsal.type_line("/ballot no");
    let result = rehearsal.wait("result", &[("verified", true.into())]);
    assert_eq!((&result["yes"], &result["no"], &result["abstain"]), (&3.into(), &2.into(), &1.into()), "{result}");
    rehearsal.type_line("/minutes");
    rehearsal.wait("minutes_answered", &[("name", "Eli".into()), ("right", true.into())]);
}

#[test]
#[ignore = "speaks for 25 seconds; make soak"]
fn what_is_given_to_a_practice_member_comes_back() {
    let mut rehearsal = Rehearsal::start();
    all_come(&mut rehearsal);
    rehearsal.type_line("/private Bo How are you?");
    rehearsal.wait("private", &[("from", "Bo".into())]);
    rehearsal.type_line("/stick Cyn");
    rehearsal.wait("stick", &[("holder", "Cyn".into())]);
    rehearsal.wait("speaking", &[("name", "Cyn".into()), ("on", true.into())]);
    rehearsal.wait("stick", &[("holder", "You".into())]);
    rehearsal.type_line("/stick down");
    rehearsal.type_line("/role Eli facilitator");
    rehearsal.wait("role", &[("name", "Eli".into()), ("role", "facilitator".into())]);
    rehearsal.wait("role", &[("name", "You".into()), ("role", "facilitator".into())]);
    rehearsal.type_line("/break 5");
    rehearsal.type_line("/back");
    rehearsal.wait("break", &[("news", "over".into())]);
}

#[test]
fn without_a_terminal_it_is_told_in_sentences() {
    let output = Command::new(env!("CARGO_BIN_EXE_ingle"))
        .args(["rehearse", "--mic", "null", "--speaker", "null", "--seconds", "5"])
        .stdin(Stdio::null())
        .output()
        .expect("started");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<_> = told.lines().collect();
    assert!(lines[0].starts_with("This is a rehearsal"), "{told}");
    for sentence in ["You are in the circle: Practice group.", "Ana is here.", "Eli is here."] {
        assert!(lines.contains(&sentence), "{sentence:?} is not in\n{told}");
    }
    assert!(!told.contains("is at the door"), "nobody waits at an open door:\n{told}");
    assert_eq!(lines.last(), Some(&"You have left the group. Thank you for being there."));
}
