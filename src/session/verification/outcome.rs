//! How far the group is with comparing words, and how that ended.

/// How a comparison ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everybody asked, and the reader, have the same words: this many people.
    Same(usize),
    /// Somebody has other words.
    Differ,
    /// Not everybody has answered.
    Unfinished {
        /// How many have the same words, the reader among them.
        same: usize,
        /// Of how many.
        of: usize,
    },
}

/// How far the group is with comparing words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// They were never compared to the end.
    Unverified,
    /// They are being compared.
    Comparing,
    /// All who are here have compared them.
    Verified,
    /// They were compared before this member came in.
    Since(&'a str),
    /// Somebody has other words.
    Differ,
}
