//! Where etcd is, and how both ends show who they are.

use std::fmt;

use zeroize::Zeroizing;

/// One member of etcd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its URL, with an address: names may not be looked up any more once the relay runs.
    pub url: String,
    /// The name or address that its certificate is for.
    pub name: String,
}

/// Certificates and a key, in PEM.
#[derive(Clone)]
pub struct Tls {
    /// Who signs the certificates of etcd's members.
    pub authority: String,
    /// The relay's own certificate and its key, where etcd asks for one.
    pub own: Option<(String, Zeroizing<String>)>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

/// The members of etcd.
#[derive(Clone, Debug)]
pub struct Registry {
    /// In the order in which they are asked.
    pub members: Vec<Member>,
    /// For members whose URLs say `https`.
    pub tls: Option<Tls>,
}
