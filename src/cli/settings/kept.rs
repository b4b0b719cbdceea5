//! What is kept between runs: the person's own file, and what they have chosen in ingle.

use std::io;
use std::path::PathBuf;

use clap::Command;

use crate::config_file::{ConfigError, ConfigFile, Setting};
use crate::text::Language;
use crate::text::settings::CHOSEN_HEAD;
use crate::transport::{KnownRelays, keep_private};

/// What the person writes.
pub(super) const FILE: &str = "config.toml";
/// Where the file goes that `--force` replaces.
pub(super) const OLD: &str = "config.toml.old";
/// What they have chosen in ingle.
const CHOSEN: &str = "chosen.toml";
/// What turns soft sounds off.
const OFF: &str = "off";
/// Arguments that a file can't set: they are for one run.
pub(super) const ONCE: [&str; 8] = ["json", "seconds", "new", "accept-relay-key", "force", "dir", "link", "tour"];

/// What has been chosen in ingle, and is asked no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Chosen {
    /// The name that others see; empty to be asked each time.
    pub(in crate::cli) name: String,
    /// The microphone; empty for the one that the system offers.
    pub(in crate::cli) mic: String,
    /// The speaker, likewise.
    pub(in crate::cli) speaker: String,
    /// Whether soft sounds were turned off.
    pub(in crate::cli) no_cues: bool,
    /// The language; `None` for what the system asks for.
    pub(in crate::cli) language: Option<Language>,
}

/// The settings as they are kept.
pub(in crate::cli) struct Settings {
    /// Where they are kept; `None` if nothing is.
    dir: Option<PathBuf>,
    /// What the person writes: none, or what is wrong with it.
    own: Result<Option<ConfigFile>, ConfigError>,
    /// What they have chosen; none before the first time.
    kept: Option<ConfigFile>,
}

impl Settings {
    /// Reads them where the environment says.
    pub(in crate::cli) fn load() -> Self {
        let known = KnownRelays::in_environment(|name| std::env::var_os(name));
        Self::at(known.map(|known| known.dir().to_owned()))
    }

    /// Those that are kept here.
    pub(in crate::cli) fn at(dir: Option<PathBuf>) -> Self {
        let own = dir.as_ref().map_or(Ok(None), |dir| ConfigFile::read(&dir.join(FILE)));
        // What ingle keeps for convenience keeps nobody out, whatever became of it.
        let kept = dir.as_ref().and_then(|dir| ConfigFile::read(&dir.join(CHOSEN)).ok().flatten());
        Self { dir, own, kept }
    }

    /// The defaults of the arguments, as far as they have been set.
    ///
    /// # Errors
    /// [`ConfigError`] with the first line of the person's file that can't be used.
    pub(in crate::cli) fn apply(&self, command: Command) -> Result<Command, ConfigError> {
        let kept = self.kept.as_ref().and_then(|kept| kept.apply(command.clone(), &ONCE).ok());
        let command = kept.unwrap_or(command);
        match &self.own {
            Ok(Some(own)) => own.apply(command, &ONCE),
            Ok(None) => Ok(command),
            Err(error) => Err(error.clone()),
        }
    }

    /// What is wrong with the person's file.
    pub(in crate::cli) fn fault(&self, command: Command) -> Option<ConfigError> {
        self.apply(command).err()
    }

    /// Where the person's file is, or would be.
    pub(in crate::cli) fn path(&self) -> Option<PathBuf> {
        self.dir.as_ref().map(|dir| dir.join(FILE))
    }

    /// Where everything is kept.
    pub(super) fn dir(&self) -> Option<&PathBuf> {
        self.dir.as_ref()
    }

    /// Whether the person has a file.
    pub(in crate::cli) fn has_file(&self) -> bool {
        !matches!(self.own, Ok(None))
    }

    /// Whether anything can be kept.
    pub(in crate::cli) fn keeps(&self) -> bool {
        self.dir.is_some()
    }

