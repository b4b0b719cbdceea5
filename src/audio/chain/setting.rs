//! What a person may say about the chain.

/// What becomes of the microphone's sound before it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chain {
    /// Echo is cancelled while the microphone hears the loudspeaker; noise is turned down mildly, the level follows slowly.
    #[default]
    Auto,
    /// Nothing: the others get what the microphone gives.
    Off,
    /// As with `Auto`, for headphones: no echo is looked for.
    Headset,
    /// As with `Auto`, for a loudspeaker: echo is always cancelled.
    Speakers,
}

impl Chain {
    /// Every setting.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Off, Self::Headset, Self::Speakers];
}
