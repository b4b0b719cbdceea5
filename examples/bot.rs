//! A helper in a group. It greets everybody who comes in, and tells whose hands are up when somebody writes "hands?". It speaks to
//! `ingle join --json`, which writes one object a line and reads what a person could type; it sends no sound and plays none.
//!
//! Start a group with `ingle host`, then, with `ingle` on the PATH or named in INGLE:
//!
//!     cargo run --example bot -- 4821-otter-lamp-violin --relay HOST:PORT

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

#[allow(dead_code, reason = "a test includes this file, and calls `serve` itself")]
fn main() -> io::Result<()> {
    let program = std::env::var_os("INGLE").unwrap_or_else(|| "ingle".into());
    let quiet = ["join", "--json", "--name", "Greeter", "--mic", "null", "--speaker", "null"];
    serve(Command::new(program).args(quiet).args(std::env::args().skip(1)))
}

/// Takes part until the group ends, or the program does.
pub(crate) fn serve(program: &mut Command) -> io::Result<()> {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Ok(()) };
    let (mut me, mut here, mut hands) = (String::new(), Vec::new(), Vec::new());
    for line in BufReader::new(output).lines() {
        let event: Value = serde_json::from_str(&line?)?;
        let text = |field: &str| event[field].as_str().unwrap_or_default().to_owned();
        let name = text("name");
        match text("event").as_str() {
            // At the door: read the ground rules with "/rules", then agree to them.
            "waiting" => writeln!(input, "/agree")?,
            "joined" => {
                me = text("me");
                here = event["members"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect();
            }
            "member" if event["state"] == "gone" => {
                here.retain(|other| *other != name);
                hands.retain(|other| *other != name);
            }
            // Also told when a line that was poor or gone is good again, which is no reason for a greeting.
            "member" if !here.contains(&name) => {
                writeln!(input, "Welcome, {name}. Your microphone is closed; the space bar opens it.")?;
                here.push(name);
            }
            "hand" => {
                hands.retain(|other| *other != name);
                hands.extend((event["up"] == true).then_some(name));
            }
            "chat" if text("from") != me && text("text") == "hands?" => match hands.as_slice() {
                [] => writeln!(input, "No hand is up.")?,
                _ => writeln!(input, "Hands up, in order: {}.", hands.join(", "))?,
            },
            _ => {}
        }
    }
    child.wait().map(drop)
}
