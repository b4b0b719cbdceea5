//! Credentials: each leaf has a name of its member's own choice, signed by its own key.

use mls_rs::IdentityProvider;
use mls_rs::identity::basic::BasicCredential;
use mls_rs::identity::{CredentialType, SigningIdentity};
use mls_rs::time::MlsTime;
use mls_rs_core::error::IntoAnyError;
use mls_rs_core::extension::ExtensionList;
use mls_rs_core::identity::MemberValidationContext;

use crate::wire::limits;

/// The most bytes that a name takes, whatever its characters.
const NAME: usize = limits::NAME_CHARS * 4;

/// Not a member's name: not text, too long, or another kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoName;

impl IntoAnyError for NoName {}

/// The name in a leaf.
pub(super) fn name_of(identity: &SigningIdentity) -> Result<&str, NoName> {
    let bytes = &identity.credential.as_basic().ok_or(NoName)?.identifier;
    if bytes.len() > NAME {
        return Err(NoName);
    }
    str::from_utf8(bytes).map_err(|_| NoName)
}

/// Answers the library's questions about members. The signature key makes a member: names needn't differ, and can't be changed.
#[derive(Clone)]
pub(super) struct Names;

impl IdentityProvider for Names {
    type Error = NoName;

    fn validate_member(
        &self,
        identity: &SigningIdentity,
        _: Option<MlsTime>,
        _: MemberValidationContext<'_>,
    ) -> Result<(), NoName> {
        name_of(identity).map(drop)
    }

    fn validate_external_sender(
        &self,
        _: &SigningIdentity,
        _: Option<MlsTime>,
        _: Option<&ExtensionList>,
    ) -> Result<(), NoName> {
        Err(NoName)
    }

    fn identity(&self, identity: &SigningIdentity, _: &ExtensionList) -> Result<Vec<u8>, NoName> {
        Ok(identity.signature_key.to_vec())
    }

    fn valid_successor(&self, old: &SigningIdentity, new: &SigningIdentity, _: &ExtensionList) -> Result<bool, NoName> {
        Ok(old == new)
    }

    fn supported_types(&self) -> Vec<CredentialType> {
        vec![BasicCredential::credential_type()]
    }
}
