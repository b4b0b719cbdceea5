//! Other keys than those of the table, by the names of what they do: `hand=h`, `mic=f5 ctrl-t`.

use std::sync::OnceLock;

use crossterm::event::KeyCode;

use super::binding::{Action, Binding, Context, Key, Menu};
use super::table::KEYMAP;

static BOUND: OnceLock<Vec<Binding>> = OnceLock::new();

/// The keys that hold in this program: the table's, or those that a person has chosen.
pub fn keymap() -> &'static [Binding] {
    BOUND.get().map_or(KEYMAP, Vec::as_slice)
}

/// Lets these keys hold from here on. Once, before the first screen.
pub fn hold(bindings: Vec<Binding>) {
    // Whoever comes second finds keys that hold already.
    let _ = BOUND.set(bindings);
}

/// What is wrong with keys that a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RebindError {
    /// It has no `=`, or nothing on one of its sides.
    Form(String),
    /// Nothing has this name; the most like it.
    NoAction(String, &'static str),
    /// No key is called so.
    NoKey(String),
    /// This key would write a letter where lines are written.
    Letter(String),
    /// A key that would do these two things.
    Twice(String, &'static str, &'static str),
    /// A key that is a letter of the menus.
    InMenus(String),
}

/// The table with other keys for some of what they do. `menus` tells which letters the menus have.
///
/// # Errors
/// [`RebindError`], of the first that is wrong.
pub fn rebound<S: AsRef<str>>(chosen: &[S], menus: impl Fn(char) -> bool) -> Result<Vec<Binding>, RebindError> {
    let mut all: Vec<Binding> = KEYMAP.to_vec();
    for line in chosen {
        let line = line.as_ref();
        let form = || RebindError::Form(line.to_owned());
        let (name, keys) = line.split_once('=').ok_or_else(form)?;
        let (name, keys) = (name.trim(), keys.trim());
        if name.is_empty() || keys.is_empty() {
            return Err(form());
        }
        let words: Vec<&str> = keys.split_whitespace().collect();
        let parsed = words.iter().map(|word| parse(word).ok_or_else(|| RebindError::NoKey((*word).to_owned())));
        let parsed: Vec<Key> = parsed.collect::<Result<_, _>>()?;
        let mut found = false;
        for binding in all.iter_mut().filter(|binding| can_be_chosen(binding) && self::name(binding.action) == name) {
            let writes = |key: &&Key| !key.ctrl && matches!(key.code, KeyCode::Char(_));
            if binding.contexts.contains(&Context::Writing) && parsed.iter().any(|key| writes(&key)) {
                return Err(RebindError::Letter(keys.to_owned()));
            }
            // Chosen once in the life of a program.
            binding.keys = Vec::leak(parsed.clone());
            binding.label = String::leak(words.join(" "));
            found = true;
        }
        if !found {
            return Err(RebindError::NoAction(name.to_owned(), nearest(name)));
        }
    }
    no_key_twice(&all, menus)?;
    Ok(all)
}

fn no_key_twice(all: &[Binding], menus: impl Fn(char) -> bool) -> Result<(), RebindError> {
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            let same_place = one.contexts.iter().any(|context| other.contexts.contains(context));
            if let (true, Some(key)) = (same_place, one.keys.iter().find(|key| other.keys.contains(key))) {
                return Err(RebindError::Twice(called(*key), name(one.action), name(other.action)));
            }
        }
        let in_menus = one.contexts.contains(&Context::Menu) && can_be_chosen(one);
        let letter = |key: &&Key| !key.ctrl && matches!(key.code, KeyCode::Char(c) if menus(c));
        if let Some(key) = one.keys.iter().find(letter).filter(|_| in_menus) {
            return Err(RebindError::InMenus(called(*key)));
        }
    }
    Ok(())
}

/// Whether its keys are a person's to choose: in the circle and at the door. What answers a question, reads a page or writes a line
/// is the same everywhere.
fn can_be_chosen(binding: &Binding) -> bool {
    let place = |context: &Context| Context::CIRCLE.contains(context) || *context == Context::Entrance;
    binding.contexts.iter().any(place)
}

/// The names of all that can be chosen, in the order of the table.
pub fn names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for binding in KEYMAP.iter().filter(|binding| can_be_chosen(binding)) {
        if !names.contains(&name(binding.action)) {
            names.push(name(binding.action));
        }
    }
    names
}

/// The name most like another: by the letters that they share at the start, and then by length.
fn nearest(typed: &str) -> &'static str {
    let shared = |name: &&'static str| {
        let start = name.chars().zip(typed.chars()).take_while(|(one, other)| one == other).count();
        let anywhere = typed.chars().filter(|c| name.contains(*c)).count();
        (start, anywhere, usize::MAX - name.len().abs_diff(typed.len()))
    };
    names().into_iter().max_by_key(shared).unwrap_or_default()
}

