//! The line in which a code is typed: pure, so that every key of it is tested without a terminal.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::crypto::code::{Code, completions};
use crate::text;
use crate::tui::Input;

/// Lines of a pasted invitation that are read in search of the code.
const LINES: usize = 40;
/// Letters that tell every word from every other.
const ENOUGH: usize = 3;

/// What comes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// More is to be typed.
    On,
    /// A line was ended; [`Prompt::text`] is what came so far.
    Line,
    /// The person gives up.
    Quit,
    /// Back to the shell for a while.
    Pause,
    /// The same, and a signal already asks for it.
    Stopped,
}

/// The line, and the sentence under it.
#[derive(Default)]
pub(super) struct Prompt {
    input: Input,
    /// Lines before this one that had no number, as an invitation has.
    before: Vec<String>,
    hint: Option<String>,
}

impl Prompt {
    /// A line that begins with this.
    pub(super) fn begun(typed: &str) -> Self {
        let mut prompt = Self::default();
        prompt.input.write(typed);
        prompt
    }

    /// A key. `more` says that others wait behind it, so that it was pasted rather than typed.
    pub(super) fn press(&mut self, key: &KeyEvent, more: bool) -> Step {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        self.hint = None;
        match key.code {
            KeyCode::Char('c') if ctrl => return Step::Quit,
            KeyCode::Char('d') if ctrl && self.input.text().is_empty() => return Step::Quit,
            KeyCode::Char('z') if ctrl => return Step::Pause,
            // Lines of a paste end with either, as the terminal likes.
            KeyCode::Char('j' | 'm') if ctrl => return Step::Line,
            KeyCode::Enter => return Step::Line,
            KeyCode::Tab if more => _ = self.input.write(" "),
            KeyCode::Tab => self.complete(),
            _ => self.input.edit(key),
        }
        Step::On
    }

    /// Text that was pasted as a whole. `true` if there is a code in it, so that nothing need be typed any more.
    pub(super) fn paste(&mut self, pasted: &str) -> bool {
        self.hint = None;
        if Code::find_in(pasted).is_some() {
            self.before = vec![pasted.to_owned()];
            self.input = Input::default();
            return true;
        }
        self.input.write(pasted.trim());
        false
    }

    /// All that came so far, the lines before this one first.
    pub(super) fn text(&self) -> String {
        let mut lines = self.before.clone();
        lines.push(self.input.text());
        lines.join("\n").trim().to_owned()
    }

    /// Keeps the line as part of an invitation whose code may follow. `false` if there were too many of them.
    pub(super) fn keep(&mut self) -> bool {
        self.before.push(self.input.text());
        self.input = Input::default();
        self.before.len() < LINES
    }

    /// Says why the line is no code, and lets it be mended.
    pub(super) fn refuse(&mut self, why: String) {
        self.before.clear();
        self.hint = Some(why);
    }

    /// The part of the line that fits into `space` columns, and the column of the cursor.
    pub(super) fn view(&self, space: u16) -> (String, u16) {
        self.input.view(space)
    }

    /// The sentence under the line.
    pub(super) fn hint(&self) -> String {
        let text = self.input.text();
        let typed = || if text.trim().is_empty() { text::code_hint().to_owned() } else { advice(&text) };
        self.hint.clone().unwrap_or_else(typed)
    }

    /// Completes the word before the cursor as far as it's clear, and tells which there are where it isn't.
    fn complete(&mut self) {
        let text = self.input.head();
        let stem: String = text.chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        let stem: String = stem.chars().rev().collect();
        let number = tokens(&text).next().is_none_or(|first| first == stem && tokens(&text).count() == 1);
        if number || stem.is_empty() {
            let nothing = if number { text::code_number() } else { text::code_nothing_to_complete() };
            self.hint = Some(nothing);
            return;
        }
        let found: Vec<&str> = completions(&stem).collect();
        match found.as_slice() {
            [] => self.hint = Some(text::code_no_word(&stem)),
            [word] => {
                // A dash where the next word is to come.
                let dash = tokens(&text).count() < 4 && text == self.input.text();
                self.replace(&stem, &format!("{word}{}", if dash { "-" } else { "" }));
            }
            several => {
                let common = common(several);
                self.replace(&stem, common);
                self.hint = Some(text::code_words(several));
            }
        }
    }

    fn replace(&mut self, stem: &str, word: &str) {
        stem.chars().for_each(|_| self.input.erase(false));
        self.input.write(word);
    }
}

