//! Questions asked before the screen opens. What is typed here reaches no process list.

use std::io::{self, BufRead, Write};

use super::arguments::Join;
use super::keys;
use super::left_behind::LeftBehind;
use super::read::read;
use super::sentence::Stop;
use crate::crypto::code::{Code, CodeError};
use crate::session::clean;
use crate::text::{self, start};

/// How often a code may be mistyped.
const TRIES: usize = 3;
/// Lines of a pasted invitation that are read in search of the code.
const INVITATION_LINES: usize = 40;

/// What a joiner needs.
pub(super) struct Asked {
    pub(super) code: Code,
    /// The relay, if the text or the command line names one.
    pub(super) relay: Option<String>,
}

/// The code and the relay from the command line, or from the person at the terminal, who has `typed` the beginning: key by key if
/// there is a screen.
///
/// # Errors
/// [`Stop`] if one of them is missing or makes no sense.
pub(super) fn code(given: &str, typed: &str, relay: Option<&str>, asks: bool, screen: bool) -> Result<Asked, Stop> {
    let (code, text) = match given.trim() {
        "" if asks && screen && keys::possible() => keys::ask_code(typed)?,
        "" if asks => prompt()?,
        "" => {
            return Err(Stop::usage(start::code_missing()));
        }
        given => (read(given).map_err(|error| no_code(&error))?, given.to_owned()),
    };
    let relay = relay_in(&text).or(relay.map(str::to_owned)).filter(|relay| !relay.is_empty());
    Ok(Asked { code, relay })
}

/// The relay from the person at the terminal; `looked` if none was found on this network.
///
/// # Errors
/// [`Stop`] if there is nobody to ask, or they don't know it either.
pub(super) fn relay(asks: bool, looked: bool) -> Result<String, Stop> {
    let named = if asks { line(start::WHICH_RELAY.get())? } else { String::new() };
    if named.is_empty() { Err(Stop::usage(start::relay_missing(looked))) } else { Ok(named) }
}

/// The code of the group that was left behind, from its three words; `None` for a new group, or if nobody can be asked.
///
/// # Errors
/// [`Stop`] if the terminal can't be read, or what is typed is no code of it.
pub(super) fn words(left: &LeftBehind, asks: bool) -> Result<Option<Code>, Stop> {
    if !asks {
        return Ok(None);
    }
    let number = left.nameplate.0;
    let mut answer = line(&start::which_words(number, &left.relay))?;
    for _ in 0..TRIES {
        if answer.is_empty() {
            return Ok(None);
        }
        match read(&answer).or_else(|_| read(&format!("{number} {answer}"))) {
            Ok(code) if code.nameplate == left.nameplate => return Ok(Some(code)),
            Ok(_) => answer = line(&start::ask_again(&start::another_number(number)))?,
            Err(error) => answer = line(&start::ask_again(&text::code_fault(&error)))?,
        }
    }
    Err(Stop::usage(start::not_a_code(&start::another_number(number))))
}

/// Says something before the screen opens, or before the first sentence.
///
/// # Errors
/// [`Stop`] if nobody takes it.
pub(super) fn say(text: &str) -> Result<(), Stop> {
    print(&format!("{text}\n"))
}

/// The name from the command line, or from the person at the terminal. The system's name for the person is never used:
/// it may tell more than they want.
///
/// # Errors
/// [`Stop`] if the terminal can't be read.
pub(super) fn name(given: Option<&str>, asks: bool) -> Result<String, Stop> {
    match given {
        Some(name) if clean::is_reserved(&clean::name(name)) => Err(Stop::usage(start::no_name(&clean::name(name)))),
        Some(name) => Ok(clean::name(name)),
        None if asks => {
            let mut name = clean::name(&line(start::WHICH_NAME.get())?);
            for _ in 1..TRIES {
                if !clean::is_reserved(&name) {
                    return Ok(name);
                }
                name = clean::name(&line(&start::ask_again(&start::no_name(&name).0))?);
            }
            if clean::is_reserved(&name) { Err(Stop::usage(start::no_name(&name))) } else { Ok(name) }
        }
        None => Ok(clean::name("")),
    }
}

/// Asks whether to follow a link, which a web page may have opened: joining tells the relay this computer's address, and whoever
/// leads the group the name.
///
/// # Errors
/// [`Stop`] if the person doesn't want to, or can't be asked.
pub(super) fn link(asked: &Asked, asks: bool) -> Result<(), Stop> {
    let relay = asked.relay.as_deref().map(clean::chat).unwrap_or_default();
    let question = start::follow_link(asked.code.nameplate.0, &relay);
    if asks && text::home::is_yes(&line(&question)?) { Ok(()) } else { Err(Stop::quietly(1)) }
}

/// The link that a desktop hands over in the environment, where other users of this computer don't see the code as they would on a
/// command line.
pub(super) fn linked(join: &Join, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    variable("INGLE_LINK").filter(|link| join.link && join.code.is_empty() && !link.trim().is_empty())
}

