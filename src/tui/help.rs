//! The help: where it is scrolled to, and what is looked for in it.

use super::input::Input;

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// How many lines it is scrolled down.
    pub top: usize,
    /// What is looked for; `None` if nothing is.
    pub(super) search: Option<Input>,
    /// Whether keys write what is looked for.
    pub(super) writes: bool,
}

impl Help {
    /// The help about some words; all of it if there are none.
    pub(super) fn about(words: &str) -> Self {
        let mut input = Input::default();
        input.write(words);
        let search = (!words.is_empty()).then_some(input);
        Self { search, ..Self::default() }
    }

    /// Begins to look for something.
    pub(super) fn begin(&mut self) {
        (self.top, self.writes) = (0, true);
        self.search.get_or_insert_default();
    }

    /// The words that are looked for are written; `false` if they are dropped.
    pub(super) fn end(&mut self, keeps: bool) {
        self.writes = false;
        self.search.take_if(|input| !keeps || input.text().trim().is_empty());
        self.top = 0;
    }

    /// What is looked for; empty if nothing is.
    pub(super) fn wanted(&self) -> String {
        self.search.as_ref().map(|input| input.text().trim().to_owned()).unwrap_or_default()
    }
}
