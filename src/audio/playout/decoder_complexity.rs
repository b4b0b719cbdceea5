//! How much the decoders may do. How much of it this machine has time for, the governor says.

/// What a decoder may do, from the cheapest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecoderComplexity {
    /// Decode, and repeat what was there where something is missing.
    Plain,
    /// Decode, and let a network say what is missing (deep concealment).
    Deep,
    /// The same, and let another network take off what coding at low rates does to a voice (LACE).
    #[default]
    Enhanced,
}

impl DecoderComplexity {
    /// The decoder complexity that libopus knows it by. NoLACE (7) would cost four times as much as LACE for no gain.
    pub fn complexity(self) -> u8 {
        match self {
            Self::Plain => 0,
            Self::Deep => 5,
            Self::Enhanced => 6,
        }
    }

    /// The next cheaper one, or the cheapest.
    #[must_use]
    pub fn less(self) -> Self {
        if self == Self::Enhanced { Self::Deep } else { Self::Plain }
    }

    /// The next dearer one, or the dearest.
    #[must_use]
    pub fn more(self) -> Self {
        if self == Self::Plain { Self::Deep } else { Self::Enhanced }
    }
}
