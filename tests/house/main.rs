//! The layout and the import table of ARCHITECTURE.md hold.

mod checker;
mod circles;
mod english;
mod scan;
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use circles::Files;
use table::Table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read")
}

/// Every Rust file under a folder of the root, in order.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|end| end == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join(folder), &mut files);
    files.sort();
    files
}

/// Every Rust file under `src`, as its path from there, in order.
fn sources() -> Vec<PathBuf> {
    let src = root().join("src");
    rust_files("src").iter().map(|file| file.strip_prefix(&src).expect("walked from there").to_owned()).collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(root().join("src").join(file)).expect("a source file can be read")
}

/// The module that a file is; `None` for the crate's root and the programs, which may use anything.
fn place_of(file: &Path) -> Option<Vec<String>> {
    let mut place: Vec<String> =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if place.last().is_some_and(|last| last == "mod") {
        place.pop();
    }
    (!matches!(place.first().map(String::as_str), Some("lib" | "main" | "bin"))).then_some(place)
}

#[test]
fn imports_run_one_way() {
    let table = Table::parse(&architecture());
    let wrong: Vec<String> = sources()
        .iter()
        .filter_map(|file| Some((place_of(file)?, read(file))))
        .flat_map(|(place, source)| table.violations(&place, &source))
        .collect();
    assert!(wrong.is_empty(), "against the import table in ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

fn files() -> Files {
    Files::new(sources().iter().filter_map(|file| Some((place_of(file)?, read(file)))))
}

#[test]
fn no_file_reaches_back_into_the_file_above_it() {
    let back = files().arrows_back();
    assert!(back.is_empty(), "{} arrows back:\n{}", back.len(), back.join("\n"));
}

#[test]
fn files_of_a_part_form_no_circle() {
    let circles = files().circles();
    assert!(circles.is_empty(), "circles:\n{}", circles.join("\n"));
}

#[test]
fn the_map_names_every_part() {
    let page = architecture();
    let map = page.split("\n## The map").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("there is a map");
    let parts: BTreeSet<String> = sources().iter().filter_map(|file| place_of(file)?.into_iter().next()).collect();
    assert!(parts.contains("ids"), "the walk found nothing");
    for part in parts {
        let named = map.contains(&format!("`src/{part}.rs`")) || map.contains(&format!("`src/{part}/"));
        assert!(named, "the map in ARCHITECTURE.md doesn't name `{part}`");
    }
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    for file in sources() {
        let lines = read(&file).lines().count();
        assert!(lines <= 500, "src/{} has {lines} lines; split it by what it does", file.display());
    }
}

#[test]
fn the_english_is_an_editors() {
    let pages = [
        "README.md",
        "ARCHITECTURE.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "fuzz/README.md",
        "assets/texts/en.ftl",
    ];
    let rust = ["src", "tests", "benches", "examples", "fuzz/fuzz_targets"].map(rust_files).concat();
    let here = |file: &PathBuf| file.strip_prefix(root()).expect("walked from there").display().to_string();
    let files = pages.map(str::to_owned).into_iter().chain(rust.iter().map(here));
    let marks: Vec<String> = files
        // The editor's own examples are wrong on purpose.
        .filter(|file| file != "tests/house/english.rs")
        .flat_map(|file| {
            let text = fs::read_to_string(root().join(&file)).expect("a file can be read");
            let marks = text.lines().enumerate().flat_map(|(n, line)| {
                english::marks(&file, line).into_iter().map(move |mark| (n + 1, mark)).collect::<Vec<_>>()
            });
            marks.map(|(n, mark)| format!("{file}:{n}: {mark}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(marks.is_empty(), "{} places to mend:\n{}", marks.len(), marks.join("\n"));
}

#[test]
fn every_test_that_security_md_names_is_there() {
    let page = fs::read_to_string(root().join("SECURITY.md")).expect("SECURITY.md can be read");
    let named: BTreeSet<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.matches('_').count() >= 3 && !name.contains('/'))
        .collect();
    assert!(named.len() > 10, "the page names tests: {named:?}");
    let files: Vec<String> = [rust_files("src"), rust_files("tests")]
        .concat()
        .iter()
        .map(|file| fs::read_to_string(file).expect("a source file can be read"))
        .collect();
    let missing: Vec<_> =
        named.iter().filter(|name| !files.iter().any(|file| file.contains(&format!("fn {name}(")))).collect();
    assert!(missing.is_empty(), "SECURITY.md claims what no test shows: {missing:?}");
}