/// What all of the words begin with.
fn common<'a>(words: &[&'a str]) -> &'a str {
    let Some((first, rest)) = words.split_first() else { return "" };
    let same = |word: &&str| first.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    &first[..rest.iter().map(same).min().unwrap_or(first.len())]
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// The first thing in a line that no code has, said while there is time to mend it; nothing if all is well so far.
fn advice(text: &str) -> String {
    if tokens(text).any(|token| token.eq_ignore_ascii_case("ingle")) {
        // The command of an invitation, typed as a whole.
        return String::new();
    }
    let ended = text.chars().last().is_some_and(|last| !last.is_alphanumeric());
    let all: Vec<&str> = tokens(text).collect();
    let Some((number, words)) = all.split_first() else { return text::code_number() };
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0') && number.len() <= 4;
    if !digits || (number.len() < 4 && (ended || !words.is_empty())) {
        return text::code_number();
    }
    for (at, word) in words.iter().enumerate() {
        let found: Vec<&str> = completions(word).collect();
        let open = at + 1 == words.len() && !ended;
        if found.is_empty() {
            return text::code_no_word(word);
        }
        if word.len() < ENOUGH && !open {
            return text::code_short_word(word, &found);
        }
    }
    match words.len() {
        4.. => text::code_too_many(),
        3 if Code::parse(text).is_ok() => text::code_complete(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Prompt {
        let mut prompt = Prompt::default();
        press(&mut prompt, keys);
        prompt
    }

    fn press(prompt: &mut Prompt, keys: &str) {
        for c in keys.chars() {
            let code = if c == '\t' { KeyCode::Tab } else { KeyCode::Char(c) };
            assert_eq!(prompt.press(&KeyEvent::new(code, KeyModifiers::NONE), false), Step::On);
        }
    }

    #[test]
    fn tab_completes_what_is_clear_and_shows_what_is_not() {
        assert_eq!(typed("4821-ott\t").text(), "4821-otter-");
        assert_eq!(typed("4821-ott\tLAM\tvio\t").text(), "4821-otter-lamp-violin");
        assert_eq!(typed("4821 ott\tlam\tvio\t").hint(), text::code_complete());
        let several = typed("4821-o\t");
        let all: Vec<_> = completions("o").collect();
        assert!(all.len() > 1 && several.hint().starts_with(all[0]), "{}", several.hint());
        assert_eq!(several.text(), format!("4821-{}", common(&all)));
        assert_eq!(typed("4821-\t").hint(), text::code_nothing_to_complete());
        assert_eq!(typed("4821\t").hint(), text::code_number());
        assert_eq!(typed("4821-qqq\t").hint(), text::code_no_word("qqq"));
        assert_eq!(typed("4821-qqq\t").text(), "4821-qqq");
    }

    #[test]
    fn completion_keeps_what_stands_behind_the_cursor() {
        let mut prompt = typed("4821-ott-lamp");
        for _ in 0..5 {
            prompt.press(&KeyEvent::new(KeyCode::Left, KeyModifiers::NONE), false);
        }
        // The cursor stands behind "ott".
        press(&mut prompt, "\t");
        assert_eq!(prompt.text(), "4821-otter-lamp");
    }

    #[test]
    fn wrong_letters_are_told_while_they_are_typed() {
        assert_eq!(typed("").hint(), text::code_hint());
        for fine in ["4", "4821", "4821-", "4821-o", "4821 ott", "4821-ott-l", "ingle join 48"] {
            assert_eq!(typed(fine).hint(), "", "{fine}");
        }
        assert_eq!(typed("4821-qq").hint(), text::code_no_word("qq"));
        assert_eq!(typed("4821-ottre-l").hint(), text::code_no_word("ottre"));
        for wrong in ["otter", "0821", "48211", "48 o", "x"] {
            assert_eq!(typed(wrong).hint(), text::code_number(), "{wrong}");
        }
        assert!(typed("4821-o-").hint().starts_with("\"o\" could be "));
        assert_eq!(typed("4821-otter-lamp-violin-otter").hint(), text::code_too_many());
        for sentence in [text::code_no_word("xy"), text::code_number(), text::code_too_many(), text::code_complete()] {
            assert!(sentence.ends_with('.') && sentence.is_ascii());
        }
    }

    #[test]
    fn an_invitation_is_taken_whole_or_line_by_line() {
        let invitation = text::invitation("4821-otter-lamp-violin", "relay.example:4433", "Tuesday 1900");
        let mut whole = Prompt::default();
        assert!(whole.paste(&invitation));
        assert_eq!(whole.text(), invitation);
        let mut part = Prompt::default();
        assert!(!part.paste("4821-otter-"));
        press(&mut part, "lam\tvio\t");
        assert_eq!(part.text(), "4821-otter-lamp-violin");
        let mut lines = Prompt::default();
        for line in invitation.lines() {
            press(&mut lines, line);
            assert_eq!(lines.press(&KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE), true), Step::Line);
            if Code::find_in(&lines.text()).is_some() {
                return;
            }
            assert!(lines.keep());
        }
        panic!("the code was not found");
    }

    #[test]
    fn endless_lines_have_an_end() {
        let mut prompt = Prompt::default();
        let lines = (0..1000).take_while(|_| prompt.keep()).count();
        assert_eq!(lines, LINES - 1);
    }

    #[test]
    fn control_keys() {
        let ctrl = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        let mut prompt = typed("4821");
        assert_eq!(prompt.press(&ctrl('d'), false), Step::On);
        assert_eq!(prompt.press(&ctrl('u'), false), Step::On);
        assert_eq!(prompt.text(), "");
        assert_eq!(prompt.press(&ctrl('d'), false), Step::Quit);
        assert_eq!(prompt.press(&ctrl('c'), false), Step::Quit);
        assert_eq!(prompt.press(&ctrl('z'), false), Step::Pause);
        assert_eq!(prompt.press(&ctrl('j'), false), Step::Line);
        // In pasted text a tab is a space.
        assert_eq!(prompt.press(&KeyEvent::new(KeyCode::Tab, KeyModifiers::NONE), true), Step::On);
        assert_eq!(prompt.hint(), text::code_hint());
    }
}
