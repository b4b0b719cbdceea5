//! The tables of keys, typed commands and options under `docs/` are those of the program.

use std::fmt::Write as _;
use std::process::Command;

use clap::{Arg, CommandFactory};
use ingle::cli::Arguments;
use ingle::command::{COMMANDS, Use, Word};
use ingle::tui::keymap::{Action, Binding, Context, KEYMAP, Who};
use ingle::tui::menu::LINES;

use crate::written::{parts, whole};

/// Where keys mean something, each with its heading.
const PLACES: [(&str, &[Context]); 10] = [
    ("In the circle", &[Context::Room]),
    (
        "When something is asked of you",
        &[Context::Comparing, Context::Voting, Context::Deciding, Context::MyTurn, Context::Choosing],
    ),
    ("At the door, before you are let in", &[Context::Entrance]),
    ("In a menu", &[Context::Menu]),
    ("While you write", &[Context::Writing]),
    ("On a page over the screen", &[Context::Reading]),
    ("On the page with the invitation", &[Context::Inviting]),
    ("In the help", &[Context::Helping, Context::Searching]),
    ("When you are asked yes or no", &[Context::Asking]),
    ("When it is over", &[Context::Over]),
];

#[test]
fn keys_menus_and_commands_are_those_of_the_program() {
    parts("docs/keys.md", &[("names", names()), ("keys", keys()), ("menus", menus()), ("commands", commands())]);
}

fn names() -> String {
    let names: Vec<_> = ingle::tui::keymap::names().into_iter().map(code).collect();
    let mut page = String::new();
    for line in names.chunks(8) {
        let _ = writeln!(page, "{}", line.join(" "));
    }
    page
}

fn keys() -> String {
    let mut page = String::new();
    for (heading, contexts) in PLACES {
        let head = "| Key | What it does | Who | Typed |\n|-----|--------------|-----|-------|";
        let _ = writeln!(page, "\n### {heading}\n\n{head}");
        let here = |binding: &&Binding| contexts.iter().any(|context| binding.contexts.contains(context));
        for binding in KEYMAP.iter().filter(here).filter(|binding| !binding.help.is_empty()) {
            let keys: Vec<_> = binding.label.split(' ').map(code).collect();
            let typed: Vec<_> = binding.words.iter().map(|word| typed(*word)).collect();
            row(&mut page, &[&keys.join(" "), binding.help.get(), who(binding.who), &typed.join(", ")]);
        }
    }
    let known = |context| PLACES.iter().any(|(_, contexts)| contexts.contains(context));
    assert!(KEYMAP.iter().flat_map(|binding| binding.contexts).all(known), "each place has its heading");
    page
}

fn menus() -> String {
    let mut page = String::new();
    let opens = KEYMAP.iter().filter_map(|binding| match binding.action {
        Action::Open(menu) => Some((menu, binding.label)),
        _ => None,
    });
    for (menu, key) in opens {
        let head = "| Keys | What they do | Who | Typed |\n|------|--------------|-----|-------|";
        let _ = writeln!(page, "\n### {}\n\n{head}", menu.heading());
        for line in LINES.iter().filter(|line| line.menu == menu) {
            let keys = format!("{} {}", code(key), code(&line.key.to_string()));
            row(&mut page, &[&keys, line.help.get(), who(line.who), &code(&line.command())]);
        }
    }
    page
}

fn commands() -> String {
    let mut page = "| Typed | What it does | When |\n|-------|--------------|------|\n".to_owned();
    for entry in COMMANDS {
        let form = format!("/{} {}", entry.typed, entry.argument);
        let when = match entry.needs {
            Use::Always => "",
            Use::Waiting => "at the door",
            Use::Inside => "in the circle",
            Use::Facilitator => "facilitator",
        };
        row(&mut page, &[&code(form.trim_end()), entry.word.help(), when]);
    }
    page
}

#[test]
fn options_are_those_of_the_program() {
    let program = Arguments::command();
    let mut page = "| Command | What it does |\n|---------|--------------|\n".to_owned();
    for verb in program.get_subcommands() {
        let code_of: String = verb.get_positionals().map(|arg| format!(" [{}]", value(arg))).collect();
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        row(&mut page, &[&code(&format!("ingle {}{code_of}", verb.get_name())), &format!("{about}.")]);
    }
    page += "\n| Option | What it does | For |\n|--------|--------------|-----|\n";
    let verbs: Vec<_> = program.get_subcommands().collect();
    let mut told = Vec::new();
    for arg in verbs.iter().flat_map(|verb| verb.get_opts()) {
        let Some(long) = arg.get_long().filter(|long| !told.contains(long)) else { continue };
        told.push(long);
        let takes = if arg.get_action().takes_values() { value(arg) } else { String::new() };
        let form = format!("--{long} {takes}");
        let of: Vec<_> =
            verbs.iter().filter(|verb| verb.get_opts().any(|other| other.get_long() == Some(long))).collect();
        let of: Vec<_> = of.iter().map(|verb| verb.get_name()).collect();
        let sessions = ["host", "join", "rehearse"];
        let of = match sessions.iter().all(|session| of.contains(session)) {
            true => ["all"].into_iter().chain(of.into_iter().filter(|name| !sessions.contains(name))).collect(),
            false => of,
        };
        let of = of.join(", ");
        row(&mut page, &[&code(form.trim_end()), &sentence(arg), &of]);
    }
    parts("docs/command-line.md", &[("options", page)]);
}

#[test]
fn options_of_the_relay_are_those_of_the_program() {
    let mut relay = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
    let help =
        relay.arg("--help").env_remove("COLUMNS").env_remove("INGLE_DATA_DIR").output().expect("the relay starts");
    let help = String::from_utf8(help.stdout).expect("text");
    parts("docs/relay.md", &[("options", format!("```text\n{}\n```", help.trim_end()))]);
}

/// The file that the package installs.
#[test]
fn settings_of_the_relay_pages_are_those_of_the_program() {
    let mut relay = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
    let printed = relay.arg("config").output().expect("the relay starts");
    whole("packaging/relay.toml", &String::from_utf8(printed.stdout).expect("text"));
}

fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Everybody => "",
        Who::Facilitator | Who::Door | Who::Namesake => "facilitator",
    }
}

fn typed(word: Word) -> String {
    let entry = COMMANDS.iter().find(|entry| entry.word == word).expect("every word is in the table");
    code(&format!("/{}", entry.typed))
}

/// What has to be written after an option.
fn value(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What an option does, what it can be and what it is without.
fn sentence(arg: &Arg) -> String {
    let mut sentence = format!("{}.", arg.get_help().map(ToString::to_string).unwrap_or_default());
    let takes = arg.get_action().takes_values();
    let choices: Vec<_> = arg.get_possible_values().iter().map(|value| code(value.get_name())).collect();
    if takes && !choices.is_empty() {
        let _ = write!(sentence, " One of {}.", choices.join(", "));
    }
    if let Some(default) = arg.get_default_values().first().filter(|_| takes) {
        let _ = write!(sentence, " Otherwise {}.", code(&default.to_string_lossy()));
    }
    if let Some(name) = arg.get_env() {
        let _ = write!(sentence, " Can also be set as {}.", code(&name.to_string_lossy()));
    }
    sentence
}
