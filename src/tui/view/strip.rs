//! Hardly any screen: who speaks, whether I am heard, and the way to help, in as many rows as there are.

use super::microphone::heard;
use super::{Scene, decide, header, verify};
use crate::session::{Phase, Room};
use crate::text;
use crate::tui::canvas::{Canvas, width};
use crate::tui::{Page, menu, theme::Theme};

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

/// One line in several lengths, the longest first.
type Line = Vec<String>;

fn told(scene: Scene<'_>, rows: u16, theme: &Theme) -> Vec<Line> {
    let room = scene.room;
    let dot = theme.glyphs.dot;
    let (long, short) = state(scene);
    let mic = heard(room).words();
    let notice = scene.model.notice.as_ref().map(|notice| notice.text.clone()).or(scene.model.question());
    let notice = notice.map(|text| vec![text]);
    let leave = if matches!(room.phase, Phase::Over(_)) { "close" } else { "leave" };
    let inside = matches!(room.phase, Phase::In | Phase::Returning(_));
    if rows == 1 {
        return match (notice.or_else(|| verify::line(scene)).or_else(|| decide::line(room)), inside) {
            (Some(line), _) => vec![line],
            (None, false) if room.phase == Phase::Waiting && !room.agreed => {
                vec![vec![
                    format!("{long} {dot} g rules, a agree, s sound check {dot} q {leave}"),
                    format!("{long} {dot} a agree {dot} q {leave}"),
                    long,
                    short,
                ]]
            }
            (None, false) => vec![vec![format!("{long} {dot} q {leave}"), long, short]],
            (None, true) => vec![vec![
                format!("{long} {dot} {} {dot} ? help", mic[0]),
                format!("{short} {dot} {} {dot} ? help", mic[1]),
                format!("{short} {dot} {}", mic[1]),
                mic[1].to_owned(),
                mic[2].to_owned(),
                mark(room, theme).to_owned(),
            ]],
        };
    }
    let mut lines = vec![vec![long, short]];
    if inside {
        lines.push(mic.map(str::to_owned).into());
    }
    lines.extend(verify::line(scene).or_else(|| decide::line(room)).or_else(|| text::decided_so_far(room)));
    lines.extend(notice);
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
        let waits = room.phase == Phase::Waiting;
        let keys = if waits {
            format!("g rules   a agree   s sound   q {leave}")
        } else if inside {
            "space mic   ? help   q leave".to_owned()
        } else {
            format!("q {leave}")
        };
        let short = if waits { "a agree  q leave" } else { "? help  q leave" };
        lines.push(vec![keys, short.to_owned(), "? q".to_owned()]);
    }
    lines
}

/// What goes on, in a sentence and in a word or two.
fn state(scene: Scene<'_>) -> (String, String) {
    let room = scene.room;
    match &room.phase {
        Phase::Connecting => ("Looking for the group".to_owned(), "looking".to_owned()),
        Phase::Waiting => ("You are at the door".to_owned(), "at the door".to_owned()),
        Phase::Over(ended) => {
            let (message, _) = text::ended(ended);
            (message.clone(), "over".to_owned())
        }
        Phase::In if room.me.is_some_and(|me| room.state.is_turn_of(me)) => {
            ("It is your turn".to_owned(), "your turn".to_owned())
        }
        Phase::In | Phase::Returning(_) => {
            let speaking = text::speaking(room, scene.now).0;
            (speaking.replace("Nobody is speaking", "Nobody speaks").replace(" is speaking", " speaks"), first(room))
        }
    }
}

fn first(room: &Room) -> String {
    if matches!(room.phase, Phase::Returning(_)) {
        return "line cut".to_owned();
    }
    let first = room.speakers().into_iter().find(|seat| !room.floor_muted(*seat));
    first.and_then(|seat| room.state.name(seat)).map_or("quiet".to_owned(), str::to_owned)
}

fn mark(room: &Room, theme: &Theme) -> &'static str {
    match heard(room) {
        super::microphone::Heard::Open => theme.glyphs.open,
        super::microphone::Heard::Closed => theme.glyphs.closed,
        _ => theme.glyphs.muted,
    }
}

/// A question or a page: as many of its lines as fit, and the keys.
fn asked(scene: Scene<'_>, page: &Page, rows: u16) -> Vec<Line> {
    let room = scene.room;
    let facilitator = room.am_facilitator();
    let mut lines: Vec<Line> = match page {
        Page::Leave if facilitator => vec![vec!["Leave? y n, e end for all".to_owned(), "leave? y n e".to_owned()]],
        Page::Leave => vec![vec!["Leave the group? y n".to_owned(), "leave? y n".to_owned()]],
        Page::Remove(pick) => {
            let name = pick.seat(room).and_then(|seat| room.state.name(seat)).unwrap_or("someone who is gone");
            vec![vec![format!("Remove {name}? y n"), "remove? y n".to_owned()]]
        }
        Page::Decline(attempt) => {
            let waiting = room.door.iter().find(|waiting| waiting.attempt == *attempt);
            let name = waiting.map_or("someone who went away", |waiting| waiting.name.as_str());
            vec![vec![format!("Not let {name} in? y n"), "decline? y n".to_owned()]]
        }
        Page::Help(_) => {
            let keys = "space mic, r hand, enter write, q leave, esc back";
            vec![vec![keys.to_owned(), "space r enter q".to_owned()]]
        }
        Page::Menu(menu, _) if rows == 1 => {
            let keys: Vec<_> = menu::lines(*menu, room).iter().map(|line| line.key.to_string()).collect();
            vec![vec![format!("{}: {}, esc back", menu.heading(), keys.join(" ")), keys.join(" ")]]
        }
        Page::Menu(menu, top) => {
            let lines = menu::lines(*menu, room);
            let back = std::iter::once(vec!["esc back".to_owned()]);
            lines.iter().skip(*top).map(|line| vec![format!("{} {}", line.key, line.help)]).chain(back).collect()
        }
        Page::Text(_, lines, top) => lines.iter().skip(*top).map(|line| vec![line.clone()]).collect(),
    };
    lines.truncate(usize::from(rows));
    lines
}
