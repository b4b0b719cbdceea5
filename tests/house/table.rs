//! The import table, as ARCHITECTURE.md has it, and what it says about a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::scan;

/// Who may import whom.
pub(crate) struct Table {
    allowed: BTreeMap<String, BTreeSet<String>>,
}

impl Table {
    /// Reads the table under the heading "The import table".
    ///
    /// A row may name several parts; `every part but` turns its list round.
    pub(crate) fn parse(page: &str) -> Self {
        let section = page.split("\n## The import table").nth(1).expect("ARCHITECTURE.md has an import table");
        let section = section.split("\n## ").next().unwrap_or_default();
        let rows: Vec<(&str, &str)> = section
            .lines()
            .filter(|line| line.starts_with("| `"))
            .filter_map(|line| line.trim_matches('|').split_once('|'))
            .collect();
        let parts: BTreeSet<String> = rows.iter().flat_map(|(part, _)| names(part)).collect();
        let mut allowed = BTreeMap::new();
        for (left, right) in rows {
            let listed = names(right);
            for name in &listed {
                assert!(parts.contains(name), "the import table allows `{name}`, which has no row of its own");
            }
            let listed = if right.contains("every part but") { &parts - &listed } else { listed };
            for part in names(left) {
                assert!(allowed.insert(part.clone(), listed.clone()).is_none(), "`{part}` has two rows");
            }
        }
        Self { allowed }
    }

    /// Whether a part has a row.
    pub(crate) fn names(&self, part: &str) -> bool {
        self.allowed.contains_key(part)
    }

    /// The part that a path lies in: the longest row that it begins with.
    fn part_of(&self, path: &[String]) -> Option<String> {
        (1..=path.len()).rev().map(|length| path[..length].join("::")).find(|part| self.names(part))
    }

    /// What is wrong with a file's imports, one sentence each. `place` is the module that the file is.
    pub(crate) fn violations(&self, place: &[String], source: &str) -> Vec<String> {
        let here = place.join("::");
        let Some(own) = self.part_of(place) else {
            return vec![format!("`{here}` has no row in the import table")];
        };
        let mut wrong: Vec<String> = scan::paths(source, place)
            .into_iter()
            .filter_map(|path| match self.part_of(&path) {
                None => Some(format!("`{here}` uses `crate::{}`, which no row names", path.join("::"))),
                Some(part) if self.permits(&own, &part) => None,
                Some(part) => Some(format!("`{own}` may not import `{part}`, but `{here}` uses `{}`", path.join("::"))),
            })
            .collect();
        wrong.sort();
        wrong.dedup();
        wrong
    }

    fn permits(&self, own: &str, part: &str) -> bool {
        let within = |whole: &str| part == whole || part.strip_prefix(whole).is_some_and(|rest| rest.starts_with("::"));
        part == "ids" || within(own) || self.allowed[own].iter().any(|whole| within(whole))
    }
}

/// The names in backticks.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
