//! The invitation: copied by a key, and read from the screen as a camera would.

use crossterm::event::KeyCode;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;
use rqrr::PreparedImage;

use super::super::{LIGHT, Model, Page, Theme, update};
use super::{buffer, key, press, shown, text};
use crate::command::Command;
use crate::session::fixture::*;
use crate::session::{Event, Invitation, InviteForm, Room};
use crate::text as all;

const CODE: &str = "4821-otter-lamp-violin";
const FULL: (u16, u16) = (80, 24);

/// A host who has told of an invitation to this relay.
pub(super) fn hosting(relay: &str) -> (Room, Model) {
    let mut room = nine(0);
    room.code = Some(CODE.to_owned());
    let mut model = Model::new(FULL.0, FULL.1);
    let extras = all::InvitationExtras::default();
    let invitation = Invitation {
        code: CODE.to_owned(),
        relay: relay.to_owned(),
        text: all::long_invitation(CODE, relay, "Tuesday group", &extras),
        short: all::short_invitation(CODE, relay, "Tuesday group", &extras),
        link: all::invitation_link(CODE, relay),
        ..Invitation::default()
    };
    model.hear(&Event::Hosting(invitation), &room, NOW);
    (room, model)
}

#[test]
fn one_key_copies_the_invitation_and_shows_it() {
    let (room, mut model) = hosting("relay.example:4433");
    assert_eq!(press(&mut model, &room, 'I'), [Command::Copy(InviteForm::Long)]);
    let screen = shown(&model, &room, FULL);
    assert!(
        screen.contains("Sent to the clipboard.") && screen.contains("ingle join 4821-otter-lamp-violin"),
        "{screen}"
    );
    assert!(model.to_copy(&room, InviteForm::Long).is_some_and(|text| text.contains("--relay relay.example:4433")));
    // On the page itself, either form.
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert_eq!(press(&mut model, &room, 'i'), []);
    assert!(shown(&model, &room, FULL).contains("c copy   s copy the short one   o QR code"));
    assert_eq!(press(&mut model, &room, 's'), [Command::Copy(InviteForm::Short)]);
    assert!(shown(&model, &room, FULL).contains("The short form was sent"));
    assert_eq!(press(&mut model, &room, 'c'), [Command::Copy(InviteForm::Long)]);
    assert!(model.to_copy(&room, InviteForm::Short).is_some_and(|text| text.len() <= 160));
}

#[test]
fn a_member_copies_the_code_and_nothing_unknown() {
    let (room, mut model) = (Room { code: None, ..nine(8) }, Model::new(80, 24));
    assert_eq!(press(&mut model, &room, 'I'), []);
    assert!(shown(&model, &room, FULL).contains("ask the facilitator"));
    let room = Room { code: Some(CODE.to_owned()), ..nine(8) };
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert_eq!(press(&mut model, &room, 'I'), [Command::Copy(InviteForm::Long)]);
    assert_eq!(model.to_copy(&room, InviteForm::Short), Some(CODE));
    press(&mut model, &room, 'o');
    assert!(shown(&model, &room, FULL).contains("There is no QR code"));
}

/// How bright the upper and the lower half of a cell are in a terminal, with `paper` behind what has no colour.
fn halves(cell: &Cell, paper: u8) -> [u8; 2] {
    let bright = |color, other| match color {
        Color::White => 255,
        Color::Black => 0,
        Color::Reset => other,
        other => panic!("{other:?}"),
    };
    let (ink, paper) = (bright(cell.fg, 255 - paper), bright(cell.bg, paper));
    match cell.symbol() {
        "█" | "#" => [ink, ink],
        "▀" => [ink, paper],
        "▄" => [paper, ink],
        // What is written around it is no picture.
        _ => [paper, paper],
    }
}

/// What a camera reads from a screen.
fn read(screen: &Buffer, paper: u8) -> Vec<String> {
    // A cell is twice as high as it is wide.
    let (wide, high) = (usize::from(screen.area.width) * 4, usize::from(screen.area.height) * 8);
    let mut image = PreparedImage::prepare_from_greyscale(wide, high, |x, y| {
        halves(&screen[((x / 4) as u16, (y / 8) as u16)], paper)[(y % 8) / 4]
    });
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[test]
fn a_camera_reads_the_link_from_any_screen() {
    let link = "ingle://relay.example:4433/4821-otter-lamp-violin";
    let light = Theme { palette: LIGHT, ..Theme::new(false, false) };
    let themes = [
        (Theme::new(true, false), FULL, 0),
        (Theme::new(true, false), FULL, 255),
        (Theme::new(true, false), (37, 20), 0),
        (Theme::new(false, false), FULL, 0),
        (light, FULL, 255),
        (Theme::new(true, true), (80, 40), 0),
        (Theme::new(false, true), (80, 40), 0),
    ];
    for (theme, size, paper) in themes {
        let (room, mut model) = hosting("relay.example:4433");
        press(&mut model, &room, 'i');
        press(&mut model, &room, 'o');
        model.size = size;
        let (screen, _) = buffer(&model, &room, size, theme);
        assert_eq!(read(&screen, paper), [link], "{theme:?} {size:?}\n{}", text(&screen));
    }
}

#[test]
fn ways_that_have_no_room_are_left_out_of_the_picture() {
    let ways = "relay.example:4433,192.168.100.100:4433,[2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff]:4433";
    let (room, mut model) = hosting(ways);
    press(&mut model, &room, 'i');
    press(&mut model, &room, 'o');
    let of = |size| read(&buffer(&model, &room, size, Theme::new(true, false)).0, 0);
    assert_eq!(of((132, 50)), [all::invitation_link(CODE, ways)]);
    assert_eq!(of(FULL), [all::invitation_link(CODE, "relay.example:4433")]);
}

#[test]
fn a_narrow_window_is_told_what_the_picture_needs() {
    let (room, mut model) = hosting("relay.example:4433");
    press(&mut model, &room, 'i');
    press(&mut model, &room, 'o');
    for size in [(40, 12), (36, 40), (20, 5)] {
        model.size = size;
        let screen = shown(&model, &room, size);
        let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("needs a window of 37 columns and 20 rows") || size.1 < 10, "{screen}");
    }
    assert!(shown(&model, &room, (80, 1)).contains("ingle://"), "a line has the link");
    // Back to the invitation, and from there to the group.
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert!(matches!(model.page, Some(Page::Invite(..))));
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert_eq!(model.page, None);
}
