//! Messages are read and written as RFC 9420 has them: `messages.json`. What we never speak isn't read at all.

use mls_rs::group::ExportedTree;
use mls_rs::group::proposal::AddProposal;
use mls_rs::mls_rs_codec::{MlsDecode, MlsEncode};
use mls_rs::{MlsMessage, WireFormat};

use super::{bytes, cases};

#[test]
fn messages_come_back_as_they_were() {
    for case in cases("messages.json") {
        for (field, format) in [
            ("mls_welcome", WireFormat::Welcome),
            ("mls_group_info", WireFormat::GroupInfo),
            ("mls_key_package", WireFormat::KeyPackage),
            ("public_message_application", WireFormat::PublicMessage),
            ("private_message", WireFormat::PrivateMessage),
        ] {
            let encoded = bytes(&case, field);
            if format == WireFormat::PrivateMessage && kind(&encoded) == PROPOSAL {
                continue;
            }
            let message = MlsMessage::from_bytes(&encoded).unwrap_or_else(|error| panic!("{field}: {error:?}"));
            assert_eq!(message.wire_format(), format);
            assert_eq!(message.to_bytes().unwrap(), encoded, "{field}");
            for end in 0..encoded.len() {
                assert!(MlsMessage::from_bytes(&encoded[..end]).is_err(), "{field} cut at {end}");
            }
            assert!(MlsMessage::from_bytes(&[&encoded[..], &[0]].concat()).is_err(), "{field} with more behind");
        }
        let tree = bytes(&case, "ratchet_tree");
        assert_eq!(ExportedTree::from_bytes(&tree).unwrap().to_bytes().unwrap(), tree);
        let add = bytes(&case, "add_proposal");
        assert_eq!(AddProposal::mls_decode(&mut add.as_slice()).unwrap().mls_encode_to_vec().unwrap(), add);
    }
}

/// The type of what is in a private message: behind version, wire format, the group's id and the epoch.
fn kind(message: &[u8]) -> u8 {
    message[5 + usize::from(message[4]) + 8]
}

const PROPOSAL: u8 = 2;

#[test]
fn proposals_by_themselves_are_not_read() {
    let mut private = 0;
    for case in cases("messages.json") {
        assert!(MlsMessage::from_bytes(&bytes(&case, "public_message_proposal")).is_err());
        let message = bytes(&case, "private_message");
        if kind(&message) == PROPOSAL {
            private += 1;
            assert!(MlsMessage::from_bytes(&message).is_err());
        }
    }
    assert_eq!(private, 1);
}
