//! What can be wrong with bytes from the network.

/// Why bytes from the network were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The bytes are not a message of this version.
    #[error("the other side sent something that is not a message of this version")]
    Malformed,
    /// A length or count is over its limit.
    #[error("the other side sent more than the limit allows")]
    TooLarge,
}
