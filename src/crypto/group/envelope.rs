//! What a message of the library begins with, and is not sent: version, kind, group, epoch and place (RFC 9420, sections 6 and
//! 6.3). Who opens a message knows all of it without being told, and with anything else it doesn't open, as all of it is
//! authenticated.

use mls_rs::group::ContentType;
use mls_rs::mls_rs_codec::{self, MlsEncode};
use mls_rs::{MlsMessage, WireFormat};
use mls_rs_core::protocol_version::ProtocolVersion;

use super::{Group, GroupError, broken};
use crate::ids::SeatId;
use crate::wire::limits;

/// Bytes of version and wire format before each message of the library.
pub(super) const MESSAGE_HEAD: usize = 4;

impl Group {
    /// What the library writes before what is encrypted of a `PrivateMessage`.
    fn head(&self, kind: ContentType, bound: &[u8]) -> Result<Vec<u8>, GroupError> {
        let write = || -> Result<Vec<u8>, mls_rs_codec::Error> {
            let mut head = Vec::new();
            ProtocolVersion::MLS_10.mls_encode(&mut head)?;
            WireFormat::PrivateMessage.mls_encode(&mut head)?;
            mls_rs_codec::byte_vec::mls_encode(&self.mls.group_id(), &mut head)?;
            self.mls.current_epoch().mls_encode(&mut head)?;
            kind.mls_encode(&mut head)?;
            mls_rs_codec::byte_vec::mls_encode(&bound, &mut head)?;
            Ok(head)
        };
        write().map_err(broken)
    }

    /// A message of ours of the present epoch, without its head.
    pub(super) fn pack(&self, mut message: Vec<u8>, kind: ContentType, bound: &[u8]) -> Result<Vec<u8>, GroupError> {
        let head = self.head(kind, bound)?;
        if !message.starts_with(&head) {
            return Err(GroupError::Broken);
        }
        message.drain(..head.len());
        Ok(message)
    }

    /// A message that another sends us in this epoch, with its head.
    pub(super) fn unpack(
        &self,
        bytes: &[u8],
        sender: SeatId,
        kind: ContentType,
        bound: &[u8],
    ) -> Result<MlsMessage, GroupError> {
        self.check_member()?;
        if bytes.len() > limits::BLOB {
            return Err(GroupError::TooLong);
        }
        if sender == self.me() || !self.seats().contains(sender) {
            return Err(GroupError::Sender);
        }
        let mut message = self.head(kind, bound)?;
        message.extend_from_slice(bytes);
        MlsMessage::from_bytes(&message).map_err(|_| GroupError::Message)
    }
}
