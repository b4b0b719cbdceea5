//! The file that `ingle config init` writes: every argument with its help, switched off.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, Command};

use super::kept::{ONCE, quoted};
use crate::config_file::{arguments, switched_off};
use crate::text::help::one_of;
use crate::text::settings as text;

/// The file's text.
pub(super) fn sample(command: &Command) -> String {
    let of = |name| command.find_subcommand(name).into_iter().flat_map(|one| arguments(one, &ONCE));
    let mut page = comment(text::SAMPLE_HEAD.get());
    for arg in of("join") {
        page += &setting(arg);
    }
    let _ = write!(page, "\n{}[host]\n", comment(text::SAMPLE_HOST.get()));
    let shared: Vec<_> = of("join").filter_map(Arg::get_long).collect();
    for arg in of("host").filter(|arg| arg.get_long().is_some_and(|long| !shared.contains(&long))) {
        page += &setting(arg);
    }
    page
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

fn setting(arg: &Arg) -> String {
    let mut help = format!("{}.", arg.get_help().map(ToString::to_string).unwrap_or_default());
    let possible = arg.get_possible_values();
    if !possible.is_empty() && arg.get_action().takes_values() {
        let names: Vec<_> = possible.iter().map(|it| it.get_name()).collect();
        let _ = write!(help, " {}", one_of(&names));
    }
    switched_off(arg, &help, &value(arg))
}

/// What the setting is without the file, or an example of what it could be.
fn value(arg: &Arg) -> String {
    if matches!(arg.get_action(), ArgAction::SetTrue) {
        return "true".into();
    }
    if matches!(arg.get_action(), ArgAction::Append) {
        return format!("[{}]", quoted("hand=h"));
    }
    let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let example = match arg.get_long() {
        Some("name") => "Ana",
        Some("language") => "de",
        Some("theme") => "paper",
        Some("listen") => "4433",
        Some("also-via") => "wlan1",
        Some("when") => text::SAMPLE_WHEN.get(),
        Some("help-number") => "+44 20 7946 0000",
        _ => "relay.example.org:4433",
    };
    quoted(default.as_deref().unwrap_or(example))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;
    use crate::config_file::ConfigFile;
    use crate::text::Language;

    #[test]
    fn the_sample_sets_nothing_and_every_line_of_it_is_good() {
        for language in Language::ALL {
            language.speak(|| good(language));
        }
    }

    fn good(language: Language) {
        let page = sample(&Arguments::command());
        insta::assert_snapshot!(format!("sample_{}", language.tag()), page);
        let read = |text: &str| {
            let file = ConfigFile::parse(Path::new("config.toml"), text).expect("TOML");
            file.apply(Arguments::command(), &ONCE).expect("known settings");
            file.settings().count()
        };
        assert_eq!(read(&page), 0);
        let on: Vec<_> =
            page.lines().map(|line| line.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(line)).collect();
        assert!(read(&on.join("\n")) > 15, "{on:?}");
    }
}
