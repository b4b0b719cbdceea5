//! Joining: the keys of somebody who wants to come in, and the first member's group.

use std::time::Duration;

use mls_rs::identity::SigningIdentity;
use mls_rs::identity::basic::BasicCredential;
use mls_rs::time::MlsTime;
use mls_rs::{CipherSuiteProvider, Client, ExtensionList, KeyPackageRef, MlsMessage, WireFormat};
use mls_rs_core::extension::ExtensionType;
use mls_rs_core::protocol_version::ProtocolVersion;

use super::error::{GroupError, broken};
use super::library::{Config, Mls};
use super::names::{Names, name_of};
use super::rules::Rules;
use super::seats::seat_of;
use super::suite::{Provider, SUITE};
use crate::wire::limits;

/// Bytes of a group's id, drawn at random. It keeps groups of one relay apart; no secret depends on it.
const GROUP_ID: usize = 8;

/// The keys of somebody who wants to come in. They are good for one group.
pub struct Newcomer {
    pub(super) client: Client<Config>,
    pub(super) rules: Rules,
    reference: KeyPackageRef,
    package: Vec<u8>,
}

impl Newcomer {
    /// Makes keys. `seed` is used once.
    ///
    /// # Errors
    /// [`GroupError::Name`] if `name` has more than [`limits::NAME_CHARS`] times 4 bytes.
    pub fn new(name: &str, seed: [u8; 32]) -> Result<Self, GroupError> {
        let (client, rules, provider) = client(name, seed)?;
        let none = ExtensionList::new;
        let package = client.generate_key_package_message(none(), none(), Some(start())).map_err(broken)?;
        let suite = provider.suite().map_err(broken)?;
        let reference = package.key_package_reference(&suite).map_err(broken)?.ok_or(GroupError::Broken)?;
        Ok(Self { client, rules, reference, package: package.to_bytes().map_err(broken)? })
    }

    /// What the door needs to let us in, at most [`limits::KEY_PACKAGE`] bytes.
    pub fn key_package(&self) -> &[u8] {
        &self.package
    }

    /// The group that a welcome lets us into.
    ///
    /// # Errors
    /// As of [`Newcomer::join`].
    pub(super) fn take(self, welcome: &[u8]) -> Result<(Mls, Rules), GroupError> {
        if welcome.len() > limits::BLOB {
            return Err(GroupError::TooLong);
        }
        let welcome = MlsMessage::from_bytes(welcome).map_err(refused)?;
        let for_us = welcome.welcome_key_package_references() == [&self.reference];
        if welcome.wire_format() != WireFormat::Welcome || welcome.cipher_suite() != Some(SUITE) || !for_us {
            return Err(GroupError::Welcome);
        }
        let (mls, info) = self.client.join_group(None, &welcome, None).map_err(refused)?;
        let extensions = info.group_info_extensions.iter().all(|one| one.extension_type == ExtensionType::RATCHET_TREE);
        if !extensions || !is_ours(&mls) {
            return Err(GroupError::Welcome);
        }
        // The library would forget the keys that the welcome was sealed to on saving the group, which we never do.
        let store = self.client.key_package_store();
        store.key_packages().iter().for_each(|(id, _)| store.delete(id));
        Ok((mls, self.rules))
    }
}

/// Key packages never expire: each is used once, within minutes, by the door that it was sealed to, and clocks are wrong.
fn start() -> MlsTime {
    MlsTime::from(0)
}

/// The library's client for one member.
fn client(name: &str, seed: [u8; 32]) -> Result<(Client<Config>, Rules, Provider), GroupError> {
    let (provider, rules) = (Provider::new(seed), Rules::default());
    let suite = provider.suite().map_err(broken)?;
    let (secret, public) = suite.signature_key_generate().map_err(broken)?;
    let identity = SigningIdentity::new(BasicCredential::new(name.as_bytes().to_vec()).into_credential(), public);
    name_of(&identity).map_err(|_| GroupError::Name)?;
    let client = Client::builder()
        .crypto_provider(provider.clone())
        .identity_provider(Names)
        .mls_rules(rules.clone())
        .protocol_version(ProtocolVersion::MLS_10)
        .key_package_lifetime(Duration::from_secs(u64::MAX))
        .signing_identity(identity, secret, SUITE)
        .build();
    Ok((client, rules, provider))
}

/// A group of one.
pub(super) fn create(name: &str, seed: [u8; 32]) -> Result<(Mls, Rules), GroupError> {
    let (client, rules, provider) = client(name, seed)?;
    let mut id = [0; GROUP_ID];
    provider.source().fill(&mut id);
    let builder = client.group_builder().map_err(broken)?.with_group_id(id.to_vec()).with_now_time(start());
    Ok((builder.build().map_err(broken)?, rules))
}

/// Reads a key package from outside. What is in it is checked when it is put into a commit.
pub(super) fn parse(bytes: &[u8]) -> Result<MlsMessage, GroupError> {
    if bytes.len() > limits::KEY_PACKAGE {
        return Err(GroupError::KeyPackage);
    }
    let message = MlsMessage::from_bytes(bytes).map_err(|_| GroupError::KeyPackage)?;
    if message.wire_format() == WireFormat::KeyPackage { Ok(message) } else { Err(GroupError::KeyPackage) }
}

/// The name that a newcomer has signed into its key package.
///
/// # Errors
/// [`GroupError::KeyPackage`] if it is too long, damaged, or has no acceptable name.
pub fn name_in(key_package: &[u8]) -> Result<String, GroupError> {
    let package = parse(key_package)?.into_key_package().ok_or(GroupError::KeyPackage)?;
    name_of(package.signing_identity()).map(str::to_owned).map_err(|_| GroupError::KeyPackage)
}

/// Whether a group is one that we join: its members have seats, and nothing has extensions.
fn is_ours(mls: &Mls) -> bool {
    let members = mls.roster().members();
    mls.context().extensions.is_empty()
        && mls.current_epoch() <= u64::from(u32::MAX)
        && members.len() <= limits::MEMBERS
        && members.iter().all(|member| {
            seat_of(member.index).is_valid()
                && member.extensions.is_empty()
                && name_of(&member.signing_identity).is_ok()
        })
}

fn refused<E>(_: E) -> GroupError {
    GroupError::Welcome
}
