//! The registry: keys in etcd.
//!
//! `ingle/relays/<id>` holds what a relay says of itself, and `ingle/rooms/<number>` the id of the relay that has the number. Both are
//! bound to that relay's lease. Nothing else is ever written.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use etcd_client::{
    Certificate, Client, Compare, CompareOp, ConnectOptions, DeleteOptions, Error, EventType, GetOptions, Identity,
    KeyValue, PutOptions, TlsOptions, Txn, TxnOp, TxnOpResponse, TxnResponse, WatchOptions, WatchStream,
};
use tokio::time::timeout;

use super::core::{Claimed, Number, Record, RelayId, Revision};
use super::place::{Registry, Tls};

/// How often a line to etcd is tried, and how long that may take.
const ALIVE: Duration = Duration::from_secs(2);
/// How long one of its members may take for an answer until the next one is asked.
const ANSWER: Duration = Duration::from_millis(900);
const ALL: &str = "ingle/";
const RELAYS: &str = "ingle/relays/";
const ROOMS: &str = "ingle/rooms/";

/// What the registry says of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A relay says this of itself, or is gone.
    Relay(RelayId, Option<Record>),
    /// A number is this relay's by this change, or nobody's.
    Room(Number, Option<RelayId>, Revision),
}

/// A way to the registry. Each request ends with an error if there is none.
#[derive(Clone)]
pub(super) struct Etcd {
    members: Arc<[Client]>,
    /// Counts on to the next member whenever one doesn't answer.
    asked: Arc<AtomicUsize>,
}

impl Etcd {
    /// Of these members of etcd. Nothing is asked yet.
    pub(super) async fn at(registry: &Registry) -> Result<Self, Error> {
        let mut members = Vec::new();
        for member in &registry.members {
            // A line to etcd that is cut without a word is found out, so that nothing is followed in vain.
            let options = ConnectOptions::new()
                .with_keep_alive(ALIVE, ALIVE)
                .with_connect_timeout(ANSWER)
                .with_require_leader(true);
            let options = match &registry.tls {
                Some(tls) => options.with_tls(secured(tls, &member.name)),
                None => options,
            };
            members.push(Client::connect([&member.url], Some(options)).await?);
        }
        Ok(Self { members: members.into(), asked: Arc::default() })
    }

    /// Asks the member that answered last, and where that one doesn't, each of the others. A client of all of them would go on
    /// asking the dead one every now and then. What is asked must do no harm when it's done twice.
    async fn ask<T, F>(&self, asking: impl Fn(Client) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut failed = Error::InvalidArgs("it has no members".to_owned());
        for _ in 0..self.members.len() {
            let asked = self.asked.load(Ordering::Relaxed);
            let Some(member) = self.members.get(asked % self.members.len()) else { break };
            match timeout(ANSWER, asking(member.clone())).await {
                Ok(Ok(answer)) => return Ok(answer),
                // That is an answer.
                Ok(Err(error @ Error::LeaseKeepAliveError(_))) => return Err(error),
                Ok(Err(error)) => failed = error,
                Err(_) => failed = Error::EndpointError("it doesn't answer".to_owned()),
            }
            // Unless another request has found that out meanwhile.
            let next = asked.wrapping_add(1);
            let _ = self.asked.compare_exchange(asked, next, Ordering::Relaxed, Ordering::Relaxed);
        }
        Err(failed)
    }

    /// Whether it answers, with its version.
    pub(super) async fn version(&self) -> Result<String, Error> {
        self.ask(|mut client| async move {
            // A read that a majority agrees on, and then who it was.
            client.get(ALL, Some(GetOptions::new().with_prefix().with_count_only())).await?;
            Ok(client.status().await?.version().to_owned())
        })
        .await
    }

    /// A lease that is granted and never heard of runs out.
    pub(super) async fn grant(&self, ttl: Duration) -> Result<(i64, Duration), Error> {
        let granted =
            self.ask(|mut client| async move { client.lease_grant(ttl.as_secs() as i64, None).await }).await?;
        Ok((granted.id(), seconds(granted.ttl())))
    }