fn parse(word: &str) -> Option<Key> {
    let (ctrl, rest) = match word.strip_prefix("ctrl-") {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    let code = match rest {
        "space" => KeyCode::Char(' '),
        "enter" => KeyCode::Enter,
        "tab" => KeyCode::Tab,
        "esc" => KeyCode::Esc,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "insert" => KeyCode::Insert,
        "delete" => KeyCode::Delete,
        "backspace" => KeyCode::Backspace,
        _ if rest.len() > 1 && rest.starts_with('f') => {
            KeyCode::F(rest[1..].parse().ok().filter(|number| (1..=24).contains(number))?)
        }
        _ => {
            let mut letters = rest.chars();
            let only = letters.next().filter(|c| !c.is_whitespace() && !c.is_control())?;
            letters.next().is_none().then_some(KeyCode::Char(only))?
        }
    };
    // Terminals send these for keys of their own.
    let free = !ctrl || matches!(code, KeyCode::Char('a'..='h' | 'k' | 'l' | 'n'..='z'));
    free.then_some(Key { code, ctrl })
}

fn called(key: Key) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::PageUp => "pgup".to_owned(),
        KeyCode::PageDown => "pgdn".to_owned(),
        code => code.to_string().to_lowercase(),
    };
    if key.ctrl { format!("ctrl-{name}") } else { name }
}

/// What an action is called in the configuration.
fn name(action: Action) -> &'static str {
    use crate::session::Choice;
    match action {
        Action::Mic => "mic",
        Action::CloseMic => "close-mic",
        Action::Hand => "hand",
        Action::Write => "write",
        Action::Mute => "mute",
        Action::MuteAll => "mute-all",
        Action::Admit => "admit",
        Action::AdmitAll => "admit-all",
        Action::Remove => "remove",
        Action::Lock => "lock",
        Action::Try => "try",
        Action::GiveBack => "give-back",
        Action::Lead => "lead",
        Action::NewCode => "new-code",
        Action::Invite => "invite",
        Action::Copy => "copy",
        Action::CopyShort => "copy-short",
        Action::Picture => "qr-code",
        Action::Search => "search",
        Action::Agree => "agree",
        Action::SoundCheck => "sound-check",
        Action::Note => "note",
        Action::Rules => "rules",
        Action::Privacy => "privacy",
        Action::Verify => "verify",
        Action::Same => "same-words",
        Action::Differ => "other-words",
        Action::Up => "up",
        Action::Down => "down",
        Action::PageUp => "page-up",
        Action::PageDown => "page-down",
        Action::NextPanel => "next-panel",
        Action::Clear => "clear",
        Action::Help => "help",
        Action::Leave => "leave",
        Action::Yes => "yes",
        Action::No => "no",
        Action::EndForAll => "end-for-all",
        Action::Send => "send",
        Action::Suspend => "suspend",
        Action::Redraw => "redraw",
        Action::Ballot(Choice::Yes) => "vote-yes",
        Action::Ballot(Choice::No) => "vote-no",
        Action::Ballot(Choice::Abstain) => "abstain",
        Action::Aside => "stand-aside",
        Action::Block => "block",
        Action::Open(Menu::Turns) => "turns",
        Action::Open(Menu::Decide) => "decide",
        Action::Open(Menu::Care) => "care",
        Action::Open(Menu::Roles) => "roles",
        Action::Open(Menu::Sound) => "sound",
        Action::Next => "next",
        Action::Done => "done",
        Action::Pass => "pass",
        Action::Later => "later",
        Action::Skip => "skip",
        Action::People => "people",
        Action::Line => "line",
        Action::Aloud => "aloud",
        Action::Louder => "louder",
        Action::Plan => "plan",
        Action::Softer => "softer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(chosen: &[&str], action: Action) -> Vec<String> {
        let all = rebound(chosen, |c| c == 'f').expect("bound");
        let binding = all.iter().find(|binding| binding.action == action && can_be_chosen(binding)).expect("an action");
        binding.keys.iter().map(|key| called(*key)).collect()
    }

    #[test]
    fn what_keys_do_has_a_name_by_which_they_are_chosen() {
        assert_eq!(keys(&[], Action::Hand), ["r"]);
        assert_eq!(keys(&["hand=y"], Action::Hand), ["y"]);
        assert_eq!(keys(&[" mic = f5 ctrl-t "], Action::Mic), ["f5", "ctrl-t"]);
        // Two may change places.
        assert_eq!(keys(&["hand=h", "line=r"], Action::Line), ["r"]);
        assert!(rebound::<&str>(&[], |c| c.is_ascii_lowercase()).is_ok(), "the table has no key twice");
        let names = names();
        assert!(names.len() > 40 && names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |chosen: &[&str]| rebound(chosen, |c| c == 'f').expect_err("wrong");
        assert_eq!(wrong(&["hnad=h"]), RebindError::NoAction("hnad".into(), "hand"));
        assert_eq!(wrong(&["mut=7"]), RebindError::NoAction("mut".into(), "mute"));
        assert_eq!(wrong(&["hand=hyper-x"]), RebindError::NoKey("hyper-x".into()));
        for key in ["ctrl-m", "ctrl-i", "ctrl-1", "f99"] {
            assert_eq!(wrong(&[&format!("hand={key}")]), RebindError::NoKey(key.into()));
        }
        assert_eq!(wrong(&["hand"]), RebindError::Form("hand".into()));
        assert_eq!(wrong(&["hand= "]), RebindError::Form("hand= ".into()));
        assert_eq!(wrong(&["hand=e"]), RebindError::Twice("e".into(), "hand", "people"));
        assert_eq!(wrong(&["redraw=5"]), RebindError::Letter("5".into()));
        assert_eq!(wrong(&["mic=f"]), RebindError::InMenus("f".into()));
        // What answers questions stays as it is everywhere.
        assert!(matches!(wrong(&["yes=7"]), RebindError::NoAction(..)));
    }
}