    /// What has been chosen; `None` before the first time.
    pub(in crate::cli) fn chosen(&self) -> Option<Chosen> {
        let kept = self.kept.as_ref()?;
        let of = |key| kept.setting(None, key).and_then(|set| set.values.first().cloned()).unwrap_or_default();
        let language = Language::of(&of("language"));
        Some(Chosen { name: of("name"), mic: of("mic"), speaker: of("speaker"), no_cues: of("cues") == OFF, language })
    }

    /// Keeps what has been chosen.
    ///
    /// # Errors
    /// The system's error if it can't be written.
    pub(in crate::cli) fn keep(&mut self, chosen: &Chosen) -> io::Result<()> {
        let Some(dir) = &self.dir else { return Ok(()) };
        let cues = if chosen.no_cues { OFF } else { "" };
        let language = chosen.language.map_or("", Language::tag);
        let devices = [("mic", &*chosen.mic), ("speaker", &chosen.speaker)];
        let lines = [("name", &*chosen.name), ("cues", cues), ("language", language)].into_iter().chain(devices);
        let lines = lines.filter(|(_, value)| !value.is_empty());
        let text =
            lines.fold(format!("# {CHOSEN_HEAD}\n"), |text, (key, value)| text + key + " = " + &quoted(value) + "\n");
        keep_private(dir, CHOSEN, &text)?;
        self.kept = ConfigFile::parse(&dir.join(CHOSEN), &text).ok();
        Ok(())
    }

    /// The language that the person's file names.
    pub(in crate::cli) fn language(&self) -> Option<Language> {
        let set = self.own()?.setting(None, "language")?;
        set.values.first().and_then(|named| Language::of(named))
    }

    fn own(&self) -> Option<&ConfigFile> {
        self.own.as_ref().ok().and_then(Option::as_ref)
    }

    /// The line that sets an argument of a subcommand, and whether the person wrote it.
    pub(super) fn origin(&self, subcommand: &str, key: &str) -> Option<(bool, &Setting)> {
        let own = self.own().and_then(|file| file.setting(Some(subcommand), key)).map(|set| (true, set));
        own.or_else(|| self.kept.as_ref()?.setting(Some(subcommand), key).map(|set| (false, set)))
    }
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04x}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;

    #[test]
    fn what_was_chosen_is_read_again_whatever_the_letters() {
        let dir = tempfile::tempdir().expect("a place");
        let mut settings = Settings::at(Some(dir.path().join("new")));
        assert_eq!(settings.chosen(), None);
        for name in ["Ana", "", "Zoë \"the\\ 李\" # = [x]", "a\u{1}\n"] {
            let no_cues = name.is_empty();
            let language = no_cues.then_some(Language::German);
            let chosen =
                Chosen { name: name.into(), mic: "USB \"1\"".into(), speaker: String::new(), no_cues, language };
            settings.keep(&chosen).expect("kept");
            assert_eq!(settings.chosen(), Some(chosen.clone()));
            assert_eq!(Settings::at(Some(dir.path().join("new"))).chosen(), Some(chosen));
        }
        fs::write(dir.path().join("new").join(CHOSEN), "nonsense").expect("written");
        let settings = Settings::at(Some(dir.path().join("new")));
        assert!(settings.apply(Arguments::command()).is_ok(), "it keeps nobody out");
        assert_eq!(Settings::at(None).chosen(), None);
    }

    #[test]
    fn the_persons_file_comes_before_what_was_chosen() {
        let dir = tempfile::tempdir().expect("a place");
        let mut settings = Settings::at(Some(dir.path().to_owned()));
        settings.keep(&Chosen { name: "Ana".into(), ..Chosen::default() }).expect("kept");
        let name = |settings: &Settings| {
            let command = settings.apply(Arguments::command()).expect("a good file");
            let matches = command.try_get_matches_from(["ingle", "rehearse"]).expect("a good line");
            matches.subcommand().and_then(|(_, of)| of.get_one::<String>("name").cloned())
        };
        assert_eq!(name(&settings).as_deref(), Some("Ana"));
        fs::write(dir.path().join(FILE), "name = \"Bea\"").expect("written");
        assert_eq!(name(&Settings::at(Some(dir.path().to_owned()))).as_deref(), Some("Bea"));
    }
}
