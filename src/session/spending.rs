//! What my line may cost: the choice that I can change while I talk.

/// How much data my voice may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spending {
    /// As much as it needs to be understood well.
    #[default]
    Auto,
    /// As little as it can do with.
    Thin,
    /// Data is no matter: the least delay, and the best sound on a line that loses some of it.
    Full,
}

impl Spending {
    /// All, in the order in which they are gone through.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Thin, Self::Full];

    /// Its name, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Thin => "thin",
            Self::Full => "full",
        }
    }

    /// What an hour of talking sends, in megabytes: on a line that loses nothing, and at most.
    pub fn megabytes_an_hour(self) -> (u32, u32) {
        match self {
            Self::Auto => (9, 18),
            Self::Thin => (6, 15),
            Self::Full => (23, 50),
        }
    }

    /// The one after it.
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Thin,
            Self::Thin => Self::Full,
            Self::Full => Self::Auto,
        }
    }
}
