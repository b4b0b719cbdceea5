//! A relay that is one of several.

use std::path::PathBuf;

use clap::Args;

/// What a fleet's relay is told.
#[derive(Args)]
#[command(next_help_heading = "Fleet")]
pub(crate) struct FleetArguments {
    /// Members of etcd, as https://HOST:PORT with commas between them, by which several relays agree which of them has a group; or
    /// as http://HOST:PORT in a private network. One relay alone needs none
    #[arg(long, value_name = "URLS")]
    pub(crate) fleet_etcd: Option<String>,

    /// Certificate of whoever signs the certificates of etcd's members, in PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) fleet_etcd_ca: Option<PathBuf>,

    /// The relay's own certificate, in PEM, by which etcd knows it. Read at the start
    #[arg(long, value_name = "FILE", requires = "fleet_etcd_key")]
    pub(crate) fleet_etcd_cert: Option<PathBuf>,

    /// That certificate's key, in PEM
    #[arg(long, value_name = "FILE", requires = "fleet_etcd_cert")]
    pub(crate) fleet_etcd_key: Option<PathBuf>,

    /// Where members reach this relay, as the others tell theirs
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) fleet_address: Option<String>,

    /// Label of the region that this relay serves: new groups stay in the region of the relay that was asked, while there is room
    #[arg(long, value_name = "LABEL")]
    pub(crate) fleet_region: Option<String>,

    /// Directory of the key that all relays of the fleet share, made at the first start; copy it to the others
    #[arg(long, value_name = "DIR")]
    pub(crate) fleet_key: Option<PathBuf>,
}

#[cfg(feature = "fleet")]
pub(super) use self::with_etcd::{check, join, prepare};
#[cfg(not(feature = "fleet"))]
pub(super) use self::without::{check, join, prepare};

#[cfg(feature = "fleet")]
mod with_etcd {
    use std::fs;
    use std::net::ToSocketAddrs;
    use std::path::Path;

    use ingle::fleet::{self, Config, Member, Membership, Registry, Tls};
    use ingle::relay::server::{Limits, Server};
    use ingle::transport::Identity;

    use super::super::Failure;
    use super::FleetArguments;

    /// What can be done before other files and names are given up.
    pub(crate) struct Prepared {
        config: Config,
        shared: Identity,
    }

    impl Prepared {
        /// A relay's key, with what the fleet shares.
        pub(crate) fn keep(&self, identity: Identity) -> Identity {
            identity.keeping(&self.shared)
        }
    }

    pub(crate) fn prepare(arguments: &FleetArguments, limits: &Limits) -> Result<Option<Prepared>, Failure> {
        let Some(etcd) = registry(arguments)? else { return Ok(None) };
        let (Some(address), Some(key)) = (&arguments.fleet_address, &arguments.fleet_key) else {
            return Err(Failure {
                problem: "A relay of a fleet needs an address of its own, and the key that the relays share.".into(),
                hint: "Name them with --fleet-address HOST:PORT and --fleet-key DIR.".into(),
            });
        };
        let shared = Identity::load_or_create(key)?;
        let config = Config {
            etcd,
            address: address.clone(),
            region: arguments.fleet_region.clone().unwrap_or_default(),
            secret: shared.fleet_secret(),
            rooms: u32::try_from(limits.core.rooms).unwrap_or(u32::MAX),
            connections: u32::try_from(limits.connections).unwrap_or(u32::MAX),
        };
        Ok(Some(Prepared { config, shared }))
    }

    /// Where etcd is; `None` for a relay alone.
    fn registry(arguments: &FleetArguments) -> Result<Option<Registry>, Failure> {
        let Some(urls) = &arguments.fleet_etcd else { return Ok(None) };
        let members = urls.split(',').map(|url| member(url.trim())).collect::<Result<Vec<_>, _>>()?;
        let secure = members.iter().filter(|member| member.url.starts_with("https://")).count();
        let asked = if secure > 0 { secure == members.len() } else { arguments.fleet_etcd_ca.is_none() };
        let refused = |problem: &str, hint: &str| Err(Failure { problem: problem.into(), hint: hint.into() });
        if !asked {
            let hint = "Write https:// before each member in --fleet-etcd, or before none.";
            return refused("Some members of etcd would be spoken to without TLS.", hint);
        }
        let tls = match (&arguments.fleet_etcd_ca, &arguments.fleet_etcd_cert, &arguments.fleet_etcd_key) {
            (None, None, None) if secure == 0 => None,
            (None, ..) => {
                let hint = "Name it with --fleet-etcd-ca FILE, and write https:// in --fleet-etcd.";
                return refused("The certificate of whoever signs those of etcd's members is missing.", hint);
            }
            (Some(authority), Some(certificate), Some(key)) => {
                Some(Tls { authority: read(authority)?, own: Some((read(certificate)?, read(key)?.into())) })
            }
            (Some(authority), None, None) => Some(Tls { authority: read(authority)?, own: None }),
            (Some(_), ..) => {
                let hint = "Name both with --fleet-etcd-cert FILE and --fleet-etcd-key FILE.";
                return refused("A certificate for etcd needs its key, and a key its certificate.", hint);
            }
        };
        Ok(Some(Registry { members, tls }))
    }

