//! Inside a part imports run one way too: files form no circle, and none reaches back into the file that stands above it.
//!
//! A path is followed through re-exports to the file that defines what it names, so `use super::Name` is fine where the file
//! above only passes `Name` on from another.

use std::collections::{BTreeMap, BTreeSet};

use crate::scan;

type Module = Vec<String>;

/// The files of the crate, and what each reaches.
pub(crate) struct Files {
    /// The paths of each file, without those of its tests.
    paths: BTreeMap<Module, Vec<Vec<String>>>,
}

impl Files {
    /// From the module that each file is, and its source. What is compiled for tests alone is left out.
    pub(crate) fn new(sources: impl IntoIterator<Item = (Module, String)>) -> Self {
        let sources: Vec<(Module, String)> = sources.into_iter().collect();
        let for_tests: BTreeSet<Module> = sources
            .iter()
            .flat_map(|(place, source)| {
                test_modules(source).into_iter().map(|name| [place.clone(), vec![name]].concat()).collect::<Vec<_>>()
            })
            .collect();
        let kept = sources.into_iter().filter(|(place, _)| !(1..=place.len()).any(|n| for_tests.contains(&place[..n])));
        Self {
            paths: kept
                .map(|(place, source)| {
                    let paths = scan::paths(&without_tests(&source), &place);
                    (place, paths)
                })
                .collect(),
        }
    }

    /// The file that defines what a path names, seen from `from`; followed through at most a few re-exports.
    fn definer(&self, path: &[String], depth: usize) -> Option<&Module> {
        let length = (1..=path.len()).rev().find(|n| self.paths.contains_key(&path[..*n]))?;
        let (file, paths) = self.paths.get_key_value(&path[..length])?;
        let Some(name) = path.get(length).filter(|_| depth < 5) else { return Some(file) };
        let passed_on = paths.iter().find(|path| {
            path.last() == Some(name) && !path.starts_with(file) || {
                path.last() == Some(name) && path.len() > length + 1 && path.starts_with(file)
            }
        });
        passed_on.and_then(|path| self.definer(path, depth + 1)).or(Some(file))
    }

    /// What each file of a part reaches in the same part, but itself.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let within = |file: &Module, to: &&Module| *to != file && to[0] == file[0] && part(to) == part(file);
        self.paths
            .iter()
            .map(|(file, paths)| {
                let reached = paths.iter().filter_map(|path| self.definer(path, 0)).filter(|to| within(file, to));
                (file, reached.collect())
            })
            .collect()
    }

    /// Each file that uses what a file above it defines, one sentence each.
    pub(crate) fn arrows_back(&self) -> Vec<String> {
        let arrows = self.arrows();
        let back = arrows.iter().flat_map(|(file, reached)| {
            let above = reached.iter().filter(|to| file.starts_with(to) && file.len() > to.len());
            above.map(|to| format!("`{}` reaches back into `{}`", file.join("::"), to.join("::"))).collect::<Vec<_>>()
        });
        back.collect()
    }

    /// Each circle of files that stand beside each other, as the files in it.
    pub(crate) fn circles(&self) -> Vec<String> {
        let arrows = self.arrows();
        let reach = |from: &Module| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(file) = next.pop() {
                for to in arrows.get(&file).into_iter().flatten() {
                    if seen.insert((*to).clone()) {
                        next.push((*to).clone());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&Module, BTreeSet<Module>> = arrows.keys().map(|file| (*file, reach(file))).collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for (file, to) in &reached {
            if to.contains(*file) {
                let circle = to.iter().filter(|other| reached.get(other).is_some_and(|back| back.contains(*file)));
                circles.insert(circle.map(|file| file.join("::")).collect());
            }
        }
        circles.iter().map(|circle| circle.join(", ")).collect()
    }
}

/// The part of the import table that a file lies in, as far as `relay` has two.
fn part(file: &Module) -> &[String] {
    &file[..file.len().min(if file[0] == "relay" { 2 } else { 1 })]
}

/// The names of modules that only tests have, in files of their own.
fn test_modules(source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let gated =
        lines.windows(2).filter(|pair| pair[0].starts_with("#[cfg(test)]") || pair[0].starts_with("#[cfg(any(test"));
    gated.filter_map(|pair| pair[1].split("mod ").nth(1)?.strip_suffix(';').map(str::to_owned)).collect()
}

/// A source without its modules for tests, which begin and end at the margin.
fn without_tests(source: &str) -> String {
    let (mut out, mut skipping, mut before) = (String::new(), false, "");
    for line in source.lines() {
        skipping = skipping || before.starts_with("#[cfg(test)]") && line.contains("mod ") && line.ends_with('{');
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
        skipping = skipping && line != "}";
        before = line;
    }
    out
}
