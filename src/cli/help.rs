//! The help of the program in the language that is read: clap writes parts of it in English, and these are laid over.

use clap::builder::{Str, StyledStr};
use clap::{Arg, ArgAction, Command};

use crate::text::Text;
use crate::text::help as text;

/// How clap begins the line that says how a command is written, and what stands in it for options.
const USAGE: &str = "Usage: ";
const OPTIONS: &str = "[OPTIONS]";

impl From<Text> for StyledStr {
    fn from(text: Text) -> Self {
        text.get().into()
    }
}

impl From<Text> for Str {
    fn from(text: Text) -> Self {
        text.get().into()
    }
}

/// The command with help in the language that is read, to be shown: defaults and the like stand in its sentences.
pub(super) fn worded(command: Command) -> Command {
    let mut command = sections(command);
    // It makes clap's own lines and its command for help.
    command.build();
    lines(command)
}

/// What of this the manual pages have too.
pub(super) fn sections(command: Command) -> Command {
    let version = command.get_version().map(|_| flag("version", 'V', ArgAction::Version, text::VERSION));
    let heading = command.get_styles().get_usage();
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{heading}{}{heading:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        text::USAGE
    );
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(template)
        .subcommand_help_heading(text::COMMANDS)
        .subcommand_value_name(text::value::A_COMMAND)
        .arg(flag("help", 'h', ArgAction::Help, text::HELP))
        .args(version)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { text::ARGUMENTS } else { text::OPTIONS };
            let sentence = sentence(&arg);
            let values = arg.get_action().takes_values();
            let arg = arg.help(sentence).help_heading(Str::from(heading)).hide_env(true);
            if values { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
        });
    command.mut_subcommands(sections)
}

fn flag(name: &'static str, short: char, action: ArgAction, help: Text) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(help)
}

/// What an argument does, what it can be, what it is without, and which variable sets it.
fn sentence(arg: &Arg) -> String {
    let mut sentences = vec![format!("{}.", arg.get_help().map(ToString::to_string).unwrap_or_default())];
    if arg.get_action().takes_values() {
        let possible = arg.get_possible_values();
        let names: Vec<_> = possible.iter().map(|value| value.get_name()).collect();
        if !names.is_empty() && !arg.is_hide_possible_values_set() {
            sentences.push(text::one_of(&names));
        }
        let values: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !values.is_empty() {
            sentences.push(text::otherwise(&values.join(", ")));
        }
    }
    sentences.extend(arg.get_env().map(|name| text::environment(&name.to_string_lossy())));
    sentences.join(" ")
}

/// Says how each command is written, and what its command for help is for.
fn lines(mut command: Command) -> Command {
    let written = command.render_usage().to_string();
    let written = written.strip_prefix(USAGE).unwrap_or(&written).replace(OPTIONS, text::ANY_OPTIONS.get());
    let (before, after) = (" ".repeat(USAGE.len()), " ".repeat(text::USAGE.chars().count() + 1));
    let command = command.override_usage(written.replace(&before, &after));
    command.mut_subcommands(|one| {
        let one = if one.get_name() == "help" { one.about(text::HELP_COMMAND) } else { one };
        lines(one)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;
    use crate::text::Language;

    /// The commands of the program, its own first, each under its names.
    fn commands(command: Command, of: &str) -> Vec<(String, Command)> {
        let name = format!("{of} {}", command.get_name()).trim().to_owned();
        let below: Vec<_> = command.get_subcommands().flat_map(|one| commands(one.clone(), &name)).collect();
        [(name, command)].into_iter().chain(below).collect()
    }

    /// All that is said of commands and their arguments, by their names.
    fn said(language: Language) -> Vec<(String, String)> {
        language.speak(|| {
            let mut said = Vec::new();
            for (name, command) in commands(Arguments::command(), "") {
                said.push((name.clone(), command.get_about().map(ToString::to_string).unwrap_or_default()));
                said.push((format!("{name} …"), command.get_after_help().map(ToString::to_string).unwrap_or_default()));
                for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    said.push((format!("{name} {}", arg.get_id()), help));
                }
            }
            said
        })
    }

    #[test]
    fn no_argument_lacks_a_sentence_in_any_language() {
        let english = said(Language::English);
        assert!(english.len() > 100, "the commands were read: {}", english.len());
        for language in Language::ALL {
            for ((name, said), (_, english)) in said(language).iter().zip(&english) {
                assert!(said.len() > 8, "{language:?}: nothing is said of {name}");
                assert!(!said.starts_with("help-") && !said.starts_with("examples-"), "{language:?}: {name}: {said}");
                let shell_only = name == "ingle completions …";
                assert!(language == Language::English || shell_only || said != english, "{language:?}: {name}: {said}");
            }
        }
    }

    #[test]
    fn examples_fit_a_terminal() {
        for (name, said) in Language::ALL.into_iter().flat_map(said).filter(|(name, _)| name.ends_with('…')) {
            let wide = said.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{name}");
        }
    }

    #[test]
    fn help_is_in_the_language_that_is_read() {
        for language in Language::ALL {
            let pages = language.speak(|| {
                let all = commands(worded(Arguments::command().term_width(80)), "").into_iter();
                let own = all.filter(|(name, _)| !name.contains(" help"));
                own.map(|(_, mut command)| command.render_long_help().to_string()).collect::<Vec<_>>()
            });
            insta::assert_snapshot!(format!("help_{}", language.tag()), pages.join("\n\n----\n\n"));
            let german = pages.join("\n");
            for clap in
                ["Usage:", "Options:", "Commands:", "Arguments:", "Print ", "default:", "possible values", "[env"]
            {
                assert!(language == Language::English || !german.contains(clap), "clap says {clap} by itself");
            }
        }
    }

    #[test]
    fn a_worded_command_reads_what_the_plain_one_reads() {
        let line = ["ingle", "host", "--plan", "thin", "--title=Tea", "--plain"];
        for command in [Arguments::command(), worded(Arguments::command())] {
            let matches = command.try_get_matches_from(line).expect("a good line");
            let (name, host) = matches.subcommand().expect("a command");
            assert_eq!((name, host.get_one::<String>("title").map(String::as_str)), ("host", Some("Tea")));
        }
    }
}
