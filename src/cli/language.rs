//! Which language the program speaks: looked up once, before anything is said.

use std::ffi::OsString;

use clap::ValueEnum;

use super::settings::Settings;
use crate::text::Language;

/// The languages by name, as `--language` takes them.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LanguageName {
    En,
    De,
}

/// The language that this command line, the environment, the settings or the system ask for, whichever comes first in this order;
/// `variable` looks an environment variable up. What programs read is English.
pub(super) fn language(line: &[OsString], settings: &Settings, variable: impl Fn(&str) -> Option<String>) -> Language {
    if line.iter().any(|word| word == "--json") {
        return Language::English;
    }
    set(line, settings, &variable)
        .or_else(|| settings.chosen()?.language)
        .unwrap_or_else(|| Language::of_system(variable))
}

/// The language that this command line, the environment or the person's own file sets, so that choosing one at Home would change
/// nothing.
pub(super) fn set(
    line: &[OsString],
    settings: &Settings,
    variable: impl Fn(&str) -> Option<String>,
) -> Option<Language> {
    on_line(line)
        .or_else(|| variable("INGLE_LANGUAGE").and_then(|named| Language::of(&named)))
        .or_else(|| settings.language())
}

/// What follows `--language`. It is read before the arguments are, since what is wrong with them is said in it.
fn on_line(line: &[OsString]) -> Option<Language> {
    let mut words = line.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let named = match word.strip_prefix("--language") {
            Some("") => words.next()?,
            Some(rest) => rest.strip_prefix('=').unwrap_or_default(),
            None => continue,
        };
        return Language::of(named);
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::settings::Chosen;

    fn of(line: &[&str], settings: &str, variables: &[(&str, &str)]) -> Language {
        let dir = tempfile::tempdir().expect("a place");
        fs::write(dir.path().join("config.toml"), settings).expect("written");
        let line: Vec<_> = line.iter().map(OsString::from).collect();
        language(&line, &Settings::at(Some(dir.path().to_owned())), |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_line_comes_before_environment_file_and_system() {
        let all = [("INGLE_LANGUAGE", "en"), ("LANG", "de_DE.UTF-8")];
        assert_eq!(of(&["ingle", "rehearse", "--language", "de"], "language = \"en\"", &all), Language::German);
        assert_eq!(of(&["ingle", "rehearse", "--language=de"], "", &[]), Language::German);
        assert_eq!(of(&["ingle", "rehearse"], "language = \"de\"", &all), Language::English);
        assert_eq!(of(&["ingle"], "language = \"de\"", &[("LANG", "C")]), Language::German);
        assert_eq!(of(&["ingle"], "", &[("LANG", "de_AT.UTF-8")]), Language::German);
        assert_eq!(of(&["ingle", "--language"], "", &[]), Language::English);
    }

    #[test]
    fn what_was_chosen_at_home_comes_before_the_system() {
        let dir = tempfile::tempdir().expect("a place");
        let mut settings = Settings::at(Some(dir.path().to_owned()));
        let german = Chosen { language: Some(Language::German), ..Chosen::default() };
        settings.keep(&german).expect("kept");
        let of = |line: &[&str]| {
            let line: Vec<_> = line.iter().map(OsString::from).collect();
            let settings = Settings::at(Some(dir.path().to_owned()));
            language(&line, &settings, |name| (name == "LANG").then(|| "en_GB.UTF-8".into()))
        };
        assert_eq!(of(&["ingle"]), Language::German);
        assert_eq!(of(&["ingle", "--language", "en"]), Language::English);
        fs::write(dir.path().join("config.toml"), "language = \"en\"").expect("written");
        assert_eq!(of(&["ingle"]), Language::English);
    }

    #[test]
    fn what_programs_read_is_english_everywhere() {
        let german = [("INGLE_LANGUAGE", "de"), ("LANG", "de_DE.UTF-8")];
        assert_eq!(of(&["ingle", "rehearse", "--json", "--language", "de"], "", &german), Language::English);
    }

    #[test]
    fn every_language_can_be_named() {
        let named: Vec<_> = LanguageName::value_variants()
            .iter()
            .filter_map(|name| Language::of(name.to_possible_value()?.get_name()))
            .collect();
        assert_eq!(named, Language::ALL);
    }
}