/// What stands after `--relay` in an invitation, or in its link.
fn relay_in(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().skip_while(|word| *word != "--relay");
    let named = words.nth(1).map(str::to_owned).or_else(|| relay_in_link(text));
    named.map(|word| word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | '"' | '\'')).to_owned())
}

/// The relay in the first link of a text. Whatever carried the link may have escaped brackets and commas.
fn relay_in_link(text: &str) -> Option<String> {
    let (_, link) = text.split_once(text::SCHEME)?;
    let (relay, _) = link.split_whitespace().next()?.split_once('/')?;
    let escapes = [("%5B", "["), ("%5D", "]"), ("%2C", ","), ("%3A", ":")];
    let relay = escapes.iter().fold(relay.to_owned(), |relay, (escape, sign)| {
        relay.replace(escape, sign).replace(&escape.to_lowercase(), sign)
    });
    Some(relay)
}

/// Asks for a code. A whole invitation may be pasted: its lines are read until the one with the code.
fn prompt() -> Result<(Code, String), Stop> {
    let mut last = CodeError::NoNumber;
    let mut tries = 0;
    let mut pasted = 0;
    print(text::CODE_PROMPT.get())?;
    while tries < TRIES && pasted < INVITATION_LINES {
        let Some(text) = next_line()? else { break };
        match read(&text) {
            Ok(code) => {
                drop_the_rest();
                return Ok((code, text));
            }
            // A line without any number is a line of an invitation, or an empty one.
            Err(CodeError::NoNumber) => pasted += 1,
            Err(error) => {
                tries += 1;
                print(&start::ask_again(&text::code_fault(&error)))?;
                last = error;
            }
        }
    }
    Err(no_code(&last))
}

fn no_code(error: &CodeError) -> Stop {
    Stop::usage(start::not_a_code(&text::code_fault(error)))
}

/// Asks, and gives the answer without the spaces around it; empty at the end of input.
///
/// # Errors
/// [`Stop`] if the terminal can't be used.
pub(super) fn line(question: &str) -> Result<String, Stop> {
    print(question)?;
    Ok(next_line()?.unwrap_or_default().trim().to_owned())
}

fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Stop::system)
}

fn next_line() -> Result<Option<String>, Stop> {
    let mut text = String::new();
    let read = io::stdin().lock().read_line(&mut text).map_err(Stop::system)?;
    Ok((read > 0).then_some(text))
}

/// The lines of an invitation after the one with the code must not reach the screen as keys.
#[cfg(unix)]
#[allow(unsafe_code)]
fn drop_the_rest() {
    // SAFETY: tcflush takes a descriptor by number and no pointers; on anything but a terminal it only says no.
    unsafe { libc::tcflush(libc::STDIN_FILENO, libc::TCIFLUSH) };
}

#[cfg(not(unix))]
fn drop_the_rest() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_tells_code_and_relay() {
        let text = text::invitation("4821-otter-lamp-violin", "relay.example:4433", "Tuesday 1900");
        let asked = code(&text, "", None, false, false).unwrap_or_else(|_| panic!("an invitation"));
        assert_eq!(
            (asked.code.spoken().as_str(), asked.relay.as_deref()),
            ("4821-otter-lamp-violin", Some("relay.example:4433"))
        );
    }

    #[test]
    fn a_link_tells_code_and_relay() {
        for (link, relay) in [
            ("ingle://relay.example:4433/4821-otter-lamp-violin", "relay.example:4433"),
            (
                "see ingle://[2001:db8::5]:7000,192.0.2.1:4433/4821-otter-lamp-violin.",
                "[2001:db8::5]:7000,192.0.2.1:4433",
            ),
            ("ingle://%5B2001:db8::5%5d:7000%2C192.0.2.1/4821-otter-lamp-violin/", "[2001:db8::5]:7000,192.0.2.1"),
            ("ingle://4433/4821-otter-lamp-violin", "4433"),
        ] {
            let asked = code(link, "", None, false, false).unwrap_or_else(|_| panic!("{link}"));
            assert_eq!((asked.code.spoken().as_str(), asked.relay.as_deref()), ("4821-otter-lamp-violin", Some(relay)));
        }
        for hostile in ["ingle://", "ingle:///", "ingle://x", "ingle://--relay/x", "ingle://%/%", "ingle:// /1"] {
            assert!(code(hostile, "", None, false, false).is_err(), "{hostile}");
        }
    }

    #[test]
    fn the_relay_of_the_command_line_serves_where_the_text_has_none() {
        let asked = code("4821 otter lamp violin", "", Some("a:1"), false, false).unwrap_or_else(|_| panic!("a code"));
        assert_eq!(asked.relay.as_deref(), Some("a:1"));
        assert!(code("4821 otter lamp violin", "", None, false, false).is_ok_and(|asked| asked.relay.is_none()));
        assert!(relay(false, true).is_err());
        assert!(code("", "", Some("a:1"), false, false).is_err());
        assert!(code("4821 otter lamp", "", Some("a:1"), false, false).is_err());
    }
}
