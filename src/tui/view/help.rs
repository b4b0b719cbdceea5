//! The help: what can be done at this moment, then every key, menu and command; or what of it has the words that are looked for.

use super::item::item;
use crate::command::{COMMANDS, Use};
use crate::session::{Phase, Room, Speaker};
use crate::text::{self, search};
use crate::tui::canvas::{width, wrap};
use crate::tui::guide::label;
use crate::tui::help::Help;
use crate::tui::keymap::{self, Action, Binding, Context, Who};
use crate::tui::menu::LINES;

/// A part of the help.
enum Part {
    /// Between two parts.
    Gap,
    /// A sentence by itself.
    Sentence(String),
    /// A key or a command, the columns that it has, and what it does.
    Item(String, u16, &'static str),
}

/// What stands above it.
pub(super) fn heading(page: &Help) -> String {
    match &page.search {
        Some(input) => search::searching(&input.text()),
        None => text::WHAT_YOU_CAN_DO.to_owned(),
    }
}

/// The column of the cursor in the heading while it is written.
pub(super) fn cursor(page: &Help) -> u16 {
    let head = page.search.as_ref().map(|input| input.head()).unwrap_or_default();
    width(&search::searching(&head))
}

/// Its lines, wrapped to `columns`.
pub(super) fn lines(page: &Help, room: &Room, columns: u16) -> Vec<String> {
    let wanted = page.wanted();
    if wanted.is_empty() {
        return parts(room).into_iter().flat_map(|part| shown(part, columns)).collect();
    }
    let mut found: Vec<(String, u16, &str)> = Vec::new();
    for part in parts(room) {
        let Part::Item(word, column, sentence) = part else { continue };
        let has = search::is_found(&wanted, &format!("{word} {sentence}"));
        // What can be done now stands among everything once more.
        if has && !found.iter().any(|(known, ..)| *known == word) {
            found.push((word, column, sentence));
        }
    }
    if found.is_empty() {
        return wrap(&search::nothing_found(&wanted), columns);
    }
    let column = found.iter().map(|(_, column, _)| *column).max().unwrap_or_default();
    found.iter().flat_map(|(word, _, sentence)| item(word, column, sentence, columns)).collect()
}

fn shown(part: Part, columns: u16) -> Vec<String> {
    match part {
        Part::Gap => vec![String::new()],
        Part::Sentence(sentence) => wrap(&sentence, columns),
        Part::Item(word, column, sentence) => item(&word, column, sentence, columns),
    }
}

/// The keys that do something for this person at this moment, what is asked first.
fn now(room: &Room, inside: bool) -> impl Iterator<Item = Part> {
    let contexts: Vec<Context> = match inside {
        true => Context::CIRCLE.into_iter().filter(|context| context.asks(room)).collect(),
        false => vec![Context::Entrance],
    };
    let rank = |binding: &&Binding| {
        let place = contexts.iter().position(|context| binding.contexts.contains(context));
        // The ways on and out come last.
        let last = matches!(binding.action, Action::Help | Action::Leave);
        (place, last, binding.footer.map_or(u8::MAX, |(rank, _)| rank))
    };
    let shown = |binding: &&Binding| binding.who.may(room) && !binding.help.is_empty() && binding.footer.is_some();
    let mut now: Vec<&Binding> = keymap::bindings(&contexts).filter(shown).collect();
    now.sort_by_key(rank);
    // What concerns sound is for when there is trouble with it.
    now.retain(|binding| binding.action != Action::Aloud || room.speaker == Speaker::Paused);
    now.into_iter().map(key)
}

fn key(binding: &Binding) -> Part {
    Part::Item(binding.label.to_owned(), 11, binding.help.get())
}

/// The keys, the menus and the commands of this person, from the tables.
fn parts(room: &Room) -> Vec<Part> {
    let mine = room.am_facilitator();
    let inside = !matches!(room.phase, Phase::Connecting | Phase::Waiting);
    let contexts: &'static [Context] = if inside { &Context::CIRCLE } else { &[Context::Entrance] };
    // What can be done now comes first, on one page.
    let mut parts: Vec<Part> = now(room, inside).collect();
    parts.extend([Part::Gap, Part::Sentence(text::EVERYTHING.to_owned())]);
    // What always works comes first, then what is only for when something is asked, and the pages' own keys.
    let of = |context: &'static Context| keymap::keymap().iter().filter(|binding| binding.contexts.contains(context));
    let pages: &'static [Context] = if inside { &[Context::Helping, Context::Inviting] } else { &[Context::Helping] };
    let mut menus = Vec::new();
    let all = contexts.iter().rev().chain(pages).flat_map(of);
    for binding in all.filter(|binding| binding.who == Who::Everybody || mine) {
        if !binding.help.is_empty() {
            parts.push(key(binding));
        }
        if let Action::Open(menu) = binding.action {
            menus.push((menu, binding.label));
        }
    }
    for (menu, key) in menus {
        let known = LINES.iter().filter(|line| line.menu == menu && (line.who == Who::Everybody || mine));
        parts.extend([Part::Gap, Part::Sentence(text::after_key(menu.heading(), key))]);
        parts.extend(known.map(|line| Part::Item(format!("{key} {}", line.key), 11, line.help.get())));
    }
    if inside {
        parts.extend([Part::Gap, Part::Sentence(text::commands_after(label(Context::Room, Action::Write)))]);
        let commands = COMMANDS.iter().filter(|entry| entry.needs != Use::Facilitator || mine);
        parts.extend(commands.map(|entry| {
            let form = format!("/{} {}", entry.typed, entry.argument);
            Part::Item(form.trim_end().to_owned(), 18, entry.word.help())
        }));
    }
    parts.push(Part::Gap);
    parts.extend(text::explain_privacy().iter().map(|sentence| Part::Sentence((*sentence).to_owned())));
    parts
}
