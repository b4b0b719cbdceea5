//! The known word that a mistyped one is likely to mean.

/// Letters of a word that are compared; no key is longer.
const COMPARED: usize = 64;

/// The nearest of the known words, if at most a third of its letters differ; the first of several alike.
pub fn nearest(word: &str, known: impl IntoIterator<Item = String>) -> Option<String> {
    let word: Vec<char> = word.to_lowercase().replace('_', "-").chars().take(COMPARED).collect();
    let scored = known.into_iter().map(|known| (distance(&word, &known.chars().collect::<Vec<_>>()), known));
    let near = |(distance, known): &(usize, String)| *distance <= known.chars().count().max(word.len()).div_ceil(3);
    scored.filter(near).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Letters to be put in, left out, changed or swapped with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_taken_for_the_nearest_word() {
        let known = || ["relay", "speaker", "open-mic", "plain"].map(str::to_owned);
        for (typed, meant) in
            [("realy", "relay"), ("speakers", "speaker"), ("open_mic", "open-mic"), ("PLAIN", "plain")]
        {
            assert_eq!(nearest(typed, known()).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(nearest("password", known()), None);
        assert_eq!(nearest(&"x".repeat(100_000), known()), None);
    }
}
