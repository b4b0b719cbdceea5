//! Length-prefixed postcard messages on a byte stream.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::WireError;
use super::limits;

const PREFIX: usize = 4;

/// One message with its four-byte big-endian length before it.
///
/// # Errors
/// [`WireError::TooLarge`] if the message is over [`limits::CONTROL_MESSAGE`].
pub fn encode<M: Serialize>(message: &M) -> Result<Vec<u8>, WireError> {
    let mut bytes = postcard::to_extend(message, vec![0; PREFIX]).map_err(|_| WireError::Malformed)?;
    let length = bytes.len() - PREFIX;
    if length > limits::CONTROL_MESSAGE {
        return Err(WireError::TooLarge);
    }
    bytes[..PREFIX].copy_from_slice(&u32::try_from(length).map_err(|_| WireError::TooLarge)?.to_be_bytes());
    Ok(bytes)
}

/// Collects a stream's bytes and gives out whole messages. Holds at most one message and what was read with it.
#[derive(Default)]
pub struct Framing {
    held: Vec<u8>,
    taken: usize,
}

impl Framing {
    /// Adds bytes as they came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.held.drain(..self.taken);
        self.taken = 0;
        self.held.extend_from_slice(bytes);
    }

    /// The next whole message, if it is there.
    ///
    /// # Errors
    /// [`WireError`] if the length is over its limit, or the bytes are no message or hold more than one. The stream
    /// can't be read on after that.
    pub fn next_message<M: DeserializeOwned>(&mut self) -> Result<Option<M>, WireError> {
        let Some((prefix, rest)) = self.held[self.taken..].split_first_chunk::<PREFIX>() else { return Ok(None) };
        let length = u32::from_be_bytes(*prefix) as usize;
        if length > limits::CONTROL_MESSAGE {
            return Err(WireError::TooLarge);
        }
        let Some(message) = rest.get(..length) else { return Ok(None) };
        let (message, rest) = postcard::take_from_bytes(message).map_err(|_| WireError::Malformed)?;
        if !rest.is_empty() {
            return Err(WireError::Malformed);
        }
        self.taken += PREFIX + length;
        if self.taken == self.held.len() {
            // Most connections are silent for long, and a large message must not cost its room for the rest of a session.
            (self.held, self.taken) = (Vec::new(), 0);
        }
        Ok(Some(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_held_between_messages() {
        let mut framing = Framing::default();
        let message = encode(&vec![7_u8; 40_000]).expect("small enough");
        let (first, rest) = message.split_at(30_000);
        framing.push(first);
        assert_eq!(framing.next_message::<Vec<u8>>(), Ok(None));
        framing.push(rest);
        assert_eq!(framing.next_message::<Vec<u8>>().map(|message| message.map(|bytes| bytes.len())), Ok(Some(40_000)));
        assert_eq!((framing.held.capacity(), framing.taken), (0, 0));
        framing.push(&encode(&vec![8_u8]).expect("small"));
        assert_eq!(framing.next_message::<Vec<u8>>(), Ok(Some(vec![8])));
    }
}
