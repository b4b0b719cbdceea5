//! A relay that is one of several.

use std::path::PathBuf;

use clap::Args;

/// What a fleet's relay is told.
#[derive(Args)]
#[command(next_help_heading = "Fleet")]
pub(crate) struct FleetArguments {
    /// Members of etcd, as http://HOST:PORT with commas between them, by which several relays agree which of them has a group. One
    /// relay alone needs none
    #[arg(long, value_name = "URLS")]
    pub(crate) fleet_etcd: Option<String>,

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
impl FleetArguments {
    /// The URLs of etcd's members; `None` for a relay alone.
    fn etcd(&self) -> Option<impl Iterator<Item = &str>> {
        Some(self.fleet_etcd.as_ref()?.split(',').map(str::trim))
    }
}

#[cfg(feature = "fleet")]
pub(super) use self::with_etcd::{check, join, prepare};
#[cfg(not(feature = "fleet"))]
pub(super) use self::without::{check, join, prepare};

#[cfg(feature = "fleet")]
mod with_etcd {
    use std::net::ToSocketAddrs;

    use ingle::fleet::{self, Config, Membership};
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
        let Some(etcd) = arguments.etcd() else { return Ok(None) };
        let (Some(address), Some(key)) = (&arguments.fleet_address, &arguments.fleet_key) else {
            return Err(Failure {
                problem: "A relay of a fleet needs an address of its own, and the key that the relays share.".into(),
                hint: "Name them with --fleet-address HOST:PORT and --fleet-key DIR.".into(),
            });
        };
        let shared = Identity::load_or_create(key)?;
        let config = Config {
            etcd: etcd.map(resolved).collect::<Result<_, _>>()?,
            address: address.clone(),
            region: arguments.fleet_region.clone().unwrap_or_default(),
            secret: shared.fleet_secret(),
            rooms: u32::try_from(limits.core.rooms).unwrap_or(u32::MAX),
            connections: u32::try_from(limits.connections).unwrap_or(u32::MAX),
        };
        Ok(Some(Prepared { config, shared }))
    }

    /// With the address instead of the name, which can't be looked up later.
    fn resolved(url: &str) -> Result<String, Failure> {
        let unusable = |problem: String| Failure {
            problem,
            hint: "Write --fleet-etcd http://HOST:PORT, with commas between several.".into(),
        };
        let place = url.strip_prefix("http://").map(|place| place.trim_end_matches('/'));
        let place = place.ok_or_else(|| unusable(format!("{url} is no place of etcd.")))?;
        let found = place.to_socket_addrs().ok().and_then(|mut found| found.next());
        found.map(|address| format!("http://{address}")).ok_or_else(|| unusable(format!("There is no host {place}.")))
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
        let etcd: Vec<String> = arguments.etcd()?.map(str::to_owned).collect();
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
