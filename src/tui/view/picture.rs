//! The link of an invitation for a camera, over the whole screen; or a sentence where there is no room.

use ratatui::layout::Rect;

use crate::text::qr;
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::qr::Picture;

/// Draws the first of these links that has room, shorter ones behind longer ones.
pub(super) fn draw(links: &[String], canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    // The last row has the keys.
    let (columns, rows) = (canvas.width(), canvas.height().saturating_sub(1));
    let mut part = canvas.part(Rect::new(0, 0, columns, rows));
    part.clear();
    part.focus(0, 0);
    let pictures: Vec<_> = links.iter().filter_map(|link| Picture::of(link)).collect();
    let Some(last) = pictures.last() else {
        return lines(vec![qr::NO_PICTURE.to_owned()], &mut part);
    };
    let fits = |picture: &&Picture| {
        let (wide, high) = picture.size(theme);
        wide <= columns && high <= rows
    };
    let Some(picture) = pictures.iter().find(fits) else {
        let (wide, high) = last.size(theme);
        return lines(vec![qr::too_narrow(wide, high + 1), links.first().cloned().unwrap_or_default()], &mut part);
    };
    let (wide, high) = picture.size(theme);
    let top = u16::from(rows > high);
    if top > 0 {
        part.put(1, 0, &qr::QR_CODE, theme.heading());
    }
    let (left, top) = ((columns - wide) / 2, top + (rows - high - top) / 2);
    picture.draw(&mut part.part(Rect::new(left, top, wide, high)));
}

fn lines(lines: Vec<String>, part: &mut Canvas<'_>) {
    let (space, style) = (part.width().saturating_sub(2), part.theme.text());
    let wrapped = lines.iter().flat_map(|line| wrap(line, space));
    for (y, line) in (0..).zip(wrapped) {
        part.put(1, y, &line, style);
    }
}
