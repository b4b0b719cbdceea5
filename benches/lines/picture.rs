//! The figures as a picture: score and delay against what the line loses and against what it carries.
//!
//! Lines differ by shape and dashes as well as by colour, and the picture follows a reader who has a dark screen.

use std::fmt::Write as _;

use crate::peers::{self, middle};
use crate::table::Row;

/// One program with one setting.
struct Series {
    name: String,
    /// Number of its look.
    look: usize,
    /// What the talker sends on a clean line.
    kbps: Option<f64>,
    /// Line, score, delay in milliseconds.
    points: Vec<(String, Option<f64>, Option<f64>)>,
}

/// Lines in the order in which they get worse, with what is written below them.
const LOSING: [(&str, &str); 5] =
    [("clean", "0 %"), ("loss5", "10 %"), ("burst10", "19 %, bursts"), ("loss20", "36 %"), ("loss40", "64 %")];
const NARROW: [(&str, &str); 5] = [
    ("clean", "no limit"),
    ("sat", "satellite"),
    ("edge", "48 kbps"),
    ("narrow32", "32 kbps"),
    ("narrow16", "16 kbps"),
];
/// Size of the whole, and of one panel inside its axes.
const SIZE: (f64, f64) = (980.0, 720.0);
const PANEL: (f64, f64) = (390.0, 240.0);
/// Where the panels begin.
const COLUMNS: [f64; 2] = [70.0, 560.0];
const ROWS: [f64; 2] = [110.0, 430.0];
/// The axes: least, most, and what is between two lines of the grid.
const SCORE: (f64, f64, f64) = (1.0, 4.5, 0.5);
const DELAY: (f64, f64, f64) = (0.0, 800.0, 100.0);
const LONG_DELAY: (f64, f64, f64) = (0.0, 1500.0, 250.0);

