//! Pages and pictures that are written from the program's own tables, and held equal to them.
//!
//! `INGLE_WRITE=1 cargo test --all-features pages` writes them anew.
#![allow(dead_code, reason = "two test programs share this, and each uses its own part")]

use std::path::PathBuf;

/// The whole of a file, by its path from the root of the repository, is `wanted`.
pub(super) fn whole(path: &str, wanted: &str) {
    let file = root().join(path);
    if std::env::var_os("INGLE_WRITE").is_some() {
        std::fs::write(&file, wanted).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is out of date: run `INGLE_WRITE=1 cargo test --all-features pages`");
}

/// What stands in a file between `<!-- NAME -->` and the next `<!-- end -->` is as wanted, for each name. All parts of a file
/// are given at once, so that no two tests write it.
pub(super) fn parts(path: &str, parts: &[(&str, String)]) {
    let mut page = std::fs::read_to_string(root().join(path)).expect("the page can be read");
    for (name, wanted) in parts {
        let (before, rest) = page.split_once(&format!("<!-- {name} -->\n")).expect("the part begins");
        let (_, after) = rest.split_once("<!-- end -->\n").expect("the part ends");
        page = format!("{before}<!-- {name} -->\n\n{}\n\n<!-- end -->\n{after}", wanted.trim());
    }
    whole(path, &page);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
