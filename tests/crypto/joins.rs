//! The library with our suite joins the groups of the vectors: `welcome.json`, `passive-client-welcome.json`.

use ingle::crypto::group::suite::{Provider, SUITE};
use mls_rs::client_builder::{BaseConfig, WithCryptoProvider, WithIdentityProvider};
use mls_rs::group::ExportedTree;
use mls_rs::identity::SigningIdentity;
use mls_rs::identity::basic::{BasicCredential, BasicIdentityProvider};
use mls_rs::mls_rs_codec::MlsEncode;
use mls_rs::storage_provider::in_memory::InMemoryKeyPackageStorage;
use mls_rs::{Client, MlsMessage};
use mls_rs_core::crypto::SignatureSecretKey;
use mls_rs_core::key_package::KeyPackageData;
use serde_json::Value;

use super::{bytes, cases, suite};

type Joiner = Client<WithIdentityProvider<BasicIdentityProvider, WithCryptoProvider<Provider, BaseConfig>>>;

/// The member that has the keys of a case.
fn joiner(case: &Value, signer: &[u8], leaf_key: Vec<u8>) -> Joiner {
    let message = MlsMessage::from_bytes(&bytes(case, "key_package")).unwrap();
    let reference = message.key_package_reference(&suite()).unwrap().unwrap();
    let package = message.into_key_package().unwrap();
    let identity = package.signing_identity().clone();
    let secret = SignatureSecretKey::new([signer, &identity.signature_key].concat());
    let store = InMemoryKeyPackageStorage::new();
    let encoded = package.mls_encode_to_vec().unwrap();
    let keys = KeyPackageData::new(encoded, bytes(case, "init_priv").into(), leaf_key.into(), 0);
    store.insert(reference.to_vec(), keys);
    Client::builder()
        .key_package_repo(store)
        .crypto_provider(Provider::new([1; 32]))
        .identity_provider(BasicIdentityProvider::new())
        .signing_identity(identity, secret, SUITE)
        .build()
}

#[test]
fn welcomes_are_joined() {
    let (mut joined, mut refused) = (0, 0);
    for case in cases("passive-client-welcome.json") {
        let client = joiner(&case, &bytes(&case, "signature_priv"), bytes(&case, "encryption_priv"));
        let welcome = MlsMessage::from_bytes(&bytes(&case, "welcome")).unwrap();
        let tree = case["ratchet_tree"].as_str().map(super::hex);
        let tree = tree.map(|tree| ExportedTree::from_bytes(&tree).unwrap());
        let group = client.join_group(tree, &welcome, None);
        if case["external_psks"].as_array().unwrap().is_empty() {
            let (group, _) = group.unwrap();
            let authenticator = group.epoch_authenticator().unwrap();
            assert_eq!(authenticator.as_bytes(), bytes(&case, "initial_epoch_authenticator"));
            joined += 1;
        } else {
            // Pre-shared keys are built out of the library.
            assert!(group.is_err());
            refused += 1;
        }
    }
    assert_eq!((joined, refused), (4, 1));
}

#[test]
fn a_welcome_opens_to_a_signed_group() {
    for case in cases("welcome.json") {
        let client = joiner(&case, &[0; 32], vec![0; 32]);
        let welcome = MlsMessage::from_bytes(&bytes(&case, "welcome")).unwrap();
        let info = client.examine_welcome_message(&welcome).unwrap();
        // As a message of its own: version and wire format, then the same.
        let message = [&[0, 1, 0, 4], &info.mls_encode_to_vec().unwrap()[..]].concat();
        let message = MlsMessage::from_bytes(&message).unwrap();
        let by = |key: Vec<u8>| SigningIdentity::new(BasicCredential::new(b"x".to_vec()).into_credential(), key.into());
        assert!(client.validate_group_info(&message, &by(bytes(&case, "signer_pub"))).is_ok());
        let mut other = bytes(&case, "signer_pub");
        other[31] ^= 1;
        assert!(client.validate_group_info(&message, &by(other)).is_err());
    }
}
