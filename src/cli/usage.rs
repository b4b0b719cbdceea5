//! A command line that can't be read: what clap has found, in sentences.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::session::clean;
use crate::text::{Advice, usage as text};

/// What is wrong, and what to do next.
pub(super) fn advice(error: &Error, command: &Command, line: &[OsString]) -> Advice {
    let of = |kind| error.get(kind).map(words).unwrap_or_default();
    let first = |kind| of(kind).into_iter().next().unwrap_or_default();
    let help = format!("{} --help", path(command, line));
    // An option as it is typed, without what stands for its value.
    let option = |kind| first(kind).split([' ', '=', '[']).next().unwrap_or_default().to_owned();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let nearest = of(ContextKind::SuggestedSubcommand);
            text::no_command(&first(ContextKind::InvalidSubcommand), nearest.first().map(String::as_str), &help)
        }
        ErrorKind::UnknownArgument => {
            let nearest = of(ContextKind::SuggestedArg);
            text::not_known(&first(ContextKind::InvalidArg), nearest.first().map(String::as_str), &help)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let possible = of(ContextKind::ValidValue);
            text::no_value(&option(ContextKind::InvalidArg), &first(ContextKind::InvalidValue), &possible, &help)
        }
        ErrorKind::ArgumentConflict if !of(ContextKind::PriorArg).is_empty() => {
            let one = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].map(option);
            text::not_together(&one.concat(), &option(ContextKind::PriorArg))
        }
        ErrorKind::MissingRequiredArgument => text::missing(&of(ContextKind::InvalidArg).join(", "), &help),
        _ => text::not_understood(&help),
    }
}

/// What clap names; a line of it can come from anywhere.
fn words(value: &ContextValue) -> Vec<String> {
    let named = match value {
        ContextValue::String(one) => vec![one.clone()],
        ContextValue::Strings(several) => several.clone(),
        _ => vec![],
    };
    named.iter().map(|word| clean::chat(word)).collect()
}

/// The command that the line names, as it is typed.
fn path(command: &Command, line: &[OsString]) -> String {
    let (mut at, mut path) = (command, command.get_name().to_owned());
    for word in line.iter().skip(1).filter_map(|word| word.to_str()) {
        let Some(below) = at.find_subcommand(word) else { break };
        at = below;
        path = format!("{path} {word}");
    }
    path
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;
    use crate::text::Language;

    fn told(line: &[&str]) -> Advice {
        let line: Vec<_> = ["ingle"].iter().chain(line).map(OsString::from).collect();
        let error = Arguments::command().try_get_matches_from(&line).expect_err("a line that can't be read");
        advice(&error, &Arguments::command(), &line)
    }

    fn said(line: &[&str]) -> String {
        let (message, hint) = told(line);
        format!("{message} {hint}")
    }

    #[test]
    fn each_slip_is_told_with_the_next_step() {
        let see = "ingle host --help shows all that can be written.";
        let slips: [(&[&str], &str); 13] = [
            (&["hots"], "ingle has no command “hots”. Perhaps you meant host."),
            (&["sing"], "ingle has no command “sing”. ingle --help shows all that can be written."),
            (&["host", "--nmae", "Ana"], "“--nmae” isn't known here. Perhaps you meant --name."),
            (&["host", "--sing"], &format!("“--sing” isn't known here. {see}")),
            (&["host", "Tuesday"], &format!("“Tuesday” isn't known here. {see}")),
            (&["host", "--plan", "thick"], "--plan can't be “thick”. It can be: auto, thin, full."),
            (&["host", "--plan"], "--plan needs a value behind it. It can be: auto, thin, full."),
            (&["host", "--name"], &format!("--name needs a value behind it. {see}")),
            (&["host", "--seconds", "x"], &format!("--seconds can't be “x”. {see}")),
            (&["host", "--plain", "--json"], "--plain and --json can't be used together. Leave one of them out."),
            (&["host", "--name", "A", "--name", "B"], "--name is there twice. Leave one of them out."),
            (&["completions"], "This is missing: <SHELL>. ingle completions --help shows all that can be written."),
            (&["host", "--sing\u{1b}[31m"], &format!("“--sing[31m” isn't known here. {see}")),
        ];
        for (line, sentence) in slips {
            assert_eq!(said(line), sentence, "{line:?}");
        }
    }

    #[test]
    fn slips_are_told_in_german_too() {
        let german = Language::German.speak(|| said(&["host", "--plan", "dick"]));
        assert_eq!(german, "--plan kann nicht „dick“ sein. Möglich: auto, thin, full.");
    }
}