const STYLE: &str = "
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .small { font-size: 12px } .title { font-weight: 600 }
  .ground { fill: #ffffff } .grid { stroke: #d0d7de; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 } .mark { stroke-width: 2 } .hollow { fill: #ffffff }
  .c0 { stroke: #0b5fb0 } .f0 { fill: #0b5fb0 } .c1 { stroke: #0b5fb0 } .c2 { stroke: #b35900 } .f2 { fill: #b35900 }
  .c3 { stroke: #b35900 } .c4 { stroke: #5f6b76 } .f4 { fill: #5f6b76 } .c5 { stroke: #5f6b76 }
  .line.c0 { stroke-width: 3.5 }
  .line.c1 { stroke-dasharray: 9 4; stroke-width: 3 } .line.c3 { stroke-dasharray: 6 4 } .line.c5 { stroke-dasharray: 2 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .ground { fill: #0d1117 } .grid { stroke: #30363d } .hollow { fill: #0d1117 }
    .c0, .c1 { stroke: #6cb6ff } .f0 { fill: #6cb6ff } .c2, .c3 { stroke: #f0a35e } .f2 { fill: #f0a35e }
    .c4, .c5 { stroke: #a5b1bd } .f4 { fill: #a5b1bd }
  }
";

/// The picture as SVG.
pub fn draw(rows: &[Row]) -> String {
    let all = series(rows);
    let (width, height) = SIZE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">Score and delay of ingle and its peers on lines that lose \
         more and more, and on lines that carry less and less</title>\n<style>{STYLE}</style>\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    legend(&mut out, &all);
    let panels = [
        (0, 0, "PESQ (more is better), by loss from talker to listener", &LOSING, SCORE),
        (1, 0, "PESQ (more is better), by the rate of the line", &NARROW, SCORE),
        (0, 1, "Mouth to ear, ms (less is better), by loss", &LOSING, DELAY),
        (1, 1, "Mouth to ear, ms (less is better), by the rate of the line", &NARROW, LONG_DELAY),
    ];
    for (column, row, title, lines, axis) in panels {
        Panel { left: COLUMNS[column], top: ROWS[row], axis, lines, delays: row == 1 }.draw(&mut out, title, &all);
    }
    out.push_str("</svg>\n");
    out
}

fn series(rows: &[Row]) -> Vec<Series> {
    let ours = [("ingle, auto", "auto"), ("ingle, thin", "thin")].into_iter().zip(0..).map(|((name, plan), look)| {
        let there = rows.iter().filter(|row| row.plan == plan && row.calls > 0);
        let kbps = there.clone().find(|row| row.profile == "clean").map(|row| row.kbps[0]);
        let points = there.map(|row| (row.profile.clone(), row.pesq, row.delay_ms)).collect();
        Series { name: name.into(), look, kbps, points }
    });
    let mut all: Vec<Series> = ours.filter(|series| !series.points.is_empty()).collect();
    let looks = [("WebRTC 32k/20ms", 2), ("WebRTC 8k/60ms", 3), ("Mumble 40k/20ms", 4), ("Mumble 8k/60ms", 5)];
    all.extend(looks.into_iter().map(|(name, look)| {
        let there: Vec<_> = peers::all().into_iter().filter(|peer| peer.name == name).collect();
        let clean = there.iter().find(|peer| peer.profile == "clean");
        let kbps = clean.and_then(|peer| peer.kbps_up).map(|range| middle(Some(range)));
        let points = there.into_iter().map(|peer| {
            let [pesq, delay] = [peer.pesq, peer.delay_ms].map(|range| range.map(|range| middle(Some(range))));
            (peer.profile, pesq, delay)
        });
        Series { name: name.into(), look, kbps, points: points.collect() }
    }));
    all
}

fn legend(out: &mut String, all: &[Series]) {
    for (series, n) in all.iter().zip(0..) {
        let (x, y) = (COLUMNS[0] - 40.0 + 310.0 * f64::from(n / 2), 24.0 + 24.0 * f64::from(n % 2));
        let _ = writeln!(out, "<path class=\"line c{}\" d=\"M{x} {y}h40\"/>", series.look);
        mark(out, series.look, x + 20.0, y);
        let clean = series.kbps.map_or(String::new(), |kbps| format!(" ({kbps:.0} kbps when clean)"));
        text(out, "small", "start", x + 50.0, y + 4.0, &format!("{}{clean}", series.name));
    }
}

struct Panel<'a> {
    left: f64,
    top: f64,
    axis: (f64, f64, f64),
    lines: &'a [(&'a str, &'a str)],
    /// Whether it shows delays.
    delays: bool,
}

impl Panel<'_> {
    fn x(&self, place: usize) -> f64 {
        self.left + PANEL.0 * (place as f64 + 0.5) / self.lines.len() as f64
    }

    fn y(&self, value: f64) -> f64 {
        let (least, most, _) = self.axis;
        self.top + PANEL.1 * (1.0 - (value.clamp(least, most) - least) / (most - least))
    }

    fn draw(&self, out: &mut String, title: &str, all: &[Series]) {
        text(out, "title", "start", self.left - 40.0, self.top - 16.0, title);
        let (least, most, step) = self.axis;
        for n in 0..=((most - least) / step).round() as u32 {
            let value = least + step * f64::from(n);
            let (y, digits) = (self.y(value), usize::from(step < 1.0));
            let _ = writeln!(out, "<path class=\"grid\" d=\"M{} {y:.1}h{}\"/>", self.left, PANEL.0);
            text(out, "small", "end", self.left - 8.0, y + 4.0, &format!("{value:.digits$}"));
        }
        for (place, (_, label)) in self.lines.iter().enumerate() {
            text(out, "small", "middle", self.x(place), self.top + PANEL.1 + 20.0, label);
        }
        // Ours last, so that nothing hides them.
        for series in all.iter().rev() {
            let value = |name: &str| {
                let (_, score, delay) = series.points.iter().find(|(line, ..)| line == name)?;
                if self.delays { *delay } else { *score }
            };
            let points: Vec<Option<(f64, f64)>> = (self.lines.iter().enumerate())
                .map(|(place, (name, _))| Some((self.x(place), self.y(value(name)?))))
                .collect();
            let mut path = String::new();
            for (at, point) in points.iter().enumerate() {
                if let Some((x, y)) = point {
                    let joined = at > 0 && points[at - 1].is_some();
                    let _ = write!(path, "{}{x:.1} {y:.1}", if joined { 'L' } else { 'M' });
                }
            }
            let _ = writeln!(out, "<path class=\"line c{}\" d=\"{path}\"/>", series.look);
            points.iter().flatten().for_each(|(x, y)| mark(out, series.look, *x, *y));
        }
    }
}

/// A full or hollow circle, square or triangle.
fn mark(out: &mut String, look: usize, x: f64, y: f64) {
    let fill = if look.is_multiple_of(2) { format!("f{look}") } else { "hollow".into() };
    let shape = match look / 2 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\""),
        1 => format!("<rect x=\"{:.1}\" y=\"{:.1}\" width=\"9\" height=\"9\"", x - 4.5, y - 4.5),
        _ => format!("<path d=\"M{x:.1} {:.1}l5.5 10h-11z\"", y - 6.0),
    };
    let _ = writeln!(out, "{shape} class=\"mark c{look} {fill}\"/>");
}

fn text(out: &mut String, class: &str, anchor: &str, x: f64, y: f64, words: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{words}</text>");
}
