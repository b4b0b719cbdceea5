//! The checker finds what it is there to find.

use super::place_of;
use crate::scan::paths;
use crate::table::Table;
use std::path::Path;

const PAGE: &str = "
## The import table

| Part | May import |
|------|------------|
| `ids` | |
| `wire` | |
| `session` | `wire` |
| `relay` | |
| `relay::core` | `wire` |
| `relay::server` | `relay::core`, `transport` |
| `transport` | `wire` |
| `tui`, `plain` | `session` |
| `app` | every part but `plain` |

## After it

| `wire` | `app` |
";

fn place(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

fn violations(at: &str, source: &str) -> Vec<String> {
    Table::parse(PAGE).violations(&place(at), source)
}

#[test]
fn a_forbidden_import_is_found_in_every_form() {
    for source in [
        "use crate::tui::View;",
        "pub(crate) use crate::tui;",
        "use crate::{ids::SeatId, tui::{view::{Panel}}};",
        "use crate::{wire as w, tui as t};",
        "use super::tui::View;",
        "use ingle::tui::View;",
        "fn f() { crate::tui::draw::<u8>(1) }",
        "fn f<'a>(c: char) -> bool { c == '\\'' && crate::tui::on() || c == '\"' }",
        "mod tests { use super::super::tui::View; }",
        "mod a { mod b {} } use super::tui::View;",
        "use crate::r#tui::View;",
        "use crate::wire::{*}; use crate::tui::*;",
    ] {
        let wrong = violations("session", source);
        assert_eq!(wrong.len(), 1, "{source}: {wrong:?}");
        assert!(wrong[0].starts_with("`session` may not import `tui`"), "{wrong:?}");
    }
}

#[test]
fn what_is_allowed_passes() {
    for (at, source) in [
        ("session", "use crate::{ids::{Epoch, SeatId}, wire::limits};"),
        ("session::state", "use super::{Op, room::Room}; use crate::session::clean;"),
        ("session", "mod tests { use super::*; fn f() { super::op::g(); self::h(); } }"),
        ("plain", "use crate::session::Room; mod tests { use super::*; }"),
        ("relay::server::limits", "use crate::relay::core::Core; use super::super::core::Room;"),
        ("relay", "pub use self::core::Core; pub use crate::relay::server::serve;"),
        ("app", "use crate::{tui, relay::{core, server}, transport::Link};"),
        ("wire", "use std::{fmt, io}; use serde::Serialize; fn f(ingle: u8) -> u8 { ingle }"),
    ] {
        assert_eq!(violations(at, source), Vec::<String>::new(), "{at}: {source}");
    }
}

#[test]
fn comments_and_strings_are_no_imports() {
    let source = r##"
        //! [`crate::tui`]
        /* use crate::tui; /* nested */ use crate::tui; */
        const A: &str = "use crate::tui; \" use crate::tui;";
        const B: &str = r#"use crate::tui; " use crate::tui;"#;
        const C: &[u8] = b"crate::tui::x";
        const D: [char; 3] = ['"', '\'', '\u{22}'];
        use crate::wire::limits;
    "##;
    assert_eq!(paths(source, &place("session")), [place("wire::limits")]);
    assert_eq!(violations("session", source), Vec::<String>::new());
}

#[test]
fn halves_of_a_part_are_kept_apart() {
    assert_eq!(violations("relay::core", "use crate::relay::server::serve;").len(), 1);
    assert_eq!(violations("relay::core::rooms", "use crate::transport::Link;").len(), 1);
    assert_eq!(violations("relay::server", "use crate::transport::Link;"), Vec::<String>::new());
}

#[test]
fn the_root_and_strangers_are_no_way_round() {
    assert_eq!(violations("session", "use crate::*;").len(), 1);
    assert_eq!(violations("session", "use super::*;").len(), 1);
    assert_eq!(violations("session", "use crate::{Shortcut};").len(), 1);
    assert_eq!(violations("attic", ""), ["`attic` has no row in the import table"]);
    assert_eq!(violations("app", "use crate::plain::say;").len(), 1);
}

#[test]
fn files_have_their_place() {
    let of = |file: &str| place_of(Path::new(file));
    assert_eq!(of("relay/core/mod.rs"), Some(place("relay::core")));
    assert_eq!(of("plain.rs"), Some(place("plain")));
    assert_eq!(of("bin/ingle-relay.rs"), None);
    assert_eq!(of("main.rs"), None);
    assert_eq!(of("lib.rs"), None);
}