    /// Whether the lease is there, and holds for its whole time again.
    pub(super) async fn renew(&self, lease: i64) -> Result<bool, Error> {
        // The first message of the stream renews it; a second would do so once more.
        match self.ask(|mut client| async move { client.lease_keep_alive(lease).await }).await {
            Ok(_) => Ok(true),
            // That is how the client says that there is no such lease.
            Err(Error::LeaseKeepAliveError(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn revoke(&self, lease: i64) -> Result<(), Error> {
        self.ask(|mut client| async move { client.lease_revoke(lease).await }).await.map(|_| ())
    }

    pub(super) async fn publish(&self, id: RelayId, record: &Record) -> Result<(), Error> {
        let put = |mut client: Client| {
            let (key, value) = (format!("{RELAYS}{id}"), record.write());
            let options = PutOptions::new().with_lease(record.lease);
            async move { client.put(key, value, Some(options)).await }
        };
        self.ask(put).await.map(|_| ())
    }

    async fn transact(&self, txn: Txn) -> Result<TxnResponse, Error> {
        let send = |mut client: Client| {
            let txn = txn.clone();
            async move { client.txn(txn).await }
        };
        self.ask(send).await
    }

    /// Makes a number this relay's if it's nobody's, or is its own already.
    pub(super) async fn claim(&self, number: Number, id: RelayId, lease: i64) -> Result<Claimed, Error> {
        let (key, own) = (room(number), id.to_string());
        let put = || TxnOp::put(key.clone(), own.clone(), Some(PutOptions::new().with_lease(lease)));
        let free = Compare::create_revision(key.clone(), CompareOp::Equal, 0);
        let taken = Txn::new().when([free]).and_then([put()]).or_else([TxnOp::get(key.clone(), None)]);
        let answer = self.transact(taken).await?;
        let revision = |answer: &TxnResponse| answer.header().map_or(0, |header| header.revision());
        if answer.succeeded() {
            return Ok(Claimed::Mine(Revision(revision(&answer))));
        }
        match owner(&answer) {
            Some(owner) if owner != id => Ok(Claimed::Other(owner)),
            // From before this relay was started again, or this lease was given.
            Some(_) => {
                let mine = Compare::value(key.clone(), CompareOp::Equal, own.clone());
                let answer = self.transact(Txn::new().when([mine]).and_then([put()])).await?;
                Ok(if answer.succeeded() { Claimed::Mine(Revision(revision(&answer))) } else { Claimed::Unanswered })
            }
            None => Ok(Claimed::Unanswered),
        }
    }

    /// Makes a number nobody's, if its last change is this.
    pub(super) async fn release(&self, number: Number, last: Revision) -> Result<(), Error> {
        let key = room(number);
        let unchanged = Compare::mod_revision(key.clone(), CompareOp::Equal, last.0);
        let delete = TxnOp::delete(key, None::<DeleteOptions>);
        self.transact(Txn::new().when([unchanged]).and_then([delete])).await.map(|_| ())
    }

    /// Makes a number another relay's, if its last change is this. Whether it's the other's now.
    pub(super) async fn hand(&self, number: Number, last: Revision, to: RelayId, lease: i64) -> Result<bool, Error> {
        let key = room(number);
        let unchanged = Compare::mod_revision(key.clone(), CompareOp::Equal, last.0);
        let put = TxnOp::put(key.clone(), to.to_string(), Some(PutOptions::new().with_lease(lease)));
        let answer =
            self.transact(Txn::new().when([unchanged]).and_then([put]).or_else([TxnOp::get(key, None)])).await?;
        // It may have been done already by a request whose answer was lost.
        Ok(answer.succeeded() || owner(&answer) == Some(to))
    }

    /// All that there is, and what changes after that.
    pub(super) async fn follow(&self) -> Result<(Vec<Said>, WatchStream), Error> {
        self.ask(|mut client| async move {
            let all = client.get(ALL, Some(GetOptions::new().with_prefix())).await?;
            let next = all.header().map_or(0, |header| header.revision()) + 1;
            let said = all.kvs().iter().filter_map(|kv| read(kv, false)).collect();
            let options = WatchOptions::new().with_prefix().with_start_revision(next);
            Ok((said, client.watch(ALL, Some(options)).await?))
        })
        .await
    }
}

/// What comes next of a watch; nothing if it's over.
pub(super) async fn next(watch: &mut WatchStream) -> Option<Vec<Said>> {
    let answer = watch.message().await.ok().flatten().filter(|answer| !answer.canceled())?;
    let changed = answer.events().iter();
    Some(changed.filter_map(|event| read(event.kv()?, event.event_type() == EventType::Delete)).collect())
}

/// How the member of etcd with this name is to show who it is, and the relay itself.
fn secured(tls: &Tls, name: &str) -> TlsOptions {
    let options = TlsOptions::new().ca_certificate(Certificate::from_pem(&tls.authority)).domain_name(name);
    match &tls.own {
        Some((certificate, key)) => options.identity(Identity::from_pem(certificate, key.as_str())),
        None => options,
    }
}

/// Whose a number is, by what was read instead of a change.
fn owner(answer: &TxnResponse) -> Option<RelayId> {
    let read = answer.op_responses().into_iter().find_map(|answer| match answer {
        TxnOpResponse::Get(found) => found.kvs().first().map(|kv| kv.value().to_vec()),
        TxnOpResponse::Put(_) | TxnOpResponse::Delete(_) | TxnOpResponse::Txn(_) => None,
    });
    RelayId::parse(std::str::from_utf8(&read?).ok()?)
}

fn room(number: Number) -> String {
    format!("{ROOMS}{}", number.0)
}

fn seconds(ttl: i64) -> Duration {
    Duration::from_secs(u64::try_from(ttl).unwrap_or(0))
}

/// What a key says; `None` if it's none of ours.
fn read(kv: &KeyValue, gone: bool) -> Option<Said> {
    let key = std::str::from_utf8(kv.key()).ok()?;
    if let Some(id) = key.strip_prefix(RELAYS).and_then(RelayId::parse) {
        return Some(Said::Relay(id, if gone { None } else { Record::parse(kv.value()) }));
    }
    let number = Number(key.strip_prefix(ROOMS)?.parse().ok()?);
    let owner = RelayId::parse(std::str::from_utf8(kv.value()).unwrap_or_default()).filter(|_| !gone);
    Some(Said::Room(number, owner, Revision(kv.mod_revision())))
}
