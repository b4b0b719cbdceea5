//! The languages that there are, and which of them a person reads.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A language with a catalogue of its own, `assets/texts/TAG.ftl`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The language that all others are translated from.
    #[default]
    English,
    /// German.
    German,
}

/// The language of this process: its place in [`Language::ALL`].
static CHOSEN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// The language within [`Language::speak`].
    static SPOKEN: Cell<Option<Language>> = const { Cell::new(None) };
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag by BCP 47, which is what a person types.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its name in itself, so that its readers find it whatever is spoken now.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Its catalogue, as it was when this program was built.
    pub(super) const fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../assets/texts/en.ftl"),
            Self::German => include_str!("../../assets/texts/de.ftl"),
        }
    }

    /// The language of a tag or of a locale of the system: `de`, `de-CH`, `de_AT.UTF-8@euro`.
    pub fn of(locale: &str) -> Option<Self> {
        let tag = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// What the system's locale asks for: the first of LC_ALL, LC_MESSAGES and LANG that is set, as `variable` looks them up.
    /// English where there is no catalogue for that.
    pub fn of_system(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| variable(name));
        set.into_iter().find(|locale| !locale.is_empty()).and_then(|locale| Self::of(&locale)).unwrap_or_default()
    }

    /// Makes it the language of this process from now on.
    pub fn choose(self) {
        CHOSEN.store(self as usize, Ordering::Relaxed);
    }

    /// The one after it, round and round.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// The language that is read now; English until one is chosen.
    pub fn now() -> Self {
        SPOKEN.get().unwrap_or_else(|| Self::ALL[CHOSEN.load(Ordering::Relaxed) % Self::ALL.len()])
    }

    /// Has this thread read in this language while `read` runs, whatever was chosen.
    pub fn speak<T>(self, read: impl FnOnce() -> T) -> T {
        /// Puts back what was spoken before, after a panic too.
        struct Before(Option<Language>);
        impl Drop for Before {
            fn drop(&mut self) {
                SPOKEN.set(self.0);
            }
        }
        let _before = Before(SPOKEN.replace(Some(self)));
        read()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_leads_to_its_language_or_to_english() {
        let of = |variables: &[(&str, &str)]| {
            Language::of_system(|name| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::German);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]), Language::English);
        assert_eq!(of(&[("LANG", "de"), ("LC_ALL", ""), ("LC_MESSAGES", "en_GB.UTF-8")]), Language::English);
        assert_eq!(of(&[("LC_MESSAGES", "de-CH"), ("LANG", "C")]), Language::German);
        assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]), Language::English);
        assert_eq!(of(&[]), Language::English);
    }

    #[test]
    fn each_language_comes_round_in_its_place() {
        let mut language = Language::default();
        for listed in Language::ALL {
            assert_eq!(language, listed);
            language = language.next();
        }
        assert_eq!(language, Language::default());
    }

    #[test]
    fn a_language_is_spoken_for_a_while_on_one_thread() {
        assert_eq!(Language::now(), Language::English);
        Language::German.speak(|| {
            assert_eq!(Language::now(), Language::German);
            assert_eq!(std::thread::spawn(Language::now).join().expect("it ends"), Language::English);
        });
        assert_eq!(Language::now(), Language::English);
    }
}