    fn read(file: &Path) -> Result<String, Failure> {
        fs::read_to_string(file).map_err(|error| Failure {
            problem: format!("{} can't be read: {error}.", file.display()),
            hint: "Name a file in PEM that the relay's user may read.".into(),
        })
    }

    /// With the address instead of the name, which can't be looked up later.
    fn member(url: &str) -> Result<Member, Failure> {
        let unusable = |problem: String| Failure {
            problem,
            hint: "Write --fleet-etcd https://HOST:PORT, with commas between several.".into(),
        };
        let no_place = || unusable(format!("{url} is no place of etcd."));
        let (scheme, place) = url.split_once("://").ok_or_else(no_place)?;
        let place = place.trim_end_matches('/');
        let (name, _) = place.rsplit_once(':').filter(|_| matches!(scheme, "http" | "https")).ok_or_else(no_place)?;
        let name = name.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found = place.to_socket_addrs().ok().and_then(|mut found| found.next());
        let address = found.ok_or_else(|| unusable(format!("There is no host {place}.")))?;
        Ok(Member { url: format!("{scheme}://{address}"), name })
    }

    pub(crate) async fn join(prepared: &Prepared, server: &Server) -> Result<Membership, Failure> {
        let refused = |error: String| Failure {
            problem: format!("The relay can't join its fleet: {error}."),
            hint: "Look at --fleet-etcd, --fleet-address and --fleet-region.".into(),
        };
        Membership::start(&prepared.config, server).await.map_err(refused)
    }

    /// Whether etcd answers: a sentence, and what to do if it doesn't. `None` for a relay alone.
    pub(crate) async fn check(arguments: &FleetArguments) -> Option<Result<String, Failure>> {
        let etcd = match registry(arguments) {
            Ok(etcd) => etcd?,
            Err(failure) => return Some(Err(failure)),
        };
        let unanswered = |error: String| {
            Failure {
            problem: format!("etcd doesn't answer: {error}."),
            hint: "Groups that are open go on without it, but no new ones can be opened. Start it, or look at --fleet-etcd.".into(),
        }
        };
        Some(fleet::check(&etcd).await.map(|version| format!("etcd {version} answers.")).map_err(unanswered))
    }
}

#[cfg(not(feature = "fleet"))]
mod without {
    use ingle::relay::server::{Limits, Server};
    use ingle::transport::Identity;

    use super::super::Failure;
    use super::FleetArguments;

    /// Nothing.
    pub(crate) enum Prepared {}

    impl Prepared {
        pub(crate) fn keep(&self, _: Identity) -> Identity {
            match *self {}
        }
    }

    /// Nothing.
    pub(crate) enum Membership {}

    impl Membership {
        pub(crate) async fn drain(&self) {
            match *self {}
        }

        pub(crate) async fn leave(self) {
            match self {}
        }
    }

    fn missing() -> Failure {
        Failure {
            problem: "This ingle-relay was built without fleets.".into(),
            hint: "Build it with --features fleet, or take away --fleet-etcd.".into(),
        }
    }

    pub(crate) fn prepare(arguments: &FleetArguments, _: &Limits) -> Result<Option<Prepared>, Failure> {
        if arguments.fleet_etcd.is_some() { Err(missing()) } else { Ok(None) }
    }

    pub(crate) async fn join(prepared: &Prepared, _: &Server) -> Result<Membership, Failure> {
        match *prepared {}
    }

    pub(crate) async fn check(arguments: &FleetArguments) -> Option<Result<String, Failure>> {
        arguments.fleet_etcd.is_some().then(|| Err(missing()))
    }
}
