//! The catalogues against each other and against the code: what is said can be said in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::super::language::Language;
use super::{Catalogue, Variable, said, sentence, text};

/// What a message names: its variables and other messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Named {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
}

impl Named {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::TermReference { arguments, .. } => {
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
    }
}

/// Every message of a language with what it names, and with the variables of the messages that it names.
fn messages(language: Language) -> BTreeMap<String, Named> {
    let resource = parser::parse(language.source()).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut named = Named::default();
        named.pattern(message.value.as_ref().unwrap_or_else(|| panic!("{} says nothing", message.id.name)));
        let before = found.insert(message.id.name.to_owned(), named);
        assert!(before.is_none(), "{language:?}: {} stands twice", message.id.name);
    }
    let plain = found.clone();
    for named in found.values_mut() {
        let of_others = named.messages.iter().filter_map(|id| plain.get(id)).flat_map(|other| other.variables.clone());
        named.variables.extend(of_others.collect::<Vec<_>>());
    }
    found
}

/// Where the code says something: the id, and the variables that it gives.
fn said_in(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for call in ["say!(", "text(", "Text::new("] {
        for (at, _) in source.match_indices(call) {
            let rest = source[at + call.len()..].trim_start();
            let Some((id, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
            let variables = if call == "say!(" { variables(rest) } else { BTreeSet::new() };
            found.push((id.to_owned(), variables));
        }
    }
    found
}

/// The names of the variables in what follows the id of a `say!`, up to its end.
fn variables(rest: &str) -> BTreeSet<String> {
    let (mut depth, mut in_text, mut parts, mut part) = (1, false, Vec::new(), String::new());
    for letter in rest.chars() {
        match letter {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 1 => parts.push(std::mem::take(&mut part)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        part.push(letter);
    }
    parts.push(part);
    let name = |part: &String| part.trim_start_matches(',').split('=').next().unwrap_or_default().trim().to_owned();
    parts.iter().map(name).filter(|name| !name.is_empty()).collect()
}

/// All that the code says.
fn said_by_the_code() -> Vec<(String, BTreeSet<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_file() && !path.ends_with("catalogue.rs") {
            found.extend(said_in(&fs::read_to_string(&path).expect("a file can be read")));
        }
    }
    found
}

#[test]
fn every_language_says_all_that_the_code_says() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let of = messages(language);
        for (id, named) in &english {
            let other = of.get(id).unwrap_or_else(|| panic!("{language:?} lacks {id}"));
            assert_eq!(other.variables, named.variables, "{language:?}: the variables of {id}");
        }
        let more: Vec<_> = of.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(more.is_empty(), "{language:?} says what English doesn't: {more:?}");
    }
    let mut used = BTreeSet::new();
    for (id, variables) in said_by_the_code() {
        let named = english.get(&id).unwrap_or_else(|| panic!("no catalogue has {id}"));
        assert_eq!(variables, named.variables, "the variables that the code gives to {id}");
        used.insert(id);
    }
    let referenced: BTreeSet<_> = english.values().flat_map(|named| named.messages.clone()).collect();
    let unused: Vec<_> = english.keys().filter(|id| !used.contains(*id) && !referenced.contains(*id)).collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
    assert!(used.len() > 1500, "the code was read: {}", used.len());
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let english = Catalogue::read("en", "seat = { $name } has seat { $number }\nonly = Only here.\n");
    let broken = "seat = { $nane } hat Platz { $number }\nonly = { unclosed\nodd = { $count ->\n";
    let german = Catalogue::read("de", broken);
    let variables = [("name", "Ana".value()), ("number", 3_usize.value())];
    assert_eq!(said([&german, &english], "seat", &variables), "Ana has seat 3");
    assert_eq!(said([&german, &english], "only", &[]), "Only here.");
    assert_eq!(said([&german, &english], "nowhere", &[]), "nowhere");
    assert_eq!(said([&german, &english], "odd", &[("count", 1_usize.value())]), "odd");
    for source in
        ["", "=", "{", "a = {", "a = { a }", "a = { b }\nb = { a }", "a = { NUMBER() }", "-t = x\na = { -t(b: 1) }"]
    {
        let _ = said([&Catalogue::read("xx-", source), &english], "a", &variables);
    }
}

#[test]
fn numbers_and_plurals_follow_the_language() {
    let seconds = |seconds: u64| sentence("turns-seconds", &[("seconds", seconds.value())]);
    let ordinal = |number: usize| sentence("turns-ordinal", &[("number", number.value())]);
    assert_eq!([1, 2].map(seconds), ["1 second", "2 seconds"]);
    assert_eq!(
        [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal).join(" "),
        "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th"
    );
    Language::German.speak(|| {
        assert_eq!([1, 2].map(seconds), ["1 Sekunde", "2 Sekunden"]);
        assert_eq!([1, 23].map(ordinal), ["1.", "23."]);
        assert_eq!(text("floor-microphone-open"), "Dein Mikrofon ist offen.");
    });
}

#[test]
fn names_go_into_sentences_as_they_are() {
    let name = "{ $x } -> \u{202e}Ana\u{2069} \"[yes]\"";
    assert_eq!(sentence("presence-is-here", &[("name", name.value())]), format!("{name} is here."));
}
