//! The head of the library's messages, which isn't sent: version, kind, group, epoch and place (RFC 9420, sections 6 and
//! 6.3). Whoever opens a message knows all of that anyway; and as it is authenticated, the message opens with nothing else.

use mls_rs::group::ContentType;
use mls_rs::mls_rs_codec::{self, MlsEncode};
use mls_rs::{MlsMessage, WireFormat};
use mls_rs_core::protocol_version::ProtocolVersion;

use super::error::{GroupError, broken};
use super::library::{self, Mls};
use crate::ids::SeatId;
use crate::wire::limits;

/// What the library writes before the encrypted part of a `PrivateMessage`.
fn head(mls: &Mls, kind: ContentType, bound: &[u8]) -> Result<Vec<u8>, GroupError> {
    let write = || -> Result<Vec<u8>, mls_rs_codec::Error> {
        let mut head = Vec::new();
        ProtocolVersion::MLS_10.mls_encode(&mut head)?;
        WireFormat::PrivateMessage.mls_encode(&mut head)?;
        mls_rs_codec::byte_vec::mls_encode(&mls.group_id(), &mut head)?;
        mls.current_epoch().mls_encode(&mut head)?;
        kind.mls_encode(&mut head)?;
        mls_rs_codec::byte_vec::mls_encode(&bound, &mut head)?;
        Ok(head)
    };
    write().map_err(broken)
}

/// A message of ours in this epoch, without its head.
pub(super) fn pack(mls: &Mls, mut message: Vec<u8>, kind: ContentType, bound: &[u8]) -> Result<Vec<u8>, GroupError> {
    let head = head(mls, kind, bound)?;
    if !message.starts_with(&head) {
        return Err(GroupError::Broken);
    }
    message.drain(..head.len());
    Ok(message)
}

/// Another member's message of this epoch, with its head.
pub(super) fn unpack(
    mls: &Mls,
    bytes: &[u8],
    sender: SeatId,
    kind: ContentType,
    bound: &[u8],
) -> Result<MlsMessage, GroupError> {
    if bytes.len() > limits::BLOB {
        return Err(GroupError::TooLong);
    }
    if sender == library::me(mls) || !library::seats(mls).contains(sender) {
        return Err(GroupError::Sender);
    }
    let mut message = head(mls, kind, bound)?;
    message.extend_from_slice(bytes);
    MlsMessage::from_bytes(&message).map_err(|_| GroupError::Message)
}
