//! Hardly any screen: the speaker, whether I am heard, and the way to help, in the rows there are.

use super::microphone::heard;
use super::scene::Scene;
use super::{header, help};
use crate::session::{Phase, Room, Speaker};
use crate::text::strip::{self, Lengths, YesNo};
use crate::text::{self, Heard};
use crate::tui::canvas::{Canvas, width};
use crate::tui::guide::{keys, label};
use crate::tui::keymap::{Action, Context};
use crate::tui::menu;
use crate::tui::model::Page;
use crate::tui::theme::Theme;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let rows = canvas.height();
    let lines = match (&scene.model.page, &scene.room.phase) {
        (Some(page), phase) if !matches!(phase, Phase::Over(_)) => asked(scene, page, rows),
        _ => told(scene, rows, theme),
    };
    for (y, line) in (0..rows).zip(lines) {
        let best = line.iter().find(|text| width(text) <= canvas.width()).or(line.last());
        canvas.put(0, y, best.map_or("", String::as_str), theme.text());
    }
}

fn told(scene: Scene<'_>, rows: u16, theme: &Theme) -> Vec<Lengths> {
    let room = scene.room;
    let inside = matches!(room.phase, Phase::In | Phase::Returning(_));
    if rows == 1 {
        return vec![single(scene, inside, theme)];
    }
    let mut lines = vec![strip::state(room, scene.now).to_vec()];
    if inside {
        lines.push(heard(room).words().map(str::to_owned).into());
        lines.extend(text::sound_row(room, keys(room)));
    }
    let asked = || text::asked_of_me(room, keys(room));
    lines.extend(comparing(scene).or_else(asked).or_else(|| text::decided_so_far(room)));
    lines.extend(notice(scene));
    if let (true, Some(block)) = (inside && rows >= 4, text::turn_blocks(room, scene.now).first()) {
        lines.push(vec![block.short()]);
    }
    if rows >= 5 {
        lines.insert(0, vec![header::title(room).to_owned()]);
        let (long, short) = text::privacy_mark(room, scene.now);
        if !long.is_empty() {
            lines.insert(1, vec![long, short.to_owned()]);
        }
    }
    if rows >= 3 {
        lines.truncate(usize::from(rows) - 1);
        lines.push(strip::keys_row(room, keys(room)));
    }
    lines
}

/// What matters most in one line: a notice, what is asked of me, or what goes on and the way to help.
fn single(scene: Scene<'_>, inside: bool, theme: &Theme) -> Lengths {
    let room = scene.room;
    let keys = keys(room);
    let asked = || comparing(scene).or_else(|| text::asked_of_me(room, keys));
    if let Some(line) = notice(scene).or_else(asked) {
        return line;
    }
    let sound = text::sound_row(room, keys).filter(|_| inside);
    if let (Some(row), Speaker::Paused) = (&sound, room.speaker) {
        return row.clone();
    }
    let dot = theme.glyphs.dot;
    let [mut long, mut short] = strip::state(room, scene.now);
    if let (Some(row), Speaker::Fault(_)) = (&sound, room.speaker) {
        let nothing = row.last().cloned().unwrap_or_default();
        (long, short) = (nothing.clone(), nothing);
    }
    if inside {
        let (mic, help) = (heard(room).words(), strip::help(keys));
        return vec![
            format!("{long} {dot} {} {dot} {help}", mic[0]),
            format!("{short} {dot} {} {dot} {help}", mic[1]),
            format!("{short} {dot} {}", mic[1]),
            mic[1].to_owned(),
            mic[2].to_owned(),
            mark(room, theme).to_owned(),
        ];
    }
    let leave = strip::leave(room, keys);
    if room.phase == Phase::Waiting && !room.agreed {
        let [all, agree] = strip::at_the_door(keys);
        return vec![
            format!("{long} {dot} {all} {dot} {leave}"),
            format!("{long} {dot} {agree} {dot} {leave}"),
            long,
            short,
        ];
    }
    vec![format!("{long} {dot} {leave}"), long, short]
}

fn notice(scene: Scene<'_>) -> Option<Lengths> {
    let notice = scene.model.notice.as_ref().map(|notice| notice.text.clone());
    let standing = || super::notice::standing(scene);
    notice.or(scene.model.question(scene.room)).or_else(standing).map(|text| vec![text])
}

fn comparing(scene: Scene<'_>) -> Option<Lengths> {
    strip::comparing(scene.room, scene.now, keys(scene.room))
}

fn mark(room: &Room, theme: &Theme) -> &'static str {
    match heard(room) {
        Heard::Open | Heard::NoLine(true) | Heard::NoSeat(true) => theme.glyphs.open,
        Heard::Closed | Heard::Opening | Heard::OpensInside | Heard::NoLine(false) | Heard::NoSeat(false) => {
            theme.glyphs.closed
        }
        Heard::Muted(_) | Heard::MuteAll(_) | Heard::Stick(_) | Heard::Checked | Heard::Fault(_) | Heard::NoMic => {
            theme.glyphs.muted
        }
    }
}

/// A question or a page: as many of its lines as fit, and the keys.
fn asked(scene: Scene<'_>, page: &Page, rows: u16) -> Vec<Lengths> {
    let room = scene.room;
    let all = room.am_facilitator().then(|| label(Context::Asking, Action::EndForAll));
    let (yes, no) = (label(Context::Asking, Action::Yes), label(Context::Asking, Action::No));
    let yes_no = YesNo { yes, no, all };
    let back = label(Context::Reading, Action::No);
    let mut lines: Vec<Lengths> = match page {
        Page::Leave(selected) => {
            let next = room.successor(selected.and_then(|pick| pick.seat(room)));
            vec![strip::leave_question(next.and_then(|seat| room.state.circle.name(seat)), yes_no)]
        }
        Page::Remove(pick) => {
            let name = pick.seat(room).and_then(|seat| room.state.circle.name(seat));
            vec![strip::remove_question(name, yes_no)]
        }
        Page::Decline(attempt) => {
            let waiting = room.door.iter().find(|waiting| waiting.attempt == *attempt);
            vec![strip::decline_question(waiting.map(|waiting| waiting.name.as_str()), yes_no)]
        }
        Page::End => vec![strip::end_question(yes_no)],
        Page::Help(page) if page.search.is_some() => {
            let found = help::lines(page, room, u16::MAX).into_iter().map(|line| vec![line]);
            std::iter::once(vec![help::heading(page)]).filter(|_| rows > 1 || page.writes).chain(found).collect()
        }
        Page::Help(_) => vec![strip::help_page(keys(room), label(Context::Room, Action::Write), back)],
        Page::Menu(menu, _) if rows == 1 => {
            let keys: Vec<_> = menu::lines(*menu, room).iter().map(|line| line.key.to_string()).collect();
            vec![strip::menu(menu.heading(), &keys, back)]
        }
        Page::Menu(menu, top) => {
            let lines = menu::lines(*menu, room);
            let back = std::iter::once(vec![strip::back(back)]);
            lines.iter().skip(*top).map(|line| vec![format!("{} {}", line.key, line.help)]).chain(back).collect()
        }
        Page::Picture(links) => links.iter().take(1).map(|link| vec![link.clone()]).collect(),
        Page::Text(_, lines, top) | Page::Invite(lines, top) => {
            lines.iter().skip(*top).map(|line| vec![line.clone()]).collect()
        }
    };
    lines.truncate(usize::from(rows));
    lines
}
