//! The pictures in the README and the guides are screens as they are drawn, cell by cell, with their colours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::super::home::{self, Home, HomeChoice};
use super::super::{Model, Theme};
use super::{buffer, decisions, screens, turns, written};
use crate::session::Room;

/// A cell, and the margin around the screen, in units of the picture.
const CELL: (usize, usize) = (9, 19);
const MARGIN: usize = 16;

/// Dark as most terminals are, and light where the reader's screen is.
const STYLE: &str = "
text { font: 15px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre }
.paper { fill: #16181d } .ink { fill: #dcdfe4 } .faint { fill: #939aa6 } .green { fill: #4ec97b } .black { fill: #08090b }
.on-green { fill: #4ec97b } .on-yellow { fill: #e3b341 }
.bold { font-weight: bold } .under { text-decoration: underline }
@media (prefers-color-scheme: light) {
.paper { fill: #fbfaf7 } .ink { fill: #1f2328 } .faint { fill: #626973 } .green { fill: #14753a }
}
";

#[test]
fn the_pictures_are_the_screens() {
    let (busy, model) = screens::busy();
    let mut waiting = Room::default();
    screens::at_the_door(&mut waiting);
    let seen = |room: &Room| drawn(&Model::new(80, 24), room);
    let pictures = [
        ("room", "A group in ingle, as its facilitator sees it", drawn(&model, &busy)),
        ("home", "What ingle asks when it is started by itself", at_home()),
        ("door", "What a member sees at the door", seen(&waiting)),
        ("round", "A check-in round that has come to the member who looks on", seen(&turns::round(4))),
        ("vote", "A secret vote that waits for a member's answer", seen(&decisions::secret(8))),
    ];
    for (name, title, cells) in pictures {
        written::whole(&format!("docs/pictures/{name}.svg"), &picture(title, &cells));
    }
}

fn drawn(model: &Model, room: &Room) -> Buffer {
    buffer(model, room, (80, 24), Theme::new(true, false)).0
}

fn at_home() -> Buffer {
    let area = Rect::new(0, 0, 80, 24);
    let mut cells = Buffer::empty(area);
    let choice = HomeChoice { name: "Ana".into(), ..HomeChoice::default() };
    home::draw(&Home::new(false, choice, home::Elsewhere::default(), None), &mut cells, area, &Theme::new(true, false));
    cells
}

fn picture(title: &str, cells: &Buffer) -> String {
    let (columns, rows) = (usize::from(cells.area.width), usize::from(cells.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\n"
    );
    // What is drawn and not written, by its class: grounds, rules, and bars of loudness.
    let mut shapes: BTreeMap<&str, String> = BTreeMap::new();
    let mut words = String::new();
    for row in 0..rows {
        let line: Vec<&Cell> = (0..columns).map(|column| &cells[(column as u16, row as u16)]).collect();
        let mut column = 0;
        while column < columns {
            let look = look(line[column]);
            let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
            let (text, taken) = run(&line[column..], &look);
            if let Some(paper) = look.paper {
                let wide = taken * CELL.0;
                let _ = write!(shapes.entry(paper).or_default(), "M{x} {y}h{wide}v{}h-{wide}z", CELL.1);
            }
            match shape(&text, x, y) {
                Some(shape) => shapes.entry(look.ink).or_default().push_str(&shape),
                None if text.trim().is_empty() => {}
                None => words += &written_at(x, y, &text, &look),
            }
            column += taken;
        }
    }
    for (class, path) in shapes.iter().rev() {
        let _ = writeln!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
    }
    svg + &words + "</svg>\n"
}

/// How a cell looks, as classes of [`STYLE`].
#[derive(PartialEq)]
struct Look {
    ink: &'static str,
    paper: Option<&'static str>,
    more: String,
}

fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let ink = match cell.fg {
        Color::Reset if has(Modifier::DIM) => "faint",
        Color::Reset => "ink",
        Color::Green => "green",
        Color::Black => "black",
        other => panic!("no colour for {other:?} in the picture"),
    };
    let paper = match cell.bg {
        Color::Reset => None,
        Color::Green | Color::LightGreen => Some("on-green"),
        Color::Yellow | Color::LightYellow => Some("on-yellow"),
        other => panic!("no colour for {other:?} in the picture"),
    };
    let more = [(Modifier::BOLD, " bold"), (Modifier::UNDERLINED, " under")];
    let more = more.iter().filter(|(modifier, _)| has(*modifier)).map(|(_, class)| *class).collect();
    if has(Modifier::REVERSED) {
        return Look { ink: paper.unwrap_or("paper"), paper: Some(ink), more };
    }
    Look { ink, paper, more }
}

/// The longest piece of text from here on that looks alike, and its cells. A sign that isn't ASCII stands alone: its width
/// depends on the font.
fn run(cells: &[&Cell], first: &Look) -> (String, usize) {
    if !cells[0].symbol().is_ascii() {
        return (cells[0].symbol().to_owned(), 1);
    }
    let alike = |cell: &&&Cell| cell.symbol().is_ascii() && look(cell) == *first;
    let mut text: String = cells.iter().take_while(alike).map(|cell| cell.symbol()).collect();
    // Two spaces end a piece, and those before the next are a piece of their own.
    let spaces = text.len() - text.trim_start().len();
    text.truncate(if spaces > 0 { spaces } else { text.find("  ").unwrap_or(text.len()) });
    let taken = text.len();
    (text, taken)
}

fn written_at(x: usize, y: usize, text: &str, look: &Look) -> String {
    let class = format!("{}{}", look.ink, look.more);
    let text_of = text.replace('&', "&amp;").replace('<', "&lt;");
    let base = y + 14;
    if text.is_ascii() {
        let length = text.trim_end().len() * CELL.0;
        let text = text_of.trim_end();
        format!("<text class=\"{class}\" x=\"{x}\" y=\"{base}\" textLength=\"{length}\">{text}</text>\n")
    } else {
        let middle = x + CELL.0 / 2;
        format!("<text class=\"{class}\" x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\">{text_of}</text>\n")
    }
}

/// Rules and bars are drawn, so that they meet whatever the font.
fn shape(symbol: &str, x: usize, y: usize) -> Option<String> {
    let (wide, high) = CELL;
    Some(match symbol {
        "─" => format!("M{x} {}h{wide}v1h-{wide}z", y + high / 2),
        "│" => format!("M{} {y}h1v{high}h-1z", x + wide / 2),
        _ => {
            let level = "▁▂▃▄▅▆▇".chars().position(|bar| symbol == bar.to_string())? + 1;
            let top = high - high * level / 8;
            format!("M{x} {}h{}v{}h-{1}z", y + top, wide - 1, high - top)
        }
    })
}
