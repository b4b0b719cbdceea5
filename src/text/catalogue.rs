//! The catalogues: sentences by their ids, one file a language (`assets/texts`), in the syntax of Project Fluent.
//!
//! A sentence without variables is [`text`] and borrowed, one with variables is `say!`. Neither can fail: what a language lacks
//! is said in English, and the tests hold that no language lacks anything.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::language::Language;

#[cfg(test)]
mod tests;

/// A language's sentences, read once.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Those without variables, as they are said.
    plain: HashMap<String, String>,
}

/// Each is read when it is first needed.
static CATALOGUES: [LazyLock<Catalogue>; 2] =
    [LazyLock::new(|| Catalogue::of(Language::English)), LazyLock::new(|| Catalogue::of(Language::German))];

impl Catalogue {
    /// A language's, from what was built in.
    fn of(language: Language) -> Self {
        Self::read(language.tag(), language.source())
    }

    /// What can be read of a catalogue: an entry that can't be is left out.
    pub(super) fn read(tag: &str, source: &str) -> Self {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(read, _)| read);
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // What people write comes without signs of direction (`session::clean`), and marks around it would stand in files.
        bundle.set_use_isolating(false);
        // It refuses what is there already, and nothing is.
        let _ = bundle.add_builtins();
        bundle.add_resource_overriding(resource);
        let catalogue = Self { bundle, plain: HashMap::new() };
        let said = |id: &str| Some((id.to_owned(), catalogue.say(id, &[])?));
        let plain = plain_ids(source).into_iter().filter_map(said).collect();
        Self { plain, ..catalogue }
    }

    /// The sentence of an id; `None` if there is none, or if it wants a variable that isn't given.
    pub(super) fn say(&self, id: &str, variables: &[(&str, FluentValue<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        errors.is_empty().then_some(said)
    }
}

/// The ids of a catalogue's messages that name no variable.
fn plain_ids(source: &str) -> Vec<&str> {
    let mut ids = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic())
            && let Some((id, _)) = line.split_once('=')
        {
            ids.push((id.trim_end(), true));
        }
        if let Some((_, plain)) = ids.last_mut() {
            *plain &= !line.contains('$');
        }
    }
    ids.into_iter().filter(|(_, plain)| *plain).map(|(id, _)| id).collect()
}

fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::English => &CATALOGUES[0],
        Language::German => &CATALOGUES[1],
    }
}

/// The language that is read now, and English, which lacks nothing.
fn now_or_english() -> [&'static Catalogue; 2] {
    [Language::now(), Language::English].map(catalogue)
}

/// The sentence of this id, which has no variables.
pub(super) fn text(id: &'static str) -> &'static str {
    now_or_english().into_iter().find_map(|catalogue| catalogue.plain.get(id)).map_or(id, String::as_str)
}

/// The sentence of this id with its variables. Called by `say!`, which is what the tests look for.
pub(super) fn sentence(id: &'static str, variables: &[(&str, FluentValue<'_>)]) -> String {
    said(now_or_english(), id, variables)
}

/// The sentence in the first of the catalogues that can say it; the id, if none can.
fn said(catalogues: [&Catalogue; 2], id: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
    catalogues.into_iter().find_map(|catalogue| catalogue.say(id, variables)).unwrap_or_else(|| id.to_owned())
}

/// What a sentence can have for a variable.
pub(super) trait Variable {
    /// As the catalogue takes it.
    fn value(&self) -> FluentValue<'_>;
}

impl Variable for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Variable for String {
    fn value(&self) -> FluentValue<'_> {
        self.as_str().value()
    }
}

impl Variable for Text {
    fn value(&self) -> FluentValue<'_> {
        self.get().value()
    }
}

/// A choice between `[yes]` and `[no]`.
impl Variable for bool {
    fn value(&self) -> FluentValue<'_> {
        if *self { "yes".into() } else { "no".into() }
    }
}

impl<T: Variable + ?Sized> Variable for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! numbers {
    ($($number:ty)+) => { $(
        impl Variable for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )+ };
}
numbers!(u8 u16 u32 u64 u128 usize);

/// A sentence with its variables: `say!("presence-is-here", name)`, `say!("agenda-full", points = limits::AGENDA)`.
macro_rules! say {
    (@value $name:ident) => { $crate::text::catalogue::Variable::value(&$name) };
    (@value $name:ident $value:expr) => { $crate::text::catalogue::Variable::value(&$value) };
    ($id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::text::catalogue::sentence($id, &[$((stringify!($name), say!(@value $name $($value)?))),*])
    };
}
pub(super) use say;

/// A sentence without variables that a table or another constant can hold: it is looked up when it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(&'static str);

impl Text {
    /// Nothing to say.
    pub const NONE: Self = Self("");

    /// The sentence of this id.
    pub(super) const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// As it is said.
    pub fn get(self) -> &'static str {
        if self.0.is_empty() { "" } else { text(self.0) }
    }

    /// The same for those who keep it.
    pub fn to_owned(self) -> String {
        self.get().to_owned()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.get()
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.get())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.get().to_owned()
    }
}

impl From<Text> for Cow<'static, str> {
    fn from(text: Text) -> Self {
        Cow::Borrowed(text.get())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.get() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.get() == *other
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.get()
    }
}
