//! Words that don't come back: a bare "who" for "the member who", "so many" for a number, and test names like sentences of law.

/// The longest name of a function, in characters.
const NAME: usize = 60;
/// Before "who" these want a noun: "to the member who", not "to who".
const PREPOSITIONS: [&str; 13] =
    ["to", "from", "for", "by", "with", "than", "as", "behind", "after", "before", "without", "beside", "but"];
/// After a "Who" that begins a sentence and asks nothing these want a noun too: "a member who left".
const VERBS: [&str; 24] = [
    "is", "was", "has", "had", "can", "talks", "speaks", "leads", "joins", "comes", "waits", "knocks", "votes", "left",
    "vanished", "follows", "sees", "goes", "asks", "gets", "opens", "says", "knows", "crashes",
];
/// Phrases with a plainer word.
const PHRASES: [&str; 6] =
    ["seldomer", "so many bytes", "for so long,", "so long at most", "so many at most", "who is selected"];

/// What a technical editor would mark in a line of a file, one sentence each.
pub(crate) fn marks(file: &str, line: &str) -> Vec<String> {
    let mut marks = Vec::new();
    if file.ends_with(".rs") {
        let name = line
            .split("fn ")
            .nth(1)
            .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default());
        if let Some(name) = name.filter(|name| name.len() > NAME) {
            marks.push(format!("`{name}` has {} characters", name.len()));
        }
    }
    marks.extend(texts(file, line).iter().flat_map(|text| bare_who(text).into_iter().chain(phrase(text))));
    marks
}

/// The prose of a line: a comment, what stands in quotes in `src`, a sentence of a catalogue, or a page's own text.
fn texts<'a>(file: &str, line: &'a str) -> Vec<&'a str> {
    let trimmed = line.trim_start();
    if file.ends_with(".ftl") {
        // A comment, or a message behind its id, or a line or a variant of one that is longer.
        let text = trimmed.trim_start_matches(['#', ' ']);
        let message = text.split_once(" = ").filter(|_| !trimmed.starts_with('#'));
        return vec![message.map_or(text, |(_, message)| message)];
    }
    if !file.ends_with(".rs") {
        return if trimmed.starts_with('#') { vec![] } else { vec![trimmed] };
    }
    match trimmed.strip_prefix("//") {
        Some(comment) => vec![comment.trim_start_matches(['/', '!', ' '])],
        None if file.starts_with("src/") => line.split('"').skip(1).step_by(2).collect(),
        None => vec![],
    }
}

fn bare_who(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let bare = |at: usize| {
        let begins = at == 0 && words[at] == "Who" || at > 0 && words[at - 1].ends_with(['.', ':', ';']);
        let after = words.get(at + 1).is_some_and(|next| VERBS.contains(&next.trim_end_matches([',', '.'])));
        let before = at > 0 && PREPOSITIONS.contains(&words[at - 1].to_lowercase().as_str());
        before || begins && after && !text.contains('?')
    };
    let found = (0..words.len()).find(|at| matches!(words[*at], "who" | "Who") && bare(*at))?;
    let around = &words[found.saturating_sub(2)..words.len().min(found + 4)];
    Some(format!("a bare \"who\": \"{}\"", around.join(" ")))
}

fn phrase(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    PHRASES.iter().find(|phrase| lower.contains(**phrase)).map(|phrase| format!("\"{phrase}\""))
}

#[test]
fn the_editor_marks_what_it_should() {
    for (file, line) in [
        ("src/a.rs", "    /// Who left is silent."),
        ("tests/a.rs", "// It is given to who asks."),
        ("src/a.rs", r#"    say("Give the stick to who is selected.");"#),
        ("src/a.rs", "    // It waits for so long, at least."),
        ("README.md", "A line tries seldomer then."),
        ("assets/texts/en.ftl", "stick-given = Give it to who is selected."),
        ("assets/texts/en.ftl", "# Who left is silent."),
        ("tests/a.rs", &format!("fn {}() {{", "a".repeat(61))),
    ] {
        assert!(!marks(file, line).is_empty(), "{line}");
    }
    for (file, line) in [
        ("src/a.rs", "    /// Members who left are silent."),
        ("src/a.rs", "// Shows who is here, and who speaks."),
        ("src/a.rs", r#"    say("Who is here? Somebody who can hear you.");"#),
        ("README.md", "# Who is it for"),
        ("tests/a.rs", &format!("fn {}() {{", "a".repeat(60))),
    ] {
        assert_eq!(marks(file, line), Vec::<String>::new(), "{line}");
    }
}
