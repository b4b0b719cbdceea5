//! Finds the paths by which a source file reaches other parts of the crate.
//!
//! A small tokenizer and a reader of `use` trees are enough: comments and strings are left out, groups are spread, and
//! `super` is resolved through the file's place and its inline modules. So a path in a function body counts like a `use`.

/// What matters of Rust's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    PathSep,
    Sign(char),
}

/// All paths of a file that begin with `crate`, `ingle`, `self`, `super` or a module that the file declares, as segments from
/// the crate's root.
///
/// `place` is the module that the file is: `["relay", "core"]` for `src/relay/core/mod.rs`.
pub(crate) fn paths(source: &str, place: &[String]) -> Vec<Vec<String>> {
    let tokens = tokenize(source);
    let declared = declared(&tokens);
    let (mut found, mut inline, mut depth, mut i) = (Vec::new(), Vec::<(String, usize)>::new(), 0_usize, 0);
    while i < tokens.len() {
        let word = |at: usize| match tokens.get(at) {
            Some(Token::Word(word)) => Some(word.as_str()),
            _ => None,
        };
        let is = |at: usize, sign: char| tokens.get(at) == Some(&Token::Sign(sign));
        // What `pub(in crate::part)` names isn't reached, but allowed to reach.
        let scope = i > 1 && word(i - 1) == Some("in") && is(i - 2, '(');
        let starts =
            !scope && tokens.get(i + 1) == Some(&Token::PathSep) && (i == 0 || tokens[i - 1] != Token::PathSep);
        match word(i) {
            Some("mod") if word(i + 1).is_some() && is(i + 2, '{') => {
                inline.push((word(i + 1).unwrap_or_default().to_owned(), depth));
                depth += 1;
                i += 3;
            }
            Some(root @ ("crate" | "ingle" | "self" | "super")) if starts => {
                let here = place.iter().cloned().chain(inline.iter().map(|(name, _)| name.clone()));
                let mut base: Vec<String> = if matches!(root, "self" | "super") { here.collect() } else { Vec::new() };
                if root == "super" {
                    base.pop();
                }
                i = tree(&tokens, i + 2, base, &mut found);
            }
            Some(child) if starts && declared.iter().any(|name| name == child) => {
                i = tree(&tokens, i, place.to_vec(), &mut found);
            }
            _ => {
                if is(i, '{') {
                    depth += 1;
                } else if is(i, '}') {
                    depth = depth.saturating_sub(1);
                    inline.retain(|(_, opened)| *opened < depth);
                }
                i += 1;
            }
        }
    }
    found
}

/// The modules that a file declares and that are files of their own.
fn declared(tokens: &[Token]) -> Vec<String> {
    let word = |token: &Token| match token {
        Token::Word(word) => Some(word.clone()),
        _ => None,
    };
    let declarations =
        tokens.windows(3).filter(|three| three[0] == Token::Word("mod".to_owned()) && three[2] == Token::Sign(';'));
    declarations.filter_map(|three| word(&three[1])).collect()
}

/// Reads one `use` tree (or the rest of a path) that follows `base`, and returns the place after it.
fn tree(tokens: &[Token], mut i: usize, mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    loop {
        match tokens.get(i) {
            Some(Token::Word(word)) => {
                match word.as_str() {
                    "self" => {}
                    "super" => drop(base.pop()),
                    _ => base.push(word.clone()),
                }
                i += 1;
                if tokens.get(i) != Some(&Token::PathSep) {
                    break;
                }
                i += 1;
            }
            Some(Token::Sign('{')) => {
                i += 1;
                while i < tokens.len() && tokens[i] != Token::Sign('}') {
                    let before = i;
                    i = tree(tokens, i, base.clone(), found);
                    // Past a rename and the comma; and always on, whatever the file holds.
                    while i < tokens.len() && !matches!(tokens[i], Token::Sign(',' | '}')) {
                        i += 1;
                    }
                    if tokens.get(i) == Some(&Token::Sign(',')) || i == before {
                        i += 1;
                    }
                }
                return i + 1;
            }
            Some(Token::Sign('*')) => {
                i += 1;
                break;
            }
            _ => break,
        }
    }
    found.push(base);
    i
}

fn tokenize(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let (mut tokens, mut i) = (Vec::new(), 0);
    while i < text.len() {
        match (text[i], at(i + 1)) {
            ('/', '/') => i = position(&text, i, |c| c == '\n'),
            ('/', '*') => i = after_comment(&text, i),
            ('"', _) => i = after_string(&text, i),
            ('\'', '\\') => i = position(&text, i + 3, |c| c == '\'') + 1,
            ('\'', _) => i += if at(i + 2) == '\'' { 3 } else { 1 }, // a character, or a lifetime's mark
            (':', ':') => {
                tokens.push(Token::PathSep);
                i += 2;
            }
            (c, _) if c.is_alphanumeric() || c == '_' => {
                let end = position(&text, i, |c| !(c.is_alphanumeric() || c == '_'));
                let word: String = text[i..end].iter().collect();
                let hashes = position(&text, end, |c| c != '#') - end;
                i = end;
                if matches!(word.as_str(), "r" | "br" | "cr") && at(end + hashes) == '"' {
                    i = after_raw_string(&text, end + hashes + 1, hashes);
                } else if word == "r" && hashes == 1 {
                    i += 1; // a raw identifier: the word itself follows
                } else {
                    tokens.push(Token::Word(word));
                }
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push(Token::Sign(c));
                }
                i += 1;
            }
        }
    }
    tokens
}

/// The first place from `i` on where `stop` holds, or the end.
fn position(text: &[char], i: usize, stop: impl Fn(char) -> bool) -> usize {
    (i..text.len()).find(|&at| stop(text[at])).unwrap_or(text.len())
}

fn after_comment(text: &[char], mut i: usize) -> usize {
    let mut depth = 0;
    while i < text.len() {
        match (text[i], text.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            break;
        }
    }
    i
}

fn after_string(text: &[char], mut i: usize) -> usize {
    i += 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn after_raw_string(text: &[char], mut i: usize, hashes: usize) -> usize {
    while i < text.len() && !(text[i] == '"' && (1..=hashes).all(|n| text.get(i + n) == Some(&'#'))) {
        i += 1;
    }
    i + 1 + hashes
}
